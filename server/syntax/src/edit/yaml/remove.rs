//! Entries and items that go, with their lines.

use text::edit::TextEdit;
use text::span::Span;

use super::page::{Page, Part};
use crate::edit::{CannotEdit, line_start};
use crate::yaml::NodeId;

pub(super) fn entry(page: &Page<'_>, key: NodeId) -> Result<Vec<TextEdit>, CannotEdit> {
    let (mapping, index) = page.entry_of(key)?;
    part(page, mapping, index, "{}")
}

pub(super) fn item(page: &Page<'_>, item: NodeId) -> Result<Vec<TextEdit>, CannotEdit> {
    let (list, index) = page.item_of(item)?;
    part(page, list, index, "[]")
}

fn part(
    page: &Page<'_>,
    collection: NodeId,
    index: usize,
    empty: &str,
) -> Result<Vec<TextEdit>, CannotEdit> {
    let parts = page.parts(collection)?;
    let flow = page.is_flow(collection);
    let part = parts[index];
    let span = match (parts.get(index + 1), index.checked_sub(1).map(|before| parts[before])) {
        (None, None) if flow => {
            let end = page.end(collection).saturating_sub(1).max(part.end);
            Span::new(page.start(collection) + 1, end)
        }
        (None, None) => return Ok(all(page, part, part, empty)),
        (_, Some(before)) if flow => Span::new(before.end, part.end),
        (Some(next), None) if flow => Span::new(part.start, next.start),
        (Some(_), None) if !page.is_first_in_line(part.start) => first_behind_dash(page, part),
        _ => lines(page, page.top(part), page.bottom(part)),
    };
    Ok(vec![TextEdit::delete(span)])
}

/// The first part of a block that begins behind a dash; the next one takes its place there.
fn first_behind_dash(page: &Page<'_>, part: Part) -> Span {
    let rest = &page.text[page.bottom(part)..];
    Span::new(part.start, page.text.len() - rest.trim_start().len())
}

/// All parts of a block, from `first` to `last`, give way to `new`.
pub(super) fn all(page: &Page<'_>, first: Part, last: Part, new: &str) -> Vec<TextEdit> {
    let head = page.is_first_in_line(first.start).then(|| page.head_end(first.start)).flatten();
    match head {
        Some(head) => vec![
            TextEdit::insert(head, format!(" {new}")),
            TextEdit::delete(lines(page, page.top(first), page.bottom(last))),
        ],
        None => vec![TextEdit::replace(Span::new(first.start, last.end), new)],
    }
}

/// The lines from `top` to `bottom`, with what would be left over: a second run of blank lines, or a
/// line break at the end of a text that has none.
fn lines(page: &Page<'_>, top: usize, bottom: usize) -> Span {
    let above_is_blank = page.line_above(top).is_none_or(|above| page.is_blank(above));
    let (mut start, mut end) = (top, bottom);
    if above_is_blank {
        while page.is_blank(end) {
            end = crate::edit::line_end(page.text, end);
        }
    }
    if end == page.text.len() {
        while let Some(above) = page.line_above(start).filter(|above| page.is_blank(*above)) {
            start = above;
        }
        if !page.text.ends_with('\n') && start > line_start(page.text, 0) {
            start = page.text[..start].trim_end_matches(['\r', '\n']).len();
        }
    }
    Span::new(start, end)
}
