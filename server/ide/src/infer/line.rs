//! The phases of a workflow in the order in which they run, as far as that shows.

use facts::places::Anchor;
use graph::code_contract::CodeContract;
use graph::handler::Code;
use graph::project::Graph;
use graph::summary::Summary;
use graph::workflow::{Member, Registered, Work, Workflow};
use rustc_hash::FxHashSet;
use text::name::Name;

/// The phases of a workflow, one after another.
pub(super) struct Line {
    pub(super) steps: Vec<Step>,
    /// Whether nothing but the flow of data speaks for the order of some of them.
    pub(super) is_guessed: bool,
}

/// A phase.
pub(super) struct Step {
    pub(super) name: Name,
    pub(super) doers: Vec<Doer>,
    /// Where a handler of it is registered first.
    pub(super) registered: Option<Registered>,
}

/// A handler of a phase. Of several, one runs.
pub(super) struct Doer {
    pub(super) name: Name,
    pub(super) at: Anchor,
    /// What it does; none where it has no entry point.
    pub(super) summary: Option<Summary>,
    pub(super) declares: CodeContract,
    /// Whether it does nothing but raise.
    is_stub: bool,
}

impl Step {
    /// What its handlers do, as far as that is known.
    pub(super) fn summaries(&self) -> impl Iterator<Item = &Summary> {
        self.doers.iter().filter_map(|doer| doer.summary.as_ref())
    }

    /// Whether its code may write more than can be seen.
    pub(super) fn is_open_for_writes(&self) -> bool {
        self.doers
            .iter()
            .any(|doer| doer.summary.as_ref().is_none_or(|done| done.open_writes.is_some()))
    }
}

/// The phases of a workflow: registered ones in the order of their registrations, then the others,
/// each after those that write what it reads.
pub(super) fn of(graph: &Graph, workflow: &Workflow) -> Line {
    let codes: Vec<Code> = workflow.members.iter().map(|member| member.code).collect();
    let (works, _) = graph.work_of(&codes);
    let mut steps: Vec<Step> = Vec::new();
    for (member, work) in workflow.members.iter().zip(works) {
        let doer = doer(member, work);
        match steps.iter_mut().find(|step| step.name == member.phase.name) {
            Some(step) => {
                step.registered = step.registered.into_iter().chain(member.registered).min();
                step.doers.push(doer);
            }
            None => steps.push(Step {
                name: member.phase.name,
                doers: vec![doer],
                registered: member.registered,
            }),
        }
    }
    for step in &mut steps {
        if step.doers.iter().any(|doer| !doer.is_stub) {
            step.doers.retain(|doer| !doer.is_stub);
        }
    }
    let (mut registered, others): (Vec<Step>, Vec<Step>) =
        steps.into_iter().partition(|step| step.registered.is_some());
    registered.sort_by_key(|step| step.registered);
    let is_guessed = others.len() > 1 || (!others.is_empty() && !registered.is_empty());
    registered.extend(by_flow(others));
    Line { steps: registered, is_guessed }
}

fn doer(member: &Member, work: Work) -> Doer {
    Doer {
        name: member.name,
        at: member.at,
        is_stub: work.outcome.as_ref().is_some_and(|outcome| !outcome.returns),
        summary: work.outcome.map(|outcome| outcome.summary),
        declares: work.declares,
    }
}

/// The keys that a phase takes from those before it, and the keys that it writes.
struct Keys {
    read: FxHashSet<Name>,
    written: FxHashSet<Name>,
}

impl Keys {
    fn of(step: &Step) -> Keys {
        let reads = step.summaries().flat_map(|done| &done.reads).filter(|read| read.exposed);
        let writes = step.summaries().flat_map(|done| &done.writes);
        Keys {
            read: reads.map(|read| read.path.root()).collect(),
            written: writes.map(|write| write.path.root()).collect(),
        }
    }

    /// Whether this phase writes something that `other` reads. Of two that read and write the same,
    /// neither is the one to come first.
    fn feed(&self, other: &Keys) -> bool {
        self.written.iter().any(|key| {
            other.read.contains(key) && !(other.written.contains(key) && self.read.contains(key))
        })
    }
}

/// Each phase after those that feed it, and else as they stand in the code. Where they feed each
/// other in a circle, the first in the code begins.
fn by_flow(steps: Vec<Step>) -> Vec<Step> {
    let with_keys = |step: Step| {
        let keys = Keys::of(&step);
        (step, keys)
    };
    let mut left: Vec<(Step, Keys)> = steps.into_iter().map(with_keys).collect();
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let is_free = |one: usize| {
            left.iter()
                .enumerate()
                .all(|(other, (_, keys))| other == one || !keys.feed(&left[one].1))
        };
        let next = (0..left.len()).find(|one| is_free(*one)).unwrap_or(0);
        ordered.push(left.remove(next).0);
    }
    ordered
}
