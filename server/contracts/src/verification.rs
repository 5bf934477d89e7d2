//! The `verification` of a chain: which expressions the loader takes.
//!
//! It takes one Python expression of bounded length in which next to nothing may be called. What it
//! takes may still fail when it is evaluated; [`failing`] judges that.

use std::cell::RefCell;
use std::rc::Rc;

use syntax::expr::{self, Expr, Kind};
use text::name::Name;
use text::recent::Recent;
use text::span::Span;

mod builtins;
mod constant;
pub mod failing;
pub mod sentinels;
mod typed;

/// How many characters an expression may have.
pub const LONGEST: usize = 500;

/// The names that are there when an expression is evaluated, and no others.
pub const VARIABLES: [&str; 3] = ["context", "source", "dest"];

/// Functions that may be called, as far as loading goes. None of them is there at evaluation.
pub const FUNCTIONS: [&str; 6] = ["len", "str", "int", "float", "bool", "isinstance"];

/// Methods of [`VARIABLES`] that may be called.
pub const METHODS: [&str; 9] =
    ["get", "keys", "values", "items", "startswith", "endswith", "lower", "upper", "strip"];

/// A part of an expression for which the loader refuses the whole contract.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// The part, in the expression's text.
    pub span: Span,
    /// Why.
    pub why: Why,
}

/// Why a part is refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// The text has this many characters.
    TooLong(usize),
    /// It is no expression; the message is the parser's.
    Syntax(String),
    /// An f-string.
    Formatted,
    /// A function of this name is called, which is not among [`FUNCTIONS`].
    Function(String),
    /// A method of this name is called on one of [`VARIABLES`], and is not among [`METHODS`].
    Method(String),
    /// An attribute of this name is taken from something else than one of [`VARIABLES`].
    Attribute(String),
    /// Something without a name is called.
    Callee,
}

/// The expression, if the loader takes it.
///
/// # Errors
/// With every part that is refused, in the order of the text; what lies inside such a part counts
/// only where it would be refused anywhere.
pub fn check(text: &str) -> Result<Expr, Vec<Refused>> {
    let characters = text.chars().count();
    let whole = Span::new(0, text.len());
    if characters > LONGEST {
        return Err(vec![Refused { span: whole, why: Why::TooLong(characters) }]);
    }
    let expression = expr::parse(text)
        .map_err(|error| vec![Refused { span: error.span, why: Why::Syntax(error.message) }])?;
    let mut refused = Vec::new();
    search(&expression, &mut refused);
    if refused.is_empty() { Ok(expression) } else { Err(refused) }
}

/// What [`check`] says.
type Checked = Rc<Result<Expr, Vec<Refused>>>;

thread_local! {
    /// Contracts repeat few expressions, and several rules look at each.
    static CHECKED: RefCell<Recent<Checked, 16>> = const { RefCell::new(Recent::new()) };
    static SPOTS: RefCell<Recent<Rc<[Span]>, 16>> = const { RefCell::new(Recent::new()) };
}

/// As [`check`], for text that is stored already: what was asked for lately is not read again.
#[must_use]
pub fn checked(text: Name) -> Checked {
    CHECKED.with_borrow_mut(|recent| recent.get_or(text, || Rc::new(check(text.as_str()))))
}

/// As [`spots`], for text that is stored already: what was asked for lately is not read again.
#[must_use]
pub fn spots_of(text: Name) -> Rc<[Span]> {
    SPOTS.with_borrow_mut(|recent| recent.get_or(text, || spots(text.as_str()).into()))
}

/// The parts of `text` that a finding may want to point at: those that are refused, names,
/// attributes and what is called, and the whole. Each once, in the order of the text.
#[must_use]
pub fn spots(text: &str) -> Vec<Span> {
    let mut spots: Vec<Span> = match expr::parse(text) {
        Err(error) => vec![error.span],
        Ok(expression) => expression
            .walk()
            .filter(|part| is_spot(part))
            .map(|part| part.span)
            .chain([expression.span])
            .collect(),
    };
    spots.sort_unstable();
    spots.dedup();
    spots
}

