//! Names chosen by patterns: `plan_*`.

/// A pattern for a name: the name itself, or with `*` for any run of characters.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct NamePattern {
    text: String,
}

impl NamePattern {
    /// The pattern that reads `text`; none where it could never match a dotted name.
    #[must_use]
    pub fn new(text: &str) -> Option<NamePattern> {
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '*');
        let leads = text.starts_with(|c: char| c.is_numeric());
        let sound = !text.is_empty() && !leads && text.chars().all(fits);
        sound.then(|| NamePattern { text: text.to_owned() })
    }

    /// The pattern as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether `name` fits, from its first character to its last.
    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        let mut parts = self.text.split('*');
        let first = parts.next().unwrap_or("");
        let Some(mut rest) = name.strip_prefix(first) else {
            return false;
        };
        let mut parts: Vec<&str> = parts.collect();
        let Some(last) = parts.pop() else {
            return rest.is_empty();
        };
        for part in parts {
            // The earliest place leaves the most for what follows.
            let Some(at) = rest.find(part) else {
                return false;
            };
            rest = &rest[at + part.len()..];
        }
        rest.ends_with(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_run() {
        let pattern = NamePattern::new("run_*_phase*").unwrap();
        assert!(pattern.matches("run_a_phase"));
        assert!(pattern.matches("run_phase_phase_2"));
        assert!(!pattern.matches("run_phase"));
        assert!(!pattern.matches("do_run_a_phase"));
        assert!(NamePattern::new("*").unwrap().matches(""));
    }

    #[test]
    fn without_a_star_it_is_the_name() {
        let pattern = NamePattern::new("my.execute").unwrap();
        assert!(pattern.matches("my.execute"));
        assert!(!pattern.matches("my.executed"));
        assert!(!pattern.matches("not.my.execute"));
    }

    #[test]
    fn what_no_name_can_be_is_no_pattern() {
        for text in ["", "a b", "a-b", "1a", "f()"] {
            assert_eq!(NamePattern::new(text), None, "{text}");
        }
    }
}
