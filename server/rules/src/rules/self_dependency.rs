//! `self-dependency`: an event is to come before itself.

use contracts::body::Body;
use syntax::edit::yaml;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "self-dependency",
    weight: Weight::Always(Level::Error),
    summary: "an event is to come before itself",
    page: include_str!("../../../../docs/rules/self-dependency.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for facts in &scope.facts.contracts {
        let Body::CausalOrdering(contract) = &facts.document.body else { continue };
        for dependency in &contract.dependencies {
            let (Some(before), Some(after)) = (&dependency.before, &dependency.after) else {
                continue;
            };
            let Some((phase, event)) =
                before.identity().filter(|one| after.identity() == Some(*one))
            else {
                continue;
            };
            let (Some(first), Some(again)) = (before.name, after.name) else { continue };
            let message = format!("`{event}` of `{phase}` is to come before itself");
            findings.push(
                declared::finding(&RULE, scope, facts, again.at, message)
                    .label("the same event again")
                    .related(scope.anchor(first.at), "the event before")
                    .why("nothing happens before itself, so the dependency is never satisfied")
                    .help("name the event that is meant, or remove the dependency (quick fix)")
                    .fix(Fix::offered(
                        "remove the dependency",
                        declared::edit(scope, yaml::Intent::RemoveItem(dependency.at)),
                    )),
            );
        }
    }
}
