//! Tokens to a tree: operators and everything that binds less than they do.
//!
//! Chains of operators are reduced on a stack of their own, so that only brackets, lambdas,
//! conditionals and f-strings recurse; how deep these may lie in one another is limited.

use text::span::Span;

use super::lexer::{self, Token, TokenKind};
use super::{Expr, Kind, SyntaxError};

/// The level of `or`, the loosest operator.
pub(super) const DISJUNCTION: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const COMPARISON: u8 = 4;
/// The level of `|`: what a star may stand before.
pub(super) const BITWISE_OR: u8 = 5;
const SIGN: u8 = 11;
const POWER: u8 = 12;

/// An expression, and the text it stands on with the parentheses around it.
///
/// The tree is boxed, since parts are handed through every level of the recursion.
pub(super) struct Part {
    pub(super) expr: Box<Expr>,
    pub(super) outer: Span,
}

pub(super) type Parsed<T = Part> = Result<T, SyntaxError>;

pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) at: usize,
    pub(super) depth: usize,
}

#[derive(Clone, Copy)]
struct Operator {
    symbol: &'static str,
    level: u8,
    prefix: bool,
    start: usize,
    tokens: usize,
}

/// Operands and operators that wait for their right-hand side.
#[derive(Default)]
struct Pending {
    operands: Vec<Part>,
    operators: Vec<Operator>,
}

/// Reads all of `text`.
pub(super) fn parse(text: &str) -> Parsed<Expr> {
    let mut parser = Parser { text, tokens: lexer::tokens(text), at: 0, depth: 0 };
    let whole = parser.expressions()?;
    parser.take_newline();
    if parser.is_end() { Ok(*whole.expr) } else { Err(parser.unexpected("the end")) }
}

/// Reads the part of `text` that stands in an f-string's braces, `depth` levels deep.
pub(super) fn parse_field(text: &str, part: Span, depth: usize) -> Parsed<Expr> {
    let mut parser = Parser { text, tokens: lexer::field_tokens(text, part), at: 0, depth };
    let whole = parser.deeper(Parser::atom)?;
    if parser.is_end() { Ok(*whole.expr) } else { Err(parser.unexpected("the end of the field")) }
}

