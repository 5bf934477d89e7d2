//! One case at least for each row of the table of accesses.

use expect_test::expect;

use super::{check, check_file, check_method};

#[test]
fn subscripts() {
    check(r#"x = context["a"]"#, expect!["read! a"]);
    check(r#"context["a"] = 1"#, expect!["write a := 1"]);
    check(r#"context["a"] += 1"#, expect!["read! a, write a"]);
    check(r#"del context["a"]"#, expect!["drop a"]);
    check(r#"del context["a"]["b"], context["c"]"#, expect!["drop a.b, drop c"]);
    check(r#"x = context["a"]["b"]["c"]"#, expect!["read! a.b.c"]);
    check(r#"context["a"]["b"] = other"#, expect!["escape other:@, write a.b <- other:@"]);
    check(r#"context["a"][task]["mode"]"#, expect!["read! a, read! a.<task>.mode"]);
    check(r#"context["a"][0]["mode"]"#, expect!["read! a, read! a.*.mode"]);
    check(r#"context[key]"#, expect!["read! <key>"]);
    check(
        r#"context["a"], context["b"] = context["c"], context["d"]"#,
        expect!["read! c, read! d, write a <- c, write b <- d"],
    );
    check(r#"a, b = context["a"], context["b"]"#, expect!["read! a, read! b"]);
    check(
        "context['a\\n'] = context[\"b\" \"c\"]",
        expect![[r#"
        read! bc, write a
         <- bc"#]],
    );
}

#[test]
fn what_is_spread_is_read() {
    check(
        r#"x = [*context["a"]], {*context["b"].c, 1}, [1, *context["c"]]"#,
        expect!["read! a, escape a, read! b, read! c"],
    );
}

#[test]
fn conditions_that_are_kept() {
    check(
        "has = 'a' in context\nif has: context['a']",
        expect!["read? a, branch{assume a, read! a | }"],
    );
    check(
        "missing = [k for k in ('a', 'b') if k not in context]\nif missing: return\ncontext['a']",
        expect![[
            r#"loop+{read? each(["a", "b"])}, branch{return | loop+{assume each(["a", "b"])}}, read! a"#
        ]],
    );
    check(
        "if all(k in context for k in KEYS): context['a']",
        expect!["loop+{read? each(KEYS)}, branch{loop+{assume each(KEYS)}, read! a | }"],
    );
    check(
        "if any(k not in context for k in KEYS): return\ncontext['a']",
        expect!["loop+{read? each(KEYS)}, branch{return | loop+{assume each(KEYS)}}, read! a"],
    );
    check(
        "if {'a', 'b'} <= context.keys(): context['a']",
        expect![[
            r#"loop+{read? each(["a", "b"])}, branch{loop+{assume each(["a", "b"])}, read! a | }"#
        ]],
    );
    check(
        "x = 'a' not in context or context['a']",
        expect!["read? a, branch{assume a, read! a | }"],
    );
}

#[test]
fn itemgetter() {
    check(r#"operator.itemgetter("a")(context)["b"]"#, expect!["read! a.b"]);
    check("get = itemgetter(\"a\", \"b\")\nx, y = get(context)", expect!["read! a, read! b"]);
}

#[test]
fn soft_and_defaulted_reads() {
    check(r#"x = context.get("a")"#, expect!["read? a"]);
    check(r#"x = context.get("a", "unknown")"#, expect![[r#"read a="unknown""#]]);
    check(r#"x = context.get("a", default=[])"#, expect!["read a=[]"]);
    check(r#"x = context.get("a", None)"#, expect!["read a=None"]);
    check(r#"x = context.get("a", compute())"#, expect!["read a=.."]);
    check(r#"x = context.get("a", ("x", 1))"#, expect![[r#"read a=("x", 1)"#]]);
    check(r#"x = context.get("a") or "full""#, expect![[r#"read a="full""#]]);
    check(
        r#"x = context.get("a") or compute(context["b"])"#,
        expect!["read a=.., branch{read! b, call compute(0=b) | }"],
    );
    check(
        r#"x = context.get("a") or context.get("b") or -1.5"#,
        expect!["read a=.., branch{read? b | }"],
    );
    check(r#"x = context.get("a", 1) or 2"#, expect!["read a=1"]);
    check(r#"x = context["a"] or 2"#, expect!["read! a"]);
    check(r#""a" in context"#, expect!["read? a"]);
    check(r#"x = "a" in context.keys()"#, expect!["read? a"]);
    check(r#"x = context.get("a", {}).get("b", "unknown")"#, expect![[r#"read a.b="unknown""#]]);
    check(r#"x = (context.get("a") or {}).get("b")"#, expect!["read? a.b"]);
    check(r#"x = context.get("a", {})["b"]"#, expect!["read! a.b"]);
    check("get = context.get\nx = get('a', 1)", expect!["read a=1"]);
}

#[test]
fn setdefault() {
    check(
        r#"context.setdefault("a", [])"#,
        expect!["read a=[], branch{write a := [] | }, assume a"],
    );
    check(
        r#"context.setdefault(KEY, {})["b"] = 1"#,
        expect!["read <KEY>={}, branch{write <KEY> := {} | }, assume <KEY>, write <KEY>.b := 1"],
    );
    check(
        r#"context.setdefault("a")"#,
        expect!["read a=None, branch{write a := None | }, assume a"],
    );
}

#[test]
fn updates() {
    check(r#"context.update({"a": 1, "b": Model(2)})"#, expect!["write a := 1, write b : Model()"]);
    check(
        r#"context.update(a=1, b=[x for x in other])"#,
        expect!["escape-read other:@, write a := 1, write b : list"],
    );
    check(r#"context.update([("a", 1)])"#, expect!["write a := 1"]);
    check(
        r#"context.update({"a": 1, **other})"#,
        expect!["escape-read other:@, write a := 1, write *"],
    );
    check(r#"context.update(compute())"#, expect!["write *"]);
    check(r#"context.update(other)"#, expect!["escape-read other:@, write *"]);
    check(r#"context |= {"a": 1}"#, expect!["write a := 1"]);
    check("new = {}\nnew['a'] = 1\nnew['b'] = 2\ncontext.update(new)", expect!["write a, write b"]);
}

#[test]
fn drops() {
    check(r#"x = context.pop("a")"#, expect!["read! a, drop a"]);
    check(r#"x = context.pop("a", None)"#, expect!["read a=None, drop a"]);
    check(r#"context["a"].pop("b")"#, expect!["read! a.b, drop a.b"]);
    check(r#"context.clear()"#, expect!["clear @"]);
    check(r#"context["a"].clear()"#, expect!["clear a"]);
    check(r#"context.popitem()"#, expect!["escape @"]);
}

#[test]
fn written_values() {
    check(
        "context['a'] = [Task(x) for x in other]",
        expect!["escape-read other:@, write a : list"],
    );
    check("context['a'] = {'x': other, 'y': {}}", expect!["escape other:@, write a : {x, y}"]);
    check("context['a'] = dict(x=1)", expect!["write a : {x}"]);
    check("context['a'] = f'{other}'", expect!["escape-read other:@, write a : str"]);
    check("context['a'] = Plan(other)", expect!["call Plan(0=other:@), write a : Plan()"]);
    check("context['a'] = await module.plan()", expect!["write a : module.plan()"]);
    check("context['a'] = context['b']", expect!["read! b, write a <- b"]);
    check("context['a'] = True", expect!["write a := True"]);
    check("context['a'] = not other", expect!["write a : bool"]);
    check("plan = {'x': 1}\ncontext['a'] = plan", expect![[r#"write a := {"x": 1}"#]]);
    check("plan = {'x': 1}\nplan['y'] = 2\ncontext['a'] = plan", expect!["write a : {x, y, ..}"]);
    check("plan = {'x': 1}\nfill(plan)\ncontext['a'] = plan", expect!["write a : {x, ..}"]);
    check("plan = []\nplan.append(1)\ncontext['a'] = plan", expect!["write a : list"]);
    check("plan = 'x' if other else 'y'\ncontext['a'] = plan", expect!["write a"]);
}

#[test]
fn aliases() {
    check("a = context['a']\na['b']", expect!["read! a, read! a.b"]);
    check(
        "s = context.get('s') or {}\nx = s.get('d')\ns['e'] = 1",
        expect!["read s={}, read? s.d, branch{write s.e := 1 | }"],
    );
    check("s = context.get('s', {'d': 1})\nx = s['d']", expect![[r#"read s={"d": 1}, read? s.d"#]]);
    check("c = context\nc['a']\nc = other\nc['b']", expect!["read! a, read! other:b"]);
    check("a = context['a']\nif other:\n    a = {}\na['b']", expect!["read! a, read! a.b"]);
    check("a = context['a']\nif other:\n    a = other\na['b']", expect!["read! a"]);
    check(
        "a = context.get('a')\nif a is None:\n    a = {}\nx = a.get('b', 0)",
        expect!["read? a, branch{ | assume a}, read a.b=0"],
    );
    check("a = context['a']\ndel a\na['b']", expect!["read! a"]);
    check(
        "a = context['a']\nfor x in other:\n    a['b']\n    a = a['c']\na['d']",
        expect!["read! a, escape-read other:@"],
    );
    check(
        "a = context['a'] if 'a' in context else {}\na['b']",
        expect!["read? a, branch{assume a, read! a | }, read! a.b"],
    );
    check(
        "try:\n    a = context['a']\nexcept KeyError:\n    a = {}\na['b']",
        expect!["try{read! a}except key{}, read! a.b"],
    );
    check("with other as a:\n    a['b']", expect![]);
}

#[test]
fn keys_through_constants() {
    check("for k in ('x', 'y'):\n    context[k]", expect![[r#"loop+{read! each(["x", "y"])}"#]]);
    check("for k in KEYS:\n    context[k] = 1", expect!["loop+{write each(KEYS) := 1}"]);
    check("for k in keys:\n    context[k] = 1", expect!["loop{write each(keys) := 1}"]);
    check(
        "for field, key in _FIELDS:\n    context[key] = 1",
        expect!["loop+{write each(_FIELDS/1) := 1}"],
    );
    check(
        "for old, new in RENAMED.items():\n    context[new] = context[old]",
        expect!["loop+{read! each(RENAMED/0), write each(RENAMED/1) <- each(RENAMED/0)}"],
    );
    check(
        "for v in RENAMED.values():\n    context[v]",
        expect!["loop+{read! each(RENAMED/value)}"],
    );
    check("for i, k in enumerate(KEYS):\n    context[k]", expect!["loop+{read! each(KEYS)}"]);
    check(
        "for k, v in zip(('a', 'b'), other):\n    context[k] = v",
        expect![[r#"escape-read other:@, loop{write each(["a", "b"])}"#]],
    );
    check(
        "keys = ['a', 'b']\nfor k in sorted(keys):\n    context[k]",
        expect![[r#"loop+{read! each(["a", "b"])}"#]],
    );
    check(
        "{k: context[k] for k in KEYS if k in context}",
        expect![
            "loop+{read? each(KEYS), branch{assume each(KEYS), read! each(KEYS), escape each(KEYS) | }}"
        ],
    );
    check(
        "context[KEY], context[Keys.DOMAIN], context[Phase.PLAN.value]",
        expect!["read! <KEY>, read! <Keys.DOMAIN>, read! <Phase.PLAN.value>"],
    );
    check("key = 'a'\ncontext[key]", expect!["read! a"]);
    check("key = 'a' if other else 'b'\ncontext[key]", expect![[r#"read! each(["a", "b"])"#]]);
    check("key = KEY\ncontext[key]", expect!["read! <KEY>"]);
    check_method(
        "context[self.KEY]\nfor k in self.KEYS:\n    context[k]",
        expect!["read! <self.KEY>, escape-read self.KEYS:@, loop+{read! each(self.KEYS)}"],
    );
}

#[test]
fn patterns_of_keys() {
    check(r#"context[f"onboarding_{other}"]"#, expect!["escape-read other:@, read! onboarding_~"]);
    check(r#"context["onboarding_" + other]"#, expect!["escape-read other:@, read! onboarding_~"]);
    check("name = 'x'\ncontext[f'onboarding_{name}']", expect!["read! onboarding_x"]);
    check(r#"context[f"{other}"]"#, expect!["escape-read other:@, read! *"]);
    check(
        "key = f'a_{other}_z'\ncontext[key] = 1",
        expect!["escape-read other:@, write a_~_z := 1"],
    );
    check(
        "for n in ('x', 'y'):\n    context[f'a_{n}']",
        expect![[r#"loop+{read! each(["a_x", "a_y"])}"#]],
    );
}

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
