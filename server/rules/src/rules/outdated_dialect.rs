//! `outdated-dialect`: a form that design notes used and that no loader accepts.

use std::sync::Arc;

use contracts::problem::{Outdated, ProblemKind};
use contracts::schema::Became;
use facts::contract::{ContractFacts, ContractProblem};
use rustc_hash::FxHashSet;
use syntax::edit::yaml;
use syntax::yaml::NodeId;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "outdated-dialect",
    weight: Weight::Always(Level::Warning),
    summary: "a form that design notes used and that no loader accepts",
    page: include_str!("../../../../docs/rules/outdated-dialect.md"),
    check: Check::File(check),
};

/// Contracts with more outdated forms than this are rewritten form by form.
const MOST: usize = 1000;

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for contract in &scope.facts.contracts {
        let forms: Vec<_> = contract.problems.iter().filter_map(outdated).collect();
        let all = all(&forms);
        for (found, form) in forms {
            let finding = report(scope, (contract, found), form);
            let Some((_, intent)) = rewrite(found, form) else {
                findings.push(finding.help("take over what is missing there, and remove it"));
                continue;
            };
            let (title, safe) = (title(form), keeps_meaning(form));
            let finding = finding.help(format!("{title} (quick fix)")).fix(Fix {
                title,
                safe,
                intents: declared::edit(scope, intent),
            });
            findings.push(match &all {
                None => finding,
                Some(all) => {
                    let title = format!("rewrite all {} outdated forms of the contract", all.len());
                    let intent = yaml::Intent::All(Arc::clone(all));
                    finding.fix(Fix::offered(title, declared::edit(scope, intent)))
                }
            });
        }
    }
}

/// The edits that bring all forms up to date; none where there is one alone, or too many.
fn all(forms: &[(&ContractProblem, &Outdated)]) -> Option<Arc<[yaml::Intent]>> {
    if forms.len() > MOST {
        return None;
    }
    // What aliases repeat is rewritten once.
    let mut seen = FxHashSet::default();
    let rewrites = forms.iter().filter_map(|(found, form)| rewrite(found, form));
    let all: Arc<[_]> =
        rewrites.filter(|(node, _)| seen.insert(*node)).map(|(_, intent)| intent).collect();
    (all.len() > 1).then_some(all)
}

fn outdated(found: &ContractProblem) -> Option<(&ContractProblem, &Outdated)> {
    match &found.problem.kind {
        ProblemKind::Outdated(form) => Some((found, form)),
        _ => None,
    }
}

fn report(
    scope: &FileScope<'_>,
    found: (&ContractFacts, &ContractProblem),
    form: &Outdated,
) -> Finding {
    let key = form.former.name;
    let finding = |today: String, why: Option<&str>| {
        let message = format!("`{key}` is a form of early design notes; {today}");
        let finding = declared::problem(&RULE, scope, found, message);
        match why {
            Some(why) => finding.help(why),
            None => finding,
        }
    };
    match form.former.became {
        Became::Key(today) | Became::Kin(today, _) | Became::Lifted(today, _) if form.taken => {
            finding(format!("today it is `{today}`, which is there already"), None)
        }
        Became::Key(today) => finding(format!("today it is `{today}`"), None),
        Became::Kin(today, unlike) => finding(format!("today it is `{today}`"), Some(unlike)),
        Became::Lifted(today, inner) => {
            finding(format!("today it is `{today}`, with nothing but the {inner}"), None)
        }
        Became::List([first, second]) => {
            finding(format!("today it is a list of mappings with `{first}` and `{second}`"), None)
        }
        Became::Word(old, new) => {
            let message = format!("`{old}` is a word of early design notes; today it is `{new}`");
            declared::problem(&RULE, scope, found, message)
        }
        Became::Nothing(why) => finding("nothing took its place".to_owned(), Some(why)),
    }
}

/// The edit that brings the form up to date, and the node that it is about; none where today's key
/// is there already.
fn rewrite(found: &ContractProblem, form: &Outdated) -> Option<(NodeId, yaml::Intent)> {
    let key = found.problem.at;
    Some(match form.former.became {
        _ if form.taken => return None,
        Became::Lifted(today, inner) if form.nested => {
            (key, yaml::Intent::LiftEntry(key, inner.to_owned(), today.to_owned()))
        }
        Became::Key(today) | Became::Kin(today, _) | Became::Lifted(today, _) => {
            (key, yaml::Intent::ReplaceScalar(key, today.to_owned()))
        }
        Became::List(names) => {
            (form.value, yaml::Intent::MapToList(form.value, names.map(str::to_owned)))
        }
        Became::Word(_, new) => {
            (form.value, yaml::Intent::ReplaceScalar(form.value, new.to_owned()))
        }
        Became::Nothing(_) => (key, yaml::Intent::CommentOut(key)),
    })
}

fn title(form: &Outdated) -> String {
    match form.former.became {
        Became::Lifted(today, inner) if form.nested => {
            format!("write the {inner} as `{today}`, the rest as a comment")
        }
        Became::Key(today) | Became::Kin(today, _) | Became::Lifted(today, _) => {
            format!("rename to `{today}`")
        }
        Became::List(_) => "write it as a list".to_owned(),
        Became::Word(_, new) => format!("change to `{new}`"),
        Became::Nothing(_) => "make a comment of it".to_owned(),
    }
}

/// Whether the rewritten form says the same, all of it.
fn keeps_meaning(form: &Outdated) -> bool {
    match form.former.became {
        Became::Key(_) | Became::List(_) | Became::Word(..) => true,
        Became::Lifted(..) => !form.nested,
        Became::Kin(..) | Became::Nothing(_) => false,
    }
}
