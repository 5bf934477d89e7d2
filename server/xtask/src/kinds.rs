//! What it costs to read and check contracts of each kind, beside those of the propagation kind.

use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::Result;
use contracts::kinds::{KINDS, propagation};
use contracts::schema::Kind;
use contracts::{decode, document};
use fixture::specimen::specimen;
use syntax::yaml::{self, Limits, Yaml};

use crate::report;

/// How to measure.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Nodes that each document has at least.
    #[arg(long, default_value_t = 20_000)]
    nodes: usize,
    /// How often each document is read; the fastest counts.
    #[arg(long, default_value_t = 30)]
    runs: usize,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let baseline = Measured::of(&propagation::KIND, arguments);
    report::line("kind                          nodes   check  ratio    read  ratio");
    report::line("                                      ns/node        ns/node");
    for kind in KINDS {
        let measured = Measured::of(kind, arguments);
        report::line(&format!(
            "{:26} {:>8} {:>7.1} {:>6.2} {:>7.1} {:>6.2}",
            kind.name,
            measured.nodes,
            measured.check,
            measured.check / baseline.check,
            measured.read,
            measured.read / baseline.read,
        ));
    }
    Ok(())
}

/// The fastest rounds over one document, in nanoseconds for each of its nodes.
struct Measured {
    nodes: usize,
    /// Held against the declaration.
    check: f64,
    /// Read into the typed view, with its names.
    read: f64,
}

impl Measured {
    fn of(kind: &'static Kind, arguments: &Arguments) -> Measured {
        let (text, yaml) = grown(kind, arguments.nodes);
        let nodes = yaml.nodes.len();
        let Some(root) = yaml.documents.first().copied() else {
            return Measured { nodes, check: 0.0, read: 0.0 };
        };
        let check = || drop(black_box(decode::check(&text, &yaml, root, kind)));
        let read = || drop(black_box(document::read(&yaml, root, kind)));
        Measured {
            nodes,
            check: fastest(arguments.runs, nodes, check),
            read: fastest(arguments.runs, nodes, read),
        }
    }
}

/// Nanoseconds for each node in the fastest of some runs.
#[expect(clippy::cast_precision_loss, reason = "neither comes near to 2^53")]
fn fastest(runs: usize, nodes: usize, work: impl Fn()) -> f64 {
    let round = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    let time: Duration = (0..runs.max(1)).map(round).min().unwrap_or_default();
    time.as_nanos() as f64 / nodes.max(1) as f64
}

/// A document of the kind with at least so many nodes. A kind without lists stays as it is.
fn grown(kind: &'static Kind, nodes: usize) -> (String, Yaml) {
    let mut items = 1;
    loop {
        let text = specimen(kind, items);
        let yaml = yaml::parse(&text, &Limits::default());
        if yaml.nodes.len() >= nodes || items >= nodes {
            return (text, yaml);
        }
        items *= 2;
    }
}
