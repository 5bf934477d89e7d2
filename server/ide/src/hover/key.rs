//! Keys and words that a kind of contract declares.

use contracts::schema::words::{one_line, with_article};
use contracts::schema::{Enumeration, Items, Key, Presence, Record, Shape, Text};

use crate::target::Declared;

pub(super) fn tell(declared: Declared) -> String {
    match declared {
        Declared::Key(record, key) => of_key(record, key),
        Declared::Word(set, index) => of_word(set, index),
    }
}

fn of_key(record: &Record, key: &Key) -> String {
    let presence = match key.presence {
        Presence::Required => "required".to_owned(),
        Presence::Default(value) => format!("default `{value}`"),
        Presence::Optional => "optional".to_owned(),
        Presence::Extension => "optional, of an announced extension".to_owned(),
    };
    let shape = shape(&key.shape);
    let mut parts = vec![
        format!("`{}` of {}: {shape}, {presence}", key.name, with_article(record.name)),
        one_line(key.prose),
    ];
    if let Shape::OneOf(set) = key.shape {
        let words = set.values.iter();
        let words = words.map(|(word, meaning)| format!("- `{word}`: {}", one_line(meaning)));
        parts.push(words.collect::<Vec<_>>().join("\n"));
    }
    parts.join("\n\n")
}

fn of_word(set: &Enumeration, index: usize) -> String {
    let Some((word, meaning)) = set.values.get(index) else {
        return String::new();
    };
    let others = set.values.iter().filter(|(other, _)| other != word);
    let others: Vec<String> = others.map(|(other, _)| format!("`{other}`")).collect();
    let set = with_article(set.name);
    format!("`{word}`, {set}\n\n{}\n\nOr: {}.", one_line(meaning), others.join(", "))
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Text(Text::FieldPath) => "path of a field".to_owned(),
        Shape::Text(Text::Defines(sort) | Text::Refers(sort) | Text::MayRefer(sort)) => {
            format!("name of {}", with_article(sort.noun()))
        }
        Shape::Text(Text::Matching(pattern) | Text::Coins(_, pattern)) => pattern.name.to_owned(),
        Shape::Text(Text::Moment) => "date or time".to_owned(),
        Shape::Text(Text::Type) => "type".to_owned(),
        Shape::Text(Text::Expression) => "expression".to_owned(),
        Shape::Text(_) => "text".to_owned(),
        Shape::Flag => "true or false".to_owned(),
        Shape::Number(_) => "number".to_owned(),
        Shape::OneOf(set) => set.name.to_owned(),
        Shape::Anything => "any value".to_owned(),
        Shape::List(Items { of: Shape::Record(record), .. }) => format!("list of {}s", record.name),
        Shape::List(_) => "list".to_owned(),
        Shape::Map(_, Items { of: Shape::Record(record), .. }) => {
            format!("{}s by name", record.name)
        }
        Shape::Map(..) => "mapping".to_owned(),
        Shape::Record(_) => "mapping".to_owned(),
    }
}
