//! Fixes of rules about what flows through a pipeline.

use camino::Utf8Path;

use super::{CONTRACT, SETTINGS, check, offered, project};

const COLLECT: &str =
    "  collect:\n    exit:\n      required:\n        - name: records\n          type: list\n";

/// `collect`, and a phase with these entries.
fn entries(lines: &str) -> String {
    let lines: String = lines.lines().map(|line| format!("        {line}\n")).collect();
    format!(
        "{COLLECT}  summarise:\n    entry:\n      required:\n        - name: records\n          type: list\n{lines}"
    )
}

fn enrichments(lines: &str) -> String {
    let lines: String = lines.lines().map(|line| format!("        {line}\n")).collect();
    format!("{}      enrichment:\n{lines}", entries(""))
}

fn chain(source: &str, destination: &str) -> String {
    format!(
        "{}propagation_chains:\n  - chain_id: arrives\n    source: {source}\n    destination: {destination}\n",
        entries("")
    )
}

#[test]
fn dangling_read() {
    let near = project(&entries("- name: record"), "");
    check(
        &near,
        "dangling-read",
        "rename to `records`",
        (CONTRACT, "name: record\n", "name: records\n"),
    );
    let far = project(&entries("- name: language"), "");
    assert_eq!(
        offered(&far, "dangling-read"),
        [
            "declare `language` in exit.required of `collect`",
            "declare `language` as an input of pipeline `reports`"
        ]
    );
    let title = "declare `language` in exit.required of `collect`";
    let promised = COLLECT.to_owned() + "        - name: language\n";
    check(&far, "dangling-read", title, (CONTRACT, COLLECT, &promised));
    let title = "declare `language` as an input of pipeline `reports`";
    let made = "[pipelines.reports]\ninputs = [\"language\"]\n";
    check(&far, "dangling-read", title, (SETTINGS, "", made));
}

#[test]
fn an_input_is_added_to_those_there_are() {
    let mut project = project(&entries("- name: language\n- name: run_id"), "");
    let settings = "[pipelines.reports]\ninputs = [\"run_id\"]  # from the command line\n";
    project.files.insert(SETTINGS.into(), settings.into());
    let title = "declare `language` as an input of pipeline `reports`";
    let both = "[\"run_id\", \"language\"]";
    check(&project, "dangling-read", title, (SETTINGS, "[\"run_id\"]", both));
}

#[test]
fn late_producer() {
    let detect = "  detect:\n    exit:\n      required:\n        - name: language\n";
    let summarise = entries("- name: language").replace(COLLECT, "");
    let late = project(&format!("{COLLECT}{summarise}{detect}"), "");
    let moved = (CONTRACT, &*format!("{summarise}{detect}"), &*format!("{detect}{summarise}"));
    check(&late, "late-producer", "move phase `detect` before `summarise`", moved);
}

#[test]
fn a_phase_that_needs_what_comes_before_is_not_moved() {
    let summarise = format!(
        "{}    exit:\n      required:\n        - name: summary\n",
        entries("- name: language")
    );
    let detect = "  detect:\n    entry:\n      required:\n        - name: summary\n    exit:\n      required:\n        - name: language\n";
    let late = project(&format!("{summarise}{detect}"), "");
    assert!(offered(&late, "late-producer").is_empty());
}

#[test]
fn shadow_default() {
    let entry = "- name: record\n  type: list\n  severity: warning\n  default: []";
    let shadowed = project(&enrichments(entry), "");
    check(
        &shadowed,
        "shadow-default",
        "rename to `records`",
        (CONTRACT, "name: record\n", "name: records\n"),
    );
    let item = "\n        - name: record\n          type: list\n          severity: warning\n          default: []\n";
    check(&shadowed, "shadow-default", "remove the entry `record`", (CONTRACT, item, " []\n"));
    let title = "declare `record` as an input of pipeline `reports`";
    let made = "[pipelines.reports]\ninputs = [\"record\"]\n";
    check(&shadowed, "shadow-default", title, (SETTINGS, "", made));
}

#[test]
fn a_default_that_hides_an_absence_is_removed() {
    let collect =
        format!("{COLLECT}      optional:\n        - name: goals\n          severity: blocking\n");
    let entry = "- name: goals\n  severity: warning\n  default: none";
    let phases = enrichments(entry).replace(COLLECT, &collect);
    let title = "remove the default of `goals`, so that its absence is seen";
    check(
        &project(&phases, ""),
        "shadow-default",
        title,
        (CONTRACT, "          default: none\n", ""),
    );
}

