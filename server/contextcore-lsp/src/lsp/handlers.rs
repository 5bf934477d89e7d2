//! One file for each thing that a client can ask for. It says what the server offers of it, and
//! turns the engine's answer into the protocol's.

pub(crate) mod code_action;
pub(crate) mod diagnostic;
pub(crate) mod execute_command;
pub(crate) mod probe;
pub(crate) mod workspace_diagnostic;
