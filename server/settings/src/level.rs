//! The levels that settings give to rules.

/// How grave a rule's findings are to be, or that there are to be none.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RuleLevel {
    /// Certainly a mistake.
    Error,
    /// Probably a mistake.
    Warning,
    /// Worth knowing.
    Information,
    /// Shown in editors without emphasis.
    Hint,
    /// Not shown at all.
    Off,
}

impl RuleLevel {
    /// All levels, the gravest first.
    pub const ALL: [RuleLevel; 5] = [
        RuleLevel::Error,
        RuleLevel::Warning,
        RuleLevel::Information,
        RuleLevel::Hint,
        RuleLevel::Off,
    ];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            RuleLevel::Error => "error",
            RuleLevel::Warning => "warning",
            RuleLevel::Information => "information",
            RuleLevel::Hint => "hint",
            RuleLevel::Off => "off",
        }
    }

    /// The level that is written so.
    #[must_use]
    pub fn parse(word: &str) -> Option<RuleLevel> {
        RuleLevel::ALL.into_iter().find(|level| level.as_str() == word)
    }
}
