//! The server that editors talk to, over standard input and output.
//!
//! tower-lsp reads and writes messages at the edge; an actor owns the state; workers answer requests
//! from snapshots of it. docs/decisions/0008-the-server-process.md says why.

mod actor;
mod asides;
mod capabilities;
mod configuration;
mod convert;
mod delivery;
mod diagnostics;
mod documents;
mod edge;
mod edits;
mod folders;
mod frames;
mod greeting;
mod handlers;
mod jobs;
mod ledger;
mod notifications;
mod opening;
mod outgoing;
mod parent;
mod paths;
mod payloads;
mod process;
mod progress;
mod project;
mod publish;
mod reply;
mod router;
pub mod serve;
mod snapshot;
mod state;
mod uri;
mod watching;
mod work;

pub use process::main;
