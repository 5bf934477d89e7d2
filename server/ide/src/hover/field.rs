//! A field: who produces it, who reads it, in the order of the phases.

use contracts::path::{FieldPath, Relation};
use contracts::propagation::{Boundary, Field};
use contracts::schema::Sort;
use facts::python::declarations::Side;
use graph::code_contract::CodeField;
use graph::flow::Flow;
use graph::flow::liveness::use_of;
use graph::handler::ContractRef;
use graph::pipeline::{Phase, Pipeline};
use graph::summary::{Site, Strength};
use rules::rules::broken_chain::{Standing, standing};
use text::name::Name;

use super::layout::{Places, Table, story};
use super::users;
use crate::mention::{self, Mention, What};
use crate::place::Cursor;
use crate::question::Question;

/// From this many phases on, those that have nothing to do with the field are left out.
const MANY_PHASES: usize = 12;

/// How many lines one phase gets.
const MOST_ROWS: usize = 6;

/// How many lines are about what holds the field, or about its parts.
const MOST_NEAR: usize = 2;

pub(super) fn tell(
    contract: ContractRef,
    path: FieldPath,
    cursor: Cursor,
    places: &mut Places<'_, '_>,
) -> Option<String> {
    let pipeline = places.question.pipeline(contract)?;
    let flow = Flow::new(&pipeline);
    let mentions = mention::all(&pipeline);
    let mut lines = vec![header(&pipeline, path, &mentions), String::new()];
    let mut table = Table::default();
    outside(&mentions, path, true, &mut table, places);
    for phase in &pipeline.phases {
        phase_rows(&flow, phase, path, &mentions, &mut table, places);
    }
    outside(&mentions, path, false, &mut table, places);
    lines.extend(table.lines());
    let notes = notes(&flow, path);
    if !notes.is_empty() {
        lines.push(String::new());
        lines.extend(notes);
    }
    let is_it = |named: Name| FieldPath::of(named).relation(path) == Some(Relation::Same);
    lines.extend(users::of_name(contract, Sort::Field, &is_it, places));
    let prose = description(&pipeline, path, &mentions, cursor, places);
    Some(story(&lines, prose, places))
}

/// The phases that produce and use the field, of one pipeline among many.
pub(super) fn in_a_line(pipeline: &Pipeline, path: FieldPath) -> String {
    let mentions = mention::all(pipeline);
    let phases = |producing: bool| {
        let mut names: Vec<&str> = Vec::new();
        for mention in same(&mentions, path).filter(|one| one.what.produces() == producing) {
            let phase = mention.phase.map(|index| pipeline.phases[index].name.as_str());
            names.extend(phase.filter(|name| !names.contains(name)));
        }
        if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
    };
    format!("{path}   pipeline {}   {} -> {}", pipeline.name, phases(true), phases(false))
}

fn same<'m, 'p>(
    mentions: &'m [Mention<'p>],
    path: FieldPath,
) -> impl Iterator<Item = &'m Mention<'p>> {
    mentions.iter().filter(move |mention| mention.path.relation(path) == Some(Relation::Same))
}

