"""Records what verification expressions evaluate to in CPython.

Run with CPython 3.11; the Rust tests read what it writes and need no Python.

    python3.11 record.py                         writes evaluations.json and variables.json
    python3.11 record.py --seed 7 --count 20000 --out elsewhere.json

Each case is `[environment, variables, expression, outcome]`.  In the environment `whole`, Python's
own names are there and the variables are globals; in `checker`, they are missing and the variables
are locals.  The outcome is the value in the normal form of `dump`, or `!` and the exception.
"""

import argparse
import ast
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import warnings

HERE = pathlib.Path(__file__).parent

# Literals, which the Rust tests read by the means that they test.
VARIABLES = {
    "record": {
        "context": "{'a': 1, 'b': [1, 2, 3], 'c': {'d': 'x'}, 'name': 'Ann', 'n': None, 'f': 1.5, 't': True}",
        "source": "'hello'",
        "dest": "'Hello World'",
    },
    "numbers": {"context": "{'x': 0, 'y': 10, 'z': -3}", "source": "3", "dest": "-7"},
    "floats": {"context": "{'x': 0.1, 'y': 1e300, 'z': -0.0}", "source": "2.5", "dest": "1e-07"},
    "lists": {
        "context": "{'xs': [3, 1, 2], 'ys': ['a', 'b'], 'zs': []}",
        "source": "[1, 2, 3, 4, 5]",
        "dest": "['unknown', '', None, 0]",
    },
    "dicts": {
        "context": "{'k': {'x': 1}, 1: 'one', (1, 2): 'pair', None: 0}",
        "source": "{'x': 1, 'y': 2, 'z': 3}",
        "dest": "{'y': 2, 'x': 1, 'w': [1]}",
    },
    "nothing": {"context": "{}", "source": "None", "dest": "''"},
    "large": {
        "context": "{'m': 9223372036854775807, 'n': -9223372036854775808, 'h': 12345678901234567890123}",
        "source": "340282366920938463463374607431768211456",
        "dest": "-1000000000000000000000000000001",
    },
    "texts": {
        "context": "{'é': 'ß', 'tab': 'a\\tb', 'q': \"it's\"}",
        "source": "'Größe 12 – naïve 😀'",
        "dest": "'  spaced\\n'",
    },
    "others": {
        "context": "{'s': {1, 2, 3}, 't': (1, 'a', 2.0), 'b': b'ab\\x00'}",
        "source": "(1, 2, 3)",
        "dest": "{'a', 'b'}",
    },
    "bytes": {"context": "{'b': b'', 'i': 97}", "source": "b'abc'", "dest": "True"},
    "records": {
        "context": "{'rows': [{'id': 1, 'ok': True}, {'id': 2, 'ok': False}], 'total': 2}",
        "source": "[{'id': 1, 'tags': ['a', 'b']}, {'id': 2, 'tags': []}]",
        "dest": "{'rows': [[1, 2], [3, 4]], 'title': 'Report', 'score': 0.875}",
    },
}
FUNCTIONS = {"len", "str", "int", "float", "bool", "isinstance"}
METHODS = {"get", "keys", "values", "items", "startswith", "endswith", "lower", "upper", "strip"}
ROOTS = {"context", "source", "dest"}


def admitted(text):
    """Whether the loader takes the expression."""
    if len(text) > 500:
        return False
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            return False
        if isinstance(node, ast.Attribute):
            if not (isinstance(node.value, ast.Name) and node.value.id in ROOTS):
                return False
        if isinstance(node, ast.Call):
            called = node.func
            named = isinstance(called, ast.Name) and called.id in FUNCTIONS
            if not named and not (isinstance(called, ast.Attribute) and called.attr in METHODS):
                return False
    return True


