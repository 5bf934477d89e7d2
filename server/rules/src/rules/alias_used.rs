//! `alias-used`: an attribute is set under a name that was given up for another.

use contracts::kinds::semantic_conventions::{Attribute, Contract};
use contracts::propagation::Located;
use facts::places::Anchor;
use graph::attributes::{Group, Set};
use syntax::edit::yaml;
use text::name::Name;

use crate::conventions;
use crate::finding::Finding;
use crate::fix::{Fix, Intent};
use crate::level::Level;
use crate::rule::{Check, ContractScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "alias-used",
    weight: Weight::Always(Level::Warning),
    summary: "an attribute is set under an alias of its name",
    page: include_str!("../../../../docs/rules/alias-used.md"),
    check: Check::Contract(check),
};

fn check(scope: &ContractScope<'_>, findings: &mut Vec<Finding>) {
    let Some(contract) = conventions::of(scope.facts) else { return };
    for attribute in &contract.attributes {
        for alias in conventions::clear_aliases(scope, attribute) {
            in_code(scope, attribute, alias, findings);
            in_contract(scope, (contract, attribute), alias, findings);
        }
    }
}

fn in_code(
    scope: &ContractScope<'_>,
    attribute: &Attribute,
    alias: Located<Name>,
    findings: &mut Vec<Finding>,
) {
    // A dict that is set on several spans is written once.
    let mut seen: Vec<Anchor> = Vec::new();
    for (group, set) in scope.graph.attributes().uses(scope.graph.files(), alias.value) {
        if set.names.len() == 1 && !seen.contains(&set.at) {
            seen.push(set.at);
            findings.push(used(scope, attribute, alias, (group, set)));
        }
    }
}

fn used(
    scope: &ContractScope<'_>,
    attribute: &Attribute,
    alias: Located<Name>,
    (group, set): (&Group, &Set),
) -> Finding {
    let name = attribute.name.value;
    let message = format!("`{}` is set, an alias of `{name}`", alias.value);
    let finding = Finding::new(&RULE, Level::Warning, set.at, message)
        .label(format!("set on {}", conventions::a(group)))
        .related(scope.anchor(attribute.name.at), format!("`{name}` is declared here"))
        .why(format!("whoever searches for `{name}` does not find it"));
    if group.names().any(|other| other == name) {
        return finding.help(format!("`{name}` is set as well: set it alone"));
    }
    if !set.is_literal {
        return finding.help(format!("give the constant the value `{name}`"));
    }
    finding.help(format!("set `{name}` (quick fix)")).fix(Fix::offered(
        format!("set `{name}`"),
        vec![Intent::PythonString(set.at, name.as_str().to_owned())],
    ))
}

/// An enum that names its attribute by the alias.
fn in_contract(
    scope: &ContractScope<'_>,
    (contract, attribute): (&Contract, &Attribute),
    alias: Located<Name>,
    findings: &mut Vec<Finding>,
) {
    let name = attribute.name.value;
    let named = contract.enums.iter().map(|values| values.attribute);
    for reference in named.filter(|reference| reference.value == alias.value) {
        let message = format!("the enum names `{}`, an alias of `{name}`", alias.value);
        let intent = yaml::Intent::ReplaceScalar(reference.at, name.as_str().to_owned());
        findings.push(
            Finding::new(&RULE, Level::Warning, scope.anchor(reference.at), message)
                .label("an alias")
                .related(scope.anchor(attribute.name.at), format!("`{name}` is declared here"))
                .why("the enum is for the attribute, and nobody finds it there by the alias")
                .help(format!("name `{name}` (quick fix)"))
                .fix(Fix::offered(
                    format!("name `{name}`"),
                    vec![Intent::Yaml(scope.contract.file, intent)],
                )),
        );
    }
}
