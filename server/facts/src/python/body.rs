//! The state of reading one function: variables, effects, anchors.

use rustc_hash::{FxHashMap, FxHashSet};
use syntax::python::cst::Node;
use text::exact::boxed;
use text::span::Span;

use super::failures::Caught;
use super::held::{Alias, Held, Pending, Value};
use super::scope::Scope;
use super::unit::Unit;
use super::variables::{Changes, Mark, Variables};
use super::{Access, Action, Call, Callee, Effect, Gives, Key, Made, Passed, Place, Root, Written};
use crate::places::LocalAnchor;

/// Reads the body of one function, in the order in which Python runs it.
pub(super) struct Body<'u, 'c> {
    /// What the outermost function around this one has given so far.
    pub(super) unit: &'u mut Unit,
    /// This function's index in the file.
    pub(super) index: u32,
    /// Where this function's text begins.
    pub(super) start: u32,
    /// The spans of its anchors, counted from `start`.
    pub(super) anchors: Vec<Span>,
    /// Its variables at the current point.
    pub(super) variables: Variables<'c>,
    /// The names that it binds.
    pub(super) scope: Scope<'c>,
    /// What it sees of the functions around it.
    pub(super) captured: FxHashMap<&'c str, Held<'c>>,
    /// The effects of the current sequence.
    pub(super) out: Vec<Effect>,
    /// Whether the current point cannot be reached.
    pub(super) dead: bool,
    /// Its qualified name.
    pub(super) qualified: String,
    /// Whether its first parameter is `self` or `cls`.
    pub(super) is_method: bool,
    /// Whether anything was done to what lies outside the function itself.
    pub(super) reaches_out: bool,
    /// The expression that is being handed to something.
    pub(super) current: Span,
    /// What the `except` clause around the current point catches.
    pub(super) caught: Caught,
    /// Its text, without the head.
    pub(super) block: Option<Node<'c>>,
    /// The names of which more than methods and attributes are used, once somebody asked.
    pub(super) loose: Option<FxHashSet<&'c str>>,
    /// Objects that stay here, by name.
    pub(super) objects: FxHashMap<&'c str, Made>,
    /// What it gives.
    pub(super) gives: Gives,
    /// The last update of a whole parameter or attribute, and of which.
    pub(super) updated: Option<(Span, Alias)>,
}

/// Several paths from one point.
pub(super) struct Fork<'c> {
    mark: Mark,
    before: Vec<Effect>,
    ends: Vec<Changes<'c>>,
    arms: Vec<Effect>,
}

