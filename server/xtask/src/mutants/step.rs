//! What handlers do to the context, and the many ways to write it down.

/// One thing that a handler does to the context.
#[derive(Clone)]
pub(super) struct Step {
    pub(super) number: u32,
    /// The field; what follows the first dot are keys inside of it.
    pub(super) field: String,
    pub(super) action: Action,
    /// How the code gets there.
    pub(super) by: Carrier,
    /// How the key is spelled.
    pub(super) key: Key,
    /// Under which conditions it is done.
    pub(super) around: Around,
}

/// What is done.
#[derive(Clone, PartialEq)]
pub(super) enum Action {
    Read(Read),
    /// With what is written, as Python.
    Write(Write, String),
    Pop,
    Delete,
    Clear,
    /// Lines that have nothing to do with the context.
    Unrelated(Vec<String>),
}

/// How a field is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Read {
    Subscript,
    Argument,
    Formatted,
    ItemGetter,
    Get,
    Contains,
    /// With the default, as Python.
    GetDefault(&'static str),
    GetOr(&'static str),
    InElse,
    IfIn,
    IfGet,
    TryKeyError,
}

impl Read {
    /// Reads that fail without the field.
    pub(super) const HARD: &[Read] =
        &[Read::Subscript, Read::Argument, Read::Formatted, Read::ItemGetter];
    /// Reads that go without it and have no default.
    pub(super) const SOFT: &[Read] = &[Read::Get, Read::Contains];
    /// Reads that are reached only where it is there.
    pub(super) const GUARDED: &[Read] = &[Read::IfIn, Read::IfGet, Read::InElse, Read::TryKeyError];

    pub(super) fn is_hard(self) -> bool {
        Read::HARD.contains(&self)
    }

    pub(super) fn default(self) -> Option<&'static str> {
        match self {
            Read::GetDefault(default) | Read::GetOr(default) => Some(default),
            _ => None,
        }
    }
}

/// How a field is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Write {
    Subscript,
    Update,
    UpdateKeyword,
    Merge,
    SetDefault,
    Annotated,
}

impl Write {
    pub(super) const ALL: &[Write] = &[
        Write::Subscript,
        Write::Subscript,
        Write::Update,
        Write::UpdateKeyword,
        Write::Merge,
        Write::SetDefault,
        Write::Annotated,
    ];
}

/// How code gets at the context.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Carrier {
    Direct,
    Alias,
    Function,
    Elsewhere,
    ThroughModule,
    Keyword,
    Method,
    Static,
    Inherited,
    Super,
    Deep,
    Nested,
    Partial,
    Awaited,
    Kept,
    Recursive,
    Bound,
}

impl Carrier {
    pub(super) const ALL: &[Carrier] = &[
        Carrier::Direct,
        Carrier::Alias,
        Carrier::Function,
        Carrier::Elsewhere,
        Carrier::ThroughModule,
        Carrier::Keyword,
        Carrier::Method,
        Carrier::Static,
        Carrier::Inherited,
        Carrier::Super,
        Carrier::Deep,
        Carrier::Nested,
        Carrier::Partial,
        Carrier::Awaited,
        Carrier::Kept,
        Carrier::Recursive,
        Carrier::Bound,
    ];

    /// Whether a function of its own holds what is done.
    pub(super) fn has_function(self) -> bool {
        !matches!(self, Carrier::Direct | Carrier::Alias | Carrier::Super)
    }
}

/// How a key is spelled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Key {
    Literal,
    Single,
    Local,
    Constant,
    Imported,
    Member,
    Attribute,
    InDict,
    Formatted,
    Loop,
    LoopConstant,
}

impl Key {
    pub(super) const ALL: &[Key] = &[
        Key::Literal,
        Key::Literal,
        Key::Literal,
        Key::Single,
        Key::Local,
        Key::Constant,
        Key::Imported,
        Key::Member,
        Key::Attribute,
        Key::InDict,
        Key::Formatted,
        Key::Loop,
        Key::LoopConstant,
    ];
}

/// What stands around a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Around {
    Plain,
    With,
    BothBranches,
    TryRaise,
    Finally,
    If,
    For,
    While,
    TryPass,
    Match,
    EarlyReturn,
}

impl Around {
    /// Those under which the step is always done.
    pub(super) const CERTAIN: &[Around] =
        &[Around::Plain, Around::With, Around::BothBranches, Around::TryRaise, Around::Finally];
    /// Those under which it is done sometimes.
    pub(super) const POSSIBLE: &[Around] = &[
        Around::If,
        Around::For,
        Around::While,
        Around::TryPass,
        Around::Match,
        Around::EarlyReturn,
    ];
}
