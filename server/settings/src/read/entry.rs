//! One key of a settings file with its value, and what may be asked of the value.

use text::near::nearest;
use text::span::Span;
use toml_edit::{Item, TableLike, Value};

use crate::problem::Problem;
use crate::spanned::Spanned;

/// A key with its value.
pub(super) struct Entry<'a> {
    /// The key itself.
    pub(super) key: &'a str,
    /// The keys from the file's root to here, as one would write them.
    pub(super) path: String,
    /// The key's place.
    pub(super) key_span: Span,
    item: &'a Item,
}

impl<'a> Entry<'a> {
    /// The table that holds everything.
    pub(super) fn root(item: &'a Item, path: &str) -> Entry<'a> {
        Entry { key: "", path: path.to_owned(), key_span: Span::empty(0), item }
    }

    /// The value's place; the key's where the value is spread over the file.
    pub(super) fn span(&self) -> Span {
        self.item.span().map_or(self.key_span, |range| Span::new(range.start, range.end))
    }

    /// The entries of the table that the value is; none, and a problem, if it is no table.
    pub(super) fn entries(&self, problems: &mut Vec<Problem>) -> Vec<Entry<'a>> {
        let Some(table) = self.item.as_table_like() else {
            problems.push(self.wrong_type("a table"));
            return Vec::new();
        };
        table.iter().map(|(key, item)| self.child(table, key, item)).collect()
    }

    fn child(&self, table: &'a dyn TableLike, key: &'a str, item: &'a Item) -> Entry<'a> {
        let span = table.key(key).and_then(toml_edit::Key::span);
        let key_span = span.map_or(Span::empty(0), |range| Span::new(range.start, range.end));
        let path = match self.path.as_str() {
            "" => quoted(key),
            before => format!("{before}.{}", quoted(key)),
        };
        Entry { key, path, key_span, item }
    }

    /// The text that the value is.
    pub(super) fn text(&self, problems: &mut Vec<Problem>) -> Option<Spanned<String>> {
        let text = self.item.as_str().map(|text| Spanned::new(text.to_owned(), self.span()));
        if text.is_none() {
            problems.push(self.wrong_type("text"));
        }
        text
    }

    /// The truth value that the value is.
    pub(super) fn truth(&self, problems: &mut Vec<Problem>) -> Option<bool> {
        let truth = self.item.as_bool();
        if truth.is_none() {
            problems.push(self.wrong_type("`true` or `false`"));
        }
        truth
    }

    /// The texts of the list that the value is; other items are left out, with a problem each.
    pub(super) fn texts(&self, problems: &mut Vec<Problem>) -> Vec<Spanned<String>> {
        let Some(list) = self.item.as_array() else {
            problems.push(self.wrong_type("a list of texts"));
            return Vec::new();
        };
        let mut texts = Vec::new();
        for value in list {
            let span = value.span().map_or(self.span(), |range| Span::new(range.start, range.end));
            match value.as_str() {
                Some(text) => texts.push(Spanned::new(text.to_owned(), span)),
                None => problems.push(Problem::new(
                    span,
                    format!("`{}` holds {} where text belongs", self.path, noun(value)),
                )),
            }
        }
        texts
    }

    /// The problem of a key that is not among `known`.
    pub(super) fn unknown(&self, known: &[&'static str]) -> Problem {
        let problem = Problem::new(self.key_span, format!("`{}` is no setting", self.path));
        match nearest(self.key, known.iter().copied()) {
            Some((near, _)) => problem.help(format!("the nearest is `{near}`")),
            None => problem.help(format!("known here: {}", listed(known))),
        }
    }

    fn wrong_type(&self, expected: &str) -> Problem {
        let found = match self.item {
            Item::Value(value) => noun(value),
            Item::ArrayOfTables(_) => "a list of tables",
            Item::Table(_) => "a table",
            Item::None => "nothing",
        };
        let message = format!("`{}` is {found} where {expected} belongs", self.path);
        Problem::new(self.span(), message)
    }
}

/// `a`, `b` and `c`, in backticks.
pub(super) fn listed(words: &[&str]) -> String {
    let ticked: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match ticked.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}

fn noun(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "text",
        Value::Integer(_) | Value::Float(_) => "a number",
        Value::Boolean(truth) if *truth.value() => "`true`",
        Value::Boolean(_) => "`false`",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "a list",
        Value::InlineTable(_) => "a table",
    }
}

/// The key as it has to be written.
fn quoted(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !key.is_empty() && key.chars().all(bare) { key.to_owned() } else { format!("{key:?}") }
}
