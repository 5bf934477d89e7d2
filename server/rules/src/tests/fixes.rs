//! Fixes of rules about single files: before and after.

use fixture::File;
use settings::settings::Settings;
use syntax::edit::{directive, yaml};
use syntax::yaml::Limits;
use text::edit::{TextEdit, apply};

use super::{findings, lower};
use crate::fix::{Fix, Intent};

mod compatibility;
mod dialects;

const HEAD: &str = "schema_version: \"0.1.0\"\npipeline_id: reports\n";

fn edits(file: &File, fix: &Fix) -> Vec<TextEdit> {
    let text = &file.text;
    let lowered = lower(file, &Settings::default()).expect("the file is a contract");
    let tree = syntax::yaml::parse(text, &Limits::default());
    let span = |at: &facts::places::Anchor| lowered.places.span(at.local).expect("it has a place");
    let one = |intent: &Intent| match intent {
        Intent::Yaml(_, intent) => yaml::render(text, &tree, intent).expect("it can be rendered"),
        Intent::Word(at, to) => vec![TextEdit::replace(span(at), to.clone())],
        Intent::RemoveDirective(at, rule) => {
            directive::remove(text, span(at), rule.as_deref()).expect("it can be removed")
        }
        other => panic!("no edit of this file: {other:?}"),
    };
    fix.intents.iter().flat_map(one).collect()
}

/// The text after the best fix of the only finding of `rule`, and whether the fix is safe.
fn fixed(rule: &str, body: &str) -> (String, bool) {
    fixed_below(HEAD, rule, body)
}

/// The same below another head.
fn fixed_below(head: &str, rule: &str, body: &str) -> (String, bool) {
    let text = format!("{head}{body}");
    let file = File { path: "reports.contract.yaml".into(), text, expectations: Vec::new() };
    let fixture = fixture::Fixture { files: vec![file.clone()], ..Default::default() };
    let found = findings(&fixture, &file, &Settings::default());
    let mut about = found.iter().map(|(finding, _)| finding).filter(|held| held.rule.name == rule);
    let finding = about.next().unwrap_or_else(|| panic!("no {rule} in {found:?}"));
    assert!(about.next().is_none(), "more than one {rule}");
    let fix = finding.fixes.first().expect("it has a fix");
    let (after, left_out) = apply(&file.text, &edits(&file, fix));
    assert_eq!(left_out, 0);
    let after = after.strip_prefix(head).expect("the head stays").to_owned();
    (after, fix.safe)
}

#[track_caller]
fn check(rule: &str, before: &str, after: &str) {
    assert_eq!(fixed(rule, before), (after.to_owned(), false));
}

#[track_caller]
fn check_safe(rule: &str, before: &str, after: &str) {
    assert_eq!(fixed(rule, before), (after.to_owned(), true));
}

/// A phase with this list of required exits.
fn exits(fields: &str) -> String {
    let mut text = "phases:\n  collect:\n    exit:\n      required:\n".to_owned();
    for line in fields.lines() {
        text.push_str(&format!("        {line}\n"));
    }
    text
}

/// The same for entries.
fn entries(fields: &str) -> String {
    exits(fields).replace("exit:", "entry:")
}

#[test]
fn keys_are_set_right() {
    check_safe(
        "unknown-key",
        &exits("- name: records\n  severityy: warning"),
        &exits("- name: records\n  severity: warning"),
    );
    check(
        "unknown-key",
        &exits("- name: records\n  severity_level: warning"),
        &exits("- name: records\n  severity: warning"),
    );
    check("missing-key", &exits("- type: list"), &exits("- type: list\n  name: field_name"));
    check(
        "duplicate-key",
        &exits("- name: records\n  type: int  # old\n  severity: warning\n  type: list"),
        &exits("- name: records\n  severity: warning\n  type: list"),
    );
}

#[test]
fn values_are_set_right() {
    check_safe(
        "invalid-value",
        &exits("- name: records\n  severity: WARNING  # as before"),
        &exits("- name: records\n  severity: warning  # as before"),
    );
    check(
        "invalid-value",
        &exits("- name: records\n  severity: bloking"),
        &exits("- name: records\n  severity: blocking"),
    );
    check(
        "wrong-type",
        &exits("- name: records\n  description: 1:30"),
        &exits("- name: records\n  description: \"1:30\""),
    );
    check("wrong-type", "phases:\n  2024: {}\n", "phases:\n  \"2024\": {}\n");
    check(
        "unknown-type",
        &exits("- name: records\n  type: dict[string, int]"),
        &exits("- name: records\n  type: dict[str, int]"),
    );
    check(
        "score-without-threshold",
        &exits("- name: records\n  evaluation: {policy: score_threshold}"),
        &exits("- name: records\n  evaluation: {policy: score_threshold, threshold: 0.7}"),
    );
    check(
        "inert-setting",
        &exits("- name: records\n  quality: {metric: lenght, threshold: 1}"),
        &exits("- name: records\n  quality: {metric: length, threshold: 1}"),
    );
}

#[test]
fn what_says_nothing_is_removed() {
    check(
        "duplicate-name",
        &entries("- name: records\n- name: language\n- name: records\n  type: list"),
        &entries("- name: records\n- name: language"),
    );
    check(
        "inert-setting",
        &entries("- name: records\n  default: []\n  type: list"),
        &entries("- name: records\n  type: list"),
    );
    check(
        "inert-setting",
        &entries("- name: records\n  constraints:\n    min_length: 1\n  type: list"),
        &entries("- name: records\n  type: list"),
    );
    check(
        "inert-setting",
        &exits("- name: records\n  evaluation:\n    policy: any_evaluator\n    threshold: 0.9"),
        &exits("- name: records\n  evaluation:\n    policy: any_evaluator"),
    );
    check(
        "default-type-mismatch",
        &entries("- name: records\n  type: list\n  severity: warning\n  default: none"),
        &entries("- name: records\n  type: list\n  severity: warning"),
    );
}

#[test]
fn directives_are_cleared_away() {
    check_safe(
        "unused-suppression",
        "phases: {}  # contextcore: ignore[dead-write] why\n",
        "phases: {}\n",
    );
    check_safe(
        "unused-suppression",
        &exits("- name: a\n  constraints: {}  # contextcore: ignore[dead-write, inert-setting]"),
        &exits("- name: a\n  constraints: {}  # contextcore: ignore[inert-setting]"),
    );
    check(
        "unknown-rule",
        "phases: {}  # contextcore: ignore[dead-wrte] why\n",
        "phases: {}  # contextcore: ignore[dead-write] why\n",
    );
}
