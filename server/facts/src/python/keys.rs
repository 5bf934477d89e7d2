//! Expressions as keys.

use contracts::value::Value as Literal;
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;

use super::body::Body;
use super::constants::dotted_name;
use super::held::{Held, Value};
use super::literals::{Piece, literal, parts, text};
use super::{Constant, EachKey, Joined, Key, Part, Root};

impl<'c> Body<'_, 'c> {
    /// Evaluates an expression as a key.
    pub(super) fn key(&mut self, node: Node<'c>) -> Key {
        // Most keys are text, which needs no evaluation.
        if node.kind() == Kind::String
            && let Some(text) = text(node)
        {
            return Key::Text(text);
        }
        let value = self.eval(node);
        let key = self.key_of(node, &value);
        self.settle(value);
        key
    }

    /// What `value`, which `node` evaluates to, is as a key.
    pub(super) fn key_of(&self, node: Node<'c>, value: &Value<'c>) -> Key {
        match &value.held {
            Held::Expression(node) => self.key_of_expression(*node),
            Held::Each(each) => Key::Each(Box::new(each.clone())),
            Held::Key(key) => key.clone(),
            // A constant of the class, as far as anybody can tell here.
            Held::Part(alias) if alias.is_whole() && value.pending.is_none() => {
                match alias.place.root {
                    Root::SelfAttribute(_) => dotted_name(node).map_or(Key::Unknown, Key::Name),
                    _ => Key::Unknown,
                }
            }
            Held::Unknown if node.kind() == Kind::Subscript => self.item_of_constant(node),
            _ => Key::Unknown,
        }
    }

    /// `KEYS["domain"]`, where the name is one of the module's.
    fn item_of_constant(&self, node: Node<'c>) -> Key {
        let mut keys = node.children().filter(|child| child.field() == Field::Subscript);
        let (Some(collection), Some(key), None) =
            (node.child(Field::Value), keys.next(), keys.next())
        else {
            return Key::Unknown;
        };
        let root = root_of(collection).map_or("", Node::text);
        match (dotted_name(collection), literal(key)) {
            (Some(name), Some(key @ (Literal::Text(_) | Literal::Int(_))))
                if !self.is_local(root) =>
            {
                Key::Item(Box::new((name, key)))
            }
            _ => Key::Unknown,
        }
    }

    fn key_of_expression(&self, node: Node<'c>) -> Key {
        match node.kind() {
            Kind::String | Kind::ConcatenatedString => match text(node) {
                Some(text) => Key::Text(text),
                None => self.pattern(node),
            },
            Kind::Identifier | Kind::Attribute => dotted_name(node).map_or(Key::Unknown, Key::Name),
            Kind::ParenthesizedExpression => {
                node.first().map_or(Key::Unknown, |inner| self.key_of_part(inner))
            }
            Kind::BinaryOperator => self.concatenation(node),
            Kind::Subscript => self.item_of_constant(node),
            Kind::ConditionalExpression => self.choice(node),
            _ => Key::Unknown,
        }
    }

    /// As a key, an expression that has been evaluated already.
    fn key_of_part(&self, node: Node<'c>) -> Key {
        match node.kind() {
            Kind::Identifier => {
                let held = self.lookup(node);
                match &held {
                    // One level of names: a name for a name is looked at where it was bound.
                    Held::Expression(inner) if inner.kind() == Kind::Identifier => {
                        dotted_name(*inner).map_or(Key::Unknown, Key::Name)
                    }
                    _ => self.key_of(node, &held.into()),
                }
            }
            Kind::Attribute => {
                let root = root_of(node).map_or("", Node::text);
                if self.is_local(root) { Key::Unknown } else { self.key_of_expression(node) }
            }
            _ => self.key_of_expression(node),
        }
    }

    fn choice(&self, node: Node<'c>) -> Key {
        let mut branches = node.children();
        let (first, last) = (branches.next(), branches.nth(1));
        let keys =
            [first, last].map(|node| node.map_or(Key::Unknown, |node| self.key_of_part(node)));
        either(&keys)
    }

    /// An f-string, or several strings side by side.
    fn pattern(&self, node: Node<'c>) -> Key {
        let strings: Vec<Node<'c>> = match node.kind() {
            Kind::ConcatenatedString => node.children().collect(),
            _ => vec![node],
        };
        let mut joined = Vec::new();
        for string in strings {
            let Some(pieces) = parts(string) else {
                return Key::Unknown;
            };
            for piece in pieces {
                match piece {
                    Piece::Text(text) => joined.push(Key::Text(Name::new(&text))),
                    Piece::Computed(node) => {
                        let plain = node.children().count() == 1;
                        let inner = node.child(Field::Expression).filter(|_| plain);
                        joined.push(inner.map_or(Key::Unknown, |inner| self.key_of_part(inner)));
                    }
                }
            }
        }
        put_together(joined)
    }

    /// `"a_" + name`
    fn concatenation(&self, node: Node<'c>) -> Key {
        if node.child(Field::Operator).is_none_or(|operator| operator.text() != "+") {
            return Key::Unknown;
        }
        let side = |side| node.child(side).map_or(Key::Unknown, |side| self.key_of_part(side));
        put_together(vec![side(Field::Left), side(Field::Right)])
    }
}

