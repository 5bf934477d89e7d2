//! Tuples, lists, sets, dicts, comprehensions and what else stands in brackets.

use text::span::Span;

use super::parser::{BITWISE_OR, DISJUNCTION, Parsed, Parser, Part};
use super::primary::error;
use super::{Brackets, Clause, Expr, Kind};

impl Parser<'_> {
    /// From `(`: a group, a tuple, a generator, a yield.
    pub(super) fn parenthesised(&mut self) -> Parsed {
        let open = self.advance();
        if self.is(")") {
            let close = self.advance();
            return self.part(open.cover(close), Kind::Tuple(Vec::new()));
        }
        if self.is("yield") {
            let inner = self.yielded()?;
            let close = self.expect(")")?;
            return Ok(Part { expr: inner.expr, outer: open.cover(close) });
        }
        let first = self.item()?;
        let starred = is_starred(&first);
        if self.at_clause() && !starred {
            return self.comprehension(open, Brackets::Generator, vec![*first.expr], ")");
        }
        if !self.is(",") {
            let close = self.expect(")")?;
            return if starred {
                Err(error(first.outer, "a star needs a comma behind it, to make a tuple"))
            } else {
                Ok(Part { expr: first.expr, outer: open.cover(close) })
            };
        }
        let items = self.more_items(first, ")")?;
        let close = self.expect(")")?;
        self.part(open.cover(close), Kind::Tuple(items))
    }

    /// From `[`.
    pub(super) fn list(&mut self) -> Parsed {
        let open = self.advance();
        let mut items = Vec::new();
        if !self.is("]") {
            let first = self.item()?;
            if self.at_clause() && !is_starred(&first) {
                return self.comprehension(open, Brackets::List, vec![*first.expr], "]");
            }
            items = self.more_items(first, "]")?;
        }
        let close = self.expect("]")?;
        self.part(open.cover(close), Kind::List(items))
    }

    /// From `{`: a dict or a set.
    pub(super) fn braced(&mut self) -> Parsed {
        let open = self.advance();
        if self.is("}") || self.is("**") {
            return self.dict(open, None);
        }
        let walrus = self.is_name() && self.next_is(":=");
        let first = self.item()?;
        if self.is(":") && !walrus && !is_starred(&first) {
            return self.dict(open, Some(*first.expr));
        }
        if self.at_clause() && !is_starred(&first) {
            return self.comprehension(open, Brackets::Set, vec![*first.expr], "}");
        }
        let items = self.more_items(first, "}")?;
        let close = self.expect("}")?;
        self.part(open.cover(close), Kind::Set(items))
    }

    /// A dict whose first key, if there is one, has been read.
    fn dict(&mut self, open: Span, first_key: Option<Expr>) -> Parsed {
        let mut entries = Vec::new();
        let mut known_key = first_key;
        while !self.is("}") {
            if known_key.is_none() && self.take("**") {
                entries.push((None, *self.operators(BITWISE_OR)?.expr));
            } else {
                let key = match known_key.take() {
                    Some(key) => key,
                    None => *self.expression()?.expr,
                };
                self.expect(":")?;
                let value = *self.expression()?.expr;
                if entries.is_empty() && self.at_clause() {
                    return self.comprehension(open, Brackets::Dict, vec![key, value], "}");
                }
                entries.push((Some(key), value));
            }
            if !self.take(",") {
                break;
            }
        }
        let close = self.expect("}")?;
        self.part(open.cover(close), Kind::Dict(entries))
    }

    /// `*a`, `name := value` or an expression.
    fn item(&mut self) -> Parsed {
        if self.is("*") { self.starred() } else { self.named_expression() }
    }

    fn starred(&mut self) -> Parsed {
        let star = self.advance();
        let value = self.operators(BITWISE_OR)?;
        self.part(star.cover(value.outer), Kind::Starred(value.expr))
    }

    /// `first` and the items behind it, up to the bracket `close`.
    fn more_items(&mut self, first: Part, close: &str) -> Parsed<Vec<Expr>> {
        let mut items = vec![*first.expr];
        while self.take(",") && !self.is(close) {
            items.push(*self.item()?.expr);
        }
        Ok(items)
    }

    /// `yield` up to, and without, the parenthesis behind it.
    fn yielded(&mut self) -> Parsed {
        let start = self.advance();
        if self.take("from") {
            let value = self.expression()?;
            let span = start.cover(value.outer);
            return self.part(span, Kind::YieldFrom(value.expr));
        }
        if self.is(")") {
            return self.part(start, Kind::Yield(None));
        }
        let first = self.yielded_item()?;
        let mut value = first.expr;
        let mut end = first.outer;
        if self.is(",") {
            let mut items = vec![*value];
            while self.is(",") {
                end = self.advance();
                if self.is(")") {
                    break;
                }
                let next = self.yielded_item()?;
                end = next.outer;
                items.push(*next.expr);
            }
            value = Box::new(self.node(first.outer.cover(end), Kind::Tuple(items))?);
        }
        self.part(start.cover(end), Kind::Yield(Some(value)))
    }

    fn yielded_item(&mut self) -> Parsed {
        if self.is("*") { self.starred() } else { self.expression() }
    }

    /// Whether a comprehension's `for` stands here.
    pub(super) fn at_clause(&self) -> bool {
        self.is("for") || (self.is("async") && self.next_is("for"))
    }

    fn comprehension(
        &mut self,
        open: Span,
        brackets: Brackets,
        element: Vec<Expr>,
        close: &str,
    ) -> Parsed {
        let clauses = self.clauses()?;
        let close = self.expect(close)?;
        self.part(open.cover(close), Kind::Comprehension(brackets, element, clauses))
    }

    /// One or more `for target in iter if condition`.
    pub(super) fn clauses(&mut self) -> Parsed<Vec<Clause>> {
        let mut clauses = Vec::new();
        while self.at_clause() {
            let suspends = self.take("async");
            self.advance();
            let target = self.targets()?;
            self.expect("in")?;
            let iter = *self.operators(DISJUNCTION)?.expr;
            let mut conditions = Vec::new();
            while self.take("if") {
                conditions.push(*self.operators(DISJUNCTION)?.expr);
            }
            clauses.push(Clause { suspends, target, iter, conditions });
        }
        Ok(clauses)
    }

    fn targets(&mut self) -> Parsed<Expr> {
        let first = self.target()?;
        if !self.is(",") {
            return Ok(*first.expr);
        }
        let mut span = first.outer;
        let mut items = vec![*first.expr];
        while self.is(",") {
            span = span.cover(self.advance());
            if self.is("in") {
                break;
            }
            let next = self.target()?;
            span = span.cover(next.outer);
            items.push(*next.expr);
        }
        self.node(span, Kind::Tuple(items))
    }

    fn target(&mut self) -> Parsed {
        let start = self.span();
        let starred = self.take("*");
        let target = self.primary()?;
        if !is_target(&target.expr) {
            return Err(error(target.outer, "a comprehension cannot bind this"));
        }
        if !starred {
            return Ok(target);
        }
        self.part(start.cover(target.outer), Kind::Starred(target.expr))
    }
}

fn is_starred(part: &Part) -> bool {
    matches!(part.expr.kind, Kind::Starred(_))
}

/// Whether a loop can assign to `expr`.
fn is_target(expr: &Expr) -> bool {
    let mut waiting = vec![expr];
    while let Some(next) = waiting.pop() {
        match &next.kind {
            Kind::Name(_) | Kind::Attribute(..) | Kind::Subscript(..) => {}
            Kind::Tuple(items) | Kind::List(items) => {
                waiting.extend(items.iter().map(|item| match &item.kind {
                    Kind::Starred(inner) => inner,
                    _ => item,
                }));
            }
            _ => return false,
        }
    }
    true
}
