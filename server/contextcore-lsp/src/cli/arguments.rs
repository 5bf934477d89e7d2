//! What may be said on the command line.

use std::ffi::OsString;

use clap::{Args, Parser, Subcommand, ValueEnum};
use settings::level::RuleLevel;

use super::report::Format;

/// Checks what workflow phases hand to each other: contracts, and the handlers that carry them out.
#[derive(Parser, Debug)]
#[command(name = "contextcore-lsp", version, max_term_width = 100)]
pub(crate) struct Arguments {
    /// Check files and folders: the same as the command `check`, with the same options.
    // `normalised` turns it into the command, so it is here for the help alone.
    #[arg(long = "check", value_name = "PATH", num_args = 0..)]
    _check: Option<Vec<String>>,

    #[command(flatten)]
    pub(crate) transport: Transport,

    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Check files and folders, and report findings.
    Check(CheckOptions),
    /// Show the manual page of a rule.
    Explain {
        /// The rule's name.
        rule: String,
    },
    /// Write contracts from handlers alone, to begin with.
    Infer(InferOptions),
    /// List all rules.
    Rules,
    /// Show the JSON Schema of a kind of contract, or list the kinds.
    Schema {
        /// The kind's name.
        kind: Option<String>,
    },
    /// Serve an editor over standard input and output; so does the program without a command
    /// where standard input is no terminal.
    Server(Transport),
}

/// How an editor is talked to. There is one way, so these change nothing: clients give them.
#[derive(Args, Debug)]
pub(crate) struct Transport {
    /// Over standard input and output.
    #[arg(long, hide = true)]
    stdio: bool,

    /// The client's process; it says so again when it greets.
    #[arg(long = "clientProcessId", hide = true, value_name = "ID")]
    _client_process: Option<u32>,
}

impl Arguments {
    /// Whether a server is to be started; a bare call starts one unless a person made it.
    pub(crate) fn asks_for_server(&self, at_terminal: bool) -> bool {
        match &self.command {
            Some(Command::Server(_)) => true,
            Some(_) => false,
            None => self.transport.stdio || !at_terminal,
        }
    }
}

/// What may be said about a check.
#[derive(Args, Debug)]
pub(crate) struct CheckOptions {
    /// Files and folders to report on; the projects around them are what is analysed.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) paths: Vec<String>,

    /// How findings are written.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Full)]
    pub(crate) output_format: Format,

    /// Whether to use colours; `auto` uses them on a terminal, unless `NO_COLOR` is set.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(crate) color: Color,

    /// Use the settings of this file, and no others.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<String>,

    /// Report these rules alone.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) select: Vec<String>,

    /// Do not report these rules.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,

    /// Give a rule another level, or turn it off.
    #[arg(long, value_name = "RULE=LEVEL", value_delimiter = ',', value_parser = rule_level)]
    pub(crate) level: Vec<(String, RuleLevel)>,

    /// Exit with 1 if there is a finding of this level or a graver one.
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = Gate::Error)]
    pub(crate) fail_on: Gate,

    /// Exit with 0 even if there is nothing to read under the paths.
    #[arg(long)]
    pub(crate) allow_empty: bool,

    /// Apply the fixes that keep the meaning, then report what is left.
    #[arg(long)]
    pub(crate) fix: bool,

    /// Show as a diff what `--fix` would change, and change nothing.
    #[arg(long)]
    pub(crate) diff: bool,
}

/// What may be said about inferring contracts.
#[derive(Args, Debug)]
pub(crate) struct InferOptions {
    /// Files and folders whose handlers get a contract, whether they have one or not. Without any,
    /// it is those of the working directory that have none.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,

    /// Include handlers that have a contract.
    #[arg(long)]
    pub(crate) all: bool,

    /// Write each contract to a file of its own, beside the code that it is about.
    #[arg(long, conflicts_with = "output")]
    pub(crate) write: bool,

    /// Write the contract to this file.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<String>,

    /// Replace files that are there.
    #[arg(long)]
    pub(crate) force: bool,

    /// Use the settings of this file, and no others.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<String>,
}

/// Whether to use colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal that has them.
    Auto,
    /// Wherever the output goes.
    Always,
    /// Not at all.
    Never,
}

/// How grave a finding must be to fail a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Gate {
    /// Errors alone.
    Error,
    /// Warnings and errors.
    Warning,
    /// Everything but hints.
    Information,
    /// Everything.
    Hint,
}

fn rule_level(argument: &str) -> Result<(String, RuleLevel), String> {
    let (rule, word) = argument.split_once('=').ok_or("write RULE=LEVEL")?;
    let level = RuleLevel::parse(word.trim()).ok_or_else(|| {
        let words = RuleLevel::ALL.map(RuleLevel::as_str).join(", ");
        format!("`{}` is no level; levels are {words}", word.trim())
    })?;
    Ok((rule.trim().to_owned(), level))
}

/// The arguments with `--check` turned into the command that it stands for.
pub(crate) fn normalised(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    let options = arguments.iter().position(|word| word == "--").unwrap_or(arguments.len());
    let Some(at) = arguments.iter().take(options).position(|word| word == "--check") else {
        return arguments;
    };
    arguments.remove(at);
    if arguments.get(1).is_none_or(|word| word != "check") {
        arguments.insert(1, "check".into());
    }
    arguments
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn parse(line: &str) -> Result<Arguments, String> {
        let words = line.split(' ').filter(|word| !word.is_empty()).map(OsString::from);
        let words = std::iter::once(OsString::from("contextcore-lsp")).chain(words);
        Arguments::try_parse_from(normalised(words)).map_err(|error| error.to_string())
    }

    fn options(line: &str) -> CheckOptions {
        match parse(line).unwrap().command {
            Some(Command::Check(options)) => options,
            other => panic!("{line} is {other:?}"),
        }
    }

    #[test]
    fn the_declaration_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn the_option_and_the_command_are_one() {
        for line in ["check a b", "--check a b", "a --check b", "check --check a b"] {
            assert_eq!(options(line).paths, ["a", "b"], "{line}");
        }
        assert_eq!(options("--check").paths, ["."]);
        assert_eq!(options("--check explain").paths, ["explain"]);
        assert_eq!(options("check -- --check").paths, ["--check"]);
    }

    #[test]
    fn rules_are_named_in_lists_and_one_by_one() {
        let options = options("--check --select a,b --select c --level x=off,y=hint");
        assert_eq!(options.select, ["a", "b", "c"]);
        let levels = [("x".to_owned(), RuleLevel::Off), ("y".to_owned(), RuleLevel::Hint)];
        assert_eq!(options.level, levels);
    }

    #[test]
    fn what_cannot_be_meant_is_said() {
        let error = parse("--check --level a=loud").unwrap_err();
        assert!(error.contains("`loud` is no level; levels are error, warning,"), "{error}");
        assert!(parse("--check --level a").unwrap_err().contains("write RULE=LEVEL"));
        assert!(parse("--check --output-format yaml").is_err());
        assert!(parse("a").is_err());
    }

    #[test]
    fn editors_get_a_server_and_people_help() {
        let asks = |line: &str, at_terminal| parse(line).unwrap().asks_for_server(at_terminal);
        assert!(asks("", false));
        assert!(!asks("", true), "somebody who types the bare name wants help");
        for line in ["server", "server --stdio", "--stdio", "--stdio --clientProcessId=7"] {
            assert!(asks(line, true) && asks(line, false), "{line}");
        }
        assert!(!asks("rules", false));
    }
}
