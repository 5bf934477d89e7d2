//! What Python's compiler refuses although its parser reads it.

use syntax::expr::{Argument, Brackets, Clause, Expr, Kind, Parameter};
use text::span::Span;

use crate::failure::{Exception, Fault, Outcome, raised};
use crate::scope::targets;

/// Where a part stands.
#[derive(Clone, Copy, Default)]
struct Place<'a> {
    in_lambda: bool,
    /// Inside a comprehension, and not in a lambda inside it.
    inside: Option<&'a Inside<'a>>,
    /// In what a comprehension iterates.
    in_iterable: bool,
}

/// A comprehension around a part.
struct Inside<'a> {
    targets: Vec<&'a str>,
    outer: Option<&'a Inside<'a>>,
}

/// Fails where `expression` does not compile.
pub(crate) fn check(expression: &Expr) -> Outcome<()> {
    part(expression, Place::default())
}

fn refused(span: Span, message: &str) -> Fault {
    raised(Exception::SyntaxError, message).at(span)
}

fn part(expression: &Expr, place: Place<'_>) -> Outcome<()> {
    let span = expression.span;
    match &expression.kind {
        Kind::Await(_) => return Err(refused(span, "`await` may stand in functions alone")),
        Kind::Yield(_) | Kind::YieldFrom(_) if !place.in_lambda || place.inside.is_some() => {
            return Err(refused(span, "`yield` may stand in functions alone"));
        }
        Kind::Named(name, _) => named(span, name, place)?,
        Kind::Lambda(parameters, body) => return lambda(parameters, body, place),
        Kind::Comprehension(brackets, element, clauses) => {
            return comprehension(span, *brackets, element, clauses, place);
        }
        Kind::Call(_, arguments) => keywords(arguments)?,
        _ => {}
    }
    let mut checked = Ok(());
    expression.for_each_child(&mut |child| {
        if checked.is_ok() {
            checked = part(child, place);
        }
    });
    checked
}

fn named(span: Span, name: &str, place: Place<'_>) -> Outcome<()> {
    if name == "__debug__" {
        return Err(refused(span, "`__debug__` cannot be assigned to"));
    }
    if place.in_iterable {
        return Err(refused(span, "`:=` may not stand in what a comprehension iterates"));
    }
    let mut around = place.inside;
    while let Some(inside) = around {
        if inside.targets.contains(&name) {
            return Err(refused(span, "`:=` may not bind what a comprehension around it binds"));
        }
        around = inside.outer;
    }
    Ok(())
}

fn lambda(parameters: &[Parameter], body: &Expr, place: Place<'_>) -> Outcome<()> {
    for (index, parameter) in parameters.iter().enumerate() {
        let twice = parameters[..index].iter().any(|other| other.name == parameter.name);
        if twice || parameter.name == "__debug__" {
            return Err(refused(body.span, "two parameters have one name"));
        }
        if let Some(default) = &parameter.default {
            part(default, place)?;
        }
    }
    part(body, Place { in_lambda: true, inside: None, ..place })
}

fn comprehension(
    span: Span,
    brackets: Brackets,
    element: &[Expr],
    clauses: &[Clause],
    place: Place<'_>,
) -> Outcome<()> {
    if brackets != Brackets::Generator && clauses.iter().any(|clause| clause.suspends) {
        return Err(refused(span, "`async for` may stand in functions alone"));
    }
    let inside = Inside { targets: targets(clauses), outer: place.inside };
    let inner = Place { inside: Some(&inside), ..place };
    for (index, clause) in clauses.iter().enumerate() {
        target(&clause.target, false)?;
        part(&clause.target, inner)?;
        let iterable = if index == 0 { place } else { inner };
        part(&clause.iter, Place { in_iterable: true, ..iterable })?;
        clause.conditions.iter().try_for_each(|condition| part(condition, inner))?;
    }
    element.iter().try_for_each(|element| part(element, inner))
}

/// At most one star, and that among other targets.
fn target(bound: &Expr, among: bool) -> Outcome<()> {
    match &bound.kind {
        Kind::Starred(_) if !among => Err(refused(bound.span, "a star stands among targets")),
        Kind::Starred(inner) => target(inner, false),
        Kind::Name(name) if name == "__debug__" => {
            Err(refused(bound.span, "`__debug__` cannot be assigned to"))
        }
        Kind::Tuple(items) | Kind::List(items) => {
            let stars = items.iter().filter(|item| matches!(item.kind, Kind::Starred(_)));
            if stars.count() > 1 {
                return Err(refused(bound.span, "only one target has a star"));
            }
            items.iter().try_for_each(|item| target(item, true))
        }
        _ => Ok(()),
    }
}

fn keywords(arguments: &[Argument]) -> Outcome<()> {
    for (index, argument) in arguments.iter().enumerate() {
        let Some(keyword) = &argument.keyword else {
            continue;
        };
        if arguments[..index].iter().any(|other| other.keyword.as_ref() == Some(keyword)) {
            return Err(refused(argument.value.span, "a keyword is given twice"));
        }
        if keyword == "__debug__" {
            return Err(refused(argument.value.span, "`__debug__` cannot be assigned to"));
        }
    }
    Ok(())
}
