//! Edits of Python.

mod literal;

use text::edit::TextEdit;
use text::span::Span;

use super::{CannotEdit, directive};

/// What should become of a Python file.
#[derive(Clone, PartialEq, Debug)]
pub enum Intent {
    /// The string literal at this place reads `text` instead; its prefix and quotes are kept.
    ReplaceString(Span, String),
    /// The expression at this place gives way to this one.
    ReplaceExpression(Span, String),
    /// The directive's comment at this place goes: the whole comment, or one rule of its list.
    RemoveDirective(Span, Option<String>),
}

/// The edits of `text` that do what `intent` says.
///
/// # Errors
/// Where the place does not hold what the intent takes.
pub fn render(text: &str, intent: &Intent) -> Result<Vec<TextEdit>, CannotEdit> {
    match intent {
        Intent::ReplaceString(span, new) => {
            let old = text.get(span.range()).ok_or(CannotEdit::NotThere)?;
            Ok(vec![TextEdit::replace(
                *span,
                literal::rewritten(old, new)?,
            )])
        }
        Intent::ReplaceExpression(span, new) => {
            text.get(span.range())
                .filter(|old| !old.is_empty())
                .ok_or(CannotEdit::NotThere)?;
            Ok(vec![TextEdit::replace(*span, new.as_str())])
        }
        Intent::RemoveDirective(span, rule) => directive::remove(text, *span, rule.as_deref()),
    }
}

#[cfg(test)]
mod tests {
    use text::edit::apply;

    use super::*;

    fn at(text: &str, part: &str) -> Span {
        let start = text.find(part).unwrap();
        Span::new(start, start + part.len())
    }

    #[test]
    fn a_string_keeps_its_quotes() {
        let text = "context['domian'] = 1\n";
        let intent = Intent::ReplaceString(at(text, "'domian'"), "domain".into());
        let edits = render(text, &intent).unwrap();
        assert_eq!(apply(text, &edits).0, "context['domain'] = 1\n");
    }

    #[test]
    fn an_expression_gives_way() {
        let text = "context.get('a', 3)\n";
        let intent = Intent::ReplaceExpression(at(text, "3"), "[]".into());
        let edits = render(text, &intent).unwrap();
        assert_eq!(apply(text, &edits).0, "context.get('a', [])\n");
    }

    #[test]
    fn a_place_outside_the_text_is_refused() {
        let far = Span::new(5, 9);
        for intent in [
            Intent::ReplaceString(far, String::new()),
            Intent::ReplaceExpression(far, String::new()),
            Intent::RemoveDirective(far, None),
        ] {
            assert_eq!(render("a = 1", &intent), Err(CannotEdit::NotThere));
        }
    }
}
