//! Contracts as design notes had them, and what they are rewritten to.

use settings::settings::Settings;
use text::edit::apply;

use super::edits;
use crate::finding::Finding;
use crate::tests::findings;

fn found(text: &str) -> (fixture::File, Vec<Finding>) {
    let path = "reports.contract.yaml".into();
    let file = fixture::File { path, text: text.to_owned(), expectations: Vec::new() };
    let fixture = fixture::Fixture { files: vec![file.clone()], ..Default::default() };
    let found = findings(&fixture, &file, &Settings::default());
    (file, found.into_iter().map(|(finding, _)| finding).collect())
}

/// The text with the fix of the first finding that `fix` picks.
fn rewritten(text: &str, pick: impl Fn(&Finding) -> Option<&crate::fix::Fix>) -> Option<String> {
    let (file, found) = found(text);
    let fix = found.iter().find_map(pick)?;
    let (after, left_out) = apply(text, &edits(&file, fix));
    assert_eq!(left_out, 0, "{}", fix.title);
    Some(after)
}

/// Rewrites all at once: the loader takes what comes out. Rewriting one after the other comes to
/// the same.
#[track_caller]
fn check(before: &str, after: &str) {
    let all =
        |finding: &Finding| finding.rule.name == "outdated-dialect" && finding.fixes.len() > 1;
    let at_once = rewritten(before, |finding| all(finding).then(|| &finding.fixes[1]));
    assert_eq!(at_once.as_deref(), Some(after));
    let left = found(after).1;
    assert!(left.is_empty(), "{left:#?}\n{after}");
    let mut text = before.to_owned();
    while let Some(next) = rewritten(&text, |finding| finding.fixes.first()) {
        assert_ne!(next, text);
        text = next;
    }
    assert_eq!(found(&text).1, [], "{text}");
}

#[test]
fn conventions() {
    check(
        "# Ours.\nschema_version: \"0.1.0\"\ncontract_type: semantic_convention\ndomain: reports  # all of them\n\n\
         conventions:\n  # Always set.\n  - canonical: report.id\n    type: str\n    requirement: required\n    \
         stability: stable  # for now\n    aliases: [id]\n\nenum_conventions:\n  - attribute: report.id\n    \
         values: [a, b]\n    source: kinds.py\n    description: >\n      Which\n\n      there are.\n",
        "# Ours.\nschema_version: \"0.1.0\"\ncontract_type: semantic_conventions\nnamespace: reports  # all of them\n\n\
         attributes:\n  # Always set.\n  - name: report.id\n    type: str\n    requirement_level: required\n    \
         # stability: stable  # for now\n    aliases: [id]\n\nenums:\n  - name: report.id\n    \
         values: [a, b]\n    # source: kinds.py\n    # description: >\n    #   Which\n\n    #   there are.\n",
    );
}

#[test]
fn conventions_in_brackets() {
    check(
        "{schema_version: \"0.1.0\", contract_type: semantic_convention, domain: r, conventions: [{stability: x, \
         deprecated: true, canonical: r.id}]}\n",
        "# stability: x\n# deprecated: true\n{schema_version: \"0.1.0\", contract_type: semantic_conventions, \
         namespace: r, attributes: [{name: r.id}]}\n",
    );
}

#[test]
fn ordering() {
    check(
        "schema_version: \"0.1.0\"\ncontract_type: causal_ordering\npipeline_id: reports\nconstraints:\n\
         - constraint_id: first\n  description: why\n  before: &e {phase: a, event: b}\n  after: {phase: c, event: d}\n\
         - constraint_id: second\n  timeout_ms: 5\n  before: *e\n  after: {phase: c, event: f}\n\
         cross_pipeline:\n- constraint_id: third\n  # Not yet.\n  before: {pipeline: x}\n",
        "schema_version: \"0.1.0\"\ncontract_type: causal_ordering\npipeline_id: reports\ndependencies:\n\
         # constraint_id: first\n- description: why\n  before: &e {phase: a, event: b}\n  after: {phase: c, event: d}\n\
         # constraint_id: second\n# timeout_ms: 5\n- before: *e\n  after: {phase: c, event: f}\n\
         # cross_pipeline:\n# - constraint_id: third\n#   # Not yet.\n#   before: {pipeline: x}\n",
    );
}

const CAPABILITIES: &str = "schema_version: \"0.1.0\"\ncontract_type: capability_propagation\npipeline_id: reports\n\
     capabilities:\n  - {name: archive_write, scope: write}\nphases:\n  collect:\n    provides: [archive_write]\n  \
     summarise:\n    requires: [archive_write]\n";

