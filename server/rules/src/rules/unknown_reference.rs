//! `unknown-reference`: an id that nothing in its document has.

use contracts::schema::sort::Scope;
use contracts::schema::{Loader, Sort};
use facts::contract::ContractFacts;

use crate::declared;
use crate::finding::Finding;
use crate::level::Level;
use crate::references;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(crate) static RULE: Rule = Rule {
    name: "unknown-reference",
    weight: Weight::Always(Level::Warning),
    summary: "an id is referred to that nothing in the document has",
    page: include_str!("../../../../docs/rules/unknown-reference.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for contract in &scope.facts.contracts {
        // What was left out, or could not be read, may have the id.
        if !contract.document.complete || !scope.facts.yaml_problems.is_empty() {
            continue;
        }
        for unknown in references::unknown(contract, |sort| sort.scope() == Scope::Document) {
            let named = unknown.named;
            let noun = named.sort.noun();
            let message = format!("`{}` is the id of no {noun} here", named.name);
            let finding = declared::finding(&RULE, scope, contract, named.at, message)
                .label(format!("no {noun} has this id"))
                .why(consequence(contract, named.sort));
            let finding =
                unknown.offer(scope, finding, || format!("add the {noun}, or remove the id"));
            findings.push(finding);
        }
    }
}

fn consequence(contract: &ContractFacts, sort: Sort) -> &'static str {
    let is_manifest = contract.document.kind.loader == Loader::Manifest;
    // Of version 2, the loader follows the objectives of tactics alone.
    let is_refused = sort == Sort::Objective || contract.document.kind.name == "manifest-v1";
    if is_manifest && is_refused {
        "the loader refuses the whole manifest over it"
    } else {
        "nobody finds what is meant"
    }
}
