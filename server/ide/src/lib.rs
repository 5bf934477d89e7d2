//! What an editor can ask, in words of editors and not of their protocol.
//!
//! One file for each feature. A feature is a function of [`graph::sources::Sources`] and a
//! [`place::Cursor`]; it keeps no state, so its answer belongs to the sources it was asked of.

pub mod completion;
pub mod place;
pub mod symbols;
pub mod workspace_symbols;
