//! Who uses a name, by kinds of contracts.

use contracts::schema::Sort;
use facts::places::Anchor;
use graph::handler::ContractRef;
use text::name::Name;

use super::layout::{Places, Table};
use crate::named::{self, Use};

/// How many places of one kind are given.
const MOST_PLACES: usize = 4;

/// The lines, after an empty one, that tell who names something of a pipeline besides the typed part
/// of its propagation contract; none where nobody does.
pub(super) fn of_name(
    pipeline: ContractRef,
    sort: Sort,
    is_it: &dyn Fn(Name) -> bool,
    places: &mut Places<'_, '_>,
) -> Vec<String> {
    let uses = named::besides(places.question.graph(), pipeline, sort);
    let mut table = Table::default();
    rows(uses.iter().filter(|found| is_it(found.named.name)), &mut table, places);
    let mut lines = table.lines();
    if !lines.is_empty() {
        lines.insert(0, String::new());
    }
    lines
}

/// A row for each kind of contract that uses a name, in the order in which they come.
pub(super) fn rows<'u>(
    uses: impl Iterator<Item = &'u Use<'u>>,
    table: &mut Table,
    places: &mut Places<'_, '_>,
) {
    let mut kinds: Vec<(&str, Vec<Anchor>)> = Vec::new();
    for found in uses {
        let kind = found.facts.document.kind.title;
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, anchors)) if anchors.contains(&found.at()) => {}
            Some((_, anchors)) => anchors.push(found.at()),
            None => kinds.push((kind, vec![found.at()])),
        }
    }
    for (kind, anchors) in kinds {
        row(kind, &anchors, table, places);
    }
}

/// What uses a name, how often, and where.
pub(super) fn row(what: &str, anchors: &[Anchor], table: &mut Table, places: &mut Places<'_, '_>) {
    if anchors.is_empty() {
        return;
    }
    let mut words: Vec<String> =
        anchors.iter().take(MOST_PLACES).map(|at| places.word(*at)).collect();
    if anchors.len() > MOST_PLACES {
        words.push("...".to_owned());
    }
    let count = format!("{}x", anchors.len());
    table.row([what.to_owned(), count, words.join(", ")]);
}
