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
    report::line(&format!("{:26} {:>8} {:>10} {:>6}", "kind", "nodes", "ns a node", "ratio"));
    for kind in KINDS {
        let measured = Measured::of(kind, arguments);
        report::line(&format!(
            "{:26} {:>8} {:>10.1} {:>6.2}",
            kind.name,
            measured.nodes,
            measured.each(),
            measured.each() / baseline.each()
        ));
    }
    Ok(())
}

/// The fastest round over one document.
struct Measured {
    nodes: usize,
    time: Duration,
}

impl Measured {
    fn of(kind: &'static Kind, arguments: &Arguments) -> Measured {
        let (text, yaml) = grown(kind, arguments.nodes);
        let rounds = (0..arguments.runs.max(1)).map(|_| {
            let start = Instant::now();
            for root in &yaml.documents {
                black_box(decode::check(&text, &yaml, *root, kind));
                black_box(document::read(&yaml, *root, kind));
            }
            start.elapsed()
        });
        let time = rounds.min().unwrap_or_default();
        Measured { nodes: yaml.nodes.len(), time }
    }

    /// Nanoseconds for each node of the document.
    #[expect(clippy::cast_precision_loss, reason = "neither comes near to 2^53")]
    fn each(&self) -> f64 {
        self.time.as_nanos() as f64 / self.nodes.max(1) as f64
    }
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
