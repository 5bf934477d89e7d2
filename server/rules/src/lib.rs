//! The rules: what is wrong with contracts and pipelines, and what to do about it.
//!
//! One file a rule, registered in [`rules`]. A check sees facts and the graph, never text, trees or
//! the disk, and hands up [`finding::Finding`]s; levels and suppressions are applied in [`assemble`].

pub mod assemble;
mod conventions;
mod declared;
pub mod finding;
pub mod fix;
pub mod level;
pub mod offers;
mod references;
pub mod rule;
pub mod rules;
pub mod run;
mod select;
pub mod told;
mod words;

#[cfg(test)]
mod tests;
