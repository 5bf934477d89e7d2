//! Methods of dicts, called on places.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;

use super::body::Body;
use super::calls::is_reading_method;
use super::displays::unknown_own;
use super::held::{Alias, CopyOf, Fallback, Held, Own, Value, fallback_of};
use super::literals::literal;
use super::values::loosened;
use super::{Action, Callee, Key, Passed, Slot, Written};

/// Whether a dict has a method of this name.
pub(super) fn is_dict_method(name: &str) -> bool {
    matches!(
        name,
        "get"
            | "setdefault"
            | "pop"
            | "update"
            | "keys"
            | "values"
            | "items"
            | "copy"
            | "clear"
            | "popitem"
    )
}

/// A key, a default, and nothing else.
struct KeyAndDefault<'c> {
    key: Node<'c>,
    default: Option<Node<'c>>,
}

fn key_and_default(arguments: Node<'_>) -> Option<KeyAndDefault<'_>> {
    let mut nodes = arguments.children();
    let key = nodes.next().filter(|_| arguments.kind() == Kind::ArgumentList)?;
    let plain = |node: Node<'_>| {
        !matches!(node.kind(), Kind::KeywordArgument | Kind::ListSplat | Kind::DictionarySplat)
    };
    let default = match nodes.next() {
        Some(node) if node.kind() == Kind::KeywordArgument => node.child(Field::Value),
        default => default,
    };
    let fits = plain(key) && default.is_none_or(plain) && nodes.next().is_none();
    fits.then_some(KeyAndDefault { key, default })
}

