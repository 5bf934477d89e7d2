//! What is known of values that are written.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;

use super::body::Body;
use super::constants::dotted_name;
use super::held::Held;
use super::keys::root_of;
use super::literals::{literal, text};
use super::{Constant, Dotted, Key, Part, Written};

impl<'c> Body<'_, 'c> {
    /// What is known of a value that is about to be written.
    pub(super) fn written(&self, held: &Held<'c>) -> Written {
        match held {
            Held::Expression(node) | Held::Test(_, node) => self.written_expression(*node),
            // It may still get more.
            Held::Shape(written) => loosened(written.clone()),
            Held::Part(alias) => Written::Copied(Box::new(alias.place.clone())),
            Held::Copy(copy) => {
                let keys = copy.own.iter().filter_map(|own| match own.key {
                    Key::Text(name) => Some(name),
                    _ => None,
                });
                Written::Dict(keys.collect(), true)
            }
            Held::Each(each) => match (&each.collection, each.part) {
                (Constant::Literal(contracts::value::Value::List(items)), Part::Item)
                    if items.len() == 1 =>
                {
                    items
                        .first()
                        .cloned()
                        .map_or(Written::Unknown, |value| Written::Literal(Box::new(value)))
                }
                _ => Written::Unknown,
            },
            Held::Key(Key::Text(text)) => {
                Written::Literal(Box::new(contracts::value::Value::Text(*text)))
            }
            Held::Key(Key::Pattern(..)) => Written::Builtin("str"),
            Held::Key(Key::Joined(joined)) if joined.has_text() => Written::Builtin("str"),
            _ => Written::Unknown,
        }
    }

    /// What is known of a value as it is at this point.
    pub(super) fn shape(&self, held: &Held<'c>) -> Written {
        match held {
            Held::Shape(written) => written.clone(),
            held => self.written(held),
        }
    }

    fn written_expression(&self, node: Node<'c>) -> Written {
        if let Some(value) = literal(node) {
            return Written::Literal(Box::new(value));
        }
        match node.kind() {
            Kind::ParenthesizedExpression | Kind::Await => {
                node.first().map_or(Written::Unknown, |inner| self.written_expression(inner))
            }
            Kind::Dictionary => dict_of(node),
            Kind::DictionaryComprehension => Written::Builtin("dict"),
            Kind::List | Kind::ListComprehension => Written::Builtin("list"),
            Kind::Set | Kind::SetComprehension => Written::Builtin("set"),
            Kind::Tuple | Kind::ExpressionList => Written::Builtin("tuple"),
            Kind::String | Kind::ConcatenatedString => Written::Builtin("str"),
            Kind::NotOperator | Kind::ComparisonOperator => Written::Builtin("bool"),
            Kind::BinaryOperator => match node.child(Field::Left) {
                Some(left) if matches!(left.kind(), Kind::String | Kind::ConcatenatedString) => {
                    Written::Builtin("str")
                }
                _ => Written::Unknown,
            },
            Kind::Call => self.written_call(node),
            _ => Written::Unknown,
        }
    }

    fn written_call(&self, node: Node<'c>) -> Written {
        let Some(function) = node.child(Field::Function) else {
            return Written::Unknown;
        };
        let on_text = function
            .child(Field::Object)
            .is_some_and(|object| matches!(object.kind(), Kind::String | Kind::ConcatenatedString));
        if on_text {
            let method = function.child(Field::Attribute).map_or("", Node::text);
            return if matches!(method, "join" | "format" | "strip") {
                Written::Builtin("str")
            } else {
                Written::Unknown
            };
        }
        if let Some(class) = self.dumped(node, function) {
            return Written::Fields(class);
        }
        if root_of(function).is_none_or(|root| self.is_local(root.text())) {
            return Written::Unknown;
        }
        match function.text() {
            "dict" => dict_call(node),
            "list" | "sorted" => Written::Builtin("list"),
            "set" => Written::Builtin("set"),
            "tuple" => Written::Builtin("tuple"),
            "str" | "repr" => Written::Builtin("str"),
            "int" | "len" => Written::Builtin("int"),
            "float" => Written::Builtin("float"),
            "bool" | "isinstance" | "any" | "all" => Written::Builtin("bool"),
            "bytes" => Written::Builtin("bytes"),
            _ => match (dotted_name(function), keywords(node)) {
                (Some(name), Some(keywords)) => Written::CalledWith(name, keywords),
                (Some(name), None) => Written::Called(name),
                (None, _) => Written::Unknown,
            },
        }
    }

    /// The class of which `call` makes an instance into a dict, if it does.
    fn dumped(&self, call: Node<'c>, function: Node<'c>) -> Option<Dotted> {
        let mut arguments = call.child(Field::Arguments)?.children();
        let (first, second) = (arguments.next(), arguments.next());
        let method = function.child(Field::Attribute).map_or("", Node::text);
        match (function.text(), first, second) {
            (
                "asdict" | "dataclasses.asdict" | "attr.asdict" | "attrs.asdict",
                Some(made),
                None,
            ) => self.maker(made),
            (_, None, None) if matches!(method, "model_dump" | "dict" | "_asdict") => {
                self.maker(function.child(Field::Object)?)
            }
            _ => None,
        }
    }

    /// The class or function whose call `node` is, or whose result the variable holds.
    fn maker(&self, node: Node<'c>) -> Option<Dotted> {
        if node.kind() == Kind::Identifier {
            return match self.lookup(node) {
                Held::Expression(call) if call.kind() == Kind::Call => self.maker(call),
                Held::Shape(Written::Called(name) | Written::CalledWith(name, _)) => Some(name),
                _ => None,
            };
        }
        let function = node.child(Field::Function).filter(|_| node.kind() == Kind::Call)?;
        let root = root_of(function)?;
        if self.is_local(root.text()) { None } else { dotted_name(function) }
    }
}

