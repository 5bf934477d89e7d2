//! Every place that speaks of the thing under the cursor, in contracts, code and settings.

use std::collections::BTreeSet;

use contracts::path::{FieldPath, Relation};
use contracts::schema::Sort;
use facts::places::{Anchor, FileId};
use facts::python::declarations::Side;
use graph::handler::ContractRef;
use graph::sources::Sources;
use graph::told::Told;
use text::name::Name;

use crate::mention::{self, Mention, What};
use crate::named::{self, Reach, Thing, Use};
use crate::place::{Cursor, Place};
use crate::question::{MANY_PIPELINES, Question};
use crate::target::{self, Symbol};
use crate::telemetry;

/// Every place that speaks of the thing at `cursor`, by path and place. The declaration of a field
/// is what puts it into the context by a contract's or the settings' word; that of a phase its key.
#[must_use]
pub fn references(sources: &dyn Sources, cursor: Cursor, with_declaration: bool) -> Vec<Place> {
    let question = Question::new(sources, MANY_PIPELINES);
    let Some(target) = target::find(&question, cursor) else {
        return Vec::new();
    };
    let mut found = BTreeSet::new();
    for symbol in &target.symbols {
        for reference in of_symbol(&question, symbol, None) {
            if with_declaration || !reference.is_declaration {
                found.insert(reference.place);
            }
        }
    }
    let mut places: Vec<Place> = found.into_iter().collect();
    places.sort_by(|one, other| {
        let path = |place: &Place| sources.path(place.file);
        path(one).cmp(path(other)).then(one.span.cmp(&other.span))
    });
    places
}

/// What a reference does with its field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// It wants the field.
    Reads,
    /// It puts the field there, or takes it away.
    Writes,
    /// It names something.
    Names,
}

/// One place that speaks of a symbol.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reference {
    /// Where.
    pub(crate) place: Place,
    /// What it does.
    pub(crate) role: Role,
    /// Whether the symbol is declared there.
    pub(crate) is_declaration: bool,
}

/// Every place that speaks of `symbol`; those that cost more to find are looked for `within` one file
/// alone, if it is given.
pub(crate) fn of_symbol(
    question: &Question<'_>,
    symbol: &Symbol,
    within: Option<FileId>,
) -> Vec<Reference> {
    match *symbol {
        Symbol::Field { pipeline, path } => of_field(question, (pipeline, path), within),
        Symbol::Phase { pipeline, name } => of_phase(question, pipeline, name),
        Symbol::Pipeline(contract) => of_pipeline(question, contract),
        Symbol::Thing(thing) => of_thing(question, &thing),
        Symbol::Key(_) | Symbol::Rule(_) => Vec::new(),
    }
}

fn of_field(
    question: &Question<'_>,
    (contract, path): (ContractRef, FieldPath),
    within: Option<FileId>,
) -> Vec<Reference> {
    let Some(pipeline) = question.pipeline(contract) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for mention in mention::all(&pipeline) {
        if mention.path.relation(path) != Some(Relation::Same) {
            let is_near = within.is_none_or(|file| file == mention.at.file);
            let place = is_near.then(|| on_the_way(question, &mention, path)).flatten();
            let role = Role::Reads;
            found.extend(place.map(|place| Reference { place, role, is_declaration: false }));
            continue;
        }
        let role = match mention.what {
            What::Declared(_, boundary) if boundary.is_entry() => Role::Reads,
            What::Declared(..) | What::Write(_) | What::Drop(_) | What::Past(_) => Role::Writes,
            What::Read(_) | What::Output => Role::Reads,
            What::Said(_, Side::Requires) => Role::Reads,
            What::Said(_, Side::Produces) | What::Input => Role::Writes,
            What::Endpoint | What::Named => Role::Names,
        };
        let in_code = mention.what.site().is_some();
        let is_declaration = mention.what.produces() && !in_code;
        let place = mention.place(question);
        found.extend(place.map(|place| Reference { place, role, is_declaration }));
    }
    let is_it = |told: &Told| FieldPath::of(told.name).relation(path) == Some(Relation::Same);
    found.extend(told(question, Sort::Field, contract, &is_it));
    found
}

