//! Mistakes in the contract.

use super::super::sites::slip;
use super::{Artisan, CONTRACT, Change, Field, Kind, Told, joined};
use crate::random::Random;

pub(super) const KINDS: &[Kind] = &[
    Kind { name: "exit-dropped", make: exit_dropped },
    Kind { name: "requirement-dropped", make: requirement_dropped },
    Kind { name: "slip-in-entry", make: slip_in_entry },
    Kind { name: "slip-in-source-phase", make: slip_in_source },
    Kind { name: "source-phase-itself", make: source_itself },
    Kind { name: "type-changed-at-entry", make: type_at_entry },
    Kind { name: "key-misspelt", make: key_misspelt },
];

/// A change of the contract that leads to these.
fn change(lines: &[String], must: Vec<Told>, may: Vec<Told>) -> Change {
    Change { file: CONTRACT.to_owned(), text: joined(lines), must, may }
}

fn contract(artisan: &Artisan) -> Vec<String> {
    artisan.lines(CONTRACT).into_iter().map(str::to_owned).collect()
}

/// What another phase asks for is written without a promise.
fn exit_dropped(artisan: &Artisan, field: &Field, _: &mut Random) -> Option<Change> {
    let is_asked = artisan.others(field, "entry").next().is_some();
    let is_alone = artisan.others(field, "exit").count() == 1;
    let fits = field.list == "exit.required" && is_asked && is_alone && artisan.is_plain(field);
    let (file, line) = artisan.only_line(field).filter(|_| fits)?;
    let mut lines = contract(artisan);
    lines.drain(field.lines.0..field.lines.1);
    Some(change(&lines, vec![("undeclared-write", file, line)], Vec::new()))
}

fn requirement_dropped(artisan: &Artisan, field: &Field, _: &mut Random) -> Option<Change> {
    let is_produced = artisan.others(field, "exit").next().is_some();
    let fits = field.list == "entry.required" && is_produced && artisan.is_plain(field);
    let (file, line) = artisan.only_line(field).filter(|_| fits)?;
    let mut lines = contract(artisan);
    lines.drain(field.lines.0..field.lines.1);
    Some(change(&lines, vec![("undeclared-read", file, line)], Vec::new()))
}

fn slip_in_entry(artisan: &Artisan, field: &Field, random: &mut Random) -> Option<Change> {
    let fits = field.list == "entry.required" && artisan.is_plain(field);
    let (file, line) = artisan.only_line(field).filter(|_| fits)?;
    let source = field.key(artisan, "source_phase")?;
    let name = slip(&field.name, random)?;
    let mut lines = contract(artisan);
    lines[field.lines.0] = lines[field.lines.0].replace(&field.name, &name);
    let here = CONTRACT.to_owned();
    // The phase that is named as the source does not produce the new name.
    let must = vec![("wrong-source-phase", here.clone(), source), ("undeclared-read", file, line)];
    let may = vec![("unused-requirement", here, field.lines.0)];
    Some(change(&lines, must, may))
}

fn slip_in_source(artisan: &Artisan, field: &Field, random: &mut Random) -> Option<Change> {
    let line = field.key(artisan, "source_phase")?;
    let mut lines = contract(artisan);
    let (key, phase) = lines[line].split_once(": ")?;
    lines[line] = format!("{key}: {}", slip(phase, random)?);
    Some(change(&lines, vec![("unknown-phase", CONTRACT.to_owned(), line)], Vec::new()))
}

fn source_itself(artisan: &Artisan, field: &Field, _: &mut Random) -> Option<Change> {
    let line = field.key(artisan, "source_phase")?;
    let mut lines = contract(artisan);
    let (key, _) = lines[line].split_once(": ")?;
    lines[line] = format!("{key}: {}", field.phase);
    Some(change(&lines, vec![("wrong-source-phase", CONTRACT.to_owned(), line)], Vec::new()))
}

fn type_at_entry(artisan: &Artisan, field: &Field, _: &mut Random) -> Option<Change> {
    let before = artisan.before(&field.phase);
    let mut exits = artisan.others(field, "exit");
    let is_produced = exits.any(|exit| before.contains(&exit.phase.as_str()));
    // What verifies a chain may be of no use for another type.
    let fits = field.list == "entry.required" && artisan.is_plain(field);
    let line = field.key(artisan, "type").filter(|_| fits)?;
    let mut lines = contract(artisan);
    let (key, kind) = lines[line].split_once(": ").filter(|_| is_produced)?;
    let rival = if kind == "dict" { "list[str]" } else { "dict" };
    lines[line] = format!("{key}: {rival}");
    Some(change(&lines, vec![("type-conflict", CONTRACT.to_owned(), line)], Vec::new()))
}

fn key_misspelt(artisan: &Artisan, field: &Field, _: &mut Random) -> Option<Change> {
    let line = field.key(artisan, "description")?;
    let mut lines = contract(artisan);
    lines[line] = lines[line].replace("description", "descripton");
    Some(change(&lines, vec![("unknown-key", CONTRACT.to_owned(), line)], Vec::new()))
}
