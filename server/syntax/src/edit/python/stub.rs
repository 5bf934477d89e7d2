//! A class that does nothing yet, after the model of another.

use text::edit::TextEdit;
use text::span::Span;

use super::Stub;
use crate::edit::CannotEdit;
use crate::python::cst::{Cst, Node};
use crate::python::kind::{Field, Kind};
use crate::python::parse;

/// The edit that puts `stub` behind the class whose name stands at `name`.
pub(super) fn behind(text: &str, name: Span, stub: &Stub) -> Result<Vec<TextEdit>, CannotEdit> {
    let tree = parse(text, None);
    let cst = Cst::file(text, &tree).ok_or(CannotEdit::NotThere)?;
    let statements = cst.root().children();
    let model = statements
        .filter_map(definition)
        .find(|(_, class)| class.child(Field::Name).is_some_and(|node| node.span() == name));
    let (whole, class) = model.ok_or(CannotEdit::NotThere)?;
    let method = first_method(class, stub.methods).ok_or(CannotEdit::Layout)?;
    let bases = class.child(Field::Superclasses).map_or("", Node::text);
    let signature = signature(text, method).ok_or(CannotEdit::Layout)?;
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let indent = indent_of(text, method.span());
    let mut lines = vec![String::new(), String::new(), format!("class {}{bases}:", stub.class)];
    if let Some(phase) = &stub.phase {
        lines.extend([format!("{indent}phase = \"{phase}\""), String::new()]);
    }
    lines.push(format!("{indent}{signature}"));
    lines.push(format!("{indent}{indent}raise NotImplementedError"));
    let new: String = lines.iter().map(|line| format!("{line_break}{line}")).collect();
    let end = whole.span().end;
    Ok(vec![TextEdit::replace(Span { start: end, end }, new)])
}

/// A statement that defines a class: with its decorators, and without.
fn definition(statement: Node<'_>) -> Option<(Node<'_>, Node<'_>)> {
    match statement.kind() {
        Kind::ClassDefinition => Some((statement, statement)),
        Kind::DecoratedDefinition => {
            let inner = statement.child(Field::Definition)?;
            (inner.kind() == Kind::ClassDefinition).then_some((statement, inner))
        }
        _ => None,
    }
}

/// The first of the methods of these names that the class has.
fn first_method<'c>(class: Node<'c>, names: &[&str]) -> Option<Node<'c>> {
    let methods =
        class.child(Field::Body)?.children().filter_map(|statement| match statement.kind() {
            Kind::FunctionDefinition => Some(statement),
            Kind::DecoratedDefinition => statement.child(Field::Definition),
            _ => None,
        });
    let methods: Vec<Node<'_>> = methods.collect();
    names.iter().find_map(|name| {
        methods
            .iter()
            .copied()
            .find(|method| method.child(Field::Name).is_some_and(|node| node.text() == *name))
    })
}

/// `async def execute(self, phase, context) -> Result:`, as it stands there.
fn signature(text: &str, method: Node<'_>) -> Option<String> {
    let body = method.child(Field::Body)?;
    let head = text.get(method.span().start as usize..body.span().start as usize)?;
    let head = head.trim_end();
    // A comment may stand between the colon and the body.
    let end = head.rfind(':')?;
    Some(head[..=end].to_owned())
}

fn indent_of(text: &str, span: Span) -> &str {
    let before = &text[..span.start as usize];
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    &line[..line.len() - line.trim_start().len()]
}

#[cfg(test)]
mod tests {
    use text::edit::apply;

    use super::*;

    #[track_caller]
    fn check(before: &str, phase: Option<&str>, after: &str) {
        let start = before.find("Plan").unwrap();
        let stub = Stub {
            class: "ReviewPhaseHandler".to_owned(),
            phase: phase.map(str::to_owned),
            methods: &["execute", "run"],
        };
        let edits =
            behind(before, Span::new(start, start + "PlanPhaseHandler".len()), &stub).unwrap();
        assert_eq!(apply(before, &edits).0, after);
    }

    #[test]
    fn a_stub_is_like_its_model() {
        let model = "class PlanPhaseHandler(Base, kind=1):\n    '''Plans.'''\n\n    async def execute(\n        self, context: Context\n    ) -> Result:  # async\n        return 1\n";
        check(
            &format!("{model}\n\nx = 1\n"),
            None,
            &format!(
                "{model}\n\nclass ReviewPhaseHandler(Base, kind=1):\n    async def execute(\n        self, context: Context\n    ) -> Result:\n        raise NotImplementedError\n\n\nx = 1\n"
            ),
        );
        let model = "@final\nclass PlanPhaseHandler:\n  def run(self, ctx): pass\n";
        check(
            model,
            Some("re-view"),
            &format!(
                "{model}\n\nclass ReviewPhaseHandler:\n  phase = \"re-view\"\n\n  def run(self, ctx):\n    raise NotImplementedError\n"
            ),
        );
    }

    #[test]
    fn a_model_without_an_entry_point_is_none() {
        let text = "class PlanPhaseHandler(Base):\n    pass\n";
        let stub = Stub { class: "X".to_owned(), phase: None, methods: &["execute"] };
        assert!(behind(text, Span::new(6, 22), &stub).is_err());
    }
}
