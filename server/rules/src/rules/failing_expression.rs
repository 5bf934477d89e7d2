//! `failing-expression`: a verification that loads, and tells nothing when it is evaluated.

use contracts::propagation::{Boundary, Chain, Contract, Endpoint};
use contracts::types::Type;
use contracts::verification::{self, FUNCTIONS, VARIABLES, variable};
use syntax::expr::{Expr, Kind};
use text::span::Span;

use super::invalid_expression::part;
use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

mod attributes;

use attributes::Held;

pub(super) static RULE: Rule = Rule {
    name: "failing-expression",
    weight: Weight::Always(Level::Warning),
    summary: "a verification that cannot succeed, or always does",
    page: include_str!("../../../../docs/rules/failing-expression.md"),
    check: Check::File(check),
};

/// What is wrong with a part, why that matters, and what to do.
struct Fault {
    span: Span,
    message: String,
    why: &'static str,
    help: String,
}

const BROKEN: &str = "evaluation fails there, and the chain counts as broken whatever the value is";
const CONSTANT: &str = "the chain is never verified by it";

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for contract in &scope.facts.contracts {
        for (index, chain) in contract.contract.chains.iter().enumerate() {
            let Some(written) = chain.verification else {
                continue;
            };
            let Ok(expression) = verification::check(written.value.as_str()) else {
                continue;
            };
            for fault in faults(&contract.contract, chain, &expression) {
                let finding = part(&RULE, scope, (contract, index), fault.span, fault.message);
                findings.extend(finding.map(|found| found.why(fault.why).help(fault.help)));
            }
        }
    }
}

fn faults(contract: &Contract, chain: &Chain, expression: &Expr) -> Vec<Fault> {
    let mut faults: Vec<Fault> = unknown_names(expression);
    let called: Vec<Span> = expression
        .walk()
        .filter_map(|part| match &part.kind {
            Kind::Call(callee, _) => Some(callee.span),
            _ => None,
        })
        .collect();
    for part in expression.walk() {
        match &part.kind {
            Kind::Attribute(base, name, _) => {
                if let Some(root) = variable(base) {
                    let held = held_by(contract, chain, root);
                    let is_called = called.contains(&part.span);
                    faults.extend(attribute(part.span, (root, name), &held, is_called));
                }
            }
            Kind::Await(_) | Kind::Yield(_) | Kind::YieldFrom(_) => faults.push(Fault {
                span: part.span,
                message: "this may stand inside functions alone".to_owned(),
                why: BROKEN,
                help: "leave it out".to_owned(),
            }),
            _ => {}
        }
    }
    if faults.is_empty() {
        faults.extend(constant(expression));
    }
    faults.sort_by_key(|fault| fault.span);
    faults
}

/// Names that are not there at evaluation, each once.
fn unknown_names(expression: &Expr) -> Vec<Fault> {
    let bound = bound_names(expression);
    let mut said: Vec<&str> = Vec::new();
    let mut faults = Vec::new();
    for part in expression.walk() {
        let Kind::Name(name) = &part.kind else {
            continue;
        };
        let name = name.as_str();
        if VARIABLES.contains(&name) || bound.contains(&name) || said.contains(&name) {
            continue;
        }
        said.push(name);
        let (message, help) = if FUNCTIONS.contains(&name) {
            (
                format!("`{name}` is not there when the verification is evaluated"),
                instead_of(name).to_owned(),
            )
        } else {
            (
                format!("no variable has the name `{name}`"),
                "use `source`, `dest` and `context`; quote it, if text is meant".to_owned(),
            )
        };
        faults.push(Fault {
            span: part.span,
            message,
            why: BROKEN,
            help,
        });
    }
    faults
}

