//! Attributes and events of telemetry that code names and a contract speaks of.

use contracts::schema::Sort;
use facts::places::Anchor;
use graph::sources::Sources;

use super::{Symbol, Target, add};
use crate::named::{self, Reach, Thing};
use crate::place::Cursor;
use crate::telemetry;

/// What is named at the cursor, if a contract names it too.
pub(super) fn find(sources: &dyn Sources, cursor: Cursor) -> Option<Target> {
    attribute(sources, cursor).or_else(|| event(sources, cursor))
}

/// The attribute that is set at the cursor.
fn attribute(sources: &dyn Sources, cursor: Cursor) -> Option<Target> {
    let graph = sources.graph();
    let set = telemetry::attributes_in(graph, cursor.file).find_map(|set| {
        let span = sources.span(Anchor { file: cursor.file, local: set.at.local })?;
        span.touches(cursor.offset).then_some((set.name, span))
    });
    let (name, span) = set?;
    let thing = Thing { sort: Sort::Attribute, name, of: None, reach: Reach::Project };
    let is_known = !named::uses(graph, &thing).is_empty();
    is_known.then(|| Target::one(span, Symbol::Thing(thing)))
}

/// The event that is emitted at the cursor.
fn event(sources: &dyn Sources, cursor: Cursor) -> Option<Target> {
    let graph = sources.graph();
    let text = sources.text(cursor.file);
    let mut target: Option<Target> = None;
    for event in telemetry::events_in(graph, cursor.file) {
        let called = sources.span(event.at);
        let span =
            called.and_then(|called| telemetry::name_of_event(&text, called, event.thing.name));
        let Some(span) = span.filter(|span| span.touches(cursor.offset)) else { continue };
        if !named::uses(graph, &event.thing).is_empty() {
            let target =
                target.get_or_insert_with(|| Target { span, symbols: Vec::new(), more: 0 });
            add(&mut target.symbols, Symbol::Thing(event.thing));
        }
    }
    target
}
