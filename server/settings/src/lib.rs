//! The text of a settings file to what it settles.
//!
//! `contextcore.toml`, or the table `[tool.contextcore]` of a `pyproject.toml`, becomes a
//! [`settings::Settings`] and the [`problem::Problem`]s found on the way; [`read::read`] does it. A
//! broken file is data like any other: what can be understood of it holds, the rest keeps its
//! default. Nothing here touches the disk, and names of rules are not known at this layer: they are
//! kept with their places for whoever knows them.

pub mod contracts;
pub mod globs;
pub mod level;
pub mod patterns;
pub mod pipelines;
pub mod problem;
pub mod python;
pub mod read;
pub mod run;
pub mod settings;
pub mod spanned;
