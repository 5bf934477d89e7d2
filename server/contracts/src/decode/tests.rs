//! Tests of the problems that a declaration finds.

use syntax::yaml::{self, Limits, PathStep};

use super::*;
use crate::document::{self, Document};
use crate::kinds::propagation::KIND;
use crate::problem::{Clash, Outdated};

/// The problems of a contract: key path, then what is wrong.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(problems(text), expected, "{text}");
}

/// The problems of one field, without the path to it.
#[track_caller]
fn check_field(field: &str, expected: &[&str]) {
    let text = format!("{HEAD}phases: {{p: {{exit: {{required: [{field}]}}}}}}\n");
    let found: Vec<String> =
        problems(&text).iter().map(|line| line.replace("phases.p.exit.required.", "")).collect();
    assert_eq!(found, expected, "{field}");
}

const HEAD: &str = "schema_version: \"0.1.0\"\npipeline_id: p\n";

fn problems(text: &str) -> Vec<String> {
    problems_of(&KIND, text)
}

/// The problems of a document of a kind: key path, then what is wrong.
pub(crate) fn problems_of(kind: &'static Kind, text: &str) -> Vec<String> {
    let yaml = yaml::parse(text, &Limits::default());
    let root = yaml.documents.first().copied().unwrap();
    super::check(text, &yaml, root, kind).iter().map(|problem| told(&yaml, problem)).collect()
}

/// A document of a kind, which has no problems.
#[track_caller]
pub(crate) fn sound(kind: &'static Kind, text: &str) -> Document {
    assert_eq!(problems_of(kind, text), [""; 0], "{text}");
    let yaml = yaml::parse(text, &Limits::default());
    document::read(&yaml, yaml.documents[0], kind)
}

/// The names of a document: what is done with each, its sort, its owner and itself.
pub(crate) fn names_of(document: &Document) -> Vec<String> {
    let told = |named: &names::Named| {
        let role = match named.role {
            names::Role::Defines => "defines",
            names::Role::Refers => "refers to",
        };
        let owner = named.of.map(|of| format!("{of}/")).unwrap_or_default();
        format!("{role} {} {owner}{}", named.sort.noun(), named.name)
    };
    document.names.iter().map(told).collect()
}

fn told(yaml: &Yaml, problem: &Problem) -> String {
    let steps = yaml.key_path(problem.at).into_iter().map(|step| match step {
        PathStep::Key(name) => name.to_string(),
        PathStep::Index(index) => index.to_string(),
    });
    let path: Vec<String> = steps.chain(problem.step.map(|step| step.to_string())).collect();
    let what = match &problem.kind {
        ProblemKind::UnknownKey { record, nearest, certain, .. } => {
            let meant = nearest.map(|near| format!(", meant {near}")).unwrap_or_default();
            format!("no key of a {record}{meant}{}", if *certain { "!" } else { "" })
        }
        ProblemKind::Outdated(Outdated { former, taken, .. }) => {
            let today = former.today().unwrap_or("nothing");
            format!("a former key, today {today}{}", if *taken { ", which is there" } else { "" })
        }
        ProblemKind::MissingKey { placeholder, .. } => format!("missing, say {placeholder}"),
        ProblemKind::WrongType { what, expected, found, quote } => {
            format!("`{what}` is {found}, not {expected}{}", if *quote { "; quote" } else { "" })
        }
        ProblemKind::NotOneOf { set, word, nearest, case_only, .. } => {
            let meant = nearest.map(|near| format!(", meant {near}")).unwrap_or_default();
            format!("`{word}` is no {set}{meant}{}", if *case_only { ", case" } else { "" })
        }
        ProblemKind::Empty { what } => format!("`{what}` is empty"),
        ProblemKind::TooFew { found, least, .. } => format!("{found} of at least {least}"),
        ProblemKind::Malformed { found, expected, .. } => format!("{found} is not {expected}"),
        ProblemKind::OutOfRange { found, allowed, .. } => format!("{found}, {allowed} allowed"),
        ProblemKind::DuplicateKey { .. } => "given again".to_owned(),
        ProblemKind::KeyNotText { found } => format!("a key that is {found}"),
        ProblemKind::Cyclic => "contains itself".to_owned(),
        ProblemKind::Clash(clash) => told_of_clash(clash),
    };
    format!("{}: {what}", path.join("."))
}