impl Parser<'_> {
    /// `a, b` outside brackets.
    fn expressions(&mut self) -> Parsed {
        let first = self.expression()?;
        if !self.is(",") {
            return Ok(first);
        }
        let start = first.outer;
        let mut items = vec![*first.expr];
        let mut end = start;
        while self.is(",") {
            end = self.advance();
            if self.is_end() || matches!(self.kind(), TokenKind::Newline) {
                break;
            }
            let next = self.expression()?;
            end = next.outer;
            items.push(*next.expr);
        }
        self.part(start.cover(end), Kind::Tuple(items))
    }

    /// An expression without star, comma or `:=`.
    pub(super) fn expression(&mut self) -> Parsed {
        if self.is("lambda") {
            return self.deeper(Parser::lambda);
        }
        let chosen = self.operators(DISJUNCTION)?;
        if !self.take("if") {
            return Ok(chosen);
        }
        let test = self.operators(DISJUNCTION)?;
        self.expect("else")?;
        let otherwise = self.deeper(Parser::expression)?;
        let span = chosen.outer.cover(otherwise.outer);
        let [test, chosen, otherwise] = [test, chosen, otherwise].map(|part| part.expr);
        self.part(span, Kind::Conditional(test, chosen, otherwise))
    }

    /// `name := value`, or an expression.
    pub(super) fn named_expression(&mut self) -> Parsed {
        if !(self.is_name() && self.next_is(":=")) {
            return self.expression();
        }
        let name = self.advance();
        self.advance();
        let value = self.expression()?;
        let bound = name.of(self.text).to_owned();
        self.part(name.cover(value.outer), Kind::Named(bound, value.expr))
    }

    /// Operands joined by operators of `lowest` level or tighter.
    pub(super) fn operators(&mut self, lowest: u8) -> Parsed {
        let mut pending = Pending::default();
        loop {
            while let Some(prefix) = self.prefix(lowest, &pending) {
                self.advance();
                pending.operators.push(prefix);
            }
            let operand = self.operand()?;
            pending.operands.push(operand);
            let Some(operator) = self.infix().filter(|operator| operator.level >= lowest) else {
                break;
            };
            for _ in 0..operator.tokens {
                self.advance();
            }
            while pending.operators.last().is_some_and(|before| before.binds_before(operator)) {
                self.reduce(&mut pending)?;
            }
            pending.operators.push(operator);
        }
        while !pending.operators.is_empty() {
            self.reduce(&mut pending)?;
        }
        pending.operands.pop().ok_or_else(|| self.unexpected("a value"))
    }

    fn prefix(&self, lowest: u8, pending: &Pending) -> Option<Operator> {
        let TokenKind::Symbol(symbol) = self.kind() else {
            return None;
        };
        let level = match *symbol {
            "-" | "+" | "~" => SIGN,
            // `a == not b` is no Python: `not` takes a whole comparison and is none's operand.
            "not" if lowest <= NOT && pending.operators.last().is_none_or(|o| o.level <= NOT) => {
                NOT
            }
            _ => return None,
        };
        let start = self.span().start as usize;
        Some(Operator { symbol, level, prefix: true, start, tokens: 1 })
    }

    fn infix(&self) -> Option<Operator> {
        let TokenKind::Symbol(symbol) = self.kind() else {
            return None;
        };
        let (symbol, level, tokens) = match *symbol {
            "or" => ("or", DISJUNCTION, 1),
            "and" => ("and", AND, 1),
            "not" if self.next_is("in") => ("not in", COMPARISON, 2),
            "is" if self.next_is("not") => ("is not", COMPARISON, 2),
            "in" | "is" | "==" | "!=" | "<" | "<=" | ">" | ">=" => (*symbol, COMPARISON, 1),
            "|" => ("|", BITWISE_OR, 1),
            "^" => ("^", 6, 1),
            "&" => ("&", 7, 1),
            "<<" | ">>" => (*symbol, 8, 1),
            "+" | "-" => (*symbol, 9, 1),
            "*" | "/" | "//" | "%" | "@" => (*symbol, 10, 1),
            "**" => ("**", POWER, 1),
            _ => return None,
        };
        Some(Operator { symbol, level, prefix: false, start: 0, tokens })
    }

    /// Gives the last operator its operands.
    fn reduce(&mut self, pending: &mut Pending) -> Parsed<()> {
        let Some(operator) = pending.operators.pop() else {
            return Ok(());
        };
        let mut chain = vec![operator.symbol];
        if operator.is_chained() {
            while let Some(same) = pending.operators.pop_if(|other| other.level == operator.level) {
                chain.push(same.symbol);
            }
        }
        chain.reverse();
        let count = if operator.prefix { 1 } else { chain.len() + 1 };
        let first = pending.operands.len().saturating_sub(count);
        let parts: Vec<Part> = pending.operands.drain(first..).collect();
        let (Some(left), Some(right)) = (parts.first(), parts.last()) else {
            return Ok(());
        };
        let mut span = left.outer.cover(right.outer);
        if operator.prefix {
            span = Span::new(operator.start, span.end as usize);
        }
        let mut operands = parts.into_iter().map(|part| part.expr);
        let mut next = || operands.next();
        let kind = match operator.level {
            DISJUNCTION | AND => {
                Kind::Bool(operator.symbol, operands.map(|operand| *operand).collect())
            }
            _ if operator.prefix => match next() {
                Some(only) => Kind::Unary(operator.symbol, only),
                None => return Ok(()),
            },
            COMPARISON => match next() {
                Some(left) => {
                    let rest = chain.into_iter().zip(operands.map(|operand| *operand));
                    Kind::Compare(left, rest.collect())
                }
                None => return Ok(()),
            },
            _ => match (next(), next()) {
                (Some(left), Some(right)) => Kind::Binary(operator.symbol, left, right),
                _ => return Ok(()),
            },
        };
        let part = self.part(span, kind)?;
        pending.operands.push(part);
        Ok(())
    }
}

impl Operator {
    /// `a < b < c` and `a and b and c` are one expression each.
    fn is_chained(self) -> bool {
        matches!(self.level, DISJUNCTION | AND | COMPARISON)
    }

    /// Whether this operator takes what stands between it and `next`.
    fn binds_before(self, next: Operator) -> bool {
        if self.level == next.level {
            !self.is_chained() && self.level != POWER
        } else {
            self.level > next.level
        }
    }
}
