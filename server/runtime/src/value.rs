//! Python's values, as far as expressions can make them.

use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use crate::items::Items;
use crate::table::Table;

mod read;

/// A value of Python. Cloning one is cheap.
#[derive(Clone, Debug)]
pub enum Value {
    /// `None`
    None,
    /// `...`
    Ellipsis,
    /// `True`, `False`
    Bool(bool),
    /// An integer of 64 bits.
    Int(i64),
    /// An integer that 64 bits cannot hold.
    Big(Rc<BigInt>),
    /// A floating-point number; one object may be met in several places, which matters for
    /// not-a-number.
    Float(Rc<f64>),
    /// Text.
    Text(Rc<str>),
    /// Bytes.
    Bytes(Rc<[u8]>),
    /// A list.
    List(Rc<Items>),
    /// A tuple.
    Tuple(Rc<Items>),
    /// A set: a table without values.
    Set(Rc<Table>),
    /// A dict.
    Dict(Rc<Table>),
    /// A class.
    Class(Class),
    /// `int | None` and its kin.
    Union(Rc<[Class]>),
    /// A function that Python brings along.
    Builtin(Builtin),
    /// What a dict's `keys`, `values` and `items` give.
    View(Rc<View>),
    /// A method and the value it belongs to.
    Method(Rc<Method>),
    /// A lambda.
    Function(Handle),
    /// A generator.
    Generator(Handle),
}

/// Something that lives as long as the evaluation that made it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Handle(pub(crate) usize);

/// A view of a dict.
#[derive(Debug)]
pub struct View {
    pub(crate) of: Rc<Table>,
    pub(crate) kind: ViewKind,
}

/// What a view shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ViewKind {
    Keys,
    Values,
    Items,
}

/// A method that has been asked for and not called.
#[derive(Debug)]
pub struct Method {
    pub(crate) of: Value,
    pub(crate) name: &'static str,
}

/// Functions that are no classes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Builtin {
    /// `len`
    Len,
    /// `isinstance`
    IsInstance,
}

/// Classes that have a value here, or could be asked for in `isinstance`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "they are Python's own")]
pub enum Class {
    Object,
    Type,
    NoneType,
    Ellipsis,
    Bool,
    Int,
    Float,
    Complex,
    Str,
    Bytes,
    ByteArray,
    List,
    Tuple,
    Set,
    FrozenSet,
    Dict,
    Range,
    Union,
    Builtin,
    DictKeys,
    DictValues,
    DictItems,
    Function,
    Generator,
}

impl Class {
    /// Those that a name of Python's own stands for.
    pub(crate) const NAMED: [Class; 15] = [
        Class::Object,
        Class::Type,
        Class::Bool,
        Class::Int,
        Class::Float,
        Class::Complex,
        Class::Str,
        Class::Bytes,
        Class::ByteArray,
        Class::List,
        Class::Tuple,
        Class::Set,
        Class::FrozenSet,
        Class::Dict,
        Class::Range,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Class::Object => "object",
            Class::Type => "type",
            Class::NoneType => "NoneType",
            Class::Ellipsis => "ellipsis",
            Class::Bool => "bool",
            Class::Int => "int",
            Class::Float => "float",
            Class::Complex => "complex",
            Class::Str => "str",
            Class::Bytes => "bytes",
            Class::ByteArray => "bytearray",
            Class::List => "list",
            Class::Tuple => "tuple",
            Class::Set => "set",
            Class::FrozenSet => "frozenset",
            Class::Dict => "dict",
            Class::Range => "range",
            Class::Union => "types.UnionType",
            Class::Builtin => "builtin_function_or_method",
            Class::DictKeys => "dict_keys",
            Class::DictValues => "dict_values",
            Class::DictItems => "dict_items",
            Class::Function => "function",
            Class::Generator => "generator",
        }
    }

    /// Whether every value of this class is one of `other`.
    pub(crate) fn is_a(self, other: Class) -> bool {
        self == other || other == Class::Object || (self == Class::Bool && other == Class::Int)
    }
}

impl Value {
    /// A text.
    #[must_use]
    pub fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    /// A floating-point number, as an object of its own.
    #[must_use]
    pub fn float(number: f64) -> Value {
        Value::Float(Rc::new(number))
    }

    /// An integer of any size.
    #[must_use]
    pub fn integer(number: BigInt) -> Value {
        number.to_i64().map_or_else(|| Value::Big(Rc::new(number)), Value::Int)
    }

    /// Its class.
    #[must_use]
    pub fn class(&self) -> Class {
        match self {
            Value::None => Class::NoneType,
            Value::Ellipsis => Class::Ellipsis,
            Value::Bool(_) => Class::Bool,
            Value::Int(_) | Value::Big(_) => Class::Int,
            Value::Float(_) => Class::Float,
            Value::Text(_) => Class::Str,
            Value::Bytes(_) => Class::Bytes,
            Value::List(_) => Class::List,
            Value::Tuple(_) => Class::Tuple,
            Value::Set(_) => Class::Set,
            Value::Dict(_) => Class::Dict,
            Value::Class(_) => Class::Type,
            Value::Union(_) => Class::Union,
            Value::Builtin(_) | Value::Method(_) => Class::Builtin,
            Value::View(view) => match view.kind {
                ViewKind::Keys => Class::DictKeys,
                ViewKind::Values => Class::DictValues,
                ViewKind::Items => Class::DictItems,
            },
            Value::Function(_) => Class::Function,
            Value::Generator(_) => Class::Generator,
        }
    }

    /// What `bool` says of it.
    #[must_use]
    pub fn is_true(&self) -> bool {
        match self {
            Value::None => false,
            Value::Bool(truth) => *truth,
            Value::Int(number) => *number != 0,
            Value::Float(number) => **number != 0.0,
            Value::Text(text) => !text.is_empty(),
            Value::Bytes(bytes) => !bytes.is_empty(),
            Value::List(items) | Value::Tuple(items) => !items.values().is_empty(),
            Value::Set(table) | Value::Dict(table) => !table.is_empty(),
            Value::View(view) => !view.of.is_empty(),
            _ => true,
        }
    }

    /// How many levels of values lie in this one.
    pub(crate) fn levels(&self) -> u16 {
        match self {
            Value::List(items) | Value::Tuple(items) => items.levels(),
            Value::Set(table) | Value::Dict(table) => table.levels(),
            Value::View(view) => view.of.levels() + 1,
            Value::Method(method) => method.of.levels() + 1,
            _ => 0,
        }
    }

    /// The name of its class in backticks.
    pub(crate) fn shown_class(&self) -> String {
        format!("`{}`", self.class().name())
    }
}
