//! Expressions that load and yet cannot succeed, or say nothing.
//!
//! An expression is evaluated without any builtin, and with `context`, `source` and `dest` as its
//! only names. Names of that scope are not seen inside a generator, nor, before Python 3.12, inside
//! any comprehension.

use rustc_hash::FxHashSet;
use syntax::expr::{Brackets, Clause, Expr, Kind};
use text::span::Span;

use super::builtins::BUILTINS;
use super::constant::truth;
use super::{FUNCTIONS, METHODS, VARIABLES, typed, variable};
use crate::types::Type;
use crate::types::members::{Key, Plain};

mod operands;

/// A part that fails whenever it is evaluated, or the whole of an expression that says nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The part, in the expression's text.
    pub span: Span,
    /// Why.
    pub kind: Failing,
    /// Whether every evaluation meets the part. Otherwise it may lie behind an `or` that is seldom
    /// reached.
    pub always: bool,
}

/// Why a part fails.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failing {
    /// Nothing has this name at evaluation.
    UnknownName(String),
    /// A function or class of this name is Python's own, and not there at evaluation.
    MissingBuiltin(String),
    /// One of the variables, in a generator or comprehension, where it is not seen. Whether that
    /// is so before Python 3.12 alone.
    HiddenVariable(String, bool),
    /// An attribute of this name is read and not called.
    Attribute(String),
    /// The type has no method of this name.
    MissingMethod(String),
    /// The type has no items, or none by such a key.
    NoItems,
    /// The operator does not take a value of this type, by its own or with one of the other.
    Operands {
        /// The operator.
        operator: &'static str,
        /// The type on its left, if there is a left.
        left: Option<String>,
        /// The type on its right.
        right: String,
    },
    /// Values of these two types are never equal; whether the comparison is true then.
    NeverEqual {
        /// The type on the left.
        left: String,
        /// The type on the right.
        right: String,
        /// Whether the comparison is always true.
        truth: bool,
        /// Whether it is the whole expression.
        whole: bool,
    },
    /// `await` or `yield`, which this is no place for.
    Suspends,
    /// The result never depends on the context; its truth, where that is known.
    Constant(Option<bool>),
}

/// Types that contracts declare for the two ends of a chain.
#[derive(Clone, Copy, Default, Debug)]
pub struct Ends<'a> {
    /// Of `source`.
    pub source: Option<&'a Type>,
    /// Of `dest`.
    pub dest: Option<&'a Type>,
}

/// What makes `expression`, which the loader takes, fail or say nothing; in the order of the text.
#[must_use]
pub fn failures(expression: &Expr, ends: Ends<'_>) -> Vec<Failure> {
    let whole = expression.span;
    let mut search = Search { ends, whole, bound: bound_names(expression), failures: Vec::new() };
    search.part(expression, Place { always: true, hidden: None });
    let mut failures = search.failures;
    let truth = truth(expression);
    let mentions = expression.walk().any(|part| variable(part).is_some());
    // What fails is no constant: one cause, one finding.
    if failures.is_empty() && (truth.is_some() || !mentions) {
        let kind = Failing::Constant(truth);
        failures.push(Failure { span: expression.span, kind, always: true });
    }
    failures.sort_by_key(|failure| failure.span);
    failures
}

/// Where a part stands.
#[derive(Clone, Copy)]
struct Place {
    always: bool,
    /// Inside a generator or comprehension; whether only older Pythons hide names there.
    hidden: Option<bool>,
}

struct Search<'a> {
    ends: Ends<'a>,
    whole: Span,
    bound: FxHashSet<&'a str>,
    failures: Vec<Failure>,
}

/// Names that comprehensions and `:=` bind. Where each may be used is not followed further.
fn bound_names(expression: &Expr) -> FxHashSet<&str> {
    let mut bound = FxHashSet::default();
    for part in expression.walk() {
        match &part.kind {
            Kind::Named(name, _) => {
                bound.insert(name.as_str());
            }
            Kind::Comprehension(_, _, clauses) => {
                for target in clauses.iter().flat_map(|clause| clause.target.walk()) {
                    if let Kind::Name(name) = &target.kind {
                        bound.insert(name);
                    }
                }
            }
            _ => {}
        }
    }
    bound
}

impl<'a> Search<'a> {
    fn part(&mut self, part: &'a Expr, place: Place) {
        let later = Place { always: false, ..place };
        match &part.kind {
            Kind::Name(name) => self.name(part.span, name, place),
            Kind::Call(callee, arguments) => {
                self.callee(callee, place);
                for argument in arguments {
                    self.part(&argument.value, place);
                }
            }
            Kind::Attribute(base, name, _) => self.attribute(part.span, base, name, place),
            Kind::Subscript(base, index) => {
                self.subscript(part.span, base, index, place);
                self.part(base, place);
                self.part(index, place);
            }
            // Nothing can call a lambda here: its body is never evaluated.
            Kind::Lambda(parameters, _) => {
                let defaults = parameters.iter().filter_map(|parameter| parameter.default.as_ref());
                defaults.for_each(|default| self.part(default, place));
            }
            Kind::Bool(_, operands) => {
                for (index, operand) in operands.iter().enumerate() {
                    self.part(operand, if index == 0 { place } else { later });
                }
            }
            Kind::Unary(operator, operand) => {
                self.unary(part.span, operator, operand, place);
                self.part(operand, place);
            }
            Kind::Binary(operator, left, right) => {
                self.operands(part.span, (left, operator, right), place);
                self.part(left, place);
                self.part(right, place);
            }
            Kind::Compare(first, rest) => {
                self.compare(part.span, first, rest, place);
                self.part(first, place);
                for (index, (_, operand)) in rest.iter().enumerate() {
                    self.part(operand, if index == 0 { place } else { later });
                }
            }
            Kind::Conditional(test, chosen, otherwise) => {
                self.part(test, place);
                self.part(chosen, later);
                self.part(otherwise, later);
            }
            Kind::Comprehension(brackets, element, clauses) => {
                self.comprehension(*brackets, element, clauses, place);
            }
            Kind::Await(_) | Kind::Yield(_) | Kind::YieldFrom(_) => {
                // Not even the rest is evaluated: the whole does not compile.
                let kind = Failing::Suspends;
                self.failures.push(Failure { span: part.span, kind, always: true });
            }
            _ => part.for_each_child(&mut |child| self.part(child, place)),
        }
    }

