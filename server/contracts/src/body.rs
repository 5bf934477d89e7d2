//! What a document says, whatever its kind.

use std::sync::Arc;

use crate::decode::view::View;
use crate::kinds::{
    budget_propagation, capability_propagation, causal_ordering, data_lineage,
    schema_compatibility, semantic_conventions,
};
use crate::propagation;

/// The typed view of a document.
#[derive(Clone, PartialEq, Debug)]
pub enum Body {
    /// A propagation contract.
    Propagation(Arc<propagation::Contract>),
    /// A compatibility contract.
    SchemaCompatibility(Box<schema_compatibility::Contract>),
    /// A conventions contract.
    SemanticConventions(Box<semantic_conventions::Contract>),
    /// An ordering contract.
    CausalOrdering(Box<causal_ordering::Contract>),
    /// A capability contract.
    CapabilityPropagation(Box<capability_propagation::Contract>),
    /// A budget contract.
    BudgetPropagation(Box<budget_propagation::Contract>),
    /// A lineage contract.
    DataLineage(Box<data_lineage::Contract>),
    /// A kind of which no rule asks more than its names.
    Plain,
}

impl Body {
    /// The view of a document that nobody needs one of.
    #[must_use]
    pub fn plain(_view: &View<'_>) -> Body {
        Body::Plain
    }
}
