//! The contract kinds, each declared once as data.
//!
//! A kind is a [`schema::Kind`]: keys, types, enums, defaults and prose. Decoding, problems,
//! completion, hover text and JSON Schema all derive from that one declaration.

pub mod body;
pub mod decode;
pub mod document;
mod forms;
pub mod json_schema;
pub mod kinds;
mod moment;
pub mod path;
mod payload_keys;
pub mod problem;
pub mod propagation;
pub mod recognise;
pub mod schema;
mod shared_keys;
pub mod types;
pub mod value;
pub mod verification;
