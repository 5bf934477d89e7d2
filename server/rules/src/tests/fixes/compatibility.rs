//! Fixes of rules about compatibility contracts.

use super::fixed_below;

const HEAD: &str = "schema_version: '1'\ncontract_type: schema_compatibility\n";

#[track_caller]
fn check(rule: &str, before: &str, after: &str) {
    assert_eq!(fixed_below(HEAD, rule, before), (after.to_owned(), false));
}

/// A mapping with these lines besides its ends.
fn mapping(lines: &str) -> String {
    let mut text = "mappings:\n  - source_service: orders\n    source_field: status\n    \
                    target_service: billing\n    target_field: state\n"
        .to_owned();
    for line in lines.lines() {
        text.push_str(&format!("    {line}\n"));
    }
    text
}

fn rule(lines: &str) -> String {
    format!("evolution_rules:\n  - rule_id: strict\n    scope: orders\n    policy: full\n{lines}")
}

#[test]
fn values_are_set_right() {
    check(
        "mapping-outside-values",
        &mapping("source_values: [open, shipped]\nmapping: {open: active, shiped: done}"),
        &mapping("source_values: [open, shipped]\nmapping: {open: active, shipped: done}"),
    );
    check(
        "unmapped-value",
        &mapping("source_values: [open, shipped]\nmapping:\n  open: active"),
        &mapping("source_values: [open, shipped]\nmapping:\n  open: active\n  shipped: shipped"),
    );
    check(
        "mapping-not-injective",
        &mapping("mapping: {open: active, shipped: active}\nbidirectional: true"),
        &mapping("mapping: {open: active, shipped: active}"),
    );
    check(
        "mapping-type-conflict",
        &mapping("source_type: bool\nsource_values: ['true', 'False']"),
        &mapping("source_type: bool\nsource_values: ['True', 'False']"),
    );
}

#[test]
fn rules_are_set_right() {
    check(
        "inert-change",
        &rule("    allowed_changes: [add_feild]\n"),
        &rule("    allowed_changes: [add_field]\n"),
    );
    check(
        "inert-change",
        &rule("    allowed_changes: [rename_field, add_field]\n"),
        &rule("    allowed_changes: [add_field]\n"),
    );
    check(
        "contradictory-change",
        &rule("    allowed_changes: [add_field]\n    forbidden_changes: [add_field]\n"),
        &rule("    allowed_changes: []\n    forbidden_changes: [add_field]\n"),
    );
    check(
        "shadowed-rule",
        &rule("  - rule_id: later\n    scope: orders-v2\n    policy: full\n"),
        &rule(""),
    );
}
