//! How the findings of a file are put together.

use contracts::path::FieldPath;
use facts::file::lower_yaml;
use facts::places::{Anchor, FileId, LocalAnchor};
use settings::read::{Form, read};
use text::lines::LineTable;
use text::name::Name;

use super::lines::Placed;
use super::settings_file::{SettingsFile, settings_file};
use super::*;
use crate::rule::Rule;
use crate::rules;

fn rule(name: &str) -> &'static Rule {
    rules::by_name(name).expect("a rule has this name")
}

fn finding(name: &str, node: u32) -> Finding {
    let at = Anchor { file: FileId(0), local: LocalAnchor { unit: 0, index: node } };
    Finding::new(rule(name), Level::Warning, at, format!("{name} at {node}"))
}

/// What is shown of `found` in a contract with this text, as `level rule at node`.
fn shown(text: &str, settings: &str, whole: bool, found: Vec<Finding>) -> Vec<String> {
    let lowered = lower_yaml("reports.contract.yaml", text, None).expect("it is a contract");
    let lines = LineTable::new(text);
    let (settings, problems) = read(settings, Form::Own);
    assert!(problems.is_empty());
    let subject = Subject {
        file: FileId(0),
        path: "contracts/reports.contract.yaml",
        settings: &settings,
        suppressions: &lowered.facts.suppressions,
        lines: &Placed { text, lines: &lines, places: &lowered.places },
        whole,
    };
    let said = |finding: &Finding| format!("{} {}", finding.level.as_str(), finding.message);
    file(&subject, found).iter().map(said).collect()
}

/// Nodes: 1 and 2 on the first line, 3 and 4 on the second, 5 and 6 on the third.
const TEXT: &str = "schema_version: a\npipeline_id: b\nphases: {}\n";

#[test]
fn settings_decide_levels() {
    let found = || vec![finding("dead-write", 1), finding("dead-input", 1)];
    let set = "[rules]\ndead-write = \"error\"\ndead-input = \"off\"\n";
    assert_eq!(shown(TEXT, set, true, found()), ["error dead-write at 1"]);
    let for_paths = "[paths.\"contracts/**\"]\ndead-write = \"off\"\ndead-input = \"hint\"\n";
    assert_eq!(shown(TEXT, for_paths, true, found()), ["hint dead-input at 1"]);
}

#[test]
fn findings_stand_in_the_order_of_places() {
    let found = vec![finding("dead-write", 4), finding("lost-write", 1), finding("dead-input", 1)];
    assert_eq!(
        shown(TEXT, "", true, found),
        ["warning dead-input at 1", "warning lost-write at 1", "warning dead-write at 4"]
    );
}

#[test]
fn the_same_is_said_once() {
    let found = vec![finding("dead-write", 1), finding("dead-write", 1), finding("dead-write", 2)];
    assert_eq!(
        shown(TEXT, "", true, found),
        ["warning dead-write at 1", "warning dead-write at 2"]
    );
}

#[test]
fn of_several_names_for_one_cause_the_first_is_kept() {
    let about = |name: &str, field: &str| {
        finding(name, 1).about(Name::new("collect"), FieldPath::parse(field))
    };
    let found =
        vec![about("dangling-read", "a"), about("late-producer", "a"), about("dangling-read", "b")];
    assert_eq!(
        shown(TEXT, "", true, found),
        ["warning dangling-read at 1", "warning late-producer at 1"]
    );
}

#[test]
fn directives_silence_their_line_or_the_file() {
    let text = "# contextcore: ignore-file[dead-input]\n\
                schema_version: a  # contextcore: ignore[dead-write]\n\
                # contextcore: ignore[dead-write, lost-write] both\n\
                pipeline_id: b\n\
                phases: {}\n";
    let found = vec![
        finding("dead-input", 5),
        finding("dead-write", 1),
        finding("dead-write", 3),
        finding("lost-write", 4),
        finding("dead-write", 5),
    ];
    assert_eq!(shown(text, "", true, found), ["warning dead-write at 5"]);
}

#[test]
fn what_is_off_leaves_no_directive_unused() {
    let text = "schema_version: a  # contextcore: ignore[dead-write]\npipeline_id: b\nphases: {}\n";
    assert_eq!(shown(text, "", true, Vec::new()).len(), 1);
    assert!(shown(text, "[rules]\ndead-write = \"off\"\n", true, Vec::new()).is_empty());
    assert!(shown(text, "", false, Vec::new()).is_empty());
}

#[test]
fn remarks_about_directives_can_be_silenced() {
    let silent = "schema_version: a  # contextcore: ignore[dead-write, unused-suppression]\n\
                  pipeline_id: b  # contextcore: ignore[dead-wrte, unknown-rule]\nphases: {}\n";
    assert!(shown(silent, "", true, Vec::new()).is_empty());
}

#[test]
fn settings_files_show_what_is_wrong_with_them() {
    let text = "[rules]\ndead-wrte = \"error\"\ndead-write = \"loud\"\n\
                [paths.\"a/**\"]\nnonsense-at-large = \"off\"\n";
    let (settings, problems) = read(text, Form::Own);
    let of = SettingsFile {
        file: FileId(0),
        path: "contextcore.toml",
        settings: &settings,
        problems: &problems,
    };
    let found = settings_file(&of, Vec::new());
    let said: Vec<_> = found.iter().map(|finding| (finding.rule.name, &*finding.message)).collect();
    assert_eq!(
        said,
        [
            ("unknown-rule", "`rules.dead-wrte` names no rule; the nearest is `dead-write`"),
            ("invalid-settings", "`rules.dead-write` is `loud`, which is no level"),
            ("unknown-rule", "`nonsense-at-large` names no rule"),
        ]
    );
}
