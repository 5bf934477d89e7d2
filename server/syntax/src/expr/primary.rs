//! Values, and what follows them: attributes, calls, subscripts.

use text::span::Span;

use super::lexer::TokenKind;
use super::parser::{Parsed, Parser, Part};
use super::{Argument, Brackets, Constant, Expr, Kind, SyntaxError, strings};

impl Parser<'_> {
    /// What an operator takes: a primary, or `await` and one.
    pub(super) fn operand(&mut self) -> Parsed {
        if !self.is("await") {
            return self.primary();
        }
        let start = self.advance();
        let awaited = self.primary()?;
        self.part(start.cover(awaited.outer), Kind::Await(awaited.expr))
    }

    /// A value with the attributes, calls and subscripts behind it.
    pub(super) fn primary(&mut self) -> Parsed {
        let mut part = self.atom()?;
        loop {
            part = if self.take(".") {
                let (name, place) = self.expect_name()?;
                let span = part.outer.cover(place);
                self.part(span, Kind::Attribute(part.expr, name, place))?
            } else if self.is("(") {
                self.deeper(|parser| parser.call(part))?
            } else if self.is("[") {
                self.deeper(|parser| parser.subscript(part))?
            } else {
                return Ok(part);
            };
        }
    }

    /// A name, a literal or something in brackets.
    pub(super) fn atom(&mut self) -> Parsed {
        let span = self.span();
        let kind = match self.kind() {
            TokenKind::Name => Kind::Name(span.of(self.text).to_owned()),
            TokenKind::Number => Kind::Number(span.of(self.text).to_owned()),
            TokenKind::Text => return self.strings(),
            TokenKind::Symbol("None") => Kind::Constant(Constant::None),
            TokenKind::Symbol("True") => Kind::Constant(Constant::True),
            TokenKind::Symbol("False") => Kind::Constant(Constant::False),
            TokenKind::Symbol("...") => Kind::Constant(Constant::Ellipsis),
            TokenKind::Symbol("(") => return self.deeper(Parser::parenthesised),
            TokenKind::Symbol("[") => return self.deeper(Parser::list),
            TokenKind::Symbol("{") => return self.deeper(Parser::braced),
            _ => return Err(self.unexpected("a value")),
        };
        self.advance();
        self.part(span, kind)
    }

    /// A string, or several in a row, which are one.
    fn strings(&mut self) -> Parsed {
        let mut spans = vec![self.advance()];
        while matches!(self.kind(), TokenKind::Text) {
            spans.push(self.advance());
        }
        let kind = strings::joined(self.text, &spans, self.depth)?;
        let whole = spans.iter().fold(spans[0], |whole, span| whole.cover(*span));
        self.part(whole, kind)
    }

    fn call(&mut self, callee: Part) -> Parsed {
        let open = self.advance();
        let mut arguments: Vec<Argument> = Vec::new();
        while !self.is(")") {
            let argument = self.argument(&arguments, open)?;
            arguments.push(argument);
            if !self.take(",") {
                break;
            }
        }
        let close = self.expect(")")?;
        let span = callee.outer.cover(close);
        self.part(span, Kind::Call(callee.expr, arguments))
    }

    fn argument(&mut self, before: &[Argument], open: Span) -> Parsed<Argument> {
        let start = self.span();
        let keywords = before.iter().any(|other| other.keyword.is_some());
        let double = before.iter().any(|other| other.stars == 2);
        if self.take("**") {
            return Ok(Argument { keyword: None, stars: 2, value: *self.expression()?.expr });
        }
        if self.take("*") {
            let value = *self.expression()?.expr;
            return if double {
                Err(error(start, "a `*` argument cannot follow a `**` argument"))
            } else {
                Ok(Argument { keyword: None, stars: 1, value })
            };
        }
        if self.is_name() && self.next_is("=") {
            let (name, _) = self.expect_name()?;
            self.advance();
            let value = *self.expression()?.expr;
            return Ok(Argument { keyword: Some(name), stars: 0, value });
        }
        let value = self.named_expression()?;
        if keywords || double {
            return Err(error(value.outer, "an argument without keyword follows one with"));
        }
        let value = if self.at_clause() {
            self.generator_argument(*value.expr, before, open)?
        } else {
            *value.expr
        };
        Ok(Argument { keyword: None, stars: 0, value })
    }

    /// `f(x for x in y)`: the call's parentheses are the generator's.
    fn generator_argument(
        &mut self,
        element: Expr,
        before: &[Argument],
        open: Span,
    ) -> Parsed<Expr> {
        let clauses = self.clauses()?;
        if !before.is_empty() || !self.is(")") {
            return Err(error(
                element.span,
                "a generator beside other arguments needs parentheses",
            ));
        }
        let span = open.cover(self.span());
        self.node(span, Kind::Comprehension(Brackets::Generator, vec![element], clauses))
    }

    fn subscript(&mut self, base: Part) -> Parsed {
        self.advance();
        let mut items = Vec::new();
        let mut span = self.span();
        let mut comma = false;
        while !self.is("]") || items.is_empty() {
            let item = self.subscript_item()?;
            span = span.cover(item.outer);
            items.push(*item.expr);
            comma = self.is(",");
            if !comma {
                break;
            }
            span = span.cover(self.advance());
        }
        let close = self.expect("]")?;
        let starred = items.iter().any(|item| matches!(item.kind, Kind::Starred(_)));
        let index = match items.pop() {
            Some(only) if items.is_empty() && !comma && !starred => only,
            last => {
                items.extend(last);
                self.node(span, Kind::Tuple(items))?
            }
        };
        let whole = base.outer.cover(close);
        self.part(whole, Kind::Subscript(base.expr, Box::new(index)))
    }

    fn subscript_item(&mut self) -> Parsed {
        let start = self.span();
        if self.take("*") {
            let value = self.expression()?;
            return self.part(start.cover(value.outer), Kind::Starred(value.expr));
        }
        if self.is_name() && self.next_is(":=") {
            return self.named_expression();
        }
        let first = if self.is(":") { None } else { Some(self.expression()?) };
        let colon = self.span();
        match first {
            Some(only) if !self.is(":") => return Ok(only),
            _ => self.expect(":")?,
        };
        let mut span = first.as_ref().map_or(colon, |part| part.outer.cover(colon));
        let second = self.slice_bound(&mut span)?;
        let mut third = None;
        if self.is(":") {
            span = span.cover(self.advance());
            third = self.slice_bound(&mut span)?;
        }
        let first = first.map(|part| part.expr);
        self.part(span, Kind::Slice(first, second, third))
    }

    fn slice_bound(&mut self, span: &mut Span) -> Parsed<Option<Box<Expr>>> {
        if self.is(":") || self.is(",") || self.is("]") {
            return Ok(None);
        }
        let bound = self.expression()?;
        *span = span.cover(bound.outer);
        Ok(Some(bound.expr))
    }
}

pub(super) fn error(span: Span, message: &str) -> SyntaxError {
    SyntaxError { span, message: message.to_owned() }
}
