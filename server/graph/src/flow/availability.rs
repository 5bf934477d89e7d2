//! Forward: is a field there when a phase begins, and who put it there.

use contracts::path::{FieldPath, Relation};
use contracts::propagation::Boundary;
use facts::places::Anchor;
use smallvec::{SmallVec, smallvec};

use crate::flow::Flow;
use crate::flow::arrivals::{Arrivals, Known};
use crate::flow::entering::enter;
use crate::flow::producer::{By, Producer, child_in};
use crate::handler::Handler;
use crate::pipeline::Phase;
use crate::summary::{Drop, Strength, Write};

/// How a field arrives at a phase, over all paths that lead there.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Arrival {
    /// Whether it is there.
    pub presence: Presence,
    /// Why it may be missing, where its presence is [`Presence::Maybe`].
    pub doubt: Doubt,
    /// The producers whose value may arrive, as indexes into [`Flow::producers`], ascending.
    pub producers: SmallVec<[usize; 2]>,
    /// Where it may have been dropped since it was produced, in the order of the phases.
    pub drops: Vec<Removal>,
    /// Whether code on the way may have written or dropped it unseen.
    pub open: bool,
}

/// A place where a field is dropped.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Removal {
    /// The phase whose code drops it, or which it leaves.
    pub phase: usize,
    /// The phase to which the edge leads that does not let it pass; none where code drops it.
    pub on_way_to: Option<usize>,
    /// Where.
    pub at: Anchor,
}

/// Whether a field is there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Presence {
    /// On no path, as far as can be seen.
    #[default]
    Absent,
    /// On some paths.
    Maybe,
    /// On every path.
    Present,
}

/// Why a field may be missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Doubt {
    /// Its producer says itself that it is optional, or the join that it may be missing; or nothing
    /// but an order that somebody declared says that its producer has run.
    pub optional: bool,
    /// It is written, or not dropped, on some paths through code or phases only.
    pub conditional: bool,
    /// Only something that may hold it is known to be there.
    pub within: bool,
}

impl Doubt {
    pub(super) fn and(self, other: Doubt) -> Doubt {
        Doubt {
            optional: self.optional || other.optional,
            conditional: self.conditional || other.conditional,
            within: self.within || other.within,
        }
    }
}

/// For each phase, whether its code may do something to fields that it does not write by name.
pub(super) fn reaching_phases(phases: &[Phase]) -> Vec<bool> {
    let reaches = |handler: &Handler| {
        handler.summary.as_ref().is_none_or(|summary| {
            let quiet = summary.drops.is_empty() && summary.ensured.is_empty();
            !quiet || summary.open_writes.is_some()
        })
    };
    phases.iter().map(|phase| phase.handlers.iter().any(reaches)).collect()
}

/// How `path` arrives at each phase.
pub(super) fn arrivals(flow: &Flow<'_>, path: FieldPath) -> Arrivals {
    let concerned: Concerned = flow.producers_of_path(path).collect();
    let mut touched: SmallVec<[bool; 32]> = SmallVec::from_slice(&flow.reaching);
    for index in &concerned {
        if let Some(phase) = flow.producers[*index].phase() {
            touched[phase.index] = true;
        }
    }
    let count = flow.pipeline.phases.len();
    let mut known = Known::new(given(flow, path, &concerned));
    let mut entry: SmallVec<[Option<usize>; 16]> = smallvec![None; count];
    let mut exit: SmallVec<[Option<usize>; 16]> = smallvec![None; count];
    // Phases in the order they run need one round. A loop takes as many as facts need to go around
    // it, which its length bounds.
    let rounds = if flow.pipeline.order.loops() { 2 * count + 2 } else { 1 };
    for _ in 0..rounds {
        let mut changed = false;
        for phase in &flow.sequence {
            let phase = *phase;
            let arrival = enter(flow, phase, path, &exit, &mut known);
            if known.same(entry[phase], arrival) {
                continue;
            }
            exit[phase] = match arrival {
                Some(place) if touched[phase] => {
                    let arrival = known.get(place).clone();
                    Some(known.add(pass(flow, phase, path, &concerned, arrival)))
                }
                same => same,
            };
            entry[phase] = arrival;
            changed = true;
        }
        if !changed {
            break;
        }
    }
    known.arrivals(entry.into_iter())
}

