//! Tests of what is declared: every kind must keep its own word.

use syntax::yaml::{self, Limits};

use super::*;
use crate::decode::check;
use crate::kinds::KINDS;
use crate::problem::{Home, ProblemKind};

/// The records of a kind, each once.
fn records(kind: &Kind) -> Vec<&'static Record> {
    let mut found: Vec<&'static Record> = vec![kind.root];
    let mut next = 0;
    while let Some(record) = found.get(next) {
        for key in record.keys {
            let mut shape = &key.shape;
            while let Shape::List(items) | Shape::Map(_, items) = shape {
                shape = items.of;
            }
            if let Shape::Record(inner) = shape
                && !found.iter().any(|held| std::ptr::eq(*held, *inner))
            {
                found.push(inner);
            }
        }
        next += 1;
    }
    found
}

/// Every record of every kind.
fn all() -> impl Iterator<Item = (&'static Kind, &'static Record)> {
    KINDS.iter().flat_map(|kind| records(kind).into_iter().map(move |record| (*kind, record)))
}

#[test]
fn the_examples_of_a_record_make_a_sound_document() {
    for (kind, record) in all() {
        let lines = record.keys.iter().map(|key| format!("{}: {}\n", key.name, key.example));
        let text: String = lines.collect();
        assert_eq!(text.lines().count(), record.keys.len(), "{text}");
        let alone: &'static Kind = Box::leak(Box::new(Kind {
            name: kind.name,
            title: kind.title,
            prose: kind.prose,
            signs: Signs::NONE,
            loader: kind.loader,
            root: record,
            read: kind.read,
        }));
        let yaml = yaml::parse(&text, &Limits::default());
        let problems = check(&text, &yaml, yaml.documents[0], alone);
        let is_announced = |kind: &ProblemKind| {
            matches!(kind, ProblemKind::UnknownKey { home: Home::Extension, .. })
        };
        let wrong: Vec<_> =
            problems.iter().filter(|problem| !is_announced(&problem.kind)).collect();
        assert!(wrong.is_empty(), "{} of {}: {text}\n{wrong:?}", record.name, kind.name);
    }
}

#[test]
fn former_keys_lead_to_those_of_today() {
    for (kind, record) in all() {
        for (index, former) in record.former.iter().enumerate() {
            let place = format!("`{}` of {}, {}", former.name, record.name, kind.name);
            let today = former.today().map(|name| record.key(name));
            let same = today.flatten().is_some_and(|key| key.name == former.name);
            assert!(today.is_none_or(|key| key.is_some()), "{place}");
            assert!(same || record.key(former.name).is_none(), "{place}");
            assert!(
                record.former[..index].iter().all(|other| other.name != former.name),
                "{place}"
            );
            match former.became {
                Became::Word(..) => assert!(same, "{place}"),
                Became::List(names) => {
                    let shape = today.flatten().map(|key| &key.shape);
                    let Some(Shape::List(Items { of: Shape::Record(inner), .. })) = shape else {
                        panic!("{place}: {shape:?}");
                    };
                    assert!(names.iter().all(|name| inner.key(name).is_some()), "{place}");
                }
                Became::Kin(_, why) | Became::Nothing(why) => {
                    assert!(why.ends_with(|c: char| c.is_alphanumeric() || c == '`'), "{place}");
                }
                Became::Key(_) | Became::Lifted(..) => assert!(!same, "{place}"),
            }
        }
    }
}

#[test]
fn defaults_are_values_of_their_keys() {
    for (kind, record) in all() {
        for key in record.keys {
            let Presence::Default(word) = key.presence else { continue };
            let fits = match &key.shape {
                Shape::Flag => word == "true" || word == "false",
                Shape::Number(range) => word.parse().is_ok_and(|number| range.has(number)),
                Shape::OneOf(words) => words.values.iter().any(|(known, _)| *known == word),
                Shape::List(_) => word.starts_with('['),
                Shape::Map(..) | Shape::Record(_) => word.starts_with('{'),
                Shape::Text(_) | Shape::Anything => !word.is_empty(),
            };
            assert!(fits, "`{}` of {}, {}: {word}", key.name, record.name, kind.name);
        }
    }
}

#[test]
fn keys_have_prose_and_names_of_their_own() {
    for (kind, record) in all() {
        assert!(is_sentence(record.prose), "{} of {}: {}", record.name, kind.name, record.prose);
        for (index, key) in record.keys.iter().enumerate() {
            let place = format!("`{}` of {}, {}", key.name, record.name, kind.name);
            assert!(is_sentence(key.prose), "{place}: {}", key.prose);
            assert!(record.keys[..index].iter().all(|other| other.name != key.name), "{place}");
        }
        assert!(is_sentence(kind.prose), "{}", kind.prose);
    }
}

