//! Python: names of fields where code names one of the context's.

use std::collections::BTreeSet;

use contracts::path::{FieldPath, Relation};
use text::edit::TextEdit;
use text::span::Span;

use self::handed::Handed;
use self::part::{Part, Parts};
use self::seats::{Seated, seats};
use self::tokens::{Literal, Token, Words};
use super::fields::Catalogue;
use super::{Item, ItemKind, Request};

mod handed;
mod matched;
mod part;
mod seats;
mod tokens;
mod told;

/// Methods whose first argument is a key.
const KEYED: [&str; 5] = ["get", "pop", "setdefault", "__getitem__", "__contains__"];

/// What could stand at the cursor of a Python file.
pub(super) fn items(request: &Request<'_>) -> Vec<Item> {
    let text = &*request.text;
    let Some(words) = Words::before(text, request.offset) else {
        return Vec::new();
    };
    let Some(literal) = words.literal else {
        return Vec::new();
    };
    let typed = Typed::new(request, literal);
    if let Some(offers) = told::offers(request, &words) {
        return offers.into_iter().enumerate().map(|offer| typed.told(offer)).collect();
    }
    let handed = Handed::new(request, &words);
    let python = &request.sources.graph().settings().python;
    let parts = Parts { words: &words, python, handed: &handed };
    let Some(question) = question(&parts, &typed, text) else {
        return Vec::new();
    };
    let edit = |name: &str| typed.edit(name, question.is_subscript);
    let mut items: Vec<Item> = Vec::new();
    let mut seen = BTreeSet::new();
    for seated in seats(request, &words) {
        let catalogue = Catalogue::new(&seated.pipeline, |at| request.is_here(at));
        for (group, path) in children(&catalogue, &seated, &question) {
            let Some(segment) = path.segments().last().copied() else { continue };
            let name = segment.as_str();
            if name.contains(['*', '\\', '"', '\''])
                || name.starts_with("_cc_")
                || !seen.insert(segment)
            {
                continue;
            }
            let known = catalogue.detail(path);
            let pipeline = format!("of {}", seated.pipeline.name);
            let detail = if known.is_empty() { pipeline } else { format!("{known} {pipeline}") };
            items.push(Item {
                label: name.to_owned(),
                kind: ItemKind::Field,
                detail: Some(detail),
                documentation: catalogue.description(request.sources, path),
                edit: edit(name),
                filter: name.to_owned(),
                sort: format!("{group}{:03}", items.len()),
                also: None,
                snippet: false,
            });
        }
    }
    items
}

/// What code asks for at the cursor.
struct Question {
    part: Part,
    /// Whether the cursor is in the key of a subscript, whose bracket may still be missing.
    is_subscript: bool,
    /// Whether the field is probably written: the statement begins with it.
    is_write: bool,
}

/// What is typed of a name.
struct Typed {
    span: Span,
    quote: char,
    is_closed: bool,
    /// Whether the line goes on with `]` behind the literal.
    has_bracket: bool,
}

impl Typed {
    fn new(request: &Request<'_>, literal: Literal) -> Typed {
        let (text, offset) = (&*request.text, request.offset);
        let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.');
        let rest = &text[offset..];
        let word = rest.find(|letter| !is_part(letter)).map_or(text.len(), |at| offset + at);
        // A quote further on closes another literal.
        let close = literal.close(text).filter(|close| *close == word);
        let behind = text.get(close.map_or(word, |close| close + 1)..).unwrap_or("");
        Typed {
            span: Span::new(literal.start, word),
            quote: literal.quote,
            is_closed: close.is_some(),
            has_bracket: behind.trim_start_matches(' ').starts_with(']'),
        }
    }

    /// The text behind the literal.
    fn behind<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.span.end as usize + usize::from(self.is_closed)..).unwrap_or("")
    }

    /// The offer of a name that a checker is told.
    fn told(&self, (index, offer): (usize, told::Offer)) -> Item {
        let told::Offer { name, kind, detail, documentation, group } = offer;
        Item {
            kind,
            detail: Some(detail),
            documentation,
            edit: self.edit(&name, false),
            filter: name.clone(),
            sort: format!("{group}{index:03}"),
            also: None,
            snippet: false,
            label: name,
        }
    }

    fn edit(&self, name: &str, is_subscript: bool) -> TextEdit {
        let mut new_text = name.to_owned();
        if !self.is_closed {
            new_text.push(self.quote);
            if is_subscript && !self.has_bracket {
                new_text.push(']');
            }
        }
        TextEdit::replace(self.span, new_text)
    }
}

