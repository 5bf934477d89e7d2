//! A file of Python to its facts.

use syntax::python::Tree;
use syntax::python::cst::Outline;
use text::exact::fitted;

use super::PythonFacts;
use super::module::{File, Kept};
use crate::places::Places;

/// The facts of a file, kept so that the next text of the file can take over what it shares.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The facts.
    pub facts: PythonFacts,
    /// Where their anchors stand.
    pub places: Places,
    units: Vec<Kept>,
}

/// Reads a file.
///
/// A text over a budget gives facts that say nothing and are `broken`.
#[must_use]
pub fn lower(source: &str, tree: &Tree) -> (PythonFacts, Places) {
    let Some(outline) = Outline::new(source, tree) else {
        return over_budget();
    };
    let file = File::read(source, &outline, None);
    (without_slack(file.facts), file.places)
}

/// Reads a file, and keeps what [`lower_again`] needs.
#[must_use]
pub fn lower_first(source: &str, tree: &Tree) -> Lowered {
    lower_kept(source, tree, None)
}

/// Reads a file of which an earlier text has been read: a function that parses, and whose own text
/// and place in the order are the same, is taken over and shared. The result equals that of [`lower`].
#[must_use]
pub fn lower_again(source: &str, tree: &Tree, previous: &Lowered) -> Lowered {
    lower_kept(source, tree, Some(previous))
}

fn lower_kept(source: &str, tree: &Tree, previous: Option<&Lowered>) -> Lowered {
    let Some(outline) = Outline::new(source, tree) else {
        let (facts, places) = over_budget();
        return Lowered { facts, places, units: Vec::new() };
    };
    let mut file = File::read(source, &outline, Some(previous.map_or(&[], |known| &known.units)));
    let units = std::mem::take(&mut file.kept);
    Lowered { facts: without_slack(file.facts), places: file.places, units }
}

/// Facts without room to grow: they are kept for every file of a workspace.
fn without_slack(mut facts: PythonFacts) -> PythonFacts {
    fit(&mut facts.imports);
    fit(&mut facts.constants);
    fit(&mut facts.classes);
    fit(&mut facts.functions);
    fit(&mut facts.registrations);
    fit(&mut facts.attributes);
    fit(&mut facts.checker_calls);
    fit(&mut facts.builders);
    for class in &mut facts.classes {
        fit(&mut class.bases);
        fit(&mut class.decorators);
        fit(&mut class.attributes);
        fit(&mut class.declarations);
        fit(&mut class.methods);
    }
    facts
}

fn fit<T>(items: &mut Vec<T>) {
    *items = fitted(std::mem::take(items));
}

fn over_budget() -> (PythonFacts, Places) {
    (PythonFacts { broken: true, ..PythonFacts::default() }, Places::default())
}
