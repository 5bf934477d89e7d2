//! Keys, and items of lists, with what has to come with them.

use contracts::schema::{Key, Presence, Record, Shape, Sort, Text};
use text::edit::TextEdit;

use super::context::{Behind, Place, What};
use super::layout::Entry;
use super::{Asked, Slot, names, values};
use crate::completion::{Item, ItemKind, prose};
use crate::declaration;

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
        let body = match behind {
            Behind::Nothing if typed.quote.is_none() => Some(body_of(&key.shape)),
            _ => None,
        };
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
            ..asked.key_item(key.name, body, behind)
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
            let body = (behind == Behind::Nothing).then(|| body_of(of));
            items.push(Item {
                label: name.to_owned(),
                kind: ItemKind::Phase,
                detail: Some(format!("carried out by {}", handler.name)),
                filter: name.to_owned(),
                sort: format!("0{:03}", items.len()),
                ..asked.key_item(name, body, behind)
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
        // Within quotes, those come with the edit.
        let written = match typed.quote {
            Some(_) => Some(name.to_owned()),
            None => values::written(name, typed),
        };
        let Some(written) = written else { continue };
        let is_new = behind == Behind::Nothing && typed.quote.is_none();
        items.push(Item {
            label: name.to_owned(),
            kind: candidate.kind,
            detail: candidate.detail.clone(),
            documentation: candidate.documentation.clone(),
            filter: name.to_owned(),
            sort: format!("{}{index:03}", candidate.group),
            ..asked.key_item(&written, is_new.then(|| body_of(of)), behind)
        });
    }
}

/// A new item of a list, with its dash.
pub(super) fn dash(asked: &Asked<'_, '_>, of: &'static Shape, items: &mut Vec<Item>) {
    let typed = asked.context.typed;
    if typed.quote.is_some() || typed.in_flow {
        return;
    }
    let (label, lines) = match of {
        Shape::Record(record) => {
            let lines = required_lines(record, asked.context.habits.step());
            (
                lines.first().map_or_else(|| "-".to_owned(), |first| format!("- {}", first.trim())),
                lines,
            )
        }
        _ => ("-".to_owned(), vec![String::new()]),
    };
    let label = label.trim_end_matches(':').to_owned();
    let mut block: Vec<String> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        block.push(format!("{}{line}", if index == 0 { "- " } else { "  " }));
    }
    let (new_text, snippet) = asked.block(&block, typed.column);
    let edit = TextEdit::replace(typed.span, new_text);
    let (documentation, detail) = match of {
        Shape::Record(record) => (Some(record.prose.to_owned()), Some(record.name.to_owned())),
        _ => (None, None),
    };
    items.push(Item {
        filter: label.clone(),
        label,
        kind: ItemKind::Key,
        detail,
        documentation,
        edit,
        sort: "0".to_owned(),
        snippet,
    });
}

/// What comes below a new key, or behind it.
enum Body {
    /// A scalar on the same line.
    Scalar,
    /// Keys of a mapping.
    Record(&'static Record),
    /// Items of a list.
    List(&'static Shape),
    /// Keys that only the user knows.
    Map,
}

fn body_of(shape: &'static Shape) -> Body {
    match shape {
        Shape::Record(record) => Body::Record(record),
        Shape::List(items) => Body::List(items.of),
        Shape::Map(..) => Body::Map,
        _ => Body::Scalar,
    }
}

/// The value of a key that is nearly always the same.
fn given(key: &Key) -> Option<&'static str> {
    match &key.shape {
        Shape::OneOf(set) if set.values.len() == 1 => set.values.first().map(|(word, _)| *word),
        Shape::Text(Text::Word) if key.example.len() > 2 => Some(key.example),
        _ => None,
    }
}

/// The lines of the keys that a record must have, each without its value.
fn required_lines(record: &'static Record, step: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for key in record.required() {
        lines.push(format!("{}: ", key.name));
        if let Shape::Record(inner) = &key.shape {
            if let Some(line) = lines.last_mut() {
                line.truncate(key.name.len() + 1);
            }
            let below = required_lines(inner, step).into_iter();
            lines.extend(below.map(|line| format!("{}{line}", " ".repeat(step))));
        }
    }
    lines
}

