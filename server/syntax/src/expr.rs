//! Python expressions: text to a tree with spans, for the whole expression grammar.
//!
//! Verification expressions and type expressions of contracts are read here. Nothing is evaluated.

use text::span::Span;

mod brackets;
mod cursor;
mod fstrings;
mod lambda;
mod lexer;
mod numbers;
mod parser;
mod primary;
mod strings;
mod walk;

pub use walk::Walk;

/// The tallest tree that is built: dropping, cloning or comparing one recurses, and must not
/// exhaust the stack. Every expression of 500 characters, the longest that a contract may hold, is
/// lower than this.
pub const MAX_HEIGHT: u16 = 600;

/// Reads `text` as Python 3.11 reads it in `ast.parse(text, mode="eval")`.
///
/// # Errors
/// Where the text is no expression, or nests deeper than [`MAX_HEIGHT`].
pub fn parse(text: &str) -> Result<Expr, SyntaxError> {
    parser::parse(text)
}

/// An expression and the bytes it stands on, counted from the text's start.
#[derive(Clone, PartialEq, Debug)]
pub struct Expr {
    /// Its text, without enclosing parentheses.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    height: u16,
}

impl Expr {
    /// The expression `kind` that stands on `span`.
    #[must_use]
    pub fn new(span: Span, kind: Kind) -> Expr {
        let mut tallest = 0;
        walk::for_each_child(&kind, &mut |child| tallest = tallest.max(child.height));
        Expr { span, kind, height: tallest.saturating_add(1) }
    }

    /// How many expressions lie on the longest way down, this one counted.
    #[must_use]
    pub fn height(&self) -> u16 {
        self.height
    }

    /// This expression and all inside it, in the order they are written, parents first.
    #[must_use]
    pub fn walk(&self) -> Walk<'_> {
        Walk::new(self)
    }

    /// Hands each direct part to `visit`, in the order they are written.
    pub fn for_each_child<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        walk::for_each_child(&self.kind, visit);
    }
}

/// What an expression is. Shapes follow CPython's `ast` module.
#[derive(Clone, PartialEq, Debug)]
pub enum Kind {
    /// An identifier.
    Name(String),
    /// `None`, `True`, `False`, `...`.
    Constant(Constant),
    /// An integer, float or imaginary literal, as written.
    Number(String),
    /// A string literal, adjacent ones joined, decoded.
    Text(String),
    /// A bytes literal, decoded.
    Bytes(Vec<u8>),
    /// An f-string (or a join with one): the expressions inside its braces.
    Formatted(Vec<Expr>),
    /// `a.b`; the span is the attribute name's.
    Attribute(Box<Expr>, String, Span),
    /// `a[b]`.
    Subscript(Box<Expr>, Box<Expr>),
    /// `a:b:c` inside a subscript.
    Slice(Option<Box<Expr>>, Option<Box<Expr>>, Option<Box<Expr>>),
    /// `f(...)`.
    Call(Box<Expr>, Vec<Argument>),
    /// `-a`, `+a`, `~a`, `not a`.
    Unary(&'static str, Box<Expr>),
    /// `a + b` and the other binary operators.
    Binary(&'static str, Box<Expr>, Box<Expr>),
    /// `a and b and c`, `a or b`.
    Bool(&'static str, Vec<Expr>),
    /// `a < b <= c`: the first operand, then operator and operand in turn.
    Compare(Box<Expr>, Vec<(&'static str, Expr)>),
    /// `a if test else b`: test, a, b.
    Conditional(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `lambda x, y=1: body`: what it takes, in the order written, and the body.
    Lambda(Vec<Parameter>, Box<Expr>),
    /// `name := value`.
    Named(String, Box<Expr>),
    /// `(a, b)`.
    Tuple(Vec<Expr>),
    /// `[a, b]`.
    List(Vec<Expr>),
    /// `{a, b}`.
    Set(Vec<Expr>),
    /// `{a: b, **c}`; a `**` entry has no key.
    Dict(Vec<(Option<Expr>, Expr)>),
    /// `[x for y in z if w]` and its kin: kind of brackets, element (key and value for a dict), clauses.
    Comprehension(Brackets, Vec<Expr>, Vec<Clause>),
    /// `*a`.
    Starred(Box<Expr>),
    /// `await a`.
    Await(Box<Expr>),
    /// `yield`, `yield a`.
    Yield(Option<Box<Expr>>),
    /// `yield from a`.
    YieldFrom(Box<Expr>),
}

/// The constants that are keywords.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Constant {
    /// `None`
    None,
    /// `True`
    True,
    /// `False`
    False,
    /// `...`
    Ellipsis,
}

/// What a comprehension builds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Brackets {
    /// `[...]`
    List,
    /// `{...}`
    Set,
    /// `{k: v ...}`
    Dict,
    /// `(...)`
    Generator,
}

/// One argument of a call.
#[derive(Clone, PartialEq, Debug)]
pub struct Argument {
    /// Its keyword, if it has one.
    pub keyword: Option<String>,
    /// `*` and `**` arguments count 1 and 2.
    pub stars: u8,
    /// The value.
    pub value: Expr,
}

/// One parameter of a lambda.
#[derive(Clone, PartialEq, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// How an argument gets to it.
    pub takes: Takes,
    /// The default.
    pub default: Option<Expr>,
}

/// How arguments get to a parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Takes {
    /// By place alone: it stands before `/`.
    Place,
    /// By place or keyword.
    Either,
    /// By keyword alone: it stands behind a star.
    Keyword,
    /// `*rest`: all further arguments without keyword.
    Rest,
    /// `**rest`: all further arguments with one.
    Keywords,
}

/// One `for target in iter if ...` of a comprehension.
#[derive(Clone, PartialEq, Debug)]
pub struct Clause {
    /// Whether it is an `async for`.
    pub suspends: bool,
    /// What is bound.
    pub target: Expr,
    /// What is iterated.
    pub iter: Expr,
    /// The conditions.
    pub conditions: Vec<Expr>,
}

/// Why a text is no expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyntaxError {
    /// Where reading stopped; empty at the text's end.
    pub span: Span,
    /// For people: lower case, no final stop.
    pub message: String,
}

#[cfg(test)]
mod recorded;
#[cfg(test)]
mod tests;
