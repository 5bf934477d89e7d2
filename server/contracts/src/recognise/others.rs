//! Contract kinds that are known by their signs and not read, so that they are left in peace.

struct Other {
    name: &'static str,
    contract_types: &'static [&'static str],
    /// Words of file names, before or instead of `contract`.
    words: &'static [&'static str],
    /// Root keys that, together, only this kind has.
    root_keys: &'static [&'static [&'static str]],
}

static OTHERS: &[Other] = &[
    Other {
        name: "schema-compatibility",
        contract_types: &["schema_compatibility"],
        words: &["compat"],
        root_keys: &[
            &["schema_version", "mappings"],
            &["schema_version", "evolution_rules"],
            &["schema_version", "versions"],
        ],
    },
    Other {
        name: "semantic-conventions",
        contract_types: &["semantic_conventions", "semantic_convention"],
        words: &["semconv", "convention", "conventions"],
        root_keys: &[
            &["schema_version", "namespace"],
            &["namespace", "attributes"],
            &["schema_version", "attributes"],
        ],
    },
    Other {
        name: "causal-ordering",
        contract_types: &["causal_ordering"],
        words: &["ordering"],
        root_keys: &[&["pipeline_id", "dependencies"], &["schema_version", "dependencies"]],
    },
    Other {
        name: "capability-propagation",
        contract_types: &["capability_propagation"],
        words: &["capability", "capabilities"],
        root_keys: &[&["pipeline_id", "capabilities"], &["capabilities", "phases"]],
    },
    Other {
        name: "budget-propagation",
        contract_types: &["budget_propagation"],
        words: &["budget", "budgets"],
        root_keys: &[&["pipeline_id", "budgets"], &["schema_version", "budgets"]],
    },
    Other {
        name: "data-lineage",
        contract_types: &["data_lineage"],
        words: &["lineage"],
        root_keys: &[
            &["pipeline_id", "chains"],
            &["schema_version", "chains"],
            &["pipeline_id", "lineage_chains"],
        ],
    },
    Other {
        name: "delegation-authority",
        contract_types: &["delegation_authority"],
        words: &["delegation-authority"],
        root_keys: &[],
    },
    Other {
        name: "configuration-evolution",
        contract_types: &["configuration_evolution"],
        words: &["config-evolution"],
        root_keys: &[],
    },
];

/// The kind that a `contract_type` names.
pub(super) fn by_contract_type(word: &str) -> Option<&'static str> {
    OTHERS.iter().find(|other| other.contract_types.contains(&word)).map(|other| other.name)
}

/// The kind that has such root keys.
pub(super) fn by_keys(has: impl Fn(&str) -> bool) -> Option<&'static str> {
    let all = |group: &&[&str]| group.iter().all(|key| has(key));
    OTHERS.iter().find(|other| other.root_keys.iter().any(&all)).map(|other| other.name)
}

/// The kind that a file name speaks of: `artisan.budget`, `artisan-budget.contract`.
pub(super) fn by_name(bare: &str) -> Option<&'static str> {
    let stem = bare.strip_suffix(".contract").unwrap_or(bare);
    let speaks = |word: &&str| {
        let before = stem.strip_suffix(*word);
        before.is_some_and(|before| before.is_empty() || before.ends_with(['.', '-', '_']))
    };
    // `otel-semconv`, but `convention-registry` too.
    let begins = |word: &&str| {
        bare.ends_with(".contract")
            && stem.strip_prefix(*word).is_some_and(|after| after.starts_with(['-', '_', '.']))
    };
    let named = |other: &&Other| other.words.iter().any(|word| speaks(word) || begins(word));
    OTHERS.iter().find(named).map(|other| other.name)
}
