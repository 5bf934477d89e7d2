//! Names of whatever has no typed view: capabilities, budgets, events, pipelines, ...

use contracts::schema::Sort;
use contracts::schema::sort::Scope;
use facts::places::FileId;
use graph::files::folder_of;
use text::name::Name;

use super::place::Place;
use super::values::Candidate;
use super::{Asked, Slot};
use crate::completion::ItemKind;
use crate::named::{self, Reach, Use};

/// What is known of this sort where the cursor stands: what is given a name before what is only
/// named, and what is near before what is far.
pub(super) fn of(
    asked: &Asked<'_, '_>,
    place: &Place<'_>,
    slot: &Slot<'_>,
    sort: Sort,
) -> Vec<Candidate> {
    let graph = asked.request.sources.graph();
    let Some(reach) = reach(asked, sort) else { return Vec::new() };
    let owner = sort.owner().and_then(|owner| slot.beside(place, owner)).map(Name::new);
    let all = named::uses_of(graph, sort, reach);
    let mut known: Vec<Use<'_>> = all
        .into_iter()
        .filter(|found| !asked.request.is_here(found.at()))
        .filter(|found| owner.is_none() || found.named.of == owner)
        .collect();
    known.sort_by_key(|found| !found.defines());
    let mut candidates: Vec<Candidate> = Vec::new();
    for found in known {
        let text = found.named.name.as_str();
        if candidates.iter().all(|candidate| candidate.text != text) {
            let is_near = sort != Sort::Pipeline || is_near(asked, found.contract.file);
            candidates.push(Candidate {
                text: text.to_owned(),
                kind: ItemKind::Name,
                detail: Some(detail(asked, &found)),
                documentation: None,
                group: usize::from(!found.defines()) + usize::from(!is_near),
            });
        }
    }
    candidates
}

/// How far names of this sort reach that stand in the document at the cursor.
fn reach(asked: &Asked<'_, '_>, sort: Sort) -> Option<Reach> {
    let graph = asked.request.sources.graph();
    if let Some(contract) = asked.request.contract() {
        return Some(named::reach(graph, contract, graph.contract(contract)?, sort));
    }
    match sort.scope() {
        Scope::Project => Some(Reach::Project),
        Scope::Pipeline => asked.pipeline_ref().map(Reach::Pipeline),
        Scope::Document => None,
    }
}

/// Whether a contract lies in the folder of the cursor's file, or in one around it.
fn is_near(asked: &Asked<'_, '_>, file: FileId) -> bool {
    let sources = asked.request.sources;
    let (own, other) = (sources.path(asked.request.file), sources.path(file));
    own.starts_with(folder_of(other.as_str()))
}

fn detail(asked: &Asked<'_, '_>, found: &Use<'_>) -> String {
    let path = asked.request.sources.path(found.contract.file);
    let what = match found.named.of {
        Some(of) => format!("of {of}"),
        None => found.named.sort.noun().to_owned(),
    };
    format!("{what}, {}", path.file_name().unwrap_or_default())
}
