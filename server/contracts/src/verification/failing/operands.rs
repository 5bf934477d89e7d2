//! Operators between values whose types are known.

use syntax::expr::{Expr, Kind};
use text::span::Span;

use super::{Asked, Failing, Place, Search};
use crate::types::Type;
use crate::verification::typed;

impl<'a> Search<'a> {
    /// The type of a part, as far as declared types tell.
    pub(super) fn known(&self, part: &Expr, place: Place) -> Option<Type> {
        // Inside a comprehension the variables may not be there at all.
        if place.hidden.is_some() {
            return None;
        }
        typed::type_of(part, &|variable| match self.type_of(variable)? {
            Asked::Context => Type::parse("dict"),
            Asked::Undeclared => None,
            Asked::Declared(known) => Some(known.clone()),
        })
    }

    pub(super) fn unary(
        &mut self,
        span: Span,
        operator: &'static str,
        operand: &Expr,
        place: Place,
    ) {
        if let Some(known) = self.known(operand, place)
            && typed::refuses_unary(operator, &known)
        {
            let right = known.to_string();
            self.fail(span, Failing::Operands { operator, left: None, right }, place);
        }
    }

    /// Whether an operator takes the types on both sides of it; reports it if not.
    pub(super) fn operands(
        &mut self,
        span: Span,
        (left, operator, right): (&Expr, &'static str, &Expr),
        place: Place,
    ) {
        let (Some(left), Some(right)) = (self.known(left, place), self.known(right, place)) else {
            return;
        };
        if typed::refuses(operator, &left, &right) {
            let (left, right) = (Some(left.to_string()), right.to_string());
            self.fail(span, Failing::Operands { operator, left, right }, place);
        }
    }

    pub(super) fn compare(
        &mut self,
        span: Span,
        first: &'a Expr,
        rest: &'a [(&'static str, Expr)],
        place: Place,
    ) {
        let mut left = first;
        for (index, (operator, right)) in rest.iter().enumerate() {
            // Later comparisons of a chain are reached where those before them hold.
            let always = place.always && index == 0;
            self.operands(span, (left, operator, right), Place { always, ..place });
            left = right;
        }
        let [(operator, right)] = rest else {
            return;
        };
        let mentions = |part: &Expr| part.walk().any(|part| self.type_of(part).is_some());
        // What holds no variable at all is told as a constant.
        if !mentions(first) && !mentions(right) {
            return;
        }
        let truth = match *operator {
            "==" | "in" => false,
            "!=" | "not in" => true,
            _ => return,
        };
        let differing = match (*operator, &right.kind) {
            ("==" | "!=", _) => self.differ(first, right, place),
            (_, Kind::Tuple(items) | Kind::List(items) | Kind::Set(items)) => {
                self.differs_from_all(first, items, place)
            }
            _ => None,
        };
        if let Some((left, right)) = differing {
            let whole = span == self.whole;
            self.fail(span, Failing::NeverEqual { left, right, truth, whole }, place);
        }
    }

    /// The types of both, if their values never equal. Whatever a field's type, it may be compared
    /// with what a degraded field holds.
    fn differ(&self, left: &Expr, right: &Expr, place: Place) -> Option<(String, String)> {
        if typed::is_sentinel(left) || typed::is_sentinel(right) {
            return None;
        }
        let (left, right) = (self.known(left, place)?, self.known(right, place)?);
        typed::never_equal(&left, &right).then(|| (left.to_string(), right.to_string()))
    }

    fn differs_from_all(
        &self,
        left: &Expr,
        items: &[Expr],
        place: Place,
    ) -> Option<(String, String)> {
        let mut types = Vec::new();
        let mut known = None;
        for item in items {
            let (left, right) = self.differ(left, item, place)?;
            if !types.contains(&right) {
                types.push(right);
            }
            known = Some(left);
        }
        Some((known?, types.join("` or `")))
    }
}
