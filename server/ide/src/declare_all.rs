//! One edit that declares all that the code of a phase reads and writes and its phase does not
//! declare.
//!
//! It does what the fixes of the single findings do, together, so that no two of them are in each
//! other's way.

use std::collections::BTreeSet;

use contracts::propagation::Boundary;
use facts::places::{Anchor, FileId};
use graph::handler::ContractRef;
use graph::pipeline::{Phase, Pipeline};
use graph::sources::Sources;
use rules::finding::Finding;
use rules::fix::{Fix, Intent};
use rules::offers::declares;
use rules::rules::{undeclared_read, undeclared_write};
use syntax::edit::yaml;
use text::name::Name;
use text::span::Span;

use crate::question::{FEW_PIPELINES, Question};
use crate::target::contracts_of;

/// Below that, the fix of the one finding is all there is to do.
const FEWEST: usize = 2;

/// A phase of a pipeline.
type Seat = (ContractRef, Name);

/// The edits for the phases at a part of a file: those that handlers there carry out, those that
/// findings there are about, and in a contract those whose names stand there. `findings` are what is
/// shown of the project.
#[must_use]
pub fn declare_all(
    sources: &dyn Sources,
    findings: &[&Finding],
    (file, part): (FileId, Span),
) -> Vec<Fix> {
    let question = Question::new(sources, FEW_PIPELINES);
    let found: Vec<(&Finding, &Fix)> =
        findings.iter().filter_map(|finding| Some((*finding, declaration(finding)?))).collect();
    if found.is_empty() {
        return Vec::new();
    }
    let seats = seats(&question, &found, (file, part));
    let is_one = |name: Name| seats.iter().filter(|(_, other)| *other == name).count() == 1;
    let seats = seats.iter().take(FEW_PIPELINES);
    let fixes = seats.filter_map(|(contract, name)| {
        let pipeline = question.pipeline(*contract)?;
        let (count, intents) = together(&found, &spots(&pipeline, pipeline.phase(*name)?));
        let of = if is_one(*name) { String::new() } else { format!(" of {}", pipeline.name) };
        let title = format!("declare all {count} undeclared accesses of `{name}`{of}");
        (count >= FEWEST).then(|| Fix::offered(title, intents))
    });
    fixes.collect()
}

fn declaration(finding: &Finding) -> Option<&Fix> {
    undeclared_read::declaration(finding).or_else(|| undeclared_write::declaration(finding))
}

/// The phases that a part of a file is about.
fn seats(
    question: &Question<'_>,
    found: &[(&Finding, &Fix)],
    (file, part): (FileId, Span),
) -> BTreeSet<Seat> {
    let graph = question.graph();
    let touches = |span: Span| span.start <= part.end && part.start <= span.end;
    let mut seats: BTreeSet<Seat> = BTreeSet::new();
    for handler in graph.handlers_in(file) {
        if question.definition(handler.at).is_some_and(touches) {
            let own = graph.seats_of(handler.code).iter();
            seats.extend(own.map(|(contract, seat)| (*contract, seat.phase)));
        }
    }
    for (contract, facts) in contracts_of(question.sources, file) {
        let phases = facts.propagation().into_iter().flat_map(|declared| &declared.phases);
        let touched = phases.filter(|phase| {
            let name = question.place(contract.anchor(phase.name.at));
            name.is_some_and(|name| touches(name.span))
        });
        seats.extend(touched.map(|phase| (contract, phase.name.value)));
    }
    for (finding, fix) in found.iter().filter(|(finding, _)| finding.at.file == file) {
        if question.place(finding.at).is_some_and(|place| touches(place.span)) {
            let declared = fix.intents.iter().filter_map(declares).map(|(at, _)| at);
            seats.extend(declared.flat_map(|at| phases_at(question, at)));
        }
    }
    seats
}

/// The phases of contracts that are declared at a place.
fn phases_at(question: &Question<'_>, at: Anchor) -> Vec<Seat> {
    let mut seats = Vec::new();
    for (contract, facts) in contracts_of(question.sources, at.file) {
        let phases = facts.propagation().into_iter().flat_map(|declared| &declared.phases);
        let own = phases.filter(|phase| contract.anchor(phase.at) == at);
        seats.extend(own.map(|phase| (contract, phase.name.value)));
    }
    seats
}

/// Where a phase is declared: in the contract, or by its handlers.
fn spots(pipeline: &Pipeline, phase: &Phase) -> Vec<Anchor> {
    let sides = phase.handlers.iter().flat_map(|handler| &handler.declares.sides);
    let dicts = sides.filter_map(|side| side.dict);
    dicts.chain([pipeline.anchor(pipeline.declared(phase).at)]).collect()
}

/// What declares all that findings say of these spots, and how many declarations that are.
fn together(found: &[(&Finding, &Fix)], spots: &[Anchor]) -> (usize, Vec<Intent>) {
    let mut own: Vec<(Option<Boundary>, &Intent)> = Vec::new();
    for intent in found.iter().flat_map(|(_, fix)| &fix.intents) {
        let Some((at, boundary)) = declares(intent) else { continue };
        if spots.contains(&at) && own.iter().all(|(_, known)| *known != intent) {
            own.push((boundary, intent));
        }
    }
    // What is new then has the usual order: what comes in, then what goes out.
    own.sort_by_key(|(boundary, _)| Boundary::ALL.iter().position(|one| Some(*one) == *boundary));
    let mut contracts: Vec<(FileId, Vec<yaml::Intent>)> = Vec::new();
    let mut dicts: Vec<(Anchor, Vec<String>)> = Vec::new();
    for (_, intent) in &own {
        match intent {
            Intent::Yaml(file, intent) => add(&mut contracts, *file, [intent.clone()]),
            Intent::PythonAddItems(dict, items) => add(&mut dicts, *dict, items.iter().cloned()),
            _ => {}
        }
    }
    let contracts = contracts
        .into_iter()
        .map(|(file, intents)| Intent::Yaml(file, yaml::Intent::All(intents.into())));
    let dicts = dicts.into_iter().map(|(dict, items)| Intent::PythonAddItems(dict, items));
    (own.len(), contracts.chain(dicts).collect())
}

/// Adds what belongs to `key`.
fn add<K: PartialEq, V>(groups: &mut Vec<(K, Vec<V>)>, key: K, new: impl IntoIterator<Item = V>) {
    match groups.iter_mut().find(|(known, _)| *known == key) {
        Some((_, group)) => group.extend(new),
        None => groups.push((key, new.into_iter().collect())),
    }
}
