//! Types that exclude each other.

use super::super::model::{Model, TYPES};
use super::super::page::{Mark, Part};
use super::super::sites::{List, askers, declared};
use super::{Expected, Kind};
use crate::random::Random;

pub(super) const KINDS: &[Kind] = &[
    Kind { name: "type-changed-at-entry", make: at_entry },
    Kind { name: "type-changed-at-exit", make: at_exit },
];

fn at_entry(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, List::ENTRIES, |seen| {
        seen.phase > 0 && seen.declared.default.is_none()
    })?;
    let entry = site.get_mut(model);
    entry.kind = &TYPES[entry.kind.rival];
    Expected::of("type-conflict", Mark(entry.number, Part::Type))
}

/// Every phase that asks for the field gets another type than it takes, and the code does not
/// write what is declared.
fn at_exit(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, List::EXITS, |seen| seen.readers() > 0)?;
    let exit = site.get_mut(model);
    exit.kind = &TYPES[exit.kind.rival];
    let field = exit.field.clone();
    let must = askers(model, &field).map(|(_, e)| ("type-conflict", Mark(e.number, Part::Type)));
    let must = must.collect();
    let may = site.access(model).map(|access| ("value-conflict", access));
    Some(Expected { must, may: may.into_iter().collect() })
}
