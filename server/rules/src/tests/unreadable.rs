//! Files that cannot be read, or not to the end.

use facts::file::{Lowered, Trouble, lower_yaml};
use facts::places::FileId;
use settings::settings::Settings;
use text::bytes::NotText;

use super::Classes;
use crate::rule::FileScope;
use crate::run;

fn said(lowered: &Lowered) -> Vec<(&'static str, String)> {
    let scope = FileScope {
        file: FileId(0),
        facts: &lowered.facts,
        settings: &Settings::default(),
        classes: &Classes(Vec::new()),
    };
    let found = run::file(&scope).into_iter();
    found.map(|finding| (finding.rule.name, finding.message)).collect()
}

fn said_of(text: &str) -> Vec<(&'static str, String)> {
    said(&lower_yaml("reports.contract.yaml", text, None).expect("the file is called a contract"))
}

#[test]
fn what_nests_too_deep_is_left_out() {
    let deep = format!("{}{}", "[".repeat(300), "]".repeat(300));
    let text = format!("schema_version: a\npipeline_id: b\nphases: {{}}\ndescription: {deep}\n");
    let rules: Vec<_> = said_of(&text).into_iter().map(|(rule, _)| rule).collect();
    assert!(rules.contains(&"too-large"), "{rules:?}");
}

#[test]
fn aliases_of_aliases_come_to_an_end() {
    let mut text = "schema_version: a\npipeline_id: b\nphases:\n".to_owned();
    text.push_str("  p0: &p0\n    exit:\n      required: &l0\n");
    for field in 0..400 {
        text.push_str(&format!("        - name: f{field}\n"));
    }
    for phase in 1..1000 {
        text.push_str(&format!("  p{phase}: *p0\n"));
    }
    let rules: Vec<_> = said_of(&text).into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(rules, ["too-large"]);
}

#[test]
fn a_file_in_which_nothing_can_be_read_is_no_unknown_kind() {
    let rules: Vec<_> = said_of("\t[").into_iter().map(|(rule, _)| rule).collect();
    assert!(!rules.is_empty() && rules.iter().all(|rule| *rule == "yaml-syntax"), "{rules:?}");
}

#[test]
fn files_that_were_not_read_say_why() {
    let large = said(&Lowered::troubled(Trouble::TooLarge(1000)));
    assert_eq!(large, [("too-large", "the file has more than 1000 bytes and was not read".into())]);
    let binary = said(&Lowered::troubled(Trouble::NotText(NotText::Binary)));
    assert_eq!(binary, [("yaml-syntax", "the file is no text: it holds NUL bytes".into())]);
}