    fn fail(&mut self, span: Span, kind: Failing, place: Place) {
        self.failures.push(Failure { span, kind, always: place.always });
    }

    fn name(&mut self, span: Span, name: &str, place: Place) {
        if self.bound.contains(name) {
            return;
        }
        if VARIABLES.contains(&name) {
            if let Some(older) = place.hidden {
                self.fail(span, Failing::HiddenVariable(name.to_owned(), older), place);
            }
        } else if FUNCTIONS.contains(&name) || BUILTINS.contains(&name) {
            self.fail(span, Failing::MissingBuiltin(name.to_owned()), place);
        } else if !matches!(name, "__builtins__" | "__debug__") {
            self.fail(span, Failing::UnknownName(name.to_owned()), place);
        }
    }

    /// What is called: by the loader's rules a function's name or a method of a variable.
    fn callee(&mut self, callee: &'a Expr, place: Place) {
        let Kind::Attribute(base, name, _) = &callee.kind else {
            return self.part(callee, place);
        };
        if let Some(asked) = self.type_of(base)
            && asked.lacks(|known| known.has_method(name), METHODS_OF_CONTEXT.contains(&&**name))
        {
            self.fail(callee.span, Failing::MissingMethod(name.clone()), place);
        }
        self.part(base, place);
    }

    fn attribute(&mut self, span: Span, base: &'a Expr, name: &str, place: Place) {
        let special = name.starts_with("__") && name.ends_with("__");
        let asked = self.type_of(base);
        let method = METHODS.contains(&name)
            && asked.is_none_or(|asked| !asked.lacks(|known| known.has_method(name), true));
        let lacking = match asked {
            // Without a declared type most values are text, lists or mappings.
            Some(Asked::Undeclared) => true,
            Some(asked) => method || asked.lacks(|known| known.has_attribute(name), false),
            None => false,
        };
        if lacking && !special {
            self.fail(span, Failing::Attribute(name.to_owned()), place);
        }
        self.part(base, place);
    }

    fn subscript(&mut self, span: Span, base: &Expr, index: &Expr, place: Place) {
        let key = typed::key(index);
        if let Some(asked) = self.type_of(base) {
            if asked.lacks(|known| known.has_items(key), key != Key::Slice) {
                self.fail(span, Failing::NoItems, place);
            }
        } else if let Some(known) = self.known(base, place) {
            let view = known.plain().is_some_and(|plain| plain == [Plain::View]);
            if view || known.has_items(key) == Some(false) {
                self.fail(span, Failing::NoItems, place);
            }
        }
    }

    fn comprehension(
        &mut self,
        brackets: Brackets,
        element: &'a [Expr],
        clauses: &'a [Clause],
        place: Place,
    ) {
        let older = brackets != Brackets::Generator && place.hidden != Some(false);
        let inside = Place { always: false, hidden: Some(older) };
        for (index, clause) in clauses.iter().enumerate() {
            // The first iterable is evaluated outside.
            self.part(&clause.iter, if index == 0 { place } else { inside });
            clause.target.for_each_child(&mut |child| self.part(child, inside));
            clause.conditions.iter().for_each(|condition| self.part(condition, inside));
        }
        element.iter().for_each(|part| self.part(part, inside));
    }

    /// The type of one of the variables, unless a comprehension or `:=` takes its name.
    fn type_of(&self, part: &Expr) -> Option<Asked<'a>> {
        let name = variable(part).filter(|name| !self.bound.contains(name))?;
        Some(match name {
            "context" => Asked::Context,
            "source" => self.ends.source.map_or(Asked::Undeclared, Asked::Declared),
            _ => self.ends.dest.map_or(Asked::Undeclared, Asked::Declared),
        })
    }
}

/// What is known of a variable's type.
#[derive(Clone, Copy)]
enum Asked<'a> {
    Context,
    Undeclared,
    Declared(&'a Type),
}

impl Asked<'_> {
    /// Whether it certainly lacks what `has` asks declared types for; `dict` says it for `context`.
    fn lacks(self, has: impl Fn(&Type) -> Option<bool>, dict: bool) -> bool {
        match self {
            Asked::Context => !dict,
            Asked::Undeclared => false,
            Asked::Declared(known) => has(known) == Some(false),
        }
    }
}

const METHODS_OF_CONTEXT: &[&str] = &["get", "keys", "values", "items"];
