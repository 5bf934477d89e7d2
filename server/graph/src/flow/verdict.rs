//! Is a demand met, and if not, for which one reason.
//!
//! Several rules look at demands. Each demand gets one verdict, so that one cause gives one finding
//! whichever rule speaks.

use std::rc::Rc;

use contracts::path::FieldPath;
use contracts::propagation::Severity;
use facts::places::Anchor;
use facts::python::declarations::Side;
use text::near::{Nearness, nearness};

use crate::drawn::Supply;
use crate::flow::Flow;
use crate::flow::availability::{Arrival, Presence, leaving};
use crate::flow::demand::{Demand, Wanted};
use crate::order::plan::{Ask, AskedBy};
use crate::pipeline::Phase;
use crate::summary::Strength;

/// What is to be said of a demand.
#[derive(Clone, PartialEq, Debug)]
pub enum Verdict {
    /// It is met, or may be met in a way that is legitimate or cannot be seen.
    Met,
    /// `source_phase` is wrong, which explains it; the rule for that speaks.
    WrongSource,
    /// Only a later phase produces the field: the index of its producer.
    Late(usize),
    /// It was there and was dropped, here.
    Dropped(Vec<Anchor>),
    /// It is there on some paths only, for a demand that cannot do without.
    Conditional,
    /// It is there on some paths only, and a default hides that of a critical field.
    SometimesShadowed,
    /// Nothing produces it, and a default hides that; with the nearest name that is produced.
    Shadowed(Option<usize>),
    /// Nothing produces it; with the nearest name that is produced.
    Dangling(Option<usize>),
    /// Nothing that can be seen produces it, but code that cannot be seen through may.
    Unseen,
}

/// A demand and its verdict.
#[derive(Clone, Debug)]
pub struct Judged<'f, 'p> {
    /// The demand.
    pub demand: &'f Demand<'p>,
    /// How its field arrives.
    pub arrival: Rc<Arrival>,
    /// What is to be said.
    pub verdict: Verdict,
}

/// All demands with their verdicts, in the order of the phases.
///
/// What an entry of the phase covers is not judged again where the entry's own verdict explains it.
#[must_use]
pub fn judge<'f, 'p>(flow: &'f Flow<'p>) -> Vec<Judged<'f, 'p>> {
    let mut judged: Vec<Judged<'f, 'p>> = Vec::with_capacity(flow.demands.len());
    for demand in &flow.demands {
        let mut arrival = match demand.handed_to() {
            Some(_) => Rc::new(leaving(flow, demand.phase, demand.path)),
            None => Rc::clone(flow.arrivals(demand.path).at(demand.phase.index)),
        };
        if !arrival.open && demand.read().is_some_and(|(_, read)| read.maybe_own) {
            Rc::make_mut(&mut arrival).open = true;
        }
        let explained = demand.entry().is_none()
            && judged
                .iter()
                .rev()
                .take_while(|other| other.demand.phase.index == demand.phase.index)
                .any(|other| explains(other, demand));
        let verdict = if explained { Verdict::Met } else { verdict(flow, demand, &arrival) };
        judged.push(Judged { demand, arrival, verdict });
    }
    judged
}

/// Whether the verdict over an entry says all there is to say about a read of its phase.
fn explains(entry: &Judged<'_, '_>, read: &Demand<'_>) -> bool {
    entry.demand.read().is_none()
        && entry.demand.handed_to().is_none()
        && entry.verdict != Verdict::Met
        && entry.demand.path.relation(read.path).is_some()
}

fn verdict(flow: &Flow<'_>, demand: &Demand<'_>, arrival: &Arrival) -> Verdict {
    let order = &flow.pipeline.order;
    if let Some(drawing) = &flow.pipeline.drawing {
        match drawing.supply(demand.phase.name, demand.path) {
            // What the node itself puts there is its own.
            Supply::Nobody if demand.read().is_some_and(|(_, read)| read.maybe_own) => {
                return Verdict::Met;
            }
            Supply::Nobody if writes_itself(demand) => return Verdict::Met,
            Supply::Nobody => return lacking(flow, demand),
            Supply::Elsewhere => return Verdict::Met,
            Supply::Nodes => {}
        }
    }
    match arrival.presence {
        Presence::Present => Verdict::Met,
        _ if is_passed_by(flow, demand) => Verdict::Met,
        // Where ways are missing, or none leads, that is what there is to be said.
        _ if !order.is_whole() || !order.is_reachable(demand.phase.index) => Verdict::Met,
        Presence::Maybe => uncertain(flow, demand, arrival),
        Presence::Absent if is_kept_by_phase(demand) || is_taken_if_there(demand) => Verdict::Met,
        Presence::Absent => absent(flow, demand, arrival),
    }
}

