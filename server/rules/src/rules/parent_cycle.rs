//! `parent-cycle`: capabilities that are each other's parts.

use contracts::body::Body;
use contracts::kinds::capability_propagation::{Capability, Contract};

use crate::declared;
use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "parent-cycle",
    weight: Weight::Always(Level::Error),
    summary: "a capability is a part of itself",
    page: include_str!("../../../../docs/rules/parent-cycle.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for facts in &scope.facts.contracts {
        let Body::CapabilityPropagation(contract) = &facts.document.body else { continue };
        let mut told = vec![false; contract.capabilities.len()];
        for start in 0..contract.capabilities.len() {
            let Some(cycle) = cycle_through(contract, start) else { continue };
            if cycle.iter().any(|index| told[*index]) {
                continue;
            }
            cycle.iter().for_each(|index| told[*index] = true);
            let held: Vec<&Capability> =
                cycle.iter().map(|index| &contract.capabilities[*index]).collect();
            let Some(parent) = held[0].parent else { continue };
            let way = held.iter().chain(&held[..1]).map(|one| format!("`{}`", one.name.value));
            let way = way.collect::<Vec<_>>().join(" in ");
            let finding = declared::finding(
                &RULE,
                scope,
                facts,
                parent.at,
                format!("`{}` is a part of itself: {way}", held[0].name.value),
            );
            let finding = held[1..]
                .iter()
                .filter_map(|one| one.parent)
                .fold(finding.label("names its parent"), |finding, parent| {
                    finding.related(scope.anchor(parent.at), "and so does this")
                });
            findings.push(
                finding
                    .why("whoever walks from a capability to its parents never arrives")
                    .help("remove the `parent` that is wrong"),
            );
        }
    }
}

/// The way from a capability over its parents back to itself, if there is one.
fn cycle_through(contract: &Contract, start: usize) -> Option<Vec<usize>> {
    let mut way = vec![start];
    loop {
        let parent = contract.capabilities[*way.last()?].parent?;
        let mut all = contract.capabilities.iter();
        let next = all.position(|held| held.name.value == parent.value)?;
        if next == start {
            return Some(way);
        }
        if way.contains(&next) {
            return None;
        }
        way.push(next);
    }
}
