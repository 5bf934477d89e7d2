//! A field of a propagation contract, and what may be asked of its value.

use crate::schema::{Enumeration, Key, MapKeys, Presence, Range, Record, Shape, Sort, Text};
use crate::shared_keys::SEVERITY;

pub(crate) static FIELD: Record = Record {
    name: "field",
    prose: "One field of the context, at the boundary of a phase.",
    keys: &[
        Key {
            name: "name",
            shape: Shape::Text(Text::FieldPath),
            presence: Presence::Required,
            example: "field_name",
            prose: "The field: a key of the context, or a path into nested mappings with dots, \
                    such as `domain_summary.domain`.",
        },
        Key {
            name: "type",
            shape: Shape::Text(Text::Type),
            presence: Presence::Default("str"),
            example: "str",
            prose: "The type of the value, as Python writes it. Nothing checks it at run time.",
        },
        Key {
            name: "severity",
            shape: Shape::OneOf(&SEVERITY),
            presence: Presence::Default("blocking"),
            example: "blocking",
            prose: "What follows when the field is absent. The default holds in all four lists, \
                    those of optional fields too.",
        },
        Key {
            name: "default",
            shape: Shape::Anything,
            presence: Presence::Optional,
            example: "\"\"",
            prose: "The value that stands in for an absent field. It is used at severity \
                    `warning` alone; `null` means that there is none.",
        },
        Key {
            name: "description",
            shape: Shape::Text(Text::Free),
            presence: Presence::Optional,
            example: "\"\"",
            prose: "What the field holds, for people.",
        },
        Key {
            name: "source_phase",
            shape: Shape::Text(Text::MayRefer(Sort::Phase)),
            presence: Presence::Optional,
            example: "phase_name",
            prose: "The phase that produces the field.",
        },
        Key {
            name: "constraints",
            shape: Shape::map(MapKeys::Free, &Shape::Anything),
            presence: Presence::Optional,
            example: "{}",
            prose: "Room for further conditions on the value. Nothing enforces them today.",
        },
        Key {
            name: "quality",
            shape: Shape::Record(&QUALITY),
            presence: Presence::Optional,
            example: "{metric: length, threshold: 1}",
            prose: "A measure that a value has to reach, over and above being there.",
        },
        Key {
            name: "evaluation",
            shape: Shape::Record(&EVALUATION),
            presence: Presence::Optional,
            example: "{policy: any_evaluator}",
            prose: "Who has to have judged the value before it may be used.",
        },
    ],
    ..Record::PLAIN
};

pub(crate) static QUALITY: Record = Record {
    name: "quality",
    prose: "A measure with the least that is good enough.",
    keys: &[
        Key {
            name: "metric",
            shape: Shape::Text(Text::Free),
            presence: Presence::Required,
            example: "length",
            prose: "What is measured: `line_count`, `char_count`, `section_count`, `length`, \
                    `success_rate` or `total_passed`. Any other name is passed over at run time.",
        },
        Key {
            name: "threshold",
            shape: Shape::Number(Range::ANY),
            presence: Presence::Required,
            example: "1",
            prose: "The least that is good enough.",
        },
        Key {
            name: "on_below",
            shape: Shape::OneOf(&SEVERITY),
            presence: Presence::Default("warning"),
            example: "warning",
            prose: "What follows when the measure falls short.",
        },
        Key {
            name: "description",
            shape: Shape::Text(Text::Free),
            presence: Presence::Optional,
            example: "\"\"",
            prose: "Why this much is needed, for people.",
        },
    ],
    ..Record::PLAIN
};

pub(crate) static EVALUATION: Record = Record {
    name: "evaluation",
    prose: "A judgement that a value must have passed.",
    keys: &[
        Key {
            name: "required",
            shape: Shape::Flag,
            presence: Presence::Default("true"),
            example: "true",
            prose: "Whether the judgement is asked for at all.",
        },
        Key {
            name: "policy",
            shape: Shape::OneOf(&POLICY),
            presence: Presence::Required,
            example: "any_evaluator",
            prose: "Which judgement counts.",
        },
        Key {
            name: "threshold",
            shape: Shape::Number(Range::ANY),
            presence: Presence::Optional,
            example: "0.7",
            prose: "The least score that passes. It counts with policy `score_threshold` alone.",
        },
        Key {
            name: "evaluator",
            shape: Shape::Text(Text::Free),
            presence: Presence::Optional,
            example: "\"\"",
            prose: "Who is expected to judge. Nothing compares it with who did.",
        },
        Key {
            name: "on_unevaluated",
            shape: Shape::OneOf(&SEVERITY),
            presence: Presence::Default("warning"),
            example: "warning",
            prose: "What follows when nobody has judged the value.",
        },
        Key {
            name: "on_below_threshold",
            shape: Shape::OneOf(&SEVERITY),
            presence: Presence::Default("warning"),
            example: "warning",
            prose: "What follows when the score is below `threshold`.",
        },
        Key {
            name: "description",
            shape: Shape::Text(Text::Free),
            presence: Presence::Extension,
            example: "\"\"",
            prose: "Why the judgement is needed, for people.",
        },
    ],
    ..Record::PLAIN
};

static POLICY: Enumeration = Enumeration {
    name: "policy",
    values: &[
        ("score_threshold", "Some judge gave a score of at least `threshold`."),
        ("human_or_model", "A person or a model has judged it."),
        ("human_required", "A person has judged it: the judge's id begins with `human:`."),
        ("any_evaluator", "Anybody has judged it."),
    ],
};
