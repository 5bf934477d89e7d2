//! `unknown-reference`: an id that nothing in its document has.

use contracts::decode::names::{Named, Role};
use contracts::schema::sort::Scope;
use contracts::schema::{Loader, Sort};
use facts::contract::ContractFacts;
use syntax::edit::yaml;
use text::near::nearest;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "unknown-reference",
    weight: Weight::Always(Level::Warning),
    summary: "an id is referred to that nothing in the document has",
    page: include_str!("../../../../docs/rules/unknown-reference.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for contract in &scope.facts.contracts {
        let names = &contract.document.names;
        // What was left out, or could not be read, may have the id.
        if !contract.document.complete || !scope.facts.yaml_problems.is_empty() {
            continue;
        }
        let refers =
            |named: &&Named| named.role == Role::Refers && named.sort.scope() == Scope::Document;
        for named in names.iter().filter(refers) {
            let defined = names.iter().filter(|other| {
                other.role == Role::Defines && other.sort == named.sort && other.of == named.of
            });
            let known: Vec<&str> = defined.map(|other| other.name.as_str()).collect();
            if !known.contains(&named.name.as_str()) {
                findings.push(report(scope, contract, named, &known));
            }
        }
    }
}

fn report(
    scope: &FileScope<'_>,
    contract: &ContractFacts,
    named: &Named,
    known: &[&str],
) -> Finding {
    let noun = named.sort.noun();
    let message = format!("`{}` is the id of no {noun} here", named.name);
    let finding = declared::finding(&RULE, scope, contract, named.at, message)
        .label(format!("no {noun} has this id"))
        .why(consequence(contract, named.sort));
    let Some((near, _)) = nearest(named.name.as_str(), known.iter().copied()) else {
        return finding.help(format!("add the {noun}, or remove the id"));
    };
    let intent = yaml::Intent::ReplaceScalar(named.at, near.to_owned());
    finding
        .help(format!("write `{near}` (quick fix)"))
        .fix(Fix::offered(format!("change to `{near}`"), declared::edit(scope, intent)))
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
