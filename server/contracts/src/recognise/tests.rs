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

#[test]
fn a_contract_says_what_it_is() {
    let said = [
        ("schema_compatibility", "schema-compatibility"),
        ("semantic_conventions", "semantic-conventions"),
        ("semantic_convention", "semantic-conventions"),
        ("causal_ordering", "causal-ordering"),
        ("capability_propagation", "capability-propagation"),
        ("budget_propagation", "budget-propagation"),
        ("data_lineage", "data-lineage"),
    ];
    for (word, kind) in said {
        for name in ["x.contract.yaml", "x.yaml", "x.budget.yaml"] {
            assert_eq!(verdict(name, &format!("contract_type: {word}")), kind, "{name}");
        }
    }
    check("x.yaml", &[("contract_type: lease", "foreign"), ("contract_type:", "foreign")]);
}

#[test]
fn other_kinds_are_known_by_their_keys_in_a_file_that_is_called_a_contract() {
    check(
        "x.contract.yaml",
        &[
            ("schema_version: '1'\nmappings: []", "schema-compatibility"),
            ("schema_version: '1'\nevolution_rules:", "schema-compatibility"),
            ("schema_version: '1'\nversions: []", "schema-compatibility"),
            ("schema_version: '1'\nnamespace: x", "semantic-conventions"),
            ("schema_version: '1'\nnamespace: x\nattributes: []", "semantic-conventions"),
            ("domain: x\nconventions: [{canonical: y}]", "semantic-conventions"),
            ("pipeline_id: p\ndependencies: []", "causal-ordering"),
            ("contract_type: ordering\npipeline_id: p\ndependencies: []", "causal-ordering"),
            ("pipeline_id: p\nconstraints: []\ncross_pipeline: []", "causal-ordering"),
            (
                "pipeline_id: p\nphases: {a: {requires: []}}\ncapabilities: []",
                "capability-propagation",
            ),
            ("pipeline_id: p\ncapability_chains: []", "capability-propagation"),
            ("schema_version: '1'\npipeline_id: p\nbudgets: []", "budget-propagation"),
            ("schema_version: '1'\npipeline_id: p\nchains: []", "data-lineage"),
            ("pipeline_id: p\nlineage_chains: []", "data-lineage"),
            ("pipeline_id: p\ncapabilities: []\nchains: []", "capability-propagation"),
        ],
    );
}

#[test]
fn a_name_speaks_for_a_kind_once_the_keys_begin_to() {
    let begun = "schema_version: '1'\npipeline_id: p";
    let of_pipelines = [
        ("pipeline-lineage.contract.yaml", "data-lineage"),
        ("lineage.contract.yml", "data-lineage"),
        ("a.lineage.yaml", "data-lineage"),
        ("artisan.budget.yaml", "budget-propagation"),
        ("artisan-budget.contract.yaml", "budget-propagation"),
        ("budgets.contract.yaml", "budget-propagation"),
        ("pipeline.capability.yaml", "capability-propagation"),
        ("artisan-ordering.contract.yaml", "causal-ordering"),
        ("artisan.ordering.yml", "causal-ordering"),
    ];
    for (name, kind) in of_pipelines {
        assert_eq!(verdict(name, begun), kind, "{name}");
    }
    let begun = "schema_version: '1'\ndescription: x";
    check("otel-semconv.contract.yaml", &[(begun, "semantic-conventions"), ("", "unknown")]);
    check("convention-registry.contract.yaml", &[(begun, "semantic-conventions")]);
    check("orders-compat.contract.yaml", &[(begun, "schema-compatibility")]);
    // One key that half the world has is too little where the name is not even a contract's.
    check("orders.compat.yaml", &[(begun, "foreign"), ("", "foreign")]);
    check("budget.yaml", &[("schema_version: '1'\npipeline_id: p", "foreign")]);
}

