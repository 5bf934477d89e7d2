//! The extension that has budgets in the pipeline's own contract.

use crate::schema::{Key, MapKeys, Presence, Range, Record, Relation, Shape, Sort, Text};
use crate::shared_keys::{DESCRIPTION, SEVERITY};

/// `budget_propagation` of a contract.
pub(super) const BUDGET_PROPAGATION: Key = Key {
    name: "budget_propagation",
    shape: Shape::Record(&BUDGETS),
    presence: Presence::Extension,
    example: "{budgets: [{budget_id: budget_name, total: 1000, unit: ms, allocations: {}}]}",
    prose: "Amounts that the phases share. A contract of its own says the same with other keys.",
};

static BUDGETS: Record = Record {
    name: "budget propagation",
    prose: "Amounts that the phases of a pipeline share.",
    keys: &[Key {
        name: "budgets",
        shape: Shape::list_of(1, &Shape::Record(&BUDGET)),
        presence: Presence::Required,
        example: "[{budget_id: budget_name, total: 1000, unit: ms, allocations: {}}]",
        prose: "The amounts, one for each thing that is spent.",
    }],
    ..Record::PLAIN
};

static BUDGET: Record = Record {
    name: "budget",
    prose: "One amount, and how much of it each phase may spend.",
    keys: &[
        Key {
            name: "budget_id",
            shape: Shape::Text(Text::Defines(Sort::Budget)),
            presence: Presence::Required,
            example: "budget_name",
            prose: "Name of the budget.",
        },
        DESCRIPTION,
        Key {
            name: "total",
            shape: Shape::Number(Range::ABOVE_ZERO),
            presence: Presence::Required,
            example: "1000",
            prose: "How much there is for the whole pipeline.",
        },
        Key {
            name: "unit",
            shape: Shape::Text(Text::Word),
            presence: Presence::Required,
            example: "ms",
            prose: "What is counted: `ms`, `retries`, `tokens`, `usd`, or a word of your own.",
        },
        Key {
            name: "allocations",
            shape: Shape::map(MapKeys::Refers(Sort::Phase), &Shape::Number(Range::FROM_ZERO)),
            presence: Presence::Required,
            example: "{}",
            prose: "How much each phase may spend; together no more than `total`. What a phase \
                    spends that has no share counts as too much.",
        },
        Key {
            name: "on_exceeded",
            shape: Shape::OneOf(&SEVERITY),
            presence: Presence::Default("warning"),
            example: "warning",
            prose: "What follows when a phase spends more than its share.",
        },
    ],
    relations: &[Relation::SumAtMost { parts: "allocations", total: "total" }],
    ..Record::PLAIN
};
