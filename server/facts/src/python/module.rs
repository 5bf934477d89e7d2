//! What stands outside functions, and the functions in their order.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use syntax::python::cst::{Closed, Cst, Node, Outline};
use syntax::python::kind::{Field, Kind};
use text::name::Name;
use text::span::Span;

use super::functions::{Around, unit};
use super::recovery::{is_broken_outside_classes, swallows};
use super::scope::Scope;
use super::unit::Unit;
use super::{
    Class, Constant, PythonFacts, Registration, attributes, classes, declarations, drawings,
    imports, provenance, registrations,
};
use crate::frameworks::langgraph;
use crate::places::{FunctionPlaces, LocalAnchor, Places};

/// An outermost function with what it came from.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    text: Arc<str>,
    class: Option<Name>,
    unit: Arc<Unit>,
}

/// A function's text, class, and index in the file.
type Identity<'f> = (&'f str, Option<Name>, u32);

/// A file that is being read.
pub(super) struct File<'f> {
    source: &'f str,
    closed: &'f [Closed<'f>],
    pub(super) facts: PythonFacts,
    pub(super) places: Places,
    groups: u32,
    /// Calls outside functions that may set attributes of telemetry.
    sites: Vec<Node<'f>>,
    /// Whether code outside functions draws a workflow.
    draws: bool,
    /// The names of the module that are bound so far; for constants, their index.
    bound: FxHashMap<Name, Option<usize>>,
    /// The functions of the text before; none if nothing is kept.
    previous: Option<FxHashMap<Identity<'f>, &'f Kept>>,
    pub(super) kept: Vec<Kept>,
}

/// Where a statement stands.
#[derive(Clone, Copy)]
struct Site {
    /// The class whose body it is in, by index.
    class: Option<usize>,
    /// Whether it may be left out: it stands in an `if` or its like.
    maybe: bool,
    /// Levels of blocks around it.
    depth: usize,
}

