//! Every name of the fixture projects, there and back.

use super::*;
use crate::project::root;

fn project(name: &str) -> Memory {
    let mut memory = Memory::default();
    let root = root().join("fixtures").join(name);
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir_utf8().expect("a folder can be read") {
            let path = entry.expect("an entry can be read").into_path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = std::fs::read(&path).expect("a file can be read");
                let path = path.strip_prefix(&root).expect("it is below the root").to_owned();
                memory.files.insert(path, bytes);
            }
        }
    }
    memory
}

/// The findings by rule and place; columns move with the name.
fn findings(memory: &Memory) -> Vec<(String, Utf8PathBuf, u32)> {
    // Nothing is compared but rule and line: what is said, and where on the line, names the field.
    let findings = memory.findings().into_iter();
    let mut all: Vec<(String, Utf8PathBuf, u32)> = findings
        .map(|finding| {
            let line = finding.at.source.lines.line(finding.at.span.start as usize);
            (finding.rule.name.to_owned(), finding.at.source.path.clone(), line)
        })
        .collect();
    all.sort();
    all
}

/// The places at which words begin in the contracts and settings of a project.
fn words(engine: &Engine, memory: &Memory) -> Vec<Cursor> {
    let mut cursors = Vec::new();
    for path in memory.files.keys().filter(|path| path.extension() != Some("py")) {
        let Some(file) = engine.file(Utf8Path::new(path)) else { continue };
        let text = engine.text(file);
        let is_part = |letter: char| letter.is_alphanumeric() || "_-".contains(letter);
        let begins = |at: usize| !text[..at].ends_with(is_part);
        let letters = text.char_indices().filter(|(_, letter)| is_part(*letter));
        let offsets = letters.map(|(at, _)| at).filter(|at| begins(*at));
        cursors.extend(offsets.map(|offset| Cursor { file, offset }));
    }
    cursors
}

/// Gives names of the project another one and their own again; which names cannot have one.
fn there_and_back(project_name: &str) -> BTreeSet<String> {
    const NAME: &str = "zq9_renamed";
    // Each takes two projects to be read anew.
    const EVERY: usize = 6;
    let memory = project(project_name);
    let engine = memory.open();
    let before = findings(&memory);
    let mut seen = BTreeSet::new();
    let mut refused = BTreeSet::new();
    for cursor in words(&engine, &memory) {
        let Ok(Some(found)) = prepare(&engine, cursor) else { continue };
        assert_eq!(found.span.of(&engine.text(cursor.file)), found.name);
        if !seen.insert((cursor.file, found.name.clone())) {
            continue;
        }
        let changes = match rename(&engine, cursor, NAME) {
            Ok(changes) => changes.expect("what can be renamed is"),
            Err(why) => {
                refused.insert(format!("{}: {why}", found.name));
                continue;
            }
        };
        if seen.len() % EVERY != 0 {
            continue;
        }
        let after = renamed(&memory, &engine, &changes);
        let same = findings(&after);
        let new: Vec<_> = same.iter().filter(|finding| !before.contains(finding)).collect();
        let gone: Vec<_> = before.iter().filter(|finding| !same.contains(finding)).collect();
        assert!(new.is_empty() && gone.is_empty(), "{}: {new:?} {gone:?}", found.name);
        let moved: i64 = changes
            .iter()
            .filter(|change| change.file == cursor.file)
            .flat_map(|change| &change.edits)
            .filter(|edit| (edit.span.end as usize) <= cursor.offset)
            .map(|edit| edit.new_text.len() as i64 - edit.span.len() as i64)
            .sum();
        let there = after.open();
        let file = there.file(engine.path(cursor.file)).expect("the file is there");
        let offset = usize::try_from(cursor.offset as i64 + moved).expect("it is in the file");
        let changes = rename(&there, Cursor { file, offset }, &found.name);
        let changes = changes.unwrap_or_else(|why| panic!("{}: {why}", found.name));
        let back = renamed(&after, &there, &changes.expect("the name is there"));
        assert!(back.files == memory.files, "{}", found.name);
    }
    assert!(seen.len() > 50, "{seen:?}");
    refused
}

#[test]
fn of_a_sound_project() {
    let refused = there_and_back("artisan");
    let refused: Vec<String> = refused.into_iter().collect();
    expect![[r#"
        onboarding_coverage_gaps: `artisan/handlers/review.py:88` computes it
        onboarding_schema_features: `artisan/handlers/review.py:88` computes it
    "#]]
    .assert_eq(&format!("{}\n", refused.join("\n")));
}

#[test]
fn of_a_broken_project() {
    let refused = there_and_back("artisan-broken");
    let refused: Vec<String> = refused.into_iter().collect();
    expect![[r#"
        onboarding_coverage_gaps: `artisan/handlers/review.py:88` computes it
        onboarding_schema_features: `artisan/handlers/review.py:88` computes it
    "#]]
    .assert_eq(&format!("{}\n", refused.join("\n")));
}
