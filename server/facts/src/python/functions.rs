//! Functions: their heads, and the reading of their bodies.

use rustc_hash::FxHashMap;
use syntax::python::cst::{Cst, Node};
use syntax::python::kind::{Field, Kind};
use text::exact::boxed;
use text::name::Name;
use text::span::Span;

use super::body::{Body, anchor_in, sequence};
use super::constants::{bare_name, call, constant};
use super::failures::Caught;
use super::held::{Alias, Held};
use super::scope::{Scope, visit};
use super::unit::Unit;
use super::variables::Variables;
use super::{
    Closure, Constant, ConstantCall, Function, Gives, Parameter, ParameterKind, Place, Root,
    attributes, imports, provenance, registrations,
};
use crate::frameworks::{Update, langgraph};
use crate::places::FunctionPlaces;

/// What surrounds a function.
#[derive(Clone, Debug, Default)]
pub(super) struct Around<'c> {
    /// The class whose body it stands in.
    pub(super) class: Option<Name>,
    /// What its qualified name begins with: `Class.`, `outer.<locals>.`
    pub(super) prefix: String,
    /// The variables that it takes from functions around it.
    pub(super) captured: FxHashMap<&'c str, Held<'c>>,
}

/// Reads an outermost function and those in it.
pub(super) fn unit(cst: &Cst<'_>, base: u32, around: &Around<'_>) -> Unit {
    let mut unit = Unit { base, ..Unit::default() };
    let root = cst.root();
    unit.returns = definition(root).and_then(returned_constant);
    let around = Around {
        captured: FxHashMap::default(),
        class: around.class,
        prefix: around.prefix.clone(),
    };
    function(&mut unit, root, around);
    unit
}

/// The function that decorators stand before.
pub(super) fn definition(node: Node<'_>) -> Option<Node<'_>> {
    match node.kind() {
        Kind::DecoratedDefinition => node.child(Field::Definition),
        _ => Some(node),
    }
}

/// The decorators of a function or class.
pub(super) fn decorators(node: Node<'_>) -> Vec<ConstantCall> {
    let decorators = node.children().filter(|child| child.kind() == Kind::Decorator);
    decorators.filter_map(|decorator| call(decorator.first()?)).collect()
}

/// Reads one function, and gives its index in the file.
pub(super) fn function<'c>(unit: &mut Unit, node: Node<'c>, around: Around<'c>) -> u32 {
    let index = unit.reserve();
    let Some(definition) = definition(node) else {
        return index;
    };
    let decorators = decorators(node);
    let (parameters, names) = parameters(definition);
    let name = definition.child(Field::Name);
    let title = name.map_or("<lambda>", Node::text);
    let block = definition.child(Field::Body);
    let is_method = around.class.is_some()
        && definition.kind() != Kind::Lambda
        && !has_decorator(&decorators, "staticmethod");
    let mut body = Body {
        index,
        start: node.span().start,
        anchors: Vec::new(),
        variables: Variables::default(),
        scope: block.map(|block| Scope::of(block, names.iter().copied())).unwrap_or_default(),
        captured: around.captured,
        out: Vec::new(),
        dead: false,
        qualified: format!("{}{title}", around.prefix),
        is_method,
        reaches_out: false,
        current: node.span(),
        block,
        loose: None,
        objects: FxHashMap::default(),
        gives: Gives::default(),
        updated: None,
        unit,
        caught: Caught::default(),
    };
    body.bind_parameters(&names);
    let at = body.anchor(name.unwrap_or(definition).span());
    let mut draws = false;
    if let Some(block) = block {
        draws = body.side_facts(block);
        match definition.kind() {
            Kind::Lambda => {
                let value = body.eval(block);
                body.discard(value);
            }
            _ => body.block(block),
        }
    }
    let draws = draws && definition.kind() != Kind::Lambda;
    let update = block.and_then(|block| body.framework_facts(block, &names, draws));
    let function = Function {
        name: Name::new(title),
        qualified: Name::new(&body.qualified),
        class: around.class,
        parameters: boxed(parameters),
        decorators: boxed(decorators),
        effect: sequence(std::mem::take(&mut body.out)),
        gives: body.gives,
        makes: block.and_then(|block| body.makes(block)),
        update,
        open: node.is_broken(),
        at,
    };
    let reaches_out = body.reaches_out;
    let places = FunctionPlaces { span: node.span(), anchors: body.anchors.into() };
    unit.fill(index, function, places, reaches_out);
    index
}

