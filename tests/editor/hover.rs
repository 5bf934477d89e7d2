//! Hover: the story of a field, a phase, a chain, a pipeline, a key or a rule.

use expect_test::{Expect, expect};

use super::Editor;

/// The story over the cursor, and the text it belongs to.
#[track_caller]
fn check(text: &str, expected: &Expect) {
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

        plan    produces  exit.required                     pipeline.contract.yaml:17
                writes    always                            plan.py:4
        design  -
        build   requires  entry.required, blocking          pipeline.contract.yaml:26
                reads     fails without it, through prompt  prompts.py:2

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

        plan    may produce  exit.optional                          pipeline.contract.yaml:20
                writes       on some paths                          plan.py:6
        design  -
        build   takes        entry.enrichment, warning, default []  pipeline.contract.yaml:29
                reads        or else [], through prompt             prompts.py:2
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

        plan    may produce  exit.optional                          pipeline.contract.yaml:20
                writes       on some paths                          plan.py:6
        design  -
        build   takes        entry.enrichment, warning, default []  pipeline.contract.yaml:29
                reads        or else [], through prompt             prompts.py:2
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
