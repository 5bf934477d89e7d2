//! Workflows that code draws with a framework: what one function, or a module's own code, says of them.
//!
//! An adapter reads the calls of its framework into the neutral forms of this module and knows no other
//! file. `graph` follows the names and puts the pieces of one workflow together.

use text::name::Name;

use crate::places::LocalAnchor;
use crate::python::{Constant, Dotted};

pub(crate) mod langgraph;

/// A framework with which code draws workflows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Framework {
    /// LangGraph.
    LangGraph,
}

/// How several values of one key come together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Merging {
    /// The last one stays.
    Last,
    /// A function puts them together.
    Reduced,
    /// A function puts them together that takes no value twice.
    Keyed,
    /// The framework gives the value; nobody writes it.
    Managed,
}

impl Framework {
    /// The framework whose builder a class outside the project is, by its dotted name.
    #[must_use]
    pub fn of_builder(class: &str) -> Option<Framework> {
        langgraph::BUILDER_CLASSES.contains(&class).then_some(Framework::LangGraph)
    }

    /// What its users call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Framework::LangGraph => "LangGraph",
        }
    }

    /// The names of the nodes before the first and after the last.
    #[must_use]
    pub fn ends(self) -> [&'static str; 2] {
        match self {
            Framework::LangGraph => [langgraph::START, langgraph::END],
        }
    }

    /// The node that a constant of the framework names.
    #[must_use]
    pub fn point(self, constant: &str) -> Option<&'static str> {
        match self {
            Framework::LangGraph => langgraph::point(constant),
        }
    }

    /// The keys of a schema that the framework brings.
    #[must_use]
    pub fn schema(self, class: &str) -> Option<&'static [(&'static str, Merging)]> {
        match self {
            Framework::LangGraph => langgraph::schema(class),
        }
    }

    /// Whether what a class or function outside the project makes adds no key to a workflow when it is
    /// a node, whatever else it does.
    #[must_use]
    pub fn adds_no_key(self, maker: &str) -> bool {
        match self {
            Framework::LangGraph => langgraph::adds_no_key(maker),
        }
    }

    /// How a reducer puts values together, by the last part of its name.
    #[must_use]
    pub fn merging_of_reducer(self, name: &str) -> Merging {
        match self {
            Framework::LangGraph => langgraph::merging_of_reducer(name),
        }
    }

    /// How the values of a key of this type come together, by the last name of the type.
    #[must_use]
    pub fn merging_of_type(self, type_name: &str) -> Merging {
        match self {
            Framework::LangGraph => langgraph::merging_of_type(type_name),
        }
    }
}

/// An object by which code draws a workflow, and what one function does with it.
#[derive(Clone, PartialEq, Debug)]
pub struct Builder {
    /// The function, by its index in [`crate::python::PythonFacts::functions`]; none for the module's
    /// own code.
    pub function: Option<u32>,
    /// Where the object comes from.
    pub origin: Origin,
    /// What is done with it, in order.
    pub steps: Box<[Step]>,
    /// Names of the module that stand for it, or for its workflow, in the end.
    pub names: Box<[Name]>,
    /// Whether the function returns it, or its workflow.
    pub is_returned: bool,
    /// Where it is made, or is first used.
    pub at: LocalAnchor,
}

/// Where a builder comes from.
#[derive(Clone, PartialEq, Debug)]
pub enum Origin {
    /// The function makes it.
    Made {
        /// The class, as it is named here.
        class: Dotted,
        /// The schemas that it is given.
        schemas: Schemas,
        /// The attribute of `self` in which it is kept.
        kept: Option<Name>,
    },
    /// An attribute of `self`, which another method has filled.
    SelfAttribute(Name),
    /// The parameter of this index.
    Parameter(u32),
}

/// The classes that say what a workflow's state holds.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Schemas {
    /// Everything; none where it cannot be told.
    pub state: Option<Schema>,
    /// What it takes from its caller; as `state`, where nothing is said.
    pub input: Option<Schema>,
    /// What it gives back; as `state`, where nothing is said.
    pub output: Option<Schema>,
}

/// A class that is named as a schema.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Schema {
    /// The class.
    pub class: Dotted,
    /// Where it is named.
    pub at: LocalAnchor,
}