impl<'c> Body<'_, 'c> {
    /// A method called on a part of a parameter.
    pub(super) fn method(
        &mut self,
        node: Node<'c>,
        object: Value<'c>,
        name: &str,
        arguments: Node<'c>,
    ) -> Value<'c> {
        let Held::Part(alias) = &object.held else {
            return Value::unknown();
        };
        let alias = alias.clone();
        match (name, key_and_default(arguments)) {
            ("get", Some(taken)) => return self.get(node, object, &taken),
            ("setdefault", Some(taken)) => return self.set_default(node, &alias, &taken),
            ("pop", Some(taken)) if taken.key.kind() != Kind::Integer => {
                return self.pop(node, &alias, &taken);
            }
            _ => {}
        }
        let bare = arguments.first().is_none();
        match name {
            "update" => {
                let own = self.updates(arguments);
                self.write_all(&alias, own);
                self.updated = alias.is_whole().then(|| (node.span(), alias));
                Value::unknown()
            }
            "clear" if bare => {
                let span = node.span();
                self.change(&alias, alias.place.clone(), Action::Clear, span);
                Value::unknown()
            }
            "copy" if bare => {
                let copied = self.copy_of(object, false);
                copied.map_or(Held::Unknown, Held::Copy).into()
            }
            "items" | "keys" | "values" if bare => {
                self.current = node.span();
                self.read_whole(object);
                Value::unknown()
            }
            "popitem" => {
                self.discard(object);
                self.access(alias.place, Action::Escape, node.span());
                Value::unknown()
            }
            _ => self.other_method(node, object, &alias, name, arguments),
        }
    }

    /// What is gone on with after `node`. Where that is an update, it is of a state that gives the next
    /// one for each change, with what was written: a dict gives nothing there.
    pub(super) fn next_state(&mut self, node: Node<'c>, value: Value<'c>) -> Value<'c> {
        match self.updated.take() {
            Some((span, alias)) if span == node.span() => Held::Part(alias).into(),
            _ => value,
        }
    }

    /// A method that dicts do not have, or one called in a way that they do not allow.
    fn other_method(
        &mut self,
        node: Node<'c>,
        object: Value<'c>,
        alias: &Alias,
        name: &str,
        arguments: Node<'c>,
    ) -> Value<'c> {
        self.discard(object);
        let reads = !alias.is_whole() && is_reading_method(name);
        let mut arguments = self.arguments_of(arguments);
        // The object itself goes along, unless the method is known to leave it alone.
        if reads {
            self.hand_over(node, Callee::Unknown, arguments);
            return Value::unknown();
        }
        if !alias.is_whole() {
            self.access(alias.place.clone(), Action::Escape, node.span());
            self.hand_over(node, Callee::Unknown, arguments);
            return Value::unknown();
        }
        arguments.retain(|argument| match &argument.held {
            Held::Part(other) => other.place != alias.place,
            _ => true,
        });
        let mut passed = vec![Passed { slot: Slot::Unclear, place: alias.place.clone() }];
        for argument in arguments {
            match argument.held {
                Held::Part(other) => {
                    passed.push(Passed { slot: argument.slot, place: other.place });
                }
                held => {
                    self.current = argument.node.span();
                    self.hand_out(&held);
                }
            }
        }
        self.call_effect(Callee::Unknown, passed, node.span());
        Value::unknown()
    }

    fn get(&mut self, node: Node<'c>, object: Value<'c>, taken: &KeyAndDefault<'c>) -> Value<'c> {
        let key = self.key(taken.key);
        let held = self.led_through(object, &key);
        let Some(default) = taken.default else {
            return self.item(held, key, Action::ReadSoft, taken.key.span());
        };
        let action = self.defaulted(default);
        let mut value = self.item(held, key, action, node.span());
        if let Held::Part(alias) = &mut value.held {
            let fallback = fallback_of(default).unwrap_or(Fallback::Other);
            alias.fallback = alias.fallback.max(fallback);
        }
        value
    }

    /// Reads a default, and gives the read that falls back to it.
    fn defaulted(&mut self, default: Node<'c>) -> Action {
        let value = self.eval(default);
        let held = self.settle(value);
        let literal = match &held {
            Held::Expression(node) => literal(*node),
            _ => None,
        };
        Action::ReadDefaulted(literal.map(Box::new))
    }

    fn set_default(
        &mut self,
        node: Node<'c>,
        alias: &Alias,
        taken: &KeyAndDefault<'c>,
    ) -> Value<'c> {
        let key = self.key(taken.key);
        let (action, written) = match taken.default {
            Some(default) => {
                let value = self.eval(default);
                let held = self.settle(value);
                let default = match &held {
                    Held::Expression(node) => literal(*node),
                    _ => None,
                };
                (Action::ReadDefaulted(default.map(Box::new)), self.written(&held))
            }
            None => {
                let null = Box::new(contracts::value::Value::Null);
                (Action::ReadDefaulted(Some(null.clone())), Written::Literal(null))
            }
        };
        let place = alias.place.child(key.clone());
        self.access(place.clone(), action, node.span());
        let write = self.capture(|body| body.write(alias, key, written, taken.key.span()));
        self.maybe(write);
        // Found or put there: from here on it is.
        self.emit(super::Effect::Assume(place.clone()));
        Held::Part(Alias { place, fallback: alias.fallback }).into()
    }

    fn pop(&mut self, node: Node<'c>, alias: &Alias, taken: &KeyAndDefault<'c>) -> Value<'c> {
        let key = self.key(taken.key);
        let (action, span) = match taken.default {
            Some(default) => (self.defaulted(default), node.span()),
            None => (Action::ReadHard, taken.key.span()),
        };
        let read = self.item(Held::Part(alias.clone()), key.clone(), action, span);
        self.discard(read);
        let place = alias.place.child(key);
        self.change(alias, place, Action::Drop, taken.key.span());
        Value::unknown()
    }

    /// What `update(...)` is told to write.
    pub(super) fn updates(&mut self, arguments: Node<'c>) -> Vec<Own> {
        if arguments.kind() == Kind::GeneratorExpression {
            self.comprehension(arguments);
            return vec![unknown_own(arguments.span())];
        }
        let mut own = Vec::new();
        for argument in arguments.children() {
            match argument.kind() {
                Kind::KeywordArgument | Kind::DictionarySplat => {
                    own.extend(self.entries(std::iter::once(argument)));
                }
                Kind::List | Kind::Tuple => own.extend(self.pairs(argument)),
                _ => own.extend(self.spread(argument)),
            }
        }
        own
    }

    /// `[("x", 1), ("y", 2)]`
    fn pairs(&mut self, list: Node<'c>) -> Vec<Own> {
        let mut own = Vec::new();
        for pair in list.children() {
            let mut parts = pair.children().filter(|_| pair.kind() == Kind::Tuple);
            match (parts.next(), parts.next(), parts.next()) {
                (Some(key_node), Some(value), None) => {
                    let key = self.key(key_node);
                    let written = self.stored(value);
                    own.push(Own { key, written, span: key_node.span() });
                }
                _ => {
                    self.store(pair);
                    own.push(unknown_own(pair.span()));
                }
            }
        }
        own
    }

    /// Makes the writes.
    pub(super) fn write_all(&mut self, alias: &Alias, own: Vec<Own>) {
        for Own { key, written, span } in own {
            self.write(alias, key, written, span);
        }
    }

    /// A method called on a copy; `object` is what it is called on.
    pub(super) fn method_of_copy(
        &mut self,
        node: Node<'c>,
        value: Value<'c>,
        object: Node<'c>,
        name: &str,
        arguments: Node<'c>,
    ) -> Value<'c> {
        let Held::Copy(copy) = &value.held else {
            return Value::unknown();
        };
        let mut copy = copy.clone();
        let taken = key_and_default(arguments);
        match (name, taken) {
            ("get", Some(taken)) => self.get(node, value, &taken),
            ("setdefault" | "pop", Some(taken)) => {
                let key = self.key(taken.key);
                let action = match taken.default {
                    Some(default) => self.defaulted(default),
                    None if name == "pop" => Action::ReadHard,
                    None => Action::ReadSoft,
                };
                let read = self.item(value.held, key.clone(), action, node.span());
                self.discard(read);
                let span = taken.key.span();
                copy.own.push(Own { key, written: Written::Unknown, span });
                self.rebind_copy(object, copy);
                Value::unknown()
            }
            ("update", _) => {
                let own = self.updates(arguments);
                copy.own.extend(own);
                self.rebind_copy(object, copy);
                Value::unknown()
            }
            ("copy", _) if arguments.first().is_none() => value,
            ("items" | "keys" | "values", _) => {
                self.current = node.span();
                self.read_whole(value);
                Value::unknown()
            }
            _ => {
                self.discard(value);
                let place = copy.place;
                self.current = node.span();
                self.escape_read(place);
                self.call_callee(node, Callee::Unknown, arguments)
            }
        }
    }

    /// Notes that a copy has more keys of its own.
    pub(super) fn rebind_copy(&mut self, object: Node<'c>, copy: CopyOf) {
        if object.kind() == Kind::Identifier {
            self.variables.set(object.text(), Held::Copy(copy));
        }
    }

    /// A method called on a value of the function's own.
    pub(super) fn method_of_own(
        &mut self,
        object: Node<'c>,
        name: &str,
        node: Node<'c>,
        arguments: Node<'c>,
    ) -> Value<'c> {
        if name == "update" {
            let own = self.updates(arguments);
            let keys = own.iter().map(|own| match own.key {
                Key::Text(name) => Some(name),
                _ => None,
            });
            let keys: Vec<Option<Name>> = keys.collect();
            self.add_keys(object, &keys);
            return Value::unknown();
        }
        let held = self.lookup_node(object);
        if let Held::Shape(Written::Called(maker) | Written::CalledWith(maker, _)) = &held {
            return self.call_of_made(node, Some(maker), name, arguments);
        }
        if let Held::Shape(written) = held
            && !is_reading_method(name)
            && object.kind() == Kind::Identifier
        {
            self.variables.set(object.text(), Held::Shape(loosened(written)));
        }
        self.call_callee(node, Callee::Unknown, arguments)
    }

    fn lookup_node(&self, node: Node<'c>) -> Held<'c> {
        if node.kind() == Kind::Identifier { self.lookup(node) } else { Held::Unknown }
    }

    /// Notes keys that a dict of the function's own gets.
    pub(super) fn add_keys(&mut self, object: Node<'c>, added: &[Option<Name>]) {
        if let Held::Shape(Written::Dict(keys, others)) = self.lookup_node(object) {
            let mut keys = keys.into_vec();
            for name in added.iter().flatten() {
                if !keys.contains(name) {
                    keys.push(*name);
                }
            }
            let others = others || added.iter().any(Option::is_none);
            let shape = Held::Shape(Written::Dict(keys.into_boxed_slice(), others));
            self.variables.set(object.text(), shape);
        }
    }
}
