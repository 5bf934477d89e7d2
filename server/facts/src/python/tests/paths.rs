//! Branches, loops, guards: what is done on which path.

use expect_test::expect;

use super::check;

#[test]
fn branches() {
    check(
        "if other:\n    context['a'] = 1\nelse:\n    context['b'] = 2",
        expect!["branch{write a := 1 | write b := 2}"],
    );
    check("if other:\n    context['a'] = 1", expect!["branch{write a := 1 | }"]);
    check(
        "if other:\n    pass\nelif context['a']:\n    context['b']\nelse:\n    context['c']",
        expect!["branch{ | read! a, branch{assume a, read! b | read! c}}"],
    );
    check("x = context['a'] if other else context['b']", expect!["branch{read! a | read! b}"]);
    check("x = other and context['a']", expect!["branch{read! a | }"]);
}

#[test]
fn guards() {
    check("if 'x' in context:\n    context['x']", expect!["read? x, branch{assume x, read! x | }"]);
    check(
        "if context.get('x'):\n    context['x']",
        expect!["read? x, branch{assume x, read! x | }"],
    );
    check(
        "if context.get('x') is not None:\n    context['x']",
        expect!["read? x, branch{assume x, read! x | }"],
    );
    check(
        "if 'x' not in context:\n    return\ncontext['x']",
        expect!["read? x, branch{return | assume x}, read! x"],
    );
    check(
        "if not context.get('x'):\n    raise ValueError(context['y'])\ncontext['x']",
        expect!["read? x, branch{read! y, call ValueError(0=y), raise | assume x}, read! x"],
    );
    check(
        "assert 'x' in context, context['y']\ncontext['x']",
        expect!["read? x, branch{read! y | }, assume x, read! x"],
    );
    check(
        "if 'x' in context and context['x'] and other:\n    context['x']",
        expect!["read? x, branch{assume x, read! x | }, branch{assume x, read! x | }"],
    );
    check(
        "if 'x' not in context or not context['x']:\n    return\ncontext['x']",
        expect!["read? x, branch{assume x, read! x | }, branch{return | assume x}, read! x"],
    );
    check("if 'x' in context or 'y' in context:\n    pass", expect!["read? x, branch{read? y | }"]);
    check(
        "x = context['x'] if 'x' in context else None",
        expect!["read? x, branch{assume x, read! x | }"],
    );
    check(
        "if (d := context.get('d')):\n    d['e']",
        expect!["read? d, branch{assume d, read! d.e | }"],
    );
    check(
        "if other and (d := context.get('d')) is not None:\n    d['e']",
        expect!["branch{read? d | }, branch{assume d, read! d.e | }"],
    );
    check(
        "d = context.get('d')\nif d:\n    context['d']",
        expect!["read? d, branch{assume d, read! d | }"],
    );
    check(
        "x = [context['x'] for y in other if 'x' in context]",
        expect!["escape-read other:@, loop{read? x, branch{assume x, read! x, escape x | }}"],
    );
    check(
        "while 'x' in context:\n    context.pop('x')",
        expect!["read? x, loop{assume x, read! x, drop x, read? x}"],
    );
    check(
        "if context.get('x') == 'y':\n    context['x']",
        expect!["read? x, branch{assume x, choose, read! x | }"],
    );
    check(
        "if context.get('x') in (None, ''):\n    return\ncontext['x']",
        expect!["read? x, branch{return | assume x}, read! x"],
    );
    check("if context.get('x', 1):\n    context['x']", expect!["read x=1, branch{read! x | }"]);
    check(
        "if isinstance(context.get('x'), dict):\n    context['x']",
        expect!["read? x, branch{assume x, read! x | }"],
    );
    check(
        "if 'b' in context['a']:\n    context['a']['b']",
        expect!["read! a, branch{assume a.b, read! a.b | }"],
    );
    check(
        "for k in KEYS:\n    if k in context:\n        context[k]",
        expect!["loop+{read? each(KEYS), branch{assume each(KEYS), read! each(KEYS) | }}"],
    );
    check(
        "for t in other:\n    if 'x' not in context:\n        continue\n    context['x']",
        expect!["escape-read other:@, loop{read? x, branch{continue | assume x}, read! x}"],
    );
}

#[test]
fn loops() {
    check("for x in other:\n    context['a'] = x", expect!["escape-read other:@, loop{write a}"]);
    check(
        "for x in (1, 2):\n    context['a'] = x\nelse:\n    context['b'] = 1",
        expect!["loop+{write a}, write b := 1"],
    );
    check(
        "for x in other:\n    if x:\n        break\nelse:\n    context['b'] = 1",
        expect!["escape-read other:@, loop{branch{break | }}, branch{write b := 1 | }"],
    );
    check(
        "while True:\n    context['a'] = 1\ncontext['b'] = 1",
        expect!["loop+{write a := 1}, raise"],
    );
    check(
        "while True:\n    if other:\n        break\n    context['a'] = 1\ncontext['b'] = 1",
        expect!["loop+{branch{break | }, write a := 1}, write b := 1"],
    );
    check(
        "async for x in other:\n    context['a'] = x",
        expect!["escape-read other:@, loop{write a}"],
    );
}

#[test]
fn tries() {
    check(
        "try:\n    x = context['a']\nexcept KeyError:\n    x = None",
        expect!["try{read! a}except key{}"],
    );
    check(
        "try:\n    context['a']\nexcept (ValueError, TypeError) as e:\n    raise\nelse:\n    context['b']\nfinally:\n    context['c']",
        expect!["try{read! a}except {raise}else{read! b}finally{read! c}"],
    );
    check(
        "try:\n    work()\nexcept Exception:\n    context['error'] = 1",
        expect!["branch{write error := 1 | }"],
    );
    check(
        "try:\n    return context['a']\nexcept:\n    pass\ncontext['b']",
        expect!["try{read! a, return}except key{}, read! b"],
    );
    check("with suppress(KeyError):\n    context['a']", expect!["try{read! a}except key{}"]);
    check(
        "with open(context['path']) as f:\n    context['a'] = f",
        expect!["read! path, call open(0=path), write a"],
    );
}

#[test]
fn defaults_are_no_presence() {
    check(
        "d = context.get('d', {})\nif d is not None:\n    context['d']",
        expect!["read d={}, branch{read! d | }"],
    );
    check(
        "d = context.get('d', {})\nif d:\n    context['d']",
        expect!["read d={}, branch{assume d, read! d | }"],
    );
    check(
        "if context.get('d', 'x') == 'x':\n    context['d']",
        expect![[r#"read d="x", branch{read! d | }"#]],
    );
}

#[test]
fn dead_code() {
    check("return context['a']\ncontext['b']", expect!["read! a, return"]);
    check(
        "if other:\n    return\nelse:\n    raise ValueError\ncontext['b']",
        expect!["branch{return | raise}"],
    );
    check("sys.exit(context['a'])\ncontext['b']", expect!["read! a, call sys.exit(0=a), raise"]);
    check("raise KeyError(f\"{context['a']}\")", expect!["read! a, raise"]);
}

#[test]
fn order_of_evaluation() {
    check("context['a'] = context['b'] + context['c']", expect!["read! b, read! c, write a"]);
    check("f(context['a'], context)['x']", expect!["read! a, call f(0=a, 1=@)"]);
    check("context[context['k']] = context['v']", expect!["read! v, read! k, write * <- v"]);
}
