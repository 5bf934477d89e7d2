//! A context that is copied, handed on, kept, or looked through as a whole.

use expect_test::expect;

use super::{check, check_file, check_method};

#[test]
fn copies() {
    check("new = {**context, 'x': 1}\nnew['x']\nnew['y']\nnew['z'] = 2", expect!["read! y"]);
    check("new = dict(context, x=1)\nnew.get('y')", expect!["read? y"]);
    check("new = context | {'x': 1}\nnew['y']", expect!["read! y"]);
    check("new = context.copy()\nnew['x'] = 1\nnew['a']['b'] = 2", expect!["write a.b := 2"]);
    check("new = copy.deepcopy(context)\nnew['a']['b'] = 2\nnew['c']['d']", expect!["read! c.d"]);
    check("new = dict(context)\nrun(new)", expect!["escape-read @"]);
    check("run({**context})", expect!["escape-read @"]);
    check("return {**context, 'x': 1}", expect!["escape-read @, return"]);
    check("context = {**context, 'x': 1}\nreturn context", expect!["write x := 1, return"]);
    check("context = dict(context)\ncontext['x'] = 1", expect!["write x := 1"]);
    check(
        "for k in other:\n    context = {**context, 'x': k}\ncontext['y']",
        expect!["escape-read other:@, loop{write x}, read! y"],
    );
    check("new = {'x': 1, **context}\nnew['x']", expect!["read! x"]);
    check("new = dict(context)\nnew['x'] += 1", expect!["read! x"]);
}

#[test]
fn a_context_that_is_handed_round() {
    check(
        "context = enrich(context)\ncontext['a']",
        expect!["call enrich(0=@), escape @, read! a"],
    );
    check(
        "context = await enrich(1, ctx=context)\ncontext['a']",
        expect!["call enrich(ctx=@), escape @, read! a"],
    );
    check(
        "for x in other:\n    context = step(context, x)\ncontext['a']",
        expect!["escape-read other:@, loop{call step(0=@), escape @}, read! a"],
    );
    check("context = enrich(other)\ncontext['a']", expect!["call enrich(0=other:@)"]);
}

#[test]
fn lists_of_parts() {
    check(
        "for t in list(context['tasks']):\n    t['id']",
        expect!["read! tasks, loop{read! tasks.*.id}"],
    );
    check(
        "tasks = sorted(context['tasks'], key=rank)\ntasks[0]['id']",
        expect!["read! tasks, read! tasks.*.id"],
    );
    check(
        "first = next(t for t in context['tasks'] if t['on'])",
        expect![
            "read! tasks, loop{read! tasks.*.on, branch{assume tasks.*.on, escape tasks.* | }}"
        ],
    );
    check("x = context['a'].get\nx('b')", expect!["read! a"]);
}

