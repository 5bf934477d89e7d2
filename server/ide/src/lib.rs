//! What an editor can ask, in words of editors and not of their protocol.
//!
//! One file for each feature. A feature is a function of [`graph::sources::Sources`] and a
//! [`place::Cursor`]; it keeps no state, so its answer belongs to the sources it was asked of.
//! [`target`] says what stands at a cursor; hover, definition, references and highlight begin there.

pub mod call_hierarchy;
pub mod code_lenses;
pub mod completion;
mod declaration;
pub mod declare_all;
pub mod definition;
pub mod highlight;
pub mod hover;
pub mod infer;
pub mod inlay_hints;
mod mention;
pub mod named;
pub mod place;
mod question;
pub mod references;
pub mod rename;
mod scalar;
pub mod symbols;
pub mod target;
mod telemetry;
pub mod workspace_symbols;
