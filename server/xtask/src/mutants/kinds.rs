//! All kinds of mutants, each with what has to be said of it.
//!
//! A kind for a new rule is one more entry of a family's list: it changes a model and names the
//! places where the rule has to speak. What a kind expects follows from what it did, never from
//! what the tool says.

mod chains;
mod declarations;
mod defaults;
mod drops;
mod form;
mod handlers;
mod names;
mod order;
mod preserving;
mod reads;
mod types;
mod writes;

use super::model::{Declared, Model};
use super::page::{Mark, Part};
use crate::random::Random;

/// A kind of mutants.
pub(super) struct Kind {
    pub(super) name: &'static str,
    /// Makes the mistake somewhere, if there is a place for it, and says what it has to lead to.
    pub(super) make: fn(&mut Model, &mut Random) -> Option<Expected>,
}

/// What has to be said of a mutant.
#[derive(Clone, Default)]
pub(super) struct Expected {
    /// Rules and the places where they have to speak.
    pub(super) must: Vec<(&'static str, Mark)>,
    /// Rules that may speak as well: the same mistake, seen from its other side.
    pub(super) may: Vec<(&'static str, Mark)>,
}

impl Expected {
    /// One finding.
    fn of(rule: &'static str, at: Mark) -> Option<Expected> {
        Some(Expected { must: vec![(rule, at)], may: Vec::new() })
    }

    /// Nothing.
    fn silence() -> Option<Expected> {
        Some(Expected::default())
    }
}

/// What is said of an entry whose field nobody produces: first of all that its source does not.
fn missing(entry: &Declared) -> (&'static str, Mark) {
    if entry.source.is_some() {
        ("wrong-source-phase", Mark(entry.number, Part::Source))
    } else if entry.default.is_some() {
        ("shadow-default", Mark(entry.number, Part::Name))
    } else {
        ("dangling-read", Mark(entry.number, Part::Name))
    }
}

/// All kinds, family by family.
pub(super) fn kinds() -> impl Iterator<Item = &'static Kind> {
    let families = [
        names::KINDS,
        declarations::KINDS,
        writes::KINDS,
        reads::KINDS,
        defaults::KINDS,
        types::KINDS,
        order::KINDS,
        drops::KINDS,
        chains::KINDS,
        form::KINDS,
        handlers::KINDS,
        preserving::KINDS,
    ];
    families.into_iter().flatten()
}
