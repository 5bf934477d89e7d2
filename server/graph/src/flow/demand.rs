//! Everything that wants a field.

use contracts::path::FieldPath;
use contracts::propagation::{Boundary, Field};
use facts::places::Anchor;

use crate::handler::Handler;
use crate::order::plan::{Ask, AskedBy};
use crate::pipeline::{Phase, Pipeline};
use crate::summary::{Read, Strength};

/// Something that wants a field as it enters a phase.
#[derive(Clone, Debug)]
pub struct Demand<'p> {
    /// The field.
    pub path: FieldPath,
    /// The phase.
    pub phase: &'p Phase,
    /// Who wants it.
    pub by: Wanted<'p>,
    /// Where that is said or done.
    pub at: Anchor,
}

/// Who wants a field.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'p> {
    /// An entry of the contract.
    Entry(&'p Field, Boundary),
    /// The topology, for a phase, a loop or an edge.
    Drawn(&'p Ask),
    /// A read in code that takes what comes from before the phase.
    Code(&'p Handler, &'p Read),
}

impl<'p> Demand<'p> {
    /// The entry, if it is one.
    #[must_use]
    pub fn entry(&self) -> Option<(&'p Field, Boundary)> {
        match self.by {
            Wanted::Entry(field, boundary) => Some((field, boundary)),
            Wanted::Drawn(_) | Wanted::Code(..) => None,
        }
    }

    /// The read in code, if it is one.
    #[must_use]
    pub fn read(&self) -> Option<(&'p Handler, &'p Read)> {
        match self.by {
            Wanted::Code(handler, read) => Some((handler, read)),
            Wanted::Entry(..) | Wanted::Drawn(_) => None,
        }
    }

    /// Whether the phase cannot do without: a required entry, or a read that fails.
    #[must_use]
    pub fn is_hard(&self) -> bool {
        match self.by {
            Wanted::Entry(_, boundary) => boundary == Boundary::EntryRequired,
            Wanted::Drawn(ask) => {
                matches!(ask.by, AskedBy::Node | AskedBy::Merge | AskedBy::Loop(_))
            }
            Wanted::Code(_, read) => read.strength == Strength::Hard,
        }
    }

    /// The phase to which the field is handed on, where that is what is wanted.
    #[must_use]
    pub fn handed_to(&self) -> Option<usize> {
        match self.by {
            Wanted::Drawn(Ask { by: AskedBy::Edge(to), .. }) => Some(*to),
            _ => None,
        }
    }

    /// Whether something stands in when the field is absent.
    #[must_use]
    pub fn has_default(&self) -> bool {
        match self.by {
            Wanted::Entry(field, boundary) => {
                boundary == Boundary::EntryEnrichment && field.default.is_some()
            }
            Wanted::Drawn(_) => false,
            Wanted::Code(_, read) => matches!(read.strength, Strength::Defaulted(_)),
        }
    }
}

pub(super) fn all(pipeline: &Pipeline) -> Vec<Demand<'_>> {
    let mut demands = Vec::new();
    for phase in &pipeline.phases {
        for (boundary, field) in pipeline.declared(phase).all_fields() {
            if boundary.is_entry() {
                demands.push(Demand {
                    path: field.path.value,
                    phase,
                    by: Wanted::Entry(field, boundary),
                    at: pipeline.anchor(field.path.at),
                });
            }
        }
        for ask in pipeline.order.asks(phase.index) {
            let (path, at) = (ask.field, pipeline.anchor(ask.at));
            demands.push(Demand { path, phase, by: Wanted::Drawn(ask), at });
        }
        for handler in &phase.handlers {
            let reads = handler.summary.iter().flat_map(|summary| &summary.reads);
            for read in reads.filter(|read| read.exposed) {
                let by = Wanted::Code(handler, read);
                demands.push(Demand { path: read.path, phase, by, at: read.site.at });
            }
        }
    }
    demands
}
