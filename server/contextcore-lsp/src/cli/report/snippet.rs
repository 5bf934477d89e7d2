//! Which lines of which files to draw for a finding.

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use text::span::Span;
use workspace::located::{LocatedFinding, Location, Source};

use super::place::{Place, Places, Point};
use super::words::on_one_line;

/// Places of one file that are at most this many lines apart are drawn together.
const TOGETHER: u32 = 6;
/// Bytes of the longest line that is drawn; it is then cut to fit a screen. A place on a longer one
/// is only named.
const LONGEST_LINE: usize = 8 * 1024;
/// Bytes of the longest mark; it is the start of a place that matters.
const LONGEST_MARK: usize = 100;
/// Places beside the finding's own that are drawn; beyond that, nobody reads on.
const MOST_RELATED: usize = 8;

/// Everything to draw for a finding.
pub(super) struct Drawing {
    /// Places, the finding's own first.
    pub(super) sketches: Vec<Sketch>,
    /// What was left out.
    pub(super) notice: Option<String>,
}

/// One or several places of a file.
pub(super) enum Sketch {
    /// To be drawn with their lines.
    Lines(Lines),
    /// One that is only named, since its line is too long.
    Bare(Bare),
}

/// Adjacent lines with marks.
pub(super) struct Lines {
    /// The file, as it is shown.
    pub(super) path: Rc<str>,
    /// The number of the first line, from 1.
    pub(super) first: usize,
    /// The lines, joined by line feeds.
    pub(super) text: String,
    /// The marks, by bytes of `text`.
    pub(super) marks: Vec<Mark>,
}

/// A marked place.
pub(super) struct Mark {
    /// Bytes of the lines' text.
    pub(super) range: Range<usize>,
    /// A few words; may be empty.
    pub(super) label: String,
    /// Whether it is the finding's own place.
    pub(super) primary: bool,
}

/// A place without its line.
pub(super) struct Bare {
    /// The file, as it is shown.
    pub(super) path: Rc<str>,
    /// Its start.
    pub(super) point: Point,
    /// A few words; may be empty.
    pub(super) label: String,
}

/// A place to draw, and where it will stand.
struct Spot<'a> {
    source: &'a Arc<Source>,
    span: Span,
    label: String,
    place: Place,
    primary: bool,
}

/// Spots of one file, near each other.
struct Cluster<'a> {
    from: u32,
    to: u32,
    spots: Vec<Spot<'a>>,
}

/// What to draw for `finding`.
pub(super) fn drawing(finding: &LocatedFinding, places: &mut Places<'_>) -> Drawing {
    let own = places.of(&finding.at);
    let mut clusters: Vec<Cluster<'_>> = Vec::new();
    add(&mut clusters, spot(&finding.at, &finding.label, own, true));
    for (location, label) in finding.related.iter().take(MOST_RELATED) {
        let place = places.of_related(location);
        add(&mut clusters, spot(location, label, place, false));
    }
    let notice = match finding.related.len().saturating_sub(MOST_RELATED) {
        0 => None,
        1 => Some("one more place is not shown".to_owned()),
        more => Some(format!("{more} more places are not shown")),
    };
    Drawing { sketches: clusters.into_iter().flat_map(sketches).collect(), notice }
}

fn spot<'a>(location: &'a Location, label: &str, place: Place, primary: bool) -> Spot<'a> {
    let label = on_one_line(label).into_owned();
    Spot { source: &location.source, span: location.span, label, place, primary }
}

impl Spot<'_> {
    fn line(&self) -> u32 {
        self.source.lines.line((self.span.start as usize).min(self.source.text.len()))
    }

    fn is_on_a_long_line(&self) -> bool {
        self.source.lines.line_span(self.line()).len() > LONGEST_LINE
    }
}

fn add<'a>(clusters: &mut Vec<Cluster<'a>>, spot: Spot<'a>) {
    let line = spot.line();
    let near = |cluster: &&mut Cluster<'a>| {
        let same_file =
            cluster.spots.first().is_some_and(|first| Arc::ptr_eq(first.source, spot.source));
        same_file
            && cluster.from.saturating_sub(TOGETHER) <= line
            && line <= cluster.to.saturating_add(TOGETHER)
    };
    match clusters.iter_mut().find(near) {
        Some(cluster) => {
            cluster.from = cluster.from.min(line);
            cluster.to = cluster.to.max(line);
            cluster.spots.push(spot);
        }
        None => clusters.push(Cluster { from: line, to: line, spots: vec![spot] }),
    }
}

fn sketches(cluster: Cluster<'_>) -> Vec<Sketch> {
    if cluster.spots.iter().any(Spot::is_on_a_long_line) {
        return cluster.spots.into_iter().map(bare).collect();
    }
    let Some(first) = cluster.spots.first() else {
        return Vec::new();
    };
    let (source, path) = (first.source, Rc::clone(&first.place.path));
    let mut text = String::new();
    let mut marks = Vec::with_capacity(cluster.spots.len());
    for line in cluster.from..=cluster.to {
        if line > cluster.from {
            text.push('\n');
        }
        let content = source.lines.content_span(&source.text, line);
        for spot in cluster.spots.iter().filter(|spot| spot.line() == line) {
            marks.push(mark(spot, content, text.len()));
        }
        text.push_str(cut(content.of(&source.text), LONGEST_LINE));
    }
    vec![Sketch::Lines(Lines { path, first: cluster.from as usize + 1, text, marks })]
}

fn bare(spot: Spot<'_>) -> Sketch {
    Sketch::Bare(Bare { path: spot.place.path, point: spot.place.start, label: spot.label })
}

/// The mark for `spot` on the line with this content, which will begin at `at`. Of a place over
/// several lines, the first line's part is marked.
fn mark(spot: &Spot<'_>, content: Span, at: usize) -> Mark {
    let line = content.of(&spot.source.text);
    let within = |offset: u32| offset.clamp(content.start, content.end) - content.start;
    let start = cut(line, within(spot.span.start) as usize).len();
    let whole = cut(line, within(spot.span.end) as usize).len().max(start);
    let end = start + cut(&line[start..whole], LONGEST_MARK).len();
    Mark { range: at + start..at + end, label: spot.label.clone(), primary: spot.primary }
}

/// The longest start of `text` that has at most `length` bytes.
fn cut(text: &str, length: usize) -> &str {
    let mut length = length.min(text.len());
    while !text.is_char_boundary(length) {
        length -= 1;
    }
    &text[..length]
}
