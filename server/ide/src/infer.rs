//! Contracts from handlers alone, for those who begin without one.
//!
//! What the code does is taken at its word: what it fails without is required, what it falls back
//! from is an enrichment, and what it writes are exits. What nobody writes comes from the caller.
//! Comments say where each line came from, so that somebody can check it and put it into words.

mod fields;
mod line;
mod naming;
mod page;
mod products;
mod told;
mod types;
mod unclaimed;
mod wishes;

use std::collections::BTreeSet;

use camino::Utf8PathBuf;
use contracts::path::FieldPath;
use facts::places::FileId;
use graph::handler::ContractRef;
use graph::project::Graph;
use graph::sources::Sources;
use graph::workflow::Workflow;

use crate::question::{FEW_PIPELINES, Question};
use told::Told;

pub use naming::free_path;
pub use unclaimed::has_unclaimed;

/// A contract that was inferred.
#[derive(Clone, PartialEq, Debug)]
pub struct Inferred {
    /// The pipeline's id.
    pub pipeline: String,
    /// Where it would stand, from the project's root.
    pub path: Utf8PathBuf,
    /// Its text.
    pub text: String,
    /// The files in which its handlers are defined.
    pub files: BTreeSet<FileId>,
    /// How many phases it has.
    pub phases: usize,
    /// Contracts that speak of its handlers already.
    pub known: BTreeSet<ContractRef>,
    /// Whether the order of its phases is a guess.
    pub is_order_guessed: bool,
}

/// The contracts of all workflows that the handlers of a project make up, by the path of their first
/// handler. `project` names what lies at the project's root.
#[must_use]
pub fn contracts(sources: &dyn Sources, project: &str) -> Vec<Inferred> {
    let question = Question::new(sources, FEW_PIPELINES);
    let mut inferred: Vec<Inferred> = Vec::new();
    for workflow in sources.graph().workflows() {
        let mut one = contract(&question, &workflow, project);
        one.path = free_path(&one.path, |path| inferred.iter().any(|other| other.path == *path));
        inferred.push(one);
    }
    inferred
}

fn contract(question: &Question<'_>, workflow: &Workflow, project: &str) -> Inferred {
    let graph = question.graph();
    let known: BTreeSet<ContractRef> = known(graph, workflow).collect();
    let line = line::of(graph, workflow);
    let home = naming::home(workflow, project);
    let known_id = match known.iter().collect::<Vec<_>>().as_slice() {
        [only] => graph.contract(**only).and_then(|facts| facts.pipeline()),
        _ => None,
    };
    let id = workflow.id.or(known_id);
    let pipeline = id.map_or(home.name, |id| id.as_str().to_owned());
    let settings = graph.settings().pipeline(&pipeline);
    let inputs = settings.iter().flat_map(|settings| &settings.inputs);
    let inputs: Vec<FieldPath> = inputs.map(|input| FieldPath::parse(&input.value)).collect();
    let told = Told::new(question);
    let phases = fields::boundaries(&line.steps, &inputs, &told);
    let types = types::Types::new(graph, &line.steps);
    let text = page::text(&pipeline, &line, &phases, &types, &told);
    Inferred {
        path: naming::path(&home.folder, &pipeline),
        pipeline,
        text,
        files: workflow.members.iter().map(|member| member.code.file()).collect(),
        phases: line.steps.len(),
        known,
        is_order_guessed: line.is_guessed,
    }
}

/// The contracts that speak of a workflow's handlers.
fn known<'g>(graph: &'g Graph, workflow: &'g Workflow) -> impl Iterator<Item = ContractRef> + 'g {
    let seats = workflow.members.iter().flat_map(|member| graph.seats_of(member.code));
    // Handlers that declare all by themselves make a pipeline too, which has no contract to name.
    let contracts = seats.map(|(contract, _)| *contract);
    contracts.filter(|contract| graph.propagation(*contract).is_some())
}
