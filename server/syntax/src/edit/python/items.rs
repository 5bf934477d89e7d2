//! The items of a dict, a list or a call's arguments: one more, or one less.

use text::edit::TextEdit;
use text::span::Span;

use super::expression;
use crate::edit::CannotEdit;
use crate::python::cst::{Cst, Node};
use crate::python::kind::Kind;
use crate::python::parse;

/// The edits that add items behind those of the display or call at `outer`.
pub(super) fn added(text: &str, outer: Span, new: &[String]) -> Result<Vec<TextEdit>, CannotEdit> {
    let Items { brackets, spans } = items(text, outer)?;
    let Some(last) = spans.last().copied() else {
        return Ok(vec![TextEdit::replace(insertion(brackets.start + 1), new.join(", "))]);
    };
    let comma = comma_after(text, last, brackets);
    let Some(indent) = own_line(text, last) else {
        let new: String = new.iter().map(|item| format!(", {item}")).collect();
        return Ok(vec![TextEdit::replace(insertion(last.end), new)]);
    };
    // A comment behind the last item stays with it.
    let line_end =
        end_of_line(text, comma.map_or(last.end, |comma| comma.end)).min(brackets.end - 1);
    let new: String = new.iter().map(|item| format!("\n{indent}{item},")).collect();
    let new = TextEdit::replace(insertion(line_end), new);
    let separator = TextEdit::replace(insertion(last.end), ",");
    Ok(if comma.is_some() { vec![new] } else { vec![separator, new] })
}

/// The edits after which the item at `item` of a display or of a call's arguments is gone.
pub(super) fn removed(text: &str, item: Span) -> Result<Vec<TextEdit>, CannotEdit> {
    let Items { brackets, spans } = items_around(text, item)?;
    let index = spans.iter().position(|span| *span == item).ok_or(CannotEdit::NotThere)?;
    let comma = comma_after(text, item, brackets);
    let end = comma.map_or(item.end, |comma| comma.end);
    let alone = own_line(text, item).filter(|_| text[end as usize..].starts_with(['\n', '\r']));
    let gone = match (alone, spans.get(index + 1), index.checked_sub(1)) {
        (Some(indent), ..) => {
            let start = item.start - u32::try_from(indent.len()).unwrap_or(0);
            let next = (end_of_line(text, end) + 1).min(brackets.end - 1);
            Span { start, end: next }
        }
        (None, Some(next), _) => Span { start: item.start, end: next.start },
        (None, None, Some(before)) => Span { start: spans[before].end, end: item.end },
        (None, None, None) => Span { start: item.start, end },
    };
    Ok(vec![TextEdit::replace(gone, "")])
}

fn insertion(at: u32) -> Span {
    Span { start: at, end: at }
}

/// What stands between brackets.
struct Items {
    brackets: Span,
    spans: Vec<Span>,
}

fn items(text: &str, outer: Span) -> Result<Items, CannotEdit> {
    expression(text, outer, |whole| {
        let holder = match whole.kind() {
            Kind::Call => whole.child_of_kind(Kind::ArgumentList),
            Kind::Dictionary | Kind::List => Some(whole),
            _ => None,
        };
        Ok(Items::of(holder.ok_or(CannotEdit::NotThere)?, outer.start))
    })
}

impl Items {
    /// What stands between the brackets of `holder`, in a text that begins at `start`.
    fn of(holder: Node<'_>, start: u32) -> Items {
        Items {
            brackets: holder.span().shifted(start),
            spans: holder.children().map(|item| item.span().shifted(start)).collect(),
        }
    }
}

/// The items of which the one at `item` is one.
fn items_around(text: &str, item: Span) -> Result<Items, CannotEdit> {
    let tree = parse(text, None);
    let cst = Cst::file(text, &tree).ok_or(CannotEdit::NotThere)?;
    let holds = |node: &Node<'_>| {
        matches!(node.kind(), Kind::ArgumentList | Kind::Dictionary | Kind::List)
            && node.span().contains(item)
            && node.children().any(|child| child.span() == item)
    };
    let holder = cst.root().descendants().find(holds).ok_or(CannotEdit::NotThere)?;
    Ok(Items::of(holder, 0))
}

