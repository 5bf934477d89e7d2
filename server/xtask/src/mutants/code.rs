//! A model's handlers as modules of Python.

use std::collections::{BTreeMap, BTreeSet};

use super::body::{self, Words, lines};
use super::model::{Handler, Model, Phase};
use super::page::{Block, Pages};
use super::spoken;
use super::step::{Action, Carrier, Key, Step};

/// What stands in one module.
#[derive(Default)]
struct Module {
    imports: BTreeSet<String>,
    constants: Block,
    functions: Vec<Block>,
    classes: Vec<Block>,
}

/// Adds the modules of all handlers.
pub(super) fn write(model: &Model, pages: &mut Pages) {
    let mut writer = Writer { model, modules: BTreeMap::new() };
    let mut phases: Vec<&Phase> = model.phases.iter().collect();
    if model.layout.reversed {
        phases.reverse();
    }
    for phase in phases.into_iter().filter(|phase| phase.handler != Handler::Missing) {
        writer.phase(phase);
    }
    if model.layout.package {
        pages.add("flow/__init__.py", Block::of(&["\"\"\"Handlers.\"\"\""]));
    }
    for (name, module) in writer.modules {
        let folder = if model.layout.package { "flow/" } else { "" };
        pages.add(&format!("{folder}{name}.py"), module.written(model));
    }
}

impl Module {
    fn written(self, model: &Model) -> Block {
        let mut block = Block::of(&["\"\"\"Part of a pipeline.\"\"\"", ""]);
        self.imports.iter().for_each(|import| block.line(import));
        if model.layout.comments {
            block.line("");
            block.line("# Nothing here reads context[\"comment_only\"] any more.");
        }
        if !self.constants.is_empty() {
            block.line("");
            block.extend(self.constants);
        }
        for part in self.functions.into_iter().chain(self.classes) {
            block.extend(Block::of(&["", ""]));
            block.extend(part);
        }
        block
    }
}

/// The parts of a handler that is being written.
#[derive(Default)]
struct Parts {
    execute: Block,
    methods: Vec<Block>,
    /// What its base's `execute` does, and the base's methods.
    base_execute: Block,
    base_methods: Vec<Block>,
}

struct Writer<'a> {
    model: &'a Model,
    modules: BTreeMap<String, Module>,
}

