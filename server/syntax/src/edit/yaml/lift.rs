//! Entries that hold a mapping and become one scalar out of it.

use text::edit::TextEdit;
use text::span::Span;

use super::comment_out;
use super::page::Page;
use super::quoting;
use crate::edit::{CannotEdit, line_break, line_end, line_start};
use crate::yaml::{Data, Entry, NodeId};

/// The entry of `key` is called `new` and holds what its mapping held under `inner`; the other
/// entries of that mapping become comments.
pub(super) fn entry(
    page: &Page<'_>,
    key: NodeId,
    inner: &str,
    new: &str,
) -> Result<Vec<TextEdit>, CannotEdit> {
    let (outer, index) = page.entry_of(key)?;
    let mapping = match page.data(outer)? {
        Data::Mapping(entries) => entries[index].value,
        _ => return Err(CannotEdit::NotThere),
    };
    let Data::Mapping(entries) = page.data(mapping)? else { return Err(CannotEdit::NotThere) };
    let named =
        |entry: &&Entry| page.yaml.text_of(entry.key).is_some_and(|it| it.as_str() == inner);
    let lifted = *entries.iter().find(named).ok_or(CannotEdit::NotThere)?;
    let value = page.yaml.node(lifted.value);
    let is_line = !value.span.is_empty() && !value.span.of(page.text).contains('\n');
    // An anchor of the mapping would be lost, and one of the value stands before it.
    if !is_line
        || value.anchored
        || page.yaml.node(mapping).anchored
        || !matches!(value.data, Data::Scalar(_) | Data::Alias(_))
    {
        return Err(CannotEdit::Layout);
    }
    let name = quoting::scalar(page, new, page.is_in_flow(key));
    let value = value.span.of(page.text);
    if page.is_flow(mapping) {
        return from_brackets(page, (key, mapping), lifted, &format!("{name}: {value}"));
    }
    from_block(page, (key, mapping), lifted, &format!("{name}: {value}"))
}

fn from_brackets(
    page: &Page<'_>,
    (key, mapping): (NodeId, NodeId),
    lifted: Entry,
    line: &str,
) -> Result<Vec<TextEdit>, CannotEdit> {
    let parts = page.parts(mapping)?;
    let others = parts.iter().map(|part| Span::new(part.start, part.end));
    let others = others.filter(|span| span.end as usize != page.end(lifted.value));
    let span = Span::new(page.start(key), page.end(mapping));
    Ok(vec![comment_out::above(page, mapping, others), TextEdit::replace(span, line)])
}

fn from_block(
    page: &Page<'_>,
    (key, mapping): (NodeId, NodeId),
    lifted: Entry,
    line: &str,
) -> Result<Vec<TextEdit>, CannotEdit> {
    let parts = page.parts(mapping)?;
    let Some(last) = parts.last() else { return Err(CannotEdit::Layout) };
    if !page.is_first_in_line(page.start(mapping)) {
        return Err(CannotEdit::Layout);
    }
    let (newline, column) = (line_break(page.text, page.start(key)), page.column(page.start(key)));
    let indent = " ".repeat(column);
    let deeper = page.column(page.start(mapping));
    let mut head = line.to_owned();
    let mut below = Vec::new();
    // What stands behind the key's colon is nothing but a comment.
    let head_end = line_end(page.text, page.end(key));
    let colon = page.text[page.end(key)..head_end].trim();
    match colon.strip_prefix(':').map(str::trim_start) {
        Some(rest) if rest.starts_with('#') => below.push(rest.to_owned()),
        Some("") => {}
        _ => return Err(CannotEdit::Layout),
    }
    let (own_line, end) =
        (line_start(page.text, page.start(lifted.key)), line_end(page.text, last.end));
    let mut at = head_end;
    while at < end {
        let next = line_end(page.text, at);
        let text = page.text[at..next].trim_end();
        let spaces = text.len() - text.trim_start_matches(' ').len();
        if at == own_line {
            let rest = page.text[page.end(lifted.value)..next].trim_end();
            head.push_str(rest);
        } else if text.trim_start().starts_with('#') {
            below.push(text.trim_start().to_owned());
        } else if !text.trim().is_empty() {
            below.push(format!("# {}", &text[deeper.min(spaces)..]));
        }
        at = next;
    }
    let lines = below.iter().map(|text| format!("{newline}{indent}{text}"));
    let new = head + &lines.collect::<String>();
    let content = page.text[..end].trim_end_matches(['\r', '\n']).len();
    Ok(vec![TextEdit::replace(Span::new(page.start(key), content), new)])
}
