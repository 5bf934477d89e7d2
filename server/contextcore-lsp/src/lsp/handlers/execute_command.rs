//! `workspace/executeCommand`: what actions run, and what extensions run for their users.

use rules::rules::by_name;
use serde_json::Value;
use tower_lsp::ls_types::request::ExecuteCommand;
use tower_lsp::ls_types::{ExecuteCommandOptions, ServerCapabilities, WorkDoneProgressOptions};

use crate::lsp::capabilities::Capabilities;
use crate::lsp::router::{Answer, Failure, Feature, Params, Scope};
use crate::lsp::snapshot::World;

/// Gives the manual page of a rule, in Markdown. Its argument is the rule's name.
pub(crate) const EXPLAIN: &str = "contextcore.explainRule";

/// The commands.
pub(crate) enum Commands {}

impl Feature for Commands {
    type Request = ExecuteCommand;

    fn declare(_: &Capabilities, server: &mut ServerCapabilities) {
        server.execute_command_provider = Some(ExecuteCommandOptions {
            commands: vec![EXPLAIN.to_owned()],
            work_done_progress_options: WorkDoneProgressOptions::default(),
        });
    }

    fn scope(_: &Params<Self>) -> Scope {
        Scope::Nothing
    }

    fn answer(_: &World, params: &Params<Self>) -> Answer<Self> {
        match params.command.as_str() {
            EXPLAIN => explain(&params.arguments).map(Some),
            other => Err(Failure::Invalid(format!("`{other}` is no command"))),
        }
    }
}

fn explain(arguments: &[Value]) -> Result<Value, Failure> {
    let name = arguments.first().and_then(Value::as_str);
    let name = name.ok_or_else(|| Failure::Invalid("the name of a rule is missing".to_owned()))?;
    let rule = by_name(name).ok_or_else(|| Failure::Invalid(format!("`{name}` is no rule")))?;
    Ok(Value::from(rule.page))
}
