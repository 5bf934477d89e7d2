//! `over-allocated`: the phases of a budget are given more than there is.

use contracts::body::Body;
use contracts::kinds::budget_propagation::Overflow;

use crate::declared;
use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "over-allocated",
    weight: Weight::Always(Level::Warning),
    summary: "the allocations of a budget add up to more than its total",
    page: include_str!("../../../../docs/rules/over-allocated.md"),
    check: Check::File(check),
};

/// Sums of decimal fractions are off by as little as this share.
const ROUNDING: f64 = 1e-9;

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for facts in &scope.facts.contracts {
        let Body::BudgetPropagation(contract) = &facts.document.body else { continue };
        for budget in &contract.budgets {
            // A negative one is refused, and has its own finding.
            let Some(total) = budget.total.filter(|total| total.value >= 0.0) else { continue };
            let sum = budget.allocated();
            if sum <= total.value * (1.0 + ROUNDING) {
                continue;
            }
            let name = budget.id.map_or_else(String::new, |id| format!(" of `{}`", id.value));
            let message =
                format!("{} is allocated, and the total{name} is {}", shown(sum), total.value);
            let why = match budget.overflow {
                Overflow::Block => "phases that keep to their share can still be blocked",
                Overflow::Warn | Overflow::Redistribute => {
                    "every phase can keep to its share and the budget is exhausted all the same"
                }
            };
            let mut finding = declared::finding(&RULE, scope, facts, total.at, message)
                .label("all that there is")
                .why(why)
                .help("lower some allocations, or raise the total");
            for amount in budget.allocations.iter().filter_map(|held| held.amount) {
                finding =
                    finding.related(scope.anchor(amount.at), format!("takes {}", amount.value));
            }
            findings.push(finding);
        }
    }
}

/// A sum without the digits that rounding brings in.
fn shown(sum: f64) -> f64 {
    (sum * 1e6).round() / 1e6
}
