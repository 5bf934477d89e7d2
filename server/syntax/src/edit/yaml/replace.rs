//! Scalars and values that give way to others.

use text::edit::TextEdit;
use text::span::Span;

use super::json;
use super::page::Page;
use super::quoting::{self, Quotes};
use super::remove;
use crate::edit::CannotEdit;
use crate::yaml::{Data, NodeId, Style};

pub(super) fn scalar(
    page: &Page<'_>,
    node: NodeId,
    new: &str,
) -> Result<Vec<TextEdit>, CannotEdit> {
    let Data::Scalar(scalar) = page.data(node)? else {
        return Err(CannotEdit::NotThere);
    };
    let text = match scalar.style {
        Style::Single => quoting::quoted(new, Quotes::Single),
        Style::Double => quoting::quoted(new, Quotes::Double),
        Style::Plain | Style::Literal | Style::Folded => {
            quoting::scalar(page, new, page.is_in_flow(node))
        }
    };
    Ok(vec![put(page, node, &text)])
}

pub(super) fn quote(page: &Page<'_>, node: NodeId) -> Result<Vec<TextEdit>, CannotEdit> {
    match page.data(node)? {
        Data::Scalar(scalar) if scalar.style == Style::Plain => {
            let source = page.yaml.node(node).span.of(page.text);
            Ok(vec![put(page, node, &quoting::quoted(source, Quotes::Double))])
        }
        Data::Scalar(_) => Ok(Vec::new()),
        _ => Err(CannotEdit::NotThere),
    }
}

pub(super) fn value(page: &Page<'_>, node: NodeId, new: &str) -> Result<Vec<TextEdit>, CannotEdit> {
    let new = &*json::value_for(page, new)?;
    match page.data(node)? {
        Data::Sequence(_) | Data::Mapping(_) if !page.is_flow(node) => {
            let parts = page.parts(node)?;
            let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
                return Err(CannotEdit::Layout);
            };
            Ok(remove::all(page, *first, *last, new))
        }
        _ => Ok(vec![put(page, node, new)]),
    }
}

/// `new` in the place of a scalar or of a collection in brackets. A value that is not there at all
/// wants a space before it.
fn put(page: &Page<'_>, node: NodeId, new: &str) -> TextEdit {
    let span = page.yaml.node(node).span;
    let before = &page.text[..span.start as usize];
    if span.is_empty() && !before.is_empty() && !before.ends_with([' ', '\n']) {
        return TextEdit::insert(span.start as usize, format!(" {new}"));
    }
    TextEdit::replace(Span::new(span.start as usize, span.end as usize), new)
}
