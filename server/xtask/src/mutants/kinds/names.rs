//! A name is changed on one side only.

use super::super::model::Model;
use super::super::page::{Mark, Part};
use super::super::sites::{List, Site, declared, slip};
use super::super::step::Action;
use super::{Expected, Kind, missing};
use crate::random::Random;

pub(super) const KINDS: &[Kind] = &[
    Kind { name: "slip-in-exit", make: |model, random| exit(model, random, Rename::Slip) },
    Kind { name: "exit-renamed", make: |model, random| exit(model, random, Rename::Other) },
    Kind { name: "slip-in-entry", make: |model, random| entry(model, random, Rename::Slip) },
    Kind { name: "entry-renamed", make: |model, random| entry(model, random, Rename::Other) },
    Kind { name: "slip-in-write", make: |model, random| write(model, random, Rename::Slip) },
    Kind { name: "write-renamed", make: |model, random| write(model, random, Rename::Other) },
    Kind { name: "slip-in-read", make: |model, random| read(model, random, Rename::Slip) },
    Kind { name: "read-renamed", make: |model, random| read(model, random, Rename::Other) },
    Kind { name: "slip-in-optional-write", make: optional_write },
    Kind { name: "slip-in-default-read", make: default_read },
];

/// What a name becomes.
#[derive(Clone, Copy, PartialEq)]
enum Rename {
    Slip,
    /// A name that is near no other.
    Other,
}

impl Rename {
    fn of(self, name: &str, random: &mut Random) -> Option<String> {
        let others = ["umbrella_sorting", "tunnel_voltage", "yellow_cabin", "pepper_xylem"];
        match self {
            Rename::Slip => slip(name, random),
            Rename::Other => Some((*random.pick(&others)).to_owned()),
        }
    }
}

fn renamed(model: &mut Model, site: Site, random: &mut Random, rename: Rename) -> Option<String> {
    let name = rename.of(&site.get(model).field, random)?;
    Some(std::mem::replace(&mut site.get_mut(model).field, name))
}

/// The code goes on to write the old name, which nobody promises any more.
fn exit(model: &mut Model, random: &mut Random, rename: Rename) -> Option<Expected> {
    let site = declared(model, random, &[List::Exit], |seen| !seen.is_chained())?;
    let access = site.access(model)?;
    renamed(model, site, random, rename)?;
    let promise = site.mark(model, Part::Name);
    let mut expected = Expected::of("unfulfilled-exit", promise)?;
    // Nobody asks for the new name either.
    expected.may.push(("dead-write", promise));
    let of_write = if rename == Rename::Slip { &mut expected.may } else { &mut expected.must };
    of_write.push(("undeclared-write", access));
    Some(expected)
}

/// The phase asks for a name that nobody produces. Its code reads the old one, undeclared.
fn entry(model: &mut Model, random: &mut Random, rename: Rename) -> Option<Expected> {
    let site = declared(model, random, List::ENTRIES, |seen| seen.phase > 0 && !seen.is_chained())?;
    let access = site.access(model)?;
    renamed(model, site, random, rename)?;
    let entry = site.get(model);
    let must = vec![missing(entry), ("undeclared-read", access)];
    let may = vec![("unused-requirement", Mark(entry.number, Part::Name))];
    Some(Expected { must, may })
}

/// The promise is broken. A write that nearly is the promised one belongs to that finding.
fn write(model: &mut Model, random: &mut Random, rename: Rename) -> Option<Expected> {
    let site = declared(model, random, &[List::Exit], |_| true)?;
    let field = site.get(model).field.clone();
    let step = model.phases[site.phase].write(&field)?;
    step.field = rename.of(&field, random)?;
    let access = Mark(step.number, Part::Access);
    let mut expected = Expected::of("unfulfilled-exit", site.mark(model, Part::Name))?;
    if rename == Rename::Other {
        expected.must.push(("undeclared-write", access));
    }
    Some(expected)
}

/// Nothing was promised for certain; only the name of the write is wrong.
fn optional_write(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, &[List::Optional], |_| true)?;
    let field = site.get(model).field.clone();
    let step = model.phases[site.phase].write(&field)?;
    step.field = slip(&field, random)?;
    Expected::of("undeclared-write", Mark(step.number, Part::Access))
}

/// The code reads what nobody produces, and not what its phase asks for.
fn read(model: &mut Model, random: &mut Random, rename: Rename) -> Option<Expected> {
    let site = declared(model, random, List::ENTRIES, |seen| {
        seen.phase > 0 && seen.read().is_some_and(|read| read.default().is_none())
    })?;
    let field = site.get(model).field.clone();
    let step = model.phases[site.phase].read(&field)?;
    step.field = rename.of(&field, random)?;
    let access = Mark(step.number, Part::Access);
    let mut expected = Expected::of("undeclared-read", access)?;
    expected.may.push(("unused-requirement", site.mark(model, Part::Name)));
    Some(expected)
}

/// A default for a key that nearly is one of the pipeline's always wins.
fn default_read(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let site = declared(model, random, List::ENTRIES, |seen| {
        seen.phase > 0 && seen.read().is_some_and(|read| read.default().is_some())
    })?;
    let field = site.get(model).field.clone();
    let step = model.phases[site.phase].read(&field)?;
    step.field = slip(&field, random)?;
    debug_assert!(matches!(step.action, Action::Read(_)));
    let mut expected = Expected::of("shadow-default", Mark(step.number, Part::Access))?;
    expected.may.push(("unused-requirement", site.mark(model, Part::Name)));
    Some(expected)
}
