//! Facts as short text, for tests.

use std::fmt::Write;

use contracts::value::Value;

use super::{
    Access, Action, Call, Callee, Constant, Effect, Function, Key, Part, Place, Root, Rounds, Slot,
    Written,
};

/// The effects of a function, one line.
pub(super) fn function(function: &Function) -> String {
    effect(&function.effect, function)
}

fn effect(effect: &Effect, of: &Function) -> String {
    let inner = |inner: &Effect| self::effect(inner, of);
    let all = |parts: &[Effect], between: &str| -> String {
        parts.iter().map(inner).collect::<Vec<_>>().join(between)
    };
    match effect {
        Effect::Sequence(parts) => all(parts, ", "),
        Effect::Branch(parts) => format!("branch{{{}}}", all(parts, " | ")),
        Effect::Loop { body, rounds } => {
            format!("loop{}{{{}}}", if *rounds == Rounds::Any { "" } else { "+" }, inner(body))
        }
        Effect::Try { body, handlers, otherwise, finally } => {
            let mut out = format!("try{{{}}}", inner(body));
            for clause in handlers {
                let mark = if clause.catches_missing_key { "key" } else { "" };
                let _ = write!(out, "except {mark}{{{}}}", inner(&clause.effect));
            }
            for (word, part) in [("else", otherwise), ("finally", finally)] {
                let text = inner(part);
                if !text.is_empty() {
                    let _ = write!(out, "{word}{{{text}}}");
                }
            }
            out
        }
        Effect::Access(access) => self::access(access, of),
        Effect::Assume(place) => format!("assume {}", self::place(place, of)),
        Effect::Choose => "choose".into(),
        Effect::Lack(place) => format!("lack {}", self::place(place, of)),
        Effect::Aside(asked) => format!("aside{{{}}}", inner(asked)),
        Effect::Call(call) => self::call(call, of),
        Effect::Return => "return".into(),
        Effect::Fail => "fail".into(),
        Effect::Raise => "raise".into(),
        Effect::Break => "break".into(),
        Effect::Continue => "continue".into(),
    }
}

fn access(access: &Access, of: &Function) -> String {
    let place = place(&access.place, of);
    match &access.action {
        Action::ReadHard => format!("read! {place}"),
        Action::ReadSoft => format!("read? {place}"),
        Action::ReadDefaulted(Some(default)) => format!("read {place}={}", value(default)),
        Action::ReadDefaulted(None) => format!("read {place}=.."),
        Action::Write(written) => format!("write {place}{}", self::written(written, of)),
        Action::Drop => format!("drop {place}"),
        Action::Clear => format!("clear {place}"),
        Action::EscapeRead => format!("escape-read {place}"),
        Action::Escape => format!("escape {place}"),
    }
}

fn written(written: &Written, of: &Function) -> String {
    match written {
        Written::Literal(literal) => format!(" := {}", value(literal)),
        Written::Dict(keys, others) => {
            let mut names: Vec<&str> = keys.iter().map(|key| key.as_str()).collect();
            names.extend(others.then_some(".."));
            format!(" : {{{}}}", names.join(", "))
        }
        Written::Builtin(name) => format!(" : {name}"),
        Written::Called(name) => format!(" : {}()", dotted(name)),
        Written::CalledWith(name, keywords) => {
            let keywords: Vec<&str> = keywords.iter().map(|name| name.as_str()).collect();
            format!(" : {}({})", dotted(name), keywords.join(", "))
        }
        Written::Fields(name) => format!(" : fields of {}", dotted(name)),
        Written::Copied(from) => format!(" <- {}", place(from, of)),
        Written::Unknown => String::new(),
    }
}

fn call(call: &Call, of: &Function) -> String {
    let callee = match &call.callee {
        Callee::Name(name) => dotted(name),
        Callee::SelfMethod(name) => format!("self.{name}"),
        Callee::SuperMethod(name) => format!("super.{name}"),
        Callee::Nested(index) => format!("#{index}"),
        Callee::Made(made) => format!("new {}", dotted(&made.maker)),
        Callee::Member(member) => format!("new {}.{}", dotted(&member.made.maker), member.name),
        Callee::Unknown => "?".into(),
    };
    let passed: Vec<String> = call
        .passed
        .iter()
        .map(|passed| {
            let slot = match passed.slot {
                Slot::Position(position) => position.to_string(),
                Slot::Keyword(name) => name.to_string(),
                Slot::Unclear => "?".into(),
            };
            format!("{slot}={}", place(&passed.place, of))
        })
        .collect();
    format!("call {callee}({})", passed.join(", "))
}

fn place(place: &Place, of: &Function) -> String {
    let root = match place.root {
        Root::Parameter(index) => match of.parameters.get(index as usize) {
            Some(parameter) if parameter.name.as_str() == "context" => String::new(),
            Some(parameter) => format!("{}:", parameter.name),
            None => format!("?{index}:"),
        },
        Root::SelfAttribute(name) => format!("self.{name}:"),
        Root::Captured(function, parameter) => format!("^{function}.{parameter}:"),
    };
    let keys: Vec<String> = place.keys.iter().map(key).collect();
    format!("{root}{}", if keys.is_empty() { "@".to_owned() } else { keys.join(".") })
}

fn key(key: &Key) -> String {
    match key {
        Key::Text(text) => text.to_string(),
        Key::Name(name) => format!("<{}>", dotted(name)),
        Key::Each(each) => {
            let part = match each.part {
                Part::Item => String::new(),
                Part::Element(index) => format!("/{index}"),
                Part::Value => "/value".into(),
            };
            format!("each({}{part})", constant(&each.collection))
        }
        Key::Item(item) => format!("<{}[{}]>", dotted(&item.0), value(&item.1)),
        Key::Joined(joined) => joined.parts.iter().map(self::key).collect::<Vec<_>>().join("+"),
        Key::Pattern(ends) => format!("{}~{}", ends.0, ends.1),
        Key::Unknown => "*".into(),
    }
}

/// A constant in Python's manner.
pub(super) fn constant(constant: &Constant) -> String {
    let list = |items: &[Constant]| items.iter().map(self::constant).collect::<Vec<_>>().join(", ");
    match constant {
        Constant::Literal(literal) => value(literal),
        Constant::List(items) => format!("[{}]", list(items)),
        Constant::Dict(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", self::constant(key), self::constant(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        Constant::Name(name) => dotted(name),
        Constant::Call(call) => {
            let mut arguments: Vec<String> = call.positional.iter().map(self::constant).collect();
            let keyword = call.keyword.iter();
            arguments
                .extend(keyword.map(|(name, value)| format!("{name}={}", self::constant(value))));
            format!("{}({})", dotted(&call.callee), arguments.join(", "))
        }
        Constant::Unknown => "?".into(),
    }
}

/// A name with dots.
pub(super) fn dotted(name: &[text::name::Name]) -> String {
    name.iter().map(|part| part.as_str()).collect::<Vec<_>>().join(".")
}

fn value(literal: &Value) -> String {
    match literal {
        Value::Null => "None".into(),
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Text(text) => format!("{:?}", text.as_str()),
        Value::List(items) => {
            format!("[{}]", items.iter().map(value).collect::<Vec<_>>().join(", "))
        }
        Value::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, item)| format!("{}: {}", value(key), value(item)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Other(text) => text.to_string(),
    }
}
