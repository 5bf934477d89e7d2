//! A pipeline as a contract.

use std::fmt::Write as _;

use super::pipeline::{Entry, Pipeline};

/// The contract's text.
pub(super) fn written(pipeline: &Pipeline) -> String {
    let mut text = String::with_capacity(10 * 1024);
    let _ = write!(
        text,
        "# Contract of the pipeline {0}: what its phases promise each other.\n\
         schema_version: {1}\npipeline_id: {0}\nphases:\n",
        pipeline.id, pipeline.version
    );
    for phase in &pipeline.phases {
        let _ = writeln!(text, "  {}:", phase.name);
        if !(phase.required.is_empty() && phase.enrichment.is_empty()) {
            text.push_str("    entry:\n");
            list(&mut text, "required", &phase.required);
            list(&mut text, "enrichment", &phase.enrichment);
        }
        if !phase.exit.is_empty() {
            text.push_str("    exit:\n");
            list(&mut text, "required", &phase.exit);
        }
    }
    chains(&mut text, pipeline);
    text
}

fn list(text: &mut String, key: &str, entries: &[Entry]) {
    if entries.is_empty() {
        return;
    }
    let _ = writeln!(text, "      {key}:");
    for entry in entries {
        let _ = writeln!(text, "        - name: {}", entry.name);
        let mut line = |key: &str, value: &str| {
            let _ = writeln!(text, "          {key}: {value}");
        };
        if let Some(kind) = entry.kind.written() {
            line("type", kind);
        }
        if let Some(severity) = entry.severity {
            line("severity", severity);
        }
        if entry.falls_back {
            line("default", entry.kind.yaml);
        }
        if let Some(phase) = &entry.source_phase {
            line("source_phase", phase);
        }
        if let Some(description) = entry.description {
            line("description", description);
        }
        for extra in &entry.extra {
            let _ = writeln!(text, "          {extra}");
        }
    }
}

fn chains(text: &mut String, pipeline: &Pipeline) {
    if pipeline.chains.is_empty() {
        return;
    }
    text.push_str("propagation_chains:\n");
    for (number, chain) in (1..).zip(&pipeline.chains) {
        let _ = write!(
            text,
            "  - chain_id: chain_{number}\n    source: {{phase: {}, field: {}}}\n    destination: \
             {{phase: {}, field: {}}}\n    verification: dest not in (None, '')\n",
            chain.source.0, chain.source.1, chain.destination.0, chain.destination.1
        );
    }
}
