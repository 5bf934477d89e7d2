//! Everything that puts a field into the context.

use contracts::path::{FieldPath, Relation};
use contracts::propagation::{Boundary, Field, Severity};
use contracts::value::Value;
use facts::places::Anchor;

use crate::handler::Handler;
use crate::order::plan::Product;
use crate::pipeline::{Phase, Pipeline};
use crate::summary::{Write, WrittenValue};

/// Something that puts a field into the context.
#[derive(Clone, Debug)]
pub struct Producer<'p> {
    /// The field.
    pub path: FieldPath,
    /// Who does it.
    pub by: By<'p>,
    /// Where that is said or done.
    pub at: Anchor,
}

/// Who puts a field into the context.
#[derive(Clone, Debug)]
pub enum By<'p> {
    /// Whoever starts the pipeline, as an entry of a start phase says.
    Caller(&'p Field, Boundary),
    /// Whoever starts the pipeline, as settings say.
    Settings,
    /// A phase, as one of its exits says.
    Exit(&'p Phase, &'p Field, Boundary),
    /// A phase, as the topology says.
    Drawn(&'p Phase, &'p Product),
    /// A phase, as its code does.
    Code(&'p Phase, &'p Handler, &'p Write),
}

impl<'p> Producer<'p> {
    /// The phase that produces; none for what is there from the start.
    #[must_use]
    pub fn phase(&self) -> Option<&'p Phase> {
        match self.by {
            By::Caller(..) | By::Settings => None,
            By::Exit(phase, ..) | By::Drawn(phase, _) | By::Code(phase, ..) => Some(phase),
        }
    }

    /// The exit entry, if it is one.
    #[must_use]
    pub fn exit(&self) -> Option<(&'p Field, Boundary)> {
        match self.by {
            By::Exit(_, field, boundary) => Some((field, boundary)),
            _ => None,
        }
    }

    /// Whether it promises too little for a blocking requirement: an optional exit, or one whose
    /// absence is only advised of.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.exit().is_some_and(|(field, boundary)| {
            boundary == Boundary::ExitOptional || field.severity == Severity::Advisory
        })
    }

    /// Whether it produces `path`, or a part of it, or something that may hold it.
    #[must_use]
    pub fn concerns(&self, path: FieldPath) -> bool {
        match self.path.relation(path) {
            None => false,
            Some(Relation::Parent) => !self.lacks(path),
            Some(_) => true,
        }
    }

    /// Whether it writes something known to hold `path`'s parent without `path` itself.
    fn lacks(&self, path: FieldPath) -> bool {
        let By::Code(_, _, write) = self.by else { return false };
        child_in(write, path) == Some(false)
    }
}

/// Whether a write of a parent of `path` is known to bring, or to lack, the next key on the way.
pub(crate) fn child_in(write: &Write, path: FieldPath) -> Option<bool> {
    let next = *path.segments().get(write.path.segments().len())?;
    if next.as_str().contains('*') {
        return None;
    }
    match &write.value {
        WrittenValue::Dict(keys, open) => {
            if keys.contains(&next) {
                // Deeper segments lie inside a value that nobody looked into.
                let is_last = path.segments().len() == write.path.segments().len() + 1;
                return is_last.then_some(true);
            }
            (!open).then_some(false)
        }
        WrittenValue::Literal(Value::Map(entries)) => {
            let key = Value::Text(next);
            // A key that is there may hold anything: nobody needs to know more than that it is.
            (!entries.iter().any(|(name, _)| *name == key)).then_some(false)
        }
        _ => None,
    }
}

pub(super) fn all(pipeline: &Pipeline) -> Vec<Producer<'_>> {
    let mut producers = Vec::new();
    for (path, at) in &pipeline.settings_inputs {
        producers.push(Producer { path: *path, by: By::Settings, at: *at });
    }
    for phase in pipeline.start_phases() {
        for (boundary, field) in pipeline.declared(phase).all_fields() {
            if boundary.is_entry() {
                let at = pipeline.anchor(field.path.at);
                let by = By::Caller(field, boundary);
                producers.push(Producer { path: field.path.value, by, at });
            }
        }
    }
    for phase in &pipeline.phases {
        of_phase(pipeline, phase, &mut producers);
    }
    producers
}

fn of_phase<'p>(pipeline: &'p Pipeline, phase: &'p Phase, producers: &mut Vec<Producer<'p>>) {
    for (boundary, field) in pipeline.declared(phase).all_fields() {
        if !boundary.is_entry() {
            let by = By::Exit(phase, field, boundary);
            producers.push(Producer {
                path: field.path.value,
                by,
                at: pipeline.anchor(field.path.at),
            });
        }
    }
    for product in pipeline.order.products(phase.index) {
        let (path, at) = (product.field, pipeline.anchor(product.at));
        producers.push(Producer { path, by: By::Drawn(phase, product), at });
    }
    for handler in &phase.handlers {
        for write in handler.summary.iter().flat_map(|summary| &summary.writes) {
            // What is only put in place of a value that is there brings nothing along.
            if write.onward && !write.must {
                continue;
            }
            // Whatever no schema declares does not get out of the node.
            let drawing = pipeline.drawing.as_ref();
            if drawing.is_some_and(|drawing| drawing.drops(write.path.root())) {
                continue;
            }
            let by = By::Code(phase, handler, write);
            producers.push(Producer { path: write.path, by, at: write.site.at });
        }
    }
}
