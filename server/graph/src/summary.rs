//! What a function does with a context, its callees included.

use contracts::path::FieldPath;
use contracts::value::Value;
use facts::places::Anchor;
use text::name::Name;

/// The effect of a handler's entry point (or of any function) on one of its parameters.
///
/// Sites are in the order the code does things, as far as it has one.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Summary {
    /// Reads.
    pub reads: Vec<Read>,
    /// Writes that may still stand at the normal exit.
    pub writes: Vec<Write>,
    /// Fields that may be gone at the normal exit, and were not written again.
    pub drops: Vec<Drop>,
    /// Writes and drops that do not stand at the normal exit: others came after them, or the code
    /// ends in an exception. Nothing follows from them; editors show them all the same.
    pub past: Vec<Past>,
    /// A place after which more may have been read than is listed, if there is one.
    pub open_reads: Option<Site>,
    /// A place after which more may have been written or dropped than is listed.
    pub open_writes: Option<Site>,
    /// Parts that were handed to code that cannot be seen: what they hold may have been read,
    /// written or dropped there.
    pub open_parts: Vec<OpenPart>,
    /// Fields that are certainly there at the normal exit, sorted: on every path they were written,
    /// or tested for, as in `if "x" not in context: context["x"] = ...`.
    pub ensured: Vec<FieldPath>,
}

impl Summary {
    /// Whether the field is certainly there at the normal exit.
    #[must_use]
    pub fn ensures(&self, path: FieldPath) -> bool {
        self.ensured.binary_search(&path).is_ok()
    }
}

/// A part of the context whose accesses are not all known.
#[derive(Clone, PartialEq, Debug)]
pub struct OpenPart {
    /// The part.
    pub path: FieldPath,
    /// Where it was handed on.
    pub site: Site,
}

/// A read of a field.
#[derive(Clone, PartialEq, Debug)]
pub struct Read {
    /// The field.
    pub path: FieldPath,
    /// What happens when it is absent.
    pub strength: Strength,
    /// Whether the value may come from before the function: it is not preceded by the function's
    /// own write on every path.
    pub exposed: bool,
    /// Whether code of the same phase may have put it there before: on some paths, or where that
    /// cannot be seen.
    pub maybe_own: bool,
    /// Whether it may get what the function itself wrote, in an earlier round of a loop too.
    pub follows_own: bool,
    /// Whether it is done only where another field has a value that the code names, and which may
    /// bring this one along.
    pub chosen: bool,
    /// Whether it stands under a condition. What follows an early end does not.
    pub conditional: bool,
    /// Whether it is only asked for in order to leave at once where it is there.
    pub aside: bool,
    /// Fields that the code looked for before, and comes here only where they are missing.
    pub lacking: Vec<FieldPath>,
    /// Where.
    pub site: Site,
}

/// What a read does when its field is absent.
#[derive(Clone, PartialEq, Debug)]
pub enum Strength {
    /// It fails.
    Hard,
    /// It gets nothing, or is not reached.
    Soft,
    /// It falls back to this; none where the default is no literal.
    Defaulted(Option<Value>),
}

/// A write of a field.
#[derive(Clone, PartialEq, Debug)]
pub struct Write {
    /// The field.
    pub path: FieldPath,
    /// Whether it is done on every path to the normal exit.
    pub must: bool,
    /// Whether it is done only where the field is there already, and not by the function itself:
    /// `if "x" in context: context["x"] = ...`.
    pub onward: bool,
    /// What is known of the value.
    pub value: WrittenValue,
    /// Where.
    pub site: Site,
}

/// What is known of a written value.
#[derive(Clone, PartialEq, Debug)]
pub enum WrittenValue {
    /// A literal.
    Literal(Value),
    /// A dict with these keys, and whether there may be others.
    Dict(Box<[Name]>, bool),
    /// A value of this builtin type.
    Builtin(&'static str),
    /// What the class of this name makes.
    Instance(Name),
    /// The value of another field.
    Field(FieldPath),
    /// Anything.
    Unknown,
}

impl WrittenValue {
    /// Whether nothing but a start value is written, so that the key is there whatever happens:
    /// `None`, `False`, an empty text or collection. No work is lost with it. A number may be a
    /// result.
    #[must_use]
    pub fn is_start(&self) -> bool {
        let WrittenValue::Literal(value) = self else {
            return matches!(self, WrittenValue::Dict(keys, false) if keys.is_empty());
        };
        match value {
            Value::Null | Value::Bool(false) => true,
            Value::Text(text) => text.as_str().is_empty(),
            Value::List(items) => items.is_empty(),
            Value::Map(entries) => entries.is_empty(),
            Value::Bool(true) | Value::Int(_) | Value::Float(_) | Value::Other(_) => false,
        }
    }

    /// The type that shows in how the value is made; none for a literal, whose value says more.
    #[must_use]
    pub fn type_name(&self) -> Option<&'static str> {
        match self {
            WrittenValue::Dict(..) => Some("dict"),
            WrittenValue::Builtin(name) => Some(name),
            WrittenValue::Instance(name) => Some(name.as_str()),
            WrittenValue::Literal(_) | WrittenValue::Field(_) | WrittenValue::Unknown => None,
        }
    }
}

/// A field that goes.
#[derive(Clone, PartialEq, Debug)]
pub struct Drop {
    /// The field; none when all go.
    pub path: Option<FieldPath>,
    /// Whether it goes on every path to the normal exit.
    pub must: bool,
    /// Where.
    pub site: Site,
}

/// A write or a drop that does not stand.
#[derive(Clone, PartialEq, Debug)]
pub struct Past {
    /// The field.
    pub path: FieldPath,
    /// Where.
    pub site: Site,
}

/// A place in code, and the calls that lead there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Site {
    /// The access itself.
    pub at: Anchor,
    /// The function it stands in.
    pub function: Name,
    /// The calls on the way from the entry point, outermost first. Empty: it is in the entry point.
    pub through: Vec<Anchor>,
}
