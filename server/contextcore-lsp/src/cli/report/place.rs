//! Bytes of a file to lines and columns, for many findings.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use camino::Utf8Path;
use workspace::located::{Location, Source};

use super::super::paths::relative;

/// A place as reports give it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Place {
    /// The file, relative to the working directory, with `/`.
    pub(super) path: Rc<str>,
    /// Its start.
    pub(super) start: Point,
    /// One past its end.
    pub(super) end: Point,
}

/// A line and a column, both from 1; columns count Unicode scalar values.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Point {
    /// The line.
    pub(super) line: usize,
    /// The column.
    pub(super) column: usize,
}

/// Turns locations into places. It remembers where it was: findings come in the order of their
/// places, and a line of many megabytes is not counted anew for each.
pub(super) struct Places<'a> {
    here: &'a Utf8Path,
    paths: HashMap<*const Source, Rc<str>>,
    last: Option<Mark>,
}

/// A point of a file and its offset.
#[derive(Clone, Copy)]
struct Mark {
    source: *const Source,
    offset: usize,
    point: Point,
}

impl<'a> Places<'a> {
    /// For paths relative to `here`.
    pub(super) fn new(here: &'a Utf8Path) -> Places<'a> {
        Places { here, paths: HashMap::new(), last: None }
    }

    /// The place of a finding.
    pub(super) fn of(&mut self, location: &Location) -> Place {
        let (start, end) = self.points(location);
        self.last = Some(start);
        Place { path: self.path(&location.source), start: start.point, end: end.point }
    }

    /// The place of something beside a finding, which may lie anywhere.
    pub(super) fn of_related(&mut self, location: &Location) -> Place {
        let (start, end) = self.points(location);
        Place { path: self.path(&location.source), start: start.point, end: end.point }
    }

    fn points(&self, location: &Location) -> (Mark, Mark) {
        let range = location.span.range();
        let start = point(&location.source, range.start, self.last);
        (start, point(&location.source, range.end, Some(start)))
    }

    fn path(&mut self, source: &Arc<Source>) -> Rc<str> {
        let known = self.paths.entry(Arc::as_ptr(source));
        Rc::clone(known.or_insert_with(|| relative(&source.path, self.here).into()))
    }
}

/// The point at `offset`, counted from `known` if that lies before it on its line.
fn point(source: &Arc<Source>, offset: usize, known: Option<Mark>) -> Mark {
    let mut offset = offset.min(source.text.len());
    while !source.text.is_char_boundary(offset) {
        offset -= 1;
    }
    let line = source.lines.line(offset);
    let from_start = Mark {
        source: Arc::as_ptr(source),
        offset: source.lines.line_span(line).start as usize,
        point: Point { line: line as usize + 1, column: 1 },
    };
    let nearer = known.filter(|known| {
        known.source == from_start.source
            && known.point.line == from_start.point.line
            && known.offset <= offset
    });
    let mut mark = nearer.unwrap_or(from_start);
    let between = source.text.get(mark.offset..offset).unwrap_or("");
    mark.point.column += between.chars().count();
    mark.offset = offset;
    mark
}

#[cfg(test)]
mod tests {
    use text::lines::{Encoding, LineTable};
    use text::span::Span;

    use super::*;

    const TEXT: &str = "a\tß𝄞x\r\n\r\nlast ü";

    #[test]
    fn counting_on_equals_counting_anew() {
        let lines = LineTable::new(TEXT);
        let source = Arc::new(Source { path: "/w/a".into(), text: TEXT.into(), lines });
        let mut places = Places::new(Utf8Path::new("/w"));
        let offsets: Vec<usize> = TEXT.char_indices().map(|(at, _)| at).collect();
        for &start in &offsets {
            for &end in offsets.iter().filter(|end| **end >= start) {
                let span = Span::new(start, end);
                let place = places.of(&Location { source: Arc::clone(&source), span });
                for (offset, point) in [(start, place.start), (end, place.end)] {
                    let expected = source.lines.position(TEXT, offset, Encoding::Utf32);
                    let found = (point.line - 1, point.column - 1);
                    assert_eq!(found, (expected.line as usize, expected.column as usize));
                }
            }
        }
    }

    #[test]
    fn a_span_beyond_the_text_ends_at_its_end() {
        let lines = LineTable::new(TEXT);
        let source = Arc::new(Source { path: "/w/a".into(), text: TEXT.into(), lines });
        let span = Span::new(TEXT.len(), TEXT.len() + 9);
        let place = Places::new(Utf8Path::new("/w")).of(&Location { source, span });
        assert_eq!(place.end, Point { line: 3, column: 7 });
    }
}
