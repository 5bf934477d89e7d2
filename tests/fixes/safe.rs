//! Safe fixes keep the meaning: they bring no finding that was not there.

use std::collections::BTreeMap;

use workspace::engine::Engine;
use workspace::fixing::findings;
use workspace::memory::Memory;

use super::{applied, root};

/// The project in a folder of fixtures, in memory.
fn loaded(folder: &str) -> Memory {
    let folder = root().join("fixtures").join(folder);
    let mut files = Memory::default();
    let mut waiting = vec![folder.clone()];
    while let Some(next) = waiting.pop() {
        for entry in next.read_dir_utf8().expect("the fixture is there") {
            let path = entry.expect("it can be read").into_path();
            if path.is_dir() {
                waiting.push(path);
            } else if let Ok(bytes) = std::fs::read(&path) {
                let name = path.strip_prefix(&folder).expect("it lies below").to_owned();
                files.files.insert(name, bytes);
            }
        }
    }
    files
}

/// How often each thing is said; lines move, messages do not.
fn said(engine: &Engine) -> BTreeMap<(String, String), usize> {
    let mut said = BTreeMap::new();
    for finding in findings(engine) {
        *said.entry((finding.rule.name.to_owned(), finding.message.clone())).or_default() += 1;
    }
    said
}

/// Every fix of the fixture, applied alone: whether it is safe, its rule and title, what is said
/// besides then.
fn each_alone(folder: &str) -> Vec<(bool, String, Vec<String>)> {
    let memory = loaded(folder);
    let engine = memory.open();
    let before = said(&engine);
    let mut results = Vec::new();
    for finding in findings(&engine) {
        for fix in &finding.fixes {
            let title = format!("{}: {}", finding.rule.name, fix.title);
            let Some(after) = applied(&memory, &engine, fix) else {
                assert!(!fix.safe, "a safe fix cannot be written: {title}");
                continue;
            };
            assert_ne!(after.files, memory.files, "nothing is changed by {title}");
            let now = said(&after.open());
            let surplus = now.iter().filter(|(what, count)| before.get(*what) < Some(*count));
            let surplus = surplus.map(|((rule, message), _)| format!("{rule}: {message}"));
            results.push((fix.safe, title, surplus.collect()));
        }
    }
    results
}

#[test]
fn safe_fixes_bring_nothing_new() {
    let results = each_alone("artisan-broken");
    let safe: Vec<_> = results.iter().filter(|(safe, ..)| *safe).collect();
    assert!(!safe.is_empty());
    for (_, title, surplus) in safe {
        assert!(surplus.is_empty(), "{title} brings {surplus:#?}");
    }
}

#[test]
fn offered_fixes_leave_files_that_can_be_read() {
    let grave = ["yaml-syntax", "missing-key", "unknown-key", "wrong-type", "invalid-settings"];
    for (_, title, surplus) in each_alone("artisan-broken") {
        let broken = surplus.iter().find(|said| grave.iter().any(|rule| said.starts_with(rule)));
        assert!(broken.is_none(), "{title} brings {surplus:#?}");
    }
}
