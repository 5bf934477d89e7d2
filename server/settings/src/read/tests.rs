//! Settings files, whole and broken.

use expect_test::{Expect, expect};

use super::*;
use crate::level::RuleLevel;
use crate::run::RunOverrides;

fn problems(text: &str, expected: &Expect) {
    let (_, problems) = read(text, Form::Own);
    let shown: Vec<String> = problems
        .iter()
        .map(|problem| {
            let help = problem.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
            format!("{:?}: {}{help}\n", problem.span.of(text), problem.message)
        })
        .collect();
    expected.assert_eq(&shown.concat());
}

const WHOLE: &str = r#"
include = ["contracts", "handlers/**"]
exclude = ["handlers/old"]

[rules]
dead-write = "warning"
no-such-rule = "off"

[paths."handlers/generated/**"]
dead-write = "off"
shadow-default = "hint"

[python]
handler-bases = ["my.framework.Step"]
handler-decorators = ["step"]
handler-functions = ["run_*"]
context-parameters = ["bag"]
check-tests = true

[pipelines.artisan]
inputs = ["project_root", "options.*.mode"]
outputs = ["report"]
folders = ["./handlers/"]
modules = ["artisan.phases"]
classes = ["PlanHandler"]
"#;

#[test]
fn everything_that_can_be_said_is_understood() {
    let (settings, problems) = read(WHOLE, Form::Own);
    assert_eq!(problems, []);
    assert!(settings.includes("handlers/plan.py") && !settings.includes("docs/x.py"));
    assert!(settings.excludes("handlers/old", true));
    assert_eq!(settings.level("dead-write", "handlers/plan.py"), Some(RuleLevel::Warning));
    assert_eq!(settings.level("dead-write", "handlers/generated/a.py"), Some(RuleLevel::Off));
    assert_eq!(settings.level("dangling-read", "handlers/plan.py"), None);
    assert!(settings.python.check_tests);
    assert!(settings.python.handler_functions[0].value.matches("run_plan"));
    let artisan = settings.pipeline("artisan").unwrap();
    assert_eq!(artisan.inputs[1].span.of(WHOLE), "\"options.*.mode\"");
    assert_eq!(artisan.folders[0].value, "handlers");
    let named: Vec<&str> = settings.named_rules().map(|rule| rule.span.of(WHOLE)).collect();
    assert_eq!(named, ["dead-write", "no-such-rule", "dead-write", "shadow-default"]);
}

#[test]
fn a_pyproject_holds_the_same_in_its_table() {
    let nested: String = WHOLE.replace("\n[", "\n[tool.contextcore.");
    let text = format!("[project]\nname = 'x'\n[tool.contextcore]{nested}");
    assert!(pyproject_has_settings(&text));
    let (settings, problems) = read(&text, Form::Pyproject);
    assert_eq!(problems, []);
    assert_eq!(settings.fingerprint(), read(WHOLE, Form::Own).0.fingerprint());
    let foreign = "[tool.other]\ncontextcore = 1\n";
    assert!(!pyproject_has_settings(foreign));
    assert_eq!(read(foreign, Form::Pyproject), (Settings::default(), Vec::new()));
}

#[test]
fn a_problem_of_a_pyproject_names_the_whole_way() {
    let (_, problems) = read("[tool.contextcore.rules]\nx = 1", Form::Pyproject);
    assert_eq!(problems[0].message, "`tool.contextcore.rules.x` is a number where text belongs");
}