def dump(value):
    """`repr`, with the members of sets sorted, and the class alone of what has an address."""
    kind = type(value)
    if kind is list:
        return "[" + ", ".join(map(dump, value)) + "]"
    if kind is tuple:
        return "(" + ", ".join(map(dump, value)) + (",)" if len(value) == 1 else ")")
    if kind is set:
        return "{" + ", ".join(sorted(map(dump, value))) + "}" if value else "set()"
    if kind is dict:
        return "{" + ", ".join(dump(key) + ": " + dump(held) for key, held in value.items()) + "}"
    if kind.__name__ in ("dict_keys", "dict_values", "dict_items"):
        return f"{kind.__name__}({dump(list(value))})"
    if kind.__name__ in ("function", "generator", "builtin_function_or_method"):
        return f"<{kind.__name__}>"
    return repr(value)


class TooLong(BaseException):
    pass


def give_up(*_):
    raise TooLong


def evaluated(environment, variables, text):
    """The outcome; none where it takes too long, or too much."""
    given = {name: eval(literal) for name, literal in VARIABLES[variables].items()}
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        if environment == "whole":
            result = eval(text, dict(given))
        else:
            result = eval(text, {"__builtins__": {}}, given)
        shown = dump(result)
    except (TooLong, MemoryError, RecursionError):
        return None
    except Exception as error:
        shown = "!" + type(error).__name__
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return shown if len(shown) < 400 else None


