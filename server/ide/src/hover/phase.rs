//! A phase: what it asks for, what it leaves, and who carries it out.

use contracts::propagation::{Boundary, Field};
use contracts::schema::Sort;
use graph::handler::ContractRef;
use graph::pipeline::Pipeline;
use text::name::Name;
use text::near::nearest;

use super::layout::{Places, Table, story};
use super::users;

/// How many fields of one list are named.
const MOST_FIELDS: usize = 12;

pub(super) fn tell(
    contract: ContractRef,
    name: Name,
    places: &mut Places<'_, '_>,
) -> Option<String> {
    let pipeline = places.question.pipeline(contract)?;
    let Some(phase) = pipeline.phase(name) else {
        return Some(story(&unknown(&pipeline, name), None, places));
    };
    let declared = pipeline.declared(phase);
    let position = format!("phase {} of {}", phase.index + 1, pipeline.phases.len());
    let header = format!("{name}   {position}   pipeline {}", pipeline.name);
    let mut table = Table::default();
    for boundary in Boundary::ALL {
        let verb = match boundary {
            Boundary::EntryRequired => "requires",
            Boundary::EntryEnrichment => "takes",
            Boundary::ExitRequired => "produces",
            Boundary::ExitOptional => "may produce",
        };
        fields(verb, declared.fields(boundary), boundary.is_entry(), &mut table);
    }
    let place = places.word(pipeline.anchor(declared.name.at));
    table.row(["declared".to_owned(), String::new(), String::new(), place]);
    for handler in &phase.handlers {
        let place = places.word(handler.at);
        table.row(["handler".to_owned(), handler.name.to_string(), String::new(), place]);
    }
    let mut lines = vec![header, String::new()];
    lines.extend(table.lines());
    if phase.handlers.is_empty() {
        lines.push("no handler was found".to_owned());
    }
    lines.extend(users::of_name(contract, Sort::Phase, &|named| named == name, places));
    let prose = declared.description.and_then(|at| places.prose(pipeline.anchor(at)));
    Some(story(&lines, prose, places))
}

fn fields(verb: &str, fields: &[Field], is_entry: bool, table: &mut Table) {
    for (index, field) in fields.iter().take(MOST_FIELDS).enumerate() {
        let verb = if index == 0 { verb } else { "" };
        let mut how = field.type_name.map_or("str", |kind| kind.value.as_str()).to_owned();
        if is_entry {
            how += ", ";
            how += field.severity.as_str();
        }
        table.row([verb.to_owned(), field.path.value.to_string(), how]);
    }
    if fields.len() > MOST_FIELDS {
        table.row([String::new(), format!("... {} more", fields.len() - MOST_FIELDS)]);
    }
}

fn unknown(pipeline: &Pipeline, name: Name) -> Vec<String> {
    let mut lines = vec![format!("{name}   no phase of pipeline {}", pipeline.name)];
    let phases = pipeline.phases.iter().map(|phase| phase.name.as_str());
    lines.extend(nearest(name.as_str(), phases).map(|(near, _)| format!("the nearest is {near}")));
    lines
}
