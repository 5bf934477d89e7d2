//! Logs, held against the schema of what may stand in them.

use expect_test::expect;

use super::super::samples::{empty_report, odd_findings, report_of, report_of_samples, shown};
use super::*;

const SCHEMA_TEXT: &str = include_str!("../../../../../../tests/schemas/sarif-2.1.0.json");

fn validated(text: &str) -> Value {
    let schema: Value = serde_json::from_str(SCHEMA_TEXT).unwrap();
    let log: Value = serde_json::from_str(text).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&log)
        .map(|error| format!("{} at {}", error, error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    log
}

#[test]
fn findings_are_a_valid_log() {
    let text = shown(|out| report_of_samples(|report| write(report, out)));
    expect![[]].assert_eq(&format!("{:#}\n", validated(&text)));
}

#[test]
fn odd_findings_are_valid_too() {
    let findings = odd_findings();
    validated(&shown(|out| write(&report_of(&findings), out)));
}

#[test]
fn trouble_is_in_the_log() {
    let trouble = ["cannot read `a`".to_owned()];
    let report = Report { trouble: &trouble, ..empty_report() };
    let log = validated(&shown(|out| write(&report, out)));
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolExecutionNotifications"][0]["message"]["text"], trouble[0].as_str());
}

#[test]
fn the_schema_refuses_what_the_standard_forbids() {
    let schema: Value = serde_json::from_str(SCHEMA_TEXT).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let text = shown(|out| report_of_samples(|report| write(report, out)));
    let sound: Value = serde_json::from_str(&text).unwrap();
    let spoiled: [(&str, Value); 8] = [
        ("/version", "2.0.0".into()),
        ("/runs/0/columnKind", "bytes".into()),
        ("/runs/0/tool/driver/name", Value::Null),
        ("/runs/0/invocations/0/executionSuccessful", "yes".into()),
        ("/runs/0/results/0/level", "hint".into()),
        ("/runs/0/results/0/message", json!({})),
        ("/runs/0/results/0/locations/0/physicalLocation/region/startLine", 0.into()),
        ("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", 1.into()),
    ];
    for (place, value) in spoiled {
        let mut log = sound.clone();
        *log.pointer_mut(place).unwrap() = value;
        assert!(!validator.is_valid(&log), "{place}");
    }
}

#[test]
fn paths_are_encoded() {
    assert_eq!(encoded("a b/ä:100%.py"), "a%20b/%C3%A4%3A100%25.py");
}
