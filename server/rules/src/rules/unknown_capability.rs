//! `unknown-capability`: a capability is named that the contract does not declare.

use contracts::schema::Sort;

use crate::declared;
use crate::finding::Finding;
use crate::level::Level;
use crate::references;
use crate::rule::{Check, FileScope, Rule, Weight};
use crate::words;

pub(crate) static RULE: Rule = Rule {
    name: "unknown-capability",
    weight: Weight::Always(Level::Error),
    summary: "a capability is named that the contract does not declare",
    page: include_str!("../../../../docs/rules/unknown-capability.md"),
    check: Check::File(check),
};

const WHY: &str =
    "names are not resolved when the contract is loaded; the phase fails when it runs";

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for contract in &scope.facts.contracts {
        for unknown in references::unknown(contract, |sort| sort == Sort::Capability) {
            // A contract that declares none refers to those of another, or has its list to come.
            if unknown.known.is_empty() {
                continue;
            }
            let named = unknown.named;
            let message = format!("no capability `{}` is declared", named.name);
            let finding = declared::finding(&RULE, scope, contract, named.at, message)
                .label("named here, declared nowhere")
                .why(WHY);
            findings.push(unknown.offer(scope, finding, || {
                let names: Vec<&str> =
                    unknown.known.iter().map(|held| held.name.as_str()).collect();
                let listed = words::listed(&names, '`');
                format!("declare it under `capabilities`; there are {listed}")
            }));
        }
    }
}