fn is_spot(part: &Expr) -> bool {
    matches!(
        part.kind,
        Kind::Name(_)
            | Kind::Attribute(..)
            | Kind::Call(..)
            | Kind::Subscript(..)
            | Kind::Formatted(_)
            | Kind::Compare(..)
            | Kind::Unary(..)
            | Kind::Binary(..)
            | Kind::Tuple(_)
            | Kind::Lambda(..)
            | Kind::Await(_)
            | Kind::Yield(_)
            | Kind::YieldFrom(_)
    )
}

/// The variable that the expression is, if it is one.
#[must_use]
pub fn variable(part: &Expr) -> Option<&str> {
    match &part.kind {
        Kind::Name(name) if VARIABLES.contains(&name.as_str()) => Some(name),
        _ => None,
    }
}

fn search(part: &Expr, refused: &mut Vec<Refused>) {
    let fault = match &part.kind {
        Kind::Formatted(_) => Some((part, Why::Formatted)),
        Kind::Attribute(base, name, _) if variable(base).is_none() => {
            Some((part, Why::Attribute(name.clone())))
        }
        Kind::Call(callee, _) => fault_of_call(callee).map(|why| (&**callee, why)),
        _ => None,
    };
    let Some((at, why)) = fault else {
        part.for_each_child(&mut |child| search(child, refused));
        return;
    };
    refused.push(Refused { span: at.span, why });
    // What stands before the dots is part of the same mistake; arguments are not.
    if let Kind::Call(_, arguments) = &part.kind {
        arguments.iter().for_each(|argument| search(&argument.value, refused));
    }
}

fn fault_of_call(callee: &Expr) -> Option<Why> {
    match &callee.kind {
        Kind::Name(name) if FUNCTIONS.contains(&name.as_str()) => None,
        Kind::Name(name) => Some(Why::Function(name.clone())),
        Kind::Attribute(base, name, _) if variable(base).is_none() => {
            Some(Why::Attribute(name.clone()))
        }
        Kind::Attribute(_, name, _) if METHODS.contains(&name.as_str()) => None,
        Kind::Attribute(_, name, _) => Some(Why::Method(name.clone())),
        _ => Some(Why::Callee),
    }
}

#[cfg(test)]
mod evaluated;

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Vec<&str> {
        let parts = check(text).err().unwrap_or_default();
        parts.into_iter().map(|part| part.span.of(text)).collect()
    }

    #[test]
    fn the_loader_takes_comparisons_and_a_few_methods() {
        for text in [
            "dest not in (None, '', 'unknown')",
            "context.get('a') == 1",
            "source['x'] == 1",
            "[x for x in dest if x]",
            "lambda: dest",
            "(n := dest) > 1",
            "'%s' % context",
            "9**9",
            "len(dest) > 0",
            "isinstance(dest, str)",
            "foo == 1",
            "dest.domain",
            "context.__class__",
        ] {
            assert!(refused(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_part_that_is_refused_is_known() {
        assert_eq!(refused("any(dest)"), ["any"]);
        assert_eq!(refused("1 < sorted(dest)[0]"), ["sorted"]);
        assert_eq!(refused("source.pop('x')"), ["source.pop"]);
        assert_eq!(refused("'{}'.format(x)"), ["'{}'.format"]);
        assert_eq!(refused("context.get('x').strip()"), ["context.get('x').strip"]);
        assert_eq!(refused("os.path"), ["os.path"]);
        assert_eq!(refused("f'{dest}' == all(source)"), ["f'{dest}'", "all"]);
        assert_eq!(refused("any(max(dest))"), ["any", "max"]);
        assert_eq!(refused("(lambda: 1)()"), ["lambda: 1"]);
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        assert!(matches!(check("").unwrap_err()[0].why, Why::Syntax(_)));
        let long = "1".repeat(LONGEST + 1);
        assert_eq!(check(&long).unwrap_err()[0].why, Why::TooLong(LONGEST + 1));
    }

    #[test]
    fn every_refused_part_is_a_spot() {
        for text in ["any(dest)", "os.path.join(dest)", "f'{dest}'", "1 +", "(lambda: 1)()"] {
            let spots = spots(text);
            for part in check(text).unwrap_err() {
                assert!(spots.contains(&part.span), "{text}");
            }
        }
    }
}
