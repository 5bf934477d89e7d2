//! From what the rules say about one file to what is shown.
//!
//! In this order: one finding where several rules speak about one place for one reason, the levels
//! that settings give, the directives in the file, what is wrong with those directives, and the
//! order of places.

use facts::places::{Anchor, FileId};
use facts::suppression::Suppression;
use settings::level::RuleLevel;
use settings::settings::Settings;
use text::span::Span;

use crate::finding::Finding;
use crate::level::Level;

mod cause;
mod directives;
pub mod lines;
pub mod settings_file;

use lines::Lines;

/// A file whose findings are put together.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The file.
    pub file: FileId,
    /// Its path below the folder of the settings, with `/`.
    pub path: &'a str,
    /// What the project settles.
    pub settings: &'a Settings,
    /// The directives in the file.
    pub suppressions: &'a [Suppression],
    /// Where its anchors stand.
    pub lines: &'a dyn Lines,
    /// Whether everything was read that findings about the file rest on. Where something is broken,
    /// findings are missing, and no directive is said to be unused.
    pub whole: bool,
}

/// What is shown of `found`, all findings about the file, in the order of places.
#[must_use]
pub fn file(subject: &Subject<'_>, found: Vec<Finding>) -> Vec<Finding> {
    let mut findings = leveled(subject, cause::one_for_each(found));
    let mut directives = directives::Directives::new(subject);
    findings.retain(|finding| !directives.silence(finding));
    // What is said about directives may itself be silenced, by the others.
    let mut remarks = leveled(subject, directives.remarks());
    remarks.retain(|finding| !directives.silence(finding));
    findings.append(&mut remarks);
    order(subject.lines, &mut findings);
    findings
}

/// Sorts the findings of one file by place, then by rule.
fn order(lines: &dyn Lines, findings: &mut [Finding]) {
    let place = |finding: &Finding| lines.span(finding.at.local).unwrap_or(Span::empty(0));
    findings.sort_by(|one, other| {
        let (mine, theirs) = (place(one), place(other));
        (mine, one.rule.name, &one.message).cmp(&(theirs, other.rule.name, &other.message))
    });
}

/// The findings with the levels that the settings give them, without those that are off.
fn leveled(subject: &Subject<'_>, mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.retain_mut(|finding| match subject.settings.level(finding.rule.name, subject.path) {
        None => true,
        Some(given) => match shown(given) {
            Some(level) => {
                finding.level = level;
                true
            }
            None => false,
        },
    });
    findings
}

fn shown(level: RuleLevel) -> Option<Level> {
    match level {
        RuleLevel::Error => Some(Level::Error),
        RuleLevel::Warning => Some(Level::Warning),
        RuleLevel::Information => Some(Level::Information),
        RuleLevel::Hint => Some(Level::Hint),
        RuleLevel::Off => None,
    }
}

impl Subject<'_> {
    /// Whether findings of the rule are not shown here at all.
    fn is_off(&self, rule: &str) -> bool {
        self.settings.level(rule, self.path) == Some(RuleLevel::Off)
    }

    fn anchor(&self, local: facts::places::LocalAnchor) -> Anchor {
        Anchor { file: self.file, local }
    }
}

#[cfg(test)]
mod tests;
