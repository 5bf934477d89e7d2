//! `wrong-type`: a value, or a key, of the wrong YAML type.

use contracts::problem::ProblemKind;
use syntax::edit::yaml;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "wrong-type",
    weight: Weight::Always(Level::Error),
    summary: "a value of the wrong YAML type",
    page: include_str!("../../../../docs/rules/wrong-type.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for found in declared::problems(scope) {
        let problem = &found.1.problem;
        let (message, quote) = match &problem.kind {
            ProblemKind::WrongType { what, expected, found, quote } => {
                (format!("`{what}` is {found}, where {expected} belongs"), *quote)
            }
            ProblemKind::KeyNotText { found } => {
                (format!("this key is {found}, where text belongs"), true)
            }
            _ => continue,
        };
        let finding = declared::problem(&RULE, scope, found, message);
        findings.push(if quote {
            let edit = declared::edit(scope, yaml::Intent::Quote(problem.at));
            finding
                .help("put it in quotes, so that it is text (quick fix)")
                .fix(Fix::offered("put it in quotes", edit))
        } else {
            finding
        });
    }
}