/// A field that no schema of a workflow declares: whoever writes it, it does not arrive.
fn lacking(flow: &Flow<'_>, demand: &Demand<'_>) -> Verdict {
    let near = near_producer(flow, demand);
    if demand.has_default() { Verdict::Shadowed(near) } else { Verdict::Dangling(near) }
}

/// A field that is there on some paths only.
fn uncertain(flow: &Flow<'_>, demand: &Demand<'_>, arrival: &Arrival) -> Verdict {
    if arrival.open || arrival.doubt.within || is_kept_by_phase(demand) {
        return Verdict::Met;
    }
    // Which field is there goes with a value of another one, here and where it was written.
    if demand.read().is_some_and(|(_, read)| read.chosen) {
        return Verdict::Met;
    }
    // A required entry fed by an optional exit is a quarrel between two lines of the contract, which
    // `severity-conflict` is for; code that fails on the absence is another matter.
    let is_code = matches!(demand.by, Wanted::Code(..));
    if demand.is_hard() && arrival.doubt.conditional && (is_code || !arrival.doubt.optional) {
        return match dropped(arrival) {
            Some(drops) => Verdict::Dropped(drops),
            None => Verdict::Conditional,
        };
    }
    if demand.has_default() && critical_by(flow, demand.path).is_some() {
        return Verdict::SometimesShadowed;
    }
    Verdict::Met
}

/// A field that is there on no path.
fn absent(flow: &Flow<'_>, demand: &Demand<'_>, arrival: &Arrival) -> Verdict {
    if let Some(drops) = dropped(arrival) {
        return Verdict::Dropped(drops);
    }
    // Where the start does not say what it is given, that may be anything.
    if !flow.pipeline.start_phases().all(|phase| flow.pipeline.is_declared(phase, Side::Requires)) {
        return Verdict::Unseen;
    }
    let is_code = matches!(demand.by, Wanted::Code(..));
    if is_code && arrival.open {
        return Verdict::Unseen;
    }
    if !is_code && names_wrong_source(flow, demand) {
        return Verdict::WrongSource;
    }
    if let Some(producer) = late_producer(flow, demand) {
        return Verdict::Late(producer);
    }
    if arrival.open {
        return Verdict::Unseen;
    }
    let near = near_producer(flow, demand);
    if demand.has_default() { Verdict::Shadowed(near) } else { Verdict::Dangling(near) }
}

/// Whether code never comes to a read, since another field, which it would have to miss, is there.
#[must_use]
pub fn is_passed_by(flow: &Flow<'_>, demand: &Demand<'_>) -> bool {
    demand.read().is_some_and(|(_, read)| {
        let is_there = |path: &FieldPath| {
            flow.arrivals(*path).at(demand.phase.index).presence == Presence::Present
        };
        read.lacking.iter().any(is_there)
    })
}

/// Whether the topology lets the phase do without the field.
fn is_taken_if_there(demand: &Demand<'_>) -> bool {
    matches!(demand.by, Wanted::Drawn(Ask { by: AskedBy::NodeIfThere, .. }))
}

/// Whether the phase's own code writes the field it reads: `setdefault`, a counter, a cache. The
/// first round finds nothing there, by design.
fn is_kept_by_phase(demand: &Demand<'_>) -> bool {
    demand.read().is_some_and(|(_, read)| read.strength != Strength::Hard) && writes_itself(demand)
}

/// Whether the code that reads a field writes it as well.
fn writes_itself(demand: &Demand<'_>) -> bool {
    let Some((handler, read)) = demand.read() else { return false };
    let mut writes = handler.summary.iter().flat_map(|summary| &summary.writes);
    writes.any(|write| write.path.relation(read.path).is_some())
}

fn dropped(arrival: &Arrival) -> Option<Vec<Anchor>> {
    let places: Vec<Anchor> = arrival.drops.iter().map(|removal| removal.at).collect();
    (!places.is_empty()).then_some(places)
}

/// A producer of the field itself, or of a part of it, that runs only after the demand's phase.
fn late_producer(flow: &Flow<'_>, demand: &Demand<'_>) -> Option<usize> {
    flow.producers_of_path(demand.path).find(|index| {
        let producer = &flow.producers[*index];
        producer.concerns(demand.path)
            && producer.phase().is_some_and(|phase| {
                phase.index != demand.phase.index && runs_before(flow, demand.phase, phase)
            })
    })
}

/// Whether the entry names a `source_phase` that cannot be it. A phase that does not exist is the
/// business of `unknown-phase`, which then also explains the demand.
fn names_wrong_source(flow: &Flow<'_>, demand: &Demand<'_>) -> bool {
    demand.entry().and_then(|(field, _)| field.source_phase).is_some_and(|source| {
        match flow.pipeline.phase(source.value) {
            None => true,
            Some(phase) => source_fault(flow, demand.phase, phase, demand.path).is_some(),
        }
    })
}

