//! Tests of what is taken for a contract.

use syntax::yaml::{self, Limits};

use super::*;

fn verdict(file_name: &str, text: &str) -> String {
    let yaml = yaml::parse(text, &Limits::default());
    match recognise(file_name, &yaml, yaml.documents.first().copied()) {
        Verdict::Contract(kind) => kind.name.to_owned(),
        Verdict::Unknown => "unknown".to_owned(),
        Verdict::Foreign => "foreign".to_owned(),
    }
}

#[track_caller]
fn check(file_name: &str, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(verdict(file_name, text), *expected, "{file_name}: {text}");
    }
}

const WHOLE: &str = "schema_version: '1'\npipeline_id: p\nphases: {a: {exit: {required: []}}}\n";

#[test]
fn a_whole_contract_is_one_whatever_its_name() {
    let names = ["pipeline.yaml", "x.yml", "C:\\x\\Pipe.YAML", "a.contract.yaml", "a.budget.yaml"];
    for name in names {
        assert_eq!(verdict(name, WHOLE), "propagation", "{name}");
    }
    assert_eq!(verdict("contract.json", WHOLE), "foreign");
    assert_eq!(verdict("contract", WHOLE), "foreign");
}

#[test]
fn without_a_name_the_shape_must_be_right() {
    check(
        "pipeline.yaml",
        &[
            ("pipeline_id: p\nphases: {a: {entry: {}}}", "propagation"),
            ("pipeline_id: p\nphases:\n  a:\n    entry:\n", "propagation"),
            ("schema_version: '1'\nphases: {a: {exit: {}}}", "propagation"),
            ("propagation_chains: []\nphases: {a: {exit: {}}}", "propagation"),
            ("propagation_chains:\npipeline_id: p", "propagation"),
            ("schema_version: '1'\npipeline_id: p\nphases:\n", "propagation"),
            ("pipeline_id: p\nphases: {a: {exit: {}}}\ncontract_type: context", "propagation"),
            ("pipeline_id: p\nphases: {a: {exit: {}}}\nchains: []", "propagation"),
            ("pipeline_id: p\nphases: {a: {}}", "foreign"),
            ("pipeline_id: p", "foreign"),
            ("phases: {a: {exit: {}}}", "foreign"),
            ("", "foreign"),
            ("- pipeline_id\n- phases", "foreign"),
        ],
    );
}

#[test]
fn a_file_called_a_contract_may_be_half_typed() {
    check(
        "artisan.contract.yaml",
        &[
            ("schema_version: '1'", "propagation"),
            ("pipeline_id:", "propagation"),
            ("phases:\n  a:\n", "propagation"),
            ("phases:\n  a:\n    exit:\n      required:\n        - na", "propagation"),
            ("propagation_chains: []", "propagation"),
            ("pipline_id: p", "propagation"),
            ("phase:\n  plan: {}", "propagation"),
            ("pipeline_id: p\nowner: me", "propagation"),
            ("", "unknown"),
            ("schem", "unknown"),
            ("description: x", "unknown"),
            ("[]", "unknown"),
        ],
    );
    check("contract.yaml", &[("pipeline_id: p", "propagation")]);
}

#[test]
fn look_alikes_are_hinted_at_only_where_the_name_says_contract() {
    let look_alikes = [
        "apiVersion: v2\nkind: DataContract\nschema: []",
        "openapi: 3.0.0\npaths: {}",
        "dataContractSpecification: 1.1.0\nid: x\nmodels: {}",
        "name: orders\nversion: 1\nowner: data\ncolumns: []",
        "version: 1\nname: x",
        "en:\n  phases:\n    entry: Entry\n    exit: Exit\n  pipeline_id: Pipeline",
        "on: push\njobs: {build: {steps: []}}",
        "services: {web: {image: x}}",
        "version: 0.2\nphases: {install: {commands: []}, build: {commands: []}}",
        "phases: {plan: {entry: Entry, exit: Exit}}\ntitle: x\nmenu: y",
        "{{- if .Values.x }}\nkey: {{ .Values.y }}\n{{- end }}",
    ];
    for text in look_alikes {
        assert_eq!(verdict("config.yaml", text), "foreign", "{text}");
        assert_eq!(verdict("datacontract.yaml", text), "foreign", "{text}");
        assert_eq!(verdict("orders.contract.yaml", text), "unknown", "{text}");
    }
}
