//! Everything that is written to the disk.
//!
//! The only crate that writes files, logs aside. What it is given, it writes whole or not at all.

pub mod encoding;
pub mod replace;
