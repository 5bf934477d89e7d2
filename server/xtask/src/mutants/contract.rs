//! A model's contract as YAML.

use super::model::{Chain, Declared, Model, Phase};
use super::page::{Block, Mark, Part};

/// The contract's text, with its marks.
pub(super) fn written(model: &Model) -> Block {
    let mut block = Block::of(&["schema_version: \"0.1.0\""]);
    block.line(format!("pipeline_id: {}", model.id));
    if model.layout.comments {
        block.line("# The first phase is given its inputs by whoever starts the run.");
    }
    block.line("phases:");
    for phase in &model.phases {
        block.extend(written_phase(model, phase).indented(2));
    }
    if !model.chains.is_empty() {
        block.line("propagation_chains:");
        for chain in &model.chains {
            block.extend(written_chain(chain).indented(2));
        }
    }
    block
}

fn written_phase(model: &Model, phase: &Phase) -> Block {
    let mut block = Block::default();
    block.marked(format!("{}:", phase.name), Mark(phase.number, Part::Name));
    if model.layout.comments {
        block.line("  # See the handler of the same name.");
    }
    let entry = lists(model, [("required", &phase.required), ("enrichment", &phase.enrichment)]);
    let exit = lists(model, [("required", &phase.exit), ("optional", &phase.optional)]);
    if entry.is_empty() && exit.is_empty() {
        block.line("  description: Does nothing of its own.");
    }
    for (title, lists) in [("entry:", entry), ("exit:", exit)] {
        if !lists.is_empty() {
            block.extend(lists.under(title, 2).indented(2));
        }
    }
    block
}

fn lists(model: &Model, lists: [(&str, &Vec<Declared>); 2]) -> Block {
    let mut block = Block::default();
    for (title, fields) in lists {
        if fields.is_empty() {
            continue;
        }
        block.line(format!("{title}:"));
        for field in fields {
            block.extend(written_field(model, field).indented(2));
        }
    }
    block
}

fn written_field(model: &Model, field: &Declared) -> Block {
    let mark = |part| Mark(field.number, part);
    let name = if model.layout.quoted { format!("'{}'", field.field) } else { field.field.clone() };
    let source = field.source.as_deref();
    let details = [
        (Part::Type, "type", Some(field.kind.name)),
        (Part::Severity, "severity", field.severity),
        (Part::Default, "default", field.default),
        (Part::Source, "source_phase", source),
    ];
    let details = details.into_iter().filter_map(|(part, key, value)| Some((part, key, value?)));
    let mut block = Block::default();
    if model.layout.flow && field.extra.is_none() {
        // Brackets and commas of a type would end a plain scalar here.
        let mut text = format!("- {{name: {name}");
        let mut marks = vec![mark(Part::Name)];
        for (part, key, value) in details {
            let value = if part == Part::Type { format!("\"{value}\"") } else { value.to_owned() };
            text.push_str(&format!(", {key}: {value}"));
            marks.push(mark(part));
        }
        text.push('}');
        block.marked_all(text, marks);
        return block;
    }
    block.marked(format!("- name: {name}"), mark(Part::Name));
    for (part, key, value) in details {
        block.marked(format!("  {key}: {value}"), mark(part));
    }
    if let Some(extra) = &field.extra {
        block.marked(format!("  {extra}"), mark(Part::Extra));
    }
    block
}

fn written_chain(chain: &Chain) -> Block {
    let link = |(phase, field): &(String, String)| format!("{{phase: {phase}, field: {field}}}");
    let mark = |part| Mark(chain.number, part);
    let mut block = Block::default();
    block.marked(format!("- chain_id: chain_{}", chain.number), mark(Part::Name));
    block.marked(format!("  source: {}", link(&chain.source)), mark(Part::Source));
    if !chain.waypoints.is_empty() {
        block.line("  waypoints:");
    }
    for (index, waypoint) in chain.waypoints.iter().enumerate() {
        block.marked(format!("    - {}", link(waypoint)), mark(Part::Waypoint(index)));
    }
    let destination = link(&chain.destination);
    block.marked(format!("  destination: {destination}"), mark(Part::Destination));
    block
}
