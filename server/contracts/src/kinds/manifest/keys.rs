//! Keys of a manifest that are alike but for name and prose.

use crate::schema::{Enumeration, Key, Pattern, Presence, Shape, Text};

/// A text that may be absent.
pub(in crate::kinds) const fn optional(
    name: &'static str,
    example: &'static str,
    prose: &'static str,
) -> Key {
    Key { name, shape: Shape::Text(Text::Free), presence: Presence::Optional, example, prose }
}

/// A text that must be there.
pub(in crate::kinds) const fn required(
    name: &'static str,
    example: &'static str,
    prose: &'static str,
) -> Key {
    Key { name, shape: Shape::Text(Text::Free), presence: Presence::Required, example, prose }
}

/// Texts, of which there may be none.
pub(in crate::kinds) const fn texts(name: &'static str, prose: &'static str) -> Key {
    let shape = Shape::list(&Shape::Text(Text::Free));
    Key { name, shape, presence: Presence::Default("[]"), example: "[]", prose }
}

/// A point in time that may be absent.
pub(in crate::kinds) const fn moment(name: &'static str, prose: &'static str) -> Key {
    let shape = Shape::Text(Text::Moment);
    Key { name, shape, presence: Presence::Optional, example: "\"2026-01-31\"", prose }
}

/// A text of some form that may be absent.
pub(in crate::kinds) const fn formed(
    name: &'static str,
    form: &'static Pattern,
    example: &'static str,
    prose: &'static str,
) -> Key {
    let shape = Shape::Text(Text::Matching(form));
    Key { name, shape, presence: Presence::Optional, example, prose }
}

/// A word of a closed set that may be absent.
pub(in crate::kinds) const fn one_of(
    name: &'static str,
    words: &'static Enumeration,
    prose: &'static str,
) -> Key {
    let example = words.values[0].0;
    Key { name, shape: Shape::OneOf(words), presence: Presence::Optional, example, prose }
}
