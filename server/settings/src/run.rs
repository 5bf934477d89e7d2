//! What one run settles for itself, on the command line.

use crate::level::RuleLevel;

/// What one run settles for itself. Names of rules are checked by whoever makes this.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct RunOverrides {
    /// If there are any, the rules that speak; all others are silent.
    pub select: Vec<String>,
    /// Rules that are silent, whatever else is said.
    pub ignore: Vec<String>,
    /// Levels in place of those that the settings give for the whole project; a later one wins.
    pub levels: Vec<(String, RuleLevel)>,
}

impl RunOverrides {
    /// Whether this run silences `rule`.
    #[must_use]
    pub fn silences(&self, rule: &str) -> bool {
        let names = |list: &[String]| list.iter().any(|name| name == rule);
        names(&self.ignore) || !(self.select.is_empty() || names(&self.select))
    }

    /// Whether this run asks for `rule` by name.
    #[must_use]
    pub fn selects(&self, rule: &str) -> bool {
        self.select.iter().any(|name| name == rule)
    }

    /// The level that this run gives to `rule`.
    #[must_use]
    pub fn level(&self, rule: &str) -> Option<RuleLevel> {
        self.levels.iter().rev().find(|(name, _)| name == rule).map(|(_, level)| *level)
    }
}
