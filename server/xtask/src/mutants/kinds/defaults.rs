//! Defaults that disagree, do not fit, or hide that something is missing.

use super::super::grow::add_step;
use super::super::model::{Model, TYPES};
use super::super::page::{Mark, Part};
use super::super::sites::{List, Seen, accesses, askers, declared};
use super::super::step::{Action, Read};
use super::{Expected, Kind};
use crate::random::Random;

pub(super) const KINDS: &[Kind] = &[
    Kind { name: "default-changed-in-code", make: in_code },
    Kind { name: "default-changed-in-contract", make: in_contract },
    Kind { name: "default-of-other-type", make: of_other_type },
    Kind { name: "default-for-critical", make: critical },
    Kind { name: "default-on-requirement", make: on_requirement },
    Kind { name: "default-for-later", make: for_later },
];

fn has_default(seen: &Seen<'_>) -> bool {
    seen.declared.default.is_some() && seen.read().is_some_and(|read| read.default().is_some())
}

fn in_code(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, &[List::Enrichment], has_default)?;
    let entry = site.get(model).clone();
    let step = model.phases[site.phase].read(&entry.field)?;
    let other = entry.kind.other.1;
    step.action = Action::Read(match step.action {
        Action::Read(Read::GetOr(_)) => Read::GetOr(other),
        _ => Read::GetDefault(other),
    });
    Expected::of("default-drift", Mark(step.number, Part::Access))
}

fn in_contract(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, &[List::Enrichment], has_default)?;
    let access = site.access(model)?;
    let entry = site.get_mut(model);
    entry.default = Some(entry.kind.other.0);
    Expected::of("default-drift", access)
}

/// The contract's default is of another type than the field, and another one than the code's.
fn of_other_type(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, &[List::Enrichment], has_default)?;
    let access = site.access(model)?;
    let entry = site.get_mut(model);
    entry.default = Some(TYPES[entry.kind.rival].default.0);
    let mark = Mark(entry.number, Part::Default);
    let mut expected = Expected::of("default-type-mismatch", mark)?;
    expected.may.push(("default-drift", access));
    Some(expected)
}

/// A field that matters is there sometimes, and defaults hide when it is not.
fn critical(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, &[List::Optional], |seen| {
        askers(seen.model, &seen.declared.field).any(|(_, entry)| entry.default.is_some())
    })?;
    let exit = site.get_mut(model);
    exit.severity = Some("blocking");
    let field = exit.field.clone();
    let mut expected = Expected::default();
    for (phase, entry) in askers(model, &field).filter(|(_, entry)| entry.default.is_some()) {
        expected.must.push(("shadow-default", Mark(entry.number, Part::Name)));
        // The code falls back as well.
        let accesses = accesses(model, phase, &field).into_iter();
        expected.may.extend(accesses.map(|access| ("shadow-default", access)));
    }
    Some(expected)
}

/// A blocking requirement stops the phase; its default never comes to anything.
fn on_requirement(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, &[List::Required], |seen| seen.declared.severity.is_none())?;
    let entry = site.get_mut(model);
    entry.default = Some(entry.kind.default.0);
    Expected::of("inert-setting", Mark(entry.number, Part::Default))
}

/// A default for what only a later phase leaves behind.
fn for_later(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, &[List::Exit], |seen| seen.phase > 1)?;
    let exit = site.get(model).clone();
    let phase = 1 + random.below(site.phase - 1);
    let read = Action::Read(Read::GetDefault(exit.kind.default.1));
    add_step(model, phase, &exit.field, read, random);
    let steps = &mut model.phases[phase].steps;
    steps.rotate_right(1);
    Expected::of("late-producer", Mark(steps[0].number, Part::Access))
}