#[test]
fn dead_write() {
    let collect = format!("{COLLECT}        - name: checksum\n");
    let phases = entries("").replace(COLLECT, &collect);
    let dead = project(&phases, "");
    let gone = (CONTRACT, "        - name: checksum\n", "");
    check(&dead, "dead-write", "remove `checksum` from exit.required", gone);
    let title = "declare `checksum` as an output of pipeline `reports`";
    let made = "[pipelines.reports]\noutputs = [\"checksum\"]\n";
    check(&dead, "dead-write", title, (SETTINGS, "", made));
}

#[test]
fn dead_input() {
    let entry =
        "  collect:\n    entry:\n      required:\n        - name: url\n        - name: ticket\n";
    let phases = entries("").replace("  collect:\n", entry);
    let python = "class CollectPhaseHandler:\n    def execute(self, context):\n        context['records'] = load(context['url'])\n";
    let gone = (CONTRACT, "        - name: ticket\n", "");
    check(&project(&phases, python), "dead-input", "remove `ticket` from entry.required", gone);
}

#[test]
fn unknown_phase() {
    let source = entries("") + "          source_phase: colect\n";
    let named = (CONTRACT, "source_phase: colect", "source_phase: collect");
    check(&project(&source, ""), "unknown-phase", "name `collect`", named);
    let chained = chain("{phase: collect, field: records}", "{phase: summarize, field: records}");
    let named = (CONTRACT, "phase: summarize", "phase: summarise");
    check(&project(&chained, ""), "unknown-phase", "name `summarise`", named);
}

#[test]
fn unknown_field() {
    let ends = ("{phase: collect, field: recrods}", "{phase: summarise, field: recrods}");
    let set_right = (
        "source: {phase: collect, field: recrods}\n    destination: {phase: summarise, field: recrods}",
        "source: {phase: collect, field: records}\n    destination: {phase: summarise, field: records}",
    );
    let change = (CONTRACT, set_right.0, set_right.1);
    check(&project(&chain(ends.0, ends.1), ""), "unknown-field", "rename to `records`", change);
}

#[test]
fn broken_chain() {
    let clean =
        "  clean:\n    entry:\n      required:\n        - name: records\n          type: list\n";
    let phases = chain("{phase: clean, field: records}", "{phase: summarise, field: records}")
        .replace("  summarise:", &format!("{clean}  summarise:"));
    let named = (CONTRACT, "source: {phase: clean,", "source: {phase: collect,");
    check(&project(&phases, ""), "broken-chain", "name `collect` as the source", named);
}

#[test]
fn wrong_source_phase() {
    let clean =
        "  clean:\n    entry:\n      required:\n        - name: records\n          type: list\n";
    let phases = entries("").replace("  summarise:", &format!("{clean}  summarise:"))
        + "          source_phase: clean\n";
    let named = (CONTRACT, "source_phase: clean", "source_phase: collect");
    check(&project(&phases, ""), "wrong-source-phase", "name `collect` as the source", named);
}

#[test]
fn type_conflict() {
    let phases = entries("").replacen("type: list\n", "type: list[str]\n", 1);
    let phases = phases.replace("          type: list\n", "          type: dict\n");
    let declared = (CONTRACT, "type: dict", "type: list[str]");
    check(
        &project(&phases, ""),
        "type-conflict",
        "declare list[str], as the producer does",
        declared,
    );
}

#[test]
fn blocking_enrichment() {
    let title = "give it severity warning";
    let written = enrichments("- name: records\n  severity: blocking").replace(
        "        - name: records\n          type: list\n      enrichment",
        "        - name: other\n      enrichment",
    );
    let lighter = (CONTRACT, "severity: blocking", "severity: warning");
    check(&project(&written, ""), "blocking-enrichment", title, lighter);
    let left_out = enrichments("- name: tone\n  type: str");
    let lighter = (
        CONTRACT,
        "- name: tone\n          type: str\n",
        "- name: tone\n          type: str\n          severity: warning\n",
    );
    check(&project(&left_out, ""), "blocking-enrichment", title, lighter);
}

#[test]
fn ambiguous_pipeline() {
    let mut memory = project(
        COLLECT,
        "class CollectPhaseHandler:\n    def execute(self, phase, context):\n        context['records'] = []\n",
    );
    let contract = String::from_utf8(memory.files[Utf8Path::new(CONTRACT)].clone()).unwrap();
    let other = contract.replace("pipeline_id: reports", "pipeline_id: weekly");
    memory.files.insert("weekly.contract.yaml".into(), other.into());
    let title = "bind `CollectPhaseHandler` to pipeline `weekly`";
    let made = "[pipelines.weekly]\nclasses = [\"CollectPhaseHandler\"]\n";
    check(&memory, "ambiguous-pipeline", title, (SETTINGS, "", made));
}
