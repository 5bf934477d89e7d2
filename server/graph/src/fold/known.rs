//! Functions outside the project whose doings are known by name.

/// What a known function does with what it is handed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Doing {
    /// Nothing that matters: it looks at the object and not into it.
    Nothing,
    /// It may read anything, and changes and keeps nothing.
    Reads,
}

/// Builtins that look at the object alone.
const LOOKING: &[&str] =
    &["bool", "callable", "hasattr", "id", "isinstance", "issubclass", "len", "type"];

/// Builtins that read, and change nothing.
const READING: &[&str] = &[
    "all",
    "any",
    "ascii",
    "bytes",
    "dict",
    "enumerate",
    "filter",
    "float",
    "format",
    "frozenset",
    "getattr",
    "hash",
    "int",
    "iter",
    "list",
    "map",
    "max",
    "min",
    "next",
    "print",
    "range",
    "repr",
    "reversed",
    "round",
    "set",
    "sorted",
    "str",
    "sum",
    "tuple",
    "vars",
    "zip",
];

/// Modules of the standard library none of whose functions change or keep their arguments.
const READING_MODULES: &[&str] = &[
    "base64",
    "copy",
    "csv",
    "datetime",
    "decimal",
    "difflib",
    "enum",
    "fnmatch",
    "fractions",
    "glob",
    "hashlib",
    "html",
    "itertools",
    "json",
    "keyword",
    "logging",
    "math",
    "numbers",
    "os",
    "os.path",
    "pathlib",
    "pickle",
    "platform",
    "pprint",
    "re",
    "shlex",
    "shutil",
    "statistics",
    "string",
    "sys",
    "tempfile",
    "textwrap",
    "time",
    "tomllib",
    "traceback",
    "typing",
    "unicodedata",
    "urllib.parse",
    "uuid",
    "warnings",
    "yaml",
    "zlib",
];

/// Functions of other modules that do the same.
const READING_FUNCTIONS: &[&str] = &[
    "collections.Counter",
    "collections.OrderedDict",
    "dataclasses.asdict",
    "functools.reduce",
    "operator.itemgetter",
    "inspect.signature",
];

/// Checks of the context that write nothing but their own marks, by the last part of their name.
const CHECKING: &[&str] = &[
    "attenuate",
    "enter_phase",
    "exit_phase",
    "grant",
    "record_transformation",
    "stamp",
    "stamp_evaluation",
    "validate_phase_boundary",
    "validate_phase_entry",
    "validate_phase_exit",
];

/// What the function of this full dotted name, which the project does not define, does.
pub(super) fn doing(dotted: &str) -> Option<Doing> {
    let (module, name) = dotted.rsplit_once('.').unwrap_or(("", dotted));
    if module == "builtins" {
        if LOOKING.contains(&name) {
            return Some(Doing::Nothing);
        }
        return READING.contains(&name).then_some(Doing::Reads);
    }
    // A class of a module counts as the module: `datetime.datetime.fromisoformat`.
    let outer = module.rsplit_once('.').map_or(module, |(outer, _)| outer);
    let reads = READING_MODULES.contains(&module)
        || READING_MODULES.contains(&outer)
        || READING_FUNCTIONS.contains(&dotted)
        || CHECKING.contains(&name);
    reads.then_some(Doing::Reads)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_reads_is_known() {
        assert_eq!(doing("builtins.len"), Some(Doing::Nothing));
        assert_eq!(doing("json.dumps"), Some(Doing::Reads));
        assert_eq!(doing("datetime.datetime.fromisoformat"), Some(Doing::Reads));
        assert_eq!(doing("contextcore.propagation.validate_phase_entry"), Some(Doing::Reads));
        assert_eq!(doing("random.shuffle"), None);
        assert_eq!(doing("builtins.setattr"), None);
        assert_eq!(doing("somewhere.helper"), None);
    }
}
