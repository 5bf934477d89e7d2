//! What a project runs, and how much depends on it.

use super::keys::{formed, one_of, optional, required, texts};
use crate::forms::{DURATION, PERCENTAGE, THROUGHPUT, URL};
use crate::schema::{Enumeration, Key, Presence, Record, Shape, Sort, Text};

pub(in crate::kinds) static SPEC: Record = Record {
    name: "spec section",
    prose: "What a project runs, and how much depends on it.",
    keys: &[
        Key {
            name: "project",
            shape: Shape::Record(&PROJECT),
            presence: Presence::Required,
            example: "{id: project_name}",
            prose: "Which project this is.",
        },
        part("design", &DESIGN, "Where its design is written down."),
        part("business", &BUSINESS, "How much the business depends on it."),
        part("requirements", &REQUIREMENTS, "How well it has to run."),
        Key {
            name: "risks",
            shape: Shape::list(&Shape::Record(&RISK)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "What may go wrong.",
        },
        Key {
            name: "targets",
            shape: Shape::list_of(1, &Shape::Record(&TARGET)),
            presence: Presence::Required,
            example: "[{kind: Deployment, name: app}]",
            prose: "What runs in the cluster, one thing at least.",
        },
        part("observability", &super::observability::OBSERVABILITY, "How it is watched."),
        part("security", &super::security::SECURITY, "What it stores, and who may see it."),
    ],
    ..Record::PLAIN
};

const fn part(name: &'static str, record: &'static Record, prose: &'static str) -> Key {
    let shape = Shape::Record(record);
    Key { name, shape, presence: Presence::Optional, example: "{}", prose }
}

static PROJECT: Record = Record {
    name: "project",
    prose: "Which project this is.",
    keys: &[
        required("id", "project_name", "The project's id."),
        optional("epic", "EPIC-1", "The epic that it belongs to."),
        texts("tasks", "Its tasks, by their ids."),
        optional("traceId", "\"\"", "The trace in which it is told."),
    ],
    one_spelling: &["traceId"],
    ..Record::PLAIN
};

static DESIGN: Record = Record {
    name: "design section",
    prose: "Where a project's design is written down.",
    keys: &[
        formed("doc", &URL, "https://example.com/design", "The design document."),
        optional("adr", "ADR-1", "The decision record, by its id or address."),
        formed("apiContract", &URL, "https://example.com/openapi.yaml", "The API, described."),
        Key {
            name: "diagrams",
            shape: Shape::list(&Shape::Text(Text::Matching(&URL))),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Its drawings.",
        },
    ],
    one_spelling: &["apiContract"],
    ..Record::PLAIN
};

static BUSINESS: Record = Record {
    name: "business section",
    prose: "How much the business depends on a project.",
    keys: &[
        one_of("criticality", &CRITICALITY, "How grave an outage is."),
        one_of("value", &VALUE, "What it is good for."),
        optional("owner", "team_name", "The team that owns it."),
        optional("costCenter", "team_name", "Who pays for it."),
        texts("stakeholders", "Who wants to hear of it."),
    ],
    one_spelling: &["costCenter"],
    ..Record::PLAIN
};

static REQUIREMENTS: Record = Record {
    name: "requirements section",
    prose: "How well a project has to run.",
    keys: &[
        formed("availability", &PERCENTAGE, "\"99.9\"", "Percent of the time. Quote it."),
        formed("latencyP50", &DURATION, "50ms", "How long half of the requests take at most."),
        formed("latencyP99", &DURATION, "200ms", "How long nearly all requests take at most."),
        formed(
            "errorBudget",
            &PERCENTAGE,
            "\"0.1\"",
            "Percent of requests that may fail. Quote it.",
        ),
        formed("throughput", &THROUGHPUT, "1000rps", "How many requests there may be."),
        optional("source", "\"\"", "Where these numbers come from."),
    ],
    ..Record::PLAIN
};

static RISK: Record = Record {
    name: "risk",
    prose: "Something that may go wrong.",
    keys: &[
        Key {
            name: "type",
            shape: Shape::OneOf(&RISK_TYPE),
            presence: Presence::Required,
            example: "availability",
            prose: "What would suffer.",
        },
        optional("description", "\"\"", "What may happen."),
        one_of("priority", &PRIORITY, "How loud the alarm is."),
        Key {
            name: "mitigation",
            shape: Shape::Text(Text::Mentions(&[
                ("STRAT-", Sort::Strategy),
                ("TAC-", Sort::Tactic),
            ])),
            presence: Presence::Optional,
            example: "TAC-NAME",
            prose: "What is done about it: a strategy or a tactic by its id, or any words.",
        },
        texts("controls", "What is in place already."),
    ],
    ..Record::PLAIN
};

static TARGET: Record = Record {
    name: "target",
    prose: "Something that runs in the cluster.",
    keys: &[
        Key {
            name: "kind",
            shape: Shape::OneOf(&TARGET_KIND),
            presence: Presence::Required,
            example: "Deployment",
            prose: "What it is to the cluster.",
        },
        required("name", "app", "Its name in the cluster."),
        optional("namespace", "default", "Where in the cluster it is."),
    ],
    ..Record::PLAIN
};

static CRITICALITY: Enumeration = Enumeration {
    name: "criticality",
    values: &[
        ("critical", "The business stands still without it."),
        ("high", "Customers notice at once."),
        ("medium", "It hurts after a while."),
        ("low", "Few would notice."),
    ],
};

static VALUE: Enumeration = Enumeration {
    name: "business value",
    values: &[
        ("revenue-primary", "It earns the money."),
        ("revenue-secondary", "It helps to earn money."),
        ("cost-reduction", "It saves money."),
        ("compliance", "The law asks for it."),
        ("enabler", "Others build on it."),
        ("internal", "It is for ourselves."),
    ],
};

static RISK_TYPE: Enumeration = Enumeration {
    name: "risk type",
    values: &[
        ("security", "Somebody gets in."),
        ("compliance", "A rule is broken."),
        ("data-integrity", "Data is wrong or lost."),
        ("availability", "It does not answer."),
        ("financial", "It costs money."),
        ("reputational", "It costs trust."),
    ],
};

static PRIORITY: Enumeration = Enumeration {
    name: "alert priority",
    values: &[
        ("P1", "Somebody is called at once."),
        ("P2", "Somebody looks today."),
        ("P3", "Somebody looks this week."),
        ("P4", "It is noted."),
    ],
};

static TARGET_KIND: Enumeration = Enumeration {
    name: "target kind",
    values: &[
        ("Deployment", "Copies of a program that keep nothing."),
        ("StatefulSet", "Copies of a program that keep their data."),
        ("DaemonSet", "A program on every machine."),
        ("Service", "A name under which programs are reached."),
        ("Ingress", "A way in from outside."),
        ("ConfigMap", "Configuration."),
        ("Secret", "Passwords and keys."),
        ("CronJob", "Work by the clock."),
        ("Job", "Work that ends."),
    ],
};
