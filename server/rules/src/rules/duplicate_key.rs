//! `duplicate-key`: a key given twice in a mapping.

use contracts::problem::ProblemKind;
use syntax::edit::yaml;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "duplicate-key",
    weight: Weight::Always(Level::Error),
    summary: "a key is given twice in a mapping, and the earlier value is lost",
    page: include_str!("../../../../docs/rules/duplicate-key.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for (contract, held) in declared::problems(scope) {
        let ProblemKind::DuplicateKey { key, later } = &held.problem.kind else {
            continue;
        };
        let message = format!("`{key}` is given twice; the earlier value is lost");
        let earlier = held.problem.at;
        let mut finding = declared::finding(&RULE, scope, contract, *later, message)
            .label("this one wins")
            .related(scope.anchor(earlier), format!("`{key}` is given here first"))
            .why("readers of YAML take the last value without a word")
            .help("remove the earlier (quick fix)")
            .help("or give one of them the name that is meant")
            .fix(Fix::offered(
                format!("remove the earlier `{key}`"),
                declared::edit(scope, yaml::Intent::RemoveEntry(earlier)),
            ));
        finding.phase = held.phase;
        finding.field = held.field;
        findings.push(finding);
    }
}
