//! Tests of former keys: one problem each, and what stands under them is read.

use crate::body::Body;
use crate::decode::tests::problems_of;
use crate::document;
use crate::kinds::{budget_propagation, capability_propagation, semantic_conventions};

const BUDGETS: &str = "schema_version: '1'\ncontract_type: budget_propagation\npipeline_id: p\n";

#[test]
fn a_former_key_stands_for_the_one_of_today() {
    let text =
        "schema_version: '1'\ndomain: d\nconventions: [{canonical: a.b, requirement: always}]";
    assert_eq!(
        problems_of(&semantic_conventions::KIND, text),
        [
            "domain: a former key, today namespace",
            "conventions: a former key, today attributes",
            "conventions.0.canonical: a former key, today name",
            "conventions.0.requirement: a former key, today requirement_level",
            "conventions.0.requirement: `always` is no requirement level",
        ]
    );
    let yaml = syntax::yaml::parse(text, &syntax::yaml::Limits::default());
    let document = document::read(&yaml, yaml.documents[0], &semantic_conventions::KIND);
    let Body::SemanticConventions(contract) = document.body else { panic!("{document:?}") };
    assert_eq!(contract.attributes[0].name.value.as_str(), "a.b");
}

#[test]
fn the_key_of_today_comes_first() {
    let text = "schema_version: '1'\ndomain: d\nnamespace: n";
    assert_eq!(
        problems_of(&semantic_conventions::KIND, text),
        ["domain: a former key, today namespace, which is there"]
    );
}

#[test]
fn amounts_in_a_mapping_are_amounts() {
    let budget = |allocations: &str| {
        let text = format!(
            "{BUDGETS}budgets: [{{budget_id: b, budget_type: custom, total: 1, allocations: {allocations}}}]"
        );
        problems_of(&budget_propagation::KIND, &text)
    };
    let former = "budgets.0.allocations: a former key, today allocations";
    assert_eq!(budget("{a: 1}"), [former]);
    assert_eq!(
        budget("{a: -1, b: x}"),
        [
            former,
            "budgets.0.allocations.a: -1, at least 0 allowed",
            "budgets.0.allocations.b: `b` is the text `x`, not a number",
        ]
    );
    assert_eq!(
        budget("{phase: a, amount: 1}"),
        ["budgets.0.allocations: `allocations` is a mapping, not a list of allocations"]
    );
    assert_eq!(
        budget("5"),
        ["budgets.0.allocations: `allocations` is the number 5, not a list of allocations"]
    );
}

#[test]
fn what_is_lifted_is_checked_inside() {
    let chain = |source: &str| {
        let text = format!(
            "schema_version: '1'\ncontract_type: capability_propagation\npipeline_id: p\ncapabilities: []\n\
             phases: {{}}\nchains: [{{chain_id: c, capability: x, source: {source}, destination_phase: b}}]"
        );
        problems_of(&capability_propagation::KIND, &text)
    };
    let former = "chains.0.source: a former key, today source_phase";
    assert_eq!(chain("{phase: a, granted_by: b}"), [former]);
    assert_eq!(chain("a"), [former]);
    assert_eq!(chain("{phase: ''}"), [former, "chains.0.source.phase: `source_phase` is empty"]);
    assert_eq!(chain("{}"), [former]);
}

#[test]
fn what_aliases_repeat_is_told_once() {
    let text = format!(
        "{BUDGETS}budgets:\n  - &b {{budget_id: b, type: custom, total: 1}}\n  - <<: *b\n    budget_id: c\n  - *b\n"
    );
    assert_eq!(
        problems_of(&budget_propagation::KIND, &text),
        ["budgets.0.type: a former key, today budget_type"]
    );
}
