//! What a project strives for, in numbers.

use super::keys::{one_of, optional, required};
use crate::schema::{
    Enumeration, Key, Pattern, Presence, Range, Record, Relation, Shape, Sort, Text,
};

pub(in crate::kinds) static OBJECTIVE: Record = Record {
    name: "objective",
    prose: "Something that a project strives for.",
    keys: &[
        Key {
            name: "id",
            shape: Shape::Text(Text::Defines(Sort::Objective)),
            presence: Presence::Required,
            example: "OBJ-NAME",
            prose: "The objective's id.",
        },
        DESCRIPTION,
        KEY_RESULTS,
    ],
    ..Record::PLAIN
};

/// `description` of an objective.
pub(in crate::kinds) const DESCRIPTION: Key =
    required("description", "\"\"", "What is to be reached.");

/// `keyResults` of an objective.
pub(in crate::kinds) const KEY_RESULTS: Key = Key {
    name: "keyResults",
    shape: Shape::list(&ONE_KEY_RESULT),
    presence: Presence::Default("[]"),
    example: "[]",
    prose: "The numbers by which one sees that it is reached.",
};

static ONE_KEY_RESULT: Shape = Shape::Record(&KEY_RESULT);

static KEY_RESULT: Record = Record {
    name: "key result",
    prose: "A number that is to be reached.",
    keys: &[
        required(
            "metricKey",
            "availability",
            "What is measured. `availability` is in `%`, and `latency.p99` and the like in `ms` \
             or `s`.",
        ),
        Key {
            name: "unit",
            shape: Shape::OneOf(&UNIT),
            presence: Presence::Required,
            example: "\"%\"",
            prose: "What the numbers count.",
        },
        Key {
            name: "target",
            shape: Shape::Number(Range::ANY),
            presence: Presence::Required,
            example: "99.9",
            prose: "The number to reach.",
        },
        one_of(
            "targetOperator",
            &OPERATOR,
            "On which side of the target it is good to be. Without it, less is better of what is \
             called latency, duration, error and the like, and more is better of the rest.",
        ),
        Key {
            name: "baseline",
            shape: Shape::Number(Range::ANY),
            presence: Presence::Optional,
            example: "99.5",
            prose: "The number today.",
        },
        optional("window", "30d", "Over how long it is measured."),
        optional("dataSource", "\"\"", "The query that gives the number."),
    ],
    relations: &[
        Relation::Word { key: "unit", by: "metricKey", form: &AVAILABILITY, words: &["%"] },
        Relation::Word { key: "unit", by: "metricKey", form: &LATENCY, words: &["ms", "s"] },
    ],
    ..Record::PLAIN
};

static AVAILABILITY: Pattern = Pattern::new("the metric `availability`", "^availability$");

static LATENCY: Pattern = Pattern::new("a metric such as `latency.p99`", r"^latency\.");

static UNIT: Enumeration = Enumeration {
    name: "unit",
    values: &[
        ("%", "Percent."),
        ("ms", "Milliseconds."),
        ("s", "Seconds."),
        ("rps", "Requests in a second."),
        ("rpm", "Requests in a minute."),
        ("count", "A count."),
        ("ratio", "A share of one."),
    ],
};

static OPERATOR: Enumeration = Enumeration {
    name: "target operator",
    values: &[
        ("gte", "The target or more."),
        ("lte", "The target or less."),
        ("eq", "Exactly the target."),
    ],
};