#[test]
fn text_that_is_no_toml_says_where() {
    problems(
        "[rules]\ndead-write = \n",
        &expect![[r#"
            "": not TOML: string values must be quoted, expected literal string
        "#]],
    );
    problems(
        "x",
        &expect![[r#"
        "": not TOML: key with no value, expected `=`
    "#]],
    );
    assert_eq!(read("a = \"ä", Form::Own).0, Settings::default());
}

#[test]
fn unknown_keys_are_named_with_the_nearest() {
    problems(
        "exlude = []\nzzz = 1\n[python]\nhandler_bases = []\n[pipelines.a]\ninput = []\n",
        &expect![[r#"
            "exlude": `exlude` is no setting; the nearest is `exclude`
            "zzz": `zzz` is no setting; known here: `include`, `exclude`, `rules`, `paths`, `contracts`, `python` and `pipelines`
            "handler_bases": `python.handler_bases` is no setting; the nearest is `handler-bases`
            "input": `pipelines.a.input` is no setting; the nearest is `inputs`
        "#]],
    );
}

#[test]
fn wrong_values_are_named_with_their_place() {
    problems(
        r#"
include = "src"
exclude = ["a[", 1]
paths = []
pipelines.p = 1
[rules]
dead-write = "warn"
lost-write = "loud"
late-producer = true
"b c" = 2020-01-01
[python]
check-tests = "yes"
context-parameters = ["a.b"]
handler-bases = ["a-b"]
handler-functions = ["f()"]
entry-points = ["a.b"]
[pipelines.artisan]
inputs = ["a..b"]
folders = ["/abs", "../up"]
"#,
        &expect![[r#"
            "\"src\"": `include` is text where a list of texts belongs
            "\"a[\"": `a[` is no glob: unclosed character class; missing ']'
            "1": `exclude` holds a number where text belongs
            "[]": `paths` is a list where a table belongs
            "1": `pipelines.p` is a number where a table belongs
            "\"warn\"": `rules.dead-write` is `warn`, which is no level; levels are `error`, `warning`, `information`, `hint` and `off`
            "\"loud\"": `rules.lost-write` is `loud`, which is no level; levels are `error`, `warning`, `information`, `hint` and `off`
            "true": `rules.late-producer` is `true` where text belongs
            "2020-01-01": `rules."b c"` is a date where text belongs
            "\"yes\"": `python.check-tests` is text where `true` or `false` belongs
            "\"a.b\"": `python.context-parameters` holds `a.b`, which is no name of Python
            "\"a-b\"": `python.handler-bases` holds `a-b`, which is no dotted name of Python
            "\"f()\"": `python.handler-functions` holds `f()`, which is no name, with `*` for any run of characters
            "\"a.b\"": `python.entry-points` holds `a.b`, which is no name of Python
            "\"a..b\"": `pipelines.artisan.inputs` holds `a..b`, which is no path of a field
            "\"/abs\"": `pipelines.artisan.folders` holds `/abs`, which is no folder beside or below the settings file
            "\"../up\"": `pipelines.artisan.folders` holds `../up`, which is no folder beside or below the settings file
        "#]],
    );
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_fine() {
    let text = "\u{feff}[rules]\r\ndead-write = \"hint\"\r\n";
    let (settings, problems) = read(text, Form::Own);
    assert_eq!(problems, []);
    assert_eq!(settings.rules[0].rule.span.of(text), "dead-write");
    assert_eq!(settings.rules[0].level.span.of(text), "\"hint\"");
}

#[test]
fn no_text_is_the_default() {
    assert_eq!(read("", Form::Own), (Settings::default(), Vec::new()));
    assert_eq!(read("# nothing\n", Form::Own), (Settings::default(), Vec::new()));
}

#[test]
fn what_means_the_same_has_one_fingerprint() {
    let first = read("[rules]\na = \"off\"\n", Form::Own).0;
    let moved = read("# a word\n\n[rules]\na = \"off\"\n", Form::Own).0;
    let other = read("[rules]\na = \"hint\"\n", Form::Own).0;
    assert_ne!(first, moved);
    assert_eq!(first.fingerprint(), moved.fingerprint());
    assert_ne!(first.fingerprint(), other.fingerprint());
}

#[test]
fn a_run_overrides_the_project_but_not_its_paths() {
    let text = "[rules]\na = \"off\"\nb = \"error\"\n[paths.gen]\nb = \"off\"\n";
    let mut settings = read(text, Form::Own).0;
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    settings.run = RunOverrides {
        select: names(&["a", "b"]),
        ignore: names(&[]),
        levels: vec![("b".to_owned(), RuleLevel::Hint)],
    };
    assert_eq!(settings.level("a", "x.py"), None);
    assert_eq!(settings.level("b", "x.py"), Some(RuleLevel::Hint));
    assert_eq!(settings.level("b", "gen/x.py"), Some(RuleLevel::Off));
    assert_eq!(settings.level("c", "x.py"), Some(RuleLevel::Off));
    settings.run.ignore = names(&["a"]);
    assert_eq!(settings.level("a", "x.py"), Some(RuleLevel::Off));
}

#[test]
fn no_text_makes_the_reader_panic() {
    // Cuts of a file that has everything, at every place, and doubled.
    for (cut, _) in WHOLE.char_indices() {
        let _ = read(&WHOLE[..cut], Form::Own);
        let _ = read(&WHOLE[cut..], Form::Own);
        let _ = read(&format!("{}{}", &WHOLE[..cut], WHOLE), Form::Pyproject);
    }
    let deep = format!("a = {}", "[".repeat(100_000));
    assert_eq!(read(&deep, Form::Own).1.len(), 1);
}
