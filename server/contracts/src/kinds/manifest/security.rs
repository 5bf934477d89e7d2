//! What a project stores, and who may see it.

use super::keys::{optional, required, texts};
use crate::schema::{Key, Presence, Record, Shape, Text};

pub(super) static SECURITY: Record = Record {
    name: "security section",
    prose: "What a project stores, and who may see it.",
    keys: &[
        SENSITIVITY,
        Key {
            name: "dataStores",
            shape: Shape::list(&Shape::Record(&STORE)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Where it keeps data.",
        },
    ],
    ..Record::PLAIN
};

static STORE: Record = Record {
    name: "data store",
    prose: "A place where data is kept.",
    keys: &[
        required("id", "store_name", "Name of the store."),
        required("type", "postgresql", "What it is: `postgresql`, `redis`, `spanner`, ..."),
        optional("clientLibrary", "psycopg", "The library that code reaches it by."),
        optional(
            "credentialSource",
            "secrets_manager",
            "Where passwords come from: `env_var`, `secrets_manager`, `workload_identity`.",
        ),
        SENSITIVITY,
        Key {
            name: "accessPolicy",
            shape: Shape::Record(&ACCESS),
            presence: Presence::Optional,
            example: "{}",
            prose: "Who may see what is in it.",
        },
    ],
    ..Record::PLAIN
};

static ACCESS: Record = Record {
    name: "access policy",
    prose: "Who may see what is in a store.",
    keys: &[
        texts("allowedPrincipals", "Who may: `agent`, `user`, `service_account`."),
        optional("requiredRole", "reader", "The role that one needs."),
        Key {
            name: "auditAccess",
            shape: Shape::Flag,
            presence: Presence::Default("false"),
            example: "true",
            prose: "Whether every access is noted.",
        },
    ],
    ..Record::PLAIN
};

const SENSITIVITY: Key = Key {
    name: "sensitivity",
    shape: Shape::Text(Text::Free),
    presence: Presence::Default("medium"),
    example: "medium",
    prose: "How delicate the data is: `low`, `medium`, `high`.",
};
