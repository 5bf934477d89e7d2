//! Statements in their order, with what each name stands for at that line.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;
use text::span::Span;

use super::Code;
use crate::frameworks::{Builder, Origin, Step};
use crate::places::LocalAnchor;

/// How many statements are read, those of loops once for each item.
const MOST_STATEMENTS: usize = 20_000;

/// What a name stands for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Bound<'c> {
    /// A builder, by its position.
    Builder(usize),
    /// The workflow that a builder has given.
    Workflow(usize),
    /// A function of this file, by its index.
    Function(u32),
    /// The parameter of this index.
    Parameter(u32),
    /// The value of an expression, to be looked at when it is needed.
    Value(Node<'c>),
    /// One of several things, or nothing that is followed.
    Unknown,
}

/// What each name stands for, attributes of `self` as they are written among them.
type Names<'c> = BTreeMap<&'c str, Bound<'c>>;

/// Reads one function, or the module's own code.
pub(super) struct Reader<'r, 'c> {
    pub(super) code: &'r Code<'r, 'c>,
    anchor: &'r mut dyn FnMut(Span) -> LocalAnchor,
    /// What is bound so far.
    pub(super) names: Names<'c>,
    /// What the functions are called that were defined so far, by index.
    titles: FxHashMap<u32, &'c str>,
    builders: Vec<(Origin, LocalAnchor, Vec<Step>)>,
    /// Builders that are returned, or whose workflows are.
    returned: Vec<usize>,
    statements: usize,
}

impl<'r, 'c> Reader<'r, 'c> {
    pub(super) fn new(
        code: &'r Code<'r, 'c>,
        anchor: &'r mut dyn FnMut(Span) -> LocalAnchor,
    ) -> Reader<'r, 'c> {
        let parameters = code.parameters.iter().zip(0..);
        let names = parameters.map(|(name, index)| (*name, Bound::Parameter(index))).collect();
        let titles = FxHashMap::default();
        Reader {
            code,
            anchor,
            names,
            titles,
            builders: Vec::new(),
            returned: Vec::new(),
            statements: 0,
        }
    }

    /// The builders.
    pub(super) fn finish(self) -> Vec<Builder> {
        let Reader { code, names, builders, returned, .. } = self;
        let mut known: Vec<(&str, usize)> = names
            .into_iter()
            .filter_map(|(name, bound)| match bound {
                Bound::Builder(builder) | Bound::Workflow(builder) => Some((name, builder)),
                _ => None,
            })
            .filter(|_| code.function.is_none())
            .collect();
        known.sort_unstable();
        let builder = |(index, (origin, at, steps)): (usize, (Origin, LocalAnchor, Vec<Step>))| {
            let names =
                known.iter().filter(|(_, of)| *of == index).map(|(name, _)| Name::new(name));
            Builder {
                function: code.function,
                origin,
                steps: steps.into(),
                names: names.collect(),
                is_returned: returned.contains(&index),
                at,
            }
        };
        builders.into_iter().enumerate().map(builder).collect()
    }

