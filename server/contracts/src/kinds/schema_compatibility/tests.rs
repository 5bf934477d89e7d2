//! Tests of the compatibility kind.

use super::evolution::{ChangeKind, Policy, changes};
use super::*;
use crate::decode::tests::{names_of, problems_of, sound};

fn read(text: &str) -> Contract {
    match sound(&KIND, &format!("schema_version: '1'\n{text}")).body {
        Body::SchemaCompatibility(contract) => *contract,
        other => panic!("{other:?}"),
    }
}

const MAPPED: &str = "{source_service: a, source_field: x.y, target_service: b, target_field: z, ";

#[test]
fn all_of_a_mapping_is_read() {
    let contract = read(&format!(
        "mappings: [{MAPPED} source_type: int, source_values: ['1'], target_values: [one], mapping: \
         {{'1': one}}, severity: blocking, bidirectional: true}}]"
    ));
    let mapping = &contract.mappings[0];
    assert_eq!(mapping.source.field.unwrap().value.segments().len(), 2);
    assert_eq!(mapping.source.type_name.unwrap().value.as_str(), "int");
    assert!(mapping.target.type_name.is_none() && mapping.bidirectional);
    let (sent, received) = mapping.values[0];
    assert_eq!((sent.value.as_str(), received.value.as_str()), ("1", "one"));
    assert_eq!(mapping.target.values[0].value, received.value);
}

#[test]
fn values_collide_where_the_mapping_works_backwards() {
    let collisions = |rest: &str| {
        let contract = read(&format!("mappings: [{MAPPED} {rest}}}]"));
        let pairs = contract.mappings[0].collisions();
        pairs
            .iter()
            .map(|(one, two)| format!("{} {}", one.0.value, two.0.value))
            .collect::<Vec<_>>()
    };
    let mapping = "mapping: {a: x, b: y, c: x, d: x, e: y}";
    assert_eq!(collisions(&format!("{mapping}, bidirectional: true")), ["a c", "a d", "b e"]);
    assert_eq!(collisions(mapping), [""; 0]);
    assert_eq!(collisions("mapping: {a: x, b: y}, bidirectional: true"), [""; 0]);
    assert_eq!(collisions("mapping: , bidirectional: true"), [""; 0]);
}

#[test]
fn the_first_rule_that_covers_a_service_governs_it() {
    let contract = read(
        "evolution_rules:\n  - {rule_id: a, scope: orders, policy: additive_only, allowed_changes: \
         [remove_field, rename_field], forbidden_changes: [add_field, remove_field]}\n  \
         - {rule_id: b, scope: o, policy: backward_compatible, allowed_changes: [make_required]}\n",
    );
    let id = |service| contract.governing(service).map(|rule| rule.id.unwrap().value.as_str());
    assert_eq!(id("orders"), Some("a"));
    assert_eq!(id("orders-v2"), Some("a"));
    assert_eq!(id("order"), Some("b"));
    assert_eq!(id("billing"), None);
    let allowed = |index: usize| {
        let rule = &contract.rules[index];
        ChangeKind::ALL.into_iter().filter(|kind| rule.allows(*kind)).collect::<Vec<_>>()
    };
    assert_eq!(allowed(0), [ChangeKind::AddEnumValue]);
    let second = [
        ChangeKind::AddField,
        ChangeKind::AddEnumValue,
        ChangeKind::MakeRequired,
        ChangeKind::DeprecateField,
    ];
    assert_eq!(allowed(1), second);
}

#[test]
fn every_declared_policy_is_read() {
    for (word, _) in POLICY.values {
        assert_eq!(Policy::parse(word).map(Policy::as_str), Some(*word));
    }
}

#[test]
fn versions_follow_those_of_the_same_service() {
    let contract = read(
        "versions:\n  - {service: a, version: '1', fields: {x: str}}\n  - {service: b, version: '1', \
         fields: {}}\n  - {service: a, version: '2', fields: {x: str}, required_fields: [x, x]}\n  \
         - {service: a, version: '3', fields: {x: int}, enums: {x: ['1']}, deprecated_fields: [x]}\n",
    );
    let told: Vec<String> = contract
        .successions()
        .iter()
        .map(|(old, new)| {
            let found = changes(old, new);
            let kinds: Vec<_> = found.iter().map(|change| change.kind.as_str()).collect();
            let version = |of: &SchemaVersion| of.version.unwrap().value;
            format!("{} {}: {}", version(old), version(new), kinds.join(" "))
        })
        .collect();
    assert_eq!(
        told,
        ["1 2: make_required", "2 3: change_field_type add_enum_value deprecate_field"]
    );
}

#[test]
fn numbers_tell_the_older_version() {
    let order = |versions: [&str; 2]| {
        let [one, other] = versions
            .map(|version| format!("{{service: a, version: '{version}', fields: {{x: str}}}}"));
        let contract = read(&format!("versions: [{one}, {other}]"));
        let version = |of: &SchemaVersion| of.version.unwrap().value.as_str();
        contract.successions().iter().map(|(old, new)| [version(old), version(new)]).next()
    };
    assert_eq!(order(["1.9", "1.10"]), Some(["1.9", "1.10"]));
    assert_eq!(order(["v2.0.0", "v1.10.0"]), Some(["v1.10.0", "v2.0.0"]));
    assert_eq!(order(["summer", "1.0"]), Some(["summer", "1.0"]));
}

#[test]
fn fields_belong_to_their_services() {
    let text = format!(
        "schema_version: '1'\nmappings: [{MAPPED}}}]\nevolution_rules: [{{rule_id: r, scope: a, policy: \
         full}}]\nversions: [{{service: a, version: '1', fields: {{x: str}}, enums: {{x: [y]}}, \
         required_fields: [x], deprecated_fields: ['']}}]"
    );
    assert_eq!(
        names_of(&sound(&KIND, &text)),
        [
            "refers to service a",
            "refers to field of a service a/x.y",
            "refers to service b",
            "refers to field of a service b/z",
            "defines evolution rule r",
            "defines service a",
            "defines field of a service a/x",
            "refers to field of a service a/x",
            "refers to field of a service a/x",
        ]
    );
}

#[test]
fn dates_and_versions_want_quotes() {
    let text = "schema_version: '1'\nversions: [{service: a, version: 1.0, fields: {}, timestamp: 2026-01-31}]";
    assert_eq!(
        problems_of(&KIND, text),
        [
            "versions.0.version: `version` is the number 1.0, not text; quote",
            "versions.0.timestamp: `timestamp` is the date 2026-01-31, not text; quote",
        ]
    );
}
