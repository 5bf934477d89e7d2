//! A contract that is not written as its kind wants it.

use super::super::model::Model;
use super::super::page::{Mark, Part};
use super::super::sites::{List, declared};
use super::{Expected, Kind};
use crate::random::Random;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "key-misspelt",
        make: |model, random| extra(model, random, "unknown-key", "desciption: Of old."),
    },
    Kind {
        name: "key-twice",
        make: |model, random| extra(model, random, "duplicate-key", "type: str"),
    },
    Kind {
        name: "key-of-wrong-type",
        make: |model, random| extra(model, random, "wrong-type", "description: [of, old]"),
    },
    Kind { name: "severity-misspelt", make: severity },
];

fn extra(
    model: &mut Model,
    random: &mut Random,
    rule: &'static str,
    line: &str,
) -> Option<Expected> {
    let lists = [List::Required, List::Enrichment, List::Exit, List::Optional];
    // A second type is of the same name, so that nothing else changes.
    let site = declared(model, random, &lists, |seen| {
        rule != "duplicate-key" || seen.declared.kind.name == "str"
    })?;
    let field = site.get_mut(model);
    field.extra = Some(line.to_owned());
    Expected::of(rule, Mark(field.number, Part::Extra))
}

fn severity(model: &mut Model, random: &mut Random) -> Option<Expected> {
    let lists = [List::Enrichment, List::Exit, List::Optional];
    let site = declared(model, random, &lists, |seen| seen.declared.severity.is_some())?;
    let field = site.get_mut(model);
    field.severity = Some("warnig");
    Expected::of("invalid-value", Mark(field.number, Part::Severity))
}
