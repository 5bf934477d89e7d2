//! The policy of a project's exports: how strict they are, and what they must cover.

use crate::body::Body;
use crate::schema::{
    Enumeration, Key, Kind, Loader, MapKeys, Presence, Range, Record, Shape, Signs, Text,
};

/// How strict a project's exports are.
pub static KIND: Kind = Kind {
    name: "quality-policy",
    title: "quality policy",
    prose: "Says how strict exports of a manifest are, how much they must cover, and what they \
            are allowed to look at.",
    signs: Signs { file_names: &[".contextcore-quality"], ..Signs::NONE },
    loader: Loader::Policy,
    root: &POLICY,
    read: Body::plain,
};

static POLICY: Record = Record {
    name: "quality policy",
    prose: "The document: one project's policy. What is absent keeps its default.",
    keys: &[
        flag("strict_quality_default", "Whether exports are strict unless told otherwise."),
        flag("forbid_no_strict_quality_in_ci", "Whether a build may not switch that off."),
        Key {
            name: "ci_bootstrap_env_var",
            shape: Shape::Text(Text::Free),
            presence: Presence::Default("CONTEXTCORE_BOOTSTRAP_JOB"),
            example: "CONTEXTCORE_BOOTSTRAP_JOB",
            prose: "The environment variable that lets a build switch it off all the same.",
        },
        Key {
            name: "coverage_thresholds_by_env",
            shape: Shape::map(MapKeys::Free, &Shape::Number(Range::FROM_ZERO.to(100.0))),
            presence: Presence::Default("{dev: 60, staging: 80, prod: 90}"),
            example: "{dev: 60, staging: 80, prod: 90}",
            prose: "The least coverage in percent, for each environment. One that is not named \
                    needs 80.",
        },
        Key {
            name: "default_environment",
            shape: Shape::Text(Text::Free),
            presence: Presence::Default("dev"),
            example: "dev",
            prose: "The environment, unless `CONTEXTCORE_ENV` names one.",
        },
        Key {
            name: "scan_path_allowlist",
            shape: Shape::list(&Shape::Text(Text::Free)),
            presence: Presence::Default(
                "[grafana/dashboards, prometheus/rules, k8s/observability, loki/rules, runbooks, \
                 alertmanager, src, proto, .github]",
            ),
            example: "[grafana/dashboards]",
            prose: "Folders in which a strict export may look for artifacts.",
        },
        Key {
            name: "schema_pins",
            shape: Shape::Record(&PINS),
            presence: Presence::Default("{}"),
            example: "{schema_version: \"1.0.0\"}",
            prose: "Versions that an export must have.",
        },
        flag("emit_quality_report_default", "Whether a report on quality is written."),
        flag("deterministic_output_default", "Whether equal inputs give equal files."),
        flag(
            "emit_run_provenance_default",
            "Whether it is written down what a run read and wrote.",
        ),
        Key {
            name: "document_write_strategy_default",
            shape: Shape::OneOf(&STRATEGY),
            presence: Presence::Default("update_existing"),
            example: "update_existing",
            prose: "What becomes of files that are there. No run heeds it today: the command \
                    line always has a value.",
        },
    ],
    ..Record::PLAIN
};

const fn flag(name: &'static str, prose: &'static str) -> Key {
    let presence = Presence::Default("true");
    Key { name, shape: Shape::Flag, presence, example: "true", prose }
}

static PINS: Record = Record {
    name: "schema pins section",
    prose: "Versions that an export must have.",
    keys: &[
        pin("manifest_api_version", "contextcore.io/v1alpha2", "Of the manifest."),
        pin(
            "onboarding_schema",
            "contextcore.io/onboarding-metadata/v1",
            "Of the onboarding file.",
        ),
        pin(
            "validation_schema",
            "contextcore.io/validation-report/v1",
            "Of the validation report.",
        ),
        pin("schema_version", "\"1.0.0\"", "Of all files together. Quote it."),
    ],
    ..Record::PLAIN
};

const fn pin(name: &'static str, default: &'static str, prose: &'static str) -> Key {
    let shape = Shape::Text(Text::Free);
    Key { name, shape, presence: Presence::Default(default), example: default, prose }
}

static STRATEGY: Enumeration = Enumeration {
    name: "write strategy",
    values: &[
        ("update_existing", "What is there is kept beside, with `.bak` behind its name."),
        ("new_output", "What is there is overwritten."),
    ],
};
