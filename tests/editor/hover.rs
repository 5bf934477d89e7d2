//! Hover: the story of a field, a phase, a chain, a pipeline, a key or a rule.

use expect_test::{Expect, expect};

use super::Editor;

/// The story over the cursor, and the text it belongs to.
#[track_caller]
pub(super) fn check(text: &str, expected: &Expect) {
    let editor = Editor::new(text);
    let link = |path: &camino::Utf8Path, line: u32| Some(format!("file:///{path}#L{}", line + 1));
    let told = match ide::hover::hover(&editor.engine, editor.cursor, &link) {
        Some(hover) => {
            let place = editor.place(editor.cursor.file, hover.span);
            format!("{place}\n{}\n", hover.markdown)
        }
        None => "nothing\n".to_owned(),
    };
    expected.assert_eq(&told);
}

#[track_caller]
fn demo(before: &str, expected: &Expect) {
    check(&super::demo(before), expected);
}

#[test]
fn a_field_in_a_list() {
    demo(
        "domain.label\n          description",
        &expect![[r#"
        pipeline.contract.yaml:17:17 domain.label
        ```text
        domain.label   str   pipeline demo

        plan    produces  exit.required                                   pipeline.contract.yaml:17
                writes    always                                          plan.py:4
        design  -
        build   requires  entry.required, blocking                        pipeline.contract.yaml:26
                reads     fails without it, through prompt in prompts.py  prompts.py:2

        chain label_to_build: plan -> build, holds
        ```

        Its name.

        [pipeline.contract.yaml:17](file:///pipeline.contract.yaml#L17) · [plan.py:4](file:///handlers/plan.py#L4) · [pipeline.contract.yaml:26](file:///pipeline.contract.yaml#L26) · [prompts.py:2](file:///handlers/prompts.py#L2)
    "#]],
    );
}

#[test]
fn a_field_by_its_key() {
    demo(
        "name: notes",
        &expect![[r#"
        pipeline.contract.yaml:20:11 name
        ```text
        notes   list   pipeline demo

        plan    may produce  exit.optional                             pipeline.contract.yaml:20
                writes       on some paths                             plan.py:6
        design  -
        build   takes        entry.enrichment, warning, default []     pipeline.contract.yaml:29
                reads        or else [], through prompt in prompts.py  prompts.py:2
        ```

        [pipeline.contract.yaml:20](file:///pipeline.contract.yaml#L20) · [plan.py:6](file:///handlers/plan.py#L6) · [pipeline.contract.yaml:29](file:///pipeline.contract.yaml#L29) · [prompts.py:2](file:///handlers/prompts.py#L2)
    "#]],
    );
}

#[test]
fn a_field_in_a_helper() {
    demo(
        "\"notes\", []",
        &expect![[r#"
        handlers/prompts.py:2:44 "notes"
        ```text
        notes   list   pipeline demo

        plan    may produce  exit.optional                             pipeline.contract.yaml:20
                writes       on some paths                             plan.py:6
        design  -
        build   takes        entry.enrichment, warning, default []     pipeline.contract.yaml:29
                reads        or else [], through prompt in prompts.py  prompts.py:2
        ```

        [pipeline.contract.yaml:20](file:///pipeline.contract.yaml#L20) · [plan.py:6](file:///handlers/plan.py#L6) · [pipeline.contract.yaml:29](file:///pipeline.contract.yaml#L29) · [prompts.py:2](file:///handlers/prompts.py#L2)
    "#]],
    );
}

#[test]
fn an_outer_key_on_the_way() {
    demo(
        "\"domain\"][\"label\"], ctx",
        &expect![[r#"
            handlers/prompts.py:2:16 "domain"
            ```text
            domain   dict   pipeline demo

            plan    produces  exit.required          pipeline.contract.yaml:12
                    writes    always                 plan.py:3
            design  -
            build   requires  its part domain.label  pipeline.contract.yaml:26
                    reads     its part domain.label  prompts.py:2
            ```

            What the code is about.

            [pipeline.contract.yaml:12](file:///pipeline.contract.yaml#L12) · [plan.py:3](file:///handlers/plan.py#L3) · [pipeline.contract.yaml:26](file:///pipeline.contract.yaml#L26) · [prompts.py:2](file:///handlers/prompts.py#L2)
        "#]],
    );
}

#[test]
fn a_phase() {
    demo(
        "plan:\n",
        &expect![[r#"
        pipeline.contract.yaml:5:3 plan
        ```text
        plan   phase 1 of 3   pipeline demo

        requires     seed              str, blocking
        produces     domain            dict
                     domain.label      str
        may produce  notes             list
        declared                                      pipeline.contract.yaml:5
        handler      PlanPhaseHandler                 plan.py:1
        ```

        Reads the seed.

        [pipeline.contract.yaml:5](file:///pipeline.contract.yaml#L5) · [plan.py:1](file:///handlers/plan.py#L1)
    "#]],
    );
    demo(
        "BuildPhaseHandler",
        &expect![[r#"
        handlers/build.py:3:7 BuildPhaseHandler
        ```text
        build   phase 3 of 3   pipeline demo

        requires  domain.label       str, blocking
        takes     notes              list, warning
        declared                                    pipeline.contract.yaml:23
        handler   BuildPhaseHandler                 build.py:3
        ```

        [pipeline.contract.yaml:23](file:///pipeline.contract.yaml#L23) · [build.py:3](file:///handlers/build.py#L3)
    "#]],
    );
}

#[test]
fn a_chain() {
    demo(
        "label_to_build",
        &expect![[r#"
        pipeline.contract.yaml:34:15 label_to_build
        ```text
        chain label_to_build   warning   pipeline demo

        plan   domain.label  pipeline.contract.yaml:35
        build  domain.label  pipeline.contract.yaml:36

        holds
        verified by source == dest
        ```

        [pipeline.contract.yaml:35](file:///pipeline.contract.yaml#L35) · [pipeline.contract.yaml:36](file:///pipeline.contract.yaml#L36)
    "#]],
    );
}

#[test]
fn a_pipeline() {
    demo(
        "demo",
        &expect![[r#"
        pipeline.contract.yaml:2:14 demo
        ```text
        pipeline demo   3 phases, 2 handlers

        plan    PlanPhaseHandler   pipeline.contract.yaml:5
        design  -                  pipeline.contract.yaml:22
        build   BuildPhaseHandler  pipeline.contract.yaml:23

        inputs: seed
        outputs: none
        ```

        Turns seeds into code.

        [pipeline.contract.yaml:5](file:///pipeline.contract.yaml#L5) · [pipeline.contract.yaml:22](file:///pipeline.contract.yaml#L22) · [pipeline.contract.yaml:23](file:///pipeline.contract.yaml#L23)
    "#]],
    );
}

#[test]
fn keys_and_words() {
    demo(
        "severity",
        &expect![[r#"
        pipeline.contract.yaml:31:11 severity
        `severity` of a field: severity, default `blocking`

        What follows when the field is absent. The default holds in all four lists, those of optional fields too.

        - `advisory`: Noted and nothing more.
        - `warning`: Reported; a default stands in where there is one, and the phase goes on.
        - `blocking`: The phase must not go on.
    "#]],
    );
    demo(
        "warning",
        &expect![[r#"
        pipeline.contract.yaml:31:21 warning
        `warning`, a severity

        Reported; a default stands in where there is one, and the phase goes on.

        Or: `advisory`, `blocking`.
    "#]],
    );
    demo(
        "enrichment",
        &expect![[r#"
            pipeline.contract.yaml:28:7 enrichment
            `enrichment` of an entry: list of fields, default `[]`

            Fields that make the result better where they are there. A `default` stands in for an absent one at severity `warning`.
        "#]],
    );
    demo(
        "Reads the seed",
        &expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn a_rule_in_a_directive() {
    check(
        r#"#- pipeline.contract.yaml
schema_version: "0.1.0"
pipeline_id: demo
phases:
  plan: {exit: {required: [{name: seed}]}} # contextcore: ignore[dead-$0write] later
  build: {}
"#,
        &expect![[r#"
            pipeline.contract.yaml:4:66 dead-write
            `dead-write`: a field is produced that nobody reads

            Either work is done for nothing, or the phase that should read the field looks for it under another name.

            Remove the exit, or let the phase that needs the field ask for it.
            A field that somebody outside reads is an output of the pipeline, and settings say so.
        "#]],
    );
}

#[test]
fn a_rule_in_a_directive_of_python() {
    check(
        r#"#- pipeline.contract.yaml
schema_version: "0.1.0"
pipeline_id: demo
phases:
  plan: {}
#- handlers.py
class PlanPhaseHandler:
    def execute(self, phase, context):
        return context["seed"]  # contextcore: ignore[$0undeclared-read]
"#,
        &expect![[r#"
            handlers.py:3:55 undeclared-read
            `undeclared-read`: a handler reads a field that its phase does not declare

            What is not declared is not checked.
            When the field is lost one day, no boundary notices, and the contract does not tell who needed it.

            Declare the field in the entry of the phase: required where the code fails without it, else an enrichment.
            The quick fix does so.
            Where nobody produces the field, let an earlier phase do it, or name it as an input of the pipeline.
        "#]],
    );
}

#[test]
fn settings_name_rules_pipelines_and_fields() {
    let settings =
        |text: &str| format!("{}{}#- contextcore.toml\n{text}", super::CONTRACT, super::CODE);
    check(
        &settings("[rules]\n$0lost-write = \"off\"\n"),
        &expect![[r#"
        contextcore.toml:2:1 lost-write
        `lost-write`: a written value is overwritten before anybody reads it

        Two phases use one name without knowing of each other.
        The first one's work is gone, and what the readers get depends on who came last.

        Give one of the two fields another name, or remove the first write.
        A phase that goes on from the earlier value reads it before it writes.
    "#]],
    );
    check(
        &settings("[pipelines.demo]\ninputs = [\"$0seed\"]\noutputs = [\"notes\"]\n"),
        &expect![[r#"
            contextcore.toml:2:11 "seed"
            ```text
            seed   str   pipeline demo

            (input)  given     by settings                         contextcore.toml:2
            plan     requires  entry.required, blocking, an input  pipeline.contract.yaml:9
                     reads     fails without it                    plan.py:4
            design   -
            build    -
            ```

            [contextcore.toml:2](file:///contextcore.toml#L2) · [pipeline.contract.yaml:9](file:///pipeline.contract.yaml#L9) · [plan.py:4](file:///handlers/plan.py#L4)
        "#]],
    );
    check(
        &settings("[pipelines.de$0mo]\noutputs = [\"notes\"]\n"),
        &expect![[r#"
        contextcore.toml:1:12 demo
        ```text
        pipeline demo   3 phases, 2 handlers

        plan    PlanPhaseHandler   pipeline.contract.yaml:5
        design  -                  pipeline.contract.yaml:22
        build   BuildPhaseHandler  pipeline.contract.yaml:23

        inputs: seed
        outputs: notes
        ```

        Turns seeds into code.

        [pipeline.contract.yaml:5](file:///pipeline.contract.yaml#L5) · [pipeline.contract.yaml:22](file:///pipeline.contract.yaml#L22) · [pipeline.contract.yaml:23](file:///pipeline.contract.yaml#L23)
    "#]],
    );
}

#[test]
fn what_nobody_produces_and_nobody_reads() {
    check(
        r#"#- pipeline.contract.yaml
schema_version: "0.1.0"
pipeline_id: demo
phases:
  plan: {exit: {required: [{name: lost, type: int}]}}
  build: {entry: {required: [{name: $0los, default: "```"}]}}
  test: {}
"#,
        &expect![[r#"
            pipeline.contract.yaml:5:37 los
            ````text
            los   str   pipeline demo

            plan   -
            build  requires  entry.required, blocking, default "```"  pipeline.contract.yaml:5
            test   -

            nobody produces it
            ````

            [pipeline.contract.yaml:5](file:///pipeline.contract.yaml#L5)
        "#]],
    );
    check(
        r#"#- pipeline.contract.yaml
schema_version: "0.1.0"
pipeline_id: demo
phases:
  plan: {exit: {required: [{name: $0lost, type: int}]}}
  build: {}
"#,
        &expect![[r#"
            pipeline.contract.yaml:4:35 lost
            ```text
            lost   int   pipeline demo

            plan   produces  exit.required  pipeline.contract.yaml:4
            build  -

            nobody reads it
            ```

            [pipeline.contract.yaml:4](file:///pipeline.contract.yaml#L4)
        "#]],
    );
}

#[test]
fn a_chain_that_is_broken() {
    check(
        r#"#- pipeline.contract.yaml
schema_version: "0.1.0"
pipeline_id: demo
phases:
  plan: {exit: {required: [{name: seed}]}}
  build: {entry: {required: [{name: seed}]}}
propagation_chains:
  - chain_id: back
    source: {phase: build, field: $0seed}
    destination: {phase: plan, field: seed}
  - chain_id: nowhere
    source: {phase: plan, field: seed}
    destination: {phase: biuld, field: seed}
"#,
        &expect![[r#"
            pipeline.contract.yaml:8:35 seed
            ```text
            seed   str   pipeline demo

            plan   produces  exit.required             pipeline.contract.yaml:4
            build  requires  entry.required, blocking  pipeline.contract.yaml:5

            chain back: build -> plan, is broken: plan does not run after build
            chain nowhere: plan -> biuld, is broken: there is no phase biuld
            ```

            [pipeline.contract.yaml:4](file:///pipeline.contract.yaml#L4) · [pipeline.contract.yaml:5](file:///pipeline.contract.yaml#L5)
        "#]],
    );
}

#[test]
fn a_phase_that_does_not_exist() {
    check(
        r#"#- pipeline.contract.yaml
schema_version: "0.1.0"
pipeline_id: demo
phases:
  plan: {}
  build: {entry: {required: [{name: seed, source_phase: $0plna}]}}
"#,
        &expect![[r#"
            pipeline.contract.yaml:5:57 plna
            ```text
            plna   no phase of pipeline demo
            the nearest is plan
            ```
        "#]],
    );
}

#[test]
fn a_phase_as_code_names_it() {
    let files = r#"#- pipeline.contract.yaml
schema_version: "0.1.0"
pipeline_id: demo
phases:
  plan: {}
  build: {}
#- phases.py
from enum import Enum

class Phase(str, Enum):
    PLAN = "plan"
    BUILD = "build"
#- handlers.py
from phases import Phase

class Planner(AbstractPhaseHandler):
    phase = Phase.PLAN

    def execute(self, phase, context): ...

class Maker(AbstractPhaseHandler):
    def execute(self, phase, context): ...

HANDLERS = {Phase.BUILD: Maker}
"#;
    check(
        &files.replace("= Phase.PLAN", "= Phase.P$0LAN"),
        &expect![[r#"
        handlers.py:4:13 Phase.PLAN
        ```text
        plan   phase 1 of 2   pipeline demo

        declared             pipeline.contract.yaml:4
        handler   Planner    handlers.py:3
        ```

        [pipeline.contract.yaml:4](file:///pipeline.contract.yaml#L4) · [handlers.py:3](file:///handlers.py#L3)
    "#]],
    );
    check(
        &files.replace("Phase.BUILD:", "Phase.B$0UILD:"),
        &expect![[r#"
        handlers.py:11:13 Phase.BUILD
        ```text
        build   phase 2 of 2   pipeline demo

        declared           pipeline.contract.yaml:5
        handler   Maker    handlers.py:8
        ```

        [pipeline.contract.yaml:5](file:///pipeline.contract.yaml#L5) · [handlers.py:8](file:///handlers.py#L8)
    "#]],
    );
}

#[test]
fn a_key_that_is_a_constant() {
    check(
        r#"#- pipeline.contract.yaml
schema_version: "0.1.0"
pipeline_id: demo
phases:
  plan: {exit: {required: [{name: seed}]}}
#- handlers.py
SEED = "seed"

class PlanPhaseHandler:
    def execute(self, phase, context):
        view = context
        if SEED not in view:
            view.update({$0SEED: 1, **more()})
        return view.get(SEED, 2)
"#,
        &expect![[r#"
            handlers.py:7:26 SEED
            ```text
            seed   str   pipeline demo

            plan  produces  exit.required   pipeline.contract.yaml:4
                  reads     if it is there  handlers.py:6
                  reads     or else 2       handlers.py:8
                  writes    on some paths   handlers.py:7
            ```

            [pipeline.contract.yaml:4](file:///pipeline.contract.yaml#L4) · [handlers.py:6](file:///handlers.py#L6) · [handlers.py:8](file:///handlers.py#L8) · [handlers.py:7](file:///handlers.py#L7)
        "#]],
    );
}

#[test]
fn broken_text_still_answers() {
    check(
        r#"#- pipeline.contract.yaml
schema_version: "0.1.0"
pipeline_id: demo
phases:
  plan:
    exit:
      required:
        - name: seed
          typ
  build:
    entry:
      required:
        - name: $0seed
          [
"#,
        &expect![[r#"
            pipeline.contract.yaml:12:17 seed
            ```text
            seed   str   pipeline demo

            plan   produces  exit.required             pipeline.contract.yaml:7
            build  requires  entry.required, blocking  pipeline.contract.yaml:12
            ```

            [pipeline.contract.yaml:7](file:///pipeline.contract.yaml#L7) · [pipeline.contract.yaml:12](file:///pipeline.contract.yaml#L12)
        "#]],
    );
    check(
        r#"#- pipeline.contract.yaml
schema_version: "0.1.0"
pipeline_id: demo
phases:
  plan: {exit: {required: [{name: seed}]}}
#- handlers.py
class PlanPhaseHandler:
    def execute(self, phase, context):
        context["$0seed"] = 1
        context["

    def other(self):
        return 1
"#,
        &expect![[r#"
            handlers.py:3:17 "seed"
            ```text
            seed   str   pipeline demo

            plan  produces  exit.required  pipeline.contract.yaml:4
                  writes    always         handlers.py:3
            ```

            [pipeline.contract.yaml:4](file:///pipeline.contract.yaml#L4) · [handlers.py:3](file:///handlers.py#L3)
        "#]],
    );
}

#[test]
fn many_pipelines_are_told_in_brief() {
    let mut files = String::new();
    for number in 0..12 {
        files += &format!(
            "#- p{number:02}/p.contract.yaml\nschema_version: \"0.1.0\"\npipeline_id: p{number:02}\n\
             phases:\n  plan: {{exit: {{required: [{{name: seed}}]}}}}\n  build: {{}}\n\
             #- p{number:02}/build.py\nfrom shared import seed_of\n\n\
             class BuildPhaseHandler:\n    def execute(self, phase, context):\n        \
             return seed_of(context)\n"
        );
    }
    files += "#- shared.py\ndef seed_of(context):\n    return context[\"$0seed\"]\n";
    check(
        &files,
        &expect![[r#"
        shared.py:2:20 "seed"
        ```text
        seed   str   pipeline p00

        plan   produces  exit.required                                   p.contract.yaml:4
        build  reads     fails without it, through seed_of in shared.py  shared.py:2
        ```

        [p.contract.yaml:4](file:///p00/p.contract.yaml#L4) · [shared.py:2](file:///shared.py#L2)

        ---

        ```text
        seed   str   pipeline p01

        plan   produces  exit.required                                   p.contract.yaml:4
        build  reads     fails without it, through seed_of in shared.py  shared.py:2
        ```

        [p.contract.yaml:4](file:///p01/p.contract.yaml#L4) · [shared.py:2](file:///shared.py#L2)

        ---

        ```text
        seed   str   pipeline p02

        plan   produces  exit.required                                   p.contract.yaml:4
        build  reads     fails without it, through seed_of in shared.py  shared.py:2
        ```

        [p.contract.yaml:4](file:///p02/p.contract.yaml#L4) · [shared.py:2](file:///shared.py#L2)

        ---

        ```text
        seed   pipeline p03   plan -> build
        seed   pipeline p04   plan -> build
        seed   pipeline p05   plan -> build
        seed   pipeline p06   plan -> build
        seed   pipeline p07   plan -> build
        ```

        ---

        and in 4 more pipelines
    "#]],
    );
}
