//! What is read of builders, in a short form.

use std::fmt::Write;

use syntax::python::parse;

use crate::frameworks::{Action, Builder, Origin, Step, Target};
use crate::python::{Constant, Dotted, PythonFacts, lower, lower_again, lower_first};

#[track_caller]
fn check(code: &str, expected: &[&str]) {
    let (facts, places) = lower(code, &parse(code, None));
    let found: Vec<String> = facts.builders.iter().flat_map(|one| shown(&facts, one)).collect();
    assert_eq!(found, expected, "{code}");
    assert!(facts.builders.iter().all(|builder| places.span(builder.at).is_some()));
    let again = lower_again(code, &parse(code, None), &lower_first(code, &parse(code, None)));
    assert_eq!(again.facts, facts);
}

/// One line for the builder, and one for each of its steps.
fn shown(facts: &PythonFacts, builder: &Builder) -> Vec<String> {
    let origin = match &builder.origin {
        Origin::Made { class, schemas, kept } => {
            let mut text = format!("made {}", dotted(class));
            for (name, schema) in
                [("", schemas.state), (" in ", schemas.input), (" out ", schemas.output)]
            {
                schema.into_iter().for_each(|schema| {
                    let name = if name.is_empty() { " " } else { name };
                    write!(text, "{name}{}", dotted(&schema.class)).unwrap();
                });
            }
            kept.iter().for_each(|kept| write!(text, " kept {kept}").unwrap());
            text
        }
        Origin::SelfAttribute(name) => format!("self.{name}"),
        Origin::Parameter(index) => format!("parameter {index}"),
    };
    let names: Vec<&str> = builder.names.iter().map(|name| name.as_str()).collect();
    let named = if names.is_empty() { String::new() } else { format!(" as {}", names.join("+")) };
    let origin = format!("{origin}{named}{}", if builder.is_returned { " returned" } else { "" });
    let steps = builder.steps.iter().map(|step| match step {
        Step::Node(node) => {
            let mut text = node.name.as_ref().map_or_else(|| "-".to_owned(), word);
            write!(text, " = {}", action(facts, &node.action)).unwrap();
            node.input
                .iter()
                .for_each(|input| write!(text, " in {}", dotted(&input.class)).unwrap());
            if !node.goes_to.is_empty() {
                write!(text, " to {}", words(&node.goes_to)).unwrap();
            }
            text
        }
        Step::Edge(edge) => format!("{} -> {}", words(&edge.from), word(&edge.to.name)),
        Step::Choice(choice) => {
            let ways = choice.ways.as_ref().map_or_else(
                || "any".to_owned(),
                |ways| {
                    let way = |way: &crate::frameworks::Way| match &way.label {
                        Some(label) => format!("{}: {}", word(label), word(&way.to.name)),
                        None => word(&way.to.name),
                    };
                    ways.iter().map(way).collect::<Vec<_>>().join(", ")
                },
            );
            let router = action(facts, &choice.router);
            format!("{} -{router}-> {ways}", word(&choice.from.name))
        }
        Step::Handed(callee, position) => format!("to {} at {position}", action(facts, callee)),
        Step::Open => "open".to_owned(),
    });
    std::iter::once(origin).chain(steps).collect()
}

fn dotted(name: &Dotted) -> String {
    name.iter().map(|part| part.as_str()).collect::<Vec<_>>().join(".")
}

fn words(targets: &[Target]) -> String {
    targets.iter().map(|target| word(&target.name)).collect::<Vec<_>>().join("+")
}

fn word(constant: &Constant) -> String {
    match constant {
        Constant::Literal(contracts::value::Value::Text(text)) => text.to_string(),
        Constant::Name(name) => dotted(name),
        Constant::Unknown => "?".to_owned(),
        other => format!("{other:?}"),
    }
}

fn action(facts: &PythonFacts, of: &Action) -> String {
    match of {
        Action::Function(index) => {
            let function = &facts.functions[*index as usize];
            format!("{}#{index}", function.qualified)
        }
        Action::Name(name) => dotted(name),
        Action::SelfMethod(name) => format!("self.{name}"),
        Action::Made(inner) => format!("{}()", action(facts, inner)),
        Action::Method(inner, name) => format!("{}.{name}", action(facts, inner)),
        Action::Partial(inner, given) => format!("partial({}, {given})", action(facts, inner)),
        Action::Workflow(index) => format!("workflow {index}"),
        Action::Unknown => "?".to_owned(),
    }
}