fn is_sentence(prose: &str) -> bool {
    prose.ends_with('.') && prose.chars().next().is_some_and(char::is_uppercase)
}

#[test]
fn owners_are_declared_before_what_they_own() {
    for (kind, record) in all() {
        let mut named: Vec<Sort> = Vec::new();
        for key in record.keys {
            let mut shape = &key.shape;
            let mut sorts: Vec<Sort> = Vec::new();
            loop {
                match shape {
                    Shape::List(items) => shape = items.of,
                    Shape::Map(keys, items) => {
                        sorts.extend(keys.names().map(|(sort, _)| sort));
                        shape = items.of;
                    }
                    Shape::Text(text) => {
                        sorts.extend(text.names().map(|(sort, _)| sort));
                        break;
                    }
                    _ => break,
                }
            }
            for owner in sorts.iter().filter_map(|sort| sort.owner()) {
                assert!(named.contains(&owner), "`{}` of {}, {}", key.name, record.name, kind.name);
            }
            named.extend(sorts);
        }
    }
}

#[test]
fn patterns_are_regular_expressions() {
    for (kind, record) in all() {
        for key in record.keys {
            let mut shape = &key.shape;
            while let Shape::List(items) | Shape::Map(_, items) = shape {
                shape = items.of;
            }
            if let Shape::Text(Text::Matching(pattern)) = shape {
                let compiled = regex::Regex::new(pattern.regex);
                assert!(compiled.is_ok(), "`{}` of {}: {}", key.name, kind.name, pattern.regex);
            }
        }
    }
}

#[test]
fn conditions_speak_of_keys_and_words_that_there_are() {
    for (kind, record) in all() {
        for condition in record.conditions {
            let place = format!("{} of {}: {condition:?}", record.name, kind.name);
            assert!(record.key(condition.key).is_some(), "{place}");
            let when = record.key(condition.when);
            let can_be = match when.map(|key| &key.shape) {
                Some(Shape::OneOf(words)) => {
                    words.values.iter().any(|(word, _)| *word == condition.is)
                }
                Some(Shape::Flag) => condition.is == "true" || condition.is == "false",
                Some(Shape::Text(_)) => true,
                _ => false,
            };
            assert!(can_be, "{place}");
        }
    }
}

#[test]
fn relations_speak_of_keys_that_there_are() {
    for (kind, record) in all() {
        for relation in record.relations {
            let place = format!("{} of {}: {relation:?}", record.name, kind.name);
            let shape = |name: &str| record.key(name).map(|key| &key.shape);
            assert!(relation.keys().into_iter().all(|key| shape(key).is_some()), "{place}");
            let is_fit = match relation {
                Relation::Listed { list, item, .. } => match shape(list) {
                    Some(Shape::List(Items { of: Shape::Record(inner), .. })) => {
                        inner.key(item).is_some()
                    }
                    _ => false,
                },
                Relation::NotBefore { key, start } => [key, start]
                    .into_iter()
                    .all(|key| matches!(shape(key), Some(Shape::Text(Text::Moment)))),
                Relation::Disjoint { key, other } => {
                    [key, other].into_iter().all(|key| matches!(shape(key), Some(Shape::List(_))))
                }
                Relation::SumAtMost { parts, total } => {
                    matches!(shape(parts), Some(Shape::Map(..)))
                        && matches!(shape(total), Some(Shape::Number(_)))
                }
                Relation::SomeActive => record.required().next().is_none(),
                Relation::Word { key, form, words, .. } => match shape(key) {
                    Some(Shape::OneOf(set)) => {
                        let is_one = |word: &&str| set.values.iter().any(|(one, _)| one == word);
                        regex::Regex::new(form.regex).is_ok() && words.iter().all(is_one)
                    }
                    _ => false,
                },
            };
            assert!(is_fit, "{place}");
        }
    }
}

#[test]
fn kinds_have_names_and_words_of_their_own() {
    for (index, kind) in KINDS.iter().enumerate() {
        let others = || KINDS.iter().enumerate().filter(move |(other, _)| *other != index);
        assert!(others().all(|(_, other)| other.name != kind.name && other.title != kind.title));
        for word in kind.signs.words {
            assert!(others().all(|(_, other)| !other.signs.words.contains(word)), "{word}");
        }
        if let Some((key, words)) = kind.signs.says {
            assert!(kind.root.key(key).is_some(), "{}", kind.name);
            let says = |other: &Kind, word: &str| {
                other.signs.says.is_some_and(|(other, words)| other == key && words.contains(&word))
            };
            assert!(words.iter().all(|word| others().all(|(_, other)| !says(other, word))));
        }
    }
}
