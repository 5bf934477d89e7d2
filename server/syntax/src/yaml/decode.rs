//! Scalars from their source, with the way back from decoded text to its place.
//!
//! The parser gives decoded text alone. Where a place inside of a scalar is asked for, it is
//! decoded once more, here, by the loader's rules for folds, escapes and block indents.

use text::span::Span;

use super::scalar::header_end;
use super::{Data, Node, Scalar, Style};

/// Maps `offset`, in the decoded text of the scalar `node`, back to `text`, which it was read from.
///
/// A character that an escape or a fold stands for is at the start of that. Anything else than a
/// scalar maps to its own start, and an offset past the decoded text to the scalar's end.
#[must_use]
pub fn source_offset(text: &str, node: &Node, offset: usize) -> usize {
    SourceOffsets::new(text, node).of(offset)
}

/// As [`source_offset`], for several offsets in one scalar.
#[derive(Debug)]
pub struct SourceOffsets {
    span: Span,
    scalar: Option<(Decoded, Style)>,
}

impl SourceOffsets {
    /// The offsets of `node`, which was read from `text`.
    #[must_use]
    pub fn new(text: &str, node: &Node) -> SourceOffsets {
        let scalar = match &node.data {
            Data::Scalar(Scalar { style, .. }) => {
                Some((decode(text, node.span.range(), *style), *style))
            }
            _ => None,
        };
        SourceOffsets { span: node.span, scalar }
    }

    /// Where `offset` is in the source.
    #[must_use]
    pub fn of(&self, offset: usize) -> usize {
        let (start, end) = (self.span.start as usize, self.span.end as usize);
        let Some((decoded, style)) = &self.scalar else {
            return start;
        };
        let after = decoded.pieces.partition_point(|piece| piece.decoded <= offset);
        let Some(index) = after.checked_sub(1).filter(|_| offset < decoded.text.len()) else {
            // The end of the content, in front of a closing quote.
            let closing = usize::from(matches!(style, Style::Single | Style::Double));
            let past = offset == 0 || offset >= decoded.text.len();
            return if past { end.saturating_sub(closing) } else { start };
        };
        let piece = &decoded.pieces[index];
        let inside = if piece.literal { offset - piece.decoded } else { 0 };
        (piece.source + inside).min(end)
    }
}

/// Decoded text, and where its pieces come from.
#[derive(Default, Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug)]
struct Piece {
    decoded: usize,
    source: usize,
    /// Whether it stands in the source as it is, character for character.
    literal: bool,
}

impl Decoded {
    fn literal(&mut self, source: usize, text: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece { decoded: self.text.len(), source, literal: true });
            self.text.push_str(text);
        }
    }

    fn stands_for(&mut self, source: usize, text: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece { decoded: self.text.len(), source, literal: false });
            self.text.push_str(text);
        }
    }
}

/// Decodes the scalar at `range`.
pub(super) fn decode(text: &str, range: std::ops::Range<usize>, style: Style) -> Decoded {
    let start = range.start;
    let mut reader =
        Reader { text, at: start, end: range.end.min(text.len()), out: Decoded::default() };
    match style {
        Style::Plain => reader.flow(None),
        Style::Single | Style::Double => {
            reader.at = (start + 1).min(reader.end);
            reader.end = reader.end.saturating_sub(1).max(reader.at);
            reader.flow(Some(style == Style::Double));
        }
        Style::Literal | Style::Folded => {
            reader.end = text.len();
            reader.block(start, range.end, style == Style::Folded);
        }
    }
    reader.out
}

