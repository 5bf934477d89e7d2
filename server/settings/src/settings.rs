//! What a project settles.

use std::hash::{Hash, Hasher};

use crate::contracts::ContractSettings;
use crate::globs::Globs;
use crate::level::RuleLevel;
use crate::pipelines::PipelineSettings;
use crate::python::PythonSettings;
use crate::run::RunOverrides;
use crate::spanned::Spanned;

/// The name of a settings file of our own.
pub const OWN_FILE: &str = "contextcore.toml";

/// The name of the file that may hold our settings beside others'.
pub const PYPROJECT_FILE: &str = "pyproject.toml";

/// Everything that a project settles. The default is that of a project without settings.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Settings {
    /// The only paths that are looked at, if there are any.
    pub include: Globs,
    /// Paths that are not looked at.
    pub exclude: Globs,
    /// Levels of rules in the whole project.
    pub rules: Vec<RuleSetting>,
    /// Levels of rules in some paths; a later one wins.
    pub paths: Vec<PathSettings>,
    /// How contracts are read.
    pub contracts: ContractSettings,
    /// How Python is read.
    pub python: PythonSettings,
    /// What is said about pipelines.
    pub pipelines: Vec<PipelineSettings>,
    /// What the run in hand settles for itself; read from no file.
    pub run: RunOverrides,
}

/// The level of one rule.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct RuleSetting {
    /// The rule's name, which may be no rule's.
    pub rule: Spanned<String>,
    /// Its level.
    pub level: Spanned<RuleLevel>,
}

/// Levels of rules in the paths that a glob chooses.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct PathSettings {
    /// The paths; one glob.
    pub globs: Globs,
    /// The levels there.
    pub rules: Vec<RuleSetting>,
}

impl Settings {
    /// Whether the file at `path`, given from the settings' folder, says nothing of its own: it is
    /// excluded, or there is a list of what is included and it is not on it.
    #[must_use]
    pub fn leaves_out(&self, path: &str) -> bool {
        self.excludes(path, false) || !self.includes(path)
    }

    /// Whether the file or folder at `path` is left out by name. `path` is relative to the settings
    /// file's folder, with `/`.
    #[must_use]
    pub fn excludes(&self, path: &str, is_folder: bool) -> bool {
        self.exclude.matches(path, is_folder)
    }

    /// Whether the file at `path` is among those to look at, which all are unless settings choose.
    #[must_use]
    pub fn includes(&self, path: &str) -> bool {
        self.include.is_empty() || self.include.matches(path, false)
    }

    /// The level that `rule` is given in the file at `path`; none where it keeps its own.
    ///
    /// What the run silences stays silent. Else the last glob that fits the path decides, then the
    /// run's level, then the project's. A rule that the run asks for by name is no longer off for
    /// the whole project.
    #[must_use]
    pub fn level(&self, rule: &str, path: &str) -> Option<RuleLevel> {
        if self.run.silences(rule) {
            return Some(RuleLevel::Off);
        }
        self.level_at(rule, path).or_else(|| self.run.level(rule)).or_else(|| {
            let level = level_among(&self.rules, rule);
            level.filter(|level| *level != RuleLevel::Off || !self.run.selects(rule))
        })
    }

    fn level_at(&self, rule: &str, path: &str) -> Option<RuleLevel> {
        // The names are compared first: most files fit no glob that says anything about the rule.
        self.paths.iter().rev().find_map(|entry| {
            level_among(&entry.rules, rule).filter(|_| entry.globs.matches(path, false))
        })
    }

    /// The settings of the pipeline with this id.
    #[must_use]
    pub fn pipeline(&self, name: &str) -> Option<&PipelineSettings> {
        self.pipelines.iter().find(|pipeline| pipeline.name.value == name)
    }

    /// Every place where a rule is named, so that unknown names can be reported.
    pub fn named_rules(&self) -> impl Iterator<Item = &Spanned<String>> {
        let in_paths = self.paths.iter().flat_map(|entry| &entry.rules);
        self.rules.iter().chain(in_paths).map(|setting| &setting.rule)
    }

    /// A number that is the same for settings that mean the same, wherever their parts stand in the
    /// file, and the same from run to run.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
        self.hash(&mut hasher);
        hasher.finish()
    }
}

fn level_among(rules: &[RuleSetting], rule: &str) -> Option<RuleLevel> {
    rules.iter().rev().find(|setting| setting.rule.value == rule).map(|setting| setting.level.value)
}

/// FNV-1a: unlike the standard library's hasher, it promises to stay what it is.
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_usize(&mut self, number: usize) {
        self.write(&(number as u64).to_le_bytes());
    }
}
