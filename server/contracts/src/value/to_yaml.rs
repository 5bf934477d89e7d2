//! Values as YAML in flow style, on one line.

use crate::value::Value;

impl Value {
    /// The value as YAML that reads back as it: `unknown`, `[]`, `{a: 1}`. Text that would read as
    /// something else is quoted.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        match self {
            Value::Null => "null".to_owned(),
            Value::Bool(truth) => truth.to_string(),
            Value::Int(number) => number.to_string(),
            Value::Float(number) => float(*number),
            Value::Text(text) => quoted_where_needed(text.as_str()),
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(Value::to_yaml).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Map(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{}: {}", key.to_yaml(), value.to_yaml()))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
            Value::Other(text) => quoted(text.as_str()),
        }
    }
}

/// YAML 1.1 takes `1e3` for text: a float needs its point and the sign of its exponent.
fn float(number: f64) -> String {
    if number.is_nan() {
        ".nan".to_owned()
    } else if number.is_infinite() {
        if number > 0.0 { ".inf" } else { "-.inf" }.to_owned()
    } else {
        let text = format!("{number:?}");
        match text.split_once('e') {
            None => text,
            Some((digits, exponent)) => {
                let point = if digits.contains('.') { "" } else { ".0" };
                let sign = if exponent.starts_with('-') { "" } else { "+" };
                format!("{digits}{point}e{sign}{exponent}")
            }
        }
    }
}

/// Plain words stay as they are; whatever might be read as something else, or ends a flow item, is
/// quoted. Being quoted too often does no harm.
fn quoted_where_needed(text: &str) -> String {
    let plain_start = text.chars().next().is_some_and(|first| first.is_ascii_alphabetic());
    let plain =
        text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'));
    let lower = text.to_ascii_lowercase();
    let special = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    if plain_start && plain && !special.contains(&lower.as_str()) {
        return text.to_owned();
    }
    quoted(text)
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() => {
                quoted.push_str(&format!("\\u{:04x}", control as u32));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use text::name::Name;

    use super::*;

    #[test]
    fn words_stay_plain_and_the_rest_is_quoted() {
        let yaml = |text: &str| Value::Text(Name::new(text)).to_yaml();
        assert_eq!(yaml("unknown"), "unknown");
        assert_eq!(yaml("on"), "\"on\"");
        assert_eq!(yaml(""), "\"\"");
        assert_eq!(yaml("1:30"), "\"1:30\"");
        assert_eq!(yaml("say \"so\""), "\"say \\\"so\\\"\"");
    }

    #[test]
    fn collections_are_written_in_one_line() {
        let list = Value::List(vec![Value::Int(1), Value::Float(1e30), Value::Null]);
        assert_eq!(list.to_yaml(), "[1, 1.0e+30, null]");
    }
}
