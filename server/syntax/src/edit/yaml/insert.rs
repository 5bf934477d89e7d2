//! Entries and items that are added.

pub(super) mod written;

use text::edit::TextEdit;
use text::span::Span;

use super::json;
use super::page::{Page, Part};
use super::quoting::{self, Quotes};
use crate::edit::{CannotEdit, line_break, line_end};
use crate::yaml::{Data, NodeId, Scalar, Style, Value};
use written::{Habits, New};

pub(super) fn entry(
    page: &Page<'_>,
    mapping: NodeId,
    key: &str,
    value: &str,
) -> Result<Vec<TextEdit>, CannotEdit> {
    let value = New::Value(json::value_for(page, value)?.into_owned());
    match page.data(mapping)? {
        Data::Mapping(entries) if !entries.is_empty() => grow_mapping(page, mapping, key, &value),
        data if is_empty(data) => fill(page, mapping, &New::map([(key, value)])),
        _ => Err(CannotEdit::NotThere),
    }
}

pub(super) fn item(
    page: &Page<'_>,
    mapping: NodeId,
    keys: &[String],
    item: &[(String, String)],
) -> Result<Vec<TextEdit>, CannotEdit> {
    let mut pairs = Vec::with_capacity(item.len());
    for (key, value) in item {
        pairs.push((key.as_str(), New::Value(json::value_for(page, value)?.into_owned())));
    }
    let item = New::map(pairs);
    let mut at = mapping;
    let mut left = keys;
    while let [key, rest @ ..] = left {
        match page.data(at)? {
            Data::Mapping(entries) if !entries.is_empty() => {
                let Some(value) = value_of(page, at, key)? else {
                    return grow_mapping(page, at, key, &New::List(vec![item]).under(rest));
                };
                at = value;
                left = rest;
            }
            data if is_empty(data) => return fill(page, at, &New::List(vec![item]).under(left)),
            _ => return Err(CannotEdit::NotThere),
        }
    }
    match page.data(at)? {
        Data::Sequence(items) if !items.is_empty() => grow_list(page, at, &item),
        data if is_empty(data) => fill(page, at, &New::List(vec![item])),
        _ => Err(CannotEdit::NotThere),
    }
}

/// Whether the value holds nothing yet and may become a collection.
fn is_empty(data: &Data) -> bool {
    match data {
        Data::Sequence(items) => items.is_empty(),
        Data::Mapping(entries) => entries.is_empty(),
        Data::Scalar(Scalar { value, .. }) => *value == Value::Null,
        _ => false,
    }
}

/// The value of `key` as a reader of the file gets it. What a merge brings in cannot be edited here.
fn value_of(page: &Page<'_>, mapping: NodeId, key: &str) -> Result<Option<NodeId>, CannotEdit> {
    let Data::Mapping(entries) = page.data(mapping)? else {
        return Ok(None);
    };
    let named = |id: NodeId| page.yaml.text_of(id).is_some_and(|text| text.as_str() == key);
    if let Some(entry) = entries.iter().rev().find(|entry| named(entry.key)) {
        return Ok(Some(entry.value));
    }
    let merges = |id: NodeId| {
        matches!(&page.yaml.node(id).data, Data::Scalar(Scalar { value: Value::Merge, .. }))
    };
    if entries.iter().any(|entry| merges(entry.key)) {
        return Err(CannotEdit::Layout);
    }
    Ok(None)
}

/// `key: value` at the end of a mapping that has entries.
fn grow_mapping(
    page: &Page<'_>,
    mapping: NodeId,
    key: &str,
    value: &New,
) -> Result<Vec<TextEdit>, CannotEdit> {
    let parts = page.parts(mapping)?;
    let flow = page.is_flow(mapping);
    let Data::Mapping(entries) = page.data(mapping)? else {
        return Err(CannotEdit::NotThere);
    };
    let neighbour = entries.last().map(|entry| &page.yaml.node(entry.key).data);
    let key = match neighbour {
        Some(Data::Scalar(Scalar { style: Style::Double, .. })) => {
            quoting::quoted(key, Quotes::Double)
        }
        Some(Data::Scalar(Scalar { style: Style::Single, .. })) => {
            quoting::quoted(key, Quotes::Single)
        }
        _ => quoting::scalar(page, key, flow),
    };
    if flow {
        return Ok(vec![in_brackets(page, &parts, &format!("{key}: {}", value.flow(page)))]);
    }
    let column = parts.first().map_or(0, |part| page.column(part.start));
    let lines = value.entry_lines(page, &key, &Habits::of(page));
    Ok(vec![below(page, &parts, column, &lines)])
}

