//! Bad input: bytes that no editor should save, texts that grow beyond all measure, and files that
//! are cut off. None may crash or hang, and none may lead to a wrong finding.

use contracts::kinds::KINDS;
use fixture::specimen::specimen;
use graph::sources::Sources;
use proptest::prelude::*;
use workspace::located::LocatedFinding;
use workspace::memory::Memory;

use crate::project::SOUND as CONTRACT;

const PLAN: &str = "class PlanPhaseHandler(AbstractPhaseHandler):
    def execute(self, phase, context):
        try:
            context['domain'] = classify(phase)
        except OSError:
            context['domain'] = 'none'
        for task in phase:
            if task:
                context['domain'] = ', '.join(name for name in task)
";

const BUILD: &str = "class BuildPhaseHandler(AbstractPhaseHandler):
    def execute(self, phase, context):
        return context['domain']
";

/// The project with these bytes as its contract and as the handler of its first phase.
fn project(contract: &[u8], plan: &[u8]) -> Memory {
    let mut memory = Memory::new([("build.py", BUILD)]);
    memory.files.insert("x.contract.yaml".into(), contract.to_vec());
    memory.files.insert("plan.py".into(), plan.to_vec());
    memory
}

fn with_contract(contract: &str) -> Vec<LocatedFinding> {
    project(contract.as_bytes(), PLAN.as_bytes()).findings()
}

fn with_plan(plan: &[u8]) -> Vec<LocatedFinding> {
    project(CONTRACT.as_bytes(), plan).findings()
}

fn rules(findings: &[LocatedFinding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule.name).collect()
}

#[test]
fn the_project_is_sound() {
    assert_eq!(rules(&with_contract(CONTRACT)), [""; 0]);
}

#[test]
fn bytes_that_are_no_text_are_said_of_contracts_alone() {
    let utf16 =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let marked = [&[0xFF, 0xFE][..], &utf16(CONTRACT)].concat();
    assert_eq!(rules(&project(&marked, PLAN.as_bytes()).findings()), [""; 0]);
    let utf32 = [&[0xFF, 0xFE, 0, 0][..], &utf16(CONTRACT)].concat();
    for bytes in [&b"\0\x01\x02"[..], b"pipeline_id: caf\xE9", &utf16(CONTRACT), &utf32] {
        let found = project(bytes, PLAN.as_bytes()).findings();
        assert_eq!(rules(&found), ["yaml-syntax"], "{bytes:?}");
    }
    // Python has encodings of its own, and nothing is concluded from what cannot be read.
    for bytes in [&b"# caf\xE9\n"[..], b"PhaseHandler\0", b"\xFF\xFEx", b""] {
        assert_eq!(rules(&with_plan(&[bytes, PLAN.as_bytes()].concat())), [""; 0], "{bytes:?}");
    }
}

#[test]
fn a_handler_that_is_cut_off_gives_no_finding() {
    let ends = [
        "AbstractPhaseHandler):\n",
        "phase, context):\n",
        "try:\n",
        "context['domain'] = cla",
        "classify(phase)\n",
        "except OSError:\n",
        "        context['domain'] = ",
        "for task in phase:\n",
        "if task:\n                ",
        "(name for",
    ];
    for end in ends {
        let at = PLAN.find(end).unwrap() + end.len();
        assert_eq!(rules(&with_plan(&PLAN.as_bytes()[..at])), [""; 0], "{}", &PLAN[..at]);
    }
}

#[test]
fn a_contract_that_is_cut_off_keeps_the_rest() {
    for end in 0..CONTRACT.len() {
        with_contract(&CONTRACT[..end]);
    }
}

#[test]
fn nesting_has_an_end() {
    let many = 100_000;
    let nested = [
        ("[".repeat(many), String::new()),
        ("[".repeat(many), "]".repeat(many)),
        ("{a: ".repeat(many), "}".repeat(many)),
        ("\n    ".to_owned() + &"- ".repeat(many), String::new()),
        ("\n    ".to_owned() + &"? ".repeat(many), String::new()),
    ];
    for (open, close) in nested {
        let text = format!("{CONTRACT}  deep:\n    description: {open}x{close}\n");
        assert!(rules(&with_contract(&text)).contains(&"too-large"), "{}", &open[..9]);
    }
    for (open, close) in [("(", ")"), ("[", "]"), ("-", ""), ("not ", ""), ("f(", ")")] {
        let deep = format!("{PLAN}x = {}1{}\n", open.repeat(many), close.repeat(many));
        assert_eq!(rules(&with_plan(deep.as_bytes())), [""; 0], "{open}");
    }
}

#[test]
fn aliases_cannot_multiply() {
    let laughs = (1..20).map(|level| {
        let before = vec![format!("*a{}", level - 1); 9].join(", ");
        format!("a{level}: &a{level} [{before}]\n")
    });
    let laughs: String = laughs.collect();
    let text = format!(
        "a0: &a0 [{{name: a}}, {{name: b}}]\n{laughs}schema_version: '0.1.0'\npipeline_id: one\nphases:\n  plan: {{exit: {{required: *a19}}}}\n"
    );
    assert!(rules(&with_contract(&text)).contains(&"wrong-type"));
    let round = "&top\nschema_version: '0.1.0'\npipeline_id: one\nphases:\n  plan: *top\n";
    assert!(rules(&with_contract(round)).contains(&"invalid-value"));
}

#[test]
fn merges_cannot_multiply() {
    let keys: Vec<String> = (0..500).map(|key| format!("k{key}: 1")).collect();
    let phases: String = (0..1_000).map(|phase| format!("  p{phase}: {{<<: *base}}\n")).collect();
    let text = format!(
        "schema_version: '0.1.0'\npipeline_id: one\nbase: &base {{{}}}\nphases:\n{phases}",
        keys.join(", ")
    );
    let found = with_contract(&text);
    assert!(rules(&found).contains(&"too-large"));
    assert!(found.len() < 100_000, "{}", found.len());
}

