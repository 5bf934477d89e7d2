//! `duplicate-allocation`: a phase has two allocations of one budget, of which the first counts.

use contracts::body::Body;
use contracts::propagation::Located;
use syntax::edit::yaml;
use text::name::Name;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "duplicate-allocation",
    weight: Weight::Always(Level::Warning),
    summary: "a phase has two allocations of one budget, and the first counts",
    page: include_str!("../../../../docs/rules/duplicate-allocation.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for facts in &scope.facts.contracts {
        let Body::BudgetPropagation(contract) = &facts.document.body else { continue };
        for budget in &contract.budgets {
            let mut seen: Vec<Located<Name>> = Vec::new();
            for allocation in &budget.allocations {
                let Some(phase) = allocation.phase else { continue };
                let first = seen.iter().find(|held| held.value == phase.value);
                let Some(first) = first.filter(|first| first.at != phase.at) else {
                    seen.push(phase);
                    continue;
                };
                let message = format!("`{}` has an allocation already", phase.value);
                findings.push(
                    declared::finding(&RULE, scope, facts, phase.at, message)
                        .label("the second time")
                        .related(scope.anchor(first.at), "the first, which counts")
                        .why("a phase is held to its first allocation; both count towards the sum")
                        .help("put the two together, or remove the later (quick fix)")
                        .fix(Fix::offered(
                            "remove the later",
                            declared::edit(scope, yaml::Intent::RemoveItem(allocation.at)),
                        )),
                );
            }
        }
    }
}
