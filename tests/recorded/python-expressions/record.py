"""Records which texts CPython reads as an expression, and what it makes of them.

Run with CPython 3.11; the Rust tests read what it writes and need no Python.

    python3.11 record.py                         writes expressions.json
    python3.11 record.py --seed 7 --count 20000 --out elsewhere.json
"""

import argparse
import ast
import json
import pathlib
import random
import re
import sys
import warnings

HERE = pathlib.Path(__file__).parent
OPERATORS = {
    "Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "MatMult": "@",
    "Pow": "**", "LShift": "<<", "RShift": ">>", "BitOr": "|", "BitXor": "^", "BitAnd": "&",
    "And": "and", "Or": "or", "UAdd": "+", "USub": "-", "Invert": "~", "Not": "not",
    "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Is": "is",
    "IsNot": "is not", "In": "in", "NotIn": "not in",
}


class Dump:
    """The normal form of a tree: `(shape@start-end parts...)`, offsets in bytes of the text.

    Offsets inside f-strings are left out, since 3.11 gives wrong ones there.
    """

    def __init__(self, text):
        self.bytes = text.encode()
        self.starts = [0] + [m.end() for m in re.finditer(rb"\r\n|\r|\n", self.bytes)]

    def span(self, node):
        start = self.starts[node.lineno - 1] + node.col_offset
        return start, self.starts[node.end_lineno - 1] + node.end_col_offset

    def place(self, node, inside):
        return "" if inside else "@%d-%d" % self.span(node)

    def all(self, nodes, inside):
        return "".join(" " + self.dump(node, inside) for node in nodes)

    def dump(self, node, inside=False):
        if node is None:
            return "_"
        shape, parts = getattr(self, "do_" + type(node).__name__)(node, inside)
        return f"({shape}{self.place(node, inside)}{parts})"

    def do_Name(self, node, inside):
        return "name", " " + node.id

    def do_Constant(self, node, inside):
        value = node.value
        if value is None or value is Ellipsis or isinstance(value, bool):
            return "constant", " " + ("..." if value is Ellipsis else str(value))
        if isinstance(value, str):
            # Rust's text cannot hold half a surrogate pair.
            whole = re.sub("[\ud800-\udfff]", "\ufffd", value)
            return "text", " " + json.dumps(whole, ensure_ascii=False)
        if isinstance(value, bytes):
            return "bytes", " " + value.hex()
        if inside:
            return "number", ""
        start, end = self.span(node)
        return "number", " " + self.bytes[start:end].decode()

    def do_JoinedStr(self, node, inside):
        return "formatted", self.all(fields(node), True)

    def do_Attribute(self, node, inside):
        return "attribute", self.all([node.value], inside) + " " + node.attr

    def do_Subscript(self, node, inside):
        return "subscript", self.all([node.value, node.slice], inside)

    def do_Slice(self, node, inside):
        return "slice", self.all([node.lower, node.upper, node.step], inside)

    def do_Call(self, node, inside):
        # A keyword's place begins at its name or its stars.
        given = [(a.lineno, a.col_offset, self.argument(a, inside)) for a in node.args]
        given += [(k.lineno, k.col_offset, self.keyword(k, inside)) for k in node.keywords]
        given.sort()
        return "call", self.all([node.func], inside) + "".join(" " + text for *_, text in given)

    def argument(self, node, inside):
        if isinstance(node, ast.Starred):
            return "*" + self.dump(node.value, inside)
        return self.dump(node, inside)

    def keyword(self, node, inside):
        return (node.arg + "=" if node.arg else "**") + self.dump(node.value, inside)

    def do_UnaryOp(self, node, inside):
        return "unary " + self.operator(node.op), self.all([node.operand], inside)

    def do_BinOp(self, node, inside):
        return "binary " + self.operator(node.op), self.all([node.left, node.right], inside)

    def do_BoolOp(self, node, inside):
        return "bool " + self.operator(node.op), self.all(node.values, inside)

    def operator(self, node):
        return OPERATORS[type(node).__name__]

    def do_Compare(self, node, inside):
        rest = zip(node.ops, node.comparators)
        shown = "".join(f" {self.operator(op)} {self.dump(right, inside)}" for op, right in rest)
        return "compare", self.all([node.left], inside) + shown

    def do_IfExp(self, node, inside):
        return "if", self.all([node.test, node.body, node.orelse], inside)

    def do_Lambda(self, node, inside):
        given = node.args
        names = given.posonlyargs + given.args + [given.vararg] + given.kwonlyargs + [given.kwarg]
        shown = ",".join(argument.arg for argument in names if argument)
        defaults = given.defaults + [default for default in given.kw_defaults if default]
        return "lambda " + shown, self.all(defaults + [node.body], inside)

    def do_NamedExpr(self, node, inside):
        return "named " + node.target.id, self.all([node.value], inside)

    def do_Tuple(self, node, inside):
        return "tuple", self.all(node.elts, inside)

    def do_List(self, node, inside):
        return "list", self.all(node.elts, inside)

    def do_Set(self, node, inside):
        return "set", self.all(node.elts, inside)

    def do_Dict(self, node, inside):
        pairs = zip(node.keys, node.values)
        return "dict", "".join(self.all([key, value], inside) for key, value in pairs)

    def comprehension(self, shape, element, node, inside):
        shown = self.all(element, inside)
        for clause in node.generators:
            shown += " for" + self.all([clause.target, clause.iter], inside)
            shown += "".join(" if " + self.dump(test, inside) for test in clause.ifs)
        return "comprehension " + shape, shown

    def do_ListComp(self, node, inside):
        return self.comprehension("list", [node.elt], node, inside)

    def do_SetComp(self, node, inside):
        return self.comprehension("set", [node.elt], node, inside)

    def do_DictComp(self, node, inside):
        return self.comprehension("dict", [node.key, node.value], node, inside)

    def do_GeneratorExp(self, node, inside):
        return self.comprehension("generator", [node.elt], node, inside)

    def do_Starred(self, node, inside):
        return "starred", self.all([node.value], inside)

    def do_Await(self, node, inside):
        return "await", self.all([node.value], inside)

    def do_Yield(self, node, inside):
        return "yield", self.all([node.value] if node.value else [], inside)

    def do_YieldFrom(self, node, inside):
        return "yield from", self.all([node.value], inside)


