//! What handlers declare in code, alone or beside a contract.

use expect_test::expect;

use super::{hover, rename};

const ALONE: &str = r#"#- handlers.py
class Collect(AbstractPhaseHandler):
    context_produces = {"records": Field(type=list, critical=True)}

    def execute(self, phase, context):
        context["records"] = load()


class Summarise(AbstractPhaseHandler):
    context_requires = {"$0records": Field(type=list), "tone": Field(type=str, default="x")}

    def execute(self, phase, context):
        shorten(context["records"])


HANDLERS = {"collect": Collect, "summarise": Summarise}
"#;

const CONTRACT: &str = r#"#- x.contract.yaml
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
"#;

#[test]
fn a_field_is_renamed_where_it_is_declared() {
    rename::check(
        ALONE,
        "pages",
        &expect![[r#"
        handlers.py:2 context_produces = {"pages": Field(type=list, critical=True)}
        handlers.py:5 context["pages"] = load()
        handlers.py:9 context_requires = {"pages": Field(type=list), "tone": Field(type=str, default="x")}
        handlers.py:12 shorten(context["pages"])
    "#]],
    );
    rename::check(
        &format!("{CONTRACT}{ALONE}"),
        "pages",
        &expect![[r#"
        handlers.py:2 context_produces = {"pages": Field(type=list, critical=True)}
        handlers.py:5 context["pages"] = load()
        handlers.py:9 context_requires = {"pages": Field(type=list), "tone": Field(type=str, default="x")}
        handlers.py:12 shorten(context["pages"])
        x.contract.yaml:7 - name: pages
        x.contract.yaml:11 - name: pages
    "#]],
    );
}

#[test]
fn a_field_tells_who_declares_it() {
    hover::check(
        ALONE,
        &expect![[r#"
        handlers.py:9:25 "records"
        ```text
        records   list   pipeline handlers

        collect    produces  exit.required             handlers.py:2
                   writes    always                    handlers.py:5
        summarise  requires  entry.required, blocking  handlers.py:9
                   reads     fails without it          handlers.py:12
        ```

        [handlers.py:2](file:///handlers.py#L2) · [handlers.py:5](file:///handlers.py#L5) · [handlers.py:9](file:///handlers.py#L9) · [handlers.py:12](file:///handlers.py#L12)
    "#]],
    );
    hover::check(
        &format!("{CONTRACT}{ALONE}"),
        &expect![[r#"
        handlers.py:9:25 "records"
        ```text
        records   str   pipeline demo

        collect    produces  exit.required               x.contract.yaml:7
                   produces  context_produces, critical  handlers.py:2
                   writes    always                      handlers.py:5
        summarise  requires  entry.required, blocking    x.contract.yaml:11
                   requires  context_requires            handlers.py:9
                   reads     fails without it            handlers.py:12
        ```

        [x.contract.yaml:7](file:///x.contract.yaml#L7) · [handlers.py:2](file:///handlers.py#L2) · [handlers.py:5](file:///handlers.py#L5) · [x.contract.yaml:11](file:///x.contract.yaml#L11) · [handlers.py:9](file:///handlers.py#L9) · [handlers.py:12](file:///handlers.py#L12)
    "#]],
    );
}
