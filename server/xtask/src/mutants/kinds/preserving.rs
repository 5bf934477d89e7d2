//! The same pipeline in other words: nothing is to be said.

use super::super::grow::dress;
use super::super::model::{Model, one_of};
use super::super::step::{Action, Around, Carrier, Key, Read, Step, Write};
use super::{Expected, Kind};
use crate::random::Random;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "same-locals-renamed",
        make: |model, _| {
            model.layout.renamed ^= true;
            Expected::silence()
        },
    },
    Kind {
        name: "same-other-modules",
        make: |model, _| {
            model.layout.one_module ^= true;
            Expected::silence()
        },
    },
    Kind {
        name: "same-as-package",
        make: |model, _| {
            model.layout.package ^= true;
            Expected::silence()
        },
    },
    Kind {
        name: "same-contract-style",
        make: |model, _| {
            model.layout.flow ^= true;
            model.layout.quoted ^= true;
            Expected::silence()
        },
    },
    Kind {
        name: "same-with-comments",
        make: |model, _| {
            model.layout.comments ^= true;
            Expected::silence()
        },
    },
    Kind {
        name: "same-handlers-reversed",
        make: |model, _| {
            model.layout.reversed ^= true;
            Expected::silence()
        },
    },
    Kind {
        name: "same-in-helper",
        make: |model, random| {
            each(model, random, |step, random| step.by = *random.pick(Carrier::ALL))
        },
    },
    Kind {
        name: "same-with-constant",
        make: |model, random| each(model, random, |step, random| step.key = *random.pick(Key::ALL)),
    },
    Kind { name: "same-statement", make: |model, random| each(model, random, restated) },
    Kind { name: "same-on-every-path", make: on_every_path },
    Kind { name: "same-reads-reordered", make: reordered },
    Kind { name: "same-lists-reordered", make: lists_reordered },
    Kind { name: "same-with-logging", make: logging },
    Kind { name: "same-with-other-dict", make: other_dict },
    Kind { name: "same-with-private-key", make: private_key },
];

/// Some steps are done another way.
fn each(
    model: &mut Model,
    random: &mut Random,
    change: fn(&mut Step, &mut Random),
) -> Option<Expected> {
    for phase in &mut model.phases {
        for step in &mut phase.steps {
            if random.one_in(2) {
                change(step, random);
                super::super::grow::settle(step);
            }
        }
    }
    Expected::silence()
}

/// Another statement with the same effect.
fn restated(step: &mut Step, random: &mut Random) {
    step.action = match std::mem::replace(&mut step.action, Action::Clear) {
        Action::Read(read) if read.is_hard() => Action::Read(*random.pick(Read::HARD)),
        Action::Read(read) if Read::GUARDED.contains(&read) => {
            Action::Read(*random.pick(Read::GUARDED))
        }
        Action::Read(Read::GetDefault(it)) => Action::Read(Read::GetOr(it)),
        Action::Read(Read::GetOr(it)) => Action::Read(Read::GetDefault(it)),
        Action::Write(_, value) => Action::Write(*random.pick(Write::ALL), value),
        other => other,
    };
}

/// What is always written is written in other surroundings.
fn on_every_path(model: &mut Model, random: &mut Random) -> Option<Expected> {
    each(model, random, |step, random| {
        if matches!(step.action, Action::Write(..)) && Around::CERTAIN.contains(&step.around) {
            step.around = *random.pick(Around::CERTAIN);
        } else if matches!(step.action, Action::Read(_)) {
            dress(step, random);
        }
    })
}

fn reordered(model: &mut Model, random: &mut Random) -> Option<Expected> {
    for phase in &mut model.phases {
        let is_read = |step: &Step| matches!(step.action, Action::Read(_));
        let reads = phase.steps.iter().filter(|step| is_read(step)).count();
        phase.steps[..reads].rotate_left(random.below(reads.max(1)));
        phase.steps[reads..].reverse();
    }
    Expected::silence()
}

fn lists_reordered(model: &mut Model, _: &mut Random) -> Option<Expected> {
    for phase in &mut model.phases {
        phase.required.reverse();
        phase.enrichment.reverse();
        phase.exit.reverse();
        phase.optional.reverse();
    }
    Expected::silence()
}

/// Lines somewhere in a handler.
fn added(model: &mut Model, random: &mut Random, lines: Vec<String>) -> Option<Expected> {
    let number = model.number();
    let phase = random.below(model.phases.len());
    let steps = &mut model.phases[phase].steps;
    let at = random.below(steps.len() + 1);
    let step = Step {
        number,
        field: String::new(),
        action: Action::Unrelated(lines),
        by: Carrier::Direct,
        key: Key::Literal,
        around: Around::Plain,
    };
    steps.insert(at, step);
    Expected::silence()
}

/// Some field's name, which is about to stand where it says nothing of the context.
fn a_field(model: &Model, random: &mut Random) -> Option<String> {
    let steps = model.phases.iter().flat_map(|phase| &phase.steps);
    one_of(random, steps.map(|step| step.field.clone()).collect::<Vec<_>>().into_iter())
}

fn logging(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let field = a_field(model, random)?;
    let lines = [
        "import logging".to_owned(),
        format!("report = {{\"{field}s\": len(seen)}}"),
        "logging.getLogger(__name__).info(\"%s %s\", report, len(context))".to_owned(),
    ];
    added(model, random, lines.to_vec())
}

fn other_dict(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let field = a_field(model, random)?;
    let lines = [
        "totals = {}".to_owned(),
        format!("totals[\"{field}\"] = totals.get(\"{field}s\", 0) + 1"),
        format!("totals.pop(\"{field}\")"),
        "totals.clear()".to_owned(),
    ];
    added(model, random, lines.to_vec())
}

fn private_key(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let name = model.fresh()?;
    let lines = [
        format!("context[\"_{name}\"] = len(seen)"),
        format!("seen.append(context[\"_{name}\"])"),
        format!("del context[\"_{name}\"]"),
    ];
    added(model, random, lines.to_vec())
}
