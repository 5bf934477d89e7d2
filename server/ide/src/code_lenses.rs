//! What stands above handlers and phases: how much of the context they read and write, and how much of
//! that nobody has declared.

use std::collections::BTreeSet;

use contracts::path::{FieldPath, Relation};
use facts::places::FileId;
use facts::python::declarations::Side;
use graph::discovery::FoundHandler;
use graph::handler::{ContractRef, Handler};
use graph::pipeline::{Phase, Pipeline};
use graph::sources::Sources;
use graph::summary::{Read, Strength};
use text::span::Span;

use crate::mention::{self, Mention, What};
use crate::place::Place;
use crate::question::{FEW_PIPELINES, MANY_PIPELINES, Question};
use crate::target::contracts_of;

/// How many lenses one handler gets that several phases share.
const MOST_LENSES: usize = 3;

/// How many places one lens leads to.
const MOST_PLACES: usize = 500;

/// A line above a handler or a phase.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodeLens {
    /// What it is about.
    pub span: Span,
    /// What it says.
    pub title: String,
    /// The accesses that it counts, by path and place.
    pub places: Vec<Place>,
}

/// The lenses of a file, in the order of their places.
#[must_use]
pub fn code_lenses(sources: &dyn Sources, file: FileId) -> Vec<CodeLens> {
    let question = Question::new(sources, MANY_PIPELINES);
    let mut lenses: Vec<CodeLens> = Vec::new();
    let handlers = question.graph().handlers_in(file).iter();
    lenses.extend(handlers.flat_map(|handler| of_handler(&question, handler)));
    for (contract, _) in contracts_of(sources, file) {
        lenses.extend(of_contract(&question, contract));
    }
    lenses.sort_by_key(|lens| lens.span);
    lenses
}

/// One lens for each phase that the handler carries out; those that say the same are one.
fn of_handler(question: &Question<'_>, handler: &FoundHandler) -> Vec<CodeLens> {
    let Some(span) = question.sources.span(handler.at) else { return Vec::new() };
    let seats = question.graph().seats_of(handler.code);
    let mut lenses: Vec<CodeLens> = Vec::new();
    for (contract, seat) in seats.iter().take(FEW_PIPELINES) {
        let Some(pipeline) = question.pipeline(*contract) else { continue };
        let phase = pipeline.phase(seat.phase);
        let handlers = match phase {
            Some(phase) => &phase.handlers,
            None => &pipeline.stray_handlers,
        };
        let own = handlers.iter().find(|one| one.code == handler.code && one.phase == seat.phase);
        let Some(own) = own.filter(|own| own.summary.is_some()) else { continue };
        let count = Count::of(&pipeline, phase, std::slice::from_ref(own));
        let name = if seats.len() > 1 { format!("{}: ", seat.phase) } else { String::new() };
        let title = format!("{name}{}", count.words());
        if lenses.len() < MOST_LENSES && lenses.iter().all(|known| known.title != title) {
            lenses.push(CodeLens { span, title, places: count.places(question) });
        }
    }
    lenses
}

/// One lens for each phase that somebody carries out.
fn of_contract(question: &Question<'_>, contract: ContractRef) -> Vec<CodeLens> {
    let Some(pipeline) = question.pipeline(contract) else { return Vec::new() };
    let lens = |phase: &Phase| {
        let key = question.place(pipeline.anchor(pipeline.declared(phase).name.at))?;
        let is_seen = phase.handlers.iter().any(|handler| handler.summary.is_some());
        let count = is_seen.then(|| Count::of(&pipeline, Some(phase), &phase.handlers))?;
        Some(CodeLens { span: key.span, title: count.words(), places: count.places(question) })
    };
    pipeline.phases.iter().filter_map(lens).collect()
}

/// What some handlers of one phase do with the context.
struct Count<'p> {
    mentions: Vec<Mention<'p>>,
    reads: BTreeSet<FieldPath>,
    writes: BTreeSet<FieldPath>,
    undeclared: BTreeSet<FieldPath>,
    /// Whether there may be more reads, and more writes.
    open: [bool; 2],
}

