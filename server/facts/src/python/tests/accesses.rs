//! One case at least for each row of the table of accesses.

use expect_test::expect;

use super::{check, check_method};

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
        "if context.get('a'): return\ncontext['b']",
        expect!["aside{read? a}, branch{assume a, return | }, read! b"],
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
    check(r#"context[f"{PREFIX}_rules"]"#, expect!["read! <PREFIX>+_rules"]);
    check(
        "context[KEYS['a']]\ncontext[KEYS[0] + '_b']",
        expect![[r#"read! <KEYS["a"]>, read! <KEYS[0]>+_b"#]],
    );
    check(
        "key = f'a_{other}_z'\ncontext[key] = 1",
        expect!["escape-read other:@, write a_~_z := 1"],
    );
    check(
        "for n in ('x', 'y'):\n    context[f'a_{n}']",
        expect![[r#"loop+{read! each(["a_x", "a_y"])}"#]],
    );
}
