//! The findings of a settings file.

use facts::places::{Anchor, FileId, LocalAnchor};
use settings::problem::Problem;
use settings::settings::{RuleSetting, Settings};

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