fn header(pipeline: &Pipeline, path: FieldPath, mentions: &[Mention<'_>]) -> String {
    let kind = type_of(mentions, path).map_or_else(String::new, |kind| format!("   {kind}"));
    format!("{path}{kind}   pipeline {}", pipeline.name)
}

/// The declared type, a producer's first; of a field that is nowhere declared what code writes.
fn type_of(mentions: &[Mention<'_>], path: FieldPath) -> Option<String> {
    let declared = |exits: bool| {
        same(mentions, path).find_map(|mention| match mention.what {
            What::Declared(field, boundary) if boundary.is_entry() != exits => {
                Some(field.type_name.map_or("str", |kind| kind.value.as_str()).to_owned())
            }
            _ => None,
        })
    };
    let written = || {
        same(mentions, path).find_map(|mention| match mention.what {
            What::Write(write) => write.value.type_name().map(str::to_owned),
            _ => None,
        })
    };
    declared(true).or_else(|| declared(false)).or_else(written)
}

/// What settings say of the field, before and after the phases.
fn outside(
    mentions: &[Mention<'_>],
    path: FieldPath,
    inputs: bool,
    table: &mut Table,
    places: &mut Places<'_, '_>,
) {
    for mention in same(mentions, path) {
        let cells = match mention.what {
            What::Input if inputs => ["(input)", "given", "by settings"],
            What::Output if !inputs => ["(output)", "taken", "by settings"],
            _ => continue,
        };
        let place = places.word(mention.at);
        table.row(cells.into_iter().map(str::to_owned).chain([place]));
    }
}

fn phase_rows(
    flow: &Flow<'_>,
    phase: &Phase,
    path: FieldPath,
    mentions: &[Mention<'_>],
    table: &mut Table,
    places: &mut Places<'_, '_>,
) {
    let here: Vec<&Mention<'_>> =
        mentions.iter().filter(|mention| mention.phase == Some(phase.index)).collect();
    let (exact, near): (Vec<&Mention<'_>>, Vec<&Mention<'_>>) = here
        .into_iter()
        .filter(|mention| mention.path.relation(path).is_some())
        .partition(|mention| mention.path.relation(path) == Some(Relation::Same));
    let mut rows: Vec<&Mention<'_>> = exact.iter().take(MOST_ROWS).copied().collect();
    // What holds the field, or a part of it, matters where nobody speaks of the field itself.
    for produces in [true, false] {
        if !exact.iter().any(|mention| mention.what.produces() == produces) {
            let near = near.iter().filter(|mention| mention.what.produces() == produces);
            rows.extend(near.take(MOST_NEAR));
        }
    }
    if rows.is_empty() && flow.pipeline.phases.len() <= MANY_PHASES {
        table.row([phase.name.as_str(), "-"]);
    }
    for (index, mention) in rows.into_iter().enumerate() {
        let name = if index == 0 { phase.name.as_str() } else { "" };
        let (verb, how) = words(flow, phase, mention, path, places.question);
        table.row([name.to_owned(), verb.to_owned(), how, places.word(mention.at)]);
    }
    if exact.len() > MOST_ROWS {
        table.row([String::new(), format!("... {} more", exact.len() - MOST_ROWS)]);
    }
}

/// A verb, and how it is done.
fn words(
    flow: &Flow<'_>,
    phase: &Phase,
    mention: &Mention<'_>,
    path: FieldPath,
    question: &Question<'_>,
) -> (&'static str, String) {
    let (verb, mut parts) = match mention.what {
        What::Declared(field, boundary) => {
            let is_start = flow.pipeline.start_phases().any(|start| start.index == phase.index);
            declared(field, boundary, is_start)
        }
        What::Said(field, side) => said(field, side),
        What::Read(read) => {
            let mut parts = vec![read_how(&read.strength)];
            parts.extend((!read.exposed).then(|| "what it wrote itself".to_owned()));
            ("reads", parts)
        }
        What::Write(write) => ("writes", vec![how_often(write.must)]),
        What::Drop(drop) => ("drops", vec![how_often(drop.must)]),
        What::Past(_) => ("writes", vec!["replaced later".to_owned()]),
        What::Endpoint | What::Named | What::Input | What::Output => ("", Vec::new()),
    };
    match mention.path.relation(path) {
        // What is said of another field is that field's story.
        Some(Relation::Parent) => parts = vec![format!("{}, which holds it", mention.path)],
        Some(Relation::Child) => parts = vec![format!("its part {}", mention.path)],
        _ => parts.extend(mention.what.site().and_then(|site| through(site, question))),
    }
    (verb, parts.join(", "))
}

/// What a handler says of itself in code.
fn said(field: &CodeField, side: Side) -> (&'static str, Vec<String>) {
    let verb = match side {
        Side::Requires => "requires",
        Side::Produces => "produces",
    };
    let mut parts = vec![side.attribute().to_owned()];
    if let Some((critical, _)) = field.critical {
        parts.push(if critical { "critical" } else { "not critical" }.to_owned());
    }
    if let Some((Some(default), _)) = &field.default {
        parts.push(format!("default {default}"));
    }
    (verb, parts)
}

fn declared(field: &Field, boundary: Boundary, is_start: bool) -> (&'static str, Vec<String>) {
    let verb = match boundary {
        Boundary::EntryRequired => "requires",
        Boundary::EntryEnrichment => "takes",
        Boundary::ExitRequired => "produces",
        Boundary::ExitOptional => "may produce",
    };
    let mut parts = vec![boundary.as_str().to_owned()];
    if boundary.is_entry() {
        parts.push(field.severity.as_str().to_owned());
    }
    if let Some(default) = &field.default {
        parts.push(format!("default {}", default.value));
    }
    if is_start && boundary.is_entry() {
        parts.push("an input".to_owned());
    }
    (verb, parts)
}

fn read_how(strength: &Strength) -> String {
    match strength {
        Strength::Hard => "fails without it".to_owned(),
        Strength::Soft => "if it is there".to_owned(),
        Strength::Defaulted(Some(value)) => format!("or else {value}"),
        Strength::Defaulted(None) => "or else a default".to_owned(),
    }
}

fn how_often(must: bool) -> String {
    if must { "always" } else { "on some paths" }.to_owned()
}

/// The function that an access stands in, where that is not the entry point; and its file, where it
/// is another.
fn through(site: &Site, question: &Question<'_>) -> Option<String> {
    let name = site.function.as_str().rsplit('.').next()?;
    let first = site.through.first()?;
    let file = question.sources.path(site.at.file).file_name().unwrap_or_default();
    let place = if first.file == site.at.file { String::new() } else { format!(" in {file}") };
    Some(format!("through {name}{place}"))
}

/// What can be said of the field as a whole, and of the chains over it.
fn notes(flow: &Flow<'_>, path: FieldPath) -> Vec<String> {
    let mut notes = Vec::new();
    let mut producers = flow.producers_of_path(path).map(|index| &flow.producers[index]);
    if !producers.any(|producer| producer.concerns(path)) {
        let unseen = flow.pipeline.phases.iter().any(Phase::is_open_for_writes);
        let seen = if unseen { " that can be seen" } else { "" };
        notes.push(format!("nobody{seen} produces it"));
    }
    if use_of(flow, path).is_none() {
        notes.push("nobody reads it".to_owned());
    }
    for chain in &flow.pipeline.contract().chains {
        let is_followed = |field: FieldPath| field.relation(path) == Some(Relation::Same);
        let mut fields = chain.endpoints().filter_map(|end| end.field);
        if fields.any(|field| is_followed(field.value)) {
            let phases: Vec<&str> = chain
                .endpoints()
                .map(|end| end.phase.map_or("?", |phase| phase.value.as_str()))
                .collect();
            let id = chain.id.map_or("?", |id| id.value.as_str());
            let verdict = match standing(flow, chain) {
                Standing::Holds => ", holds".to_owned(),
                Standing::Broken(why) => format!(", is broken: {}", why.replace('`', "")),
                Standing::Unknown => String::new(),
            };
            notes.push(format!("chain {id}: {}{verdict}", phases.join(" -> ")));
        }
    }
    notes
}

/// What people wrote about the field: at the cursor, or else where it is produced, or anywhere.
fn description(
    pipeline: &Pipeline,
    path: FieldPath,
    mentions: &[Mention<'_>],
    cursor: Cursor,
    places: &Places<'_, '_>,
) -> Option<String> {
    let mut described: Vec<(u8, &Mention<'_>, &Field)> = same(mentions, path)
        .filter_map(|mention| match mention.what {
            What::Declared(field, boundary) if field.description.is_some() => {
                let is_here = mention.at.file == cursor.file
                    && places
                        .question
                        .place(mention.at)
                        .is_some_and(|place| place.span.touches(cursor.offset));
                let rank = if is_here { 0 } else { 1 + u8::from(boundary.is_entry()) };
                Some((rank, mention, field))
            }
            _ => None,
        })
        .collect();
    described.sort_by_key(|(rank, ..)| *rank);
    described
        .into_iter()
        .find_map(|(_, _, field)| places.prose(pipeline.anchor(field.description?)))
}
