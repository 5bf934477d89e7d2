//! Names, stored once.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use dashmap::DashMap;
use rustc_hash::{FxBuildHasher, FxHasher};

/// A piece of text that occurs over and over: a phase, a key, an identifier, a path segment.
///
/// Equal names share one allocation, so a name is copied and compared like a number while a
/// workspace of many thousand fields holds each word once. Names live as long as the process: what
/// people type into an editor adds a few bytes a keystroke, and nothing has to count references.
///
/// Names order as their texts do, so that output never depends on who interned first.
#[derive(Clone, Copy)]
pub struct Name(
    // A reference to the reference, so that a name is one word: facts hold names by the million.
    &'static &'static str,
);

static NAMES: LazyLock<DashMap<&'static str, Name, FxBuildHasher>> =
    LazyLock::new(DashMap::default);

thread_local! {
    /// Names that this thread met last. The same few words make up most of a file, and asking here
    /// needs no lock.
    static RECENT: RefCell<[Option<Name>; RECENT_NAMES]> =
        const { RefCell::new([None; RECENT_NAMES]) };
}

const RECENT_NAMES: usize = 1024;

fn slot_of(text: &str) -> usize {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    // The upper bits of this hash are the well mixed ones.
    (hasher.finish() >> 32) as usize % RECENT_NAMES
}

impl Name {
    /// The name that reads `text`.
    #[must_use]
    pub fn new(text: &str) -> Name {
        RECENT.with_borrow_mut(|recent| {
            let slot = &mut recent[slot_of(text)];
            match slot {
                Some(name) if *name.0 == text => *name,
                _ => *slot.insert(Name::shared(text)),
            }
        })
    }

    /// The name that reads `text`, found or stored for all threads.
    fn shared(text: &str) -> Name {
        if let Some(known) = NAMES.get(text) {
            return *known;
        }
        let leaked: &'static str = Box::leak(text.into());
        // Another thread may have been faster; what the map keeps is the name.
        *NAMES.entry(leaked).or_insert_with(|| Name(Box::leak(Box::new(leaked))))
    }

    /// A number of the name's own, for tables that live no longer than the process.
    pub(crate) fn mixed(self) -> usize {
        let mut hasher = FxHasher::default();
        self.hash(&mut hasher);
        (hasher.finish() >> 32) as usize
    }

    /// The name's text.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Name) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Name {}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.0).hash(state);
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Name) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Name) -> Ordering {
        if self == other { Ordering::Equal } else { self.0.cmp(other.0) }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Name {
        Name::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_are_one_name() {
        let first = Name::new("domain");
        let second = Name::new(&String::from("domain"));
        assert_eq!(first, second);
        assert_ne!(first, Name::new("domains"));
    }

    #[test]
    fn names_order_as_their_texts() {
        let mut names = ["b", "a", "ab"].map(Name::new);
        names.sort();
        assert_eq!(names.map(Name::as_str), ["a", "ab", "b"]);
    }

    #[test]
    fn threads_agree_on_a_name() {
        let made: Vec<Name> = std::thread::scope(|scope| {
            let threads: Vec<_> =
                (0..8).map(|_| scope.spawn(|| Name::new("made by whoever is first"))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(made.iter().all(|name| *name == made[0]));
    }
}
