//! `over-allocated`: the phases of a budget are given more than there is.

use contracts::body::Body;
use contracts::decode::names::Role;
use contracts::kinds::budget_propagation::{Budget, Overflow};
use contracts::problem::{Clash, ProblemKind};
use contracts::schema::Sort;
use facts::contract::{ContractFacts, ContractProblem};
use syntax::yaml::NodeId;
use text::name::Name;

use crate::declared;
use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "over-allocated",
    weight: Weight::Between(Level::Warning, Level::Error),
    summary: "the allocations of a budget add up to more than its total",
    page: include_str!("../../../../docs/rules/over-allocated.md"),
    check: Check::File(check),
};

/// Sums of decimal fractions are off by as little as this share.
const ROUNDING: f64 = 1e-9;

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for facts in &scope.facts.contracts {
        if let Body::BudgetPropagation(contract) = &facts.document.body {
            findings
                .extend(contract.budgets.iter().filter_map(|held| of_budget(scope, facts, held)));
        }
    }
    for (facts, held) in declared::problems(scope) {
        if let ProblemKind::Clash(Clash::Exceeded { total, sum, parts }) = &held.problem.kind {
            let message = message(*sum, *total, name(facts, held));
            let finding = declared::problem(&RULE, scope, (facts, held), message);
            findings.push(with_parts(scope, finding, parts.iter().copied()));
        }
    }
}

/// The budget of a contract of its own, which may be overbooked on purpose.
fn of_budget(scope: &FileScope<'_>, facts: &ContractFacts, budget: &Budget) -> Option<Finding> {
    // A negative one is refused, and has its own finding.
    let total = budget.total.filter(|total| total.value >= 0.0)?;
    let sum = budget.allocated();
    if sum <= total.value * (1.0 + ROUNDING) {
        return None;
    }
    let why = match budget.overflow {
        Overflow::Block => "phases that keep to their share can still be blocked",
        Overflow::Warn | Overflow::Redistribute => {
            "every phase can keep to its share and the budget is exhausted all the same"
        }
    };
    let message = message(sum, total.value, budget.id.map(|id| id.value));
    let mut finding = declared::finding(&RULE, scope, facts, total.at, message).why(why);
    finding.level = Level::Warning;
    let amounts = budget.allocations.iter().filter_map(|held| held.amount);
    Some(with_parts(scope, finding, amounts.map(|amount| (amount.at, amount.value))))
}

/// The name of the budget that a problem lies in.
fn name(facts: &ContractFacts, held: &ContractProblem) -> Option<Name> {
    let mut names = facts.document.names.iter();
    let gives = names.find(|named| {
        named.sort == Sort::Budget
            && named.role == Role::Defines
            && held.way.contains(&named.within)
    });
    gives.map(|named| named.name)
}

fn message(sum: f64, total: f64, name: Option<Name>) -> String {
    let name = name.map_or_else(String::new, |name| format!(" of `{name}`"));
    format!("{} is allocated, and the total{name} is {total}", shown(sum))
}

fn with_parts(
    scope: &FileScope<'_>,
    finding: Finding,
    parts: impl Iterator<Item = (NodeId, f64)>,
) -> Finding {
    let finding =
        finding.label("all that there is").help("lower some allocations, or raise the total");
    parts.fold(finding, |finding, (at, amount)| {
        finding.related(scope.anchor(at), format!("takes {amount}"))
    })
}

/// A sum without the digits that rounding brings in.
fn shown(sum: f64) -> f64 {
    (sum * 1e6).round() / 1e6
}
