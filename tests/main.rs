//! Tests of the whole: pages, fixtures and the command line, as a user meets them.

mod compat;
mod fixtures;
mod incremental;
mod pages;
mod project;
