//! How a field comes into a phase, on one way or on several.

use contracts::path::{FieldPath, Relation};

use crate::flow::Flow;
use crate::flow::arrivals::Known;
use crate::flow::availability::{Arrival, Doubt, Presence, Removal};
use crate::order::plan::{MergePolicy, Taken};
use crate::order::{Entrance, Merging, Way};

/// The meet of all ways into a phase, by what leaves the phases they come from; none while none of
/// them has been followed yet.
pub(super) fn enter(
    flow: &Flow<'_>,
    phase: usize,
    path: FieldPath,
    exits: &[Option<usize>],
    known: &mut Known,
) -> Option<usize> {
    let entrance = &flow.entrances[phase];
    match entrance.ways.as_slice() {
        [] => entrance.is_start.then_some(0),
        [way] if way.passage.is_none() => exits[way.from],
        ways => {
            let crossing = Crossing { flow, phase, path };
            let arrived = crossing.together(entrance, exits, known);
            let ordered = ways.iter().filter(|way| is_taken(way, false));
            ordered.fold(arrived, |arrived, way| lend(arrived, exits[way.from], known))
        }
    }
}

/// Whether a way is ever taken, or is never.
fn is_taken(way: &Way<'_>, taken: bool) -> bool {
    way.passage.is_none_or(|passage| passage.taken != Taken::Never) == taken
}

/// A field on its ways into a phase.
struct Crossing<'a, 'p> {
    flow: &'a Flow<'p>,
    phase: usize,
    path: FieldPath,
}

impl Crossing<'_, '_> {
    /// What comes in on all ways that are taken.
    fn together(
        &self,
        entrance: &Entrance<'_>,
        exits: &[Option<usize>],
        known: &mut Known,
    ) -> Option<usize> {
        let merging = entrance.merges.iter().find(|merging| self.is_covered_by(merging.field));
        let mut of_any = None;
        let mut of_all = entrance.is_start.then_some(0);
        for way in entrance.ways.iter().filter(|way| is_taken(way, true)) {
            let Some(exit) = exits[way.from] else { continue };
            let arriving = self.cross(way, exit, known);
            if merging.is_some_and(|merging| comes_from_any(merging, entrance, way.from)) {
                of_any = together(of_any, arriving, known, either);
            } else {
                of_all = together(of_all, arriving, known, meet);
            }
        }
        let joined = match (of_any, of_all) {
            (Some(any), of_all) => together(of_all, any, known, meet),
            (None, of_all) => of_all,
        };
        let optional = merging.is_some_and(|merging| merging.policy == MergePolicy::Optional);
        match joined {
            Some(place) if optional && known.get(place).presence == Presence::Maybe => {
                let mut arrival = known.get(place).clone();
                arrival.doubt.optional = true;
                Some(known.add(arrival))
            }
            joined => joined,
        }
    }

    /// What is left of the field at the end of a way.
    fn cross(&self, way: &Way<'_>, exit: usize, known: &mut Known) -> usize {
        let drops = way.passage.iter().flat_map(|passage| &passage.drops);
        let dropped: Vec<_> = drops.filter(|(dropped, _)| self.is_covered_by(*dropped)).collect();
        if dropped.is_empty() || known.get(exit).presence == Presence::Absent {
            return exit;
        }
        let mut arrival = known.get(exit).clone();
        for (field, node) in dropped {
            let at = self.flow.pipeline.anchor(*node);
            arrival.drops.push(Removal { phase: way.from, on_way_to: Some(self.phase), at });
            if field.has_wildcard() {
                arrival.presence = arrival.presence.min(Presence::Maybe);
                arrival.doubt.within = true;
            } else {
                arrival.presence = Presence::Absent;
                arrival.producers.clear();
            }
        }
        known.add(arrival)
    }

    /// Whether what is said of `field` is said of the path: it is the same, or holds it.
    fn is_covered_by(&self, field: FieldPath) -> bool {
        matches!(field.relation(self.path), Some(Relation::Same | Relation::Parent))
    }
}

/// Whether a field may come on this way or on another one, as is said of the join.
fn comes_from_any(merging: &Merging, entrance: &Entrance<'_>, from: usize) -> bool {
    // Sources may lie further back than the ways in, which then are all meant.
    let is_source = |way: &Way<'_>| merging.sources.contains(&way.from);
    merging.policy == MergePolicy::Any
        && (merging.sources.contains(&from) || !entrance.ways.iter().any(is_source))
}

fn together(
    held: Option<usize>,
    other: usize,
    known: &mut Known,
    join: fn(&Arrival, &Arrival) -> Arrival,
) -> Option<usize> {
    match held {
        Some(held) if !known.same(Some(held), Some(other)) => {
            Some(known.add(join(known.get(held), known.get(other))))
        }
        _ => Some(other),
    }
}

/// What is there on whichever of two ways was taken.
fn meet(one: &Arrival, other: &Arrival) -> Arrival {
    let mut joined = gathered(one, other);
    if one.presence != other.presence {
        joined.doubt.conditional = true;
        joined.presence = Presence::Maybe;
    }
    joined
}

/// What is there where either of two branches may bring it.
fn either(one: &Arrival, other: &Arrival) -> Arrival {
    let mut joined = gathered(one, other);
    joined.presence = one.presence.max(other.presence);
    if joined.presence == Presence::Present {
        joined.doubt = Doubt::default();
        joined.drops.clear();
    }
    joined
}

fn gathered(one: &Arrival, other: &Arrival) -> Arrival {
    let mut producers = one.producers.clone();
    producers.extend_from_slice(&other.producers);
    producers.sort_unstable();
    producers.dedup();
    let mut drops = one.drops.clone();
    drops.extend(&other.drops);
    drops.sort_unstable();
    drops.dedup();
    Arrival {
        presence: one.presence,
        doubt: one.doubt.and(other.doubt),
        producers,
        drops,
        open: one.open || other.open,
    }
}

/// What is there where a phase on no way in is known to run before: what it leaves may be there as
/// well, which is no condition that anybody could be held to.
fn lend(arrived: Option<usize>, exit: Option<usize>, known: &mut Known) -> Option<usize> {
    let (Some(arrived), Some(exit)) = (arrived, exit) else { return arrived };
    let (held, lent) = (known.get(arrived), known.get(exit));
    let brings = held.presence != Presence::Present && lent.presence != Presence::Absent;
    if !brings && (held.open || !lent.open) {
        return Some(arrived);
    }
    let mut joined = gathered(held, lent);
    joined.drops.clone_from(&held.drops);
    if brings {
        joined.presence = Presence::Maybe;
        joined.doubt.optional = true;
        joined.drops.clear();
    }
    Some(known.add(joined))
}
