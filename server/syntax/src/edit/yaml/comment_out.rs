//! Entries that become comments where they stand, so that nothing is lost.

use text::edit::TextEdit;
use text::span::Span;

use super::page::{Page, Part};
use crate::edit::{CannotEdit, line_break, line_end, line_start};
use crate::yaml::{Data, NodeId};

/// Makes comments of the entries with these keys; other entries of their mappings stay.
pub(super) fn entries(page: &Page<'_>, keys: &[NodeId]) -> Result<Vec<TextEdit>, CannotEdit> {
    let mut places: Vec<(NodeId, usize)> =
        keys.iter().map(|key| page.entry_of(*key)).collect::<Result<_, _>>()?;
    places.sort_unstable();
    places.dedup();
    let mut edits = Vec::new();
    for group in places.chunk_by(|one, next| one.0 == next.0) {
        let mapping = group[0].0;
        let gone: Vec<usize> = group.iter().map(|(_, index)| *index).collect();
        let parts = page.parts(mapping)?;
        if gone.len() == parts.len() {
            return Err(CannotEdit::Layout);
        }
        if page.is_flow(mapping) {
            edits.extend(in_brackets(page, mapping, &parts, &gone));
        } else {
            edits.extend(in_block(page, mapping, &parts, &gone)?);
        }
    }
    Ok(edits)
}

/// Each line of a part gets its sign, but for those in front behind a dash: they go above it.
fn in_block(
    page: &Page<'_>,
    mapping: NodeId,
    parts: &[Part],
    gone: &[usize],
) -> Result<Vec<TextEdit>, CannotEdit> {
    let is_in_front = |(place, index): (usize, &usize)| place == *index;
    let in_front = match parts.first() {
        Some(first) if !page.is_first_in_line(first.start) => gone
            .iter()
            .enumerate()
            .take_while(|(place, index)| is_in_front((*place, index)))
            .count(),
        _ => 0,
    };
    let mut edits = Vec::new();
    if in_front > 0 {
        edits.extend(above_dash(page, parts, in_front)?);
    }
    let Data::Mapping(entries) = page.data(mapping)? else { return Err(CannotEdit::NotThere) };
    for index in &gone[in_front..] {
        let part = parts[*index];
        // An entry that shares its line with something else is no block's entry.
        if !page.is_first_in_line(part.start) || page.start(entries[*index].key) < part.start {
            return Err(CannotEdit::Layout);
        }
        let column = page.column(part.start);
        let mut line = line_start(page.text, part.start);
        while line < part.end {
            let first = page.first_in_line(line);
            if !page.is_blank(line) {
                edits.push(TextEdit::insert(first.min(line + column), "# "));
            }
            line = line_end(page.text, line);
        }
    }
    Ok(edits)
}

/// The first parts of a mapping behind a dash; the next part takes their place there.
fn above_dash(page: &Page<'_>, parts: &[Part], count: usize) -> Result<[TextEdit; 2], CannotEdit> {
    let (Some(first), Some(next)) = (parts.first(), parts.get(count)) else {
        return Err(CannotEdit::Layout);
    };
    let line = line_start(page.text, first.start);
    let column = page.column(first.start);
    let end = line_end(page.text, parts[count - 1].end);
    let newline = line_break(page.text, first.start);
    let indent = &page.text[line..page.first_in_line(line)];
    let lines = page.text[first.start..end].lines().enumerate().map(|(index, text)| {
        let deeper = if index == 0 { 0 } else { column };
        let spaces = text.len() - text.trim_start_matches(' ').len();
        text[deeper.min(spaces)..].trim_end()
    });
    let said = lines.filter(|text| !text.is_empty());
    let comments = said.map(|text| {
        let sign = if text.starts_with('#') { "" } else { "# " };
        format!("{indent}{sign}{text}{newline}")
    });
    let rest = &page.text[end..];
    let content = page.text.len() - rest.trim_start().len();
    Ok([
        TextEdit::insert(line, comments.collect::<String>()),
        TextEdit::delete(Span::new(first.start, content.min(next.start))),
    ])
}

/// Parts between brackets go into comments above the line on which the outermost bracket opens.
fn in_brackets(page: &Page<'_>, mapping: NodeId, parts: &[Part], gone: &[usize]) -> Vec<TextEdit> {
    let texts = gone.iter().map(|index| Span::new(parts[*index].start, parts[*index].end));
    let mut edits = vec![above(page, mapping, texts)];
    for run in gone.chunk_by(|one, next| one + 1 == *next) {
        let (start, end) = (run[0], run[run.len() - 1]);
        edits.push(TextEdit::delete(match start.checked_sub(1) {
            Some(before) => Span::new(parts[before].end, parts[end].end),
            None => Span::new(parts[0].start, parts[end + 1].start),
        }));
    }
    edits
}

/// Comments with these parts of the text, above the line on which the outermost brackets around
/// `node` open.
pub(super) fn above(page: &Page<'_>, node: NodeId, parts: impl Iterator<Item = Span>) -> TextEdit {
    let way = page.yaml.way_down(node);
    let outermost = way.iter().copied().find(|id| page.is_flow(*id)).unwrap_or(node);
    // Right before what stands on the line: an edit of the line above may end there.
    let line = line_start(page.text, page.start(outermost));
    let first = page.first_in_line(line);
    let newline = line_break(page.text, line);
    let indent = &page.text[line..first];
    let mut comments = String::new();
    for part in parts {
        for text in part.of(page.text).lines().map(str::trim).filter(|text| !text.is_empty()) {
            comments.push_str(&format!("# {text}{newline}{indent}"));
        }
    }
    TextEdit::insert(first, comments)
}
