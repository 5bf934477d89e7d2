//! What passes edges, joins and loops that a contract draws.

use syntax::yaml::NodeId;

use super::{Pipeline, arrivals, built, handler, path, planned, unmet};
use crate::order::plan::{Ask, AskedBy, Edge, Merge, MergePolicy, Passage, Plan, Product, Taken};

const MAKES_X: &str = "a: {exit: {required: [{name: x}]}}";
const WANTS_X: &str = "d: {entry: {required: [{name: x}]}}";
/// `a` forks to `b` and `c`, which join in `d`.
const FORK: [(usize, usize); 4] = [(0, 1), (0, 2), (1, 3), (2, 3)];

fn dropping(from: usize, to: usize, field: &str) -> Edge {
    let drops = vec![(path(field), NodeId::new(0))];
    Edge { from, to, passage: Passage { taken: Taken::Always, drops } }
}

fn merging(policy: MergePolicy) -> Plan {
    let merge = Merge { phase: 3, sources: vec![1, 2], policies: vec![(path("x"), policy)] };
    Plan { merges: vec![merge], ..Plan::default() }
}

fn asking(phase: usize, by: AskedBy) -> Plan {
    let ask = Ask { field: path("x"), phase, by, at: NodeId::new(0) };
    Plan { asks: vec![ask], ..Plan::default() }
}

#[test]
fn an_edge_does_not_let_pass_what_it_drops() {
    let phases = [MAKES_X, "b: {}", "c: {}", WANTS_X];
    let plan = Plan { edges: vec![dropping(1, 2, "x")], ..Plan::default() };
    let pipeline = planned(built(&phases, ""), &[(0, 1), (2, 3)], plan);
    assert_eq!(arrivals(&pipeline, "x")[1..3], ["present from 1", "absent dropped"]);
    assert_eq!(arrivals(&pipeline, "x.part")[2], "absent dropped");
    assert_eq!(unmet(&pipeline), ["d x dropped 1"]);
}

#[test]
fn what_one_of_two_edges_drops_is_there_on_some_paths() {
    let phases = [MAKES_X, "b: {}", "c: {}", WANTS_X];
    let plan = Plan { edges: vec![dropping(1, 3, "x")], ..Plan::default() };
    let pipeline = planned(built(&phases, ""), &[(0, 1), (0, 2), (2, 3)], plan);
    assert_eq!(arrivals(&pipeline, "x")[3], "maybe conditional from 1 dropped");
    assert_eq!(unmet(&pipeline), ["d x dropped 1"]);
}

fn joined(policy: MergePolicy, other: &str) -> Pipeline {
    let phases = ["a: {}", "b: {exit: {required: [{name: x}]}}", other, WANTS_X];
    planned(built(&phases, ""), &FORK, merging(policy))
}

#[test]
fn a_join_takes_a_field_as_its_policy_says() {
    let one = |policy| arrivals(&joined(policy, "c: {}"), "x").remove(3);
    assert_eq!(one(MergePolicy::Any), "present from 1");
    assert_eq!(one(MergePolicy::All), "maybe conditional from 1");
    assert_eq!(one(MergePolicy::Optional), "maybe optional conditional from 1");
    let both = "c: {exit: {required: [{name: x}]}}";
    assert_eq!(arrivals(&joined(MergePolicy::All, both), "x")[3], "present from 2");
}

#[test]
fn what_may_be_missing_at_a_join_fails_no_entry() {
    assert!(unmet(&joined(MergePolicy::Any, "c: {}")).is_empty());
    assert!(unmet(&joined(MergePolicy::Optional, "c: {}")).is_empty());
    assert_eq!(unmet(&joined(MergePolicy::All, "c: {}")), ["d x conditional"]);
}

#[test]
fn a_policy_does_not_bring_what_no_branch_has() {
    let phases = ["a: {}", "b: {}", "c: {}", WANTS_X];
    let pipeline = planned(built(&phases, ""), &FORK, merging(MergePolicy::Any));
    assert_eq!(unmet(&pipeline), ["d x dangling"]);
}

#[test]
fn a_policy_is_about_its_sources() {
    // `e` leads into the join too, and is no source of it.
    let phases = ["a: {}", "b: {exit: {required: [{name: x}]}}", "c: {}", WANTS_X, "e: {}"];
    let edges = [(0, 1), (0, 2), (0, 4), (1, 3), (2, 3), (4, 3)];
    let pipeline = planned(built(&phases, ""), &edges, merging(MergePolicy::Any));
    assert_eq!(arrivals(&pipeline, "x")[3], "maybe conditional from 1");
}

/// `a`, then `b` and `c` in turn, then `d`.
const LOOP: [(usize, usize); 4] = [(0, 1), (1, 2), (2, 1), (2, 3)];

