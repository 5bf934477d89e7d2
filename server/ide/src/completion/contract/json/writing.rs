//! New keys and values as JSON, with the quotes and commas that they need.

use contracts::schema::{Record, Shape};
use text::edit::TextEdit;
use text::span::Span;

use super::Around;
use crate::completion::contract::keys::New;
use crate::completion::contract::place::Behind;
use crate::completion::contract::{Asked, Target};
use crate::completion::{Item, ItemKind};

impl Asked<'_, '_> {
    /// A key, with its colon and a value of this shape where nothing stands behind it yet.
    pub(in crate::completion::contract) fn json_key(
        &self,
        around: Around,
        name: &str,
        shape: &'static Shape,
        behind: Behind,
    ) -> New {
        let typed = self.context.typed;
        let open = if typed.quote.is_some() { "" } else { "\"" };
        if behind != Behind::Nothing {
            let close = if typed.quote.is_some_and(|(_, closed)| closed) { "" } else { "\"" };
            let new_text = format!("{open}{}{close}", escaped(name));
            let edit = TextEdit::replace(typed.span, new_text);
            return New { edit, also: None, snippet: false };
        }
        let mut writer = Writer::new(self, around);
        let value = writer.value(shape, "");
        // Where a value is still to be typed, its comma comes with it.
        let comma = if around.comma_behind && !value.is_empty() { "," } else { "" };
        let snippet = writer.places > 0;
        let name = if snippet { in_snippet(&escaped(name)) } else { escaped(name) };
        let new_text = format!("{open}{name}\": {value}{comma}");
        New { edit: TextEdit::replace(self.with_quote(), new_text), also: also(around), snippet }
    }

    /// A text, or another scalar as it is written; none where that cannot stand here.
    pub(in crate::completion::contract) fn json_scalar(
        &self,
        around: Around,
        word: &str,
        is_text: bool,
    ) -> Option<New> {
        let typed = self.context.typed;
        let comma = if around.comma_behind { "," } else { "" };
        let blank = if typed.blank_before { " " } else { "" };
        let edit = match typed.quote {
            _ if word.contains(char::is_control) => return None,
            Some(_) if !is_text => return None,
            Some((_, true)) if !around.comma_behind => TextEdit::replace(typed.span, escaped(word)),
            Some(_) => TextEdit::replace(self.with_quote(), format!("{}\"{comma}", escaped(word))),
            None if is_text => {
                TextEdit::replace(typed.span, format!("{blank}\"{}\"{comma}", escaped(word)))
            }
            None => TextEdit::replace(typed.span, format!("{blank}{word}{comma}")),
        };
        Some(New { edit, also: also(around), snippet: false })
    }

    /// A list or an object, with what it must have.
    pub(in crate::completion::contract) fn json_collection(
        &self,
        around: Around,
        target: Target,
    ) -> Option<Item> {
        let typed = self.context.typed;
        let is_root = self.context.places.iter().any(|place| place.steps.is_empty());
        let write = |writer: &mut Writer<'_>| match target {
            Target::Record(record) => Some(writer.record(record, "")),
            Target::Shape(shape @ (Shape::List(_) | Shape::Map(..))) => {
                Some(writer.value(shape, ""))
            }
            Target::Shape(_) => None,
        };
        if typed.quote.is_some() {
            return None;
        }
        let mut writer = Writer::new(self, around);
        let value = write(&mut writer)?;
        let (label, detail, prose) = match target {
            Target::Record(_) if is_root => {
                (format!("new {}", self.kind.title), self.kind.name, Some(self.kind.prose))
            }
            Target::Record(record) => ("{ }".to_owned(), record.name, Some(record.prose)),
            Target::Shape(Shape::List(_)) => ("[ ]".to_owned(), "list", None),
            Target::Shape(_) => ("{ }".to_owned(), "object", None),
        };
        let blank = if typed.blank_before { " " } else { "" };
        let comma = if around.comma_behind { "," } else { "" };
        Some(Item {
            filter: label.clone(),
            label,
            kind: ItemKind::Value,
            detail: Some(detail.to_owned()),
            documentation: prose.map(str::to_owned),
            edit: TextEdit::replace(typed.span, format!("{blank}{value}{comma}")),
            also: also(around),
            sort: "0".to_owned(),
            snippet: writer.places > 0,
        })
    }

    /// What is typed, and the quote that closes it.
    fn with_quote(&self) -> Span {
        let typed = self.context.typed;
        let closed = typed.quote.is_some_and(|(_, closed)| closed);
        Span::new(typed.span.start as usize, typed.span.end as usize + usize::from(closed))
    }
}

