//! Definition: where a field comes from, where a phase is declared and carried out.

use expect_test::{Expect, expect};

use super::{Editor, demo};

/// The places that the thing under the cursor comes from.
#[track_caller]
fn check(before: &str, expected: &Expect) {
    let editor = Editor::new(&demo(before));
    let told = match ide::definition::definition(&editor.engine, editor.cursor) {
        Some(found) => {
            let mut told = editor.place(editor.cursor.file, found.origin);
            for place in found.places {
                assert!(place.whole.contains(place.name), "{place:?}");
                told += "\n  ";
                told += &editor.place(place.file, place.name);
            }
            told
        }
        None => "nothing".to_owned(),
    };
    expected.assert_eq(&format!("{told}\n"));
}

#[test]
fn from_an_entry_to_its_producers() {
    check(
        "domain.label\n          source_phase",
        &expect![[r#"
        pipeline.contract.yaml:26:17 domain.label
          pipeline.contract.yaml:17:17 domain.label
          handlers/plan.py:4:27 "label"
    "#]],
    );
}

#[test]
fn from_a_source_to_what_it_produces() {
    check(
        "plan\n      enrichment",
        &expect![[r#"
        pipeline.contract.yaml:27:25 plan
          pipeline.contract.yaml:17:17 domain.label
          handlers/plan.py:4:27 "label"
    "#]],
    );
}

#[test]
fn from_an_exit_to_the_code_that_keeps_it() {
    check(
        "domain.label\n          description",
        &expect![[r#"
        pipeline.contract.yaml:17:17 domain.label
          handlers/plan.py:4:27 "label"
    "#]],
    );
}

#[test]
fn from_an_input_to_itself() {
    check(
        "seed\n    exit",
        &expect![[r#"
        pipeline.contract.yaml:9:17 seed
          pipeline.contract.yaml:9:17 seed
    "#]],
    );
}

#[test]
fn from_the_end_of_a_chain() {
    check(
        "domain.label}\n    verification",
        &expect![[r#"
        pipeline.contract.yaml:36:40 domain.label
          pipeline.contract.yaml:17:17 domain.label
          handlers/plan.py:4:27 "label"
    "#]],
    );
    check(
        "build, field",
        &expect![[r#"
        pipeline.contract.yaml:36:26 build
          pipeline.contract.yaml:23:3 build
    "#]],
    );
}

#[test]
fn from_code_to_the_contract() {
    check(
        "\"label\"] = ",
        &expect![[r#"
        handlers/plan.py:4:27 "label"
          pipeline.contract.yaml:17:17 domain.label
    "#]],
    );
    check(
        "\"seed\"",
        &expect![[r#"
        handlers/plan.py:4:52 "seed"
          pipeline.contract.yaml:9:17 seed
    "#]],
    );
    check(
        "\"notes\", []",
        &expect![[r#"
        handlers/prompts.py:2:44 "notes"
          pipeline.contract.yaml:29:17 notes
    "#]],
    );
    check(
        "\"label\"], ctx",
        &expect![[r#"
        handlers/prompts.py:2:26 "label"
          pipeline.contract.yaml:26:17 domain.label
    "#]],
    );
}

#[test]
fn from_a_phase_to_its_handler_and_back() {
    check(
        "plan:\n",
        &expect![[r#"
        pipeline.contract.yaml:5:3 plan
          handlers/plan.py:1:7 PlanPhaseHandler
    "#]],
    );
    check(
        "design:",
        &expect![[r#"
        pipeline.contract.yaml:22:3 design
          pipeline.contract.yaml:22:3 design
    "#]],
    );
    check(
        "PlanPhaseHandler",
        &expect![[r#"
        handlers/plan.py:1:7 PlanPhaseHandler
          pipeline.contract.yaml:5:3 plan
    "#]],
    );
}

#[test]
fn what_has_no_origin() {
    check(
        "severity",
        &expect![[r#"
        nothing
    "#]],
    );
    check(
        "phases",
        &expect![[r#"
        nothing
    "#]],
    );
}
