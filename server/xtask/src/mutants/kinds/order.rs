//! Phases in the wrong order, and names of phases that are wrong.

use super::super::grow::add_step;
use super::super::model::{Model, one_of};
use super::super::page::{Mark, Part};
use super::super::sites::{List, accesses, declared, slip};
use super::super::step::{Action, Read};
use super::{Expected, Kind};
use crate::random::Random;

pub(super) const KINDS: &[Kind] = &[
    Kind { name: "phases-swapped", make: swapped },
    Kind { name: "asked-too-early", make: asked_too_early },
    Kind { name: "slip-in-source-phase", make: slip_in_source },
    Kind { name: "source-phase-wrong", make: source_wrong },
    Kind { name: "source-phase-itself", make: source_itself },
    Kind { name: "source-phase-later", make: source_later },
];

/// Two phases in a row change places, and one of them needs the other.
fn swapped(model: &mut Model, random: &mut Random) -> Option<Expected> {
    // What the first phase asks for and the last one leaves is another matter.
    let inner = 1..model.phases.len().saturating_sub(2);
    let needs = |first: &usize| {
        let (one, other) = (&model.phases[*first], &model.phases[*first + 1]);
        let asked = |field: &str| other.entries().any(|entry| entry.field == field);
        one.exits().any(|exit| asked(&exit.field) && !model.is_chained(&exit.field))
            && one.exits().all(|exit| !model.is_chained(&exit.field))
    };
    let first = one_of(random, inner.filter(needs))?;
    let made: Vec<String> = model.phases[first].exits().map(|e| e.field.clone()).collect();
    model.phases.swap(first, first + 1);
    let mut expected = Expected::default();
    for entry in model.phases[first].entries().filter(|entry| made.contains(&entry.field)) {
        let name = Mark(entry.number, Part::Name);
        if entry.source.is_some() {
            expected.must.push(("wrong-source-phase", Mark(entry.number, Part::Source)));
            expected.may.push(("late-producer", name));
        } else {
            expected.must.push(("late-producer", name));
        }
        for access in accesses(model, first, &entry.field) {
            expected.may.push(("late-producer", access));
        }
    }
    Some(expected)
}

/// A phase asks for what only a later one leaves behind.
fn asked_too_early(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, &[List::Exit], |seen| seen.phase > 1)?;
    let phase = 1 + random.below(site.phase - 1);
    let mut entry = site.get(model).clone();
    entry.number = model.number();
    let mark = Mark(entry.number, Part::Name);
    add_step(model, phase, &entry.field, Action::Read(Read::Subscript), random);
    let steps = &mut model.phases[phase].steps;
    steps.rotate_right(1);
    let access = Mark(steps[0].number, Part::Access);
    model.phases[phase].required.push(entry);
    Some(Expected { must: vec![("late-producer", mark)], may: vec![("late-producer", access)] })
}

fn slip_in_source(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, List::ENTRIES, |seen| seen.declared.source.is_some())?;
    let entry = site.get_mut(model);
    let name = slip(entry.source.as_deref()?, random)?;
    entry.source = Some(name);
    Expected::of("unknown-phase", Mark(entry.number, Part::Source))
}

/// A phase that is there, runs before, and has nothing to do with the field.
fn source_wrong(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, List::ENTRIES, |seen| {
        seen.declared.source.is_some() && seen.phase > 1
    })?;
    let entry = site.get(model);
    let others = model.phases[..site.phase].iter().map(|phase| phase.name.clone());
    let others: Vec<_> = others.filter(|name| Some(name) != entry.source.as_ref()).collect();
    let other = one_of(random, others.into_iter())?;
    renamed_source(model, site, other)
}

fn source_itself(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, List::ENTRIES, |seen| seen.phase > 0)?;
    let itself = model.phases[site.phase].name.clone();
    renamed_source(model, site, itself)
}

fn source_later(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, List::ENTRIES, |seen| seen.phase > 0 && !seen.is_last)?;
    let later = model.phases[site.phase + 1..].iter().map(|phase| phase.name.clone());
    let later = one_of(random, later.collect::<Vec<_>>().into_iter())?;
    renamed_source(model, site, later)
}

fn renamed_source(
    model: &mut Model,
    site: super::super::sites::Site,
    name: String,
) -> Option<Expected> {
    let entry = site.get_mut(model);
    entry.source = Some(name);
    Expected::of("wrong-source-phase", Mark(entry.number, Part::Source))
}
