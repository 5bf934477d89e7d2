//! `invalid-value`: of the right type, and yet not among what may stand there.

use contracts::problem::{Clash, ProblemKind};
use syntax::edit::yaml;
use syntax::yaml::NodeId;

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
            ProblemKind::Clash(clash) => {
                let Some(message) = message(clash) else { continue };
                of_clash(scope, clash, (problem.at, say(message)))
            }
            _ => continue,
        };
        findings.push(finding);
    }
}

/// What is wrong with values that do not go together; none where a rule of its own says it.
fn message(clash: &Clash) -> Option<String> {
    Some(match clash {
        Clash::NotListed { what, found, list, .. } => {
            format!("`{what}` is `{found}`, which `{list}` does not have")
        }
        Clash::Before { what, found, start, .. } => {
            format!("`{what}` is {found}, which is before `{start}`")
        }
        Clash::InBoth { what, found, other, .. } => {
            format!("`{found}` stands in `{what}` and in `{other}`")
        }
        Clash::NothingAsked { record } => format!("this {record} asks for nothing"),
        Clash::WrongWord { what, found, by, allowed, .. } => {
            format!("`{what}` is `{found}`, and `{by}` is counted in {allowed}")
        }
        Clash::Exceeded { .. } => return None,
    })
}

/// The finding with the other side of the clash, and a way out.
fn of_clash(scope: &FileScope<'_>, clash: &Clash, (at, finding): (NodeId, Finding)) -> Finding {
    let change = |finding: Finding, to: &str| {
        let intent = yaml::Intent::ReplaceScalar(at, to.to_owned());
        finding
            .help(format!("write `{to}` (quick fix)"))
            .fix(Fix::offered(format!("change to `{to}`"), declared::edit(scope, intent)))
    };
    match clash {
        Clash::NotListed { list, list_at, nearest, .. } => {
            let finding = finding.related(scope.anchor(*list_at), format!("`{list}` is here"));
            match nearest {
                Some(near) => change(finding, near.as_str()),
                None => finding.help("add it there, or write one that is there"),
            }
        }
        Clash::Before { start, start_at, .. } => finding
            .related(scope.anchor(*start_at), format!("`{start}` is here"))
            .help("correct one of the two"),
        Clash::InBoth { what, other, other_at, .. } => {
            let remove = |list: &str, item: NodeId| {
                let edit = declared::edit(scope, yaml::Intent::RemoveItem(item));
                Fix::offered(format!("remove it from `{list}`"), edit)
            };
            finding
                .related(scope.anchor(*other_at), format!("`{other}` has it here"))
                .help("remove it from one of the two (quick fix)")
                .fix(remove(what, at))
                .fix(remove(other, *other_at))
        }
        Clash::WrongWord { only: Some(only), .. } => change(finding, only),
        Clash::WrongWord { allowed, .. } => finding.help(format!("write {allowed}")),
        Clash::NothingAsked { .. } | Clash::Exceeded { .. } => {
            finding.help("ask for one thing at least")
        }
    }
}
