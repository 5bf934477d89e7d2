//! `invalid-value`: of the right type, and yet not among what may stand there.

use contracts::problem::ProblemKind;
use syntax::edit::yaml;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "invalid-value",
    weight: Weight::Always(Level::Error),
    summary: "a value outside of what may stand there",
    page: include_str!("../../../../docs/rules/invalid-value.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for found in declared::problems(scope) {
        let problem = &found.1.problem;
        let say = |message: String| declared::problem(&RULE, scope, found, message);
        let finding = match &problem.kind {
            ProblemKind::NotOneOf { set, word, allowed, nearest, case_only } => {
                let offer = match nearest {
                    Some(near) if *case_only => format!("; it is written `{near}`"),
                    Some(near) => format!("; the nearest is `{near}`"),
                    None => String::new(),
                };
                let finding =
                    say(format!("`{word}` is no {set}{offer}")).help(format!("write {allowed}"));
                match nearest {
                    None => finding,
                    Some(near) => {
                        let intent = yaml::Intent::ReplaceScalar(problem.at, (*near).to_owned());
                        let intents = declared::edit(scope, intent);
                        let title = format!("change to `{near}`");
                        finding.fix(Fix { title, safe: *case_only, intents })
                    }
                }
            }
            ProblemKind::Empty { what } => say(format!("`{what}` is empty")).help("give it a name"),
            ProblemKind::OutOfRange { what, found, allowed } => {
                say(format!("`{what}` is {found}, and {allowed} makes sense"))
            }
            ProblemKind::TooFew { what, found: 0, least } => say(format!("`{what}` is empty"))
                .help(match least {
                    1 => "name one at least".to_owned(),
                    least => format!("name {least} at least"),
                }),
            ProblemKind::TooFew { what, found, least } => {
                say(format!("`{what}` has {found} of the {least} that it needs at least"))
            }
            ProblemKind::Malformed { what, found, expected } => {
                say(format!("`{what}` is `{found}`")).help(format!("write {expected}"))
            }
            ProblemKind::Cyclic => say("this contains itself".to_owned())
                .help("write out what is meant in place of the alias"),
            _ => continue,
        };
        findings.push(finding);
    }
}
