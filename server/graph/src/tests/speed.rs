//! Large projects: what a change costs follows what changed.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;

use camino::Utf8PathBuf;
use facts::file::FileFacts;
use facts::places::FileId;

use super::{change, contract, facts};
use crate::files::FileState;
use crate::project::{Change, Graph};

const PHASES: [&str; 12] = [
    "plan",
    "scaffold",
    "design",
    "implement",
    "integrate",
    "test",
    "review",
    "finalize",
    "deploy",
    "verify",
    "report",
    "close",
];

/// A project of so many pipelines that all declare the same phases, each in a folder of its own.
fn project(pipelines: u32) -> Vec<Change> {
    let mut module = String::from(
        "from hub import help\nfrom sdk import AbstractPhaseHandler\nimport logging\n",
    );
    for phase in PHASES {
        let name = format!("{}{}", phase[..1].to_uppercase(), &phase[1..]);
        writeln!(module, "class {name}PhaseHandler(AbstractPhaseHandler):\n    def execute(self, context):\n        help(context)\n        context['{phase}_done'] = context['tasks']").unwrap();
    }
    let yaml: Arc<FileFacts> = Arc::new(facts("p.contract.yaml", &contract("p", &PHASES)));
    let python: Arc<FileFacts> = Arc::new(facts("h.py", &module));
    let mut changes = vec![change(0, "hub.py", Some("def help(c):\n    c.get('x')\n"))];
    for number in 0..pipelines {
        let file = |id, name: &str, facts: &Arc<FileFacts>| Change {
            file: FileId(id),
            path: Utf8PathBuf::from(format!("teams/t{number}/{name}")),
            state: Some(FileState::Read(Arc::clone(facts))),
        };
        changes.push(file(number * 2 + 1, "p.contract.yaml", &yaml));
        changes.push(file(number * 2 + 2, "handlers.py", &python));
    }
    changes
}

/// Bounds are wide: they tell a cost that follows the project from one that follows the change.
#[test]
fn a_change_in_a_large_project_is_cheap() {
    let pipelines = if cfg!(debug_assertions) { 200 } else { 2_000 };
    let changes = project(pipelines);
    let mut graph = Graph::new(Arc::default());
    let start = Instant::now();
    let update = graph.update(changes);
    let first = start.elapsed();
    assert_eq!(update.pipelines.len(), pipelines as usize);
    let start = Instant::now();
    let built: Vec<_> =
        update.pipelines.iter().map(|contract| graph.build(*contract).unwrap()).collect();
    let building = start.elapsed();
    for (contract, built) in update.pipelines.iter().zip(built) {
        assert!(built.pipeline.phases.iter().all(|phase| phase.handlers.len() == 1));
        graph.record(*contract, built.keys);
    }
    let text = contract("p", &PHASES[1..]);
    let edited = change(1, "teams/t0/p.contract.yaml", Some(&text));
    let start = Instant::now();
    let update = graph.update(vec![edited]);
    let contract_edit = start.elapsed();
    assert_eq!(update.pipelines.len(), 1);
    let edited = change(2, "teams/t0/handlers.py", Some("class DesignPhaseHandler: ...\n"));
    let start = Instant::now();
    let update = graph.update(vec![edited]);
    let handler_edit = start.elapsed();
    assert_eq!(update.pipelines.len(), 1);
    println!(
        "first {first:?}, building {building:?}, contract {contract_edit:?}, handlers {handler_edit:?}"
    );
    assert!(contract_edit < first / 4, "{contract_edit:?} of {first:?}");
    assert!(handler_edit < first / 4, "{handler_edit:?} of {first:?}");
}
