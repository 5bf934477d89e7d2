//! `invalid-expression`: a verification that the loader rejects.

use contracts::verification::{self, LONGEST, METHODS, Why};
use facts::contract::ContractFacts;
use text::span::Span;

use crate::declared::{self, REFUSED};
use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "invalid-expression",
    weight: Weight::Always(Level::Error),
    summary: "a verification that the loader rejects",
    page: include_str!("../../../../docs/rules/invalid-expression.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for contract in &scope.facts.contracts {
        for (index, chain) in declared::chains(contract).iter().enumerate() {
            let Some(expression) = chain.verification else {
                continue;
            };
            let text = expression.value.as_str();
            let checked = verification::checked(expression.value);
            for refused in checked.as_ref().as_ref().err().into_iter().flatten() {
                let (message, help) = words(&refused.why, refused.span.of(text));
                let finding = part(&RULE, scope, (contract, index), refused.span, message);
                findings.extend(finding.map(|finding| finding.why(REFUSED).help(help)));
            }
        }
    }
}

/// A finding about a part of the verification of the chain with this index.
pub(super) fn part(
    rule: &'static Rule,
    scope: &FileScope<'_>,
    (contract, index): (&ContractFacts, usize),
    span: Span,
    message: String,
) -> Option<Finding> {
    let chain = declared::chains(contract).get(index)?;
    let whole = chain.verification?.at;
    let mut finding = declared::finding(rule, scope, contract, whole, message);
    if let Some(spot) = contract.spot(index, span) {
        finding.at = scope.local(spot);
    }
    let end = chain.destination.as_ref();
    finding.field = end.and_then(|end| end.field).map(|field| field.value);
    finding.phase = end.and_then(|end| end.phase).map(|phase| phase.value);
    Some(finding)
}

fn words(why: &Why, part: &str) -> (String, String) {
    let functions = || "compare with values instead, as in `dest not in (None, '', [])`".to_owned();
    match why {
        Why::TooLong(length) => (
            format!("the verification has {length} characters, and {LONGEST} are allowed"),
            "split the chain, or verify less".to_owned(),
        ),
        Why::Syntax(message) => (
            format!("the verification is no expression: {message}"),
            "write one Python expression over `source`, `dest` and `context`".to_owned(),
        ),
        Why::Formatted => (
            "an f-string may not stand in a verification".to_owned(),
            "write the text out, or use `%`".to_owned(),
        ),
        Why::Function(name) => {
            (format!("`{name}()` may not be called in a verification"), functions())
        }
        Why::Method(name) => (
            format!("the method `{name}()` may not be called in a verification"),
            format!("methods are {}", METHODS.map(|name| format!("`{name}`")).join(", ")),
        ),
        Why::Attribute(name) => (
            format!("`.{name}` may be taken from `source`, `dest` and `context` alone"),
            format!("give `{part}` up, or let a phase store what it stands for"),
        ),
        Why::Callee => ("only names and methods may be called".to_owned(), functions()),
    }
}
