//! `evolution-violation`: a version changes what the rule for its service does not allow.

use contracts::kinds::schema_compatibility::evolution::{Change, ChangeKind, changes};
use contracts::kinds::schema_compatibility::{EvolutionRule, SchemaVersion};
use facts::contract::ContractFacts;

use super::shadowed_rule::named;
use crate::declared;
use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "evolution-violation",
    weight: Weight::Always(Level::Error),
    summary: "a version changes what the evolution rule for its service does not allow",
    page: include_str!("../../../../docs/rules/evolution-violation.md"),
    check: Check::File(check),
};

/// So many changes are told one by one.
const TOLD: usize = 3;

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for (contract, body) in declared::compatibility(scope) {
        for (old, new) in body.successions() {
            let Some(service) = new.service else { continue };
            let Some(rule) = body.governing(service.value.as_str()) else { continue };
            let parts = [old.at, new.at, rule.at];
            if parts.into_iter().all(|part| contract.is_sound(part)) {
                findings.extend(succession(scope, contract, (old, new), rule));
            }
        }
    }
}

fn succession(
    scope: &FileScope<'_>,
    contract: &ContractFacts,
    (old, new): (&SchemaVersion, &SchemaVersion),
    rule: &EvolutionRule,
) -> Option<Finding> {
    let (service, before, after) = (new.service?.value, old.version?, new.version?);
    let (scope_of, policy) = (rule.scope?, rule.policy?);
    if before.value == after.value {
        return None;
    }
    let mut broken = changes(old, new);
    broken.retain(|change| !rule.allows(change.kind));
    let first = broken.first()?;
    let message = format!(
        "version `{}` of `{service}` {}, which {} does not allow",
        after.value,
        told(&broken),
        named(rule)
    );
    let finding = declared::finding(&RULE, scope, contract, after.at, message)
        .label(format!("against policy {}", policy.value.as_str()))
        .related(scope.anchor(scope_of.at), format!("{} governs `{service}`", named(rule)))
        .related(scope.anchor(before.at), format!("version `{}` comes before", before.value))
        .why("whoever relies on the older version breaks with the newer one")
        .help("keep what is there, or add what is new in a way that the rule allows")
        .help(format!("or name `{}` in `allowed_changes` of the rule", first.kind.as_str()));
    let places = broken.iter().take(TOLD);
    Some(places.fold(finding, |finding, change| {
        finding.related(scope.anchor(change.at), format!("it {}", what(change)))
    }))
}

/// What is changed: all of a few, else the first ones and how many more.
fn told(broken: &[Change]) -> String {
    let mut words: Vec<String> = broken.iter().take(TOLD).map(what).collect();
    if broken.len() > TOLD {
        words.push(format!("makes {} more changes", broken.len() - TOLD));
    }
    match words.as_slice() {
        [some @ .., last] if !some.is_empty() => format!("{} and {last}", some.join(", ")),
        words => words.concat(),
    }
}

fn what(change: &Change) -> String {
    let field = change.field;
    let text = |value: Option<contracts::propagation::Located<text::name::Name>>| {
        value.map_or_else(String::new, |value| value.value.as_str().to_owned())
    };
    let (old, new) = (text(change.old), text(change.new));
    match change.kind {
        ChangeKind::AddField => format!("adds field `{field}`"),
        ChangeKind::RemoveField => format!("removes field `{field}`"),
        ChangeKind::ChangeFieldType => format!("makes `{field}` `{new}` instead of `{old}`"),
        ChangeKind::AddEnumValue => format!("adds value `{new}` of `{field}`"),
        ChangeKind::RemoveEnumValue => format!("removes value `{old}` of `{field}`"),
        ChangeKind::MakeRequired => format!("makes `{field}` required"),
        ChangeKind::DeprecateField => format!("marks `{field}` as deprecated"),
    }
}
