//! What could stand at a place of a YAML text.

use text::lines::LineTable;
use text::span::Span;

use self::layout::{Above, Habits, Layout, Level, steps};
use self::line::{
    is_bare, is_boundary, is_dash, key_of, plain, quote_end, skip_properties, value_of,
};
use super::place::{Behind, Context, Entry, Form, Place, Typed, What};

mod blank;
mod bracketed;
mod flow;
pub(super) mod layout;
mod line;
mod writing;

/// What could stand at `offset`.
pub(super) fn context(text: &str, offset: usize) -> Option<Context<'_>> {
    let lines = LineTable::new(text);
    let number = lines.line(offset);
    let mut layout = Layout::new(text);
    for above in 0..number {
        layout.line(without_mark(text, lines.content_span(text, above)));
    }
    let span = without_mark(text, lines.content_span(text, number));
    let inside = span.touches(offset) && text.is_char_boundary(offset);
    let mut reading = Reading { layout, lines: &lines, number, span, offset };
    let (places, typed) = inside.then(|| reading.places()).flatten()?;
    let mut habits = reading.layout.habits;
    if !habits.are_known() {
        habits = habits.or(habits_of(text, &lines, number));
    }
    Some(Context { places, typed, form: Form::Yaml(habits) })
}

/// How the lines from `number` on indent.
fn habits_of(text: &str, lines: &LineTable, number: u32) -> Habits {
    let mut layout = Layout::new(text);
    let last = u32::try_from(lines.count()).unwrap_or(u32::MAX);
    (number.saturating_add(1)..last.min(number.saturating_add(SEEN_BELOW)))
        .for_each(|line| layout.line(lines.content_span(text, line)));
    layout.habits
}

/// How many lines below the cursor say how the text indents.
const SEEN_BELOW: u32 = 400;

/// The line without the byte order mark at the start of a text.
fn without_mark(text: &str, span: Span) -> Span {
    let mark =
        if span.start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    Span::new((span.start as usize + mark).min(span.end as usize), span.end as usize)
}

/// A line below the cursor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Next {
    /// The column of its first letter.
    indent: usize,
    is_dash: bool,
    is_key: bool,
}

/// The line with the cursor.
struct Reading<'t, 'l> {
    layout: Layout<'t>,
    lines: &'l LineTable,
    number: u32,
    span: Span,
    offset: usize,
}

type Found<'t> = Option<(Vec<Place<'t>>, Typed)>;

