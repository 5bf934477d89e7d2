//! One JSON document. docs/reference/json.md describes it, and is kept with it.

use std::io::{self, Write};

use contracts::path::FieldPath;
use serde::Serialize;
use serde_json::Value;
use text::name::Name;
use workspace::located::LocatedFinding;

use super::super::summary::Tally;
use super::Report;
use super::fingerprint::{fingerprint, key_path};
use super::place::{Place, Places, Point};

/// The version of the document's shape; it grows when something changes its meaning or goes.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    level: &'a str,
    message: &'a str,
    path: &'a str,
    range: Range,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_path: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pipeline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phase: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    related: Vec<Related<'a>>,
    fixable: bool,
    fingerprint: String,
}

#[derive(Serialize)]
struct Related<'a> {
    path: String,
    range: Range,
    message: &'a str,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Summary<'a> {
    pipelines: usize,
    other_contracts: usize,
    phases: usize,
    fields: usize,
    files: usize,
    errors: usize,
    warnings: usize,
    information: usize,
    hints: usize,
    fixable: usize,
    trouble: &'a [String],
}

/// Writes `report`.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(report.here);
    write!(out, "{{\"version\":{VERSION},\"findings\":[")?;
    for (index, finding) in report.findings.iter().enumerate() {
        // A finding a line: short enough, and kind to those who compare two runs.
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        let place = places.of(&finding.at);
        serde_json::to_writer(&mut *out, &as_json(finding, &place, &mut places))?;
    }
    out.write_all(b"\n],\"summary\":")?;
    serde_json::to_writer(&mut *out, &summary(report))?;
    out.write_all(b"}\n")
}

fn as_json<'a>(
    finding: &'a LocatedFinding,
    place: &'a Place,
    places: &mut Places<'_>,
) -> Finding<'a> {
    let related = finding.related.iter().map(|(location, message)| {
        let place = places.of_related(location);
        Related { path: place.path.to_string(), range: range(&place), message }
    });
    Finding {
        rule: finding.rule.name,
        level: finding.level.as_str(),
        message: &finding.message,
        path: &place.path,
        range: range(place),
        key_path: finding.key_path.as_deref().map(key_path),
        pipeline: finding.pipeline.map(Name::as_str),
        phase: finding.phase.map(Name::as_str),
        field: finding.field.map(FieldPath::as_str),
        related: related.collect(),
        fixable: finding.fixable,
        fingerprint: fingerprint(finding, &place.path),
    }
}

fn range(place: &Place) -> Range {
    let position = |point: Point| Position { line: point.line, column: point.column };
    Range { start: position(place.start), end: position(place.end) }
}

fn summary<'a>(report: &Report<'a>) -> Summary<'a> {
    let tally = Tally::of(report.findings);
    Summary {
        pipelines: report.coverage.pipelines,
        other_contracts: report.coverage.others,
        phases: report.coverage.phases,
        fields: report.coverage.fields,
        files: report.coverage.files,
        errors: tally.errors,
        warnings: tally.warnings,
        information: tally.information,
        hints: tally.hints,
        fixable: tally.fixable,
        trouble: report.trouble,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::samples::{empty_report, report_of_samples, shown};
    use super::*;

    #[test]
    fn findings_are_one_document() {
        let text = shown(|out| report_of_samples(|report| write(report, out)));
        let document: Value = serde_json::from_str(&text).unwrap();
        expect![[r#"
            {
              "version": 1,
              "findings": [
                {
                  "rule": "dangling-read",
                  "level": "error",
                  "message": "`implement` requires `domain_constraints`, but no earlier phase produces it",
                  "path": "contracts/artisan.contract.yaml",
                  "range": {
                    "start": {
                      "line": 6,
                      "column": 17
                    },
                    "end": {
                      "line": 6,
                      "column": 35
                    }
                  },
                  "key_path": [
                    "phases",
                    "implement",
                    "entry",
                    "required",
                    0,
                    "name"
                  ],
                  "pipeline": "artisan",
                  "phase": "implement",
                  "field": "domain_constraints",
                  "related": [
                    {
                      "path": "handlers/plan, new: 100%.py",
                      "range": {
                        "start": {
                          "line": 3,
                          "column": 11
                        },
                        "end": {
                          "line": 3,
                          "column": 30
                        }
                      },
                      "message": "`plan` writes a near namesake"
                    }
                  ],
                  "fixable": false,
                  "fingerprint": "8c86b0435b4266cb280408eae2b76712eca9aa3c7a9932d15c95994145b0bf5a"
                },
                {
                  "rule": "shadow-default",
                  "level": "warning",
                  "message": "`domain` always falls back to \"unknown\"",
                  "path": "handlers/plan, new: 100%.py",
                  "range": {
                    "start": {
                      "line": 4,
                      "column": 10
                    },
                    "end": {
                      "line": 4,
                      "column": 42
                    }
                  },
                  "pipeline": "artisan",
                  "field": "domain",
                  "related": [
                    {
                      "path": "handlers/plan, new: 100%.py",
                      "range": {
                        "start": {
                          "line": 3,
                          "column": 40
                        },
                        "end": {
                          "line": 3,
                          "column": 44
                        }
                      },
                      "message": "beside, in the same file"
                    }
                  ],
                  "fixable": true,
                  "fingerprint": "4423336db56c5143a45f4fc9129c36b1419639705e401f750e4436662d37c68d"
                },
                {
                  "rule": "dead-write",
                  "level": "hint",
                  "message": "spans two lines, and has\na line break in its message",
                  "path": "handlers/plan, new: 100%.py",
                  "range": {
                    "start": {
                      "line": 3,
                      "column": 34
                    },
                    "end": {
                      "line": 4,
                      "column": 9
                    }
                  },
                  "related": [],
                  "fixable": false,
                  "fingerprint": "53f791108029b2956e329d002766b19daac41e9f28a6c267672fc5f18d7697b7"
                }
              ],
              "summary": {
                "pipelines": 1,
                "other_contracts": 0,
                "phases": 8,
                "fields": 50,
                "files": 2,
                "errors": 1,
                "warnings": 1,
                "information": 0,
                "hints": 1,
                "fixable": 1,
                "trouble": []
              }
            }
        "#]].assert_eq(&format!("{document:#}\n"));
    }

    #[test]
    fn no_findings_are_a_document_too() {
        let text = shown(|out| write(&empty_report(), out));
        let document: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(document["findings"], Value::Array(Vec::new()));
    }
}
