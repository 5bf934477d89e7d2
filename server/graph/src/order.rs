//! What runs after what in a pipeline.
//!
//! Most contracts say nothing of it, and their phases run in the order in which they stand. A
//! [`Plan`] draws a graph instead, of branches, joins and loops. Whatever depends on the order of
//! phases asks here, and never compares their places in the contract.

pub mod drawn;
pub mod plan;
mod web;

use contracts::path::FieldPath;
use smallvec::SmallVec;

use crate::order::plan::{Ask, Edge, MergePolicy, Passage, Plan, Product};
use crate::order::web::Web;

/// What runs after what. Phases go by their index in the contract.
#[derive(Clone, Debug)]
pub struct Order {
    shape: Shape,
}

#[derive(Clone, Debug)]
enum Shape {
    /// So many phases, one after the other.
    Line(usize),
    /// As a plan draws them.
    Web(Box<Web>),
}

/// What leads into a phase.
#[derive(Clone, Debug, Default)]
pub struct Entrance<'o> {
    /// Whether the pipeline may begin with the phase.
    pub is_start: bool,
    /// The ways in, by the phase they come from.
    pub ways: SmallVec<[Way<'o>; 1]>,
    /// How fields of several ways come together.
    pub merges: &'o [Merging],
}

/// One way from a phase to another.
#[derive(Clone, Copy, Debug)]
pub struct Way<'o> {
    /// Where it begins.
    pub from: usize,
    /// What passes; none where everything does.
    pub passage: Option<&'o Passage>,
}

/// How a field that comes on several ways is brought together.
#[derive(Clone, Debug)]
pub struct Merging {
    /// The field.
    pub field: FieldPath,
    /// The phases whose fields come together.
    pub sources: Vec<usize>,
    /// How.
    pub policy: MergePolicy,
}

/// A set of phases.
#[derive(Clone, Debug)]
pub enum Phases {
    /// All with an index below this.
    Below(usize),
    /// All that are marked.
    Marked(Vec<bool>),
}

impl Phases {
    /// Whether the phase is one of them.
    #[must_use]
    pub fn contains(&self, phase: usize) -> bool {
        match self {
            Phases::Below(end) => phase < *end,
            Phases::Marked(marks) => marks.get(phase).copied().unwrap_or(false),
        }
    }
}

impl Order {
    /// So many phases, one after the other.
    #[must_use]
    pub fn line(phases: usize) -> Order {
        Order { shape: Shape::Line(phases) }
    }

    /// So many phases in the order that a plan draws. One that draws no edge leaves them in a line.
    #[must_use]
    pub fn new(phases: usize, mut plan: Plan) -> Order {
        if plan.edges.is_empty() && plan.is_whole {
            if plan.asks.is_empty() && plan.products.is_empty() {
                return Order::line(phases);
            }
            let next = |to| Edge { from: to - 1, to, passage: Passage::default() };
            plan.edges.extend((1..phases).map(next));
        }
        Order { shape: Shape::Web(Box::new(Web::new(phases, plan))) }
    }

    /// Whether the phases run one after the other, as they stand in the contract.
    #[must_use]
    pub fn is_line(&self) -> bool {
        matches!(self.shape, Shape::Line(_))
    }

