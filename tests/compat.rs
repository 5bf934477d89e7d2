//! Recorded verdicts of the existing pre-flight check, as far as reading a contract can tell.
//!
//! What a start phase asks for is an input here, and what the recorded context holds is given as one.

use std::collections::BTreeSet;
use std::fs;

use camino::Utf8Path;
use serde_json::Value;
use workspace::memory::Memory;

use crate::project::root;

/// Where ours differs on purpose; `docs/compatibility.md` gives the reason of each.
const DIFFERENT: &[&str] = &["parent-produced-child-read", "order-reversed"];

type Place = (String, String);

#[test]
fn dangling_reads_and_dead_writes_agree_with_the_recordings() {
    let folder = root().join("tests/compat/preflight");
    let page = fs::read_to_string(root().join("docs/compatibility.md")).expect("the page is there");
    let mut cases: Vec<_> = folder
        .read_dir_utf8()
        .expect("the cases are there")
        .map(|entry| entry.expect("a case can be read").into_path())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    for case in cases {
        let name = case.file_name().unwrap_or_default().to_owned();
        let (missing, surplus) = compare(&case);
        if DIFFERENT.contains(&name.as_str()) {
            assert!(!missing.is_empty() || !surplus.is_empty(), "{name} agrees now");
            assert!(page.contains(&format!("| {name} |")), "{name} has no reason on the page");
        } else {
            assert!(missing.is_empty(), "{name}: not found: {missing:?}");
            assert!(surplus.is_empty(), "{name}: found besides: {surplus:?}");
        }
    }
}

/// What the recording has and ours lacks, and the reverse.
fn compare(case: &Utf8Path) -> (BTreeSet<Place>, BTreeSet<Place>) {
    let json = |file: &str| -> Value {
        let text = fs::read_to_string(case.join(file)).unwrap_or_else(|_| "{}".into());
        serde_json::from_str(&text).expect("a recording is JSON")
    };
    let contract = fs::read_to_string(case.join("contract.yaml")).expect("a contract is text");
    let given = inputs(&json("context.json"));
    let pipeline = contract
        .lines()
        .find_map(|line| line.strip_prefix("pipeline_id: "))
        .expect("a contract names its pipeline");
    let settings = format!("[pipelines.\"{pipeline}\"]\ninputs = {given:?}\n");
    let files =
        [("case.contract.yaml", contract.as_str()), ("contextcore.toml", settings.as_str())];
    let found = Memory::new(files).findings();
    let ours: BTreeSet<Place> = found
        .iter()
        .filter(|finding| is_absence(finding.rule.name))
        .filter_map(|finding| Some((finding.phase?.to_string(), finding.field?.to_string())))
        .collect();
    let start = first_phase(&contract);
    let theirs: BTreeSet<Place> = json("expected.json")["graph_issues"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|issue| issue["issue_type"] == "dangling_read" && issue["phase"] != start)
        .map(|issue| {
            let text = |key: &str| issue[key].as_str().unwrap_or_default().to_owned();
            (text("phase"), text("field"))
        })
        .collect();
    let missing = theirs.difference(&ours).cloned().collect();
    (missing, ours.difference(&theirs).cloned().collect())
}

fn is_absence(rule: &str) -> bool {
    matches!(rule, "dangling-read" | "late-producer" | "wrong-source-phase")
}

fn first_phase(contract: &str) -> String {
    let after = contract.split_once("\nphases:").map_or("", |(_, after)| after);
    let line = after.lines().find(|line| line.trim_end().ends_with(':')).unwrap_or_default();
    line.trim().trim_end_matches(':').to_owned()
}

/// The dot paths of a context, those that lead to further keys included.
fn inputs(context: &Value) -> Vec<String> {
    fn add(prefix: &str, value: &Value, paths: &mut Vec<String>) {
        for (key, value) in value.as_object().into_iter().flatten() {
            let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            add(&path, value, paths);
            paths.push(path);
        }
    }
    let mut paths = Vec::new();
    add("", context, &mut paths);
    paths
}
