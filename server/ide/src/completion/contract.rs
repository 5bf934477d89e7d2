//! Contracts: keys, words and names.
//!
//! What is offered follows from the declaration of the kind and from names in other files; where it
//! is offered, and how it is written, from the notation: YAML or JSON.

use contracts::decode::extensions::are_admitted;
use contracts::recognise::{self, Verdict, recognise};
use contracts::schema::{Key, Kind, MapKeys, Record, Shape, Sort};
use facts::file::parsed;
use facts::prefilter::chosen_kind;
use graph::handler::ContractRef;
use syntax::yaml::{NodeId, Yaml};
use text::name::Name;

use self::place::{Behind, Context, Form, Place, Step, What};
use super::{Item, Request, rules};
use crate::{declaration, named};

mod json;
mod keys;
mod names;
mod place;
mod things;
mod undecided;
mod values;
mod yaml;

/// What could stand at the cursor of a YAML file.
pub(super) fn in_yaml(request: &Request<'_>) -> Vec<Item> {
    let Some((kind, is_certain)) = kind(request) else {
        return Vec::new();
    };
    if let Some(items) = rules::in_directive(request) {
        return items;
    }
    let Some(context) = yaml::context(&request.text, request.offset) else {
        return Vec::new();
    };
    let asked = Asked { request, context: &context, kind };
    let mut items = Vec::new();
    for place in &context.places {
        undecided::offer(&asked, place, is_certain, &mut items);
        asked.at(place, &mut items);
    }
    items
}

/// What could stand at the cursor of a JSON file.
pub(super) fn in_json(request: &Request<'_>) -> Vec<Item> {
    let Some((kind, _)) = kind(request) else {
        return Vec::new();
    };
    let Some(context) = json::context(&request.text, request.offset) else {
        return Vec::new();
    };
    let asked = Asked { request, context: &context, kind };
    let mut items = Vec::new();
    for place in &context.places {
        asked.at(place, &mut items);
    }
    items
}

/// The kind of contract that the document at the cursor is, or that the file is called; and whether
/// the document itself says so.
fn kind(request: &Request<'_>) -> Option<(&'static Kind, bool)> {
    if let Some(contract) = request.contract() {
        let facts = request.sources.graph().contract(contract)?;
        return Some((facts.document.kind, true));
    }
    let path = request.sources.path(request.file);
    let name = path.file_name().unwrap_or("");
    let settings = &request.sources.graph().settings().contracts;
    // What settings or its name make of a payload, it is, even while it holds nothing.
    let chosen = chosen_kind(settings, path.as_str());
    if recognise::is_json_name(name) {
        return Some((chosen.or_else(|| recognise::payload(name))?, true));
    }
    // Only a file that is called a contract counts while nothing in it says so.
    let named = recognise::kind_of_name(name)?;
    let yaml = parsed(name, &request.text);
    let kind = match recognise(name, &yaml, yaml.documents.first().copied()) {
        Verdict::Contract(kind) => return Some((kind, true)),
        // A document of a few keys is nobody's so far.
        Verdict::Unknown | Verdict::Foreign => named,
    };
    let keys = yaml.documents.first().map(|root| yaml.written(*root)).unwrap_or_default();
    let mut names = keys.iter().filter_map(|entry| yaml.text_of(entry.key));
    let fits = names.all(|name| {
        declaration::key(kind, kind.root, name.as_str()).is_some() || undecided::says(name.as_str())
    });
    fits.then_some((kind, false))
}

/// What the declaration says of a place.
struct Slot<'t> {
    target: Target,
    /// The key whose value it is.
    key: Option<&'static Key>,
    /// The record that has the key.
    record: Option<&'static Record>,
    /// The phase that it lies in.
    phase: Option<&'t str>,
    steps: &'t [Step<'t>],
}

