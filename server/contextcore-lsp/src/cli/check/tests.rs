//! Exit codes and the way to them, with an engine made by hand.

use std::sync::Arc;

use clap::Parser;
use rules::rule::{Check, Rule, Weight};
use text::lines::LineTable;
use text::span::Span;
use workspace::located::{Coverage, Location, Source};

use super::super::arguments::{Arguments, Command};
use super::super::engine::FixedText;
use super::*;

static RULE: Rule = Rule {
    name: "dead-write",
    weight: Weight::Always(Level::Warning),
    summary: "",
    page: "",
    check: Check::Elsewhere,
};
static RULES: [&Rule; 1] = [&RULE];

struct Fixed(Outcome);

impl Engine for Fixed {
    fn rules(&self) -> &'static [&'static Rule] {
        &RULES
    }

    fn check(&self, _request: &Request) -> Outcome {
        self.0.clone()
    }

    fn fix(&self, _request: &Request) -> Vec<FixedText> {
        Vec::new()
    }
}

fn options(line: &str) -> CheckOptions {
    let words = ["contextcore-lsp", "check", "--output-format", "concise"];
    let words = words.into_iter().chain(line.split(' ').filter(|word| !word.is_empty()));
    match Arguments::parse_from(words).command {
        Some(Command::Check(options)) => options,
        other => panic!("{other:?}"),
    }
}

fn outcome(levels: &[Level]) -> Outcome {
    let source = Arc::new(Source {
        path: "/project/a.yaml".into(),
        text: "a: 1\n".into(),
        lines: LineTable::new("a: 1\n"),
    });
    let finding = |level: &Level| LocatedFinding {
        rule: &RULE,
        level: *level,
        message: "planted".to_owned(),
        at: Location { source: Arc::clone(&source), span: Span::new(0, 1) },
        label: String::new(),
        related: Vec::new(),
        why: None,
        help: Vec::new(),
        key_path: None,
        function: None,
        pipeline: None,
        phase: None,
        field: None,
        fixable: false,
    };
    Outcome {
        findings: levels.iter().map(finding).collect(),
        coverage: Coverage { readable: 1, ..Coverage::default() },
        trouble: Vec::new(),
    }
}

fn exit(outcome: Outcome, line: &str) -> Exit {
    run_with(&Fixed(outcome), &options(line)).unwrap()
}

#[test]
fn the_gate_decides_what_fails_a_run() {
    let levels = [Level::Hint, Level::Information, Level::Warning, Level::Error];
    let gates = ["hint", "information", "warning", "error"];
    for (index, level) in levels.iter().enumerate() {
        for (gate_index, gate) in gates.iter().enumerate() {
            let expected = if index >= gate_index { Exit::Findings } else { Exit::Clean };
            let line = format!("--fail-on {gate}");
            assert_eq!(exit(outcome(&[*level]), &line), expected, "{level:?} at {gate}");
        }
    }
    assert_eq!(exit(outcome(&[Level::Warning]), ""), Exit::Clean);
    assert_eq!(exit(outcome(&[]), "--fail-on hint"), Exit::Clean);
}

#[test]
fn trouble_outweighs_findings() {
    let mut outcome = outcome(&[Level::Error]);
    outcome.trouble.push("cannot read `a`".to_owned());
    assert_eq!(exit(outcome, ""), Exit::Trouble);
}

#[test]
fn a_run_that_read_nothing_is_not_clean() {
    assert_eq!(exit(Outcome::default(), ""), Exit::Trouble);
    assert_eq!(exit(Outcome::default(), "--allow-empty"), Exit::Clean);
}

#[test]
fn a_rule_that_is_none_is_a_mistake_of_the_caller() {
    for line in ["--select dead-wrte", "--ignore dead-wrte", "--level dead-wrte=off"] {
        let error = run_with(&Fixed(outcome(&[])), &options(line)).unwrap_err();
        assert_eq!(error.to_string(), "`dead-wrte` is no rule; the nearest is `dead-write`");
    }
    assert_eq!(exit(outcome(&[]), "--select dead-write"), Exit::Clean);
}
