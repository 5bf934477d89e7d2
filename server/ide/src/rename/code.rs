//! Names in Python.

use std::collections::BTreeSet;

use facts::places::{Anchor, FileId};
use facts::python::Key;
use graph::names::{Definition, Lookup};
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::edit::TextEdit;
use text::name::Name;
use text::span::Span;

use super::Refusal;
use super::bindings;
use super::draft::Draft;
use super::holder::{self, Holder};
use super::page::{self, Page};
use crate::place::Place;

/// What has no name of its own to be changed.
const COMPUTED: &str = "computes it";

/// A name in code that gives way to another.
pub(super) struct Code {
    old: Name,
    new: String,
    holders: Vec<Holder>,
    /// Where constants are used for the name.
    uses: BTreeSet<Place>,
}

impl Code {
    pub(super) fn new(old: Name, new: &str) -> Code {
        Code { old, new: new.to_owned(), holders: Vec::new(), uses: BTreeSet::new() }
    }

    /// The expression at an anchor is the name.
    pub(super) fn expression(
        &mut self,
        draft: &mut Draft<'_, '_>,
        at: Anchor,
    ) -> Result<(), Refusal> {
        let question = draft.question;
        let done = page::open(question, at.file, |page| {
            let node = page.marked(question, at)?;
            Some(self.node(draft, page, node))
        });
        done.flatten().unwrap_or_else(|| Err(draft.refused_at(at, COMPUTED)))
    }

    /// The literal at a place is the name.
    pub(super) fn text(&mut self, draft: &mut Draft<'_, '_>, at: Place) -> Result<(), Refusal> {
        let done = page::open(draft.question, at.file, |page| {
            let node = page.at(at.span)?;
            Some(self.node(draft, page, node))
        });
        done.flatten().unwrap_or_else(|| Err(draft.refused(at, COMPUTED)))
    }

    /// The attribute or method at an anchor has the name for its value.
    pub(super) fn value(&mut self, draft: &mut Draft<'_, '_>, at: Anchor) -> Result<(), Refusal> {
        let question = draft.question;
        let done = page::open(question, at.file, |page| {
            let node = value_of(page, page.marked(question, at)?.span())?;
            Some(self.node(draft, page, node))
        });
        done.flatten().unwrap_or_else(|| Err(draft.refused_at(at, COMPUTED)))
    }

    /// A decorator of the class or function whose name is at an anchor says the name; false where
    /// none does.
    pub(super) fn decorator(
        &mut self,
        draft: &mut Draft<'_, '_>,
        at: Anchor,
    ) -> Result<bool, Refusal> {
        let question = draft.question;
        let done = page::open(question, at.file, |page| {
            let name = page.marked(question, at)?.span();
            let decorated = page.nodes().filter(|node| {
                let definition = node.child(Field::Definition);
                node.kind() == Kind::DecoratedDefinition
                    && definition.and_then(|node| node.child(Field::Name)).map(Node::span)
                        == Some(name)
            });
            let decorators = decorated.last()?;
            let decorators = decorators.children().filter(|node| node.kind() == Kind::Decorator);
            let said = decorators.filter_map(Node::first).find_map(|call| self.argument(call));
            Some(match said {
                Some(node) => self.node(draft, page, node).map(|()| true),
                None => Ok(false),
            })
        });
        done.flatten().unwrap_or(Ok(false))
    }

