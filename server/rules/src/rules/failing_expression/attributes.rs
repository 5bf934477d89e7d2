//! The attributes of Python's own types.

use contracts::types::Type;

/// What a value is, as far as its attributes go.
pub(super) struct Held(Vec<&'static Class>);

struct Class {
    /// The names that contracts use.
    names: &'static [&'static str],
    /// What one is called in a message.
    noun: &'static str,
    methods: &'static [&'static str],
    /// What it has besides methods.
    data: &'static [&'static str],
}

impl Held {
    /// The context: a dict.
    pub(super) fn context() -> Held {
        Held(vec![&DICT])
    }

    /// A value about which nothing is known.
    pub(super) fn anything() -> Held {
        Held(Vec::new())
    }

    /// A value whose field is declared without a type: plain data, of whatever type.
    pub(super) fn untold() -> Held {
        Held(CLASSES.to_vec())
    }

    /// A value of this type; `None` among its alternatives is left aside.
    pub(super) fn of(written: &Type) -> Held {
        let mut classes = Vec::new();
        for alternative in written.alternatives() {
            match alternative {
                Type::None => {}
                Type::Class(name, _) => {
                    let named = |class: &&&Class| class.names.contains(&name.as_str());
                    match CLASSES.iter().find(named) {
                        Some(class) => classes.push(*class),
                        None => return Held::anything(),
                    }
                }
                Type::Any | Type::Union(_) | Type::Literal(_) => return Held::anything(),
            }
        }
        Held(classes)
    }

    /// What the value is, if it certainly has no attribute of this name.
    pub(super) fn lacking(&self, name: &str) -> Option<&'static str> {
        let has = |class: &&Class| class.methods.contains(&name) || class.data.contains(&name);
        let first = self.0.first().filter(|_| !self.0.iter().any(has))?;
        Some(if self.0.len() == 1 { first.noun } else { "plain data" })
    }

    /// Whether the name is certainly that of a method.
    pub(super) fn has_method(&self, name: &str) -> bool {
        !self.0.is_empty() && self.0.iter().all(|class| class.methods.contains(&name))
    }

    /// Whether the value may be a dict.
    pub(super) fn has_keys(&self) -> bool {
        self.0.iter().any(|class| class.noun == DICT.noun)
    }
}

static CLASSES: [&Class; 8] = [&DICT, &STR, &LIST, &INT, &FLOAT, &TUPLE, &SET, &BYTES];

static DICT: Class = Class {
    names: &["dict"],
    noun: "a dict",
    methods: &[
        "clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault",
        "update", "values",
    ],
    data: &[],
};

static STR: Class = Class {
    names: &["str"],
    noun: "text",
    methods: &[
        "capitalize", "casefold", "center", "count", "encode", "endswith", "expandtabs", "find",
        "format", "format_map", "index", "isalnum", "isalpha", "isascii", "isdecimal", "isdigit",
        "isidentifier", "islower", "isnumeric", "isprintable", "isspace", "istitle", "isupper",
        "join", "ljust", "lower", "lstrip", "maketrans", "partition", "removeprefix",
        "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip",
        "split", "splitlines", "startswith", "strip", "swapcase", "title", "translate", "upper",
        "zfill",
    ],
    data: &[],
};

static LIST: Class = Class {
    names: &["list"],
    noun: "a list",
    methods: &[
        "append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove",
        "reverse", "sort",
    ],
    data: &[],
};

static INT: Class = Class {
    names: &["int", "bool"],
    noun: "a whole number",
    methods: &[
        "as_integer_ratio", "bit_count", "bit_length", "conjugate", "from_bytes", "is_integer",
        "to_bytes",
    ],
    data: &["denominator", "imag", "numerator", "real"],
};

static FLOAT: Class = Class {
    names: &["float"],
    noun: "a number",
    methods: &["as_integer_ratio", "conjugate", "fromhex", "from_number", "hex", "is_integer"],
    data: &["imag", "real"],
};

static TUPLE: Class = Class {
    names: &["tuple"],
    noun: "a tuple",
    methods: &["count", "index"],
    data: &[],
};

static SET: Class = Class {
    names: &["set", "frozenset"],
    noun: "a set",
    methods: &[
        "add", "clear", "copy", "difference", "difference_update", "discard", "intersection",
        "intersection_update", "isdisjoint", "issubset", "issuperset", "pop", "remove",
        "symmetric_difference", "symmetric_difference_update", "union", "update",
    ],
    data: &[],
};

static BYTES: Class = Class {
    names: &["bytes"],
    noun: "bytes",
    methods: &[
        "capitalize", "center", "count", "decode", "endswith", "expandtabs", "find", "fromhex",
        "hex", "index", "isalnum", "isalpha", "isascii", "isdigit", "islower", "isspace",
        "istitle", "isupper", "join", "ljust", "lower", "lstrip", "maketrans", "partition",
        "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition",
        "rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "swapcase", "title",
        "translate", "upper", "zfill",
    ],
    data: &[],
};
