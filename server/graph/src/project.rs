//! The graph of a project, kept up to date under changes.
//!
//! A full build is an update from the empty graph. Whatever is computed says which keys it used, and
//! is computed again when one of them changes; nothing else is.

use std::collections::BTreeSet;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use facts::contract::ContractFacts;
use facts::places::FileId;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use settings::settings::Settings;
use text::name::Name;

use crate::attributes::Attributes;
use crate::binding::{Ambiguous, Binding, Declared, Seat};
use crate::companions::Companions;
use crate::discovery::{Discovered, FoundHandler, FoundRegistration, discover};
use crate::files::{FileState, Files};
use crate::handler::{Code, ContractRef};
use crate::keys::{Dependencies, Dependent, Key};
use crate::names::Lookup;

mod build;
mod drawings;
mod workflows;

pub use build::Built;

/// From this many files on, discovery is worth several threads.
const PARALLEL_FILES: usize = 32;

/// A project: its files, what they say, and what follows from that.
#[derive(Debug, Default)]
pub struct Graph {
    settings: Arc<Settings>,
    settings_file: Option<FileId>,
    pub(crate) files: Files,
    pub(crate) binding: Binding,
    companions: Companions,
    attributes: Attributes,
    dependencies: Dependencies,
    /// The files that tell run-time checkers names of contracts.
    pub(crate) telling: BTreeSet<FileId>,
}

/// What happened to a file.
#[derive(Clone, Debug)]
pub struct Change {
    /// The file.
    pub file: FileId,
    /// Its path from the project's root, with `/`.
    pub path: Utf8PathBuf,
    /// What is known of it now; none if it is gone.
    pub state: Option<FileState>,
}

/// What an update brought about.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Update {
    /// Files that were not read and are needed to know what the changed files mean.
    pub missing: BTreeSet<FileId>,
    /// Pipelines to build again, new ones included.
    pub pipelines: BTreeSet<ContractRef>,
    /// Pipelines that are gone.
    pub removed: BTreeSet<ContractRef>,
    /// Contracts of other kinds to look at again, new ones included.
    pub others: BTreeSet<ContractRef>,
    /// Contracts of other kinds that are gone.
    pub removed_others: BTreeSet<ContractRef>,
    /// Whether [`Graph::ambiguous`] may say something else now.
    pub ambiguous_changed: bool,
    /// Whether [`Graph::told`] may say something else now.
    pub told_changed: bool,
}

impl Graph {
    /// A project without files.
    #[must_use]
    pub fn new(settings: Arc<Settings>) -> Graph {
        Graph { settings, ..Graph::default() }
    }

    /// The same project, whose settings stand in this file.
    #[must_use]
    pub fn with_settings_file(mut self, file: FileId) -> Graph {
        self.settings_file = Some(file);
        self
    }

    /// The project's settings.
    #[must_use]
    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// The file of the project's settings, if they stand in one.
    #[must_use]
    pub fn settings_file(&self) -> Option<FileId> {
        self.settings_file
    }

    /// Takes in what happened, in the order it happened.
    pub fn update(&mut self, changes: Vec<Change>) -> Update {
        let mut keys = Vec::new();
        let mut touched = BTreeSet::new();
        for change in changes {
            touched.insert(change.file);
            self.files.set(change.file, &change.path, change.state, &mut keys);
        }
        keys.sort_unstable();
        keys.dedup();
        let told_changed = self.update_told(&touched, &keys);
        let mut update = Update { told_changed, ..Update::default() };
        self.update_contracts(&keys, &mut update);
        self.update_discovery(touched.clone(), &keys, &mut update);
        self.attributes.set_contracts(&self.files, &mut keys, &mut self.dependencies);
        let lookup = || Lookup::new(&self.files, &self.settings);
        let missing = self.attributes.follow(touched, &lookup, &mut keys, &mut self.dependencies);
        update.missing.extend(missing);
        let changed = self.binding.settle(self.settings.python.check_tests);
        update.ambiguous_changed = changed.ambiguous;
        // One that was named before and not built yet has recorded nothing, and is named again.
        update.pipelines.extend(&changed.contracts);
        self.forget_code_first(&changed.contracts, &mut update);
        keys.extend(changed.contracts.into_iter().map(Key::Handlers));
        for dependent in self.dependencies.touched(&keys) {
            match dependent {
                Dependent::Pipeline(contract) => update.pipelines.insert(contract),
                Dependent::Conventions(contract) => update.others.insert(contract),
                Dependent::Discovery(_) | Dependent::Attributes(_) => continue,
            };
        }
        update.pipelines.retain(|contract| self.is_pipeline(*contract));
        update
    }

