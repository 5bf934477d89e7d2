//! Backward: does anybody want a field, and may its value be lost on the way.

use contracts::path::FieldPath;
use facts::places::Anchor;
use petgraph::Direction;
use petgraph::graph::NodeIndex;

use crate::flow::Flow;
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
    let node = NodeIndex::new(phase.index);
    let mut found = Vec::new();
    let mut visited = vec![false; flow.pipeline.phases.len()];
    let lost = is_lost(flow, node, write.path, &mut visited, &mut found);
    found.sort_unstable();
    found.dedup();
    (lost && !found.is_empty()).then_some(found)
}

fn is_lost(
    flow: &Flow<'_>,
    node: NodeIndex,
    path: FieldPath,
    visited: &mut [bool],
    found: &mut Vec<Anchor>,
) -> bool {
    let mut next: Vec<NodeIndex> =
        flow.pipeline.order.neighbors_directed(node, Direction::Outgoing).collect();
    next.sort_unstable();
    !next.is_empty()
        && next.into_iter().all(|successor| {
            if std::mem::replace(&mut visited[successor.index()], true) {
                return true;
            }
            let phase = &flow.pipeline.phases[flow.pipeline.order[successor]];
            if may_use(flow, phase, path) {
                return false;
            }
            match certain_write(phase, path) {
                Some(at) => {
                    found.push(at);
                    true
                }
                None => is_lost(flow, successor, path, visited, found),
            }
        })
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