#[test]
fn capabilities() {
    check(
        &format!(
            "{CAPABILITIES}    attenuations:\n      - capability: archive_write\n        narrowed_to: read\n        \
             reason: enough\n        constraints:\n          prefix: a/\ncapability_chains:\n  - chain_id: c\n    \
             capability: archive_write\n    source:  # at first\n      phase: collect\n      granted_by: operator\n    \
             waypoints:\n      - phase: check\n    destination: {{phase: summarise, required_for: reading}}\n    \
             severity: blocking\n    attenuation_policy: narrow_only\n"
        ),
        &format!(
            "{CAPABILITIES}    attenuations:\n      - from_scope: archive_write\n        to_scope: read\n        \
             description: enough\n        # constraints:\n        #   prefix: a/\nchains:\n  - chain_id: c\n    \
             capability: archive_write\n    source_phase: collect\n    # at first\n    # granted_by: operator\n    \
             # waypoints:\n    #   - phase: check\n    # required_for: reading\n    destination_phase: summarise\n    \
             severity: blocking\n    # attenuation_policy: narrow_only\n"
        ),
    );
}

#[test]
fn budgets() {
    check(
        "schema_version: \"0.1.0\"\r\ncontract_type: budget_propagation\r\npipeline_id: reports\r\nbudgets:\r\n  \
         - budget_id: time\r\n    type: latency_ms\r\n    total: 30\r\n    unit: ms\r\n    allocations: &parts\r\n      \
         collect: 10  # fast\r\n      # the rest\r\n      summarise: 20\r\n  - budget_id: again\r\n    \
         type: custom\r\n    total: 40\r\n    allocations: *parts\r\n  - {budget_id: money, type: cost_dollars, total: 1, \
         allocations: {collect: 0.5}}\r\n",
        "schema_version: \"0.1.0\"\r\ncontract_type: budget_propagation\r\npipeline_id: reports\r\nbudgets:\r\n  \
         - budget_id: time\r\n    budget_type: latency_ms\r\n    total: 30\r\n    # unit: ms\r\n    \
         allocations: &parts\r\n      - phase: collect\r\n        amount: 10  # fast\r\n      # the rest\r\n      \
         - phase: summarise\r\n        amount: 20\r\n  - budget_id: again\r\n    budget_type: custom\r\n    \
         total: 40\r\n    allocations: *parts\r\n  - {budget_id: money, budget_type: cost_dollars, total: 1, \
         allocations: [{phase: collect, amount: 0.5}]}\r\n",
    );
}

#[test]
fn lineage() {
    check(
        "schema_version: \"0.1.0\"\npipeline_id: reports\nlineage_chains:\n  - chain_id: c\n    field: records\n    \
         stages:\n      - phase: collect\n        operation: derive\n        input: url\n        output: records\n      \
         - {phase: summarise, operation: filter, expected_type: list}\n    audit_requirements:\n      \
         stamped: true\n      chained: false  # yet\n",
        "schema_version: \"0.1.0\"\npipeline_id: reports\nchains:\n  - chain_id: c\n    field: records\n    \
         stages:\n      - phase: collect\n        operation: derive\n        # input: url\n        # output: records\n      \
         # expected_type: list\n      - {phase: summarise, operation: filter}\n    # audit_requirements:\n    \
         #   stamped: true\n    #   chained: false  # yet\n",
    );
}

#[test]
fn broken_documents_are_left_alone() {
    let texts = [
        "contract_type: semantic_convention\nconventions:\n  - canonical:\n",
        "contract_type: semantic_convention\nconventions: &a\n  - *a\n  - canonical: [\n",
        "contract_type: causal_ordering\npipeline_id: p\nconstraints:\n  - constraint_id: x\n",
        "contract_type: capability_propagation\ncapability_chains:\n  - source:\n  - source: {}\n  - source: [x]\n",
        "contract_type: budget_propagation\nbudgets:\n  - allocations: {<<: *x, a: }\n  - type\n  - type: {\n",
        "contract_type: data_lineage\nlineage_chains: *x\nchains: 1\n",
    ];
    for text in texts {
        for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
            let (file, found) = found(&text[..end]);
            let tree = syntax::yaml::parse(&file.text, &syntax::yaml::Limits::default());
            for fix in found.iter().flat_map(|finding| &finding.fixes) {
                for intent in &fix.intents {
                    let crate::fix::Intent::Yaml(_, intent) = intent else { continue };
                    if let Ok(edits) = syntax::edit::yaml::render(&file.text, &tree, intent) {
                        assert_eq!(apply(&file.text, &edits).1, 0, "{}", fix.title);
                    }
                }
            }
        }
    }
}
