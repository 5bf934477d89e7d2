//! Values: words of closed sets, types and names.

use contracts::schema::{Presence, Shape, Text};
use syntax::yaml::{self, Limits};
use text::edit::TextEdit;
use text::span::Span;

use super::keys::New;
use super::place::{Form, Place, Typed};
use super::{Asked, Slot, names};
use crate::completion::{Item, ItemKind};

/// Something that could be a value.
pub(super) struct Candidate {
    pub(super) text: String,
    pub(super) kind: ItemKind,
    pub(super) detail: Option<String>,
    pub(super) documentation: Option<String>,
    /// Smaller comes first; candidates of one group keep their order.
    pub(super) group: usize,
}

/// The types that contracts mostly name.
const TYPES: &[&str] = &[
    "str", "int", "float", "bool", "list", "dict", "set", "tuple", "bytes", "Any", "None", "Path",
    "datetime",
];

/// What could be the value at `place`.
pub(super) fn of(
    asked: &Asked<'_, '_>,
    place: &Place<'_>,
    slot: &Slot<'_>,
    shape: &'static Shape,
    items: &mut Vec<Item>,
) {
    let typed = asked.context.typed;
    let is_json = matches!(asked.context.form, Form::Json(_));
    let mut is_text = true;
    let candidates = match shape {
        Shape::OneOf(words) => {
            let default = slot.key.map(|key| key.presence);
            let word = |(word, prose): &(&'static str, &'static str)| Candidate {
                text: (*word).to_owned(),
                kind: ItemKind::Value,
                detail: (default == Some(Presence::Default(word))).then(|| "default".to_owned()),
                documentation: Some((*prose).to_owned()),
                group: 0,
            };
            words.values.iter().map(word).collect()
        }
        Shape::Flag => {
            is_text = false;
            ["true", "false"].map(|word| plain(word, 0)).into()
        }
        Shape::Text(Text::Type) => return types(asked, items),
        Shape::Text(Text::Word | Text::Defines(_) | Text::Expression | Text::Matching(_)) => {
            // YAML takes the quotes of the example with it, JSON has its own.
            is_text = is_json || typed.quote.is_some();
            let key = slot.key.filter(|key| key.example.starts_with('"'));
            let example = key.map(|key| key.example.trim_matches('"'));
            let example = example.filter(|example| *example != "...");
            let text = example
                .map(|inner| if is_text { inner.to_owned() } else { format!("\"{inner}\"") });
            text.into_iter().map(|text| plain(&text, 0)).collect()
        }
        Shape::Text(text) => match text.names() {
            Some((sort, _)) => names::of(asked, place, slot, sort),
            None => return,
        },
        _ => return,
    };
    add_as(asked, is_text, candidates, items);
}

/// Adds values that are texts, each in the quotes that it needs.
pub(super) fn add(
    asked: &Asked<'_, '_>,
    candidates: impl IntoIterator<Item = Candidate>,
    items: &mut Vec<Item>,
) {
    add_as(asked, true, candidates, items);
}

fn add_as(
    asked: &Asked<'_, '_>,
    is_text: bool,
    candidates: impl IntoIterator<Item = Candidate>,
    items: &mut Vec<Item>,
) {
    for (index, candidate) in candidates.into_iter().enumerate() {
        if let Some(new) = asked.scalar(&candidate.text, is_text) {
            items.push(item(candidate, new, index));
        }
    }
}

fn plain(text: &str, group: usize) -> Candidate {
    let (detail, documentation) = (None, None);
    Candidate { text: text.to_owned(), kind: ItemKind::Value, detail, documentation, group }
}

fn item(candidate: Candidate, new: New, index: usize) -> Item {
    Item {
        filter: candidate.text.clone(),
        label: candidate.text,
        kind: candidate.kind,
        detail: candidate.detail,
        documentation: candidate.documentation,
        edit: new.edit,
        also: new.also,
        sort: format!("{}{index:03}", candidate.group),
        snippet: new.snippet,
    }
}

