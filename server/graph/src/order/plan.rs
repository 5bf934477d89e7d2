//! A drawing of an order: edges between phases, joins, loops, and what they say of fields.

use contracts::path::FieldPath;
use syntax::yaml::NodeId;
use text::name::Name;

/// What is drawn. Phases go by their index in the contract.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Which phase leads to which.
    pub edges: Vec<Edge>,
    /// How fields come together where several edges do.
    pub merges: Vec<Merge>,
    /// Fields that phases, joins, loops and edges ask for.
    pub asks: Vec<Ask>,
    /// Fields that phases leave behind.
    pub products: Vec<Product>,
    /// Pairs of phases of which the first is known to run before the second, where both run.
    pub ordered: Vec<(usize, usize)>,
    /// The phases that it begins with, ascending, where that is said.
    pub starts: Option<Vec<usize>>,
    /// Whether all of it could be read.
    pub is_whole: bool,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan {
            edges: Vec::new(),
            merges: Vec::new(),
            asks: Vec::new(),
            products: Vec::new(),
            ordered: Vec::new(),
            starts: None,
            is_whole: true,
        }
    }
}

/// One phase leads to another.
#[derive(Clone, Debug)]
pub struct Edge {
    /// The one.
    pub from: usize,
    /// The other.
    pub to: usize,
    /// What passes.
    pub passage: Passage,
}

/// What passes between two phases.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Passage {
    /// When.
    pub taken: Taken,
    /// Fields that do not pass, and where that is said. All others do.
    pub drops: Vec<(FieldPath, NodeId)>,
}

/// When an edge is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Taken {
    /// Whenever its phase has run.
    #[default]
    Always,
    /// Under a condition, which nobody here can judge.
    Sometimes,
    /// Never: it says no more than that one phase runs before the other, where both run.
    Never,
}

/// How fields come together before a phase.
#[derive(Clone, Debug)]
pub struct Merge {
    /// The phase.
    pub phase: usize,
    /// The phases whose fields come together.
    pub sources: Vec<usize>,
    /// How each field does.
    pub policies: Vec<(FieldPath, MergePolicy)>,
}

/// How a field of several branches is brought together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MergePolicy {
    /// It comes from any branch that has it.
    Any,
    /// It has to come from each branch.
    All,
    /// It may be missing.
    Optional,
}

/// A field that is asked for beside what the phases' own entries ask for.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The field.
    pub field: FieldPath,
    /// The phase.
    pub phase: usize,
    /// By what.
    pub by: AskedBy,
    /// Where that is said.
    pub at: NodeId,
}

/// What asks for a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AskedBy {
    /// The phase's node, which cannot do without.
    Node,
    /// The phase's node, which takes it where it is there.
    NodeIfThere,
    /// The join before the phase, which cannot do without.
    Merge,
    /// A loop that begins with the phase, and keeps the field from round to round.
    Loop(Option<Name>),
    /// An edge out of the phase, to this one, on which the field is to survive.
    Edge(usize),
}

/// A field that a phase leaves behind, beside what its own exits say.
#[derive(Clone, Debug)]
pub struct Product {
    /// The field.
    pub field: FieldPath,
    /// The phase.
    pub phase: usize,
    /// Where that is said.
    pub at: NodeId,
}
