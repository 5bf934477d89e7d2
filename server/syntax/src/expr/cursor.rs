//! Moving over tokens, and making nodes within the limits of depth and height.

use text::span::Span;

use super::lexer::TokenKind;
use super::parser::{Parsed, Parser, Part};
use super::{Expr, Kind, MAX_HEIGHT, SyntaxError};

/// Brackets, lambdas, `else` branches and f-string fields that may lie in one another.
const DEPTH: usize = 256;

impl Parser<'_> {
    pub(super) fn kind(&self) -> &TokenKind {
        self.tokens.get(self.at).map_or(&TokenKind::End, |token| &token.kind)
    }

    pub(super) fn span(&self) -> Span {
        let end = Span::empty(self.text.len());
        self.tokens.get(self.at).map_or(end, |token| token.span)
    }

    pub(super) fn is(&self, symbol: &str) -> bool {
        matches!(self.kind(), TokenKind::Symbol(found) if *found == symbol)
    }

    pub(super) fn next_is(&self, symbol: &str) -> bool {
        let next = self.tokens.get(self.at + 1).map(|token| &token.kind);
        matches!(next, Some(TokenKind::Symbol(found)) if *found == symbol)
    }

    pub(super) fn is_name(&self) -> bool {
        matches!(self.kind(), TokenKind::Name)
    }

    pub(super) fn is_end(&self) -> bool {
        matches!(self.kind(), TokenKind::End)
    }

    pub(super) fn take_newline(&mut self) {
        if matches!(self.kind(), TokenKind::Newline) {
            self.advance();
        }
    }

    /// Steps over the token here and gives its place.
    pub(super) fn advance(&mut self) -> Span {
        let span = self.span();
        self.at += 1;
        span
    }

    pub(super) fn take(&mut self, symbol: &str) -> bool {
        let found = self.is(symbol);
        self.at += usize::from(found);
        found
    }

    pub(super) fn expect(&mut self, symbol: &str) -> Parsed<Span> {
        if self.is(symbol) { Ok(self.advance()) } else { Err(self.unexpected_symbol(symbol)) }
    }

    pub(super) fn expect_name(&mut self) -> Parsed<(String, Span)> {
        if !self.is_name() {
            return Err(self.unexpected("a name"));
        }
        let span = self.advance();
        Ok((span.of(self.text).to_owned(), span))
    }

    fn unexpected_symbol(&self, symbol: &str) -> SyntaxError {
        self.unexpected(&format!("`{symbol}`"))
    }

    /// The error that `wanted` is not what stands here.
    pub(super) fn unexpected(&self, wanted: &str) -> SyntaxError {
        let span = self.span();
        let message = match self.kind() {
            TokenKind::Bad(message) => message.clone(),
            TokenKind::End => format!("expected {wanted} where the text ends"),
            TokenKind::Newline => format!("expected {wanted} where the line ends"),
            _ => format!("expected {wanted} instead of `{}`", span.of(self.text)),
        };
        SyntaxError { span, message }
    }

    /// Runs `parse` one level deeper, if the limit allows.
    pub(super) fn deeper<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= DEPTH {
            return Err(too_deep(self.span()));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    pub(super) fn node(&self, span: Span, kind: Kind) -> Parsed<Expr> {
        let expr = Expr::new(span, kind);
        if expr.height() > MAX_HEIGHT { Err(too_deep(span)) } else { Ok(expr) }
    }

    pub(super) fn part(&self, span: Span, kind: Kind) -> Parsed {
        Ok(Part { expr: Box::new(self.node(span, kind)?), outer: span })
    }
}

fn too_deep(span: Span) -> SyntaxError {
    SyntaxError { span, message: "the expression nests too deep to be read".into() }
}
