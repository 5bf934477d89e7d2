//! The calls that set attributes.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::span::Span;

/// One call that sets attributes or begins what carries them.
#[derive(Clone, Copy)]
pub(super) struct Site<'c> {
    /// The whole call.
    pub(super) call: Node<'c>,
    /// What the method is called on; for a class, its name.
    pub(super) receiver: Node<'c>,
    /// What it does to what.
    pub(super) target: Target,
    /// The name of the span or event.
    pub(super) name: Option<Node<'c>>,
    /// The attributes.
    pub(super) form: Form<'c>,
    /// Where the method or class is named.
    pub(super) at: Span,
    /// Whether it is telemetry by the receiver's name alone.
    pub(super) is_plain: bool,
}

/// How attributes are given.
#[derive(Clone, Copy)]
pub(super) enum Form<'c> {
    /// One, as a key and a value.
    One { key: Node<'c>, value: Node<'c> },
    /// Any number, as a dict; none where nothing is given.
    Several(Option<Node<'c>>),
}

/// What a call sets attributes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Target {
    /// The span that it is called on.
    Receiver,
    /// A span that it begins; whether that becomes the current one.
    NewSpan { current: bool },
    /// An event on the span that it is called on.
    Event,
    /// A link.
    Link,
    /// A measurement.
    Measurement,
    /// A resource.
    Resource,
    /// A log record.
    Log,
}

/// A method or class with attributes among its arguments.
struct Shape {
    target: Target,
    /// Where the name is, by position; its keyword is `name`.
    name: Option<usize>,
    /// Where the attributes are, by position; their keyword is `attributes`.
    attributes: Option<usize>,
}

/// Whether `node` looks like a site, told by the name that it calls.
pub(in crate::python) fn is_site(node: Node<'_>) -> bool {
    node.kind() == Kind::Call
        && node.child(Field::Function).and_then(last_name).is_some_and(|name| {
            name.text() == "set_attribute" || shape(name.text(), Kind::Attribute).is_some()
        })
}

fn last_name(function: Node<'_>) -> Option<Node<'_>> {
    match function.kind() {
        Kind::Identifier => Some(function),
        Kind::Attribute => function.child(Field::Attribute),
        _ => None,
    }
}

/// What is known of a name that is called, as a method or by itself.
fn shape(name: &str, called: Kind) -> Option<Shape> {
    let is_method = called == Kind::Attribute;
    let (target, name, attributes) = match name {
        "set_attributes" if is_method => (Target::Receiver, None, Some(0)),
        "add_event" if is_method => (Target::Event, Some(0), Some(1)),
        "record_exception" if is_method => (Target::Event, None, Some(1)),
        "start_span" if is_method => (Target::NewSpan { current: false }, Some(0), Some(3)),
        "start_as_current_span" if is_method => {
            (Target::NewSpan { current: true }, Some(0), Some(3))
        }
        "add_link" if is_method => (Target::Link, None, Some(1)),
        "add" | "record" if is_method => (Target::Measurement, None, Some(1)),
        "create" if is_method => (Target::Resource, None, Some(0)),
        "Link" => (Target::Link, None, Some(1)),
        "Observation" => (Target::Measurement, None, Some(1)),
        "Resource" => (Target::Resource, None, Some(0)),
        "LogRecord" => (Target::Log, None, None),
        _ => return None,
    };
    Some(Shape { target, name, attributes })
}

/// Reads a call; none where it sets nothing after all.
pub(super) fn read(call: Node<'_>) -> Option<Site<'_>> {
    let function = call.child(Field::Function)?;
    let last = last_name(function)?;
    let receiver = function.child(Field::Object).unwrap_or(function);
    let arguments = call.child(Field::Arguments)?;
    let site = |target, name, form| {
        Some(Site {
            call,
            receiver,
            target,
            name,
            form,
            at: last.span(),
            is_plain: is_plain(target, receiver),
        })
    };
    if last.text() == "set_attribute" {
        let key = argument(arguments, Some(0), "key")?;
        let value = argument(arguments, Some(1), "value")?;
        return site(Target::Receiver, None, Form::One { key, value });
    }
    let shape = shape(last.text(), function.kind())?;
    if last.text() == "create" && last_name(receiver)?.text() != "Resource" {
        return None;
    }
    let name = shape.name.and_then(|position| argument(arguments, Some(position), "name"));
    let given = argument(arguments, shape.attributes, "attributes");
    let begins = matches!(shape.target, Target::NewSpan { .. });
    if given.is_none() && !begins {
        return None;
    }
    site(shape.target, name, Form::Several(given))
}

/// The argument with this keyword, or else at this position.
fn argument<'c>(arguments: Node<'c>, position: Option<usize>, keyword: &str) -> Option<Node<'c>> {
    let named = arguments.children().find(|argument| {
        argument.kind() == Kind::KeywordArgument
            && argument.child(Field::Name).is_some_and(|name| name.text() == keyword)
    });
    if let Some(named) = named {
        return named.child(Field::Value);
    }
    let plain = |argument: &Node<'_>| {
        !matches!(argument.kind(), Kind::KeywordArgument | Kind::ListSplat | Kind::DictionarySplat)
    };
    arguments.children().take_while(plain).nth(position?)
}

/// Whether the receiver's own name says what it is.
fn is_plain(target: Target, receiver: Node<'_>) -> bool {
    let word = match target {
        Target::Receiver | Target::Event => "span",
        Target::NewSpan { .. } => "tracer",
        _ => return false,
    };
    let named = match receiver.kind() {
        Kind::Call => receiver.child(Field::Function).and_then(last_name),
        _ => last_name(receiver),
    };
    named.is_some_and(|name| name.text().to_ascii_lowercase().contains(word))
}
