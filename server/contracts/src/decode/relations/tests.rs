//! Tests of values that do not go together, and of what the JSON Schemas say of them.

use crate::decode::tests::problems_of;
use crate::kinds::by_name;

#[track_caller]
fn check(kind: &str, text: &str, expected: &[&str]) {
    assert_eq!(problems_of(by_name(kind).unwrap(), text), expected, "{text}");
}

const CONFIGURATION: &str = "schema_version: '1'\nconfigurations:\n  - config_id: prompt\n    \
                             type: prompt_template\n    current_version: v1.0.0\n";

fn version(version: &str) -> String {
    format!("{{version: {version}, hash: 'sha256:0', deployed_at: ''}}")
}

#[track_caller]
fn check_history(history: &str, expected: &[&str]) {
    let text = format!("{CONFIGURATION}    version_history: {history}\n");
    check("configuration-evolution", &text, expected);
}

#[test]
fn the_current_version_stands_in_the_history() {
    check("configuration-evolution", CONFIGURATION, &[]);
    check_history("[]", &[]);
    check_history(&format!("[{}, {}]", version("v2.0.0"), version("v1.0.0")), &[]);
    let at = "configurations.0.current_version";
    check_history(
        &format!("[{}]", version("1.0.0")),
        &[&format!("{at}: v1.0.0 is not in version_history, meant 1.0.0")],
    );
    check_history(
        &format!("[{}]", version("v22.4.17")),
        &[&format!("{at}: v1.0.0 is not in version_history")],
    );
}

#[test]
fn a_version_that_cannot_be_read_may_be_the_current_one() {
    let at = "configurations.0.version_history.0";
    check_history(
        "[{hash: 'sha256:0', deployed_at: ''}]",
        &[&format!("{at}.version: missing, say v1.0.0")],
    );
    let history = format!("[&a {}, {{<<: *a, author: me}}]", version("v1.0.0"));
    check_history(&history, &[]);
}

#[track_caller]
fn check_requirements(requirements: &str, expected: &[&str]) {
    let text = format!(
        "schema_version: '1'\nevolution_rules: [{{rule_id: r, scope: s, policy: unrestricted, \
         requirements: {requirements}}}]\n"
    );
    check("configuration-evolution", &text, expected);
}

#[test]
fn a_rule_requires_something() {
    for active in [
        "{quality_threshold: 0}",
        "{regression_check: yes}",
        "{schema_compatible: 1}",
        "{human_approval: optional}",
        "{regression_check: false, output_quality_check: 'on'}",
    ] {
        check_requirements(active, &[]);
    }
    let at = "evolution_rules.0.requirements: a requirements section that asks for nothing";
    for idle in [
        "{}",
        "{quality_threshold: }",
        "{regression_check: no, human_approval: none}",
        "{schema_compatible: 'off'}",
    ] {
        check_requirements(idle, &[at]);
    }
    check_requirements(
        "{regresion_check: true}",
        &["evolution_rules.0.requirements.regresion_check: no key of a requirements section, \
           meant regression_check!"],
    );
}

const PIPELINE: &str = "schema_version: 0.2.0\npipeline_id: p\nphases: {a: {}, b: {}}\n";

#[test]
fn an_edge_preserves_a_field_or_drops_it() {
    let graph = |edge: &str| {
        format!(
            "{PIPELINE}graph_topology: {{graph_id: g, nodes: {{}}, edges: \
             [{{from: a, to: b, {edge}}}]}}\n"
        )
    };
    check("propagation", &graph("preserves: [x, y], drops: [z, x.y]"), &[]);
    check(
        "propagation",
        &graph("preserves: [x, y], drops: [z, y]"),
        &["graph_topology.edges.0.drops.1: y is in preserves too"],
    );
}

#[test]
fn shares_add_up_to_the_total_at_most() {
    let budget = |total: &str, shares: &str| {
        format!(
            "{PIPELINE}budget_propagation: {{budgets: [{{budget_id: b, unit: ms, total: {total}, \
             allocations: {shares}}}]}}\n"
        )
    };
    check("propagation", &budget("0.3", "{a: 0.1, b: '0.2'}"), &[]);
    let at = "budget_propagation.budgets.0";
    check(
        "propagation",
        &budget("10", "{a: 5, b: 7}"),
        &[&format!("{at}.total: 12 of 10 in 2 parts")],
    );
    check(
        "propagation",
        &budget("10", "{a: -5, b: 17}"),
        &[&format!("{at}.allocations.a: -5, at least 0 allowed")],
    );
}

#[track_caller]
fn check_tactic(kind: &str, dates: &str, expected: &[&str]) {
    let tactic = format!("{{id: TAC-A, description: '', {dates}}}");
    let tactics = match kind {
        "manifest" => format!("strategy: {{tactics: [{tactic}]}}"),
        _ => format!(
            "strategies: [{{id: STRAT-A, description: '', rationale: '', tactics: [{tactic}]}}]"
        ),
    };
    let text = format!(
        "metadata: {{name: n}}\nspec: {{project: {{id: n}}, targets: [{{kind: Job, name: n}}]}}\n\
         {tactics}\n"
    );
    check(kind, &text, expected);
}

#[test]
fn a_tactic_is_completed_after_its_start() {
    check_tactic("manifest-v1", "startDate: 2026-01-31, completedDate: '2026-01-31'", &[]);
    let before = "startDate: 2026-01-31, completed_date: '2026-01-30'";
    check_tactic(
        "manifest-v1",
        before,
        &["strategies.0.tactics.0.completed_date: '2026-01-30' is before startDate"],
    );
    // The loader of version 2 takes them as they are.
    check_tactic("manifest", before, &[]);
}

#[test]
fn some_metrics_have_units() {
    let metric = |name: &str, unit: &str| {
        format!(
            "metadata: {{name: n}}\nspec: {{project: {{id: n}}, targets: [{{kind: Job, name: n}}]}}\n\
             strategy: {{objectives: [{{id: o, description: '', keyResults: \
             [{{metric_key: {name}, unit: \"{unit}\", target: 1}}]}}]}}\n"
        )
    };
    for (name, unit) in
        [("availability", "%"), ("latency.p99", "s"), ("latency", "count"), ("cost", "ms")]
    {
        check("manifest", &metric(name, unit), &[]);
    }
    let at = "strategy.objectives.0.keyResults.0.unit";
    for (name, unit, allowed) in
        [("availability", "ratio", "`%`"), ("latency.p99", "%", "`ms` or `s`")]
    {
        let expected = format!("{at}: {unit} of {name}, not {allowed}");
        check("manifest", &metric(name, unit), &[&expected]);
    }
    let expected = format!("{at}: `percent` is no unit");
    check("manifest", &metric("availability", "percent"), &[&expected]);
}

#[test]
fn lists_that_aliases_repeat_are_compared_within_limits() {
    let versions = vec![version("v2.0.0"); 2000].join(", ");
    let mut text = format!(
        "schema_version: '1'\nconfigurations:\n  - &c {{config_id: a, type: tool_config, \
         current_version: v1.0.0, version_history: &h [{versions}]}}\n"
    );
    for index in 0..2000 {
        text.push_str(&format!(
            "  - {{config_id: c{index}, type: tool_config, current_version: v1.0.0, \
             version_history: *h}}\n"
        ));
    }
    let problems = problems_of(by_name("configuration-evolution").unwrap(), &text);
    assert!((10..200).contains(&problems.len()), "{}", problems.len());
}
