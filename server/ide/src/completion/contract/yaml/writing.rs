//! New keys and items as YAML, with what has to come with them.

use contracts::schema::{Key, Record, Shape, Text};
use text::edit::TextEdit;

use super::layout::Habits;
use crate::completion::contract::Asked;
use crate::completion::contract::keys::New;
use crate::completion::contract::place::Behind;
use crate::completion::{Item, ItemKind};

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

/// A key and what comes below it, from the key's column.
fn lines(habits: Habits, name: &str, body: &Body) -> Vec<String> {
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

fn bracketed(name: &str, body: &Body) -> String {
    let inside = match body {
        Body::Record(record) => {
            let keys: Vec<String> =
                record.required().map(|key| format!("{}: ", key.name)).collect();
            keys.join(", ")
        }
        _ => String::new(),
    };
    let (open, close) = if matches!(body, Body::List(_)) { ('[', ']') } else { ('{', '}') };
    format!("{name}: {open}{inside}{close}")
}

impl Asked<'_, '_> {
    /// A whole document of the kind, with what it must have.
    pub(in crate::completion::contract) fn yaml_document(&self, habits: Habits) -> Option<Item> {
        let typed = self.context.typed;
        if typed.quote.is_some() || typed.in_flow {
            return None;
        }
        let mut all = Vec::new();
        for key in self.kind.root.required() {
            match (given(key), body_of(&key.shape)) {
                (Some(value), _) => all.push(format!("{}: {value}", key.name)),
                (None, Body::Scalar) => all.push(format!("{}: ", key.name)),
                (None, body) => all.extend(lines(habits, key.name, &body)),
            }
        }
        let (new_text, snippet) = self.block(&all, typed.column);
        let label = format!("new {}", self.kind.title);
        Some(Item {
            filter: label.clone(),
            label,
            kind: ItemKind::Key,
            detail: Some(self.kind.name.to_owned()),
            documentation: Some(self.kind.prose.to_owned()),
            edit: TextEdit::replace(typed.span, new_text),
            also: None,
            sort: "00".to_owned(),
            snippet,
        })
    }

    /// A new item of a list, with its dash.
    pub(in crate::completion::contract) fn dash(
        &self,
        habits: Habits,
        of: &'static Shape,
    ) -> Option<Item> {
        let typed = self.context.typed;
        if typed.quote.is_some() || typed.in_flow {
            return None;
        }
        let (label, lines) = match of {
            Shape::Record(record) => {
                let lines = required_lines(record, habits.step());
                let first = lines.first().map(|first| format!("- {}", first.trim()));
                (first.unwrap_or_else(|| "-".to_owned()), lines)
            }
            _ => ("-".to_owned(), vec![String::new()]),
        };
        let label = label.trim_end_matches(':').to_owned();
        let mut block: Vec<String> = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            block.push(format!("{}{line}", if index == 0 { "- " } else { "  " }));
        }
        let (new_text, snippet) = self.block(&block, typed.column);
        let (documentation, detail) = match of {
            Shape::Record(record) => (Some(record.prose.to_owned()), Some(record.name.to_owned())),
            _ => (None, None),
        };
        Some(Item {
            filter: label.clone(),
            label,
            kind: ItemKind::Key,
            detail,
            documentation,
            edit: TextEdit::replace(typed.span, new_text),
            also: None,
            sort: "0".to_owned(),
            snippet,
        })
    }

    /// A key, with what belongs to it where nothing stands behind it yet.
    pub(in crate::completion::contract) fn yaml_key(
        &self,
        habits: Habits,
        name: &str,
        shape: &'static Shape,
        behind: Behind,
    ) -> New {
        let typed = self.context.typed;
        let lead = if typed.blank_before { " " } else { "" };
        let is_new = behind == Behind::Nothing && typed.quote.is_none();
        let (new_text, snippet) = match is_new.then(|| body_of(shape)) {
            None => match typed.quote {
                Some((quote, false)) => (format!("{name}{quote}: "), false),
                // The text behind the closing quote is not ours to change.
                _ => (name.to_owned(), false),
            },
            Some(Body::Scalar) => (format!("{lead}{name}: "), false),
            Some(body) if typed.in_flow => (bracketed(name, &body), false),
            Some(body) => {
                let (text, snippet) = self.block(&lines(habits, name, &body), typed.column);
                (format!("{lead}{text}"), snippet)
            }
        };
        New { edit: TextEdit::replace(typed.span, new_text), also: None, snippet }
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
