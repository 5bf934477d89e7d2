//! The other places of the file that speak of the thing under the cursor.

use std::collections::BTreeMap;

use graph::sources::Sources;
use text::span::Span;

use crate::place::Cursor;
use crate::question::{FEW_PIPELINES, Question};
use crate::references::{Role, of_symbol};
use crate::target;

/// What is done with a thing at a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Access {
    /// It is used.
    Read,
    /// It is made, changed or declared.
    Write,
    /// It is named.
    Text,
}

/// The places in the cursor's file that speak of the thing at `cursor`, in order.
#[must_use]
pub fn highlight(sources: &dyn Sources, cursor: Cursor) -> Vec<(Span, Access)> {
    let question = Question::new(sources, FEW_PIPELINES);
    let Some(target) = target::find(&question, cursor) else {
        return Vec::new();
    };
    let mut found: BTreeMap<Span, Access> = BTreeMap::new();
    for symbol in &target.symbols {
        for reference in of_symbol(&question, symbol, Some(cursor.file)) {
            if reference.place.file != cursor.file {
                continue;
            }
            let access = match reference.role {
                Role::Reads => Access::Read,
                Role::Writes => Access::Write,
                Role::Names => Access::Text,
            };
            let known = found.entry(reference.place.span).or_insert(access);
            // `setdefault` does both, and that it writes is what matters more.
            if access == Access::Write {
                *known = Access::Write;
            }
        }
    }
    found.into_iter().collect()
}
