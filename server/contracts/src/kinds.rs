//! Every contract kind, one file each.

use crate::schema::Kind;

mod common;
pub mod propagation;

/// The kinds that are known, in the order in which a file is tried against them.
pub static KINDS: &[&Kind] = &[&propagation::KIND];

/// The kind of this name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.name == name)
}
