//! What the client settles, in place of a project's settings.

use camino::{Utf8Path, Utf8PathBuf};
use rules::rules::{ALL, by_name};
use serde_json::Value;
use settings::level::RuleLevel;
use settings::run::RunOverrides;
use text::near::nearest;

use super::asides::Asides;

/// The section that is ours.
pub(crate) const SECTION: &str = "contextcore";

/// What the client settles.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct ClientSettings {
    /// Which rules speak, and how gravely.
    pub(crate) overrides: RunOverrides,
    /// The settings file to use in place of those that would be found, absolute.
    pub(crate) config: Option<Utf8PathBuf>,
    /// What is shown beside the text.
    pub(crate) asides: Asides,
}

impl ClientSettings {
    /// Whether the same is found with these settings as with others.
    pub(crate) fn finds_as(&self, other: &ClientSettings) -> bool {
        self.overrides == other.overrides && self.config == other.config
    }
}

/// Reads the client's section; `folder` is what a relative path in it begins at. What cannot be
/// meant is said in the second value and left out of the first.
pub(crate) fn read(section: &Value, folder: Option<&Utf8Path>) -> (ClientSettings, Vec<String>) {
    let mut reader = Reader { problems: Vec::new() };
    let mut settings = ClientSettings::default();
    let members = section.as_object().into_iter().flatten();
    for (key, value) in members.filter(|(_, value)| !value.is_null()) {
        match key.as_str() {
            "rules" => settings.overrides.levels = reader.levels(value),
            "select" => settings.overrides.select = reader.rules("select", value),
            "ignore" => settings.overrides.ignore = reader.rules("ignore", value),
            "config" => settings.config = reader.path(value, folder),
            "phaseHints" => reader.truth("phaseHints", value, &mut settings.asides.phases),
            "defaultHints" => reader.truth("defaultHints", value, &mut settings.asides.defaults),
            "codeLenses" => reader.truth("codeLenses", value, &mut settings.asides.lenses),
            // A section may hold settings of the client's own.
            _ => {}
        }
    }
    (settings, reader.problems)
}

struct Reader {
    problems: Vec<String>,
}

impl Reader {
    fn levels(&mut self, value: &Value) -> Vec<(String, RuleLevel)> {
        let Some(members) = value.as_object() else {
            self.problem("rules", "gives rules levels, as {\"dead-write\": \"off\"}");
            return Vec::new();
        };
        let mut levels = Vec::new();
        for (rule, level) in members {
            let word = level.as_str().unwrap_or_default();
            match RuleLevel::parse(word) {
                Some(level) if self.is_rule("rules", rule) => levels.push((rule.clone(), level)),
                Some(_) => {}
                None => {
                    let words = RuleLevel::ALL.map(RuleLevel::as_str).join(", ");
                    let rule = format!("rules.{rule}");
                    self.problem(
                        &rule,
                        &format!("is `{level}`, which is no level; levels are {words}"),
                    );
                }
            }
        }
        levels
    }

    fn rules(&mut self, key: &str, value: &Value) -> Vec<String> {
        let Some(list) = value.as_array() else {
            self.problem(key, "is a list of rules");
            return Vec::new();
        };
        let names = list.iter().map(|name| name.as_str().unwrap_or_default().to_owned());
        let names: Vec<String> = names.collect();
        names.into_iter().filter(|name| self.is_rule(key, name)).collect()
    }

    fn is_rule(&mut self, key: &str, name: &str) -> bool {
        if by_name(name).is_some() {
            return true;
        }
        let near = nearest(name, ALL.iter().map(|rule| rule.name));
        let near = near.map(|(near, _)| format!("; the nearest is `{near}`")).unwrap_or_default();
        self.problem(key, &format!("names `{name}`, which is no rule{near}"));
        false
    }

    fn truth(&mut self, key: &str, value: &Value, into: &mut bool) {
        match value.as_bool() {
            Some(truth) => *into = truth,
            None => self.problem(key, "is true or false"),
        }
    }

    fn path(&mut self, value: &Value, folder: Option<&Utf8Path>) -> Option<Utf8PathBuf> {
        match value.as_str() {
            Some("") => None,
            Some(path) => {
                Some(folder.map_or_else(|| Utf8PathBuf::from(path), |folder| folder.join(path)))
            }
            None => {
                self.problem("config", "is the path of a settings file");
                None
            }
        }
    }

    fn problem(&mut self, key: &str, words: &str) {
        self.problems.push(format!("the setting `{SECTION}.{key}` {words}"));
    }
}

/// The client's section in what it sends with `workspace/didChangeConfiguration`, or when it greets.
pub(crate) fn section(settings: &Value) -> &Value {
    settings.get(SECTION).unwrap_or(settings)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn settings_are_those_of_the_command_line() {
        let section = json!({
            "rules": {"dead-write": "off", "dangling-read": "warning"},
            "select": ["dead-write"], "ignore": [], "config": "a.toml", "trace": true,
            "phaseHints": false, "codeLenses": true,
        });
        let (settings, problems) = read(&section, Some(Utf8Path::new("/project")));
        assert_eq!(problems, Vec::<String>::new());
        let levels = [("dead-write", RuleLevel::Off), ("dangling-read", RuleLevel::Warning)];
        assert_eq!(settings.overrides.levels, levels.map(|(rule, level)| (rule.to_owned(), level)));
        assert_eq!(settings.overrides.select, ["dead-write"]);
        assert_eq!(settings.config.unwrap(), "/project/a.toml");
        let asides = Asides { phases: false, defaults: true, lenses: true };
        assert_eq!(settings.asides, asides);
        assert_eq!(read(&Value::Null, None), (ClientSettings::default(), Vec::new()));
    }

    #[test]
    fn what_cannot_be_meant_is_said() {
        let section = json!({
            "rules": {"dead-wrte": "off", "dead-write": "loud"}, "select": "x", "config": 7,
            "codeLenses": "many",
        });
        let (settings, problems) = read(&section, None);
        assert_eq!(settings, ClientSettings::default());
        let problems = problems.join("\n");
        for part in [
            "`dead-wrte`, which is no rule; the nearest is `dead-write`",
            "no level",
            "`contextcore.select` is a list",
            "`contextcore.config` is the path",
            "`contextcore.codeLenses` is true or false",
        ] {
            assert!(problems.contains(part), "{part}: {problems}");
        }
    }
}
