//! A pipeline as a file of handlers that read and write exactly what its contract declares.

use std::fmt::Write as _;

use super::pipeline::{Entry, Phase, Pipeline};

const HEAD: &str = "from pipeline_runtime import AbstractPhaseHandler\n\n\n\
def merge(*parts):\n    \"\"\"All parts that are there, in order.\"\"\"\n    \
return [part for part in parts if part is not None]\n\n\n\
def headline(parts):\n    \"\"\"The parts on one line.\"\"\"\n    \
return \" | \".join(str(part) for part in parts)\n";

/// The text of a file with the handlers of these phases, at least `bytes` long.
pub(super) fn written(pipeline: &Pipeline, phases: &[Phase], bytes: usize) -> String {
    let mut text = format!("\"\"\"Handlers of the pipeline {}.\"\"\"\n\n{HEAD}", pipeline.id);
    for phase in phases {
        class(&mut text, phase);
    }
    let mut number = 1;
    while text.len() + 160 < bytes {
        filler(&mut text, number);
        number += 1;
    }
    text
}

fn class(text: &mut String, phase: &Phase) {
    let title = title(&phase.name);
    let _ = write!(
        text,
        "\n\nclass {title}PhaseHandler(AbstractPhaseHandler):\n    phase = \"{}\"\n\n    \
         def execute(self, phase, context):\n",
        phase.name
    );
    let reads: Vec<(&Entry, String)> =
        phase.required.iter().chain(&phase.enrichment).map(|entry| (entry, read(entry))).collect();
    // The first read is kept in a name, the others are used where they stand.
    let (named, direct) = reads.split_at(reads.len().min(1));
    for (entry, read) in named {
        let _ = writeln!(text, "        {} = {read}", variable(&entry.name));
    }
    text.push_str("        parts = merge(\n");
    for (entry, _) in named {
        let _ = writeln!(text, "            {},", variable(&entry.name));
    }
    for pair in direct.chunks(2) {
        let reads: Vec<&str> = pair.iter().map(|(_, read)| read.as_str()).collect();
        let _ = writeln!(text, "            {},", reads.join(", "));
    }
    text.push_str("        )\n");
    // A handler in two publishes part of its results in a helper.
    let own = if title.len().is_multiple_of(2) { phase.exit.len() } else { phase.exit.len() / 2 };
    let (own, published) = phase.exit.split_at(own);
    for entry in own {
        write_field(text, entry);
    }
    for line in &phase.code {
        let _ = writeln!(text, "        {line}");
    }
    if !published.is_empty() {
        text.push_str("        self._publish(context, parts)\n");
    }
    text.push_str("        return headline(parts)\n");
    if !published.is_empty() {
        text.push_str("\n    def _publish(self, context, parts):\n");
        for entry in published {
            write_field(text, entry);
        }
    }
}

fn read(entry: &Entry) -> String {
    if entry.falls_back {
        let default = entry.code_default.unwrap_or(entry.kind.python);
        return format!("context.get(\"{}\", {default})", entry.name);
    }
    let keys: Vec<String> = entry.name.split('.').map(|key| format!("[\"{key}\"]")).collect();
    format!("context{}", keys.concat())
}

fn write_field(text: &mut String, entry: &Entry) {
    let value = match entry.kind.name {
        "str" => "headline(parts)",
        "int" => "len(parts)",
        "float" => "len(parts) / 2",
        "dict" => "dict(enumerate(parts))",
        _ => "list(parts)",
    };
    let _ = match entry.name.split_once('.') {
        Some((field, key)) => {
            writeln!(text, "        context[\"{field}\"] = {{\"{key}\": {value}}}")
        }
        None => writeln!(text, "        context[\"{}\"] = {value}", entry.name),
    };
}

/// Code that has nothing to do with a context, as most of every file.
fn filler(text: &mut String, number: usize) {
    let _ = write!(
        text,
        "\n\ndef weigh_{number}(items, limit={number}):\n    \"\"\"The items that weigh more than \
         the limit.\"\"\"\n    return [item for item in items if len(item) > limit]\n"
    );
}

/// `plan_goals.domain` as a name of Python.
fn variable(name: &str) -> String {
    name.replace('.', "_")
}

/// `plan_1` as `Plan1`.
fn title(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())
    };
    name.split('_').filter_map(word).collect()
}
