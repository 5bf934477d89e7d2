//! What flows through small pipelines, in a line and over branches and loops made by hand.

use contracts::path::FieldPath;

use super::Flow;
use super::availability::{Arrival, Presence};
use super::verdict::{Verdict, judge};
use crate::order::Order;
use crate::order::plan::{Edge, Passage, Plan};
use crate::pipeline::Pipeline;
use crate::tests::{graph, pipeline};

mod availability;
mod drawn;
mod liveness;
mod topology;
mod verdict;

/// The pipeline of these phases, each a line of flow-style YAML, with these handlers.
fn built(phases: &[&str], python: &str) -> Pipeline {
    with_chains(phases, "", python)
}

fn with_chains(phases: &[&str], chains: &str, python: &str) -> Pipeline {
    let lines: String = phases.iter().map(|phase| format!("  {phase}\n")).collect();
    let contract = format!("schema_version: '0.1.0'\npipeline_id: p\nphases:\n{lines}{chains}");
    pipeline(&graph(&[("p.contract.yaml", &contract), ("handlers.py", python)]))
}

/// A handler for `phase` that does this, each line one statement.
fn handler(phase: &str, body: &str) -> String {
    let lines: String = body.lines().map(|line| format!("        {line}\n")).collect();
    format!(
        "class {}PhaseHandler:\n    phase = \"{phase}\"\n    def execute(self, context):\n{lines}\n",
        phase.to_uppercase()
    )
}

/// The pipeline with its phases in another order of running.
fn ordered(pipeline: Pipeline, edges: &[(usize, usize)]) -> Pipeline {
    planned(pipeline, edges, Plan::default())
}

/// The pipeline with its phases run as a plan says, these edges included.
fn planned(mut pipeline: Pipeline, edges: &[(usize, usize)], mut plan: Plan) -> Pipeline {
    for (from, to) in edges {
        plan.edges.push(Edge { from: *from, to: *to, passage: Passage::default() });
    }
    pipeline.order = Order::new(pipeline.phases.len(), plan);
    pipeline
}

fn path(text: &str) -> FieldPath {
    FieldPath::parse(text)
}

/// How a field arrives at each phase, in words.
fn arrivals(pipeline: &Pipeline, field: &str) -> Vec<String> {
    let flow = Flow::new(pipeline);
    flow.arrivals(path(field)).iter().map(in_words).collect()
}

fn in_words(arrival: &Arrival) -> String {
    let mut words = vec![
        match arrival.presence {
            Presence::Absent => "absent",
            Presence::Maybe => "maybe",
            Presence::Present => "present",
        }
        .to_owned(),
    ];
    if arrival.presence == Presence::Maybe {
        let doubt = arrival.doubt;
        let told = [
            (doubt.optional, "optional"),
            (doubt.conditional, "conditional"),
            (doubt.within, "within"),
        ];
        words.extend(told.iter().filter(|(holds, _)| *holds).map(|(_, word)| (*word).to_owned()));
    }
    if !arrival.producers.is_empty() {
        words.push(format!("from {}", arrival.producers.len()));
    }
    if !arrival.drops.is_empty() {
        words.push("dropped".to_owned());
    }
    if arrival.open {
        words.push("open".to_owned());
    }
    words.join(" ")
}

/// Every demand that is not met: phase, field and verdict.
fn unmet(pipeline: &Pipeline) -> Vec<String> {
    let flow = Flow::new(pipeline);
    let judged = judge(&flow);
    let unmet = judged.iter().filter(|judged| judged.verdict != Verdict::Met);
    let line = |(phase, path, verdict): (_, FieldPath, _)| format!("{phase} {path} {verdict}");
    unmet
        .map(|judged| {
            let near = |index: Option<usize>| {
                index.map_or_else(String::new, |index| format!(" ~{}", flow.producers[index].path))
            };
            let verdict = match &judged.verdict {
                Verdict::Dangling(index) => format!("dangling{}", near(*index)),
                Verdict::Shadowed(index) => format!("shadowed{}", near(*index)),
                Verdict::Late(_) => "late".to_owned(),
                Verdict::Dropped(places) => format!("dropped {}", places.len()),
                other => format!("{other:?}").to_lowercase(),
            };
            line((judged.demand.phase.name, judged.demand.path, verdict))
        })
        .collect()
}
