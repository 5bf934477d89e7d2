//! The last look at an edit: does the new text say what was intended, and nothing else?

use text::edit::{TextEdit, apply};

use super::Intent;
use super::page::Page;
use crate::yaml::{self, Data, Entry, Limits, NodeId, Value, Yaml};

/// What a file says, without places and styles.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Tree {
    Scalar(String),
    List(Vec<Tree>),
    Map(Vec<(Tree, Tree)>),
    /// An alias, as written.
    Alias(String),
    Unreadable,
}

/// Whether the text with `edits` applied says what `intent` makes of the text.
pub(super) fn holds(page: &Page<'_>, intent: &Intent, edits: &[TextEdit]) -> bool {
    let (text, left_out) = apply(page.text, edits);
    let after = yaml::parse(&text, &Limits::default());
    left_out == 0
        && after.problems.len() <= page.yaml.problems.len()
        && intended(page, intent).is_some_and(|trees| trees == said(&text, &after))
        && (removes(intent) || comments(page.text, page.yaml) == comments(&text, &after))
}

/// Whether comments may go along with what the intent takes away.
fn removes(intent: &Intent) -> bool {
    matches!(intent, Intent::RemoveEntry(_) | Intent::RemoveItem(_) | Intent::ReplaceValue(..))
}

/// The comments' texts; a move changes their order.
fn comments<'a>(text: &'a str, yaml: &Yaml) -> Vec<&'a str> {
    let mut comments: Vec<&str> = yaml.comments.iter().map(|span| span.of(text)).collect();
    comments.sort_unstable();
    comments
}

fn said(text: &str, yaml: &Yaml) -> Vec<Tree> {
    let reader = Reader { text, yaml, intent: None };
    yaml.documents.iter().filter_map(|root| reader.tree(*root)).collect()
}

/// What the file should say afterwards.
fn intended(page: &Page<'_>, intent: &Intent) -> Option<Vec<Tree>> {
    let reader = Reader { text: page.text, yaml: page.yaml, intent: Some(intent) };
    page.yaml.documents.iter().map(|root| reader.tree(*root)).collect()
}

/// What flow-style YAML says by itself.
fn flow(text: &str) -> Option<Tree> {
    let yaml = yaml::parse(text, &Limits::default());
    let trees = said(text, &yaml);
    <[Tree; 1]>::try_from(trees).ok().filter(|_| yaml.problems.is_empty()).map(|[tree]| tree)
}

fn word(text: &str) -> Tree {
    Tree::Scalar(format!("{:?}", Value::Text(text.into())))
}

struct Reader<'a> {
    text: &'a str,
    yaml: &'a Yaml,
    intent: Option<&'a Intent>,
}

impl Reader<'_> {
    /// What the node says, after the intent.
    fn tree(&self, id: NodeId) -> Option<Tree> {
        let tree = self.children(id)?;
        match self.intent {
            Some(Intent::ReplaceScalar(node, new)) if *node == id => Some(word(new)),
            Some(Intent::ReplaceValue(node, new)) if *node == id => flow(new),
            Some(Intent::Quote(node)) if *node == id => Some(match &self.yaml.node(id).data {
                Data::Scalar(scalar) if scalar.style != yaml::Style::Plain => tree,
                _ => word(self.yaml.node(id).span.of(self.text)),
            }),
            Some(Intent::InsertEntry(node, key, value)) if *node == id => {
                let mut entries = entries_of(tree)?;
                entries.push((word(key), flow(value)?));
                Some(Tree::Map(entries))
            }
            Some(Intent::AppendItem(node, keys, pairs)) if *node == id => {
                let pair = |(key, value): &(String, String)| Some((word(key), flow(value)?));
                let item = Tree::Map(pairs.iter().map(pair).collect::<Option<_>>()?);
                appended(tree, keys, item)
            }
            _ => Some(tree),
        }
    }

    fn children(&self, id: NodeId) -> Option<Tree> {
        let node = self.yaml.node(id);
        Some(match &node.data {
            Data::Scalar(scalar) => Tree::Scalar(format!("{:?}", scalar.value)),
            Data::Alias(_) => Tree::Alias(node.span.of(self.text).to_owned()),
            Data::Unreadable => Tree::Unreadable,
            Data::Sequence(items) => {
                let stays = |item: &&NodeId| self.intent != Some(&Intent::RemoveItem(**item));
                let items = items.iter().filter(stays).map(|item| self.tree(*item));
                Tree::List(items.collect::<Option<_>>()?)
            }
            Data::Mapping(entries) => {
                let stays = |entry: &&Entry| self.intent != Some(&Intent::RemoveEntry(entry.key));
                let entries = self.ordered(entries);
                let pair = |entry: &Entry| Some((self.tree(entry.key)?, self.tree(entry.value)?));
                Tree::Map(entries.iter().filter(stays).map(pair).collect::<Option<_>>()?)
            }
        })
    }

    fn ordered(&self, entries: &[Entry]) -> Vec<Entry> {
        let mut entries = entries.to_vec();
        let Some(Intent::MoveEntryBefore(from, to)) = self.intent else {
            return entries;
        };
        if from == to {
            return entries;
        }
        if let Some(index) = entries.iter().position(|entry| entry.key == *from) {
            let moved = entries.remove(index);
            let place = entries.iter().position(|entry| entry.key == *to);
            entries.insert(place.unwrap_or(index), moved);
        }
        entries
    }
}

/// The entries of a mapping, or of what may become one.
fn entries_of(tree: Tree) -> Option<Vec<(Tree, Tree)>> {
    match tree {
        Tree::Map(entries) => Some(entries),
        Tree::List(items) if items.is_empty() => Some(Vec::new()),
        Tree::Scalar(text) if text == format!("{:?}", Value::Null) => Some(Vec::new()),
        _ => None,
    }
}

fn appended(tree: Tree, keys: &[String], item: Tree) -> Option<Tree> {
    let [key, rest @ ..] = keys else {
        let mut items = match tree {
            Tree::List(items) => items,
            other => entries_of(other).filter(Vec::is_empty).map(|_| Vec::new())?,
        };
        items.push(item);
        return Some(Tree::List(items));
    };
    let mut entries = entries_of(tree)?;
    match entries.iter().rposition(|(known, _)| *known == word(key)) {
        Some(index) => {
            let (key, value) = entries.remove(index);
            entries.insert(index, (key, appended(value, rest, item)?));
        }
        None => entries.push((word(key), appended(Tree::List(Vec::new()), rest, item)?)),
    }
    Some(Tree::Map(entries))
}
