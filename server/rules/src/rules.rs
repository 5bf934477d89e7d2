//! The rules, in the order in which they are listed and run.

pub mod ambiguous_pipeline;
mod blocking_enrichment;
mod broken_chain;
mod conditional_read;
mod dangling_read;
mod dead_input;
mod dead_write;
mod default_drift;
mod dropped_field;
mod late_producer;
mod lost_write;
mod reserved_key;
mod severity_conflict;
mod shadow_default;
mod type_conflict;
mod undeclared_read;
mod undeclared_write;
mod unfulfilled_exit;
mod unknown_field;
mod unknown_phase;
mod wrong_source_phase;

use crate::rule::Rule;

/// Every rule.
pub static ALL: &[&Rule] = &[
    // The pipeline.
    &dangling_read::RULE,
    &late_producer::RULE,
    &conditional_read::RULE,
    &shadow_default::RULE,
    &dead_write::RULE,
    &dead_input::RULE,
    &lost_write::RULE,
    &dropped_field::RULE,
    &unknown_phase::RULE,
    &unknown_field::RULE,
    &broken_chain::RULE,
    &wrong_source_phase::RULE,
    &type_conflict::RULE,
    &severity_conflict::RULE,
    &blocking_enrichment::RULE,
    // Contract against code.
    &undeclared_read::RULE,
    &undeclared_write::RULE,
    &unfulfilled_exit::RULE,
    &default_drift::RULE,
    &reserved_key::RULE,
    &ambiguous_pipeline::RULE,
];

/// The rule of this name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.name == name).copied()
}
