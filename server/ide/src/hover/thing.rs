//! Anything that contracts name: what its record says of it, and who uses the name.

use contracts::schema::Sort;
use facts::file::parsed;
use graph::handler::ContractRef;
use syntax::yaml::{Data, NodeId, Yaml};
use text::name::Name;
use text::near::nearest;

use super::chain;
use super::layout::{Places, Table, cut_to, story};
use super::users;
use crate::named::{self, Reach, Thing, Use};
use crate::question::Question;
use crate::telemetry;

/// How many keys of a record are shown.
const MOST_KEYS: usize = 8;

/// How much of a value is shown.
const MOST_VALUE: usize = 60;

pub(super) fn tell(thing: &Thing, places: &mut Places<'_, '_>) -> Option<String> {
    let graph = places.question.graph();
    if let (Sort::Chain, Reach::Document(contract)) = (thing.sort, thing.reach)
        && graph.propagation(contract).is_some()
    {
        return chain::tell(contract, thing.name, places);
    }
    let uses = named::uses(graph, thing);
    let mut lines = vec![in_a_line(places.question, thing), String::new()];
    let mut prose = None;
    let definition = uses.iter().find(|found| found.defines());
    if let Some(found) = definition {
        let mut table = Table::default();
        prose = facts(found, &mut table, places);
        let place = places.word(found.at());
        table.row(["defined".to_owned(), place]);
        lines.extend(table.lines());
    }
    lines.extend(definition.is_none().then(|| unknown(thing, places)).flatten());
    let others: Vec<&Use<'_>> = uses.iter().filter(|found| !found.defines()).collect();
    let mut table = Table::default();
    users::rows(others.into_iter(), &mut table, places);
    if thing.sort == Sort::Attribute {
        let set = telemetry::uses(graph, thing.name).into_iter();
        users::row("set in code", &set.map(|set| set.at).collect::<Vec<_>>(), &mut table, places);
    }
    if thing.sort == Sort::Event {
        let emitted = telemetry::emissions(graph, thing);
        users::row("emitted in code", &emitted, &mut table, places);
    }
    let table = table.lines();
    if !table.is_empty() {
        lines.extend((lines.last().is_some_and(|line| !line.is_empty())).then(String::new));
        lines.extend(table);
    }
    Some(story(&lines, prose, places))
}

/// What it is, in one line.
pub(super) fn in_a_line(question: &Question<'_>, thing: &Thing) -> String {
    let owner = thing.sort.owner().zip(thing.of);
    let owner = owner.map_or_else(String::new, |(sort, of)| format!(" of {} {of}", sort.noun()));
    // The owner that a noun speaks of, as in `field of a service`, is named.
    let noun = thing.sort.noun();
    let noun = noun.split_once(" of ").map_or(noun, |(noun, _)| noun);
    let pipeline = pipeline(question, thing.reach);
    let pipeline = pipeline.map_or_else(String::new, |id| format!("   pipeline {id}"));
    format!("{noun} {}{owner}{pipeline}", thing.name)
}

fn pipeline(question: &Question<'_>, reach: Reach) -> Option<Name> {
    let of = |contract: ContractRef| question.graph().contract(contract)?.pipeline();
    match reach {
        Reach::Project => None,
        Reach::Pipeline(contract) | Reach::Document(contract) => of(contract),
        Reach::Unclaimed(id) => Some(id),
    }
}

/// What the record that gives the name says besides; gives what people wrote about it.
fn facts(found: &Use<'_>, table: &mut Table, places: &Places<'_, '_>) -> Option<String> {
    let text = places.question.text(found.contract.file);
    let yaml = parsed(places.question.sources.path(found.contract.file).as_str(), &text);
    let record = named::record(&yaml, found.named.at)?;
    let mut prose = None;
    let others = yaml.written(record).iter().filter(|entry| entry.value != found.named.at);
    for (index, entry) in others.enumerate() {
        let Some(key) = yaml.text_of(entry.key) else { continue };
        if key.as_str() == "description" {
            prose = places.prose(found.contract.anchor(entry.value));
        } else if index < MOST_KEYS {
            table.row([key.as_str().to_owned(), value(&text, &yaml, entry.value)]);
        }
    }
    prose
}

/// A value in a few words.
fn value(text: &str, yaml: &Yaml, node: NodeId) -> String {
    let node = yaml.resolve(node);
    let words = |node: NodeId| yaml.node(yaml.resolve(node)).span.of(text);
    match &yaml.node(node).data {
        Data::Sequence(items) => {
            let is_short =
                |item: &NodeId| matches!(yaml.node(yaml.resolve(*item)).data, Data::Scalar(_));
            if items.iter().all(is_short) {
                let items: Vec<&str> = items.iter().map(|item| words(*item)).collect();
                return cut_to(&items.join(", "), MOST_VALUE);
            }
            counted(items.len(), "item")
        }
        Data::Mapping(entries) => counted(entries.len(), "key"),
        _ => cut_to(words(node).lines().next().unwrap_or_default(), MOST_VALUE),
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// That nothing has this name, where things of its sort are given names.
fn unknown(thing: &Thing, places: &Places<'_, '_>) -> Option<String> {
    let all = named::uses_of(places.question.graph(), thing.sort, thing.reach);
    let mut known: Vec<&str> = all
        .iter()
        .filter(|found| found.defines() && found.named.of == thing.of)
        .map(|found| found.named.name.as_str())
        .collect();
    known.sort_unstable();
    known.dedup();
    if known.is_empty() {
        return None;
    }
    let near = nearest(thing.name.as_str(), known.iter().copied());
    let near = near.map_or_else(String::new, |(near, _)| format!("; the nearest is {near}"));
    Some(format!("no contract defines it{near}"))
}