#[test]
fn the_module_draws() {
    check(
        "from langgraph.graph import StateGraph, START, END\n\
         builder = StateGraph(State, input_schema=Question, output=Answer)\n\
         builder.add_node('plan', plan)\n\
         builder.add_node(nodes.work, input_schema=Narrow)\n\
         builder.add_edge(START, 'plan')\n\
         builder.add_edge(['plan', 'work'], END)\n\
         builder.add_conditional_edges('plan', route, {'yes': 'work', 'no': END})\n\
         builder.add_conditional_edges('plan', route, ['work'])\n\
         builder.add_conditional_edges('plan', route)\n\
         graph = builder.compile()\n",
        &[
            "made StateGraph State in Question out Answer as builder+graph",
            "plan = plan",
            "- = nodes.work in Narrow",
            "START -> plan",
            "plan+work -> END",
            "plan -route-> yes: work, no: END",
            "plan -route-> work",
            "plan -route-> any",
        ],
    );
}

#[test]
fn a_name_means_what_it_meant_at_that_line() {
    check(
        "def node(state): pass\n\
         a = StateGraph(A)\n\
         a.add_node('n', node)\n\
         def node(state): return {}\n\
         b = StateGraph(B)\n\
         b.add_node('n', node)\n\
         b.add_node('a', a.compile())\n\
         sub = a.compile()\n\
         b.add_node('s', sub)\n",
        &[
            "made StateGraph A as a+sub",
            "n = node#0",
            "made StateGraph B as b",
            "n = node#1",
            "a = workflow 0",
            "s = workflow 0",
        ],
    );
}

#[test]
fn functions_and_methods_draw() {
    check(
        "class Flow:\n\
        \x20   def __init__(self):\n\
        \x20       self.graph = StateGraph(State)\n\
        \x20       self._nodes()\n\
        \x20   def _nodes(self):\n\
        \x20       self.graph.add_node('plan', self.plan)\n\
        \x20       extend(self.graph)\n\
         def extend(graph):\n\
        \x20   def inner(state): pass\n\
        \x20   trader = create_trader(llm)\n\
        \x20   graph.add_node('inner', inner)\n\
        \x20   graph.add_node('trader', trader)\n\
        \x20   graph.add_node('bound', functools.partial(helper, llm, k=1))\n\
        \x20   graph.add_node('object', Agent(llm).run)\n\
        \x20   graph.add_node('lambda', lambda state: state)\n",
        &[
            "made StateGraph State kept graph",
            "self.graph",
            "plan = self.plan",
            "to extend at 0",
            "parameter 0",
            "inner = extend.<locals>.inner#3",
            "trader = create_trader()",
            "bound = partial(helper, 1)",
            "object = Agent().run",
            "lambda = extend.<locals>.<lambda>#4",
        ],
    );
}

#[test]
fn chains_sequences_and_points() {
    check(
        "graph = (\n    StateGraph(State)\n    .add_node('a', a)\n    .add_sequence([('b', b), c])\n\
         \x20   .set_entry_point('a')\n    .set_finish_point('c')\n\
         \x20   .set_conditional_entry_point(route, {'x': 'a'})\n    .compile()\n)\n",
        &[
            "made StateGraph State as graph",
            "a = a",
            "b = b",
            "- = c",
            "b -> c",
            "__start__ -> a",
            "c -> __end__",
            "__start__ -route-> x: a",
        ],
    );
}

#[test]
fn loops_over_literals_are_run() {
    check(
        "g = StateGraph(State)\n\
         for name, node in [('a', a), ('b', b)]:\n    g.add_node(name, node)\n\
         NODES = {'c': c, 'd': d}\n\
         for name, node in NODES.items():\n    g.add_node(name, node)\n\
         for name in NODES:\n    g.add_edge(name, END)\n\
         for agent in agents:\n    g.add_node(agent.name, agent.run)\n\
         [g.add_node(n, f) for n, f in more]\n",
        &[
            "made StateGraph State as g",
            "a = a",
            "b = b",
            "c = c",
            "d = d",
            "c -> END",
            "d -> END",
            "? = ?",
            "open",
        ],
    );
}

#[test]
fn what_a_branch_decides_is_not_known() {
    check(
        "g = StateGraph(State)\n\
         if fast:\n    node = quick\nelse:\n    node = slow\n    g.add_node('extra', node)\n\
         g.add_node('n', node)\n\
         g.add_node(**options)\n",
        &["made StateGraph State as g", "extra = slow", "n = ?", "open"],
    );
}

#[test]
fn a_function_may_return_what_it_draws() {
    check(
        "def build(self_):\n    g = StateGraph(State)\n    g.add_node(run)\n    return g.compile()\n",
        &["made StateGraph State returned", "- = run"],
    );
}