/// The word of a type that is being typed.
fn types(asked: &Asked<'_, '_>, items: &mut Vec<Item>) {
    let typed = asked.context.typed;
    let (text, offset) = (&*asked.request.text, asked.request.offset);
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
    let whole = typed.span.of(text);
    let before = &text[typed.span.start as usize..offset];
    let behind = &text[offset..typed.span.end as usize];
    let start = before
        .rfind(|letter| !is_part(letter))
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let end = behind.find(|letter| !is_part(letter)).unwrap_or(behind.len());
    let span = Span::new(typed.span.start as usize + start, offset + end);
    let mut names: Vec<String> = TYPES.iter().map(|name| (*name).to_owned()).collect();
    if span == typed.span {
        names.extend(["list[str]", "dict[str, Any]"].map(str::to_owned));
        names.extend(asked.types_in_use(whole));
    }
    for (index, name) in names.iter().enumerate() {
        let new = match span == typed.span {
            true => asked.scalar(name, true),
            false => Some(New::of(TextEdit::replace(span, name.as_str()))),
        };
        let mut seen = items.iter();
        if let Some(new) = new.filter(|_| !seen.any(|item| item.label == *name)) {
            items.push(item(plain(name, 0), new, index));
        }
    }
}

impl Asked<'_, '_> {
    /// The edit that puts a text, or another scalar as it is written; none where it cannot stand here.
    fn scalar(&self, word: &str, is_text: bool) -> Option<New> {
        let typed = self.context.typed;
        if let Form::Json(around) = self.context.form {
            return self.json_scalar(around, word, is_text);
        }
        let text = if is_text { written(word, typed)? } else { word.to_owned() };
        let before = if typed.blank_before { " " } else { "" };
        let after = if typed.blank_after { " " } else { "" };
        Some(New::of(TextEdit::replace(typed.span, format!("{before}{text}{after}"))))
    }

    /// The types that the contract names, but for the one that is being typed.
    fn types_in_use(&self, typed: &str) -> Vec<String> {
        let graph = self.request.sources.graph();
        let Some(facts) = self.request.contract().and_then(|contract| graph.contract(contract))
        else {
            return Vec::new();
        };
        let phases = facts.propagation().map_or(&[][..], |contract| &contract.phases);
        let fields = phases.iter().flat_map(|phase| phase.all_fields());
        let names = fields.filter_map(|(_, field)| field.type_name.map(|name| name.value));
        let mut names: Vec<&str> = names.map(|name| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().filter(|name| *name != typed).map(str::to_owned).collect()
    }
}

/// How `text` is written where `typed` stands, so that it is read as text; none where it cannot be.
pub(super) fn written(text: &str, typed: Typed) -> Option<String> {
    if text.contains(|letter: char| letter.is_control()) {
        return None;
    }
    Some(match typed.quote {
        Some((quote, is_closed)) => {
            let close = if is_closed { "" } else { &quote.to_string() };
            format!("{}{close}", escaped(text, quote))
        }
        None if is_plain(text, typed.in_flow) => text.to_owned(),
        None => format!("\"{}\"", escaped(text, '"')),
    })
}

fn escaped(text: &str, quote: char) -> String {
    match quote {
        '"' => text.replace('\\', "\\\\").replace('"', "\\\""),
        _ => text.replace('\'', "''"),
    }
}

/// Whether `text` means itself without quotes.
fn is_plain(text: &str, in_flow: bool) -> bool {
    let is_word = |letter: u8| letter.is_ascii_alphanumeric() || letter == b'_' || letter == b'.';
    // No word that means something else is longer than `false`.
    if text.len() > 5 && text.as_bytes()[0].is_ascii_alphabetic() && text.bytes().all(is_word) {
        return true;
    }
    let wrapped = if in_flow { format!("[{text}]") } else { format!("- {text}") };
    let tree = yaml::parse(&wrapped, &Limits::default());
    let is_itself = |root| match &tree.node(root).data {
        yaml::Data::Sequence(items) if items.len() == 1 => {
            tree.text_of(items[0]).is_some_and(|name| name.as_str() == text)
        }
        _ => false,
    };
    tree.problems.is_empty()
        && tree.comments.is_empty()
        && tree.documents.iter().all(|root| is_itself(*root))
}
