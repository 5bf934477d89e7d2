//! `orphan-enum`: a set of values for an attribute that nobody knows.

use contracts::kinds::semantic_conventions::{AttributeEnum, Contract};
use syntax::edit::yaml;
use text::near::nearest;

use crate::conventions;
use crate::finding::Finding;
use crate::fix::{Fix, Intent};
use crate::level::Level;
use crate::rule::{Check, ContractScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "orphan-enum",
    weight: Weight::Always(Level::Warning),
    summary: "an enum is for no attribute",
    page: include_str!("../../../../docs/rules/orphan-enum.md"),
    check: Check::Contract(check),
};

fn check(scope: &ContractScope<'_>, findings: &mut Vec<Finding>) {
    let Some(contract) = conventions::of(scope.facts) else { return };
    for values in &contract.enums {
        let name = values.attribute.value;
        let is_known = contract.attributes.iter().any(|attribute| {
            conventions::is_for(values, attribute) || conventions::has_alias(attribute, name)
        });
        if !is_known && !conventions::is_canonical(scope, name) {
            findings.push(report(scope, contract, values));
        }
    }
}

fn report(scope: &ContractScope<'_>, contract: &Contract, values: &AttributeEnum) -> Finding {
    let name = values.attribute.value;
    let message = format!("the enum `{name}` is for no attribute");
    let finding = Finding::new(&RULE, Level::Warning, scope.anchor(values.attribute.at), message)
        .label("no attribute has this name or type")
        .why("its values say nothing about any attribute");
    let known = contract.attributes.iter().map(|attribute| attribute.name.value.as_str());
    let Some((near, _)) = nearest(name.as_str(), known) else {
        return finding.help(format!("declare the attribute `{name}`, or remove the enum"));
    };
    let intent = yaml::Intent::ReplaceScalar(values.attribute.at, near.to_owned());
    finding.help(format!("name `{near}` (quick fix)")).fix(Fix::offered(
        format!("name `{near}`"),
        vec![Intent::Yaml(scope.contract.file, intent)],
    ))
}
