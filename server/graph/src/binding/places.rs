//! Contracts by the folder they lie in, to find the nearest.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use text::name::Name;

use crate::files::folder_of;
use crate::handler::ContractRef;

/// A contract with its file's path, by which contracts are ordered.
pub(super) type Located = (Name, ContractRef);

/// The contracts that have something in common: a phase, or an id.
#[derive(Debug, Default)]
pub(super) struct Places {
    all: BTreeSet<Located>,
    by_folder: FxHashMap<Box<str>, BTreeSet<Located>>,
}

/// What is nearest to some folder.
#[derive(Clone, Copy, Debug)]
pub(super) enum Nearest<'p> {
    /// There is none.
    None,
    /// This one is nearer than every other.
    One(ContractRef),
    /// These are equally near.
    Many(&'p BTreeSet<Located>),
}

impl Places {
    /// Adds a contract.
    pub(super) fn insert(&mut self, contract: Located) {
        self.all.insert(contract);
        let folder = folder_of(contract.0.as_str());
        match self.by_folder.get_mut(folder) {
            Some(known) => {
                known.insert(contract);
            }
            None => {
                self.by_folder
                    .insert(folder.into(), BTreeSet::from([contract]));
            }
        }
    }

    /// Removes a contract; whether none is left.
    pub(super) fn remove(&mut self, contract: Located) -> bool {
        self.all.remove(&contract);
        let folder = folder_of(contract.0.as_str());
        if let Some(known) = self.by_folder.get_mut(folder) {
            known.remove(&contract);
            if known.is_empty() {
                self.by_folder.remove(folder);
            }
        }
        self.all.is_empty()
    }

    /// The nearest to `folder`: in it, in the folders above up to the project's root, then anywhere.
    pub(super) fn nearest(&self, folder: &str) -> Nearest<'_> {
        let mut folder = folder;
        loop {
            if let Some(here) = self.by_folder.get(folder) {
                return Nearest::of(here);
            }
            if folder.is_empty() {
                return Nearest::of(&self.all);
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
            if self.by_folder.contains_key(folder) {
                return false;
            }
            if folder.is_empty() {
                return true;
            }
            folder = folder_of(folder);
        }
    }
}

impl<'p> Nearest<'p> {
    fn of(contracts: &'p BTreeSet<Located>) -> Nearest<'p> {
        let mut several = contracts.iter();
        match (several.next(), several.next()) {
            (None, _) => Nearest::None,
            (Some((_, only)), None) => Nearest::One(*only),
            _ => Nearest::Many(contracts),
        }
    }
}
