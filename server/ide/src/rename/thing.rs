//! Whatever has no typed view: names of one sort in contracts, and attributes in code.

use contracts::schema::Sort;
use text::name::Name;

use super::code::Code;
use super::draft::Draft;
use super::{Refusal, contract, told};
use crate::named::{self, Reach, Thing, Use};
use crate::place::Place;
use crate::telemetry;

pub(super) fn rename(draft: &mut Draft<'_, '_>, thing: &Thing, new: &str) -> Result<(), Refusal> {
    let graph = draft.question.graph();
    let name = Name::new(new);
    let all = named::uses_of(graph, thing.sort, thing.reach);
    let same = |found: &&Use<'_>| found.named.name == name && found.named.of == thing.of;
    if let Some(known) = all.iter().find(same) {
        let why = format!("names another {} so already", thing.sort.noun());
        return Err(draft.refused_at(known.at(), &why));
    }
    if thing.sort == Sort::Attribute
        && let Some(set) = telemetry::uses(graph, name).first()
    {
        return Err(draft.refused_at(set.at, "sets another attribute of this name already"));
    }
    let is_it = |found: &Use<'_>| {
        found.named.sort == thing.sort
            && found.named.name == thing.name
            && found.named.of == thing.of
    };
    let contracts = named::contracts(graph, thing.reach);
    contract::rename(draft, &contracts, &|found| Ok(is_it(found).then(|| new.to_owned())))?;
    if let Reach::Pipeline(pipeline) = thing.reach {
        told::rename(draft, pipeline, thing.sort, &|told| {
            Ok((told.name == thing.name).then(|| new.to_owned()))
        })?;
    }
    if thing.sort == Sort::Attribute {
        let mut code = Code::new(thing.name, new);
        for set in telemetry::uses(graph, thing.name) {
            code.expression(draft, set.at)?;
        }
        code.finish(draft)?;
    }
    if thing.sort == Sort::Event {
        events(draft, thing, new)?;
    }
    Ok(())
}

/// The calls that emit an event.
fn events(draft: &mut Draft<'_, '_>, thing: &Thing, new: &str) -> Result<(), Refusal> {
    let graph = draft.question.graph();
    let mut code = Code::new(thing.name, new);
    for at in telemetry::emissions(graph, thing) {
        let events = telemetry::events_in(graph, at.file);
        let mut others = events.iter().filter(|event| event.at == at && event.thing != *thing);
        if others.next().is_some() {
            return Err(draft.refused_at(at, "emits it for other phases as well"));
        }
        let place = draft.question.place(at);
        let name = place.and_then(|place| {
            let text = draft.question.text(place.file);
            let span = telemetry::name_of_event(&text, place.span, thing.name)?;
            Some(Place { span, ..place })
        });
        match name {
            Some(name) => code.text(draft, name)?,
            None => return Err(draft.refused_at(at, "computes it")),
        }
    }
    code.finish(draft)
}
