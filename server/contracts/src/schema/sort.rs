//! What contracts name.

/// A sort of things that contracts give names to and refer to by them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Sort {
    /// A workflow with one shared context.
    Pipeline,
    /// A step of a pipeline.
    Phase,
    /// A field of a pipeline's context; its name is a dot path.
    Field,
    /// A propagation, capability or lineage chain.
    Chain,
    /// Something that happens in a phase; the phase is a part of its identity.
    Event,
    /// A permission that phases hand on.
    Capability,
    /// An amount that phases share.
    Budget,
    /// A service that sends or receives payloads.
    Service,
    /// A field of a service's payloads; the service is a part of its identity.
    ServiceField,
    /// An evolution rule.
    EvolutionRule,
    /// An attribute of spans, events and metrics.
    Attribute,
    /// A set of values for an attribute.
    AttributeEnum,
    /// A role or agent that delegates.
    Role,
    /// A place where a run can be resumed.
    Checkpoint,
    /// A piece of configuration: a prompt, a model, a tool.
    Configuration,
    /// An objective of a manifest.
    Objective,
    /// A strategy of a manifest.
    Strategy,
    /// A tactic of a manifest.
    Tactic,
    /// A staleness constraint, a loop, a risk: what has an id for reports and is referred to by
    /// nobody.
    Label,
}

impl Sort {
    /// What one is called in messages.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Sort::Pipeline => "pipeline",
            Sort::Phase => "phase",
            Sort::Field => "field",
            Sort::Chain => "chain",
            Sort::Event => "event",
            Sort::Capability => "capability",
            Sort::Budget => "budget",
            Sort::Service => "service",
            Sort::ServiceField => "field of a service",
            Sort::EvolutionRule => "evolution rule",
            Sort::Attribute => "attribute",
            Sort::AttributeEnum => "enum",
            Sort::Role => "role",
            Sort::Checkpoint => "checkpoint",
            Sort::Configuration => "configuration",
            Sort::Objective => "objective",
            Sort::Strategy => "strategy",
            Sort::Tactic => "tactic",
            Sort::Label => "id",
        }
    }

    /// What a name of this sort belongs to: the name of its owner, which stands before it in the
    /// same mapping, is a part of its identity.
    #[must_use]
    pub fn owner(self) -> Option<Sort> {
        match self {
            Sort::Event => Some(Sort::Phase),
            Sort::ServiceField => Some(Sort::Service),
            _ => None,
        }
    }

    /// How far a name reaches.
    #[must_use]
    pub fn scope(self) -> Scope {
        match self {
            Sort::Phase
            | Sort::Field
            | Sort::Event
            | Sort::Capability
            | Sort::Budget
            | Sort::Checkpoint => Scope::Pipeline,
            Sort::Chain
            | Sort::EvolutionRule
            | Sort::AttributeEnum
            | Sort::Objective
            | Sort::Strategy
            | Sort::Tactic
            | Sort::Label => Scope::Document,
            Sort::Pipeline
            | Sort::Service
            | Sort::ServiceField
            | Sort::Attribute
            | Sort::Role
            | Sort::Configuration => Scope::Project,
        }
    }
}

/// How far a name reaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// Through all of a project.
    Project,
    /// Through all contracts and handlers of one pipeline.
    Pipeline,
    /// Through its own document.
    Document,
}