#[derive(Clone, Copy)]
enum Target {
    Record(&'static Record),
    Shape(&'static Shape),
}

impl<'t> Slot<'t> {
    fn at(kind: &'static Kind, steps: &'t [Step<'t>]) -> Option<Slot<'t>> {
        let target = Target::Record(kind.root);
        let mut slot = Slot { target, key: None, record: None, phase: None, steps };
        for step in steps {
            let shape = match (slot.target, step) {
                (Target::Record(record), Step::Key(name)) => {
                    let key = declaration::key(kind, record, name)?;
                    (slot.key, slot.record) = (Some(key), Some(record));
                    &key.shape
                }
                (Target::Shape(Shape::Map(keys, items)), Step::Key(name)) => {
                    if keys.names().is_some_and(|(sort, _)| sort == Sort::Phase) {
                        slot.phase = Some(name);
                    }
                    items.of
                }
                (Target::Shape(Shape::List(items)), Step::Item) => items.of,
                _ => return None,
            };
            slot.target = match shape {
                Shape::Record(record) => Target::Record(record),
                shape => Target::Shape(shape),
            };
        }
        Some(slot)
    }

    /// The name of this sort that stands beside the place, in the same record: of several the last
    /// that is declared before the key in hand.
    fn beside<'p>(&self, place: &Place<'p>, sort: Sort) -> Option<&'p str> {
        let record = self.record?;
        let is_named = |key: &&Key| match key.shape {
            Shape::Text(text) => text.names().is_some_and(|(named, _)| named == sort),
            _ => false,
        };
        let value = |key: &Key| {
            let entry = place.entries.iter().find(|entry| entry.key == key.name)?;
            (!entry.value.is_empty()).then_some(entry.value)
        };
        let own = record.keys.iter().position(|key| Some(key.name) == self.key.map(|key| key.name));
        let (before, after) = record.keys.split_at(own.unwrap_or(0));
        let nearest = before.iter().rev().filter(is_named).find_map(value);
        nearest.or_else(|| after.iter().filter(is_named).find_map(value))
    }
}

/// A question about one place.
struct Asked<'a, 't> {
    request: &'a Request<'a>,
    context: &'a Context<'t>,
    kind: &'static Kind,
}

impl Asked<'_, '_> {
    /// Adds what could stand at a place.
    fn at(&self, place: &Place<'_>, items: &mut Vec<Item>) {
        let Some(slot) = Slot::at(self.kind, &place.steps) else { return };
        self.offer(place, &slot, items);
        if let (Form::Json(around), What::Inline) = (&self.context.form, place.what) {
            items.extend(self.json_collection(*around, slot.target));
        }
    }

    fn offer(&self, place: &Place<'_>, slot: &Slot<'_>, items: &mut Vec<Item>) {
        match (place.what, slot.target) {
            (What::Key(behind), Target::Record(record)) => {
                keys::of_record(self, place, record, behind, items);
            }
            (What::Fresh, Target::Record(record)) => {
                keys::of_record(self, place, record, Behind::Nothing, items);
            }
            (
                What::Fresh | What::Key(_),
                Target::Shape(Shape::Map(MapKeys::Defines(Sort::Phase), phases)),
            ) => keys::of_phases(self, place, phases.of, items),
            (
                What::Fresh | What::Key(_),
                Target::Shape(Shape::Map(MapKeys::Refers(sort), values)),
            ) => keys::of_names(self, place, slot, (*sort, values.of), items),
            (What::Fresh | What::Dash, Target::Shape(Shape::List(list))) => {
                if let Form::Yaml(habits) = self.context.form {
                    items.extend(self.dash(habits, list.of));
                }
            }
            (What::Fresh | What::Inline, Target::Shape(shape)) => {
                values::of(self, place, slot, shape, items);
            }
            _ => {}
        }
    }

    /// Whether the document at the cursor may use keys of announced extensions.
    fn admits_extensions(&self) -> bool {
        if self.request.sources.graph().settings().contracts.extensions {
            return true;
        }
        let yaml = self.tree();
        let begins = |root: &NodeId| yaml.node(*root).span.start as usize <= self.request.offset;
        let root = yaml.documents.iter().rev().find(|root| begins(root));
        root.or(yaml.documents.first()).is_some_and(|root| are_admitted(&yaml, *root))
    }

    /// The tree of the text, as far as it can be read.
    fn tree(&self) -> Yaml {
        let path = self.request.sources.path(self.request.file);
        parsed(path.as_str(), &self.request.text)
    }

    /// The pipeline that the document at the cursor is, or belongs to. A document that is still
    /// being typed says so by its id alone.
    fn pipeline_ref(&self) -> Option<ContractRef> {
        let graph = self.request.sources.graph();
        if let Some(contract) = self.request.contract() {
            return named::pipeline_of(graph, contract);
        }
        let yaml = self.tree();
        let id = yaml.documents.iter().find_map(|root| {
            let is_id =
                |name: Option<Name>| name.is_some_and(|name| name.as_str() == "pipeline_id");
            let entries = yaml.written(*root).iter();
            let mut ids = entries.filter(|entry| is_id(yaml.text_of(entry.key)));
            yaml.text_of(ids.next()?.value)
        })?;
        let mut named = graph.contracts_named(id);
        let only = named.next()?;
        named.next().is_none().then_some(only)
    }
}

impl Request<'_> {
    /// The contract that the cursor is in.
    fn contract(&self) -> Option<ContractRef> {
        let Request { sources, file, offset, .. } = *self;
        let known = sources.graph().files().get(file)?;
        let starts = |index: &u32| {
            let facts = &known.contracts[*index as usize];
            let node = facts.document.at;
            let local = facts::file::anchor(node);
            let span = sources.span(facts::places::Anchor { file, local });
            span.is_some_and(|span| span.start as usize <= offset)
        };
        let count = u32::try_from(known.contracts.len()).unwrap_or(0);
        let index = (0..count).rev().find(starts).or((count > 0).then_some(0))?;
        Some(ContractRef { file, index })
    }
}
