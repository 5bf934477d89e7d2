//! Expressions as keys.

use contracts::value::Value as Literal;
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;

use super::body::Body;
use super::constants::dotted_name;
use super::held::{Held, Value};
use super::literals::{Piece, parts, text};
use super::{Constant, EachKey, Key, Part, Root};

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
            Held::Each(each) => Key::Each(each.clone()),
            Held::Key(key) => key.clone(),
            // A constant of the class, as far as anybody can tell here.
            Held::Part(alias) if alias.is_whole() && value.pending.is_none() => {
                match alias.place.root {
                    Root::SelfAttribute(_) => dotted_name(node).map_or(Key::Unknown, Key::Name),
                    _ => Key::Unknown,
                }
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
            Kind::ParenthesizedExpression => node
                .first()
                .map_or(Key::Unknown, |inner| self.key_of_part(inner)),
            Kind::BinaryOperator => self.concatenation(node),
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
                if self.is_local(root) {
                    Key::Unknown
                } else {
                    self.key_of_expression(node)
                }
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
        let mut pattern = Growing::default();
        for string in strings {
            let Some(pieces) = parts(string) else {
                return Key::Unknown;
            };
            for piece in pieces {
                match piece {
                    Piece::Text(text) => pattern.known(&text),
                    Piece::Computed(node) => {
                        let plain = node.children().count() == 1;
                        let inner = node.child(Field::Expression).filter(|_| plain);
                        pattern.add(inner.map_or(Key::Unknown, |inner| self.key_of_part(inner)));
                    }
                }
            }
        }
        pattern.done()
    }

    /// `"a_" + name`
    fn concatenation(&self, node: Node<'c>) -> Key {
        if node
            .child(Field::Operator)
            .is_none_or(|operator| operator.text() != "+")
        {
            return Key::Unknown;
        }
        let mut pattern = Growing::default();
        for side in [Field::Left, Field::Right] {
            let key = node
                .child(side)
                .map_or(Key::Unknown, |side| self.key_of_part(side));
            pattern.add(key);
        }
        pattern.done()
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
            Key::Each(EachKey {
                collection,
                part: Part::Item,
            })
        }
        None => Key::Unknown,
    }
}

/// Text put together from known and unknown parts.
#[derive(Default)]
struct Growing {
    prefix: String,
    suffix: String,
    has_gap: bool,
}

impl Growing {
    fn known(&mut self, text: &str) {
        if self.has_gap {
            self.suffix.push_str(text);
        } else {
            self.prefix.push_str(text);
        }
    }

    fn add(&mut self, key: Key) {
        match key {
            Key::Text(text) => self.known(text.as_str()),
            Key::Pattern(prefix, suffix) => {
                self.known(prefix.as_str());
                self.has_gap = true;
                self.suffix = suffix.as_str().to_owned();
            }
            _ => {
                self.has_gap = true;
                self.suffix.clear();
            }
        }
    }

    fn done(self) -> Key {
        match (
            self.has_gap,
            self.prefix.is_empty() && self.suffix.is_empty(),
        ) {
            (false, _) => Key::Text(Name::new(&self.prefix)),
            (true, true) => Key::Unknown,
            (true, false) => Key::Pattern(Name::new(&self.prefix), Name::new(&self.suffix)),
        }
    }
}