    /// Whether there is a pipeline: a propagation contract, or handlers that are one without.
    fn is_pipeline(&self, contract: ContractRef) -> bool {
        match contract.builder() {
            Some(builder) => self.draws(builder),
            None => self.propagation(contract).is_some() || self.is_code_first(contract),
        }
    }

    fn is_code_first(&self, contract: ContractRef) -> bool {
        self.contract(contract).is_none() && self.binding.seats(contract).next().is_some()
    }

    /// Pipelines without a contract are gone with their last handler.
    fn forget_code_first(&mut self, changed: &[ContractRef], update: &mut Update) {
        let gone = changed.iter().copied().filter(|one| !self.is_pipeline(*one));
        let gone: Vec<ContractRef> = gone.collect();
        update.removed.extend(&gone);
        let dependents: Vec<Dependent> = gone.into_iter().map(Dependent::Pipeline).collect();
        self.forget(&dependents);
    }

    /// Whether what code tells checkers, or what that means, may be another now.
    fn update_told(&mut self, touched: &BTreeSet<FileId>, keys: &[Key]) -> bool {
        let mut changed = false;
        for file in touched {
            changed |= self.note_telling(*file);
        }
        let is_contract = |key: &Key| matches!(key, Key::Contract(_));
        changed || (!self.telling.is_empty() && keys.iter().any(is_contract))
    }

    fn update_contracts(&mut self, keys: &[Key], update: &mut Update) {
        let mut removed = Vec::new();
        for key in keys {
            let Key::Contract(contract) = *key else { continue };
            let before = self.binding.declared(contract).and_then(|declared| declared.id);
            let path = self.files.path(contract.file);
            let facts = self.contract(contract);
            let declared = self.propagation(contract).map(|facts| declared(path, facts));
            let named = facts.filter(|_| declared.is_none()).and_then(|facts| facts.pipeline());
            let named = named.map(|id| (id, Name::new(path.as_str())));
            let is_other = facts.is_some() && declared.is_none();
            if is_other {
                update.others.insert(contract);
            } else {
                update.removed_others.insert(contract);
            }
            if declared.is_some() {
                update.pipelines.insert(contract);
            } else {
                update.removed.insert(contract);
                removed.push(Dependent::Pipeline(contract));
            }
            let after = declared.as_ref().and_then(|declared| declared.id);
            before.into_iter().chain(after).for_each(|id| self.companions.touch(id));
            self.binding.set_contract(contract, declared);
            update.pipelines.extend(self.companions.set(contract, named));
        }
        update.pipelines.extend(self.companions.settle(|id, path| self.binding.nearest(id, path)));
        self.forget(&removed);
    }

    /// Discovers anew in the files that changed, and in those that asked for something that did.
    fn update_discovery(
        &mut self,
        mut touched: BTreeSet<FileId>,
        keys: &[Key],
        update: &mut Update,
    ) {
        for dependent in self.dependencies.touched(keys) {
            if let Dependent::Discovery(file) = dependent {
                touched.insert(file);
            }
        }
        let has_module =
            |file: &FileId| self.files.get(*file).is_some_and(|known| known.module.is_some());
        let (present, gone): (Vec<FileId>, Vec<FileId>) = touched.into_iter().partition(has_module);
        let nothing: Vec<Dependent> = gone.iter().copied().map(Dependent::Discovery).collect();
        for file in gone {
            let before = self.drawings_in(file);
            let path = Name::new(self.files.path(file).as_str());
            self.binding.set_discovered(file, path, Discovered::default());
            self.note_drawings(file, &before, update);
        }
        self.forget(&nothing);
        let look = |file: &FileId| {
            let lookup = Lookup::new(&self.files, &self.settings);
            let found = discover(&lookup, *file);
            let (keys, missing) = lookup.finish();
            (*file, found, keys, missing)
        };
        let found: Vec<_> = if present.len() < PARALLEL_FILES {
            present.iter().map(look).collect()
        } else {
            present.par_iter().map(look).collect()
        };
        for (file, found, keys, missing) in found {
            let before = self.drawings_in(file);
            let path = Name::new(self.files.path(file).as_str());
            self.binding.set_discovered(file, path, found);
            self.note_drawings(file, &before, update);
            self.dependencies.record(Dependent::Discovery(file), keys);
            update.missing.extend(missing);
        }
    }

    fn forget(&mut self, dependents: &[Dependent]) {
        if !dependents.is_empty() {
            let set: FxHashSet<Dependent> = dependents.iter().copied().collect();
            self.dependencies.forget(&set, dependents);
        }
    }