/// The keywords of a call that is given nothing else.
fn keywords(call: Node<'_>) -> Option<Box<[Name]>> {
    let arguments = call.child(Field::Arguments)?;
    let keyword = |argument: Node<'_>| {
        let name = argument.child(Field::Name)?;
        (argument.kind() == Kind::KeywordArgument).then(|| Name::new(name.text()))
    };
    let names: Box<[Name]> = arguments.children().map(keyword).collect::<Option<_>>()?;
    (!names.is_empty()).then_some(names)
}

/// The keys of a dict display.
pub(super) fn dict_of(node: Node<'_>) -> Written {
    let mut names = Vec::new();
    let mut others = false;
    for entry in node.children() {
        match entry.child(Field::Key).and_then(text) {
            Some(name) => names.push(name),
            None => others = true,
        }
    }
    Written::Dict(names.into_boxed_slice(), others)
}

/// The keys of a `dict(...)` call.
fn dict_call(node: Node<'_>) -> Written {
    let arguments = node.child(Field::Arguments);
    let mut names = Vec::new();
    let mut others = arguments.is_some_and(|node| node.kind() == Kind::GeneratorExpression);
    for argument in arguments.into_iter().flat_map(Node::children) {
        match argument.child(Field::Name).filter(|_| argument.kind() == Kind::KeywordArgument) {
            Some(name) => names.push(Name::new(name.text())),
            None => others = true,
        }
    }
    Written::Dict(names.into_boxed_slice(), others)
}

/// What remains known of a value that may be changed in place after it was bound.
pub(super) fn loosened(written: Written) -> Written {
    use contracts::value::Value;
    match written {
        Written::Literal(literal) => match *literal {
            Value::Map(entries) => {
                let names = entries.iter().filter_map(|(key, _)| match key {
                    Value::Text(name) => Some(*name),
                    _ => None,
                });
                Written::Dict(names.collect(), true)
            }
            Value::List(_) => Written::Builtin("list"),
            _ => Written::Literal(literal),
        },
        Written::Dict(names, _) => Written::Dict(names, true),
        written => written,
    }
}
