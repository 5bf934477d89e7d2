//! A Python file, read for the places of names in it.

use std::collections::BTreeMap;

use facts::places::{Anchor, FileId};
use syntax::python::cst::{Cst, Node};
use syntax::python::kind::{Field, Kind};
use syntax::python::parse;
use text::name::Name;
use text::span::Span;

use crate::question::Question;

/// A Python file.
pub(super) struct Page<'c> {
    pub(super) file: FileId,
    pub(super) cst: &'c Cst<'c>,
    /// The innermost node of each span.
    nodes: BTreeMap<Span, Node<'c>>,
    /// The accesses by the places of their last keys.
    accesses: BTreeMap<Span, Node<'c>>,
}

/// What `look` finds in a file; none where it cannot be parsed at all.
pub(super) fn open<R>(
    question: &Question<'_>,
    file: FileId,
    look: impl FnOnce(&Page<'_>) -> R,
) -> Option<R> {
    let text = question.text(file);
    let fresh;
    let tree = match question.sources.python(file) {
        Some(tree) => tree,
        None => {
            fresh = parse(&text, None);
            &fresh
        }
    };
    let cst = Cst::file(&text, tree)?;
    let nodes = cst.root().descendants().map(|node| (node.span(), node)).collect();
    let access = |node: Node<'_>| last_key(node).map(|key| key.span());
    let all = cst.root().descendants();
    let accesses = all.filter_map(|node| Some((access(node)?, node))).collect();
    Some(look(&Page { file, cst: &cst, nodes, accesses }))
}

impl<'c> Page<'c> {
    /// Every node, those around others first.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Node<'c>> + use<'c> {
        self.cst.root().descendants()
    }

    /// The innermost node at exactly this place.
    pub(super) fn at(&self, span: Span) -> Option<Node<'c>> {
        self.nodes.get(&span).copied()
    }

    /// The node that an anchor of this file marks.
    pub(super) fn marked(&self, question: &Question<'_>, at: Anchor) -> Option<Node<'c>> {
        self.at(question.place(at).filter(|place| place.file == self.file)?.span)
    }

    /// The keys of the access that an anchor of this file marks, the last first: `["b", "a"]` of
    /// `context["a"].get("b", 0)`. A place that is no access is the key itself.
    pub(super) fn keys_at(&self, question: &Question<'_>, at: Anchor) -> Option<Vec<Node<'c>>> {
        let marked = self.marked(question, at)?;
        // A write is marked at its key.
        let access = self.accesses.get(&bare(marked).span()).copied();
        Some(keys(access.unwrap_or(marked)))
    }

    /// What is written at the key that an anchor of this file marks.
    pub(super) fn value_at(&self, question: &Question<'_>, at: Anchor) -> Option<Node<'c>> {
        let key = bare(self.marked(question, at)?).span();
        self.nodes().find_map(|node| match node.kind() {
            Kind::Assignment => {
                let left = node.child(Field::Left)?;
                (last_key(left)?.span() == key).then(|| node.child(Field::Right))?
            }
            Kind::Pair => {
                (node.child(Field::Key)?.span() == key).then(|| node.child(Field::Value))?
            }
            Kind::KeywordArgument => {
                let is_it = node.span() == key || node.child(Field::Name)?.span() == key;
                is_it.then(|| node.child(Field::Value))?
            }
            Kind::Call => {
                let mut arguments = node.child(Field::Arguments)?.children();
                (bare(arguments.next()?).span() == key).then(|| arguments.next())?
            }
            _ => None,
        })
    }

    /// The functions around a place, the innermost first.
    pub(super) fn functions_around(&self, span: Span) -> Vec<Node<'c>> {
        let is_around =
            |node: &Node<'c>| node.kind() == Kind::FunctionDefinition && node.span().contains(span);
        let mut around: Vec<Node<'c>> = self.nodes().filter(is_around).collect();
        around.reverse();
        around
    }
}

fn keys(access: Node<'_>) -> Vec<Node<'_>> {
    let mut keys = Vec::new();
    let mut node = access;
    loop {
        keys.extend(last_key(node));
        let object = match node.kind() {
            Kind::ParenthesizedExpression | Kind::BooleanOperator => node.first(),
            Kind::ComparisonOperator => node.children().last(),
            Kind::Subscript => node.child(Field::Value),
            Kind::Call => method_object(node),
            _ => None,
        };
        match object {
            Some(object) => node = object,
            None => break,
        }
    }
    if keys.is_empty() {
        keys.push(bare(access));
    }
    keys
}

/// The key that an access looks up at last.
fn last_key(access: Node<'_>) -> Option<Node<'_>> {
    let key = match access.kind() {
        Kind::ComparisonOperator => access.first(),
        Kind::Subscript => access.child(Field::Subscript),
        Kind::Call => method_object(access).and_then(|_| argument(access)),
        _ => None,
    };
    key.map(bare)
}

/// The first argument of a call.
fn argument(call: Node<'_>) -> Option<Node<'_>> {
    call.child(Field::Arguments)?.first()
}

/// What the method is called on.
fn method_object(call: Node<'_>) -> Option<Node<'_>> {
    let function = call.child(Field::Function).filter(|node| node.kind() == Kind::Attribute)?;
    function.child(Field::Object)
}

/// An expression without parentheses around it.
pub(super) fn bare(node: Node<'_>) -> Node<'_> {
    let mut node = node;
    while node.kind() == Kind::ParenthesizedExpression {
        let Some(inner) = node.first() else { break };
        node = inner;
    }
    node
}

/// Whether this is one string literal that reads `text`.
pub(super) fn reads(node: Node<'_>, text: &str) -> bool {
    let mut content =
        node.children().filter(|part| !matches!(part.kind(), Kind::StringStart | Kind::StringEnd));
    let is_bytes = || {
        let start = node.child_of_kind(Kind::StringStart).map_or("", Node::text);
        start.contains(['b', 'B'])
    };
    node.kind() == Kind::String
        && content
            .next()
            .is_some_and(|part| part.kind() == Kind::StringContent && part.text() == text)
        && content.next().is_none()
        && !is_bytes()
}

/// The string literals in an expression that read `text`.
pub(super) fn literals<'c>(node: Node<'c>, text: &str) -> Vec<Node<'c>> {
    node.descendants().filter(|inner| reads(*inner, text)).collect()
}

/// A name with dots.
pub(super) fn dotted(node: Node<'_>) -> Option<Vec<Name>> {
    match node.kind() {
        Kind::Identifier => Some(vec![Name::new(node.text())]),
        Kind::Attribute => {
            let mut names = dotted(node.child(Field::Object)?)?;
            names.push(Name::new(node.child(Field::Attribute)?.text()));
            Some(names)
        }
        _ => None,
    }
}
