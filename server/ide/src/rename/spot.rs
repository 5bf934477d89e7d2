//! The part of a place that is the name itself.

use contracts::path::FieldPath;
use text::span::Span;

/// The name within the text at `span`, which may have quotes around it; none where something else
/// stands there, or it is written with escapes.
pub(super) fn whole(text: &str, span: Span, name: &str) -> Option<Span> {
    let raw = text.get(span.range())?;
    let bare = raw.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    // A bare word begins with letters itself.
    let quoted = [raw, bare].into_iter().find_map(|raw| Some((raw, unquoted(raw)?)));
    let (inner, start) = match quoted {
        Some((raw_part, inner)) => {
            let before = raw.len() - raw_part.len() + (raw_part.len() - inner.len()) / 2;
            (inner, span.start as usize + before)
        }
        None => (raw, span.start as usize),
    };
    (inner == name).then(|| Span::new(start, start + inner.len()))
}

/// The segment of a path at `offset`, and the path up to it. The place is none where the path is
/// written in another way than with dots alone.
pub(super) fn segment(
    text: &str,
    span: Span,
    path: FieldPath,
    offset: usize,
) -> (Option<Span>, FieldPath) {
    let Some(inner) = whole(text, span, path.as_str()) else { return (None, path) };
    let mut start = inner.start as usize;
    for (index, name) in path.segments().iter().enumerate() {
        let end = start + name.as_str().len();
        if offset <= end || index + 1 == path.segments().len() {
            let upto = FieldPath::from_segments(path.segments()[..=index].to_vec());
            return (Some(Span::new(start, end)), upto);
        }
        start = end + 1;
    }
    (None, path)
}

fn unquoted(raw: &str) -> Option<&str> {
    ["\"\"\"", "'''", "\"", "'"]
        .into_iter()
        .find_map(|quote| raw.strip_prefix(quote)?.strip_suffix(quote))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, expected: Option<&str>) {
        let found = whole(text, Span::new(0, text.len()), name);
        assert_eq!(found.map(|span| span.of(text)), expected, "{text}");
        assert!(found.is_none_or(|span| span.of(text) == name));
    }

    #[test]
    fn quotes_and_prefixes_are_no_part_of_a_name() {
        check("domain", "domain", Some("domain"));
        check("'domain'", "domain", Some("domain"));
        check("r\"domain\"", "domain", Some("domain"));
        check("\"\"\"domain\"\"\"", "domain", Some("domain"));
        check("DOMAIN", "domain", None);
        check("\"do\\x6dain\"", "domain", None);
        check("*alias", "domain", None);
    }

    #[test]
    fn the_segment_is_that_at_the_cursor() {
        let text = "'a.bc.d'";
        let at = |offset| {
            let (span, path) = segment(text, Span::new(0, 8), FieldPath::parse("a.bc.d"), offset);
            (span.unwrap().of(text), path.to_string())
        };
        assert_eq!(at(1), ("a", "a".to_owned()));
        assert_eq!(at(4), ("bc", "a.bc".to_owned()));
        assert_eq!(at(7), ("d", "a.bc.d".to_owned()));
        assert_eq!(at(8), ("d", "a.bc.d".to_owned()));
    }
}
