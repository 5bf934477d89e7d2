//! What a phase takes from those before it.

use contracts::path::FieldPath;
use contracts::value::Value;
use facts::python::declarations::Side;
use graph::code_contract::CodeField;
use graph::summary::{Read, Strength};
use rustc_hash::FxHashMap;

use super::line::Step;
use super::told::{Told, read_how};

/// A field that a phase takes.
#[derive(Clone)]
pub(super) struct Wish {
    pub(super) path: FieldPath,
    /// Whether it cannot do without.
    pub(super) hard: bool,
    /// What the code falls back to.
    pub(super) default: Option<Value>,
    /// What the code declares of it.
    pub(super) declared: Option<CodeField>,
    /// Where that shows.
    pub(super) told: String,
}

/// The part of a path that a contract can name: up to the first key that is not known, or that dots
/// do not say. None where nothing is left, or where the key is the code's own.
pub(super) fn nameable(path: FieldPath) -> Option<FieldPath> {
    let is_plain = |name: &str| !name.is_empty() && !name.contains(['*', '.']);
    let names = path.segments().iter().take_while(|name| is_plain(name.as_str()));
    let names: Vec<_> = names.copied().collect();
    let is_own = path.root().as_str().starts_with('_');
    (!names.is_empty() && !is_own).then(|| FieldPath::from_segments(names))
}

/// What a phase takes, in the order in which it asks. Parts of what it takes are left out: mostly they
/// are read where the whole is there.
pub(super) fn of(step: &Step, told: &Told<'_>) -> Vec<Wish> {
    let mut wishes: Vec<Wish> = Vec::new();
    let mut by_path: FxHashMap<FieldPath, usize> = FxHashMap::default();
    let mut add = |wish: Wish| match by_path.get(&wish.path) {
        Some(index) => merge(&mut wishes[*index], wish),
        None => {
            by_path.insert(wish.path, wishes.len());
            wishes.push(wish);
        }
    };
    for read in step.summaries().flat_map(|done| &done.reads).filter(|read| read.exposed) {
        if let Some(wish) = of_read(read, told) {
            add(wish);
        }
    }
    for side in step.doers.iter().filter_map(|doer| doer.declares.side(Side::Requires)) {
        for field in &side.fields {
            add(of_declaration(field, told));
        }
    }
    let covered = |wish: &Wish| {
        let mut wholes = std::iter::successors(wish.path.parent(), |path| path.parent());
        wish.declared.is_none() && wholes.any(|whole| by_path.contains_key(&whole))
    };
    let keep: Vec<bool> = wishes.iter().map(|wish| !covered(wish)).collect();
    let mut keep = keep.into_iter();
    wishes.retain(|_| keep.next().unwrap_or(true));
    wishes
}

fn of_read(read: &Read, told: &Told<'_>) -> Option<Wish> {
    let path = nameable(read.path)?;
    let is_whole = path == read.path;
    let default = match &read.strength {
        Strength::Defaulted(Some(value)) if is_whole && is_plain(value) => Some(value.clone()),
        _ => None,
    };
    let how = if is_whole { read_how(&read.strength) } else { "a part of it is read" };
    Some(Wish {
        path,
        hard: is_whole && read.strength == Strength::Hard && !read.maybe_own,
        default,
        declared: None,
        told: format!("{}: {how}", told.site(&read.site)),
    })
}

fn of_declaration(field: &CodeField, told: &Told<'_>) -> Wish {
    let default = field.default.as_ref().and_then(|(value, _)| value.clone());
    Wish {
        path: field.path,
        hard: field.critical.is_none_or(|(critical, _)| critical),
        default: default.filter(is_plain),
        declared: Some(field.clone()),
        told: format!("{}: declared in code", told.place(field.at)),
    }
}

/// Takes another wish for the same field in. The graver one is the one to tell of.
fn merge(known: &mut Wish, other: Wish) {
    if other.hard && !known.hard {
        known.hard = true;
        known.told = other.told;
    }
    known.declared = known.declared.take().or(other.declared);
    known.default = known.default.take().or(other.default);
}

/// Whether YAML can say the value.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::Null | Value::Other(_) => false,
        Value::Bool(_) | Value::Int(_) | Value::Text(_) => true,
        Value::Float(number) => number.is_finite(),
        Value::List(items) => items.iter().all(|item| *item == Value::Null || is_plain(item)),
        Value::Map(entries) => entries
            .iter()
            .all(|(key, value)| is_plain(key) && (*value == Value::Null || is_plain(value))),
    }
}
