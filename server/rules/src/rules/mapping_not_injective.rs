//! `mapping-not-injective`: a mapping is to work backwards, and two values become one.

use syntax::edit::yaml;

use crate::declared::{self, REFUSED};
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "mapping-not-injective",
    weight: Weight::Always(Level::Error),
    summary: "a mapping that is to work backwards makes one value of two",
    page: include_str!("../../../../docs/rules/mapping-not-injective.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for (contract, body) in declared::compatibility(scope) {
        for mapping in &body.mappings {
            for ((first, into), (second, at)) in mapping.collisions() {
                let (first_name, name) = (first.value, second.value);
                let message = format!(
                    "`{first_name}` and `{name}` both become `{}`, and the mapping is bidirectional",
                    at.value
                );
                let finding = declared::finding(&RULE, scope, contract, at.at, message)
                    .label("the second time")
                    .related(scope.anchor(into.at), format!("`{first_name}` becomes it first"))
                    .why(REFUSED)
                    .help("let each value become another one, or give up `bidirectional`");
                findings.push(match mapping.bidirectional_key {
                    None => finding,
                    Some(key) => {
                        let intent = yaml::Intent::RemoveEntry(key);
                        let edit = declared::edit(scope, intent);
                        finding.fix(Fix::offered("remove `bidirectional`", edit))
                    }
                });
            }
        }
    }
}
