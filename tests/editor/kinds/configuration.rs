//! Pieces of configuration, which chains of one contract name and another contract keeps.

use expect_test::expect;

use super::super::rename;
use super::{definition, hover, references};

/// A pipeline whose chain says what its values were made with; `{key}` is where it is named first.
fn project(key: &str) -> String {
    format!(
        r#"#- answers.contract.yaml
schema_version: "0.2.0"
pipeline_id: answers
phases:
  retrieve: {{exit: {{required: [{{name: index}}]}}}}
  answer: {{entry: {{required: [{{name: index}}]}}}}
propagation_chains:
  - chain_id: index
    source:
      phase: retrieve
      field: index
      configuration_lineage:
        - key: {key}
          source: index
    destination: {{phase: answer, field: index}}
version_compatibility:
  - config_key: index_version
    compatible_versions: ["1"]
#- config-evolution.contract.yaml
schema_version: "1.0.0"
contract_type: configuration_evolution
configurations:
  - config_id: index_version
    type: tool_config
    current_version: v1.0.0
    description: The index that answers are looked up in.
"#
    )
}

#[test]
fn a_lineage_leads_to_the_configuration_that_it_names() {
    let text = project("$0index_version");
    hover(
        &text,
        &expect![[r#"
        configuration index_version

        type             tool_config
        current_version  v1.0.0
        defined          config-evolution.contract.yaml:4

        context propagation contract  2x  answers.contract.yaml:12, answers.contract.yaml:16

        The index that answers are looked up in.
    "#]],
    );
    definition(
        &text,
        &expect![[r#"
        config-evolution.contract.yaml:4:16 index_version
    "#]],
    );
    references(
        &text,
        &expect![[r#"
        answers.contract.yaml:12:16 index_version
        answers.contract.yaml:16:17 index_version
        config-evolution.contract.yaml:4:16 index_version  declares
    "#]],
    );
}

#[test]
fn a_lineage_is_renamed_with_its_configuration() {
    rename::check(
        &project("$0index_version"),
        "search_index",
        &expect![[r#"
        answers.contract.yaml:12 - key: search_index
        answers.contract.yaml:16 - config_key: search_index
        config-evolution.contract.yaml:4 - config_id: search_index
    "#]],
    );
}

#[test]
fn the_source_of_a_lineage_is_a_field_of_the_pipeline() {
    let text = project("index_version").replace("source: index", "source: $0index");
    hover(
        &text,
        &expect![[r#"
        index   str   pipeline answers

        retrieve  produces  exit.required             answers.contract.yaml:4
        answer    requires  entry.required, blocking  answers.contract.yaml:5

        chain index: retrieve -> answer, holds

        context propagation contract  1x  answers.contract.yaml:13
    "#]],
    );
}
