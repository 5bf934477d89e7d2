//! Projects, their files, and the engine that keeps findings up to date.
//!
//! The only crate that reads the disk.

pub mod located;
