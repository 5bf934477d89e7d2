//! What holds at one point of a function, on every path or on some path that leads there.

use contracts::path::{FieldPath, Relation};
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

/// A field, or with none all that the followed object holds.
pub(super) type Path = Option<FieldPath>;

/// `path` below `prefix`.
pub(crate) fn below(prefix: Path, path: Path) -> Path {
    match (prefix, path) {
        (None, path) => path,
        (prefix, None) => prefix,
        (Some(prefix), Some(path)) => {
            let names = prefix.segments().iter().chain(path.segments()).copied().collect();
            Some(FieldPath::from_segments(names))
        }
    }
}

/// What holds at some point; none where no path leads there.
pub(super) type Point = Option<Box<State>>;

/// What holds at one point.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct State {
    /// Fields that are there on every path: written, or tested.
    pub(super) known: FxHashSet<FieldPath>,
    /// Fields written on every path, and not dropped since.
    pub(super) written: FxHashSet<FieldPath>,
    /// Fields dropped on every path, and not written since; none is everything.
    pub(super) dropped: FxHashSet<Path>,
    /// Writes that may still stand, by number.
    pub(super) writes: Numbers,
    /// Drops that may still stand, by number.
    pub(super) drops: Numbers,
    /// Whether another field has a value that the code asked for.
    pub(super) chosen: bool,
    /// Whether it is only asked whether to leave.
    pub(super) aside: bool,
    /// Fields that the code looked for and did not find.
    pub(super) lacking: FxHashSet<FieldPath>,
}

impl State {
    /// Takes in what holds on another path to the same point.
    pub(super) fn meet(&mut self, other: &State) {
        self.known.retain(|path| other.known.contains(path));
        self.written.retain(|path| other.written.contains(path));
        self.dropped.retain(|path| other.dropped.contains(path));
        self.writes.add_all(&other.writes);
        self.drops.add_all(&other.drops);
        self.chosen &= other.chosen;
        self.aside &= other.aside;
        self.lacking.retain(|path| other.lacking.contains(path));
    }

    /// The fields that were not found here, or on the way further in, sorted.
    pub(super) fn lacking(&self, further_in: Vec<FieldPath>) -> Vec<FieldPath> {
        let mut all = further_in;
        all.extend(&self.lacking);
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Takes in what may stand at another point, and nothing of what holds there.
    pub(super) fn stand(&mut self, other: &State) {
        self.writes.add_all(&other.writes);
        self.drops.add_all(&other.drops);
    }

    /// From here on the field is there, and so is what holds it.
    pub(super) fn assume(&mut self, path: FieldPath) {
        let mut path = Some(path);
        while let Some(here) = path {
            if !self.known.insert(here) {
                return;
            }
            path = here.parent();
        }
    }

    /// Whether the value of the field is certainly one that was written since the beginning.
    pub(super) fn is_written(&self, path: FieldPath) -> bool {
        let mut path = Some(path);
        while let Some(here) = path {
            if self.written.contains(&here) && !here.has_wildcard() {
                return true;
            }
            path = here.parent();
        }
        false
    }

    /// The field is certainly written, and whatever was in it is gone.
    pub(super) fn write(&mut self, path: FieldPath) {
        if !path.has_wildcard() {
            self.known.retain(|known| !lies_in(*known, path));
            self.written.retain(|known| !lies_in(*known, path));
        }
        self.dropped.retain(|known| known.is_none_or(|known| !lies_in_or_is(known, path)));
        self.assume(path);
        self.written.insert(path);
    }

    /// The field may be written.
    pub(super) fn may_write(&mut self, path: FieldPath) {
        self.dropped.retain(|known| known.is_none_or(|known| !lies_in_or_is(known, path)));
    }

    /// The field, or with none everything, may be gone.
    pub(super) fn may_drop(&mut self, path: Path) {
        let stays = |known: &FieldPath| path.is_some_and(|path| !lies_in_or_is(*known, path));
        self.known.retain(stays);
        self.written.retain(stays);
    }

    /// The field, or with none everything, is gone.
    pub(super) fn drop(&mut self, path: Path) {
        self.may_drop(path);
        self.dropped.insert(path);
    }
}

/// Whether `inner` is a part of `outer`.
pub(super) fn lies_in(inner: FieldPath, outer: FieldPath) -> bool {
    // Most paths are of one length, which is seen at once.
    inner.segments().len() > outer.segments().len()
        && inner.relation(outer) == Some(Relation::Child)
}

/// Whether `inner` is `outer` or a part of it.
pub(super) fn lies_in_or_is(inner: FieldPath, outer: FieldPath) -> bool {
    inner.segments().len() >= outer.segments().len() && inner.relation(outer).is_some()
}

/// Whether `inner` is certainly `outer` or a part of it, and not only one that may be.
pub(super) fn is_within(inner: FieldPath, outer: FieldPath) -> bool {
    inner.segments().starts_with(outer.segments()) && !outer.has_wildcard()
}

/// A set of small numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers(SmallVec<[u64; 2]>);

impl Numbers {
    /// Adds a number.
    pub(super) fn add(&mut self, number: usize) {
        let word = number / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << (number % 64);
        }
    }

    /// Takes a number out.
    pub(super) fn remove(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / 64) {
            *word &= !(1 << (number % 64));
        }
    }

    /// Whether a number is in it.
    pub(super) fn contains(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word & (1 << (number % 64)) != 0)
    }

    fn add_all(&mut self, other: &Numbers) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }
}

impl PartialEq for Numbers {
    fn eq(&self, other: &Numbers) -> bool {
        let longest = self.0.len().max(other.0.len());
        let word = |numbers: &Numbers, index| numbers.0.get(index).copied().unwrap_or(0);
        (0..longest).all(|index| word(self, index) == word(other, index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parent_written_anew_takes_its_parts_along() {
        let path = FieldPath::parse;
        let mut state = State::default();
        state.write(path("a.b"));
        assert!(state.known.contains(&path("a")));
        assert!(state.is_written(path("a.b.c")));
        assert!(!state.is_written(path("a")));
        state.write(path("a"));
        assert!(!state.known.contains(&path("a.b")));
        assert!(state.is_written(path("a.b")));
        state.drop(Some(path("a")));
        assert!(!state.is_written(path("a.b")));
    }

    #[test]
    fn numbers_are_equal_whatever_room_they_take() {
        let mut one = Numbers::default();
        one.add(200);
        one.remove(200);
        assert_eq!(one, Numbers::default());
        one.add(3);
        assert!(one.contains(3) && !one.contains(200));
    }
}
