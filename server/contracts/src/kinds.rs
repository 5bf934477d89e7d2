//! Every contract kind, one file each.

use crate::schema::Kind;

pub mod budget_propagation;
pub mod capability_propagation;
pub mod causal_ordering;
pub mod data_lineage;
pub mod propagation;
pub mod schema_compatibility;
pub mod semantic_conventions;

/// The kinds that are known, in the order in which a file is tried against them.
pub static KINDS: &[&Kind] = &[
    &propagation::KIND,
    &schema_compatibility::KIND,
    &semantic_conventions::KIND,
    &causal_ordering::KIND,
    &capability_propagation::KIND,
    &budget_propagation::KIND,
    &data_lineage::KIND,
];

/// The kind of this name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.name == name)
}
