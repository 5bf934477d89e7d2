//! JSON, strictly, as a tree of the same kind as that of YAML.
//!
//! JSON is nearly YAML, but a bare `yes`, `1e3` or a comment is one thing to the one and another to
//! the other. Nothing is read that a reader of JSON would refuse: at the first fault reading ends,
//! and what came before is kept.

use text::span::Span;

use crate::yaml::{
    Data, Entry, Limits, Node, NodeId, Notation, Problem, ProblemKind, Scalar, Style, Value, Yaml,
};

mod scalar;

#[cfg(test)]
mod tests;

/// Reads `text` as far as it is JSON.
#[must_use]
pub fn parse(text: &str, limits: &Limits) -> Yaml {
    let yaml = Yaml { notation: Notation::Json, ..Yaml::default() };
    let mut reader = Reader { text, at: 0, depth: 0, limits, yaml };
    if text.len() > limits.bytes {
        let message = format!("the file is larger than {} bytes and was not read", limits.bytes);
        reader.problem(Span::empty(0), ProblemKind::OverBudget(message));
        return reader.yaml;
    }
    reader.skip_blanks();
    let end = match reader.value() {
        Ok(root) => {
            reader.yaml.documents.push(root);
            reader.end()
        }
        Err(fault) => {
            // What was read before is a document all the same.
            if !reader.yaml.nodes.is_empty() {
                reader.yaml.documents.push(NodeId::new(0));
            }
            Err(fault)
        }
    };
    if let Err(Fault { span, kind }) = end {
        reader.problem(span, kind);
    }
    reader.yaml
}

/// Why reading ended.
struct Fault {
    span: Span,
    kind: ProblemKind,
}

type Read<T> = Result<T, Fault>;

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    limits: &'t Limits,
    yaml: Yaml,
}