impl Writer<'_> {
    fn phase(&mut self, phase: &Phase) {
        let one = self.model.layout.one_module;
        let home = if one { "handlers".to_owned() } else { format!("{}_handler", phase.name) };
        let mut handler = Parts::default();
        for step in &phase.steps {
            self.step(&home, step, &mut handler);
        }
        let title = title(&phase.name);
        let has_base = !(handler.base_execute.is_empty() && handler.base_methods.is_empty());
        let uses = |carrier| phase.steps.iter().any(|step| step.by == carrier);
        let mut execute = Block::of(&["seen = []"]);
        if uses(Carrier::Kept) {
            execute.line("self.context = context");
        }
        if !handler.base_execute.is_empty() {
            execute.line("super().execute(phase, context)");
        }
        execute.extend(handler.execute);
        execute.line("return seen");
        let word = if uses(Carrier::Awaited) { "async def" } else { "def" };
        let mut class = Block::of(&[&format!("\"\"\"Carries out {}.\"\"\"", phase.name)]);
        class.extend(spoken::attributes(phase));
        class.line("");
        class.extend(execute.under(&format!("{word} execute(self, phase, context):"), 4));
        class.extend(separated(handler.methods));
        let bases = if has_base { format!("{title}Steps, ") } else { String::new() };
        let opening = format!("class {title}PhaseHandler({bases}AbstractPhaseHandler):");
        let module = self.module(&home);
        module
            .imports
            .insert("from flowkit import AbstractPhaseHandler, ContextContract, Field".to_owned());
        module.classes.push(class.under(&opening, 4));
        if has_base {
            self.import(&home, "bases", &format!("{title}Steps"));
            let mut base = Block::of(&["\"\"\"What the handler inherits.\"\"\""]);
            if !handler.base_execute.is_empty() {
                base.line("");
                let opening = "def execute(self, phase, context):";
                base.extend(handler.base_execute.under(opening, 4));
            }
            base.extend(separated(handler.base_methods));
            let base = base.under(&format!("class {title}Steps:"), 4);
            self.module("bases").classes.push(base);
        }
    }

    /// The module of this name, which can use what all code uses.
    fn module(&mut self, name: &str) -> &mut Module {
        let module = self.modules.entry(name.to_owned()).or_default();
        if name != "keys" {
            module.imports.extend(body::IMPORTS.iter().map(|line| (*line).to_owned()));
        }
        module
    }

    /// Makes a name of another of our modules known in a module.
    fn import(&mut self, into: &str, from: &str, name: &str) {
        let dot = if self.model.layout.package { "." } else { "" };
        let line = format!("from {dot}{from} import {name}");
        self.module(into).imports.insert(line);
    }

    fn step(&mut self, home: &str, step: &Step, handler: &mut Parts) {
        if let Action::Unrelated(unrelated) = &step.action {
            unrelated.iter().for_each(|line| handler.execute.line(line));
            return;
        }
        let local = self.local(step);
        match step.by {
            Carrier::Direct | Carrier::Alias => {
                let alias = format!("shared_{}", step.number);
                let is_alias = step.by == Carrier::Alias;
                if is_alias {
                    handler.execute.line(format!("{alias} = context"));
                }
                let context = if is_alias { &alias } else { "context" };
                let lines = self.lines(home, step, context, &local);
                handler.execute.extend(lines);
            }
            Carrier::Super => {
                let lines = self.lines("bases", step, "context", &local);
                handler.base_execute.extend(lines);
                return;
            }
            _ => {
                let call = self.function(home, step, &local, handler);
                let assigned = format!("{local} = {call}");
                handler.execute.line(if is_read(step) { assigned } else { call });
            }
        }
        if is_read(step) {
            handler.execute.line(format!("seen.append({local})"));
        }
    }

    /// Writes the function that holds the step, and gives the call of it.
    fn function(&mut self, home: &str, step: &Step, local: &str, handler: &mut Parts) -> String {
        let name = format!("{}_{local}", if is_read(step) { "take" } else { "leave" });
        let called = ["context", "ctx", "state"][step.number as usize % 3];
        let module = match step.by {
            Carrier::Elsewhere | Carrier::ThroughModule | Carrier::Deep => "steps",
            Carrier::Inherited => "bases",
            _ => home,
        };
        let context = match step.by {
            Carrier::Nested => "context",
            Carrier::Kept => "self.context",
            _ => called,
        };
        let mut lines = self.lines(module, step, context, local);
        if step.by == Carrier::Recursive {
            let again = format!("    return {name}({called}, depth + 1)");
            lines.extend(Block::of(&["if depth < 2:", &again]));
        }
        if is_read(step) {
            lines.line(format!("return {local}"));
        }
        let def =
            |parameters: String| lines.clone().under(&format!("def {name}({parameters}):"), 4);
        let plain = || def(called.to_owned());
        let method = || def(format!("self, {called}"));
        let to_context = format!("{name}(context)");
        let on_self = format!("self.{name}(context)");
        match step.by {
            Carrier::Elsewhere | Carrier::ThroughModule | Carrier::Deep => {
                let block = plain();
                self.module("steps").functions.push(block);
                return self.elsewhere(home, step, &name);
            }
            Carrier::Method => handler.methods.push(method()),
            Carrier::Inherited => handler.base_methods.push(method()),
            Carrier::Static => {
                let mut block = Block::of(&["@staticmethod"]);
                block.extend(plain());
                handler.methods.push(block);
            }
            Carrier::Awaited => {
                let opening = format!("async def {name}(self, {called}):");
                handler.methods.push(lines.under(&opening, 4));
                return format!("await {on_self}");
            }
            Carrier::Kept => {
                handler.methods.push(def("self".to_owned()));
                return format!("self.{name}()");
            }
            Carrier::Nested => {
                handler.execute.extend(def(String::new()));
                return format!("{name}()");
            }
            _ => {
                let parameters = match step.by {
                    Carrier::Keyword => format!("*, {called}"),
                    Carrier::Recursive => format!("{called}, depth=0"),
                    _ => called.to_owned(),
                };
                let block = def(parameters);
                self.module(home).functions.push(block);
            }
        }
        match step.by {
            Carrier::Keyword => format!("{name}({called}=context)"),
            Carrier::Partial => {
                self.module(home).imports.insert("from functools import partial".to_owned());
                format!("partial({name}, context)()")
            }
            Carrier::Bound => {
                handler.execute.line(format!("step_{} = {name}", step.number));
                format!("step_{}(context)", step.number)
            }
            Carrier::Method | Carrier::Inherited | Carrier::Static => on_self,
            _ => to_context,
        }
    }

    /// The call of a function in the module of shared steps.
    fn elsewhere(&mut self, home: &str, step: &Step, name: &str) -> String {
        match step.by {
            Carrier::ThroughModule => {
                let package = self.model.layout.package;
                let line = if package { "from . import steps" } else { "import steps" };
                self.module(home).imports.insert(line.to_owned());
                format!("steps.{name}(context)")
            }
            Carrier::Deep => {
                self.import(home, "steps", name);
                let outer = format!("on_the_way_to_{name}");
                let mut block = Block::of(&[&format!("def {outer}(context):")]);
                block.line(format!("    return {name}(context)"));
                self.module(home).functions.push(block);
                format!("{outer}(context)")
            }
            _ => {
                self.import(home, "steps", name);
                format!("{name}(context)")
            }
        }
    }

    /// The step's lines in a module, which gets the constants that they use.
    fn lines(&mut self, module: &str, step: &Step, context: &str, local: &str) -> Block {
        let mut block = Block::default();
        let key = self.key(module, step);
        if step.key == Key::Local {
            block.line(format!("{key} = \"{}\"", body::top(&step.field)));
        }
        block.extend(lines(step, &Words { context, key: &key, local }));
        block
    }

    fn key(&mut self, module: &str, step: &Step) -> String {
        let (top, number) = (body::top(&step.field), step.number);
        let value = format!("\"{top}\"");
        let enumeration = "from enum import Enum";
        match step.key {
            Key::Literal => value,
            Key::Single => format!("'{top}'"),
            Key::Local => format!("key_{number}"),
            Key::Constant | Key::Imported => {
                let name = format!("FIELD_{number}");
                let home = if step.key == Key::Imported { "keys" } else { module };
                self.module(home).constants.line(format!("{name} = {value}"));
                if step.key == Key::Imported {
                    self.import(module, "keys", &name);
                }
                name
            }
            Key::Member => {
                self.module(module).imports.insert(enumeration.to_owned());
                let class = Block::of(&[&format!("FIELD = {value}")]);
                let class = class.under(&format!("class Names{number}(str, Enum):"), 4);
                self.module(module).constants.extend(class);
                format!("Names{number}.FIELD.value")
            }
            Key::Attribute => {
                let class = Block::of(&[&format!("FIELD = {value}")]);
                let class = class.under(&format!("class Names{number}:"), 4);
                self.module(module).constants.extend(class);
                format!("Names{number}.FIELD")
            }
            Key::InDict => {
                let line = format!("FIELDS_{number} = {{\"main\": {value}}}");
                self.module(module).constants.line(line);
                format!("FIELDS_{number}[\"main\"]")
            }
            Key::Formatted => {
                let (start, end) = top.split_at(top.len() / 2);
                let line = format!("START_{number} = \"{start}\"");
                self.module(module).constants.line(line);
                format!("f\"{{START_{number}}}{end}\"")
            }
            Key::Loop => format!("field_{number}"),
            Key::LoopConstant => {
                let line = format!("FIELDS_{number} = ({value},)");
                self.module(module).constants.line(line);
                format!("field_{number}")
            }
        }
    }

    fn local(&self, step: &Step) -> String {
        let start = if self.model.layout.renamed { "kept" } else { body::top(&step.field) };
        format!("{start}_{}", step.number)
    }
}

fn is_read(step: &Step) -> bool {
    matches!(step.action, Action::Read(_))
}

fn separated(parts: Vec<Block>) -> Block {
    let mut block = Block::default();
    for part in parts {
        block.line("");
        block.extend(part);
    }
    block
}

/// `plan_goals` as `PlanGoals`.
fn title(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())
    };
    name.split('_').filter_map(word).collect()
}
