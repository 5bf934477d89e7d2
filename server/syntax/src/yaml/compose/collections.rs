//! Sequences and mappings, and what the loader asks of them.

use saphyr_parser::Tag;
use text::span::Span;

use super::{Composer, Frame, Stop, full_tag};
use crate::yaml::{Data, Entry, NodeId, ProblemKind, Scalar, Value, resolve};

impl Composer<'_> {
    pub(super) fn open(
        &mut self,
        mapping: bool,
        span: saphyr_parser::Span,
        anchor: usize,
        tag: Option<&Tag>,
    ) -> Result<(), Stop> {
        let in_mapping = self.frames.last().is_some_and(|frame| frame.mapping);
        let bytes = self.text.as_bytes();
        let last = self.marks.offset(span.end);
        let start = if in_mapping && !mapping {
            // Where the dashes of a list stand below its key, the parser names the first item.
            self.walker.find(bytes.len(), |byte| matches!(byte, b'-' | b'['))
        } else {
            self.start(span.start, last)
        };
        // The parser gives a block no text of its own, and a bracket that much.
        let bracketed = matches!(bytes.get(start), Some(b'[' | b'{')) && start < last;
        if self.frames.len() >= self.depth {
            return Err(Stop::TooDeep(start));
        }
        if bracketed {
            self.walker.pass(start + 1);
            self.brackets += 1;
        }
        let (refused, pairs) = self.collection_tag(mapping, Span::empty(start), tag);
        let data =
            if mapping { Data::Mapping(Box::default()) } else { Data::Sequence(Box::default()) };
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
    pub(super) fn close(&mut self, bracket: Option<usize>) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        if let Some(bracket) = bracket.filter(|_| frame.bracketed) {
            self.walker.walk(bracket);
            self.walker.pass(bracket + 1);
        }
        self.brackets -= usize::from(frame.bracketed);
        let items = &self.pending[frame.first..];
        let data = if frame.mapping {
            let pairs = items.chunks_exact(2);
            Data::Mapping(pairs.map(|pair| Entry { key: pair[0], value: pair[1] }).collect())
        } else {
            Data::Sequence(items.into())
        };
        self.pending.truncate(frame.first);
        if let Data::Mapping(entries) = &data {
            self.check_entries(entries);
        }
        let end = self.walker.solid;
        let node = &mut self.yaml.nodes[frame.node.index()];
        // Behind line breaks that the parser does not know, it begins a list after its last item.
        let start = (node.span.start as usize).min(end);
        node.span = Span::new(start, end);
        node.data = data;
        if frame.pairs {
            self.check_pairs(frame.node);
        }
        if frame.refused {
            self.yaml.nodes[frame.node.index()].data = Data::Unreadable;
        }
    }

    fn check_entries(&mut self, entries: &[Entry]) {
        for entry in entries {
            let kind = match &self.yaml.nodes[entry.key.index()].data {
                Data::Scalar(Scalar { value: Value::Merge, .. }) => {
                    (!self.merges(entry.value)).then_some((entry.value, ProblemKind::BadMerge))
                }
                Data::Sequence(_) | Data::Mapping(_) => {
                    Some((entry.key, ProblemKind::UnhashableKey))
                }
                Data::Alias(target) => match self.yaml.nodes[target.index()].data {
                    Data::Sequence(_) | Data::Mapping(_) => {
                        Some((entry.key, ProblemKind::UnhashableKey))
                    }
                    _ => None,
                },
                _ => None,
            };
            if let Some((node, kind)) = kind {
                let span = self.yaml.nodes[node.index()].span;
                self.problem(span, kind);
            }
        }
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
}