impl<'c> Body<'_, 'c> {
    /// An anchor at `span`.
    pub(super) fn anchor(&mut self, span: Span) -> LocalAnchor {
        anchor_in(&mut self.anchors, self.start, self.index, span)
    }

    /// Adds an effect, unless the point cannot be reached.
    pub(super) fn emit(&mut self, effect: Effect) {
        if self.dead || is_nothing(&effect) {
            return;
        }
        match effect {
            Effect::Sequence(effects) => self.out.extend(effects),
            effect => self.out.push(effect),
        }
    }

    /// Adds an effect that ends this path.
    pub(super) fn end(&mut self, effect: Effect) {
        self.emit(effect);
        self.dead = true;
    }

    /// Adds an access.
    pub(super) fn access(&mut self, place: Place, action: Action, span: Span) {
        if self.dead {
            return;
        }
        self.note_reach(&place);
        let at = self.anchor(span);
        self.emit(Effect::Access(Access { place, action, at }));
    }

    /// Adds a call.
    pub(super) fn call_effect(&mut self, callee: Callee, passed: Vec<Passed>, span: Span) {
        if self.dead {
            return;
        }
        for handed in &passed {
            self.note_reach(&handed.place);
        }
        self.reaches_out |= match callee {
            Callee::SelfMethod(_) | Callee::SuperMethod(_) => !self.is_method,
            Callee::Nested(index) => self.unit.reaches_out(index),
            _ => false,
        };
        let at = self.anchor(span);
        self.emit(Effect::Call(Call { callee, passed: boxed(passed), at }));
    }

    /// Notes whether a place lies outside the function. What a method does to its own `self` does
    /// not.
    pub(super) fn note_reach(&mut self, place: &Place) {
        self.reaches_out |= match place.root {
            Root::Parameter(_) => false,
            Root::SelfAttribute(_) => !self.is_method,
            Root::Captured(..) => true,
        };
    }

    /// Adds a write; one through a name that may stand for something else is a `may`.
    pub(super) fn write(&mut self, alias: &Alias, key: Key, written: Written, span: Span) {
        let place = alias.place.child(key);
        self.change(alias, place, Action::Write(written), span);
    }

    /// Adds a write or drop of `place`, which lies in `alias`.
    pub(super) fn change(&mut self, alias: &Alias, place: Place, action: Action, span: Span) {
        if alias.fallback == super::held::Fallback::Never {
            return self.access(place, action, span);
        }
        let change = self.capture(|body| body.access(place, action, span));
        self.maybe(change);
    }

    /// Adds an effect that may be left out.
    pub(super) fn maybe(&mut self, effect: Effect) {
        if !is_nothing(&effect) {
            self.emit(Effect::Branch(Box::new([effect, nothing()])));
        }
    }

    /// Makes the read that a value stands for, and gives what it holds.
    pub(super) fn settle(&mut self, value: Value<'c>) -> Held<'c> {
        let Value { held, pending } = value;
        if let Some(Pending { action, span }) = pending
            && let Some(place) = place_of(&held)
        {
            self.access(place.clone(), action, span);
        }
        held
    }

    /// What a name holds here.
    pub(super) fn lookup(&self, node: Node<'c>) -> Held<'c> {
        let name = node.text();
        if let Some(held) = self.variables.get(name) {
            return held.clone();
        }
        if self.scope.binds(name) {
            return Held::Unknown;
        }
        self.captured.get(name).cloned().unwrap_or(Held::Expression(node))
    }

    /// Whether a name is one of this function or of those around it.
    pub(super) fn is_local(&self, name: &str) -> bool {
        self.variables.get(name).is_some()
            || self.scope.binds(name)
            || self.captured.contains_key(name)
    }

    /// The effects of `read`, without adding them.
    pub(super) fn capture(&mut self, read: impl FnOnce(&mut Self)) -> Effect {
        let before = std::mem::take(&mut self.out);
        read(self);
        sequence(std::mem::replace(&mut self.out, before))
    }

    /// Begins several paths.
    pub(super) fn fork(&mut self) -> Fork<'c> {
        Fork {
            mark: self.variables.mark(),
            before: std::mem::take(&mut self.out),
            ends: Vec::new(),
            arms: Vec::new(),
        }
    }

    /// Reads one path of a fork.
    pub(super) fn arm(&mut self, fork: &mut Fork<'c>, read: impl FnOnce(&mut Self)) {
        read(self);
        self.end_arm(fork);
    }

    /// Ends the current path of a fork.
    pub(super) fn end_arm(&mut self, fork: &mut Fork<'c>) {
        fork.arms.push(sequence(std::mem::take(&mut self.out)));
        let changes = self.variables.take_back(fork.mark);
        fork.ends.push((!self.dead).then_some(changes));
        self.dead = false;
    }

    /// Brings the paths of a fork together, and gives what each did.
    pub(super) fn close(&mut self, fork: Fork<'c>) -> Vec<Effect> {
        self.out = fork.before;
        let ends_all = fork.ends.iter().all(Option::is_none);
        self.variables.meet(fork.ends);
        self.closing(ends_all);
        fork.arms
    }

    fn closing(&mut self, ends_all: bool) {
        self.dead = ends_all;
    }

    /// Brings the paths of a fork together as a branch.
    pub(super) fn join(&mut self, fork: Fork<'c>) {
        let arms = self.close(fork);
        let dead = std::mem::take(&mut self.dead);
        if !arms.iter().all(is_nothing) {
            self.emit(Effect::Branch(boxed(arms)));
        }
        self.dead = dead;
    }
}

/// An anchor at `span` in the function with this index, whose text begins at `start`.
pub(super) fn anchor_in(
    anchors: &mut Vec<Span>,
    start: u32,
    function: u32,
    span: Span,
) -> LocalAnchor {
    let index = u32::try_from(anchors.len()).unwrap_or(u32::MAX);
    anchors.push(Span {
        start: span.start.saturating_sub(start),
        end: span.end.saturating_sub(start),
    });
    LocalAnchor { unit: function + 1, index }
}

/// The place that a value reads, where it is one.
pub(super) fn place_of<'h>(held: &'h Held<'_>) -> Option<&'h Place> {
    match held {
        Held::Part(alias) => Some(&alias.place),
        Held::Copy(copy) => Some(&copy.place),
        _ => None,
    }
}

/// No effect.
pub(super) fn nothing() -> Effect {
    Effect::Sequence(Box::default())
}

/// Whether it is no effect.
pub(super) fn is_nothing(effect: &Effect) -> bool {
    matches!(effect, Effect::Sequence(effects) if effects.is_empty())
}

/// One effect after another.
pub(super) fn sequence(mut effects: Vec<Effect>) -> Effect {
    if effects.len() == 1
        && let Some(only) = effects.pop()
    {
        return only;
    }
    Effect::Sequence(boxed(effects))
}
