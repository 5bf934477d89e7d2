//! Facts to the raw findings of pipelines and files.

use std::collections::BTreeSet;
use std::sync::Arc;

use contracts::path::FieldPath;
use facts::places::{Anchor, FileId};
use graph::files::FileState;
use graph::handler::{Code, ContractRef};
use graph::project::{Change as GraphChange, Graph};
use rayon::prelude::*;
use rules::finding::Finding;
use rules::rule::{ContractScope, FileScope};
use rules::rules::ambiguous_pipeline::{self, Claim, Claimed};
use rustc_hash::FxHashSet;
use text::name::Name;

use super::{Engine, Extent, Loader, Round};
use crate::store::Unit;

impl Engine {
    pub(super) fn graph_change(&self, id: FileId) -> GraphChange {
        let entry = &self.files[id.0 as usize];
        let state = entry.is_there.then(|| match &entry.facts {
            Some(facts) => FileState::Read(Arc::clone(facts)),
            None => FileState::Known,
        });
        GraphChange { file: id, path: entry.path.clone(), state }
    }

    /// Tells the graph, and reads what it lacks, until it lacks nothing.
    pub(super) fn feed(
        &mut self,
        mut changes: Vec<GraphChange>,
        loader: &dyn Loader,
        round: &mut Round,
    ) {
        while !changes.is_empty() {
            let update = self.graph.update(changes);
            round.pipelines.extend(update.pipelines);
            round.others.extend(update.others);
            for gone in update.removed {
                round.pipelines.remove(&gone);
                self.extents.remove(&gone);
                round.touched.extend(self.store.set(Unit::Pipeline(gone), Vec::new()));
            }
            for gone in update.removed_others {
                round.others.remove(&gone);
                round.touched.extend(self.store.set(Unit::Contract(gone), Vec::new()));
            }
            if update.ambiguous_changed {
                let findings = self.ambiguous();
                round.touched.extend(self.store.set(Unit::Binding, findings));
            }
            if update.told_changed {
                let findings = rules::told::findings(&self.graph);
                round.touched.extend(self.store.set(Unit::Told, findings));
            }
            changes = self.load(update.missing, loader, round);
        }
    }

    /// Builds pipelines and runs the rules over them, reading what that lacks, until it lacks
    /// nothing.
    pub(super) fn build(&mut self, loader: &dyn Loader, round: &mut Round) {
        while !round.pipelines.is_empty() {
            let built: Vec<Built> = std::mem::take(&mut round.pipelines)
                .into_par_iter()
                .filter_map(|contract| build(&self.graph, contract))
                .collect();
            let mut missing = BTreeSet::new();
            for done in built {
                missing.extend(done.missing);
                self.graph.record(done.contract, done.keys);
                self.extents.insert(done.contract, done.extent);
                let findings = self.store.set(Unit::Pipeline(done.contract), done.findings);
                round.touched.extend(findings);
            }
            let changes = self.load(missing, loader, round);
            self.feed(changes, loader, round);
        }
    }

    /// Runs the rules about contracts of other kinds.
    pub(super) fn run_others(&mut self, round: &mut Round) {
        let found: Vec<(ContractRef, Vec<Finding>)> = std::mem::take(&mut round.others)
            .into_par_iter()
            .filter_map(|contract| {
                let facts = self.graph.contract(contract)?;
                let scope = ContractScope { contract, facts, graph: &self.graph };
                Some((contract, rules::run::contract(&scope)))
            })
            .collect();
        for (contract, findings) in found {
            round.touched.extend(self.store.set(Unit::Contract(contract), findings));
        }
    }

    /// Runs the rules about single files.
    pub(super) fn run_files(&mut self, round: &mut Round) {
        let found: Vec<(FileId, Vec<Finding>, BTreeSet<Name>)> = round
            .rerun
            .par_iter()
            .map(|id| {
                let Some(facts) = &self.files[id.0 as usize].facts else {
                    return (*id, Vec::new(), BTreeSet::new());
                };
                let listening = self.classes.listening();
                let scope =
                    FileScope { file: *id, facts, settings: &self.settings, classes: &listening };
                let findings = rules::run::file(&scope);
                (*id, findings, listening.heard())
            })
            .collect();
        for (id, findings, asked) in found {
            self.classes.asked(id, asked);
            round.touched.extend(self.store.set(Unit::File(id), findings));
        }
    }

    fn ambiguous(&self) -> Vec<Finding> {
        let claim = |contract: &ContractRef| {
            let document = &self.graph.contract(*contract)?.document;
            let node = document.pipeline_id.map_or(document.at, |id| id.at);
            let at = Anchor { file: contract.file, local: facts::file::anchor(node) };
            Some(Claim { at, pipeline: document.pipeline_id.map(|id| id.value) })
        };
        let class = |at: Anchor| {
            let mut handlers = self.graph.handlers_in(at.file).iter();
            let found = handlers.find(|handler| handler.at == at)?;
            matches!(found.code, Code::Class(_)).then_some(found.name)
        };
        self.graph
            .ambiguous()
            .map(|found| {
                let claims: Vec<Claim> = found.candidates.iter().filter_map(claim).collect();
                let handler = Claimed { phase: found.phase, at: found.at, class: class(found.at) };
                ambiguous_pipeline::finding(&handler, found.count, &claims)
            })
            .collect()
    }
}

/// One pipeline's round.
struct Built {
    contract: ContractRef,
    keys: Vec<graph::keys::Key>,
    missing: BTreeSet<FileId>,
    extent: Extent,
    findings: Vec<Finding>,
}

fn build(graph: &Graph, contract: ContractRef) -> Option<Built> {
    let built = graph.build(contract)?;
    let pipeline = built.pipeline;
    // Findings of a pipeline that lacks a file would be thrown away at once.
    let findings =
        if built.missing.is_empty() { rules::run::pipeline(&pipeline) } else { Vec::new() };
    let phases = pipeline.phases.iter();
    let fields: FxHashSet<FieldPath> = phases
        .flat_map(|phase| pipeline.declared(phase).all_fields())
        .map(|(_, field)| field.path.value)
        .collect();
    let extent = Extent { phases: pipeline.phases.len(), fields: fields.len() };
    Some(Built { contract, keys: built.keys, missing: built.missing, extent, findings })
}
