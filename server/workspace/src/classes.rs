//! The names of a project's classes, and who asked for one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use facts::places::FileId;
use rules::rule::ClassNames;
use rustc_hash::FxHashMap;
use text::name::Name;

use crate::lineage::Head;

/// Which classes there are. A rule that asks for one is run again when the answer changes.
#[derive(Debug, Default)]
pub struct ClassIndex {
    counts: FxHashMap<Name, usize>,
    askers: BTreeMap<Name, BTreeSet<FileId>>,
}

impl ClassIndex {
    /// Takes note that a file's classes change, and gives the files whose answers change with that.
    pub fn replace(&mut self, old: &[Head], new: &[Head]) -> BTreeSet<FileId> {
        let has = |heads: &[Head], name: Name| heads.iter().any(|head| head.name == name);
        let mut touched = BTreeSet::new();
        for Head { name, .. } in old {
            let count = self.counts.entry(*name).or_default();
            *count = count.saturating_sub(1);
            if *count == 0 && !has(new, *name) {
                touched.extend(self.askers.get(name).into_iter().flatten());
            }
        }
        for Head { name, .. } in new {
            let count = self.counts.entry(*name).or_default();
            *count += 1;
            if *count == 1 && !has(old, *name) {
                touched.extend(self.askers.get(name).into_iter().flatten());
            }
        }
        touched
    }

    /// Takes note of the names that a run over `file` asked for.
    pub fn asked(&mut self, file: FileId, names: impl IntoIterator<Item = Name>) {
        for name in names {
            self.askers.entry(name).or_default().insert(file);
        }
    }

    /// The index as one run sees it, with a list of what it asks for.
    #[must_use]
    pub fn listening(&self) -> Listening<'_> {
        Listening { index: self, heard: Mutex::default() }
    }
}

/// A [`ClassIndex`] that remembers what it is asked.
#[derive(Debug)]
pub struct Listening<'a> {
    index: &'a ClassIndex,
    heard: Mutex<BTreeSet<Name>>,
}

impl Listening<'_> {
    /// What was asked for.
    #[must_use]
    pub fn heard(self) -> BTreeSet<Name> {
        self.heard.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ClassNames for Listening<'_> {
    fn has_class(&self, name: &str) -> bool {
        // A dotted name is known by its last part: the class's own name.
        let name = Name::new(name.rsplit('.').next().unwrap_or(name));
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
        self.index.counts.get(&name).is_some_and(|count| *count > 0)
    }
}
