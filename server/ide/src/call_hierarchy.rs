//! By which calls the context comes to a function, and where it goes from there.
//!
//! Only calls that hand on the context, or a part of it, count. At the top stand phases: from a phase
//! the way leads to the functions that its handlers are started with.

use std::sync::Arc;

use contracts::path::Relation;
use facts::places::{Anchor, FileId};
use facts::python::Function;
use graph::binding::Seat;
use graph::handing::Ways;
use graph::handler::{Code, ContractRef, FunctionRef};
use graph::sources::Sources;
use text::name::Name;
use text::span::Span;

use crate::mention;
use crate::place::{Cursor, Place};
use crate::question::{FEW_PIPELINES, MANY_PIPELINES, Question};
use crate::target::{self, Symbol};

/// Something that the context comes by, as an editor shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// What it is.
    pub step: Step,
    /// What it is called.
    pub name: String,
    /// A few words more.
    pub detail: String,
    /// The file.
    pub file: FileId,
    /// All of it.
    pub whole: Span,
    /// Its name; lies within `whole`.
    pub name_span: Span,
}

/// A step on the way of the context, by names that stay the same while texts change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// A function or a method, by its file and its qualified name.
    Function(FileId, Name),
    /// A phase of a pipeline.
    Phase(ContractRef, Name),
}

/// A step before or after another, and where it is called.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// The other one.
    pub item: Item,
    /// The calls, in the text of the one that calls.
    pub at: Vec<Place>,
}

/// A step, found in the project.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Found {
    Function(FunctionRef),
    Phase(ContractRef, Name),
}

/// What stands at `cursor`: a phase; the function that is called there; else the function around it;
/// in a contract, the functions that access the field.
#[must_use]
pub fn prepare(sources: &dyn Sources, cursor: Cursor) -> Vec<Item> {
    let question = Question::new(sources, FEW_PIPELINES);
    let target = target::find(&question, cursor);
    let symbols = target.as_ref().map_or(&[][..], |target| &target.symbols);
    let in_code = matches!(sources.path(cursor.file).extension(), Some("py" | "pyi"));
    let mut found = Vec::new();
    for symbol in symbols {
        match *symbol {
            Symbol::Phase { pipeline, name } => add(&mut found, Found::Phase(pipeline, name)),
            Symbol::Field { pipeline, path } if !in_code => {
                let Some(pipeline) = question.pipeline(pipeline) else { continue };
                for mention in mention::all(&pipeline) {
                    let is_it = mention.path.relation(path) == Some(Relation::Same);
                    let site = mention.what.site().filter(|_| is_it);
                    let function = site.and_then(|site| FunctionRef::around(site.at));
                    function.into_iter().for_each(|one| add(&mut found, Found::Function(one)));
                }
            }
            _ => {}
        }
    }
    if found.is_empty() && in_code {
        found.extend(function_at(&question, cursor).map(Found::Function));
    }
    found.into_iter().filter_map(|step| item(&question, step)).collect()
}

/// The steps from which the context comes to this one.
#[must_use]
pub fn incoming(sources: &dyn Sources, step: Step) -> Vec<Call> {
    let question = Question::new(sources, MANY_PIPELINES);
    let Some(Found::Function(function)) = find(&question, step) else {
        return Vec::new();
    };
    let mut calls: Vec<(Found, Vec<Place>)> = Vec::new();
    for (contract, ways) in ways_through(&question, function) {
        for call in ways.calls.iter().filter(|call| call.to == function) {
            let caller = call.from().map(Found::Function);
            note(&mut calls, caller, question.place(call.at));
        }
        for (code, _) in ways.starts.iter().filter(|(_, start)| *start == function) {
            for (_, seat) in seats(&question, *code, contract) {
                let place = question.phase_place(contract, seat);
                note(&mut calls, Some(Found::Phase(contract, seat.phase)), place);
            }
        }
    }
    finish(&question, calls)
}

/// The steps to which the context goes from this one.
#[must_use]
pub fn outgoing(sources: &dyn Sources, step: Step) -> Vec<Call> {
    let question = Question::new(sources, MANY_PIPELINES);
    let mut calls: Vec<(Found, Vec<Place>)> = Vec::new();
    match find(&question, step) {
        Some(Found::Function(function)) => {
            for (_, ways) in ways_through(&question, function) {
                for call in ways.calls.iter().filter(|call| call.from() == Some(function)) {
                    note(&mut calls, Some(Found::Function(call.to)), question.place(call.at));
                }
            }
        }
        Some(Found::Phase(contract, phase)) => {
            for (code, start) in &question.graph().ways(contract).starts {
                let mut own = seats(&question, *code, contract);
                if let Some((_, seat)) = own.find(|(_, seat)| seat.phase == phase) {
                    let place = question.phase_place(contract, seat);
                    note(&mut calls, Some(Found::Function(*start)), place);
                }
            }
        }
        None => {}
    }
    finish(&question, calls)
}

