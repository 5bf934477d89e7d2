//! Pipelines, put together from what the graph knows.

use std::collections::BTreeSet;
use std::sync::Arc;

use camino::Utf8Path;
use facts::places::{Anchor, FileId};
use text::name::Name;

use super::Graph;
use crate::code_contract::CodeContract;
use crate::code_pipeline;
use crate::companions::Companion;
use crate::drawn;
use crate::fold;
use crate::handler::{Code, ContractRef, Handler};
use crate::keys::Key;
use crate::names::Lookup;
use crate::pipeline::{Parts, Pipeline, SettingsOf};

/// A pipeline, and what it was made of.
#[derive(Clone, Debug)]
pub struct Built {
    /// The pipeline.
    pub pipeline: Pipeline,
    /// The keys that were used.
    pub keys: Vec<Key>,
    /// Files that were not read and are needed for the whole pipeline.
    pub missing: BTreeSet<FileId>,
}

impl Graph {
    /// Builds a pipeline; none where there is no such contract, nor handlers that are one without.
    /// Several may be built at once.
    #[must_use]
    pub fn build(&self, contract: ContractRef) -> Option<Built> {
        if !self.is_pipeline(contract) {
            return None;
        }
        let lookup = Lookup::new(&self.files, &self.settings);
        lookup.ask(Key::Contract(contract));
        lookup.ask(Key::Handlers(contract));
        let mut drawing = match contract.builder() {
            Some(builder) => Some(drawn::assemble(&lookup, builder)?),
            None => None,
        };
        let handlers = match &mut drawing {
            Some(drawing) => drawn::handlers(&lookup, drawing),
            None => self.handlers_of(contract, &lookup),
        };
        let (facts, code) = match (self.propagation(contract), &drawing) {
            (Some(facts), _) => (Arc::clone(facts), None),
            (None, drawing) => {
                let phases = match drawing {
                    Some(drawing) => drawing.phases(),
                    None => self.registered_phases(contract),
                };
                let (facts, places) = code_pipeline::declared(&phases, &handlers);
                (facts, Some(places))
            }
        };
        let fallback = self.fallback_name(contract);
        let name = facts.pipeline().unwrap_or(fallback);
        let settings = self.settings.pipeline(name.as_str()).zip(self.settings_file);
        let settings = settings.map(|(pipeline, file)| SettingsOf { pipeline, file });
        let companions = self.companions_of(contract);
        let parts = Parts { handlers, companions, settings, code, drawing };
        let pipeline = Pipeline::new(contract, facts, fallback, parts)?;
        let (keys, missing) = lookup.finish();
        Some(Built { pipeline, keys, missing })
    }

    /// What a pipeline is called that has no id: as its contract's file; where it has no contract, as
    /// its handlers say, or the folder of their registrations.
    fn fallback_name(&self, contract: ContractRef) -> Name {
        let path = self.files.path(contract.file);
        if self.contract(contract).is_some() {
            return Name::new(path.file_name().unwrap_or(""));
        }
        let seats = self.binding.seats(contract);
        let mut handlers = seats.filter_map(|seat| self.binding.handler(seat.code));
        handlers.find_map(|handler| handler.pipelines.first().copied()).unwrap_or_else(|| {
            let folder = path.parent().and_then(Utf8Path::file_name);
            Name::new(folder.or(path.file_stem()).unwrap_or(""))
        })
    }

    /// The phases that the handlers of a group carry out, in the order of their registrations.
    fn registered_phases(&self, group: ContractRef) -> Vec<(Name, Anchor)> {
        let mut phases: Vec<(Name, Anchor)> = Vec::new();
        for registration in self.binding.registrations(group) {
            let seats = self.binding.seats(group);
            let own = seats.filter(|seat| seat.code == Code::Class(registration.class));
            let mut own: Vec<Name> = own.map(|seat| seat.phase).collect();
            // An attribute of the class goes before what it is registered for.
            if let Some(phase) = registration.phase.filter(|phase| own.contains(phase)) {
                own = vec![phase];
            }
            own.retain(|phase| phases.iter().all(|(known, _)| known != phase));
            phases.extend(own.into_iter().map(|phase| (phase, registration.at)));
        }
        phases
    }

    fn companions_of(&self, pipeline: ContractRef) -> Vec<Companion> {
        let companion = |contract| {
            let facts = Arc::clone(self.contract(contract)?);
            Some(Companion { contract, facts })
        };
        self.companions.of(pipeline).filter_map(companion).collect()
    }

    /// The handlers of a pipeline. One that only raises is a stub where its phase has another.
    fn handlers_of(&self, contract: ContractRef, lookup: &Lookup<'_>) -> Vec<Handler> {
        let mut folder = fold::Folder::new(lookup);
        let mut handlers = Vec::new();
        let mut stubs = Vec::new();
        for seat in self.binding.seats(contract) {
            let Some(found) = self.binding.handler(seat.code) else {
                continue;
            };
            let outcome = folder.handler(seat.code);
            let is_stub = outcome.as_ref().is_some_and(|outcome| !outcome.returns);
            let into = if is_stub { &mut stubs } else { &mut handlers };
            let declares = CodeContract::of(lookup, seat.code);
            into.push(Handler::seated(found, seat, outcome, declares));
        }
        stubs.retain(|stub| !handlers.iter().any(|handler| handler.phase == stub.phase));
        handlers.extend(stubs);
        handlers
    }
}