impl<'t> Reading<'t, '_> {
    fn text(&self) -> &'t str {
        self.layout.text
    }

    fn places(&mut self) -> Found<'t> {
        let line = self.span.of(self.text());
        let content = line.trim_start_matches(' ');
        let blank = content.trim_end().is_empty();
        let start = self.span.start as usize;
        let indent = if blank { self.offset - start } else { line.len() - content.len() };
        if (!blank && self.offset < start + indent) || line[..indent].contains('\t') {
            return None;
        }
        match self.layout.above(content, indent, blank) {
            Above::Inside => None,
            Above::Flow(flow) => bracketed::places(self, flow, start),
            Above::Block if blank => Some((self.blank_line(indent), self.typed_nothing())),
            Above::Block if is_boundary(line) || content.starts_with('#') => None,
            Above::Block => self.block_line(start + indent, indent),
        }
    }

    /// Nothing is typed yet.
    fn typed_nothing(&self) -> Typed {
        self.typed(Span::empty(self.offset), None)
    }

    fn typed(&self, span: Span, quote: Option<(char, bool)>) -> Typed {
        let text = self.text();
        let opened = span.start as usize - usize::from(quote.is_some());
        let closed = quote.is_some_and(|(_, closed)| closed);
        let behind = text.get(span.end as usize + usize::from(closed)..).unwrap_or("");
        Typed {
            span,
            quote,
            column: opened.saturating_sub(self.span.start as usize),
            in_flow: false,
            blank_before: quote.is_none() && text[..opened].ends_with([':', '-']),
            blank_after: behind.starts_with('#'),
        }
    }

    fn block_line(&mut self, at: usize, column: usize) -> Found<'t> {
        let (mut at, mut column) = (at, column);
        let (text, end) = (self.text(), self.span.end as usize);
        while is_dash(&text[at..end]) {
            let after = &text[at + 1..end];
            let content = after.trim_start_matches([' ', '\t']);
            let next = end - content.len();
            if self.offset <= at {
                return None;
            }
            self.layout.dash(column);
            if is_bare(content) {
                let in_comment = self.offset > next && !content.is_empty();
                return (!in_comment).then(|| self.empty_item());
            }
            if self.offset < next {
                return None;
            }
            (at, column) = (next, column + next - at);
        }
        let content = &text[at..end];
        let Some(key) = key_of(content) else {
            return self.word(at, column);
        };
        if self.offset <= at + key.end {
            let quote = content.chars().next().filter(|first| matches!(first, '"' | '\''));
            let inset = usize::from(quote.is_some());
            let span = Span::new(at + inset, at + key.end - inset);
            let behind = self.behind(&content[key.value..], column);
            let place = self.key_or_new(column, behind)?;
            let touches = span.touches(self.offset);
            return touches
                .then(|| (vec![place], self.typed(span, quote.map(|quote| (quote, true)))));
        }
        if self.offset < at + key.value {
            return None;
        }
        self.layout.key(column, key.name, value_of(&content[key.value..]));
        self.value(at + key.value)
    }

    fn empty_item(&self) -> (Vec<Place<'t>>, Typed) {
        let mut typed = self.typed_nothing();
        typed.column += usize::from(typed.blank_before);
        let entries = self.below(typed.column);
        let steps = self.layout.steps();
        (vec![Place { steps, what: What::Fresh, entries }], typed)
    }

    /// Text without a colon that begins at `at`.
    fn word(&mut self, at: usize, column: usize) -> Found<'t> {
        let (text, end) = (self.text(), self.span.end as usize);
        let content = &text[at..end];
        if content.starts_with(['{', '[']) {
            self.layout.settle(column);
            return bracketed::places(self, flow::Flow::new(text), at);
        }
        let typed = self.scalar(at)?;
        let place = self.key_or_new(column, Behind::Nothing)?;
        Some((vec![place], typed))
    }

    /// The scalar at `at` that the cursor is in.
    fn scalar(&self, at: usize) -> Option<Typed> {
        let content = self.text().get(at..self.span.end as usize)?;
        match content.chars().next()? {
            quote @ ('"' | '\'') => {
                let close = quote_end(content, 1, quote);
                let end = at + close.unwrap_or(content.trim_end().len().max(1));
                let span = Span::new(at + 1, end.max(self.offset.min(self.span.end as usize)));
                let is_inside = self.offset > at && close.is_none_or(|_| self.offset <= end);
                is_inside.then(|| self.typed(span, Some((quote, close.is_some()))))
            }
            '|' | '>' | '*' | '&' | '!' | '#' | '%' | '?' | '}' | ']' => None,
            _ => {
                let span = Span::new(at, at + plain(content).len());
                span.touches(self.offset).then(|| self.typed(span, None))
            }
        }
    }

    /// A value behind the colon that ends at `at`.
    fn value(&mut self, at: usize) -> Found<'t> {
        let (text, end) = (self.text(), self.span.end as usize);
        let rest = &text[at..end];
        let content = skip_properties(rest);
        let start = end - content.len();
        let typed = if is_bare(content) {
            let has_properties = !is_bare(rest.trim_start()) && content.len() < rest.trim().len();
            let in_comment = !content.is_empty() && self.offset > start;
            (!has_properties && !in_comment).then(|| self.typed_nothing())?
        } else if self.offset < start {
            return None;
        } else if content.starts_with(['{', '[']) {
            return bracketed::places(self, flow::Flow::new(text), start);
        } else {
            self.scalar(start)?
        };
        let entries = self.siblings();
        let steps = self.layout.steps();
        Some((vec![Place { steps, what: What::Inline, entries }], typed))
    }

    /// The entries of the innermost mapping, but for the last, which is in hand.
    fn siblings(&self) -> Vec<Entry<'t>> {
        let Some(Level { indent, entries: Some(entries), .. }) = self.layout.levels.last() else {
            return Vec::new();
        };
        let mut all = entries.clone();
        all.pop();
        all.extend(self.below(*indent));
        all
    }

    /// A key at `column`: of the mapping that has its keys there, or of a new one.
    fn key_or_new(&mut self, column: usize, behind: Behind) -> Option<Place<'t>> {
        self.layout.settle(column);
        let levels = &self.layout.levels;
        match levels.last() {
            Some(Level { indent, entries: Some(entries), .. }) if *indent == column => {
                let mut entries = entries.clone();
                entries.extend(self.below(column));
                let steps = steps(&levels[..levels.len() - 1]);
                Some(Place { steps, what: What::Key(behind), entries })
            }
            Some(level) if !level.is_open => None,
            None if self.layout.has_root => None,
            _ => {
                let what = if behind == Behind::Nothing { What::Fresh } else { What::Key(behind) };
                let entries = self.below(column);
                Some(Place { steps: self.layout.steps(), what, entries })
            }
        }
    }

    /// What stands behind a colon at whose key's line `rest` follows.
    fn behind(&self, rest: &str, column: usize) -> Behind {
        let content = skip_properties(rest);
        if !is_bare(content) {
            let is_open = content.starts_with(['{', '[', '*']);
            return if is_open { Behind::Collection } else { Behind::Scalar };
        }
        match self.next_line() {
            Some(next) if next.indent > column || (next.is_dash && next.indent == column) => {
                Behind::Collection
            }
            _ => Behind::Colon,
        }
    }

    /// The next line that holds something.
    fn next_line(&self) -> Option<Next> {
        let mut lines = self.lines_below().filter(|(_, content)| !is_bare(content));
        lines.next().map(|(indent, content)| Next {
            indent,
            is_dash: is_dash(content),
            is_key: key_of(content).is_some() && !is_dash(content),
        })
    }

    /// The lines below, with their indentation.
    fn lines_below(&self) -> impl Iterator<Item = (usize, &'t str)> {
        let (text, lines) = (self.text(), self.lines);
        let count = u32::try_from(lines.count()).unwrap_or(u32::MAX);
        (self.number + 1..count).map(move |number| {
            let line = lines.content_span(text, number).of(text);
            let content = line.trim_start_matches(' ');
            (line.len() - content.len(), content)
        })
    }

    /// The entries that follow below at `column`, in the same mapping.
    fn below(&self, column: usize) -> Vec<Entry<'t>> {
        let mut entries = Vec::new();
        for (indent, content) in self.lines_below().filter(|(_, content)| !is_bare(content)) {
            let ends = indent < column || is_boundary(content) && indent == 0;
            if ends || (indent == column && is_dash(content) && entries.is_empty()) {
                break;
            }
            if indent == column
                && let Some(key) = key_of(content)
            {
                entries.push(Entry { key: key.name, value: value_of(&content[key.value..]) });
            }
        }
        entries
    }
}