/// The line break that `rest` begins with: how long it is, and what it is read as.
fn line_break(rest: &str) -> Option<(usize, &str)> {
    let length = match rest.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        [0xC2, 0x85, ..] => 2,
        // The line and the paragraph separator stay what they are.
        [0xE2, 0x80, 0xA8 | 0xA9, ..] => return Some((3, &rest[..3])),
        _ => return None,
    };
    Some((length, "\n"))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    out: Decoded,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or("")
    }

    fn take(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|character| !fits(character)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn take_break(&mut self) -> Option<&'a str> {
        let (length, read) = line_break(self.rest())?;
        self.at += length;
        Some(read)
    }

    /// Plain (`None`) and quoted text, the latter with escapes if `Some(true)`.
    fn flow(&mut self, quotes: Option<bool>) {
        while self.at < self.end {
            let from = self.at;
            let blanks = self.take(|character| matches!(character, ' ' | '\t'));
            if line_break(self.rest()).is_some() {
                self.fold(from);
                continue;
            }
            self.out.literal(from, blanks);
            let from = self.at;
            let word = self.take(|character| match character {
                ' ' | '\t' | '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => false,
                '\\' => quotes != Some(true),
                '\'' => quotes != Some(false),
                _ => true,
            });
            self.out.literal(from, word);
            match self.rest().as_bytes().first() {
                Some(b'\\') if quotes == Some(true) => self.escape(),
                Some(b'\'') if quotes == Some(false) => {
                    self.out.stands_for(self.at, "'");
                    self.at += 2;
                }
                _ => {}
            }
        }
    }

    /// A line break between words, with the blanks around it.
    fn fold(&mut self, from: usize) {
        let first = self.take_break().unwrap_or("");
        let mut breaks = String::new();
        if first != "\n" {
            breaks.push_str(first);
        }
        self.more_breaks(&mut breaks);
        if first == "\n" && breaks.is_empty() {
            breaks.push(' ');
        }
        self.out.stands_for(from, &breaks);
    }

    fn more_breaks(&mut self, breaks: &mut String) {
        loop {
            self.take(|character| matches!(character, ' ' | '\t'));
            match self.take_break() {
                Some(one) => breaks.push_str(one),
                None => return,
            }
        }
    }

    fn escape(&mut self) {
        let from = self.at;
        self.at += 1;
        if self.take_break().is_some() {
            let mut breaks = String::new();
            self.more_breaks(&mut breaks);
            self.out.stands_for(from, &breaks);
            return;
        }
        let Some(letter) = self.rest().chars().next() else {
            return;
        };
        self.at += letter.len_utf8();
        let digits = match letter {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let meant = if digits > 0 {
            let hex = self.rest().get(..digits).unwrap_or("");
            self.at += hex.len();
            u32::from_str_radix(hex, 16).ok().and_then(char::from_u32).unwrap_or('\u{FFFD}')
        } else {
            escaped(letter)
        };
        self.out.stands_for(from, meant.encode_utf8(&mut [0; 4]));
    }

    /// A block scalar, whose header is at `start`; its lines go on as far as they are indented.
    fn block(&mut self, start: usize, content_end: usize, folded: bool) {
        let header = self.text.get(start..header_end(self.text, start)).unwrap_or("");
        let digit = header.chars().find_map(|character| character.to_digit(10));
        let known = digit.and_then(|digit| explicit_indent(self.text, start, digit as usize));
        self.at = start;
        self.take(|character| !is_break(character));
        self.take_break();
        let Some(indent) = known.or_else(|| self.indent(content_end, digit.is_some())) else {
            return;
        };
        let mut breaks = Vec::new();
        self.breaks(indent, &mut breaks);
        let mut last: Option<(usize, &str)> = None;
        while self.column() == indent && self.at < self.end {
            for (source, one) in breaks.drain(..) {
                self.out.stands_for(source, one);
            }
            let from = self.at;
            let line = self.take(|character| !is_break(character));
            self.out.literal(from, line);
            let source = self.at;
            let one = self.take_break().unwrap_or("");
            last = Some((source, one));
            self.breaks(indent, &mut breaks);
            if self.column() != indent || self.at >= self.end {
                break;
            }
            let blank = |text: &str| text.starts_with([' ', '\t']);
            if folded && one == "\n" && !blank(line) && !blank(self.rest()) {
                if breaks.is_empty() {
                    self.out.stands_for(source, " ");
                }
            } else {
                self.out.stands_for(source, one);
            }
        }
        if let Some((source, one)) = last.filter(|_| !header.contains('-')) {
            self.out.stands_for(source, one);
        }
        if header.contains('+') {
            for (source, one) in breaks {
                self.out.stands_for(source, one);
            }
        }
    }

    /// How far the lines of a block are indented: as its first line, or as its least indented one
    /// where the header says that the first has spaces of its own. Without content there is none.
    fn indent(&self, content_end: usize, explicit: bool) -> Option<usize> {
        let rest = self.text.get(self.at..).unwrap_or("");
        let content = content_end.saturating_sub(self.at).min(rest.len());
        let content = rest.get(..content).unwrap_or("");
        let mut indents = content
            .split(['\r', '\n', '\u{85}', '\u{2028}', '\u{2029}'])
            .filter(|line| !line.trim_matches(' ').is_empty())
            .map(|line| line.len() - line.trim_start_matches(' ').len());
        if explicit {
            return indents.min();
        }
        indents.next().or_else(|| {
            // Blank lines alone: they are indented as the widest of them.
            let lines = rest.split(['\r', '\n', '\u{85}', '\u{2028}', '\u{2029}']);
            let blank = lines.take_while(|line| line.trim_matches(' ').is_empty());
            blank.map(str::len).max().map(|widest| widest.max(1))
        })
    }

    fn breaks(&mut self, indent: usize, breaks: &mut Vec<(usize, &'a str)>) {
        loop {
            while self.column() < indent && self.rest().starts_with(' ') {
                self.at += 1;
            }
            let source = self.at;
            match self.take_break() {
                Some(one) => breaks.push((source, one)),
                None => return,
            }
        }
    }

    fn column(&self) -> usize {
        let before = &self.text[..self.at];
        let line = before
            .rfind(is_break)
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        self.at - line
    }
}

/// Whether a character ends a line for the loader.
pub(super) fn is_break(character: char) -> bool {
    matches!(character, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// How far the lines are indented whose header, at `start`, says `digit`: so much further than the
/// collection around, as far as the header's line shows that one.
fn explicit_indent(text: &str, start: usize, digit: usize) -> Option<usize> {
    let line = text[..start]
        .rfind(is_break)
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let before = &text[line..start];
    let mut rest = before.trim_start_matches(' ');
    let mut dash = None;
    while let Some(behind) = rest.strip_prefix(['-', '?', ':']).filter(|rest| rest.starts_with(' '))
    {
        dash = Some(before.len() - rest.len());
        rest = behind.trim_start_matches(' ');
    }
    let column = before.len() - rest.len();
    let bare = rest.is_empty() || rest.starts_with(['&', '!']);
    let parent = if bare { dash? } else { column };
    (!rest.starts_with("---")).then_some(parent + digit)
}

/// What a backslash and this letter stand for; the parser let no other pass.
fn escaped(letter: char) -> char {
    match letter {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' => '\t',
        'n' => '\n',
        'v' => '\u{B}',
        'f' => '\u{C}',
        'r' => '\r',
        'e' => '\u{1B}',
        'N' => '\u{85}',
        '_' => '\u{A0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        other => other,
    }
}
