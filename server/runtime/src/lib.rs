//! What a workflow leaves behind, held against its contracts: values and verification expressions.
//!
//! Expressions are evaluated as Python does it, by rules that stand here: no Python runs, nothing
//! is imported, and every evaluation ends within its [`limits::Limits`].

mod attributes;
mod calls;
mod compare;
mod compiled;
mod conversions;
mod displays;
pub mod evaluate;
pub mod failure;
mod floats;
mod format;
mod hash;
mod integers;
mod items;
mod iterate;
pub mod limits;
mod loops;
mod methods;
mod numbers;
mod operators;
mod parameters;
mod representation;
mod scope;
mod sets;
pub mod table;
pub mod value;

#[cfg(test)]
mod recorded;
#[cfg(test)]
mod tests;
