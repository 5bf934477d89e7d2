//! `# contextcore: ignore[...]` directives.
//!
//! A directive names the rules that shall be silent about one line, or, with `ignore-file` at the
//! top, about the file. It reads the same in YAML and in Python. One that names no rule silences
//! nothing.

use text::lines::LineTable;
use text::name::Name;
use text::span::Span;

use crate::places::{LocalAnchor, Places};

pub mod comments;

/// One directive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suppression {
    /// The directive, from its `#` to the end of the comment.
    pub at: LocalAnchor,
    /// What it is about.
    pub scope: Scope,
    /// The rules it names, in order.
    pub rules: Vec<NamedRule>,
    /// What follows the rules; may be empty.
    pub reason: Box<str>,
}

/// What a directive is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// One line; [`covered_line`] says which.
    Line,
    /// The file.
    File,
    /// The file, but it stands too late for that and has no effect.
    Misplaced,
}

/// A rule that a directive names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NamedRule {
    /// The name, as written.
    pub name: Name,
    /// Where.
    pub at: LocalAnchor,
}

/// A directive and its parts in the text.
struct Directive<'a> {
    span: Span,
    for_file: bool,
    rules: Vec<Span>,
    reason: &'a str,
}

/// Reads the directives in these comments, in order, and gives each an anchor in `places`.
#[must_use]
pub fn read(text: &str, comments: &[Span], places: &mut Places) -> Vec<Suppression> {
    let directives = comments.iter().filter_map(|comment| directive(text, *comment));
    directives
        .map(|found| Suppression {
            at: places.append(found.span),
            scope: match found.for_file {
                false => Scope::Line,
                true if stands_on_top(text, found.span) => Scope::File,
                true => Scope::Misplaced,
            },
            rules: found
                .rules
                .iter()
                .map(|span| NamedRule { name: Name::new(span.of(text)), at: places.append(*span) })
                .collect(),
            reason: found.reason.into(),
        })
        .collect()
}

/// The line, from 0, that the directive at `span` covers: its own if it stands behind something,
/// else the next that holds more than a comment; none where there is none.
#[must_use]
pub fn covered_line(text: &str, lines: &LineTable, span: Span) -> Option<u32> {
    let own = lines.line(span.start as usize);
    if !is_bare(lines.content_span(text, own).of(text)) {
        return Some(own);
    }
    let count = u32::try_from(lines.count()).unwrap_or(u32::MAX);
    (own + 1..count).find(|line| !is_bare(lines.content_span(text, *line).of(text)))
}

/// Whether a line holds nothing but blanks and a comment.
fn is_bare(line: &str) -> bool {
    let line = line.trim_start_matches('\u{feff}').trim_start();
    line.is_empty() || line.starts_with('#')
}

/// Whether nothing but comments and the start of a YAML document stands above.
fn stands_on_top(text: &str, span: Span) -> bool {
    let above = text.get(..span.start as usize).unwrap_or_default();
    above.split(['\n', '\r']).all(|line| is_bare(line) || line.trim_end() == "---")
}

fn directive(text: &str, comment: Span) -> Option<Directive<'_>> {
    let words = comment.of(text);
    let hashes = words.char_indices().filter(|(_, character)| *character == '#');
    hashes.into_iter().find_map(|(index, _)| {
        let start = comment.start as usize + index;
        directive_at(text, start, comment.end as usize)
    })
}

fn directive_at(text: &str, start: usize, end: usize) -> Option<Directive<'_>> {
    let comment = text.get(start..end)?.trim_end();
    let span = Span::new(start, start + comment.len());
    let rest = comment.strip_prefix('#')?.trim_start().strip_prefix("contextcore:")?;
    let rest = rest.trim_start().strip_prefix("ignore")?;
    let (rest, for_file) = match rest.strip_prefix("-file") {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    if rest.starts_with(|next: char| !next.is_whitespace() && next != '[') {
        return None;
    }
    let Some(list) = rest.trim_start().strip_prefix('[') else {
        return Some(Directive { span, for_file, rules: Vec::new(), reason: rest.trim() });
    };
    let (list, reason) = list.split_once(']').unwrap_or((list, ""));
    let mut rules = Vec::new();
    let mut place = offset_in(comment, list) + start;
    for part in list.split(',') {
        let name = part.trim();
        let from = place + (part.len() - part.trim_start().len());
        if !name.is_empty() {
            rules.push(Span::new(from, from + name.len()));
        }
        place += part.len() + 1;
    }
    Some(Directive { span, for_file, rules, reason: reason.trim() })
}

/// Where `part`, cut out of `whole`, begins in it.
fn offset_in(whole: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(whole.as_ptr().addr())
}

#[cfg(test)]
mod tests;