/// Why a phase cannot be the source of a field for another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SourceFault {
    /// It is the phase itself.
    Itself,
    /// It runs later.
    Later,
    /// It runs neither before nor after.
    Apart,
    /// It does not produce the field.
    NotProducer,
}

/// What is wrong with `source` as the source of `path` for `phase`; none where nothing is.
#[must_use]
pub fn source_fault(
    flow: &Flow<'_>,
    phase: &Phase,
    source: &Phase,
    path: FieldPath,
) -> Option<SourceFault> {
    if source.index == phase.index {
        return Some(SourceFault::Itself);
    }
    if !runs_before(flow, source, phase) {
        let later = runs_before(flow, phase, source);
        return Some(if later { SourceFault::Later } else { SourceFault::Apart });
    }
    (!may_produce(flow, source, path)).then_some(SourceFault::NotProducer)
}

/// Whether a phase produces a field, or a part of it, or what may hold it, or brings it in as an
/// input of the pipeline, or runs code that may.
#[must_use]
pub fn may_produce(flow: &Flow<'_>, phase: &Phase, path: FieldPath) -> bool {
    let produces = flow.producers_of_path(path).any(|index| {
        let producer = &flow.producers[index];
        producer.phase().is_some_and(|by| by.index == phase.index) && producer.concerns(path)
    });
    let is_start = flow.pipeline.start_phases().any(|start| start.index == phase.index);
    let brings = is_start
        && flow.producers_of_path(path).any(|index| flow.producers[index].phase().is_none());
    produces || brings || phase.is_open_for_writes()
}

/// Whether one phase may run before another.
#[must_use]
pub fn runs_before(flow: &Flow<'_>, first: &Phase, then: &Phase) -> bool {
    flow.pipeline.order.runs_before(first.index, then.index)
}

/// The producer before the demand whose field somebody may have meant; none where two are as near.
///
/// A name that has readers of its own is offered only where it is a slip of the finger away: fields
/// of one pipeline share words on purpose.
fn near_producer(flow: &Flow<'_>, demand: &Demand<'_>) -> Option<usize> {
    let mut best: Option<(Nearness, FieldPath, usize)> = None;
    let mut tied = false;
    let before = flow.pipeline.order.before(demand.phase.index);
    for (index, producer) in flow.producers.iter().enumerate() {
        let own = |phase: &Phase| phase.index == demand.phase.index;
        let early =
            producer.phase().is_none_or(|phase| !own(phase) && before.contains(phase.index));
        if !early {
            continue;
        }
        let Some(near) = near_path(demand.path, producer.path) else { continue };
        let is_wanted = || flow.demands.iter().any(|other| other.path == producer.path);
        if near == Nearness::Words && is_wanted() {
            continue;
        }
        match best {
            // The code's own write is the better place to point at, and comes after the exit.
            Some((_, path, _)) if path == producer.path => {
                if producer.exit().is_none() {
                    best = Some((near, path, index));
                }
            }
            Some((nearest, ..)) if near > nearest => {}
            Some((nearest, ..)) if near == nearest => tied = true,
            _ => {
                best = Some((near, producer.path, index));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied).map(|(.., index)| index)
}

/// How near two paths are: one segment may differ, and that one must be near.
#[must_use]
pub fn near_path(one: FieldPath, other: FieldPath) -> Option<Nearness> {
    if one.segments().len() != other.segments().len() {
        return None;
    }
    let mut different =
        one.segments().iter().zip(other.segments()).filter(|(mine, theirs)| mine != theirs);
    let (mine, theirs) = different.next()?;
    different.next().is_none().then(|| nearness(mine.as_str(), theirs.as_str())).flatten()
}

/// What makes a field's absence matter, if anything does: that it is blocking in an entry of the
/// contract, or promised in an `exit.required`. An optional exit counts only where it says so itself.
#[must_use]
pub fn critical_by(flow: &Flow<'_>, path: FieldPath) -> Option<Anchor> {
    use contracts::propagation::Boundary::{
        EntryEnrichment, EntryRequired, ExitOptional, ExitRequired,
    };
    let phases = flow.pipeline.phases.iter();
    let mut fields = phases.flat_map(|phase| flow.pipeline.declared(phase).all_fields());
    let found = fields.find(|(boundary, field)| {
        let blocking = field.severity == Severity::Blocking;
        let matters = match boundary {
            ExitRequired => true,
            EntryRequired | EntryEnrichment => blocking,
            ExitOptional => blocking && field.severity_at.is_some(),
        };
        matters && field.path.value == path
    });
    found.map(|(_, field)| flow.pipeline.anchor(field.path.at))
}
