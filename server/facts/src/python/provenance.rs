//! Calls of the run-time checkers: guards, validators and trackers.
//!
//! They look at the context by what the contract says, and write nothing but reserved keys. To take
//! them for unknown callees would make every guarded handler open.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};

/// Names that nothing else has.
const OWN_NAMES: &[&str] = &[
    "enter_phase",
    "exit_phase",
    "validate_phase_entry",
    "validate_phase_exit",
    "validate_phase_boundary",
    "validate_enrichment",
    "stamp_evaluation",
    "record_transformation",
];

/// Names that count where the object is called after one of the [`KEEPERS`].
const SHARED_NAMES: &[&str] = &["phase", "stamp", "grant", "attenuate", "record"];

const KEEPERS: &[&str] = &["guard", "tracker", "validator"];

/// Whether the called function or method is one of a run-time checker.
pub(super) fn checks_or_records(function: Node<'_>) -> bool {
    let name = match function.kind() {
        Kind::Attribute => function.child(Field::Attribute).map_or("", Node::text),
        _ => function.text(),
    };
    OWN_NAMES.contains(&name) || (SHARED_NAMES.contains(&name) && is_keeper(function))
}

fn is_keeper(function: Node<'_>) -> bool {
    let object = function.child(Field::Object).map_or("", Node::text).to_ascii_lowercase();
    // `self._guard`, `BudgetTracker()`: the last word names the object.
    let word = object.trim_end_matches("()");
    KEEPERS.iter().any(|keeper| word.ends_with(keeper))
}
