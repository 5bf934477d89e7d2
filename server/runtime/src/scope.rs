//! Which value a name stands for.
//!
//! `eval` has two scopes, of globals and of locals; lambdas and comprehensions have one each, which
//! see the scopes they stand in, and the globals, but never those locals.

use std::collections::{HashMap, HashSet};

use syntax::expr::{Clause, Expr, Kind, Parameter};

use crate::evaluate::{Environment, Evaluator};
use crate::failure::{Exception, Outcome, raised, unsupported};
use crate::items::no_order;
use crate::table::Table;
use crate::value::{Builtin, Class, Value};

/// A scope, by its place in the list of all.
pub(crate) type ScopeId = usize;

/// The scope of globals.
pub(crate) const GLOBALS: ScopeId = 0;

/// One scope.
#[derive(Debug)]
pub(crate) struct Scope<'e> {
    /// Values of the names that belong here; none while they are not bound.
    pub(crate) names: HashMap<&'e str, Option<Value>>,
    /// The scope it stands in.
    pub(crate) outer: ScopeId,
    pub(crate) kind: ScopeKind,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ScopeKind {
    /// Of globals, or of the locals of `eval`.
    Top,
    Lambda,
    Comprehension,
}

impl<'e> Evaluator<'e> {
    /// Opens a scope inside `outer` that `names` belong to.
    pub(crate) fn open(
        &mut self,
        kind: ScopeKind,
        outer: ScopeId,
        names: impl IntoIterator<Item = &'e str>,
    ) -> Outcome<ScopeId> {
        let names: HashMap<_, _> = names.into_iter().map(|name| (name, None)).collect();
        self.budget.spend(2 + names.len() as u64)?;
        self.scopes.push(Scope { names, outer, kind });
        Ok(self.scopes.len() - 1)
    }

    /// The value that `name` has in `scope`.
    pub(crate) fn load(&self, name: &str, scope: ScopeId) -> Outcome {
        let mut at = scope;
        while self.scopes[at].kind != ScopeKind::Top {
            if let Some(held) = self.scopes[at].names.get(name) {
                return held.clone().ok_or_else(|| unbound(name, at == scope));
            }
            at = self.scopes[at].outer;
        }
        // Only what stands in no other scope sees the locals.
        let local = at == scope && !self.globals.contains(name);
        let tops = if local { [at, GLOBALS] } else { [GLOBALS; 2] };
        for top in tops {
            if let Some(Some(value)) = self.scopes[top].names.get(name) {
                return Ok(value.clone());
            }
        }
        builtin(name, self.environment)
    }

    /// Gives `name`, which belongs to `scope`, a value.
    pub(crate) fn store(&mut self, name: &'e str, value: Value, scope: ScopeId) {
        self.scopes[scope].names.insert(name, Some(value));
    }

    /// `name := value` in `scope`: comprehensions leave the name to the scope they stand in.
    pub(crate) fn store_named(
        &mut self,
        name: &'e str,
        value: Value,
        scope: ScopeId,
    ) -> Outcome<()> {
        if self.unordered > 0 {
            return Err(no_order());
        }
        let mut at = scope;
        while self.scopes[at].kind == ScopeKind::Comprehension {
            at = self.scopes[at].outer;
        }
        let top = self.scopes[at].kind == ScopeKind::Top;
        let global = top && (at != scope || self.globals.contains(name));
        self.store(name, value, if global { GLOBALS } else { at });
        Ok(())
    }
}

fn unbound(name: &str, own: bool) -> crate::failure::Fault {
    let exception = if own { Exception::UnboundLocalError } else { Exception::NameError };
    raised(exception, format!("`{name}` has no value yet"))
}

