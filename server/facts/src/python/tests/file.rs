//! Facts about a file beside its functions' effects.

use expect_test::{Expect, expect};

use super::super::dump::{constant, dotted};
use super::facts;

#[expect(clippy::needless_pass_by_value, reason = "written at every call")]
fn check(source: &str, expected: Expect) {
    let facts = facts(source);
    let mut lines = Vec::new();
    for import in &facts.imports {
        let item = import.item.map_or(String::new(), |item| format!(" : {item}"));
        let dots = ".".repeat(import.level as usize);
        lines.push(format!("import {} = {dots}{}{item}", import.binding, dotted(&import.module)));
    }
    for (name, value) in &facts.constants {
        lines.push(format!("{name} = {}", constant(value)));
    }
    for class in &facts.classes {
        let bases: Vec<String> = class.bases.iter().map(|base| dotted(base)).collect();
        lines.push(format!("class {}({})", class.name, bases.join(", ")));
        for (name, value, _) in &class.attributes {
            lines.push(format!("  {name} = {}", constant(value)));
        }
        for (name, index) in &class.methods {
            lines.push(format!("  def {name} #{index}"));
        }
    }
    for found in &facts.registrations {
        let class = dotted(&found.class);
        lines.push(format!("register {} {class} in {}", constant(&found.phase), found.group));
    }
    if facts.broken {
        lines.push("BROKEN".into());
    }
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn imports() {
    check(
        "import a.b\nimport c.d as e, f\nfrom g.h import i, j as k\nfrom . import l\nfrom ..m import (n)\nfrom o import *\nif TYPE_CHECKING:\n    from p import Q\ntry:\n    import r\nexcept ImportError:\n    r = None\ndef s():\n    from t import u\n",
        expect![[r#"
            import a = a.b
            import e = c.d
            import f = f
            import i = g.h : i
            import k = g.h : j
            import l = . : l
            import n = ..m : n
            import * = o : *
            import Q = p : Q
            import r = r
            import u = t : u
            r = ?"#]],
    );
}

#[test]
fn constants() {
    check(
        "A = 'a'\nB = ['x', 1, None]\nC = ('x', A)\nD = {'k': [1.5, True]}\nE = {A: Handler(1, k=2)}\nF = other.name\nG = 1\nG = 2\nif x:\n    H = 1\nI: str = 'i'\nJ: int\nK = L = -0x1_0\nM = A + 'b'\nfor N in B:\n    pass\nO = b'x'\n",
        expect![[r#"
            A = "a"
            B = ["x", 1, None]
            C = ["x", A]
            D = {"k": [1.5, True]}
            E = {A: Handler(1, k=2)}
            F = other.name
            G = ?
            H = ?
            I = "i"
            K = -16
            L = -16
            M = ?
            O = b'x'
            register A Handler in 1"#]],
    );
}

#[test]
fn classes() {
    check(
        "@phase('implement')\nclass H(base.PhaseHandler, Generic[T], metaclass=M):\n    phase = WorkflowPhase.IMPLEMENT\n    context_requires = ContextContract({'domain': Field(type=list[str], critical=True, default='unknown')})\n    @property\n    def phase_name(self):\n        '''doc'''\n        return 'implement'\n    def execute(self, phase, context):\n        return context['a']\n    class Inner:\n        X = 1\n",
        expect![[r#"
            class H(base.PhaseHandler, Generic)
              phase = WorkflowPhase.IMPLEMENT
              context_requires = ContextContract({"domain": Field(type=list, critical=True, default="unknown")})
              phase_name = "implement"
              def phase_name #0
              def execute #1
            class H.Inner()
              X = 1
            register "domain" Field in 1"#]],
    );
    check(
        "class P(str, Enum):\n    PLAN = 'plan'\n    TEST = auto()\n",
        expect![[r#"
        class P(str, Enum)
          PLAN = "plan"
          TEST = auto()"#]],
    );
    check(
        "class A:\n    x = (\n    def f(self): pass\n",
        expect![[r#"
        class A()
          def f #0
        BROKEN"#]],
    );
}

#[test]
fn registrations() {
    check(
        "register_handler(WorkflowPhase.PLAN, PlanHandler(1))\nregistry.register('test', handlers.TestHandler)\nH = {Phase.PLAN: PlanHandler(), 'test': TestHandler}\nX = {'a': 1, 'b': TestHandler}\nclass R:\n    handlers = {'plan': PlanHandler}\ndef go():\n    register(name='plan', handler=PlanHandler())\n    return {'x': PlanHandler}\nL = [(Phase.PLAN, PlanHandler()), ('test', TestHandler())]\n",
        expect![[r#"
            H = {Phase.PLAN: PlanHandler(), "test": TestHandler}
            X = {"a": 1, "b": TestHandler}
            L = [[Phase.PLAN, PlanHandler()], ["test", TestHandler()]]
            class R()
              handlers = {"plan": PlanHandler}
            register WorkflowPhase.PLAN PlanHandler in 0
            register "test" handlers.TestHandler in 0
            register Phase.PLAN PlanHandler in 1
            register "test" TestHandler in 1
            register "plan" PlanHandler in 2
            register "plan" PlanHandler in 3
            register "x" PlanHandler in 4
            register Phase.PLAN PlanHandler in 5
            register "test" TestHandler in 5"#]],
    );
}

#[test]
fn broken_text() {
    check("X = 1\ndef f(context):\n    context[\"\n", expect!["X = 1"]);
    check(
        "X = = 1\nY = 2\n",
        expect![[r#"
        X = 1
        Y = 2
        BROKEN"#]],
    );
}

#[test]
fn a_definition_that_an_open_bracket_takes_in_is_missed() {
    check(
        "def f(context):\n    context['a']\n    context[\"\n\ndef g(context):\n    context['b']\n",
        expect!["BROKEN"],
    );
    check("@a\ndef f(context):\n    context[\n        1 +\n", expect![]);
}

#[test]
fn what_classes_annotate() {
    let facts = facts(
        "class S(TypedDict):\n    a: str\n    b: Annotated[list[str], operator.add]\n    \
         c: typing.Annotated[list, 'note', add] = 1\n    d: 'Annotated[list, add]'\n    \
         e: Optional[int] = 3\n    f: ClassVar[int] = 4\n    g: Annotated[str, 'who']\n",
    );
    let shown: Vec<String> = facts.classes[0]
        .fields
        .iter()
        .map(|field| {
            let type_name = field.type_name.map_or("?".to_owned(), |name| dotted(&name));
            let note =
                field.note.as_ref().map_or(String::new(), |note| format!(" {}", constant(note)));
            let default = if field.has_default { " =" } else { "" };
            format!("{}: {type_name}{note}{default}", field.name)
        })
        .collect();
    assert_eq!(
        shown,
        [
            "a: str",
            "b: list operator.add",
            "c: list add =",
            "d: ?",
            "e: Optional =",
            "g: str \"who\"",
        ]
    );
}

#[test]
fn functions_that_make_functions() {
    let facts = facts(
        "def plain():\n    def inner(): pass\n    return inner\n\
         def given():\n    def inner(): pass\n    return functools.partial(inner, 1, k=2)\n\
         def either():\n    def inner(): pass\n    if x:\n        return None\n    return inner\n",
    );
    let made: Vec<_> = facts.functions.iter().map(|function| function.makes).collect();
    let closure = |function, given| Some(super::super::Closure { function, given });
    assert_eq!(made, [closure(1, 0), None, closure(3, 1), None, None, None]);
}