    /// What a function is called.
    pub(super) fn title(&self, function: u32) -> Option<&'c str> {
        self.titles.get(&function).copied()
    }

    pub(super) fn anchor(&mut self, node: Node<'_>) -> LocalAnchor {
        (self.anchor)(node.span())
    }

    /// Adds a builder, and gives its position.
    pub(super) fn builder(&mut self, origin: Origin, at: Node<'_>) -> usize {
        let at = self.anchor(at);
        self.builders.push((origin, at, Vec::new()));
        self.builders.len() - 1
    }

    /// Notes what is done with a builder.
    pub(super) fn step(&mut self, builder: usize, step: Step) {
        if let Some((_, _, steps)) = self.builders.get_mut(builder) {
            steps.push(step);
        }
    }

    pub(super) fn block(&mut self, block: Node<'c>) {
        block.children().for_each(|statement| self.statement(statement));
    }

    fn statement(&mut self, node: Node<'c>) {
        self.statements += 1;
        if self.statements > MOST_STATEMENTS {
            return self.open_all();
        }
        match node.kind() {
            Kind::ExpressionStatement => node.children().for_each(|child| self.effect(child)),
            Kind::ReturnStatement => {
                for child in node.children() {
                    if let Bound::Builder(one) | Bound::Workflow(one) = self.value(child) {
                        self.returned.push(one);
                    }
                }
            }
            Kind::FunctionDefinition | Kind::DecoratedDefinition => self.definition(node),
            Kind::ClassDefinition => self.forget(node.child(Field::Name)),
            Kind::ImportStatement | Kind::ImportFromStatement => self.import(node),
            Kind::ForStatement => self.for_statement(node),
            Kind::IfStatement | Kind::MatchStatement => self.branches(node),
            Kind::WithStatement | Kind::WhileStatement | Kind::TryStatement => {
                self.blocks_in(node);
            }
            _ => {}
        }
    }

    fn effect(&mut self, node: Node<'c>) {
        if node.kind() != Kind::Assignment {
            self.value(node);
            return;
        }
        let (left, right) = (node.child(Field::Left), node.child(Field::Right));
        let (Some(left), Some(right)) = (left, right) else { return };
        let value = if right.kind() == Kind::Assignment {
            self.effect(right);
            right.child(Field::Left).map_or(Bound::Unknown, |inner| self.value(inner))
        } else {
            self.value(right)
        };
        self.bind(left, value);
    }

    /// Binds what stands at the left of an assignment, or after a `for`.
    fn bind(&mut self, target: Node<'c>, value: Bound<'c>) {
        match target.kind() {
            Kind::Identifier => {
                self.names.insert(target.text(), value);
            }
            Kind::Attribute if self.is_own(target) => {
                self.names.insert(target.text(), value);
                self.keep(target, value);
            }
            Kind::TuplePattern | Kind::PatternList | Kind::ListPattern => {
                let parts = match value {
                    Bound::Value(node) => items(node),
                    _ => None,
                };
                let targets: Vec<Node<'c>> = target.children().collect();
                let parts = parts.filter(|parts| parts.len() == targets.len());
                for (index, target) in targets.into_iter().enumerate() {
                    let part = parts.as_ref().map_or(Bound::Unknown, |parts| {
                        parts.get(index).map_or(Bound::Unknown, |part| self.value(*part))
                    });
                    self.bind(target, part);
                }
            }
            _ => {}
        }
    }

    /// Notes the attribute in which a builder is kept.
    fn keep(&mut self, target: Node<'c>, value: Bound<'c>) {
        let (Bound::Builder(builder), Some(name)) = (value, target.child(Field::Attribute)) else {
            return;
        };
        if let Some((Origin::Made { kept, .. }, ..)) = self.builders.get_mut(builder) {
            *kept = Some(Name::new(name.text()));
        }
    }

    /// Whether the node is an attribute of the object that the code belongs to.
    pub(super) fn is_own(&self, node: Node<'c>) -> bool {
        let object = node.child(Field::Object).map_or("", Node::text);
        self.code.is_method && self.code.parameters.first() == Some(&object)
    }

    fn definition(&mut self, node: Node<'c>) {
        if let Some((index, name)) = (self.code.function_at)(node.span()) {
            self.names.insert(name, Bound::Function(index));
            self.titles.insert(index, name);
            return;
        }
        let definition = node.child(Field::Definition).unwrap_or(node);
        self.forget(definition.child(Field::Name));
    }

    /// From here on the name is the module's, or that of something that is not followed.
    fn forget(&mut self, name: Option<Node<'c>>) {
        if let Some(name) = name {
            self.names.remove(name.text());
        }
    }

    fn import(&mut self, node: Node<'c>) {
        node.descendants()
            .filter(|name| name.kind() == Kind::Identifier)
            .for_each(|name| self.forget(Some(name)));
    }

    fn for_statement(&mut self, node: Node<'c>) {
        let (Some(target), Some(over)) = (node.child(Field::Left), node.child(Field::Right)) else {
            return;
        };
        let Some(body) = node.child(Field::Body) else { return };
        match self.rounds(over) {
            Some(rounds) => {
                for round in rounds {
                    self.round(target, &round);
                    self.block(body);
                }
            }
            None => {
                self.value(over);
                self.bind(target, Bound::Unknown);
                self.block(body);
            }
        }
        let rest = node.child(Field::Alternative);
        rest.into_iter().for_each(|rest| self.blocks_in(rest));
    }

    /// Binds the targets of a loop for one round.
    fn round(&mut self, target: Node<'c>, round: &[Node<'c>]) {
        if let [only] = round {
            let value = self.value(*only);
            return self.bind(target, value);
        }
        let targets: Vec<Node<'c>> = target.children().collect();
        let fits = targets.len() == round.len() && target.kind() != Kind::Identifier;
        for (index, target) in targets.into_iter().enumerate() {
            let value = round.get(index).filter(|_| fits).map(|node| self.value(*node));
            self.bind(target, value.unwrap_or(Bound::Unknown));
        }
    }

    /// Blocks of which one at most is run; what they bind otherwise is not known afterwards.
    fn branches(&mut self, node: Node<'c>) {
        let before = self.names.clone();
        let mut after: Option<Names<'c>> = None;
        let own = node.child(Field::Consequence);
        let others = node.children().filter(|child| {
            matches!(child.kind(), Kind::ElifClause | Kind::ElseClause | Kind::Block)
                && Some(child.span()) != own.map(Node::span)
        });
        let mut ways: Vec<Node<'c>> = own.into_iter().chain(others).collect();
        if node.kind() == Kind::MatchStatement {
            let block = node.child(Field::Body).unwrap_or(node);
            ways = block.children().filter(|child| child.kind() == Kind::CaseClause).collect();
        }
        let mut ends = Vec::new();
        let is_complete = ways.iter().any(|way| way.kind() == Kind::ElseClause);
        for way in ways {
            self.names.clone_from(&before);
            if way.kind() == Kind::Block {
                self.block(way);
            } else {
                self.blocks_in(way);
            }
            ends.push(std::mem::take(&mut self.names));
        }
        if !is_complete {
            ends.push(before);
        }
        for end in ends {
            after = Some(match after {
                None => end,
                Some(known) => meet(known, &end),
            });
        }
        self.names = after.unwrap_or_default();
    }

    fn blocks_in(&mut self, node: Node<'c>) {
        for child in node.children() {
            match child.kind() {
                Kind::Block => self.block(child),
                Kind::ElifClause
                | Kind::ElseClause
                | Kind::ExceptClause
                | Kind::FinallyClause
                | Kind::CaseClause => self.blocks_in(child),
                Kind::WithClause => child.children().for_each(|item| {
                    self.value(item);
                }),
                _ => {}
            }
        }
    }

    /// Nothing is known of the rest.
    fn open_all(&mut self) {
        for (_, _, steps) in &mut self.builders {
            if steps.last() != Some(&Step::Open) {
                steps.push(Step::Open);
            }
        }
    }
}

/// What holds on both ways.
fn meet<'c>(mut one: Names<'c>, other: &Names<'c>) -> Names<'c> {
    for (name, bound) in &mut one {
        if other.get(name) != Some(bound) {
            *bound = Bound::Unknown;
        }
    }
    for name in other.keys() {
        one.entry(name).or_insert(Bound::Unknown);
    }
    one
}

/// The items of a display.
pub(super) fn items(node: Node<'_>) -> Option<Vec<Node<'_>>> {
    let is_display = matches!(
        node.kind(),
        Kind::List | Kind::Tuple | Kind::Set | Kind::ExpressionList | Kind::PatternList
    );
    let items: Vec<Node<'_>> = node.children().collect();
    let is_plain = items.iter().all(|item| item.kind() != Kind::ListSplat);
    (is_display && is_plain).then_some(items)
}
