//! `unmapped-value`: a value may be sent, and the mapping does not say what becomes of it.

use contracts::kinds::schema_compatibility::FieldMapping;
use contracts::propagation::Located;
use syntax::edit::yaml;
use syntax::yaml::NodeId;
use text::name::Name;

use super::mapping_outside_values::unmapped;
use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "unmapped-value",
    weight: Weight::Always(Level::Warning),
    summary: "a value may be sent that the mapping does not map",
    page: include_str!("../../../../docs/rules/unmapped-value.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for (contract, body) in declared::compatibility(scope) {
        let sound = |mapping: &&FieldMapping| contract.is_sound(mapping.at);
        for mapping in body.mappings.iter().filter(sound) {
            // Without a mapping every value stays as it is.
            let Some(key) = mapping.values_key.filter(|_| !mapping.values.is_empty()) else {
                continue;
            };
            findings.extend(unmapped(mapping).into_iter().map(|value| {
                let message = format!("`mapping` says nothing about `{}`", value.value);
                let finding = declared::finding(&RULE, scope, contract, value.at, message)
                    .label("may be sent")
                    .related(scope.anchor(key), "the mapping")
                    .why("a payload with this value is reported when it is checked")
                    .help("say what becomes of it, or take it from the values");
                match as_it_is(scope, mapping, (key, value)) {
                    Some(fix) => finding.fix(fix),
                    None => finding,
                }
            }));
        }
    }
}

/// The fix that maps a value to itself; none where the receiver does not know it, or where another
/// one becomes it already and the mapping is to work backwards.
fn as_it_is(
    scope: &FileScope<'_>,
    mapping: &FieldMapping,
    (key, value): (NodeId, Located<Name>),
) -> Option<Fix> {
    let known = &mapping.target.values;
    let is_known = known.is_empty() || known.iter().any(|known| known.value == value.value);
    let is_taken = || mapping.values.iter().any(|(_, into)| into.value == value.value);
    let may = is_known && !(mapping.bidirectional && is_taken());
    let values = NodeId::new(key.place() + 1);
    let word = contracts::value::Value::Text(value.value).to_yaml();
    let intent = yaml::Intent::InsertEntry(values, value.value.as_str().to_owned(), word);
    let title = format!("map `{0}` to `{0}`", value.value);
    may.then(|| Fix::offered(title, declared::edit(scope, intent)))
}
