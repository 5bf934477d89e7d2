//! What a Python file says about handlers and the context.
//!
//! Reading is local to the file and knows no settings: every function's effects on each of its
//! parameters are kept, and `graph` decides which parameter is a context, follows names through
//! imports and folds the effects.

use std::sync::Arc;

use contracts::value::Value;
use text::name::Name;

use crate::frameworks::{Builder, Update};
use crate::places::LocalAnchor;
use attributes::AttributeGroup;
use declarations::Declaration;
use provenance::CheckerCall;

mod accesses;
mod arguments;
mod assignments;
pub mod attributes;
mod body;
mod callee;
mod calls;
mod changes;
mod classes;
pub(crate) mod constants;
pub mod declarations;
mod displays;
mod dotted;
mod drawings;
mod expressions;
mod failures;
mod formats;
mod functions;
mod guards;
mod held;
mod imports;
mod keys;
mod known;
mod literals;
mod loops;
mod lower;
mod methods;
mod module;
mod nested;
mod objects;
mod patterns;
mod place;
mod presence;
pub mod provenance;
mod recovery;
mod registrations;
mod returns;
pub(crate) mod scope;
mod statements;
mod unit;
mod values;
mod variables;

pub use callee::{Call, Callee, Made, Member, Passed, Slot};
pub use dotted::Dotted;
pub use lower::{Lowered, lower, lower_again, lower_first};
pub use place::{EachKey, Joined, Key, Keys, Part, Place, Root};

/// What one Python file says.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PythonFacts {
    /// Names that imports bind, in order; imports inside functions are counted as the module's.
    pub imports: Vec<Import>,
    /// Names bound at module level to something that can be read without running it; a name bound
    /// more than once, or in a branch, has the value [`Constant::Unknown`].
    pub constants: Vec<(Name, Constant)>,
    /// Classes at module level, and classes nested in them (named `Outer.Inner`).
    pub classes: Vec<Class>,
    /// Every function: at module level, methods, and functions nested in them. Anchors of the
    /// function with index `i` have unit `i + 1`.
    pub functions: Vec<Arc<Function>>,
    /// Handlers registered for phases.
    pub registrations: Vec<Registration>,
    /// Attributes of telemetry that are set, function by function.
    pub attributes: Vec<AttributeGroup>,
    /// Names of contracts that are told to run-time checkers, function by function.
    pub checker_calls: Vec<CheckerCall>,
    /// Objects by which frameworks draw workflows, function by function.
    pub builders: Vec<Builder>,
    /// Whether module-level code does not parse, the text is over a budget, or a broken function has
    /// taken in a definition after it, so that names may be missing here.
    pub broken: bool,
}

/// One name that an import binds.
#[derive(Clone, PartialEq, Debug)]
pub struct Import {
    /// The name it binds here: `np` of `import numpy as np`; for `import a.b`, `a`; `*` for a star.
    pub binding: Name,
    /// Dots before the module: 0 for an absolute import.
    pub level: u32,
    /// The module's dotted name as written, without the dots before it: `a.b` of `import a.b`, which
    /// binds `a` alone.
    pub module: Dotted,
    /// What is imported from it; none for `import a.b`.
    pub item: Option<Name>,
    /// The binding's place.
    pub at: LocalAnchor,
}

/// A value that can be read without running the code.
#[derive(Clone, PartialEq, Debug)]
pub enum Constant {
    /// A literal, lists, tuples, sets and dicts of literals included; the first three are lists.
    Literal(Value),
    /// A list, tuple or set whose items are not all literals.
    List(Vec<Constant>),
    /// A dict whose keys or values are not all literals.
    Dict(Vec<(Constant, Constant)>),
    /// Another name.
    Name(Dotted),
    /// A call, for `Field(type=str, critical=True)` and the like.
    Call(Box<ConstantCall>),
    /// Anything else.
    Unknown,
}

/// A call among constants.
#[derive(Clone, PartialEq, Debug)]
pub struct ConstantCall {
    /// What is called.
    pub callee: Dotted,
    /// Arguments without a keyword.
    pub positional: Vec<Constant>,
    /// Arguments with one.
    pub keyword: Vec<(Name, Constant)>,
}

