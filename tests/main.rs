//! Tests of the whole: pages, fixtures and the command line, as a user meets them.

mod aliases;
mod bad_input;
#[cfg(test)]
mod cli;
mod compat;
#[cfg(test)]
mod editor;
mod fixes;
mod fixtures;
mod incremental;
mod pages;
mod picture;
mod project;
#[cfg(test)]
mod server;
