//! Names, those that are meant most likely first.

use std::collections::BTreeSet;

use contracts::path::FieldPath;
use contracts::propagation::Boundary;
use contracts::schema::Sort;
use graph::pipeline::{Phase, Pipeline};

use super::place::{Place, Step};
use super::values::Candidate;
use super::{Asked, Slot, things};
use crate::completion::fields::Catalogue;
use crate::completion::{ItemKind, prose};

/// The names of a sort that may be meant.
pub(super) fn of(
    asked: &Asked<'_, '_>,
    place: &Place<'_>,
    slot: &Slot<'_>,
    sort: Sort,
) -> Vec<Candidate> {
    let known = match sort {
        Sort::Phase => phases(asked, place, slot),
        Sort::Field => fields(asked, place, slot),
        _ => Vec::new(),
    };
    if known.is_empty() { things::of(asked, place, slot, sort) } else { known }
}

/// The phases of the contract, in its order; those that have to do with the field beside them first.
fn phases(asked: &Asked<'_, '_>, place: &Place<'_>, slot: &Slot<'_>) -> Vec<Candidate> {
    let Some(pipeline) = asked.pipeline() else {
        return Vec::new();
    };
    let catalogue = asked.catalogue(&pipeline);
    let is_source = slot.phase.is_some();
    let beside = slot.beside(place, Sort::Field).map(FieldPath::parse);
    let own = slot.phase.and_then(|name| catalogue.phase(name));
    let before = own.map(|phase| catalogue.before(phase.index));
    let producers =
        beside.and_then(|path| catalogue.fields.get(&path)).map(|known| &known.producers);
    let group = |phase: &Phase| {
        let produces = producers.is_some_and(|phases| phases.contains(&phase.index));
        let is_before = before.as_ref().is_none_or(|before| before.contains(phase.index));
        let has = beside.is_some_and(|path| has(&catalogue, phase, path));
        match (produces || (!is_source && has), is_before) {
            (true, true) => 0,
            (_, true) => 1,
            _ => 2,
        }
    };
    let candidate = |phase: &Phase| {
        let description = pipeline.declared(phase).description;
        let described = description.map(|node| pipeline.anchor(node));
        Candidate {
            text: phase.name.to_string(),
            kind: ItemKind::Phase,
            detail: Some(format!("phase of {}", pipeline.name)),
            documentation: described.and_then(|at| prose::text_at(asked.request.sources, at)),
            group: group(phase),
        }
    };
    let others = pipeline
        .phases
        .iter()
        .filter(|phase| !is_source || slot.phase != Some(phase.name.as_str()));
    others.map(candidate).collect()
}

/// The fields that may be meant.
fn fields(asked: &Asked<'_, '_>, place: &Place<'_>, slot: &Slot<'_>) -> Vec<Candidate> {
    let Some(pipeline) = asked.pipeline() else {
        return Vec::new();
    };
    let catalogue = asked.catalogue(&pipeline);
    let groups = match (slot.phase, boundary(slot.steps)) {
        (Some(phase), Some(boundary)) => match catalogue.phase(phase) {
            Some(phase) if boundary.is_entry() => for_entry(asked, &catalogue, phase),
            Some(phase) => for_exit(asked, &catalogue, phase),
            None => Vec::new(),
        },
        _ => {
            let phase = slot.beside(place, Sort::Phase).or(slot.phase);
            let phase = phase.and_then(|name| catalogue.phase(name));
            for_chain(&catalogue, phase)
        }
    };
    let mut seen = BTreeSet::new();
    let mut candidates = Vec::new();
    for (group, paths) in groups.into_iter().enumerate() {
        let fresh = paths.into_iter().filter(|path| !path.has_wildcard() && seen.insert(*path));
        candidates.extend(fresh.map(|path| {
            let detail = catalogue.detail(path);
            Candidate {
                text: path.to_string(),
                kind: ItemKind::Field,
                detail: (!detail.is_empty()).then_some(detail),
                documentation: catalogue.description(asked.request.sources, path),
                group,
            }
        }));
    }
    candidates
}

