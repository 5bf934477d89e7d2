//! `contradictory-change`: an evolution rule allows and forbids one change.

use contracts::kinds::schema_compatibility::evolution::ChangeKind;
use syntax::edit::yaml;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "contradictory-change",
    weight: Weight::Always(Level::Warning),
    summary: "an evolution rule allows and forbids the same change",
    page: include_str!("../../../../docs/rules/contradictory-change.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for (contract, body) in declared::compatibility(scope) {
        for rule in &body.rules {
            // A word that names no change has a rule of its own.
            let changes = rule.allowed.iter();
            let changes = changes.filter(|word| ChangeKind::parse(word.value.as_str()).is_some());
            for allowed in changes {
                let name = allowed.value;
                let Some(forbidden) = rule.forbidden.iter().find(|word| word.value == name) else {
                    continue;
                };
                let message = format!("`{name}` is allowed and forbidden, so it is forbidden");
                let finding = declared::finding(&RULE, scope, contract, allowed.at, message)
                    .label("has no effect")
                    .why("what is forbidden is so whatever else is said");
                // Where an alias repeats the list, the two are one node.
                findings.push(if forbidden.at == allowed.at {
                    finding.help("write two lists")
                } else {
                    let remove = |at| declared::edit(scope, yaml::Intent::RemoveItem(at));
                    finding
                        .related(scope.anchor(forbidden.at), "forbidden here")
                        .help("remove one of the two (quick fix)")
                        .fix(Fix::offered("do not allow it", remove(allowed.at)))
                        .fix(Fix::offered("do not forbid it", remove(forbidden.at)))
                });
            }
        }
    }
}
