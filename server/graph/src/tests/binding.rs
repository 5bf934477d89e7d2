//! Which handlers belong to which pipelines.

use super::{contract, graph, seats};

#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let graph = graph(files);
    assert_eq!(seats(&graph), expected);
}

const PLAN: &str = "class PlanPhaseHandler:\n    def execute(self, context): ...\n";

#[test]
fn a_handler_belongs_to_the_nearest_contract_with_its_phase() {
    let near = contract("near", &["plan"]);
    let far = contract("far", &["plan"]);
    let other = contract("other", &["build"]);
    let files = [
        ("a/near.contract.yaml", near.as_str()),
        ("far.contract.yaml", &far),
        ("a/b/other.contract.yaml", &other),
        ("a/b/plan.py", PLAN),
    ];
    check(&files, &["near.plan: PlanPhaseHandler"]);
    // Beside the folders above there is one more, which is better than nothing.
    check(
        &[("x/near.contract.yaml", &near), ("y/plan.py", PLAN)],
        &["near.plan: PlanPhaseHandler"],
    );
}

#[test]
fn two_contracts_as_near_as_each_other_claim_nothing() {
    let one = contract("one", &["plan"]);
    let two = contract("two", &["plan"]);
    let files =
        [("one.contract.yaml", one.as_str()), ("two.contract.yaml", &two), ("h/plan.py", PLAN)];
    let graph = graph(&files);
    assert_eq!(seats(&graph), Vec::<String>::new());
    let ambiguous: Vec<_> = graph.ambiguous().collect();
    assert_eq!(ambiguous.len(), 1);
    assert_eq!(ambiguous[0].phase.as_str(), "plan");
    assert_eq!(ambiguous[0].candidates.len(), 2);
}

#[test]
fn phases_are_named_by_attributes_enums_decorators_and_registrations() {
    let all = contract("p", &["plan", "design", "build", "test", "ship"]);
    let enums =
        "from enum import Enum\nclass Phase(str, Enum):\n    PLAN = 'plan'\n    TEST = 'test'\n";
    let handlers = "\
from phases import Phase
class OnePhaseHandler:
    phase = Phase.PLAN
class TwoPhaseHandler:
    @property
    def phase_name(self):
        return 'design'
@phase('build')
class ThreePhaseHandler: ...
class FourPhaseHandler: ...
class ShipPhaseHandler: ...
class NoHandler:
    phase = 'plan'
";
    let main = "\
import handlers
from phases import Phase
def setup(pipeline):
    pipeline.register_handler(Phase.TEST, handlers.FourPhaseHandler())
";
    let files = [
        ("p.contract.yaml", all.as_str()),
        ("phases.py", enums),
        ("handlers.py", handlers),
        ("main.py", main),
    ];
    check(
        &files,
        &[
            "p.plan: OnePhaseHandler",
            "p.design: TwoPhaseHandler",
            "p.build: ThreePhaseHandler",
            "p.test: FourPhaseHandler",
            "p.ship: ShipPhaseHandler",
        ],
    );
}

#[test]
fn what_is_registered_together_stays_together() {
    let one = contract("one", &["plan", "build"]);
    let two = contract("two", &["plan", "test"]);
    let handlers = "\
class PlanPhaseHandler: ...
class BuildPhaseHandler: ...
class OddPhaseHandler: ...
HANDLERS = {'plan': PlanPhaseHandler, 'build': BuildPhaseHandler, 'deploi': OddPhaseHandler}
";
    let files =
        [("one.contract.yaml", one.as_str()), ("two.contract.yaml", &two), ("h.py", handlers)];
    check(
        &files,
        &[
            "one.plan: PlanPhaseHandler",
            "one.build: BuildPhaseHandler",
            "one.deploi? OddPhaseHandler",
        ],
    );
}

#[test]
fn an_attribute_or_settings_bind_a_handler_and_its_group() {
    let one = contract("one", &["plan", "build"]);
    let two = contract("two", &["plan", "build"]);
    let handlers = "\
class PlanPhaseHandler:
    pipeline = 'two'
class BuildPhaseHandler: ...
def setup(r):
    r.register_handler('plan', PlanPhaseHandler())
    r.register_handler('build', BuildPhaseHandler())
";
    let files =
        [("one.contract.yaml", one.as_str()), ("two.contract.yaml", &two), ("h.py", handlers)];
    check(&files, &["two.plan: PlanPhaseHandler", "two.build: BuildPhaseHandler"]);
    let files = [
        ("one.contract.yaml", one.as_str()),
        ("two.contract.yaml", &two),
        ("h/plan.py", PLAN),
        ("contextcore.toml", "[pipelines.one]\nfolders = [\"h\"]\n"),
    ];
    check(&files, &["one.plan: PlanPhaseHandler"]);
}

#[test]
fn bases_are_followed_and_may_lie_outside() {
    let all = contract("p", &["plan", "build", "test"]);
    let files = [
        ("p.contract.yaml", all.as_str()),
        (
            "base.py",
            "from sdk import AbstractPhaseHandler\nclass Base(AbstractPhaseHandler): ...\n",
        ),
        ("plan.py", "import base\nclass PlanHandler(base.Base): ...\n"),
        ("build.py", "from lib.steps import BaseStep\nclass BuildStep(BaseStep): ...\n"),
        ("test.py", "class TestHandler: ...\n"),
        ("contextcore.toml", "[python]\nhandler-bases = [\"lib.steps.BaseStep\"]\n"),
    ];
    check(&files, &["p.plan: PlanHandler", "p.build: BuildStep"]);
}

#[test]
fn tests_are_left_out_unless_they_are_used_elsewhere() {
    let all = contract("p", &["plan"]);
    let contract = ("p.contract.yaml", all.as_str());
    check(&[contract, ("tests/h.py", PLAN)], &[]);
    check(&[contract, ("test_h.py", PLAN)], &[]);
    let uses = "from test_h import PlanPhaseHandler\nH = {'plan': PlanPhaseHandler}\n";
    check(&[contract, ("test_h.py", PLAN), ("main.py", uses)], &["p.plan: PlanPhaseHandler"]);
    check(&[contract, ("test_h.py", PLAN), ("tests/main.py", uses)], &[]);
    let settings = ("contextcore.toml", "[python]\ncheck-tests = true\n");
    check(&[contract, ("tests/h.py", PLAN), settings], &["p.plan: PlanPhaseHandler"]);
}

#[test]
fn functions_are_handlers_where_settings_say_so() {
    let all = contract("p", &["plan", "build"]);
    let text = "@step('plan')\ndef one(context): ...\ndef build(ctx): ...\ndef other(ctx): ...\n";
    let settings = "[python]\nhandler-decorators = [\"step\"]\nhandler-functions = [\"build\"]\n";
    let files = [("p.contract.yaml", all.as_str()), ("h.py", text), ("contextcore.toml", settings)];
    check(&files, &["p.plan: one", "p.build: build"]);
}
