//! `unknown-capability`: a capability is named that the contract does not declare.

use contracts::decode::names::{Named, Role};
use contracts::schema::Sort;
use facts::contract::ContractFacts;
use syntax::edit::yaml;
use text::near::nearest;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "unknown-capability",
    weight: Weight::Always(Level::Error),
    summary: "a capability is named that the contract does not declare",
    page: include_str!("../../../../docs/rules/unknown-capability.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for contract in &scope.facts.contracts {
        let names = contract.document.names.iter();
        let of_sort = |role: Role| {
            names.clone().filter(move |named| named.sort == Sort::Capability && named.role == role)
        };
        let known: Vec<&Named> = of_sort(Role::Defines).collect();
        // A contract that declares none refers to those of another, or has its list still to come.
        if known.is_empty() {
            continue;
        }
        for named in of_sort(Role::Refers) {
            if !known.iter().any(|held| held.name == named.name) {
                findings.push(report(scope, contract, named, &known));
            }
        }
    }
}

fn report(
    scope: &FileScope<'_>,
    contract: &ContractFacts,
    named: &Named,
    known: &[&Named],
) -> Finding {
    let message = format!("no capability `{}` is declared", named.name);
    let finding = declared::finding(&RULE, scope, contract, named.at, message)
        .label("named here, declared nowhere")
        .why("names are not resolved when the contract is loaded; the phase fails when it runs");
    let names = known.iter().map(|held| held.name.as_str());
    let Some((near, _)) = nearest(named.name.as_str(), names.clone()) else {
        let listed = words::listed(&names.collect::<Vec<_>>());
        return finding.help(format!("declare it under `capabilities`; there are {listed}"));
    };
    let intent = yaml::Intent::ReplaceScalar(named.at, near.to_owned());
    let declared = known.iter().find(|held| held.name.as_str() == near);
    let finding = declared.into_iter().fold(finding, |finding, held| {
        finding.related(scope.anchor(held.at), format!("`{near}` is declared here"))
    });
    finding
        .help(format!("name `{near}` (quick fix)"))
        .fix(Fix::offered(format!("name `{near}`"), declared::edit(scope, intent)))
}
