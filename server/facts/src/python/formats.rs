//! Texts with places to fill in: `"%(plan)s" % context`, `"{plan}".format(**context)`.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;
use text::span::Span;

use super::body::Body;
use super::held::{Held, Value};
use super::literals::text;
use super::{Action, Key};

/// How many places of one text are told apart.
const MOST_PLACES: usize = 256;

/// How deep places may stand in places.
const DEEPEST_PLACE: usize = 4;

/// A place in a text: the key, and a key below it where that is written out.
type Filled = (String, Option<String>);

impl<'c> Body<'_, 'c> {
    /// `text % mapping`: reads what the text names. Whether the text is known and names all that it
    /// takes; else nothing is done.
    pub(super) fn fill_percent(&mut self, format: &Held<'c>, value: &Value<'c>, at: Span) -> bool {
        let names = self.format_text(format).and_then(|text| named_by_percent(text.as_str()));
        self.fill(names, value, at)
    }

    /// `text.format_map(mapping)`, `text.format(**mapping)`: reads what the text names. Whether that
    /// is all that happens here; else nothing is done.
    pub(super) fn fill_braces(
        &mut self,
        format: &Held<'c>,
        method: &str,
        arguments: Node<'c>,
    ) -> bool {
        if arguments.kind() != Kind::ArgumentList || !matches!(method, "format" | "format_map") {
            return false;
        }
        let Some(names) = self.format_text(format).and_then(|text| named_by_braces(text.as_str()))
        else {
            return false;
        };
        let (mut mapping, mut given) = (None, Vec::new());
        for argument in arguments.children() {
            match (argument.kind(), method) {
                (Kind::KeywordArgument, "format") => given.push(argument),
                (Kind::DictionarySplat, "format") if mapping.is_none() => {
                    mapping = argument.first();
                }
                (Kind::ListSplat | Kind::DictionarySplat | Kind::KeywordArgument, _) => {
                    return false;
                }
                (_, "format_map") if mapping.is_none() => mapping = Some(argument),
                // What is taken by its number.
                (_, "format") => given.push(argument),
                _ => return false,
            }
        }
        let Some(mapping) = mapping else {
            return false;
        };
        let keywords: Vec<&str> = given
            .iter()
            .filter_map(|argument| argument.child(Field::Name))
            .map(Node::text)
            .collect();
        let names = names
            .into_iter()
            .filter(|(name, _)| !keywords.contains(&name.as_str()) && !is_number(name))
            .collect();
        for argument in given {
            let named = argument.kind() == Kind::KeywordArgument;
            let inner = if named { argument.child(Field::Value) } else { Some(argument) };
            let Some(inner) = inner else { continue };
            let value = self.eval(inner);
            self.current = inner.span();
            self.read_whole(value);
        }
        let value = self.eval(mapping);
        if !self.fill(Some(names), &value, mapping.span()) {
            self.current = mapping.span();
            self.read_whole(value);
        }
        true
    }

    /// The text that is known to be in `held`.
    fn format_text(&self, held: &Held<'c>) -> Option<Name> {
        match held {
            Held::Key(Key::Text(name)) => Some(*name),
            Held::Expression(node) => match node.kind() {
                Kind::String | Kind::ConcatenatedString => text(*node),
                Kind::ParenthesizedExpression => self.format_text(&Held::Expression(node.first()?)),
                _ => None,
            },
            _ => None,
        }
    }

    fn fill(&mut self, names: Option<Vec<Filled>>, value: &Value<'c>, at: Span) -> bool {
        let followed = matches!(value.held, Held::Part(_) | Held::Copy(_));
        let Some(names) = names.filter(|_| followed) else {
            return false;
        };
        // Where it is filled with nothing, the mapping is still looked up.
        if names.is_empty() {
            self.discard(value.clone());
        }
        for (name, below) in names {
            let held = value.held.clone();
            let key = Key::Text(Name::new(&name));
            let mut read = self.item(held, key, Action::ReadHard, at);
            if let Some(below) = below {
                let key = Key::Text(Name::new(&below));
                read = self.item(read.held, key, Action::ReadHard, at);
            }
            self.discard(read);
        }
        true
    }
}

