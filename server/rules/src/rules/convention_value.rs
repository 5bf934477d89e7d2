//! `convention-value`: an attribute is set to a value that its convention does not have.

use contracts::kinds::semantic_conventions::{Attribute, Contract};
use contracts::propagation::Located;
use contracts::value::Value;
use facts::places::Anchor;
use graph::attributes::{Group, Set};
use text::name::Name;
use text::near::nearest;

use crate::conventions;
use crate::finding::Finding;
use crate::fix::{Fix, Intent};
use crate::level::Level;
use crate::rule::{Check, ContractScope, Rule, Weight};
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "convention-value",
    weight: Weight::Always(Level::Warning),
    summary: "an attribute is set to a value that its convention does not have",
    page: include_str!("../../../../docs/rules/convention-value.md"),
    check: Check::Contract(check),
};

fn check(scope: &ContractScope<'_>, findings: &mut Vec<Finding>) {
    let Some(contract) = conventions::of(scope.facts) else { return };
    for attribute in &contract.attributes {
        if let Some(allowed) = conventions::allowed(contract, attribute) {
            of_attribute(scope, (contract, attribute), allowed, findings);
        }
    }
}

fn of_attribute(
    scope: &ContractScope<'_>,
    (contract, attribute): (&Contract, &Attribute),
    allowed: &[Located<Name>],
    findings: &mut Vec<Finding>,
) {
    // A name that is declared twice says two things.
    let name = attribute.name.value;
    if contract.attributes.iter().filter(|other| other.name.value == name).count() > 1 {
        return;
    }
    let aliases = conventions::clear_aliases(scope, attribute).map(|alias| alias.value);
    let mut seen: Vec<Anchor> = Vec::new();
    for name in std::iter::once(name).chain(aliases) {
        for (group, set) in scope.graph.attributes().uses(scope.graph.files(), name) {
            if set.names.len() > 1 || seen.contains(&set.value_at) {
                continue;
            }
            if let Some(value) = set.values.iter().find(|value| !is_allowed(value, allowed)) {
                seen.push(set.value_at);
                findings.push(report(scope, attribute, allowed, (group, set, value)));
            }
        }
    }
}

/// Whether the value is one of these, which are texts. Of what has no plain text nothing is said.
fn is_allowed(value: &Value, allowed: &[Located<Name>]) -> bool {
    let is = |text: &str| allowed.iter().any(|one| one.value.as_str() == text);
    match value {
        Value::Text(text) => is(text.as_str()),
        Value::Bool(truth) => {
            let word = if *truth { "true" } else { "false" };
            allowed.iter().any(|one| one.value.as_str().eq_ignore_ascii_case(word))
        }
        Value::Int(number) => is(&number.to_string()),
        Value::Float(number) => is_number(*number, allowed),
        Value::Null | Value::List(_) | Value::Map(_) | Value::Other(_) => true,
    }
}

fn is_number(number: f64, allowed: &[Located<Name>]) -> bool {
    allowed.iter().any(|one| one.value.as_str().parse() == Ok(number))
}

fn report(
    scope: &ContractScope<'_>,
    attribute: &Attribute,
    allowed: &[Located<Name>],
    (group, set, value): (&Group, &Set, &Value),
) -> Finding {
    let name = attribute.name.value;
    let message = format!("`{name}` is set to {value}, which its convention does not have");
    let mut finding = Finding::new(&RULE, Level::Warning, set.value_at, message)
        .label(format!("set on {}", conventions::a(group)))
        .why("whoever counts or filters by the values of the convention misses this one");
    if let (Some(first), Some(last)) = (allowed.first(), allowed.last()) {
        let many = if first.at == last.at { "its value" } else { "its values" };
        finding = finding.related(scope.anchor(first.at), format!("{many} are declared from here"));
    }
    let Value::Text(text) = value else {
        return finding.help(values(allowed));
    };
    let texts = allowed.iter().map(|one| one.value.as_str());
    match nearest(text.as_str(), texts) {
        Some((near, _)) if set.value_is_literal => {
            finding.help(format!("set it to \"{near}\" (quick fix)")).fix(Fix::offered(
                format!("set `{name}` to \"{near}\""),
                vec![Intent::PythonString(set.value_at, near.to_owned())],
            ))
        }
        Some((near, _)) => finding.help(format!("set it to \"{near}\"")),
        None => finding.help(values(allowed)),
    }
}

/// The values there are, as far as a line holds them.
fn values(allowed: &[Located<Name>]) -> String {
    let listed: Vec<&str> = allowed.iter().map(|one| one.value.as_str()).collect();
    format!("the values are {}", words::listed(&listed, '"'))
}
