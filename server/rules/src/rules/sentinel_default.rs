//! `sentinel-default`: a default that counts as absent again further on.

use contracts::propagation::{Chain, Endpoint, Field, Located};
use contracts::value::Value;
use facts::contract::ContractFacts;
use syntax::expr::{self, Constant, Expr, Kind};
use syntax::yaml::NodeId;

use super::inert_setting;
use crate::declared;
use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "sentinel-default",
    weight: Weight::Always(Level::Information),
    summary: "a default that a chain or its verification counts as absent",
    page: include_str!("../../../../docs/rules/sentinel-default.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for contract in &scope.facts.contracts {
        for (phase, boundary, field) in declared::fields(contract) {
            // Only what may really stand in can do harm.
            let used = boundary.is_entry()
                && inert_setting::default_is_inert(contract, boundary, field).is_none()
                && declared::severity_is_known(contract, field);
            let Some(default) = field.default.as_ref().filter(|_| used) else {
                continue;
            };
            if let Some((what, at)) = refusal(contract, field, default) {
                let (path, value) = (field.path.value, &default.value);
                let message = format!("{what} the default `{value}` of `{path}` as absent");
                findings.push(
                    declared::finding(&RULE, scope, contract, default.at, message)
                        .label("stands in where the field is absent")
                        .related(scope.anchor(at), "and is held to be absent here")
                        .why("a run in which the default stands in looks like one that lost the field")
                        .help("choose a default that means something")
                        .help("or leave it out, and let the absence be seen")
                        .about(phase, path),
                );
            }
        }
    }
}

/// The chain or verification that does not let the default pass, and where it says so.
fn refusal(
    contract: &ContractFacts,
    field: &Field,
    default: &Located<Value>,
) -> Option<(String, NodeId)> {
    contract.contract.chains.iter().find_map(|chain| {
        let name = || match chain.id {
            Some(id) => format!("chain `{}`", id.value),
            None => "a chain".to_owned(),
        };
        let ends = names(chain.destination.as_ref(), field);
        if let Some(at) = ends.filter(|_| default.value.is_sentinel()) {
            return Some((format!("{} counts", name()), at));
        }
        let at = refuted(chain, field, &default.value)?;
        Some((format!("the verification of {} counts", name()), at))
    })
}

/// Where the endpoint names the field.
fn names(endpoint: Option<&Endpoint>, field: &Field) -> Option<NodeId> {
    let named = endpoint?.field?;
    (named.value == field.path.value).then_some(named.at)
}

/// Where the chain's verification certainly fails for the value.
fn refuted(chain: &Chain, field: &Field, value: &Value) -> Option<NodeId> {
    let verification = chain.verification?;
    let ends = [
        ("source", chain.source.as_ref()),
        ("dest", chain.destination.as_ref()),
    ];
    let mut ends = ends
        .into_iter()
        .filter(|(_, end)| names(*end, field).is_some())
        .peekable();
    ends.peek()?;
    let expression = expr::parse(verification.value.as_str()).ok()?;
    ends.any(|(variable, _)| refutes(&expression, variable, value))
        .then_some(verification.at)
}

/// Whether the expression, or one of the parts that must all hold, names the value as one that the
/// variable must not have.
fn refutes(expression: &Expr, variable: &str, value: &Value) -> bool {
    let is_variable = |part: &Expr| matches!(&part.kind, Kind::Name(name) if name == variable);
    match &expression.kind {
        Kind::Bool("and", parts) => parts.iter().any(|part| refutes(part, variable, value)),
        Kind::Name(_) if is_variable(expression) => value.is_falsy() == Some(true),
        Kind::Compare(left, rest) if is_variable(left) => match rest.as_slice() {
            [("!=", right)] => Value::from_expr(right).as_ref() == Some(value),
            [("is not", right)] => {
                matches!(right.kind, Kind::Constant(Constant::None)) && *value == Value::Null
            }
            [("not in", right)] => has_item(right, value),
            _ => false,
        },
        _ => false,
    }
}

fn has_item(collection: &Expr, value: &Value) -> bool {
    match &collection.kind {
        Kind::Tuple(items) | Kind::List(items) | Kind::Set(items) => items
            .iter()
            .any(|item| Value::from_expr(item).as_ref() == Some(value)),
        _ => false,
    }
}
