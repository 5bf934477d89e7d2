//! Forward: is a field there.

use super::{arrivals, built, handler, ordered};

const MAKES_X: &str = "b: {exit: {required: [{name: x}]}}";

#[test]
fn a_promise_reaches_all_later_phases() {
    let pipeline = built(&["a: {}", MAKES_X, "c: {}", "d: {}"], "");
    assert_eq!(arrivals(&pipeline, "x"), ["absent", "absent", "present from 1", "present from 1"]);
}

#[test]
fn an_optional_exit_is_a_doubt_that_a_later_promise_ends() {
    let optional = "a: {exit: {optional: [{name: x}]}}";
    let pipeline = built(&[optional, MAKES_X, "c: {}"], "");
    assert_eq!(arrivals(&pipeline, "x"), ["absent", "maybe optional from 1", "present from 2"]);
}

#[test]
fn entries_of_the_start_are_given() {
    let start = "a: {entry: {required: [{name: x}], enrichment: [{name: y, severity: advisory}]}}";
    let pipeline = built(&[start, "b: {}"], "");
    assert_eq!(arrivals(&pipeline, "x"), ["present from 1", "present from 1"]);
    assert_eq!(arrivals(&pipeline, "y")[1], "maybe optional from 1");
}

#[test]
fn a_whole_may_hold_a_part_and_a_part_makes_the_whole() {
    let phases = ["a: {exit: {required: [{name: x}, {name: y.z}]}}", "b: {}"];
    let pipeline = built(&phases, "");
    assert_eq!(arrivals(&pipeline, "x.part")[1], "maybe within from 1");
    assert_eq!(arrivals(&pipeline, "y")[1], "present from 1");
    assert_eq!(arrivals(&pipeline, "y.other")[1], "absent");
}

#[test]
fn code_that_shows_a_dict_shows_what_it_lacks() {
    let phases = ["a: {exit: {required: [{name: x}]}}", "b: {}"];
    let pipeline = built(&phases, &handler("a", "context['x'] = {'k': make()}"));
    assert_eq!(arrivals(&pipeline, "x.k")[1], "present from 2");
    assert_eq!(arrivals(&pipeline, "x.other")[1], "absent");
}

#[test]
fn writes_count_without_a_promise() {
    let body = "context['x'] = 1\nif go():\n    context['y'] = 1\n";
    let pipeline = built(&["a: {}", "b: {}"], &handler("a", body));
    assert_eq!(arrivals(&pipeline, "x")[1], "present from 1");
    assert_eq!(arrivals(&pipeline, "y")[1], "maybe conditional from 1");
}

#[test]
fn what_is_looked_for_before_it_is_written_is_no_condition() {
    for body in [
        "context.setdefault('x', [])",
        "if not context.get('x'):\n    context['x'] = []",
        "if 'x' not in context:\n    context['x'] = []",
    ] {
        let pipeline = built(&["a: {}", "b: {}"], &handler("a", body));
        let arrival = arrivals(&pipeline, "x").remove(1);
        assert!(!arrival.contains("conditional") && arrival != "absent", "{body}: {arrival}");
    }
}

#[test]
fn a_key_that_is_partly_known_may_be_any_that_fits() {
    let body = "context[f'x_{name()}'] = 1";
    let pipeline = built(&["a: {}", "b: {}"], &handler("a", body));
    assert_eq!(arrivals(&pipeline, "x_one")[1], "maybe within from 1");
    let made = "a: {exit: {required: [{name: x_one}]}}";
    let pipeline = built(&[made, "b: {}", "c: {}"], &handler("b", "del context[f'x_{name()}']"));
    assert_eq!(arrivals(&pipeline, "x_one")[2], "maybe within from 1 dropped");
}

#[test]
fn what_is_dropped_is_gone_until_it_is_written_again() {
    let phases = ["a: {exit: {required: [{name: x}]}}", "b: {}", "c: {}", "d: {}"];
    let python = handler("b", "context.pop('x')") + &handler("c", "context['x'] = 2");
    let pipeline = built(&phases, &python);
    assert_eq!(arrivals(&pipeline, "x")[2..], ["absent dropped", "present from 1"]);
}

#[test]
fn of_several_handlers_one_runs() {
    let phases = ["a: {}", "b: {}"];
    let one = handler("a", "context['x'] = 1\ncontext['y'] = 1");
    let other = handler("a", "context['x'] = 2").replace("APhase", "OtherPhase");
    let pipeline = built(&phases, &(one + &other));
    assert_eq!(pipeline.phases[0].handlers.len(), 2);
    assert_eq!(arrivals(&pipeline, "x")[1], "present from 2");
    assert_eq!(arrivals(&pipeline, "y")[1], "maybe conditional from 1");
}

#[test]
fn code_that_is_not_seen_leaves_all_open() {
    let pipeline = built(&["a: {}", "b: {}", "c: {}"], &handler("b", "elsewhere(context)"));
    assert_eq!(arrivals(&pipeline, "x"), ["absent", "absent", "absent open"]);
}

/// `a` forks to `b` and `c`, which join in `d`.
const FORK: [(usize, usize); 4] = [(0, 1), (0, 2), (1, 3), (2, 3)];

#[test]
fn a_field_of_one_branch_is_there_on_some_paths() {
    let pipeline = ordered(built(&["a: {}", MAKES_X, "c: {}", "d: {}"], ""), &FORK);
    assert_eq!(
        arrivals(&pipeline, "x"),
        ["absent", "absent", "absent", "maybe conditional from 1"]
    );
}

#[test]
fn a_field_of_both_branches_is_there() {
    let other = "c: {exit: {required: [{name: x}]}}";
    let pipeline = ordered(built(&["a: {}", MAKES_X, other, "d: {}"], ""), &FORK);
    assert_eq!(arrivals(&pipeline, "x")[3], "present from 2");
}

#[test]
fn a_field_that_one_branch_drops_is_there_on_some_paths() {
    let phases = ["a: {exit: {required: [{name: x}]}}", "b: {}", "c: {}", "d: {}"];
    let pipeline = ordered(built(&phases, &handler("c", "del context['x']")), &FORK);
    assert_eq!(arrivals(&pipeline, "x")[3], "maybe conditional from 1 dropped");
}

/// `a`, then `b` and `c` in turn, then `d`.
const LOOP: [(usize, usize); 4] = [(0, 1), (1, 2), (2, 1), (2, 3)];

#[test]
fn what_comes_around_a_loop_is_not_there_at_first() {
    let phases = ["a: {}", "b: {}", "c: {exit: {required: [{name: x}]}}", "d: {}"];
    let pipeline = ordered(built(&phases, ""), &LOOP);
    assert_eq!(
        arrivals(&pipeline, "x"),
        ["absent", "maybe conditional from 1", "maybe conditional from 1", "present from 1"]
    );
}

#[test]
fn what_goes_into_a_loop_may_be_gone_the_second_time() {
    let phases = ["a: {exit: {required: [{name: x}]}}", "b: {}", "c: {}", "d: {}"];
    let pipeline = ordered(built(&phases, &handler("c", "del context['x']")), &LOOP);
    let found = arrivals(&pipeline, "x");
    assert_eq!(found[1], "maybe conditional from 1 dropped");
    assert_eq!(found[3], "absent dropped");
}

#[test]
fn a_loop_without_a_start_ends() {
    let pipeline = ordered(built(&[MAKES_X, "c: {}"], ""), &[(0, 1), (1, 0)]);
    assert_eq!(arrivals(&pipeline, "x").len(), 2);
}
