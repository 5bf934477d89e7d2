//! Contracts: keys, words, phases and fields.

use contracts::kinds;
use contracts::recognise::{self, Verdict, recognise};
use contracts::schema::{Key, Kind, MapKeys, Record, Shape, Sort};
use graph::handler::ContractRef;
use syntax::yaml::{self as tree, Limits};

use self::context::{Context, Place, What, context};
use self::layout::Step;
use super::{Item, Request, rules};

mod blank;
mod bracketed;
mod context;
mod flow;
mod keys;
mod layout;
mod line;
mod names;
mod values;

/// What could stand at the cursor of a YAML file.
pub(super) fn items(request: &Request<'_>) -> Vec<Item> {
    let Some(kind) = kind(request) else {
        return Vec::new();
    };
    if let Some(items) = rules::in_directive(request) {
        return items;
    }
    let Some(context) = context(&request.text, request.offset) else {
        return Vec::new();
    };
    let asked = Asked { request, context: &context };
    let mut items = Vec::new();
    for place in &context.places {
        let Some(slot) = Slot::at(kind, &place.steps) else {
            continue;
        };
        asked.offer(place, &slot, &mut items);
    }
    items
}

/// The kind of contract that the file is, or is called.
fn kind(request: &Request<'_>) -> Option<&'static Kind> {
    let known = request.sources.graph().files().get(request.file);
    if let Some(contract) = known.and_then(|known| known.contracts.first()) {
        return Some(contract.document.kind);
    }
    // Only a file that is called a contract counts while nothing in it says so.
    let name = request.sources.path(request.file).file_name().unwrap_or("");
    let named = recognise::is_contract_name(name).then(|| kinds::KINDS.first().copied())??;
    let yaml = tree::parse(&request.text, &Limits::default());
    let is_open = match recognise(name, &yaml, yaml.documents.first().copied()) {
        Verdict::Unknown | Verdict::Contract(_) => true,
        Verdict::Foreign => false,
    };
    let keys = yaml.documents.first().map(|root| yaml.written(*root)).unwrap_or_default();
    let mut names = keys.iter().filter_map(|entry| yaml.text_of(entry.key));
    (is_open && names.all(|name| named.root.key(name.as_str()).is_some())).then_some(named)
}

/// What the declaration says of a place.
struct Slot<'t> {
    target: Target,
    /// The key whose value it is.
    key: Option<&'static Key>,
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
        let mut slot = Slot { target: Target::Record(kind.root), key: None, phase: None, steps };
        for step in steps {
            let shape = match (slot.target, step) {
                (Target::Record(record), Step::Key(name)) => {
                    slot.key = Some(record.key(name)?);
                    &record.key(name)?.shape
                }
                (Target::Shape(Shape::Map(keys, items)), Step::Key(name)) => {
                    if *keys == MapKeys::Defines(Sort::Phase) {
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
}

/// A question about one place.
struct Asked<'a, 't> {
    request: &'a Request<'a>,
    context: &'a Context<'t>,
}

impl Asked<'_, '_> {
    fn offer(&self, place: &Place<'_>, slot: &Slot<'_>, items: &mut Vec<Item>) {
        match (place.what, slot.target) {
            (What::Key(behind), Target::Record(record)) => {
                keys::of_record(self, place, record, behind, items);
            }
            (What::Fresh, Target::Record(record)) => {
                keys::of_record(self, place, record, context::Behind::Nothing, items);
            }
            (
                What::Fresh | What::Key(_),
                Target::Shape(Shape::Map(MapKeys::Defines(Sort::Phase), phases)),
            ) => keys::of_phases(self, place, phases.of, items),
            (What::Fresh | What::Dash, Target::Shape(Shape::List(list))) => {
                keys::dash(self, list.of, items);
            }
            (What::Fresh | What::Inline, Target::Shape(shape)) => {
                values::of(self, place, slot, shape, items);
            }
            _ => {}
        }
    }

    /// The contract that the cursor is in.
    fn contract(&self) -> Option<ContractRef> {
        let Request { sources, file, offset, .. } = *self.request;
        let known = sources.graph().files().get(file)?;
        let starts = |index: &u32| {
            let facts = &known.contracts[*index as usize];
            let node = facts.document.at;
            let local = facts::places::LocalAnchor { unit: 0, index: node.place() };
            let span = sources.span(facts::places::Anchor { file, local });
            span.is_some_and(|span| span.start as usize <= offset)
        };
        let count = u32::try_from(known.contracts.len()).unwrap_or(0);
        let index = (0..count).rev().find(starts).or((count > 0).then_some(0))?;
        Some(ContractRef { file, index })
    }
}
