//! `sentinel-default`: a default that counts as absent again further on.

use contracts::propagation::{Chain, Endpoint, Field, Located};
use contracts::value::Value;
use contracts::verification::{self, sentinels::excluded};
use facts::contract::ContractFacts;
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
            let Some(default) = field.default.as_ref() else {
                continue;
            };
            // Only what may really stand in can do harm.
            let used = boundary.is_entry()
                && inert_setting::default_is_inert(contract, boundary, field).is_none()
                && declared::severity_is_known(contract, field);
            if !used {
                continue;
            }
            if let Some((who, how, at)) = refusal(contract, field, default) {
                let (path, value) = (field.path.value, &default.value);
                let message = format!("{who} {how} the default `{value}` of `{path}` as absent");
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

/// The chain or verification that does not let the default pass, what it does, and where it says so.
fn refusal(
    contract: &ContractFacts,
    field: &Field,
    default: &Located<Value>,
) -> Option<(String, &'static str, NodeId)> {
    declared::chains(contract).iter().find_map(|chain| {
        let name = || match chain.id {
            Some(id) => format!("chain `{}`", id.value),
            None => "a chain".to_owned(),
        };
        let ends = names(chain.destination.as_ref(), field);
        if let Some(at) = ends.filter(|_| default.value.is_sentinel()) {
            return Some((name(), "counts", at));
        }
        let at = refuted(chain, field, &default.value)?;
        Some((format!("the verification of {}", name()), "refuses", at))
    })
}

/// Where the endpoint names the field.
fn names(endpoint: Option<&Endpoint>, field: &Field) -> Option<NodeId> {
    let named = endpoint?.field?;
    (named.value == field.path.value).then_some(named.at)
}

/// Where the chain's verification certainly fails for the value.
fn refuted(chain: &Chain, field: &Field, value: &Value) -> Option<NodeId> {
    let written = chain.verification?;
    let ends = [("source", chain.source.as_ref()), ("dest", chain.destination.as_ref())];
    let mut ends = ends.into_iter().filter(|(_, end)| names(*end, field).is_some()).peekable();
    ends.peek()?;
    let checked = verification::checked(written.value);
    let expression = checked.as_ref().as_ref().ok()?;
    let values = std::slice::from_ref(value);
    ends.any(|(variable, _)| !excluded(expression, variable, values).is_empty())
        .then_some(written.at)
}
