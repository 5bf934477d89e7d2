//! Raw findings, kept by what they were computed from.

use std::collections::{BTreeMap, BTreeSet};

use facts::places::FileId;
use graph::handler::ContractRef;
use rules::finding::Finding;

/// What a set of findings was computed from; it is computed again as a whole.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Unit {
    /// How handlers were bound.
    Binding,
    /// What code tells run-time checkers.
    Told,
    /// One file by itself.
    File(FileId),
    /// One contract of another kind than propagation.
    Contract(ContractRef),
    /// One pipeline.
    Pipeline(ContractRef),
}

/// The findings of all units, found by the file that they stand in.
#[derive(Debug, Default)]
pub struct Store {
    units: BTreeMap<Unit, BTreeMap<FileId, Vec<Finding>>>,
    by_file: BTreeMap<FileId, BTreeSet<Unit>>,
}

impl Store {
    /// Sets the findings of a unit, and gives the files whose findings may differ now.
    pub fn set(&mut self, unit: Unit, findings: Vec<Finding>) -> BTreeSet<FileId> {
        let mut new: BTreeMap<FileId, Vec<Finding>> = BTreeMap::new();
        for finding in findings {
            new.entry(finding.at.file).or_default().push(finding);
        }
        let old = self.units.remove(&unit).unwrap_or_default();
        let mut touched = BTreeSet::new();
        for file in old.keys().chain(new.keys()) {
            if old.get(file) != new.get(file) {
                touched.insert(*file);
            }
        }
        for file in old.keys().filter(|file| !new.contains_key(file)) {
            if let Some(units) = self.by_file.get_mut(file) {
                units.remove(&unit);
                if units.is_empty() {
                    self.by_file.remove(file);
                }
            }
        }
        for file in new.keys() {
            self.by_file.entry(*file).or_default().insert(unit);
        }
        if !new.is_empty() {
            self.units.insert(unit, new);
        }
        touched
    }

    /// All findings in a file, by unit.
    pub fn of_file(&self, file: FileId) -> impl Iterator<Item = &Finding> {
        self.by_file.get(&file).into_iter().flatten().flat_map(move |unit| {
            self.units.get(unit).and_then(|files| files.get(&file)).into_iter().flatten()
        })
    }
}
