//! What is known of values that classes make.

use facts::places::FileId;
use facts::python::{Dotted, Written};
use text::name::Name;

use crate::handler::ClassRef;
use crate::names::{Definition, Lookup};
use crate::summary::WrittenValue;

/// What is known of a value that a call in the module `file` made.
pub(super) fn value(lookup: &Lookup<'_>, file: FileId, written: &Written) -> WrittenValue {
    match written {
        Written::CalledWith(maker, keywords) => {
            let is_dict =
                class(lookup, file, maker).is_some_and(|class| is_typed_dict(lookup, class));
            if is_dict {
                WrittenValue::Dict(keywords.clone(), false)
            } else {
                instance(lookup, file, maker)
            }
        }
        Written::Called(maker) => instance(lookup, file, maker),
        Written::Fields(maker) => match class(lookup, file, maker) {
            Some(class) => fields(lookup, class),
            None => WrittenValue::Builtin("dict"),
        },
        _ => WrittenValue::Unknown,
    }
}

fn class(lookup: &Lookup<'_>, file: FileId, maker: &Dotted) -> Option<ClassRef> {
    let meaning = lookup.resolve(file, maker);
    match meaning.definition {
        Definition::Class(class) if meaning.rest == 0 => Some(class),
        _ => None,
    }
}

fn instance(lookup: &Lookup<'_>, file: FileId, maker: &Dotted) -> WrittenValue {
    let meaning = lookup.resolve(file, maker);
    let is_class = match meaning.definition {
        Definition::Class(_) => true,
        Definition::Outside(name) => {
            let last = name.as_str().rsplit('.').next().unwrap_or("");
            last.starts_with(char::is_uppercase)
        }
        _ => false,
    };
    match maker.last().filter(|_| is_class && meaning.rest == 0) {
        Some(name) => WrittenValue::Instance(*name),
        None => WrittenValue::Unknown,
    }
}

fn is_typed_dict(lookup: &Lookup<'_>, class: ClassRef) -> bool {
    lookup.chain(class).outside.iter().any(|base| base.as_str().ends_with("TypedDict"))
}

/// Bases that bring no fields along.
const WITHOUT_FIELDS: [&str; 5] = ["BaseModel", "NamedTuple", "ABC", "Generic", "object"];

/// A dict of the fields of an instance. There may be more where a base cannot be seen, or where a model
/// is configured.
fn fields(lookup: &Lookup<'_>, class: ClassRef) -> WrittenValue {
    let chain = lookup.chain(class);
    let brings_none = |base: &Name| {
        let last = base.as_str().rsplit('.').next().unwrap_or("");
        WITHOUT_FIELDS.contains(&last)
    };
    let mut open = chain.unknown || !chain.outside.iter().all(brings_none);
    let mut names: Vec<Name> = Vec::new();
    for class in &chain.classes {
        let Some(facts) = lookup.class(*class) else {
            open = true;
            continue;
        };
        open |= facts.broken || facts.attributes.iter().any(|(name, ..)| is_configuration(*name));
        for field in &facts.fields {
            if !names.contains(&field.name) {
                names.push(field.name);
            }
        }
    }
    WrittenValue::Dict(names.into(), open)
}

/// Whether a model says by this attribute that it takes or gives other fields than it annotates.
fn is_configuration(name: Name) -> bool {
    matches!(name.as_str(), "model_config" | "Config")
}
