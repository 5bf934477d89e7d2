//! `mapping-outside-values`: a mapping speaks of values that its own sets do not have.

use contracts::kinds::schema_compatibility::{FieldMapping, Side};
use contracts::propagation::Located;
use facts::contract::ContractFacts;
use rustc_hash::FxHashSet;
use syntax::edit::yaml;
use text::name::Name;
use text::near::nearest;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "mapping-outside-values",
    weight: Weight::Always(Level::Warning),
    summary: "a mapping has a value that is outside of the declared values",
    page: include_str!("../../../../docs/rules/mapping-outside-values.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for (contract, body) in declared::compatibility(scope) {
        for mapping in body.mappings.iter().filter(|mapping| contract.is_sound(mapping.at)) {
            let sent = outside(&mapping.source, mapping.values.iter().map(|pair| pair.0));
            let mut open = open_values(mapping);
            findings.extend(sent.into_iter().map(|value| {
                let meant = meant(&mut open, value.value);
                let finding = report(scope, contract, (value, meant), (&mapping.source, "sends"));
                finding
                    .label("never sent")
                    .why("a payload with this value is reported, mapped or not")
                    .fix(remove(scope, value))
            }));
            let received = outside(&mapping.target, mapping.values.iter().map(|pair| pair.1));
            findings.extend(received.into_iter().map(|value| {
                let known = mapping.target.values.iter().map(|known| known.value.as_str());
                let meant = nearest(value.value.as_str(), known).map(|(near, _)| near.to_owned());
                report(scope, contract, (value, meant), (&mapping.target, "knows"))
                    .label("becomes this")
                    .why("the receiver gets a value that it does not know, and nothing says so at run time")
            }));
        }
    }
}

/// The values that are not in the side's set; none where it has no set.
fn outside(side: &Side, values: impl Iterator<Item = Located<Name>>) -> Vec<Located<Name>> {
    let known: FxHashSet<Name> = side.values.iter().map(|known| known.value).collect();
    values.filter(|value| !known.is_empty() && !known.contains(&value.value)).collect()
}

/// The values that are sent and that the mapping does not map.
fn open_values(mapping: &FieldMapping) -> Vec<Located<Name>> {
    let mapped: FxHashSet<Name> = mapping.values.iter().map(|pair| pair.0.value).collect();
    let values = mapping.source.values.iter();
    values.filter(|value| !mapped.contains(&value.value)).copied().collect()
}

/// The open value that was meant by one that is never sent; it is open no more.
fn meant(open: &mut Vec<Located<Name>>, value: Name) -> Option<String> {
    let (near, _) = nearest(value.as_str(), open.iter().map(|known| known.value.as_str()))?;
    let near = near.to_owned();
    open.retain(|known| known.value.as_str() != near);
    Some(near)
}

/// The values that are sent and not mapped, but for those that a misspelt one means.
pub(super) fn unmapped(mapping: &FieldMapping) -> Vec<Located<Name>> {
    let mut open = open_values(mapping);
    for value in outside(&mapping.source, mapping.values.iter().map(|pair| pair.0)) {
        meant(&mut open, value.value);
    }
    open
}

fn report(
    scope: &FileScope<'_>,
    contract: &ContractFacts,
    (value, meant): (Located<Name>, Option<String>),
    (side, does): (&Side, &str),
) -> Finding {
    let whose = side.service.map_or_else(|| "the service".into(), |of| format!("`{}`", of.value));
    let what = side.field.map_or_else(|| "it".into(), |field| format!("`{}`", field.value));
    let message = format!("`{}` is no value that {whose} {does} of {what}", value.value);
    let message = match &meant {
        Some(near) => format!("{message}; the nearest is `{near}`"),
        None => message,
    };
    let mut finding = declared::finding(&RULE, scope, contract, value.at, message);
    if let Some(first) = side.values.first() {
        finding = finding.related(scope.anchor(first.at), format!("the values of {what}"));
    }
    match meant {
        None => finding.help("correct it, or add it to the values"),
        Some(near) => {
            let intent = yaml::Intent::ReplaceScalar(value.at, near.clone());
            finding
                .help(format!("write `{near}`, if that is meant (quick fix)"))
                .fix(Fix::offered(format!("change to `{near}`"), declared::edit(scope, intent)))
        }
    }
}

fn remove(scope: &FileScope<'_>, key: Located<Name>) -> Fix {
    Fix::offered("remove the entry", declared::edit(scope, yaml::Intent::RemoveEntry(key.at)))
}