impl<'f> File<'f> {
    /// Reads a file. Functions are taken over from `previous`, and kept, if it is given.
    pub(super) fn read(
        source: &'f str,
        outline: &'f Outline<'f>,
        previous: Option<&'f [Kept]>,
    ) -> File<'f> {
        let by_text = |kept: &'f Kept| ((&*kept.text, kept.class, kept.unit.base), kept);
        let mut file = File {
            source,
            closed: &outline.functions,
            facts: PythonFacts::default(),
            places: Places::default(),
            // Group 0 is the module's body.
            groups: 1,
            sites: Vec::new(),
            draws: false,
            bound: FxHashMap::default(),
            previous: previous.map(|units| units.iter().map(by_text).collect()),
            kept: Vec::new(),
        };
        let root = outline.cst.root();
        file.facts.broken = is_broken_outside_classes(root);
        file.block(root, Site { class: None, maybe: false, depth: 0 });
        file.attributes(root);
        if file.draws {
            drawings::of_module(root, &mut file.facts, &mut file.places);
        }
        file
    }

    fn anchor(&mut self, span: Span) -> LocalAnchor {
        self.places.append(span)
    }

    fn block(&mut self, block: Node<'f>, site: Site) {
        let site = Site { depth: site.depth + 1, ..site };
        block.children().for_each(|statement| self.statement(statement, site));
    }

    fn statement(&mut self, node: Node<'f>, site: Site) {
        match node.kind() {
            Kind::FunctionDefinition => self.function(node, site),
            Kind::ClassDefinition | Kind::DecoratedDefinition => self.class(node, site),
            Kind::ImportStatement | Kind::ImportFromStatement => {
                let mut found = Vec::new();
                imports::read(node, &mut found, &mut |span| self.anchor(span));
                if site.class.is_none() {
                    found.iter().for_each(|import| self.bind_unknown(import.binding));
                }
                self.facts.imports.append(&mut found);
            }
            Kind::ExpressionStatement => self.expression_statement(node, site),
            Kind::ForStatement | Kind::WithStatement | Kind::WhileStatement => {
                let targets = node.children().filter(|child| child.kind() != Kind::Block);
                for target in targets.collect::<Vec<_>>() {
                    self.registrations(target, site);
                    self.bind_targets(target, site);
                }
                self.inner_blocks(node, site);
            }
            Kind::IfStatement | Kind::TryStatement | Kind::MatchStatement | Kind::Error => {
                self.inner_blocks(node, site);
            }
            _ => {}
        }
    }

    /// The blocks in a compound statement; what is bound in them may not be.
    fn inner_blocks(&mut self, node: Node<'f>, site: Site) {
        let site = Site { maybe: true, ..site };
        if node.kind() == Kind::Error {
            return self.block(node, site);
        }
        for child in node.children() {
            match child.kind() {
                Kind::Block => self.block(child, site),
                Kind::ElifClause
                | Kind::ElseClause
                | Kind::ExceptClause
                | Kind::FinallyClause
                | Kind::CaseClause => self.inner_blocks(child, site),
                _ => {}
            }
        }
    }

    fn bind_targets(&mut self, node: Node<'f>, site: Site) {
        let binds = node.field() == Field::Left || node.kind() == Kind::WithClause;
        if !binds || site.class.is_some() {
            return;
        }
        for name in node.descendants().filter(|inner| inner.kind() == Kind::Identifier) {
            if node.field() == Field::Left || is_alias(node, name) {
                self.bind_unknown(Name::new(name.text()));
            }
        }
    }

    fn expression_statement(&mut self, node: Node<'f>, site: Site) {
        for child in node.children() {
            match child.kind() {
                Kind::Assignment => self.assignment(child, site),
                Kind::AugmentedAssignment => {
                    let left = child.child(Field::Left);
                    let name = left.filter(|left| left.kind() == Kind::Identifier);
                    if let (Some(name), None) = (name, site.class) {
                        self.bind_unknown(Name::new(name.text()));
                    }
                }
                _ => {}
            }
            self.registrations(child, site);
        }
    }

    fn assignment(&mut self, node: Node<'f>, site: Site) {
        let mut found = Vec::new();
        classes::assigned(node, &mut found);
        self.declaration(node, site);
        for (target, value) in found {
            let name = Name::new(target.text());
            match site.class {
                Some(class) => {
                    let at = self.anchor(target.span());
                    let value = if site.maybe { Constant::Unknown } else { value };
                    self.attribute(class, name, value, at);
                }
                None if site.maybe => self.bind_constant(name, Constant::Unknown),
                None => self.bind_constant(name, value),
            }
        }
    }

    /// What a class declares of the context with an attribute; the last one counts.
    fn declaration(&mut self, node: Node<'f>, site: Site) {
        let (Some(class), Some(target)) = (site.class, node.child(Field::Left)) else { return };
        let Some(value) = node.child(Field::Right) else { return };
        let places = &mut self.places;
        let read = declarations::read(target, value, &mut |span| places.append(span));
        let (Some(mut read), Some(class)) = (read, self.facts.classes.get_mut(class)) else {
            return;
        };
        read.open |= site.maybe;
        class.declarations.retain(|known| known.side != read.side);
        class.declarations.push(read);
    }

    fn attribute(&mut self, class: usize, name: Name, value: Constant, at: LocalAnchor) {
        if let Some(class) = self.facts.classes.get_mut(class) {
            class.attributes.retain(|(known, ..)| *known != name);
            class.attributes.push((name, value, at));
        }
    }

    fn bind_constant(&mut self, name: Name, value: Constant) {
        match self.bound.insert(name, Some(self.facts.constants.len())) {
            None => self.facts.constants.push((name, value)),
            Some(None) => self.facts.constants.push((name, Constant::Unknown)),
            Some(Some(known)) => {
                self.bound.insert(name, Some(known));
                self.facts.constants[known].1 = Constant::Unknown;
            }
        }
    }

    /// A name that is bound to something that is no constant.
    fn bind_unknown(&mut self, name: Name) {
        if let Some(known) = *self.bound.entry(name).or_default() {
            self.facts.constants[known].1 = Constant::Unknown;
        }
    }

    fn registrations(&mut self, node: Node<'f>, site: Site) {
        for inner in node.descendants() {
            self.draws |= inner.kind() == Kind::Call && langgraph::draws(inner);
            self.sites.extend(attributes::is_site(inner).then_some(inner));
            let places = &mut self.places;
            let call = provenance::read(inner, &mut |span| places.append(span));
            self.facts.checker_calls.extend(call);
            let Some(found) = registrations::read(inner) else {
                continue;
            };
            let group = if found.stands_alone || site.class.is_some() {
                self.groups += 1;
                self.groups - 1
            } else {
                0
            };
            for pair in found.pairs {
                let at = self.anchor(pair.span);
                self.facts.registrations.push(pair.at(at, group));
            }
        }
    }

    /// Attributes that are set outside functions, now that everything is known of the file.
    fn attributes(&mut self, root: Node<'f>) {
        let sites = std::mem::take(&mut self.sites);
        if !sites.is_empty() {
            let scope = Scope::of(root, std::iter::empty());
            let around =
                attributes::Around { scope: &scope, is_captured: &|_| false, is_method: false };
            let found = attributes::read(root, &sites, around, &mut |span| self.anchor(span));
            self.facts.attributes.extend(found);
        }
        if !attributes::imports_telemetry(&self.facts.imports) {
            self.facts.attributes.retain(|group| !group.is_guess);
        }
    }

    fn class(&mut self, node: Node<'f>, site: Site) {
        let outer = site.class.and_then(|class| self.facts.classes.get(class));
        let outer = outer.map(|class| class.name);
        let Some(class) = classes::head(node, outer, &mut |span| self.anchor(span)) else {
            return;
        };
        if site.class.is_none() {
            self.bind_unknown(class.name);
        }
        let index = self.facts.classes.len();
        let block = block_of(node);
        self.facts.classes.push(class);
        if let Some(block) = block {
            self.block(block, Site { class: Some(index), maybe: false, ..site });
        }
    }

    fn function(&mut self, node: Node<'f>, site: Site) {
        // Among text that does not parse, there may be functions that no statement leads to.
        let start = node.span().start;
        let Ok(at) = self.closed.binary_search_by_key(&start, |closed| closed.span().start) else {
            return;
        };
        let closed = self.closed[at];
        self.facts.broken |= closed.has_error() && swallows(self.source, node.span());
        let class = site.class.and_then(|class| self.facts.classes.get(class));
        let class = class.map(|class: &Class| class.name);
        let base = u32::try_from(self.facts.functions.len()).unwrap_or(u32::MAX);
        let span = node.span();
        let text = span.of(self.source);
        // How broken text is taken apart depends on what stands around it.
        let steady = self.previous.as_ref().filter(|_| !closed.has_error());
        let known = steady.and_then(|known| known.get(&(text, class, base)));
        let unit = match known {
            Some(kept) => kept.unit.clone(),
            None => Arc::new(read_unit(self.source, closed, class, base)),
        };
        if steady.is_some() {
            let text = known.map_or_else(|| text.into(), |kept| kept.text.clone());
            self.kept.push(Kept { text, class, unit: unit.clone() });
        }
        self.take(&unit, span, site);
    }

    /// Adds what an outermost function, which begins at `span`, gives.
    fn take(&mut self, unit: &Unit, span: Span, site: Site) {
        let index = self.facts.functions.len();
        for read in unit.functions.iter().flatten() {
            self.facts.functions.push(read.function.clone());
            let FunctionPlaces { span: within, anchors } = &read.places;
            let moved = within.shifted(span.start);
            self.places.functions.push(FunctionPlaces { span: moved, anchors: anchors.clone() });
        }
        self.facts.imports.extend_from_slice(&unit.imports);
        let group = self.groups;
        self.groups += unit.groups;
        self.facts.registrations.extend(
            unit.registrations
                .iter()
                .map(|found| Registration { group: found.group + group, ..found.clone() }),
        );
        self.facts.attributes.extend_from_slice(&unit.attributes);
        self.facts.checker_calls.extend_from_slice(&unit.checker_calls);
        self.facts.builders.extend_from_slice(&unit.builders);
        let Some(name) = self.facts.functions.get(index).map(|function| function.name) else {
            return;
        };
        let Some(class) = site.class else {
            return self.bind_unknown(name);
        };
        if let Some(class) = self.facts.classes.get_mut(class) {
            class.methods.push((name, index));
        }
        if let Some((value, within)) = &unit.returns {
            let at = self.anchor(within.shifted(span.start));
            self.attribute(class, name, value.clone(), at);
        }
    }
}

fn read_unit(source: &str, closed: Closed<'_>, class: Option<Name>, base: u32) -> Unit {
    let prefix = class.map_or_else(String::new, |class| format!("{class}."));
    let cst = Cst::function(source, closed);
    let mut read = unit(&cst, base, &Around { class, prefix, ..Around::default() });
    let start = closed.span().start;
    let within = |span: Span| Span { start: span.start - start, end: span.end - start };
    for read in read.functions.iter_mut().flatten() {
        read.places.span = within(read.places.span);
    }
    if let Some((_, span)) = &mut read.returns {
        *span = within(*span);
    }
    read
}

fn block_of(node: Node<'_>) -> Option<Node<'_>> {
    match node.kind() {
        Kind::DecoratedDefinition => node.child(Field::Definition)?.child(Field::Body),
        _ => node.child(Field::Body),
    }
}

/// Whether `name` stands after an `as` in `clause`.
fn is_alias(clause: Node<'_>, name: Node<'_>) -> bool {
    clause
        .descendants()
        .any(|inner| inner.kind() == Kind::AsPatternTarget && inner.span().contains(name.span()))
}
