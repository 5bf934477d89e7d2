//! The parser's events to the arena of nodes.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, StrInput, Tag};
use text::name::Name;
use text::span::Span;

use super::check;
use super::decode::decode;
use super::marks::Marks;
use super::resolve;
use super::scalar;
use super::walk::Walker;
use super::{Data, Entry, Limits, Node, NodeId, Problem, ProblemKind, Scalar, Style, Value, Yaml};

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
    Fault {
        offset: marks.offset(*error.marker()),
        reason: error.info().to_owned(),
    }
}

/// The colon that the parser reads as part of the alias at `start`, and the loader does not.
pub(super) fn joined_alias(text: &str, start: usize) -> Option<usize> {
    let rest = text.as_bytes().get(start..)?.strip_prefix(b"*")?;
    let fits = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let length = rest.iter().position(|byte| !fits(byte))?;
    let joined = rest[length] == b':'
        && rest
            .get(length + 1)
            .is_none_or(|byte| b" \t\r\n,[]{}".contains(byte));
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
        let yaml = Yaml {
            nodes: Vec::with_capacity(text.len() / 12),
            ..Yaml::default()
        };
        Composer {
            text,
            marks: Marks::new(text),
            walker: Walker::new(text),
            yaml,
            frames: Vec::new(),
            pending: Vec::new(),
            anchored: Vec::new(),
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
                let target = self.anchored.get(number).copied().flatten();
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
                self.anchored.fill(None);
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
        let id = NodeId(u32::try_from(self.yaml.nodes.len()).unwrap_or(u32::MAX));
        self.check_key();
        self.yaml.nodes.push(Node {
            span,
            data,
            anchored: anchor > 0,
        });
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
        let name = self
            .text
            .get(span.start as usize + 1..span.end as usize)
            .unwrap_or("");
        if self.names.insert(name, id).is_some() {
            let message = format!(
                "the anchor `{name}` is taken; the loader wants each name once, rename one"
            );
            self.problem(span, ProblemKind::Syntax(message));
        }
    }

    /// Notes how a key is written, and when its value comes, whether the loader takes it so.
    fn check_key(&mut self) {
        if self.is_key() {
            let explicit = self.walker.question.take().is_some();
            if let Some(frame) = self.frames.last_mut() {
                frame.explicit = explicit;
            }
            return;
        }
        let simple = self
            .frames
            .last()
            .is_some_and(|frame| frame.mapping && !frame.explicit);
        let Some(colon) = self
            .walker
            .colon
            .take()
            .filter(|_| simple && self.brackets > 0)
        else {
            return;
        };
        let Some(key) = self.pending.last() else {
            return;
        };
        let start = self.yaml.node(*key).span.start as usize;
        let fault = self.text.get(start..colon).and_then(check::key_in_brackets);
        if let Some(fault) = fault {
            self.syntax(Span::new(colon, colon + 1), fault);
        }
    }

    fn is_key(&self) -> bool {
        let frame = self.frames.last();
        frame.is_some_and(|frame| frame.mapping && (self.pending.len() - frame.first) % 2 == 0)
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

    /// A node without text: what is left out after an indicator, an anchor or a tag.
    fn empty(&mut self, span: saphyr_parser::Span, anchor: usize, tag: Option<&Tag>) {
        let bare = anchor == 0 && tag.is_none();
        if bare && self.frames.is_empty() {
            return;
        }
        let mut end = self.marks.offset(span.end);
        if bare {
            end = self.marks.offset(span.start);
            let colon = !self.is_key() && self.text.as_bytes().get(end) == Some(&b':');
            end += usize::from(colon);
        }
        self.walker.walk(end);
        if bare && self.is_key() && self.walker.question.is_none() {
            self.syntax(
                Span::new(end, end + 1),
                "the key in front of this `:` is missing; write it",
            );
        }
        let place = Span::empty(self.walker.solid);
        self.value("", Style::Plain, place, anchor, tag);
    }

    fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        span: saphyr_parser::Span,
        anchor: usize,
        tag: Option<&Tag>,
    ) {
        let end = self.marks.offset(span.end);
        let (style, place) = match style {
            ScalarStyle::Plain => (Style::Plain, Span::new(self.start(span.start), end)),
            ScalarStyle::SingleQuoted => (Style::Single, self.quoted(span.start)),
            ScalarStyle::DoubleQuoted => (Style::Double, self.quoted(span.start)),
            ScalarStyle::Literal => (Style::Literal, self.block(end)),
            ScalarStyle::Folded => (Style::Folded, self.block(end)),
        };
        if style == Style::Plain {
            self.check_bare(place);
        }
        let cut_off = end == self.text.len() && !self.text.ends_with(['\n', '\r']);
        let again = cut_off && matches!(style, Style::Literal | Style::Folded);
        // The parser adds the break that the last line of the file lacks; the loader does not.
        let again = again.then(|| decode(self.text, place.range(), style).text);
        let value = again.as_deref().unwrap_or(value);
        self.walker.pass(place.end as usize);
        self.value(value, style, place, anchor, tag);
    }

    /// Where the content begins whose first token, maybe an anchor or a tag, begins at `mark`.
    fn start(&mut self, mark: Marker) -> usize {
        let start = self.marks.offset(mark);
        self.walker.walk(start);
        match self.text.as_bytes().get(start) {
            Some(b'&' | b'!') => self.walker.content(),
            _ => start,
        }
    }

    fn quoted(&mut self, mark: Marker) -> Span {
        let start = self.start(mark);
        Span::new(start, scalar::quoted_end(self.text, start))
    }

    fn check_bare(&mut self, span: Span) {
        let text = span.of(self.text);
        if self.tabs && text.contains('\t') {
            let at = span.start as usize + text.find('\t').unwrap_or(0);
            self.syntax(Span::new(at, at + 1), check::TAB);
        }
        if let Some(fault) = check::bare_in_brackets(text).filter(|_| self.brackets > 0) {
            self.syntax(span, fault);
        }
    }

    fn block(&mut self, end: usize) -> Span {
        let start = self.walker.find(end, |byte| matches!(byte, b'|' | b'>'));
        let header = scalar::header_end(self.text, start);
        self.walker.pass(header);
        if self.text[header..].starts_with('#') {
            let message = "a comment needs a space in front of its `#`; put one there";
            self.syntax(Span::new(header, header + 1), message);
        }
        self.walker.comment();
        let first_line = self.walker.line_end();
        let last = self
            .text
            .get(..end)
            .unwrap_or("")
            .trim_end_matches([' ', '\t', '\n', '\r']);
        self.walker.at = self.walker.at.max(end);
        if last.len() <= first_line {
            return Span::new(start, header);
        }
        if check::unindented(&last[first_line..]) {
            let message = "the lines of block text are indented; indent them";
            self.syntax(Span::new(start, header), message);
        }
        Span::new(start, last.len())
    }

    fn value(&mut self, text: &str, style: Style, span: Span, anchor: usize, tag: Option<&Tag>) {
        let is_key = self.is_key();
        let value = match tag.map(full_tag) {
            None if style != Style::Plain => Ok(Value::Text(Name::new(text))),
            None => resolve::implicit(text, is_key),
            Some(tag) if tag == "!" => resolve::implicit(text, is_key),
            Some(tag) => match tag.strip_prefix(resolve::STANDARD) {
                Some(tag) => resolve::tagged(tag, text, is_key),
                None => Err(resolve::refused(&tag)),
            },
        };
        let data = match value {
            Ok(value) => Data::Scalar(Scalar { value, style }),
            Err(refusal) => {
                self.problem(span, ProblemKind::RefusedTag(refusal));
                Data::Unreadable
            }
        };
        self.add(span, data, anchor);
    }

    fn open(
        &mut self,
        mapping: bool,
        span: saphyr_parser::Span,
        anchor: usize,
        tag: Option<&Tag>,
    ) -> Result<(), Stop> {
        let in_mapping = self.frames.last().is_some_and(|frame| frame.mapping);
        let bytes = self.text.as_bytes();
        let start = if in_mapping && !mapping {
            // Where the dashes of a list stand below its key, the parser names the first item.
            self.walker
                .find(bytes.len(), |byte| matches!(byte, b'-' | b'['))
        } else {
            self.start(span.start)
        };
        // The parser gives a block no text of its own, and a bracket that much.
        let bracketed =
            matches!(bytes.get(start), Some(b'[' | b'{')) && start < self.marks.offset(span.end);
        if self.frames.len() >= self.depth {
            return Err(Stop::TooDeep(start));
        }
        if bracketed {
            self.walker.pass(start + 1);
            self.brackets += 1;
        }
        let (refused, pairs) = self.collection_tag(mapping, Span::empty(start), tag);
        let data = if mapping {
            Data::Mapping(Box::default())
        } else {
            Data::Sequence(Box::default())
        };
        let node = self.add(Span::empty(start), data, anchor);
        let first = self.pending.len();
        self.frames.push(Frame {
            node,
            first,
            mapping,
            bracketed,
            explicit: false,
            refused,
            pairs,
        });
        Ok(())
    }

    /// Whether the tag of a collection is refused, and whether it asks for pairs.
    fn collection_tag(&mut self, mapping: bool, span: Span, tag: Option<&Tag>) -> (bool, bool) {
        let Some(tag) = tag.map(full_tag).filter(|tag| tag != "!") else {
            return (false, false);
        };
        match (tag.strip_prefix(resolve::STANDARD), mapping) {
            (Some("map" | "set"), true) | (Some("seq"), false) => (false, false),
            (Some("omap" | "pairs"), false) => (false, true),
            _ => {
                let span = self.walker.tag.unwrap_or(span);
                self.problem(span, ProblemKind::RefusedTag(resolve::refused(&tag)));
                (true, false)
            }
        }
    }

    /// Ends the innermost collection, at the place of its bracket if it has one.
    fn close(&mut self, bracket: Option<usize>) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        if let Some(bracket) = bracket.filter(|_| frame.bracketed) {
            self.walker.walk(bracket);
            self.walker.pass(bracket + 1);
        }
        self.brackets -= usize::from(frame.bracketed);
        let items = self.pending.split_off(frame.first);
        let end = self.walker.solid;
        let data = if frame.mapping {
            self.mapping(&items)
        } else {
            Data::Sequence(items.into())
        };
        let node = &mut self.yaml.nodes[frame.node.0 as usize];
        node.span = Span::new(node.span.start as usize, end.max(node.span.start as usize));
        node.data = data;
        if frame.pairs {
            self.check_pairs(frame.node);
        }
        if frame.refused {
            self.yaml.nodes[frame.node.0 as usize].data = Data::Unreadable;
        }
    }

    fn mapping(&mut self, items: &[NodeId]) -> Data {
        let entries: Box<[Entry]> = items
            .chunks_exact(2)
            .map(|pair| Entry {
                key: pair[0],
                value: pair[1],
            })
            .collect();
        for entry in &entries {
            let kind = match &self.yaml.nodes[entry.key.0 as usize].data {
                Data::Scalar(Scalar {
                    value: Value::Merge,
                    ..
                }) => (!self.merges(entry.value)).then_some((entry.value, ProblemKind::BadMerge)),
                Data::Sequence(_) | Data::Mapping(_) => {
                    Some((entry.key, ProblemKind::UnhashableKey))
                }
                Data::Alias(target) => match self.yaml.nodes[target.0 as usize].data {
                    Data::Sequence(_) | Data::Mapping(_) => {
                        Some((entry.key, ProblemKind::UnhashableKey))
                    }
                    _ => None,
                },
                _ => None,
            };
            if let Some((node, kind)) = kind {
                let span = self.yaml.nodes[node.0 as usize].span;
                self.problem(span, kind);
            }
        }
        Data::Mapping(entries)
    }

    /// Whether `value` can be merged: a mapping, or a list of mappings.
    fn merges(&self, value: NodeId) -> bool {
        let mapping = |id| {
            let data = &self.yaml.node(self.yaml.resolve(id)).data;
            matches!(data, Data::Mapping(_) | Data::Unreadable)
        };
        match &self.yaml.node(self.yaml.resolve(value)).data {
            Data::Sequence(items) => items.iter().all(|item| mapping(*item)),
            _ => mapping(value),
        }
    }

    /// `!!omap` and `!!pairs` want a list of mappings with one entry each.
    fn check_pairs(&mut self, list: NodeId) {
        let Data::Sequence(items) = self.yaml.node(list).data.clone() else {
            return;
        };
        for item in items {
            let data = &self.yaml.node(self.yaml.resolve(item)).data;
            if !matches!(data, Data::Mapping(entries) if entries.len() == 1) {
                let message = "a list of pairs takes items of one `key: value` each".to_owned();
                let span = self.yaml.node(item).span;
                self.problem(span, ProblemKind::RefusedTag(message));
            }
        }
    }

    fn finish(mut self, complete: bool) -> Yaml {
        while let Some(frame) = self.frames.last() {
            if frame.mapping && !self.is_key() {
                let place = Span::empty(self.walker.solid);
                let value = Scalar {
                    value: Value::Null,
                    style: Style::Plain,
                };
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
