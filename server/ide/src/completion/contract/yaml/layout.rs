//! The collections around a place of a YAML text, told from indentation and brackets.
//!
//! Somebody who asks for completion has left the text half-typed, so no tree is asked: what stands
//! above is read line by line, and a line that means nothing costs that line alone.

use text::span::Span;

use super::flow::Flow;
use super::line::{is_bare, is_boundary, is_dash, key_of, quote_end, skip_properties, value_of};
use crate::completion::contract::place::{Entry, Step};

/// A block collection.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Level<'t> {
    /// The column of its keys or dashes.
    pub(super) indent: usize,
    /// What it holds so far; none for a list.
    pub(super) entries: Option<Vec<Entry<'t>>>,
    /// Whether nothing stands yet behind the last key or dash.
    pub(super) is_open: bool,
}

/// How the text indents, as far as was seen; the last time counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(in crate::completion::contract) struct Habits {
    /// Columns from a key to the keys below it.
    step: Option<usize>,
    /// Columns from a key to the dashes of its list.
    list: Option<usize>,
}

impl Habits {
    /// Columns from a key to the keys below it.
    pub(super) fn step(self) -> usize {
        self.step.filter(|step| *step > 0).unwrap_or(2)
    }

    /// Columns from a key to the dashes of its list.
    pub(super) fn list(self) -> usize {
        self.list.unwrap_or(self.step())
    }

    /// Whether there is nothing left to learn.
    pub(super) fn are_known(self) -> bool {
        self.step.is_some() && self.list.is_some()
    }

    /// These, and where they say nothing, those.
    pub(super) fn or(self, other: Habits) -> Habits {
        Habits { step: self.step.or(other.step), list: self.list.or(other.list) }
    }
}

/// What goes on over the end of a line.
#[derive(Clone, PartialEq, Debug)]
enum Mode<'t> {
    Block,
    /// Text after `|` or `>`, which is deeper than this; none for a whole document.
    Text(Option<usize>),
    /// A scalar in these quotes, below this column.
    Quoted(char, Option<usize>),
    /// A collection in brackets, below this column.
    Flow(Flow<'t>, Option<usize>),
}

/// What was read above a line.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Layout<'t> {
    pub(super) text: &'t str,
    pub(super) levels: Vec<Level<'t>>,
    pub(super) habits: Habits,
    /// Whether the file holds anything yet; the loader takes one document alone.
    pub(super) has_root: bool,
    mode: Mode<'t>,
}

/// How a line begins what follows above it.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Above<'t> {
    /// A line of blocks.
    Block,
    /// Inside of a text that began above.
    Inside,
    /// Inside of brackets that began above.
    Flow(Flow<'t>),
}

impl<'t> Layout<'t> {
    pub(super) fn new(text: &'t str) -> Layout<'t> {
        Layout {
            text,
            levels: Vec::new(),
            habits: Habits::default(),
            has_root: false,
            mode: Mode::Block,
        }
    }

    /// The steps that lead to what stands behind the last key or dash.
    pub(super) fn steps(&self) -> Vec<Step<'t>> {
        steps(&self.levels)
    }

    /// Reads the line at `span`, which ends before its line break.
    pub(super) fn line(&mut self, span: Span) {
        let line = span.of(self.text);
        let content = line.trim_start_matches(' ');
        if content.trim_end().is_empty() {
            return;
        }
        let indent = line.len() - content.len();
        let start = span.start as usize;
        match self.above(content, indent, false) {
            Above::Inside => {
                if let Mode::Quoted(quote, _) = self.mode
                    && quote_end(content, 0, quote).is_some()
                {
                    self.mode = Mode::Block;
                }
            }
            Above::Flow(flow) => self.flow(flow, start, span.end as usize),
            Above::Block if is_boundary(line) => {
                self.levels.clear();
                self.block(start + 4.min(line.len()), span, None);
            }
            Above::Block => self.block(start + indent, span, Some(indent)),
        }
    }

