//! How grave a finding is.

use contracts::propagation::Severity;

/// How grave a finding is, from light to grave.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// Shown in editors without emphasis.
    Hint,
    /// Worth knowing.
    Information,
    /// Probably a mistake.
    Warning,
    /// Certainly a mistake.
    Error,
}

impl Level {
    /// The word for it, in output and in settings.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Hint => "hint",
            Level::Information => "information",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }

    /// The level that settings write so.
    #[must_use]
    pub fn parse(word: &str) -> Option<Level> {
        [Level::Hint, Level::Information, Level::Warning, Level::Error]
            .into_iter()
            .find(|level| level.as_str() == word)
    }

    /// One step lighter.
    #[must_use]
    pub fn lower(self) -> Level {
        match self {
            Level::Error => Level::Warning,
            Level::Warning => Level::Information,
            Level::Information | Level::Hint => Level::Hint,
        }
    }
}

impl From<Severity> for Level {
    fn from(severity: Severity) -> Level {
        match severity {
            Severity::Blocking => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Advisory => Level::Information,
        }
    }
}