fn has_decorator(decorators: &[ConstantCall], name: &str) -> bool {
    decorators
        .iter()
        .any(|decorator| decorator.callee.last().is_some_and(|last| last.as_str() == name))
}

/// The parameters, and their names as written.
fn parameters(definition: Node<'_>) -> (Vec<Parameter>, Vec<&str>) {
    let mut parameters = Vec::new();
    let mut names = Vec::new();
    let mut keyword_only = false;
    let nodes = definition.child(Field::Parameters).into_iter().flat_map(Node::children);
    for node in nodes {
        let (name, annotation) = match node.kind() {
            Kind::KeywordSeparator => {
                keyword_only = true;
                continue;
            }
            Kind::DefaultParameter | Kind::TypedDefaultParameter => {
                (node.child(Field::Name), node.child(Field::Type))
            }
            Kind::TypedParameter => (node.first(), node.child(Field::Type)),
            _ => (Some(node), None),
        };
        let Some(name) = name else { continue };
        let kind = match name.kind() {
            Kind::ListSplatPattern => ParameterKind::Positionals,
            Kind::DictionarySplatPattern => ParameterKind::Keywords,
            Kind::Identifier if keyword_only => ParameterKind::KeywordOnly,
            Kind::Identifier => ParameterKind::Normal,
            _ => continue,
        };
        keyword_only |= kind == ParameterKind::Positionals;
        let name =
            if name.kind() == Kind::Identifier { name } else { name.first().unwrap_or(name) };
        let annotation = annotation.and_then(bare_name);
        parameters.push(Parameter { name: Name::new(name.text()), annotation, kind });
        names.push(name.text());
    }
    (parameters, names)
}

/// What a function returns that does nothing but return something constant.
fn returned_constant(definition: Node<'_>) -> Option<(Constant, Span)> {
    let block = definition.child(Field::Body)?;
    let mut statements = block.children().filter(|statement| {
        let text = statement.first().is_some_and(|first| first.kind() == Kind::String);
        !(statement.kind() == Kind::ExpressionStatement && text)
    });
    let only = statements.next().filter(|only| only.kind() == Kind::ReturnStatement)?;
    if statements.next().is_some() {
        return None;
    }
    let value = constant(only.first()?);
    (value != Constant::Unknown).then(|| (value, only.span()))
}

/// A name, or `partial(name, ...)` and how many arguments that gives.
fn closure(node: Node<'_>) -> Option<(&str, u32)> {
    if node.kind() == Kind::Identifier {
        return Some((node.text(), 0));
    }
    let called = node.child(Field::Function).filter(|_| node.kind() == Kind::Call)?;
    let last = called.child(Field::Attribute).unwrap_or(called);
    let mut arguments = node.child(Field::Arguments)?.children();
    let first = arguments.next().filter(|first| first.kind() == Kind::Identifier)?;
    let given = arguments.filter(|argument| argument.kind() != Kind::KeywordArgument).count();
    (last.text() == "partial").then(|| (first.text(), u32::try_from(given).unwrap_or(u32::MAX)))
}

