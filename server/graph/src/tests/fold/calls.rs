//! Calls, through as many files as it takes.

use super::{check, check_files};

#[test]
fn callees_count_in_their_place() {
    check_files(
        &[
            (
                "handlers.py",
                "\
from helpers import prepare
class WorkPhaseHandler:
    def execute(self, phase, context):
        prepare(context)
        self._use(context)
    def _use(self, ctx):
        ctx['ready']
        ctx['other']
",
            ),
            ("helpers.py", "from deep import mark as m\ndef prepare(c):\n    m('x', target=c)\n"),
            ("deep.py", "def mark(a, *, target):\n    target['ready'] = a\n"),
        ],
        "read ready soft own\nread other hard\nwrite ready must",
    );
}

#[test]
fn a_part_goes_to_a_callee() {
    check(
        "\
def fill(part, whole):
    part['x'] = part['y']
    part.update(z=1)
    whole['w'] = 1
class WorkPhaseHandler:
    def execute(self, context):
        fill(context['a']['b'], context)
        one(context['c'])
def one(part):
    part.clear()
",
        "read a.b hard\nread a.b.y hard\nread c hard
         write a.b.x must\nwrite a.b.z must\nwrite w must\ndrop c.* must",
    );
}

#[test]
fn methods_are_found_on_the_class_that_runs() {
    check_files(
        &[
            (
                "handlers.py",
                "\
from base import Base
class WorkPhaseHandler(Base):
    def _work(self, context):
        context['own'] = 1
        super()._work(context)
    @staticmethod
    def _static(context):
        context['static'] = 1
    @classmethod
    def _class(cls, context):
        context['class'] = 1
",
            ),
            (
                "base.py",
                "\
class Base:
    def execute(self, phase, context):
        self._work(context)
        self._static(context)
        self._class(context)
        Base._more(self, context)
    def _work(self, context):
        context['base'] = 1
    def _more(self, context):
        context['more'] = 1
",
            ),
        ],
        "write own must\nwrite base must\nwrite static must\nwrite class must\nwrite more must",
    );
}

#[test]
fn recursion_comes_to_a_fixed_point() {
    check(
        "\
def walk(context, n):
    if n:
        context['leaf'] = 1
        return
    walk(context, n - 1)
    context['seen'] = context['root']
class WorkPhaseHandler:
    def execute(self, context):
        walk(context, 3)
        one(context)
def one(context):
    two(context)
def two(context):
    context['two'] = 1
    if stop():
        return
    one(context)
",
        "read root hard\nwrite leaf must\nwrite seen may\nwrite two must",
    );
}

#[test]
fn a_part_of_a_part_of_a_part_comes_to_an_end() {
    check(
        "\
def walk(node):
    node['seen'] = 1
    if more():
        walk(node['next'])
class WorkPhaseHandler:
    def execute(self, context):
        walk(context['list'])
",
        "read list hard\nread list.next hard\nread list.next.next hard
         write list.seen may\nwrite list.next.seen may\nopen list",
    );
}

#[test]
fn who_cannot_be_seen_leaves_it_open() {
    let text = |line: &str| {
        format!(
            "import json, sdk\nfrom logging import getLogger as g\nclass WorkPhaseHandler:\n    def execute(self, context):\n        {line}\n"
        )
    };
    check(&text("sdk.send(context)"), "open reads\nopen writes");
    check(&text("self.gone(context)"), "open reads\nopen writes");
    check(&text("sdk.send(context['a'])"), "read a hard\nopen a");
    check(&text("json.dumps(context)"), "open reads");
    check(&text("len(context)"), "open reads");
    check(&text("isinstance(context, dict)"), "");
    check(&text("sdk.validate_phase_entry('work', context)"), "");
}