impl Reader<'_> {
    fn value(&mut self) -> Read<NodeId> {
        match self.peek() {
            Some('{') => self.collection('}', Reader::entries),
            Some('[') => self.collection(']', Reader::items),
            Some('"') => self.string(),
            Some(letter) if letter == '-' || letter.is_ascii_digit() => self.number(),
            Some(letter) if letter.is_alphabetic() => self.word(),
            Some('\'') => Err(self.here("text stands in double quotes in JSON; change the quotes")),
            Some('/' | '#') => Err(self.here("JSON has no comments; remove it")),
            Some(_) => Err(self.here("a value cannot begin with this character")),
            None => Err(self.here("a value is missing here")),
        }
    }

    /// A value inside of a collection. One that breaks off is kept as far as it goes.
    fn part(&mut self) -> (Option<NodeId>, Read<()>) {
        let next = self.yaml.nodes.len();
        match self.value() {
            Ok(value) => (Some(value), Ok(())),
            Err(fault) => {
                let begun = (self.yaml.nodes.len() > next)
                    .then(|| NodeId::new(u32::try_from(next).unwrap_or(u32::MAX)));
                (begun, Err(fault))
            }
        }
    }

    /// A collection up to its closing bracket. Where it breaks off, what it holds so far is kept.
    fn collection(
        &mut self,
        close: char,
        inside: fn(&mut Self, char) -> (Data, Read<()>),
    ) -> Read<NodeId> {
        let start = self.at;
        if self.depth == self.limits.depth.min(DEEPEST) {
            let message = format!(
                "more than {} collections inside each other; the rest of the file was not read",
                self.depth
            );
            return Err(Fault { span: self.letter(), kind: ProblemKind::OverBudget(message) });
        }
        let node = self.push(start, Data::Unreadable);
        self.depth += 1;
        self.at += 1;
        self.skip_blanks();
        let (data, end) = inside(self, close);
        self.depth -= 1;
        let held = &mut self.yaml.nodes[node.index()];
        held.data = data;
        held.span = Span::new(start, self.at);
        end.map(|()| node)
    }

    fn items(&mut self, close: char) -> (Data, Read<()>) {
        let mut items = Vec::new();
        let end = self.separated(close, |reader| {
            let (item, end) = reader.part();
            items.extend(item);
            end
        });
        (Data::Sequence(items.into()), end)
    }

    fn entries(&mut self, close: char) -> (Data, Read<()>) {
        let mut entries = Vec::new();
        let end = self.separated(close, |reader| {
            if reader.peek() != Some('"') {
                return Err(
                    reader.here("a key stands in double quotes in JSON; write `\"key\": ...`")
                );
            }
            let key = reader.string()?;
            reader.skip_blanks();
            if reader.peek() != Some(':') {
                return Err(reader.here("a `:` is missing behind the key"));
            }
            reader.at += 1;
            reader.skip_blanks();
            let (value, end) = reader.part();
            // A key whose value is missing is there all the same.
            let value = value.unwrap_or_else(|| reader.push(reader.at, Data::Unreadable));
            entries.push(Entry { key, value });
            end
        });
        (Data::Mapping(entries.into()), end)
    }

    fn separated(&mut self, close: char, mut part: impl FnMut(&mut Self) -> Read<()>) -> Read<()> {
        if self.peek() == Some(close) {
            self.at += 1;
            return Ok(());
        }
        loop {
            part(self)?;
            self.skip_blanks();
            match self.peek() {
                Some(',') => {
                    let comma = self.letter();
                    self.at += 1;
                    self.skip_blanks();
                    if self.peek() == Some(close) {
                        let message =
                            "nothing follows this comma, which JSON does not allow; remove it";
                        return Err(syntax(comma, message));
                    }
                }
                Some(letter) if letter == close => {
                    self.at += 1;
                    return Ok(());
                }
                Some(_) => return Err(self.here(&format!("a `,` or a `{close}` is missing here"))),
                None => return Err(self.here(&format!("a `{close}` is missing at the end"))),
            }
        }
    }

    fn end(&mut self) -> Read<()> {
        self.skip_blanks();
        if self.at == self.text.len() {
            return Ok(());
        }
        Err(self.here("a JSON file holds one value, and something follows it"))
    }

    fn string(&mut self) -> Read<NodeId> {
        let start = self.at;
        let (end, value) =
            scalar::string(self.text, start).map_err(|(span, message)| syntax(span, message))?;
        self.at = end;
        let data = Data::Scalar(Scalar { value: Value::of_text(&value), style: Style::Double });
        Ok(self.push(start, data))
    }

    fn number(&mut self) -> Read<NodeId> {
        let (start, end) = (self.at, scalar::word_end(self.text, self.at));
        let written = &self.text[start..end];
        let Some(value) = scalar::number(written) else {
            let message =
                format!("`{}` is no number in JSON; correct it, or quote it", shortened(written));
            return Err(syntax(Span::new(start, end), &message));
        };
        self.at = end;
        Ok(self.push(start, Data::Scalar(Scalar { value, style: Style::Plain })))
    }

    fn word(&mut self) -> Read<NodeId> {
        let (start, end) = (self.at, scalar::word_end(self.text, self.at));
        let written = &self.text[start..end];
        let value = match written {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => {
                let message = format!(
                    "`{}` stands without quotes; text stands in double quotes in JSON",
                    shortened(written)
                );
                return Err(syntax(Span::new(start, end), &message));
            }
        };
        self.at = end;
        Ok(self.push(start, Data::Scalar(Scalar { value, style: Style::Plain })))
    }

    fn push(&mut self, start: usize, data: Data) -> NodeId {
        let place = u32::try_from(self.yaml.nodes.len()).unwrap_or(u32::MAX);
        self.yaml.nodes.push(Node { span: Span::new(start, self.at), data, anchored: false });
        NodeId::new(place)
    }

    fn skip_blanks(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// The character here.
    fn letter(&self) -> Span {
        Span::new(self.at, self.at + self.peek().map_or(0, char::len_utf8))
    }

    fn here(&self, message: &str) -> Fault {
        syntax(self.letter(), message)
    }

    fn problem(&mut self, span: Span, kind: ProblemKind) {
        self.yaml.problems.push(Problem { span, kind });
    }
}

/// Deeper, the reader's own stack would run out.
const DEEPEST: usize = 255;

fn syntax(span: Span, message: &str) -> Fault {
    Fault { span, kind: ProblemKind::Syntax(message.to_owned()) }
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}