impl<'c> Body<'_, 'c> {
    fn bind_parameters(&mut self, names: &[&'c str]) {
        for (index, name) in names.iter().enumerate() {
            let root = Root::Parameter(u32::try_from(index).unwrap_or(u32::MAX));
            let held = match index {
                0 if self.is_method => Held::SelfObject,
                _ => Held::Part(Alias::of(Place::whole(root))),
            };
            self.variables.set(name, held);
        }
    }

    /// Imports, registrations, attributes of telemetry and names that checkers are told, which are facts
    /// about the file. Says whether a workflow is drawn.
    fn side_facts(&mut self, block: Node<'c>) -> bool {
        let mut found = Vec::new();
        let mut sites = Vec::new();
        visit(block, &mut |node| match node.kind() {
            Kind::ImportStatement | Kind::ImportFromStatement => found.push(node),
            Kind::Call | Kind::Dictionary | Kind::List => sites.push(node),
            _ => {}
        });
        self.attributes(block, &sites);
        for node in found {
            let mut read = Vec::new();
            imports::read(node, &mut read, &mut |span| self.anchor(span));
            self.unit.imports.append(&mut read);
        }
        self.registrations(&sites);
        let draws = sites.iter().any(|node| node.kind() == Kind::Call && langgraph::draws(*node));
        for node in sites {
            let call = provenance::read(node, &mut |span| self.anchor(span));
            self.unit.checker_calls.extend(call);
        }
        draws
    }

    /// The nested function that every `return` gives, as it is or with arguments of its own.
    fn makes(&self, block: Node<'c>) -> Option<Closure> {
        let mut returned: Option<(&str, u32)> = None;
        let mut is_one = true;
        visit(block, &mut |node| {
            if node.kind() == Kind::ReturnStatement {
                let found = node.first().and_then(closure);
                is_one &= found.is_some() && (returned.is_none() || returned == found);
                returned = found;
            }
        });
        let (name, given) = returned.filter(|_| is_one)?;
        let qualified = Name::new(&format!("{}.<locals>.{name}", self.qualified));
        Some(Closure { function: self.unit.function_named(qualified)?, given })
    }

    /// What frameworks are told, now that the functions in it are known: the workflows that the
    /// function draws, and what it gives back as changes of a state.
    fn framework_facts(
        &mut self,
        block: Node<'c>,
        parameters: &[&'c str],
        draws: bool,
    ) -> Option<Box<Update>> {
        let Body { unit, anchors, start, index, is_method, .. } = self;
        let function_at = |span: Span| unit.function_at(span.start);
        let code = langgraph::Code {
            function: Some(*index),
            is_method: *is_method,
            parameters,
            function_at: &function_at,
        };
        let mut anchor = |span| anchor_in(anchors, *start, *index, span);
        let builders = if draws { langgraph::read(block, &code, &mut anchor) } else { Vec::new() };
        let update = langgraph::updates::read(block, &code, &mut anchor).map(Box::new);
        unit.builders.extend(builders);
        update
    }

    fn registrations(&mut self, sites: &[Node<'c>]) {
        let shared = self.unit.groups;
        let mut used_shared = false;
        for node in sites {
            let Some(found) = registrations::read(*node) else {
                continue;
            };
            if !found.stands_alone && !used_shared {
                used_shared = true;
                self.unit.groups += 1;
            }
            let group = if found.stands_alone { self.unit.next_group() } else { shared };
            for pair in found.pairs {
                let at = self.anchor(pair.span);
                self.unit.registrations.push(pair.at(at, group));
            }
        }
    }

    fn attributes(&mut self, block: Node<'c>, sites: &[Node<'c>]) {
        let calls: Vec<Node<'c>> =
            sites.iter().copied().filter(|node| attributes::is_site(*node)).collect();
        if calls.is_empty() {
            return;
        }
        let Body { scope, captured, anchors, start, index, is_method, .. } = self;
        let around = attributes::Around {
            scope,
            is_captured: &|name| captured.contains_key(name),
            is_method: *is_method,
        };
        let mut anchor = |span| anchor_in(anchors, *start, *index, span);
        let found = attributes::read(block, &calls, around, &mut anchor);
        self.unit.attributes.extend(found);
    }
}
