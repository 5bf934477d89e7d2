//! How one field arrives at all phases, kept small.

use std::ops::Index;
use std::rc::Rc;

use smallvec::SmallVec;

use crate::flow::availability::Arrival;

/// How one field arrives at each phase, in the contract's order.
#[derive(Debug)]
pub struct Arrivals {
    /// The different ones; most phases pass a field on as it came.
    distinct: Vec<Rc<Arrival>>,
    /// Which of them each phase gets.
    of_phase: SmallVec<[usize; 16]>,
}

impl Arrivals {
    /// How it arrives at the phase with this index.
    #[must_use]
    pub fn at(&self, phase: usize) -> &Rc<Arrival> {
        &self.distinct[self.of_phase[phase]]
    }

    /// How it arrives at each phase.
    pub fn iter(&self) -> impl Iterator<Item = &Arrival> {
        self.of_phase.iter().map(|place| &*self.distinct[*place])
    }
}

impl Index<usize> for Arrivals {
    type Output = Arrival;

    fn index(&self, phase: usize) -> &Arrival {
        self.at(phase)
    }
}

/// The arrivals met so far; the first is what is there before any phase.
pub(super) struct Known(Vec<Rc<Arrival>>);

impl Known {
    /// With what is there before any phase.
    pub(super) fn new(given: Arrival) -> Known {
        let mut known = Known(Vec::with_capacity(4));
        known.add(given);
        known
    }

    /// The arrival at this place.
    pub(super) fn get(&self, place: usize) -> &Arrival {
        &self.0[place]
    }

    /// Adds one, and gives its place.
    pub(super) fn add(&mut self, arrival: Arrival) -> usize {
        self.0.push(Rc::new(arrival));
        self.0.len() - 1
    }

    /// Whether two places hold the same.
    pub(super) fn same(&self, one: Option<usize>, other: Option<usize>) -> bool {
        match (one, other) {
            (Some(one), Some(other)) => one == other || self.0[one] == self.0[other],
            (one, other) => one == other,
        }
    }

    /// What arrives where, in the order of the phases. Where no way leads, it may be anything.
    pub(super) fn arrivals(mut self, places: impl Iterator<Item = Option<usize>>) -> Arrivals {
        let mut unreached = None;
        let of_phase = places.map(|place| {
            place.unwrap_or_else(|| {
                let anything = || self.add(Arrival { open: true, ..Arrival::default() });
                *unreached.get_or_insert_with(anything)
            })
        });
        let of_phase = of_phase.collect();
        Arrivals { distinct: self.0, of_phase }
    }
}
