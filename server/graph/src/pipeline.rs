//! One pipeline with everything that belongs to it.

use std::sync::Arc;

use contracts::body::Body;
use contracts::kinds::causal_ordering::{Dependency, Event};
use contracts::path::FieldPath;
use contracts::propagation::{Boundary, Contract, Field};
use facts::contract::ContractFacts;
use facts::frameworks::Merging;
use facts::places::{Anchor, FileId, LocalAnchor};
use settings::pipelines::PipelineSettings;
use settings::spanned::Spanned;
use syntax::yaml::NodeId;
use text::name::Name;

use crate::code_pipeline::CodePlaces;
use crate::companions::Companion;
use crate::drawn::Drawing;
use crate::handler::{ContractRef, Handler};
use crate::order::{Order, drawn};
use facts::python::declarations::Side;

/// A workflow with one shared context: a propagation contract, or what handlers declare where there is
/// none, the handlers bound to its phases, and what settings say of it.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// Which contract it is, or which group of registrations.
    pub contract: ContractRef,
    /// What the contract's file says of it, or what handlers do as if they were one.
    pub facts: Arc<ContractFacts>,
    /// The contracts of other kinds that belong to it, by path.
    pub companions: Vec<Companion>,
    /// `pipeline_id`, or the file's name where that is not readable.
    pub name: Name,
    declared: Arc<Contract>,
    /// The places of its nodes, where it is declared in code.
    code: Option<CodePlaces>,
    /// What code draws of it with a framework, where no contract declares it.
    pub drawing: Option<Box<Drawing>>,
    /// Its phases, in the contract's order.
    pub phases: Vec<Phase>,
    /// What runs after what.
    pub order: Order,
    /// Inputs that settings add, and where.
    pub settings_inputs: Vec<(FieldPath, Anchor)>,
    /// Outputs that settings add, and where.
    pub settings_outputs: Vec<(FieldPath, Anchor)>,
    /// Handlers bound to this pipeline for phases that it does not have.
    pub stray_handlers: Vec<Handler>,
}

/// One phase.
#[derive(Clone, Debug)]
pub struct Phase {
    /// Its name.
    pub name: Name,
    /// Its index in the contract's phases.
    pub index: usize,
    /// The handlers that carry it out, in a fixed order.
    pub handlers: Vec<Handler>,
}

impl Phase {
    /// Whether its code may write or drop more than can be seen.
    #[must_use]
    pub fn is_open_for_writes(&self) -> bool {
        self.handlers.iter().any(|handler| {
            handler.summary.as_ref().is_none_or(|summary| summary.open_writes.is_some())
        })
    }

    /// Whether its code may read more than can be seen.
    #[must_use]
    pub fn is_open_for_reads(&self) -> bool {
        self.handlers.iter().any(|handler| {
            handler.summary.as_ref().is_none_or(|summary| summary.open_reads.is_some())
        })
    }
}

impl Pipeline {
    /// The pipeline of a contract with all that belongs to it; none where the contract is of another
    /// kind.
    #[must_use]
    pub fn new(
        contract: ContractRef,
        facts: Arc<ContractFacts>,
        fallback_name: Name,
        parts: Parts<'_>,
    ) -> Option<Pipeline> {
        let Body::Propagation(declared) = &facts.document.body else { return None };
        let declared = Arc::clone(declared);
        let Parts { handlers, companions, settings, code, drawing } = parts;
        let name = facts.pipeline().unwrap_or(fallback_name);
        let mut phases: Vec<Phase> = declared
            .phases
            .iter()
            .enumerate()
            .map(|(index, phase)| Phase { name: phase.name.value, index, handlers: Vec::new() })
            .collect();
        let mut stray_handlers = Vec::new();
        for handler in handlers {
            match phases.iter_mut().find(|phase| phase.name == handler.phase) {
                Some(phase) => phase.handlers.push(handler),
                None => stray_handlers.push(handler),
            }
        }
        Some(Pipeline {
            contract,
            order: Order::new(
                phases.len(),
                match &drawing {
                    Some(drawing) => drawing.plan(),
                    None => drawn::plan(&declared, &ordered(&companions)),
                },
            ),
            declared,
            code,
            drawing: drawing.map(Box::new),
            companions,
            name,
            phases,
            settings_inputs: settings.map_or_else(Vec::new, |of| of.fields(&of.pipeline.inputs)),
            settings_outputs: settings.map_or_else(Vec::new, |of| of.fields(&of.pipeline.outputs)),
            stray_handlers,
            facts,
        })
    }

