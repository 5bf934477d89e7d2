//! Mistakes as they happen, each with the one rule that must speak about it.

use super::pipeline::{Chain, Entry, Pipeline};

/// A kind of mistake.
pub(super) struct Mistake {
    /// The rule that reports it.
    pub(super) rule: &'static str,
    /// Whether it takes handlers to make it.
    pub(super) in_code: bool,
    /// Makes it in the phase with this index; what it is about, where it can be made there.
    pub(super) plant: fn(&mut Pipeline, usize) -> Option<String>,
}

/// All kinds, in the order in which they are planted.
pub(super) const MISTAKES: &[Mistake] = &[
    Mistake { rule: "dangling-read", in_code: false, plant: dangling_read },
    Mistake { rule: "dead-write", in_code: false, plant: dead_write },
    Mistake { rule: "unknown-key", in_code: false, plant: unknown_key },
    Mistake { rule: "default-drift", in_code: true, plant: default_drift },
    Mistake { rule: "late-producer", in_code: false, plant: late_producer },
    Mistake { rule: "duplicate-key", in_code: false, plant: duplicate_key },
    Mistake { rule: "reserved-key", in_code: true, plant: reserved_key },
    Mistake { rule: "wrong-source-phase", in_code: false, plant: wrong_source_phase },
    Mistake { rule: "undeclared-write", in_code: true, plant: undeclared_write },
    Mistake { rule: "unknown-phase", in_code: false, plant: unknown_phase },
    Mistake { rule: "wrong-type", in_code: false, plant: wrong_type },
    Mistake { rule: "invalid-value", in_code: false, plant: invalid_value },
];

fn dangling_read(pipeline: &mut Pipeline, phase: usize) -> Option<String> {
    // Whatever is declared before the first phase is an input.
    (phase > 0).then_some(())?;
    let name = "forgotten_answer".to_owned();
    pipeline.phases.get_mut(phase)?.required.push(Entry::text(name.clone()));
    Some(name)
}

fn dead_write(pipeline: &mut Pipeline, phase: usize) -> Option<String> {
    // Whatever the last phase leaves is an output.
    (phase + 1 < pipeline.phases.len()).then_some(())?;
    let name = "idle_counter".to_owned();
    pipeline.phases.get_mut(phase)?.exit.push(Entry::text(name.clone()));
    Some(name)
}

fn unknown_key(pipeline: &mut Pipeline, phase: usize) -> Option<String> {
    add_line(pipeline, phase, "desciption: Written in a hurry.")
}

fn duplicate_key(pipeline: &mut Pipeline, phase: usize) -> Option<String> {
    let exit = &mut pipeline.phases.get_mut(phase)?.exit;
    let entry = exit.iter_mut().find(|entry| entry.kind.written().is_some())?;
    entry.extra.push(format!("type: {}", entry.kind.name));
    Some(entry.name.clone())
}

fn add_line(pipeline: &mut Pipeline, phase: usize, line: &str) -> Option<String> {
    let entry = pipeline.phases.get_mut(phase)?.exit.first_mut()?;
    entry.extra.push(line.to_owned());
    Some(entry.name.clone())
}

fn default_drift(pipeline: &mut Pipeline, phase: usize) -> Option<String> {
    let entry = pipeline.phases.get_mut(phase)?.enrichment.first_mut()?;
    entry.code_default = Some(entry.kind.other);
    Some(entry.name.clone())
}

fn late_producer(pipeline: &mut Pipeline, phase: usize) -> Option<String> {
    (phase > 0).then_some(())?;
    let wanted = |entry: &&Entry| !entry.name.contains('.') && entry.severity != Some("warning");
    let later = pipeline.phases.get(phase + 2)?.exit.iter().find(wanted)?.clone();
    let name = later.name.clone();
    pipeline.phases[phase].required.push(later);
    Some(name)
}

fn reserved_key(pipeline: &mut Pipeline, phase: usize) -> Option<String> {
    let code = &mut pipeline.phases.get_mut(phase)?.code;
    code.push("context[\"_cc_lineage\"] = {}".to_owned());
    Some("_cc_lineage".to_owned())
}

fn undeclared_write(pipeline: &mut Pipeline, phase: usize) -> Option<String> {
    let name = "private_tally".to_owned();
    let code = &mut pipeline.phases.get_mut(phase)?.code;
    code.push(format!("context[\"{name}\"] = len(parts)"));
    Some(name)
}

fn wrong_source_phase(pipeline: &mut Pipeline, phase: usize) -> Option<String> {
    let last = pipeline.phases.last()?.name.clone();
    (0 < phase && phase + 1 < pipeline.phases.len()).then_some(())?;
    let entry = pipeline.phases.get_mut(phase)?.required.first_mut()?;
    entry.source_phase = Some(last);
    Some(entry.name.clone())
}

fn unknown_phase(pipeline: &mut Pipeline, phase: usize) -> Option<String> {
    let before = pipeline.phases.get(phase.checked_sub(1)?)?;
    let name = before.exit.first()?.name.clone();
    let source = format!("{}x", before.name);
    let destination = (pipeline.phases.get(phase)?.name.clone(), name.clone());
    pipeline.chains.push(Chain { source: (source.clone(), name), destination });
    Some(source)
}

fn wrong_type(pipeline: &mut Pipeline, _: usize) -> Option<String> {
    "0.1".clone_into(&mut pipeline.version);
    Some("schema_version".to_owned())
}

fn invalid_value(pipeline: &mut Pipeline, phase: usize) -> Option<String> {
    let blocking = |entry: &&mut Entry| entry.severity.is_none();
    let entry = pipeline.phases.get_mut(phase)?.exit.iter_mut().find(blocking)?;
    entry.severity = Some("Blocking");
    Some(entry.name.clone())
}
