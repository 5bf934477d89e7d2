//! Rules that a `# contextcore: ignore[...]` directive names.

use facts::places::Anchor;
use graph::sources::Sources;
use rules::rules::by_name;

use super::{Symbol, Target};
use crate::place::Cursor;

/// The rule at the cursor, if a directive names one there.
pub(super) fn find(sources: &dyn Sources, cursor: Cursor) -> Option<Target> {
    let facts = sources.graph().files().get(cursor.file)?.facts.as_ref()?;
    let named = facts.suppressions.iter().flat_map(|directive| &directive.rules);
    named.into_iter().find_map(|rule| {
        let span = sources.span(Anchor { file: cursor.file, local: rule.at })?;
        let known = by_name(rule.name.as_str()).filter(|_| span.touches(cursor.offset))?;
        Some(Target::one(span, Symbol::Rule(known)))
    })
}
