//! `unknown-key`: a key that the kind of contract does not have.

use contracts::problem::ProblemKind;
use syntax::edit::yaml;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "unknown-key",
    weight: Weight::Always(Level::Error),
    summary: "a key that this kind of contract does not have",
    page: include_str!("../../../../docs/rules/unknown-key.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for found in declared::problems(scope) {
        let problem = &found.1.problem;
        let ProblemKind::UnknownKey { key, record, nearest, certain, .. } = &problem.kind else {
            continue;
        };
        let what = format!("`{key}` is no key of {}", with_article(record));
        findings.push(match nearest {
            None => declared::problem(&RULE, scope, found, what)
                .help("remove it, or write it as a comment"),
            Some(near) => {
                let intent = yaml::Intent::ReplaceScalar(problem.at, (*near).to_owned());
                let edit = declared::edit(scope, intent);
                let title = format!("rename to `{near}`");
                let message = format!("{what}; the nearest is `{near}`");
                declared::problem(&RULE, scope, found, message)
                    .help(format!("rename it to `{near}` (quick fix)"))
                    .fix(Fix { title, safe: *certain, intents: edit })
            }
        });
    }
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}
