//! Contracts by the folder they lie in, to find the nearest.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use text::name::Name;

use crate::files::folder_of;
use crate::handler::ContractRef;

/// A contract with its file's path, by which contracts are ordered.
pub(super) type Located = (Name, ContractRef);

/// The contracts that have something in common: a phase, or an id.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Sorted.
    all: Vec<Located>,
    /// By folder, sorted. A folder mostly has one of them.
    by_folder: FxHashMap<Name, SmallVec<[Located; 1]>>,
}

/// What is nearest to some folder.
#[derive(Clone, Copy, Debug)]
pub(super) enum Nearest<'p> {
    /// There is none.
    None,
    /// This one is nearer than every other.
    One(ContractRef),
    /// These are equally near.
    Many(Claims<'p>),
}

/// Contracts that are equally near, in order of their paths.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claims<'p>(&'p [Located]);

impl<'p> Claims<'p> {
    /// How many there are.
    pub(super) fn len(self) -> usize {
        self.0.len()
    }

    /// Each of them.
    pub(super) fn iter(self) -> impl Iterator<Item = ContractRef> + 'p {
        self.0.iter().map(|(_, contract)| *contract)
    }

    fn nearest(self) -> Nearest<'p> {
        match self.0 {
            [] => Nearest::None,
            [(_, only)] => Nearest::One(*only),
            _ => Nearest::Many(self),
        }
    }
}

impl Places {
    /// Adds a contract.
    pub(super) fn insert(&mut self, contract: Located) {
        // They mostly come in their order.
        if self.all.last().is_none_or(|last| *last < contract) {
            self.all.push(contract);
        } else if let Err(index) = self.all.binary_search(&contract) {
            self.all.insert(index, contract);
        }
        let folder = Name::new(folder_of(contract.0.as_str()));
        let known = self.by_folder.entry(folder).or_default();
        if let Err(index) = known.binary_search(&contract) {
            known.insert(index, contract);
        }
    }

    /// Removes a contract; whether none is left.
    pub(super) fn remove(&mut self, contract: Located) -> bool {
        if let Ok(index) = self.all.binary_search(&contract) {
            self.all.remove(index);
        }
        let folder = Name::new(folder_of(contract.0.as_str()));
        if let Some(known) = self.by_folder.get_mut(&folder) {
            known.retain(|other| *other != contract);
            if known.is_empty() {
                self.by_folder.remove(&folder);
            }
        }
        self.all.is_empty()
    }

    /// All of them, by path.
    pub(super) fn iter(&self) -> impl Iterator<Item = ContractRef> {
        self.all.iter().map(|(_, contract)| *contract)
    }

    /// The nearest to `folder`: in it, in the folders above up to the project's root, then anywhere.
    pub(super) fn nearest(&self, folder: &str) -> Nearest<'_> {
        let mut folder = folder;
        loop {
            if let Some(here) = self.by_folder.get(&Name::new(folder)) {
                return Claims(here).nearest();
            }
            if folder.is_empty() {
                return Claims(&self.all).nearest();
            }
            folder = folder_of(folder);
        }
    }
}

impl Places {
    /// Whether what lies in `changed` can matter to what is nearest to `folder`: nothing nearer
    /// answers first.
    pub(super) fn reaches(&self, folder: &str, changed: &str) -> bool {
        let mut folder = folder;
        loop {
            if folder == changed {
                return true;
            }
            if self.by_folder.contains_key(&Name::new(folder)) {
                return false;
            }
            if folder.is_empty() {
                return true;
            }
            folder = folder_of(folder);
        }
    }
}