    /// The argument of a call that is the name, or a name for it.
    fn argument<'c>(&self, call: Node<'c>) -> Option<Node<'c>> {
        let arguments = call.child(Field::Arguments)?;
        let values = arguments.children().map(|argument| match argument.kind() {
            Kind::KeywordArgument => argument.child(Field::Value).unwrap_or(argument),
            _ => argument,
        });
        let values: Vec<Node<'c>> = values.collect();
        let literal = values.iter().find(|node| page::reads(**node, self.old.as_str()));
        literal.or_else(|| values.iter().find(|node| page::dotted(**node).is_some())).copied()
    }

    /// `node` is the name.
    pub(super) fn node(
        &mut self,
        draft: &mut Draft<'_, '_>,
        page: &Page<'_>,
        node: Node<'_>,
    ) -> Result<(), Refusal> {
        let node = page::bare(node);
        let place = Place { file: page.file, span: node.span() };
        match node.kind() {
            Kind::String if page::reads(node, self.old.as_str()) => self.literal(draft, place),
            Kind::ConditionalExpression => match page::literals(node, self.old.as_str()).as_slice()
            {
                [only] => self.literal(draft, Place { span: only.span(), ..place }),
                _ => Err(draft.refused(place, COMPUTED)),
            },
            Kind::Identifier | Kind::Attribute => self.named(draft, page, node),
            _ => Err(draft.refused(place, COMPUTED)),
        }
    }

    /// A string literal is the name.
    fn literal(&self, draft: &mut Draft<'_, '_>, place: Place) -> Result<(), Refusal> {
        let why = "is written in a way that cannot be changed safely";
        draft.put_string(place, self.new.clone(), why)
    }

    /// A keyword is the name.
    pub(super) fn keyword(&self, draft: &mut Draft<'_, '_>, place: Place) -> Result<(), Refusal> {
        if !is_identifier(&self.new) {
            let why = format!("writes it as a keyword, which `{}` cannot be", self.new);
            return Err(draft.refused(place, &why));
        }
        draft.put(place.file, TextEdit::replace(place.span, self.new.clone()))
    }

    /// A variable, a constant or a member of an enum is the name.
    fn named(
        &mut self,
        draft: &mut Draft<'_, '_>,
        page: &Page<'_>,
        node: Node<'_>,
    ) -> Result<(), Refusal> {
        if node.kind() == Kind::Identifier {
            for function in page.functions_around(node.span()) {
                let bound = bindings::of(function, node.text());
                if !bound.is_empty() {
                    return self.variable(draft, page, (function, node), &bound);
                }
            }
        }
        let place = Place { file: page.file, span: node.span() };
        self.constant(draft, page, node, place)
    }

    fn constant(
        &mut self,
        draft: &mut Draft<'_, '_>,
        page: &Page<'_>,
        node: Node<'_>,
        used: Place,
    ) -> Result<(), Refusal> {
        let place = Place { file: page.file, span: node.span() };
        let Some(definition) = holder::definition(draft, page, node) else {
            return Err(draft.refused(place, COMPUTED));
        };
        let held = holder::held(draft, definition, self.old.as_str())?;
        self.uses.insert(used);
        if !self.holders.contains(&held.holder) {
            self.holders.push(held.holder);
        }
        self.literal(draft, held.literal)
    }

    /// A variable that is bound once, to the name or to one of several in turn, and is used for
    /// nothing but keys.
    fn variable(
        &mut self,
        draft: &mut Draft<'_, '_>,
        page: &Page<'_>,
        (function, node): (Node<'_>, Node<'_>),
        bound: &[bindings::Binding<'_>],
    ) -> Result<(), Refusal> {
        let place = |span: Span| Place { file: page.file, span };
        let [bindings::Binding { name, to: Some(to) }] = bound else {
            return Err(draft.refused(place(node.span()), COMPUTED));
        };
        let keys = keys_in(draft, page);
        let other = function.descendants().find(|inner| {
            inner.kind() == Kind::Identifier
                && inner.text() == node.text()
                && !matches!(inner.field(), Field::Attribute)
                && inner.span() != *name
                && !keys.contains(&inner.span())
        });
        if let Some(other) = other {
            let why = format!("uses `{}`, which holds it, for something else", node.text());
            return Err(draft.refused(place(other.span()), &why));
        }
        match page::literals(*to, self.old.as_str()).as_slice() {
            [only] => self.literal(draft, place(only.span())),
            [] => {
                let mut names = to.descendants().filter(|inner| {
                    matches!(inner.kind(), Kind::Identifier | Kind::Attribute)
                        && holder::definition(draft, page, *inner).is_some()
                });
                match names.next() {
                    Some(constant) => self.constant(draft, page, constant, place(to.span())),
                    None => Err(draft.refused(place(to.span()), COMPUTED)),
                }
            }
            _ => Err(draft.refused(place(to.span()), "says it more than once")),
        }
    }

    /// Whether what an anchor leads to, an attribute or an expression, is a constant that changes.
    pub(super) fn leads_to_changed(
        &self,
        draft: &Draft<'_, '_>,
        at: Anchor,
    ) -> Result<bool, Refusal> {
        if self.holders.is_empty() {
            return Ok(false);
        }
        let found = page::open(draft.question, at.file, |page| {
            let node = page.marked(draft.question, at)?;
            let node = value_of(page, node.span()).unwrap_or(node);
            let definition = holder::definition(draft, page, page::bare(node))?;
            Some(self.holds(definition))
        });
        Ok(found.flatten().unwrap_or(false))
    }

    fn holds(&self, definition: Definition) -> bool {
        self.holders.iter().any(|holder| holder.definition == definition)
    }

    /// Refuses where code of a file takes a constant that changes for a key of something.
    pub(super) fn is_no_key(&self, draft: &Draft<'_, '_>, file: FileId) -> Result<(), Refusal> {
        let graph = draft.question.graph();
        let facts = graph.files().get(file).and_then(|known| known.facts.as_ref());
        let Some(python) = facts.and_then(|facts| facts.python.as_deref()) else { return Ok(()) };
        if self.holders.is_empty() {
            return Ok(());
        }
        let lookup = Lookup::new(graph.files(), graph.settings());
        for access in python.functions.iter().flat_map(|function| function.effect.accesses()) {
            for key in access.place.keys.iter() {
                let Key::Name(dotted) = key else { continue };
                if self.holds(lookup.resolve(file, dotted).definition) {
                    let at = Anchor { file, local: access.at };
                    return Err(draft.refused_at(at, "uses the same constant for a field"));
                }
            }
        }
        Ok(())
    }

    /// Whatever else uses a constant that changes means the same thing by it.
    pub(super) fn forget_uses(&mut self) {
        self.holders.clear();
    }

    /// Refuses where a constant that changes is used for anything else.
    pub(super) fn finish(self, draft: &Draft<'_, '_>) -> Result<(), Refusal> {
        for holder in &self.holders {
            let is_allowed = |place: Place| {
                let known =
                    |used: &Place| used.file == place.file && used.span.contains(place.span);
                self.uses.iter().any(known)
            };
            holder::is_used_only(draft, holder, &is_allowed)?;
        }
        Ok(())
    }
}

