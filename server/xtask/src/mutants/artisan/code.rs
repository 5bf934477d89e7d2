//! Mistakes in handlers, and changes of them that are none.

use super::super::sites::slip;
use super::{Artisan, CONTRACT, Change, Field, Kind, Told, joined};
use crate::random::Random;

pub(super) const KINDS: &[Kind] = &[
    Kind { name: "slip-in-write", make: slip_in_write },
    Kind { name: "write-deleted", make: write_deleted },
    Kind { name: "write-in-branch", make: write_in_branch },
    Kind { name: "slip-in-read", make: slip_in_read },
    Kind { name: "read-becomes-pop", make: read_becomes_pop },
    Kind { name: "same-with-constant", make: with_constant },
    Kind { name: "same-with-comments", make: with_comments },
    Kind { name: "same-with-logging", make: with_logging },
];

/// A handler's line that does something with a field.
struct Line {
    file: String,
    number: usize,
    lines: Vec<String>,
}

impl Line {
    /// The only line of a handler that names this field, where it contains `what` of it.
    fn of(artisan: &Artisan, field: &Field, what: &str) -> Option<Line> {
        let (file, number) = artisan.only_line(field)?;
        let lines: Vec<String> = artisan.lines(&file).into_iter().map(str::to_owned).collect();
        let has = lines[number].contains(&what.replace("KEY", &field.name));
        has.then_some(Line { file, number, lines })
    }

    fn replaced(mut self, from: &str, to: &str, must: Vec<Told>, may: Vec<Told>) -> Change {
        let line = &mut self.lines[self.number];
        *line = line.replace(from, to);
        self.done(must, may)
    }

    fn done(self, must: Vec<Told>, may: Vec<Told>) -> Change {
        Change { file: self.file, text: joined(&self.lines), must, may }
    }
}

/// The promise of a field.
fn promise(field: &Field) -> Vec<Told> {
    vec![("unfulfilled-exit", CONTRACT.to_owned(), field.lines.0)]
}

fn is_promise(artisan: &Artisan, field: &Field) -> bool {
    field.list == "exit.required" && artisan.others(field, "exit").count() == 1
}

fn slip_in_write(artisan: &Artisan, field: &Field, random: &mut Random) -> Option<Change> {
    let line = Line::of(artisan, field, "context[\"KEY\"] = ")?;
    let name = slip(&field.name, random).filter(|_| is_promise(artisan, field))?;
    Some(line.replaced(&field.name, &name, promise(field), Vec::new()))
}

fn write_deleted(artisan: &Artisan, field: &Field, _: &mut Random) -> Option<Change> {
    let line =
        Line::of(artisan, field, "context[\"KEY\"] = ").filter(|_| is_promise(artisan, field))?;
    let target = format!("context[\"{}\"]", field.name);
    Some(line.replaced(&target, "unused", promise(field), Vec::new()))
}

fn write_in_branch(artisan: &Artisan, field: &Field, _: &mut Random) -> Option<Change> {
    let mut line =
        Line::of(artisan, field, "context[\"KEY\"] = ").filter(|_| is_promise(artisan, field))?;
    let text = line.lines[line.number].clone();
    // A statement that goes on over more lines would have to move as a whole.
    if text.ends_with(['{', '(', '[']) {
        return None;
    }
    let columns = text.len() - text.trim_start().len();
    let indent = " ".repeat(columns);
    line.lines[line.number] = format!("{indent}if self.describe():\n    {text}");
    Some(line.done(promise(field), Vec::new()))
}

/// A hard read under a name that nobody writes.
fn slip_in_read(artisan: &Artisan, field: &Field, random: &mut Random) -> Option<Change> {
    let line = Line::of(artisan, field, "context[\"KEY\"]").filter(|_| is_asked(artisan, field))?;
    let name = slip(&field.name, random)?;
    let read = vec![("undeclared-read", line.file.clone(), line.number)];
    let may = vec![("unused-requirement", CONTRACT.to_owned(), field.lines.0)];
    Some(line.replaced(&format!("\"{}\"", field.name), &format!("\"{name}\""), read, may))
}

/// Required by a phase, and not given by whoever starts the run.
fn is_asked(artisan: &Artisan, field: &Field) -> bool {
    field.list == "entry.required" && artisan.others(field, "exit").next().is_some()
}

fn read_becomes_pop(artisan: &Artisan, field: &Field, _: &mut Random) -> Option<Change> {
    let line = Line::of(artisan, field, "context[\"KEY\"]").filter(|_| is_asked(artisan, field))?;
    let before = artisan.before(&field.phase);
    let is_later = |other: &&Field| {
        other.list == "entry.required"
            && other.phase != field.phase
            && !before.contains(&other.phase.as_str())
    };
    artisan.others(field, "entry").find(is_later)?;
    let read = format!("context[\"{}\"]", field.name);
    let pop = format!("context.pop(\"{}\")", field.name);
    let dropped = vec![("dropped-field", line.file.clone(), line.number)];
    Some(line.replaced(&read, &pop, dropped, Vec::new()))
}

/// The field's name is a constant of the module.
fn with_constant(artisan: &Artisan, field: &Field, _: &mut Random) -> Option<Change> {
    let mut line = Line::of(artisan, field, "context")?;
    let quoted = format!("\"{}\"", field.name);
    let logger = line.lines.iter().position(|line| line.starts_with("logger = "))?;
    line.lines[line.number] = line.lines[line.number].replace(&quoted, "_FIELD");
    line.lines[logger].push_str(&format!("\n\n_FIELD = {quoted}"));
    Some(line.done(Vec::new(), Vec::new()))
}

fn with_comments(artisan: &Artisan, field: &Field, _: &mut Random) -> Option<Change> {
    let mut line = Line::of(artisan, field, "context")?;
    let text = line.lines[line.number].clone();
    let indent = &text[..text.len() - text.trim_start().len()];
    line.lines[line.number] =
        format!("{indent}# Was context[\"{}_old\"] once.\n{text}", field.name);
    Some(line.done(Vec::new(), Vec::new()))
}

/// Logging of a dict that has nothing to do with the context, at the start of a statement.
fn with_logging(artisan: &Artisan, field: &Field, _: &mut Random) -> Option<Change> {
    let mut line = Line::of(artisan, field, "    context[\"KEY\"] = ")?;
    let text = line.lines[line.number].clone();
    let indent = &text[..text.len() - text.trim_start().len()];
    let logging = format!("logger.info(\"%s\", {{\"{}s\": len(str(phase))}})", field.name);
    line.lines[line.number] = format!("{indent}{logging}\n{text}");
    Some(line.done(Vec::new(), Vec::new()))
}
