//! What a computation asked for, so that it is done again when an answer changes.
//!
//! Keys are fine: a symbol of a module, one function, one contract. So an edit in a file that
//! everybody imports touches only what used the part that changed. What was looked for in vain is a
//! key as well.

use std::hash::{Hash, Hasher};

use facts::places::FileId;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use smallvec::SmallVec;
use text::name::Name;

use crate::handler::ContractRef;

/// One question whose answer may change.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Key {
    /// Which file stands at the path with this number, if any; see [`path_number`].
    Path(u64),
    /// Which modules or folders of the project have this name.
    Stem(Name),
    /// Whether a file's facts are there.
    Read(FileId),
    /// What a module-level name of a file is; `*` for its star imports. A nested class counts under
    /// its dotted name.
    Symbol(FileId, Name),
    /// What the functions with this qualified name do.
    Function(FileId, Name),
    /// What a file draws with frameworks.
    Builders(FileId),
    /// What a contract says.
    Contract(ContractRef),
    /// Which handlers a pipeline has.
    Handlers(ContractRef),
    /// Where an attribute of telemetry is set, to what, and beside which others.
    Attribute(Name),
    /// Whether any span may have any attribute.
    AnyAttribute,
    /// Which contracts there are about attributes, and what they say.
    Conventions,
}

/// The number that stands for a path in [`Key::Path`].
///
/// Paths are asked for that are not there, and in plenty, so their texts are not kept. Two paths
/// with one number would cost a needless build and nothing else.
#[must_use]
pub fn path_number(path: &str) -> u64 {
    let mut hasher = FxHasher::default();
    path.hash(&mut hasher);
    hasher.finish()
}

/// Something that was computed and depends on keys.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Dependent {
    /// What discovery found in a file.
    Discovery(FileId),
    /// A built pipeline.
    Pipeline(ContractRef),
    /// The attributes of telemetry that a file sets.
    Attributes(FileId),
    /// What a contract about attributes finds in code.
    Conventions(ContractRef),
}

/// Who depends on what, in both directions.
#[derive(Debug, Default)]
pub(crate) struct Dependencies {
    of: FxHashMap<Dependent, Box<[Key]>>,
    on: FxHashMap<Key, SmallVec<[Dependent; 1]>>,
}

impl Dependencies {
    /// Sets what `dependent` depends on; `keys` must be sorted and without duplicates.
    pub(crate) fn record(&mut self, dependent: Dependent, keys: Vec<Key>) {
        let keys = keys.into_boxed_slice();
        let before = self.of.remove(&dependent).unwrap_or_default();
        for key in keys.iter().filter(|key| before.binary_search(key).is_err()) {
            self.on.entry(*key).or_default().push(dependent);
        }
        for key in before.iter().filter(|key| keys.binary_search(key).is_err()) {
            self.unlink(*key, dependent);
        }
        if !keys.is_empty() {
            self.of.insert(dependent, keys);
        }
    }

    /// Forgets several dependents at once.
    pub(crate) fn forget(&mut self, dependents: &FxHashSet<Dependent>, ordered: &[Dependent]) {
        let mut keys: Vec<Key> = Vec::new();
        for dependent in ordered {
            keys.extend(self.of.remove(dependent).unwrap_or_default());
        }
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            if let Some(known) = self.on.get_mut(&key) {
                known.retain(|dependent| !dependents.contains(dependent));
                if known.is_empty() {
                    self.on.remove(&key);
                }
            }
        }
    }

    /// Whoever depends on `key`, in no order that means anything.
    pub(crate) fn on(&self, key: Key) -> &[Dependent] {
        self.on.get(&key).map_or(&[], SmallVec::as_slice)
    }

    /// Whoever depends on one of `keys`, in a fixed order.
    pub(crate) fn touched(&self, keys: &[Key]) -> Vec<Dependent> {
        let mut touched: Vec<Dependent> =
            keys.iter().filter_map(|key| self.on.get(key)).flatten().copied().collect();
        touched.sort_unstable();
        touched.dedup();
        touched
    }

    fn unlink(&mut self, key: Key, dependent: Dependent) {
        if let Some(known) = self.on.get_mut(&key) {
            known.retain(|other| *other != dependent);
            if known.is_empty() {
                self.on.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_asked_is_touched() {
        let mut dependencies = Dependencies::default();
        let reader = Dependent::Discovery(FileId(1));
        let other = Dependent::Discovery(FileId(2));
        let stem = |text: &str| Key::Stem(Name::new(text));
        let mut keys = vec![stem("a"), stem("b")];
        keys.sort_unstable();
        dependencies.record(reader, keys);
        dependencies.record(other, vec![stem("b")]);
        assert_eq!(dependencies.touched(&[stem("a")]), [reader]);
        assert_eq!(dependencies.touched(&[stem("b"), stem("a")]), [reader, other]);
        dependencies.record(reader, vec![stem("c")]);
        assert_eq!(dependencies.touched(&[stem("a")]), []);
        assert_eq!(dependencies.touched(&[stem("b")]), [other]);
        dependencies.forget(&[other].into_iter().collect(), &[other]);
        assert_eq!(dependencies.touched(&[stem("b")]), []);
    }
}
