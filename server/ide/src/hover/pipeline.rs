//! A pipeline: its phases in order, what goes in and what comes out.

use contracts::schema::Sort;
use graph::flow::Flow;
use graph::flow::producer::By;
use graph::handler::ContractRef;
use graph::pipeline::Pipeline;

use super::layout::{Places, Table, story};
use super::users;

/// How many phases are listed.
const MOST_PHASES: usize = 24;

pub(super) fn tell(contract: ContractRef, places: &mut Places<'_, '_>) -> Option<String> {
    let pipeline = places.question.pipeline(contract)?;
    let declared = pipeline.contract();
    let count = pipeline.phases.len();
    let handlers: usize = pipeline.phases.iter().map(|phase| phase.handlers.len()).sum();
    let (phases, handled) = (counted(count, "phase"), counted(handlers, "handler"));
    let mut lines = vec![format!("pipeline {}   {phases}, {handled}", pipeline.name)];
    lines.push(String::new());
    let mut table = Table::default();
    for phase in pipeline.phases.iter().take(MOST_PHASES) {
        let place = places.word(pipeline.anchor(pipeline.declared(phase).name.at));
        let names: Vec<&str> = phase.handlers.iter().map(|handler| handler.name.as_str()).collect();
        let handler = if names.is_empty() { "-".to_owned() } else { names.join(", ") };
        table.row([phase.name.to_string(), handler, place]);
    }
    if count > MOST_PHASES {
        table.row([format!("... {} more", count - MOST_PHASES)]);
    }
    lines.extend(table.lines());
    lines.push(String::new());
    lines.push(format!("inputs: {}", listed(inputs(&pipeline))));
    lines.push(format!("outputs: {}", listed(outputs(&pipeline))));
    let id = pipeline.name;
    lines.extend(users::of_name(contract, Sort::Pipeline, &|named| named == id, places));
    let prose = declared.description.and_then(|at| places.prose(pipeline.anchor(at)));
    Some(story(&lines, prose, places))
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn inputs(pipeline: &Pipeline) -> Vec<String> {
    let flow = Flow::new(pipeline);
    let given = |by: &By<'_>| matches!(by, By::Caller(..) | By::Settings);
    let inputs = flow.producers.iter().filter(|producer| given(&producer.by));
    inputs.map(|producer| producer.path.to_string()).collect()
}

fn outputs(pipeline: &Pipeline) -> Vec<String> {
    let named = pipeline.settings_outputs.iter().map(|(path, _)| path.to_string());
    let exits = pipeline.last_phases().flat_map(|phase| {
        let fields = pipeline.declared(phase).all_fields();
        fields.filter(|(list, _)| !list.is_entry()).map(|(_, field)| field.path.value.to_string())
    });
    named.chain(exits).collect()
}

fn listed(mut names: Vec<String>) -> String {
    names.sort();
    names.dedup();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
