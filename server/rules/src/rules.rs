//! The rules, in the order in which they are listed and run.

mod alias_collision;
mod alias_used;
pub mod ambiguous_pipeline;
mod blocking_enrichment;
pub mod broken_chain;
mod capability_escalation;
mod capability_not_granted;
mod capability_unused;
mod conditional_read;
mod contract_mismatch;
mod contradictory_change;
mod convention_value;
mod dangling_read;
mod dead_input;
mod dead_write;
mod default_drift;
mod default_type_mismatch;
mod dropped_field;
mod duplicate_allocation;
mod duplicate_key;
mod duplicate_name;
mod evolution_violation;
mod failing_expression;
mod inert_change;
mod inert_setting;
mod invalid_expression;
pub(crate) mod invalid_settings;
mod invalid_value;
mod late_producer;
mod lineage_contradiction;
mod lineage_order;
mod lost_mutation;
mod lost_write;
mod mapping_not_injective;
mod mapping_outside_values;
mod mapping_type_conflict;
mod missing_handler;
mod missing_key;
mod missing_required_attribute;
mod ordering_contradiction;
mod ordering_cycle;
mod orphan_enum;
mod outdated_dialect;
mod outside_schema_read;
mod over_allocated;
mod parallel_writers;
mod parent_cycle;
mod reducer_misuse;
mod reserved_key;
mod score_without_threshold;
mod self_dependency;
mod sentinel_default;
mod severity_conflict;
pub mod shadow_default;
mod shadowed_rule;
mod too_large;
mod type_conflict;
mod unbudgeted_phase;
mod undeclared_key;
pub mod undeclared_read;
pub mod undeclared_write;
mod unfulfilled_exit;
pub(crate) mod unknown_capability;
mod unknown_contract_kind;
pub(crate) mod unknown_field;
pub(crate) mod unknown_handler_phase;
mod unknown_key;
mod unknown_phase;
pub(crate) mod unknown_reference;
pub(crate) mod unknown_rule;
mod unknown_target;
mod unknown_type;
mod unmapped_value;
mod unreachable_phase;
mod unused_requirement;
pub(crate) mod unused_suppression;
mod value_conflict;
mod wrong_source_phase;
mod wrong_type;
mod yaml_syntax;
mod zero_budget;

use crate::rule::Rule;

/// Every rule.
pub static ALL: &[&Rule] = &[
    // A contract by itself.
    &yaml_syntax::RULE,
    &duplicate_key::RULE,
    &unknown_key::RULE,
    &missing_key::RULE,
    &wrong_type::RULE,
    &invalid_value::RULE,
    &duplicate_name::RULE,
    &unknown_reference::RULE,
    &unknown_contract_kind::RULE,
    &too_large::RULE,
    &outdated_dialect::RULE,
    &invalid_expression::RULE,
    &failing_expression::RULE,
    &inert_setting::RULE,
    &score_without_threshold::RULE,
    &sentinel_default::RULE,
    &default_type_mismatch::RULE,
    &unknown_type::RULE,
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
    &unreachable_phase::RULE,
    &parallel_writers::RULE,
    // Contract against code.
    &undeclared_read::RULE,
    &undeclared_write::RULE,
    &unfulfilled_exit::RULE,
    &unused_requirement::RULE,
    &default_drift::RULE,
    &contract_mismatch::RULE,
    &value_conflict::RULE,
    &missing_handler::RULE,
    &unknown_handler_phase::RULE,
    &reserved_key::RULE,
    &ambiguous_pipeline::RULE,
    // Workflow frameworks.
    &undeclared_key::RULE,
    &outside_schema_read::RULE,
    &lost_mutation::RULE,
    &reducer_misuse::RULE,
    &unknown_target::RULE,
    // The other kinds.
    &mapping_outside_values::RULE,
    &unmapped_value::RULE,
    &mapping_not_injective::RULE,
    &mapping_type_conflict::RULE,
    &inert_change::RULE,
    &contradictory_change::RULE,
    &shadowed_rule::RULE,
    &evolution_violation::RULE,
    &self_dependency::RULE,
    &ordering_cycle::RULE,
    &ordering_contradiction::RULE,
    &unknown_capability::RULE,
    &capability_escalation::RULE,
    &capability_not_granted::RULE,
    &capability_unused::RULE,
    &parent_cycle::RULE,
    &over_allocated::RULE,
    &unbudgeted_phase::RULE,
    &duplicate_allocation::RULE,
    &zero_budget::RULE,
    &lineage_order::RULE,
    &lineage_contradiction::RULE,
    // Semantic conventions.
    &alias_collision::RULE,
    &alias_used::RULE,
    &convention_value::RULE,
    &missing_required_attribute::RULE,
    &orphan_enum::RULE,
    // Settings and suppression.
    &invalid_settings::RULE,
    &unknown_rule::RULE,
    &unused_suppression::RULE,
];

/// The rule of this name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.name == name).copied()
}