impl Asked<'_, '_> {
    /// A whole document of the kind, with what it must have.
    pub(super) fn document(&self) -> Option<Item> {
        let typed = self.context.typed;
        if typed.quote.is_some() || typed.in_flow {
            return None;
        }
        let mut lines = Vec::new();
        for key in self.kind.root.required() {
            match (given(key), body_of(&key.shape)) {
                (Some(value), _) => lines.push(format!("{}: {value}", key.name)),
                (None, Body::Scalar) => lines.push(format!("{}: ", key.name)),
                (None, body) => lines.extend(self.lines(key.name, &body)),
            }
        }
        let (new_text, snippet) = self.block(&lines, typed.column);
        let label = format!("new {}", self.kind.title);
        Some(Item {
            filter: label.clone(),
            label,
            kind: ItemKind::Key,
            detail: Some(self.kind.name.to_owned()),
            documentation: Some(self.kind.prose.to_owned()),
            edit: TextEdit::replace(typed.span, new_text),
            sort: "00".to_owned(),
            snippet,
        })
    }

    /// The edit that puts a key; the rest of the item is the caller's.
    fn key_item(&self, name: &str, body: Option<Body>, behind: Behind) -> Item {
        let typed = self.context.typed;
        let lead = if typed.blank_before { " " } else { "" };
        let (new_text, snippet) = match body {
            None => (self.bare_key(name, behind), false),
            Some(Body::Scalar) => (format!("{lead}{name}: "), false),
            Some(body) if typed.in_flow => self.bracketed(name, &body),
            Some(body) => {
                let (text, snippet) = self.block(&self.lines(name, &body), typed.column);
                (format!("{lead}{text}"), snippet)
            }
        };
        Item {
            label: String::new(),
            kind: ItemKind::Key,
            detail: None,
            documentation: None,
            edit: TextEdit::replace(typed.span, new_text),
            filter: String::new(),
            sort: String::new(),
            snippet,
        }
    }

    /// A key whose colon is there, or comes with the closing quote.
    fn bare_key(&self, name: &str, behind: Behind) -> String {
        match self.context.typed.quote {
            Some((quote, false)) => format!("{name}{quote}: "),
            // The text behind the closing quote is not ours to change.
            _ if behind == Behind::Nothing => name.to_owned(),
            _ => name.to_owned(),
        }
    }

    fn bracketed(&self, name: &str, body: &Body) -> (String, bool) {
        let inside = match body {
            Body::Record(record) => {
                let keys: Vec<String> =
                    record.required().map(|key| format!("{}: ", key.name)).collect();
                keys.join(", ")
            }
            _ => String::new(),
        };
        let (open, close) = if matches!(body, Body::List(_)) { ('[', ']') } else { ('{', '}') };
        (format!("{name}: {open}{inside}{close}"), false)
    }

    /// A key and what comes below it, from the key's column.
    fn lines(&self, name: &str, body: &Body) -> Vec<String> {
        let habits = self.context.habits;
        let mut lines = vec![format!("{name}:")];
        let (indent, below) = match body {
            Body::Record(record) => (habits.step(), required_lines(record, habits.step())),
            Body::List(Shape::Record(record)) => {
                let first = required_lines(record, habits.step()).into_iter().next();
                (habits.list(), vec![format!("- {}", first.unwrap_or_default())])
            }
            Body::List(_) => (habits.list(), vec!["- ".to_owned()]),
            Body::Map | Body::Scalar => (habits.step(), vec![String::new()]),
        };
        let indent = " ".repeat(indent);
        let below = if below.is_empty() { vec![String::new()] } else { below };
        lines.extend(below.into_iter().map(|line| format!("{indent}{line}")));
        lines
    }

    /// Lines that begin at `column`, as one text. As a snippet, each line that waits for a value has
    /// a place for it; otherwise nothing follows the first of them.
    fn block(&self, lines: &[String], column: usize) -> (String, bool) {
        let text: &str = &self.request.text;
        let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let waits = |line: &str| line.trim_end().is_empty() || line.ends_with(' ');
        let first = lines.iter().position(|line| waits(line)).unwrap_or(lines.len());
        let snippets = self.request.snippets && lines.len() > 1;
        let lines = if snippets { lines } else { &lines[..lines.len().min(first + 1)] };
        let start = text[..self.request.offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let own = text[start..self.request.offset].len()
            - text[start..self.request.offset].trim_start_matches(' ').len();
        let indent = if snippets { column.saturating_sub(own) } else { column };
        let mut place = 0;
        let mut whole = String::new();
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                whole.push_str(line_break);
                whole.push_str(&" ".repeat(indent));
            }
            whole.push_str(line);
            if snippets && waits(line) {
                place += 1;
                whole.push_str(&format!("${place}"));
            }
        }
        (whole, snippets)
    }
}
