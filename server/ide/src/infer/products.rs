//! What phases write, found by field.

use contracts::path::{FieldPath, Relation};
use rustc_hash::{FxHashMap, FxHashSet};
use text::name::Name;

use super::line::Step;

/// The fields that each phase writes.
pub(super) struct Products {
    by_root: FxHashMap<Name, Vec<(usize, FieldPath)>>,
    /// Those whose first key is a pattern.
    patterns: Vec<(usize, FieldPath)>,
}

impl Products {
    pub(super) fn new(steps: &[Step]) -> Products {
        let mut products = Products { by_root: FxHashMap::default(), patterns: Vec::new() };
        let mut seen = FxHashSet::default();
        for (index, step) in steps.iter().enumerate() {
            for write in step.summaries().flat_map(|done| &done.writes) {
                if !seen.insert((index, write.path)) {
                    continue;
                }
                if write.path.is_rooted_in_pattern() {
                    products.patterns.push((index, write.path));
                } else {
                    let of_root = products.by_root.entry(write.path.root()).or_default();
                    of_root.push((index, write.path));
                }
            }
        }
        products
    }

    /// The phases that write `path`, a part of it or what holds it, with what they write; a phase
    /// may come more than once.
    pub(super) fn of(&self, path: FieldPath) -> impl Iterator<Item = (usize, FieldPath)> {
        let of_root = self.by_root.get(&path.root()).into_iter().flatten();
        let all = of_root.chain(&self.patterns).copied();
        all.filter(move |(_, written)| written.relation(path).is_some())
    }

    /// Whether the phase writes `path`, a part of it or what holds it.
    pub(super) fn has(&self, step: usize, path: FieldPath) -> bool {
        self.of(path).any(|(by, _)| by == step)
    }

    /// The one phase before `step` that writes `path` itself, where one alone has to do with it.
    pub(super) fn source(&self, step: usize, path: FieldPath) -> Option<usize> {
        let mut found = None;
        for (by, written) in self.of(path).filter(|(by, _)| *by < step) {
            let same = written.relation(path) == Some(Relation::Same) && !written.has_wildcard();
            match found {
                None if same => found = Some(by),
                Some(known) if known == by => {}
                _ => return None,
            }
        }
        found
    }

    /// Every field that a phase before `step` writes.
    pub(super) fn before(&self, step: usize) -> Vec<(usize, FieldPath)> {
        let mut all: Vec<(usize, FieldPath)> =
            self.by_root.values().flatten().copied().filter(|(by, _)| *by < step).collect();
        all.sort_unstable();
        all
    }
}
