//! Findings in the formats that people and machines read.

mod concise;
mod fingerprint;
mod full;
mod github;
mod json;
mod place;
mod sarif;
mod snippet;
mod words;

#[cfg(test)]
mod samples;

use std::io::{self, Write};

use camino::Utf8Path;
use clap::ValueEnum;
use rules::rule::Rule;
use workspace::located::{Coverage, LocatedFinding};

/// How findings are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Format {
    /// With the lines at fault, both sides of the story, reasons and ways out.
    Full,
    /// One line a finding.
    Concise,
    /// One JSON document; docs/reference/json.md describes it.
    Json,
    /// Annotations for a GitHub workflow.
    Github,
    /// A SARIF 2.1.0 log.
    Sarif,
}

/// What a report is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Report<'a> {
    /// Findings, ordered by path, place and rule.
    pub(crate) findings: &'a [LocatedFinding],
    /// What was looked at.
    pub(crate) coverage: &'a Coverage,
    /// What stood in the way.
    pub(crate) trouble: &'a [String],
    /// All rules.
    pub(crate) rules: &'a [&'static Rule],
    /// The folder that paths are shown relative to.
    pub(crate) here: &'a Utf8Path,
}

/// Writes `report`, one finding after the other, so that their number costs no memory.
pub(crate) fn write(
    format: Format,
    report: &Report<'_>,
    colors: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Full => full::write(report, colors, out),
        Format::Concise => concise::write(report, colors, out),
        Format::Json => json::write(report, out),
        Format::Github => github::write(report, out),
        Format::Sarif => sarif::write(report, out),
    }
}
