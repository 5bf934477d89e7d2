//! Small projects in memory, and what is found in them.

use fixture::ActualFinding;
use text::lines::Encoding;
use workspace::located::LocatedFinding;
use workspace::memory::Memory;

/// A contract whose two phases fit each other: one promises what the other requires.
pub(crate) const SOUND: &str = "schema_version: '0.1.0'
pipeline_id: one
phases:
  plan:
    exit:
      required:
        - {name: domain, type: str}
  build:
    entry:
      required:
        - {name: domain, type: str}
";

/// The files below the repository's root.
pub(crate) fn root() -> camino::Utf8PathBuf {
    camino::Utf8PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .canonicalize_utf8()
        .expect("the repository is there")
}

/// Fails where a fixture's findings differ from those it expects.
#[track_caller]
pub(crate) fn hold(fixture: &fixture::Fixture, title: &str) {
    let files = fixture.files.iter().map(|file| (file.path.as_str(), file.text.as_str()));
    let findings = Memory::new(files).findings();
    let actual: Vec<ActualFinding> = findings.iter().map(actual).collect();
    if let Err(report) = fixture::compare(fixture, &actual) {
        panic!("{title}\n{report}");
    }
}

/// A finding as the fixture language compares it.
pub(crate) fn actual(finding: &LocatedFinding) -> ActualFinding {
    let source = &finding.at.source;
    let place = |offset| source.lines.position(&source.text, offset, Encoding::Utf32);
    let span = finding.at.span;
    let (start, end) = (place(span.start as usize), place(span.end as usize));
    ActualFinding {
        path: source.path.as_str().trim_start_matches('/').to_owned(),
        line: start.line,
        columns: start.column..if end.line == start.line { end.column } else { u32::MAX },
        level: finding.level.as_str().to_owned(),
        rule: finding.rule.name.to_owned(),
        message: finding.message.clone(),
    }
}
