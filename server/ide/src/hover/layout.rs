//! Aligned text, places as words, and the line of links.

use camino::Utf8Path;
use facts::places::Anchor;

use crate::place::Place;
use crate::question::Question;
use crate::scalar;

/// How many links are given at most.
const MOST_LINKS: usize = 16;

/// Longer cells do not push those after them to the right.
const WIDEST: usize = 60;

/// Longer prose is cut.
const MOST_PROSE: usize = 600;

/// The places of one story: numbered by line, and linked in the end.
pub(super) struct Places<'q, 's> {
    pub(super) question: &'q Question<'s>,
    link: &'q dyn Fn(&Utf8Path, u32) -> Option<String>,
    linked: Vec<(String, String)>,
}

impl<'q, 's> Places<'q, 's> {
    pub(super) fn new(
        question: &'q Question<'s>,
        link: &'q dyn Fn(&Utf8Path, u32) -> Option<String>,
    ) -> Places<'q, 's> {
        Places { question, link, linked: Vec::new() }
    }

    /// The place as `file.py:12`, to be linked below. Empty where it is not known.
    pub(super) fn word(&mut self, anchor: Anchor) -> String {
        self.question.place(anchor).map_or_else(String::new, |place| self.of(place))
    }

    fn of(&mut self, place: Place) -> String {
        let line = self.question.line(place);
        let path = self.question.sources.path(place.file);
        let name = path.file_name().unwrap_or_default();
        // Many packages have an `__init__.py`: the folder tells which.
        let name = match path.parent().and_then(Utf8Path::file_name) {
            Some(folder) if name == "__init__.py" => format!("{folder}/{name}"),
            _ => name.to_owned(),
        };
        let word = format!("{name}:{}", line + 1);
        if let Some(address) = (self.link)(path, line) {
            let link = (word.clone(), address);
            if !self.linked.contains(&link) {
                self.linked.push(link);
            }
        }
        word
    }

    /// The links to all places so far; none where places cannot be linked.
    pub(super) fn links(&self) -> Option<String> {
        let shown = self.linked.iter().take(MOST_LINKS);
        let mut links: Vec<String> =
            shown.map(|(word, address)| format!("[{}]({address})", escaped(word))).collect();
        let left = self.linked.len().saturating_sub(MOST_LINKS);
        if left > 0 {
            links.push(format!("and {left} more"));
        }
        (!links.is_empty()).then(|| links.join(" · "))
    }

    /// The text of the scalar at `anchor`, on one line.
    pub(super) fn prose(&self, anchor: Anchor) -> Option<String> {
        let place = self.question.place(anchor)?;
        let text = self.question.text(place.file);
        let words = scalar::text_at(&text, place.span)?;
        let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then(|| cut_to(&line, MOST_PROSE))
    }
}

/// The line, or as many of its first letters as are wanted.
pub(super) fn cut_to(line: &str, most: usize) -> String {
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{} ...", line[..end].trim_end()),
        None => line.to_owned(),
    }
}

fn escaped(word: &str) -> String {
    word.replace('[', "\\[").replace(']', "\\]").replace('_', "\\_")
}

/// Lines of cells, each column as wide as what stands in it.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = impl Into<String>>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).filter(|width| *width <= WIDEST).max()
        };
        let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
        self.rows.iter().map(|row| line(row, &widths)).collect()
    }
}

fn line(row: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, width) in row.iter().zip(widths) {
        line += cell;
        let missing = width.saturating_sub(cell.chars().count());
        line.extend(std::iter::repeat_n(' ', missing + 2));
    }
    line.trim_end().to_owned()
}

/// A fenced block; its fence is longer than any in the text.
pub(super) fn fenced(lines: &[impl AsRef<str>]) -> String {
    let mut longest = 2;
    for line in lines {
        let runs = line.as_ref().split(|character| character != '`').map(str::len);
        longest = runs.max().unwrap_or(0).max(longest);
    }
    let fence = "`".repeat(longest + 1);
    let body: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
    format!("{fence}text\n{}\n{fence}", body.join("\n"))
}

/// A whole story: the block, what people wrote about it, and the links.
pub(super) fn story(lines: &[String], prose: Option<String>, places: &Places<'_, '_>) -> String {
    let parts = [Some(fenced(lines)), prose, places.links()];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}