/// The comma that follows an item.
fn comma_after(text: &str, item: Span, brackets: Span) -> Option<Span> {
    let rest = text.get(item.end as usize..brackets.end as usize)?;
    let spaces = rest.len() - rest.trim_start().len();
    rest.trim_start().starts_with(',').then(|| {
        let start = item.end as usize + spaces;
        Span::new(start, start + 1)
    })
}

/// The indentation of an item that begins its line.
fn own_line(text: &str, item: Span) -> Option<&str> {
    let before = &text[..item.start as usize];
    let indent = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    (indent.trim().is_empty() && before.contains('\n')).then_some(indent)
}

fn end_of_line(text: &str, from: u32) -> u32 {
    let rest = &text[from as usize..];
    let length = rest.find('\n').unwrap_or(rest.len());
    let length = if rest[..length].ends_with('\r') { length - 1 } else { length };
    from + u32::try_from(length).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use text::edit::apply;

    use super::*;

    fn at(text: &str, part: &str) -> Span {
        let start = text.find(part).unwrap();
        Span::new(start, start + part.len())
    }

    #[track_caller]
    fn add(outer: &str, item: &str, after: &str) {
        let text = format!("x = {outer}\ny = 1\n");
        let items: Vec<String> = item.split(" & ").map(str::to_owned).collect();
        let edits = added(&text, at(&text, outer), &items).unwrap();
        assert_eq!(apply(&text, &edits).0, format!("x = {after}\ny = 1\n"));
    }

    #[track_caller]
    fn remove(outer: &str, item: &str, after: &str) {
        let text = format!("x = {outer}\ny = 1\n");
        let edits = removed(&text, at(&text, item)).unwrap();
        assert_eq!(apply(&text, &edits).0, format!("x = {after}\ny = 1\n"));
    }

    #[test]
    fn an_item_is_added_as_its_neighbours_stand() {
        add("{}", "'a': 1", "{'a': 1}");
        add("{'b': 2}", "'a': 1", "{'b': 2, 'a': 1}");
        add("{'b': 2,}", "'a': 1", "{'b': 2, 'a': 1,}");
        add("{\n    'b': 2,\n}", "'a': 1", "{\n    'b': 2,\n    'a': 1,\n}");
        add("{\n    'b': 2\n}", "'a': 1", "{\n    'b': 2,\n    'a': 1,\n}");
        add("{\n    'b': 2,  # two\n}", "'a': 1", "{\n    'b': 2,  # two\n    'a': 1,\n}");
        add("{\n    'b': 2  # two\n}", "'a': 1", "{\n    'b': 2,  # two\n    'a': 1,\n}");
        add("{\n    'b': 2}", "'a': 1", "{\n    'b': 2,\n    'a': 1,}");
        add("{}", "'a': 1 & 'c': 3", "{'a': 1, 'c': 3}");
        add("{'b': 2}", "'a': 1 & 'c': 3", "{'b': 2, 'a': 1, 'c': 3}");
        let three = "{\n    'b': 2,\n    'a': 1,\n    'c': 3,\n}";
        add("{\n    'b': 2\n}", "'a': 1 & 'c': 3", three);
        add("Field()", "default=1", "Field(default=1)");
        add("Field(type=str)", "default=1", "Field(type=str, default=1)");
    }

    #[test]
    fn an_item_goes_with_its_comma() {
        remove("{'b': 2}", "'b': 2", "{}");
        remove("{'b': 2, 'a': 1}", "'b': 2", "{'a': 1}");
        remove("{'b': 2, 'a': 1}", "'a': 1", "{'b': 2}");
        remove("{\n    'b': 2,\n    'a': 1,\n}", "'b': 2", "{\n    'a': 1,\n}");
        remove("{\n    'b': 2,\n    'a': 1\n}", "'a': 1", "{\n    'b': 2,\n}");
        remove("Field(type=str, default=1)", "default=1", "Field(type=str)");
        remove("Field(default=1, type=str)", "default=1", "Field(type=str)");
    }

    #[test]
    fn what_is_no_item_is_left_alone() {
        let text = "x = {'b': 2}\n";
        assert!(removed(text, at(text, "'b'")).is_err());
        assert!(added(text, at(text, "x"), &["'a': 1".to_owned()]).is_err());
    }
}
