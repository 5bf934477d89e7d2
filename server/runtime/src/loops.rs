//! Comprehensions and generators.
//!
//! Both are one loop that stops wherever an element is due; a comprehension goes on at once, and a
//! generator when it is asked.

use syntax::expr::{Brackets, Clause, Expr, Kind};

use crate::evaluate::Evaluator;
use crate::failure::{Cause, Outcome, type_error, unsupported, value_error};
use crate::items::{Items, no_order};
use crate::iterate::Iter;
use crate::scope::{ScopeId, ScopeKind, targets};
use crate::table::Table;
use crate::value::{Handle, Value};

/// A loop over some clauses, between two elements.
#[derive(Debug)]
pub(crate) struct Loop<'e> {
    element: &'e [Expr],
    clauses: &'e [Clause],
    scope: ScopeId,
    /// Where the loops of the first clauses are; all of them while an element is due.
    open: Vec<Iter>,
    /// Whether what was iterated has no order.
    unordered: bool,
}

impl<'e> Evaluator<'e> {
    /// `[a for b in c if d]` and its kin.
    pub(crate) fn comprehension(
        &mut self,
        brackets: Brackets,
        element: &'e [Expr],
        clauses: &'e [Clause],
        scope: ScopeId,
    ) -> Outcome {
        let Some(first) = clauses.first() else {
            return Err(unsupported("a comprehension without a loop"));
        };
        if clauses.iter().any(|clause| clause.suspends) {
            return Err(unsupported("`async for`"));
        }
        // The first iterable is evaluated outside, and at once.
        let iterable = self.value(&first.iter, scope)?;
        let iter = Iter::of(&iterable).map_err(|fault| fault.at(first.iter.span))?;
        let scope = self.open(ScopeKind::Comprehension, scope, targets(clauses))?;
        let open = vec![iter];
        let mut made = Loop { element, clauses, scope, open, unordered: false };
        match brackets {
            Brackets::Generator => {
                self.generators.push(Some(made));
                Ok(Value::Generator(Handle(self.generators.len() - 1)))
            }
            Brackets::List => {
                let values = self.deeper(|this| this.rest(&mut made))?;
                Items::new(values, !made.unordered, &self.budget).map(Value::List)
            }
            Brackets::Set => self.deeper(|this| this.set_of(&mut made)),
            Brackets::Dict => self.deeper(|this| this.dict_of(&mut made)),
        }
    }

    fn rest(&mut self, made: &mut Loop<'e>) -> Outcome<Vec<Value>> {
        let mut values = Vec::new();
        while let Some(value) = self.next_of_loop(made)? {
            self.budget.fits_items(values.len() + 1)?;
            values.push(value);
        }
        Ok(values)
    }

    fn set_of(&mut self, made: &mut Loop<'e>) -> Outcome {
        let mut table = Table::default();
        while let Some(value) = self.next_of_loop(made)? {
            table.put(value, Value::None, &self.budget)?;
        }
        Ok(Value::Set(table.into()))
    }

    fn dict_of(&mut self, made: &mut Loop<'e>) -> Outcome {
        let [key_part, value_part] = made.element else {
            return Err(unsupported("a dict of other elements than key and value"));
        };
        let mut table = Table::default();
        while self.advance(made)? {
            let (key, value) = self.within(made, |this, made| {
                let key = this.value(key_part, made.scope)?;
                Ok((key, this.value(value_part, made.scope)?))
            })?;
            table.put(key, value, &self.budget).map_err(|fault| fault.at(key_part.span))?;
        }
        if made.unordered && table.len() > 1 {
            return Err(no_order());
        }
        Ok(Value::Dict(table.into()))
    }

    /// The next element of a generator, if there is one.
    pub(crate) fn next_of_generator(&mut self, handle: Handle) -> Outcome<Option<Value>> {
        let Some(mut made) = self.generators[handle.0].take() else {
            return Err(value_error("the generator is being asked already"));
        };
        let next = self.deeper(|this| this.next_of_loop(&mut made));
        if !matches!(next, Ok(Some(_))) {
            // It is over, and remains so.
            made.open.clear();
        }
        self.generators[handle.0] = Some(made);
        next
    }

    pub(crate) fn generator_is_unordered(&self, handle: Handle) -> bool {
        self.generators[handle.0].as_ref().is_none_or(|made| made.unordered)
    }

