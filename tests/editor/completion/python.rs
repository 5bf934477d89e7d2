//! In handlers.

use expect_test::expect;

use super::{after, labels, offered};

/// A handler of `build`, with these lines in its `execute`.
fn handler(lines: &str) -> String {
    let body: String = lines.lines().map(|line| format!("        {line}\n")).collect();
    file(&format!(
        "class BuildPhaseHandler(AbstractPhaseHandler):\n    def execute(self, phase, context):\n{body}"
    ))
}

fn file(code: &str) -> String {
    format!(
        r#"#- shop.contract.yaml
schema_version: "0.1.0"
pipeline_id: shop
phases:
  plan:
    exit:
      required:
        - name: tasks
          type: list[Task]
          description: What is to be done.
        - name: domain_summary.domain
        - name: domain_summary.prompt.text
      optional:
        - name: notes
          type: dict
  build:
    entry:
      required:
        - name: tasks
    exit:
      required:
        - name: code
  test:
    entry:
      required:
        - name: code
    exit:
      required:
        - name: report
#- handlers.py
{code}"#
    )
}

const ALL: &str = "tasks domain_summary notes code report";

#[test]
fn what_is_there_comes_first() {
    expect![[r#"
        tasks | list[Task], from plan of shop
        domain_summary | dict, from plan of shop
        notes | dict, from plan of shop
        code | str, from build of shop
        report | str, from test of shop
    "#]]
    .assert_eq(&offered(&handler("x = context[\"$0\"]")));
}

#[test]
fn what_the_phase_promises_comes_first_where_it_is_written() {
    expect!["code tasks domain_summary notes report"]
        .assert_eq(&labels(&handler("context[\"$0\"]")));
    expect!["code tasks domain_summary notes report"]
        .assert_eq(&labels(&handler("context.update({\"$0\": 1})")));
}

#[test]
fn every_form_of_access() {
    for line in [
        "x = context[\"$0\"]",
        "x = context[\"ta$0\"]",
        "x = context['$0",
        "x = f(1, context[\"$0)",
        "x = context.get(\"$0\")",
        "x = context.get(\"$0\", [])",
        "x = context.pop('$0",
        "x = context.setdefault(\"$0\", [])",
        "if \"$0\" in context:",
        "if \"$0\" not in context:",
        "x = f\"{context['$0']}\"",
        "data = context\nx = data[\"$0\"]",
        "def inner():\n    return context[\"$0\"]",
        "if True:\n    x = [\n        context[\"$0\"]\n    ]",
        "x = (\n context.get(\"$0\"",
        "bag = dict(context)\nx = bag[\"$0\"]",
        "bag = dict(context, code=1)\nx = bag.get('$0",
        "bag = copy.copy(context)\nx = bag[\"$0\"]",
        "bag = copy.deepcopy(context)\nx = bag[\"$0",
        "bag = {**context, \"code\": 1}\nx = bag[\"$0\"]",
        "match context:\n    case {\"$0\": found}:\n        pass",
        "match context:\n    case {\"tasks\": tasks, \"$0",
        "match context:\n    case {\"tasks\": []} | {\"$0",
    ] {
        assert_eq!(labels(&handler(line)), ALL, "{line}");
    }
    for line in [
        "context[\"$0\"] = 1",
        "context.update({\"$0",
        "context.update({\n    \"code\": 1,\n    \"$0\"\n})",
        "context |= {\"code\": 1, \"$0\": 2}",
    ] {
        assert_eq!(labels(&handler(line)), "code tasks domain_summary notes report", "{line}");
    }
}

#[test]
fn nested_fields() {
    for line in [
        "x = context[\"domain_summary\"][\"$0\"]",
        "x = context.get(\"domain_summary\", {}).get(\"$0\")",
        "x = (context.get(\"domain_summary\") or {}).get(\"$0",
        "summary = context[\"domain_summary\"]\nx = summary[\"$0\"]",
        "summary: dict = context.get(\"domain_summary\") or {}\nx = summary.get('$0",
        "if (s := context.get(\"domain_summary\")) and s[\"$0\"]:",
        "if \"$0\" in context[\"domain_summary\"]:",
        "match context:\n    case {\"domain_summary\": {\"$0",
        "match context[\"domain_summary\"]:\n    case {\"$0\": x}:",
    ] {
        assert_eq!(labels(&handler(line)), "domain prompt", "{line}");
    }
    assert_eq!(labels(&handler("x = context[\"domain_summary\"][\"prompt\"][\"$0\"]")), "text");
    assert_eq!(labels(&handler("x = context[\"domain_summary\"][\"domain\"][\"$0\"]")), "");
    expect![[r#"
        domain | str, from plan of shop
        prompt | dict, from plan of shop
    "#]]
    .assert_eq(&offered(&handler("x = context[\"domain_summary\"][\"$0\"]")));
}

#[test]
fn quotes_and_brackets_are_not_doubled() {
    let accepted = |line: &str| after(&handler(line), "tasks", false);
    assert_eq!(accepted("x = context[\"$0\"]").trim_start_matches('·'), "x = context[\"tasks\"]");
    assert_eq!(
        accepted("x = context[\"ta$0sk\"]").trim_start_matches('·'),
        "x = context[\"tasks\"]"
    );
    assert_eq!(accepted("x = context[\"$0").trim_start_matches('·'), "x = context[\"tasks\"]");
    assert_eq!(accepted("x = context['ta$0]").trim_start_matches('·'), "x = context['tasks']");
    assert_eq!(
        accepted("x = f(context[\"$0, \"y\")").trim_start_matches('·'),
        "x = f(context[\"tasks\"], \"y\")"
    );
    assert_eq!(
        accepted("x = context.get(\"$0").trim_start_matches('·'),
        "x = context.get(\"tasks\""
    );
    assert_eq!(
        accepted("x = context.get(\"$0\")").trim_start_matches('·'),
        "x = context.get(\"tasks\")"
    );
}

#[test]
fn helpers_know_whom_they_work_for() {
    let code = "class BuildPhaseHandler(AbstractPhaseHandler):\n    def execute(self, context):\n        self.help(context)\n        assist(context)\n\n    def help(self, ctx):\n        return ctx[\"notes\"]\n\ndef assist(state):\n    state[\"code\"] = state[\"tasks\"]\n    x = state[\"$0\"]\n";
    assert_eq!(labels(&file(code)), ALL);
    let code = "class BuildPhaseHandler(AbstractPhaseHandler):\n    def execute(self, context):\n        self.context = context\n\n    def help(self):\n        return self.context[\"$0\"]\n";
    assert_eq!(labels(&file(code)), ALL);
}

#[test]
fn helpers_know_what_they_are_handed() {
    let of = |call: &str, parameters: &str, line: &str| {
        labels(&file(&format!(
            "class BuildPhaseHandler(AbstractPhaseHandler):\n    def execute(self, context):\n        {call}\n\ndef assist({parameters}):\n    {line}\n"
        )))
    };
    let untold = "domain_summary notes tasks code report";
    assert_eq!(of("assist(1, bag=context)", "n, *, bag=None", "x = bag[\"$0\"]"), ALL);
    assert_eq!(of("assist(1, bag=context)", "n, *, bag=None", "x = bag[\"$0"), untold);
    let summary = "context[\"domain_summary\"]";
    let inner = format!("assist({summary})");
    assert_eq!(of(&inner, "known", "return known['$0']"), "domain prompt");
    assert_eq!(of(&inner, "known", "return known[\"prompt\"]['$0"), "text");
    let through = format!("help({summary})\n\ndef help(a):\n    assist(a[\"prompt\"])");
    assert_eq!(of(&through, "b", "return b.get('$0"), "text");
    let both = format!("assist({summary})\n        assist(context)");
    assert_eq!(of(&both, "known", "return known['$0']"), "", "it may be either");
    assert_eq!(of("assist(1)", "known", "return known['$0']"), "");
}

#[test]
fn nothing_is_offered_elsewhere() {
    for line in [
        "x = other[\"$0\"]",
        "x = \"$0\"",
        "print(\"$0\")",
        "context = {}\nx = context[\"$0\"]",
        "# context[\"$0\"]",
        "\"\"\"context[\"$0\"]\"\"\"",
        "x = context[\"tasks\"][0].get(\"$0\")",
        "context.update({\"a\": \"$0\"})",
        "x = context[$0]",
        "x = context.$0",
        "x = [context, \"$0\"]",
        "bag = copies(context)\nx = bag[\"$0\"]",
        "bag = {\"a\": context}\nx = bag[\"$0\"]",
        "match other:\n    case {\"$0\": found}:",
        "match context:\n    case {\"tasks\": \"$0\"}:",
        "match context:\n    case [{\"$0\": 1}]:",
    ] {
        assert_eq!(labels(&handler(line)), "", "{line}");
    }
    assert_eq!(labels(&file("def f(state):\n    return state[\"$0\"]\n# PhaseHandler\n")), "");
}
