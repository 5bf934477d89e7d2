//! Reads the text of a settings file.

mod entry;
mod sections;

use text::span::Span;
use toml_edit::{Document, Item, TomlError};

use crate::problem::Problem;
use crate::settings::Settings;
use entry::Entry;

/// Which file the settings stand in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Form {
    /// `contextcore.toml`: the whole file is ours.
    Own,
    /// `pyproject.toml`: the table `[tool.contextcore]` is ours.
    Pyproject,
}

impl Form {
    /// The form of the file with this name. A file that `--config` names may be called anything; it
    /// has our own form unless it is a `pyproject.toml`.
    #[must_use]
    pub fn of_file(name: &str) -> Form {
        if name == crate::settings::PYPROJECT_FILE { Form::Pyproject } else { Form::Own }
    }
}

/// The table of a `pyproject.toml` that is ours.
const PYPROJECT_TABLE: [&str; 2] = ["tool", "contextcore"];

/// What the text of a settings file settles, and what is wrong with it.
///
/// Text that is not TOML gives one problem and the default settings.
#[must_use]
pub fn read(text: &str, form: Form) -> (Settings, Vec<Problem>) {
    let mut settings = Settings::default();
    let mut problems = Vec::new();
    match Document::parse(text) {
        Err(error) => problems.push(syntax_problem(text, &error)),
        Ok(document) => match form {
            Form::Own => {
                let root = Entry::root(document.as_item(), "");
                sections::settings(&root, &mut settings, &mut problems);
            }
            Form::Pyproject => {
                if let Some(item) = pyproject_table(document.as_item()) {
                    let root = Entry::root(item, &PYPROJECT_TABLE.join("."));
                    sections::settings(&root, &mut settings, &mut problems);
                }
            }
        },
    }
    problems.sort_by_key(|problem| problem.span);
    (settings, problems)
}

/// Whether the text of a `pyproject.toml` holds settings of ours, and so makes its folder a
/// project. Text that is not TOML holds them if it has the table's name at all.
#[must_use]
pub fn pyproject_has_settings(text: &str) -> bool {
    if !text.contains(PYPROJECT_TABLE[1]) {
        return false;
    }
    match Document::parse(text) {
        Ok(document) => pyproject_table(document.as_item()).is_some(),
        Err(_) => text.contains(&PYPROJECT_TABLE.join(".")),
    }
}

fn pyproject_table(root: &Item) -> Option<&Item> {
    PYPROJECT_TABLE.iter().try_fold(root, |item, key| item.as_table_like()?.get(key))
}

fn syntax_problem(text: &str, error: &TomlError) -> Problem {
    let range = error.span().unwrap_or(text.len()..text.len());
    let span = Span::new(floor(text, range.start), floor(text, range.end));
    let message = error.message().lines().collect::<Vec<_>>().join(", ");
    Problem::new(span, format!("not TOML: {message}"))
}

/// The nearest place at or before `offset` where a character of `text` begins.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests;
