//! `shadowed-rule`: an evolution rule that never governs anything, since an earlier one does.

use contracts::kinds::schema_compatibility::EvolutionRule;
use syntax::edit::yaml;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "shadowed-rule",
    weight: Weight::Always(Level::Warning),
    summary: "an evolution rule is hidden by an earlier one with a wider scope",
    page: include_str!("../../../../docs/rules/shadowed-rule.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for (contract, body) in declared::compatibility(scope) {
        for (index, rule) in body.rules.iter().enumerate() {
            let Some(own) = rule.scope else { continue };
            // Whatever begins with the later scope begins with the earlier one then.
            let hides = |earlier: &&EvolutionRule| earlier.covers(own.value.as_str());
            let Some(earlier) = body.rules[..index].iter().find(hides) else { continue };
            let Some(wider) = earlier.scope else { continue };
            let message = format!(
                "{} never governs a service: {} comes first and speaks of all that begin with `{}`",
                named(rule),
                named(earlier),
                wider.value
            );
            let finding = declared::finding(&RULE, scope, contract, own.at, message)
                .label("hidden")
                .why(
                    "a scope is the beginning of a name, and of several rules that fit the first \
                     one counts",
                )
                .help("put the rule with the longer scope first, or remove the later (quick fix)");
            findings.push(if earlier.at == rule.at {
                finding
            } else {
                let intent = yaml::Intent::RemoveItem(rule.at);
                finding
                    .related(scope.anchor(wider.at), "the scope that comes first")
                    .fix(Fix::offered("remove the later rule", declared::edit(scope, intent)))
            });
        }
    }
}

/// The rule by its id.
pub(super) fn named(rule: &EvolutionRule) -> String {
    rule.id.map_or_else(|| "a rule".to_owned(), |id| format!("rule `{}`", id.value))
}
