//! `capability-not-granted`: a capability chain whose ends do not hand the capability on.

use contracts::body::Body;
use contracts::kinds::capability_propagation::{Chain, Contract};
use contracts::propagation::Located;
use facts::contract::ContractFacts;
use text::name::Name;

use crate::declared;
use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "capability-not-granted",
    weight: Weight::BySeverity,
    summary: "a capability chain ends where nobody asks, or begins where nobody grants",
    page: include_str!("../../../../docs/rules/capability-not-granted.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for facts in &scope.facts.contracts {
        let Body::CapabilityPropagation(contract) = &facts.document.body else { continue };
        for chain in &contract.chains {
            let Some(capability) = chain.capability else { continue };
            // One that is not declared has its own finding.
            if contract.capability(capability.value).is_none() {
                continue;
            }
            findings.extend(at_source(scope, facts, contract, (chain, capability)));
            findings.extend(at_destination(scope, facts, contract, (chain, capability)));
        }
    }
}

/// The source that does not provide the capability. One that the contract says nothing of may get
/// it in code.
fn at_source(
    scope: &FileScope<'_>,
    facts: &ContractFacts,
    contract: &Contract,
    (chain, capability): (&Chain, Located<Name>),
) -> Option<Finding> {
    let source = chain.source?;
    let phase = contract.phase(source.value)?;
    let name = capability.value;
    if phase.provides.iter().any(|held| held.value == name) {
        return None;
    }
    let message = format!("`{}` does not provide `{name}`", source.value);
    let finding = declared::finding(&RULE, scope, facts, source.at, message)
        .label("the chain begins here")
        .related(scope.anchor(phase.name.at), "what the phase provides stands here")
        .why("a chain is to follow what its source grants")
        .help(format!("add `{name}` to `provides` of `{}`, or name another source", source.value));
    Some(graded(finding, chain, Level::Warning))
}

/// The destination that does not ask for the capability, over which the chain is broken in every run.
fn at_destination(
    scope: &FileScope<'_>,
    facts: &ContractFacts,
    contract: &Contract,
    (chain, capability): (&Chain, Located<Name>),
) -> Option<Finding> {
    let destination = chain.destination?;
    let name = capability.value;
    let phase = contract.phase(destination.value);
    if phase.is_some_and(|phase| phase.requires.iter().any(|held| held.value == name)) {
        return None;
    }
    let message = format!("`{}` does not require `{name}`", destination.value);
    let mut finding = declared::finding(&RULE, scope, facts, destination.at, message)
        .label("the chain ends here")
        .why("the chain counts as broken in every run, since its destination does not ask")
        .help(format!("add `{name}` to `requires` of `{}`", destination.value));
    if let Some(phase) = phase {
        finding = finding.related(scope.anchor(phase.name.at), "what the phase requires is here");
    }
    Some(graded(finding, chain, Level::Error))
}

/// At the level of the chain's severity, and no graver than `most`.
fn graded(mut finding: Finding, chain: &Chain, most: Level) -> Finding {
    finding.level = Level::from(chain.severity).min(most);
    finding
}