/// The function that is called at the cursor, or else the innermost around it, if the context comes
/// by it.
fn function_at(question: &Question<'_>, cursor: Cursor) -> Option<FunctionRef> {
    let count = functions(question, cursor.file).len();
    let all = (0..u32::try_from(count).ok()?).map(|index| FunctionRef { file: cursor.file, index });
    let around = all.filter_map(|function| {
        let span = question.sources.function(function)?;
        span.touches(cursor.offset).then_some((span.len(), function))
    });
    let (_, around) = around.min()?;
    let ways = ways_through(question, around);
    let text = question.text(cursor.file);
    let called = ways.iter().flat_map(|(_, ways)| &ways.calls).filter_map(|call| {
        let place = question.place(call.at).filter(|place| place.file == cursor.file)?;
        let name = place.span.of(&text).find('(').unwrap_or(place.span.len());
        let name = Span::new(place.span.start as usize, place.span.start as usize + name);
        name.touches(cursor.offset).then_some((name.len(), call.to))
    });
    let called = called.min_by_key(|(len, _)| *len);
    let is_passed = || ways.iter().any(|(_, ways)| is_passed(ways, around));
    called.map(|(_, function)| function).or_else(|| is_passed().then_some(around))
}

fn is_passed(ways: &Ways, function: FunctionRef) -> bool {
    ways.starts.iter().any(|(_, start)| *start == function)
        || ways.calls.iter().any(|call| call.to == function)
}

/// The ways in the pipelines that come by a function.
fn ways_through(question: &Question<'_>, function: FunctionRef) -> Vec<(ContractRef, Ways)> {
    let graph = question.graph();
    let Some(facts) = functions(question, function.file).get(function.index as usize) else {
        return Vec::new();
    };
    let (pipelines, _) = graph.pipelines_through(function.file, facts.qualified, question.most);
    pipelines.into_iter().map(|contract| (contract, graph.ways(contract))).collect()
}

fn seats<'q>(
    question: &Question<'q>,
    code: Code,
    pipeline: ContractRef,
) -> impl Iterator<Item = &'q (ContractRef, Seat)> {
    question.graph().seats_of(code).iter().filter(move |(of, _)| *of == pipeline)
}

fn functions<'q>(question: &Question<'q>, file: FileId) -> &'q [Arc<Function>] {
    let facts = question.graph().files().get(file).and_then(|known| known.facts.as_ref());
    facts.and_then(|facts| facts.python.as_deref()).map_or(&[], |python| &python.functions)
}

fn find(question: &Question<'_>, step: Step) -> Option<Found> {
    match step {
        Step::Function(file, qualified) => {
            let mut known = functions(question, file).iter();
            // Of two with one name, the later counts.
            let index = known.rposition(|function| function.qualified == qualified)?;
            Some(Found::Function(FunctionRef { file, index: u32::try_from(index).ok()? }))
        }
        Step::Phase(pipeline, name) => Some(Found::Phase(pipeline, name)),
    }
}

fn item(question: &Question<'_>, found: Found) -> Option<Item> {
    match found {
        Found::Function(function) => {
            let facts = functions(question, function.file).get(function.index as usize)?;
            let at = Anchor { file: function.file, local: facts.at };
            let name = question.place(at)?.span;
            let whole = question.sources.function(function)?;
            Some(Item {
                step: Step::Function(function.file, facts.qualified),
                name: facts.qualified.to_string(),
                detail: question.sources.path(function.file).to_string(),
                file: function.file,
                whole: whole.cover(name),
                name_span: name,
            })
        }
        Found::Phase(contract, name) => {
            let mut bound = question.graph().handlers_bound_to(contract);
            let declared = question.phase_key(contract, name);
            let place = declared.or_else(|| {
                bound.find_map(|code| {
                    let (_, seat) =
                        seats(question, code, contract).find(|(_, seat)| seat.phase == name)?;
                    question.phase_place(contract, seat)
                })
            })?;
            Some(Item {
                step: Step::Phase(contract, name),
                name: name.to_string(),
                detail: format!("phase of {}", question.called(contract)),
                file: place.file,
                whole: place.span,
                name_span: place.span,
            })
        }
    }
}

fn add(found: &mut Vec<Found>, step: Found) {
    if !found.contains(&step) {
        found.push(step);
    }
}

fn note(calls: &mut Vec<(Found, Vec<Place>)>, step: Option<Found>, at: Option<Place>) {
    let (Some(step), Some(at)) = (step, at) else { return };
    match calls.iter_mut().find(|(known, _)| *known == step) {
        Some((_, places)) => {
            places.push(at);
        }
        None => calls.push((step, vec![at])),
    }
}

/// The calls in the order of files and places.
fn finish(question: &Question<'_>, calls: Vec<(Found, Vec<Place>)>) -> Vec<Call> {
    let call = |(step, mut at): (Found, Vec<Place>)| {
        at.sort();
        at.dedup();
        Some(Call { item: item(question, step)?, at })
    };
    let mut calls: Vec<Call> = calls.into_iter().filter_map(call).collect();
    calls.sort_by(|one, other| {
        let path = |call: &Call| question.sources.path(call.item.file);
        path(one).cmp(path(other)).then(one.item.name_span.cmp(&other.item.name_span))
    });
    calls
}
