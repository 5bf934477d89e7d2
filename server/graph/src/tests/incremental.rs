//! An update gives what building from nothing would give, and touches no more than it has to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::Utf8PathBuf;
use facts::places::FileId;
use proptest::prelude::*;
use settings::read::{Form, read};

use super::{contract, facts, seats};
use crate::files::FileState;
use crate::handler::ContractRef;
use crate::project::{Change, Graph};

/// The files of a small world, each with the texts it may have.
fn world() -> Vec<(&'static str, Vec<String>)> {
    let text = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    vec![
        (
            "a/one.contract.yaml",
            vec![
                contract("one", &["plan", "build"]),
                contract("one", &["build", "plan", "test"]),
                format!("{}---\n{}", contract("one", &["plan"]), contract("two", &["build"])),
            ],
        ),
        ("two.contract.yaml", vec![contract("two", &["plan", "test"]), contract("two", &["ship"])]),
        (
            "a/h.py",
            text(&[
                "from base import Base\nclass PlanHandler(Base):\n    pass\nclass BuildPhaseHandler(Base):\n    pipeline = 'two'\n",
                "import base\nfrom a.keys import *\nclass PlanPhaseHandler(base.Base):\n    phase = Phase.PLAN\n    def execute(self, context):\n        context[KEY]\n",
            ]),
        ),
        (
            "base.py",
            text(&[
                "from sdk import AbstractPhaseHandler\nfrom helpers import help\nclass Base(AbstractPhaseHandler):\n    def execute(self, context):\n        help(context)\n",
                "from helpers import other as help\nclass Base:\n    def run(self, ctx):\n        help(ctx)\n",
            ]),
        ),
        (
            "helpers.py",
            text(&[
                "def help(c):\n    c['x'] = 1\ndef other(c):\n    c['y']\n",
                "def help(c):\n    c['x'] = 2\n    c['z']\ndef other(c):\n    help(c)\n",
                "from a.more import help\n",
            ]),
        ),
        ("a/more.py", text(&["def help(c):\n    del c['m']\n"])),
        (
            "a/keys.py",
            text(&[
                "KEY = 'one'\nfrom enum import Enum\nclass Phase(Enum):\n    PLAN = 'plan'\n",
                "KEY = 'two'\nfrom enum import Enum\nclass Phase(Enum):\n    PLAN = 'test'\n",
            ]),
        ),
        (
            "a/keys/__init__.py",
            text(&["from enum import Enum\nKEY = 'pkg'\nclass Phase(Enum):\n    PLAN = 'build'\n"]),
        ),
        (
            "main.py",
            text(&[
                "from a.h import PlanHandler\nH = {'test': PlanHandler}\n",
                "from a import h\ndef setup(r):\n    r.register_handler('ship', h.BuildPhaseHandler())\n    r.register_handler('plan', h.PlanHandler())\n",
            ]),
        ),
        ("tests/main.py", text(&["from a.h import PlanHandler\nH = {'build': PlanHandler}\n"])),
    ]
}

fn settings() -> Arc<settings::settings::Settings> {
    Arc::new(read("[pipelines.one]\nclasses = [\"PlanPhaseHandler\"]\n", Form::Own).0)
}

fn state(path: &str, texts: &[String], choice: usize) -> Option<FileState> {
    match choice {
        0 => None,
        1 => Some(FileState::Known),
        number => {
            let text = &texts[number % texts.len()];
            Some(FileState::Read(Arc::new(facts(path, text))))
        }
    }
}

/// All pipelines of a graph built anew, as text.
fn whole(graph: &Graph) -> BTreeMap<ContractRef, String> {
    let count = u32::try_from(world().len()).unwrap();
    super::contracts(graph, count)
        .into_iter()
        .map(|contract| (contract, format!("{:#?}", graph.build(contract).unwrap())))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn an_update_gives_what_building_from_nothing_gives(
        steps in prop::collection::vec(prop::collection::vec((0_usize..10, 0_usize..5), 1..5), 1..9)
    ) {
        let world = world();
        let mut graph = Graph::new(settings());
        let mut built: BTreeMap<ContractRef, String> = BTreeMap::new();
        let mut now: BTreeMap<usize, usize> = BTreeMap::new();
        for step in steps {
            let changes = step.iter().map(|(file, choice)| {
                now.insert(*file, *choice);
                let (path, texts) = &world[*file];
                let file = FileId(u32::try_from(*file).unwrap());
                Change { file, path: Utf8PathBuf::from(*path), state: state(path, texts, *choice) }
            });
            let changes = changes.collect();
            let update = graph.update(changes);
            for contract in &update.removed {
                built.remove(contract);
            }
            for contract in &update.pipelines {
                let result = graph.build(*contract).unwrap();
                built.insert(*contract, format!("{result:#?}"));
                graph.record(*contract, result.keys);
            }
            prop_assert_eq!(&built, &whole(&graph), "kept and rebuilt differ");
            let mut fresh = Graph::new(settings());
            fresh.update(now.iter().map(|(file, choice)| {
                let (path, texts) = &world[*file];
                let file = FileId(u32::try_from(*file).unwrap());
                Change { file, path: Utf8PathBuf::from(*path), state: state(path, texts, *choice) }
            }).collect());
            prop_assert_eq!(&built, &whole(&fresh), "updated and fresh differ");
            let ambiguous = |graph: &Graph| format!("{:?}", graph.ambiguous().collect::<Vec<_>>());
            prop_assert_eq!(ambiguous(&graph), ambiguous(&fresh));
            // Other numbers for the files change nothing that can be seen.
            let mut renumbered = Graph::new(settings());
            renumbered.update(now.iter().rev().map(|(file, choice)| {
                let (path, texts) = &world[*file];
                let file = FileId(40 - u32::try_from(*file).unwrap());
                Change { file, path: Utf8PathBuf::from(*path), state: state(path, texts, *choice) }
            }).collect());
            prop_assert_eq!(seats(&graph), seats(&renumbered));
        }
    }
}

