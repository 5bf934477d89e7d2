//! What is offered in contracts of other kinds.

use expect_test::{Expect, expect};

use super::super::completion::{after, labels, offered};
use super::PROJECT;

/// What is offered in a further contract of the project; `$0` is the cursor.
#[track_caller]
fn check(name: &str, text: &str, expected: &Expect) {
    expected.assert_eq(&offered(&format!("{PROJECT}#- {name}\n{text}")));
}

#[test]
fn keys_with_what_is_missing_first() {
    let head = "schema_version: \"0.1.0\"\ncontract_type: budget_propagation\npipeline_id: demo\n";
    check(
        "b.budget.yaml",
        &format!("{head}budgets:\n  - budget_id: a\n    $0\n"),
        &expect![[r#"
        budget_type | budget type, required
        total | number, required
        allocations | list of allocations, default []
        overflow_policy | overflow policy, default warn
        description | text, optional
    "#]],
    );
    check(
        "c.capability.yaml",
        "contract_type: capability_propagation\npipeline_id: demo\ncapabilities: []\n$0\n",
        &expect![[r#"
            schema_version | text, required
            phases | phases by name, required
            description | text, optional
            chains | list of capability chains, default []
        "#]],
    );
    check(
        "c.semconv.yaml",
        "contract_type: semantic_conventions\nnamespace: a\nattributes:\n  - name: a.b\n    $0\n",
        &expect![[r#"
            type | Python type, default str
            requirement_level | requirement level, default recommended
            aliases | list of texts, default []
            allowed_values | list of texts, optional
            description | text, default ""
        "#]],
    );
}

#[test]
fn words_with_their_meaning() {
    check(
        "b.budget.yaml",
        "contract_type: budget_propagation\npipeline_id: demo\nbudgets:\n  - budget_id: a\n    budget_type: $0\n",
        &expect![[r#"
            latency_ms
            cost_dollars
            token_count
            error_rate
            custom
        "#]],
    );
    check(
        "b.lineage.yaml",
        "contract_type: data_lineage\npipeline_id: demo\nchains:\n  - chain_id: a\n    field: tasks\n    stages: [{phase: plan, operation: $0}]\n",
        &expect![[r#"
            passthrough
            classify
            transform
            derive
            aggregate
            filter
        "#]],
    );
}

#[test]
fn names_of_phases_and_fields_come_from_the_pipeline() {
    let budget = "contract_type: budget_propagation\npipeline_id: demo\nbudgets:\n  - budget_id: a\n    allocations:\n      - phase: $0\n";
    check(
        "b.budget.yaml",
        budget,
        &expect![[r#"
        plan | phase of demo
        build | phase of demo
    "#]],
    );
    check(
        "b.capability.yaml",
        "contract_type: capability_propagation\npipeline_id: demo\ncapabilities: []\nphases:\n  plan: {}\n  $0\n",
        &expect![[r#"
            build | phase of demo
        "#]],
    );
    check(
        "b.lineage.yaml",
        "contract_type: data_lineage\npipeline_id: demo\nchains:\n  - chain_id: a\n    field: $0\n",
        &expect![[r#"
            domain | str, from plan
            tasks | list, from plan
        "#]],
    );
}

#[test]
fn names_of_other_sorts_come_from_where_they_reach() {
    check(
        "b.capability.yaml",
        "contract_type: capability_propagation\npipeline_id: demo\ncapabilities:\n  - name: own\n    scope: read\nphases:\n  plan:\n    requires: [own, $0]\n",
        &expect![[r#"
            own | capability, b.capability.yaml
            call_model | capability, demo.capability.yaml
            write_files | capability, demo.capability.yaml
        "#]],
    );
    check(
        "b.ordering.yaml",
        "contract_type: causal_ordering\npipeline_id: demo\ndependencies:\n  - before: {phase: plan, event: $0}\n",
        &expect![[r#"
            seeded | of plan, demo.ordering.yaml
            finished | of plan, demo.ordering.yaml
        "#]],
    );
    check(
        "b.semconv.yaml",
        "contract_type: semantic_conventions\nnamespace: a\nenums:\n  - name: $0\n",
        &expect![[r#"
            demo.run.id | attribute, demo.semconv.yaml
            demo.outcome | attribute, demo.semconv.yaml
        "#]],
    );
    check(
        "deep/b.budget.yaml",
        "schema_version: \"0.1.0\"\ncontract_type: budget_propagation\npipeline_id: $0\n",
        &expect![[r#"
            demo | pipeline, pipeline.contract.yaml
        "#]],
    );
}

#[test]
fn the_services_field_is_that_of_the_service() {
    check(
        "b.compat.yaml",
        "contract_type: schema_compatibility\nversions:\n  - service: a\n    version: \"1\"\n    fields: {one: str}\n  - service: b\n    version: \"1\"\n    fields: {two: str}\nmappings:\n  - source_service: a\n    source_field: one\n    target_service: b\n    target_field: $0\n",
        &expect![[r#"
            two | of b, b.compat.yaml
        "#]],
    );
}

#[test]
fn a_document_that_does_not_say_what_it_is() {
    check(
        "b.contract.yaml",
        "schema_version: \"0.1.0\"\ncontract_type: $0\n",
        &expect![[r#"
            schema_compatibility | schema compatibility contract
            semantic_conventions | semantic conventions contract
            causal_ordering | causal ordering contract
            capability_propagation | capability contract
            budget_propagation | budget contract
            data_lineage | lineage contract
            delegation_authority | delegation authority contract
            configuration_evolution | configuration evolution contract
        "#]],
    );
    check(
        "b.budget.yaml",
        "schema_version: \"0.1.0\"\n$0\n",
        &expect![[r#"
            contract_type | contract type, required
            pipeline_id | pipeline, required
            description | text, optional
            budgets | list of budgets, default []
        "#]],
    );
    let empty = format!("{PROJECT}#- b.budget.yaml\n$0\n");
    expect!["new budget contract schema_version contract_type pipeline_id description budgets"]
        .assert_eq(&labels(&empty));
    expect![[r#"
        schema_version: "0.1.0"
        contract_type: budget_propagation
        pipeline_id: |"#]]
    .assert_eq(&after(&empty, "new budget contract", true));
}

#[test]
fn extensions_are_offered_where_something_admits_them() {
    let contract = "#- pipeline.contract.yaml\nschema_version: \"0.1.0\"\npipeline_id: p\n\
                    phases: {}\ngraph$0\n";
    assert!(!labels(contract).contains("graph_topology"));
    let newer = contract.replace("0.1.0", "0.2.0");
    assert!(labels(&newer).contains("graph_topology"));
    let settled = format!("{contract}#- contextcore.toml\n[contracts]\nextensions = true\n");
    assert!(labels(&settled).contains("graph_topology"));
}
