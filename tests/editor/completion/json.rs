//! What is offered in payloads, which are JSON.

use expect_test::{Expect, expect};
use ide::completion::completion;
use proptest::prelude::*;
use syntax::json;
use syntax::yaml::Limits;

use super::{accept, after, at, labels, offered};
use crate::editor::Editor;

/// What is offered at `$0` of a handoff.
#[track_caller]
fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&offered(&format!("#- ask.handoff.json\n{text}")));
}

/// The lines that change when the offer is accepted at `$0` of a task span.
#[track_caller]
fn accepted(text: &str, label: &str, expected: &Expect) {
    expected.assert_eq(&after(&format!("#- a.task-span.json\n{text}\n"), label, true));
}

fn in_task(text: &str) -> String {
    labels(&format!("#- a.task-span.json\n{text}\n"))
}

#[test]
fn keys_with_what_is_missing_first() {
    let rest = expect![[r#"
        handoff_id | text, required
        to_agent | role, required
        capability_id | capability, required
        inputs | any values by name, required
        project_id | text, optional
        trace_id | text, optional
        parent_task_id | text, optional
        priority | priority, default normal
        status | handoff status, default pending
        result_trace_id | text, optional
        error | text, optional
        created_at | a time such as `2026-01-31T10:00:00Z`, optional
        deadline | a time such as `2026-01-31T10:00:00Z`, optional
    "#]];
    let before = "{\n  \"schema_version\": \"v1\",\n  ";
    let behind = "  \"from_agent\": \"a\",\n  \"expected_output\": {\"type\": \"handoff_id\"}\n}\n";
    for typed in ["$0\n", "\"$0\n", "\"$0\"\n", "\"$0\",\n", "hand$0\n", "\"hand$0\":,\n"] {
        check(&format!("{before}{typed}{behind}"), &rest);
    }
    // What is a scalar already becomes no object.
    let scalar = labels("#- ask.handoff.json\n{\"in$0\": 1}\n");
    assert!(scalar.contains("handoff_id") && !scalar.contains("inputs"), "{scalar}");
    check(
        "{\"expected_output\": {\"$0",
        &expect![[r#"
            type | text, required
            schema_ref | text, optional
        "#]],
    );
}

#[test]
fn words_with_their_meaning() {
    let levels = expect!["low normal high critical"];
    for typed in [": $0", ":$0", ": \"$0", ": \"$0\"", ": hi$0", ": \"hi$0\",", ": $0,"] {
        levels.assert_eq(&labels(&format!("#- a.handoff.json\n{{\n  \"priority\"{typed}\n}}\n")));
    }
    let editor = Editor::new("#- a.handoff.json\n{\"priority\": \"$0\n");
    let items = editor.completion(false).items;
    let said: Vec<_> = items.iter().map(|item| item.documentation.as_deref()).collect();
    assert_eq!(said, [Some("Some day."), Some("In time."), Some("Soon."), Some("At once.")]);
    expect!["true false"].assert_eq(&labels("#- a.gate-result.json\n{\"blocking\": $0}\n"));
}

#[test]
fn nothing_is_offered_where_nothing_can_stand() {
    for text in [
        "{\"status\" $0}",
        "{\"status\"$0: \"blocked\"}",
        "{\"status\": \"blocked\"$0}",
        "{\"status\": \"blocked\" $0}",
        "{\"status\": $0\"blocked\"}",
        "{}$0",
        "{} $0",
        "{\"nothing\": {\"$0\"}}",
        "{\"metrics\": {\"gap_count\": $0}}",
        "{\"next_action\": \"stat$0\"}",
        "[{\"$0\"}]",
    ] {
        assert_eq!(in_task(text), "", "{text}");
    }
    assert_eq!(labels("#- other.json\n{\"$0\"}\n"), "");
}

#[test]
fn a_key_comes_with_quotes_colon_and_value() {
    accepted("{\n  $0\n}", "status", &expect![[r#"··"status": "|""#]]);
    accepted("{\n  \"sta$0\"\n}", "status", &expect![[r#"··"status": "|""#]]);
    accepted("{\n  \"sta$0\n}", "status", &expect![[r#"··"status": "|""#]]);
    accepted("{sta$0}", "status", &expect![[r#"{"status": "|"}"#]]);
    accepted("{\"$0}", "schema_version", &expect![[r#"{"schema_version": "v1"}"#]]);
    accepted(
        "{\"metrics\": {\"$0\"}}",
        "gap_count",
        &expect![[r#"{"metrics": {"gap_count": |}}"#]],
    );
    accepted("{\"$0\": \"x\"}", "status", &expect![[r#"{"status": "x"}"#]]);
    accepted("{\"$0: \"x\"}", "status", &expect![[r#"{"status": "x"}"#]]);
    accepted("{sta$0: 1}", "status", &expect![[r#"{"status": 1}"#]]);
    accepted(
        "{\n  \"$0\"\n}",
        "acceptance_criteria",
        &expect![[r#"··"acceptance_criteria": ["|"]"#]],
    );
    accepted("{\n  \"$0\"\n}", "metrics", &expect![[r#"··"metrics": {|}"#]]);
    let handoff =
        |text: &str| after(&format!("#- a.handoff.json\n{text}\n"), "expected_output", true);
    expect![[r#"
        ····"expected_output": {
        ········"type": "|"
        ····}"#]]
    .assert_eq(&handoff("{\n    $0\n}"));
    expect![[r#"{"expected_output": {"type": "|"}}"#]].assert_eq(&handoff("{\"$0\"}"));
    let plain = |key: &str| after("#- a.task-span.json\n{\"sta$0\"}\n", key, false);
    expect![[r#"{"status": }"#]].assert_eq(&plain("status"));
    expect![[r#"{"metrics": {}}"#]].assert_eq(&plain("metrics"));
}

#[test]
fn commas_are_added_where_they_lack() {
    accepted("{\n  \"$0\"\n  \"phase\": \"OTHER\"\n}", "status", &expect![[r#"··"status": "|","#]]);
    accepted("{$0 \"phase\": 1}", "status", &expect![[r#"{"status": "|", "phase": 1}"#]]);
    accepted("{\"$0, \"phase\": 1}", "status", &expect![[r#"{"status": "|", "phase": 1}"#]]);
    accepted(
        "{\n  \"phase\": \"OTHER\"\n  \"$0\"\n}",
        "status",
        &expect![[r#"
            ··"phase": "OTHER",
            ··"status": "|""#]],
    );
    accepted(
        "{\n  \"phase\": {}\n\n  $0\n}",
        "status",
        &expect![[r#"
            ··"phase": {},

            ··"status": "|""#]],
    );
    accepted(
        "{\n  \"status\": \"$0\"\n  \"phase\": 1\n}",
        "blocked",
        &expect![[r#"··"status": "blocked","#]],
    );
    accepted(
        "{\"status\": $0 \"phase\": 1}",
        "blocked",
        &expect![[r#"{"status": "blocked", "phase": 1}"#]],
    );
}

#[test]
fn a_value_comes_with_its_quotes() {
    accepted("{\"status\":$0}", "blocked", &expect![[r#"{"status": "blocked"}"#]]);
    accepted("{\"status\": \"$0}", "blocked", &expect![[r#"{"status": "blocked"}"#]]);
    accepted("{\"status\": \"$0\"}", "blocked", &expect![[r#"{"status": "blocked"}"#]]);
    accepted("{\"status\": \"in$0valid\"}", "blocked", &expect![[r#"{"status": "blocked"}"#]]);
    accepted("{\"status\": bl$0}", "blocked", &expect![[r#"{"status": "blocked"}"#]]);
    accepted(
        "{\"timestamp\": $0}",
        "2026-01-31T10:00:00Z",
        &expect![[r#"{"timestamp": "2026-01-31T10:00:00Z"}"#]],
    );
    let gate = |text: &str| after(&format!("#- a.gate-result.json\n{text}\n"), "true", true);
    expect![[r#"{"blocking": true}"#]].assert_eq(&gate("{\"blocking\": t$0}"));
}

#[test]
fn a_whole_payload_in_an_empty_file() {
    let empty = "#- a.handoff.json\n$0\n";
    expect!["new handoff"].assert_eq(&labels(empty));
    expect![[r#"
        {
        ··"schema_version": "v1",
        ··"handoff_id": "|",
        ··"from_agent": "|",
        ··"to_agent": "|",
        ··"capability_id": "|",
        ··"inputs": {|},
        ··"expected_output": {
        ····"type": "|"
        ··}
        }"#]]
    .assert_eq(&after(empty, "new handoff", true));
}

#[test]
fn lists_of_objects() {
    let evidence = "#- a.gate-result.json\n{\n  \"evidence\": [\n    $0\n  ]\n}\n";
    expect!["{ }"].assert_eq(&labels(evidence));
    expect![[r#"
        ····{
        ······"type": "|",
        ······"ref": "|"
        ····}"#]]
    .assert_eq(&after(evidence, "{ }", true));
    let inside = "#- a.gate-result.json\n{\"evidence\": [{\"type\": \"x\"}, {\"$0";
    expect!["type ref description"].assert_eq(&labels(inside));
}

#[test]
fn names_come_from_the_project_and_kinds_from_settings() {
    let project = "#- contextcore.toml\n[contracts.files]\n\"payloads/*.json\" = \"handoff\"\n\
        #- other.handoff.json\n{\"from_agent\": \"planner\"}\n";
    let value = format!("{project}#- payloads/ask.json\n{{\"to_agent\": \"$0\"}}\n");
    expect![[r#"
        planner | role, other.handoff.json
    "#]]
    .assert_eq(&offered(&value));
    let empty = format!("{project}#- payloads/ask.json\n$0\n");
    expect!["new handoff"].assert_eq(&labels(&empty));
}

const WHOLE: &str = "{\r\n\t\"schema_version\": \"v1\", \"gate_id\": \"g\\\"\",\r\n\t\"metrics\": {\"gap_count\": 1},\r\n\t\"evidence\": [\r\n\t\t{\"type\": \"x\", \"ref\": \"y\"},\r\n\t\t{}\r\n\t],\r\n\t\"blocking\": true,\r\n\t\"reason\": \"\"\r\n}\r\n";

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is offered in a payload may be accepted: what is JSON stays JSON.
    #[test]
    fn what_is_json_stays_json(offset in 0..=WHOLE.len()) {
        for name in ["a.gate-result.json", "a.task-span.json", "a.artifact-intent.json"] {
            let mut editor = Editor::new(&format!("#- {name}\n{WHOLE}$0"));
            editor.cursor = at(editor.cursor, offset);
            for item in completion(&editor.engine, editor.cursor, true).items {
                let text = accept(WHOLE, &item, "|");
                let filled = [("{|}", "{}"), ("[|]", "[]"), ("\"|\"", "\"\""), ("|", "0")];
                let text = filled.iter().fold(text, |text, (old, new)| text.replace(old, new));
                let tree = json::parse(&text, &Limits::default());
                prop_assert!(tree.problems.is_empty(), "{:?}\n{item:?}\n{text}", tree.problems);
            }
        }
    }
}
