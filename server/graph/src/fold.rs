//! Effect trees to summaries: what a function does with a context, its callees in their place.
//!
//! A function is folded for what it was handed: which of its parameters, attributes of `self` and
//! captured variables hold which part of the followed object. Recursion is a fixed point that begins
//! with a function that never returns. Everything is bounded; what is over a bound is open.

use std::rc::Rc;

use facts::places::Anchor;
use facts::python::{Function, Root};
use rustc_hash::FxHashMap;
use text::name::Name;

pub use entry::{ENTRY_POINTS, is_context_name, is_context_type};

use crate::drawn::Given;
use crate::handing::{Handed, Handing, Ways};
use crate::handler::{ClassRef, Code, FunctionRef};
use crate::keys::Key;
use crate::names::Lookup;
use crate::summary::{Site, Summary};
use place::Roots;
use record::Folded;
use state::Path;
pub(crate) use state::below;
use walk::Walk;

mod entry;
mod known;
mod made;
mod object;
mod place;
mod record;
mod state;
mod walk;

/// How many effects may be gone through for one handler.
const MOST_STEPS: u32 = 200_000;

/// How deep effects may be nested, callees included.
const DEEPEST_EFFECT: u32 = 400;

/// How deep calls may be nested.
const DEEPEST_CALL: usize = 32;

/// How often a function that calls itself is gone through until its result stays the same.
const RECURSION_ROUNDS: usize = 6;

/// A function, and what in it is followed.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Unit {
    function: FunctionRef,
    /// The class that `self` is of.
    class: Option<ClassRef>,
    roots: Roots,
}

/// What comes of a handler's entry point.
#[derive(Clone, PartialEq, Debug)]
pub struct Outcome {
    /// What it does with the context.
    pub summary: Summary,
    /// Whether it ever comes to a normal end; one that only raises is a stub.
    pub returns: bool,
    /// What it gives back, whatever becomes of that.
    pub returned: Given,
}

/// Folds functions of one build.
pub struct Folder<'l, 'a> {
    lookup: &'l Lookup<'a>,
    results: FxHashMap<Unit, Rc<Folded>>,
    /// Functions that are being gone through, with what is taken as their result meanwhile.
    running: Vec<Running>,
    /// The outermost running function whose assumed result was used since this was last set.
    outermost_used: usize,
    steps: u32,
    depth: u32,
    handlers: FxHashMap<Code, Option<Outcome>>,
    /// Functions gone through for the entry point at hand.
    entered: Vec<FunctionRef>,
    /// The ways that the context goes, where somebody wants to know them.
    ways: Option<Ways>,
}

#[derive(Debug)]
struct Running {
    unit: Unit,
    assumed: Rc<Folded>,
    used: bool,
}

impl<'l, 'a> Folder<'l, 'a> {
    /// Nothing is folded yet.
    #[must_use]
    pub fn new(lookup: &'l Lookup<'a>) -> Folder<'l, 'a> {
        Folder {
            lookup,
            results: FxHashMap::default(),
            running: Vec::new(),
            outermost_used: usize::MAX,
            steps: 0,
            depth: 0,
            handlers: FxHashMap::default(),
            entered: Vec::new(),
            ways: None,
        }
    }

    /// The same, which notes by which calls the context goes.
    #[must_use]
    pub(crate) fn tracing(lookup: &'l Lookup<'a>) -> Folder<'l, 'a> {
        Folder { ways: Some(Ways::default()), ..Folder::new(lookup) }
    }

    /// The ways that were noted.
    pub(crate) fn into_ways(self) -> Ways {
        self.ways.unwrap_or_default()
    }

    /// What a handler does with the context; none when it has no entry point that takes one.
    pub fn handler(&mut self, code: Code) -> Option<Outcome> {
        if let Some(known) = self.handlers.get(&code) {
            return known.clone();
        }
        self.steps = 0;
        let outcome = match code {
            Code::Class(class) => entry::of_class(self, class),
            Code::Function(function) => entry::of_function(self, function),
        };
        self.handlers.insert(code, outcome.clone());
        outcome
    }

    /// Whether a handler has an entry point that takes the context.
    #[must_use]
    pub fn is_started(&self, code: Code) -> bool {
        entry::is_there(self, code)
    }

    /// What a function does with what one of its parameters takes.
    pub(crate) fn parameter(
        &mut self,
        function: FunctionRef,
        class: Option<ClassRef>,
        parameter: u32,
    ) -> Option<Outcome> {
        self.steps = 0;
        self.function(function)?;
        let roots = whole_context(parameter, &[]);
        let folded = self.fold(&Unit { function, class, roots });
        let returned = Given::default();
        Some(Outcome { summary: folded.summary(), returns: folded.returns, returned })
    }