#[test]
fn a_loop_has_to_keep_its_invariants() {
    let looping = |phases: &[&str], python: &str| {
        planned(built(phases, python), &LOOP, asking(1, AskedBy::Loop(None)))
    };
    let four = [MAKES_X, "b: {}", "c: {}", "d: {}"];
    assert!(unmet(&looping(&four, "")).is_empty());
    let removes = handler("c", "del context['x']");
    assert_eq!(unmet(&looping(&four, &removes)), ["b x dropped 1"]);
    let makes_again = handler("c", "del context['x']\ncontext['x'] = 1");
    assert!(unmet(&looping(&four, &makes_again)).is_empty());
    let inside = ["a: {}", "b: {}", "c: {exit: {required: [{name: x}]}}", "d: {}"];
    assert_eq!(unmet(&looping(&inside, "")), ["b x conditional"]);
    assert_eq!(unmet(&looping(&["a: {}", "b: {}", "c: {}", "d: {}"], "")), ["b x dangling"]);
}

#[test]
fn an_entry_speaks_for_the_loop_that_begins_with_it() {
    let phases = ["a: {}", "b: {entry: {required: [{name: x}]}}", "c: {}", "d: {}"];
    let pipeline = planned(built(&phases, ""), &LOOP, asking(1, AskedBy::Loop(None)));
    assert_eq!(unmet(&pipeline), ["b x dangling"]);
}

#[test]
fn an_edge_preserves_what_its_phase_leaves() {
    let handing = |phases: &[&str], python: &str| {
        let plan = asking(1, AskedBy::Edge(2));
        planned(built(phases, python), &[(0, 1), (1, 2)], plan)
    };
    assert!(unmet(&handing(&[MAKES_X, "b: {}", "c: {}"], "")).is_empty());
    let late = ["a: {}", "b: {exit: {optional: [{name: x}]}}", "c: {}"];
    assert!(unmet(&handing(&late, "")).is_empty());
    let removes = handler("b", "context.pop('x')");
    assert_eq!(unmet(&handing(&[MAKES_X, "b: {}", "c: {}"], &removes)), ["b x dropped 1"]);
    assert_eq!(unmet(&handing(&["a: {}", "b: {}", "c: {}"], "")), ["b x dangling"]);
}

#[test]
fn nodes_ask_and_produce_as_phases_do() {
    let product = Product { field: path("x"), phase: 0, at: NodeId::new(0) };
    let drawn = |products: Vec<Product>, by| {
        let plan = Plan { products, ..asking(1, by) };
        planned(built(&["a: {}", "b: {}"], ""), &[(0, 1)], plan)
    };
    assert_eq!(unmet(&drawn(vec![], AskedBy::Node)), ["b x dangling"]);
    assert!(unmet(&drawn(vec![], AskedBy::NodeIfThere)).is_empty());
    let pipeline = drawn(vec![product], AskedBy::Node);
    assert!(unmet(&pipeline).is_empty());
    assert_eq!(arrivals(&pipeline, "x")[1], "present from 1");
}

#[test]
fn what_runs_before_beside_the_edges_may_have_brought_a_field() {
    let phases =
        ["a: {}", "b: {exit: {required: [{name: x}]}}", "c: {entry: {required: [{name: x}]}}"];
    let edges = [(0, 1), (0, 2)];
    let apart = planned(built(&phases, ""), &edges, Plan::default());
    assert_eq!(unmet(&apart), ["c x dangling"]);
    let plan = Plan { ordered: vec![(1, 2)], ..Plan::default() };
    let pipeline = planned(built(&phases, ""), &edges, plan);
    assert_eq!(arrivals(&pipeline, "x")[2], "maybe optional from 1");
    assert!(unmet(&pipeline).is_empty());
}

#[test]
fn nothing_is_said_of_phases_that_no_way_leads_to() {
    let phases = ["a: {}", "b: {}", "c: {entry: {required: [{name: x}]}}"];
    let pipeline = planned(built(&phases, ""), &[(0, 1)], Plan::default());
    assert!(unmet(&pipeline).is_empty());
    let part = Plan { is_whole: false, ..Plan::default() };
    let phases = ["a: {}", "b: {entry: {required: [{name: x}]}}"];
    assert!(unmet(&planned(built(&phases, ""), &[(0, 1)], part)).is_empty());
}

#[test]
fn very_many_branches_are_no_paths_to_count() {
    // Forty forks in a row have a trillion paths through them.
    let phases: Vec<String> = (0..121).map(|phase| format!("p{phase}: {{}}")).collect();
    let phases: Vec<&str> = phases.iter().map(String::as_str).collect();
    let mut edges = Vec::new();
    for fork in (0..120).step_by(3) {
        edges.extend([
            (fork, fork + 1),
            (fork, fork + 2),
            (fork + 1, fork + 3),
            (fork + 2, fork + 3),
        ]);
    }
    let python = handler("p1", "context['x'] = 1");
    let pipeline = planned(built(&phases, &python), &edges, Plan::default());
    assert_eq!(arrivals(&pipeline, "x")[120], "maybe conditional from 1");
}
