//! Where in a model a mistake can be made.

use super::model::{Declared, Model, one_of};
use super::page::{Mark, Part};
use super::step::{Action, Read, Step};
use crate::random::Random;

/// A list of a phase.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum List {
    Required,
    Enrichment,
    Exit,
    Optional,
}

/// A declared field: phase, list, place in the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Site {
    pub(super) phase: usize,
    pub(super) list: List,
    index: usize,
}

/// What is asked of a site.
pub(super) struct Seen<'a> {
    pub(super) model: &'a Model,
    pub(super) phase: usize,
    pub(super) is_last: bool,
    pub(super) declared: &'a Declared,
}

impl Seen<'_> {
    /// Whether a chain follows the field.
    pub(super) fn is_chained(&self) -> bool {
        self.model.is_chained(&self.declared.field)
    }

    /// Later phases that ask for the field.
    pub(super) fn readers(&self) -> usize {
        let later = self.model.phases.iter().skip(self.phase + 1);
        later.filter(|phase| phase.entries().any(|e| e.field == self.declared.field)).count()
    }

    /// What the phase's handler does with the field.
    pub(super) fn step(&self) -> Option<&Step> {
        let steps = &self.model.phases[self.phase].steps;
        steps.iter().find(|step| step.field == self.declared.field)
    }

    /// How the phase's handler reads the field.
    pub(super) fn read(&self) -> Option<Read> {
        match self.step()?.action {
            Action::Read(read) => Some(read),
            _ => None,
        }
    }
}

/// A declared field in one of these lists for which something holds.
pub(super) fn declared(
    model: &Model,
    random: &mut Random,
    lists: &[List],
    fits: impl Fn(&Seen<'_>) -> bool,
) -> Option<Site> {
    let mut sites = Vec::new();
    for phase in 0..model.phases.len() {
        for list in lists {
            for (index, declared) in list.of(model, phase).iter().enumerate() {
                let is_last = phase + 1 == model.phases.len();
                if fits(&Seen { model, phase, is_last, declared }) {
                    sites.push(Site { phase, list: *list, index });
                }
            }
        }
    }
    one_of(random, sites.into_iter())
}

impl List {
    pub(super) const ENTRIES: &[List] = &[List::Required, List::Enrichment];
    pub(super) const EXITS: &[List] = &[List::Exit, List::Optional];

    fn of(self, model: &Model, phase: usize) -> &Vec<Declared> {
        let phase = &model.phases[phase];
        match self {
            List::Required => &phase.required,
            List::Enrichment => &phase.enrichment,
            List::Exit => &phase.exit,
            List::Optional => &phase.optional,
        }
    }

    fn of_mut(self, model: &mut Model, phase: usize) -> &mut Vec<Declared> {
        let phase = &mut model.phases[phase];
        match self {
            List::Required => &mut phase.required,
            List::Enrichment => &mut phase.enrichment,
            List::Exit => &mut phase.exit,
            List::Optional => &mut phase.optional,
        }
    }
}

impl Site {
    pub(super) fn get(self, model: &Model) -> &Declared {
        &self.list.of(model, self.phase)[self.index]
    }

    pub(super) fn get_mut(self, model: &mut Model) -> &mut Declared {
        &mut self.list.of_mut(model, self.phase)[self.index]
    }

    pub(super) fn remove(self, model: &mut Model) -> Declared {
        self.list.of_mut(model, self.phase).remove(self.index)
    }

    /// The mark of a part of the declaration.
    pub(super) fn mark(self, model: &Model, part: Part) -> Mark {
        Mark(self.get(model).number, part)
    }

    /// The mark of what the phase's handler does with the field.
    pub(super) fn access(self, model: &Model) -> Option<Mark> {
        let field = &self.get(model).field;
        accesses(model, self.phase, field).first().copied()
    }
}

/// The marks of all that a phase's handler does with a field.
pub(super) fn accesses(model: &Model, phase: usize, field: &str) -> Vec<Mark> {
    let steps = model.phases[phase].steps.iter().filter(|step| step.field == field);
    steps.map(|step| Mark(step.number, Part::Access)).collect()
}

/// All entries that ask for a field, with their phases.
pub(super) fn askers<'a>(
    model: &'a Model,
    field: &'a str,
) -> impl Iterator<Item = (usize, &'a Declared)> {
    let phases = model.phases.iter().enumerate();
    phases.flat_map(move |(index, phase)| {
        let entries = phase.entries().filter(move |entry| entry.field == field);
        entries.map(move |entry| (index, entry))
    })
}

/// A slip of the fingers: two letters of the name the other way round.
pub(super) fn slip(name: &str, random: &mut Random) -> Option<String> {
    let letters: Vec<char> = name.chars().collect();
    let pairs = 1..letters.len().saturating_sub(1);
    let fits = |at: &usize| {
        let (one, other) = (letters[*at], letters[*at + 1]);
        one != other && one != '_' && other != '_' && one != '.' && other != '.'
    };
    let at = one_of(random, pairs.filter(fits))?;
    let mut letters = letters.clone();
    letters.swap(at, at + 1);
    Some(letters.into_iter().collect())
}
