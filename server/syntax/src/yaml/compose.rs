//! The parser's events to the arena of nodes.

mod collections;
mod scalars;

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, StrInput, Tag};
use text::name::Name;
use text::span::Span;

use super::marks::Marks;
use super::walk::Walker;
use super::{Data, Limits, Node, NodeId, Problem, ProblemKind, Scalar, Style, Value, Yaml};

/// What ended a parse before the end of the text.
pub(super) enum Stop {
    /// The text is broken here.
    Broken(Fault),
    /// Too many collections inside each other.
    TooDeep(usize),
}

/// Where and why the parser stopped.
#[derive(Clone)]
pub(super) struct Fault {
    /// The byte offset of the place that the parser names.
    pub(super) offset: usize,
    /// Its reason, in its own words.
    pub(super) reason: String,
}

/// The parser's word for an alias without an anchor; it can go on afterwards.
const UNKNOWN_ANCHOR: &str = "while parsing node, found unknown anchor";
/// The parser's word for more than 255 brackets inside each other.
const TOO_DEEP: &str = "recursion limit exceeded";

/// Reads all events of `text`: the tree as far as they went, and what stopped them.
pub(super) fn compose(text: &str, limits: &Limits) -> (Yaml, Option<Stop>) {
    let mut composer = Composer::new(text, limits);
    let mut parser = Parser::new_from_str(text);
    let stop = composer.run(&mut parser);
    (composer.finish(stop.is_none()), stop)
}

/// How far the parser gets in `text`: the first fault, if there is any.
pub(super) fn probe(text: &str) -> Option<Fault> {
    for event in Parser::new_from_str(text) {
        let Err(error) = event else { continue };
        let fault = fault(&mut Marks::new(text), &error);
        if error.info() != UNKNOWN_ANCHOR || joined_alias(text, fault.offset).is_some() {
            return Some(fault);
        }
    }
    None
}

fn fault(marks: &mut Marks<'_>, error: &ScanError) -> Fault {
    Fault { offset: marks.offset(*error.marker()), reason: error.info().to_owned() }
}

/// The colon that the parser reads as part of the alias at `start`, and the loader does not.
pub(super) fn joined_alias(text: &str, start: usize) -> Option<usize> {
    let rest = text.as_bytes().get(start..)?.strip_prefix(b"*")?;
    let fits = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let length = rest.iter().position(|byte| !fits(byte))?;
    let joined = rest[length] == b':'
        && rest.get(length + 1).is_none_or(|byte| b" \t\r\n,[]{}".contains(byte));
    joined.then_some(start + 1 + length)
}

/// A collection that is not finished.
struct Frame {
    node: NodeId,
    /// Where its items begin among the pending ones.
    first: usize,
    mapping: bool,
    /// Whether it ends with a bracket of its own.
    bracketed: bool,
    /// Whether the key at hand is marked by a `?`.
    explicit: bool,
    /// Whether its tag is refused.
    refused: bool,
    /// Whether it is an `!!omap` or `!!pairs`.
    pairs: bool,
}

struct Composer<'a> {
    text: &'a str,
    marks: Marks<'a>,
    walker: Walker<'a>,
    yaml: Yaml,
    frames: Vec<Frame>,
    pending: Vec<NodeId>,
    /// The nodes of the parser's anchors, by its numbers for them.
    anchored: Vec<Option<NodeId>>,
    /// How many of them belong to earlier documents, and are forgotten.
    anchored_before: usize,
    /// The anchors of this document.
    names: HashMap<&'a str, NodeId>,
    /// How many documents have begun.
    started: usize,
    /// Where the first one begins.
    begun: usize,
    /// How many collections in brackets are open.
    brackets: usize,
    /// Whether there is any tab.
    tabs: bool,
    depth: usize,
}

