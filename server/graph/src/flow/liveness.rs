//! Backward: does anybody want a field, and may its value be lost on the way.

use contracts::path::FieldPath;
use facts::places::Anchor;

use crate::flow::Flow;
use crate::order::plan::Passage;
use crate::pipeline::Phase;
use crate::summary::Write;

/// Who has a use for a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Use {
    /// An entry, or a read in code.
    Demanded,
    /// A chain.
    Chained,
    /// Whoever takes the pipeline's result.
    Output,
    /// The phase that writes it reads it again.
    Own,
    /// Code that reads more than can be seen may.
    Unseen,
}

/// The first use that `path`, or what holds it, or a part of it, is put to anywhere in the pipeline.
#[must_use]
pub fn use_of(flow: &Flow<'_>, path: FieldPath) -> Option<Use> {
    if flow.demands_for(path).next().is_some() {
        return Some(Use::Demanded);
    }
    if is_chained(flow, path) {
        return Some(Use::Chained);
    }
    if is_output(flow, path) {
        return Some(Use::Output);
    }
    let handlers = || flow.pipeline.phases.iter().flat_map(|phase| &phase.handlers);
    let mut reads =
        handlers().filter_map(|handler| handler.summary.as_ref()).flat_map(|s| &s.reads);
    if reads.any(|read| read.path.relation(path).is_some()) {
        return Some(Use::Own);
    }
    flow.pipeline.phases.iter().any(Phase::is_open_for_reads).then_some(Use::Unseen)
}

/// Whether a chain starts, passes or ends at the field.
#[must_use]
pub fn is_chained(flow: &Flow<'_>, path: FieldPath) -> bool {
    flow.pipeline.contract().chains.iter().any(|chain| {
        chain
            .endpoints()
            .filter_map(|endpoint| endpoint.field)
            .any(|field| field.value.relation(path).is_some())
    })
}

/// Whether the field leaves the pipeline: an exit of a last phase, or an output that settings name.
#[must_use]
pub fn is_output(flow: &Flow<'_>, path: FieldPath) -> bool {
    let named = flow.pipeline.settings_outputs.iter().map(|(field, _)| *field);
    let exits = flow.pipeline.last_phases().flat_map(|phase| {
        flow.pipeline
            .declared(phase)
            .all_fields()
            .filter(|(boundary, _)| !boundary.is_entry())
            .map(|(_, field)| field.path.value)
    });
    named.chain(exits).any(|field| field.relation(path).is_some())
}

/// Where a write's value is overwritten by later phases on every path before anybody reads it: the
/// first overwrite on each; none when it may be of use.
#[must_use]
pub fn overwrites(flow: &Flow<'_>, phase: &Phase, write: &Write) -> Option<Vec<Anchor>> {
    let order = &flow.pipeline.order;
    if !order.is_whole() {
        return None;
    }
    let path = write.path;
    let mut found = Vec::new();
    let mut visited = vec![false; flow.pipeline.phases.len()];
    let mut waiting = vec![phase.index];
    while let Some(phase) = waiting.pop() {
        if order.is_last(phase) {
            return None;
        }
        for (next, passage) in order.after(phase) {
            if passage.is_some_and(|passage| !lets_pass(passage, path)) {
                return None;
            }
            if std::mem::replace(&mut visited[next], true) {
                continue;
            }
            let phase = &flow.pipeline.phases[next];
            if may_use(flow, phase, path) {
                return None;
            }
            match certain_write(phase, path) {
                Some(at) => found.push(at),
                None => waiting.push(next),
            }
        }
    }
    // A phase that runs at any time may run in between.
    let apart = order.apart_from(phase.index);
    let mut others = flow.pipeline.phases.iter().filter(|other| apart.contains(other.index));
    if others.any(|other| may_use(flow, other, path)) {
        return None;
    }
    found.sort_unstable();
    found.dedup();
    (!found.is_empty()).then_some(found)
}

/// Whether nothing of a field is lost between two phases.
fn lets_pass(passage: &Passage, path: FieldPath) -> bool {
    passage.drops.iter().all(|(dropped, _)| dropped.relation(path).is_none())
}

/// Whether a phase may read what comes in at `path`.
fn may_use(flow: &Flow<'_>, phase: &Phase, path: FieldPath) -> bool {
    let wanted = flow.demands_for(path).any(|demand| demand.phase.index == phase.index);
    let chained = flow.pipeline.contract().chains.iter().any(|chain| {
        // Where a chain begins, its field is written; further on it is looked at.
        chain.waypoints.iter().chain(&chain.destination).any(|endpoint| {
            endpoint.phase.is_some_and(|name| name.value == phase.name)
                && endpoint.field.is_some_and(|field| field.value.relation(path).is_some())
        })
    });
    wanted || chained || phase.is_open_for_reads()
}

fn certain_write(phase: &Phase, path: FieldPath) -> Option<Anchor> {
    let [handler] = phase.handlers.as_slice() else { return None };
    let writes = handler.summary.iter().flat_map(|summary| &summary.writes);
    writes.filter(|write| write.must && write.path == path).map(|write| write.site.at).next()
}
