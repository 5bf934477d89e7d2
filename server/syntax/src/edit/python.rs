//! Edits of Python.

mod access;
mod items;
mod literal;
mod stub;

use text::edit::TextEdit;
use text::span::Span;

use super::{CannotEdit, directive};
use crate::python::cst::{Cst, Node};
use crate::python::parse;

/// What should become of a Python file.
#[derive(Clone, PartialEq, Debug)]
pub enum Intent {
    /// The string literal at this place reads `text` instead; its prefix and quotes are kept.
    ReplaceString(Span, String),
    /// In the access at this place, the key that reads the first is to read the second instead.
    RenameKey(Span, String, String),
    /// What the access at this place falls back to gives way to this expression.
    ReplaceDefault(Span, String),
    /// The access at this place falls back to nothing any more: `d.get(k, 0)` becomes `d[k]`.
    RemoveDefault(Span),
    /// The expression at this place gives way to this one.
    ReplaceExpression(Span, String),
    /// The dict, list or call at this place gets more items, written as they are.
    AddItems(Span, Vec<String>),
    /// The item of a dict, of a list or of a call's arguments at this place goes.
    RemoveItem(Span),
    /// Behind the class whose name stands at this place comes another one like it.
    AddClass(Span, Stub),
    /// The directive's comment at this place goes: the whole comment, or one rule of its list.
    RemoveDirective(Span, Option<String>),
}

/// A class that is to be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stub {
    /// Its name.
    pub class: String,
    /// The phase that it has to name, where its own name does not tell.
    pub phase: Option<String>,
    /// The methods of which it gets one: the first that its model has.
    pub methods: &'static [&'static str],
}

/// The edits of `text` that do what `intent` says.
///
/// # Errors
/// Where the place does not hold what the intent takes.
pub fn render(text: &str, intent: &Intent) -> Result<Vec<TextEdit>, CannotEdit> {
    match intent {
        Intent::ReplaceString(span, new) => {
            let old = text.get(span.range()).ok_or(CannotEdit::NotThere)?;
            Ok(vec![TextEdit::replace(*span, literal::rewritten(old, new)?)])
        }
        Intent::RenameKey(span, from, to) => {
            let key = access::key(text, *span, from)?;
            render(text, &Intent::ReplaceString(key, to.clone()))
        }
        Intent::ReplaceDefault(span, new) => {
            let default = access::default(text, *span)?;
            Ok(vec![TextEdit::replace(default, new.as_str())])
        }
        Intent::RemoveDefault(span) => access::required(text, *span),
        Intent::ReplaceExpression(span, new) => {
            text.get(span.range()).filter(|old| !old.is_empty()).ok_or(CannotEdit::NotThere)?;
            Ok(vec![TextEdit::replace(*span, new.as_str())])
        }
        Intent::AddItems(outer, new) => items::added(text, *outer, new),
        Intent::RemoveItem(item) => items::removed(text, *item),
        Intent::AddClass(span, stub) => stub::behind(text, *span, stub),
        Intent::RemoveDirective(span, rule) => directive::remove(text, *span, rule.as_deref()),
    }
}

/// Reads the text of `span` as one expression. What is found in it has the places of that text.
fn expression<T>(
    text: &str,
    span: Span,
    find: impl FnOnce(Node<'_>) -> Result<T, CannotEdit>,
) -> Result<T, CannotEdit> {
    let own = text.get(span.range()).ok_or(CannotEdit::NotThere)?;
    let tree = parse(own, None);
    let cst = Cst::file(own, &tree).ok_or(CannotEdit::NotThere)?;
    let mut statements = cst.root().children();
    let (Some(only), None) = (statements.next(), statements.next()) else {
        return Err(CannotEdit::Layout);
    };
    find(only.first().filter(|_| !only.is_broken()).ok_or(CannotEdit::Layout)?)
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

    #[track_caller]
    fn check(before: &str, intent: &Intent, after: Option<&str>) {
        let edits = render(before, intent).ok();
        let changed = edits.map(|edits| apply(before, &edits).0);
        assert_eq!(changed.as_deref(), after);
    }

    #[test]
    fn keys_are_renamed_in_their_access() {
        for (access, after) in [
            ("'lang'", Some("x = f('language')\n")),
            ("context.get(\"lang\", 'en')", Some("x = f(context.get(\"language\", 'en'))\n")),
            (
                "context.get('lang') or {'a': 1}",
                Some("x = f(context.get('language') or {'a': 1})\n"),
            ),
            ("context.get('lang', 'lang')", None),
            ("context.get(LANG)", None),
            ("context.get(f'lang')", Some("x = f(context.get(f'language'))\n")),
            ("context.get(f'{a}lang')", None),
        ] {
            let text = format!("x = f({access})\n");
            let intent = Intent::RenameKey(at(&text, access), "lang".into(), "language".into());
            check(&text, &intent, after);
        }
    }

    #[test]
    fn defaults_give_way() {
        for (access, after) in [
            ("context.get('a', 3)", Some("x = context.get('a', []), 4\n")),
            ("context.get('a', default=g(1))", Some("x = context.get('a', default=[]), 4\n")),
            ("context.get('a') or 'b'", Some("x = context.get('a') or [], 4\n")),
            (
                "context.get('a', {}).get('b', 0)",
                Some("x = context.get('a', {}).get('b', []), 4\n"),
            ),
            ("context.get('a') and 'b'", None),
            ("context.get('a')", None),
            ("context['a']", None),
        ] {
            let text = format!("x = {access}, 4\n");
            check(&text, &Intent::ReplaceDefault(at(&text, access), "[]".into()), after);
        }
    }

    #[test]
    fn defaults_go() {
        for (access, after) in [
            ("context.get('a', 3)", Some("x = context['a'], 4\n")),
            ("self.ctx.get(\n    KEY,\n    3,\n)", Some("x = self.ctx[KEY], 4\n")),
            ("context.get('a') or 'b'", Some("x = context['a'], 4\n")),
            ("context.get('a', {}).get('b', 0)", Some("x = context.get('a', {})['b'], 4\n")),
            ("context.pop('a', 3)", Some("x = context.pop('a'), 4\n")),
            ("context['a'] or 'b'", None),
            ("context.setdefault('a', 3)", None),
            ("context.get(*keys)", None),
            ("get('a', 3)", None),
        ] {
            let text = format!("x = {access}, 4\n");
            check(&text, &Intent::RemoveDefault(at(&text, access)), after);
        }
    }

    #[test]
    fn a_place_outside_the_text_is_refused() {
        let far = Span::new(5, 9);
        for intent in [
            Intent::ReplaceString(far, String::new()),
            Intent::RenameKey(far, "a".into(), "b".into()),
            Intent::ReplaceDefault(far, "b".into()),
            Intent::RemoveDefault(far),
            Intent::ReplaceExpression(far, String::new()),
            Intent::RemoveDirective(far, None),
        ] {
            assert_eq!(render("a = 1", &intent), Err(CannotEdit::NotThere));
        }
    }
}
