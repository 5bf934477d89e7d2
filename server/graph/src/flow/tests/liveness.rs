//! Backward: does anybody want a field, and is what was written lost.

use syntax::yaml::NodeId;

use super::{Flow, Pipeline, built, handler, ordered, path, planned, with_chains};
use crate::flow::liveness::{Use, overwrites, use_of};
use crate::order::plan::{Edge, Passage, Plan, Taken};

fn used(pipeline: &Pipeline, field: &str) -> Option<Use> {
    use_of(&Flow::new(pipeline), path(field))
}

const MAKES: &str = "a: {exit: {required: [{name: x}, {name: y.z}]}}";

#[test]
fn nobody_wants_what_nobody_names() {
    let pipeline = built(&[MAKES, "b: {exit: {required: [{name: out}]}}"], "");
    assert_eq!(used(&pipeline, "x"), None);
    assert_eq!(used(&pipeline, "out"), Some(Use::Output));
}

#[test]
fn entries_and_reads_are_demands_for_wholes_and_parts() {
    let pipeline = built(&[MAKES, "b: {entry: {required: [{name: x.part}, {name: y}]}}"], "");
    assert_eq!(used(&pipeline, "x"), Some(Use::Demanded));
    assert_eq!(used(&pipeline, "y.z"), Some(Use::Demanded));
    let pipeline = built(&[MAKES, "b: {}"], &handler("b", "use(context.get('x'))"));
    assert_eq!(used(&pipeline, "x"), Some(Use::Demanded));
}

#[test]
fn a_chain_is_a_use() {
    let chains = "propagation_chains:\n- {chain_id: c, source: {phase: a, field: x}, \
                  destination: {phase: b, field: x}}\n";
    let pipeline = with_chains(&[MAKES, "b: {}"], chains, "");
    assert_eq!(used(&pipeline, "x"), Some(Use::Chained));
}

#[test]
fn a_writer_may_use_its_own() {
    let body = "context['x'] = 1\nuse(context['x'])";
    let pipeline = built(&[MAKES, "b: {}"], &handler("a", body));
    assert_eq!(used(&pipeline, "x"), Some(Use::Own));
    assert_eq!(used(&pipeline, "y.z"), None);
}

#[test]
fn code_that_is_not_seen_may_use_anything() {
    let pipeline = built(&[MAKES, "b: {}"], &handler("b", "print(context)"));
    assert_eq!(used(&pipeline, "x"), Some(Use::Unseen));
}

/// How many overwrites take away what the first phase writes to `x`; none where it is not lost.
fn lost(pipeline: &Pipeline) -> Option<usize> {
    let flow = Flow::new(pipeline);
    let phase = &pipeline.phases[0];
    let summary = phase.handlers[0].summary.as_ref().unwrap();
    let write = summary.writes.iter().find(|write| write.path == path("x")).unwrap();
    overwrites(&flow, phase, write).map(|places| places.len())
}

fn writing(phases: &[&str]) -> String {
    phases.iter().map(|phase| handler(phase, "context['x'] = 1")).collect()
}

const FOUR: [&str; 4] = ["a: {}", "b: {}", "c: {}", "d: {}"];
const FORK: [(usize, usize); 4] = [(0, 1), (0, 2), (1, 3), (2, 3)];

#[test]
fn a_write_is_lost_by_the_next_one() {
    assert_eq!(lost(&built(&FOUR, &writing(&["a", "c", "d"]))), Some(1));
    assert_eq!(lost(&built(&FOUR, &writing(&["a"]))), None);
}

#[test]
fn a_reader_in_between_saves_it() {
    let reads = handler("b", "use(context.get('x'))");
    assert_eq!(lost(&built(&FOUR, &(writing(&["a", "c"]) + &reads))), None);
    let unseen = handler("b", "print(context)");
    assert_eq!(lost(&built(&FOUR, &(writing(&["a", "c"]) + &unseen))), None);
    let entry = ["a: {}", "b: {entry: {required: [{name: x}]}}", "c: {}"];
    assert_eq!(lost(&built(&entry, &writing(&["a", "c"]))), None);
}

#[test]
fn a_write_on_some_paths_does_not_take_it_away() {
    let sometimes = handler("b", "if go():\n    context['x'] = 2");
    assert_eq!(lost(&built(&["a: {}", "b: {}"], &(writing(&["a"]) + &sometimes))), None);
}

#[test]
fn both_branches_must_overwrite() {
    let both = ordered(built(&FOUR, &writing(&["a", "b", "c"])), &FORK);
    assert_eq!(lost(&both), Some(2));
    let one = ordered(built(&FOUR, &writing(&["a", "b"])), &FORK);
    assert_eq!(lost(&one), None);
    let joined = ordered(built(&FOUR, &writing(&["a", "d"])), &FORK);
    assert_eq!(lost(&joined), Some(1));
}

#[test]
fn a_write_is_kept_where_the_pipeline_may_end_or_others_may_come_in_between() {
    let mut plan = Plan::default();
    let sometimes = Passage { taken: Taken::Sometimes, ..Passage::default() };
    plan.edges.push(Edge { from: 0, to: 1, passage: sometimes });
    let ending = planned(built(&FOUR, &writing(&["a", "b"])), &[(1, 2), (2, 3)], plan);
    assert_eq!(lost(&ending), None);
    // `d` runs at any time, and looks at the field.
    let reads = handler("d", "use(context.get('x'))");
    let apart = ordered(built(&FOUR, &(writing(&["a", "b"]) + &reads)), &[(0, 1), (1, 2), (3, 2)]);
    assert_eq!(lost(&apart), None);
    let plan = Plan { is_whole: false, ..Plan::default() };
    let part = planned(built(&FOUR, &writing(&["a", "b"])), &[(0, 1), (1, 2)], plan);
    assert_eq!(lost(&part), None);
}

#[test]
fn what_an_edge_drops_is_not_overwritten() {
    let mut plan = Plan::default();
    let drops = vec![(path("x"), NodeId::new(0))];
    plan.edges.push(Edge { from: 0, to: 1, passage: Passage { taken: Taken::Always, drops } });
    let dropped = planned(built(&FOUR, &writing(&["a", "b"])), &[(1, 2), (2, 3)], plan);
    assert_eq!(lost(&dropped), None);
}

#[test]
fn a_loop_is_followed_once() {
    let edges = [(0, 1), (1, 2), (2, 1), (2, 3)];
    let around = ordered(built(&FOUR, &writing(&["a", "d"])), &edges);
    assert_eq!(lost(&around), Some(1));
}
