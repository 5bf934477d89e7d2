//! The variables of a function, and how they come through branches.

use rustc_hash::{FxHashMap, FxHashSet};

use super::held::{Held, join};

/// What each variable holds at the current point of a function.
#[derive(Debug, Default)]
pub(super) struct Variables<'c> {
    held: FxHashMap<&'c str, Held<'c>>,
    /// What a variable held before each change, so that a path can be taken back at a cost that
    /// follows its changes and not the number of variables.
    undo: Vec<(&'c str, Option<Held<'c>>)>,
}

/// A point to come back to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark(usize);

/// The changes along one path; none for a path that does not come to its end.
pub(super) type Changes<'c> = Option<FxHashMap<&'c str, Option<Held<'c>>>>;

impl<'c> Variables<'c> {
    /// What the variable holds, if it has been bound on the way here.
    pub(super) fn get(&self, name: &str) -> Option<&Held<'c>> {
        self.held.get(name)
    }

    /// Binds a variable.
    pub(super) fn set(&mut self, name: &'c str, held: Held<'c>) {
        let before = self.held.insert(name, held);
        self.undo.push((name, before));
    }

    /// Forgets a binding.
    pub(super) fn unset(&mut self, name: &'c str) {
        if let Some(before) = self.held.remove(name) {
            self.undo.push((name, Some(before)));
        }
    }

    /// The current point.
    pub(super) fn mark(&self) -> Mark {
        Mark(self.undo.len())
    }

    /// Goes back to `mark`.
    pub(super) fn back(&mut self, mark: Mark) {
        while self.undo.len() > mark.0 {
            let Some((name, before)) = self.undo.pop() else {
                return;
            };
            match before {
                Some(held) => self.held.insert(name, held),
                None => self.held.remove(name),
            };
        }
    }

    /// Goes back to `mark`, and gives what was changed since.
    pub(super) fn take_back(&mut self, mark: Mark) -> FxHashMap<&'c str, Option<Held<'c>>> {
        let names: FxHashSet<&'c str> = self.undo[mark.0..].iter().map(|(name, _)| *name).collect();
        let changes =
            in_order(names).into_iter().map(|name| (name, self.held.get(name).cloned())).collect();
        self.back(mark);
        changes
    }

    /// Goes on where several paths meet.
    pub(super) fn meet(&mut self, paths: Vec<Changes<'c>>) {
        let paths: Vec<_> = paths.into_iter().flatten().collect();
        let names: FxHashSet<&'c str> =
            paths.iter().flat_map(|changes| changes.keys().copied()).collect();
        for name in in_order(names) {
            let before = self.held.get(name).cloned();
            let mut ends = paths
                .iter()
                .map(|changes| changes.get(name).cloned().unwrap_or_else(|| before.clone()));
            let Some(first) = ends.next() else { continue };
            let met = ends.fold(first, |left, right| Some(join(left?, right?)));
            match met {
                Some(held) => self.set(name, held),
                // An attribute that is bound on some paths alone is what it was before.
                None if name.contains('.') => self.unset(name),
                None => self.set(name, Held::Unknown),
            }
        }
    }
}

/// The order decides nothing; it is fixed all the same, so that no result can come to hang on it.
fn in_order<'c>(names: FxHashSet<&'c str>) -> Vec<&'c str> {
    let mut names: Vec<&'c str> = names.into_iter().collect();
    names.sort_unstable();
    names
}
