//! Calls: who is called, and what is handed over.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;

use super::body::Body;
use super::constants::dotted_name;
use super::held::{Alias, CopyOf, Held, Value};
use super::known::{Known, known, logs};
use super::objects::Making;
use super::provenance::checks_or_records;
use super::{Action, Callee, Passed, Place, Root, Slot};

impl<'c> Body<'_, 'c> {
    pub(super) fn call(&mut self, node: Node<'c>) -> Value<'c> {
        let (Some(function), Some(arguments)) =
            (node.child(Field::Function), node.child(Field::Arguments))
        else {
            return Value::unknown();
        };
        match function.kind() {
            Kind::Attribute => self.call_attribute(node, function, arguments),
            Kind::Identifier => {
                let held = self.lookup(function);
                self.call_held(node, held, arguments)
            }
            _ => {
                let value = self.eval(function);
                let held = self.settle(value);
                self.call_held(node, held, arguments)
            }
        }
    }

    fn call_attribute(
        &mut self,
        node: Node<'c>,
        function: Node<'c>,
        arguments: Node<'c>,
    ) -> Value<'c> {
        let (Some(object), Some(attribute)) =
            (function.child(Field::Object), function.child(Field::Attribute))
        else {
            return Value::unknown();
        };
        let name = attribute.text();
        if is_super(object) {
            return self.call_callee(node, Callee::SuperMethod(Name::new(name)), arguments);
        }
        if is_own_type(object) {
            return self.call_callee(node, Callee::SelfMethod(Name::new(name)), arguments);
        }
        let value = match self.object(object) {
            Making::Object(made) => return self.call_member(node, made, name, arguments),
            Making::Plain => Held::Expression(object).into(),
            Making::No => {
                let value = self.eval(object);
                self.next_state(object, value)
            }
        };
        if checks_or_records(function) {
            self.discard(value);
            self.call_looking(arguments);
            return Value::unknown();
        }
        if self.fill_braces(&value.held, name, arguments) {
            return Held::Expression(node).into();
        }
        match &value.held {
            Held::SelfObject => {
                self.call_callee(node, Callee::SelfMethod(Name::new(name)), arguments)
            }
            // Only texts have it.
            _ if name == "format_map" => {
                self.discard(value);
                self.call_reading(arguments);
                Held::Expression(node).into()
            }
            Held::Expression(_) if dotted_name(function).is_some() => {
                self.call_held(node, Held::Expression(function), arguments)
            }
            // A method of a fresh value can keep what it is given: `[].append(context)`.
            Held::Expression(_) => {
                self.discard(value);
                if matches!(object.kind(), Kind::String | Kind::ConcatenatedString) {
                    self.call_reading(arguments);
                    return Held::Expression(node).into();
                }
                let maker = object.child(Field::Function).and_then(dotted_name);
                self.call_of_made(node, maker.as_ref(), name, arguments)
            }
            Held::Part(_) | Held::Copy(_) if logs(object, name) => {
                self.discard(value);
                self.call_reading(arguments);
                Value::unknown()
            }
            Held::Part(_) => self.method(node, value, name, arguments),
            Held::Copy(_) => self.method_of_copy(node, value, object, name, arguments),
            Held::Shape(_) => self.method_of_own(object, name, node, arguments),
            _ => {
                self.discard(value);
                self.call_callee(node, Callee::Unknown, arguments)
            }
        }
    }

    /// A call of what `held` is.
    fn call_held(&mut self, node: Node<'c>, held: Held<'c>, arguments: Node<'c>) -> Value<'c> {
        match held {
            Held::Function(index) => self.call_callee(node, Callee::Nested(index), arguments),
            Held::Method(alias, name) => {
                self.method(node, Held::Part(alias).into(), name, arguments)
            }
            Held::ItemGetter(keys) => self.get_items(&keys, arguments),
            Held::Expression(name) => match dotted_name(name) {
                Some(callee) => match known(name.text()) {
                    Some(known) => self.call_known(node, known, arguments, callee),
                    None if logs_by_name(name) => {
                        self.call_reading(arguments);
                        Value::unknown()
                    }
                    None if checks_or_records(name) => {
                        self.call_known(node, Known::Looks, arguments, callee)
                    }
                    None => self.call_callee(node, Callee::Name(callee), arguments),
                },
                None => self.call_callee(node, Callee::Unknown, arguments),
            },
            // `call = self.method`
            Held::Part(Alias {
                place: Place { root: Root::SelfAttribute(name), keys }, ..
            }) if keys.is_empty() => self.call_callee(node, Callee::SelfMethod(name), arguments),
            // A parameter that is called may do anything with what it holds itself.
            Held::Part(alias) => {
                let value = self.call_callee(node, Callee::Unknown, arguments);
                if alias.is_whole() {
                    let passed = Passed { slot: Slot::Unclear, place: alias.place };
                    self.call_effect(Callee::Unknown, vec![passed], node.span());
                }
                value
            }
            _ => self.call_callee(node, Callee::Unknown, arguments),
        }
    }

    /// A call that reads nothing in what it is given.
    fn call_looking(&mut self, arguments: Node<'c>) {
        for argument in arguments.children() {
            let value = self.eval(handed(argument));
            self.discard(value);
        }
    }

    fn call_known(
        &mut self,
        node: Node<'c>,
        known: Known,
        arguments: Node<'c>,
        callee: super::Dotted,
    ) -> Value<'c> {
        match known {
            Known::Looks => {
                self.call_looking(arguments);
                Held::Expression(node).into()
            }
            Known::Reads => {
                self.call_reading(arguments);
                Held::Expression(node).into()
            }
            Known::Lists => self.call_listing(node, arguments),
            Known::Dict => self.call_dict(node, arguments),
            Known::Copies { deep } => self.call_copy(node, arguments, deep, callee),
            Known::Casts => match arguments.children().collect::<Vec<_>>().as_slice() {
                [_, value] => self.eval(*value),
                _ => self.call_callee(node, Callee::Name(callee), arguments),
            },
            Known::ItemGetter => {
                let keys = arguments.children().map(|key| (self.key(key), key.span())).collect();
                Held::ItemGetter(keys).into()
            }
            Known::Hands { skipped } => self.call_handing(node, arguments, skipped),
        }
    }

    /// `sorted(context["tasks"])`: another list of the same things.
    fn call_listing(&mut self, node: Node<'c>, arguments: Node<'c>) -> Value<'c> {
        let plain = arguments.kind() == Kind::ArgumentList;
        let Some(first) = arguments.first().filter(|_| plain) else {
            self.call_reading(arguments);
            return Held::Expression(node).into();
        };
        let value = self.eval(first);
        let held = value.held.clone();
        self.current = first.span();
        self.read_whole(value);
        for other in arguments.children().skip(1) {
            self.store(handed(other));
        }
        match held {
            Held::Part(alias) if !alias.is_whole() => Held::Part(alias).into(),
            _ => Held::Expression(node).into(),
        }
    }

    /// `copy.copy(context)`
    fn call_copy(
        &mut self,
        node: Node<'c>,
        arguments: Node<'c>,
        deep: bool,
        callee: super::Dotted,
    ) -> Value<'c> {
        let mut nodes = arguments.children();
        match (nodes.next(), nodes.next()) {
            (Some(only), None) if only.kind() != Kind::KeywordArgument => {
                let value = self.eval(only);
                let copied = self.copy_of(value, deep);
                copied.map_or(Held::Expression(node), Held::Copy).into()
            }
            _ => self.call_callee(node, Callee::Name(callee), arguments),
        }
    }

    /// `dict(...)`
    fn call_dict(&mut self, node: Node<'c>, arguments: Node<'c>) -> Value<'c> {
        if arguments.kind() == Kind::GeneratorExpression {
            self.comprehension(arguments);
            return Held::Expression(node).into();
        }
        let mut copied: Option<CopyOf> = None;
        let (mut named, mut rest) = (Vec::new(), Vec::new());
        for argument in arguments.children() {
            match argument.kind() {
                Kind::KeywordArgument => named.push(argument),
                Kind::DictionarySplat => rest.extend(argument.first()),
                _ => rest.push(argument),
            }
        }
        for argument in rest {
            let value = self.eval(argument);
            self.current = argument.span();
            let splat = self.copy_of(value, false);
            match &mut copied {
                Some(copy) => copy.own.push(super::displays::unknown_own(argument.span())),
                None => copied = splat,
            }
        }
        let own = self.entries(named.into_iter());
        match copied {
            Some(mut copy) => {
                copy.own.extend(own);
                Held::Copy(copy).into()
            }
            None => Held::Expression(node).into(),
        }
    }

    /// A call that reads what it is given and keeps nothing.
    pub(super) fn call_reading(&mut self, arguments: Node<'c>) {
        if arguments.kind() == Kind::GeneratorExpression {
            self.comprehension(arguments);
            return;
        }
        for argument in arguments.children() {
            let inner = match argument.kind() {
                Kind::KeywordArgument => argument.child(Field::Value),
                Kind::ListSplat | Kind::DictionarySplat => argument.first(),
                _ => Some(argument),
            };
            let Some(inner) = inner else { continue };
            let value = self.eval(inner);
            self.current = inner.span();
            match &value.held {
                Held::Method(alias, _) => {
                    let place = alias.place.clone();
                    self.escape_read(place);
                }
                Held::Function(index) => self.let_go(*index),
                _ => self.read_whole(value),
            }
        }
    }

    /// `functools.partial(f, context)`, `executor.submit(f, context)`: a call of `f`.
    fn call_handing(&mut self, node: Node<'c>, arguments: Node<'c>, skipped: usize) -> Value<'c> {
        let mut nodes = arguments.children();
        for skipped in nodes.by_ref().take(skipped) {
            let value = self.eval(skipped);
            self.discard(value);
        }
        let Some(function) = nodes.next() else {
            return Value::unknown();
        };
        let callee = self.callee_of(function);
        let arguments = self.arguments(nodes);
        self.hand_over(node, callee, arguments);
        Value::unknown()
    }

    /// What a function that is handed over is.
    fn callee_of(&mut self, node: Node<'c>) -> Callee {
        if node.kind() == Kind::Attribute
            && let (Some(object), Some(name)) =
                (node.child(Field::Object), node.child(Field::Attribute))
            && matches!(self.eval(object).held, Held::SelfObject)
        {
            return Callee::SelfMethod(Name::new(name.text()));
        }
        let value = self.eval(node);
        match self.settle(value) {
            Held::Function(index) => Callee::Nested(index),
            Held::Expression(inner) => dotted_name(inner).map_or(Callee::Unknown, Callee::Name),
            _ => Callee::Unknown,
        }
    }

    /// `operator.itemgetter("x", "y")(context)`
    fn get_items(
        &mut self,
        keys: &[(super::Key, text::span::Span)],
        arguments: Node<'c>,
    ) -> Value<'c> {
        let Some(subject) = arguments.first() else {
            return Value::unknown();
        };
        let value = self.eval(subject);
        let mut result = Value::unknown();
        for (key, span) in keys {
            let read = self.item(value.held.clone(), key.clone(), Action::ReadHard, *span);
            if keys.len() == 1 {
                result = read;
            } else {
                self.discard(read);
            }
        }
        result
    }

    /// A call that nothing more is known of.
    pub(super) fn call_callee(
        &mut self,
        node: Node<'c>,
        callee: Callee,
        arguments: Node<'c>,
    ) -> Value<'c> {
        let arguments = self.arguments_of(arguments);
        self.hand_over(node, callee, arguments);
        Held::Expression(node).into()
    }
}

/// `super()`, with or without arguments.
fn is_super(node: Node<'_>) -> bool {
    node.kind() == Kind::Call
        && node.child(Field::Function).is_some_and(|function| function.text() == "super")
}

/// What an argument hands over; many other nodes have a value of their own.
fn handed(argument: Node<'_>) -> Node<'_> {
    let is_named = argument.kind() == Kind::KeywordArgument;
    argument.child(Field::Value).filter(|_| is_named).unwrap_or(argument)
}

/// `type(self)`, `self.__class__`
fn is_own_type(node: Node<'_>) -> bool {
    matches!(node.text(), "type(self)" | "self.__class__")
}

fn logs_by_name(function: Node<'_>) -> bool {
    match (function.child(Field::Object), function.child(Field::Attribute)) {
        (Some(object), Some(name)) => logs(object, name.text()),
        _ => false,
    }
}

/// Whether a method of this name leaves what it is called on as it was.
pub(super) fn is_reading_method(name: &str) -> bool {
    super::known::READING_METHODS.contains(&name)
}