class Generator:
    """Random expressions that mostly fit together."""

    KINDS = ["int", "float", "str", "list", "tuple", "dict", "set", "bool", "bytes", "none", "any"]

    def __init__(self, rng):
        self.rng = rng
        self.bound = []

    def pick(self, *choices):
        return self.rng.choice(choices)

    def chance(self, probability):
        return self.rng.random() < probability

    def of(self, kind, depth):
        if self.chance(0.05):
            kind = self.pick(*self.KINDS)
        if kind == "any":
            kind = self.pick(*self.KINDS[:-1])
        if self.chance(0.12):
            return self.variable()
        if depth <= 0:
            return self.literal(kind)
        if self.chance(0.06):
            return self.wrapped(kind, depth - 1)
        return getattr(self, "a_" + kind)(depth - 1)

    def variable(self):
        if self.bound and self.chance(0.6):
            return self.pick(*self.bound)
        return self.pick("dest", "source", "context", "dest", "source")

    def literal(self, kind):
        if kind == "int":
            return self.pick("0", "1", "-1", "2", "3", "7", "10", "-5", "255", "1_000", "0x1F", "2**63",
                             "10**20", "-2**64", "True")
        if kind == "float":
            return self.pick("0.0", "-0.0", "1.5", "0.1", "1e16", "1e-5", "-2.25", "1e308", "3.0", "1e22",
                             "123456789.125", "float('inf')", "float('nan')", "5e-324", "2.675")
        if kind == "str":
            return self.pick("''", "'a'", "'abc'", "'unknown'", "'Hello'", "' x '", "'12'", "'-3.5'", "'ß'",
                             "'É'", "'a,b'", "'0x1f'", "'\\n'", "'it\\'s'", "'%s'", "'1_0'", "'Σας'")
        if kind == "bytes":
            return self.pick("b''", "b'a'", "b'abc'", "b'12'", "b'\\xff'")
        if kind == "list":
            return self.pick("[]", "[1]", "[1, 2, 3]", "['a', 'b']", "[None, '']", "[[1], [2, 3]]", "[0.5, 1]")
        if kind == "tuple":
            return self.pick("()", "(1,)", "(1, 2)", "('a', 'b', 'c')", "(None, '', 'unknown')", "((1, 2), 3)")
        if kind == "dict":
            return self.pick("{}", "{'a': 1}", "{'x': 1, 'y': 2}", "{1: 'one', 2.0: 'two'}", "{(1, 2): []}")
        if kind == "set":
            return self.pick("{1}", "{1, 2, 3}", "{'a', 'b'}", "{None}", "{(1, 2)}")
        if kind == "bool":
            return self.pick("True", "False")
        return self.pick("None", "None", "...")

    def wrapped(self, kind, depth):
        shape = self.rng.randrange(4)
        if shape == 0:
            return f"({self.of(kind, depth)} if {self.of('bool', depth)} else {self.of(kind, depth)})"
        if shape == 1:
            return f"({self.of(kind, depth)} {self.pick('or', 'and')} {self.of(kind, depth)})"
        if shape == 2:
            name = self.pick("y", "n", "value")
            return f"({name} := {self.of(kind, depth)})"
        return f"[{self.of(kind, depth)}][0]"

    def number(self, depth):
        return self.of(self.pick("int", "int", "float", "bool"), depth)

    def a_int(self, depth):
        return self.pick(
            lambda: f"({self.of('int', depth)} {self.pick('+', '-', '*', '//', '%', '&', '|', '^')} {self.of('int', depth)})",
            lambda: f"({self.of('int', depth)} {self.pick('<<', '>>', '**')} {self.pick('0', '1', '3', '7', '65', '-2')})",
            lambda: f"{self.pick('-', '+', '~')}{self.of('int', depth)}",
            lambda: f"len({self.of(self.pick('str', 'list', 'dict', 'set', 'tuple', 'bytes'), depth)})",
            lambda: f"int({self.of(self.pick('str', 'float', 'int', 'bytes'), depth)})",
            lambda: f"int({self.pick(repr('ff'), repr('0x1f'), repr('z'), repr('10'), repr('0b1'), self.of('str', depth))}, {self.pick('16', '0', '36', '2', '1', '10')})",
            lambda: f"{self.of('list', depth)}[{self.pick('0', '-1', '1', '5')}]",
        )()

    def a_float(self, depth):
        return self.pick(
            lambda: f"({self.number(depth)} {self.pick('+', '-', '*', '/', '//', '%', '/', '**')} {self.number(depth)})",
            lambda: f"float({self.of(self.pick('str', 'int', 'float'), depth)})",
            lambda: f"float({self.pick(repr(' 1.5 '), repr('1e400'), repr('-inf'), repr('NaN'), repr('1_0.5'), repr('1__0'), repr('.5'), repr('5.'), repr('.'))})",
            lambda: f"-{self.of('float', depth)}",
        )()

    def a_str(self, depth):
        return self.pick(
            lambda: f"({self.of('str', depth)} + {self.of('str', depth)})",
            lambda: f"({self.of('str', depth)} * {self.pick('0', '2', '3', '-1')})",
            lambda: f"str({self.of('any', depth)})",
            lambda: self.percent(depth),
            lambda: self.percent(depth),
            lambda: f"{self.of('str', depth)}{self.subscript(depth)}",
            lambda: f"{self.pick('dest', 'source')}.{self.pick('lower', 'upper', 'strip')}({self.pick('', '', '', repr('aH '))})",
            lambda: f"context.get({self.of('str', depth)}{self.pick('', ', ' + self.of('any', depth))})",
        )()

    def percent(self, depth):
        fields, values = "", []
        for _ in range(self.pick(1, 1, 1, 2, 3)):
            letter = self.pick(*"sssrradddixXoeEfFgGc%")
            flags = "".join(self.pick("", "", "", "-", "+", " ", "0", "#") for _ in range(2))
            width = self.pick("", "", "", "1", "5", "12")
            precision = self.pick("", "", "", ".0", ".1", ".3", ".10", ".")
            fields += self.pick("", "x ", "= ") + f"%{flags}{width}{precision}{letter}"
            kind = {"s": "any", "r": "any", "a": "str", "c": "str", "%": None}.get(letter, self.pick("int", "float"))
            if kind:
                values.append(self.of(kind, min(depth, 1)))
        if self.chance(0.06):
            values.append("1")
        if len(values) == 1 and self.chance(0.6):
            return f"({fields!r} % {values[0]})"
        return f"({fields!r} % ({', '.join(values)}{',' if len(values) == 1 else ''}))"

    def subscript(self, depth):
        bound = lambda: self.pick("", "", "0", "1", "-1", "2", "-2", "100", "-100", "None")
        if self.chance(0.3):
            return f"[{self.pick('0', '-1', '1', '9', 'True', repr('x'), '1.0')}]"
        step = self.pick("", "", ":", ":1", ":2", ":-1", ":-2", ":0")
        return f"[{bound()}:{bound()}{step}]"

    def items(self, depth):
        shown = []
        for _ in range(self.pick(0, 1, 2, 2, 3)):
            starred = self.chance(0.12)
            kind = self.pick("list", "tuple", "str", "dict", "set") if starred else "any"
            shown.append(("*" if starred else "") + self.of(kind, depth))
        return shown

    def a_list(self, depth):
        return self.pick(
            lambda: f"[{', '.join(self.items(depth))}]",
            lambda: f"({self.of('list', depth)} + {self.of('list', depth)})",
            lambda: f"({self.of('list', depth)} * {self.pick('0', '1', '2', 'True')})",
            lambda: f"{self.of('list', depth)}{self.subscript(depth)}",
            lambda: self.comprehension("[", "]", depth),
            lambda: self.comprehension("[", "]", depth),
            lambda: f"[*{self.comprehension('(', ')', depth)}]",
            lambda: f"[*context.{self.pick('keys', 'values', 'items')}()]",
        )()

    def a_tuple(self, depth):
        items = self.items(depth)
        return self.pick(
            lambda: f"({', '.join(items)}{',' if len(items) == 1 else ''})",
            lambda: f"({self.of('tuple', depth)} + {self.of('tuple', depth)})",
            lambda: f"{self.of('tuple', depth)}{self.subscript(depth)}",
        )()

    def a_dict(self, depth):
        pair = lambda: f"**{self.of('dict', depth)}" if self.chance(0.2) else (
            f"{self.of(self.pick('str', 'int', 'float', 'tuple', 'any'), depth)}: {self.of('any', depth)}")
        return self.pick(
            lambda: "{" + ", ".join(pair() for _ in range(self.pick(0, 1, 2, 3))) + "}",
            lambda: f"({self.of('dict', depth)} | {self.of('dict', depth)})",
            lambda: self.comprehension("{", "}", depth, pair=True),
        )()

    def a_set(self, depth):
        return self.pick(
            lambda: "{" + ", ".join(self.items(depth) or ["0"]) + "}",
            lambda: f"({self.of('set', depth)} {self.pick('|', '&', '-', '^')} {self.of('set', depth)})",
            lambda: f"(context.keys() {self.pick('|', '&', '-', '^')} {self.of(self.pick('set', 'list'), depth)})",
            lambda: self.comprehension("{", "}", depth),
        )()

    def a_bytes(self, depth):
        return self.pick(
            lambda: f"({self.of('bytes', depth)} + {self.of('bytes', depth)})",
            lambda: f"{self.of('bytes', depth)}{self.subscript(depth)}",
            lambda: f"({self.of('bytes', depth)} * 2)",
        )()

    def a_none(self, depth):
        return f"context.get({self.of('any', depth)})"

    def a_bool(self, depth):
        kind = self.pick(*self.KINDS)
        classes = self.pick("str", "int", "(int, str)", "(bool, (float, list))", "int | None", "dict", "list",
                            "(str, 1)", "object", "str | list | None", "tuple", "set", "bytes", "type")
        return self.pick(
            lambda: self.comparison(kind, depth),
            lambda: self.comparison(kind, depth),
            lambda: self.comparison("int", depth),
            lambda: f"({self.of(kind, depth)} {self.pick('in', 'not in')} {self.of(self.pick('list', 'tuple', 'set', 'dict', 'str'), depth)})",
            lambda: f"({self.of(kind, depth)} in {self.comprehension('(', ')', depth)})",
            lambda: f"({self.of('str', depth)} in {self.of('str', depth)})",
            lambda: f"({self.of(kind, depth)} {self.pick('is', 'is not')} {self.pick('None', 'True', self.of(kind, depth))})",
            lambda: f"(not {self.of('any', depth)})",
            lambda: f"isinstance({self.of('any', depth)}, {classes})",
            lambda: f"bool({self.of('any', depth)})",
            lambda: f"{self.pick('dest', 'source')}.{self.pick('startswith', 'endswith')}({self.pick(self.of('str', depth), self.of('tuple', depth), self.of('str', depth) + ', 1', self.of('str', depth) + ', -3, 2')})",
        )()

    def comparison(self, kind, depth):
        text = self.of(kind, depth)
        for _ in range(self.pick(1, 1, 1, 2, 3)):
            other = kind if kind != "int" or self.chance(0.6) else "float"
            text += f" {self.pick('==', '!=', '<', '<=', '>', '>=')} {self.of(other, depth)}"
        return f"({text})"

    def comprehension(self, left, right, depth, pair=False):
        before = list(self.bound)
        clauses = ""
        for _ in range(self.pick(1, 1, 1, 2)):
            iterable = self.of(self.pick("list", "list", "tuple", "str", "dict", "set", "any"), min(depth, 1))
            if self.chance(0.3):
                iterable = self.pick("context.items()", "context.values()", "source", "dest", "context")
            name = self.pick("x", "y", "v", "item")
            target = self.pick(name, name, name, name, f"{name}, w", f"({name}, *w)", f"[{name}]", f"*w, {name}")
            clauses += f" for {target} in {iterable}"
            self.bound.append(name)
            if self.chance(0.3):
                self.bound.append("w") if "w" in target else None
            for _ in range(self.pick(0, 0, 1, 1, 2)):
                clauses += f" if {self.of(self.pick('bool', 'bool', 'any'), min(depth, 1))}"
        element = self.of("any", depth)
        if self.chance(0.3):
            element = self.pick(*self.bound)
        if pair:
            element += ": " + self.of("any", depth)
        self.bound = before
        return left + element + clauses + right