/// The name that a chain of attributes, subscripts and calls begins with.
pub(super) fn root_of(node: Node<'_>) -> Option<Node<'_>> {
    let mut node = node;
    loop {
        node = match node.kind() {
            Kind::Identifier => return Some(node),
            Kind::Attribute => node.child(Field::Object)?,
            Kind::Subscript => node.child(Field::Value)?,
            Kind::Call => node.child(Field::Function)?,
            _ => return None,
        };
    }
}

/// One of several keys.
pub(super) fn either(keys: &[Key]) -> Key {
    let texts: Option<Vec<Literal>> = keys
        .iter()
        .map(|key| match key {
            Key::Text(text) => Some(Literal::Text(*text)),
            _ => None,
        })
        .collect();
    match texts {
        Some(texts) => {
            let collection = Constant::Literal(Literal::List(texts));
            Key::Each(Box::new(EachKey { collection, part: Part::Item }))
        }
        None => Key::Unknown,
    }
}

/// The text of all parts in a row. Where one has to be looked up, that is left to whoever can.
fn put_together(parts: Vec<Key>) -> Key {
    let is_named = |part: &Key| match part {
        Key::Name(_) | Key::Item(_) | Key::Joined(_) => true,
        Key::Each(each) => !matches!(each.collection, Constant::Literal(_)),
        Key::Text(_) | Key::Pattern(_) | Key::Unknown => false,
    };
    if parts.iter().any(is_named) {
        return Key::Joined(Box::new(Joined { parts: parts.into() }));
    }
    let mut growing = Growing::default();
    parts.into_iter().for_each(|part| growing.add(part));
    growing.done()
}

/// How many texts a key is spelt out to; beyond, it is a pattern.
const MOST_TEXTS: usize = 64;

/// Text put together from known and unknown parts.
struct Growing {
    /// The texts that may stand before the first unknown part.
    prefixes: Vec<String>,
    /// The text after the last unknown part, once there is one.
    suffix: Option<String>,
}

impl Default for Growing {
    fn default() -> Growing {
        Growing { prefixes: vec![String::new()], suffix: None }
    }
}

impl Growing {
    fn known(&mut self, text: &str) {
        match &mut self.suffix {
            Some(suffix) => suffix.push_str(text),
            None => self.prefixes.iter_mut().for_each(|prefix| prefix.push_str(text)),
        }
    }

    fn add(&mut self, key: Key) {
        match key {
            Key::Text(text) => self.known(text.as_str()),
            Key::Pattern(ends) => {
                let (prefix, suffix) = *ends;
                self.known(prefix.as_str());
                self.suffix = Some(suffix.as_str().to_owned());
            }
            Key::Each(each) if self.suffix.is_none() => match *each {
                EachKey {
                    collection: Constant::Literal(Literal::List(items)),
                    part: Part::Item,
                } => self.multiply(&items),
                _ => self.suffix = Some(String::new()),
            },
            _ => self.suffix = Some(String::new()),
        }
    }

    /// Goes on with each of several texts.
    fn multiply(&mut self, items: &[Literal]) {
        let texts: Option<Vec<Name>> = items
            .iter()
            .map(|item| match item {
                Literal::Text(text) => Some(*text),
                _ => None,
            })
            .collect();
        match texts {
            Some(texts) if texts.len() * self.prefixes.len() <= MOST_TEXTS => {
                let with = |prefix: &String| {
                    let prefix = prefix.clone();
                    texts.iter().map(move |text| format!("{prefix}{text}")).collect::<Vec<_>>()
                };
                self.prefixes = self.prefixes.iter().flat_map(with).collect();
            }
            _ => self.suffix = Some(String::new()),
        }
    }

    fn done(self) -> Key {
        let first = self.prefixes.first().map_or("", String::as_str);
        match (self.suffix, self.prefixes.as_slice()) {
            (None, [only]) => Key::Text(Name::new(only)),
            (None, several) => {
                let texts = several.iter().map(|text| Key::Text(Name::new(text)));
                either(&texts.collect::<Vec<_>>())
            }
            (Some(suffix), all) => {
                let shared = all.iter().fold(first, |shared, text| common_start(shared, text));
                if shared.is_empty() && suffix.is_empty() {
                    return Key::Unknown;
                }
                Key::Pattern(Box::new((Name::new(shared), Name::new(&suffix))))
            }
        }
    }
}

fn common_start<'t>(one: &'t str, other: &str) -> &'t str {
    let same = one.char_indices().zip(other.chars()).find(|((_, left), right)| left != right);
    let end = same.map_or(one.len().min(other.len()), |((at, _), _)| at);
    one.get(..end).unwrap_or("")
}