    /// The contract.
    #[must_use]
    pub fn contract(&self) -> &Contract {
        &self.declared
    }

    /// What the contract says of a phase.
    #[must_use]
    pub fn declared(&self, phase: &Phase) -> &contracts::propagation::Phase {
        &self.contract().phases[phase.index]
    }

    /// The phase of this name.
    #[must_use]
    pub fn phase(&self, name: Name) -> Option<&Phase> {
        self.phases.iter().find(|phase| phase.name == name)
    }

    /// Whether handlers alone declare it, and no contract does.
    #[must_use]
    pub fn is_code_first(&self) -> bool {
        self.code.is_some()
    }

    /// Whether all that a phase takes in, or all that it leaves, is declared: what a contract does not
    /// name is not declared, and a handler may declare one of the two alone.
    #[must_use]
    pub fn is_declared(&self, phase: &Phase, side: Side) -> bool {
        self.code.as_ref().is_none_or(|code| code.declared.contains(&(phase.index, side)))
    }

    /// The file of the contract, or of the registrations.
    #[must_use]
    pub fn file(&self) -> FileId {
        self.contract.file
    }

    /// The anchor of a node of the contract.
    #[must_use]
    pub fn anchor(&self, node: NodeId) -> Anchor {
        match &self.code {
            Some(code) => code.anchor(node),
            None => self.contract.anchor(node),
        }
    }

    /// The fields of one list of all phases, with the phase each belongs to.
    pub fn fields(&self, boundary: Boundary) -> impl Iterator<Item = (&Phase, &Field)> {
        self.phases.iter().flat_map(move |phase| {
            self.declared(phase).fields(boundary).iter().map(move |field| (phase, field))
        })
    }

    /// Whether it is said how several values of a field come together.
    #[must_use]
    pub fn merges(&self, path: FieldPath) -> bool {
        let drawn = self.drawing.as_ref().and_then(|drawing| drawing.state.channel(path.root()));
        self.order.merges(path) || drawn.is_some_and(|channel| channel.merging != Merging::Last)
    }

    /// Phases that it may begin with.
    pub fn start_phases(&self) -> impl Iterator<Item = &Phase> {
        self.order.starts().map(|phase| &self.phases[phase])
    }

    /// Phases that it may end with.
    pub fn last_phases(&self) -> impl Iterator<Item = &Phase> {
        self.order.lasts().map(|phase| &self.phases[phase])
    }
}

/// Pairs of phases of which ordering contracts say that something in the first comes before something
/// in the second.
fn ordered(companions: &[Companion]) -> Vec<(Name, Name)> {
    let bodies = companions.iter().map(|companion| &companion.facts.document.body);
    let contracts = bodies.filter_map(|body| match body {
        Body::CausalOrdering(contract) => Some(contract),
        _ => None,
    });
    let phase = |event: &Option<Event>| Some(event.as_ref()?.phase?.value);
    let pair =
        |dependency: &Dependency| Some((phase(&dependency.before)?, phase(&dependency.after)?));
    contracts.flat_map(|contract| &contract.dependencies).filter_map(pair).collect()
}

/// What belongs to a pipeline besides its contract.
#[derive(Debug, Default)]
pub struct Parts<'a> {
    /// The handlers bound to it.
    pub handlers: Vec<Handler>,
    /// The contracts of other kinds, by path.
    pub companions: Vec<Companion>,
    /// What settings say of it.
    pub settings: Option<SettingsOf<'a>>,
    /// The places of its nodes, where it is declared in code.
    pub code: Option<CodePlaces>,
    /// What code draws of it with a framework.
    pub drawing: Option<Drawing>,
}

/// What the project's settings say of one pipeline.
#[derive(Clone, Copy, Debug)]
pub struct SettingsOf<'a> {
    /// The settings file.
    pub file: FileId,
    /// Its section.
    pub pipeline: &'a PipelineSettings,
}

impl SettingsOf<'_> {
    fn fields(&self, listed: &[Spanned<String>]) -> Vec<(FieldPath, Anchor)> {
        let anchor = |span| Anchor { file: self.file, local: LocalAnchor::in_settings(span) };
        listed.iter().map(|entry| (FieldPath::parse(&entry.value), anchor(entry.span))).collect()
    }
}
