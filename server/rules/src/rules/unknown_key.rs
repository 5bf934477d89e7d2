//! `unknown-key`: a key that the kind of contract does not have.

use contracts::problem::{Home, ProblemKind};
use contracts::schema::words::with_article;
use syntax::edit::yaml;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "unknown-key",
    weight: Weight::Between(Level::Warning, Level::Error),
    summary: "a key that this kind of contract does not have",
    page: include_str!("../../../../docs/rules/unknown-key.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for found in declared::problems(scope) {
        let problem = &found.1.problem;
        let ProblemKind::UnknownKey { key, record, nearest, certain, home } = &problem.kind else {
            continue;
        };
        if *home == Home::Extension && scope.settings.contracts.extensions {
            continue;
        }
        let what = format!("`{key}` is no key of {}", with_article(record));
        let say = |message| declared::problem(&RULE, scope, found, message);
        let finding = match (nearest, home) {
            (_, Home::Extension) => say(format!("`{key}` belongs to an announced extension"))
                .help("give the contract `schema_version: \"0.2.0\"` or later")
                .help("or admit extensions with `extensions = true` under `[contracts]`"),
            (Some(near), _) => {
                let intent = yaml::Intent::ReplaceScalar(problem.at, (*near).to_owned());
                let intents = declared::edit(scope, intent);
                let title = format!("rename to `{near}`");
                say(format!("{what}; the nearest is `{near}`"))
                    .help(format!("rename it to `{near}` (quick fix)"))
                    .fix(Fix { title, safe: *certain, intents })
            }
            (None, Home::OtherKind(kind)) => {
                let title = with_article(kind.title);
                say(format!("{what}; it belongs into {title}"))
                    .help(format!("move it to a file of its own, {title}"))
            }
            (None, Home::Nowhere | Home::Ignored) => {
                say(what).help("remove it, or write it as a comment")
            }
        };
        findings.push(if *home == Home::Ignored { passed_over(finding) } else { finding });
    }
}

/// A key that the loader does not refuse: what it says is lost without a word.
fn passed_over(finding: Finding) -> Finding {
    let finding = finding.why("the loader passes over it without a word");
    Finding { level: Level::Warning, ..finding }
}
