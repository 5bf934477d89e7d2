//! Attributes of telemetry across files.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use facts::places::FileId;
use proptest::prelude::*;
use text::name::Name;

use super::{change, graph};
use crate::files::FileState;
use crate::handler::ContractRef;
use crate::project::{Change, Graph};

const CONVENTIONS: &str = "schema_version: \"0.1.0\"\nnamespace: task\nattributes:\n  - name: task.id\n    aliases: [task_id]\n  - name: task.status\n";

/// Every attribute that is set, in order of files: the file, its names and values.
fn shown(graph: &Graph) -> String {
    let mut text = String::new();
    for (id, file) in graph.files().by_path() {
        for group in graph.attributes().of_file(id) {
            let name = group.name.map_or("-", |name| name.as_str());
            let open = if group.closed { "" } else { " .." };
            writeln!(text, "{} {name}{open}", file.path).unwrap();
            for set in &group.sets {
                let names: Vec<&str> = set.names.iter().map(|name| name.as_str()).collect();
                let values: Vec<String> = set.values.iter().map(ToString::to_string).collect();
                writeln!(text, "  {} = {}", names.join("|"), values.join("|")).unwrap();
            }
        }
    }
    text
}

fn check(files: &[(&str, &str)], expected: &str) {
    let mut all = vec![("task.contract.yaml", CONVENTIONS)];
    all.extend_from_slice(files);
    assert_eq!(shown(&graph(&all)), expected);
}

#[test]
fn names_are_followed_to_their_texts() {
    check(
        &[
            (
                "app/names.py",
                "import enum\nID = 'task.id'\nclass Status(str, enum.Enum):\n    DONE = 'done'\nclass Attr(enum.Enum):\n    STATUS = 'task.status'\n",
            ),
            (
                "app/work.py",
                "from . import names\nfrom .names import ID as KEY, Attr\nfrom sdk import OTHER\nclass Work:\n    MODE = 'task.mode'\n    def run(self, tracer, x):\n        with tracer.start_as_current_span('work') as span:\n            span.set_attribute(KEY, x)\n            span.set_attribute(Attr.STATUS.value, names.Status.DONE)\n            span.set_attribute(self.MODE, 'a' if x else 'b')\n        with tracer.start_as_current_span('other') as span:\n            span.set_attribute(OTHER, 1)\n",
            ),
        ],
        "app/work.py work\n  task.id = \n  task.status = \"done\"\n  task.mode = \"a\"|\"b\"\napp/work.py other ..\n",
    );
}

#[test]
fn tests_say_nothing_unless_they_are_checked() {
    let file = ("tests/test_work.py", "def f(span):\n    span.set_attribute('task.id', 1)\n");
    check(&[file], "");
    let settings = ("contextcore.toml", "[python]\ncheck-tests = true\n");
    check(&[file, settings], "tests/test_work.py -\n  task.id = 1\n");
}

#[test]
fn nothing_is_followed_where_no_contract_asks() {
    let file = ("work.py", "from names import ID\ndef f(span):\n    span.set_attribute(ID, 1)\n");
    let mut graph = graph(&[file, ("names.py", "ID = 'task.id'\n")]);
    assert_eq!(shown(&graph), "");
    let update = graph.update(vec![change(7, "task.contract.yaml", Some(CONVENTIONS))]);
    assert_eq!(shown(&graph), "work.py -\n  task.id = 1\n");
    assert_eq!(update.others.len(), 1);
    graph.update(vec![change(7, "task.contract.yaml", None)]);
    assert_eq!(shown(&graph), "");
}

