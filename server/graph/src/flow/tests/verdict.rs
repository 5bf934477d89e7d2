//! One demand, one verdict: which reason is told where several would do.

use super::{built, handler, ordered, unmet};

const MAKES_X: &str = "a: {exit: {required: [{name: x}]}}";
const WANTS_X: &str = "b: {entry: {required: [{name: x}]}}";

#[test]
fn what_is_there_is_met() {
    assert!(unmet(&built(&[MAKES_X, WANTS_X], "")).is_empty());
}

#[test]
fn without_a_producer_it_dangles_or_a_default_hides_that() {
    assert_eq!(unmet(&built(&["a: {}", WANTS_X], "")), ["b x dangling"]);
    let enriched = "b: {entry: {enrichment: [{name: x, severity: warning, default: 1}]}}";
    assert_eq!(unmet(&built(&["a: {}", enriched], "")), ["b x shadowed"]);
    let without = "b: {entry: {enrichment: [{name: x, severity: warning}]}}";
    assert_eq!(unmet(&built(&["a: {}", without], "")), ["b x dangling"]);
}

#[test]
fn the_nearest_name_is_offered_unless_two_are_as_near() {
    let makes = |names: &str| format!("a: {{exit: {{required: [{names}]}}}}");
    let wants = "b: {entry: {required: [{name: language}]}}";
    let one = makes("{name: langauge}, {name: records}");
    assert_eq!(unmet(&built(&[&one, wants], "")), ["b language dangling ~langauge"]);
    let two = makes("{name: languages}, {name: langage}");
    assert_eq!(unmet(&built(&[&two, wants], "")), ["b language dangling"]);
}

#[test]
fn a_name_of_like_words_with_readers_of_its_own_is_not_offered() {
    let makes = "a: {exit: {required: [{name: design_results}]}}";
    let wants = "b: {entry: {required: [{name: test_results}]}}";
    let taken = "c: {entry: {required: [{name: design_results}]}}";
    assert_eq!(unmet(&built(&[makes, wants], "")), ["b test_results dangling ~design_results"]);
    assert_eq!(unmet(&built(&[makes, wants, taken], "")), ["b test_results dangling"]);
}

#[test]
fn a_later_producer_explains_more_than_a_default() {
    let later = "c: {exit: {required: [{name: x}]}}";
    assert_eq!(unmet(&built(&["a: {}", WANTS_X, later], "")), ["b x late"]);
    let enriched = "b: {entry: {enrichment: [{name: x, severity: warning, default: 1}]}}";
    assert_eq!(unmet(&built(&["a: {}", enriched, later], "")), ["b x late"]);
}

#[test]
fn a_wrong_source_explains_more_than_a_later_producer() {
    let wants = "b: {entry: {required: [{name: x, source_phase: c}]}}";
    let later = "c: {exit: {required: [{name: x}]}}";
    assert_eq!(unmet(&built(&["a: {}", wants, later], "")), ["b x wrongsource"]);
    let unknown = "b: {entry: {required: [{name: x, source_phase: nowhere}]}}";
    assert_eq!(unmet(&built(&["a: {}", unknown], "")), ["b x wrongsource"]);
}

#[test]
fn a_removal_explains_more_than_all_else() {
    let phases = [
        MAKES_X,
        "b: {}",
        "c: {entry: {required: [{name: x, source_phase: d}]}}",
        "d: {exit: {required: [{name: x}]}}",
    ];
    let pipeline = built(&phases, &handler("b", "context.pop('x')"));
    assert_eq!(unmet(&pipeline), ["c x dropped 1"]);
}

#[test]
fn what_is_there_on_some_paths_fails_who_cannot_do_without() {
    let python = handler("a", "if go():\n    context['x'] = 1");
    assert_eq!(unmet(&built(&["a: {}", WANTS_X], &python)), ["b x conditional"]);
    let enriched = "b: {entry: {enrichment: [{name: x, severity: warning}]}}";
    assert!(unmet(&built(&["a: {}", enriched], &python)).is_empty());
}

#[test]
fn an_optional_exit_fails_only_code() {
    let optional = "a: {exit: {optional: [{name: x, severity: advisory}]}}";
    assert!(unmet(&built(&[optional, WANTS_X], "")).is_empty());
    let python =
        handler("a", "if go():\n    context['x'] = 1") + &handler("b", "use(context['x'])");
    assert_eq!(unmet(&built(&[optional, "b: {}"], &python)), ["b x conditional"]);
}

#[test]
fn a_default_for_a_critical_field_that_is_not_always_there() {
    let enriched = "b: {entry: {enrichment: [{name: x, severity: warning, default: 1}]}}";
    let critical = "a: {exit: {optional: [{name: x, severity: blocking}]}}";
    assert_eq!(unmet(&built(&[critical, enriched], "")), ["b x sometimesshadowed"]);
    let plain = "a: {exit: {optional: [{name: x, severity: warning}]}}";
    assert!(unmet(&built(&[plain, enriched], "")).is_empty());
}

#[test]
fn code_that_is_not_seen_may_have_produced_it() {
    let python = handler("a", "elsewhere(context)");
    assert_eq!(unmet(&built(&["a: {}", WANTS_X], &python)), ["b x unseen"]);
}

#[test]
fn an_entry_speaks_for_the_reads_of_its_phase() {
    let python = handler("b", "use(context['x'], context['x']['part'])");
    assert_eq!(unmet(&built(&["a: {}", WANTS_X], &python)), ["b x dangling"]);
    assert_eq!(unmet(&built(&["a: {}", "b: {}"], &python)).len(), 2);
}

#[test]
fn what_a_phase_keeps_for_itself_is_met() {
    let python = handler("b", "context['n'] = context.get('n', 0) + 1");
    assert!(unmet(&built(&["a: {}", "b: {}"], &python)).is_empty());
}

#[test]
fn branches_make_a_condition_and_loops_a_producer_before() {
    let phases = [
        "a: {}",
        "b: {exit: {required: [{name: x}]}}",
        "c: {}",
        "d: {entry: {required: [{name: x}]}}",
    ];
    let fork = ordered(built(&phases, ""), &[(0, 1), (0, 2), (1, 3), (2, 3)]);
    assert_eq!(unmet(&fork), ["d x conditional"]);
    let phases =
        ["a: {}", "b: {entry: {required: [{name: x}]}}", "c: {exit: {required: [{name: x}]}}"];
    let around = ordered(built(&phases, ""), &[(0, 1), (1, 2), (2, 1)]);
    assert_eq!(unmet(&around), ["b x conditional"]);
}