/// What Python itself gives `name`.
fn builtin(name: &str, environment: Environment) -> Outcome {
    if name == "__debug__" {
        return Ok(Value::Bool(true));
    }
    let missing = || raised(Exception::NameError, format!("no variable has the name `{name}`"));
    if !name.bytes().all(|byte| byte.is_ascii()) && !is_plain(name) {
        return Err(unsupported(format!("the letters of the name `{name}`")));
    }
    if environment == Environment::Checker {
        if name == "__builtins__" {
            return Ok(Value::Dict(Table::default().into()));
        }
        return Err(missing());
    }
    if let Some(class) = Class::NAMED.iter().find(|class| class.name() == name) {
        return Ok(Value::Class(*class));
    }
    match name {
        "len" => Ok(Value::Builtin(Builtin::Len)),
        "isinstance" => Ok(Value::Builtin(Builtin::IsInstance)),
        _ if name.starts_with("__") || OTHERS.split(' ').any(|other| other == name) => {
            Err(unsupported(format!("`{name}` of Python")))
        }
        _ => Err(missing()),
    }
}

/// Whether Python takes the name as it is written: it folds some letters into others.
pub(crate) fn is_plain(name: &str) -> bool {
    name.chars().all(|letter| letter.is_ascii() || ('\u{c0}'..='\u{ff}').contains(&letter))
}

/// The names that `:=` binds inside comprehensions that stand in no lambda. They are globals
/// wherever they are met.
pub(crate) fn globals(expression: &Expr) -> HashSet<&str> {
    let mut names = HashSet::new();
    let mut waiting = vec![(expression, false)];
    while let Some((next, inside)) = waiting.pop() {
        match &next.kind {
            Kind::Lambda(parameters, _) => {
                let defaults = parameters.iter().filter_map(|inner| inner.default.as_ref());
                waiting.extend(defaults.map(|default| (default, inside)));
                continue;
            }
            Kind::Named(name, _) if inside => {
                names.insert(name.as_str());
            }
            _ => {}
        }
        let inside = inside || matches!(next.kind, Kind::Comprehension(..));
        next.for_each_child(&mut |child| waiting.push((child, inside)));
    }
    names
}

/// The names that the targets of `clauses` bind.
pub(crate) fn targets(clauses: &[Clause]) -> Vec<&str> {
    let mut names = Vec::new();
    let mut waiting: Vec<&Expr> = clauses.iter().map(|clause| &clause.target).collect();
    while let Some(next) = waiting.pop() {
        match &next.kind {
            Kind::Name(name) => names.push(name.as_str()),
            Kind::Tuple(_) | Kind::List(_) | Kind::Starred(_) => {
                next.for_each_child(&mut |item| waiting.push(item));
            }
            _ => {}
        }
    }
    names
}

/// The names that belong to a lambda: its parameters, and what `:=` binds in its body.
pub(crate) fn locals<'e>(parameters: &'e [Parameter], body: &'e Expr) -> Vec<&'e str> {
    let mut names: Vec<&str> = parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    let mut waiting = vec![body];
    while let Some(next) = waiting.pop() {
        match &next.kind {
            Kind::Lambda(parameters, _) => {
                waiting.extend(parameters.iter().filter_map(|inner| inner.default.as_ref()));
                continue;
            }
            Kind::Named(name, _) => names.push(name),
            _ => {}
        }
        next.for_each_child(&mut |child| waiting.push(child));
    }
    names
}

/// What else Python brings along, and is of no use to what a loader takes.
const OTHERS: &str = "\
    ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup \
    BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError \
    ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError \
    DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception \
    ExceptionGroup FileExistsError FileNotFoundError FloatingPointError FutureWarning \
    GeneratorExit IOError ImportError ImportWarning IndentationError IndexError \
    InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError \
    ModuleNotFoundError NameError NotADirectoryError NotImplemented NotImplementedError \
    OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError \
    RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning \
    StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError \
    TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError \
    UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning \
    ZeroDivisionError abs aiter all anext any ascii bin breakpoint callable chr classmethod \
    compile copyright credits delattr dir divmod enumerate eval exec exit filter format \
    getattr globals hasattr hash help hex id input issubclass iter license locals map max \
    memoryview min next oct open ord pow print property quit reversed repr round setattr slice \
    sorted staticmethod sum super vars zip";
