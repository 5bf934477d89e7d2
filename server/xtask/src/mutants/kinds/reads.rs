//! Code that relies on what is not there, or not always.

use super::super::grow::add_step;
use super::super::model::Model;
use super::super::page::{Mark, Part};
use super::super::sites::{List, declared};
use super::super::step::{Action, Around, Read};
use super::{Expected, Kind};
use crate::random::Random;

pub(super) const KINDS: &[Kind] = &[
    Kind { name: "optional-read-hard", make: optional_read_hard },
    Kind { name: "unknown-read-hard", make: |model, random| unknown(model, random, Read::HARD) },
    Kind { name: "unknown-read-soft", make: |model, random| unknown(model, random, Read::SOFT) },
    Kind { name: "later-read-hard", make: |model, random| later(model, random, Read::HARD) },
    Kind { name: "later-read-soft", make: |model, random| later(model, random, Read::SOFT) },
    Kind { name: "known-read", make: known },
    Kind { name: "read-deleted", make: deleted },
];

/// What is there sometimes is read as if it always were.
fn optional_read_hard(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, &[List::Enrichment], |seen| {
        let phases = &seen.model.phases;
        phases.iter().any(|phase| phase.optional.iter().any(|e| e.field == seen.declared.field))
    })?;
    let field = site.get(model).field.clone();
    let step = model.phases[site.phase].read(&field)?;
    step.action = Action::Read(*random.pick(Read::HARD));
    Expected::of("conditional-read", Mark(step.number, Part::Access))
}

/// A new read, before the phase writes anything.
fn added(model: &mut Model, phase: usize, field: &str, read: Read, random: &mut Random) -> Mark {
    add_step(model, phase, field, Action::Read(read), random);
    let steps = &mut model.phases[phase].steps;
    steps.rotate_right(1);
    Mark(steps[0].number, Part::Access)
}

fn unknown(model: &mut Model, random: &mut Random, forms: &[Read]) -> Option<Expected> {
    let phase = random.below(model.phases.len());
    let field = model.fresh()?;
    let read = *random.pick(forms);
    Expected::of("undeclared-read", added(model, phase, &field, read, random))
}

/// A read of what only a later phase leaves behind.
fn later(model: &mut Model, random: &mut Random, forms: &[Read]) -> Option<Expected> {
    let site = declared(model, random, &[List::Exit], |seen| seen.phase > 1)?;
    let field = site.get(model).field.clone();
    let phase = 1 + random.below(site.phase - 1);
    let read = *random.pick(forms);
    Expected::of("late-producer", added(model, phase, &field, read, random))
}

/// The phase goes on to ask for what its code does not read any more.
fn deleted(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, List::ENTRIES, |seen| {
        seen.phase > 0 && !seen.is_chained() && seen.model.producer(&seen.declared.field).is_some()
    })?;
    let field = site.get(model).field.clone();
    let step = model.phases[site.phase].read(&field)?;
    step.action = Action::Unrelated(vec!["ready()".to_owned()]);
    Expected::of("unused-requirement", site.mark(model, Part::Name))
}

/// A read of what an earlier phase certainly leaves behind, but that nobody declared.
fn known(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, &[List::Exit], |seen| {
        let next = seen.model.phases.get(seen.phase + 1);
        let certain = seen.step().is_some_and(|step| Around::CERTAIN.contains(&step.around));
        certain && next.is_some_and(|next| next.entries().all(|e| e.field != seen.declared.field))
    })?;
    let field = site.get(model).field.clone();
    let read = *random.pick(Read::HARD);
    Expected::of("undeclared-read", added(model, site.phase + 1, &field, read, random))
}