fn is_number(name: &str) -> bool {
    name.is_empty() || name.bytes().all(|byte| byte.is_ascii_digit())
}

/// The keys that `%(key)s` names; none where the text takes anything else as well.
fn named_by_percent(format: &str) -> Option<Vec<Filled>> {
    let mut names: Vec<Filled> = Vec::new();
    let mut rest = format;
    while let Some((_, after)) = rest.split_once('%') {
        if let Some(after) = after.strip_prefix('%') {
            rest = after;
            continue;
        }
        let (name, after) = after.strip_prefix('(')?.split_once(')')?;
        if name.contains('(') {
            return None;
        }
        note(&mut names, (name.to_owned(), None))?;
        rest = after;
    }
    (!names.is_empty()).then_some(names)
}

/// The keys that `{key}` names, those of formats in formats included; none where the text is no
/// format.
fn named_by_braces(format: &str) -> Option<Vec<Filled>> {
    let mut names = Vec::new();
    note_braces(format, &mut names, DEEPEST_PLACE)?;
    Some(names)
}

fn note_braces(format: &str, names: &mut Vec<Filled>, depth: usize) -> Option<()> {
    let deeper = depth.checked_sub(1)?;
    let mut rest = format;
    while let Some(at) = rest.find(['{', '}']) {
        let after = &rest[at + 1..];
        let doubled = rest[at..].chars().next();
        if after.chars().next() == doubled {
            rest = &after[1..];
            continue;
        }
        if doubled == Some('}') {
            return None;
        }
        let inner = &after[..closing(after)?];
        let name = inner.split(['.', '[', '!', ':']).next()?;
        let below = inner[name.len()..].strip_prefix('[').and_then(|part| part.split_once(']'));
        let below = below.map(|(below, _)| below).filter(|below| !is_number(below));
        note(names, (name.to_owned(), below.map(str::to_owned)))?;
        if let Some((_, format)) = inner.split_once(':') {
            note_braces(format, names, deeper)?;
        }
        rest = &after[inner.len() + 1..];
    }
    Some(())
}

/// Where the brace that opened before `text` is closed.
fn closing(text: &str) -> Option<usize> {
    let mut open = 1usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => open += 1,
            b'}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some(at);
        }
    }
    None
}

fn note(names: &mut Vec<Filled>, filled: Filled) -> Option<()> {
    if !names.contains(&filled) {
        names.push(filled);
    }
    (names.len() <= MOST_PLACES).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(names: Option<Vec<Filled>>) -> Option<String> {
        let one = |(name, below): Filled| match below {
            Some(below) => format!("{name}.{below}"),
            None => name,
        };
        names.map(|names| names.into_iter().map(one).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn keys_of_percent() {
        let keys = |text| keys(named_by_percent(text));
        assert_eq!(keys("%(a)s of %(b)05.2f, 10%% of %(a)s").as_deref(), Some("a b"));
        assert_eq!(keys("%s of %(b)s"), None);
        assert_eq!(keys("all of it"), None);
        assert_eq!(keys("100%"), None);
    }

    #[test]
    fn keys_of_braces() {
        let keys = |text| keys(named_by_braces(text));
        assert_eq!(keys("{a} {{b}} {c!r:>{d}} {e.f} {g[h]}").as_deref(), Some("a c d e g.h"));
        assert_eq!(keys("{} {0[a]}").as_deref(), Some(" 0.a"));
        assert_eq!(keys("nothing").as_deref(), Some(""));
        assert_eq!(keys("{a"), None);
        assert_eq!(keys("a}"), None);
        assert_eq!(keys("{a:{b:{c:{d:{e}}}}}"), None);
    }
}
