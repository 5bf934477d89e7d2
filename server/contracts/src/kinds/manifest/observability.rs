//! How a project is watched.

use super::keys::{formed, one_of, texts};
use crate::forms::{DURATION, URL};
use crate::schema::{Enumeration, Key, Presence, Range, Record, Shape};

pub(super) static OBSERVABILITY: Record = Record {
    name: "observability section",
    prose: "How a project is watched. What is absent follows from its business.",
    keys: &[
        Key {
            name: "traceSampling",
            shape: Shape::Number(Range::SHARE),
            presence: Presence::Optional,
            example: "0.1",
            prose: "The share of requests that are traced.",
        },
        formed("metricsInterval", &DURATION, "30s", "How often metrics are taken."),
        one_of("logLevel", &LOG_LEVEL, "How much is logged."),
        one_of("dashboardPlacement", &PLACEMENT, "Where its dashboard is shown."),
        texts("alertChannels", "Where alarms go."),
        formed("runbook", &URL, "https://example.com/runbook", "What to do when there is one."),
    ],
    ..Record::PLAIN
};

static LOG_LEVEL: Enumeration = Enumeration {
    name: "log level",
    values: &[
        ("debug", "Everything."),
        ("info", "What happens."),
        ("warn", "What looks wrong."),
        ("error", "What is wrong."),
    ],
};

static PLACEMENT: Enumeration = Enumeration {
    name: "dashboard placement",
    values: &[
        ("featured", "In front."),
        ("standard", "Among the others."),
        ("archived", "Put away."),
    ],
};
