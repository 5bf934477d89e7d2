//! Calls that matter to some place: who is called, and what is handed over.

use text::name::Name;

use super::{Dotted, Place};
use crate::places::LocalAnchor;

/// A call that matters to some place.
#[derive(Clone, PartialEq, Debug)]
pub struct Call {
    /// What is called.
    pub callee: Callee,
    /// The places handed over.
    pub passed: Box<[Passed]>,
    /// Where.
    pub at: LocalAnchor,
}

/// What is called.
#[derive(Clone, PartialEq, Debug)]
pub enum Callee {
    /// A name: `helper`, `module.helper`, `Class.method`, `Class` (its `__init__`).
    Name(Dotted),
    /// `self.method` or `cls.method`.
    SelfMethod(Name),
    /// `super().method`.
    SuperMethod(Name),
    /// A class, or a function that gives an object, where the object stays in this function.
    Made(Box<Made>),
    /// A method or an attribute of such an object.
    Member(Box<Member>),
    /// A function nested in this file, by its index in [`super::PythonFacts::functions`].
    Nested(u32),
    /// Not known: a call on an object, a subscript, a parameter.
    Unknown,
}

/// An object that is made of what is followed.
#[derive(Clone, PartialEq, Debug)]
pub struct Made {
    /// The class, or a function that gives an object.
    pub maker: Dotted,
    /// What it is handed.
    pub passed: Box<[Passed]>,
    /// Whether it is handed to `with`, and what that gives is meant.
    pub entered: bool,
}

/// A method or an attribute of an object.
#[derive(Clone, PartialEq, Debug)]
pub struct Member {
    /// The object.
    pub made: Made,
    /// The name.
    pub name: Name,
    /// Whether it is called, and not looked at.
    pub called: bool,
}

/// One place handed to a call.
#[derive(Clone, PartialEq, Debug)]
pub struct Passed {
    /// Which parameter takes it.
    pub slot: Slot,
    /// The place.
    pub place: Place,
}

/// Which parameter takes an argument.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slot {
    /// The nth positional argument, `self` not counted.
    Position(u32),
    /// By keyword.
    Keyword(Name),
    /// Through `*` or `**`, or in a way that cannot be followed.
    Unclear,
}
