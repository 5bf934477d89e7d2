//! The keys that the typed view of a propagation contract asks for.

macro_rules! places {
    ($($module:ident of $record:path { $($key:ident = $name:literal,)* })*) => {
        $(
            pub(crate) mod $module {
                use crate::schema::Place;

                $(pub(crate) const $key: Place = $record.place($name);)*
            }
        )*
    };
}

places! {
    contract of crate::kinds::propagation::CONTRACT {
        DESCRIPTION = "description",
        PHASES = "phases",
        CHAINS = "propagation_chains",
        TOPOLOGY = "graph_topology",
    }
    phase of crate::kinds::propagation::PHASE {
        DESCRIPTION = "description",
        ENTRY = "entry",
        EXIT = "exit",
    }
    entry of crate::kinds::propagation::ENTRY {
        REQUIRED = "required",
        ENRICHMENT = "enrichment",
    }
    exit of crate::kinds::propagation::EXIT {
        REQUIRED = "required",
        OPTIONAL = "optional",
    }
    field of crate::kinds::propagation::field::FIELD {
        NAME = "name",
        TYPE = "type",
        SEVERITY = "severity",
        DEFAULT = "default",
        DESCRIPTION = "description",
        SOURCE_PHASE = "source_phase",
        CONSTRAINTS = "constraints",
        QUALITY = "quality",
        EVALUATION = "evaluation",
    }
    quality of crate::kinds::propagation::field::QUALITY {
        METRIC = "metric",
        THRESHOLD = "threshold",
    }
    evaluation of crate::kinds::propagation::field::EVALUATION {
        POLICY = "policy",
        THRESHOLD = "threshold",
    }
    chain of crate::kinds::propagation::CHAIN {
        ID = "chain_id",
        SOURCE = "source",
        WAYPOINTS = "waypoints",
        DESTINATION = "destination",
        SEVERITY = "severity",
        VERIFICATION = "verification",
    }
    endpoint of crate::kinds::propagation::ENDPOINT {
        PHASE = "phase",
        FIELD = "field",
    }
    topology of crate::kinds::propagation::graph_topology::TOPOLOGY {
        NODES = "nodes",
        EDGES = "edges",
        MERGES = "merge_points",
        CYCLES = "cycle_invariants",
    }
    node of crate::kinds::propagation::graph_topology::NODE {
        DESCRIPTION = "description",
        REQUIRES = "requires",
        PRODUCES = "produces",
        OPTIONAL = "optional",
    }
    edge of crate::kinds::propagation::graph_topology::EDGE {
        FROM = "from",
        TO = "to",
        CONDITION = "condition",
        PRESERVES = "preserves",
        DROPS = "drops",
    }
    merge_point of crate::kinds::propagation::graph_topology::MERGE_POINT {
        NODE = "node",
        SOURCES = "sources",
        MERGE_POLICY = "merge_policy",
    }
    cycle of crate::kinds::propagation::graph_topology::CYCLE {
        ID = "cycle_id",
        NODES = "nodes",
        INVARIANTS = "invariant_fields",
    }
}
