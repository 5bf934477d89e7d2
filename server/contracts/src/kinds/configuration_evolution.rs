//! The kind that says how prompts, models and tools may change: an announced extension.

use crate::body::Body;
use crate::forms::{SHA256, VERSION};
use crate::schema::{
    Enumeration, Key, Kind, Loader, Presence, Range, Record, Relation, Shape, Signs, Sort, Text,
};
use crate::shared_keys::{DESCRIPTION, SCHEMA_VERSION};

/// Which configuration there is, and how it may change.
pub static KIND: Kind = Kind {
    name: "configuration-evolution",
    title: "configuration evolution contract",
    prose: "Keeps the versions of prompts, models, instructions, tools and guards, and says what \
            a new version has to pass before it is used. No loader reads it yet.",
    signs: Signs {
        says: Some(("contract_type", &["configuration_evolution"])),
        words: &["config-evolution", "configuration-evolution"],
        root_keys: &[&["configurations", "evolution_rules"]],
        ..Signs::NONE
    },
    loader: Loader::Announced,
    root: &CONTRACT,
    read: Body::plain,
};

static CONTRACT: Record = Record {
    name: "contract",
    prose: "The document: configurations and the rules of their change.",
    keys: &[
        SCHEMA_VERSION,
        Key {
            name: "contract_type",
            shape: Shape::OneOf(&CONTRACT_TYPE),
            presence: Presence::Default("configuration_evolution"),
            example: "configuration_evolution",
            prose: "What kind of contract this is.",
        },
        DESCRIPTION,
        Key {
            name: "configurations",
            shape: Shape::list(&Shape::Record(&CONFIGURATION)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "The pieces of configuration, with their versions.",
        },
        Key {
            name: "evolution_rules",
            shape: Shape::list(&Shape::Record(&RULE)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "What a new version has to pass. The first rule whose scope fits counts.",
        },
    ],
    ..Record::PLAIN
};

static CONTRACT_TYPE: Enumeration = Enumeration {
    name: "contract type",
    values: &[("configuration_evolution", "How configuration may change.")],
};

static CONFIGURATION: Record = Record {
    name: "configuration",
    prose: "A prompt, a model, a tool: what decides how agents behave.",
    keys: &[
        Key {
            name: "config_id",
            shape: Shape::Text(Text::Defines(Sort::Configuration)),
            presence: Presence::Required,
            example: "generation_prompt",
            prose: "Name of the configuration.",
        },
        Key {
            name: "type",
            shape: Shape::OneOf(&TYPE),
            presence: Presence::Required,
            example: "prompt_template",
            prose: "What it is.",
        },
        Key {
            name: "current_version",
            shape: Shape::Text(Text::Matching(&VERSION)),
            presence: Presence::Required,
            example: "v1.0.0",
            prose: "The version in use. Where there is a history, it stands in there.",
        },
        Key {
            name: "version_history",
            shape: Shape::list(&Shape::Record(&HISTORY)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Its versions, the newest first.",
        },
        DESCRIPTION,
        Key {
            name: "owner",
            shape: Shape::Text(Text::Free),
            presence: Presence::Optional,
            example: "team_name",
            prose: "The team that answers for it.",
        },
    ],
    relations: &[Relation::Listed {
        key: "current_version",
        list: "version_history",
        item: "version",
    }],
    ..Record::PLAIN
};

static HISTORY: Record = Record {
    name: "version",
    prose: "One version of a configuration.",
    keys: &[
        Key {
            name: "version",
            shape: Shape::Text(Text::Matching(&VERSION)),
            presence: Presence::Required,
            example: "v1.0.0",
            prose: "The version.",
        },
        Key {
            name: "hash",
            shape: Shape::Text(Text::Matching(&SHA256)),
            presence: Presence::Required,
            example: "\"sha256:0\"",
            prose: "What its content hashes to.",
        },
        Key {
            name: "deployed_at",
            shape: Shape::Text(Text::Free),
            presence: Presence::Required,
            example: "\"2026-01-31T10:00:00Z\"",
            prose: "Since when it has been in use. Quote it: a bare time is no text.",
        },
        Key {
            name: "change_description",
            shape: Shape::Text(Text::Free),
            presence: Presence::Optional,
            example: "\"\"",
            prose: "What is new about it.",
        },
        Key {
            name: "author",
            shape: Shape::Text(Text::Free),
            presence: Presence::Optional,
            example: "\"\"",
            prose: "Who made it.",
        },
    ],
    ..Record::PLAIN
};

static RULE: Record = Record {
    name: "evolution rule",
    prose: "What new versions of some configurations have to pass.",
    keys: &[
        Key {
            name: "rule_id",
            shape: Shape::Text(Text::Defines(Sort::EvolutionRule)),
            presence: Presence::Required,
            example: "rule_name",
            prose: "Name of the rule, in reports.",
        },
        Key {
            name: "scope",
            shape: Shape::Text(Text::Free),
            presence: Presence::Required,
            example: "prompt_template",
            prose: "What it is about: a type, or what the names of some configurations begin with.",
        },
        Key {
            name: "policy",
            shape: Shape::OneOf(&POLICY),
            presence: Presence::Required,
            example: "gated_promotion",
            prose: "How strict it is.",
        },
        Key {
            name: "requirements",
            shape: Shape::Record(&REQUIREMENTS),
            presence: Presence::Required,
            example: "{regression_check: true}",
            prose: "What is asked for, one thing at least.",
        },
        DESCRIPTION,
    ],
    ..Record::PLAIN
};

static REQUIREMENTS: Record = Record {
    name: "requirements section",
    prose: "What a new version has to pass.",
    keys: &[
        Key {
            name: "quality_threshold",
            shape: Shape::Number(Range::SHARE),
            presence: Presence::Optional,
            example: "0.85",
            prose: "The least score that passes.",
        },
        check("regression_check", "Whether results are held against those of the old version."),
        check("schema_compatible", "Whether results must keep their form."),
        check("output_quality_check", "Whether the quality of results is looked at."),
        Key {
            name: "human_approval",
            shape: Shape::OneOf(&APPROVAL),
            presence: Presence::Default("none"),
            example: "required",
            prose: "Whether a person has to agree.",
        },
    ],
    relations: &[Relation::SomeActive],
    ..Record::PLAIN
};

const fn check(name: &'static str, prose: &'static str) -> Key {
    let presence = Presence::Default("false");
    Key { name, shape: Shape::Flag, presence, example: "true", prose }
}

static TYPE: Enumeration = Enumeration {
    name: "configuration type",
    values: &[
        ("prompt_template", "A prompt with places to fill in."),
        ("model_config", "A model and its parameters."),
        ("system_instruction", "What a model is told first."),
        ("tool_config", "A tool and its parameters."),
        ("guard_config", "What keeps results within bounds."),
    ],
};

static POLICY: Enumeration = Enumeration {
    name: "promotion policy",
    values: &[
        ("gated_promotion", "A new version has to pass gates."),
        ("backward_compatible", "A new version has to fit with what is there."),
        ("unrestricted", "Any change is let through and noted."),
    ],
};

static APPROVAL: Enumeration = Enumeration {
    name: "human approval",
    values: &[
        ("required", "A person has to agree."),
        ("optional", "A person may look."),
        ("none", "Nobody is asked."),
    ],
};
