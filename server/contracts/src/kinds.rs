//! Every contract kind, one file each.

use crate::schema::Kind;

pub mod artifact_intent;
pub mod budget_propagation;
pub mod capability_propagation;
pub mod causal_ordering;
pub mod configuration_evolution;
pub mod data_lineage;
pub mod delegation_authority;
pub mod gate_result;
pub mod handoff;
pub mod manifest;
pub mod manifest_v1;
pub mod propagation;
pub mod quality_policy;
pub mod schema_compatibility;
pub mod semantic_conventions;
pub mod task_span;

/// The kinds that are known, in the order in which a file is tried against them.
pub static KINDS: &[&Kind] = &[
    &propagation::KIND,
    &schema_compatibility::KIND,
    &semantic_conventions::KIND,
    &causal_ordering::KIND,
    &capability_propagation::KIND,
    &budget_propagation::KIND,
    &data_lineage::KIND,
    &delegation_authority::KIND,
    &configuration_evolution::KIND,
    &manifest::KIND,
    &manifest_v1::KIND,
    &task_span::KIND,
    &handoff::KIND,
    &artifact_intent::KIND,
    &gate_result::KIND,
    &quality_policy::KIND,
];

/// The kind of this name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.name == name)
}
