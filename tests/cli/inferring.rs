//! `infer`: contracts from handlers alone, which have to stand a check of those very handlers.

use std::path::Path;

use expect_test::{Expect, expect};

use super::{Folder, Run};
use crate::project::root;

/// A handler class for a phase.
fn handler(phase: &str, body: &str) -> String {
    let lines: String = body.lines().map(|line| format!("        {line}\n")).collect();
    format!(
        "class {phase}PhaseHandler(AbstractPhaseHandler):\n    def execute(self, context):\n{lines}\n"
    )
}

/// What is inferred, after a check of it by the same program, which must find no error.
#[track_caller]
fn inferred(folder: &Folder) -> String {
    let shown = folder.run(&["infer"]);
    assert_eq!(shown.code, Some(0), "{}", shown.err);
    assert_eq!(shown.out, folder.run(&["infer"]).out, "the same each time");
    let written = folder.run(&["infer", "--write"]);
    assert_eq!(written.code, Some(0), "{}", written.err);
    let checked = folder.check(&[]);
    assert_eq!(checked.code, Some(0), "{}\n{}", shown.out, checked.out);
    shown.out
}

/// The contract without comments, which must pass a check without any finding.
#[track_caller]
fn clean(files: &[(&str, &str)], expected: &Expect) {
    let folder = Folder::new(files.iter().copied());
    let text = inferred(&folder);
    let checked = folder.check(&["--fail-on", "hint"]);
    assert_eq!(checked.out, "", "{text}");
    let bare: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#') && !line.is_empty())
        .collect();
    expected.assert_eq(&(bare.join("\n") + "\n"));
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn artisan() -> Folder {
    let folder = Folder::new([]);
    copy(root().join("fixtures/artisan").as_std_path(), folder.path());
    folder
}

#[test]
fn a_real_project_gets_a_contract_that_holds() {
    let folder = artisan();
    std::fs::remove_dir_all(folder.path().join("contracts")).unwrap();
    let text = inferred(&folder);
    assert!(text.contains("\npipeline_id: artisan\n"), "{text}");
    let phases: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'))
        .filter(|name| !name.starts_with(' '))
        .collect();
    let order =
        ["plan", "scaffold", "design", "implement", "integrate", "test", "review", "finalize"];
    assert_eq!(phases, order);
    let checked = folder.check(&["--fail-on", "hint"]);
    assert_eq!(checked.out, "", "{text}");
}

#[test]
fn handlers_with_a_contract_are_passed_over_unless_they_are_named() {
    let folder = artisan();
    let passed = folder.run(&["infer"]);
    assert_eq!((passed.code, passed.out.as_str()), (Some(0), ""));
    let told = "have a contract, `contracts/artisan.contract.yaml`; --all includes them";
    assert!(passed.err.contains(told), "{}", passed.err);
    for arguments in [&["infer", "--all"][..], &["infer", "."], &["infer", "artisan/handlers"]] {
        let run = folder.run(arguments);
        assert!(run.out.contains("pipeline_id: artisan"), "{arguments:?}: {}", run.err);
    }
    let second = folder.run(&["infer", "--all", "--write"]);
    assert_eq!(second.code, Some(2));
    assert!(second.err.contains("--output says where another one goes"), "{}", second.err);
}

#[test]
fn a_class_for_each_phase_in_the_order_of_a_dict() {
    let code = [
        handler("Build", "context['built'] = f'{context[\"plan\"]}'\ncontext.get('mode', 'fast')"),
        handler("Plan", "context['plan'] = [context['goal']]\ncontext['_cache'] = 1"),
        "HANDLERS = {'plan': PlanPhaseHandler(), 'build': BuildPhaseHandler()}\n".to_owned(),
    ];
    clean(
        &[
            ("shop/handlers.py", &code.concat()),
            ("contextcore.toml", "[pipelines.shop]\noutputs = ['built']\n"),
        ],
        &expect![[r#"
            schema_version: "0.1.0"
            pipeline_id: shop
            phases:
              plan:
                entry:
                  required:
                    - name: goal
                      type: Any
                      severity: blocking
                  enrichment:
                    - name: mode
                      type: str
                      severity: warning
                      default: fast
                exit:
                  required:
                    - name: plan
                      type: list
                      severity: blocking
              build:
                entry:
                  required:
                    - name: plan
                      type: list
                      severity: blocking
                      source_phase: plan
                  enrichment:
                    - name: mode
                      type: str
                      severity: warning
                      default: fast
                exit:
                  required:
                    - name: built
                      type: str
                      severity: blocking
        "#]],
    );
}

#[test]
fn functions_aliases_constants_and_helpers() {
    let code = "from keys import REPORT\n\n\
        def run_collect(context):\n    rows = context['source']['rows']\n    fill(context, rows)\n\n\
        def fill(context, rows):\n    context.update({'rows': [1], 'total': 1.5})\n\n\
        def run_report(context):\n    found = context\n    if found.get('verbose'):\n        print(found['total'])\n\
        \x20   found[REPORT] = {'rows': found['rows']}\n";
    clean(
        &[
            ("flow/steps/work.py", code),
            ("keys.py", "REPORT = 'report'\n"),
            (
                "contextcore.toml",
                "[python]\nhandler-functions = ['run_*']\n[pipelines.flow]\noutputs = ['report']\n",
            ),
        ],
        &expect![[r#"
            schema_version: "0.1.0"
            pipeline_id: flow
            phases:
              run_collect:
                entry:
                  required:
                    - name: source.rows
                      type: Any
                      severity: blocking
                  enrichment:
                    - name: verbose
                      type: Any
                      severity: warning
                exit:
                  required:
                    - name: rows
                      type: list
                      severity: blocking
                    - name: total
                      type: float
                      severity: blocking
              run_report:
                entry:
                  required:
                    - name: total
                      type: float
                      severity: blocking
                      source_phase: run_collect
                    - name: rows
                      type: list
                      severity: blocking
                      source_phase: run_collect
                  enrichment:
                    - name: verbose
                      type: Any
                      severity: warning
                exit:
                  required:
                    - name: report
                      type: dict
                      severity: blocking
        "#]],
    );
}

#[test]
fn phases_named_by_an_enum_and_registered_one_by_one() {
    let code = [
        "from enum import Enum\n\nclass Phase(Enum):\n    FIRST = 'first'\n    SECOND = 'second'\n\n".to_owned(),
        handler("Late", "value = context['n']\ncontext['n'] = value + 1\ncontext.setdefault('log', [])"),
        handler("Early", "if context.get('fresh', True):\n    context['n'] = 0\nelse:\n    context['n'] = 1"),
        "def build(pipeline):\n    pipeline.register_handler(Phase.FIRST, EarlyPhaseHandler())\n    \
         pipeline.register_handler(Phase.SECOND, LatePhaseHandler())\n".to_owned(),
    ];
    clean(
        &[("counter/main.py", &code.concat())],
        &expect![[r#"
        schema_version: "0.1.0"
        pipeline_id: counter
        phases:
          first:
            entry:
              enrichment:
                - name: fresh
                  type: bool
                  severity: warning
                  default: true
            exit:
              required:
                - name: "n"
                  type: int
                  severity: blocking
          second:
            entry:
              required:
                - name: "n"
                  type: int
                  severity: blocking
                  source_phase: first
            exit:
              required:
                - name: "n"
                  type: int
                  severity: blocking
                - name: log
                  type: list
                  severity: blocking
    "#]],
    );
}

#[test]
fn without_registrations_producers_come_first_and_that_is_said() {
    let code = [
        handler("Ship", "context['shipped'] = context['packed']"),
        handler("Pack", "context['packed'] = context['picked']"),
        handler("Pick", "context['picked'] = [context['order']]"),
    ];
    let folder = Folder::new([("parcels/handlers/all.py", &*code.concat())]);
    let text = inferred(&folder);
    let at = |phase: &str| text.find(&format!("\n  {phase}:\n")).unwrap();
    assert!(at("pick") < at("pack") && at("pack") < at("ship"), "{text}");
    assert!(text.contains("pipeline_id: parcels\n"), "{text}");
    assert!(text.contains("the order is a guess"), "{text}");
}

#[test]
fn what_cannot_be_known_is_told_in_comments() {
    let code = [
        "from elsewhere import mystery\n".to_owned(),
        handler("One", "mystery(context)\nfor name in names():\n    context[f'part_{name}'] = 1"),
        handler("Two", "context['unseen']\ncontext.get('odd', compute())"),
        "HANDLERS = {'one': OnePhaseHandler(), 'two': TwoPhaseHandler()}\n".to_owned(),
    ];
    let folder = Folder::new([("a/b.py", &*code.concat())]);
    expect![[r##"
        # Inferred from handlers by contextcore-lsp. What stands here is what the code does, which need not
        # be what is meant: read it, correct it, and say what the fields are for.
        schema_version: "0.1.0"
        pipeline_id: a

        phases:
          # a/b.py:2: OnePhaseHandler, registered at a/b.py:13
          # a/b.py:4: from here on, more may be read than can be seen
          # a/b.py:4: from here on, more may be written than can be seen
          # a/b.py:6: `part_*` is written, which no contract can name
          one: {}

          # a/b.py:8: TwoPhaseHandler, registered at a/b.py:13
          two:
            entry:
              required:
                # a/b.py:10: fails without it
                - name: unseen
                  type: Any
                  severity: blocking
              enrichment:
                # a/b.py:11: read with a default that is computed
                - name: odd
                  type: Any
                  severity: warning
    "##]].assert_eq(&inferred(&folder));
}

#[test]
fn a_slip_is_left_for_the_check_to_find() {
    let code = [
        handler("Plan", "context['domian'] = 'web'"),
        handler("Build", "context['built'] = context.get('domain', 'unknown')"),
        "HANDLERS = {'plan': PlanPhaseHandler(), 'build': BuildPhaseHandler()}\n".to_owned(),
    ];
    let folder = Folder::new([("a/b.py", &*code.concat())]);
    let text = inferred(&folder);
    assert!(text.contains("`domian` is written before: is that meant?"), "{text}");
    assert!(folder.check(&[]).rules().contains(&"shadow-default"));
}

#[test]
fn what_the_code_declares_is_kept() {
    let code = "class PlanPhaseHandler(AbstractPhaseHandler):\n    \
        context_produces = ContextContract({'domain': Field(type=str, critical=True)})\n    \
        def execute(self, context):\n        context['domain'] = name()\n\n\
        class BuildPhaseHandler(AbstractPhaseHandler):\n    \
        context_requires = ContextContract({'domain': Field(type=str, critical=False, default='x')})\n    \
        def execute(self, context):\n        context.get('domain', 'x')\n\n\
        HANDLERS = {'plan': PlanPhaseHandler, 'build': BuildPhaseHandler}\n";
    clean(
        &[("a/b.py", code)],
        &expect![[r#"
        schema_version: "0.1.0"
        pipeline_id: a
        phases:
          plan:
            exit:
              required:
                - name: domain
                  type: str
                  severity: blocking
          build:
            entry:
              enrichment:
                - name: domain
                  type: str
                  severity: warning
                  default: x
                  source_phase: plan
    "#]],
    );
}

#[test]
fn several_pipelines_get_a_file_each() {
    let folder = Folder::new([
        ("one/h.py", &*handler("Plan", "context['a'] = 1")),
        ("one/g.py", &*handler("Build", "context['b'] = context['a']")),
        ("two/h.py", &*handler("Plan", "context['c'] = 1")),
        ("two/g.py", &*handler("Build", "context['d'] = context['c']")),
    ]);
    let shown = folder.run(&["infer"]);
    let heads: Vec<&str> = shown.out.lines().filter(|line| line.starts_with("---")).collect();
    assert_eq!(heads, ["--- # one/one.contract.yaml", "--- # two/two.contract.yaml"]);
    assert!(shown.err.contains("--write gives each a file of its own"), "{}", shown.err);
    let both = folder.run(&["infer", "--output", "all.contract.yaml"]);
    assert_eq!(both.code, Some(2));
    assert!(both.err.contains("takes one contract, and these are 2: `one`, `two`"), "{}", both.err);
    let one = folder.run(&["infer", "two", "--output", "two.contract.yaml"]);
    assert_eq!(one.code, Some(0), "{}", one.err);
    assert!(folder.path().join("two.contract.yaml").exists());
}

#[test]
fn a_file_that_is_there_stays_unless_it_may_go() {
    let code = handler("Plan", "context['a'] = 1");
    let folder = Folder::new([("one/h.py", &*code), ("kept.yaml", "mine: 1\n")]);
    let output = |more: &[&str]| folder.run(&[&["infer", "--output", "kept.yaml"], more].concat());
    let refused = output(&[]);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.err.contains("`kept.yaml` is there already; --force replaces it"),
        "{}",
        refused.err
    );
    let text = || std::fs::read_to_string(folder.path().join("kept.yaml")).unwrap();
    assert_eq!(text(), "mine: 1\n");
    assert_eq!(output(&["--force"]).code, Some(0));
    assert!(text().contains("phases:"));
}

#[test]
fn nothing_to_infer_is_said() {
    let folder = Folder::new([("a.py", "print('hello')\n")]);
    let told = |run: &Run, words: &str| {
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert!(run.err.contains(words), "{}", run.err);
    };
    told(&folder.run(&["infer"]), "error: no handlers under `.`");
    told(&folder.run(&["infer", "gone"]), "gone: no such file or folder");
}
