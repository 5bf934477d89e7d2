//! In calls of run-time checkers.

use expect_test::expect;

use super::{after, labels, offered};

const PROJECT: &str = r#"#- demo.contract.yaml
schema_version: "0.1.0"
pipeline_id: demo
phases:
  plan:
    description: Looks ahead.
    exit:
      required:
        - name: domain
          type: dict
        - name: domain.label
  build:
    entry:
      required:
        - name: domain
    exit:
      required:
        - name: code
#- demo.capability.yaml
schema_version: "0.1.0"
contract_type: capability_propagation
pipeline_id: demo
capabilities:
  - name: write_files
    scope: all
phases:
  plan:
    provides: [write_files]
#- demo.budget.yaml
schema_version: "0.1.0"
contract_type: budget_propagation
pipeline_id: demo
budgets:
  - budget_id: time
    budget_type: custom
    total: 1
#- other/far.contract.yaml
schema_version: "0.1.0"
pipeline_id: far
phases:
  away: {}
#- run.py
import contextcore

def run(guard, tracker, context):
"#;

/// A function with these lines in it.
fn run(lines: &str) -> String {
    let body: String = lines.lines().map(|line| format!("    {line}\n")).collect();
    format!("{PROJECT}{body}")
}

#[test]
fn phases() {
    for line in [
        "guard.enter_phase(\"$0\", context)",
        "guard.enter_phase(\"pl$0\", context)",
        "with guard.phase(\"$0",
        "with self._guard.phase('$0', context):",
        "guard.exit_phase(context=context, phase=\"$0\")",
        "validate_phase_entry(\"$0\", {})",
        "tracker.stamp(context, \"$0\", \"domain\", 1)",
        "tracker.grant(context, \"write_files\", \"all\", \"$0\")",
        "BudgetTracker().record(context, \"time\", '$0",
        "tracker.record_transformation(\n    context,\n    \"domain\",\n    \"$0\"\n)",
        "f(1, [tracker.stamp(dict(a=1), '$0",
    ] {
        assert_eq!(labels(&run(line)), "plan build", "{line}");
    }
    expect![[r#"
        plan | phase of demo
        build | phase of demo
    "#]]
    .assert_eq(&offered(&run("guard.enter_phase(\"$0\", context)")));
}

#[test]
fn fields_and_what_else_has_a_name() {
    for (line, names) in [
        ("tracker.stamp(context, \"plan\", \"$0\", 1)", "domain domain.label code"),
        ("tracker.stamp(context, \"build\", \"$0", "domain code domain.label"),
        ("tracker.stamp_evaluation(context, \"$0\", \"me\", 1.0)", "domain domain.label code"),
        ("tracker.record_transformation(context, field='$0", "domain domain.label code"),
        ("tracker.grant(context, \"$0\", \"all\", \"plan\")", "write_files"),
        ("BudgetTracker().record(context, \"$0\", \"build\", 3)", "time"),
    ] {
        assert_eq!(labels(&run(line)), names, "{line}");
    }
}

#[test]
fn names_go_by_what_the_file_says_already() {
    let far = "guard.enter_phase(\"away\", context)\nguard.exit_phase(\"$0\", context)";
    assert_eq!(labels(&run(far)), "away");
    let text = run("tracker.stamp(context, \"plan\", \"do$0\", 1)");
    assert_eq!(
        after(&text, "domain.label", false).trim_start_matches('·'),
        "tracker.stamp(context, \"plan\", \"domain.label\", 1)"
    );
    let text = run("guard.enter_phase(\"$0");
    let done = after(&text, "build", false);
    assert_eq!(done.trim_start_matches('·'), "guard.enter_phase(\"build\"");
}

#[test]
fn nothing_is_offered_to_others() {
    for line in [
        "moon.phase(\"$0\")",
        "tracker.stamp(context, \"plan\", \"domain\", \"$0\")",
        "tracker.other(\"$0\")",
        "guard.enter_phase(f(\"$0\"))",
        "guard.enter_phase([\"$0\"])",
    ] {
        assert_eq!(labels(&run(line)), "", "{line}");
    }
}
