//! Names in the project's settings.

use text::edit::TextEdit;
use text::span::Span;

use super::Refusal;
use super::draft::Draft;
use crate::place::Place;

/// Writes a key, bare where it can be.
pub(super) fn key(draft: &mut Draft<'_, '_>, span: Span, new: &str) -> Result<(), Refusal> {
    let is_bare = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'_' | b'-');
    let bare = new.bytes().all(is_bare);
    put(draft, span, |quote| match quote {
        None if bare => new.to_owned(),
        None => quoted(new, '"'),
        Some(quote) => quoted(new, quote),
    })
}

/// Writes a text in the quotes that it has.
pub(super) fn text(draft: &mut Draft<'_, '_>, span: Span, new: &str) -> Result<(), Refusal> {
    put(draft, span, |quote| quoted(new, quote.unwrap_or('"')))
}

fn put(
    draft: &mut Draft<'_, '_>,
    span: Span,
    written: impl FnOnce(Option<char>) -> String,
) -> Result<(), Refusal> {
    let Some(file) = draft.question.graph().settings_file() else { return Ok(()) };
    let text = draft.question.text(file);
    let old = span.of(&text);
    if old.starts_with("\"\"\"") || old.starts_with("'''") {
        return Err(draft.refused(Place { file, span }, "is written over several lines"));
    }
    let quote = old.chars().next().filter(|first| matches!(first, '"' | '\''));
    draft.put(file, TextEdit::replace(span, written(quote)))
}

/// The text in these quotes; single ones can say no quotes of their kind.
fn quoted(text: &str, quote: char) -> String {
    if quote == '\'' && !text.contains('\'') {
        return format!("'{text}'");
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn quotes_say_what_they_can() {
        assert_eq!(quoted("a b", '\''), "'a b'");
        assert_eq!(quoted("it's", '\''), "\"it's\"");
        assert_eq!(quoted("a\"\\", '"'), "\"a\\\"\\\\\"");
    }
}
