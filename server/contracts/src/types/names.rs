//! The names of types that Python and its standard library bring.

use text::name::Name;

/// What the values of a class are at run time, as far as telling types apart needs it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Family {
    /// `str`.
    Text,
    /// `bytes` and its kin.
    Bytes,
    /// `bool`.
    Bool,
    /// `int`.
    Int,
    /// Any other number.
    Number,
    /// `list`.
    List,
    /// `tuple`.
    Tuple,
    /// `set` and `frozenset`.
    Set,
    /// `dict` and the mappings made from it.
    Dict,
    /// Abstract: has keys.
    AnyMapping,
    /// Abstract: has items in an order.
    AnySequence,
    /// Abstract: has distinct items.
    AnySet,
    /// Abstract: can be iterated.
    AnyIterable,
    /// `date` and `datetime`.
    Date,
    /// `time`.
    Time,
    /// `timedelta`.
    Duration,
    /// Paths of the file system.
    Path,
    /// `UUID`.
    Uuid,
    /// Known, but no more than that its values may be anything.
    Open,
    /// Not among the known names.
    Foreign,
}

impl Family {
    /// Whether a value of both families may exist.
    pub(super) fn overlaps(self, other: Family) -> bool {
        use Family::*;
        if self == other || self.is_open() || other.is_open() {
            return true;
        }
        let numbers = [Bool, Int, Number];
        if numbers.contains(&self) {
            return numbers.contains(&other);
        }
        self.covers(other) || other.covers(self)
    }

    fn is_open(self) -> bool {
        matches!(self, Family::Open | Family::Foreign)
    }

    /// Whether the abstract family `self` has values of `other`.
    fn covers(self, other: Family) -> bool {
        use Family::*;
        match self {
            AnyIterable => matches!(
                other,
                Text | Bytes | List | Tuple | Set | Dict | AnyMapping | AnySequence | AnySet
            ),
            AnySequence => matches!(other, Text | Bytes | List | Tuple),
            AnyMapping => other == Dict,
            AnySet => other == Set,
            _ => false,
        }
    }
}

/// The one spelling of a class that has several: modules of the library fall away, and the
/// capitals of `typing.List` and its kin.
pub(super) fn canonical(written: &str) -> &str {
    let name = match written.rsplit_once('.') {
        Some((module, name)) if MODULES.contains(&module) => name,
        _ => written,
    };
    match name {
        "List" => "list",
        "Dict" => "dict",
        "Set" if written != "collections.abc.Set" && written != "abc.Set" => "set",
        "FrozenSet" => "frozenset",
        "Tuple" => "tuple",
        "Type" => "type",
        "Text" => "str",
        "NoneType" => "None",
        // As an annotation these two are slips for the types; they say no more than those.
        "any" => "Any",
        "callable" => "Callable",
        "Set" => "AbstractSet",
        _ => name,
    }
}

/// What is known of the class `name`, which is canonical.
pub(super) fn family(name: Name) -> Family {
    match name.as_str() {
        "str" | "AnyStr" | "LiteralString" => Family::Text,
        "bytes" | "bytearray" | "memoryview" | "ByteString" => Family::Bytes,
        "bool" => Family::Bool,
        "int" => Family::Int,
        "float" | "complex" | "Decimal" | "Fraction" => Family::Number,
        "list" => Family::List,
        "tuple" | "NamedTuple" => Family::Tuple,
        "set" | "frozenset" => Family::Set,
        "dict" | "OrderedDict" | "DefaultDict" | "defaultdict" | "Counter" | "TypedDict" => {
            Family::Dict
        }
        "Mapping" | "MutableMapping" | "ChainMap" | "MappingProxyType" => Family::AnyMapping,
        "Sequence" | "MutableSequence" | "deque" | "Deque" | "range" => Family::AnySequence,
        "AbstractSet" | "MutableSet" => Family::AnySet,
        "Iterable" | "Collection" | "Container" | "Sized" | "Reversible" => Family::AnyIterable,
        "date" | "datetime" => Family::Date,
        "time" => Family::Time,
        "timedelta" => Family::Duration,
        "Path" | "PurePath" | "PosixPath" | "WindowsPath" | "PurePosixPath" | "PureWindowsPath" => {
            Family::Path
        }
        "UUID" => Family::Uuid,
        name if OPEN.contains(&name) || is_exception(name) => Family::Open,
        _ => Family::Foreign,
    }
}