/// Where code tells a run-time checker such a name of the pipeline.
fn told(
    question: &Question<'_>,
    sort: Sort,
    contract: ContractRef,
    is_it: &dyn Fn(&Told) -> bool,
) -> Vec<Reference> {
    let all = question.graph().told();
    let here = all.filter(|told| told.sort == sort && told.contracts.contains(&contract));
    here.filter(is_it).filter_map(|told| mentioned(question, told.at)).collect()
}

/// The key of the field in code that goes on to a part of it: `"a"` of `context["a"]["b"]`.
fn on_the_way(question: &Question<'_>, part: &Mention<'_>, path: FieldPath) -> Option<Place> {
    part.what.site().filter(|_| part.path.relation(path) == Some(Relation::Child))?;
    let levels = part.path.segments().len().checked_sub(path.segments().len())?;
    let last = part.place(question)?;
    let span = *question.keys_before(last).get(levels.checked_sub(1)?)?;
    Some(Place { span, ..last })
}

fn of_phase(question: &Question<'_>, contract: ContractRef, name: Name) -> Vec<Reference> {
    let Some(pipeline) = question.pipeline(contract) else {
        return Vec::new();
    };
    let graph = question.graph();
    let uses = named::uses_of(graph, Sort::Phase, Reach::Pipeline(contract));
    let uses = uses.into_iter().filter(|found| found.named.name == name);
    let mut found: Vec<Reference> =
        uses.filter_map(|found| of_use(question, &found, contract)).collect();
    let handlers = pipeline.phases.iter().flat_map(|phase| &phase.handlers);
    for handler in handlers.chain(&pipeline.stray_handlers) {
        if handler.phase == name {
            found.extend(mentioned(question, handler.phase_at));
        }
    }
    found.extend(told(question, Sort::Phase, contract, &|told| told.name == name));
    found
}

/// The contract's id, where contracts of other kinds say that they belong to it, and where settings
/// name it.
fn of_pipeline(question: &Question<'_>, contract: ContractRef) -> Vec<Reference> {
    let graph = question.graph();
    let Some(id) = graph.contract(contract).and_then(|facts| facts.pipeline()) else {
        return Vec::new();
    };
    let uses = named::uses_of(graph, Sort::Pipeline, Reach::Pipeline(contract));
    let uses = uses.into_iter().filter(|found| found.named.name == id);
    let mut found: Vec<Reference> =
        uses.filter_map(|found| of_use(question, &found, contract)).collect();
    found.extend(told(question, Sort::Pipeline, contract, &|_| true));
    for settings in &graph.settings().pipelines {
        let is_it = id.as_str() == settings.name.value;
        if let Some(file) = graph.settings_file().filter(|_| is_it) {
            let place = Place { file, span: settings.name.span };
            found.push(Reference { place, role: Role::Names, is_declaration: false });
        }
    }
    found
}

fn of_thing(question: &Question<'_>, thing: &Thing) -> Vec<Reference> {
    let uses = named::uses(question.graph(), thing);
    let mut found: Vec<Reference> =
        uses.iter().filter_map(|found| of_use(question, found, found.contract)).collect();
    if let Reach::Pipeline(contract) = thing.reach {
        found.extend(told(question, thing.sort, contract, &|told| told.name == thing.name));
    }
    if thing.sort == Sort::Attribute {
        for set in telemetry::uses(question.graph(), thing.name) {
            let place = question.place(set.at);
            let role = Role::Writes;
            found.extend(place.map(|place| Reference { place, role, is_declaration: false }));
        }
    }
    if thing.sort == Sort::Event {
        for at in telemetry::emissions(question.graph(), thing) {
            let Some(place) = question.place(at) else { continue };
            let text = question.text(place.file);
            let name = telemetry::name_of_event(&text, place.span, thing.name);
            let place = Place { span: name.unwrap_or(place.span), ..place };
            found.push(Reference { place, role: Role::Writes, is_declaration: false });
        }
    }
    found
}

/// A name in a contract; the thing is declared by what `home` gives.
fn of_use(question: &Question<'_>, found: &Use<'_>, home: ContractRef) -> Option<Reference> {
    let place = question.place(found.at())?;
    let is_declaration = found.defines() && found.contract == home;
    let role = if is_declaration { Role::Writes } else { Role::Names };
    Some(Reference { place, role, is_declaration })
}

fn mentioned(question: &Question<'_>, anchor: Anchor) -> Option<Reference> {
    let place = question.place(anchor)?;
    Some(Reference { place, role: Role::Names, is_declaration: false })
}
