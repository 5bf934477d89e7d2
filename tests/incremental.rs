//! Whatever happens to files, the findings are those of a fresh start on the same files.

use camino::Utf8PathBuf;
use proptest::prelude::*;
use workspace::engine::Change;
use workspace::located::LocatedFinding;
use workspace::memory::{Memory, located};

/// The paths of the project, and the texts that each may have. They depend on each other in every
/// way there is: imports, bases, enums, registrations, folders, class names, directives.
const FILES: &[(&str, &[&str])] = &[
    (
        "a/pipeline.contract.yaml",
        &[
            "schema_version: '0.1.0'\npipeline_id: one\nphases:\n  plan:\n    exit:\n      required:\n        - {name: domain}\n  build:\n    entry:\n      required:\n        - {name: domain}\n",
            "schema_version: '0.1.0'\npipeline_id: one\nphases:\n  plan:\n    exit:\n      required:\n        - {name: domian, type: Plan}\n  build:\n    entry:\n      required:\n        - {name: domain}\n      enrichment:\n        - {name: tone, severity: warning, default: flat}\n",
            "schema_version: '0.1.0'\npipeline_id: one\n\n\nphases:\n  plan: {}\n  bui",
            "schema_version: 0.1\npipeline_id: one # contextcore: ignore[dead-write]\nphases:\n  build: {entry: {required: [{name: domain}]}}\n  plan: {exit: {required: [{name: domain}]}}\n",
        ],
    ),
    (
        "b/pipeline.contract.yaml",
        &[
            "schema_version: '0.1.0'\npipeline_id: two\nphases:\n  plan: {}\n  build:\n    entry: {required: [{name: domain, type: Plan}]}\n",
            "just: yaml\n",
        ],
    ),
    (
        "handlers/plan.py",
        &[
            "from handlers.base import Base, KEY\n\nclass PlanPhaseHandler(Base):\n    def execute(self, phase, context):\n        context[KEY] = 1\n        self.more(context)\n",
            "from handlers.base import Base\n\nclass PlanPhaseHandler(Base):\n    phase = 'plan'\n    def execute(self, phase, context):\n        if phase:\n            context['domain'] = 1\n",
            "class PlanPhaseHandler:\n    def execute(self, context):\n        context.update(load())\n",
            "class PlanPhaseHandler:\n    def execute(self, context)\n        context['x' = 1\n",
            "from handlers.base import KEY\n\nclass PlanPhaseHandler:\n    context_requires = {'path': Field(type=str)}\n    context_produces = {KEY: Field(type=str)}\n    def execute(self, context):\n        context['domain'] = context['path']\n",
        ],
    ),
    (
        "handlers/base.py",
        &[
            "KEY = 'domain'\n\nclass Base:\n    def more(self, context):\n        context['extra'] = 2\n",
            "KEY = 'domian'\n\nclass Base:\n    def more(self, context):\n        return context['secret']\n",
            "from handlers.keys import KEY\n\nclass Base: ...\nclass Plan: ...\n",
        ],
    ),
    ("handlers/keys.py", &["KEY = 'domain'\n", "KEY = compute()\n"]),
    (
        "handlers/register.py",
        &[
            "from handlers.plan import PlanPhaseHandler\n\nregister_handler('build', PlanPhaseHandler())\n",
            "from handlers.plan import PlanPhaseHandler as P\nfrom handlers.build import BuildPhaseHandler\nHANDLERS = {'plan': P(), 'build': BuildPhaseHandler()}\n",
        ],
    ),
    (
        "handlers/build.py",
        &[
            "class BuildPhaseHandler:\n    def execute(self, context):\n        return context.get('domain', 'unknown')\n",
            "class BuildPhaseHandler:\n    def execute(self, context):\n        context.pop('domain')  # contextcore: ignore[undeclared-read] x\n",
            "class BuildPhaseHandler:\n    context_contract = 'b/pipeline.contract.yaml'\n    def execute(self, context):\n        return context['domain']\n",
            "class BuildPhaseHandler:\n    context_requires = {'domain': Field(type=list), 'tone': Field(default=1)}\n    def execute(self, context):\n        return context['domain']\n",
        ],
    ),
    (
        "flow/graph.py",
        &[
            "from langgraph.graph import StateGraph, START, END\nfrom flow.nodes import plan, State\n\ndef answer(state: State):\n    return {'reply': state.get('tone', 1)}\n\nbuilder = StateGraph(State)\nbuilder.add_node('plan', plan)\nbuilder.add_node(answer)\nbuilder.add_edge(START, 'plan')\nbuilder.add_edge('plan', 'answer')\n",
            "from langgraph.graph import StateGraph, START\nfrom flow.nodes import *\nfrom flow.wiring import wire\n\ndef build():\n    builder = StateGraph(State)\n    wire(builder)\n    return builder.compile()\n\nother = StateGraph(State)\nother.add_node('plan', plan)\nother.add_edge(START, 'paln')\n",
            "from langgraph.graph import Graph as StateGraph\nbuilder = StateGraph(State)\nbuilder.add_node('plan', plan)\n",
        ],
    ),
    (
        "flow/nodes.py",
        &[
            "from typing import TypedDict\n\nclass State(TypedDict):\n    question: str\n    reply: str\n\ndef plan(state):\n    return {'question': 1, 'tone': 2}\n",
            "from typing import TypedDict\n\nclass State(TypedDict):\n    question: str\n    tone: str\n\ndef plan(state: State):\n    state['tone'] = 1\n    return inner(state)\n\ndef inner(state):\n    return {'question': state['rely']}\n",
            "class State(Base):\n    question: str\n\nplan = make()\n",
        ],
    ),
    (
        "flow/wiring.py",
        &[
            "from flow.nodes import plan\n\ndef wire(graph):\n    graph.add_node('plan', plan)\n    graph.set_entry_point('plan')\n",
            "def wire(graph):\n    for name, node in load():\n        graph.add_node(name, node)\n",
        ],
    ),
];

/// One thing that happens: to which file, and which text it has then; past the last it is gone.
fn steps() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..FILES.len(), 0..6_usize), 1..24)
}

fn shown(findings: &[LocatedFinding]) -> Vec<String> {
    let line = |finding: &LocatedFinding| {
        let related: Vec<String> = finding
            .related
            .iter()
            .map(|(at, message)| format!("{}@{:?} {message}", at.source.path, at.span))
            .collect();
        format!(
            "{}@{:?} {:?} {} {} {:?} {related:?} {:?}",
            finding.at.source.path,
            finding.at.span,
            finding.level,
            finding.rule.name,
            finding.message,
            finding.key_path,
            finding.help,
        )
    };
    findings.iter().map(line).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn updates_equal_a_fresh_start(steps in steps()) {
        let mut memory = Memory::default();
        let mut engine = memory.open();
        for (file, text) in steps {
            let (path, texts) = FILES[file];
            let path = Utf8PathBuf::from(path);
            let change = match texts.get(text) {
                Some(text) => {
                    let bytes = text.as_bytes().to_vec();
                    memory.files.insert(path.clone(), bytes.clone());
                    Change::Present { path, bytes, excluded: false }
                }
                None => {
                    memory.files.remove(&path);
                    Change::Removed(path)
                }
            };
            engine.update(vec![change], &memory);
            prop_assert_eq!(shown(&located(&engine)), shown(&memory.findings()));
        }
    }
}
