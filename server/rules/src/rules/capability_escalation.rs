//! `capability-escalation`: a permission gets broader on its way, or changes where it must not.

use contracts::body::Body;
use contracts::kinds::capability_propagation::{Attenuation, Contract};
use facts::contract::ContractFacts;

use crate::declared;
use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "capability-escalation",
    weight: Weight::Always(Level::Error),
    summary: "an attenuation makes a scope broader, or narrows what must stay as it is",
    page: include_str!("../../../../docs/rules/capability-escalation.md"),
    check: Check::File(check),
};

const WHY: &str = "the check at the exit of every later phase fails, for all capabilities";

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for facts in &scope.facts.contracts {
        let Body::CapabilityPropagation(contract) = &facts.document.body else { continue };
        let of_phases = contract.phases.iter().flat_map(|phase| &phase.attenuations);
        let of_chains = contract.chains.iter().filter_map(|chain| chain.expected.as_ref());
        for attenuation in of_phases.chain(of_chains) {
            findings.extend(widening(scope, facts, attenuation));
        }
        unattenuable(scope, facts, contract, findings);
    }
}

fn widening(
    scope: &FileScope<'_>,
    facts: &ContractFacts,
    attenuation: &Attenuation,
) -> Option<Finding> {
    let (from, to) = (attenuation.from?, attenuation.to?);
    if !attenuation.widens() {
        return None;
    }
    let message = format!("`{}` is broader than `{}`", to.value, from.value);
    let finding = declared::finding(&RULE, scope, facts, to.at, message);
    Some(
        finding
            .label("an attenuation leads here")
            .related(scope.anchor(from.at), "from this scope")
            .why(WHY)
            .help("an attenuation makes a scope narrower: swap the two, or leave it out"),
    )
}

/// Chains that expect less of a capability which must stay as it was granted.
fn unattenuable(
    scope: &FileScope<'_>,
    facts: &ContractFacts,
    contract: &Contract,
    findings: &mut Vec<Finding>,
) {
    for chain in &contract.chains {
        let (Some(name), Some(expected)) = (chain.capability, &chain.expected) else { continue };
        let declared = contract.capability(name.value).filter(|declared| !declared.attenuable);
        let Some(declared) = declared.filter(|_| !expected.widens()) else { continue };
        let Some(to) = expected.to else { continue };
        let message = format!("`{}` must not be attenuated, and the chain expects it", name.value);
        let declared_at = declared.attenuable_at.unwrap_or(declared.name.at);
        findings.push(
            declared::finding(&RULE, scope, facts, to.at, message)
                .label("expects a narrower scope")
                .related(scope.anchor(declared_at), "declared as not attenuable")
                .why("at run time every change of its scope counts as an escalation")
                .help("leave `expected_attenuation` out, or declare the capability attenuable"),
        );
    }
}
