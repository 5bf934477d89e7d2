//! What handlers declare of the context in code.

use contracts::path::FieldPath;
use contracts::value::Value;
use facts::places::{Anchor, LocalAnchor};
use facts::python::declarations::{Declaration, DeclaredField, Side};
use text::name::Name;

use crate::handler::{ClassRef, Code};
use crate::names::Lookup;

/// What a handler declares: `context_requires` and `context_produces` of its class.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CodeContract {
    /// The sides that it declares, in the order of [`Side::ALL`].
    pub sides: Vec<CodeSide>,
}

/// One side of what a handler declares.
#[derive(Clone, PartialEq, Debug)]
pub struct CodeSide {
    /// Which.
    pub side: Side,
    /// The fields that can be read, in order.
    pub fields: Vec<CodeField>,
    /// Whether there may be more.
    pub open: bool,
    /// The attribute's name.
    pub at: Anchor,
    /// The dict, to which a field can be added; none where the value is none.
    pub dict: Option<Anchor>,
}

/// One field that a handler declares.
#[derive(Clone, PartialEq, Debug)]
pub struct CodeField {
    /// The field.
    pub path: FieldPath,
    /// Where its name stands.
    pub at: Anchor,
    /// Where its name and its value stand together.
    pub entry: Anchor,
    /// The call that says more of it; none where there is none.
    pub call: Option<Anchor>,
    /// Its type, as written, and where.
    pub type_name: Option<(Name, Anchor)>,
    /// Whether it is critical, where that is said, and where.
    pub critical: Option<(bool, Anchor)>,
    /// Its default, none where it is no literal, and where.
    pub default: Option<(Option<Value>, Anchor)>,
}

impl CodeContract {
    /// What `code` declares, its own or inherited.
    pub(crate) fn of(lookup: &Lookup<'_>, code: Code) -> CodeContract {
        let Code::Class(class) = code else { return CodeContract::default() };
        let sides = Side::ALL.into_iter().filter_map(|side| side_of(lookup, class, side));
        CodeContract { sides: sides.collect() }
    }

    /// Whether a class declares anything, itself or by what it inherits.
    pub(crate) fn is_there(lookup: &Lookup<'_>, class: ClassRef) -> bool {
        Side::ALL.into_iter().any(|side| declaration(lookup, class, side).is_some())
    }

    /// What it declares of one side.
    #[must_use]
    pub fn side(&self, side: Side) -> Option<&CodeSide> {
        self.sides.iter().find(|known| known.side == side)
    }
}

impl CodeSide {
    /// The field of this name.
    #[must_use]
    pub fn field(&self, path: FieldPath) -> Option<&CodeField> {
        self.fields.iter().find(|field| field.path == path)
    }
}

fn side_of(lookup: &Lookup<'_>, class: ClassRef, side: Side) -> Option<CodeSide> {
    let (holder, declaration) = declaration(lookup, class, side)?;
    Some(resolved(lookup, holder, declaration))
}

/// The declaration of a class, and the class that it stands in.
fn declaration<'a>(
    lookup: &Lookup<'a>,
    class: ClassRef,
    side: Side,
) -> Option<(ClassRef, &'a Declaration)> {
    let holder = lookup.attribute(class, Name::new(side.attribute()))?.class;
    let declarations = &lookup.class(holder)?.declarations;
    Some((holder, declarations.iter().find(|known| known.side == side)?))
}

fn resolved<'a>(lookup: &Lookup<'a>, class: ClassRef, written: &'a Declaration) -> CodeSide {
    let anchor = |local: LocalAnchor| Anchor { file: class.file, local };
    let field = |field: &'a DeclaredField| {
        let name = lookup.text_of(class.file, &field.key)?;
        Some(CodeField {
            path: FieldPath::parse(name.as_str()),
            at: anchor(field.at),
            entry: anchor(field.entry),
            call: field.is_call.then(|| anchor(field.value)),
            type_name: field.type_name.map(|(name, at)| (name, anchor(at))),
            critical: field.critical.map(|(critical, at)| (critical, anchor(at))),
            default: field.default.as_ref().map(|(value, at)| (value.clone(), anchor(*at))),
        })
    };
    let fields: Vec<CodeField> = written.fields.iter().filter_map(field).collect();
    CodeSide {
        side: written.side,
        open: written.open || fields.len() < written.fields.len(),
        fields,
        at: anchor(written.at),
        dict: written.dict.map(anchor),
    }
}
