//! What is new, as a block or in brackets, in the habits of its file.

use crate::edit::CannotEdit;
use crate::edit::yaml::page::Page;
use crate::edit::yaml::quoting;
use crate::yaml::{Data, NodeId};

/// What is to be written.
pub(in crate::edit::yaml) enum New {
    /// Flow-style YAML, or JSON, as it is.
    Value(String),
    /// A mapping.
    Map(Vec<(String, New)>),
    /// A list.
    List(Vec<New>),
}

/// An item of a list, and the keys that lead to the list.
pub(super) struct Below<'i> {
    /// The keys, from the outermost.
    pub(super) keys: &'i [String],
    /// The item.
    pub(super) item: New,
}

impl<'i> Below<'i> {
    /// The items by the first of their keys, in the order in which these occur.
    pub(super) fn by_key(
        items: Vec<Below<'i>>,
    ) -> Result<Vec<(&'i str, Vec<Below<'i>>)>, CannotEdit> {
        let mut groups: Vec<(&str, Vec<Below<'_>>)> = Vec::new();
        for Below { keys, item } in items {
            let (key, keys) = keys.split_first().ok_or(CannotEdit::NotThere)?;
            let one = Below { keys, item };
            match groups.iter_mut().find(|(known, _)| known == key) {
                Some((_, group)) => group.push(one),
                None => groups.push((key, vec![one])),
            }
        }
        Ok(groups)
    }

    /// All of them as one value.
    pub(super) fn together(items: Vec<Below<'i>>) -> Result<New, CannotEdit> {
        if items.iter().all(|one| one.keys.is_empty()) {
            return Ok(New::List(items.into_iter().map(|one| one.item).collect()));
        }
        let mut entries = Vec::new();
        for (key, inner) in Below::by_key(items)? {
            entries.push((key.to_owned(), Below::together(inner)?));
        }
        Ok(New::Map(entries))
    }
}

/// How a file indents.
pub(super) struct Habits {
    /// A mapping below a key.
    pub(super) step: usize,
    /// The dashes of a list below a key.
    pub(super) list: usize,
    /// From a dash to what it marks.
    pub(super) dash: usize,
}

impl Habits {
    /// What most blocks of the file do.
    pub(super) fn of(page: &Page<'_>) -> Habits {
        let mut steps = Vec::new();
        let mut lists = Vec::new();
        for node in &page.yaml.nodes {
            let Data::Mapping(entries) = &node.data else {
                continue;
            };
            for entry in entries.iter().filter(|entry| is_block_below(page, entry.value)) {
                let key = page.column(page.start(entry.key));
                let deeper = page.column(page.start(entry.value)).saturating_sub(key);
                match page.yaml.node(entry.value).data {
                    Data::Sequence(_) => lists.push(deeper),
                    _ => steps.push(deeper),
                }
            }
        }
        let step = most_common(&steps).filter(|step| *step > 0).unwrap_or(2);
        let list = most_common(&lists).unwrap_or(step);
        Habits { step, list, dash: 2 }
    }
}

/// Whether the value is a block that begins on a line below its key.
fn is_block_below(page: &Page<'_>, value: NodeId) -> bool {
    matches!(page.yaml.node(value).data, Data::Sequence(_) | Data::Mapping(_))
        && !page.is_flow(value)
        && page.is_first_in_line(page.start(value))
}

fn most_common(numbers: &[usize]) -> Option<usize> {
    let count = |number: usize| numbers.iter().filter(|other| **other == number).count();
    let distinct: std::collections::BTreeSet<usize> = numbers.iter().copied().collect();
    // Of two that are as common, the smaller.
    distinct.into_iter().rev().max_by_key(|number| count(*number))
}

impl New {
    /// A mapping of these.
    pub(super) fn map<'a>(pairs: impl IntoIterator<Item = (&'a str, New)>) -> New {
        New::Map(pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// In brackets.
    pub(in crate::edit::yaml) fn flow(&self, page: &Page<'_>) -> String {
        match self {
            New::Value(text) => text.clone(),
            New::List(items) => {
                let items: Vec<String> = items.iter().map(|item| item.flow(page)).collect();
                format!("[{}]", items.join(", "))
            }
            New::Map(entries) => {
                let entry = |(key, value): &(String, New)| {
                    format!("{}: {}", quoting::scalar(page, key, true), value.flow(page))
                };
                let entries: Vec<String> = entries.iter().map(entry).collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }

    /// As a block, from column 0.
    pub(super) fn lines(&self, page: &Page<'_>, habits: &Habits) -> Vec<String> {
        match self {
            New::Value(text) => vec![text.clone()],
            New::List(items) => {
                items.iter().flat_map(|item| item.item_lines(page, habits)).collect()
            }
            New::Map(entries) if entries.is_empty() => vec!["{}".to_owned()],
            New::Map(entries) => entries
                .iter()
                .flat_map(|(key, value)| {
                    value.entry_lines(page, &quoting::scalar(page, key, false), habits)
                })
                .collect(),
        }
    }

    /// As the value of `key`, in a block.
    pub(super) fn entry_lines(&self, page: &Page<'_>, key: &str, habits: &Habits) -> Vec<String> {
        let deeper = match self {
            New::Value(text) => return vec![format!("{key}: {text}")],
            New::List(_) => habits.list,
            New::Map(_) => habits.step,
        };
        let indent = " ".repeat(deeper);
        let below = self.lines(page, habits).into_iter().map(|line| format!("{indent}{line}"));
        std::iter::once(format!("{key}:")).chain(below).collect()
    }

    /// As an item of a list, in a block.
    pub(super) fn item_lines(&self, page: &Page<'_>, habits: &Habits) -> Vec<String> {
        let lines = self.lines(page, habits);
        let rest = " ".repeat(habits.dash);
        let first = format!("-{}", " ".repeat(habits.dash - 1));
        let lead = |index: usize| if index == 0 { &first } else { &rest };
        lines.iter().enumerate().map(|(index, line)| format!("{}{line}", lead(index))).collect()
    }
}
