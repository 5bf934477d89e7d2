//! What an expression or a variable is known to hold while a function is read.

use syntax::python::cst::Node;
use syntax::python::kind::Kind;
use text::name::Name;
use text::span::Span;

use super::literals::scalar;
use super::presence::Test;
use super::{Action, EachKey, Key, Place, Written};

/// What a variable holds.
#[derive(Clone, Debug)]
pub(super) enum Held<'c> {
    /// Nothing that is followed.
    Unknown,
    /// A part of a parameter.
    Part(Alias),
    /// A copy of a part: reading it reads the part, writing to it does not write there.
    Copy(CopyOf),
    /// The value of an expression that touches no place, to be looked at when needed. A name in it
    /// is one of the module's.
    Expression(Node<'c>),
    /// What a dict display or a loop variable is made of.
    Shape(Written),
    /// A loop variable.
    Each(EachKey),
    /// A key that is known in part, or a choice between keys.
    Key(Key),
    /// A function nested in this one.
    Function(u32),
    /// `get = context.get`
    Method(Alias, &'c str),
    /// `self` or `cls`.
    SelfObject,
    /// The answer of a condition, or a list that is empty by one, and its expression.
    Test(Box<Test>, Node<'c>),
    /// `operator.itemgetter(...)`
    ItemGetter(Box<[(Key, Span)]>),
}

/// Another name for a place.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Alias {
    /// The place.
    pub(super) place: Place,
    /// What it stands for where the place is absent.
    pub(super) fallback: Fallback,
}

/// What a name stands for where its place is absent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Fallback {
    /// Nothing: the name is always the place.
    Never,
    /// `None`: nothing can be read from it.
    Null,
    /// `{}`, `[]`, `""` and the like: a key that is read from it is absent too.
    Empty,
    /// Something that may have keys of its own.
    Other,
}

/// A copy of a place.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct CopyOf {
    /// What was copied.
    pub(super) place: Place,
    /// Whether what is in it was copied too.
    pub(super) deep: bool,
    /// What has been put into the copy since.
    pub(super) own: Vec<Own>,
}

/// One key that a copy got for itself.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Own {
    /// The key.
    pub(super) key: Key,
    /// What was written.
    pub(super) written: Written,
    /// Where.
    pub(super) span: Span,
}

/// What an expression gives.
#[derive(Clone, Debug)]
pub(super) struct Value<'c> {
    /// What it is.
    pub(super) held: Held<'c>,
    /// The read that it makes unless it turns out to be the beginning of a longer access.
    pub(super) pending: Option<Pending>,
}

/// A read that has not been decided on.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    /// How it reads.
    pub(super) action: Action,
    /// Where.
    pub(super) span: Span,
}

impl<'c> Value<'c> {
    /// A value that nothing is known of.
    pub(super) fn unknown() -> Value<'c> {
        Held::Unknown.into()
    }
}

impl<'c> From<Held<'c>> for Value<'c> {
    fn from(held: Held<'c>) -> Value<'c> {
        Value { held, pending: None }
    }
}

impl Alias {
    /// Another name for this very place.
    pub(super) fn of(place: Place) -> Alias {
        Alias { place, fallback: Fallback::Never }
    }

    /// The same, with something else where it is absent. A parameter is hardly ever: `context or {}`
    /// is written for callers that are not looked at here.
    fn or<'c>(self, fallback: Fallback) -> Held<'c> {
        match (self.is_whole(), fallback) {
            (true, Fallback::Other) => Held::Unknown,
            (true, _) => Held::Part(self),
            (false, _) => Held::Part(Alias { fallback: fallback.max(self.fallback), ..self }),
        }
    }

    /// What the key leads to.
    pub(super) fn child(&self, key: Key) -> Alias {
        Alias { place: self.place.child(key), fallback: self.fallback }
    }

    /// Whether it is a whole parameter or attribute, and no part of one.
    pub(super) fn is_whole(&self) -> bool {
        self.place.keys.is_empty()
    }
}

