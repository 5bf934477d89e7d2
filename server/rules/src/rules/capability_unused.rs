//! `capability-unused`: a capability is declared and nobody needs it or hands it on.

use contracts::body::Body;
use contracts::decode::names::Role;
use contracts::schema::Sort;
use syntax::edit::yaml;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "capability-unused",
    weight: Weight::Always(Level::Warning),
    summary: "a capability is declared, and no phase or chain has to do with it",
    page: include_str!("../../../../docs/rules/capability-unused.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for facts in &scope.facts.contracts {
        let Body::CapabilityPropagation(contract) = &facts.document.body else { continue };
        // With no phases yet, everything would be unused.
        if contract.phases.is_empty() || !facts.problems.is_empty() {
            continue;
        }
        let named = facts.document.names.iter();
        let used =
            named.filter(|named| named.sort == Sort::Capability && named.role == Role::Refers);
        for capability in &contract.capabilities {
            let name = capability.name.value;
            if used.clone().any(|used| used.name == name) {
                continue;
            }
            let message = format!("no phase requires or provides `{name}`");
            findings.push(
                declared::finding(&RULE, scope, facts, capability.name.at, message)
                    .label("declared here, used nowhere")
                    .why("a permission that nobody needs is one too many to grant")
                    .help("remove it (quick fix), or add it to the phases that need it")
                    .fix(Fix::offered(
                        format!("remove `{name}`"),
                        declared::edit(scope, yaml::Intent::RemoveItem(capability.at)),
                    )),
            );
        }
    }
}
