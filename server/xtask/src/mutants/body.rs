//! The lines of one step, given what its function calls the context.

use super::page::{Block, Mark, Part};
use super::step::{Action, Around, Key, Read, Step, Write};

/// What the lines of a step are made of.
pub(super) struct Words<'a> {
    /// The context's name where the step is done.
    pub(super) context: &'a str,
    /// The key, as an expression.
    pub(super) key: &'a str,
    /// The local that holds what was read.
    pub(super) local: &'a str,
}

/// What has to be in the module for the lines to run.
pub(super) const IMPORTS: &[&str] =
    &["from operator import itemgetter", "from toolbox import lock, make, names, ready, Record"];

/// The lines of a step, with what stands around it. Whatever is read is in the local afterwards.
pub(super) fn lines(step: &Step, words: &Words<'_>) -> Block {
    let core = in_loop(step, core(step, words), words);
    let done = around(step.around, core);
    let mut block = Block::default();
    if let Action::Read(_) = step.action
        && (step.around != Around::Plain || looped(step.key).is_some())
    {
        block.line(format!("{} = None", words.local));
    }
    block.extend(done);
    block
}

/// Whether the key comes out of a loop, and whether that goes over a constant.
pub(super) fn looped(key: Key) -> Option<bool> {
    match key {
        Key::Loop => Some(false),
        Key::LoopConstant => Some(true),
        _ => None,
    }
}

fn in_loop(step: &Step, core: Block, words: &Words<'_>) -> Block {
    let top = top(&step.field);
    match looped(step.key) {
        None => core,
        Some(false) => core.under(&format!("for {} in (\"{top}\",):", words.key), 4),
        Some(true) => core.under(&format!("for {} in FIELDS_{}:", words.key, step.number), 4),
    }
}

/// The field itself, without the keys inside of it.
pub(super) fn top(field: &str) -> &str {
    field.split('.').next().unwrap_or(field)
}

/// The keys inside of the field, as subscripts.
fn inner(field: &str) -> Vec<&str> {
    field.split('.').skip(1).collect()
}

fn core(step: &Step, words: &Words<'_>) -> Block {
    let mark = Mark(step.number, Part::Access);
    let Words { context, key, .. } = words;
    let mut block = Block::default();
    match &step.action {
        Action::Read(read) => return read_lines(step, *read, words),
        Action::Write(write, value) => {
            let text = match write {
                Write::Subscript => format!("{context}[{key}] = {value}"),
                Write::Annotated => format!("{context}[{key}]: object = {value}"),
                Write::Update => format!("{context}.update({{{key}: {value}}})"),
                Write::UpdateKeyword => format!("{context}.update({}={value})", top(&step.field)),
                Write::Merge => format!("{context} |= {{{key}: {value}}}"),
                Write::SetDefault => format!("{context}.setdefault({key}, {value})"),
            };
            block.marked(text, mark);
        }
        Action::Pop => block.marked(format!("{context}.pop({key}, None)"), mark),
        Action::Delete => block.marked(format!("del {context}[{key}]"), mark),
        Action::Clear => block.marked(format!("{context}.clear()"), mark),
        Action::Unrelated(lines) => lines.iter().for_each(|line| block.line(line)),
    }
    block
}

fn read_lines(step: &Step, read: Read, words: &Words<'_>) -> Block {
    let Words { context, key, local } = words;
    let mark = Mark(step.number, Part::Access);
    let inner = inner(&step.field);
    let subscripts: String = inner.iter().map(|key| format!("[\"{key}\"]")).collect();
    let hard = format!("{context}[{key}]{subscripts}");
    // `.get("a", {}).get("b"` without its end.
    let mut soft = format!("{context}.get({key}");
    for part in inner {
        soft = format!("{soft}, {{}}).get(\"{part}\"");
    }
    let mut block = Block::default();
    let mut one = |text: String| block.marked(text, mark);
    match read {
        Read::Subscript => one(format!("{local} = {hard}")),
        Read::Argument => one(format!("{local} = Record(value={hard})")),
        Read::Formatted => one(format!("{local} = f\"got {{{}}}\"", hard.replace('"', "'"))),
        Read::ItemGetter => one(format!("{local} = itemgetter({key})({context}){subscripts}")),
        Read::Get => one(format!("{local} = {soft})")),
        Read::Contains => one(format!("{local} = {key} in {context}")),
        Read::GetDefault(default) => one(format!("{local} = {soft}, {default})")),
        Read::GetOr(default) => one(format!("{local} = {soft}) or {default}")),
        Read::InElse => one(format!("{local} = {hard} if {key} in {context} else None")),
        Read::IfIn => return guarded(&format!("if {key} in {context}:"), &hard, local, mark),
        Read::IfGet => {
            return guarded(&format!("if {context}.get({key}):"), &hard, local, mark);
        }
        Read::TryKeyError => {
            block.line("try:");
            block.marked(format!("    {local} = {hard}"), mark);
            block.line("except KeyError:");
            block.line(format!("    {local} = None"));
        }
    }
    block
}

fn guarded(guard: &str, hard: &str, local: &str, mark: Mark) -> Block {
    let mut block = Block::of(&[&format!("{local} = None")]);
    block.marked(guard, mark);
    block.marked(format!("    {local} = {hard}"), mark);
    block
}

fn around(around: Around, core: Block) -> Block {
    let after = |block: Block, lines: &[&str]| {
        let mut block = block;
        block.extend(Block::of(lines));
        block
    };
    match around {
        Around::Plain => core,
        Around::With => core.under("with lock():", 4),
        Around::BothBranches => {
            let mut block = core.clone().under("if ready():", 4);
            block.extend(core.under("else:", 4));
            block
        }
        Around::TryRaise => after(
            core.under("try:", 4),
            &["except ValueError as error:", "    raise RuntimeError(\"no way on\") from error"],
        ),
        Around::Finally => {
            let mut block = Block::of(&["try:", "    ready()"]);
            block.extend(core.under("finally:", 4));
            block
        }
        Around::If => core.under("if ready():", 4),
        Around::For => core.under("for _ in names():", 4),
        Around::While => core.under("while ready():", 4),
        Around::TryPass => {
            let mut tried = Block::of(&["ready()"]);
            tried.extend(core);
            after(tried.under("try:", 4), &["except ValueError:", "    pass"])
        }
        Around::Match => {
            let mut block = Block::of(&["match make():"]);
            block.extend(core.under("case \"file\":", 4).indented(4));
            block
        }
        Around::EarlyReturn => {
            let mut block = Block::of(&["if not ready():", "    return None"]);
            block.extend(core);
            block
        }
    }
}
