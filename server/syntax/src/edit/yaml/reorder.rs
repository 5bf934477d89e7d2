//! Entries that change places.

use text::edit::TextEdit;
use text::span::Span;

use super::page::{Page, Part};
use crate::edit::CannotEdit;
use crate::yaml::NodeId;

/// Moves the entry of `key` to right before the entry of `before`.
///
/// What stands between the entries, blank lines above all, keeps its place, so that a file that
/// parts them by one blank line still does.
pub(super) fn entry(
    page: &Page<'_>,
    key: NodeId,
    before: NodeId,
) -> Result<Vec<TextEdit>, CannotEdit> {
    let (mapping, from) = page.entry_of(key)?;
    let (other, to) = page.entry_of(before)?;
    if other != mapping {
        return Err(CannotEdit::NotThere);
    }
    if from == to || from + 1 == to {
        return Ok(Vec::new());
    }
    let parts = page.parts(mapping)?;
    let chunks = chunks(page, &parts, page.is_flow(mapping))?;
    let (first, last) = (from.min(to), from.max(to).max(from));
    let last = if from < to { last - 1 } else { last };
    let mut order: Vec<usize> = (first..=last).filter(|index| *index != from).collect();
    order.insert(if from < to { order.len() } else { 0 }, from);
    let mut text = String::new();
    for (place, index) in (first..).zip(order) {
        text.push_str(&page.text[chunks[index].range()]);
        if place < last {
            let between = chunks[place].end as usize..chunks[place + 1].start as usize;
            text.push_str(&page.text[between]);
        }
    }
    Ok(vec![TextEdit::replace(chunks[first].cover(chunks[last]), text)])
}

/// What belongs to each part, without the last line break.
fn chunks(page: &Page<'_>, parts: &[Part], flow: bool) -> Result<Vec<Span>, CannotEdit> {
    if flow {
        return Ok(parts.iter().map(|part| Span::new(part.start, part.end)).collect());
    }
    let mut chunks: Vec<Span> = Vec::with_capacity(parts.len());
    for part in parts {
        if !page.is_first_in_line(part.start) {
            return Err(CannotEdit::Layout);
        }
        let top = match chunks.last() {
            // Comments that a blank line parts from the entry are still above it.
            Some(previous) => first_comment(page, previous.end as usize, page.top(*part)),
            None => page.top(*part),
        };
        let bottom = page.bottom(*part);
        let content = page.text[..bottom].trim_end_matches(['\r', '\n']).len();
        chunks.push(Span::new(top, content.max(part.end)));
    }
    Ok(chunks)
}

/// The first line behind the line of `from` that is not blank, at most `top`.
fn first_comment(page: &Page<'_>, from: usize, top: usize) -> usize {
    let mut line = crate::edit::line_end(page.text, from);
    while line < top && page.is_blank(line) {
        line = crate::edit::line_end(page.text, line);
    }
    line.min(top)
}