/// A graph of the world's first texts, with all pipelines recorded, and how to change a file of it.
fn recorded() -> Graph {
    let mut graph = Graph::new(settings());
    let update = graph.update((0..10).map(|file| to(file, 2)).collect());
    for contract in update.pipelines {
        let built = graph.build(contract).unwrap();
        graph.record(contract, built.keys);
    }
    graph
}

fn to(file: usize, choice: usize) -> Change {
    let (path, texts) = &world()[file];
    let id = FileId(u32::try_from(file).unwrap());
    Change { file: id, path: Utf8PathBuf::from(*path), state: state(path, texts, choice) }
}

#[test]
fn only_who_reaches_a_function_is_built_again() {
    let contract_files = [
        ("a/one.contract.yaml", contract("one", &["plan"])),
        ("b/two.contract.yaml", contract("two", &["plan"])),
    ];
    let handler = |name: &str| {
        format!(
            "from hub import {name}\nclass PlanPhaseHandler:\n    def execute(self, context):\n        {name}(context)\n"
        )
    };
    let hub = |left: &str, right: &str| {
        format!("def left(c):\n    c['{left}']\n\ndef right(c):\n    c['{right}']\n")
    };
    let (left, right, first) = (handler("left"), handler("right"), hub("x", "y"));
    let mut files: Vec<(&str, &str)> =
        contract_files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    files.extend([("a/h.py", left.as_str()), ("b/h.py", &right), ("hub.py", &first)]);
    let mut graph = super::graph(&files);
    let all = super::contracts(&graph, 8);
    assert_eq!(all.len(), 2);
    for contract in &all {
        let built = graph.build(*contract).unwrap();
        graph.record(*contract, built.keys);
    }
    let touched = |graph: &mut Graph, text: &str| {
        graph.update(vec![super::change(4, "hub.py", Some(text))]).pipelines
    };
    assert_eq!(touched(&mut graph, &hub("x", "other")), BTreeSet::from([all[1]]));
    assert_eq!(touched(&mut graph, &hub("other", "other")), BTreeSet::from([all[0]]));
    // Only spaces: facts are equal, and nothing is touched.
    let spaced = hub("other", "other").replace("\n\n", "\n\n\n\n");
    assert_eq!(touched(&mut graph, &spaced), BTreeSet::new());
    // A function that was not there is seen by nobody.
    let longer = format!("{}\ndef third(c):\n    c['z']\n", hub("other", "other"));
    assert_eq!(touched(&mut graph, &longer), BTreeSet::new());
    // One that is gone is missed by whoever called it.
    assert_eq!(touched(&mut graph, "def left(c):\n    c['other']\n"), BTreeSet::from([all[1]]));
}

#[test]
fn what_was_looked_for_in_vain_is_found_when_it_comes() {
    let mut graph = recorded();
    let gone = graph.update(vec![Change { state: None, ..to(3, 2) }]);
    for contract in gone.pipelines {
        let built = graph.build(contract).unwrap();
        graph.record(contract, built.keys);
    }
    let before = seats(&graph);
    let update = graph.update(vec![to(3, 2)]);
    assert_ne!(update.pipelines, BTreeSet::new());
    assert_ne!(seats(&graph), before);
}

#[test]
fn files_that_are_known_and_not_read_are_asked_for() {
    let files = [
        ("p.contract.yaml", Some(contract("p", &["plan"]))),
        ("h.py", Some("from base import Base\nclass PlanHandler(Base): ...\n".to_owned())),
        ("base.py", None),
        ("help.py", None),
        ("other.py", None),
    ];
    let mut graph = Graph::new(Arc::default());
    let changes = (0..).zip(&files).map(|(id, (path, text))| match text {
        Some(text) => super::change(id, path, Some(text)),
        None => known(id, path),
    });
    let changes = changes.collect();
    let update = graph.update(changes);
    assert_eq!(update.missing, BTreeSet::from([FileId(2)]));
    let base = "from help import go\nclass Base(AbstractPhaseHandler):\n    def run(self, ctx):\n        go(ctx)\n";
    let update = graph.update(vec![super::change(2, "base.py", Some(base))]);
    assert_eq!(update.missing, BTreeSet::new());
    let contract = *update.pipelines.first().unwrap();
    let built = graph.build(contract).unwrap();
    assert_eq!(built.missing, BTreeSet::from([FileId(3)]));
    graph.record(contract, built.keys);
    let help = "def go(c):\n    c['x'] = 1\n";
    let update = graph.update(vec![super::change(3, "help.py", Some(help))]);
    assert_eq!(update.pipelines, BTreeSet::from([contract]));
    let built = graph.build(contract).unwrap();
    assert_eq!(built.missing, BTreeSet::new());
    let summary = built.pipeline.phases[0].handlers[0].summary.clone().unwrap();
    assert_eq!(super::summary_lines(&summary), ["write x must"]);
}

fn known(id: u32, path: &str) -> Change {
    Change { file: FileId(id), path: Utf8PathBuf::from(path), state: Some(FileState::Known) }
}