/// Which part of the context the literal at the cursor is a key of.
fn question(parts: &Parts<'_, '_>, typed: &Typed, text: &str) -> Option<Question> {
    let tokens = &parts.words.tokens;
    let end = tokens.len();
    let token = |back: usize| end.checked_sub(back).and_then(|index| tokens.get(index)).copied();
    let asked = |part: Part, is_subscript: bool| {
        let before = part.start.checked_sub(1).map(|index| tokens[index]);
        let is_write = matches!(before, None | Some(Token::Break)) && is_subscript;
        Some(Question { part, is_subscript, is_write })
    };
    match token(1)? {
        Token::Mark("[") => {
            if let Some(part) = parts.ending(end - 1) {
                return asked(part, true);
            }
        }
        Token::Mark("(") => {
            if let (Some(Token::Name(method)), Some(Token::Mark("."))) = (token(2), token(3))
                && KEYED.contains(&method)
            {
                return asked(parts.ending(end - 3)?, false);
            }
        }
        Token::Mark("{" | ",") => {
            if let Some(part) = updated(parts) {
                return Some(Question { part, is_subscript: false, is_write: true });
            }
            if let Some(part) = parts.matched() {
                return Some(Question { part, is_subscript: false, is_write: false });
            }
        }
        _ => {}
    }
    let part = tested(parts, typed, text)?;
    Some(Question { part, is_subscript: false, is_write: false })
}

/// The part that the dict around the cursor updates.
fn updated(parts: &Parts<'_, '_>) -> Option<Part> {
    let words = parts.words;
    let open = *words.open.last()?;
    let before = |back: usize| open.checked_sub(back).map(|index| words.tokens[index]);
    if words.tokens[open] != Token::Mark("{") {
        return None;
    }
    match (before(1)?, before(2)) {
        (Token::Mark("("), Some(Token::Name("update"))) => parts.ending(open.checked_sub(3)?),
        (Token::Mark("|="), _) => parts.ending(open - 1),
        _ => None,
    }
}

/// The part in which the literal is looked for: `"x" in context`.
fn tested(parts: &Parts<'_, '_>, typed: &Typed, text: &str) -> Option<Part> {
    if !typed.is_closed {
        return None;
    }
    let rest = typed.behind(text).lines().next()?.trim_start();
    let rest = rest.strip_prefix("not ").map_or(rest, str::trim_start);
    let rest = rest.strip_prefix("in ")?;
    let ends = |letter: char| {
        !(letter.is_alphanumeric() || matches!(letter, '_' | '.' | '"' | '\'' | '[' | ']'))
    };
    let container = &rest[..rest.find(ends).unwrap_or(rest.len())];
    let more = Words::before(container, container.len())?;
    let mut all = parts.words.clone();
    all.tokens.push(Token::Name("in"));
    let from = all.tokens.len();
    all.tokens.extend(more.tokens);
    let part = Parts { words: &all, ..*parts }.ending(all.tokens.len())?;
    (part.start == from).then_some(part)
}

/// The fields right below the part that is asked about, with how likely each is meant.
fn children(all: &Catalogue<'_>, seated: &Seated, question: &Question) -> Vec<(usize, FieldPath)> {
    let depth = question.part.keys.len();
    let base = (depth > 0).then(|| FieldPath::from_segments(question.part.keys.clone()));
    let below = all.fields.keys().filter(|path| {
        path.segments().len() == depth + 1
            && base.is_none_or(|base| base.relation(**path) == Some(Relation::Parent))
    });
    let mut children: Vec<(usize, FieldPath)> =
        below.map(|path| (seated.group(all, *path, question.is_write), *path)).collect();
    children.sort_by_key(|(group, path)| {
        (*group, all.first_producer(*path).unwrap_or(usize::MAX), *path)
    });
    children
}
