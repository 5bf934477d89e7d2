//! Handlers that are not there, and classes that declare something else than their contract.

use super::super::model::{Declared, Handler, Model, TYPES, one_of};
use super::super::page::{Mark, Part};
use super::super::sites::slip;
use super::{Expected, Kind};
use crate::random::Random;

pub(super) const KINDS: &[Kind] = &[
    Kind { name: "handler-removed", make: removed },
    Kind { name: "slip-in-handler-phase", make: misnamed },
    Kind { name: "in-code-of-other-type", make: of_other_type },
    Kind { name: "in-code-other-severity", make: of_other_severity },
    Kind { name: "in-code-other-default", make: of_other_default },
    Kind { name: "in-code-missing", make: missing },
    Kind { name: "in-code-unknown", make: unknown },
    Kind {
        name: "same-declared-in-code",
        make: |model, _| {
            declare(model);
            Expected::silence()
        },
    },
];

/// A phase of which the others have handlers.
fn removed(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let inner = 1 + random.below(model.phases.len() - 1);
    let phase = &mut model.phases[inner];
    phase.handler = Handler::Missing;
    Expected::of("missing-handler", Mark(phase.number, Part::Name))
}

fn misnamed(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let inner = 1 + random.below(model.phases.len() - 1);
    let phase = &mut model.phases[inner];
    phase.handler = Handler::Of(slip(&phase.name, random)?);
    // No contract claims a handler of a phase that none has, unless it is registered with others.
    let mut expected = Expected::of("missing-handler", Mark(phase.number, Part::Name))?;
    expected.may.push(("unknown-handler-phase", Mark(phase.number, Part::InCode)));
    Some(expected)
}

/// Has every handler declare in code what the contract says of its phase.
fn declare(model: &mut Model) {
    let mut number = model.numbers;
    for phase in &mut model.phases {
        let mut spoken = |declared: &Declared| {
            number += 1;
            // Code writes defaults in Python.
            let default = declared.default.map(|_| declared.kind.default.1);
            Declared { number, default, ..declared.clone() }
        };
        let requires = phase.required.iter().chain(&phase.enrichment).map(&mut spoken).collect();
        let produces = phase.exit.iter().chain(&phase.optional).map(&mut spoken).collect();
        phase.in_code = Some([requires, produces]);
    }
    model.numbers = number;
}

/// A declaration in code for which something holds, once all handlers have them.
fn declared<'a>(
    model: &'a mut Model,
    random: &mut Random,
    fits: impl Fn(&Declared) -> bool,
) -> Option<&'a mut Declared> {
    declare(model);
    let all = model.phases.iter().flat_map(|phase| phase.in_code.iter().flatten().flatten());
    let fitting: Vec<u32> = all.filter(|it| fits(it)).map(|it| it.number).collect();
    let number = one_of(random, fitting.into_iter())?;
    let lists = model.phases.iter_mut().flat_map(|phase| phase.in_code.iter_mut().flatten());
    lists.flatten().find(|it| it.number == number)
}

fn mismatch(declared: &Declared) -> Option<Expected> {
    Expected::of("contract-mismatch", Mark(declared.number, Part::InCode))
}

fn of_other_type(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let declared = declared(model, random, |it| it.default.is_none())?;
    declared.kind = &TYPES[declared.kind.rival];
    mismatch(declared)
}

fn of_other_severity(model: &mut Model, random: &mut Random) -> Option<Expected> {
    // Of an exit without a severity the contract says none.
    let declared = declared(model, random, |it| it.severity.is_some())?;
    declared.severity = None;
    mismatch(declared)
}

fn of_other_default(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let declared = declared(model, random, |it| it.default.is_some())?;
    declared.default = Some(declared.kind.other.1);
    mismatch(declared)
}

/// The code leaves out what the contract says.
fn missing(model: &mut Model, random: &mut Random) -> Option<Expected> {
    declare(model);
    let phase = random.below(model.phases.len());
    let phase = &mut model.phases[phase];
    let [requires, produces] = phase.in_code.as_mut()?;
    let (part, list) =
        if requires.len() > 1 { (Part::Requires, requires) } else { (Part::Produces, produces) };
    (list.len() > 1).then(|| list.pop())?;
    Expected::of("contract-mismatch", Mark(phase.number, part))
}

/// The code declares what the contract does not know.
fn unknown(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let name = model.fresh()?;
    let declared = declared(model, random, |_| true)?;
    let more = Declared { number: u32::MAX, field: name, ..declared.clone() };
    let number = declared.number;
    let lists = model.phases.iter_mut().flat_map(|phase| phase.in_code.iter_mut().flatten());
    let mut lists = lists.filter(|list| list.iter().any(|it| it.number == number));
    lists.next()?.push(more.clone());
    mismatch(&more)
}