#[test]
fn many_mistakes_take_no_more_than_their_number() {
    // Both take minutes where each mistake is held against all others.
    let keys: String = (0..50_000).map(|key| format!("k{key}: 1\n")).collect();
    assert_eq!(with_contract(&format!("{CONTRACT}{keys}")).len(), 50_000);
    let writes: Vec<String> = (0..20_000).map(|key| format!("context['k{key}'] = 1")).collect();
    let line = format!("{PLAN}        {}\n", writes.join("; "));
    assert!(with_plan(line.as_bytes()).len() < 10_000);
}

#[test]
fn long_names_are_taken_for_no_others() {
    let long = "q_".repeat(100_000);
    let text = CONTRACT.replacen("name: domain", &format!("name: {long}a"), 1);
    let text = text.replacen("name: domain", &format!("name: {long}b"), 1);
    assert!(rules(&with_contract(&text)).contains(&"dangling-read"));
}

/// Pieces of contracts, handlers and noise, in any order.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let words = prop::sample::select(vec![
        CONTRACT,
        PLAN,
        BUILD,
        "phases:\n",
        "  plan:",
        "\n    ",
        "- ",
        "? ",
        "{",
        "}",
        "[",
        "]",
        ": ",
        "&a ",
        "*a ",
        "<<: ",
        "!!int ",
        "|\n",
        "\"",
        "'",
        "#",
        "# contextcore: ignore[",
        "\t",
        "\r",
        "\n",
        "\u{feff}",
        "context[",
        "context.get(",
        "def f(",
        "class PhaseHandler(",
        "if x:\n",
        "try:\n",
        "f'{",
        "\\",
        "é",
        "世",
    ]);
    let piece = prop_oneof![
        4 => words.prop_map(|word| word.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..6),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_engine_panic(contract in pieces(), plan in pieces()) {
        let found = project(&contract, &plan).findings();
        for finding in found {
            let text = &finding.at.source.text;
            prop_assert!(text.get(finding.at.span.start as usize..finding.at.span.end as usize).is_some());
        }
    }

    #[test]
    fn no_cut_or_byte_in_sound_files_makes_the_engine_panic(
        cut in 0..CONTRACT.len(),
        other in 0..PLAN.len(),
        byte in any::<u8>(),
    ) {
        let (mut contract, mut plan) = (CONTRACT.as_bytes().to_vec(), PLAN.as_bytes().to_vec());
        contract[cut] = byte;
        plan[other] = byte;
        prop_assert!(project(&contract, &plan).findings().len() < 1_000);
    }
}

/// A project with a contract that asks for something of the fields, and one document of a kind.
fn beside(name: &str, text: &str) -> Vec<LocatedFinding> {
    let file = format!("x.{name}.contract.yaml");
    Memory::new([("a.contract.yaml", CONTRACT), (&file, text)]).findings()
}

/// Typed from top to bottom, a document of any kind is at no moment more than wrong.
#[test]
fn every_kind_may_be_cut_off_anywhere() {
    for kind in KINDS {
        let whole = specimen(kind, 2);
        let name = kind.signs.words.first().copied().unwrap_or("x");
        for (end, _) in whole.char_indices().step_by(7) {
            beside(name, &whole[..end]);
        }
    }
}

/// Each line in turn says something else than its kind expects.
#[test]
fn every_kind_may_hold_anything_anywhere() {
    let strange = ["[]", "{}", "null", "- x", "*a", "&a [*a]", "!!binary x", "\"", "? x", "9e999"];
    for kind in KINDS {
        let whole = specimen(kind, 1);
        let name = kind.signs.words.first().copied().unwrap_or("x");
        let lines: Vec<&str> = whole.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let key = line.split(':').next().unwrap_or(line);
            let value = strange[at % strange.len()];
            let mut broken: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            broken[at] = format!("{key}: {value}");
            beside(name, &broken.join("\n"));
        }
    }
}

#[test]
fn a_key_of_another_kind_is_sent_there() {
    let text = format!("{CONTRACT}budgets: []\n");
    let found = with_contract(&text);
    let [finding] = found.as_slice() else { panic!("{:?}", rules(&found)) };
    assert_eq!(finding.rule.name, "unknown-key");
    let said = format!("{} {}", finding.message, finding.help.join(" "));
    assert!(said.contains("budget contract"), "{said}");
}

#[test]
fn a_payload_that_is_cut_off_can_be_asked_about() {
    let whole = "\u{feff}{\"schema_version\": \"v1\",\r\n\t\"status\": \"in_progress\", \"metrics\": \
                 {\"gap_count\": -1e3, \"é\": [true, null, {}]}, \"phase\" : \"\\u00e9\\\"\"}\n";
    for end in (0..=whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        let text = &whole[..end];
        let engine = Memory::new([("a.task-span.json", text)]).open();
        let file = engine.file("a.task-span.json".into()).unwrap();
        for offset in (0..=end).filter(|offset| text.is_char_boundary(*offset)) {
            let cursor = ide::place::Cursor { file, offset };
            for item in ide::completion::completion(&engine, cursor, true).items {
                assert!(item.edit.span.touches(offset), "{text}\n{item:?}");
                assert!(item.also.is_none_or(|also| also.span.end <= item.edit.span.start));
            }
            if let Some(hover) = ide::hover::hover(&engine, cursor, &|_, _| None) {
                assert!(hover.span.touches(offset), "{text}\n{hover:?}");
            }
        }
    }
}
