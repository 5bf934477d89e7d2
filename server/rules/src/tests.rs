//! The manual pages of rules about single files, executed on those files alone.
//!
//! The whole is tested from the repository's `tests/`; this says quickly which rule is at fault.

use facts::file::{Lowered, lower_python, lower_yaml};
use facts::places::{Anchor, FileId};
use facts::prefilter::chosen_kind;
use fixture::markdown::scenarios;
use fixture::{ActualFinding, File, Fixture};
use settings::read::{Form, read};
use settings::settings::Settings;
use text::lines::LineTable;
use text::span::Span;

use crate::assemble::lines::Placed;
use crate::assemble::settings_file::{SettingsFile, settings_file};
use crate::assemble::{self, Subject};
use crate::finding::Finding;
use crate::rule::{Check, ClassNames, FileScope, Rule};
use crate::{rules, run};

mod fixes;
mod unreadable;

/// The classes of a fixture, found by their first lines.
#[derive(Debug)]
struct Classes(Vec<String>);

impl Classes {
    fn of(fixture: &Fixture) -> Classes {
        let lines = fixture.files.iter().flat_map(|file| file.text.lines());
        let names = lines.filter_map(|line| line.strip_prefix("class "));
        let end = |name: &str| name.find(|c: char| !c.is_alphanumeric()).unwrap_or(name.len());
        Classes(names.map(|name| name[..end(name)].to_owned()).collect())
    }
}

impl ClassNames for Classes {
    fn has_class(&self, name: &str) -> bool {
        self.0.iter().any(|class| class == name)
    }
}

fn lower(file: &File, settings: &Settings) -> Option<Lowered> {
    match file.path.rsplit('.').next() {
        Some("yaml" | "yml" | "json") => {
            let chosen = chosen_kind(&settings.contracts, &file.path);
            lower_yaml(&file.path, &file.text, chosen)
        }
        Some("py") => Some(lower_python(&file.text, &syntax::python::parse(&file.text, None))),
        _ => None,
    }
}

/// What is shown of a file, and where.
fn findings(fixture: &Fixture, file: &File, settings: &Settings) -> Vec<(Finding, Span)> {
    let Some(lowered) = lower(file, settings) else {
        return Vec::new();
    };
    let scope = FileScope {
        file: FileId(0),
        facts: &lowered.facts,
        settings,
        classes: &Classes::of(fixture),
    };
    let lines = LineTable::new(&file.text);
    let subject = Subject {
        file: FileId(0),
        path: &file.path,
        settings,
        suppressions: &lowered.facts.suppressions,
        lines: &Placed { text: &file.text, lines: &lines, places: &lowered.places },
        whole: lowered.facts.yaml_problems.is_empty(),
    };
    let span = |at: Anchor| lowered.places.span(at.local).expect("an anchor has a place");
    let found = assemble::file(&subject, run::file(&scope));
    found.into_iter().map(|finding| (finding.clone(), span(finding.at))).collect()
}

fn actual(file: &File, finding: &Finding, span: Span) -> ActualFinding {
    let says = (finding.level.as_str(), finding.rule.name, finding.message.as_str());
    ActualFinding::at(&file.path, &file.text, span, says)
}

fn hold(fixture: &Fixture) -> Result<(), String> {
    let mut found = Vec::new();
    let settings_text = fixture.file("contextcore.toml");
    let (settings, problems) =
        settings_text.map_or_else(Default::default, |file| read(&file.text, Form::Own));
    if let Some(file) = settings_text {
        let of = SettingsFile {
            file: FileId(1),
            path: &file.path,
            settings: &settings,
            problems: &problems,
        };
        for finding in settings_file(&of, Vec::new()) {
            found.push(actual(file, &finding, finding.at.local.settings_span()));
        }
    }
    let excluded = |file: &File| settings.excludes(&file.path, false);
    for file in fixture.files.iter().filter(|file| !excluded(file)) {
        for (finding, span) in findings(fixture, file, &settings) {
            found.push(actual(file, &finding, span));
        }
    }
    fixture::compare(fixture, &found)
}

/// Pipelines, and the binding of handlers to them, need more than one file.
fn speaks_of_files(rule: &Rule) -> bool {
    !matches!(rule.check, Check::Contract(_) | Check::Pipeline(_))
        && rule.name != "ambiguous-pipeline"
}

#[test]
fn pages_hold_on_single_files() {
    let mut failed = String::new();
    for rule in rules::ALL.iter().filter(|rule| speaks_of_files(rule)) {
        for scenario in scenarios(rule.page) {
            if let Err(report) = hold(&scenario.fixture) {
                let line = scenario.line + 1;
                failed += &format!("{}, line {line}: {}\n{report}\n", rule.name, scenario.heading);
            }
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

#[test]
fn every_page_explains_its_rule() {
    for rule in rules::ALL.iter().filter(|rule| speaks_of_files(rule)) {
        assert!(rule.page.starts_with(&format!("# {}\n", rule.name)), "{}", rule.name);
        for heading in ["## Why it matters", "## What to do", "## What it does not report"] {
            assert!(rule.page.contains(heading), "{} lacks {heading}", rule.name);
        }
    }
}
