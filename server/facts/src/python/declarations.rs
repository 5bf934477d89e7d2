//! What classes declare of the context in code: `context_requires = ContextContract({...})`.
//!
//! The form is a dict, or a call that is given one, from the names of fields to calls with `type`,
//! `critical` and `default`, as `Field(type=str, critical=True)`.

use contracts::value::Value;
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;
use text::span::Span;

use super::Constant;
use super::constants::constant;
use super::literals::{literal, text};
use crate::places::LocalAnchor;

/// What a class declares in one attribute.
#[derive(Clone, PartialEq, Debug)]
pub struct Declaration {
    /// What it speaks of.
    pub side: Side,
    /// The fields that can be read, in order.
    pub fields: Vec<DeclaredField>,
    /// Whether there may be more.
    pub open: bool,
    /// The attribute's name.
    pub at: LocalAnchor,
    /// The dict, to which a field can be added; none where the value is none.
    pub dict: Option<LocalAnchor>,
}

/// What a declaration speaks of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Side {
    /// `context_requires`
    Requires,
    /// `context_produces`
    Produces,
}

/// One field of a declaration.
#[derive(Clone, PartialEq, Debug)]
pub struct DeclaredField {
    /// Its name: text, or a name to resolve.
    pub key: Constant,
    /// Where its name stands.
    pub at: LocalAnchor,
    /// Where key and value stand together.
    pub entry: LocalAnchor,
    /// Where its value stands.
    pub value: LocalAnchor,
    /// `type`, as written, and where.
    pub type_name: Option<(Name, LocalAnchor)>,
    /// `critical`, where it is plain, and where.
    pub critical: Option<(bool, LocalAnchor)>,
    /// `default`, none where it is no literal, and where.
    pub default: Option<(Option<Value>, LocalAnchor)>,
    /// Whether its value is a call, to which something can be added.
    pub is_call: bool,
}

impl Side {
    /// Both of them.
    pub const ALL: [Side; 2] = [Side::Requires, Side::Produces];

    /// The attribute that declares it.
    #[must_use]
    pub fn attribute(self) -> &'static str {
        match self {
            Side::Requires => "context_requires",
            Side::Produces => "context_produces",
        }
    }
}

/// What an attribute of this name, which a class body binds to `value`, declares.
pub(super) fn read(
    target: Node<'_>,
    value: Node<'_>,
    anchor: &mut dyn FnMut(Span) -> LocalAnchor,
) -> Option<Declaration> {
    let side = Side::ALL.into_iter().find(|side| side.attribute() == target.text())?;
    let dict = dict_of(value);
    let mut declaration = Declaration {
        side,
        fields: Vec::new(),
        open: dict.is_none(),
        at: anchor(target.span()),
        dict: dict.map(|dict| anchor(dict.span())),
    };
    for entry in dict.into_iter().flat_map(Node::children) {
        match (entry.kind(), entry.child(Field::Key), entry.child(Field::Value)) {
            (Kind::Pair, Some(key), Some(value)) => {
                declaration.fields.push(field(entry, key, value, anchor));
            }
            _ => declaration.open = true,
        }
    }
    Some(declaration)
}

/// The dict that is the value, or that a call is given alone.
fn dict_of(value: Node<'_>) -> Option<Node<'_>> {
    match value.kind() {
        Kind::Dictionary => Some(value),
        Kind::ParenthesizedExpression => dict_of(value.first()?),
        Kind::Call => {
            let mut arguments = value.child(Field::Arguments)?.children();
            let only = arguments.next().filter(|_| arguments.next().is_none())?;
            let given = match only.kind() {
                Kind::KeywordArgument => only.child(Field::Value)?,
                _ => only,
            };
            (given.kind() == Kind::Dictionary).then_some(given)
        }
        _ => None,
    }
}

fn field(
    entry: Node<'_>,
    key: Node<'_>,
    value: Node<'_>,
    anchor: &mut dyn FnMut(Span) -> LocalAnchor,
) -> DeclaredField {
    let mut field = DeclaredField {
        key: constant(key),
        at: anchor(key.span()),
        entry: anchor(entry.span()),
        value: anchor(value.span()),
        type_name: None,
        critical: None,
        default: None,
        is_call: value.kind() == Kind::Call,
    };
    let arguments = value.child(Field::Arguments).filter(|_| field.is_call);
    for argument in arguments.into_iter().flat_map(Node::children) {
        let (Some(name), Some(given)) = (argument.child(Field::Name), argument.child(Field::Value))
        else {
            continue;
        };
        match (argument.kind(), name.text()) {
            (Kind::KeywordArgument, "type") => {
                // A type in quotes is one that is defined further down.
                let written = text(given).unwrap_or_else(|| Name::new(given.text()));
                field.type_name = Some((written, anchor(given.span())));
            }
            (Kind::KeywordArgument, "critical") => {
                field.critical = match given.kind() {
                    Kind::True => Some((true, anchor(given.span()))),
                    Kind::False => Some((false, anchor(given.span()))),
                    _ => None,
                };
            }
            (Kind::KeywordArgument, "default") => {
                field.default = Some((literal(given), anchor(given.span())));
            }
            _ => {}
        }
    }
    field
}
