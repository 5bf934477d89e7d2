//! How a file of YAML is laid out: lines, columns, and the lines that belong to an entry or item.

use crate::edit::{CannotEdit, line_end, line_start};
use crate::json;
use crate::yaml::{self, Data, Limits, NodeId, Notation, Yaml};

/// A file: its text, and the tree of that text.
pub(super) struct Page<'a> {
    pub(super) text: &'a str,
    pub(super) yaml: &'a Yaml,
}

/// One entry or item of a collection: from its dash, its key, or the key's anchor, to the end of its
/// value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Part {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Page<'_> {
    pub(super) fn is_json(&self) -> bool {
        self.yaml.notation == Notation::Json
    }

    /// The tree of another text, read as this one is.
    pub(super) fn read(&self, text: &str) -> Yaml {
        let parse = if self.is_json() { json::parse } else { yaml::parse };
        parse(text, &Limits::default())
    }

    /// What the node is.
    pub(super) fn data(&self, id: NodeId) -> Result<&Data, CannotEdit> {
        self.yaml.nodes.get(id.index()).map(|node| &node.data).ok_or(CannotEdit::NotThere)
    }

    pub(super) fn start(&self, id: NodeId) -> usize {
        self.yaml.node(id).span.start as usize
    }

    pub(super) fn end(&self, id: NodeId) -> usize {
        self.yaml.node(id).span.end as usize
    }

    /// Whether the collection is written in brackets.
    pub(super) fn is_flow(&self, id: NodeId) -> bool {
        let first = match &self.yaml.node(id).data {
            Data::Sequence(items) => items.first().copied(),
            Data::Mapping(entries) => entries.first().map(|entry| entry.key),
            _ => return false,
        };
        let opens = self.text[self.start(id)..].starts_with(['[', '{']);
        // A block whose first key is itself in brackets begins where that key begins.
        opens && first.is_none_or(|child| self.start(child) > self.start(id))
    }

    /// Whether the node stands inside brackets.
    pub(super) fn is_in_flow(&self, id: NodeId) -> bool {
        self.yaml.way_down(id).iter().any(|above| *above != id && self.is_flow(*above))
    }

    /// The entry that `key` is the key of: its mapping and its index there.
    pub(super) fn entry_of(&self, key: NodeId) -> Result<(NodeId, usize), CannotEdit> {
        self.data(key)?;
        let mapping = self.yaml.parent(key).ok_or(CannotEdit::NotThere)?;
        let Data::Mapping(entries) = self.data(mapping)? else {
            return Err(CannotEdit::NotThere);
        };
        let index = entries.iter().position(|entry| entry.key == key);
        Ok((mapping, index.ok_or(CannotEdit::NotThere)?))
    }

    /// The list that `item` stands in, and its index there.
    pub(super) fn item_of(&self, item: NodeId) -> Result<(NodeId, usize), CannotEdit> {
        self.data(item)?;
        let list = self.yaml.parent(item).ok_or(CannotEdit::NotThere)?;
        let Data::Sequence(items) = self.data(list)? else {
            return Err(CannotEdit::NotThere);
        };
        let index = items.iter().position(|other| *other == item);
        Ok((list, index.ok_or(CannotEdit::NotThere)?))
    }

    /// The entries or items of a collection, in order of place.
    pub(super) fn parts(&self, id: NodeId) -> Result<Vec<Part>, CannotEdit> {
        let bounds: Vec<(usize, usize)> = match self.data(id)? {
            Data::Sequence(items) => {
                items.iter().map(|item| (self.start(*item), self.end(*item))).collect()
            }
            Data::Mapping(entries) => {
                entries.iter().map(|entry| (self.start(entry.key), self.end(entry.value))).collect()
            }
            _ => return Err(CannotEdit::NotThere),
        };
        let flow = self.is_flow(id);
        let is_list = matches!(self.data(id)?, Data::Sequence(_));
        let mut parts: Vec<Part> = Vec::with_capacity(bounds.len());
        for (content, end) in bounds {
            let start = match (flow, parts.last()) {
                (true, None) => self.skip_blanks(self.start(id) + 1),
                (true, Some(part)) => self.after_comma(part.end)?,
                (false, None) if is_list => self.start(id),
                (false, Some(part)) if is_list => self.next_dash(id, part.end, content)?,
                (false, _) => self.key_start(content)?,
            };
            parts.push(Part { start, end: end.max(start) });
        }
        Ok(parts)
    }

    /// Past blanks, line breaks and comments.
    pub(super) fn skip_blanks(&self, offset: usize) -> usize {
        let mut at = offset;
        loop {
            let rest = &self.text[at..];
            at += rest.len() - rest.trim_start().len();
            if !self.text[at..].starts_with('#') {
                return at;
            }
            at = line_end(self.text, at);
        }
    }

    fn after_comma(&self, offset: usize) -> Result<usize, CannotEdit> {
        let at = self.skip_blanks(offset);
        if !self.text[at..].starts_with(',') {
            return Err(CannotEdit::Layout);
        }
        Ok(self.skip_blanks(at + 1))
    }

    /// The dash, in the list's column, of the item whose content begins at `content`.
    fn next_dash(&self, list: NodeId, from: usize, content: usize) -> Result<usize, CannotEdit> {
        let column = self.column(self.start(list));
        let mut line = line_end(self.text, from);
        while line <= content && line < self.text.len() {
            let start = self.first_in_line(line);
            if start - line == column && self.text[start..].starts_with('-') {
                return Ok(start);
            }
            line = line_end(self.text, line);
        }
        Err(CannotEdit::Layout)
    }

    /// Where the entry begins whose key's text begins at `key`: an anchor or a tag may come first.
    fn key_start(&self, key: usize) -> Result<usize, CannotEdit> {
        let mut start = self.first_in_line(key).min(key);
        while self.text[start..key].starts_with('-') {
            let rest = &self.text[start + 1..key];
            start = key - rest.trim_start_matches(' ').len();
        }
        let before = &self.text[start..key];
        let is_plain = before.is_empty() || before.starts_with(['&', '!']);
        is_plain.then_some(start).ok_or(CannotEdit::Layout)
    }

    /// The first byte on the line of `offset` that is no space.
    pub(super) fn first_in_line(&self, offset: usize) -> usize {
        let start = line_start(self.text, offset);
        let rest = &self.text[start..];
        start + (rest.len() - rest.trim_start_matches(' ').len())
    }

    /// Bytes between the start of the line and `offset`.
    pub(super) fn column(&self, offset: usize) -> usize {
        offset - line_start(self.text, offset)
    }

    /// Whether nothing but spaces stands before `offset` on its line.
    pub(super) fn is_first_in_line(&self, offset: usize) -> bool {
        self.first_in_line(offset) == offset
    }

    /// The blanks before `offset`, if nothing else stands before it on its line.
    pub(super) fn lead(&self, offset: usize) -> Option<&str> {
        let before = &self.text[line_start(self.text, offset)..offset];
        before.bytes().all(|byte| matches!(byte, b' ' | b'\t')).then_some(before)
    }

    /// Whether the line that begins at `line` has spaces alone, or nothing.
    pub(super) fn is_blank(&self, line: usize) -> bool {
        line < self.text.len() && self.text[line..line_end(self.text, line)].trim().is_empty()
    }

    /// The line before the one that begins at `line`.
    pub(super) fn line_above(&self, line: usize) -> Option<usize> {
        (line > line_start(self.text, 0)).then(|| line_start(self.text, line - 1))
    }

    /// The column of the comment that has the line that begins at `line` to itself.
    fn comment_column(&self, line: usize) -> Option<usize> {
        let rest = self.text.get(line..)?;
        let comment = rest.trim_start_matches(' ');
        comment.starts_with('#').then(|| rest.len() - comment.len())
    }

    /// Where the lines of a block's part begin: with the comments right above it, in its column.
    pub(super) fn top(&self, part: Part) -> usize {
        let mut top = line_start(self.text, part.start);
        let column = part.start - top;
        while let Some(above) = self.line_above(top) {
            if self.comment_column(above) != Some(column) {
                break;
            }
            top = above;
        }
        top
    }

    /// Where the lines of a block's part end: with the comment behind it, and with those right below
    /// that are indented deeper.
    pub(super) fn bottom(&self, part: Part) -> usize {
        let column = self.column(part.start);
        let mut bottom = line_end(self.text, part.end);
        while self.comment_column(bottom).is_some_and(|deeper| deeper > column) {
            bottom = line_end(self.text, bottom);
        }
        bottom
    }

    /// The end of what the block that begins on a line of its own at `start` hangs from: a key's
    /// colon, a dash, an anchor. None for a block at the start of the file.
    pub(super) fn head_end(&self, start: usize) -> Option<usize> {
        let mut line = line_start(self.text, start);
        loop {
            line = self.line_above(line)?;
            if self.comment_column(line).is_none() && !self.is_blank(line) {
                break;
            }
        }
        let end = line_end(self.text, line);
        let comment = self.yaml.comments.iter().find(|comment| {
            let at = comment.start as usize;
            line <= at && at < end
        });
        let content = &self.text[line..comment.map_or(end, |comment| comment.start as usize)];
        Some(line + content.trim_end().len())
    }
}
