//! Projects, their files, and the engine that keeps findings up to date.
//!
//! The only crate that reads the disk. [`project`] finds where a project begins, [`walk`] lists its
//! files, [`engine`] turns changes of files into findings, [`snapshot`] is what a round of it leaves
//! for reports and editors, [`check`] is the whole way in one call, and [`fixing`] applies fixes.

pub mod check;
pub mod classes;
pub mod engine;
pub mod fixing;
mod handlers;
pub mod kept;
pub mod lineage;
pub mod located;
pub mod memory;
pub mod opening;
pub mod project;
pub mod read;
pub mod snapshot;
mod sources;
pub mod store;
pub mod walk;