impl CopyOf {
    /// Whether the copy has a value of its own there.
    pub(super) fn owns(&self, key: &Key) -> bool {
        self.own.iter().any(|own| own.key == *key)
    }
}

impl PartialEq for Held<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Held::Unknown, Held::Unknown) | (Held::SelfObject, Held::SelfObject) => true,
            (Held::Part(left), Held::Part(right)) => left == right,
            (Held::Copy(left), Held::Copy(right)) => left == right,
            (Held::Expression(left), Held::Expression(right)) => left.text() == right.text(),
            (Held::Shape(left), Held::Shape(right)) => left == right,
            (Held::Each(left), Held::Each(right)) => left == right,
            (Held::Key(left), Held::Key(right)) => left == right,
            (Held::Function(left), Held::Function(right)) => left == right,
            (Held::Method(left, one), Held::Method(right, other)) => left == right && one == other,
            (Held::ItemGetter(left), Held::ItemGetter(right)) => left == right,
            (Held::Test(left, _), Held::Test(right, _)) => left == right,
            _ => false,
        }
    }
}

/// What a variable holds where two paths meet.
pub(super) fn join<'c>(left: Held<'c>, right: Held<'c>) -> Held<'c> {
    if left == right {
        return left;
    }
    match (left, right) {
        (Held::Part(left), Held::Part(right)) if left.place == right.place => {
            Held::Part(Alias { place: left.place, fallback: left.fallback.max(right.fallback) })
        }
        (Held::Part(alias), Held::Expression(node))
        | (Held::Expression(node), Held::Part(alias)) => with_fallback(alias, node),
        // `if context is None: context = {}`
        (Held::Part(alias), Held::Shape(Written::Dict(keys, false)))
        | (Held::Shape(Written::Dict(keys, false)), Held::Part(alias))
            if keys.is_empty() =>
        {
            alias.or(Fallback::Empty)
        }
        (Held::Copy(left), Held::Copy(right))
            if left.place == right.place && left.deep == right.deep =>
        {
            let own = left.own.into_iter().filter(|own| right.owns(&own.key)).collect();
            Held::Copy(CopyOf { own, ..right })
        }
        (Held::Shape(Written::Dict(left, _)), Held::Shape(Written::Dict(right, _))) => {
            let both: Vec<Name> = left.iter().filter(|key| right.contains(key)).copied().collect();
            Held::Shape(Written::Dict(both.into_boxed_slice(), true))
        }
        _ => Held::Unknown,
    }
}

/// `alias`, or the value of `node` where the place is absent. Only a fresh value leaves the name an
/// alias: anything else may be something that is followed elsewhere.
pub(super) fn with_fallback<'c>(alias: Alias, node: Node<'c>) -> Held<'c> {
    fallback_of(node).map_or(Held::Unknown, |fallback| alias.or(fallback))
}

/// What a fallback written as `node` is; none where it is no fresh value.
pub(super) fn fallback_of(node: Node<'_>) -> Option<Fallback> {
    match node.kind() {
        Kind::ParenthesizedExpression => fallback_of(node.first()?),
        Kind::None => Some(Fallback::Null),
        Kind::Dictionary | Kind::List | Kind::Tuple => {
            let empty = node.first().is_none();
            Some(if empty { Fallback::Empty } else { Fallback::Other })
        }
        Kind::Call => {
            let bare = node.children().nth(1).is_some_and(|arguments| arguments.first().is_none());
            let text = node.text();
            let empty = bare && matches!(text, "dict()" | "list()" | "set()" | "tuple()");
            Some(if empty { Fallback::Empty } else { Fallback::Other })
        }
        Kind::Identifier | Kind::Attribute => None,
        _ => {
            let falsy = scalar(node).and_then(|value| value.is_falsy()) == Some(true);
            Some(if falsy { Fallback::Empty } else { Fallback::Other })
        }
    }
}
