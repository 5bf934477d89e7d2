//! The budget kind: amounts that the phases of a pipeline share.

use syntax::yaml::NodeId;
use text::name::Name;

use crate::body::Body;
use crate::decode::view::View;
use crate::propagation::Located;
use crate::schema::{
    Became, Enumeration, Former, Key, Kind, Loader, Presence, Range, Record, Shape, Signs, Sort,
    Text,
};
use crate::shared_keys::{
    DESCRIPTION, PIPELINE_ID, SCHEMA_VERSION, all_of, contract_type, description, key, phase,
};

/// What the phases of a pipeline may spend together and each.
pub static KIND: Kind = Kind {
    name: "budget-propagation",
    title: "budget contract",
    prose: "Says how much time, money or other means a pipeline may spend, and which part of it \
            each phase gets.",
    signs: Signs {
        says: Some(("contract_type", &["budget_propagation"])),
        words: &["budget", "budgets"],
        root_keys: &[&["pipeline_id", "budgets"], &["schema_version", "budgets"]],
        foreign_keys: &["phases"],
        ..Signs::NONE
    },
    loader: Loader::Contract,
    root: &CONTRACT,
    read: |view| Body::BudgetPropagation(Box::new(contract(view))),
};

static CONTRACT: Record = Record {
    name: "budget contract",
    prose: "The document: the budgets of one pipeline.",
    keys: &[
        SCHEMA_VERSION,
        contract_type(&CONTRACT_TYPE, Presence::Required),
        PIPELINE_ID,
        DESCRIPTION,
        Key {
            name: "budgets",
            shape: Shape::list(&Shape::Record(&BUDGET)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "The budgets, each over one sort of means.",
        },
    ],
    ..Record::PLAIN
};

static CONTRACT_TYPE: Enumeration = Enumeration {
    name: "contract type",
    values: &[("budget_propagation", "A contract about what phases may spend.")],
};

static BUDGET: Record = Record {
    name: "budget",
    prose: "An amount for the whole pipeline, and how phases share it.",
    keys: &[
        Key {
            name: "budget_id",
            shape: Shape::Text(Text::Defines(Sort::Budget)),
            presence: Presence::Required,
            example: "budget-name",
            prose: "Name of the budget; code that spends from it gives this name.",
        },
        Key {
            name: "budget_type",
            shape: Shape::OneOf(&BUDGET_TYPE),
            presence: Presence::Required,
            example: "latency_ms",
            prose: "What is spent, and in which unit.",
        },
        Key {
            name: "total",
            shape: Shape::Number(Range::FROM_ZERO),
            presence: Presence::Required,
            example: "1000",
            prose: "How much there is for the whole pipeline. A budget counts as used up when \
                    exactly this much is spent, so that one of 0 is used up from the start.",
        },
        Key {
            name: "allocations",
            shape: Shape::list(&Shape::Record(&ALLOCATION)),
            presence: Presence::Default("[]"),
            example: "[{phase: phase_name, amount: 100}]",
            prose: "The parts of single phases. A phase without a part of its own is held to the \
                    total alone.",
        },
        Key {
            name: "overflow_policy",
            shape: Shape::OneOf(&OVERFLOW_POLICY),
            presence: Presence::Default("warn"),
            example: "warn",
            prose: "What follows when more is spent than there is. Nothing acts on it at run time \
                    today.",
        },
        description("What the budget is for, for people."),
    ],
    former: &[
        Former::renamed("type", "budget_type"),
        Former { name: "allocations", became: Became::List(["phase", "amount"]) },
        Former::dropped("unit", "the unit follows from `budget_type`"),
    ],
    ..Record::PLAIN
};

static BUDGET_TYPE: Enumeration = Enumeration {
    name: "budget type",
    values: &[
        ("latency_ms", "Time, in milliseconds."),
        ("cost_dollars", "Money, in dollars."),
        ("token_count", "Tokens of language models."),
        ("error_rate", "Share of calls that may fail."),
        ("custom", "Anything else that can be counted."),
    ],
};

static OVERFLOW_POLICY: Enumeration = Enumeration {
    name: "overflow policy",
    values: &[
        ("warn", "Say so and go on."),
        ("block", "Stop the phase that would spend more."),
        ("redistribute", "Take what other phases have left."),
    ],
};

static ALLOCATION: Record = Record {
    name: "allocation",
    prose: "The part of one phase.",
    keys: &[
        phase(
            "The phase that may spend this much. Of several parts for one phase the first counts.",
        ),
        Key {
            name: "amount",
            shape: Shape::Number(Range::FROM_ZERO),
            presence: Presence::Required,
            example: "100",
            prose: "How much the phase may spend, in the unit of the budget. An amount of 0 sets \
                    no limit at run time.",
        },
        description("Why the phase needs this much, for people."),
    ],
    ..Record::PLAIN
};

/// One budget contract.
#[derive(Clone, PartialEq, Debug)]
pub struct Contract {
    /// The document's root.
    pub at: NodeId,
    /// `budgets`.
    pub budgets: Vec<Budget>,
}

/// An amount that phases share.
#[derive(Clone, PartialEq, Debug)]
pub struct Budget {
    /// The mapping's node.
    pub at: NodeId,
    /// `budget_id`.
    pub id: Option<Located<Name>>,
    /// `budget_type`, as written.
    pub budget_type: Option<Located<Name>>,
    /// `total`.
    pub total: Option<Located<f64>>,
    /// `allocations`.
    pub allocations: Vec<Allocation>,
    /// `overflow_policy`, its default filled in.
    pub overflow: Overflow,
}

impl Budget {
    /// What all parts come to.
    #[must_use]
    pub fn allocated(&self) -> f64 {
        self.allocations.iter().filter_map(|part| part.amount).map(|amount| amount.value).sum()
    }
}

/// What follows when more is spent than there is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Overflow {
    /// It is said.
    Warn,
    /// The phase is stopped.
    Block,
    /// Other phases give what they have left.
    Redistribute,
}

/// The part of one phase.
#[derive(Clone, PartialEq, Debug)]
pub struct Allocation {
    /// The mapping's node.
    pub at: NodeId,
    /// `phase`.
    pub phase: Option<Located<Name>>,
    /// `amount`.
    pub amount: Option<Located<f64>>,
}

fn contract(view: &View<'_>) -> Contract {
    Contract { at: view.at, budgets: all_of(view, key!(CONTRACT.budgets), budget) }
}

fn budget(view: &View<'_>) -> Budget {
    Budget {
        at: view.at,
        id: view.text(key!(BUDGET.budget_id)),
        budget_type: view.text(key!(BUDGET.budget_type)),
        total: view.number(key!(BUDGET.total)),
        allocations: all_of(view, key!(BUDGET.allocations), allocation),
        overflow: match view.word(key!(BUDGET.overflow_policy)).0 {
            "block" => Overflow::Block,
            "redistribute" => Overflow::Redistribute,
            _ => Overflow::Warn,
        },
    }
}

fn allocation(view: &View<'_>) -> Allocation {
    Allocation {
        at: view.at,
        phase: view.text(key!(ALLOCATION.phase)),
        amount: view.number(key!(ALLOCATION.amount)),
    }
}

#[cfg(test)]
mod tests;
