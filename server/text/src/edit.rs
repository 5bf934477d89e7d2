//! Replacements in a text.

use crate::span::Span;

/// One replacement: the bytes of `span` give way to `new_text`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextEdit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards; empty for a removal.
    pub new_text: String,
}

impl TextEdit {
    /// Replaces `span` by `new_text`.
    pub fn replace(span: Span, new_text: impl Into<String>) -> TextEdit {
        TextEdit { span, new_text: new_text.into() }
    }

    /// Inserts `new_text` at `offset`.
    pub fn insert(offset: usize, new_text: impl Into<String>) -> TextEdit {
        TextEdit { span: Span::empty(offset), new_text: new_text.into() }
    }

    /// Removes `span`.
    #[must_use]
    pub fn delete(span: Span) -> TextEdit {
        TextEdit { span, new_text: String::new() }
    }
}

/// `text` with `edits` applied, each given against `text` itself.
///
/// Edits apply in the order of their places. One that overlaps an earlier one, or does not fit the
/// text, is left out; the second value counts those, so that a caller can apply them in a next round.
#[must_use]
pub fn apply(text: &str, edits: &[TextEdit]) -> (String, usize) {
    let mut ordered: Vec<&TextEdit> = edits.iter().collect();
    ordered.sort_by_key(|edit| edit.span);
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    let mut left_out = 0;
    for edit in ordered {
        let range = edit.span.range();
        let Some(between) =
            text.get(done..range.start).filter(|_| text.get(range.clone()).is_some())
        else {
            left_out += 1;
            continue;
        };
        result.push_str(between);
        result.push_str(&edit.new_text);
        done = range.end;
    }
    result.push_str(&text[done..]);
    (result, left_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_apply_in_order_of_place() {
        let edits = [TextEdit::replace(Span::new(4, 7), "two"), TextEdit::insert(0, "> ")];
        assert_eq!(apply("one 222 three", &edits), ("> one two three".into(), 0));
    }

    #[test]
    fn an_overlapping_edit_waits_for_the_next_round() {
        let edits = [TextEdit::delete(Span::new(0, 4)), TextEdit::replace(Span::new(2, 6), "x")];
        assert_eq!(apply("abcdef", &edits), ("ef".into(), 1));
    }

    #[test]
    fn an_edit_outside_the_text_is_left_out() {
        let edits = [TextEdit::delete(Span::new(2, 99))];
        assert_eq!(apply("abc", &edits), ("abc".into(), 1));
    }
}
