//! The two fixture projects: one in which all is well, and one with mistakes as they happen.

use std::fs;

use camino::Utf8Path;
use text::lines::Encoding;
use workspace::check::{CheckRequest, check};
use workspace::located::LocatedFinding;

use crate::project::root;

fn findings(folder: &str) -> Vec<LocatedFinding> {
    let request = CheckRequest {
        paths: vec![root().join(folder)],
        config: None,
        overrides: settings::run::RunOverrides::default(),
    };
    check(&request).findings
}

/// `path:line rule level field`, as the golden list has it.
fn line(finding: &LocatedFinding, root: &Utf8Path) -> String {
    let source = &finding.at.source;
    let start = finding.at.span.start as usize;
    let line = source.lines.position(&source.text, start, Encoding::Utf8).line + 1;
    let path = source.path.strip_prefix(root).unwrap_or(&source.path);
    let field = finding.field.map_or("-", |field| field.as_str());
    format!("{path}:{line} {} {} {field}", finding.rule.name, finding.level.as_str())
}

#[test]
fn nothing_is_said_where_all_is_well() {
    let root = root().join("fixtures/artisan");
    let found: Vec<String> =
        findings("fixtures/artisan").iter().map(|finding| line(finding, &root)).collect();
    assert!(found.is_empty(), "findings in the clean fixture:\n{}", found.join("\n"));
}

#[test]
fn every_mistake_is_found_once() {
    let root = root().join("fixtures/artisan-broken");
    let mut found: Vec<String> =
        findings("fixtures/artisan-broken").iter().map(|finding| line(finding, &root)).collect();
    found.sort();
    let golden = crate::project::root().join("tests/golden/artisan-broken.expected");
    let golden = fs::read_to_string(golden).expect("the golden list is there");
    let mut expected: Vec<String> = golden
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split("  #").next().unwrap_or(line).trim().to_owned())
        .collect();
    expected.sort();
    let missing: Vec<_> = expected.iter().filter(|line| !found.contains(line)).collect();
    let surplus: Vec<_> = found.iter().filter(|line| !expected.contains(line)).collect();
    assert!(
        missing.is_empty() && surplus.is_empty(),
        "missing:\n{}\n\nnot expected:\n{}",
        missing.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n"),
        surplus.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n"),
    );
}
