//! What one outermost function gives: itself and the functions in it.

use std::sync::Arc;

use text::name::Name;
use text::span::Span;

use super::attributes::AttributeGroup;
use super::provenance::CheckerCall;
use super::{Constant, Function, Import, Registration};
use crate::frameworks::Builder;
use crate::places::FunctionPlaces;

/// What one outermost function gives. Spans are those of the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Unit {
    /// The index that its first function has in the file.
    pub(super) base: u32,
    /// The functions, each before those in it. A place is kept for one that is being read.
    pub(super) functions: Vec<Option<Read>>,
    /// The imports in them.
    pub(super) imports: Vec<Import>,
    /// The registrations in them; groups count from 0.
    pub(super) registrations: Vec<Registration>,
    /// The attributes of telemetry that they set.
    pub(super) attributes: Vec<AttributeGroup>,
    /// What they tell run-time checkers.
    pub(super) checker_calls: Vec<CheckerCall>,
    /// The workflows that they draw.
    pub(super) builders: Vec<Builder>,
    /// The number of groups.
    pub(super) groups: u32,
    /// What the outermost function returns, if it does nothing else.
    pub(super) returns: Option<(Constant, Span)>,
}

/// A function that has been read.
#[derive(Clone, Debug)]
pub(super) struct Read {
    /// What it does.
    pub(super) function: Arc<Function>,
    /// Where its anchors stand.
    pub(super) places: FunctionPlaces,
    /// Whether it touches anything but its own parameters.
    pub(super) reaches_out: bool,
}

impl Unit {
    /// Keeps a place for a function, and gives the index that it will have in the file.
    pub(super) fn reserve(&mut self) -> u32 {
        let index = self.base + u32::try_from(self.functions.len()).unwrap_or(u32::MAX);
        self.functions.push(None);
        index
    }

    /// Puts a function into its place.
    pub(super) fn fill(
        &mut self,
        index: u32,
        function: Function,
        places: FunctionPlaces,
        reaches_out: bool,
    ) {
        let at = index.saturating_sub(self.base) as usize;
        if let Some(slot) = self.functions.get_mut(at) {
            *slot = Some(Read { function: Arc::new(function), places, reaches_out });
        }
    }

    /// The function that begins at a place of the file, and its name.
    pub(super) fn function_at(&self, start: u32) -> Option<(u32, &'static str)> {
        let begins_there =
            |read: &Option<Read>| read.as_ref().is_some_and(|read| read.places.span.start == start);
        let at = self.functions.iter().position(begins_there)?;
        let name = self.functions[at].as_ref()?.function.name.as_str();
        Some((self.base + u32::try_from(at).ok()?, name))
    }

    /// The last function of this qualified name.
    pub(super) fn function_named(&self, qualified: Name) -> Option<u32> {
        let is_it = |read: &Option<Read>| {
            read.as_ref().is_some_and(|read| read.function.qualified == qualified)
        };
        let at = self.functions.iter().rposition(is_it)?;
        Some(self.base + u32::try_from(at).ok()?)
    }

    /// Whether a function touches anything but its own parameters. One that is still being read may.
    pub(super) fn reaches_out(&self, index: u32) -> bool {
        let at = index.saturating_sub(self.base) as usize;
        self.functions.get(at).and_then(Option::as_ref).is_none_or(|read| read.reaches_out)
    }

    /// The number of a new group of registrations.
    pub(super) fn next_group(&mut self) -> u32 {
        self.groups += 1;
        self.groups - 1
    }
}
