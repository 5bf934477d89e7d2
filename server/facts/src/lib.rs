//! One file to what it says: contracts, handlers and what they do with the context.
//!
//! Facts are a pure function of the text. They hold no places: each thing that can be pointed at
//! has an anchor, and [`places`] says where the anchors of a file stand. So facts stay equal when
//! only spaces, comments and line breaks change.

pub mod contract;
pub mod file;
pub mod frameworks;
pub mod places;
pub mod prefilter;
pub mod python;
pub mod suppression;
