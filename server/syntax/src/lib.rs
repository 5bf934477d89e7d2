//! Source text to tolerant trees, and edits back into the style of the neighbours.
//!
//! Reading never fails: what is broken comes back as problems beside a tree of everything else.

pub mod edit;
pub mod expr;
pub mod json;
pub mod python;
pub mod yaml;
