//! The last look at an edit: does the new text say what was intended, and nothing else?

use std::collections::HashMap;

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
    let after = page.read(&text);
    left_out == 0
        && after.problems.len() <= page.yaml.problems.len()
        && intended(page, intent).is_some_and(|trees| trees == said(&text, &after))
        && keeps(intent, &comments(page.text, page.yaml), &comments(&text, &after))
}

/// Whether the intent may make `after` of the comments `before`.
fn keeps(intent: &Intent, before: &[&str], after: &[&str]) -> bool {
    let intents = if let Intent::All(all) = intent { all } else { std::slice::from_ref(intent) };
    let any = |is: fn(&Intent) -> bool| intents.iter().any(is);
    // They may go along with what is taken away.
    any(|one| {
        matches!(one, Intent::RemoveEntry(_) | Intent::RemoveItem(_) | Intent::ReplaceValue(..))
    }) || before == after
        // Some may be new, and an old one may have become a part of them.
        || (any(|one| matches!(one, Intent::CommentOut(_) | Intent::LiftEntry(..)))
            && before.iter().all(|comment| after.iter().any(|new| new.contains(comment))))
}

/// The comments' texts; a move changes their order.
fn comments<'a>(text: &'a str, yaml: &Yaml) -> Vec<&'a str> {
    let mut comments: Vec<&str> = yaml.comments.iter().map(|span| span.of(text)).collect();
    comments.sort_unstable();
    comments
}

fn said(text: &str, yaml: &Yaml) -> Vec<Tree> {
    let reader = Reader { text, yaml, intents: HashMap::new() };
    yaml.documents.iter().filter_map(|root| reader.tree(*root)).collect()
}

/// What the file should say afterwards.
fn intended(page: &Page<'_>, intent: &Intent) -> Option<Vec<Tree>> {
    let mut intents = HashMap::new();
    sort(intent, &mut intents);
    let reader = Reader { text: page.text, yaml: page.yaml, intents };
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

/// Puts each intent under the node that it is about.
fn sort<'i>(intent: &'i Intent, found: &mut HashMap<NodeId, Vec<&'i Intent>>) {
    let node = match intent {
        Intent::All(intents) => {
            intents.iter().for_each(|intent| sort(intent, found));
            return;
        }
        Intent::ReplaceScalar(node, _)
        | Intent::ReplaceValue(node, _)
        | Intent::Quote(node)
        | Intent::RemoveEntry(node)
        | Intent::RemoveItem(node)
        | Intent::InsertEntry(node, ..)
        | Intent::AppendItem(node, ..)
        | Intent::MoveEntryBefore(node, _)
        | Intent::CommentOut(node)
        | Intent::MapToList(node, _)
        | Intent::LiftEntry(node, ..) => *node,
    };
    found.entry(node).or_default().push(intent);
}

struct Reader<'a> {
    text: &'a str,
    yaml: &'a Yaml,
    /// What is to happen, by the node that it happens to.
    intents: HashMap<NodeId, Vec<&'a Intent>>,
}

impl<'a> Reader<'a> {
    fn intents(&self, id: NodeId) -> impl Iterator<Item = &'a Intent> {
        self.intents.get(&id).into_iter().flatten().copied()
    }

    /// What the node says, after the intents.
    fn tree(&self, id: NodeId) -> Option<Tree> {
        let children = self.children(id)?;
        self.intents(id).try_fold(children, |tree, intent| self.after(id, tree, intent))
    }

    /// What the node says after an intent, if it says `tree` before.
    fn after(&self, id: NodeId, tree: Tree, intent: &Intent) -> Option<Tree> {
        match intent {
            Intent::ReplaceScalar(_, new) => Some(word(new)),
            Intent::ReplaceValue(_, new) => flow(new),
            Intent::Quote(_) => Some(match &self.yaml.node(id).data {
                Data::Scalar(scalar) if scalar.style != yaml::Style::Plain => tree,
                _ => word(self.yaml.node(id).span.of(self.text)),
            }),
            Intent::InsertEntry(_, key, value) => {
                let mut entries = entries_of(tree)?;
                entries.push((word(key), flow(value)?));
                Some(Tree::Map(entries))
            }
            Intent::AppendItem(_, keys, pairs) => {
                let pair = |(key, value): &(String, String)| Some((word(key), flow(value)?));
                let item = Tree::Map(pairs.iter().map(pair).collect::<Option<_>>()?);
                appended(tree, keys, item)
            }
            Intent::MapToList(_, [first, second]) => {
                let record =
                    |(key, value)| Tree::Map(vec![(word(first), key), (word(second), value)]);
                Some(Tree::List(entries_of(tree)?.into_iter().map(record).collect()))
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
                let goes = |item: NodeId| {
                    self.intents(item).any(|intent| matches!(intent, Intent::RemoveItem(_)))
                };
                let items = items.iter().filter(|item| !goes(**item)).map(|item| self.tree(*item));
                Tree::List(items.collect::<Option<_>>()?)
            }
            Data::Mapping(entries) => {
                let entries = self.ordered(entries).into_iter().filter(|entry| !self.goes(*entry));
                Tree::Map(entries.map(|entry| self.pair(entry)).collect::<Option<_>>()?)
            }
        })
    }

    fn goes(&self, entry: Entry) -> bool {
        let takes =
            |intent: &Intent| matches!(intent, Intent::RemoveEntry(_) | Intent::CommentOut(_));
        self.intents(entry.key).any(takes)
    }

    fn pair(&self, entry: Entry) -> Option<(Tree, Tree)> {
        let (key, value) = (self.tree(entry.key)?, self.tree(entry.value)?);
        let lifts = self.intents(entry.key).find_map(|intent| match intent {
            Intent::LiftEntry(_, inner, new) => Some((inner, new)),
            _ => None,
        });
        let Some((inner, new)) = lifts else { return Some((key, value)) };
        let mut held = entries_of(value)?.into_iter();
        let (_, lifted) = held.find(|(name, _)| *name == word(inner))?;
        Some((word(new), lifted))
    }

    fn ordered(&self, entries: &[Entry]) -> Vec<Entry> {
        let mut entries = entries.to_vec();
        let moves = entries.iter().flat_map(|entry| self.intents(entry.key));
        let moved = moves.into_iter().find_map(|intent| match intent {
            Intent::MoveEntryBefore(from, to) if from != to => Some((*from, *to)),
            _ => None,
        });
        let Some((from, to)) = moved else { return entries };
        if let Some(index) = entries.iter().position(|entry| entry.key == from) {
            let moved = entries.remove(index);
            let place = entries.iter().position(|entry| entry.key == to);
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