/// The producers that a field's arrival depends on.
type Concerned = SmallVec<[usize; 8]>;

/// What is there before the first phase.
fn given(flow: &Flow<'_>, path: FieldPath, concerned: &[usize]) -> Arrival {
    // Ways that could not be read may bring anything.
    let mut arrival = Arrival { open: !flow.pipeline.order.is_whole(), ..Arrival::default() };
    for index in concerned {
        let producer = &flow.producers[*index];
        let certain = match producer.by {
            By::Settings | By::Caller(_, Boundary::EntryRequired) => true,
            By::Caller(..) => false,
            By::Exit(..) | By::Drawn(..) | By::Code(..) => continue,
        };
        match producer.path.relation(path) {
            None => continue,
            Some(Relation::Parent) => within(&mut arrival),
            Some(_) if certain => there(&mut arrival),
            Some(_) => maybe(&mut arrival, Doubt { optional: true, ..Doubt::default() }),
        }
        arrival.producers.push(*index);
    }
    arrival
}

/// What leaves a phase: its promises are taken as kept.
fn pass(
    flow: &Flow<'_>,
    phase: usize,
    path: FieldPath,
    concerned: &[usize],
    mut arrival: Arrival,
) -> Arrival {
    let described = run_code(flow, phase, path, concerned, &mut arrival);
    for index in concerned {
        let producer = &flow.producers[*index];
        if producer.phase().is_some_and(|by| by.index == phase) {
            promise(producer, *index, path, described, &mut arrival);
        }
    }
    arrival
}

/// How `path` leaves a phase.
#[must_use]
pub fn leaving(flow: &Flow<'_>, phase: &Phase, path: FieldPath) -> Arrival {
    let concerned: Concerned = flow.producers_of_path(path).collect();
    pass(flow, phase.index, path, &concerned, flow.arrivals(path)[phase.index].clone())
}

/// How `path` leaves a phase by what came in and what its code does, its own promises left aside.
#[must_use]
pub fn after_code(flow: &Flow<'_>, phase: &Phase, path: FieldPath, arrival: &Arrival) -> Arrival {
    let mut leaving = arrival.clone();
    let concerned: Concerned = flow.producers_of_path(path).collect();
    run_code(flow, phase.index, path, &concerned, &mut leaving);
    leaving
}

/// Applies the code of a phase. Says whether that code showed what a parent of `path` holds.
fn run_code(
    flow: &Flow<'_>,
    phase: usize,
    path: FieldPath,
    concerned: &[usize],
    leaving: &mut Arrival,
) -> bool {
    let phase = &flow.pipeline.phases[phase];
    // Of several handlers for one phase, one runs.
    let alone = phase.handlers.len() == 1;
    for handler in &phase.handlers {
        let Some(summary) = &handler.summary else {
            leaving.open = true;
            continue;
        };
        leaving.open |= summary.open_writes.is_some();
        for drop in &summary.drops {
            drop_from(path, phase, drop, alone, leaving);
        }
    }
    let mut described = false;
    for index in concerned {
        if let By::Code(by, handler, write) = flow.producers[*index].by
            && by.index == phase.index
        {
            let doubt = doubt_of(handler, write);
            let certain = write.must && alone && !write.path.has_wildcard();
            described |= write_to(path, write, (certain, doubt), *index, leaving);
        }
    }
    if ensures(phase, path) {
        there(leaving);
    }
    described
}

/// Whether whichever code carries out the phase leaves with `path` in place: written on every path,
/// or there already where it was looked for, as by `setdefault`.
fn ensures(phase: &Phase, path: FieldPath) -> bool {
    let ensured = |handler: &Handler| {
        handler.summary.as_ref().is_some_and(|summary| {
            let mut fields = summary.ensured.iter().filter(|field| !field.has_wildcard());
            fields
                .any(|field| matches!(field.relation(path), Some(Relation::Same | Relation::Child)))
        })
    };
    !phase.handlers.is_empty() && phase.handlers.iter().all(ensured)
}

