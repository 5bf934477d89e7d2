//! Text that is put together out of lines, some of which are known by a mark.

use std::collections::BTreeMap;

/// What a line says, of the thing with this number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Mark(pub(super) u32, pub(super) Part);

/// A part of what is declared or done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Part {
    /// The name of a declared field or of a phase.
    Name,
    /// The declared type.
    Type,
    /// The declared severity.
    Severity,
    /// The declared default.
    Default,
    /// The declared `source_phase`, or the source of a chain.
    Source,
    /// A waypoint of a chain.
    Waypoint(usize),
    /// The destination of a chain.
    Destination,
    /// A key that does not belong there.
    Extra,
    /// What code does to the context.
    Access,
    /// What a handler's class says of itself: a field that it declares, or its phase.
    InCode,
    /// The attribute in which a class declares what it requires, and what it produces.
    Requires,
    Produces,
}

/// A line of a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Place {
    /// The file's path from the project's root.
    pub(super) file: String,
    /// The line, from 1.
    pub(super) line: usize,
}

/// Files, and where in them marked lines stand.
#[derive(Clone, Default)]
pub(super) struct Pages {
    /// The texts, by path.
    pub(super) texts: BTreeMap<String, String>,
    /// The places; a mark on several lines has several.
    pub(super) places: BTreeMap<Mark, Vec<Place>>,
}

impl Pages {
    /// Adds a file.
    pub(super) fn add(&mut self, file: &str, block: Block) {
        let mut text = String::new();
        for (index, (line, marks)) in block.lines.into_iter().enumerate() {
            text.push_str(&line);
            text.push('\n');
            for mark in marks {
                let place = Place { file: file.to_owned(), line: index + 1 };
                self.places.entry(mark).or_default().push(place);
            }
        }
        self.texts.insert(file.to_owned(), text);
    }
}

/// Lines that stand together.
#[derive(Clone, Default)]
pub(super) struct Block {
    lines: Vec<(String, Vec<Mark>)>,
}

impl Block {
    /// A block of these lines.
    pub(super) fn of(lines: &[&str]) -> Block {
        Block { lines: lines.iter().map(|line| ((*line).to_owned(), Vec::new())).collect() }
    }

    /// One more line.
    pub(super) fn line(&mut self, text: impl Into<String>) {
        self.lines.push((text.into(), Vec::new()));
    }

    /// One more line, which is known by a mark.
    pub(super) fn marked(&mut self, text: impl Into<String>, mark: Mark) {
        self.lines.push((text.into(), vec![mark]));
    }

    /// One more line, which is known by several marks.
    pub(super) fn marked_all(&mut self, text: impl Into<String>, marks: Vec<Mark>) {
        self.lines.push((text.into(), marks));
    }

    /// All lines of another block.
    pub(super) fn extend(&mut self, other: Block) {
        self.lines.extend(other.lines);
    }

    /// The lines, so many columns to the right below a line that opens a block.
    pub(super) fn under(self, opening: &str, columns: usize) -> Block {
        let mut block = Block::of(&[opening]);
        block.extend(self.indented(columns));
        block
    }

    /// The lines, so many columns further to the right.
    pub(super) fn indented(mut self, columns: usize) -> Block {
        for (line, _) in &mut self.lines {
            if !line.is_empty() {
                line.insert_str(0, &" ".repeat(columns));
            }
        }
        self
    }

    /// Whether there is no line.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}