    /// Notes that the context is handed on.
    fn note_call(&mut self, at: Anchor, to: FunctionRef) {
        if let Some(ways) = &mut self.ways {
            ways.calls.insert(Handing { at, to });
        }
    }

    /// Notes what of the context is handed on: a part, and what each root holds of it.
    fn note_handed(&mut self, at: Anchor, to: FunctionRef, (part, roots): (Path, &Roots)) {
        if let Some(ways) = &mut self.ways {
            let from = FunctionRef::around(at);
            let handed = |(root, inner)| Handed { from, to, part, root, inner };
            ways.handed.extend(roots.iter().map(handed));
        }
    }

    /// Notes where a handler is started.
    fn note_start(&mut self, code: Code, function: FunctionRef) {
        if let Some(ways) = &mut self.ways {
            ways.starts.insert((code, function));
        }
    }

    /// What a function's file says of it.
    fn function(&self, function: FunctionRef) -> Option<&'a Function> {
        let facts = self.lookup.module(function.file)?.function(function.index)?;
        self.lookup.ask(Key::Function(function.file, facts.qualified));
        Some(facts)
    }

    /// What a function does with what is followed in it.
    fn fold(&mut self, unit: &Unit) -> Rc<Folded> {
        self.entered.push(unit.function);
        if let Some(known) = self.results.get(unit) {
            return Rc::clone(known);
        }
        if let Some(depth) = self.running.iter().position(|running| running.unit == *unit) {
            self.outermost_used = self.outermost_used.min(depth);
            let running = &mut self.running[depth];
            running.used = true;
            return Rc::clone(&running.assumed);
        }
        let Some(function) = self.function(unit.function) else {
            return Rc::new(Folded::default());
        };
        let over_budget = self.running.len() >= DEEPEST_CALL || self.steps >= MOST_STEPS;
        if over_budget {
            return Rc::new(Folded::open(&site_of(unit, function)));
        }
        let (folded, is_final) = self.fix(unit, function);
        if is_final {
            self.results.insert(unit.clone(), Rc::clone(&folded));
        }
        folded
    }

    /// Goes through a function until its result is what was assumed of it. Whether the result is
    /// final: one that rests on what is assumed of a function around it is not.
    fn fix(&mut self, unit: &Unit, function: &'a Function) -> (Rc<Folded>, bool) {
        let depth = self.running.len();
        let outer_used = std::mem::replace(&mut self.outermost_used, usize::MAX);
        let assumed = Rc::new(Folded::default());
        self.running.push(Running { unit: unit.clone(), assumed, used: false });
        let mut result = Rc::new(Folded::default());
        let mut second = None;
        let mut settled = false;
        for round in 0..RECURSION_ROUNDS {
            result = Rc::new(Walk::fold(self, unit, function));
            if round == 1 {
                second = Some(Rc::clone(&result));
            }
            let Some(running) = self.running.last_mut() else {
                break;
            };
            if !running.used || running.assumed == result {
                settled = true;
                break;
            }
            running.assumed = Rc::clone(&result);
        }
        self.running.pop();
        if !settled {
            // Each round went deeper: what the second one saw is the pattern, and the rest is open.
            let seen = second.unwrap_or(result);
            result = Rc::new(seen.opened(&site_of(unit, function)));
        }
        let is_final = self.outermost_used >= depth;
        let rests_on = if is_final { usize::MAX } else { self.outermost_used };
        self.outermost_used = outer_used.min(rests_on);
        (result, is_final)
    }

    /// Takes one step; whether there is still room for it.
    fn step(&mut self) -> bool {
        if self.steps >= MOST_STEPS || self.depth >= DEEPEST_EFFECT {
            return false;
        }
        self.steps += 1;
        self.depth += 1;
        true
    }

    fn step_out(&mut self) {
        self.depth -= 1;
    }
}

fn site_of(unit: &Unit, function: &Function) -> Site {
    let at = Anchor { file: unit.function.file, local: function.at };
    Site { at, function: function.qualified, through: Vec::new() }
}

/// The roots of a function that is handed the whole context in one parameter.
fn whole_context(parameter: u32, attributes: &[(Name, Path)]) -> Roots {
    let mut roots = Roots::default();
    roots.insert(Root::Parameter(parameter), None);
    for (name, path) in attributes {
        roots.insert(Root::SelfAttribute(*name), *path);
    }
    roots
}
