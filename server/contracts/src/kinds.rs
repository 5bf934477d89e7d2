//! Every contract kind, one file each.

use crate::schema::Kind;

pub mod propagation;

/// The kinds that are known, in the order in which a file is tried against them.
pub static KINDS: &[&Kind] = &[&propagation::KIND];
