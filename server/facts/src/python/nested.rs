//! Functions and classes in functions.

use rustc_hash::FxHashMap;
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;

use super::body::Body;
use super::functions::{Around, definition, function};
use super::held::{Alias, Held};
use super::{Callee, Place, Root};

impl<'c> Body<'_, 'c> {
    pub(super) fn nested_definition(&mut self, node: Node<'c>, definition: Node<'c>) {
        self.defaults(definition);
        // It may call itself; its index is known before it is read.
        let next = self.unit.base + u32::try_from(self.unit.functions.len()).unwrap_or(u32::MAX);
        let name = definition.child(Field::Name);
        if let Some(name) = name {
            self.variables.set(name.text(), Held::Function(next));
        }
        self.nested(node, None);
    }

    /// Reads the default values of parameters, which are made where the function is.
    pub(super) fn defaults(&mut self, definition: Node<'c>) {
        let parameters = definition.child(Field::Parameters).into_iter().flat_map(Node::children);
        for value in parameters.filter_map(|parameter| parameter.child(Field::Value)) {
            let value = self.eval(value);
            let held = self.settle(value);
            self.hand_out(&held);
        }
    }

    pub(super) fn nested_class(&mut self, node: Node<'c>) {
        let Some(name) = node.child(Field::Name) else {
            return;
        };
        node.child(Field::Superclasses).into_iter().for_each(|bases| self.discard_children(bases));
        let class = Name::new(name.text());
        let mark = self.variables.mark();
        for statement in node.child(Field::Body).into_iter().flat_map(Node::children) {
            let function = definition(statement);
            if function.is_some_and(|inner| inner.kind() == Kind::FunctionDefinition) {
                let index = self.nested(statement, Some(class));
                // Whoever makes an object of the class may call it.
                self.let_go(index);
            } else if !self.dead {
                self.statement(statement);
            }
        }
        self.variables.back(mark);
        self.variables.set(name.text(), Held::Unknown);
    }

    pub(super) fn discard_children(&mut self, node: Node<'c>) {
        for child in node.children() {
            let value = self.eval(child);
            self.discard(value);
        }
    }

    /// Reads a function nested in this one, and gives its index.
    pub(super) fn nested(&mut self, node: Node<'c>, class: Option<Name>) -> u32 {
        let class_part = class.map_or_else(String::new, |class| format!("{class}."));
        let around = Around {
            class,
            prefix: format!("{}.<locals>.{class_part}", self.qualified),
            captured: self.captures(node),
        };
        function(self.unit, node, around)
    }

    /// What the variables of this function are to a function nested in it.
    fn captures(&self, node: Node<'c>) -> FxHashMap<&'c str, Held<'c>> {
        let mut captured = FxHashMap::default();
        for inner in node.descendants() {
            let name = inner.text();
            match inner.kind() {
                Kind::Identifier if self.is_local(name) && !captured.contains_key(name) => {
                    captured.insert(name, self.seen_from_within(self.lasting(inner)));
                }
                Kind::Attribute if !captured.contains_key(name) => {
                    let held = self.variables.get(name).or_else(|| self.captured.get(name));
                    if let Some(held) = held {
                        captured.insert(name, self.seen_from_within(held.clone()));
                    }
                }
                _ => {}
            }
        }
        captured
    }

    /// What a variable holds, if it holds that wherever it is looked at.
    fn lasting(&self, name: Node<'c>) -> Held<'c> {
        let held = self.lookup(name);
        let is_steady = match held {
            Held::Part(_) => self.scope.is_bound_once_or_merged(name.text()),
            _ => self.scope.binds_once(name.text()),
        };
        if is_steady || !self.scope.binds(name.text()) { held } else { Held::Unknown }
    }

    fn seen_from_within(&self, held: Held<'c>) -> Held<'c> {
        let captured = |place: Place| match place.root {
            Root::Parameter(parameter) => {
                Place { root: Root::Captured(self.index, parameter), ..place }
            }
            _ => place,
        };
        match held {
            Held::Part(alias) => Held::Part(Alias { place: captured(alias.place), ..alias }),
            Held::Method(alias, name) => {
                Held::Method(Alias { place: captured(alias.place), ..alias }, name)
            }
            Held::Copy(mut copy) => {
                copy.place = captured(copy.place);
                Held::Copy(copy)
            }
            held => held,
        }
    }

    /// A nested function that may be called by whoever has it now.
    pub(super) fn let_go(&mut self, index: u32) {
        if !self.unit.reaches_out(index) {
            return;
        }
        let span = self.current;
        let call = self.capture(|body| {
            body.call_effect(Callee::Nested(index), Vec::new(), span);
        });
        self.maybe(call);
    }
}