def fields(node):
    """The expressions in an f-string's braces, those in format specs after the one they format."""
    for value in node.values:
        if isinstance(value, ast.FormattedValue):
            yield value.value
            if value.format_spec:
                yield from fields(value.format_spec)


def read(text):
    """The dump, or None where CPython refuses the text; False where it gives up for its size."""
    try:
        return Dump(text).dump(ast.parse(text, mode="eval").body)
    except (SyntaxError, ValueError):
        return None
    except (MemoryError, RecursionError):
        return False


class Generator:
    """Random expressions after the grammar, now and then beside it."""

    def __init__(self, rng):
        self.rng = rng

    def pick(self, *choices):
        return self.rng.choice(choices)

    def chance(self, probability):
        return self.rng.random() < probability

    def space(self):
        return self.rng.choices(["", " ", "  ", "\t", "\\\n", "\f"], [70, 20, 3, 2, 2, 1])[0]

    def gap(self):
        return self.pick(" ", " ", " ", "  ", "\t", " \\\n ")

    def inner(self):
        return self.rng.choices(["", " ", "\n", "\n  ", " # why, (\n", "\r\n"], [70, 15, 6, 4, 3, 2])[0]

    def name(self):
        return self.pick("a", "b", "x", "dest", "source", "context", "_", "é", "名", "match", "x1")

    def number(self):
        return self.pick(
            "0", "1", "42", "1_000", "0x1F", "0b1_0", "0o17", "1.5", ".5", "1.", "1e5", "1E-3",
            "2j", "1.5J", "00", "0_0", "1_0.0_1e1_0", "09.5", "0xf", "1e5j",
        )

    def string(self, depth):
        prefix = self.rng.choices(
            ["", "r", "b", "u", "f", "Rb", "bR", "fr", "rF", "F"], [40, 5, 6, 3, 22, 2, 2, 3, 3, 4])[0]
        quote = self.pick("'", '"', "'''", '"""')
        body = ""
        for _ in range(self.rng.randrange(4)):
            body += self.piece(prefix.lower(), quote, depth)
        return prefix + quote + body + quote

    def piece(self, prefix, quote, depth):
        pieces = ["a", "unknown", " ", "#", "\\n", "\\\\", "\\x41", "\\101", "\\\"", "\\'", "{{", "}}"]
        if "b" not in prefix:
            pieces += ["ß", "\\u00e9", "\\U0001F600", "\\q", "\\8", "\\777", "\\\n"]
        if len(quote) == 3:
            pieces += ["\n", "\r\n", "\r"]
        if self.chance(0.06):
            pieces = ["\\x4", "\\u12", "{", "}", "\\N", "\\U00110000", "ü", "\\N{", "'", '"', "{}"]
        if "f" in prefix and depth > 0 and self.chance(0.6):
            return self.field(depth - 1)
        return self.rng.choice(pieces)

    def field(self, depth):
        text = "{" + self.space() + self.expression(min(depth, 1)).replace("\\\n", " ") + self.space()
        text += self.rng.choices(["", "=", " = "], [80, 10, 5])[0]
        text += self.rng.choices(["", "!r", "!s", "!a", "!x"], [70, 10, 8, 8, 2])[0]
        if self.chance(0.3):
            text += ":" + self.pick("", ">10", ".2f", "{a}", "{a:{b}}", "{a!r:>{b}}", "}}", "\\n", "=")
        return text + "}"

    def atom(self, depth):
        choice = self.rng.randrange(14 if depth > 0 else 5)
        if choice < 2:
            return self.name()
        if choice == 2:
            return self.number()
        if choice == 3:
            count = self.rng.choices([1, 2, 3], [85, 12, 3])[0]
            return self.space().join(self.string(depth) for _ in range(count))
        if choice == 4:
            return self.pick("None", "True", "False", "...")
        if choice == 5:
            return "(" + self.inner() + self.named(depth - 1) + self.inner() + ")"
        if choice == 6:
            return self.bracketed("(", ")", depth, self.item, tuple_like=True)
        if choice == 7:
            return self.bracketed("[", "]", depth, self.item)
        if choice == 8:
            return self.bracketed("{", "}", depth, self.pair if self.chance(0.6) else self.item)
        if choice in (9, 10):
            return self.comprehension(depth - 1)
        if choice == 11:
            return "(" + self.yielded(depth - 1) + ")"
        return self.postfix(depth)

    def bracketed(self, left, right, depth, item, tuple_like=False):
        items = [item(depth - 1) for _ in range(self.rng.randrange(4))]
        comma = "," if items and (self.chance(0.2) or (tuple_like and len(items) == 1)) else ""
        join = self.space() + "," + self.inner()
        return left + self.inner() + join.join(items) + comma + self.inner() + right

    def item(self, depth):
        return "*" + self.binary(depth) if self.chance(0.1) else self.named(depth)

    def pair(self, depth):
        if self.chance(0.15):
            return "**" + self.binary(depth)
        return self.expression(depth) + self.space() + ":" + self.space() + self.expression(depth)

    def yielded(self, depth):
        return self.pick(
            "yield", "yield " + self.expression(depth), "yield from " + self.expression(depth),
            "yield " + self.item(depth) + ", " + self.expression(depth), "yield *" + self.name())

    def comprehension(self, depth):
        left, right = self.pick("()", "[]", "{}", "{}")
        element = self.pair(depth) if left == "{" and self.chance(0.5) else self.named(depth)
        clauses = "".join(self.clause(depth) for _ in range(self.pick(1, 1, 1, 2)))
        return left + self.inner() + element + clauses + self.inner() + right

    def clause(self, depth):
        text = self.gap() + ("async " if self.chance(0.08) else "") + "for " + self.target(2)
        text += " in " + self.disjunction(depth)
        for _ in range(self.pick(0, 0, 1, 2)):
            text += " if " + self.disjunction(depth)
        return text

    def target(self, depth):
        if depth == 0 or self.chance(0.6):
            return self.pick(self.name(), self.name(), "a.b", "a[0]", "f(x).y", "(a)", "(a.b)", "*a",
                             "f()", "1", "'a'.b", "await x", "(*a)", "(*a,)")
        items = [self.target(depth - 1) for _ in range(self.pick(1, 2, 2, 3))]
        text = ", ".join(items) + self.pick("", "", ",")
        return self.pick(text, "(" + text + ")", "[" + text + "]", "()", "[]")

    def postfix(self, depth):
        text = self.atom(depth - 1)
        if re.fullmatch(r"[0-9_]+", text):
            text += " "
        for _ in range(self.pick(1, 1, 2, 3)):
            text += self.space() + self.pick(
                "." + self.space() + self.name(), "." + self.name(), self.call(depth - 1),
                "[" + self.subscripts(depth - 1) + "]")
        return text

    def call(self, depth):
        if self.chance(0.12):
            return "(" + self.named(depth) + self.clause(depth) + self.pick("", "", ",") + ")"
        kinds = [self.rng.choices("px*kd", [50, 5, 12, 22, 11])[0] for _ in range(self.rng.randrange(4))]
        if self.chance(0.8):
            kinds.sort(key="px*kd".index)
        made = {
            "p": lambda: self.expression(depth), "x": lambda: self.named(depth),
            "*": lambda: "*" + self.expression(depth), "d": lambda: "**" + self.expression(depth),
            "k": lambda: self.name() + self.space() + "=" + self.space() + self.expression(depth),
        }
        text = ("," + self.inner()).join(made[kind]() for kind in kinds)
        return "(" + self.inner() + text + ("," if kinds and self.chance(0.15) else "") + ")"

    def subscripts(self, depth):
        items = [self.subscript(depth) for _ in range(self.pick(1, 1, 1, 2, 3))]
        return ", ".join(items) + self.pick("", "", "", ",")

    def subscript(self, depth):
        part = lambda: self.pick("", self.expression(depth))
        return self.pick(
            self.expression(depth), self.named(depth), part() + ":" + part(),
            part() + ":" + part() + ":" + part(), self.expression(depth), "*" + self.name())

    def unary(self, depth):
        if self.chance(0.15):
            return self.pick("-", "+", "~", "- ", "--") + self.unary(depth)
        if self.chance(0.04):
            return "await " + self.atom(depth)
        return self.atom(depth)

    def binary(self, depth):
        text = self.unary(depth)
        while self.chance(0.25):
            operator = self.pick("+", "-", "*", "/", "//", "%", "@", "**", "<<", ">>", "|", "^", "&")
            text += self.space() + operator + self.space() + self.unary(depth)
        return text

    def comparison(self, depth):
        text = self.pick("", "", "", "", "", "not ") + self.binary(depth)
        while self.chance(0.25):
            operator = self.pick("==", "!=", "<", "<=", ">", ">=", " in ", " not in ", " is ", " is not ")
            text += operator + self.binary(depth)
        return text

    def disjunction(self, depth):
        text = self.comparison(depth)
        while self.chance(0.2):
            text += self.gap() + self.pick("and", "or") + self.gap() + self.comparison(depth)
        return text

    def expression(self, depth):
        choice = self.rng.randrange(20)
        if choice == 0 and depth > 0:
            return "lambda" + self.parameters(depth - 1) + ":" + self.space() + self.expression(depth - 1)
        if choice == 1 and depth > 0:
            return (self.disjunction(depth - 1) + " if " + self.disjunction(depth - 1) + " else "
                    + self.expression(depth - 1))
        return self.disjunction(depth)

    def named(self, depth):
        if self.chance(0.06):
            return self.name() + self.space() + ":=" + self.space() + self.expression(depth)
        return self.expression(depth)

    def parameters(self, depth):
        names = iter(["a", "b", "c", "d", "e", "f", "g"])
        parts = [self.pick("p", "p", "p", "d", "d", "/", "*", "*n", "**n") for _ in range(self.rng.randrange(5))]
        if self.chance(0.6):
            order = ["p", "/", "d", "*", "*n", "**n"]
            parts = sorted(dict.fromkeys(parts) if self.chance(0.5) else parts, key=order.index)
        shown = []
        for part in parts:
            name = next(names)
            shown.append({"p": name, "d": name + "=" + self.expression(min(depth, 0)), "/": "/", "*": "*",
                          "*n": "*" + name, "**n": "**" + name}[part])
        return (" " if shown else "") + ", ".join(shown) + ("," if shown and self.chance(0.1) else "")

    def whole(self, depth):
        text = self.expression(depth)
        if self.chance(0.05):
            text += ", " + self.expression(depth) + self.pick("", ",")
        if self.chance(0.04):
            text = self.pick("\n", " ", "# c\n", "\\\n", "\f", "\t\n", " \\\n") + text
        if self.chance(0.06):
            text += self.pick("\n", " ", "  # c", "\n\n", "\n ", "\n # c", "\\\n", "\r\n", ";", "\n\\\n\n")
        return text


