//! Workflows that code draws with a framework, put together across functions and files.
//!
//! One function may make the builder, another add nodes to it, and the nodes' code may stand anywhere.
//! What cannot be tied to code is an unknown reader and writer; what cannot be read of the drawing leaves
//! it open.

use facts::frameworks::{Framework, Merging};
use facts::places::{Anchor, FileId};
use text::name::Name;

use crate::handler::{ClassRef, FunctionRef};
use crate::summary::{Summary, Write};

mod action;
mod assemble;
mod handlers;
mod plan;
mod readers;
mod schema;
mod supply;
mod updates;

pub use action::{NodeCode, Runs};
pub use readers::Reader;
pub use schema::{Channel, Schema};
pub use supply::Supply;
pub use updates::{Given, GivenKey};

pub(crate) use assemble::{assemble, framework_of};
pub(crate) use handlers::handlers;
pub(crate) use updates::returned;

/// A builder of the project: its file and its index among the file's builders.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BuilderRef {
    /// The file.
    pub file: FileId,
    /// Index in [`facts::python::PythonFacts::builders`].
    pub index: u32,
}

/// A workflow that code draws.
#[derive(Clone, PartialEq, Debug)]
pub struct Drawing {
    /// What it is drawn with.
    pub framework: Framework,
    /// Where the builder is made.
    pub at: Anchor,
    /// Its nodes, in the order in which they are added.
    pub nodes: Vec<DrawnNode>,
    /// The ways between them.
    pub ways: Vec<DrawnWay>,
    /// The choices between ways.
    pub choices: Vec<DrawnChoice>,
    /// What the schemas of the workflow, of its nodes and of its choices declare together.
    pub state: Schema,
    /// What comes in.
    pub input: Schema,
    /// What goes out.
    pub output: Schema,
    /// Whether there may be more nodes and ways.
    pub open: bool,
}

/// A node.
#[derive(Clone, PartialEq, Debug)]
pub struct DrawnNode {
    /// Its name.
    pub name: Name,
    /// Where it is added.
    pub at: Anchor,
    /// What runs.
    pub runs: Runs,
    /// What it is given of the state; none where that is all that the workflow's own schema declares.
    pub input: Option<Schema>,
    /// What it gives back.
    pub given: Given,
    /// What it writes into the state that it is handed, and gives back in no way.
    pub lost: Vec<Write>,
    /// Whether something else than the state may be sent to it.
    pub is_sent_to: bool,
}

/// A way from some nodes to another.
#[derive(Clone, PartialEq, Debug)]
pub struct DrawnWay {
    /// Where it begins; several all have to be done.
    pub from: Vec<Point>,
    /// Where it ends.
    pub to: Point,
    /// Whether it is one of several that may be chosen.
    pub is_choice: bool,
    /// Where it is drawn.
    pub at: Anchor,
}

/// A choice between ways.
#[derive(Clone, PartialEq, Debug)]
pub struct DrawnChoice {
    /// The node after which it is made.
    pub from: Point,
    /// What chooses.
    pub runs: Runs,
    /// What the router is given of the state; none where that is what its node is given.
    pub input: Option<Schema>,
    /// The router's name, and what it does with the state; none where it is not tied to code.
    pub router: Option<(Name, Summary)>,
}

/// One end of a way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Point {
    /// Before the first node.
    Start,
    /// After the last.
    End,
    /// The node of this index.
    Node(usize),
    /// A name that no node has, and where it is said.
    Nobody(Name, Anchor),
    /// Not known.
    Unknown,
}

impl Drawing {
    /// What a node is given of the state.
    #[must_use]
    pub fn input_of<'d>(&'d self, node: &'d DrawnNode) -> &'d Schema {
        node.input.as_ref().unwrap_or(&self.state)
    }

    /// The names of the classes that declare the state's keys.
    #[must_use]
    pub fn schema_names(&self) -> Vec<Name> {
        self.state.classes.iter().map(|(_, name)| *name).collect()
    }

    /// Whether it is known which keys the state has: every schema could be read, and all code whose
    /// parameter may declare more.
    #[must_use]
    pub fn knows_its_keys(&self) -> bool {
        let is_tied = |runs: &Runs| !matches!(runs, Runs::Unknown);
        !self.open
            && !self.state.open
            && self.nodes.iter().all(|node| is_tied(&node.runs))
            && self.choices.iter().all(|choice| is_tied(&choice.runs))
    }
}

/// How values of a key come together, where two schemas declare it: whatever says more.
fn together(one: Merging, other: Merging) -> Merging {
    if one == Merging::Last { other } else { one }
}

/// Code as a builder's function or class sees it.
#[derive(Clone, Copy, Debug)]
struct Seen {
    file: FileId,
    class: Option<ClassRef>,
    function: Option<FunctionRef>,
}