impl<'p> Count<'p> {
    fn of(pipeline: &Pipeline, phase: Option<&Phase>, handlers: &'p [Handler]) -> Count<'p> {
        let mut mentions = Vec::new();
        for handler in handlers {
            mention::in_code(handler, phase.map(|phase| phase.index), &mut mentions);
        }
        let (mut reads, mut writes) = (BTreeSet::new(), BTreeSet::new());
        let mut undeclared = BTreeSet::new();
        for mention in &mentions {
            let path = mention.path;
            let is_declared = match mention.what {
                What::Read(read) if read.exposed => {
                    reads.insert(path);
                    phase.is_none_or(|phase| declares_read(pipeline, phase, read))
                }
                What::Write(_) => {
                    writes.insert(path);
                    phase.is_none_or(|phase| declares_write(pipeline, phase, path))
                }
                _ => true,
            };
            // No contract declares what is the code's own, or has no name.
            let has_name = !path.has_wildcard() && !path.root().as_str().starts_with('_');
            if has_name && !is_declared {
                undeclared.insert(path);
            }
        }
        // To declare the whole is enough.
        let wholes = undeclared.clone();
        undeclared.retain(|path: &FieldPath| {
            let mut outer = std::iter::successors(path.parent(), |path| path.parent());
            !outer.any(|whole| wholes.contains(&whole))
        });
        let summaries = || handlers.iter().filter_map(|handler| handler.summary.as_ref());
        let open = [
            summaries().any(|summary| summary.open_reads.is_some()),
            summaries().any(|summary| summary.open_writes.is_some()),
        ];
        Count { mentions, reads, writes, undeclared, open }
    }

    fn words(&self) -> String {
        let counted = [("reads", &self.reads), ("writes", &self.writes)];
        let mut parts: Vec<String> = counted
            .into_iter()
            .zip(self.open)
            .filter(|((_, fields), open)| !fields.is_empty() || *open)
            .map(|((verb, fields), open)| match (fields.len(), open) {
                (0, true) => format!("{verb} what cannot be seen"),
                (count, true) => format!("{verb} at least {count}"),
                (count, false) => format!("{verb} {count}"),
            })
            .collect();
        if parts.is_empty() {
            parts.push("neither reads nor writes".to_owned());
        }
        if !self.undeclared.is_empty() {
            parts.push(format!("{} undeclared", self.undeclared.len()));
        }
        parts.join(", ")
    }

    fn places(&self, question: &Question<'_>) -> Vec<Place> {
        let counts = |mention: &&Mention<'_>| match mention.what {
            What::Read(read) => read.exposed,
            what => matches!(what, What::Write(_)),
        };
        let counted = self.mentions.iter().filter(counts);
        let mut places: Vec<Place> =
            counted.filter_map(|mention| mention.place(question)).collect();
        let path = |place: &Place| question.sources.path(place.file);
        places.sort_by(|one, other| path(one).cmp(path(other)).then(one.span.cmp(&other.span)));
        places.dedup();
        places.truncate(MOST_PLACES);
        places
    }
}

/// Whether the phase says anything of the field. What it produces it may look for before.
fn declares_read(pipeline: &Pipeline, phase: &Phase, read: &Read) -> bool {
    let mut asks = pipeline.order.asks(phase.index);
    let drawn = asks.any(|ask| ask.field.relation(read.path).is_some());
    drawn
        || !pipeline.is_declared(phase, Side::Requires)
        || pipeline.declared(phase).all_fields().any(|(boundary, field)| {
            let is_related = field.path.value.relation(read.path).is_some();
            is_related && (boundary.is_entry() || read.strength != Strength::Hard)
        })
}

/// Whether the phase promises the field, or what it is set in is asked for.
fn declares_write(pipeline: &Pipeline, phase: &Phase, path: FieldPath) -> bool {
    let mut products = pipeline.order.products(phase.index);
    let drawn = products.any(|product| product.field.relation(path).is_some());
    drawn
        || !pipeline.is_declared(phase, Side::Produces)
        || pipeline.declared(phase).all_fields().any(|(boundary, field)| {
            match field.path.value.relation(path) {
                Some(Relation::Parent) => true,
                Some(_) => !boundary.is_entry(),
                None => false,
            }
        })
}
