//! Functions whose doings are known by name.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};

/// What a known function does with its arguments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Known {
    /// Looks at the object and at nothing in it.
    Looks,
    /// Reads anything in it, changes and keeps nothing.
    Reads,
    /// Reads its first argument, and gives a list or set of what is in it.
    Lists,
    /// `dict`
    Dict,
    /// Makes a copy.
    Copies {
        /// Of what is in it too.
        deep: bool,
    },
    /// `typing.cast`: gives its second argument.
    Casts,
    /// `operator.itemgetter`
    ItemGetter,
    /// Calls its first argument with the others, now or later.
    Hands {
        /// How many arguments stand before that one.
        skipped: usize,
    },
}

/// What the function of this dotted name does.
pub(super) fn known(name: &str) -> Option<Known> {
    Some(match name {
        "isinstance" | "issubclass" | "type" | "id" | "callable" | "hasattr" | "bool" => {
            Known::Looks
        }
        "len" | "str" | "repr" | "ascii" | "print" | "next" | "enumerate" | "zip" | "any"
        | "all" | "sum" | "min" | "max" | "map" | "filter" | "format" | "int" | "float"
        | "hash" | "vars" | "range" | "round" | "abs" | "getattr" | "bytes" | "pprint"
        | "pprint.pprint" | "pprint.pformat" | "pformat" | "json.dumps" | "json.dump"
        | "yaml.dump" | "yaml.safe_dump" | "warnings.warn" => Known::Reads,
        "sorted" | "list" | "tuple" | "set" | "frozenset" | "iter" | "reversed" => Known::Lists,
        "dict" => Known::Dict,
        "copy.copy" | "copy" => Known::Copies { deep: false },
        "copy.deepcopy" | "deepcopy" => Known::Copies { deep: true },
        "cast" | "typing.cast" => Known::Casts,
        "operator.itemgetter" | "itemgetter" => Known::ItemGetter,
        "functools.partial" | "partial" | "asyncio.to_thread" => Known::Hands { skipped: 0 },
        _ => return None,
    })
}

/// Methods of builtin types that change nothing and keep nothing.
pub(super) const READING_METHODS: &[&str] = &[
    "get",
    "items",
    "keys",
    "values",
    "copy",
    "index",
    "count",
    "strip",
    "lstrip",
    "rstrip",
    "split",
    "rsplit",
    "splitlines",
    "lower",
    "upper",
    "title",
    "capitalize",
    "casefold",
    "startswith",
    "endswith",
    "removeprefix",
    "removesuffix",
    "replace",
    "format",
    "join",
    "encode",
    "decode",
    "find",
    "rfind",
    "partition",
    "rpartition",
    "zfill",
    "ljust",
    "rjust",
    "center",
    "isdigit",
    "isalpha",
    "isalnum",
    "isidentifier",
    "isspace",
    "islower",
    "isupper",
    "isoformat",
    "total_seconds",
    "timestamp",
    "strftime",
    "date",
    "union",
    "intersection",
    "difference",
    "symmetric_difference",
    "issubset",
    "issuperset",
    "isdisjoint",
    "hex",
    "as_posix",
    "exists",
    "is_file",
    "is_dir",
    "is_absolute",
    "resolve",
    "absolute",
    "with_suffix",
    "with_name",
    "relative_to",
    "joinpath",
    "read_text",
    "bit_length",
    "translate",
    "expandtabs",
];

/// Whether `object.method(...)` writes to a log.
pub(super) fn logs(object: Node<'_>, method: &str) -> bool {
    let name = match object.kind() {
        Kind::Attribute => object.child(Field::Attribute).map_or("", Node::text),
        Kind::Identifier => object.text(),
        _ => return false,
    };
    let is_logger = name.to_ascii_lowercase().contains("log");
    is_logger
        && matches!(
            method,
            "debug" | "info" | "warning" | "warn" | "error" | "exception" | "critical" | "log"
        )
}
