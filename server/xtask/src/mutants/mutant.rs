//! One mutant: what was changed, and what has to be said of it.

use std::collections::{BTreeMap, BTreeSet};

use super::code;
use super::contract;
use super::grow::dress;
use super::harness::{Told, cold};
use super::kinds::Kind;
use super::model::Model;
use super::page::{Mark, Pages, Place};
use crate::random::Random;

/// A clean project with one mistake, or with none.
pub(super) struct Mutant {
    pub(super) kind: &'static str,
    pub(super) files: BTreeMap<String, String>,
    name: String,
    must: Vec<Awaited>,
    may: Vec<Awaited>,
}

/// A rule that speaks at one of these places.
pub(super) struct Awaited {
    pub(super) rule: &'static str,
    pub(super) places: Vec<Place>,
}

/// A mutant of which something else was said.
pub(super) struct Survivor {
    /// Its kind and its project.
    pub(super) name: String,
    pub(super) files: BTreeMap<String, String>,
    /// What is wrong, one each.
    pub(super) causes: Vec<String>,
}

/// The files of a model.
pub(super) fn pages(model: &Model) -> Pages {
    let mut pages = Pages::default();
    pages.add("flow.contract.yaml", contract::written(model));
    code::write(model, &mut pages);
    pages
}

impl Mutant {
    /// A mutant of these files, with what has to be said of it and what may be.
    pub(super) fn of(
        kind: &'static str,
        name: String,
        files: BTreeMap<String, String>,
        [must, may]: [Vec<Awaited>; 2],
    ) -> Mutant {
        Mutant { kind, files, name, must, may }
    }

    /// A project without a mistake.
    pub(super) fn untouched(project: &str, files: BTreeMap<String, String>) -> Mutant {
        Mutant::of("untouched", format!("untouched-{project}"), files, Default::default())
    }

    /// A mutant of this kind, if the project has a place for one.
    pub(super) fn made(
        kind: &'static Kind,
        project: u64,
        model: &Model,
        random: &mut Random,
    ) -> Option<Mutant> {
        let mut model = model.clone();
        if random.one_in(2) {
            redressed(&mut model, random);
        }
        let expected = (kind.make)(&mut model, random)?;
        let pages = pages(&model);
        let awaited = |marks: Vec<(&'static str, Mark)>| -> Vec<Awaited> {
            let places = |mark| pages.places.get(&mark).cloned().unwrap_or_default();
            marks.into_iter().map(|(rule, mark)| Awaited { rule, places: places(mark) }).collect()
        };
        let expected = [awaited(expected.must), awaited(expected.may)];
        let name = format!("{}-{project}", kind.name);
        Some(Mutant::of(kind.name, name, pages.texts, expected))
    }

    /// Nothing, if what was said of the mutant is what has to be, and nothing was said once it was
    /// undone.
    pub(super) fn verdict(self, [during, after]: [BTreeSet<Told>; 2]) -> Option<Survivor> {
        let mut causes = Vec::new();
        for awaited in &self.must {
            if !during.iter().any(|told| awaited.fits(told)) {
                causes.push(format!("missed: {awaited}"));
            }
        }
        let all = || self.must.iter().chain(&self.may);
        for told in during.iter().filter(|told| !all().any(|awaited| awaited.fits(told))) {
            causes.push(format!("not asked for: {} at {}", told.0, self.shown(&told.1)));
        }
        for (rule, place) in &after {
            causes.push(format!("left behind: {rule} at {}:{}", place.file, place.line));
        }
        if causes.is_empty() {
            return None;
        }
        if cold(&self.files) != during {
            causes.push("a fresh engine says something else".to_owned());
        }
        Some(Survivor { name: self.name, files: self.files, causes })
    }

    fn shown(&self, place: &Place) -> String {
        let text = self.files.get(&place.file);
        let line = text.and_then(|text| text.lines().nth(place.line - 1)).unwrap_or_default();
        format!("{}:{} `{}`", place.file, place.line, line.trim())
    }
}

impl Awaited {
    fn fits(&self, (rule, place): &Told) -> bool {
        self.rule == rule && self.places.contains(place)
    }
}

impl std::fmt::Display for Awaited {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} at", self.rule)?;
        for place in &self.places {
            write!(f, " {}:{}", place.file, place.line)?;
        }
        Ok(())
    }
}

/// Some steps in other words, which may make the mistake harder to see.
fn redressed(model: &mut Model, random: &mut Random) {
    for step in model.phases.iter_mut().flat_map(|phase| &mut phase.steps) {
        if random.one_in(3) {
            dress(step, random);
        }
    }
}
