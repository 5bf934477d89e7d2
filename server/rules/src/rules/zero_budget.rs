//! `zero-budget`: an amount of zero does not do what it says.

use contracts::body::Body;
use contracts::kinds::budget_propagation::{Allocation, Budget};
use facts::contract::ContractFacts;

use crate::declared;
use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "zero-budget",
    weight: Weight::Always(Level::Warning),
    summary: "a total of zero is always exhausted, an allocation of zero is never exceeded",
    page: include_str!("../../../../docs/rules/zero-budget.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for facts in &scope.facts.contracts {
        let Body::BudgetPropagation(contract) = &facts.document.body else { continue };
        for budget in &contract.budgets {
            match total(scope, facts, budget) {
                // Of nothing, nothing can be allocated.
                Some(finding) => findings.push(finding),
                None => {
                    let allocations = budget.allocations.iter();
                    findings.extend(allocations.filter_map(|held| allocation(scope, facts, held)));
                }
            }
        }
    }
}

fn total(scope: &FileScope<'_>, facts: &ContractFacts, budget: &Budget) -> Option<Finding> {
    let total = budget.total.filter(|total| total.value == 0.0)?;
    let message = "a total of 0 is exhausted before the first phase".to_owned();
    let finding = declared::finding(&RULE, scope, facts, total.at, message);
    Some(
        finding
            .label("nothing there")
            .why("a budget counts as exhausted when all of it is used, which is at once")
            .help("give it an amount, or remove the budget"),
    )
}

fn allocation(
    scope: &FileScope<'_>,
    facts: &ContractFacts,
    allocation: &Allocation,
) -> Option<Finding> {
    let amount = allocation.amount.filter(|amount| amount.value == 0.0)?;
    let phase = allocation.phase?.value;
    let message = format!("an allocation of 0 does not hold `{phase}` to anything");
    let finding = declared::finding(&RULE, scope, facts, amount.at, message);
    Some(
        finding
            .label("never exceeded")
            .why("an allocation of 0 counts as none, so the phase may use all of the budget")
            .help("give it the least amount that makes sense, or leave the phase out"),
    )
}
