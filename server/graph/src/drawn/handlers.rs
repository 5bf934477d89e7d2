//! The code of nodes, with what it does to the state.

use contracts::path::FieldPath;
use facts::places::Anchor;
use text::name::Name;

use super::{Drawing, DrawnNode, Given, GivenKey, NodeCode, Runs};
use crate::code_contract::CodeContract;
use crate::fold::{Folder, Outcome};
use crate::handler::{Code, Handler};
use crate::names::Lookup;
use crate::summary::{Site, Summary, Write, WrittenValue};

/// The handlers of all nodes that are tied to code. Notes of each node what it writes and loses.
pub(crate) fn handlers(lookup: &Lookup<'_>, drawing: &mut Drawing) -> Vec<Handler> {
    let mut folder = Folder::new(lookup);
    let mut handlers = Vec::new();
    for node in &mut drawing.nodes {
        if let Runs::Code(code) = node.runs {
            handlers.extend(handler(lookup, &mut folder, node, code));
        }
    }
    handlers
}

fn handler(
    lookup: &Lookup<'_>,
    folder: &mut Folder<'_, '_>,
    node: &mut DrawnNode,
    code: NodeCode,
) -> Option<Handler> {
    let facts = lookup.function(code.function)?;
    let outcome = match code.state {
        Some(state) => folder.parameter(code.function, code.class, state),
        None => {
            let (summary, returned) = (Summary::default(), Given::default());
            Some(Outcome { summary, returns: true, returned })
        }
    };
    let summary = outcome.map(|outcome| given_back(outcome.summary, node));
    Some(Handler {
        code: Code::Function(code.function),
        name: facts.name,
        at: Anchor { file: code.function.file, local: facts.at },
        phase: node.name,
        phase_at: node.at,
        summary,
        declares: CodeContract::default(),
        returned: node.given.clone(),
    })
}

/// A router's name, and what it does with the state.
pub(super) fn router(lookup: &Lookup<'_>, runs: Runs) -> Option<(Name, Summary)> {
    let Runs::Code(code) = runs else { return None };
    let facts = lookup.function(code.function)?;
    let outcome = Folder::new(lookup).parameter(code.function, code.class, code.state?)?;
    Some((facts.name, outcome.summary))
}

/// What stands in the state after a node: what it gives back. What it writes into the state that it was
/// handed goes nowhere, unless it gives that back as a whole; parts are shared, and keep what is put
/// into them.
fn given_back(summary: Summary, node: &mut DrawnNode) -> Summary {
    let Summary { reads, writes, past, open_reads, open_parts, ensured, open_writes, .. } = summary;
    let given = &node.given;
    let is_whole = given.whole.is_some();
    let (mut kept, lost): (Vec<Write>, Vec<Write>) =
        writes.into_iter().partition(|write| is_whole || write.path.parent().is_some());
    kept.extend(given.keys.iter().filter(|key| !key.to_parent).map(write));
    let open = given.open.map(|at| site(at, Name::new(""), &[]));
    let is_given = |key: Name| given.keys.iter().any(|given| given.name == key);
    node.lost = lost
        .into_iter()
        .filter(|write| given.open.is_none() && !is_given(write.path.root()))
        .collect();
    Summary {
        reads,
        writes: kept,
        drops: Vec::new(),
        past,
        open_reads,
        open_writes: open.or(open_writes.filter(|_| is_whole)),
        open_parts,
        ensured: ensured.into_iter().filter(|_| is_whole).collect(),
    }
}

fn write(key: &GivenKey) -> Write {
    Write {
        path: FieldPath::from_segments(vec![key.name]),
        must: key.must,
        onward: false,
        value: WrittenValue::Unknown,
        site: site(key.at, key.function, &key.through),
    }
}

fn site(at: Anchor, function: Name, through: &[Anchor]) -> Site {
    Site { at, function, through: through.to_vec() }
}
