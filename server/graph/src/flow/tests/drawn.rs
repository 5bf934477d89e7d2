//! Orders that contracts draw.

use super::{Flow, Pipeline, arrivals, handler, unmet, with_chains};
use crate::tests::{graph, pipeline};

/// The pipeline of these phases with this topology, each part of it a line of flow-style YAML.
fn drawn(phases: &[&str], topology: &[&str]) -> Pipeline {
    with_code(phases, topology, "")
}

fn with_code(phases: &[&str], topology: &[&str], python: &str) -> Pipeline {
    let lines: String = topology.iter().map(|part| format!("  {part}\n")).collect();
    with_chains(phases, &format!("graph_topology:\n  graph_id: g\n{lines}"), python)
}

fn names(pipeline: &Pipeline, phases: impl Iterator<Item = usize>) -> Vec<&'static str> {
    phases.map(|phase| pipeline.phases[phase].name.as_str()).collect()
}

const MAKES_X: &str = "a: {exit: {required: [{name: x}]}}";
const WANTS_X: &str = "b: {entry: {required: [{name: x}]}}";

#[test]
fn edges_say_the_order_and_not_the_place_in_the_file() {
    assert_eq!(unmet(&drawn(&["z: {}", WANTS_X, MAKES_X], &[])), ["b x late"]);
    let edges = "edges: [{from: z, to: a}, {from: a, to: b}]";
    let pipeline = drawn(&["z: {}", WANTS_X, MAKES_X], &[edges]);
    assert!(unmet(&pipeline).is_empty());
    assert_eq!(names(&pipeline, pipeline.order.starts()), ["z"]);
    assert_eq!(names(&pipeline, pipeline.order.lasts()), ["b"]);
    let back = "edges: [{from: z, to: b}, {from: b, to: a}]";
    assert_eq!(unmet(&drawn(&["z: {}", WANTS_X, MAKES_X], &[back])), ["b x late"]);
}

#[test]
fn an_edge_that_cannot_be_read_may_lead_anywhere() {
    let phases = [MAKES_X, WANTS_X, "c: {entry: {required: [{name: y}]}}"];
    let whole = "edges: [{from: a, to: b}, {from: b, to: c}]";
    assert_eq!(unmet(&drawn(&phases, &[whole])), ["c y dangling"]);
    for edges in [
        "edges: [{from: a, to: b}, {from: b, to: c}, {from: nowhere, to: c}]",
        "edges: [{from: a, to: b}, {from: b, to: c}, {to: c}]",
        "edges: [{from: a, to: b}, {from: b, to: c}, 7]",
        "edges: {a: b}",
    ] {
        let pipeline = drawn(&phases, &[edges]);
        assert!(!pipeline.order.is_whole(), "{edges}");
        assert!(unmet(&pipeline).is_empty(), "{edges}");
    }
}

#[test]
fn without_edges_the_phases_keep_their_line() {
    let line = drawn(&[MAKES_X, WANTS_X], &["nodes: {a: {}, b: {}}"]);
    assert!(line.order.is_line() && unmet(&line).is_empty());
    let asking = drawn(&[MAKES_X, "b: {}"], &["nodes: {b: {requires: [x, y]}}"]);
    assert_eq!(unmet(&asking), ["b y dangling"]);
}

#[test]
fn what_a_phase_says_already_is_not_asked_twice() {
    let phases = [MAKES_X, WANTS_X];
    let nodes = "nodes: {a: {produces: [x]}, b: {requires: [x]}}";
    let pipeline = drawn(&phases, &[nodes, "edges: [{from: a, to: b}]"]);
    let flow = Flow::new(&pipeline);
    assert_eq!((flow.producers.len(), flow.demands.len()), (1, 1));
}

#[test]
fn policies_and_conditions_have_their_meaning() {
    let phases = [
        "a: {}",
        "b: {exit: {required: [{name: x}]}}",
        "c: {}",
        "d: {entry: {required: [{name: x}]}}",
    ];
    let edges = "edges: [{from: a, to: b, condition: one}, {from: a, to: c, condition: other}, \
                 {from: b, to: d}, {from: c, to: d}]";
    let joined = |policy: &str| {
        let merge =
            format!("merge_points: [{{node: d, sources: [b, c], merge_policy: {{x: {policy}}}}}]");
        arrivals(&drawn(&phases, &[edges, &merge]), "x").remove(3)
    };
    for policy in ["required_from_any", "prefer_latest", "union_all"] {
        assert_eq!(joined(policy), "present from 1", "{policy}");
    }
    assert_eq!(joined("required_from_all"), "maybe conditional from 1");
    assert_eq!(joined("optional"), "maybe optional conditional from 1");
    let pipeline = drawn(&phases, &[edges]);
    // Neither condition may hold.
    assert_eq!(names(&pipeline, pipeline.order.lasts()), ["a", "d"]);
}

#[test]
fn a_join_asks_for_what_it_requires() {
    let phases = ["a: {}", "b: {exit: {required: [{name: x}]}}", "c: {}", "d: {}"];
    let edges = "edges: [{from: a, to: b}, {from: a, to: c}, {from: b, to: d}, {from: c, to: d}]";
    let asked = |policy: &str| {
        let merge =
            format!("merge_points: [{{node: d, sources: [b, c], merge_policy: {{{policy}}}}}]");
        unmet(&drawn(&phases, &[edges, &merge]))
    };
    assert_eq!(asked("x: required_from_all"), ["d x conditional"]);
    assert_eq!(asked("y: required_from_any"), ["d y dangling"]);
    assert!(asked("x: required_from_any, y: optional").is_empty());
}

#[test]
fn loops_ask_where_they_are_entered() {
    let phases = ["a: {}", "b: {}", "c: {}", "d: {}"];
    let edges = "edges: [{from: a, to: c}, {from: c, to: b}, {from: b, to: c}, {from: b, to: d}]";
    let cycle = "cycle_invariants: [{cycle_id: l, nodes: [b, c], max_iterations: 2, \
                 invariant_fields: [x]}]";
    assert_eq!(unmet(&drawn(&phases, &[edges, cycle])), ["c x dangling"]);
    let given = ["a: {exit: {required: [{name: x}]}}", "b: {}", "c: {}", "d: {}"];
    assert!(unmet(&drawn(&given, &[edges, cycle])).is_empty());
    let removes = handler("b", "del context['x']");
    assert_eq!(unmet(&with_code(&given, &[edges, cycle], &removes)), ["c x dropped 1"]);
}

#[test]
fn nodes_are_the_phases_where_there_are_no_others() {
    let contract = "schema_version: '0.2.0'\npipeline_id: p\nphases: {}\ngraph_topology:\n  \
                    graph_id: g\n  nodes: {a: {produces: [x]}, b: {requires: [x, y]}}\n  \
                    edges: [{from: a, to: b}]\n";
    let pipeline = pipeline(&graph(&[("p.contract.yaml", contract)]));
    assert_eq!(names(&pipeline, 0..2), ["a", "b"]);
    assert_eq!(unmet(&pipeline), ["b y dangling"]);
}
