//! Nested functions, lambdas, and text that does not parse.

use expect_test::expect;

use super::{check, check_file, check_method};

#[test]
fn nested_functions() {
    check(
        "def g():\n    context['a']\ng()",
        expect![[r#"
        f: call #1()
        f.<locals>.g: read! ^0.0:a"#]],
    );
    check(
        "def g():\n    context['a']\nrun(g)",
        expect![[r#"
        f: branch{call #1() | }
        f.<locals>.g: read! ^0.0:a"#]],
    );
    check(
        "def g(c):\n    c['a']\ng(context)",
        expect![[r#"
        f: call #1(0=@)
        f.<locals>.g: read! c:a"#]],
    );
    check(
        "def g():\n    context['a']",
        expect![[r#"
        f: 
        f.<locals>.g: read! ^0.0:a"#]],
    );
    check(
        "s = context['s']\ndef g():\n    return s['a']\nreturn g",
        expect![[r#"
        f: read! s, branch{call #1() | }, return
        f.<locals>.g: read! ^0.0:s.a, return"#]],
    );
    check(
        "context = other\ndef g():\n    context['a']\ng()",
        expect![[r#"
        f: call #1()
        f.<locals>.g: "#]],
    );
    check_method(
        "def g():\n    self.context['a']\ng()",
        expect![[r#"
        H.execute: call #1()
        H.execute.<locals>.g: read! self.context:a"#]],
    );
    check(
        "class C:\n    def m(self):\n        context['a']",
        expect![[r#"
            f: branch{call #1() | }
            f.<locals>.C.m: read! ^0.0:a"#]],
    );
}

#[test]
fn lambdas() {
    check(
        "x = sorted(other, key=lambda t: context['order'][t])",
        expect![[r#"
            f: escape-read other:@, branch{call #1() | }
            f.<locals>.<lambda>: read! ^0.0:order, read! ^0.0:order.*"#]],
    );
    check(
        "g = lambda c: c['a']\ng(context)",
        expect![[r#"
        f: call #1(0=@)
        f.<locals>.<lambda>: read! c:a"#]],
    );
    check(
        "x = map(lambda t: t['a'], other)",
        expect![[r#"
        f: escape-read other:@
        f.<locals>.<lambda>: read! t:a"#]],
    );
}

#[test]
fn a_function_that_does_not_parse_is_open() {
    check_file(
        "def f(context):\n    context['a']\n    context[\"\n\ndef g(context):\n    context['b']\n",
        expect!["OPEN read! a, call g(0=@), read! b"],
    );
}

#[test]
fn what_is_too_deep_is_open() {
    let deep =
        format!("def f(context):\n    x = {}context['a']{}\n", "[".repeat(500), "]".repeat(500));
    check_file(&deep, expect!["OPEN "]);
}

#[test]
fn a_name_that_is_made_from_itself_comes_to_an_end() {
    check(
        "x = 'a'\nx = x + 'b'\nx = x + other\ncontext[x]",
        expect!["escape-read other:@, read! ab~"],
    );
    check(
        "x = x + 'b'\ncontext[x]\nx = f'{x}' if other else x\ncontext[x]",
        expect!["read! ~b, read! *"],
    );
    check("x = [x]\nfor x in x:\n    context[x]", expect!["loop{read! *}"]);
}
