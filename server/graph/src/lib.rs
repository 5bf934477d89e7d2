//! All facts to meaning: names across files, pipelines, and what flows through them.
//!
//! [`Graph`](project::Graph) keeps what is known of a project up to date under changes and says which
//! pipelines a change can have touched. [`pipeline::Pipeline`] is one pipeline with everything that
//! belongs to it, built when asked for; [`flow::Flow`] answers data-flow questions about it.

pub mod attributes;
pub mod binding;
pub mod classes;
pub mod code_contract;
pub mod code_pipeline;
pub mod companions;
pub mod constants;
pub mod discovery;
pub mod drawn;
pub mod files;
pub mod flow;
pub mod fold;
pub mod handing;
pub mod handler;
pub mod keys;
pub mod module;
pub mod names;
pub mod order;
pub mod pipeline;
pub mod project;
pub mod sources;
pub mod summary;
pub mod told;
pub mod workflow;

#[cfg(test)]
mod tests;
