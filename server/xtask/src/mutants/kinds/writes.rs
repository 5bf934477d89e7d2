//! Code that does not leave behind what its phase promises.

use super::super::grow::{add_step, settle};
use super::super::model::{Declared, Model, TYPES};
use super::super::page::{Mark, Part};
use super::super::sites::{List, declared};
use super::super::step::{Action, Around, Key, Step, Write};
use super::{Expected, Kind};
use crate::random::Random;

pub(super) const KINDS: &[Kind] = &[
    Kind { name: "write-deleted", make: deleted },
    Kind { name: "write-in-branch", make: |model, random| moved(model, random, Around::If) },
    Kind { name: "write-in-case", make: |model, random| moved(model, random, Around::Match) },
    Kind { name: "write-in-loop", make: |model, random| moved(model, random, Around::For) },
    Kind { name: "write-in-while", make: |model, random| moved(model, random, Around::While) },
    Kind { name: "write-in-try", make: |model, random| moved(model, random, Around::TryPass) },
    Kind { name: "return-before-write", make: return_before },
    Kind { name: "write-to-copy", make: to_copy },
    Kind { name: "write-to-other-dict", make: to_other },
    Kind { name: "write-undeclared", make: undeclared },
    Kind { name: "write-reserved", make: reserved },
    Kind { name: "write-lost", make: lost },
    Kind { name: "write-of-other-type", make: of_other_type },
];

/// A write of what is declared, as plain as can be.
pub(super) fn plain(declared: &Declared) -> Action {
    Action::Write(Write::Subscript, declared.kind.value.to_owned())
}

/// The write of a promised field, and the mark of the promise.
fn promised<'a>(model: &'a mut Model, random: &mut Random) -> Option<(&'a mut Step, Mark)> {
    let site = declared(model, random, &[List::Exit], |_| true)?;
    let mark = site.mark(model, Part::Name);
    let field = site.get(model).field.clone();
    Some((model.phases[site.phase].write(&field)?, mark))
}

fn deleted(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let (step, mark) = promised(model, random)?;
    step.action = Action::Unrelated(vec!["ready()".to_owned()]);
    Expected::of("unfulfilled-exit", mark)
}

/// The write is done on some paths only.
fn moved(model: &mut Model, random: &mut Random, around: Around) -> Option<Expected> {
    let (step, mark) = promised(model, random)?;
    step.around = around;
    settle(step);
    Expected::of("unfulfilled-exit", mark)
}

/// The function that holds the write leaves before it, sometimes.
fn return_before(model: &mut Model, random: &mut Random) -> Option<Expected> {
    moved(model, random, Around::EarlyReturn)
}

/// What is written goes into a copy, and no further.
fn to_copy(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let copies = ["dict(context)", "{**context}", "context.copy()", "context | {}"];
    let copy = *random.pick(&copies);
    instead(model, random, |field| {
        vec![
            format!("view = {copy}"),
            format!("view[\"{field}\"] = make()"),
            "make(view)".to_owned(),
        ]
    })
}

/// What is written goes into another dict.
fn to_other(model: &mut Model, random: &mut Random) -> Option<Expected> {
    instead(model, random, |field| {
        vec!["details = {}".to_owned(), format!("details[\"{field}\"] = make()")]
    })
}

fn instead(
    model: &mut Model,
    random: &mut Random,
    lines: impl Fn(&str) -> Vec<String>,
) -> Option<Expected> {
    let (step, mark) = promised(model, random)?;
    step.action = Action::Unrelated(lines(&step.field));
    Expected::of("unfulfilled-exit", mark)
}

/// The code leaves behind what its phase does not declare, and nobody knows.
fn undeclared(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let phase = random.below(model.phases.len());
    let field = model.fresh()?;
    let write = Action::Write(*random.pick(Write::ALL), "make()".to_owned());
    add_step(model, phase, &field, write, random);
    let step = model.phases[phase].steps.last()?;
    Expected::of("undeclared-write", Mark(step.number, Part::Access))
}

fn reserved(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let phase = random.below(model.phases.len());
    let field = format!("_cc_{}", model.fresh()?);
    let write = Action::Write(*random.pick(Write::ALL), "make()".to_owned());
    add_step(model, phase, &field, write, random);
    let step = model.phases[phase].steps.last()?;
    Expected::of("reserved-key", Mark(step.number, Part::Access))
}

/// What is written is certainly not of the declared type.
fn of_other_type(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, List::EXITS, |_| true)?;
    let exit = site.get(model).clone();
    let step = model.phases[site.phase].write(&exit.field)?;
    let Action::Write(_, value) = &mut step.action else { return None };
    TYPES[exit.kind.rival].value.clone_into(value);
    Expected::of("value-conflict", Mark(step.number, Part::Access))
}

/// The next phase promises and writes the same field, before anybody has read it.
fn lost(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, &[List::Exit], |seen| {
        let next = seen.model.phases.get(seen.phase + 1);
        let is_value = |step: &Step| matches!(&step.action, Action::Write(form, _) if *form != Write::SetDefault);
        seen.readers() > 0
            && !seen.is_chained()
            && seen.step().is_some_and(is_value)
            && next.is_some_and(|next| next.entries().all(|e| e.field != seen.declared.field))
            && seen.phase + 2 < seen.model.phases.len()
    })?;
    let exit = Declared { number: model.number(), ..site.get(model).clone() };
    let access = site.access(model)?;
    let next = site.phase + 1;
    add_step(model, next, &exit.field, plain(&exit), random);
    let step = model.phases[next].steps.last_mut()?;
    step.key = Key::Literal;
    model.phases[next].exit.push(exit);
    Expected::of("lost-write", access)
}
