//! `too-large`: a file over a budget.

use facts::file::Trouble;
use facts::places::LocalAnchor;
use syntax::yaml::ProblemKind;

use crate::declared;
use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "too-large",
    weight: Weight::Always(Level::Information),
    summary: "a file is over a budget, and a part of it was left out",
    page: include_str!("../../../../docs/rules/too-large.md"),
    check: Check::File(check),
};

const WHY: &str = "what was left out is not checked, and nothing is concluded from its absence";

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    let said = |at: LocalAnchor, message: String| {
        Finding::new(&RULE, Level::Information, scope.local(at), message).why(WHY)
    };
    if let Some(Trouble::TooLarge(limit)) = scope.facts.trouble {
        let message = format!("the file has more than {limit} bytes and was not read");
        findings.push(said(LocalAnchor { unit: 0, index: 0 }, message));
    }
    for problem in &scope.facts.yaml_problems {
        if let ProblemKind::OverBudget(message) = &problem.kind {
            findings.push(said(problem.at, message.clone()));
        }
    }
    for contract in scope.facts.contracts.iter().filter(|contract| !contract.document.complete) {
        let message = "aliases repeat so much that a part of the contract was left out".to_owned();
        findings.push(
            declared::finding(&RULE, scope, contract, contract.document.at, message)
                .why(WHY)
                .help("write out what is meant, or use fewer aliases of aliases"),
        );
    }
}