#[test]
fn without_a_name_other_kinds_must_look_the_whole_of_it() {
    let head = "schema_version: '1'\npipeline_id: p\n";
    let whole = [
        (
            "schema_version: '1'\nmappings: [{source_service: a, source_field: b, target_service: c, \
          target_field: d}]",
            "schema-compatibility",
        ),
        (
            "schema_version: '1'\nevolution_rules: [{rule_id: r, scope: s, policy: full}]",
            "schema-compatibility",
        ),
        (
            "schema_version: '1'\nversions: [{service: s, version: '1', fields: {}}]",
            "schema-compatibility",
        ),
        (
            "schema_version: '1'\nnamespace: n\nattributes: [{name: a, requirement_level: required}]",
            "semantic-conventions",
        ),
        (&format!("{head}dependencies: [{{before: {{}}, after: {{}}}}]"), "causal-ordering"),
        (
            &format!(
                "{head}capabilities: [{{name: a, scope: b}}]\nphases: {{a: {{requires: [a]}}}}"
            ),
            "capability-propagation",
        ),
        (
            &format!("{head}budgets: [{{budget_id: a, budget_type: custom, total: 1}}]"),
            "budget-propagation",
        ),
        (&format!("{head}chains: [{{chain_id: a, field: b, stages: []}}]"), "data-lineage"),
    ];
    check("workflow.yaml", &whole);
    let begun = [
        ("schema_version: '1'", "foreign"),
        ("schema_version: '1'\npipeline_id: p", "foreign"),
        ("schema_version: '1'\nnamespace: n", "foreign"),
        (&format!("{head}dependencies: []"), "foreign"),
        (&format!("{head}budgets: []"), "foreign"),
        (&format!("{head}chains: []"), "foreign"),
        ("pipeline_id: p\nlineage_chains: []", "foreign"),
    ];
    check("workflow.yaml", &begun);
}

#[test]
fn files_of_other_tools_are_not_taken_for_other_kinds() {
    let look_alikes = [
        "apiVersion: v2\nname: chart\nversion: 1.0.0\ndependencies:\n  - {name: db, version: 1.x}",
        "name: env\nchannels: [defaults]\ndependencies:\n  - numpy\n  - pip: [x]",
        "name: app\nversion: 1.0.0\ndependencies: {http: ^1.0.0}",
        "schema_version: 1\nversions: [1.0, 2.0]",
        "schema_version: 1\nversions: [{version: 1.0, date: 2026-01-01}]",
        "schema_version: 1\nnamespace: prod\nattributes: [{name: color, type: string}]",
        "namespace: catalog\nattributes: [{name: color, allowed_values: [red]}]",
        "namespace: shapes\nenums: [{name: Color, values: [red]}]",
        "schema_version: 2\nmappings: [{from: a, to: b}]",
        "schema_version: 1\nchains: [{name: main, rules: []}]",
        "pipeline_id: 7\ndependencies: [extract, load]",
        "budgets: [{name: food, amount: 100}]",
        "capabilities: [browser, device]\nphases: {boot: {}}",
        "groups: [{id: a, attributes: [{id: b, requirement_level: required}]}]",
    ];
    let names = ["config.yaml", "budget.yaml", "team.budget.yaml", "x.capabilities.yml"];
    for text in look_alikes {
        for name in names {
            assert_eq!(verdict(name, text), "foreign", "{name}: {text}");
        }
    }
}

#[test]
fn a_manifest_is_of_the_version_that_its_loader_reads() {
    let rest = "metadata: {name: n}\nspec: {project: {id: n}}\n";
    for (version, expected) in [
        ("", "manifest-v1"),
        ("apiVersion: contextcore.io/v1alpha1", "manifest-v1"),
        ("apiVersion: contextcore.io/v1alpha2", "manifest"),
        ("apiVersion: contextcore.io/v2", "manifest"),
        ("apiVersion: \"2.0\"", "manifest"),
        // A number is no text, and the loader compares texts.
        ("apiVersion: 2.0", "manifest-v1"),
        ("apiVersion: \"2\"", "manifest-v1"),
        ("version: \"2.1\"", "manifest"),
        ("version: 2.0.1", "manifest"),
        ("version: 2.0", "manifest-v1"),
        ("version: \"1.1\"", "manifest-v1"),
        ("apiVersion: contextcore.io/v1alpha1\nversion: \"2.0\"", "manifest"),
        ("apiVersion: contextcore.io/v1alpha2\nversion: \"1.1\"", "manifest"),
    ] {
        let text = format!("{version}\n{rest}");
        assert_eq!(verdict(".contextcore.yaml", &text), expected, "{version}");
    }
    // Elsewhere, a version may be that of anything.
    check(
        "compose.yaml",
        &[
            ("version: \"2.1\"\nservices: {}", "foreign"),
            ("apiVersion: \"2.0\"\nmetadata: {name: n}", "foreign"),
        ],
    );
}
