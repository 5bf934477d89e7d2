//! Fixes: what they are called, what they make of the files, and that the finding is gone then.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use rules::finding::Finding;
use rules::fix::Fix;
use text::edit::apply;
use workspace::engine::Engine;
use workspace::fixing::render;
use workspace::memory::Memory;

use crate::project::root;

mod code;
mod pipeline;
mod safe;

const HEAD: &str = "schema_version: \"0.1.0\"\npipeline_id: reports\nphases:\n";
const CONTRACT: &str = "reports.contract.yaml";
const PYTHON: &str = "handlers.py";
const SETTINGS: &str = "contextcore.toml";

/// A project of one contract, by its phases and what follows them, and one file of handlers.
fn project(phases: &str, python: &str) -> Memory {
    Memory::new([(CONTRACT, format!("{HEAD}{phases}").as_str()), (PYTHON, python)])
}

/// The findings of one rule.
fn findings(engine: &Engine, rule: &str) -> Vec<Finding> {
    let all = workspace::fixing::findings(engine);
    all.filter(|finding| finding.rule.name == rule).cloned().collect()
}

/// The project after a fix; nothing where it cannot be written.
fn applied(memory: &Memory, engine: &Engine, fix: &Fix) -> Option<Memory> {
    let mut after = memory.clone();
    for file in render(engine, fix).ok()? {
        let path: Utf8PathBuf = file.path.strip_prefix("/").unwrap_or(&file.path).into();
        let before = after.files.get(&path).cloned().unwrap_or_default();
        let before = String::from_utf8(before).expect("files are text");
        let (text, left_out) = apply(&before, &file.edits);
        assert_eq!(left_out, 0, "edits of `{}` overlap", fix.title);
        after.files.insert(path, text.into_bytes());
    }
    Some(after)
}

/// The titles of what is on offer for the only finding of `rule`, as far as it can be written.
#[track_caller]
fn offered(memory: &Memory, rule: &str) -> Vec<String> {
    let engine = memory.open();
    let found = findings(&engine, rule);
    assert_eq!(found.len(), 1, "{rule}: {found:#?}");
    let fixes = found[0].fixes.iter();
    fixes
        .filter(|fix| applied(memory, &engine, fix).is_some())
        .map(|fix| fix.title.clone())
        .collect()
}

/// Applies the fix of this title to the only finding of `rule`. The finding is gone then, and
/// `before` in the file at `path` has become `after`.
#[track_caller]
fn check(memory: &Memory, rule: &str, title: &str, (path, before, after): (&str, &str, &str)) {
    let engine = memory.open();
    let found = findings(&engine, rule);
    assert_eq!(found.len(), 1, "{rule}: {found:#?}");
    let titles: Vec<&str> = found[0].fixes.iter().map(|fix| fix.title.as_str()).collect();
    let fix = found[0].fixes.iter().find(|fix| fix.title == title);
    let fix = fix.unwrap_or_else(|| panic!("no `{title}` among {titles:?}"));
    assert!(!fix.safe, "`{title}` changes what the project means");
    let fixed = applied(memory, &engine, fix).expect("it can be written");
    let text = |memory: &Memory| {
        let bytes = memory.files.get(Utf8PathBuf::from(path).as_path()).cloned();
        String::from_utf8(bytes.unwrap_or_default()).expect("files are text")
    };
    let old = text(memory);
    assert!(old.contains(before), "`{before}` does not stand in:\n{old}");
    let expected = if old.is_empty() { after.to_owned() } else { old.replacen(before, after, 1) };
    assert_eq!(text(&fixed), expected, "{title}");
    let changed = fixed.files.iter().filter(|(name, text)| memory.files.get(*name) != Some(text));
    let changed: BTreeMap<_, _> = changed.collect();
    assert_eq!(changed.len(), 1, "`{title}` changes other files: {:?}", changed.keys());
    let left = findings(&fixed.open(), rule);
    assert!(left.is_empty(), "`{title}` leaves {left:#?}");
}

#[test]
fn a_payload_gets_its_key_in_its_own_style() {
    let text = "{\n\t\"schema_version\": \"v1\",\n\t\"expected_output\": {}\n}\n";
    let memory = Memory::new([("ask.handoff.json", text)]);
    let engine = memory.open();
    let found = findings(&engine, "missing-key");
    let fixed = |key: &str| {
        let finding = found.iter().find(|finding| finding.message.ends_with(key)).unwrap();
        let after = applied(&memory, &engine, &finding.fixes[0]).unwrap();
        String::from_utf8(after.files[camino::Utf8Path::new("ask.handoff.json")].clone()).unwrap()
    };
    let whole = text.replace("{}\n", "{},\n\t\"inputs\": {}\n");
    assert_eq!(fixed("`inputs`"), whole);
    let filled = text.replace("{}", "{\n\t\t\"type\": \"code\"\n\t}");
    assert_eq!(fixed("`type`"), filled);
}