#[test]
fn a_file_with_constants_is_missing_until_it_is_read() {
    let mut graph = graph(&[("task.contract.yaml", CONVENTIONS)]);
    let names = Change { file: FileId(1), path: "names.py".into(), state: Some(FileState::Known) };
    let work = "from names import ID\ndef f(span):\n    span.set_attribute(ID, 1)\n";
    let update = graph.update(vec![names, change(2, "work.py", Some(work))]);
    assert_eq!(update.missing, BTreeSet::from([FileId(1)]));
    let update = graph.update(vec![change(1, "names.py", Some("ID = 'task_id'\n"))]);
    assert_eq!(update.others.len(), 1);
    assert_eq!(shown(&graph), "work.py -\n  task_id = 1\n");
    let uses = graph.attributes().uses(graph.files(), Name::new("task_id"));
    assert_eq!(uses.count(), 1);
}

#[test]
fn only_who_asked_for_a_name_is_named_again() {
    let work = |key: &str| format!("def f(span):\n    span.set_attribute('{key}', 1)\n");
    let mut graph = graph(&[("task.contract.yaml", CONVENTIONS), ("work.py", &work("other"))]);
    let mut touched =
        |text: &str| !graph.update(vec![change(1, "work.py", Some(text))]).others.is_empty();
    assert!(!touched(&work("another")));
    assert!(touched(&work("task_id")));
    assert!(!touched(&work("task_id").replace(", 1", ",  1")), "facts are equal");
    assert!(touched(&work("another")));
    assert!(
        touched(
            "def f(k):\n    trace.get_current_span_of = 1\n    span = get_current_span()\n    span.set_attribute(k, 1)\n"
        ),
        "any span may have any attribute"
    );
}

/// Files with the texts that they may have.
const WORLD: &[(&str, &[&str])] = &[
    (
        "task.contract.yaml",
        &[
            CONVENTIONS,
            "schema_version: \"0.1.0\"\nnamespace: task\nattributes:\n  - name: task_id\n  - name: task.id\n    aliases: [task.status]\n",
        ],
    ),
    ("names.py", &["A = 'task.id'\n", "A = 'b'\nB = 'task_id'\n", "from more import *\n"]),
    ("more.py", &["A = 'task.status'\n", "B = 'b'\n"]),
    (
        "one.py",
        &[
            "from names import A\ndef f(span):\n    span.set_attribute(A, 'x')\n",
            "import names\ndef f(span, k):\n    span.add_event('e', {names.B: names.A})\n    get_current_span().set_attribute(k, 1)\n",
        ],
    ),
    ("two.py", &["def f(span):\n    span.set_attributes({'b': 1, 'task_id': 2})\n"]),
];

fn to(file: usize, choice: usize) -> Change {
    let (path, texts) = WORLD[file];
    let id = u32::try_from(file).unwrap();
    match choice {
        0 => change(id, path, None),
        1 => Change { state: Some(FileState::Known), ..change(id, path, None) },
        number => change(id, path, Some(texts[number % texts.len()])),
    }
}

/// What a contract sees of the code.
fn seen(graph: &Graph) -> String {
    let names = ["task.id", "task_id", "task.status"].map(Name::new);
    let groups = names.map(|name| graph.attributes().with_name(graph.files(), name).collect());
    let groups: [Vec<_>; 3] = groups;
    format!("{groups:?} {}", graph.attributes().any_span_may_have_any())
}

proptest! {
    #[test]
    fn an_update_gives_what_following_from_nothing_gives(
        steps in prop::collection::vec(prop::collection::vec((0_usize..5, 0_usize..5), 1..4), 1..9)
    ) {
        let mut graph = Graph::default();
        let mut now = std::collections::BTreeMap::new();
        let contract = ContractRef { file: FileId(0), index: 0 };
        for step in steps {
            now.extend(step.iter().copied());
            let before = seen(&graph);
            let update =
                graph.update(step.iter().map(|(file, choice)| to(*file, *choice)).collect());
            let mut fresh = Graph::default();
            fresh.update(now.iter().map(|(file, choice)| to(*file, *choice)).collect());
            prop_assert_eq!(shown(&graph), shown(&fresh));
            prop_assert_eq!(seen(&graph), seen(&fresh));
            let named = update.others.contains(&contract);
            prop_assert!(named || graph.contract(contract).is_none() || before == seen(&graph));
        }
    }
}
