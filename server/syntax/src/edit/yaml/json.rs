//! What JSON writes in another way than YAML.

use std::borrow::Cow;

use super::insert::written::New;
use super::page::Page;
use super::quoting::{self, Quotes};
use crate::edit::{CannotEdit, line_break, line_start};
use crate::yaml::{self, Data, Limits, NodeId, Value, Yaml};

/// Flow-style YAML as the file's own notation writes it.
pub(super) fn value_for<'v>(page: &Page<'_>, flow: &'v str) -> Result<Cow<'v, str>, CannotEdit> {
    if !page.is_json() {
        return Ok(Cow::Borrowed(flow));
    }
    let yaml = yaml::parse(flow, &Limits::default());
    match yaml.documents.as_slice() {
        [root] if yaml.problems.is_empty() => written(&yaml, *root).map(Cow::Owned),
        _ => Err(CannotEdit::NotThere),
    }
}

fn written(yaml: &Yaml, node: NodeId) -> Result<String, CannotEdit> {
    Ok(match &yaml.node(node).data {
        Data::Scalar(scalar) => match &scalar.value {
            Value::Null => "null".to_owned(),
            Value::Bool(truth) => truth.to_string(),
            Value::Int(number) => number.to_string(),
            Value::BigInt(digits) => digits.to_string(),
            Value::Float(number) if number.is_finite() => format!("{number:?}"),
            value => quoted(value.as_text().ok_or(CannotEdit::Layout)?),
        },
        Data::Sequence(items) => {
            let items: Result<Vec<String>, _> =
                items.iter().map(|item| written(yaml, *item)).collect();
            format!("[{}]", items?.join(", "))
        }
        Data::Mapping(entries) => {
            let entry = |entry: &yaml::Entry| {
                let key = yaml.text_of(entry.key).ok_or(CannotEdit::Layout)?;
                Ok(format!("{}: {}", quoted(key.as_str()), written(yaml, entry.value)?))
            };
            let entries: Result<Vec<String>, _> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries?.join(", "))
        }
        Data::Alias(_) | Data::Unreadable => return Err(CannotEdit::Layout),
    })
}

fn quoted(text: &str) -> String {
    quoting::quoted(text, Quotes::Double)
}

/// What stands in the place of an empty value: on lines of its own where the value's neighbours have
/// such lines, or where it has no neighbours.
pub(super) fn filled(page: &Page<'_>, node: NodeId, new: &New) -> String {
    let start = page.start(node);
    let siblings = page.yaml.parent(node).and_then(|parent| page.parts(parent).ok());
    let has_lines = siblings.is_none_or(|parts| {
        let own = parts.iter().rev().find(|part| part.start <= start);
        own.is_some_and(|part| page.lead(part.start).is_some())
    });
    if !has_lines {
        return new.flow(page);
    }
    let line = &page.text[line_start(page.text, start)..];
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let layout = Layout { line_break: line_break(page.text, start), step: step(page) };
    layout.lines(new, indent)
}

/// By how much the file indents what stands in brackets.
fn step<'a>(page: &Page<'a>) -> &'a str {
    let is_filled = |id: &NodeId| match &page.yaml.node(*id).data {
        Data::Sequence(items) => !items.is_empty(),
        Data::Mapping(entries) => !entries.is_empty(),
        _ => false,
    };
    let text = page.text;
    let step = |id: NodeId| {
        let first = page.parts(id).ok()?.first()?.start;
        page.lead(first)?;
        let lead = &text[line_start(text, first)..first];
        let outer = &text[line_start(text, page.start(id))..];
        let outer = &outer[..outer.len() - outer.trim_start_matches([' ', '\t']).len()];
        lead.strip_prefix(outer).filter(|step| !step.is_empty())
    };
    page.yaml.ids().filter(is_filled).find_map(step).unwrap_or("  ")
}

/// How the lines of new collections look.
struct Layout<'a> {
    line_break: &'static str,
    step: &'a str,
}

impl Layout<'_> {
    /// The text of `new`, whose closing bracket is indented by `indent`.
    fn lines(&self, new: &New, indent: &str) -> String {
        let deeper = format!("{indent}{}", self.step);
        let (open, close, parts): (char, char, Vec<String>) = match new {
            New::Value(text) => return text.clone(),
            New::List(items) => {
                ('[', ']', items.iter().map(|item| self.lines(item, &deeper)).collect())
            }
            New::Map(entries) => {
                let entry = |(key, value): &(String, New)| {
                    format!("{}: {}", quoted(key), self.lines(value, &deeper))
                };
                ('{', '}', entries.iter().map(entry).collect())
            }
        };
        let line_break = self.line_break;
        let parts = parts.join(&format!(",{line_break}{deeper}"));
        format!("{open}{line_break}{deeper}{parts}{line_break}{indent}{close}")
    }
}