#[test]
fn attributes_of_self_stand_for_the_context() {
    check(
        "\
class WorkPhaseHandler:
    def __init__(self):
        self._context = None
        self._tasks = []
    def execute(self, context):
        self._context = context
        self._tasks = context['tasks']
        self._one()
    def _one(self):
        self._context['a'] = 1
        self._tasks[0]['mode']
",
        "read tasks hard\nread tasks.*.mode hard\nwrite a must",
    );
    // Another class that keeps it may do anything with it later, where its object goes on.
    let keeper = |line: &str| {
        format!(
            "class Keeper:\n    def __init__(self, context):\n        self.kept = context\n\
             class WorkPhaseHandler:\n    def execute(self, context):\n        {line}\n"
        )
    };
    check(&keeper("self.k = Keeper(context)"), "open reads\nopen writes");
    check(&keeper("k = Keeper(context)"), "");
}

#[test]
fn nested_functions_count_where_they_are_called() {
    check(
        "\
class WorkPhaseHandler:
    def execute(self, context):
        def inner():
            context['inner'] = 1
        inner()
        later = lambda: context['later']
        register(later)
",
        "read later hard\nwrite inner must",
    );
}

#[test]
fn an_entry_point_that_another_calls_is_not_one_by_itself() {
    check(
        "\
class WorkPhaseHandler:
    def execute(self, context):
        context['a'] = 1
        self.run(context)
    def run(self, context):
        context['b'] = 1
",
        "write a must\nwrite b must",
    );
    check(
        "\
class WorkPhaseHandler:
    def handle(self, context):
        context['a'] = 1
    def process(self, context):
        context['a'] = 1
        context['b'] = 1
",
        "write a must\nwrite a must\nwrite b may",
    );
    check("class WorkPhaseHandler:\n    def execute(self, other): ...\n", "no entry");
}

#[test]
fn a_callee_that_never_returns_ends_the_path() {
    check(
        "\
def fail(context):
    context['error'] = 1
    raise ValueError
class WorkPhaseHandler:
    def execute(self, context):
        if bad():
            fail(context)
        context['a'] = 1
",
        "write a must",
    );
}

#[test]
fn methods_of_what_a_module_holds_are_found() {
    check(
        "\
import logging
AUDIT = logging.getLogger('audit')
class Store:
    def put(self, c):
        c['stored'] = 1
STORE = Store()
class WorkPhaseHandler:
    def execute(self, context):
        STORE.put(context)
        AUDIT.emit(context)
",
        "write stored must\nopen reads",
    );
}

#[test]
fn calls_and_effects_nested_deeply_need_no_deep_stack() {
    let mut text = String::new();
    for number in 0..60 {
        text.push_str(&format!("def f{number}(c):\n"));
        for depth in 1..20 {
            text.push_str(&format!("{}if x():\n", "    ".repeat(depth)));
        }
        let indent = "    ".repeat(20);
        text.push_str(&format!("{indent}c['k{number}'] = 1\n{indent}f{}(c)\n", number + 1));
        text.push_str("    c['end']\n");
    }
    text.push_str(
        "class WorkPhaseHandler:\n    def execute(self, context):\n        f0(context)\n",
    );
    let contract = crate::tests::contract("p", &["work"]);
    let graph = crate::tests::graph(&[("p.contract.yaml", &contract), ("h.py", &text)]);
    let pipeline = crate::tests::pipeline(&graph);
    let summary = pipeline.phases[0].handlers[0].summary.as_ref().unwrap();
    assert!(summary.open_writes.is_some());
    assert!(summary.writes.len() > 4);
}

#[test]
fn a_method_that_only_raises_is_no_handler_beside_another() {
    let files = [
        (
            "base.py",
            "\
from abc import ABC, abstractmethod
class Abstract(ABC):
    phase = 'work'
    context_contract = 'work'
    @abstractmethod
    def execute(self, context): ...
class Stub:
    phase = 'work'
    context_contract = 'work'
    def execute(self, context):
        raise NotImplementedError
",
        ),
        (
            "handlers.py",
            "\
from base import Abstract, Stub
class One(Abstract):
    def execute(self, context):
        context['one'] = 1
class Two(Stub):
    def execute(self, context):
        context['two'] = 1
",
        ),
    ];
    check_files(&files, "write one must\nwrite two must");
    check_files(&files[..1], "");
}