/// The comma that has to come before.
fn also(around: Around) -> Option<TextEdit> {
    around.comma_before.map(|at| TextEdit::insert(at, ","))
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// A text that means itself in a snippet.
fn in_snippet(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

/// Writes values with places to fill in; without places, only what is sure.
struct Writer<'a> {
    snippets: bool,
    has_lines: bool,
    line_break: &'static str,
    step: &'a str,
    places: usize,
}

impl<'a> Writer<'a> {
    fn new(asked: &'a Asked<'_, '_>, around: Around) -> Writer<'a> {
        let text = &*asked.request.text;
        let leads = text.lines().map(|line| &line[..line.len() - line.trim_start().len()]);
        let step = leads.filter(|lead| !lead.is_empty()).find(|lead| lead.len() < MOST_BLANKS);
        Writer {
            snippets: asked.request.snippets,
            has_lines: around.has_line,
            line_break: if text.contains("\r\n") { "\r\n" } else { "\n" },
            step: step.unwrap_or("  "),
            places: 0,
        }
    }

    fn place(&mut self) -> String {
        if !self.snippets {
            return String::new();
        }
        self.places += 1;
        format!("${}", self.places)
    }

    /// A value whose closing bracket is indented by `indent`.
    fn value(&mut self, shape: &'static Shape, indent: &str) -> String {
        match shape {
            Shape::OneOf(set) if set.values.len() == 1 => {
                set.values.iter().map(|(word, _)| format!("\"{word}\"")).collect()
            }
            Shape::OneOf(_) | Shape::Text(_) if self.snippets => format!("\"{}\"", self.place()),
            Shape::List(items) => match items.of {
                Shape::Record(record) if self.snippets => {
                    let inner = self.deeper(indent);
                    let item = self.record(record, &inner);
                    self.bracketed(['[', ']'], &[item], indent)
                }
                Shape::OneOf(_) | Shape::Text(_) if self.snippets => {
                    format!("[\"{}\"]", self.place())
                }
                _ => format!("[{}]", self.place()),
            },
            Shape::Map(..) => format!("{{{}}}", self.place()),
            Shape::Record(record) => self.record(record, indent),
            _ => self.place(),
        }
    }

    fn record(&mut self, record: &'static Record, indent: &str) -> String {
        let inner = self.deeper(indent);
        let mut entries = Vec::new();
        let must = record.required().take(if self.snippets { usize::MAX } else { 0 });
        for key in must {
            entries.push(format!("\"{}\": {}", key.name, self.value(&key.shape, &inner)));
        }
        if entries.is_empty() {
            return format!("{{{}}}", self.place());
        }
        self.bracketed(['{', '}'], &entries, indent)
    }

    fn deeper(&self, indent: &str) -> String {
        if self.has_lines { format!("{indent}{}", self.step) } else { String::new() }
    }

    fn bracketed(&self, [open, close]: [char; 2], parts: &[String], indent: &str) -> String {
        if !self.has_lines {
            return format!("{open}{}{close}", parts.join(", "));
        }
        let outer = format!("{}{indent}", self.line_break);
        let inner = format!("{outer}{}", self.step);
        format!("{open}{inner}{}{outer}{close}", parts.join(&format!(",{inner}")))
    }
}

/// More blanks than this are no step of an indentation.
const MOST_BLANKS: usize = 9;
