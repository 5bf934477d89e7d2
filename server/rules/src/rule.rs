//! What a rule is.

use facts::contract::ContractFacts;
use facts::file::FileFacts;
use facts::places::{Anchor, FileId, LocalAnchor};
use graph::flow::Flow;
use graph::flow::verdict::Judged;
use graph::handler::ContractRef;
use graph::project::Graph;
use settings::settings::Settings;
use syntax::yaml::NodeId;

use crate::finding::Finding;
use crate::level::Level;

/// One rule: its name, how grave its findings are, its manual page and its check.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case, names the smell, reads well after "allow".
    pub name: &'static str,
    /// How grave its findings are when nobody sets another level.
    pub weight: Weight,
    /// What it reports, in one line.
    pub summary: &'static str,
    /// Its manual page, `docs/rules/<name>.md`.
    pub page: &'static str,
    /// How findings are made.
    pub check: Check,
}

/// How grave a rule's findings are by default.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weight {
    /// Always this.
    Always(Level),
    /// As the field's or chain's severity says: blocking is an error, advisory information.
    BySeverity,
    /// From the lighter to the graver, as the page says.
    Between(Level, Level),
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// One file by itself.
    File(fn(&FileScope<'_>, &mut Vec<Finding>)),
    /// One contract of another kind than propagation, with the project around it.
    Contract(fn(&ContractScope<'_>, &mut Vec<Finding>)),
    /// One pipeline, with everything that belongs to it.
    Pipeline(fn(&PipelineScope<'_, '_>, &mut Vec<Finding>)),
    /// Nothing of its own: findings are made where settings are read, where handlers are bound, or
    /// where suppressions are applied.
    Elsewhere,
}

/// One file, for rules that need nothing else.
#[derive(Clone, Copy, Debug)]
pub struct FileScope<'a> {
    /// Which file.
    pub file: FileId,
    /// What it says.
    pub facts: &'a FileFacts,
    /// What the project settles.
    pub settings: &'a Settings,
    /// Whether the workspace has a class of a name.
    pub classes: &'a dyn ClassNames,
}

impl FileScope<'_> {
    /// The anchor of a node of this file.
    #[must_use]
    pub fn anchor(&self, node: NodeId) -> Anchor {
        self.local(facts::file::anchor(node))
    }

    /// The anchor of something in this file.
    #[must_use]
    pub fn local(&self, local: LocalAnchor) -> Anchor {
        Anchor { file: self.file, local }
    }
}

/// One contract of another kind than propagation, for rules that hold it against the project.
#[derive(Clone, Copy, Debug)]
pub struct ContractScope<'a> {
    /// Which contract it is.
    pub contract: ContractRef,
    /// What it says.
    pub facts: &'a ContractFacts,
    /// The project.
    pub graph: &'a Graph,
}

impl ContractScope<'_> {
    /// The anchor of a node of the contract.
    #[must_use]
    pub fn anchor(&self, node: NodeId) -> Anchor {
        self.contract.anchor(node)
    }
}

/// One pipeline, for rules about what flows through it.
#[derive(Clone, Copy, Debug)]
pub struct PipelineScope<'f, 'p> {
    /// The flow, and with it the pipeline.
    pub flow: &'f Flow<'p>,
    /// All demands with their verdicts, in the order of the phases.
    pub judged: &'f [Judged<'f, 'p>],
}

/// The names of the workspace's classes.
pub trait ClassNames: std::fmt::Debug + Sync {
    /// Whether any Python file of the project defines a class of this name.
    fn has_class(&self, name: &str) -> bool;
}

impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        self.name == other.name
    }
}
