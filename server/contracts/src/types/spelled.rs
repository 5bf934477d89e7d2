//! Whether a text may stand for a value of a type.

use super::Type;
use super::names::{Family, family};
use crate::value::Value;

/// How values are spelled as text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spelling {
    /// As `str` of Python does.
    Python,
    /// In any way that people or other languages use.
    Any,
}

impl Type {
    /// Whether a value of this type may be spelled so; also where the type does not tell.
    #[must_use]
    pub fn may_be_spelled(&self, text: &str, spelling: Spelling) -> bool {
        self.alternatives().iter().any(|single| match single {
            Type::Any | Type::Union(_) => true,
            Type::None => spelling == Spelling::Any || text == "None",
            Type::Literal(values) => {
                let may = |value: &Value| match value {
                    Value::Text(word) => word.as_str() == text,
                    _ => true,
                };
                values.iter().any(may)
            }
            Type::Class(name, _) => class_may(name.as_str(), family(*name), text, spelling),
        })
    }
}

fn class_may(name: &str, family: Family, text: &str, spelling: Spelling) -> bool {
    if spelling == Spelling::Any {
        return !matches!(family, Family::Int | Family::Number) || reads_as_number(text);
    }
    let is_truth = matches!(text, "True" | "False");
    match (name, family) {
        ("bool", _) => is_truth,
        // Truth values are whole numbers to Python.
        ("int", _) => is_truth || is_whole(text),
        ("float", _) => text.parse::<f64>().is_ok(),
        ("list", _) => text.starts_with('['),
        ("dict", _) => text.starts_with('{'),
        _ => true,
    }
}

/// Whether the text is a whole number as Python prints one.
fn is_whole(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let leads = digits.starts_with('0') && text != "0";
    !digits.is_empty() && !leads && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether anybody may take the text for a number.
fn reads_as_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
        || text.parse::<f64>().is_ok()
        || matches!(text.to_ascii_lowercase().as_str(), "true" | "false")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(type_name: &str, text: &str, spelling: Spelling) -> bool {
        Type::parse(type_name).expect("a type").may_be_spelled(text, spelling)
    }

    #[test]
    fn python_has_one_spelling() {
        for (type_name, text) in [
            ("int", "5"),
            ("int", "-5"),
            ("int", "0"),
            ("int", "True"),
            ("float", "1.5"),
            ("float", "nan"),
            ("bool", "False"),
            ("list", "['a']"),
            ("dict[str, int]", "{}"),
            ("int | None", "None"),
            ("int | str", "five"),
            ("Literal['a', 'b']", "b"),
            ("Decimal", "five"),
            ("Any", "five"),
        ] {
            assert!(may(type_name, text, Spelling::Python), "{type_name} {text}");
        }
        for (type_name, text) in [
            ("int", "five"),
            ("int", "05"),
            ("int", "-0"),
            ("int", ""),
            ("int", "1.0"),
            ("float", "high"),
            ("bool", "true"),
            ("list", "a"),
            ("dict", "a"),
            ("int | None", "null"),
            ("Literal['a', 'b']", "c"),
        ] {
            assert!(!may(type_name, text, Spelling::Python), "{type_name} {text}");
        }
    }

    #[test]
    fn others_have_many() {
        for (type_name, text) in [("int", "05"), ("float", "1e3"), ("bool", "yes"), ("list", "a")] {
            assert!(may(type_name, text, Spelling::Any), "{type_name} {text}");
        }
        assert!(!may("int", "five", Spelling::Any));
        assert!(!may("Decimal", "much", Spelling::Any));
    }
}