    fn next_of_loop(&mut self, made: &mut Loop<'e>) -> Outcome<Option<Value>> {
        if !self.advance(made)? {
            return Ok(None);
        }
        let Some(element) = made.element.first() else {
            return Ok(None);
        };
        self.within(made, |this, made| this.value(element, made.scope)).map(Some)
    }

    /// Steps to where the next element is due; whether there is one.
    fn advance(&mut self, made: &mut Loop<'e>) -> Outcome<bool> {
        while let Some(depth) = made.open.len().checked_sub(1) {
            let Some(item) = self.next_of(&mut made.open[depth])? else {
                made.open.pop();
                continue;
            };
            made.unordered |= self.is_unordered(&made.open[depth]);
            if !self.within(made, |this, made| this.enters(made, depth, item))? {
                continue;
            }
            let Some(inner) = made.clauses.get(depth + 1) else {
                return Ok(true);
            };
            let iterable = self.within(made, |this, made| this.value(&inner.iter, made.scope))?;
            let iter = Iter::of(&iterable).map_err(|fault| fault.at(inner.iter.span))?;
            made.open.push(iter);
        }
        Ok(false)
    }

    /// Binds `item` to the target of a clause; whether its conditions hold then.
    fn enters(&mut self, made: &Loop<'e>, depth: usize, item: Value) -> Outcome<bool> {
        let clause = &made.clauses[depth];
        self.bind(&clause.target, item, made.scope)?;
        for condition in &clause.conditions {
            if !self.value(condition, made.scope)?.is_true() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Evaluates inside the loop: what is bound there depends on the order, if there is none.
    fn within<T>(
        &mut self,
        made: &mut Loop<'e>,
        evaluate: impl FnOnce(&mut Self, &Loop<'e>) -> Outcome<T>,
    ) -> Outcome<T> {
        let unordered = usize::from(made.unordered);
        self.unordered += unordered;
        let outcome = evaluate(self, made);
        self.unordered -= unordered;
        match outcome {
            Err(fault) if made.unordered && matches!(fault.cause(), Cause::Raised(_)) => {
                Err(unsupported("which error comes first depends on the order of a set"))
            }
            outcome => outcome,
        }
    }

    fn bind(&mut self, target: &'e Expr, value: Value, scope: ScopeId) -> Outcome<()> {
        match &target.kind {
            Kind::Name(name) => {
                self.store(name, value, scope);
                Ok(())
            }
            Kind::Tuple(targets) | Kind::List(targets) => self
                .deeper(|this| this.unpack(targets, &value, scope))
                .map_err(|fault| fault.at(target.span)),
            _ => Err(unsupported("a loop that assigns to a part of a value").at(target.span)),
        }
    }

    fn unpack(&mut self, targets: &'e [Expr], value: &Value, scope: ScopeId) -> Outcome<()> {
        let star = targets.iter().position(|target| matches!(target.kind, Kind::Starred(_)));
        let mut iter = Iter::of(value)
            .map_err(|_| type_error(format!("{} cannot be unpacked", value.shown_class())))?;
        let mut values = Vec::new();
        // One more than are wanted is asked for, to see that there is none.
        while star.is_some() || values.len() <= targets.len() {
            let Some(next) = self.next_of(&mut iter)? else {
                break;
            };
            self.budget.fits_items(values.len() + 1)?;
            values.push(next);
        }
        if values.len() > 1 && self.is_unordered(&iter) {
            return Err(no_order());
        }
        let wanted = targets.len();
        let fits = match star {
            Some(_) => values.len() + 1 >= wanted,
            None => values.len() == wanted,
        };
        if !fits {
            return Err(value_error(format!(
                "{} has another number of items",
                value.shown_class()
            )));
        }
        let mut rest = values.into_iter();
        for (index, target) in targets.iter().enumerate() {
            if let Kind::Starred(inner) = &target.kind {
                let count = rest.len() - (wanted - index - 1);
                let taken: Vec<Value> = rest.by_ref().take(count).collect();
                let taken = Items::new(taken, true, &self.budget)?;
                self.bind(inner, Value::List(taken), scope)?;
            } else if let Some(next) = rest.next() {
                self.bind(target, next, scope)?;
            }
        }
        Ok(())
    }
}
