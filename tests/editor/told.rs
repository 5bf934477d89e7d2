//! Names of contracts that code tells run-time checkers.

use expect_test::expect;

use super::{hover, rename};

const PROJECT: &str = r#"#- x.contract.yaml
schema_version: "0.1.0"
pipeline_id: demo
phases:
  collect:
    exit:
      required:
        - name: records
  summarise:
    entry:
      required:
        - name: records
#- run.py
from pathlib import Path

from contextcore.contracts import ContractLoader


def run(guard, tracker, context):
    contract = ContractLoader().load(Path("x.contract.yaml"))
    with guard.phase("collect", context):
        tracker.stamp(context, "collect", 'records', [])
    guard.enter_phase("summarise", context)
"#;

fn at(word: &str) -> String {
    PROJECT.replacen(word, &format!("$0{word}"), 1)
}

#[test]
fn a_name_is_another_in_calls_too() {
    rename::check(
        &at("collect:"),
        "gather",
        &expect![[r#"
        run.py:8 with guard.phase("gather", context):
        run.py:9 tracker.stamp(context, "gather", 'records', [])
        x.contract.yaml:4 gather:
    "#]],
    );
    rename::check(
        &at("records', []"),
        "pages",
        &expect![[r#"
        run.py:9 tracker.stamp(context, "collect", 'pages', [])
        x.contract.yaml:7 - name: pages
        x.contract.yaml:11 - name: pages
    "#]],
    );
}

#[test]
fn a_name_in_a_call_tells_its_story() {
    hover::check(
        &at("summarise\", context"),
        &expect![[r#"
        run.py:10:23 "summarise"
        ```text
        summarise   phase 2 of 2   pipeline demo

        requires  records  str, blocking
        declared                          x.contract.yaml:8
        no handler was found
        ```

        [x.contract.yaml:8](file:///x.contract.yaml#L8)
    "#]],
    );
    hover::check(
        &at("x.contract.yaml\"))"),
        &expect![[r#"
        run.py:7:43 "x.contract.yaml"
        ```text
        pipeline demo   2 phases, 0 handlers

        collect    -  x.contract.yaml:4
        summarise  -  x.contract.yaml:8

        inputs: none
        outputs: none
        ```

        [x.contract.yaml:4](file:///x.contract.yaml#L4) · [x.contract.yaml:8](file:///x.contract.yaml#L8)
    "#]],
    );
}