    /// Notes what a pipeline was made of, so that it is built again when that changes.
    pub fn record(&mut self, contract: ContractRef, keys: Vec<Key>) {
        if self.is_pipeline(contract) {
            self.dependencies.record(Dependent::Pipeline(contract), keys);
        }
    }

    /// What a contract says.
    #[must_use]
    pub fn contract(&self, contract: ContractRef) -> Option<&Arc<ContractFacts>> {
        self.files.get(contract.file)?.contracts.get(contract.index as usize)
    }

    /// What a propagation contract says; none where the contract is of another kind.
    #[must_use]
    pub fn propagation(&self, contract: ContractRef) -> Option<&Arc<ContractFacts>> {
        self.contract(contract).filter(|facts| facts.propagation().is_some())
    }

    /// The pipeline that a contract of another kind belongs to.
    #[must_use]
    pub fn pipeline_of(&self, contract: ContractRef) -> Option<ContractRef> {
        self.companions.pipeline_of(contract)
    }

    /// The contracts of other kinds that belong to a pipeline, by path.
    pub fn companions(&self, pipeline: ContractRef) -> impl Iterator<Item = ContractRef> {
        self.companions.of(pipeline)
    }

    /// The contracts of other kinds that name this pipeline id, by path.
    pub fn companions_named(&self, id: Name) -> impl Iterator<Item = ContractRef> {
        self.companions.named(id)
    }

    /// The attributes of telemetry that code sets; none are known where no contract speaks about
    /// them.
    #[must_use]
    pub fn attributes(&self) -> &Attributes {
        &self.attributes
    }

    /// The files.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// Handlers that several contracts claim equally, by path.
    pub fn ambiguous(&self) -> impl Iterator<Item = Ambiguous> {
        self.binding.ambiguous()
    }

    /// The handlers of a file, whether they are bound or not.
    #[must_use]
    pub fn handlers_in(&self, file: FileId) -> &[FoundHandler] {
        self.binding.discovered(file).map_or(&[], |found| &found.handlers)
    }

    /// The pipelines and phases that a handler is bound to.
    #[must_use]
    pub fn seats_of(&self, code: Code) -> &[(ContractRef, Seat)] {
        self.binding.seats_of(code)
    }

    /// The handlers that are bound to a pipeline, in a fixed order.
    pub fn handlers_bound_to(&self, pipeline: ContractRef) -> impl Iterator<Item = Code> {
        self.binding.seats(pipeline).map(|seat| seat.code)
    }

    /// The registrations of handlers made in a file, wherever those are defined.
    #[must_use]
    pub fn registrations_in(&self, file: FileId) -> &[FoundRegistration] {
        self.binding.discovered(file).map_or(&[], |found| &found.registrations)
    }

    /// The pipelines that were made of the function with this qualified name: those of the handlers
    /// that come by it, as it is or through calls. The first `most` of them by path, and how many
    /// there are in all.
    #[must_use]
    pub fn pipelines_through(
        &self,
        file: FileId,
        function: Name,
        most: usize,
    ) -> (Vec<ContractRef>, usize) {
        let dependents = self.dependencies.on(Key::Function(file, function)).iter();
        let mut pipelines: Vec<ContractRef> = dependents
            .filter_map(|dependent| match dependent {
                Dependent::Pipeline(contract) => Some(*contract),
                _ => None,
            })
            .collect();
        let count = pipelines.len();
        let by_path = |one: &ContractRef, other: &ContractRef| {
            let path = |contract: &ContractRef| self.files.path(contract.file);
            path(one).cmp(path(other)).then(one.index.cmp(&other.index))
        };
        // What everybody calls is in thousands of pipelines, of which a few are wanted.
        if count > most {
            pipelines.select_nth_unstable_by(most, by_path);
            pipelines.truncate(most);
        }
        pipelines.sort_unstable_by(by_path);
        (pipelines, count)
    }

    /// The propagation contracts with this pipeline id, by path.
    pub fn contracts_named(&self, id: Name) -> impl Iterator<Item = ContractRef> {
        self.binding.contracts_named(id)
    }

    /// Whether a class of this name was seen anywhere in the project.
    #[must_use]
    pub fn has_class(&self, name: Name) -> bool {
        self.files.has_class(name)
    }
}

fn declared(path: &Utf8Path, facts: &ContractFacts) -> Declared {
    let declared = facts.propagation().into_iter().flat_map(|contract| &contract.phases);
    let mut phases: Vec<Name> = declared.map(|phase| phase.name.value).collect();
    phases.sort_unstable();
    phases.dedup();
    Declared { path: Name::new(path.as_str()), id: facts.pipeline(), phases }
}
