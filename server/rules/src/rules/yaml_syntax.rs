//! `yaml-syntax`: text that YAML's safe loader does not take.

use facts::file::{Trouble, YamlProblem};
use facts::places::LocalAnchor;
use syntax::yaml::ProblemKind;
use text::bytes::NotText;

use crate::declared::{REFUSED, consequence};
use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "yaml-syntax",
    weight: Weight::Always(Level::Error),
    summary: "the text of a contract does not parse",
    page: include_str!("../../../../docs/rules/yaml-syntax.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    if let Some(Trouble::NotText(reason)) = scope.facts.trouble {
        let start = scope.local(LocalAnchor { unit: 0, index: 0 });
        findings.push(
            Finding::new(&RULE, Level::Error, start, not_text(reason))
                .help("save the file as UTF-8"),
        );
    }
    findings.extend(scope.facts.yaml_problems.iter().filter_map(|problem| report(scope, problem)));
}

fn report(scope: &FileScope<'_>, problem: &YamlProblem) -> Option<Finding> {
    let (message, help) = words(&problem.kind)?;
    let contract = scope.facts.contracts.first();
    let why = contract.map_or(REFUSED, |contract| consequence(contract.document.kind));
    let finding = Finding::new(&RULE, Level::Error, scope.local(problem.at), message).why(why);
    Some(match help {
        Some(help) => finding.help(help),
        None => finding,
    })
}

/// What is wrong and what to do; none for what [`too-large`](super::too_large) reports.
fn words(kind: &ProblemKind) -> Option<(String, Option<&'static str>)> {
    let (message, help) = match kind {
        ProblemKind::Syntax(message) => (message.clone(), None),
        ProblemKind::UndefinedAlias(name) => (
            format!("`*{name}` stands for nothing: no `&{name}` comes before it"),
            Some("put the anchor where the value is first written"),
        ),
        ProblemKind::RefusedTag(message) => (message.clone(), None),
        ProblemKind::BadMerge => (
            "`<<` takes a mapping or a list of mappings".to_owned(),
            Some("give it an alias of a mapping"),
        ),
        ProblemKind::UnhashableKey => (
            "a list or a mapping cannot be a key".to_owned(),
            Some("use text as the key; quote `[` or `{` where text is meant"),
        ),
        ProblemKind::SecondDocument => (
            "a contract is one document, and a second begins here".to_owned(),
            Some("move it to a file of its own"),
        ),
        ProblemKind::OverBudget(_) => return None,
    };
    Some((message, help))
}

fn not_text(reason: NotText) -> String {
    match reason {
        NotText::Binary => "the file is no text: it holds NUL bytes".to_owned(),
        NotText::NotUnicode { offset } => {
            format!("the file is no text: byte {offset} is neither UTF-8 nor UTF-16")
        }
    }
}
