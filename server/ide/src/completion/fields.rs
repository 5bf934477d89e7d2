//! The fields of a pipeline, and what is known of each.

use std::collections::{BTreeMap, BTreeSet};

use contracts::path::FieldPath;
use facts::places::Anchor;
use graph::order::Phases;
use graph::pipeline::{Phase, Pipeline};
use graph::sources::Sources;
use syntax::yaml::NodeId;
use text::name::Name;

use super::prose;

/// What is known of one field.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Known {
    /// Its type, as the contract writes it or as code shows it.
    pub(super) type_name: Option<&'static str>,
    /// The phases that produce it, by index, ascending.
    pub(super) producers: Vec<usize>,
    /// Where it is described.
    description: Option<NodeId>,
    /// Whether whoever starts the pipeline brings it along.
    is_input: bool,
    /// Whether code reads it.
    is_read: bool,
    /// Whether nothing names it, and only parts of it are known.
    pub(super) is_implied: bool,
}

/// All fields of a pipeline.
pub(super) struct Catalogue<'p> {
    pub(super) pipeline: &'p Pipeline,
    pub(super) fields: BTreeMap<FieldPath, Known>,
}

impl<'p> Catalogue<'p> {
    /// The fields of `pipeline`, but for what stands where `leave_out` says: the word being typed is
    /// no field yet.
    pub(super) fn new(pipeline: &'p Pipeline, leave_out: impl Fn(Anchor) -> bool) -> Catalogue<'p> {
        let mut fields: BTreeMap<FieldPath, Known> = BTreeMap::new();
        let starts: BTreeSet<usize> = pipeline.start_phases().map(|phase| phase.index).collect();
        for (path, _) in &pipeline.settings_inputs {
            fields.entry(*path).or_default().is_input = true;
        }
        for phase in &pipeline.phases {
            for (boundary, field) in pipeline.declared(phase).all_fields() {
                if leave_out(pipeline.anchor(field.path.at)) {
                    continue;
                }
                let known = fields.entry(field.path.value).or_default();
                known.description = known.description.or(field.description);
                let type_name = field.type_name.map_or("str", |name| name.value.as_str());
                known.type_name = known.type_name.or(Some(type_name));
                known.is_input |= boundary.is_entry() && starts.contains(&phase.index);
                if !boundary.is_entry() {
                    known.produced(phase.index);
                }
            }
            let summaries = phase.handlers.iter().filter_map(|handler| handler.summary.as_ref());
            for summary in summaries {
                for write in summary.writes.iter().filter(|write| !leave_out(write.site.at)) {
                    let known = fields.entry(write.path).or_default();
                    known.type_name = known.type_name.or(write.value.type_name());
                    known.produced(phase.index);
                }
                for read in summary.reads.iter().filter(|read| !leave_out(read.site.at)) {
                    fields.entry(read.path).or_default().is_read = true;
                }
            }
        }
        fields.retain(|path, _| path.segments().iter().all(|segment| !segment.as_str().is_empty()));
        add_parents(&mut fields);
        Catalogue { pipeline, fields }
    }

    /// A few words about a field: its type, and who produces it.
    pub(super) fn detail(&self, path: FieldPath) -> String {
        let Some(known) = self.fields.get(&path) else {
            return String::new();
        };
        let phases: Vec<&str> = known
            .producers
            .iter()
            .map(|index| self.pipeline.phases[*index].name.as_str())
            .collect();
        let from = match phases.as_slice() {
            [] if known.is_input => "input".to_owned(),
            [] if known.is_read => "read in code".to_owned(),
            [] => String::new(),
            [one] => format!("from {one}"),
            [first, rest @ ..] => format!("from {first} and {} more", rest.len()),
        };
        let parts = [known.type_name.unwrap_or("").to_owned(), from];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }

    /// What the contract says a field holds.
    pub(super) fn description(&self, sources: &dyn Sources, path: FieldPath) -> Option<String> {
        let node = self.fields.get(&path)?.description?;
        prose::text_at(sources, self.pipeline.anchor(node))
    }

    /// The phases that may run before `phase`.
    pub(super) fn before(&self, phase: usize) -> Phases {
        self.pipeline.order.before(phase)
    }

    /// Whether a phase of `phases`, or whoever starts the pipeline, brings a field.
    pub(super) fn arrives(&self, path: FieldPath, phases: &Phases) -> bool {
        self.fields.get(&path).is_some_and(|known| {
            known.is_input || known.producers.iter().any(|phase| phases.contains(*phase))
        })
    }

    /// The first phase that produces a field, by index; none where only its users are known.
    pub(super) fn first_producer(&self, path: FieldPath) -> Option<usize> {
        self.fields.get(&path)?.producers.first().copied()
    }

    /// The phase of this name.
    pub(super) fn phase(&self, name: &str) -> Option<&'p Phase> {
        self.pipeline.phase(Name::new(name))
    }
}

impl Known {
    fn produced(&mut self, phase: usize) {
        if self.producers.last() != Some(&phase) {
            self.producers.push(phase);
        }
    }
}

/// Adds what holds the fields that are known.
fn add_parents(fields: &mut BTreeMap<FieldPath, Known>) {
    let mut implied: BTreeMap<FieldPath, Known> = BTreeMap::new();
    for (path, known) in fields.iter() {
        let mut parent = path.parent();
        while let Some(path) = parent.filter(|path| !fields.contains_key(path)) {
            let holder = implied.entry(path).or_default();
            holder.is_implied = true;
            holder.type_name = Some("dict");
            holder.is_input |= known.is_input;
            holder.producers.extend(&known.producers);
            holder.producers.sort_unstable();
            holder.producers.dedup();
            parent = path.parent();
        }
    }
    fields.extend(implied);
}