PARTS = [
    "(", ")", "[", "]", "{", "}", ",", ":", ".", "=", ":=", "*", "**", "-", "not ", " in ", " is ",
    " if ", " else ", " for ", "lambda ", "await ", "yield ", "async ", "'", '"', "f'", "\\", "\n", " ",
    "0", "1", "_", "e", "j", "!", "#", "$", "?", "`", "<>", "->", "+=", ";", "a", "é", "·", "None",
    "\u00a0", "\ufeff", "\r", "@", "&", "|", "~", "...", "..", "import ", "print", "1_", "0x", "\f",
]


def mutated(rng, text):
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        at = rng.randrange(len(text) + 1)
        end = min(len(text), at + rng.choice([0, 0, 1, 1, 2, 5]))
        text = text[:at] + rng.choice(PARTS + [""] * 30) + text[end:]
    return text


def texts(seed, count):
    chosen = []
    for line in (HERE / "by-hand.txt").read_text(encoding="utf-8").splitlines():
        # One to a line; those with control characters are written as Python strings.
        if line and not line.startswith("##"):
            chosen.append(ast.literal_eval(line[1:]) if line.startswith("=") else line)
    rng = random.Random(seed)
    generator = Generator(rng)
    while len(chosen) < count:
        text = generator.whole(rng.choice([0, 1, 1, 2, 2, 3]))
        if len(text) <= 160:
            chosen.append(text)
            chosen.append(mutated(rng, text))
    return list(dict.fromkeys(chosen))


def main():
    assert sys.version_info[:2] == (3, 11), "recorded with CPython 3.11"
    warnings.simplefilter("ignore")
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=311)
    options.add_argument("--count", type=int, default=2600)
    options.add_argument("--out", type=pathlib.Path, default=HERE / "expressions.json")
    given = options.parse_args()
    cases = [[text, read(text)] for text in texts(given.seed, given.count)]
    cases = [case for case in cases if case[1] is not False]
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    given.out.write_text("[\n" + lines + "\n]\n", encoding="utf-8")
    accepted = sum(dump is not None for _, dump in cases)
    print(f"{len(cases)} texts, {accepted} of them expressions")


if __name__ == "__main__":
    main()
