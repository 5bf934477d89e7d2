//! Which phases begin, end, run before others and at once with others.

use super::plan::{Edge, Passage, Plan, Taken};
use super::{Order, Phases};

/// So many phases with these edges, `?` for those that are not always taken: `0-1 1?2`.
fn plan(edges: &str) -> Plan {
    let edge = |word: &str| {
        let (from, to) = word.split_once(['-', '?']).unwrap();
        let taken = if word.contains('?') { Taken::Sometimes } else { Taken::Always };
        let passage = Passage { taken, ..Passage::default() };
        Edge { from: from.parse().unwrap(), to: to.parse().unwrap(), passage }
    };
    Plan { edges: edges.split_whitespace().map(edge).collect(), ..Plan::default() }
}

fn order(phases: usize, edges: &str) -> Order {
    Order::new(phases, plan(edges))
}

fn starts(order: &Order) -> Vec<usize> {
    order.starts().collect()
}

fn lasts(order: &Order) -> Vec<usize> {
    order.lasts().collect()
}

fn members(phases: &Phases, count: usize) -> Vec<usize> {
    (0..count).filter(|phase| phases.contains(*phase)).collect()
}

fn unreachable(order: &Order, count: usize) -> Vec<usize> {
    (0..count).filter(|phase| !order.is_reachable(*phase)).collect()
}

#[test]
fn without_edges_phases_run_in_a_line() {
    let line = order(3, "");
    assert!(line.is_line());
    assert_eq!((starts(&line), lasts(&line)), (vec![0], vec![2]));
    assert!(line.runs_before(0, 2) && !line.runs_before(2, 0) && !line.runs_before(1, 1));
    assert_eq!(members(&line.before(2), 3), [0, 1]);
    assert_eq!(line.sequence(), [0, 1, 2]);
    let none = order(0, "");
    assert_eq!((starts(&none), lasts(&none)), (vec![], vec![]));
}

#[test]
fn a_line_says_the_same_as_its_edges() {
    let (line, drawn) = (order(4, ""), order(4, "0-1 1-2 2-3"));
    assert_eq!((starts(&line), lasts(&line)), (starts(&drawn), lasts(&drawn)));
    assert_eq!(line.sequence(), drawn.sequence());
    for first in 0..4 {
        assert_eq!(members(&line.before(first), 4), members(&drawn.before(first), 4));
        for then in 0..4 {
            assert_eq!(line.runs_before(first, then), drawn.runs_before(first, then));
        }
    }
}

#[test]
fn phases_begin_where_no_edge_leads_in() {
    assert_eq!(starts(&order(4, "1-2 2-3 0-2")), [0, 1]);
    assert_eq!(starts(&order(3, "2-1 1-0")), [2]);
}

#[test]
fn the_first_phase_begins_where_only_loops_lead_back_to_it() {
    assert_eq!(starts(&order(3, "0-1 1-0 1-2")), [0]);
    assert_eq!(starts(&order(3, "0-0 0-1 1-2")), [0]);
    assert_eq!(starts(&order(4, "0-1 1-0 3-1 1-2")), [0, 3]);
}

#[test]
fn a_loop_before_all_else_begins_with_its_first_phase() {
    assert_eq!(starts(&order(3, "1-2 2-1 1-0")), [1]);
}

#[test]
fn phases_end_where_no_edge_has_to_be_taken() {
    assert_eq!(lasts(&order(3, "0-1 0-2")), [1, 2]);
    assert_eq!(lasts(&order(3, "0-1 1?2")), [1, 2]);
    assert_eq!(lasts(&order(3, "0-1 1-2 2-1")), [1, 2]);
    assert_eq!(lasts(&order(3, "0-1 1-2 2-2")), [2]);
}

#[test]
fn a_phase_that_no_edge_touches_is_not_reached() {
    assert_eq!(unreachable(&order(3, "0-1"), 3), [2]);
    assert_eq!(unreachable(&order(4, "0-1 2-3 3-2"), 4), [2, 3]);
    assert_eq!(unreachable(&order(3, "0-1 1-2 2-1"), 3), [0; 0]);
}

#[test]
fn a_sequence_keeps_to_the_edges_but_for_those_that_lead_back() {
    assert_eq!(order(4, "3-2 2-1 1-0").sequence(), [3, 2, 1, 0]);
    let looping = order(4, "0-2 2-1 1-2 1-3");
    assert!(looping.loops());
    assert_eq!(looping.sequence(), [0, 2, 1, 3]);
    assert!(!order(4, "0-1 0-2 1-3 2-3").loops());
}

#[test]
fn branches_of_one_fork_run_at_once() {
    let fork = order(4, "0-1 0-2 1-3 2-3");
    assert_eq!(members(&fork.at_once(1), 4), [2]);
    assert_eq!(members(&fork.at_once(3), 4), [0; 0]);
    assert_eq!(members(&fork.apart_from(1), 4), [2]);
}

#[test]
fn conditions_may_exclude_each_other() {
    assert_eq!(members(&order(4, "0?1 0?2 1-3 2-3").at_once(1), 4), [0; 0]);
    assert_eq!(members(&order(4, "0-1 0?2 1-3 2-3").at_once(1), 4), [0; 0]);
    // A branch that forks again does so whenever it is taken.
    assert_eq!(members(&order(5, "0?1 0?2 1-3 1-4").at_once(3), 5), [4]);
}

#[test]
fn starts_run_at_once() {
    assert_eq!(members(&order(3, "0-2 1-2").at_once(0), 3), [1]);
    assert_eq!(members(&order(5, "0-2 1-3 2-4 3-4").at_once(2), 5), [1, 3]);
}

#[test]
fn loops_do_not_run_at_once_with_themselves() {
    assert_eq!(members(&order(4, "0-1 1-2 2-1 1-3").at_once(2), 4), [0; 0]);
}

#[test]
fn what_is_known_of_the_order_puts_branches_in_a_row() {
    let known = |pairs: &[(usize, usize)]| {
        let plan = Plan { ordered: pairs.to_vec(), ..plan("0-1 0-2 1-3 2-3") };
        Order::new(4, plan)
    };
    let after = known(&[(1, 2)]);
    assert!(after.runs_before(1, 2) && !after.runs_before(2, 1));
    assert_eq!(members(&after.at_once(1), 4), [0; 0]);
    assert_eq!((starts(&after), lasts(&after)), (vec![0], vec![3]));
    // What contradicts the edges, or itself, says nothing.
    assert!(!known(&[(3, 1)]).runs_before(3, 1));
    assert_eq!(members(&known(&[(1, 2), (2, 1)]).at_once(1), 4), [2]);
}

#[test]
fn where_edges_could_not_be_read_any_phase_may_run_before_another() {
    let part = Order::new(3, Plan { is_whole: false, ..plan("0-1") });
    assert!(part.runs_before(2, 0) && part.runs_before(1, 2) && !part.runs_before(1, 1));
    assert_eq!(members(&part.at_once(0), 3), [0; 0]);
}

#[test]
fn a_graph_of_very_many_phases_ends() {
    let count = 20_000;
    let passage = Passage::default;
    let edge = |from, to| Edge { from, to, passage: passage() };
    let mut edges: Vec<Edge> = (1..count).map(|phase| edge(phase - 1, phase)).collect();
    edges.extend((1..count).map(|phase| edge(phase, phase / 2)));
    let order = Order::new(count, Plan { edges, ..Plan::default() });
    assert!(order.loops() && order.runs_before(count - 1, 1));
    assert_eq!((starts(&order), order.lasts().count()), (vec![0], count));
}
