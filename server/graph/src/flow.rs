//! What flows through a pipeline: the classic data-flow questions, asked of its fields.
//!
//! [`availability`] goes forward: which producers reach a phase, and is the field certainly there.
//! [`liveness`] goes backward: does anybody want it. [`demand`] lists who wants what, and
//! [`verdict`] says of each demand whether it is met and, if not, for which one reason.

pub mod arrivals;
pub mod availability;
mod by_root;
pub mod demand;
mod entering;
pub mod liveness;
pub mod producer;
pub mod verdict;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use contracts::path::FieldPath;
use rustc_hash::FxHashMap;

use crate::flow::arrivals::Arrivals;
use crate::flow::by_root::ByRoot;
use crate::flow::demand::Demand;
use crate::flow::producer::Producer;
use crate::order::Entrance;
use crate::pipeline::{Phase, Pipeline};

/// The answers about one pipeline. Made for one round of rules or one question of an editor.
#[derive(Debug)]
pub struct Flow<'p> {
    /// The pipeline.
    pub pipeline: &'p Pipeline,
    /// Everything that puts a field into the context, in the order of the phases.
    pub producers: Vec<Producer<'p>>,
    /// Everything that wants a field, in the order of the phases.
    pub demands: Vec<Demand<'p>>,
    /// The phases in an order they can run in; where they loop, from the start on.
    sequence: Vec<usize>,
    /// For each phase, whether its code may do something to fields that it does not write by name.
    reaching: Vec<bool>,
    /// What leads into each phase.
    entrances: Vec<Entrance<'p>>,
    producers_by_root: ByRoot,
    demands_by_root: ByRoot,
    arrivals: RefCell<FxHashMap<FieldPath, Rc<Arrivals>>>,
}

impl<'p> Flow<'p> {
    /// The flow through `pipeline`.
    #[must_use]
    pub fn new(pipeline: &'p Pipeline) -> Flow<'p> {
        let producers = producer::all(pipeline);
        let demands = demand::all(pipeline);
        Flow {
            pipeline,
            sequence: pipeline.order.sequence(),
            reaching: availability::reaching_phases(&pipeline.phases),
            entrances: pipeline.order.entrances(),
            producers_by_root: ByRoot::new(producers.iter().map(|producer| producer.path)),
            demands_by_root: ByRoot::new(demands.iter().map(|demand| demand.path)),
            producers,
            demands,
            arrivals: RefCell::default(),
        }
    }

    /// The phase that runs right before `phase`, where that is one.
    #[must_use]
    pub fn before(&self, phase: &Phase) -> Option<&'p Phase> {
        let entrance = &self.entrances[phase.index];
        let [way] = entrance.ways.as_slice() else { return None };
        (!entrance.is_start).then(|| &self.pipeline.phases[way.from])
    }

    /// The producers of `path`, of what holds it and of its parts, wherever they are.
    pub fn producers_of_path(&self, path: FieldPath) -> impl Iterator<Item = usize> {
        let candidates = self.producers_by_root.candidates(path);
        each(candidates).filter(move |index| self.producers[*index].path.relation(path).is_some())
    }

    /// The demands for `path`, for what holds it and for its parts, wherever they are.
    pub fn demands_for(&self, path: FieldPath) -> impl Iterator<Item = &Demand<'p>> {
        each(self.demands_by_root.candidates(path))
            .map(|index| &self.demands[index])
            .filter(move |demand| demand.path.relation(path).is_some())
    }

    /// How `path` arrives at each phase.
    #[must_use]
    pub fn arrivals(&self, path: FieldPath) -> Rc<Arrivals> {
        if let Some(known) = self.arrivals.borrow().get(&path) {
            return Rc::clone(known);
        }
        let computed = Rc::new(availability::arrivals(self, path));
        self.arrivals.borrow_mut().insert(path, Rc::clone(&computed));
        computed
    }
}

/// The items of a slice that is borrowed or owned.
fn each(items: Cow<'_, [usize]>) -> impl Iterator<Item = usize> {
    (0..items.len()).map(move |place| items[place])
}
