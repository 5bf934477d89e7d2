//! The statements of a function, with the dicts that it builds on the way.

use std::collections::BTreeMap;

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};

use super::dicts::Held;
use super::{DEEPEST, Reader};

type Names<'c> = BTreeMap<&'c str, Held<'c>>;

impl<'c> Reader<'c> {
    /// Goes through a block; whether its end is come to.
    pub(super) fn block(&mut self, block: Node<'c>) -> bool {
        block.children().all(|statement| self.statement(statement))
    }

    fn statement(&mut self, node: Node<'c>) -> bool {
        match node.kind() {
            Kind::ReturnStatement => {
                let given = node.first().map(|value| self.given(value, DEEPEST));
                self.returns.push(given.unwrap_or_default());
                false
            }
            Kind::RaiseStatement | Kind::BreakStatement | Kind::ContinueStatement => false,
            Kind::ExpressionStatement => {
                node.children().for_each(|child| self.effect(child));
                true
            }
            Kind::DeleteStatement => {
                node.children().for_each(|child| self.blur(child));
                true
            }
            Kind::IfStatement => self.branches(node, Kind::ElseClause),
            Kind::MatchStatement => {
                let block = node.child(Field::Body).unwrap_or(node);
                self.branches(block, Kind::Other)
            }
            Kind::ForStatement | Kind::WhileStatement => {
                self.maybe(node);
                true
            }
            Kind::TryStatement => self.attempt(node),
            Kind::WithStatement => {
                node.children()
                    .filter(|child| child.kind() != Kind::Block)
                    .for_each(|child| self.note_uses(child));
                node.child(Field::Body).is_none_or(|body| self.block(body))
            }
            _ => true,
        }
    }

    fn effect(&mut self, node: Node<'c>) {
        match node.kind() {
            Kind::Assignment => self.assignment(node),
            Kind::AugmentedAssignment => self.augmented(node),
            Kind::Call => self.call(node),
            Kind::Await => node.children().for_each(|child| self.effect(child)),
            _ => self.note_uses(node),
        }
    }

    fn assignment(&mut self, node: Node<'c>) {
        let (left, right) = (node.child(Field::Left), node.child(Field::Right));
        let (Some(left), Some(right)) = (left, right) else { return };
        match left.kind() {
            Kind::Identifier => {
                let held = self.held(right);
                if !matches!(held, Held::Dict(_)) {
                    self.note_uses(right);
                }
                self.names.insert(left.text(), held);
            }
            Kind::Subscript => {
                self.note_uses(right);
                let (object, key) = (left.child(Field::Value), left.child(Field::Subscript));
                if let (Some(object), Some(key)) = (object, key)
                    && let Some(Held::Dict(dict)) = self.names.get_mut(object.text())
                {
                    dict.put(key);
                }
            }
            _ => {
                self.note_uses(right);
                for name in left.descendants().filter(|inner| inner.kind() == Kind::Identifier) {
                    self.names.insert(name.text(), Held::Unknown);
                }
            }
        }
    }

