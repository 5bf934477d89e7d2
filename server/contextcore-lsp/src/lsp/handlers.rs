//! One file for each thing that a client can ask for. It says what the server offers of it, and
//! turns the engine's answer into the protocol's.

pub(crate) mod call_hierarchy;
pub(crate) mod code_action;
pub(crate) mod code_action_resolve;
pub(crate) mod code_lens;
pub(crate) mod completion;
pub(crate) mod definition;
pub(crate) mod diagnostic;
pub(crate) mod document_highlight;
pub(crate) mod document_symbol;
pub(crate) mod execute_command;
pub(crate) mod hover;
pub(crate) mod inlay_hint;
pub(crate) mod probe;
pub(crate) mod references;
pub(crate) mod rename;
mod symbol_kind;
pub(crate) mod workspace_diagnostic;
pub(crate) mod workspace_symbol;