/// One thing that is done with a builder.
#[derive(Clone, PartialEq, Debug)]
pub enum Step {
    /// A node is added.
    Node(Node),
    /// A way from one node to another is added.
    Edge(Edge),
    /// A choice of ways is added.
    Choice(Choice),
    /// It is handed to a function, which may do more: what is called, and the position of the argument.
    Handed(Action, u32),
    /// Something that cannot be followed: there may be more nodes and ways.
    Open,
}

/// A node of a workflow.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    /// Its name; none where it is called as its function is.
    pub name: Option<Constant>,
    /// What it does.
    pub action: Action,
    /// The schema of what it is given, where that is said when it is added.
    pub input: Option<Schema>,
    /// Nodes to which it says it may go by itself.
    pub goes_to: Box<[Target]>,
    /// The place of its name.
    pub at: LocalAnchor,
}

/// What runs: a node's code, or what chooses a way.
#[derive(Clone, PartialEq, Debug)]
pub enum Action {
    /// A function of this file, by its index.
    Function(u32),
    /// What a name stands for in the module.
    Name(Dotted),
    /// A method of the object that the builder's own code belongs to.
    SelfMethod(Name),
    /// What a call gives: a function that it makes, or an object that can be called.
    Made(Box<Action>),
    /// A method of what an action stands for.
    Method(Box<Action>, Name),
    /// A function with so many of its first arguments given.
    Partial(Box<Action>, u32),
    /// The workflow of another builder of the same function, by its position there.
    Workflow(u32),
    /// Not known.
    Unknown,
}

/// A node where a way begins or ends.
#[derive(Clone, PartialEq, Debug)]
pub struct Target {
    /// Its name.
    pub name: Constant,
    /// Where it is named.
    pub at: LocalAnchor,
}

/// A way from nodes to a node.
#[derive(Clone, PartialEq, Debug)]
pub struct Edge {
    /// The nodes that all have to be done before.
    pub from: Box<[Target]>,
    /// The node after them.
    pub to: Target,
}

/// A choice between ways.
#[derive(Clone, PartialEq, Debug)]
pub struct Choice {
    /// The node after which it is made.
    pub from: Target,
    /// What chooses.
    pub router: Action,
    /// The nodes that it may choose; none where nothing but the router's own words say it.
    pub ways: Option<Box<[Way]>>,
}

/// A way that may be chosen.
#[derive(Clone, PartialEq, Debug)]
pub struct Way {
    /// What the router gives to choose it; none where that is the node's name.
    pub label: Option<Constant>,
    /// The node.
    pub to: Target,
}

/// What a function gives back as changes of a state, and where it says to go on.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Update {
    /// The keys, each place once, in the order of the text.
    pub keys: Box<[UpdatedKey]>,
    /// Calls whose results it gives back as they are.
    pub calls: Box<[ReturnedCall]>,
    /// Where all of its first parameter is given back.
    pub whole: Option<LocalAnchor>,
    /// Where more may be given back than is listed.
    pub open: Option<LocalAnchor>,
    /// What it says of where to go on.
    pub words: Box<[Word]>,
}

/// The name of a node, or what stands for one, in what a function gives back.
#[derive(Clone, PartialEq, Debug)]
pub struct Word {
    /// What is said.
    pub target: Target,
    /// How it is said.
    pub saying: Saying,
}

/// How a function says where to go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Saying {
    /// With a word, as routers do.
    Plain,
    /// With a command, as nodes may.
    Command,
    /// With something that is given to the node in place of the state.
    Send,
}

/// A key that a function gives back.
#[derive(Clone, PartialEq, Debug)]
pub struct UpdatedKey {
    /// The key.
    pub key: Constant,
    /// Whether it is given back whenever the function returns.
    pub must: bool,
    /// Whether it is meant for the workflow around the one that the function is a node of.
    pub to_parent: bool,
    /// The key's place.
    pub at: LocalAnchor,
}

/// A call whose result is given back.
#[derive(Clone, PartialEq, Debug)]
pub struct ReturnedCall {
    /// What is called.
    pub callee: Action,
    /// Where.
    pub at: LocalAnchor,
}
