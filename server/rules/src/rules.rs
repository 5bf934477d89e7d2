//! The rules, in the order in which they are listed and run.

mod dangling_read;

use crate::rule::Rule;

/// Every rule.
pub static ALL: &[&Rule] = &[
    // The pipeline.
    &dangling_read::RULE,
];

/// The rule of this name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.name == name).copied()
}
