//! Tests of the capability kind.

use text::name::Name;

use super::*;
use crate::decode::tests::{names_of, problems_of, sound};
use crate::propagation::Severity;

const WHOLE: &str = "schema_version: '1'\ncontract_type: capability_propagation\npipeline_id: p\n\
                     capabilities:\n  - {name: repo, scope: write, parent: '', attenuable: false}\n  \
                     - {name: key, scope: read, parent: repo}\nphases:\n  build: {requires: [repo, ''], \
                     provides: [key]}\n  ship: {attenuations: [{from_scope: write, to_scope: read}]}\n\
                     chains:\n  - {chain_id: c, capability: repo, source_phase: build, destination_phase: \
                     ship, expected_attenuation: {from_scope: read, to_scope: admin}}\n";

fn read(text: &str) -> Contract {
    match sound(&KIND, text).body {
        Body::CapabilityPropagation(contract) => *contract,
        other => panic!("{other:?}"),
    }
}

#[test]
fn all_of_a_contract_is_read() {
    let contract = read(WHOLE);
    let repo = contract.capability(Name::new("repo")).unwrap();
    assert!(repo.parent.is_none() && !repo.attenuable && repo.attenuable_at.is_some());
    let key = contract.capability(Name::new("key")).unwrap();
    assert!(key.parent.is_some() && key.attenuable && key.attenuable_at.is_none());
    let build = contract.phase(Name::new("build")).unwrap();
    assert_eq!((build.requires.len(), build.provides.len()), (1, 1));
    assert!(!contract.phase(Name::new("ship")).unwrap().attenuations[0].widens());
    let chain = &contract.chains[0];
    assert_eq!(chain.severity, Severity::Blocking);
    assert_eq!(chain.destination.unwrap().value.as_str(), "ship");
    assert!(chain.expected.as_ref().unwrap().widens());
}

#[test]
fn of_two_definitions_the_last_counts() {
    let twice = WHOLE.replace("phases:\n", "  - {name: repo, scope: x}\nphases:\n");
    assert!(read(&twice).capability(Name::new("repo")).unwrap().attenuable);
}

#[test]
fn scopes_outside_the_known_ones_are_not_compared() {
    let scopes = |from: &str, to: &str| {
        let text = WHOLE.replace(
            "from_scope: write, to_scope: read",
            &format!("from_scope: {from}, to_scope: {to}"),
        );
        read(&text).phases[1].attenuations[0].widens()
    };
    assert!(scopes("none", "read") && scopes("read", "read-only") && scopes("read-write", "admin"));
    assert!(!scopes("admin", "admin") && !scopes("write", "everything") && !scopes("a", "admin"));
}

#[test]
fn a_phase_that_does_not_fit_keeps_its_name() {
    let text = "contract_type: capability_propagation\nphases: {a: , b: {requires: x}}\n";
    let yaml = syntax::yaml::parse(text, &syntax::yaml::Limits::default());
    let document = crate::document::read(&yaml, yaml.documents[0], &KIND);
    let Body::CapabilityPropagation(contract) = document.body else { panic!() };
    assert_eq!(contract.phases.len(), 2);
    assert!(contract.phases.iter().all(|phase| phase.requires.is_empty()));
}

#[test]
fn capabilities_are_named_and_used() {
    assert_eq!(
        names_of(&sound(&KIND, WHOLE)),
        [
            "refers to pipeline p",
            "defines capability repo",
            "defines capability key",
            "refers to capability repo",
            "refers to phase build",
            "refers to capability repo",
            "refers to capability key",
            "refers to phase ship",
            "defines chain c",
            "refers to capability repo",
            "refers to phase build",
            "refers to phase ship",
        ]
    );
}

#[test]
fn blocks_that_hold_nothing_are_refused() {
    let text = "schema_version: '1'\ncontract_type: capability_propagation\npipeline_id: p\n\
                capabilities: [{name: a}]\nphases: {a: , b: {provides: }}\n";
    assert_eq!(
        problems_of(&KIND, text),
        [
            "capabilities.0.scope: missing, say read",
            "phases.a: `a` is nothing, not a mapping",
            "phases.b.provides: `provides` is nothing, not a list of texts",
        ]
    );
}