def cases(seed, count):
    for line in (HERE / "by-hand.txt").read_text(encoding="utf-8").splitlines():
        # `variables | expression`; without variables in front, those of `record`.
        if line and not line.startswith("##"):
            name, bar, text = line.partition(" | ")
            if not bar or name not in VARIABLES:
                name, text = "record", line
            yield "whole", name, text
            yield "checker", name, text
    rng = random.Random(seed)
    generator = Generator(rng)
    made = 0
    while made < count:
        text = generator.of("any", rng.choice([1, 2, 2, 3]))
        environment = "checker" if rng.random() < 0.12 else "whole"
        if 3 < len(text) <= 200 and any(name in text for name in "( [ { + - dest source context".split()):
            made += 1
            yield environment, rng.choice(list(VARIABLES)), text


def outcomes(seed, count):
    seen = set()
    recorded = []
    for case in cases(seed, count):
        if case in seen or not admitted(case[2]):
            continue
        seen.add(case)
        recorded.append([*case, evaluated(*case)])
    return recorded


def main():
    assert sys.version_info[:2] == (3, 11), "recorded with CPython 3.11"
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, give_up)
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=311)
    options.add_argument("--count", type=int, default=3000)
    options.add_argument("--out", type=pathlib.Path, default=HERE / "evaluations.json")
    options.add_argument("--print", action="store_true", help="print the outcomes, for another run")
    given = options.parse_args()
    if given.print:
        json.dump(outcomes(given.seed, given.count), sys.stdout)
        return
    runs = []
    for hashes in ("1", "2", "3"):
        # What depends on the order of sets differs between these.
        command = [sys.executable, __file__, "--print", "--seed", str(given.seed), "--count", str(given.count)]
        environment = {**os.environ, "PYTHONHASHSEED": hashes}
        runs.append(json.loads(subprocess.run(command, env=environment, capture_output=True, check=True).stdout))
    steady = [cases[0] for cases in zip(*runs) if cases[0] == cases[1] == cases[2] and cases[0][3] is not None]
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in steady)
    shown = json.dumps(VARIABLES, ensure_ascii=False, indent=1)
    given.out.with_name("variables.json").write_text(shown + "\n", encoding="utf-8")
    given.out.write_text("[\n" + lines + "\n]\n", encoding="utf-8")
    failing = sum(case[3].startswith("!") for case in steady)
    print(f"{len(steady)} cases, {failing} of them raise; {len(runs[0]) - len(steady)} left out")


if __name__ == "__main__":
    main()