#[test]
fn arguments_in_stars() {
    check(
        "def g(*args, **kwargs):\n    args[0]['a']\n    kwargs['b']\ng(*other)",
        expect![[r#"
        f: call #1(?=other:@)
        f.<locals>.g: read! args:*.a, read! kwargs:b"#]],
    );
    check("g(**{'a': context['a'], **context})", expect!["read! a, escape a, escape-read @"]);
}

#[test]
fn globals_and_the_rest() {
    check("global context_copy\ncontext_copy = context\ncontext_copy['a']", expect!["read! a"]);
    check("yield from context['a']", expect!["read! a, escape a"]);
    check(
        "x = (context['a'] for a in other)",
        expect!["escape-read other:@, loop{read! a, escape a}"],
    );
    check("print(*context['a'], sep='')", expect!["read! a"]);
    check("context['a'].b = 1", expect!["read! a, escape a"]);
    check("x: dict = context['a']\nx['b']", expect!["read! a, read! a.b"]);
    check("a = b = context['a']\nb['c']", expect!["read! a, read! a.c"]);
    check("executor.submit(work, context)", expect!["call executor.submit(1=@)"]);
    check("x = context['a'](1)", expect!["read! a"]);
    check("context.unknown(1)", expect!["call ?(?=@)"]);
    check("context.update({k: 1 for k in KEYS})", expect!["write *"]);
}

#[test]
fn constructors() {
    check(
        r#"Model(x=context["x"], y=context.get("y"))"#,
        expect!["read! x, read? y, call Model(x=x, y=y)"],
    );
}

#[test]
fn calls() {
    check("f(context)", expect!["call f(0=@)"]);
    check("f(1, ctx=context)", expect!["call f(ctx=@)"]);
    check(
        "module.f(context['a'], *other, context)",
        expect!["read! a, call module.f(0=a, ?=other:@, ?=@)"],
    );
    check_method(
        "self._run(1, context)\nself.go()",
        expect!["call self._run(1=@), call self.go()"],
    );
    check_method("super().execute(1, context)", expect!["call super.execute(1=@)"]);
    check_method("Base.execute(self, context)", expect!["call Base.execute(0=@)"]);
    check("functools.partial(f, context)", expect!["call f(0=@)"]);
    check("asyncio.to_thread(f, context)", expect!["call f(0=@)"]);
    check("await f(context)", expect!["call f(0=@)"]);
    check("other.run(context)", expect!["call ?(?=other:@, 0=@)"]);
    check("(await client()).run(context)", expect!["call ?(0=@)"]);
    check_method(
        "with guard.phase('implement', context) as r:\n    context['a']",
        expect!["read! a"],
    );
}

#[test]
fn escapes() {
    check("json.dumps(context)", expect!["escape-read @"]);
    check("logger.debug('%s', context)", expect!["escape-read @"]);
    check_method("self._log.info('x', extra=context)", expect!["escape-read @"]);
    check(
        "print(len(context), str(context), repr(context))",
        expect!["escape-read @, escape-read @, escape-read @"],
    );
    check("isinstance(context, dict)", expect![]);
    check("for k in context:\n    pass", expect!["escape-read @"]);
    check("for k, v in context.items():\n    f(v)", expect!["escape-read @"]);
    check("f(**context)", expect!["escape-read @"]);
    check("x = f'{context}'", expect!["escape-read @"]);
    check("x = [context]", expect!["escape @"]);
    check("x = {'c': context}", expect!["escape @"]);
    check("other.c = context", expect!["escape @"]);
    check("other['c'] = context", expect!["escape @, write other:c <- @"]);
    check("return context", expect!["return"]);
    check("return context, 1", expect!["escape @, return"]);
    check("yield context", expect!["escape @"]);
    check("context == other", expect!["escape-read @, escape-read other:@"]);
    check("a, b = context", expect!["escape-read @"]);
    check("x = list(context)\ny = sorted(context)", expect!["escape-read @, escape-read @"]);
}

#[test]
fn loops_over_parts() {
    check(
        "for t in context['tasks']:\n    t['id']",
        expect!["read! tasks, loop{read! tasks.*.id}"],
    );
    check(
        "for k, t in context['tasks'].items():\n    t['mode'] = k",
        expect!["read! tasks, loop{write tasks.*.mode}"],
    );
    check(
        "for t in context['tasks'].values():\n    t.get('mode', 'x')",
        expect![[r#"read! tasks, loop{read tasks.*.mode="x"}"#]],
    );
    check(
        "x = [t['id'] for t in context['tasks'] if t.get('on')]",
        expect![
            "read! tasks, loop{read? tasks.*.on, branch{assume tasks.*.on, read! tasks.*.id, escape tasks.*.id | }}"
        ],
    );
    check("context['tasks'].append(1)", expect!["read! tasks, escape tasks"]);
    check("x = context['name'].strip()", expect!["read! name"]);
    check("x = context['tasks'][1:]", expect!["read! tasks"]);
}

#[test]
fn matches() {
    check(
        "match context:\n    case {'x': x}:\n        x['y']\n    case _:\n        pass",
        expect!["branch{read? x, assume x, read! x.y | }"],
    );
    check(
        "match context:\n    case {'a': {'b': 1}, **rest}:\n        context['c']",
        expect!["branch{assume a, read? a.b, assume a.b, escape-read @, read! c | }"],
    );
    check(
        "match context['kind']:\n    case 'a':\n        context['b']\n    case other:\n        return",
        expect!["read! kind, branch{read! b | return}"],
    );
}

#[test]
fn texts_do_not_count() {
    check("\"\"\"context[\"a\"]\"\"\"\n# context['b']\nx = 'context[\"c\"]'", expect![]);
    check("if TYPE_CHECKING:\n    context['a']\nelse:\n    context['b']", expect!["read! b"]);
}

#[test]
fn self_attributes() {
    check_method(
        "self.context = context\nself.context['a']",
        expect!["write self.context:@ <- @, read! a"],
    );
    check_method(
        "self.data['a']\nself.x = context['b']",
        expect!["read! self.data:a, read! b, write self.x:@ <- b"],
    );
    check_file(
        "class H:\n    def __init__(self, context):\n        self.context = context\n    def run(self):\n        self.context['a']\n",
        expect![[r#"
            H.__init__: write self.context:@ <- @
            H.run: read! self.context:a"#]],
    );
}

#[test]
fn checkers_look_and_record() {
    check("with guard.phase('plan', context) as run:\n    x = context['a']", expect!["read! a"]);
    check("validate_phase_entry('plan', context)", expect![""]);
    check_method("self.tracker.stamp(context, 'plan', 'a', context['a'])", expect!["read! a"]);
    check("isinstance(context['a'], dict)", expect!["read! a"]);
    check("other.phase(context)", expect!["call ?(?=other:@, 0=@)"]);
}
