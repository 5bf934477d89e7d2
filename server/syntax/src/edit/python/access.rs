//! The parts of an access, found in its own text: `context.get("language", "en")`.

use text::edit::TextEdit;
use text::span::Span;

use super::expression;
use crate::edit::CannotEdit;
use crate::python::cst::Node;
use crate::python::kind::Kind;

/// The place of the one string literal in `span` that reads `key`.
pub(super) fn key(text: &str, span: Span, key: &str) -> Result<Span, CannotEdit> {
    within(text, span, |access| {
        let mut found = access.descendants().filter(|node| reads(*node, key)).map(Node::span);
        match (found.next(), found.next()) {
            (Some(only), None) => Ok(only),
            (None, _) => Err(CannotEdit::NotThere),
            // Key and default may read the same.
            (Some(_), Some(_)) => Err(CannotEdit::Layout),
        }
    })
}

/// The place of what the access in `span` falls back to: the argument after the key, or what stands
/// behind `or`.
pub(super) fn default(text: &str, span: Span) -> Result<Span, CannotEdit> {
    within(text, span, |access| match access.kind() {
        Kind::BooleanOperator => {
            let is_or = access.children().any(|part| part.text() == "or");
            let last = access.children().last().filter(|_| is_or);
            last.map(Node::span).ok_or(CannotEdit::NotThere)
        }
        Kind::Call => argument_after_key(access).map(Node::span).ok_or(CannotEdit::NotThere),
        _ => Err(CannotEdit::NotThere),
    })
}

/// The edits after which the access in `span` fails where its key is not there.
pub(super) fn required(text: &str, span: Span) -> Result<Vec<TextEdit>, CannotEdit> {
    let call = within(text, span, |access| {
        let is_or = access.children().any(|part| part.text() == "or");
        match access.kind() {
            Kind::BooleanOperator if is_or => {
                access.first().map(Node::span).ok_or(CannotEdit::NotThere)
            }
            _ => Ok(access.span()),
        }
    })?;
    let (object, key, method) = call_parts(text, call)?;
    let key = key.of(text);
    let after = Span { start: object.end, end: span.end };
    let read = match method {
        Method::Get => format!("[{key}]"),
        Method::Pop => format!(".pop({key})"),
    };
    Ok(vec![TextEdit::replace(after, read)])
}

/// How a method takes what it finds.
#[derive(Clone, Copy)]
enum Method {
    Get,
    Pop,
}

/// The parts of `object.get(key, ...)` or `object.pop(key, ...)`.
fn call_parts(text: &str, call: Span) -> Result<(Span, Span, Method), CannotEdit> {
    let key = within(text, call, |call| {
        let arguments = call.child_of_kind(Kind::ArgumentList).ok_or(CannotEdit::NotThere)?;
        let key = arguments.children().next().ok_or(CannotEdit::NotThere)?;
        let is_plain = !matches!(key.kind(), Kind::KeywordArgument | Kind::ListSplat);
        is_plain.then(|| key.span()).ok_or(CannotEdit::Layout)
    })?;
    let mut method = None;
    let object = within(text, call, |call| {
        let function = call.child_of_kind(Kind::Attribute).ok_or(CannotEdit::NotThere)?;
        method = match function.children().last().map(Node::text) {
            Some("get") => Some(Method::Get),
            Some("pop") => Some(Method::Pop),
            _ => None,
        };
        function.first().map(Node::span).ok_or(CannotEdit::NotThere)
    })?;
    Ok((object, key, method.ok_or(CannotEdit::NotThere)?))
}

/// Reads the text of `span` as one expression, and moves what is found in it to its place.
fn within(
    text: &str,
    span: Span,
    find: impl FnOnce(Node<'_>) -> Result<Span, CannotEdit>,
) -> Result<Span, CannotEdit> {
    Ok(expression(text, span, find)?.shifted(span.start))
}

fn reads(node: Node<'_>, key: &str) -> bool {
    let mut content =
        node.children().filter(|part| !matches!(part.kind(), Kind::StringStart | Kind::StringEnd));
    node.kind() == Kind::String
        && content
            .next()
            .is_some_and(|part| part.kind() == Kind::StringContent && part.text() == key)
        && content.next().is_none()
}

fn argument_after_key(call: Node<'_>) -> Option<Node<'_>> {
    let arguments = call.child_of_kind(Kind::ArgumentList)?;
    let mut arguments = arguments.children();
    arguments.next()?;
    let second = arguments.next()?;
    match second.kind() {
        Kind::KeywordArgument => second.children().last(),
        _ => Some(second),
    }
}