/// The places of all last keys in the accesses of a file.
fn keys_in(draft: &Draft<'_, '_>, page: &Page<'_>) -> BTreeSet<Span> {
    let facts =
        draft.question.graph().files().get(page.file).and_then(|known| known.facts.as_ref());
    let functions = facts.and_then(|facts| facts.python.as_deref()).into_iter();
    let accesses = functions
        .flat_map(|python| &python.functions)
        .flat_map(|function| function.effect.accesses());
    let key = |local| {
        let keys = page.keys_at(draft.question, Anchor { file: page.file, local })?;
        keys.first().map(|key| key.span())
    };
    accesses.filter_map(|access| key(access.at)).collect()
}

/// The value of the attribute or method whose name stands at `name`.
fn value_of<'c>(page: &Page<'c>, name: Span) -> Option<Node<'c>> {
    page.nodes().find_map(|node| match node.kind() {
        Kind::Assignment if node.child(Field::Left)?.span() == name => node.child(Field::Right),
        Kind::FunctionDefinition if node.child(Field::Name)?.span() == name => {
            let mut returned =
                node.descendants().filter(|inner| inner.kind() == Kind::ReturnStatement);
            let only = returned.next()?.first();
            only.filter(|_| returned.next().is_none())
        }
        _ => None,
    })
}

/// Whether Python takes the text for a name.
fn is_identifier(text: &str) -> bool {
    const KEYWORDS: [&str; 35] = [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class",
        "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global",
        "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return",
        "try", "while", "with", "yield",
    ];
    let mut letters = text.chars();
    letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_alphanumeric() || letter == '_')
        && !KEYWORDS.contains(&text)
}
