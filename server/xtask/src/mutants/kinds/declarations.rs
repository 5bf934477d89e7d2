//! Something is declared that code does not do, or not declared that it does.

use super::super::model::{Declared, Model, TYPES};
use super::super::page::{Mark, Part};
use super::super::sites::{List, accesses, askers, declared};
use super::super::step::Action;
use super::{Expected, Kind, missing};
use crate::random::Random;

pub(super) const KINDS: &[Kind] = &[
    Kind { name: "requirement-dropped", make: requirement_dropped },
    Kind { name: "exit-dropped", make: exit_dropped },
    Kind { name: "producer-dropped", make: producer_dropped },
    Kind { name: "promise-weakened", make: promise_weakened },
    Kind { name: "severity-lowered", make: severity_lowered },
    Kind { name: "exit-for-nobody", make: exit_for_nobody },
    Kind { name: "input-for-nobody", make: input_for_nobody },
    Kind { name: "promise-without-write", make: promise_without_write },
    Kind { name: "field-listed-twice", make: field_listed_twice },
    Kind { name: "enrichment-blocking", make: enrichment_blocking },
];

/// The code reads what its phase does not ask for any more.
fn requirement_dropped(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, List::ENTRIES, |seen| {
        let is_input = seen.model.producer(&seen.declared.field).is_none();
        seen.phase > 0 && !seen.is_chained() && !is_input
    })?;
    let access = site.access(model)?;
    site.remove(model);
    Expected::of("undeclared-read", access)
}

/// The code writes what its phase does not promise any more, and others rely on it.
fn exit_dropped(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, List::EXITS, |seen| {
        !seen.is_last && !seen.is_chained() && !is_asked_as_optional(seen.model, seen.declared)
    })?;
    let access = site.access(model)?;
    site.remove(model);
    Expected::of("undeclared-write", access)
}

/// Whether somebody is enriched with what is written on some paths: without its promise that is a
/// mistake of its own.
fn is_asked_as_optional(model: &Model, exit: &Declared) -> bool {
    model.phases.iter().any(|phase| phase.optional.iter().any(|other| other.field == exit.field))
}

/// Nobody produces the field any more, though phases ask for it.
fn producer_dropped(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, List::EXITS, |seen| !seen.is_last && !seen.is_chained())?;
    let exit = site.remove(model);
    model.phases[site.phase].steps.retain(|step| step.field != exit.field);
    let mut expected = Expected::default();
    for (phase, entry) in askers(model, &exit.field) {
        expected.must.push(missing(entry));
        // What the code falls back to is told of the entry, and may be told of the code.
        for access in accesses(model, phase, &exit.field) {
            expected.may.push(("shadow-default", access));
        }
    }
    Some(expected)
}

/// What a phase cannot do without is promised only weakly.
fn promise_weakened(model: &mut Model, random: &mut Random) -> Option<Expected> {
    weakened(model, random, |model, phase, exit| model.phases[phase].optional.push(exit))
}

fn severity_lowered(model: &mut Model, random: &mut Random) -> Option<Expected> {
    weakened(model, random, |model, phase, mut exit| {
        exit.severity = Some("advisory");
        model.phases[phase].exit.push(exit);
    })
}

fn weakened(
    model: &mut Model,
    random: &mut Random,
    declare: fn(&mut Model, usize, Declared),
) -> Option<Expected> {
    let is_blocking = |entry: &Declared| entry.severity.is_none();
    let site = declared(model, random, &[List::Exit], |seen| {
        is_blocking(seen.declared)
            && askers(seen.model, &seen.declared.field).any(|(_, entry)| is_blocking(entry))
    })?;
    let exit = site.remove(model);
    let field = exit.field.clone();
    declare(model, site.phase, exit);
    let entries = askers(model, &field).filter(|(_, entry)| is_blocking(entry));
    let must = entries.map(|(_, entry)| ("severity-conflict", Mark(entry.number, Part::Name)));
    Some(Expected { must: must.collect(), may: Vec::new() })
}

fn added(model: &mut Model, random: &mut Random) -> Option<Declared> {
    let number = model.number();
    Some(Declared {
        number,
        field: model.fresh()?,
        kind: random.pick(TYPES),
        severity: None,
        default: None,
        source: None,
        extra: None,
    })
}

/// A phase leaves something behind that nobody asks for.
fn exit_for_nobody(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let phase = random.below(model.phases.len() - 1);
    let exit = added(model, random)?;
    let mark = Mark(exit.number, Part::Name);
    let write = super::writes::plain(&exit);
    super::super::grow::add_step(model, phase, &exit.field, write, random);
    model.phases[phase].exit.push(exit);
    Expected::of("dead-write", mark)
}

/// The pipeline is given something that nobody uses.
fn input_for_nobody(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let entry = added(model, random)?;
    let mark = Mark(entry.number, Part::Name);
    model.phases.first_mut()?.required.push(entry);
    Expected::of("dead-input", mark)
}

/// A promise that no code keeps.
fn promise_without_write(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let last = model.phases.len() - 1;
    let phase = random.below(last);
    let exit = added(model, random)?;
    let entry = Declared { number: model.number(), ..exit.clone() };
    let mark = Mark(exit.number, Part::Name);
    let read = Action::Read(super::super::step::Read::Subscript);
    super::super::grow::add_step(model, last, &exit.field, read, random);
    model.phases[last].steps.rotate_right(1);
    model.phases[phase].exit.push(exit);
    model.phases[last].required.push(entry);
    Expected::of("unfulfilled-exit", mark)
}

fn field_listed_twice(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let lists = [List::Required, List::Enrichment, List::Exit];
    let site = declared(model, random, &lists, |_| true)?;
    let again = Declared { number: model.number(), ..site.get(model).clone() };
    let second = Mark(again.number, Part::Name);
    let phase = &mut model.phases[site.phase];
    match site.list {
        List::Required => phase.required.push(again),
        List::Enrichment => phase.enrichment.push(again),
        _ => phase.exit.push(again),
    }
    Expected::of("duplicate-name", second)
}

/// Pre-flight stops for what the run goes without.
fn enrichment_blocking(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, &[List::Enrichment], |seen| {
        seen.model
            .phases
            .iter()
            .all(|phase| phase.optional.iter().all(|exit| exit.field != seen.declared.field))
    })?;
    let entry = site.get_mut(model);
    entry.severity = Some("blocking");
    Expected::of("blocking-enrichment", Mark(entry.number, Part::Severity))
}
