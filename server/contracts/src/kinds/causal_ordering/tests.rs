//! Tests of the ordering kind.

use super::*;
use crate::decode::tests::{names_of, problems_of, sound};

const WHOLE: &str = "schema_version: '1'\ncontract_type: causal_ordering\npipeline_id: p\n\
                     dependencies:\n  - before: {phase: a, event: x}\n    after: {phase: b, event: y}\n    \
                     severity: blocking\n  - {before: {phase: b, event: x}, after: {phase: b, event: x}}\n";

fn read(text: &str) -> Contract {
    match sound(&KIND, text).body {
        Body::CausalOrdering(contract) => *contract,
        other => panic!("{other:?}"),
    }
}

#[test]
fn all_of_a_contract_is_read() {
    let contract = read(WHOLE);
    let [first, second] = &contract.dependencies[..] else { panic!("{contract:?}") };
    assert_eq!((first.severity, second.severity), (Severity::Blocking, Severity::Warning));
    let identity = |event: &Option<Event>| event.as_ref().unwrap().identity().unwrap();
    assert_eq!(identity(&first.before), (Name::new("a"), Name::new("x")));
    assert_ne!(identity(&first.before), identity(&second.before));
    assert_eq!(identity(&second.before), identity(&second.after));
}

#[test]
fn events_belong_to_their_phases() {
    assert_eq!(
        names_of(&sound(&KIND, WHOLE))[..5],
        [
            "refers to pipeline p",
            "refers to phase a",
            "refers to event a/x",
            "refers to phase b",
            "refers to event b/y",
        ]
    );
}

#[test]
fn the_type_and_the_dependencies_must_be_there() {
    assert_eq!(
        problems_of(&KIND, "schema_version: '1'\npipeline_id: p\n"),
        ["contract_type: missing, say causal_ordering", "dependencies: missing, say []",]
    );
    assert_eq!(
        problems_of(&KIND, &WHOLE.replace("causal_ordering", "ordering")),
        ["contract_type: `ordering` is no contract type"]
    );
}
