//! Tests of the lineage kind.

use super::*;
use crate::decode::tests::{names_of, problems_of, sound};

const WHOLE: &str = "schema_version: '1'\npipeline_id: p\nchains:\n  - chain_id: c\n    field: a.b\n    \
                     stages:\n      - {phase: x, operation: passthrough}\n      \
                     - {phase: y, operation: derive, description: z}\n  \
                     - {chain_id: d, field: e, stages: []}\n";

#[test]
fn all_of_a_contract_is_read() {
    let Body::DataLineage(contract) = sound(&KIND, WHOLE).body else { panic!() };
    let [chain, empty] = &contract.chains[..] else { panic!("{contract:?}") };
    assert_eq!(chain.field.unwrap().value.segments().len(), 2);
    let stages: Vec<_> = chain
        .stages
        .iter()
        .map(|stage| (stage.phase.unwrap().value.as_str(), stage.operation.unwrap().value))
        .collect();
    assert_eq!(stages, [("x", Operation::Passthrough), ("y", Operation::Derive)]);
    assert!(empty.stages.is_empty());
}

#[test]
fn every_declared_operation_is_read() {
    for (word, _) in OPERATION.values {
        assert!(Operation::parse(word).is_some(), "{word}");
    }
}

#[test]
fn a_chain_uses_a_field_and_phases() {
    assert_eq!(
        names_of(&sound(&KIND, WHOLE))[..5],
        [
            "refers to pipeline p",
            "defines chain c",
            "refers to field a.b",
            "refers to phase x",
            "refers to phase y",
        ]
    );
}

#[test]
fn the_type_may_be_left_out_and_not_be_another() {
    let other = format!("contract_type: lineage\n{WHOLE}");
    assert_eq!(problems_of(&KIND, &other), ["contract_type: `lineage` is no contract type"]);
    assert_eq!(problems_of(&KIND, &format!("contract_type: data_lineage\n{WHOLE}")), [""; 0]);
}