fn told_of_clash(clash: &Clash) -> String {
    match clash {
        Clash::NotListed { found, list, nearest, .. } => {
            let meant = nearest.map(|near| format!(", meant {near}")).unwrap_or_default();
            format!("{found} is not in {list}{meant}")
        }
        Clash::Before { found, start, .. } => format!("{found} is before {start}"),
        Clash::InBoth { found, other, .. } => format!("{found} is in {other} too"),
        Clash::Exceeded { total, sum, parts } => {
            format!("{sum} of {total} in {} parts", parts.len())
        }
        Clash::NothingAsked { record } => format!("a {record} that asks for nothing"),
        Clash::WrongWord { found, by, allowed, .. } => format!("{found} of {by}, not {allowed}"),
    }
}

#[test]
fn a_sound_contract_has_no_problems() {
    check(&format!("{HEAD}phases: {{}}"), &[]);
    check_field(
        "{name: a.b, type: '', severity: advisory, default: [1], description: null, source_phase: '', \
         constraints: {a: 1}, quality: {metric: '', threshold: 1}, evaluation: {policy: any_evaluator}}",
        &[],
    );
}

#[test]
fn text_is_strict_and_says_how_it_was_read() {
    let bare =
        |value: &str| problems(&format!("schema_version: {value}\npipeline_id: p\nphases: {{}}"));
    let cases = [
        ("0.1", "the number 0.1"),
        ("0.10", "the number 0.10"),
        ("5", "the number 5"),
        ("true", "true"),
        ("on", "true (YAML 1.1 reads `on` so)"),
        ("No", "false (YAML 1.1 reads `No` so)"),
        ("1:30", "the number 90 (YAML 1.1 reads `1:30` so)"),
        ("010", "the number 8 (YAML 1.1 reads `010` so)"),
        ("0x10", "the number 16 (YAML 1.1 reads `0x10` so)"),
        ("1_000", "the number 1000 (YAML 1.1 reads `1_000` so)"),
        ("2026-01-31", "the date 2026-01-31"),
        ("2026-01-31T10:00:00", "the time 2026-01-31T10:00:00"),
        ("~", "null"),
    ];
    for (written, found) in cases {
        let expected = format!("schema_version: `schema_version` is {found}, not text; quote");
        assert_eq!(bare(written), [expected], "{written}");
    }
    assert_eq!(bare(""), ["schema_version: `schema_version` is nothing, not text"]);
    assert_eq!(bare("[]"), ["schema_version: `schema_version` is a list, not text"]);
    assert_eq!(bare("''"), ["schema_version: `schema_version` is empty"]);
    assert_eq!(bare("' '"), [""; 0]);
    assert_eq!(bare("0.1.0"), [""; 0]);
}

#[test]
fn numbers_and_flags_are_lax() {
    let threshold = |value: &str| {
        problems(&format!(
            "{HEAD}phases: {{p: {{exit: {{required: [{{name: x, quality: \
             {{metric: length, threshold: {value}}}}}]}}}}}}"
        ))
        .len()
    };
    for fits in ["1", "0.5", "'0.7'", "true", "on", ".inf", "' 1e3 '", "1_0", "'1_0'", "1:30"] {
        assert_eq!(threshold(fits), 0, "{fits}");
    }
    for not in ["", "'x'", "''", "[]", "2026-01-31", "'_1'", "'1__0'"] {
        assert_eq!(threshold(not), 1, "{not}");
    }
    let required = |value: &str| {
        problems(&format!(
            "{HEAD}phases: {{p: {{exit: {{required: [{{name: x, evaluation: \
             {{policy: any_evaluator, required: {value}}}}}]}}}}}}"
        ))
        .len()
    };
    for fits in ["true", "off", "1", "0.0", "'Yes'", "'f'", "\"on\""] {
        assert_eq!(required(fits), 0, "{fits}");
    }
    for not in ["2", "''", "'maybe'", "' yes'", "", "0.5", "{}"] {
        assert_eq!(required(not), 1, "{not}");
    }
}

#[test]
fn words_of_a_set_are_exact() {
    check_field(
        "{name: x, severity: Blocking}",
        &["0.severity: `Blocking` is no severity, meant blocking, case"],
    );
    check_field(
        "{name: x, severity: bloking}",
        &["0.severity: `bloking` is no severity, meant blocking"],
    );
    check_field("{name: x, severity: on}", &["0.severity: `on` is no severity"]);
    check_field(
        "{name: x, severity: }",
        &["0.severity: `severity` is nothing, not one of `advisory`, `warning` or `blocking`"],
    );
}

