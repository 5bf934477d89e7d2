//! Attributes kept up to date under changes.

use std::collections::BTreeSet;

use contracts::body::Body;
use contracts::kinds::semantic_conventions::Contract;
use facts::places::FileId;

use super::Attributes;
use super::resolve::resolve;
use crate::files::Files;
use crate::keys::{Dependencies, Dependent, Key};
use crate::names::Lookup;

impl Attributes {
    /// Takes in the contracts among `keys`.
    pub(crate) fn set_contracts(
        &mut self,
        files: &Files,
        keys: &mut Vec<Key>,
        dependencies: &mut Dependencies,
    ) {
        let mut changed = false;
        for key in keys.iter() {
            let Key::Contract(contract) = *key else { continue };
            let file = files.get(contract.file);
            let facts = file.and_then(|file| file.contracts.get(contract.index as usize));
            let asked = match facts.map(|facts| &facts.document.body) {
                Some(Body::SemanticConventions(conventions)) => {
                    self.conventions.insert(contract);
                    asked_by(conventions)
                }
                _ if self.conventions.remove(&contract) => Vec::new(),
                _ => continue,
            };
            changed = true;
            dependencies.record(Dependent::Conventions(contract), asked);
        }
        keys.extend(changed.then_some(Key::Conventions));
    }

    /// Follows names anew in the files that changed, and in those that asked for something that did;
    /// in all files, where attributes have only now become a concern. Gives the files that were not
    /// read and are needed for that.
    pub(crate) fn follow<'a>(
        &mut self,
        touched: BTreeSet<FileId>,
        lookup: &dyn Fn() -> Lookup<'a>,
        keys: &mut Vec<Key>,
        dependencies: &mut Dependencies,
    ) -> BTreeSet<FileId> {
        let is_wanted = !self.conventions.is_empty();
        let files: BTreeSet<FileId> = match (is_wanted, self.is_followed) {
            (false, false) => return BTreeSet::new(),
            (true, true) => {
                let asked = dependencies.touched(keys).into_iter();
                let files = asked.filter_map(|dependent| match dependent {
                    Dependent::Attributes(file) => Some(file),
                    _ => None,
                });
                files.chain(touched).collect()
            }
            (true, false) => lookup().files.numbers().collect(),
            (false, true) => self.groups.keys().copied().collect(),
        };
        self.is_followed = is_wanted;
        let mut all_missing = BTreeSet::new();
        for file in files {
            let lookup = lookup();
            let groups = if is_wanted { resolve(&lookup, file) } else { Vec::new() };
            let (asked, missing) = lookup.finish();
            self.set(file, groups, keys);
            dependencies.record(Dependent::Attributes(file), asked);
            all_missing.extend(missing);
        }
        all_missing
    }
}

/// What a contract asks of code, and of other contracts.
fn asked_by(contract: &Contract) -> Vec<Key> {
    let names = contract.attributes.iter().flat_map(|attribute| {
        let aliases = attribute.aliases.iter().map(|alias| alias.value);
        std::iter::once(attribute.name.value).chain(aliases)
    });
    let mut keys: Vec<Key> = names.map(Key::Attribute).collect();
    keys.extend([Key::AnyAttribute, Key::Conventions]);
    keys.sort_unstable();
    keys.dedup();
    keys
}
