//! Constants and members of enums whose value is the name.

use facts::places::{Anchor, FileId};
use graph::handler::ClassRef;
use graph::names::{Definition, Lookup};
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;
use text::span::Span;

use super::Refusal;
use super::draft::Draft;
use super::page::{self, Page};
use crate::place::Place;

/// What holds the name for others to use.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Holder {
    /// What it is.
    pub(super) definition: Definition,
    /// Its own name.
    pub(super) name: Name,
    /// Where that stands.
    pub(super) at: Place,
}

/// The string literal with the name in it, and what holds it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub(super) literal: Place,
    pub(super) holder: Holder,
}

/// What `node`, a name in this file, stands for.
pub(super) fn definition(
    draft: &Draft<'_, '_>,
    page: &Page<'_>,
    node: Node<'_>,
) -> Option<Definition> {
    let graph = draft.question.graph();
    let lookup = Lookup::new(graph.files(), graph.settings());
    let dotted = page::dotted(node)?;
    if let [first, name, ..] = dotted.as_slice()
        && matches!(first.as_str(), "self" | "cls")
    {
        let found = lookup.attribute(class_around(draft, page, node.span())?, *name)?;
        return Some(Definition::Attribute(found.class, *name));
    }
    let meaning = lookup.resolve(page.file, &dotted);
    let rest = dotted.get(dotted.len() - meaning.rest..)?;
    let is_whole = match meaning.definition {
        Definition::Constant(..) => rest.is_empty(),
        Definition::Attribute(..) => {
            rest.is_empty() || matches!(rest, [last] if last.as_str() == "value")
        }
        _ => false,
    };
    is_whole.then_some(meaning.definition)
}

/// The class that a place lies in.
fn class_around(draft: &Draft<'_, '_>, page: &Page<'_>, span: Span) -> Option<ClassRef> {
    let is_around =
        |node: &Node<'_>| node.kind() == Kind::ClassDefinition && node.span().contains(span);
    let class = page.nodes().filter(is_around).last()?;
    let name = class.child(Field::Name)?.span();
    let known = draft.question.graph().files().get(page.file)?;
    let classes = &known.facts.as_ref()?.python.as_deref()?.classes;
    (0..).zip(classes).find_map(|(index, class)| {
        let at = Anchor { file: page.file, local: class.at };
        let is_it = draft.question.place(at).is_some_and(|place| place.span == name);
        is_it.then_some(ClassRef { file: page.file, index })
    })
}

/// Where the value of a definition says `old`; refused where it does not say it once.
pub(super) fn held(
    draft: &Draft<'_, '_>,
    definition: Definition,
    old: &str,
) -> Result<Held, Refusal> {
    let unknown = || Refusal::new(format!("it cannot be seen where `{old}` is written"));
    let (file, name, at) = place(draft, definition).ok_or_else(unknown)?;
    let found = page::open(draft.question, file, |page| {
        let assignment = assignment(page, name, at)?;
        let literals = assignment
            .child(Field::Right)
            .map(|right| page::literals(right, old))
            .unwrap_or_default();
        let spans: Vec<Span> = literals.into_iter().map(Node::span).collect();
        Some((assignment.child(Field::Left)?.span(), spans))
    });
    let (left, literals) = found.flatten().ok_or_else(unknown)?;
    let at = Place { file, span: left };
    match literals.as_slice() {
        [only] => Ok(Held {
            literal: Place { file, span: *only },
            holder: Holder { definition, name, at },
        }),
        [] => Err(draft.refused(at, "computes it")),
        _ => Err(draft.refused(at, "says it more than once")),
    }
}

/// The file and name of a definition, and its place where facts keep one.
fn place(draft: &Draft<'_, '_>, definition: Definition) -> Option<(FileId, Name, Option<Span>)> {
    let graph = draft.question.graph();
    let python = |file: FileId| graph.files().get(file)?.facts.as_ref()?.python.as_deref();
    match definition {
        Definition::Constant(file, index) => {
            let (name, _) = python(file)?.constants.get(index as usize)?;
            Some((file, *name, None))
        }
        Definition::Attribute(class, name) => {
            let attributes = &python(class.file)?.classes.get(class.index as usize)?.attributes;
            let (_, _, local) = attributes.iter().rev().find(|(own, ..)| *own == name)?;
            let place = draft.question.place(Anchor { file: class.file, local: *local })?;
            Some((class.file, name, Some(place.span)))
        }
        _ => None,
    }
}

/// The assignment that binds a name: at this place, or else outside of classes and functions.
fn assignment<'c>(page: &Page<'c>, name: Name, at: Option<Span>) -> Option<Node<'c>> {
    let is_it = |node: &Node<'c>| {
        let left = node.child(Field::Left).filter(|_| node.kind() == Kind::Assignment);
        left.is_some_and(|left| match at {
            Some(at) => left.span() == at,
            None => left.kind() == Kind::Identifier && left.text() == name.as_str(),
        })
    };
    if at.is_some() {
        return page.nodes().find(is_it);
    }
    let statements = page.cst.root().children();
    statements.filter_map(Node::first).find(is_it)
}

/// Refuses where something uses the constant besides the places that are `allowed`.
pub(super) fn is_used_only(
    draft: &Draft<'_, '_>,
    holder: &Holder,
    allowed: &dyn Fn(Place) -> bool,
) -> Result<(), Refusal> {
    let graph = draft.question.graph();
    for (file, known) in graph.files().by_path() {
        let is_python = known.facts.as_ref().is_some_and(|facts| facts.python.is_some());
        if !is_python || !draft.question.text(file).contains(holder.name.as_str()) {
            continue;
        }
        let other = page::open(draft.question, file, |page| {
            let mut uses = uses(page, holder.name).into_iter();
            uses.find_map(|node| {
                let place = Place { file, span: node.span() };
                let is_other = place != holder.at
                    && !allowed(place)
                    && definition(draft, page, node) == Some(holder.definition);
                is_other.then_some(place)
            })
        });
        if let Some(place) = other.flatten() {
            let why = format!("uses `{}`, which holds it, for something else", holder.name);
            return Err(draft.refused(place, &why));
        }
    }
    Ok(())
}

/// The names and attributes in a file that are called so; imports are left out.
fn uses<'c>(page: &Page<'c>, name: Name) -> Vec<Node<'c>> {
    let is_import = |kind: Kind| {
        matches!(
            kind,
            Kind::ImportStatement | Kind::ImportFromStatement | Kind::FutureImportStatement
        )
    };
    let imports: Vec<Span> =
        page.nodes().filter(|node| is_import(node.kind())).map(Node::span).collect();
    let is_it = |node: &Node<'c>| {
        let named = match node.kind() {
            Kind::Identifier => node.field() != Field::Attribute && node.text() == name.as_str(),
            Kind::Attribute => {
                let last = node.child(Field::Attribute);
                last.is_some_and(|last| last.text() == name.as_str())
            }
            _ => false,
        };
        named && !imports.iter().any(|import| import.contains(node.span()))
    };
    page.nodes().filter(is_it).collect()
}
