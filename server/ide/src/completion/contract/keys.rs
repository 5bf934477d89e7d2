//! Keys, and items of lists, with what has to come with them.

use contracts::schema::{Key, Presence, Record, Shape, Sort};
use text::edit::TextEdit;

use super::place::{Behind, Entry, Form, Place, What};
use super::{Asked, Slot, names, values};
use crate::completion::{Item, ItemKind, prose};
use crate::declaration;

/// What accepting an offer does.
pub(super) struct New {
    pub(super) edit: TextEdit,
    pub(super) also: Option<TextEdit>,
    pub(super) snippet: bool,
}

impl New {
    /// One edit.
    pub(super) fn of(edit: TextEdit) -> New {
        New { edit, also: None, snippet: false }
    }
}

/// The keys of a record that do not stand there yet.
pub(super) fn of_record(
    asked: &Asked<'_, '_>,
    place: &Place<'_>,
    record: &'static Record,
    behind: Behind,
    items: &mut Vec<Item>,
) {
    let typed = asked.context.typed;
    // What a merge brings in is no value of a key.
    if typed.span.of(&asked.request.text) == "<<" {
        return;
    }
    let own = match behind {
        Behind::Scalar | Behind::Collection => {
            declaration::key(asked.kind, record, typed.span.of(&asked.request.text))
        }
        Behind::Nothing | Behind::Colon => None,
    };
    let mut admits = None;
    for (index, key) in record.keys.iter().enumerate() {
        let is_it = |entry: &Entry<'_>| {
            let written = declaration::key(asked.kind, record, entry.key);
            written.is_some_and(|written| written.name == key.name)
        };
        let is_there = place.entries.iter().any(is_it);
        // A key that is there is hardly meant to become one of an extension.
        let is_extension = key.presence == Presence::Extension && behind != Behind::Nothing;
        if is_there || is_extension || !may_replace(own, key, behind) {
            continue;
        }
        let group = match key.presence {
            Presence::Required => 0,
            _ if is_due(record, key, place) => 0,
            // The key that stands there may be the one that admits them.
            Presence::Extension if own.is_some() => continue,
            Presence::Extension if !*admits.get_or_insert_with(|| asked.admits_extensions()) => {
                continue;
            }
            Presence::Extension => 2,
            _ => 1,
        };
        items.push(Item {
            label: key.name.to_owned(),
            kind: ItemKind::Key,
            detail: Some(prose::of_key(key)),
            documentation: Some(prose::about_key(key)),
            filter: key.name.to_owned(),
            sort: format!("{group}{index:03}"),
            ..asked.key_item(key.name, &key.shape, behind)
        });
    }
}

/// Whether the key must be there because of what another says.
fn is_due(record: &Record, key: &Key, place: &Place<'_>) -> bool {
    record.conditions.iter().filter(|condition| condition.key == key.name).any(|condition| {
        let mut entries = place.entries.iter();
        entries.any(|entry| entry.key == condition.when && entry.value == condition.is)
    })
}

/// Whether `key` may take the place of `own`, whose value stays.
fn may_replace(own: Option<&'static Key>, key: &'static Key, behind: Behind) -> bool {
    let holds_collection = is_collection(&key.shape);
    match behind {
        Behind::Nothing | Behind::Colon => true,
        Behind::Scalar => !holds_collection,
        Behind::Collection => match own {
            Some(own) => std::ptr::eq(own, key) || same(&own.shape, &key.shape),
            None => holds_collection,
        },
    }
}

fn is_collection(shape: &Shape) -> bool {
    matches!(shape, Shape::List(_) | Shape::Map(..) | Shape::Record(_) | Shape::Anything)
}

fn same(one: &'static Shape, other: &'static Shape) -> bool {
    match (one, other) {
        (Shape::Record(one), Shape::Record(other)) => std::ptr::eq(*one, *other),
        (Shape::List(one), Shape::List(other)) => same(one.of, other.of),
        (Shape::Map(_, one), Shape::Map(_, other)) => same(one.of, other.of),
        _ => false,
    }
}

/// Phases that handlers are bound to and the contract does not declare.
pub(super) fn of_phases(
    asked: &Asked<'_, '_>,
    place: &Place<'_>,
    of: &'static Shape,
    items: &mut Vec<Item>,
) {
    let Some(pipeline) = asked.pipeline() else {
        return;
    };
    let What::Key(behind) = place.what else {
        return;
    };
    for handler in &pipeline.stray_handlers {
        let name = handler.phase.as_str();
        let is_new = !place.entries.iter().any(|entry| entry.key == name);
        if is_new && items.iter().all(|item| item.label != name) {
            items.push(Item {
                label: name.to_owned(),
                kind: ItemKind::Phase,
                detail: Some(format!("carried out by {}", handler.name)),
                filter: name.to_owned(),
                sort: format!("0{:03}", items.len()),
                ..asked.key_item(name, of, behind)
            });
        }
    }
}

/// Keys that name something: those that do not stand there yet.
pub(super) fn of_names(
    asked: &Asked<'_, '_>,
    place: &Place<'_>,
    slot: &Slot<'_>,
    (sort, of): (Sort, &'static Shape),
    items: &mut Vec<Item>,
) {
    let behind = match place.what {
        What::Key(behind) => behind,
        _ => Behind::Nothing,
    };
    for (index, candidate) in names::of(asked, place, slot, sort).into_iter().enumerate() {
        let name = candidate.text.as_str();
        if place.entries.iter().any(|entry| entry.key == name) {
            continue;
        }
        let typed = asked.context.typed;
        // Within quotes, those come with the edit; in JSON, they do always.
        let written = match &asked.context.form {
            Form::Yaml(_) if typed.quote.is_none() => values::written(name, typed),
            _ => Some(name.to_owned()),
        };
        let Some(written) = written else { continue };
        items.push(Item {
            label: name.to_owned(),
            kind: candidate.kind,
            detail: candidate.detail.clone(),
            documentation: candidate.documentation.clone(),
            filter: name.to_owned(),
            sort: format!("{}{index:03}", candidate.group),
            ..asked.key_item(&written, of, behind)
        });
    }
}

impl Asked<'_, '_> {
    /// The edit that puts a key, with a value of this shape where nothing stands behind it yet; the
    /// rest of the item is the caller's.
    fn key_item(&self, name: &str, shape: &'static Shape, behind: Behind) -> Item {
        let new = match &self.context.form {
            Form::Yaml(habits) => self.yaml_key(*habits, name, shape, behind),
            Form::Json(around) => self.json_key(*around, name, shape, behind),
        };
        Item {
            label: String::new(),
            kind: ItemKind::Key,
            detail: None,
            documentation: None,
            edit: new.edit,
            also: new.also,
            filter: String::new(),
            sort: String::new(),
            snippet: new.snippet,
        }
    }
}