    /// Whether all that was drawn could be read. Where it was not, there may be more ways.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.web().is_none_or(|web| web.is_whole)
    }

    /// The phases that the pipeline may begin with, ascending.
    pub fn starts(&self) -> impl Iterator<Item = usize> {
        match &self.shape {
            Shape::Line(phases) => Ends::Line(0..(*phases).min(1)),
            Shape::Web(web) => Ends::Web(web.starts.iter()),
        }
    }

    /// The phases that the pipeline may end with, ascending.
    pub fn lasts(&self) -> impl Iterator<Item = usize> {
        match &self.shape {
            Shape::Line(phases) => Ends::Line(phases.saturating_sub(1)..*phases),
            Shape::Web(web) => Ends::Web(web.lasts.iter()),
        }
    }

    /// Whether the pipeline may end with the phase.
    #[must_use]
    pub fn is_last(&self, phase: usize) -> bool {
        match &self.shape {
            Shape::Line(phases) => phase + 1 == *phases,
            Shape::Web(web) => web.lasts.binary_search(&phase).is_ok(),
        }
    }

    /// Whether any way leads from a start to the phase.
    #[must_use]
    pub fn is_reachable(&self, phase: usize) -> bool {
        self.web().is_none_or(|web| web.reachable.contains(phase))
    }

    /// Whether one phase may run before another. A phase of a loop may run before itself, which is
    /// not meant here.
    #[must_use]
    pub fn runs_before(&self, first: usize, then: usize) -> bool {
        match &self.shape {
            Shape::Line(_) => first < then,
            Shape::Web(web) => first != then && (!web.is_whole || web.leads_to(first, then)),
        }
    }

    /// The phases that may run before this one; in a loop, it is one of them.
    #[must_use]
    pub fn before(&self, phase: usize) -> Phases {
        match &self.shape {
            Shape::Line(_) => Phases::Below(phase),
            Shape::Web(web) => web.before(phase),
        }
    }

    /// The phases that may run after this one; in a loop, it is one of them.
    #[must_use]
    pub fn behind(&self, phase: usize) -> Phases {
        match &self.shape {
            Shape::Line(phases) => Phases::Marked((0..*phases).map(|one| one > phase).collect()),
            Shape::Web(web) => web.behind(phase),
        }
    }

    /// The phases in an order they can run in; where they loop, from the start on.
    #[must_use]
    pub fn sequence(&self) -> Vec<usize> {
        match &self.shape {
            Shape::Line(phases) => (0..*phases).collect(),
            Shape::Web(web) => web.sequence.clone(),
        }
    }

    /// Whether phases loop.
    #[must_use]
    pub fn loops(&self) -> bool {
        self.web().is_some_and(|web| web.loops)
    }

    /// What leads into each phase.
    #[must_use]
    pub fn entrances(&self) -> Vec<Entrance<'_>> {
        match &self.shape {
            Shape::Line(phases) => (0..*phases).map(in_line).collect(),
            Shape::Web(web) => web.entrances(),
        }
    }

    /// The ways out of a phase, with the phases they lead to, ascending.
    #[must_use]
    pub fn after(&self, phase: usize) -> SmallVec<[(usize, Option<&Passage>); 2]> {
        match &self.shape {
            Shape::Line(phases) => (phase + 1..*phases).take(1).map(|next| (next, None)).collect(),
            Shape::Web(web) => web.after(phase),
        }
    }

    /// Phases that may run at once with this one: neither runs before the other, and whenever one
    /// does, so does the other.
    #[must_use]
    pub fn at_once(&self, phase: usize) -> Phases {
        match &self.shape {
            Shape::Web(web) if web.is_whole => web.at_once(phase),
            _ => Phases::Below(0),
        }
    }

    /// Phases that run neither before nor after this one.
    #[must_use]
    pub fn apart_from(&self, phase: usize) -> Phases {
        self.web().map_or(Phases::Below(0), |web| web.apart_from(phase))
    }

    /// What the plan asks of the fields at a phase, in the order in which it says so.
    pub fn asks(&self, phase: usize) -> impl Iterator<Item = &Ask> {
        let asks = self.web().map_or(&[][..], |web| &web.asks);
        let from = asks.partition_point(|ask| ask.phase < phase);
        asks[from..].iter().take_while(move |ask| ask.phase == phase)
    }

    /// What the plan says that a phase leaves behind.
    pub fn products(&self, phase: usize) -> impl Iterator<Item = &Product> {
        let products = self.web().map_or(&[][..], |web| &web.products);
        let from = products.partition_point(|product| product.phase < phase);
        products[from..].iter().take_while(move |product| product.phase == phase)
    }

    /// Whether the plan says at any join how `field` is brought together.
    #[must_use]
    pub fn merges(&self, field: FieldPath) -> bool {
        let merges = self.web().into_iter().flat_map(|web| web.merges.values().flatten());
        merges.into_iter().any(|merging| merging.field.relation(field).is_some())
    }

    fn web(&self) -> Option<&Web> {
        match &self.shape {
            Shape::Line(_) => None,
            Shape::Web(web) => Some(web),
        }
    }
}

/// What leads into a phase of a line.
fn in_line<'o>(phase: usize) -> Entrance<'o> {
    let before = phase.checked_sub(1).map(|from| Way { from, passage: None });
    Entrance { is_start: phase == 0, ways: before.into_iter().collect(), merges: &[] }
}

/// Phases at one end of the pipeline.
enum Ends<'o> {
    Line(std::ops::Range<usize>),
    Web(std::slice::Iter<'o, usize>),
}

impl Iterator for Ends<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        match self {
            Ends::Line(phases) => phases.next(),
            Ends::Web(phases) => phases.next().copied(),
        }
    }
}

#[cfg(test)]
mod tests;
