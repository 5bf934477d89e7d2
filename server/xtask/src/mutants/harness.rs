//! Clean projects in an engine, and what it says of a mutant in place of one.

use std::collections::{BTreeMap, BTreeSet};

use workspace::engine::{Change, Engine};
use workspace::memory::{Memory, located};

use super::page::Place;

/// A finding by what it is held against: its rule and its place.
pub(super) type Told = (String, Place);

/// A clean project that is open.
pub(super) struct Bench {
    memory: Memory,
    texts: BTreeMap<String, String>,
    engine: Engine,
}

impl Bench {
    /// Opens a project of these files.
    pub(super) fn new(texts: BTreeMap<String, String>) -> Bench {
        let memory = memory(&texts);
        let engine = memory.open();
        Bench { memory, texts, engine }
    }

    /// What is said of the project as it is.
    pub(super) fn told(&self) -> BTreeSet<Told> {
        told(&self.engine)
    }

    /// What is said of the project with other files in place of its own, and once it has its own
    /// again.
    pub(super) fn with(&mut self, files: &BTreeMap<String, String>) -> [BTreeSet<Told>; 2] {
        let changed = changes(&self.texts, files);
        self.engine.update(changed, &memory(files));
        let during = told(&self.engine);
        let back = changes(files, &self.texts);
        self.engine.update(back, &self.memory);
        [during, told(&self.engine)]
    }
}

/// What a fresh engine says of these files.
pub(super) fn cold(files: &BTreeMap<String, String>) -> BTreeSet<Told> {
    told(&memory(files).open())
}

fn memory(texts: &BTreeMap<String, String>) -> Memory {
    Memory::new(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}

fn changes(from: &BTreeMap<String, String>, to: &BTreeMap<String, String>) -> Vec<Change> {
    let gone = from.keys().filter(|path| !to.contains_key(*path));
    let mut changes: Vec<Change> = gone.map(|path| Change::Removed(path.into())).collect();
    let new = to.iter().filter(|(path, text)| from.get(*path) != Some(text));
    changes.extend(new.map(|(path, text)| Change::Present {
        path: path.into(),
        bytes: text.clone().into_bytes(),
        excluded: false,
    }));
    changes
}

fn told(engine: &Engine) -> BTreeSet<Told> {
    let findings = located(engine).into_iter();
    findings
        .map(|finding| {
            let source = &finding.at.source;
            let path = source.path.strip_prefix(&engine.root).unwrap_or(&source.path);
            let line = source.lines.line(finding.at.span.start as usize) + 1;
            (finding.rule.name.to_owned(), Place { file: path.to_string(), line: line as usize })
        })
        .collect()
}
