//! A mistake inside an anchored part is one mistake, with the aliases that repeat it beside.

use workspace::memory::Memory;

#[test]
fn a_mistake_behind_an_alias_is_told_once() {
    let text = "\
schema_version: '0.1.0'
pipeline_id: shared
phases:
  first: {exit: {required: &fields [{name: a, severity: bloking}]}}
  then: {entry: {required: *fields}, exit: {required: *fields}}
";
    let findings = Memory::new([("shared.contract.yaml", text)]).findings();
    let told: Vec<_> =
        findings.iter().filter(|finding| finding.rule.name == "invalid-value").collect();
    assert_eq!(told.len(), 1, "{findings:?}");
    let places: Vec<&str> = told[0].related.iter().map(|(at, _)| at.span.of(text)).collect();
    assert_eq!(places, ["*fields", "*fields"]);
}
