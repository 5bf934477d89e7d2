//! The findings of a settings file.

use contracts::kinds;
use facts::places::{Anchor, FileId, LocalAnchor};
use settings::problem::Problem;
use settings::settings::{RuleSetting, Settings};
use settings::spanned::Spanned;
use text::near::nearest;

use super::lines::InSettings;
use super::{Subject, file};
use crate::finding::Finding;
use crate::rules::{self, invalid_settings, unknown_rule};

/// A settings file whose findings are put together.
#[derive(Clone, Copy, Debug)]
pub struct SettingsFile<'a> {
    /// The file.
    pub file: FileId,
    /// Its path below its own folder: its name.
    pub path: &'a str,
    /// What it settles.
    pub settings: &'a Settings,
    /// What is wrong with it.
    pub problems: &'a [Problem],
}

/// What is shown of a settings file: its own problems, and `found` about it, which is what pipelines
/// say of the inputs and outputs that it lists.
#[must_use]
pub fn settings_file(of: &SettingsFile<'_>, mut found: Vec<Finding>) -> Vec<Finding> {
    let at = |span| Anchor { file: of.file, local: LocalAnchor::in_settings(span) };
    found.extend(
        of.problems.iter().map(|problem| invalid_settings::finding(at(problem.span), problem)),
    );
    let unknown = |setting: &&RuleSetting| rules::by_name(&setting.rule.value).is_none();
    let mut name = |setting: &RuleSetting, section: &str| {
        let rule = &setting.rule;
        let written = format!("{section}{}", rule.value);
        found.push(
            unknown_rule::finding(at(rule.span), &rule.value, &written)
                .why("its level is not used"),
        );
    };
    of.settings.rules.iter().filter(unknown).for_each(|setting| name(setting, "rules."));
    let in_paths = of.settings.paths.iter().flat_map(|paths| &paths.rules);
    in_paths.filter(unknown).for_each(|setting| name(setting, ""));
    let kinds = of.settings.contracts.files.iter().map(|files| &files.kind);
    found.extend(kinds.filter_map(|kind| {
        let problem = unknown_kind(kind)?;
        Some(invalid_settings::finding(at(problem.span), &problem))
    }));
    let subject = Subject {
        file: of.file,
        path: of.path,
        settings: of.settings,
        suppressions: &[],
        lines: &InSettings,
        whole: true,
    };
    file(&subject, found)
}

/// What is wrong with the name of a kind.
fn unknown_kind(kind: &Spanned<String>) -> Option<Problem> {
    let name = kind.value.as_str();
    if kinds::by_name(name).is_some() {
        return None;
    }
    let names: Vec<&str> = kinds::KINDS.iter().map(|kind| kind.name).collect();
    let problem = Problem::new(kind.span, format!("`{name}` is no kind of contract"));
    Some(match nearest(name, names.iter().copied()) {
        Some((near, _)) => problem.help(format!("the nearest is `{near}`")),
        None => problem.help(format!("kinds are {}", quoted(&names))),
    })
}

/// Names in backticks, in a row.
fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
