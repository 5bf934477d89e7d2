//! In contracts.

use expect_test::expect;

use super::{after, labels, offered};

/// A pipeline of three phases, with `$0` wherever a test puts it.
fn contract(body: &str) -> String {
    format!(
        "\
schema_version: \"0.1.0\"
pipeline_id: shop
phases:
  plan:
    exit:
      required:
        - name: tasks
          type: list[Task]
          description: What is to be done.
        - name: domain_summary.domain
      optional:
        - name: notes
          type: dict
  build:
    description: Makes things.
    entry:
      required:
        - name: tasks
    exit:
      required:
        - name: code
{body}"
    )
}

#[test]
fn an_empty_contract_offers_its_root() {
    expect![[r#"
        new context propagation contract | propagation
        schema_version | text, required
        pipeline_id | text, required
        phases | phases by name, required
        description | text, optional
        propagation_chains | list of chains, default []
    "#]]
    .assert_eq(&offered("#- new.contract.yaml\n$0"));
    expect!["phases description propagation_chains"].assert_eq(&labels(
        "#- new.contract.yaml\nschema_version: \"0.1.0\"\n$0\npipeline_id: x\n",
    ));
    expect!["schema_version phases description propagation_chains"]
        .assert_eq(&labels("#- new.contract.yaml\npipeline_id: x\nph$0\n"));
}

#[test]
fn indentation_decides_on_an_empty_line() {
    expect!["type severity default description source_phase constraints quality evaluation"]
        .assert_eq(&labels(&contract("          $0\n")));
    expect!["- name"].assert_eq(&labels(&contract("        $0\n")));
    expect!["optional"].assert_eq(&labels(&contract("      $0\n")));
    expect![""].assert_eq(&labels(&contract("    $0\n")));
    expect![""].assert_eq(&labels(&contract("  $0\n")));
    expect!["description propagation_chains"].assert_eq(&labels(&contract("$0\n")));
    expect![""].assert_eq(&labels(&contract("       $0\n")));
}

#[test]
fn half_a_key_is_enough() {
    expect!["type severity default description source_phase constraints quality evaluation"]
        .assert_eq(&labels(&contract("          ty$0\n")));
    expect!["type severity default description source_phase constraints quality evaluation"]
        .assert_eq(&labels(&contract("          \"ty$0\n")));
    expect!["name type severity default description source_phase constraints quality evaluation"]
        .assert_eq(&labels(&contract("        - na$0\n          \n")));
    expect!["name type severity default description source_phase constraints quality evaluation"]
        .assert_eq(&labels(&contract("        - $0\n")));
    expect!["name type severity default description source_phase constraints quality evaluation"]
        .assert_eq(&labels(&contract("        -$0\n")));
    expect!["name default description source_phase constraints quality evaluation"].assert_eq(
        &labels(&contract("        - n$0\n          type: str\n          severity: blocking\n")),
    );
}

#[test]
fn in_brackets() {
    expect!["type default description source_phase constraints quality evaluation"]
        .assert_eq(&labels(&contract("        - {name: x, $0, severity: warning}\n")));
    expect!["type default description source_phase constraints quality evaluation"]
        .assert_eq(&labels(&contract("        - {severity: warning, name: x, ty$0\n")));
    expect!["advisory warning blocking"]
        .assert_eq(&labels(&contract("        - {name: x, severity: $0}\n")));
    expect!["advisory warning blocking"]
        .assert_eq(&labels(&contract("        - {name: x,\n           severity: \"blo$0\"}\n")));
    expect!["field"].assert_eq(&labels(&contract(
        "propagation_chains:\n  - chain_id: c\n    source: {phase: plan, fi$0}\n",
    )));
}

#[test]
fn words_of_closed_sets() {
    expect![[r"
        advisory
        warning
        blocking | default
    "]]
    .assert_eq(&offered(&contract("          severity: $0\n")));
    expect!["advisory warning blocking"].assert_eq(&labels(&contract("          severity:$0\n")));
    expect!["advisory warning blocking"]
        .assert_eq(&labels(&contract("          severity: 'bl$0\n")));
    expect!["true false"]
        .assert_eq(&labels(&contract("          evaluation:\n            required: $0\n")));
    expect!["··········severity: 'blocking'"].assert_eq(&after(
        &contract("          severity: 'bl$0\n"),
        "blocking",
        false,
    ));
    expect!["··········severity: blocking"].assert_eq(&after(
        &contract("          severity:$0\n"),
        "blocking",
        false,
    ));
    expect!["··········severity: blocking # why"].assert_eq(&after(
        &contract("          severity: w$0arn # why\n"),
        "blocking",
        false,
    ));
}

#[test]
fn types() {
    let text = contract("          type: $0\n");
    assert!(labels(&text).starts_with("str int float bool list dict"), "{}", labels(&text));
    assert!(labels(&text).ends_with("list[Task]"), "{}", labels(&text));
    expect!["··········type: dict[str, Any] | None"].assert_eq(&after(
        &contract("          type: dict[str, A$0] | None\n"),
        "Any",
        false,
    ));
}

#[test]
fn names_of_phases() {
    expect![[r"
        plan | phase of shop
        test | phase of shop
    "]]
    .assert_eq(&offered(
        &contract(
            "  test:\n    exit: {}\n"
                .replace("exit: {}", "entry: {required: [{name: notes}]}")
                .as_str(),
        )
        .replace("        - name: code", "        - name: tasks\n          source_phase: $0"),
    ));
    expect!["plan build"].assert_eq(&labels(&contract(
        "propagation_chains:\n  - chain_id: c\n    source:\n      phase: $0\n      field: tasks\n",
    )));
    expect!["build plan"].assert_eq(&labels(&contract(
        "propagation_chains:\n  - chain_id: c\n    source:\n      field: code\n      phase: $0\n",
    )));
}

#[test]
fn names_of_fields() {
    expect![[r"
        domain_summary.domain | str, from plan
        notes | dict, from plan
        tasks | list[Task], from plan
        code | str, from build
    "]]
    .assert_eq(&offered(&contract("  test:\n    entry:\n      required:\n        - name: $0\n")));
    expect![[r"
        domain_summary.domain | str, from plan
        notes | dict, from plan
    "]]
    .assert_eq(&offered(&contract("").replace(
        "        - name: tasks\n    exit",
        "        - name: tasks\n        - name: n$0\n    exit",
    )));
    expect!["tasks domain_summary.domain notes"].assert_eq(&labels(&contract(
        "propagation_chains:\n  - chain_id: c\n    source:\n      phase: plan\n      field: $0\n",
    )));
}

#[test]
fn what_later_phases_wait_for_comes_first_among_exits() {
    expect![[r"
        report | dict
        tasks | list[Task], from plan
    "]]
    .assert_eq(&offered(&contract(
        "        - name: $0\n  test:\n    entry:\n      required:\n        - name: report\n          type: dict\n",
    )));
}

#[test]
fn what_code_does_is_offered_for_its_phase() {
    let code = "#- handlers.py\nclass BuildPhaseHandler(AbstractPhaseHandler):\n    def execute(self, context):\n        context[\"size\"] = len(context[\"notes\"]) + context.get(\"retries\", 0)\n";
    let with_code = |body: &str| format!("{}{code}", contract(body));
    expect![[r#"
        size | from build
        tasks | list[Task], from plan
    "#]]
    .assert_eq(&offered(&with_code("        - name: $0\n")));
    expect![[r#"
        notes | dict, from plan
        domain_summary.domain | str, from plan
        retries | read in code
    "#]]
    .assert_eq(&offered(&with_code("").replace(
        "        - name: tasks\n    exit",
        "        - name: tasks\n        - name: $0\n    exit",
    )));
    expect![[r#"
        code | str, from build
        tasks | list[Task], from plan
        size | from build
        notes | dict, from plan
        retries | read in code
    "#]]
    .assert_eq(&offered(&with_code(
        "propagation_chains:\n  - chain_id: c\n    destination: {phase: build, field: $0}\n",
    )));
}

#[test]
fn collections_come_with_their_first_line() {
    expect![[r#"
        ······required:
        ········- name:·"#]]
    .assert_eq(&after(&contract("  test:\n    entry:\n      $0\n"), "required", false));
    expect![[r#"
        ····entry:
        ······"#]]
    .assert_eq(&after(&contract("  test:\n    en$0\n"), "entry", false));
    expect![[r#"
        ····source:
        ······phase: |
        ······field: |"#]]
    .assert_eq(&after(
        &contract("propagation_chains:\n  - chain_id: c\n    so$0\n"),
        "source",
        true,
    ));
    expect![[r#"
        ··- chain_id: |
        ····source:
        ······phase: |
        ······field: |
        ····destination:
        ······phase: |
        ······field: |"#]]
    .assert_eq(&after(&contract("propagation_chains:\n  $0\n"), "- chain_id", true));
    expect!["··- chain_id:·"].assert_eq(&after(
        &contract("propagation_chains:\n  $0\n"),
        "- chain_id",
        false,
    ));
}

#[test]
fn the_neighbours_style_is_kept() {
    let flush = "schema_version: '1'\npipeline_id: x\nphases:\n    plan:\n        entry:\n            required:\n            - name: a\n        exit:\n            $0\n";
    expect![[r#"
        ············required:
        ············- name:·"#]]
    .assert_eq(&after(flush, "required", false));
}

#[test]
fn a_key_with_a_value_is_replaced_alone() {
    expect!["········- name: code"].assert_eq(&after(
        &contract("").replace("name: code", "na$0m: code"),
        "name",
        false,
    ));
    expect!["entry"].assert_eq(&labels(&contract("").replace("    entry:", "    en$0try:")));
}

#[test]
fn nothing_is_offered_elsewhere() {
    for text in [
        contract("          description: fo$0\n"),
        contract("          # na$0\n"),
        contract("          description: |\n            na$0\n"),
        contract("          name: x # $0\n"),
        contract("          default: $0\n"),
        "#- values.yaml\nna$0\n".to_owned(),
        "#- service.contract.yaml\napiVersion: v1\nkind: Service\nsp$0\n".to_owned(),
    ] {
        assert_eq!(labels(&text), "", "{text}");
    }
}
