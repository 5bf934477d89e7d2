//! What code sets on spans, events and their like.

use contracts::schema::Sort;
use facts::places::{Anchor, FileId};
use facts::python::attributes::Carrier;
use facts::python::{Key, PythonFacts};
use graph::constants::Texts;
use graph::handler::Code;
use graph::names::Lookup;
use graph::project::Graph;
use text::name::Name;
use text::span::Span;

use crate::mention::key_span;
use crate::named::{Reach, Thing};

/// An attribute that code sets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Set {
    /// Its name.
    pub(crate) name: Name,
    /// Where that is written.
    pub(crate) at: Anchor,
}

/// The attributes that are set in a file, as far as their names are known, in order of place; each
/// place once.
pub(crate) fn attributes_in(graph: &Graph, file: FileId) -> impl Iterator<Item = Set> {
    let lookup = Lookup::new(graph.files(), graph.settings());
    let mut found: Vec<Set> = Vec::new();
    let groups = python(graph, file).into_iter().flat_map(|python| &python.attributes);
    for attribute in groups.flat_map(|group| &group.attributes) {
        let name = match &attribute.key {
            Key::Text(name) => Some(*name),
            key => match lookup.texts(file, key) {
                Texts::Known(names) if names.len() == 1 => names.first().copied(),
                _ => None,
            },
        };
        found.extend(name.map(|name| Set { name, at: Anchor { file, local: attribute.at } }));
    }
    found.sort_unstable_by_key(|set| set.at);
    found.dedup_by_key(|set| set.at);
    found.into_iter()
}

/// Every place where code sets the attribute of this name, by path.
pub(crate) fn uses(graph: &Graph, name: Name) -> Vec<Set> {
    let files = graph.files().by_path().into_iter();
    let sets = files.flat_map(|(file, _)| attributes_in(graph, file));
    sets.filter(|set| set.name == name).collect()
}

/// An event that a handler emits by itself, so that its phase is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Emitted {
    /// The event, as contracts name it.
    pub(crate) thing: Thing,
    /// The method that emits it.
    pub(crate) at: Anchor,
}

/// The literal of an event's name in the arguments of the method at `called`.
pub(crate) fn name_of_event(text: &str, called: Span, name: Name) -> Option<Span> {
    let start = called.start as usize;
    let call = text.get(start..)?;
    let end = call.find(')').unwrap_or(call.len());
    let span = key_span(text, Span::new(start, start + end), name.as_str());
    span.of(text).starts_with(['"', '\'']).then_some(span)
}

/// The events that handlers emit in a file, one for each pipeline and phase that they work for.
pub(crate) fn events_in(graph: &Graph, file: FileId) -> Vec<Emitted> {
    let Some(python) = python(graph, file) else { return Vec::new() };
    let mut found = Vec::new();
    for group in &python.attributes {
        let (Carrier::Event(_), Key::Text(name)) = (group.carrier, &group.name) else { continue };
        let function = group.at.unit.checked_sub(1);
        let function = function.and_then(|index| python.functions.get(index as usize));
        let Some(class) = function.and_then(|function| function.class) else { continue };
        for handler in graph.handlers_in(file) {
            let Code::Class(own) = handler.code else { continue };
            let is_own =
                python.classes.get(own.index as usize).is_some_and(|own| own.name == class);
            let seats = graph.seats_of(handler.code).iter().filter(|_| is_own);
            found.extend(seats.map(|(pipeline, seat)| Emitted {
                thing: Thing {
                    sort: Sort::Event,
                    name: *name,
                    of: Some(seat.phase),
                    reach: Reach::Pipeline(*pipeline),
                },
                at: Anchor { file, local: group.at },
            }));
        }
    }
    found
}

/// Every place where a handler emits an event, by path.
pub(crate) fn emissions(graph: &Graph, thing: &Thing) -> Vec<Anchor> {
    let files = graph.files().by_path().into_iter();
    let events = files.flat_map(|(file, _)| events_in(graph, file));
    events.filter(|event| event.thing == *thing).map(|event| event.at).collect()
}

fn python(graph: &Graph, file: FileId) -> Option<&PythonFacts> {
    graph.files().get(file)?.facts.as_ref()?.python.as_deref()
}