/// An item at the end of a list that has items.
fn grow_list(page: &Page<'_>, list: NodeId, item: &New) -> Result<Vec<TextEdit>, CannotEdit> {
    let parts = page.parts(list)?;
    if page.is_flow(list) {
        return Ok(vec![in_brackets(page, &parts, &item.flow(page))]);
    }
    let Data::Sequence(items) = page.data(list)? else {
        return Err(CannotEdit::NotThere);
    };
    let (Some(last), Some(part)) = (items.last(), parts.last()) else {
        return Err(CannotEdit::NotThere);
    };
    let same_line = page.first_in_line(page.start(*last)) <= part.start;
    let mut habits = Habits::of(page);
    if same_line && page.start(*last) > part.start {
        habits.dash = page.start(*last) - part.start;
    }
    let lines = if page.is_flow(*last) {
        vec![format!("-{}{}", " ".repeat(habits.dash - 1), item.flow(page))]
    } else {
        item.item_lines(page, &habits)
    };
    Ok(vec![below(page, &parts, page.column(part.start), &lines)])
}

/// Behind the last part of a collection in brackets, on a line of its own if that one has.
fn in_brackets(page: &Page<'_>, parts: &[Part], new: &str) -> TextEdit {
    let Some(last) = parts.last() else {
        return TextEdit::insert(0, "");
    };
    let separator = match page.lead(last.start) {
        Some(indent) => format!(",{}{indent}", line_break(page.text, last.end)),
        None => ", ".to_owned(),
    };
    TextEdit::insert(last.end, format!("{separator}{new}"))
}

/// Below the last part of a block; a blank line parts them where one parts the last two.
fn below(page: &Page<'_>, parts: &[Part], column: usize, lines: &[String]) -> TextEdit {
    let last = parts.last().copied().unwrap_or(Part { start: 0, end: 0 });
    let above = page.line_above(page.top(last));
    let spaced = parts.len() > 1 && above.is_some_and(|line| page.is_blank(line));
    let mut block = indented(page, last.end, column, lines);
    if spaced {
        block.insert_str(0, line_break(page.text, last.end));
    }
    on_new_line(page, page.bottom(last), &block)
}

/// The lines, each with its indentation and line break.
fn indented(page: &Page<'_>, near: usize, column: usize, lines: &[String]) -> String {
    let newline = line_break(page.text, near);
    let indent = " ".repeat(column);
    lines.iter().map(|line| format!("{indent}{line}{newline}")).collect()
}

/// Whole lines at `offset`, where a line begins or the text ends.
fn on_new_line(page: &Page<'_>, offset: usize, block: &str) -> TextEdit {
    let before = &page.text[..offset];
    if before.is_empty() || before.ends_with('\n') {
        return TextEdit::insert(offset, block);
    }
    // The last line has no line break: the new one shall have none either.
    let newline = line_break(page.text, offset);
    TextEdit::insert(offset, format!("{newline}{}", block.trim_end_matches(['\r', '\n'])))
}

/// `new` in the place of `[]`, `{}`, `null` or nothing: as a block, unless brackets stand around.
fn fill(page: &Page<'_>, node: NodeId, new: &New) -> Result<Vec<TextEdit>, CannotEdit> {
    let span = page.yaml.node(node).span;
    if page.is_json() {
        return Ok(vec![TextEdit::replace(span, json::filled(page, node, new))]);
    }
    let parent = page.yaml.parent(node);
    let habits = Habits::of(page);
    if page.is_in_flow(node) {
        return Ok(vec![TextEdit::replace(span, new.flow(page))]);
    }
    let Some(parent) = parent else {
        let lines = new.lines(page, &habits);
        return Ok(vec![TextEdit::replace(span, lines.join(line_break(page.text, 0)))]);
    };
    let parts = page.parts(parent)?;
    let column = parts.first().map_or(0, |part| page.column(part.start));
    if matches!(page.data(parent)?, Data::Sequence(_)) {
        let column = page.column(span.start as usize) + usize::from(span.is_empty());
        let newline = format!("{}{}", line_break(page.text, 0), " ".repeat(column));
        let space = if span.is_empty() { " " } else { "" };
        let lines = new.lines(page, &habits).join(&newline);
        return Ok(vec![TextEdit::replace(span, format!("{space}{lines}"))]);
    }
    let deeper = if matches!(new, New::List(_)) { habits.list } else { habits.step };
    let block = indented(page, span.end as usize, column + deeper, &new.lines(page, &habits));
    let key_end = page.text[..span.start as usize].trim_end().len();
    let emptied = TextEdit::delete(Span::new(key_end, span.end as usize));
    let placed = on_new_line(page, line_end(page.text, span.end as usize), &block);
    Ok(if emptied.span.is_empty() { vec![placed] } else { vec![emptied, placed] })
}