    /// What goes on at a line of this content, after `self.mode` was ended where the line ends it.
    /// A blank line with the cursor counts by its column.
    pub(super) fn above(&mut self, content: &str, indent: usize, blank: bool) -> Above<'t> {
        let is_deeper = |parent: &Option<usize>| parent.is_none_or(|parent| indent > parent);
        let looks_new = || !blank && (is_dash(content) || key_of(content).is_some());
        let goes_on = match &self.mode {
            Mode::Block => false,
            Mode::Text(parent) => is_deeper(parent),
            // Where a quote or bracket was never closed, what looks like structure is.
            Mode::Quoted(_, parent) | Mode::Flow(_, parent) => {
                is_deeper(parent) || !(looks_new() || blank)
            }
        };
        if !goes_on {
            self.mode = Mode::Block;
        }
        match &self.mode {
            Mode::Block => Above::Block,
            Mode::Text(_) | Mode::Quoted(..) => Above::Inside,
            Mode::Flow(flow, _) => Above::Flow(flow.clone()),
        }
    }

    fn flow(&mut self, mut flow: Flow<'t>, from: usize, to: usize) {
        let parent = self.parent();
        flow.read(from, to);
        self.mode = if flow.levels.is_empty() { Mode::Block } else { Mode::Flow(flow, parent) };
    }

    /// Reads blocks from `at`, at the column `indent`, to the end of the line.
    fn block(&mut self, at: usize, line: Span, indent: Option<usize>) {
        let end = line.end as usize;
        let mut at = at;
        self.has_root |= !is_bare(self.text.get(at..end).unwrap_or(""));
        let rest = |at: usize| self.text.get(at..end).unwrap_or("");
        let mut column = indent.unwrap_or(at - line.start as usize);
        while is_dash(rest(at)) {
            self.dash(column);
            let after = self.text.get(at + 1..end).unwrap_or("");
            let blanks = after.len() - after.trim_start_matches(' ').len();
            (at, column) = (at + 1 + blanks, column + 1 + blanks);
        }
        let Some(content) = self.text.get(at..end).filter(|rest| !is_bare(rest)) else {
            return;
        };
        match key_of(content) {
            Some(found) => {
                self.key(column, found.name, value_of(&content[found.value..]));
                self.value(at + found.value, end);
            }
            None => {
                self.settle(column);
                self.value(at, end);
            }
        }
    }

    /// Reads a value that begins at `at`, or the blanks before it.
    fn value(&mut self, at: usize, end: usize) {
        let rest = self.text.get(at..end).unwrap_or("");
        let content = skip_properties(rest);
        if is_bare(content) {
            return;
        }
        if let Some(level) = self.levels.last_mut() {
            level.is_open = false;
        }
        let start = end - content.len();
        match content.chars().next() {
            Some('|' | '>') => self.mode = Mode::Text(self.parent()),
            Some(quote @ ('"' | '\'')) if quote_end(content, 1, quote).is_none() => {
                self.mode = Mode::Quoted(quote, self.parent());
            }
            Some('{' | '[') => self.flow(Flow::new(self.text), start, end),
            _ => {}
        }
    }

    fn parent(&self) -> Option<usize> {
        self.levels.last().map(|level| level.indent)
    }

    /// Leaves what is deeper than `column`, and lists at it.
    pub(super) fn settle(&mut self, column: usize) {
        while self.levels.last().is_some_and(|level| {
            level.indent > column || (level.indent == column && level.entries.is_none())
        }) {
            self.levels.pop();
        }
    }

    /// A dash at `column`.
    pub(super) fn dash(&mut self, column: usize) {
        while self.levels.last().is_some_and(|level| level.indent > column) {
            self.levels.pop();
        }
        match self.levels.last_mut() {
            Some(level) if level.indent == column && level.entries.is_none() => {
                level.is_open = true;
            }
            _ => {
                self.push(Level { indent: column, entries: None, is_open: true });
            }
        }
    }

    /// A key at `column`.
    pub(super) fn key(&mut self, column: usize, key: &'t str, value: &'t str) {
        self.settle(column);
        let entry = Entry { key, value };
        match self.levels.last_mut() {
            Some(Level { indent, entries: Some(entries), is_open }) if *indent == column => {
                entries.push(entry);
                *is_open = true;
            }
            _ => self.push(Level { indent: column, entries: Some(vec![entry]), is_open: true }),
        }
    }

    fn push(&mut self, level: Level<'t>) {
        if let Some(parent) = self.levels.last_mut() {
            parent.is_open = false;
            if parent.entries.is_some() {
                let habit = match level.entries {
                    Some(_) => &mut self.habits.step,
                    None => &mut self.habits.list,
                };
                *habit = Some(level.indent - parent.indent);
            }
        }
        self.levels.push(level);
    }
}

/// The steps that lead to what stands behind the last key or dash of `levels`.
pub(super) fn steps<'t>(levels: &[Level<'t>]) -> Vec<Step<'t>> {
    let step = |level: &Level<'t>| match &level.entries {
        Some(entries) => Step::Key(entries.last().map_or("", |entry| entry.key)),
        None => Step::Item,
    };
    levels.iter().map(step).collect()
}