/// A class.
#[derive(Clone, PartialEq, Debug)]
pub struct Class {
    /// Its name; `Outer.Inner` for a nested class.
    pub name: Name,
    /// Its bases as written, without subscripts (`Base[T]` is `Base`) and keywords.
    pub bases: Vec<Dotted>,
    /// Decorators: what is called or named, and the arguments.
    pub decorators: Vec<ConstantCall>,
    /// Names bound in the body, with their values. A property or method that does nothing but
    /// return a constant is here too.
    pub attributes: Vec<(Name, Constant, LocalAnchor)>,
    /// The fields that its body annotates, in order: those of a dataclass, a model or a `TypedDict`.
    pub fields: Box<[AnnotatedField]>,
    /// What it declares of the context.
    pub declarations: Vec<Declaration>,
    /// Methods: name and index in [`PythonFacts::functions`].
    pub methods: Vec<(Name, usize)>,
    /// The name's place.
    pub at: LocalAnchor,
    /// Whether the body holds text that does not parse.
    pub broken: bool,
}

/// A name that the body of a class annotates.
#[derive(Clone, PartialEq, Debug)]
pub struct AnnotatedField {
    /// The name.
    pub name: Name,
    /// Its type, without what stands in brackets; that of `Annotated[T, ...]` is `T`.
    pub type_name: Option<Dotted>,
    /// What stands last in `Annotated[T, ...]`.
    pub note: Option<Constant>,
    /// Whether the body gives it a value.
    pub has_default: bool,
    /// The name's place.
    pub at: LocalAnchor,
}

/// `register_handler(Phase.PLAN, PlanHandler(...))`, `{Phase.PLAN: PlanHandler}`, and the like.
/// `graph` drops those whose class is no handler.
#[derive(Clone, PartialEq, Debug)]
pub struct Registration {
    /// What it is registered for: text, or a name to resolve.
    pub phase: Constant,
    /// The class.
    pub class: Dotted,
    /// The phase's place.
    pub at: LocalAnchor,
    /// Registrations with one number stand together (one dict, one function, one module body).
    pub group: u32,
}

/// A function or method.
#[derive(Clone, PartialEq, Debug)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// `Class.method`, `outer.<locals>.inner`, or just the name.
    pub qualified: Name,
    /// The class it is a method of.
    pub class: Option<Name>,
    /// Its parameters in order, `self` included.
    pub parameters: Box<[Parameter]>,
    /// Decorators: what is called or named, and the arguments.
    pub decorators: Box<[ConstantCall]>,
    /// What it does with its parameters.
    pub effect: Effect,
    /// What it gives.
    pub gives: Gives,
    /// The function nested in it that every `return` gives.
    pub makes: Option<Closure>,
    /// What it gives back as changes of a state.
    pub update: Option<Box<Update>>,
    /// Whether its text does not parse, or is over a budget: its accesses are not all known.
    pub open: bool,
    /// The name's place.
    pub at: LocalAnchor,
}

/// A function that another one makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Closure {
    /// Its index in [`PythonFacts::functions`].
    pub function: u32,
    /// How many of its first arguments are given already: `partial(node, llm)`.
    pub given: u32,
}

/// A parameter.
#[derive(Clone, PartialEq, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// Its annotation, if that is a dotted name (subscripts dropped).
    pub annotation: Option<Dotted>,
    /// How it takes its argument.
    pub kind: ParameterKind,
}

/// How a parameter takes its argument.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParameterKind {
    /// By position or keyword.
    Normal,
    /// By keyword alone.
    KeywordOnly,
    /// `*args`
    Positionals,
    /// `**kwargs`
    Keywords,
}