fn drop_from(path: FieldPath, phase: &Phase, drop: &Drop, alone: bool, leaving: &mut Arrival) {
    let hits = drop.path.is_none_or(|dropped| {
        matches!(dropped.relation(path), Some(Relation::Same | Relation::Parent))
    });
    if !hits || leaving.presence == Presence::Absent {
        return;
    }
    leaving.drops.push(Removal { phase: phase.index, on_way_to: None, at: drop.site.at });
    let exact = drop.path.is_none_or(|dropped| !dropped.has_wildcard());
    if drop.must && alone && exact {
        leaving.presence = Presence::Absent;
        leaving.producers.clear();
    } else {
        leaving.presence = Presence::Maybe;
        leaving.doubt.conditional |= exact;
        leaving.doubt.within |= !exact;
    }
}

/// Why a write that is not certain may leave its field out. Where a part of the key is not known, it
/// may be any that fits; and code that looks for a field before it writes it, as `setdefault` does,
/// may find it there on all other paths. Neither is a condition that anybody could be held to.
fn doubt_of(handler: &Handler, write: &Write) -> Doubt {
    let mut reads = handler.summary.iter().flat_map(|summary| &summary.reads);
    let looked_for = reads.any(|read| read.strength != Strength::Hard && read.path == write.path);
    let within = looked_for || write.path.has_wildcard();
    Doubt { conditional: !within, within, ..Doubt::default() }
}

/// Applies one write. Says whether it is known to hold, or to lack, the part that `path` names.
fn write_to(
    path: FieldPath,
    write: &Write,
    (certain, conditional): (bool, Doubt),
    index: usize,
    leaving: &mut Arrival,
) -> bool {
    match write.path.relation(path) {
        None => return false,
        Some(Relation::Parent) => match child_in(write, path) {
            Some(false) if certain => {
                leaving.presence = Presence::Absent;
                leaving.producers.clear();
                return true;
            }
            Some(false) => {
                if leaving.presence == Presence::Present {
                    leaving.presence = Presence::Maybe;
                    leaving.doubt = leaving.doubt.and(conditional);
                }
                return false;
            }
            Some(true) if certain => there(leaving),
            Some(true) => maybe(leaving, conditional),
            None => within(leaving),
        },
        Some(_) if certain => there(leaving),
        Some(_) => maybe(leaving, conditional),
    }
    if certain && write.path == path {
        leaving.producers.clear();
    }
    leaving.producers.push(index);
    leaving.producers.sort_unstable();
    leaving.producers.dedup();
    false
}

/// Applies one declared exit, or what the topology says of the phase.
fn promise(
    producer: &Producer<'_>,
    index: usize,
    path: FieldPath,
    described: bool,
    leaving: &mut Arrival,
) {
    let certain = match producer.by {
        By::Exit(_, _, boundary) => boundary == Boundary::ExitRequired,
        By::Drawn(..) => true,
        By::Caller(..) | By::Settings | By::Code(..) => return,
    };
    match producer.path.relation(path) {
        None => return,
        // The code shows what the parent holds: its promise says no more than that.
        Some(Relation::Parent) if described => return,
        Some(Relation::Parent) => within(leaving),
        Some(_) if certain => there(leaving),
        Some(_) => maybe(leaving, Doubt { optional: true, ..Doubt::default() }),
    }
    leaving.producers.push(index);
    leaving.producers.sort_unstable();
    leaving.producers.dedup();
}

fn there(arrival: &mut Arrival) {
    arrival.presence = Presence::Present;
    arrival.doubt = Doubt::default();
    arrival.drops.clear();
}

fn maybe(arrival: &mut Arrival, doubt: Doubt) {
    if arrival.presence != Presence::Present {
        arrival.presence = Presence::Maybe;
        arrival.doubt = arrival.doubt.and(doubt);
    }
}

fn within(arrival: &mut Arrival) {
    maybe(arrival, Doubt { within: true, ..Doubt::default() });
}