/// Names that the expression binds itself.
fn bound_names(expression: &Expr) -> Vec<&str> {
    let mut bound = Vec::new();
    for part in expression.walk() {
        match &part.kind {
            Kind::Lambda(names, ..) => {
                bound.extend(names.iter().map(|name| name.trim_matches('*')))
            }
            Kind::Named(name, _) => bound.push(name.as_str()),
            Kind::Comprehension(_, _, clauses) => {
                for target in clauses.iter().flat_map(|clause| clause.target.walk()) {
                    if let Kind::Name(name) = &target.kind {
                        bound.push(name.as_str());
                    }
                }
            }
            _ => {}
        }
    }
    bound
}

fn instead_of(function: &str) -> &'static str {
    match function {
        "len" => "compare with an empty value: `dest not in (None, '', [], {})`",
        "bool" => "leave the call out: the value itself is true or false",
        "isinstance" => "compare values; the field's `type` says what it should be",
        _ => "compare with a value of the type that the field has",
    }
}

fn attribute(
    span: Span,
    (root, name): (&str, &str),
    held: &Held,
    is_called: bool,
) -> Option<Fault> {
    // Every object has the names of Python's own.
    if name.starts_with("__") {
        return None;
    }
    if let Some(kind) = held.lacking(name) {
        let what = if is_called { "method" } else { "attribute" };
        let help = if held.has_keys() {
            format!("read a key with `{root}.get('{name}')`")
        } else {
            "compare the value itself".to_owned()
        };
        let message = format!("{kind} has no {what} `{name}`");
        return Some(Fault {
            span,
            message,
            why: BROKEN,
            help,
        });
    }
    let is_method = !is_called && held.has_method(name);
    is_method.then(|| Fault {
        span,
        message: format!("`{root}.{name}` is a method that is not called"),
        why: CONSTANT,
        help: format!("call it: `{root}.{name}()`"),
    })
}

/// What is known about the value of a variable.
fn held_by(contract: &Contract, chain: &Chain, root: &str) -> Held {
    let (endpoint, lists) = match root {
        "context" => return Held::context(),
        "source" => (chain.source.as_ref(), [2, 3, 0, 1]),
        _ => (chain.destination.as_ref(), [0, 1, 2, 3]),
    };
    let lists = lists.map(|index| Boundary::ALL[index]);
    match endpoint.and_then(|endpoint| declared_type(contract, endpoint, lists)) {
        None => Held::anything(),
        Some(None) => Held::untold(),
        Some(Some(written)) => {
            Type::parse(written).map_or_else(Held::anything, |read| Held::of(&read))
        }
    }
}

/// The type that the endpoint's phase gives its field; none where it does not declare the field,
/// and none inside where it gives no type.
fn declared_type(
    contract: &Contract,
    endpoint: &Endpoint,
    lists: [Boundary; 4],
) -> Option<Option<&'static str>> {
    let (name, path) = (endpoint.phase?.value, endpoint.field?.value);
    let phase = contract
        .phases
        .iter()
        .find(|phase| phase.name.value == name)?;
    let mut fields = lists.into_iter().flat_map(|list| phase.fields(list));
    let field = fields.find(|field| field.path.value == path)?;
    Some(field.type_name.map(|written| written.value.as_str()))
}

/// A result that no value changes.
fn constant(expression: &Expr) -> Option<Fault> {
    let uses_values = expression.walk().any(|part| variable(part).is_some());
    let message = match &expression.kind {
        Kind::Lambda(..) => "a function that is not called is always true".to_owned(),
        Kind::Tuple(items) if !items.is_empty() => {
            "a tuple is true as soon as it holds anything".to_owned()
        }
        _ if !uses_values => {
            "none of `source`, `dest` and `context` stands here, so the result is always the same"
                .to_owned()
        }
        Kind::Compare(left, rest) => match rest.as_slice() {
            [("==" | "is", right)] if same_variable(left, right) => {
                "a value is compared with itself".to_owned()
            }
            _ => return None,
        },
        _ => return None,
    };
    Some(Fault {
        span: expression.span,
        message,
        why: CONSTANT,
        help: "compare `dest` with `source`, or with what it must not be".to_owned(),
    })
}

fn same_variable(left: &Expr, right: &Expr) -> bool {
    variable(left).is_some() && variable(left) == variable(right)
}