/// The list of a phase that the steps lead into.
fn boundary(steps: &[Step<'_>]) -> Option<Boundary> {
    let [.., Step::Key(side), Step::Key(list), Step::Item, Step::Key(_)] = steps else {
        return None;
    };
    Boundary::ALL.into_iter().find(|boundary| boundary.as_str() == format!("{side}.{list}"))
}

fn has(catalogue: &Catalogue<'_>, phase: &Phase, path: FieldPath) -> bool {
    let declared = catalogue.pipeline.declared(phase);
    declared.all_fields().any(|(_, field)| field.path.value == path)
}

/// What earlier phases produce, then what code reads besides; what is read comes first.
fn for_entry(asked: &Asked<'_, '_>, all: &Catalogue<'_>, phase: &Phase) -> Vec<Vec<FieldPath>> {
    let declared = asked.declared(all.pipeline, phase, Boundary::is_entry);
    let before = all.before(phase.index);
    let read = accessed(phase, true);
    let is_start = all.pipeline.order.starts().any(|start| start == phase.index);
    let arriving: Vec<FieldPath> = in_order(all)
        .into_iter()
        .filter(|path| !declared.contains(path))
        .filter(|path| !is_start && all.arrives(*path, &before))
        .collect();
    let (wanted, offered) = arriving.into_iter().partition(|path| read.contains(path));
    let undeclared = read.into_iter().filter(|path| !declared.contains(path));
    vec![wanted, offered, undeclared.collect()]
}

/// What code writes, then what later phases wait for, then what only passes through.
fn for_exit(asked: &Asked<'_, '_>, all: &Catalogue<'_>, phase: &Phase) -> Vec<Vec<FieldPath>> {
    let declared = asked.declared(all.pipeline, phase, |boundary| !boundary.is_entry());
    let is_new = |path: &FieldPath| !declared.contains(path);
    let written = accessed(phase, false);
    let later = all
        .pipeline
        .phases
        .iter()
        .filter(|later| all.pipeline.order.runs_before(phase.index, later.index));
    let mut awaited: Vec<FieldPath> = Vec::new();
    for later in later {
        let before = all.before(later.index);
        let wanted = asked.declared(all.pipeline, later, Boundary::is_entry).into_iter();
        awaited.extend(wanted.filter(|path| !all.arrives(*path, &before)));
    }
    for chain in &all.pipeline.contract().chains {
        let here = |end: &&contracts::propagation::Endpoint| {
            end.phase.is_some_and(|named| named.value == phase.name)
        };
        awaited.extend(chain.source.iter().filter(here).filter_map(|end| Some(end.field?.value)));
    }
    let passing = asked.declared(all.pipeline, phase, Boundary::is_entry);
    [written.into_iter().collect(), awaited, passing]
        .map(|paths: Vec<FieldPath>| paths.into_iter().filter(is_new).collect())
        .into()
}

/// The fields of a phase, or of all where it is not named yet.
fn for_chain(all: &Catalogue<'_>, phase: Option<&Phase>) -> Vec<Vec<FieldPath>> {
    let Some(phase) = phase else {
        return vec![in_order(all)];
    };
    let fields = all.pipeline.declared(phase).all_fields();
    let (exits, entries): (Vec<_>, Vec<_>) = fields.partition(|(boundary, _)| !boundary.is_entry());
    let paths = |fields: Vec<(Boundary, &contracts::propagation::Field)>| {
        let paths = fields.into_iter().map(|(_, field)| field.path.value);
        paths.filter(|path| all.fields.contains_key(path)).collect::<Vec<FieldPath>>()
    };
    let in_code = accessed(phase, false).into_iter().chain(accessed(phase, true)).collect();
    vec![paths(exits), paths(entries), in_code]
}

/// All fields, by the first phase that produces each.
fn in_order(all: &Catalogue<'_>) -> Vec<FieldPath> {
    let named = all.fields.iter().filter(|(_, known)| !known.is_implied);
    let mut paths: Vec<FieldPath> = named.map(|(path, _)| *path).collect();
    paths.sort_by_key(|path| (all.first_producer(*path), *path));
    paths
}

/// The fields that the code of a phase reads, or writes.
fn accessed(phase: &Phase, reads: bool) -> BTreeSet<FieldPath> {
    let summaries = phase.handlers.iter().filter_map(|handler| handler.summary.as_ref());
    let mut paths = BTreeSet::new();
    for summary in summaries {
        if reads {
            let exposed = summary.reads.iter().filter(|read| read.exposed);
            paths.extend(exposed.map(|read| read.path));
        } else {
            paths.extend(summary.writes.iter().map(|write| write.path));
        }
    }
    paths
}

impl Asked<'_, '_> {
    pub(super) fn pipeline(&self) -> Option<Pipeline> {
        let built = self.request.sources.graph().build(self.pipeline_ref()?)?;
        Some(built.pipeline)
    }

    fn catalogue<'p>(&self, pipeline: &'p Pipeline) -> Catalogue<'p> {
        Catalogue::new(pipeline, |at| self.request.is_here(at))
    }

    /// The fields of a phase's lists, as the contract has them.
    fn declared(
        &self,
        pipeline: &Pipeline,
        phase: &Phase,
        of: impl Fn(Boundary) -> bool,
    ) -> Vec<FieldPath> {
        let fields = pipeline.declared(phase).all_fields();
        let listed = fields.filter(|(boundary, _)| of(*boundary)).map(|(_, field)| field.path);
        let there = listed.filter(|path| !self.request.is_here(pipeline.anchor(path.at)));
        there.map(|path| path.value).collect()
    }
}