impl<'a> Composer<'a> {
    fn new(text: &'a str, limits: &Limits) -> Composer<'a> {
        let yaml = Yaml { nodes: Vec::with_capacity(text.len() / 8), ..Yaml::default() };
        Composer {
            text,
            marks: Marks::new(text),
            walker: Walker::new(text),
            yaml,
            frames: Vec::new(),
            pending: Vec::new(),
            anchored: Vec::new(),
            anchored_before: 0,
            names: HashMap::new(),
            started: 0,
            begun: usize::MAX,
            brackets: 0,
            tabs: text.contains('\t'),
            depth: limits.depth,
        }
    }

    fn run(&mut self, parser: &mut Parser<'a, StrInput<'a>>) -> Option<Stop> {
        while let Some(next) = parser.next_event() {
            match next {
                Ok((event, span)) => {
                    if let Err(stop) = self.event(event, span) {
                        return Some(stop);
                    }
                }
                Err(error) if error.info() == UNKNOWN_ANCHOR => {
                    let start = self.marks.offset(*error.marker());
                    if joined_alias(self.text, start).is_some() {
                        return Some(Stop::Broken(fault(&mut self.marks, &error)));
                    }
                    self.alias(start, None);
                }
                Err(error) if error.info() == TOO_DEEP => {
                    return Some(Stop::TooDeep(self.marks.offset(*error.marker())));
                }
                Err(error) => return Some(Stop::Broken(fault(&mut self.marks, &error))),
            }
        }
        None
    }

    fn event(&mut self, event: Event<'a>, span: saphyr_parser::Span) -> Result<(), Stop> {
        match event {
            Event::DocumentStart(explicit) => self.document(explicit, span.start),
            Event::Alias(number) => {
                let start = self.marks.offset(span.start);
                let known = number >= self.anchored_before;
                let target = self.anchored.get(number).copied().flatten().filter(|_| known);
                self.alias(start, target);
            }
            Event::Scalar(value, ScalarStyle::Plain, anchor, tag) if value.is_empty() => {
                self.empty(span, anchor, tag.as_deref());
            }
            Event::Scalar(value, style, anchor, tag) => {
                self.scalar(&value, style, span, anchor, tag.as_deref());
            }
            Event::SequenceStart(anchor, tag) => self.open(false, span, anchor, tag.as_deref())?,
            Event::MappingStart(anchor, tag) => self.open(true, span, anchor, tag.as_deref())?,
            Event::SequenceEnd | Event::MappingEnd => {
                let end = self.marks.offset(span.start);
                self.close(Some(end));
            }
            Event::DocumentEnd => {
                self.names.clear();
                self.anchored_before = self.anchored.len();
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd => {}
        }
        Ok(())
    }

    fn document(&mut self, explicit: bool, mark: Marker) {
        let start = self.marks.offset(mark);
        self.started += 1;
        if self.started == 1 {
            self.begun = start;
        }
        if explicit {
            self.walker.walk(start + 3);
        }
        if self.started == 2 {
            let end = if explicit { start + 3 } else { start };
            self.problem(Span::new(start, end), ProblemKind::SecondDocument);
        }
    }

    /// The loader takes an end of a document for content where none has begun.
    fn leading_dots(&mut self) {
        if let Some(at) = self.walker.dots.filter(|at| *at < self.begun) {
            let message = "`...` ends a document, and none has begun; remove it";
            self.syntax(Span::new(at, at + 3), message);
        }
    }

    fn syntax(&mut self, span: Span, message: &str) {
        self.problem(span, ProblemKind::Syntax(message.to_owned()));
    }

    fn problem(&mut self, span: Span, kind: ProblemKind) {
        self.yaml.problems.push(Problem { span, kind });
    }

    /// Adds a node and gives it to the collection it stands in.
    fn add(&mut self, span: Span, data: Data, anchor: usize) -> NodeId {
        let id = NodeId::new(u32::try_from(self.yaml.nodes.len()).unwrap_or(u32::MAX));
        self.check_key();
        self.yaml.nodes.push(Node { span, data, anchored: anchor > 0 });
        if self.frames.is_empty() {
            self.yaml.documents.push(id);
        } else {
            self.pending.push(id);
        }
        if anchor > 0 {
            self.anchor(id, anchor);
        }
        id
    }

    fn anchor(&mut self, id: NodeId, number: usize) {
        if self.anchored.len() <= number {
            self.anchored.resize(number + 1, None);
        }
        self.anchored[number] = Some(id);
        let Some(span) = self.walker.anchor.take() else {
            return;
        };
        let name = self.text.get(span.start as usize + 1..span.end as usize).unwrap_or("");
        if self.names.insert(name, id).is_some() {
            let message = format!(
                "the anchor `{name}` is taken; the loader wants each name once, rename one"
            );
            self.problem(span, ProblemKind::Syntax(message));
        }
    }

    fn is_key(&self) -> bool {
        let frame = self.frames.last();
        frame.is_some_and(|frame| {
            frame.mapping && (self.pending.len() - frame.first).is_multiple_of(2)
        })
    }

    fn alias(&mut self, start: usize, target: Option<NodeId>) {
        self.walker.walk(start);
        let span = self.walker.property();
        let data = match target {
            Some(target) => Data::Alias(target),
            None => {
                let name = self.text.get(span.start as usize + 1..span.end as usize);
                let name = Name::new(name.unwrap_or(""));
                self.problem(span, ProblemKind::UndefinedAlias(name));
                Data::Unreadable
            }
        };
        self.add(span, data, 0);
    }

    fn finish(mut self, complete: bool) -> Yaml {
        while let Some(frame) = self.frames.last() {
            if frame.mapping && !self.is_key() {
                let place = Span::empty(self.walker.solid);
                let value = Scalar { value: Value::Null, style: Style::Plain };
                self.add(place, Data::Scalar(value), 0);
            }
            self.close(None);
        }
        if complete {
            self.walker.walk(self.text.len());
        }
        self.leading_dots();
        for (span, message) in std::mem::take(&mut self.walker.faults) {
            self.problem(span, ProblemKind::Syntax(message));
        }
        self.yaml.comments = self.walker.comments;
        self.yaml
    }
}

fn full_tag(tag: &Tag) -> String {
    format!("{}{}", tag.handle, tag.suffix)
}
