//! Suppression directives come into a file and leave it; they read the same in YAML and in Python.

use text::edit::TextEdit;
use text::span::Span;

use super::{CannotEdit, line_break, line_end, line_start};

/// Silences `rule` on the line of `offset`: in the directive that covers the line already, or in one
/// on a line of its own above. Whether a comment may stand there is for the caller to see.
#[must_use]
pub fn add(text: &str, offset: usize, rule: &str) -> TextEdit {
    let line = line_start(text, offset.min(text.len()));
    let own = &text[line..line_end(text, line)];
    let above =
        text[..line].strip_suffix('\n').map(|above| &text[line_start(text, above.len())..line]);
    let above = above.filter(|line| line.trim_start().starts_with('#'));
    let list = |lines: &str| {
        let directive = lines.find("# contextcore: ignore[")?;
        Some(directive + lines[directive..].find(']')?)
    };
    if let Some(end) = list(own) {
        return TextEdit::insert(line + end, format!(", {rule}"));
    }
    if let Some((lines, end)) = above.and_then(|lines| Some((lines, list(lines)?))) {
        return TextEdit::insert(line - lines.len() + end, format!(", {rule}"));
    }
    let indent = &own[..own.len() - own.trim_start_matches([' ', '\t']).len()];
    let directive = format!("{indent}# contextcore: ignore[{rule}]{}", line_break(text, line));
    TextEdit::insert(line, directive)
}

/// Removes the directive at `span`, or `rule` alone from its list where others stay.
///
/// A comment that stands alone takes its line with it; one behind code takes the spaces before it.
///
/// # Errors
/// Where no such directive is there.
pub fn remove(text: &str, span: Span, rule: Option<&str>) -> Result<Vec<TextEdit>, CannotEdit> {
    let directive = text.get(span.range()).ok_or(CannotEdit::NotThere)?;
    if !directive.starts_with('#') || directive.contains('\n') {
        return Err(CannotEdit::NotThere);
    }
    let edit = match rule {
        Some(rule) => match without_rule(directive, rule)? {
            Some(part) => TextEdit::delete(part.shifted(span.start)),
            None => whole(text, span),
        },
        None => whole(text, span),
    };
    Ok(vec![edit])
}

/// The part of the directive's list that names `rule`, with one comma; none where it is the whole
/// list.
fn without_rule(directive: &str, rule: &str) -> Result<Option<Span>, CannotEdit> {
    let open = directive.find('[').ok_or(CannotEdit::NotThere)? + 1;
    let close = directive[open..].find(']').ok_or(CannotEdit::NotThere)? + open;
    let mut parts = Vec::new();
    let mut start = open;
    for part in directive[open..close].split(',') {
        parts.push((start, start + part.len()));
        start += part.len() + 1;
    }
    let named = |(start, end): &(usize, usize)| directive[*start..*end].trim() == rule;
    let index = parts.iter().position(named).ok_or(CannotEdit::NotThere)?;
    if parts.len() == 1 {
        return Ok(None);
    }
    let (start, end) = parts[index];
    if index > 0 {
        return Ok(Some(Span::new(start - 1, end)));
    }
    let spaces = directive[end + 1..].len() - directive[end + 1..].trim_start().len();
    Ok(Some(Span::new(start, end + 1 + spaces)))
}

fn whole(text: &str, span: Span) -> TextEdit {
    let start = span.start as usize;
    let end = span.end as usize;
    let line = line_start(text, start);
    let next = line_end(text, end);
    let rest_is_blank = text[end..next].trim().is_empty();
    if text[line..start].trim().is_empty() && rest_is_blank {
        return TextEdit::delete(Span::new(line, next));
    }
    let code = text[..start].trim_end_matches([' ', '\t']).len();
    TextEdit::delete(Span::new(code, if rest_is_blank { end_of_content(text, end) } else { end }))
}

/// Spaces after a removed comment would be left at the line's end.
fn end_of_content(text: &str, offset: usize) -> usize {
    let rest = &text[offset..];
    offset + (rest.len() - rest.trim_start_matches([' ', '\t']).len())
}

#[cfg(test)]
mod tests {
    use text::edit::apply;

    use super::*;

    fn removed(text: &str, rule: Option<&str>) -> String {
        let start = text.find("# contextcore").unwrap();
        let end = text[start..].find(['\r', '\n']).map_or(text.len(), |at| start + at);
        apply(text, &remove(text, Span::new(start, end), rule).unwrap()).0
    }

    fn added(text: &str, at: &str) -> String {
        apply(text, &[add(text, text.find(at).unwrap(), "x")]).0
    }

    #[test]
    fn a_directive_comes_above_its_line() {
        let directive = "  # contextcore: ignore[x]\r\n";
        assert_eq!(added("a:\r\n  b: 1\r\n", "b"), format!("a:\r\n{directive}  b: 1\r\n"));
        assert_eq!(added("\u{feff}b", "b"), "\u{feff}# contextcore: ignore[x]\nb");
    }

    #[test]
    fn a_directive_that_is_there_gets_one_rule_more() {
        let text = "a\n# contextcore: ignore[y] why\nb\n";
        assert_eq!(added(text, "b\n"), "a\n# contextcore: ignore[y, x] why\nb\n");
        let text = "a\nb  # contextcore: ignore[y]\n";
        assert_eq!(added(text, "b "), "a\nb  # contextcore: ignore[y, x]\n");
        let text = "a  # contextcore: ignore[y]\nb\n";
        let after = "a  # contextcore: ignore[y]\n# contextcore: ignore[x]\nb\n";
        assert_eq!(added(text, "b\n"), after, "what stands behind code is about that code");
    }

    #[test]
    fn a_lone_directive_takes_its_line() {
        assert_eq!(removed("a\r\n  # contextcore: ignore[x]\r\nb\r\n", None), "a\r\nb\r\n");
        assert_eq!(removed("# contextcore: ignore-file[x]", None), "");
    }

    #[test]
    fn a_directive_behind_code_takes_the_spaces() {
        assert_eq!(removed("a = 1  # contextcore: ignore[x] why \nb\n", None), "a = 1\nb\n");
        assert_eq!(removed("a  # noqa # contextcore: ignore", None), "a  # noqa");
    }

    #[test]
    fn one_rule_leaves_its_list() {
        let text = "a # contextcore: ignore[one, two , three] why";
        let left = |rule| removed(text, Some(rule));
        assert_eq!(left("one"), "a # contextcore: ignore[two , three] why");
        assert_eq!(left("two"), "a # contextcore: ignore[one, three] why");
        assert_eq!(left("three"), "a # contextcore: ignore[one, two ] why");
        assert_eq!(removed("a # contextcore: ignore[one] why", Some("one")), "a");
    }

    #[test]
    fn what_is_no_directive_stays() {
        assert_eq!(remove("a = 1", Span::new(0, 5), None), Err(CannotEdit::NotThere));
        assert_eq!(remove("# [a]", Span::new(0, 5), Some("b")), Err(CannotEdit::NotThere));
        assert_eq!(remove("# a", Span::new(0, 9), None), Err(CannotEdit::NotThere));
    }
}
