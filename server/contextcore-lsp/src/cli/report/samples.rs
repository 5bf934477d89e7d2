//! Findings made by hand, for the tests of the formats.

use std::io::{self, Write};
use std::sync::Arc;

use camino::Utf8Path;
use contracts::path::FieldPath;
use rules::level::Level;
use rules::rule::{Check, Rule, Weight};
use text::lines::LineTable;
use text::span::Span;
use workspace::located::{Coverage, LocatedFinding, Location, PathStep, Source};

use super::Report;

/// The rules of the samples.
pub(super) static RULES: [&Rule; 3] = [&DANGLING_READ, &SHADOW_DEFAULT, &DEAD_WRITE];

static DANGLING_READ: Rule = Rule {
    name: "dangling-read",
    weight: Weight::BySeverity,
    summary: "A phase requires a field that no earlier phase produces.",
    page: "# dangling-read\n\nA phase requires a field that no earlier phase produces.\n",
    check: Check::Elsewhere,
};

static SHADOW_DEFAULT: Rule = Rule {
    name: "shadow-default",
    weight: Weight::Always(Level::Warning),
    summary: "A default that nobody notices.",
    page: "# shadow-default\n\nA default that nobody notices.\n",
    check: Check::Elsewhere,
};

static DEAD_WRITE: Rule = Rule {
    name: "dead-write",
    weight: Weight::Between(Level::Hint, Level::Information),
    summary: "A field that is produced and never used.",
    page: "# dead-write\n\nA field that is produced and never used.\n",
    check: Check::Elsewhere,
};

const CONTRACT: &str = "\
pipeline_id: artisan
phases:
  implement:
    entry:
      required:
        - name: domain_constraints
          severity: blocking
";

const HANDLER: &str = "\
class PlanHandler:\r
\tdef execute(self, context):\r
\t\tcontext[\"domain_constraint\"] = größe(\"世界\")\r
\t\treturn context.get(\"domain\", \"unknown\")\r
";

/// A file of the samples' project.
pub(super) fn source(path: &str, text: &str) -> Arc<Source> {
    let path = Utf8Path::new("/project").join(path);
    Arc::new(Source { path, text: text.into(), lines: LineTable::new(text) })
}

fn at(source: &Arc<Source>, piece: &str) -> Location {
    let start = source.text.find(piece).unwrap();
    Location { source: Arc::clone(source), span: Span::new(start, start + piece.len()) }
}

fn finding(rule: &'static Rule, level: Level, at: Location, message: &str) -> LocatedFinding {
    LocatedFinding {
        rule,
        level,
        message: message.to_owned(),
        at,
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
    }
}

/// One finding of each kind.
pub(super) fn samples() -> Vec<LocatedFinding> {
    let contract = source("contracts/artisan.contract.yaml", CONTRACT);
    let handler = source("handlers/plan, new: 100%.py", HANDLER);
    let key = |key: &str| PathStep::Key(key.to_owned());
    let keys = ["phases", "implement", "entry", "required"].map(key);
    let last = [PathStep::Index(0), key("name")];
    let dangling = LocatedFinding {
        label: "required here, severity blocking".to_owned(),
        related: vec![(
            at(&handler, "\"domain_constraint\""),
            "`plan` writes a near namesake".to_owned(),
        )],
        why: Some("nothing fails at run time; `implement` works without it".to_owned()),
        help: vec![
            "rename the write to `domain_constraints`".to_owned(),
            "or declare it as an input of pipeline `artisan`".to_owned(),
        ],
        key_path: Some(keys.into_iter().chain(last).collect()),
        pipeline: Some("artisan".into()),
        phase: Some("implement".into()),
        field: Some(FieldPath::parse("domain_constraints")),
        ..finding(
            &DANGLING_READ,
            Level::Error,
            at(&contract, "domain_constraints"),
            "`implement` requires `domain_constraints`, but no earlier phase produces it",
        )
    };
    let shadow = LocatedFinding {
        label: "the default always wins".to_owned(),
        related: vec![(at(&handler, "\"世界\""), "beside, in the same file".to_owned())],
        function: Some("PlanHandler.execute".into()),
        pipeline: Some("artisan".into()),
        field: Some(FieldPath::parse("domain")),
        fixable: true,
        ..finding(
            &SHADOW_DEFAULT,
            Level::Warning,
            at(&handler, "context.get(\"domain\", \"unknown\")"),
            "`domain` always falls back to \"unknown\"",
        )
    };
    let dead = finding(
        &DEAD_WRITE,
        Level::Hint,
        at(&handler, "größe(\"世界\")\r\n\t\treturn"),
        "spans two lines, and has\na line break in its message",
    );
    vec![dangling, shadow, dead]
}

/// A finding from `start` to `end` of `source`.
pub(super) fn finding_in(source: &Arc<Source>, start: usize, end: usize) -> LocatedFinding {
    let at = Location { source: Arc::clone(source), span: Span::new(start, end) };
    let mut finding = finding(&DEAD_WRITE, Level::Information, at, "odd finding");
    finding.label = "here".to_owned();
    finding
}

/// Findings in texts that are hard to draw.
pub(super) fn odd_findings() -> Vec<LocatedFinding> {
    let empty = source("empty.yaml", "");
    let ends = source("ends.yaml", "a: 1\n");
    let long = format!("{}key: value{}", "x".repeat(300), " y".repeat(300));
    let long = source("long.yaml", &long);
    let huge = source("huge.yaml", &format!("{}key", "ü".repeat(100_000)));
    let control = source("control\n.yaml", "a: \u{1b}[31mred\u{202e}\ttab: x");
    let mut many = finding_in(&ends, 0, 1);
    for _ in 0..10 {
        many.related.push((at(&ends, "1"), "an alias".to_owned()));
    }
    vec![
        finding_in(&empty, 0, 0),
        finding_in(&ends, 5, 5),
        finding_in(&long, 300, 303),
        finding_in(&huge, 200_000, 200_003),
        finding_in(&control, control.text.find("tab").unwrap(), control.text.len()),
        many,
    ]
}

/// A report of `findings`.
pub(super) fn report_of(findings: &[LocatedFinding]) -> Report<'_> {
    static COVERAGE: Coverage = Coverage {
        pipelines: 1,
        phases: 8,
        fields: 50,
        files: 2,
        readable: 3,
        others: 0,
        bound: 8,
        idle: Vec::new(),
        unbound: Vec::new(),
        broken: Vec::new(),
    };
    let coverage = &COVERAGE;
    Report { findings, coverage, trouble: &[], rules: &RULES, here: Utf8Path::new("/project") }
}

/// A report without findings.
pub(super) fn empty_report() -> Report<'static> {
    report_of(&[])
}

/// Hands a report of the samples to `write`.
pub(super) fn report_of_samples(
    write: impl FnOnce(&Report<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let findings = samples();
    write(&report_of(&findings))
}

/// What `write` writes.
pub(super) fn shown(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}
