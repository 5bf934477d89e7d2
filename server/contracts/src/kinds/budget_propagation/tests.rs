//! Tests of the budget kind.

use super::*;
use crate::decode::tests::{names_of, problems_of, sound};

const HEAD: &str =
    "schema_version: '1'\ncontract_type: budget_propagation\npipeline_id: p\nbudgets:\n";

fn read(budgets: &str) -> Contract {
    match sound(&KIND, &format!("{HEAD}{budgets}")).body {
        Body::BudgetPropagation(contract) => *contract,
        other => panic!("{other:?}"),
    }
}

#[test]
fn all_of_a_contract_is_read() {
    let contract = read(
        "  - budget_id: wall\n    budget_type: latency_ms\n    total: '100'\n    overflow_policy: block\n    \
         allocations: [{phase: a, amount: 60}, {phase: b, amount: 60.5}]\n  \
         - {budget_id: spend, budget_type: custom, total: 0}\n",
    );
    let [wall, spend] = &contract.budgets[..] else { panic!("{contract:?}") };
    assert_eq!(wall.total.unwrap().value, 100.0);
    assert_eq!(wall.allocated(), 120.5);
    assert_eq!(wall.allocations[1].phase.unwrap().value.as_str(), "b");
    assert_eq!((wall.overflow, spend.overflow), (Overflow::Block, Overflow::Warn));
    assert_eq!((spend.budget_type.unwrap().value.as_str(), spend.allocated()), ("custom", 0.0));
}

#[test]
fn a_budget_gives_its_name_and_uses_those_of_phases() {
    let text =
        "  - {budget_id: b, budget_type: custom, total: 1, allocations: [{phase: a, amount: 1}]}\n";
    assert_eq!(
        names_of(&sound(&KIND, &format!("{HEAD}{text}"))),
        ["refers to pipeline p", "defines budget b", "refers to phase a"]
    );
}

#[test]
fn amounts_are_not_negative() {
    let budget = "  - {budget_id: b, budget_type: latency, total: -1, allocations: [{phase: a, amount: .nan}]}\n";
    assert_eq!(
        problems_of(&KIND, &format!("{HEAD}{budget}")),
        [
            "budgets.0.budget_type: `latency` is no budget type",
            "budgets.0.total: -1, at least 0 allowed",
            "budgets.0.allocations.0.amount: .nan, at least 0 allowed",
        ]
    );
}
