//! How many mutants were found, and which were not.

use std::collections::BTreeMap;

use super::mutant::Survivor;

/// Mutants that have to be made at least, and of each kind.
const MUTANTS: usize = 2000;
const OF_EACH_KIND: usize = 20;
const KINDS: usize = 25;
/// Of a hundred, those that have to be found, and of each kind.
const FOUND: usize = 98;
const FOUND_OF_EACH_KIND: usize = 90;

/// Mutants made and found, by kind.
#[derive(Default)]
pub(super) struct Tally {
    kinds: BTreeMap<&'static str, [usize; 2]>,
    pub(super) survivors: Vec<Survivor>,
}

impl Tally {
    /// Adds a mutant, which was found unless it survived.
    pub(super) fn count(&mut self, kind: &'static str, survivor: Option<Survivor>) {
        let [made, found] = self.kinds.entry(kind).or_default();
        *made += 1;
        *found += usize::from(survivor.is_none());
        self.survivors.extend(survivor);
    }

    /// Adds what another tally counted.
    pub(super) fn add(&mut self, other: Tally) {
        for (kind, [made, found]) in other.kinds {
            let kind = self.kinds.entry(kind).or_default();
            kind[0] += made;
            kind[1] += found;
        }
        self.survivors.extend(other.survivors);
    }

    /// What of the bar is not reached.
    pub(super) fn short_of_the_bar(&self) -> Vec<String> {
        let mut short = Vec::new();
        let [made, found] = self.all();
        if made < MUTANTS || self.kinds.len() < KINDS {
            short.push(format!("{made} mutants of {} kinds are too few", self.kinds.len()));
        }
        if found * 100 < made * FOUND {
            short.push(format!("{found} of {made} mutants are found"));
        }
        for (kind, [made, found]) in &self.kinds {
            if *made < OF_EACH_KIND {
                short.push(format!("{made} mutants of kind {kind} are too few"));
            }
            if found * 100 < made * FOUND_OF_EACH_KIND {
                short.push(format!("{found} of {made} mutants of kind {kind} are found"));
            }
        }
        short
    }

    /// The counts, and every survivor with what is wrong.
    pub(super) fn lines(&self) -> Vec<String> {
        let kinds = self.kinds.iter();
        let mut lines: Vec<String> = kinds
            .map(|(kind, [made, found])| format!("{kind:30} {found:>4} of {made:>4}"))
            .collect();
        for survivor in &self.survivors {
            lines.push(format!("{}:", survivor.name));
            lines.extend(survivor.causes.iter().map(|cause| format!("  {cause}")));
        }
        let [made, found] = self.all();
        lines.push(format!("{found} of {made} mutants of {} kinds found", self.kinds.len()));
        lines
    }

    fn all(&self) -> [usize; 2] {
        let sum = |[made, found]: [usize; 2], one: &[usize; 2]| [made + one[0], found + one[1]];
        self.kinds.values().fold([0, 0], sum)
    }
}
