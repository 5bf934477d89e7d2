//! Fields that are taken away before somebody needs them.

use super::super::grow::{add_step, settle};
use super::super::model::{Model, one_of};
use super::super::page::{Mark, Part};
use super::super::sites::askers;
use super::super::step::{Action, Around, Carrier};
use super::{Expected, Kind};
use crate::random::Random;

pub(super) const KINDS: &[Kind] = &[
    Kind { name: "read-becomes-pop", make: |model, random| drop(model, random, Action::Pop, None) },
    Kind {
        name: "deleted-after-read",
        make: |model, random| drop(model, random, Action::Delete, None),
    },
    Kind {
        name: "popped-sometimes",
        make: |model, random| drop(model, random, Action::Pop, Some(Around::If)),
    },
    Kind {
        name: "deleted-sometimes",
        make: |model, random| drop(model, random, Action::Delete, Some(Around::TryPass)),
    },
    Kind { name: "all-cleared", make: cleared },
];

/// A field that a phase requires, reads hard, and that a later phase requires as well.
fn drop(
    model: &mut Model,
    random: &mut Random,
    action: Action,
    around: Option<Around>,
) -> Option<Expected> {
    let (phase, field) = needed_later(model, random)?;
    add_step(model, phase, &field, action, random);
    let step = model.phases[phase].steps.last_mut()?;
    // What a base does would come first, and the read after it.
    if step.by == Carrier::Super {
        step.by = Carrier::Inherited;
    }
    if let Some(around) = around {
        step.around = around;
        settle(step);
    }
    Expected::of("dropped-field", Mark(step.number, Part::Access))
}

/// A phase with a field that it asks for, and that another requires after it.
fn needed_later(model: &Model, random: &mut Random) -> Option<(usize, String)> {
    let mut sites = Vec::new();
    for (index, phase) in model.phases.iter().enumerate() {
        for entry in &phase.required {
            let later = askers(model, &entry.field).any(|(other, entry)| {
                other > index && is_hard(model, other, &entry.field) && entry.default.is_none()
            });
            if later && !model.is_chained(&entry.field) {
                sites.push((index, entry.field.clone()));
            }
        }
    }
    one_of(random, sites.into_iter())
}

fn is_hard(model: &Model, phase: usize, field: &str) -> bool {
    let mut steps = model.phases[phase].steps.iter().filter(|step| step.field == field);
    steps.any(|step| matches!(step.action, Action::Read(read) if read.is_hard()))
}

/// Everything goes, the phase's own results apart.
fn cleared(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let (phase, field) = needed_later(model, random)?;
    add_step(model, phase, &field, Action::Clear, random);
    let steps = &mut model.phases[phase].steps;
    for step in steps.iter_mut().filter(|step| step.by == Carrier::Super) {
        step.by = Carrier::Inherited;
    }
    let step = steps.pop()?;
    let mark = Mark(step.number, Part::Access);
    let reads = steps.iter().filter(|step| matches!(step.action, Action::Read(_))).count();
    steps.insert(reads, step);
    Expected::of("dropped-field", mark)
}
