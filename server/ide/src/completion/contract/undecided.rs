//! A document that does not say yet what kind of contract it is.

use contracts::kinds::KINDS;
use contracts::schema::Kind;

use super::Asked;
use super::place::{Behind, Form, Place, Step, What};
use super::values::{self, Candidate};
use crate::completion::{Item, ItemKind};

/// The keys by which documents say it, with the kinds and the words that say them.
fn words() -> impl Iterator<Item = (&'static str, &'static Kind, &'static str)> {
    KINDS.iter().filter_map(|kind| {
        let (key, words) = kind.signs.says?;
        Some((key, *kind, *words.first()?))
    })
}

/// Whether documents say by this key what they are.
pub(super) fn says(key: &str) -> bool {
    words().any(|(known, ..)| known == key)
}

/// The key that says it, and its words; and a document of the kind that the file is called.
pub(super) fn offer(
    asked: &Asked<'_, '_>,
    place: &Place<'_>,
    is_certain: bool,
    items: &mut Vec<Item>,
) {
    match (place.steps.as_slice(), place.what) {
        ([Step::Key(key)], What::Inline | What::Fresh) if asked.kind.root.key(key).is_none() => {
            let words = words().filter(|(known, ..)| known == key);
            let candidates = words.map(|(_, kind, word)| Candidate {
                text: word.to_owned(),
                kind: ItemKind::Value,
                detail: Some(kind.title.to_owned()),
                documentation: Some(kind.prose.to_owned()),
                group: 0,
            });
            values::add(asked, candidates, items);
        }
        ([], What::Fresh | What::Key(Behind::Nothing))
            if place.entries.is_empty() && !is_certain =>
        {
            if let Form::Yaml(habits) = asked.context.form {
                items.extend(asked.yaml_document(habits));
            }
        }
        _ => {}
    }
}
