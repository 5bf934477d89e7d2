//! Findings as the client shows them.

use std::hash::Hasher;

use facts::places::FileId;
use rules::rule::Rule;
use rustc_hash::FxHasher;
use serde_json::json;
use tower_lsp::ls_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticTag, Location,
    NumberOrString, Uri,
};
use workspace::located::{self, LocatedFinding};
use workspace::snapshot::Locator;

use super::convert;
use super::snapshot::{ProjectView, World};

/// Who speaks, as clients show it.
pub(crate) const SOURCE: &str = "contextcore";

/// Rules about something that could as well not be there.
const UNNECESSARY: &[&str] = &["dead-write", "dead-input", "lost-write", "unused-suppression"];

/// What a file's findings look like to the client.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Report {
    /// The findings, in order of place and rule.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// A number that differs where they do; 0 where there are none.
    pub(crate) state: u64,
}

/// The findings of `file`, if the client is told about it.
pub(crate) fn report(world: &World, project: &ProjectView, file: FileId) -> Report {
    if !project.is_reported(file) || project.engine.findings(file).is_empty() {
        return Report::default();
    }
    let located = Locator::without_key_paths(&project.engine).file(file);
    let diagnostics: Vec<Diagnostic> =
        located.iter().map(|finding| diagnostic(world, finding)).collect();
    Report { state: state(&diagnostics), diagnostics }
}

fn state(diagnostics: &[Diagnostic]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(&serde_json::to_vec(diagnostics).unwrap_or_default());
    hasher.finish().max(1)
}

fn diagnostic(world: &World, finding: &LocatedFinding) -> Diagnostic {
    let client = &world.client;
    let related = related(world, finding);
    let mut message = message(finding);
    if !client.related_information {
        for (_, place, words) in &related {
            message.push_str(&format!("\n{place}: {words}"));
        }
    }
    let shown: Vec<DiagnosticRelatedInformation> = related
        .into_iter()
        .map(|(location, _, message)| DiagnosticRelatedInformation { location, message })
        .collect();
    let tags = client.tags && UNNECESSARY.contains(&finding.rule.name);
    let link = if client.code_description { page_link(finding.rule) } else { None };
    Diagnostic {
        range: range(world, &finding.at),
        severity: Some(convert::severity(finding.level)),
        code: Some(NumberOrString::String(finding.rule.name.to_owned())),
        code_description: link.map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message,
        related_information: (client.related_information && !shown.is_empty()).then_some(shown),
        tags: tags.then(|| vec![DiagnosticTag::UNNECESSARY]),
        data: client.diagnostic_data.then(|| json!({ "fixable": finding.fixable })),
    }
}

/// What is wrong, then why it matters, then what to do, as reports have it.
fn message(finding: &LocatedFinding) -> String {
    let mut message = finding.message.clone();
    if let Some(why) = &finding.why {
        message.push_str(&format!("\nwhy: {why}"));
    }
    for help in &finding.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    message
}

/// The other side of the story: where, the same in short, and what is there.
fn related(world: &World, finding: &LocatedFinding) -> Vec<(Location, String, String)> {
    let places = finding.related.iter().filter_map(|(at, message)| {
        let uri = world.uri(&at.source.path)?;
        let range = range(world, at);
        let name = at.source.path.file_name().unwrap_or_default();
        let short = format!("{name}:{}", range.start.line + 1);
        Some((Location { uri, range }, short, message.clone()))
    });
    places.collect()
}

fn range(world: &World, at: &located::Location) -> tower_lsp::ls_types::Range {
    convert::range(&at.source.text, &at.source.lines, at.span, world.client.encoding)
}

/// The rule's page on the web. While the repository has no address, there is none.
fn page_link(rule: &Rule) -> Option<Uri> {
    let repository = env!("CARGO_PKG_REPOSITORY");
    if repository.is_empty() {
        return None;
    }
    format!("{repository}/blob/main/docs/rules/{}.md", rule.name).parse().ok()
}