fn is_exception(name: &str) -> bool {
    matches!(name, "BaseException" | "Exception" | "ExceptionGroup" | "BaseExceptionGroup")
        || matches!(name, "KeyboardInterrupt" | "StopIteration" | "StopAsyncIteration")
        || matches!(name, "SystemExit" | "GeneratorExit")
        || name.strip_suffix("Error").is_some_and(|kind| ERRORS.contains(&kind))
        || name.strip_suffix("Warning").is_some_and(|kind| WARNINGS.contains(&kind))
}

/// Modules whose names may be written with them in front.
const MODULES: &[&str] = &[
    "abc",
    "builtins",
    "collections",
    "collections.abc",
    "dataclasses",
    "datetime",
    "decimal",
    "dt",
    "enum",
    "fractions",
    "logging",
    "numbers",
    "os",
    "pathlib",
    "re",
    "t",
    "types",
    "typing",
    "typing_extensions",
    "uuid",
    "zoneinfo",
    "io",
    "asyncio",
    "threading",
    "functools",
    "contextlib",
    "ipaddress",
    "queue",
];

/// Known names that say nothing certain about their values: a subclass may be anything besides.
const OPEN: &[&str] = &[
    "object",
    "type",
    "function",
    "property",
    "slice",
    "super",
    "staticmethod",
    "classmethod",
    "Callable",
    "Hashable",
    "Iterator",
    "Generator",
    "AsyncIterator",
    "AsyncIterable",
    "AsyncGenerator",
    "Awaitable",
    "Coroutine",
    "AwaitableGenerator",
    "Protocol",
    "Generic",
    "TypeVar",
    "ParamSpec",
    "TypeAlias",
    "NewType",
    "Never",
    "NoReturn",
    "Self",
    "Concatenate",
    "Unpack",
    "Buffer",
    "KeysView",
    "ValuesView",
    "ItemsView",
    "MappingView",
    "ContextManager",
    "AbstractContextManager",
    "AsyncContextManager",
    "AbstractAsyncContextManager",
    "Enum",
    "IntEnum",
    "StrEnum",
    "Flag",
    "IntFlag",
    "Number",
    "Complex",
    "Real",
    "Rational",
    "Integral",
    "SupportsInt",
    "SupportsFloat",
    "SupportsAbs",
    "SupportsBytes",
    "SupportsIndex",
    "SupportsRound",
    "SupportsComplex",
    "Pattern",
    "Match",
    "IO",
    "TextIO",
    "BinaryIO",
    "StringIO",
    "BytesIO",
    "PathLike",
    "ModuleType",
    "SimpleNamespace",
    "FunctionType",
    "MethodType",
    "LambdaType",
    "TracebackType",
    "FrameType",
    "CodeType",
    "GenericAlias",
    "UnionType",
    "EllipsisType",
    "Logger",
    "UserDict",
    "UserList",
    "UserString",
    "timezone",
    "tzinfo",
    "ZoneInfo",
    "partial",
    "Lock",
    "RLock",
    "Event",
    "Thread",
    "Queue",
    "Future",
    "Task",
    "AbstractEventLoop",
    "IPv4Address",
    "IPv6Address",
    "IPv4Network",
    "IPv6Network",
    "enumerate",
    "filter",
    "map",
    "reversed",
    "zip",
];

const ERRORS: &[&str] = &[
    "Arithmetic",
    "Assertion",
    "Attribute",
    "BlockingIO",
    "BrokenPipe",
    "Buffer",
    "ChildProcess",
    "Connection",
    "ConnectionAborted",
    "ConnectionRefused",
    "ConnectionReset",
    "EOF",
    "Environment",
    "FileExists",
    "FileNotFound",
    "FloatingPoint",
    "IO",
    "Import",
    "Indentation",
    "Index",
    "Interrupted",
    "IsADirectory",
    "Key",
    "Lookup",
    "Memory",
    "ModuleNotFound",
    "Name",
    "NotADirectory",
    "NotImplemented",
    "OS",
    "Overflow",
    "Permission",
    "ProcessLookup",
    "Recursion",
    "Reference",
    "Runtime",
    "Syntax",
    "System",
    "Tab",
    "Timeout",
    "Type",
    "UnboundLocal",
    "Unicode",
    "UnicodeDecode",
    "UnicodeEncode",
    "UnicodeTranslate",
    "Value",
    "ZeroDivision",
];

const WARNINGS: &[&str] = &[
    "",
    "Bytes",
    "Deprecation",
    "Encoding",
    "Future",
    "Import",
    "PendingDeprecation",
    "Resource",
    "Runtime",
    "Syntax",
    "Unicode",
    "User",
];
