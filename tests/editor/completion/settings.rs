//! In settings, and in directives.

use expect_test::expect;

use super::{after, labels, offered};

fn toml(text: &str) -> String {
    let contract = "#- shop.contract.yaml\nschema_version: \"1\"\npipeline_id: shop\nphases:\n  plan:\n    exit:\n      required:\n        - name: tasks\n          type: list\n";
    format!("{contract}#- contextcore.toml\n{text}")
}

#[test]
fn tables() {
    expect![[r#"rules paths."" contracts contracts.files python pipelines."#]]
        .assert_eq(&labels(&toml("[$0]\n")));
    expect![[r#"rules paths."" contracts contracts.files python pipelines.shop"#]]
        .assert_eq(&labels(&toml("[pipelines.$0\n")));
    expect!["[rules]"].assert_eq(&after(&toml("[ru$0\n"), "rules", false));
}

#[test]
fn keys() {
    expect!["include exclude"].assert_eq(&labels(&toml("$0\n[rules]\n")));
    expect![[r#"
        handler-decorators | list of texts
        handler-functions | list of texts
        entry-points | list of texts
        context-parameters | list of texts
        check-tests | true or false
    "#]]
    .assert_eq(&offered(&toml("[python]\nche$0\nhandler-bases = []\n")));
    expect!["inputs outputs folders modules classes"]
        .assert_eq(&labels(&toml("[pipelines.shop]\n$0")));
    let rules = labels(&toml("[rules]\ndead-write = \"off\"\ndang$0\n"));
    assert!(rules.contains("dangling-read") && !rules.contains("dead-write"), "{rules}");
    let rules = labels(&toml("[paths.\"a/**\"]\n$0\n"));
    assert!(rules.contains("dead-write"), "{rules}");
    expect![[r#"dangling-read = "warning""#]].assert_eq(&after(
        &toml("[rules]\ndang$0\n"),
        "dangling-read",
        false,
    ));
    expect![[r#"dangling-read = "off""#]].assert_eq(&after(
        &toml("[rules]\ndang$0 = \"off\"\n"),
        "dangling-read",
        true,
    ));
}

#[test]
fn values() {
    expect!["error warning information hint off"]
        .assert_eq(&labels(&toml("[rules]\ndead-write = \"$0\"\n")));
    expect![[r#"dead-write = "off""#]].assert_eq(&after(
        &toml("[rules]\ndead-write = $0\n"),
        "off",
        false,
    ));
    expect![[r#"dead-write = "off""#]].assert_eq(&after(
        &toml("[rules]\ndead-write = \"o$0\n"),
        "off",
        false,
    ));
    expect!["true false"].assert_eq(&labels(&toml("[python]\ncheck-tests = $0\n")));
    expect![[r#"
        tasks | list, from plan
    "#]]
    .assert_eq(&offered(&toml("[pipelines.shop]\ninputs = [\"$0\"]\n")));
    expect!["tasks"]
        .assert_eq(&labels(&toml("[pipelines.shop]\ninputs = [\n  \"a\", # \"x\n  \"$0\n]\n")));
}

#[test]
fn pyproject() {
    let at = |text: &str| labels(&format!("#- pyproject.toml\n[tool.contextcore]\n{text}"));
    expect!["include exclude"].assert_eq(&at("$0"));
    expect![[""]].assert_eq(&at("[tool.other.rules]\n$0"));
    expect![[r#"tool.contextcore.rules tool.contextcore.paths."" tool.contextcore.contracts tool.contextcore.contracts.files tool.contextcore.python"#]]
        .assert_eq(&at("[$0]"));
}

#[test]
fn directives() {
    let contract = |comment: &str| {
        toml("").replace("          type: list", &format!("          type: list # {comment}"))
    };
    expect!["ignore ignore-file"].assert_eq(&labels(&contract("contextcore: ig$0")));
    let rules = labels(&contract("contextcore: ignore[dead-write, $0]"));
    assert!(rules.contains("dangling-read") && !rules.contains("dead-write"), "{rules}");
    expect!["··········type: list # contextcore: ignore[dangling-read]"].assert_eq(&after(
        &contract("contextcore: ignore[dang$0"),
        "dangling-read",
        false,
    ));
    expect!["··········type: list # contextcore: ignore[dangling-read, dead-write]"].assert_eq(
        &after(&contract("contextcore: ignore[dang$0, dead-write]"), "dangling-read", false),
    );
    expect![[""]].assert_eq(&labels(&contract("contextcore: ignore[dead-write] be$0")));
    let code =
        "#- handlers.py\nclass PlanPhaseHandler:\n    pass  # contextcore: ignore[dead-w$0]\n";
    assert!(labels(code).contains("dead-write"));
}

#[test]
fn nothing_is_offered_elsewhere() {
    for text in [
        "# $0",
        "[rules]\nx = \"off\" # $0",
        "include = [$0]",
        "[other]\n$0",
        "[rules] # $0",
        "[python]\nx y$0",
    ] {
        assert_eq!(labels(&toml(text)), "", "{text}");
    }
}
