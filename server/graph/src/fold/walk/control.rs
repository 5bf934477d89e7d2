//! Branches, loops and `try`.

use facts::python::{Effect, ExceptClause, Rounds};

use super::{Exits, Point, Walk};
use crate::fold::state::State;

/// How often a loop's body is gone through until nothing changes.
const LOOP_ROUNDS: usize = 8;

impl<'a> Walk<'_, '_, 'a> {
    /// Each arm from the same state. An arm that ends in a branch of its own (`elif`) is taken as
    /// more arms, so that a long chain of them is not deep.
    pub(super) fn branch(&mut self, arms: &'a [Effect], state: Box<State>) -> Point {
        let mut end = None;
        let mut pending = vec![(arms, state)];
        while let Some((arms, state)) = pending.pop() {
            for (index, arm) in arms.iter().enumerate() {
                let is_last = index + 1 == arms.len();
                let tail = tail_branch(arm).filter(|_| is_last);
                let state = Box::clone(&state);
                let Some((before, inner)) = tail else {
                    end = meet(end, self.effect(arm, state));
                    continue;
                };
                if let Some(state) = self.sequence(before, state) {
                    pending.push((inner, state));
                }
            }
        }
        end
    }

    pub(super) fn repeat(&mut self, body: &'a Effect, rounds: Rounds, state: Box<State>) -> Point {
        let outer_breaks = self.exits.breaks.take();
        let outer_continues = self.exits.continues.take();
        let mut head = state;
        let mut after = None;
        for _ in 0..LOOP_ROUNDS {
            let end = self.effect(body, head.clone());
            after = meet(end, self.exits.continues.take());
            let mut next = head.clone();
            if let Some(after) = &after {
                next.meet(after);
            }
            if next == head {
                break;
            }
            head = next;
        }
        let breaks = std::mem::replace(&mut self.exits.breaks, outer_breaks);
        self.exits.continues = outer_continues;
        match rounds {
            Rounds::Any => meet(Some(head), breaks),
            Rounds::Some => meet(after, breaks),
            Rounds::Endless => breaks,
        }
    }

    pub(super) fn attempt(
        &mut self,
        body: &'a Effect,
        handlers: &'a [ExceptClause],
        otherwise: &'a Effect,
        finally: &'a Effect,
        state: Box<State>,
    ) -> Point {
        let outer = std::mem::take(&mut self.exits);
        let catches = handlers.iter().any(|handler| handler.catches_missing_key);
        self.catching += usize::from(catches);
        let end = self.effect(body, state.clone());
        self.catching -= usize::from(catches);
        // What fails may fail before anything was done, or after everything.
        let mut failed = state;
        for point in [&end, &self.exits.raises].into_iter().flatten() {
            failed.meet(point);
        }
        if !handlers.is_empty() {
            self.exits.raises = None;
        }
        let mut end = end.and_then(|state| self.effect(otherwise, state));
        self.branches += 1;
        for handler in handlers {
            let handled = self.effect(&handler.effect, failed.clone());
            end = meet(end, handled);
        }
        self.branches -= 1;
        let inner = std::mem::replace(&mut self.exits, outer);
        self.leave_through(finally, inner);
        end.and_then(|state| self.effect(finally, state))
    }

    /// Whatever leaves a `try` goes through its `finally`.
    fn leave_through(&mut self, finally: &'a Effect, inner: Exits) {
        let Exits { returns, fails, breaks, continues, raises } = inner;
        if let Some(state) = fails.and_then(|state| self.effect(finally, state)) {
            leave(&mut self.exits.fails, state);
        }
        if let Some(state) = returns.and_then(|state| self.effect(finally, state)) {
            leave(&mut self.exits.returns, state);
        }
        if let Some(state) = breaks.and_then(|state| self.effect(finally, state)) {
            leave(&mut self.exits.breaks, state);
        }
        if let Some(state) = continues.and_then(|state| self.effect(finally, state)) {
            leave(&mut self.exits.continues, state);
        }
        if let Some(state) = raises.and_then(|state| self.effect(finally, state)) {
            leave(&mut self.exits.raises, state);
        }
    }
}

/// The state where two points meet.
pub(super) fn meet(one: Point, other: Point) -> Point {
    match (one, other) {
        (Some(mut one), Some(other)) => {
            one.meet(&other);
            Some(one)
        }
        (one, other) => one.or(other),
    }
}

/// A path leaves its block.
pub(super) fn leave(exit: &mut Point, state: Box<State>) -> Point {
    *exit = meet(exit.take(), Some(state));
    None
}

/// The branch that an effect ends in, and what comes before it.
fn tail_branch(effect: &Effect) -> Option<(&[Effect], &[Effect])> {
    match effect {
        Effect::Branch(arms) => Some((&[], arms)),
        Effect::Sequence(effects) => match effects.split_last()? {
            (Effect::Branch(arms), before) => Some((before, arms)),
            _ => None,
        },
        _ => None,
    }
}
