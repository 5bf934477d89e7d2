//! Tests of the typed view.

use syntax::yaml::{self, Limits};

use super::*;
use crate::body::Body;
use crate::decode::tests::{names_of, sound};
use crate::document;
use crate::kinds::propagation::KIND;

fn read(text: &str) -> (Contract, bool) {
    let yaml = yaml::parse(text, &Limits::default());
    let document = document::read(&yaml, yaml.documents[0], &KIND);
    (document.propagation().cloned().unwrap(), document.complete)
}

/// One line for each field: phase, list, path, severity, what else is known.
#[track_caller]
fn check(phases: &str, expected: &[&str]) {
    let (contract, _) = read(&format!("pipeline_id: p\nphases:\n{phases}"));
    let mut told = Vec::new();
    for phase in &contract.phases {
        for (boundary, field) in phase.all_fields() {
            let mut line = format!(
                "{} {} {} {}",
                phase.name.value,
                boundary.as_str(),
                field.path.value,
                field.severity.as_str()
            );
            if let Some(default) = &field.default {
                line += &format!(" = {}", default.value);
            }
            told.push(line);
        }
    }
    assert_eq!(told, expected, "{phases}");
}

#[test]
fn all_of_a_contract_is_read() {
    let text = "schema_version: '1'\npipeline_id: p\ndescription: d\nphases:\n  a:\n    description: \
                x\n    exit:\n      required:\n        - name: b.c\n          type: list\n          \
                severity: warning\n          default: []\n          description: e\n          \
                source_phase: z\n          constraints: {}\n          quality: {metric: length, \
                threshold: '2'}\n          evaluation: {policy: any_evaluator, threshold: 0.5}\n\
                propagation_chains:\n  - chain_id: c\n    source: {phase: a, field: b}\n    \
                waypoints: [{phase: w, field: b}]\n    destination: {phase: d, field: b.c}\n    \
                verification: source == dest\n";
    let (contract, _) = read(text);
    let field = &contract.phases[0].fields(Boundary::ExitRequired)[0];
    assert_eq!(field.path.value.segments().len(), 2);
    assert_eq!(field.severity, Severity::Warning);
    assert!(field.severity_at.is_some() && field.constraints.is_some());
    assert_eq!(field.default.as_ref().unwrap().value, Value::List(vec![]));
    assert_eq!(field.quality.as_ref().unwrap().threshold.unwrap().value, 2.0);
    assert_eq!(field.evaluation.as_ref().unwrap().policy.unwrap().value.as_str(), "any_evaluator");
    let chain = &contract.chains[0];
    let phases: Vec<_> = chain.endpoints().map(|end| end.phase.unwrap().value.as_str()).collect();
    assert_eq!(phases, ["a", "w", "d"]);
    assert_eq!(chain.severity, Severity::Warning);
}

#[test]
fn what_does_not_fit_is_left_out_and_the_rest_stays() {
    check(
        "  a:\n  b: 5\n  c: {exit: {required: [x, {nam: y}, {name: ''}, {name: z}]}}\n",
        &["c exit.required z blocking"],
    );
    let phases = read("phases: {a: , b: 5, 1: {}, c: {}}").0.phases;
    let names: Vec<_> = phases.iter().map(|phase| phase.name.value.as_str()).collect();
    assert_eq!(names, ["a", "b", "c"]);
    check(
        "  a: {entry: {enrichment: [{name: x, severity: Blocking, default: 1}]}}\n",
        &["a entry.enrichment x blocking = 1"],
    );
    let yaml = yaml::parse("[]", &Limits::default());
    let document = document::read(&yaml, yaml.documents[0], &KIND);
    assert_eq!(document.body, Body::Plain);
}

#[test]
fn null_is_no_default() {
    check(
        "  a: {entry: {required: [{name: x, default: }, {name: y, default: ''}]}}\n",
        &["a entry.required x blocking", "a entry.required y blocking = \"\""],
    );
}

#[test]
fn merge_keys_aliases_and_repeated_keys_read_as_loaded() {
    check(
        "  a:\n    exit: &e\n      required: [&x {name: x, severity: advisory}]\n  b:\n    exit: \
         *e\n    entry: {required: [{<<: *x, name: y}]}\n  c: {exit: {required: []}}\n  c:\n    \
         exit: *e\n",
        &[
            "a exit.required x advisory",
            "b entry.required y advisory",
            "b exit.required x advisory",
            "c exit.required x advisory",
        ],
    );
}

#[test]
fn aliases_of_aliases_come_to_an_end() {
    let mut text =
        String::from("pipeline_id: p\nphases:\n  a: &p\n    exit: &e\n      required: &l\n");
    text += "        - &f {name: x}\n";
    text += &"        - *f\n".repeat(1_000);
    for index in 0..1_000 {
        text += &format!("  b{index}: *p\n");
    }
    let (_, complete) = read(&text);
    assert!(!complete);
    assert!(read("phases: &p {a: *p, b: {exit: *p}}").1);
}

#[test]
fn names_in_extensions_are_found_wherever_these_are() {
    let text = "schema_version: 0.2.0\npipeline_id: p\nphases: {a: {exit: {required: [{name: x}]}}}\n\
                propagation_chains:\n  - chain_id: c\n    \
                source: {phase: a, field: x, configuration_lineage: [{key: k, source: x.version}]}\n    \
                waypoints: [{phase: a, field: x, configuration_lineage: [{key: l, source: y}]}]\n    \
                destination: {phase: a, field: x}\nversion_compatibility: [{config_key: k}]\n";
    assert_eq!(
        names_of(&sound(&KIND, text)),
        [
            "refers to configuration k",
            "refers to field x.version",
            "refers to configuration l",
            "refers to field y",
            "refers to configuration k",
        ]
    );
}