    /// What a name holds after the expression was given to it.
    fn held(&self, node: Node<'c>) -> Held<'c> {
        let inner = match node.kind() {
            Kind::Await | Kind::ParenthesizedExpression => node.first().unwrap_or(node),
            _ => node,
        };
        match inner.kind() {
            Kind::Dictionary => Held::Dict(self.dict(inner, DEEPEST)),
            Kind::Call => {
                let dict = self.dict(inner, DEEPEST);
                if dict.open.is_some() { Held::Call(inner) } else { Held::Dict(dict) }
            }
            _ => Held::Unknown,
        }
    }

    /// `updates |= {...}`, `updates["k"] += 1`
    fn augmented(&mut self, node: Node<'c>) {
        let (left, right) = (node.child(Field::Left), node.child(Field::Right));
        let (Some(left), Some(right)) = (left, right) else { return };
        if left.kind() == Kind::Identifier {
            let more = self.dict(right, DEEPEST);
            match self.names.get_mut(left.text()) {
                Some(Held::Dict(dict)) => dict.extend(more),
                Some(held) => *held = Held::Unknown,
                None => {}
            }
        }
    }

    /// `updates.update(...)`, and calls that are given a dict, which may fill it.
    fn call(&mut self, node: Node<'c>) {
        let function = node.child(Field::Function);
        let object = function.and_then(|function| function.child(Field::Object));
        let method = function.and_then(|function| function.child(Field::Attribute));
        let arguments = node.child(Field::Arguments);
        if let (Some(object), Some(method)) = (object, method)
            && matches!(self.names.get(object.text()), Some(Held::Dict(_)))
        {
            match method.text() {
                "update" => {
                    let more = self.arguments(arguments, DEEPEST);
                    if let Some(Held::Dict(dict)) = self.names.get_mut(object.text()) {
                        dict.extend(more);
                    }
                    return;
                }
                "setdefault" => {
                    let key = arguments.and_then(Node::first);
                    if let (Some(Held::Dict(dict)), Some(key)) =
                        (self.names.get_mut(object.text()), key)
                    {
                        dict.put(key);
                    }
                    return;
                }
                "pop" | "clear" | "popitem" => return self.blur(object),
                _ => {}
            }
        }
        self.note_uses(node);
    }

    /// Whoever is given a dict may put more into it.
    fn note_uses(&mut self, node: Node<'c>) {
        for call in node.descendants().filter(|inner| inner.kind() == Kind::Call) {
            let arguments = call.child(Field::Arguments).into_iter().flat_map(Node::children);
            for argument in arguments {
                let given = match argument.kind() {
                    Kind::KeywordArgument => argument.child(Field::Value).unwrap_or(argument),
                    Kind::ListSplat | Kind::DictionarySplat => argument.first().unwrap_or(argument),
                    _ => argument,
                };
                if let Some(Held::Dict(dict)) = self.names.get_mut(given.text()) {
                    dict.open = dict.open.or(Some(given));
                }
            }
        }
    }

    /// Keys may have gone.
    fn blur(&mut self, node: Node<'c>) {
        let object = node.child(Field::Value).unwrap_or(node);
        if let Some(Held::Dict(dict)) = self.names.get_mut(object.text()) {
            dict.keys.iter_mut().for_each(|(_, certain)| *certain = false);
        }
    }

    /// Of several blocks one is run at most; with a clause of the kind `last`, exactly one.
    fn branches(&mut self, node: Node<'c>, last: Kind) -> bool {
        let before = self.names.clone();
        let is_way = |child: &Node<'c>| {
            matches!(
                child.kind(),
                Kind::Block | Kind::ElifClause | Kind::ElseClause | Kind::CaseClause
            )
        };
        let ways: Vec<Node<'c>> = node.children().filter(is_way).collect();
        let mut ends: Vec<Names<'c>> = Vec::new();
        let is_complete = ways.iter().any(|way| way.kind() == last);
        for way in ways {
            self.names.clone_from(&before);
            if self.way(way) {
                ends.push(std::mem::take(&mut self.names));
            }
        }
        if !is_complete {
            ends.push(before);
        }
        let mut ends = ends.into_iter();
        let Some(mut names) = ends.next() else { return false };
        ends.for_each(|end| meet(&mut names, end));
        self.names = names;
        true
    }

    fn way(&mut self, way: Node<'c>) -> bool {
        match way.kind() {
            Kind::Block => self.block(way),
            _ => way.child_of_kind(Kind::Block).is_none_or(|block| self.block(block)),
        }
    }

    /// A loop: its body is run any number of times.
    fn maybe(&mut self, node: Node<'c>) {
        let before = self.names.clone();
        for child in node.children() {
            match child.kind() {
                Kind::Block | Kind::ElseClause => {
                    self.way(child);
                }
                _ => self.note_uses(child),
            }
        }
        meet(&mut self.names, before);
    }

    /// `try`: what its body does may be done in part.
    fn attempt(&mut self, node: Node<'c>) -> bool {
        let before = self.names.clone();
        let mut ends: Vec<Names<'c>> = Vec::new();
        let mut body_ends = true;
        for child in node.children() {
            match child.kind() {
                Kind::Block => body_ends = self.block(child),
                Kind::ElseClause if body_ends => body_ends = self.way(child),
                _ => {}
            }
        }
        let after = std::mem::take(&mut self.names);
        let mut partly = after.clone();
        meet(&mut partly, before);
        if body_ends {
            ends.push(after);
        }
        let clauses = node.children().filter(|child| child.kind() == Kind::ExceptClause);
        for clause in clauses.collect::<Vec<_>>() {
            self.names.clone_from(&partly);
            if self.way(clause) {
                ends.push(std::mem::take(&mut self.names));
            }
        }
        let mut ends = ends.into_iter();
        let ended = ends.next();
        let is_passed = ended.is_some();
        self.names = ended.unwrap_or(partly);
        ends.for_each(|end| meet(&mut self.names, end));
        let last = node.children().filter(|child| child.kind() == Kind::FinallyClause);
        let finally = last.collect::<Vec<_>>().into_iter().all(|clause| self.way(clause));
        is_passed && finally
    }
}

/// What holds on both ways.
fn meet<'c>(names: &mut Names<'c>, other: Names<'c>) {
    for (name, held) in other {
        match (names.get_mut(name), held) {
            (Some(Held::Dict(one)), Held::Dict(other)) => one.meet(&other),
            (Some(Held::Call(one)), Held::Call(other)) if *one == other => {}
            (Some(one), _) => *one = Held::Unknown,
            (None, held) => {
                names.insert(name, held);
            }
        }
    }
}
