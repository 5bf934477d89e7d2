//! What functions give back, in a short form: `a! b?` are keys that are certain and possible.

use syntax::python::parse;

use crate::frameworks::{Action, Saying, Update};
use crate::python::{Constant, lower};

#[track_caller]
fn check(body: &str, expected: &str) {
    let body: String = body.lines().map(|line| format!("    {line}\n")).collect();
    check_code(&format!("def node(state):\n{body}"), expected);
}

#[track_caller]
fn check_code(code: &str, expected: &str) {
    let (facts, places) = lower(code, &parse(code, None));
    let function = facts.functions.first().unwrap();
    let update = function.update.as_deref();
    assert_eq!(update.map_or_else(|| "-".to_owned(), shown), expected, "{code}");
    let keys = update.into_iter().flat_map(|update| &update.keys);
    assert!(keys.into_iter().all(|key| places.span(key.at).is_some()));
}

fn shown(update: &Update) -> String {
    let mut parts: Vec<String> = update
        .keys
        .iter()
        .map(|key| {
            let parent = if key.to_parent { "^" } else { "" };
            format!("{parent}{}{}", word(&key.key), if key.must { "!" } else { "?" })
        })
        .collect();
    parts.extend(update.calls.iter().map(|call| match &call.callee {
        Action::Name(name) => {
            format!("{}()", name.iter().map(|part| part.as_str()).collect::<Vec<_>>().join("."))
        }
        Action::SelfMethod(name) => format!("self.{name}()"),
        _ => "?()".to_owned(),
    }));
    parts.extend(update.whole.map(|_| "whole".to_owned()));
    parts.extend(update.open.map(|_| "open".to_owned()));
    parts.extend(update.words.iter().map(|said| {
        let how = match said.saying {
            Saying::Plain => "to",
            Saying::Command => "goto",
            Saying::Send => "send",
        };
        format!("{how} {}", word(&said.target.name))
    }));
    parts.join(" ")
}

fn word(constant: &Constant) -> String {
    match constant {
        Constant::Literal(contracts::value::Value::Text(text)) => text.to_string(),
        Constant::Name(name) => name.iter().map(|part| part.as_str()).collect::<Vec<_>>().join("."),
        _ => "?".to_owned(),
    }
}

#[test]
fn displays_and_calls() {
    check("return {'a': 1, \"b\": f(), KEY: 2}", "a! b! KEY!");
    check("return dict(a=1, b=2)", "a! b!");
    check("return {**state, 'a': 1}", "a! whole");
    check("return {'a': 1} | extra", "a! open");
    check("return {**helper(state), 'a': 1}", "a! open");
    check("return await self_.run(state)", "self_.run()");
    check("return 1", "-");
    check("print(state)", "-");
    check("return {x: 1 for x in state}", "open");
    check("return x + 1", "open");
    check("yield {'a': 1}", "open");
}

#[test]
fn several_returns() {
    check("if state:\n    return {'a': 1}\nreturn {'a': 2, 'b': 3}", "a! a! b?");
    check("if state:\n    return {'a': 1}", "a?");
    check("if state:\n    return None\nreturn {'a': 1}", "a?");
    check("if state:\n    raise ValueError\nreturn {'a': 1}", "a!");
    check("return {'a': 1} if state else {'b': 2}", "a? b?");
    check("return {'a': 1} if state else None", "a?");
}

#[test]
fn dicts_built_bit_by_bit() {
    check("out = {'a': 1}\nout['b'] = 2\nout.update(c=3, **more)\nreturn out", "a! b! c! open");
    check("out = {}\nif state:\n    out['b'] = 2\nreturn out", "b?");
    check("out = {}\nif state:\n    out['b'] = 2\nelse:\n    out['b'] = 3\nreturn out", "b! b!");
    check("out = {}\nfor x in state:\n    out['b'] = x\nreturn out", "b?");
    check("out = {'a': 1}\nfill(out)\nreturn out", "a! open");
    check("out = {'a': 1}\nlog.info(out['a'])\nreturn out", "a!");
    check("out = {'a': 1}\ndel out['a']\nreturn out", "a?");
    check("try:\n    out = {'a': 1}\nexcept E:\n    return {'error': 1}\nreturn out", "a? error?");
    check("result = await work(state)\nreturn result", "work()");
    check("with lock:\n    return {'a': 1}", "a!");
}

#[test]
fn the_state_itself() {
    check("state['a'] = 1\nreturn state", "whole");
    check("state = {'a': 1}\nreturn state", "a!");
}

#[test]
fn commands_and_sends() {
    check("return Command(update={'a': 1}, goto='next')", "a! goto next");
    check("return Command(goto=[Send('x', {}), 'y'], update=[('a', 1)])", "a! send x goto y");
    check("return Command(graph=Command.PARENT, update={'a': 1}, goto=END)", "^a! goto END");
    check("return [Send('work', {'s': s}) for s in state]", "send work");
    check("if state:\n    return 'yes'\nreturn END", "open to yes to END");
    check("return ['a', 'b']", "to a to b");
}

#[test]
fn methods_and_lambdas() {
    check_code(
        "class A:\n    def node(self, state):\n        if x:\n            return self.other(state)\n        return {**state}\n",
        "self.other() whole",
    );
    check_code("def f():\n    return {'a': 1}\n", "a!");
}
