//! The two faces of one engine: the command line, and the server that editors talk to.

pub mod cli;
pub mod lsp;