/// What a piece of code does, in the order it is done.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    /// One after another. Empty: nothing.
    Sequence(Box<[Effect]>),
    /// Exactly one of these is done.
    Branch(Box<[Effect]>),
    /// Done any number of times.
    Loop {
        /// What is repeated.
        body: Box<Effect>,
        /// How often.
        rounds: Rounds,
    },
    /// `try`.
    Try {
        /// The guarded part.
        body: Box<Effect>,
        /// Its `except` clauses.
        handlers: Box<[ExceptClause]>,
        /// `else`.
        otherwise: Box<Effect>,
        /// `finally`.
        finally: Box<Effect>,
    },
    /// One access.
    Access(Access),
    /// From here on, on this path, the field is known to be there (`if "x" in context:`,
    /// `if context.get("x"):`, or what is left after an early return on its absence).
    Assume(Place),
    /// From here on, on this path, another field has a value that the code names
    /// (`if context["kind"] == "image":`): what is read here may go with that value.
    Choose,
    /// From here on, on this path, the field is known to be missing: another arm has it
    /// (`if "x" in context: ... else:`).
    Lack(Place),
    /// What is asked only in order to leave at once: `if context.get("x"): return`.
    Aside(Box<Effect>),
    /// A call that is handed a parameter, a part of one, or a method call on `self`.
    Call(Call),
    /// `return`.
    Return,
    /// `return` of a result that says that something failed.
    Fail,
    /// `raise`, or another certain end: `sys.exit()`, a loop that is never left.
    Raise,
    /// `break`.
    Break,
    /// `continue`.
    Continue,
}

/// How often a loop runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rounds {
    /// Any number of times.
    Any,
    /// Once or more: over a non-empty literal, or a name that is written as constants are.
    Some,
    /// Until something leaves it: `while True`.
    Endless,
}

/// One `except` clause.
#[derive(Clone, PartialEq, Debug)]
pub struct ExceptClause {
    /// Whether a missing key ends up here: `KeyError`, `LookupError`, `Exception`,
    /// `BaseException`, or no class.
    pub catches_missing_key: bool,
    /// What it does.
    pub effect: Effect,
}

/// One access to a place.
#[derive(Clone, PartialEq, Debug)]
pub struct Access {
    /// What is accessed. The last key is the one read or written; earlier ones are implied.
    pub place: Place,
    /// How.
    pub action: Action,
    /// Where: the last key; for a read with a default the whole expression, default included; for
    /// what happens to a place as a whole, the expression that it stands in.
    pub at: LocalAnchor,
}

/// How a place is accessed.
#[derive(Clone, PartialEq, Debug)]
pub enum Action {
    /// `context["x"]`
    ReadHard,
    /// `context.get("x")`, `"x" in context`
    ReadSoft,
    /// `context.get("x", d)`, `context.get("x") or d`; `None` where the default is no literal.
    ReadDefaulted(Option<Box<Value>>),
    /// `context["x"] = v`
    Write(Written),
    /// `del context["x"]`, `context.pop("x")`: the reading half of a pop is an access of its own.
    Drop,
    /// `context.clear()`: every field below the place goes.
    Clear,
    /// Handed to code that may read anything below the place, but keeps and changes nothing.
    EscapeRead,
    /// Handed to code that may read, write, drop or keep anything below the place.
    Escape,
}

/// What is known of a written value.
#[derive(Clone, PartialEq, Debug)]
pub enum Written {
    /// A literal, a dict display of literals included.
    Literal(Box<Value>),
    /// A dict display or `dict(...)` call: its known keys, and whether there may be others.
    Dict(Box<[Name]>, bool),
    /// A value of this builtin type: `list`, `dict`, `set`, `tuple`, `str`, `int`, `float`, `bool`,
    /// `bytes`.
    Builtin(&'static str),
    /// What a class or function of this name returned.
    Called(Dotted),
    /// What it returned when it was called with these keywords and nothing else.
    CalledWith(Dotted, Box<[Name]>),
    /// A dict of the fields of an instance of this class: `Model(...).model_dump()`.
    Fields(Dotted),
    /// The value of another place: `context["b"] = context["a"]`.
    Copied(Box<Place>),
    /// Anything else.
    Unknown,
}

/// What a function gives, as far as that matters to whoever follows the object it is called on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Gives {
    /// Not known.
    #[default]
    Unknown,
    /// The object whose method it is, on some path.
    Itself,
    /// What the call gives that it makes in its only `return`.
    Call,
    /// An attribute of the object, on some path.
    Held,
}

#[cfg(test)]
mod dump;
#[cfg(test)]
mod tests;
