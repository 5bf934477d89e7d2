//! `missing-key`: a required key is absent.

use contracts::problem::ProblemKind;
use syntax::edit::yaml;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "missing-key",
    weight: Weight::Always(Level::Error),
    summary: "a required key is absent",
    page: include_str!("../../../../docs/rules/missing-key.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for found in declared::problems(scope) {
        let problem = &found.1.problem;
        let ProblemKind::MissingKey { key, record, placeholder, because } = &problem.kind else {
            continue;
        };
        let intent =
            yaml::Intent::InsertEntry(problem.at, (*key).to_owned(), (*placeholder).to_owned());
        let message = match because {
            None => format!("this {record} has no `{key}`"),
            Some((when, "true")) => format!("this {record} has `{when}` and no `{key}`"),
            Some((when, is)) => {
                format!("this {record} has no `{key}`, which `{when}: {is}` asks for")
            }
        };
        findings.push(
            declared::problem(&RULE, scope, found, message)
                .label(format!("the {record} begins here"))
                .help(format!("add `{key}: {placeholder}` and fill it in (quick fix)"))
                .fix(Fix::offered(format!("add `{key}`"), declared::edit(scope, intent))),
        );
    }
}
