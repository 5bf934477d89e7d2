//! Mappings with free keys that become lists of records.

use text::edit::TextEdit;
use text::span::Span;

use super::page::{Page, Part};
use super::quoting;
use crate::edit::{CannotEdit, line_break};
use crate::yaml::{Data, Entry, NodeId};

/// Makes a list of a mapping: each entry becomes a record with the entry's key under `names[0]` and
/// its value under `names[1]`.
pub(super) fn list(
    page: &Page<'_>,
    mapping: NodeId,
    names: &[String; 2],
) -> Result<Vec<TextEdit>, CannotEdit> {
    let Data::Mapping(entries) = page.data(mapping)? else { return Err(CannotEdit::NotThere) };
    let flow = page.is_flow(mapping);
    let parts = page.parts(mapping)?;
    let names = [0, 1].map(|index| quoting::scalar(page, &names[index], true));
    let mut edits = Vec::new();
    if flow {
        let (start, end) = (page.start(mapping), page.end(mapping));
        edits.push(TextEdit::replace(Span::new(start, start + 1), "["));
        edits.push(TextEdit::replace(Span::new(end - 1, end), "]"));
    }
    for (entry, part) in entries.iter().zip(&parts) {
        if page.yaml.is_merge(entry.key) {
            return Err(CannotEdit::Layout);
        }
        edits.extend(record(page, (*entry, *part), &names, flow)?);
    }
    Ok(edits)
}

fn record(
    page: &Page<'_>,
    (entry, part): (Entry, Part),
    [first, second]: &[String; 2],
    flow: bool,
) -> Result<Vec<TextEdit>, CannotEdit> {
    let value = page.yaml.node(entry.value).span;
    let between = Span::new(page.end(entry.key), value.start as usize);
    // What stands before the value may be an anchor or a tag; it stays with it.
    let marks = between.of(page.text).trim_start().strip_prefix(':').ok_or(CannotEdit::Layout)?;
    let is_plain = |text: &str| !text.contains(['\n', '#']);
    if !is_plain(marks) || value.of(page.text).contains('\n') {
        return Err(CannotEdit::Layout);
    }
    let marks = marks.trim();
    let gap = |text: &str| if text.is_empty() { "" } else { " " };
    let spaced = format!("{}{marks}{}", gap(marks), gap(value.of(page.text)));
    if flow {
        return Ok(vec![
            TextEdit::insert(part.start, format!("{{{first}: ")),
            TextEdit::replace(between, format!(", {second}:{spaced}")),
            TextEdit::insert(part.end.max(between.end as usize), "}"),
        ]);
    }
    let newline = line_break(page.text, part.start);
    let indent = " ".repeat(page.column(part.start) + "- ".len());
    Ok(vec![
        TextEdit::insert(part.start, format!("- {first}: ")),
        TextEdit::replace(between, format!("{newline}{indent}{second}:{spaced}")),
    ])
}
