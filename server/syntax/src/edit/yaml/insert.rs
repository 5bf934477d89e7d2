//! Entries and items that are added.

pub(super) mod written;

use text::edit::TextEdit;
use text::span::Span;

use super::json;
use super::page::{Page, Part};
use super::quoting::{self, Quotes};
use crate::edit::{CannotEdit, line_break, line_end};
use crate::yaml::{Data, NodeId, Scalar, Style, Value};
use written::{Below, Habits, New};

pub(super) fn entry(
    page: &Page<'_>,
    mapping: NodeId,
    key: &str,
    value: &str,
) -> Result<Vec<TextEdit>, CannotEdit> {
    let value = New::Value(json::value_for(page, value)?.into_owned());
    match page.data(mapping)? {
        Data::Mapping(entries) if !entries.is_empty() => {
            grow_mapping(page, mapping, &[(key, value)])
        }
        data if is_empty(data) => fill(page, mapping, &New::map([(key, value)])),
        _ => Err(CannotEdit::NotThere),
    }
}

/// An item, a mapping, for the list that the keys lead to.
pub(super) type Item<'i> = (&'i [String], &'i [(String, String)]);

/// The items at the ends of their lists, whose keys begin at `mapping`.
pub(super) fn items(
    page: &Page<'_>,
    mapping: NodeId,
    items: &[Item<'_>],
) -> Result<Vec<TextEdit>, CannotEdit> {
    let mut below = Vec::with_capacity(items.len());
    for (keys, item) in items {
        let mut pairs = Vec::with_capacity(item.len());
        for (key, value) in *item {
            pairs.push((key.as_str(), New::Value(json::value_for(page, value)?.into_owned())));
        }
        below.push(Below { keys, item: New::map(pairs) });
    }
    add_below(page, mapping, below)
}

fn add_below(
    page: &Page<'_>,
    at: NodeId,
    items: Vec<Below<'_>>,
) -> Result<Vec<TextEdit>, CannotEdit> {
    match page.data(at)? {
        data if is_empty(data) => fill(page, at, &Below::together(items)?),
        Data::Sequence(_) => {
            let is_it = |one: &Below<'_>| one.keys.is_empty();
            if !items.iter().all(is_it) {
                return Err(CannotEdit::NotThere);
            }
            let items: Vec<New> = items.into_iter().map(|one| one.item).collect();
            grow_list(page, at, &items)
        }
        Data::Mapping(_) => {
            let mut edits = Vec::new();
            let mut missing = Vec::new();
            for (key, inner) in Below::by_key(items)? {
                match value_of(page, at, key)? {
                    // Where both end at one place, what lies deeper has to stand above.
                    Some(value) => edits.extend(add_below(page, value, inner)?),
                    None => missing.push((key, Below::together(inner)?)),
                }
            }
            if !missing.is_empty() {
                edits.extend(grow_mapping(page, at, &missing)?);
            }
            Ok(edits)
        }
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

/// The entries at the end of a mapping that has entries.
fn grow_mapping(
    page: &Page<'_>,
    mapping: NodeId,
    new: &[(&str, New)],
) -> Result<Vec<TextEdit>, CannotEdit> {
    let parts = page.parts(mapping)?;
    let flow = page.is_flow(mapping);
    let Data::Mapping(entries) = page.data(mapping)? else {
        return Err(CannotEdit::NotThere);
    };
    let neighbour = entries.last().map(|entry| &page.yaml.node(entry.key).data);
    let written = |key: &str| match neighbour {
        Some(Data::Scalar(Scalar { style: Style::Double, .. })) => {
            quoting::quoted(key, Quotes::Double)
        }
        Some(Data::Scalar(Scalar { style: Style::Single, .. })) => {
            quoting::quoted(key, Quotes::Single)
        }
        _ => quoting::scalar(page, key, flow),
    };
    if flow {
        let entry = |(key, value): &(&str, New)| format!("{}: {}", written(key), value.flow(page));
        let entries: Vec<String> = new.iter().map(entry).collect();
        return Ok(vec![in_brackets(page, &parts, &entries)]);
    }
    let column = parts.first().map_or(0, |part| page.column(part.start));
    let habits = Habits::of(page);
    let entry = |(key, value): &(&str, New)| value.entry_lines(page, &written(key), &habits);
    let entries: Vec<Vec<String>> = new.iter().map(entry).collect();
    Ok(vec![below(page, &parts, column, &entries)])
}

/// The items at the end of a list that has items.
fn grow_list(page: &Page<'_>, list: NodeId, new: &[New]) -> Result<Vec<TextEdit>, CannotEdit> {
    let parts = page.parts(list)?;
    if page.is_flow(list) {
        let items: Vec<String> = new.iter().map(|item| item.flow(page)).collect();
        return Ok(vec![in_brackets(page, &parts, &items)]);
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
    let is_flow = page.is_flow(*last);
    let lines = |item: &New| match is_flow {
        true => vec![format!("-{}{}", " ".repeat(habits.dash - 1), item.flow(page))],
        false => item.item_lines(page, &habits),
    };
    let items: Vec<Vec<String>> = new.iter().map(lines).collect();
    Ok(vec![below(page, &parts, page.column(part.start), &items)])
}

/// Behind the last part of a collection in brackets, on lines of their own if that one has.
fn in_brackets(page: &Page<'_>, parts: &[Part], new: &[String]) -> TextEdit {
    let Some(last) = parts.last() else {
        return TextEdit::insert(0, "");
    };
    let separator = match page.lead(last.start) {
        Some(indent) => format!(",{}{indent}", line_break(page.text, last.end)),
        None => ", ".to_owned(),
    };
    let new: String = new.iter().map(|new| format!("{separator}{new}")).collect();
    TextEdit::insert(last.end, new)
}

/// Below the last part of a block, each by its lines; blank lines part them where one parts the last
/// two.
fn below(page: &Page<'_>, parts: &[Part], column: usize, new: &[Vec<String>]) -> TextEdit {
    let last = parts.last().copied().unwrap_or(Part { start: 0, end: 0 });
    let above = page.line_above(page.top(last));
    let spaced = parts.len() > 1 && above.is_some_and(|line| page.is_blank(line));
    let gap = if spaced { line_break(page.text, last.end) } else { "" };
    let blocks = new.iter().map(|lines| indented(page, last.end, column, lines));
    let block: String = blocks.map(|block| format!("{gap}{block}")).collect();
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