#[test]
fn keys_are_those_of_the_declaration() {
    check_field(
        "{nam: x}",
        &["0.name: missing, say field_name", "0.nam: no key of a field, meant name!"],
    );
    check_field(
        "{name: x, Severity: blocking}",
        &["0.Severity: no key of a field, meant severity!"],
    );
    check_field("{name: x, nam: y}", &["0.nam: no key of a field"]);
    check_field(
        "{name: x, typ: y, tipe: z}",
        &["0.typ: no key of a field, meant type", "0.tipe: no key of a field, meant type"],
    );
    check_field("{name: x, 1: y}", &["0.1: a key that is the number 1"]);
    check_field("{name: x, name: y}", &["0.name: given again"]);
    check(
        &format!("{HEAD}phases: {{on: {{}}, ~: {{}}}}"),
        &[
            "phases.true.[key]: a key that is true (YAML 1.1 reads `on` so)",
            "phases.null.[key]: a key that is null",
        ],
    );
    check(
        "phases: {}",
        &["schema_version: missing, say \"0.1.0\"", "pipeline_id: missing, say my-pipeline"],
    );
}

#[test]
fn blocks_must_be_of_their_kind() {
    check(
        "[]",
        &[
            ": `contract` is a list, not a mapping with `schema_version`, `pipeline_id` and `phases`",
        ],
    );
    check(
        &format!("{HEAD}phases:\n  a:\n  b: {{entry: , exit: []}}\n"),
        &[
            "phases.a: `a` is nothing, not a mapping",
            "phases.b.entry: `entry` is nothing, not a mapping",
            "phases.b.exit: `exit` is a list, not a mapping",
        ],
    );
    check_field(
        "just_a_name, 5",
        &[
            "0: `field` is the text `just_a_name`, not a mapping with `name`",
            "1: `field` is the number 5, not a mapping with `name`",
        ],
    );
}

#[test]
fn a_manifest_has_keys_with_underscores_where_its_loader_takes_them() {
    let manifest = crate::kinds::by_name("manifest").unwrap();
    let text = "api_version: contextcore.io/v2\nmetadata: {name: n, last_updated: 2026-01-31}\n\
                spec:\n  project: {id: n, trace_id: t}\n  design: {api_contract: x}\n  \
                business: {cost_center: c}\n  requirements: {latency_p99: 1s}\n  \
                targets: [{kind: Job, name: n}]\n";
    assert_eq!(
        problems_of(manifest, text),
        [
            "spec.project.trace_id: no key of a project, meant traceId",
            "spec.design.api_contract: no key of a design section, meant apiContract",
            "spec.business.cost_center: no key of a business section, meant costCenter",
        ]
    );
}

#[test]
fn what_no_loader_reads_is_announced() {
    let announced = |kind: &'static Kind, text: &str| {
        let yaml = yaml::parse(text, &Limits::default());
        let problems = super::check(text, &yaml, yaml.documents[0], kind);
        problems.iter().map(|problem| problem.is_announced).collect::<Vec<_>>()
    };
    let delegation = crate::kinds::by_name("delegation-authority").unwrap();
    assert_eq!(announced(delegation, "contract_type: delegation_authority\n"), [true]);
    let text = format!("{HEAD}version_compatibility: [{{}}]\nphases: 1\n");
    // That the key stands there is what today's loader refuses.
    assert_eq!(announced(&KIND, &text), [false, true, false]);
}

#[test]
fn what_is_shared_is_checked_once() {
    check(
        &format!(
            "{HEAD}phases:\n  a: &a\n    exit: {{required: [{{nam: x}}]}}\n  b: *a\n  \
             c:\n    <<: *a\n    description: 1\n"
        ),
        &[
            "phases.a.exit.required.0.name: missing, say field_name",
            "phases.a.exit.required.0.nam: no key of a field, meant name!",
            "phases.c.description: `description` is the number 1, not text; quote",
        ],
    );
    check(&format!("{HEAD}phases: &p\n  a: *p\n"), &["phases.a: contains itself"]);
    check(
        &format!(
            "{HEAD}phases: &p {{a: {{exit: {{required: [{{name: x, constraints: {{y: *p}}}}]}}}}}}"
        ),
        &[],
    );
}

#[test]
fn a_key_that_is_merged_in_is_wrong_where_it_is_merged() {
    check(
        &format!("{HEAD}phases:\n  a: &a {{exit: {{}}}}\n  b: {{entry: {{<<: *a}}}}\n"),
        &["phases.b.entry.<<.exit: no key of a entry"],
    );
}

#[test]
fn what_may_be_masked_is_not_missed() {
    let text = "schema_version: '1'\npipeline_id: p\nphases:\n  a:\n    exit:\n      required:\n      \
                - : [\n";
    let told = problems(text);
    assert!(told.iter().all(|line| !line.contains("nothing")), "{told:?}");
}
