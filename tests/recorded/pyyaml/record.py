"""Records what PyYAML's safe loader makes of many texts, for the YAML reader's tests.

Run it with PyYAML 6: `python record.py`. It writes `scalars.jsonl` and `documents.jsonl` beside
itself, one `[text, verdict]` a line. The seed is fixed: the same PyYAML gives the same files.

A verdict is the loaded value, in JSON: text, null and booleans as themselves, a list as a list,
`{"i": digits}` an integer, `{"f": text}` a float, `{"t": null}` a date or time, `{"b": hex}` bytes,
`{"m": [[key, value], ...]}` a dict, `{"s": [key, ...]}` a set, `{"cycle": null}` a value inside
itself; or `{"e": class, "l": line, "c": column}` where the loader refuses.

`python record.py more SEED COUNT` prints further documents in the same form, to hunt with.
"""

import datetime
import json
import pathlib
import random
import sys

import yaml

HERE = pathlib.Path(__file__).parent
SEED = 20_011_101

CONTRACT = """\
schema_version: "0.1.0"
contract_type: propagation
pipeline_id: artisan
phases:
  plan:
    entry:
      required:
        - name: project_root
          type: str
          severity: blocking
    exit:
      optional:
      - {name: domain, type: str, default: unknown}
"""

SEEDS = [
    CONTRACT,
    "a: 1\nb: [x, 'y z', \"q\\n\"]\nc: {d: e, f: [1, 2]}\n",
    "base: &base\n  x: 1\n  y: 2\nsub:\n  <<: *base\n  y: 3\n",
    "- a\n- - b\n  - c\n- d: e\n  f: g\n-\n",
    "text: |\n  one\n   two\n\n  three\nfold: >-\n  one\n  two\n\n  three\nend: 1\n",
    "# head\na: b # tail\n# middle\nc: 'd # e'\n#end\n",
    "? complex\n: value\n? [a]\n: b\n",
    "a: !!str 1\nb: !!int \"2\"\nc: ! x\nd: !!set {p, q}\n",
    "k: \"multi\n  line\n\n  text\"\nl: 'it''s\n  so'\nm: plain\n  goes on\n",
    "%YAML 1.1\n---\na: 1\n...\n",
    "list: [\n  one,\n  two, # why\n  {three: 3}\n]\nmap: {\n  a: b,\n}\n",
    "when: 2001-12-14 21:59:43.10 -05:00\nday: 2002-12-14\nt: 1:30\n",
    "a: &n [1, *m]\n",
    "verify:\n  expression: >\n    len(domain) > 0\n    and domain != 'x'\n  other: \"a == \\\"b\\\"\"\n",
]

WRITTEN = [
    "", "\n", "# only\n", "---\n", "...\n", "--- \n--- \n", "--- a\n--- b\n", "a\n...\n", "a\n...\nb\n",
    "--- |\n x\n", "--- >\n x\n y\n", "---\n...\n", "%YAML 1.2\n---\na\n", "%YAML 2.0\n---\na\n", "%FOO\n---\na\n",
    "%TAG !e! tag:example.com,2000:\n---\n!e!x a\n", "%TAG ! tag:yaml.org,2002:\n---\n!str 1\n",
    "%TAG !! tag:yaml.org,2002:\n---\n!!str 1\n", "%YAML 1.1\na\n", "\ufeffa: 1\n", "a: \ufeffb\n", "\ufeff# c\na: 1\n",
    "a: 1\r\nb:\r\n  - c\r\n", "a: 1\rb: 2\r", "a: 1\x85b: 2\x85", "a: 1\u2028b: 2\n", "a: 'x\u2028y'\n", "a: |\n  x\u2028  y\n",
    "a: \"x\x85y\"\n", "a: x\x07\n", "a: \"\\x07\"\n", "a: \x7f\n", "a: \ud7ff\ue000\n", "a: \ufffe\n", "a: \U0001f600\n",
    "@a\n", "a: @b\n", "a: `b\n", "a: %b\n", "%\n", "a: &\n", "a: *\n", "a: !\n", "a: &x\n", "a: &x\nb: *x\n",
    "&a a: &b b\n", "? &a a\n: *a\n", "*a : b\n", "&a a: 1\n*a : 2\n", "&a a: 1\n*a: 2\n", "{&a a: *a}\n",
    "- &a b\n- &a c\n- *a\n", "&a [*a]\n", "&a {b: *a}\n", "&a {*a : b}\n", "&a [b, &a c]\n", "- &a.b c\n- *a.b\n", "- &a,b c\n",
    "a: [b\n", "a: {b\n", "a: ]\n", "a: [}\n", "[a, b]: c\n", "{a: b}: c\n", "? {a: b}\n: c\n", "[a]: b\n",
    "a: [b, c,]\n", "a: [,]\n", "a: [b,,c]\n", "a: {,}\n", "a: {b,}\n", "a: {b: }\n", "a: {b:}\n", "a: {b:, c: d}\n", "[a:]\n",
    "{a:1}\n", "{a: 1, a: 2}\n", "{\"a\":1}\n", "{'a':1}\n", "[\"a\":1]\n", "[a: b, c]\n", "[a: b: c]\n", "[? a : b]\n", "{? a : b}\n",
    "{? a}\n", "{?a: b}\n", "[?a]\n", "[a?]\n", "[a ? b]\n", "[http://x.y/z?q=1]\n", "a: http://x.y/z?q=1\n", "{a: http://x.y}\n",
    "[-]\n", "[- a]\n", "[-a]\n", "[a -b]\n", "{- a: b}\n", "[:]\n", "[: a]\n", "[:a]\n", "{: a}\n", "{:a}\n", ": a\n", ":a: b\n", ":\n", "?\n", "-\n",
    "? a\n", "? a\n? b\n", "? a\nb: c\n", "- ? a\n  : b\n", "?a: b\n", "a: - b\n", "a: ? b\n", "- a: b\n c: d\n", "a:\n- b\n- c\nd: e\n",
    "a:\n  - b\n - c\n", "a: b\n  c: d\n", "a: b\n c\n", "a: b\n\n c\n", "a\nb\n", "a\nb: c\n", "a: b: c\n", "a: 'b': c\n", "a: \"b\" c\n", "'a' 'b'\n",
    "a: 'b\n", "a: \"b\n", "a: \"b\n\n  c\n", "a: \"\\q\"\n", "a: \"\\x4\"\n", "a: \"\\u00e9\\U0001F600\\/\\_\\N\\L\\P\\e\\ \"\n", "a: \"\\\n  b\"\n",
    "a: \"b \\\n   c\"\n", "a: \"b\\\n\n   c\"\n", "a: \"\tb\t\n\t c\"\n", "a: 'b\nc'\n", "a: \"b\nc\"\n", "a: \"b\n---\nc\"\n", "a: \"b\n--- c\"\n", "a: 'b\n...\n'\n",
    "a: {\nb: c\n}\n", "a: [\nb,\nc\n]\n", "a:\n  b: [\n  c,\nd ]\n", "a:\n  b: {\n}\n", "- [\nb]\n", "a: [b\n, c]\n", "a: [b #c\n, d]\n", "a: [b,#c\n d]\n",
    "a: [\n---\n]\n", "a: [b\n  c: d]\n", "{a\n: b}\n", "{\"a\"\n: b}\n", "[a\n: b]\n", "{a b\n c: d}\n", "[\"a\n b\": c]\n",
    "a: b#c\n", "a: b #c\n", "a: 'b'#c\n", "a: 'b' #c\n", "a: b # c\n  d\n", "a: #c\n  b\n", "a: &x #c\n  b\n", "a: | #c\n  b\n", "a: |#c\n  b\n", "- #c\n  a\n",
    "a:\tb\n", "a: b\t\n", "a: b\tc\n", "a: b\t# c\n", "\ta: b\n", "a:\n\tb: c\n", "a: [\tb]\n", "a: [b,\n\tc]\n", "-\ta\n", "- \ta\n", "a: 1\n\t\nb: 2\n", "a: 1\n \t\nb: 2\n",
    "a: |\n\tb\n", "a: |\n  b\n\tc\n", "a: |\n  b\n \tc\n", "a: |\n  \tb\n", "a: >\n  b\n  \tc\n  d\n", "a: |\t\n  b\n", "a: 'b'\t\n", "# c\t\n", "a: b #\tc\n", "a: \"b\"\t: c\n",
    "a: |\n b\n", "a: |\nb: c\n", "a: |\n", "a: |", "a: |-\n  b\n\n\n", "a: |+\n  b\n\n\n", "a: |+\n\n\nb: c\n", "a: |2\n  b\n", "a: |2\n   b\n", "a: |1\n  b\n", "a: |0\n  b\n", "a: |-2\n    b\n", "a: |2-\n    b\n", "a: |10\n b\n", "a: |--\n b\n",
    "a: |x\n  b\n", "a: | x\n  b\n", "a: |\n    b\n  c\n", "a: |\n\n\n  b\n", "a: |\n    \n  b\n", "a: |\n  b\n    \n  c\n", "a: |\n  b\n# c\nd: e\n", "a: |\n  b\n # c\n", "a: |\n  b", "a: |\n  b\n ", "a: |\n  b\n   ", "a: >\n  b", "a: |+\n  b", "a: |+\n ", "a: |\n ", "a: |\n  ",
    "- |\n a\n- b\n", "- |\n a\n-\n b\n", "|\n a\n", "|\na\n", ">\na\nb\n", "- |\na\n", "--- |\na\n...\n", "--- |\na\n--- b\n",
    "a: >\n  b\n  c\n\n  d\n\n\n  e\n", "a: >\n  b\n   c\n  d\n", "a: >\n\n  b\n", "a: >-\n  b\n\n   c\n\n  d\n", "a: >+\n  b\n\n", "a: >\n   b\n  c\n", "a: >\n  b\n    c\n\n    d\n  e\n",
    "a: !!str\n", "a: !!str b\n", "a: !!int b\n", "a: !!int 0x1F\n", "a: !!int \"\"\n", "a: !!float 1\n", "a: !!float 1e3\n", "a: !!float x\n", "a: !!bool yes\n", "a: !!bool 1\n", "a: !!null x\n", "a: !!seq x\n", "a: !!map x\n", "a: !!map [x]\n", "a: !!seq {x: y}\n", "a: !!str [x]\n", "a: !!str {x: y}\n",
    "!!set {a, b}\n", "!!set\n? a\n? b\n", "!!set [a]\n", "!!omap [a: 1, b: 2]\n", "!!omap [a]\n", "!!omap {a: b}\n", "!!omap\n- a: 1\n- b: 2\n", "!!pairs [a: 1, a: 2]\n", "!!pairs [{a: 1, b: 2}]\n", "!!omap []\n",
    "!!binary aGVsbG8=\n", "!!binary \"aGVs\\nbG8=\"\n", "!!binary |\n aGVs\n bG8=\n", "!!binary a\n", "!!binary é\n", "!!binary =\n", "!!binary aGVsbG8\n", "!!timestamp 2001-1-1\n", "!!timestamp x\n", "!!timestamp 2001-01-01\n",
    "!foo a\n", "!foo [a]\n", "!foo {a: b}\n", "a: !foo\n", "!!foo a\n", "!!python/none\n", "!<tag:yaml.org,2002:str> 1\n", "!<!foo> 1\n", "! 1\n", "! \"1\"\n", "! [1]\n", "! {a: 1}\n", "!e!x a\n", "!a!b!c d\n", "[!!str a, !!int 1]\n", "[!!str , b]\n", "[!!str]\n", "{a: !!str}\n", "{a: !!str }\n", "!!str &a b\n", "&a !!str b\n", "!!str !!str b\n", "&a &b c\n", "!!str *a\n", "&a *b\n", "!!str # c\n a\n", "!!str\n a\n", "!!map\na: b\n", "!!seq\n- a\n", "&a\na: b\n", "&a\n- a\n", "a: &b\n- c\n", "a: !!seq\n- c\n", "a: !!map\n  b: c\n", "a: !!map\nb: c\n", "!!str a: b\n", "!!map a: b\n", "&a a: b\n", "!<tag:yaml.org,2002:str>1\n", "!!str%41 a\n", "!%C3%A9 a\n",
    "<<: {a: 1}\nb: 2\n", "<<: [{a: 1}, {a: 2, b: 3}]\na: 4\n", "<<: 1\n", "<<: [1]\n", "<<:\n", "<<: []\n", "<<: {}\n", "a: <<\n", "- <<\n", "<<\n", "'<<': {a: 1}\n", "<<: {a: 1}\n<<: {a: 2, b: 3}\n", "b: 1\n<<: {b: 2, a: 3}\n", "b: 1\n<<: {a: 1}\nb: 3\n", "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b, z: 3}\n", "a: &a {x: 1}\nb: {<<: [*a, {x: 2}]}\n", "&a {<<: *a, b: 1}\n", "&a {<<: [*a], b: 1}\n", "x: &b {k: 1, y: &a {<<: *b, z: 2}}\n", "!!set {<<: {a}, b}\n", "!!merge <<: {a: 1}\n", "!!merge x: {a: 1}\n", "? <<\n: {a: 1}\n", "[<<: {a: 1}]\n", "<<: !!map {a: 1}\n", "<<: &x {a: 1}\nb: *x\n", "&a a: {<<: *a}\n", "<<: [[{a: 1}]]\n",
    "=: a\n", "a: =\n", "- =\n", "a: '='\n", "a: ==\n", "{=: a}\n", "!!value = : a\n",
    "a: 1\na: 2\n", "1: a\n1.0: b\ntrue: c\n", "null: a\n~: b\n: c\n", "yes: a\ntrue: b\nYES: c\n", "010: a\n8: b\n", "a: 1\nb: 2\na: 3\n", "'1': a\n1: b\n", "0: a\n-0: b\n0.0: c\n-0.0: d\nfalse: e\n", ".nan: a\n.nan: b\n", "2001-01-01: a\n2001-01-01: b\n", "!!binary YQ==: a\n", "12345678901234567890: a\n12345678901234567890: b\n", "? |\n  a\n: b\n",
    "a: {b: {c: [d, {e: f}]}}\n", "[[[[[[a]]]]]]\n", "- - - - a\n", "a:\n b:\n  c:\n   d\n", "a: [{b: c}, [d]]\n", "- a\n-b\n", "-a\n", "--a\n", "---a\n", "--- a: b\n", "--- - a\n", "--- [a]\n", "--- {a: b}\n", "--- # c\na\n", "---\ta\n", "a ---\n", "a: ---\n", "a: ...\n", " ---\n", "- ---\n", " a: b\n", " a: b\nc: d\n", "  - a\n- b\n", "a:\n  b\n c\n", "a: b\n# c\n  # d\ne: f\n", "\n\n  \na: b\n", "a:   \n  b:   \n", "a: b   \n",
    "x" * 1024 + ": a\n", "x" * 1025 + ": a\n", "'" + "x" * 1030 + "': a\n", "{" + "x" * 1030 + ": a}\n", "? " + "x" * 1030 + "\n: a\n", "[" + "x" * 1030 + "]: a\n",
    "é: ü\nß: [€, 𝄞]\n", "- é # ä\n- ö\n", "é:\n- ü\n-\n", "é: 'ü\nö'\n", "\u00a0a: b\n", "a:\u00a0b\n", "a: \u3000b\n",
    "a: b\n\x0c", "a: \x1b\n", "\x00", "a: b\x00c\n", "a: \"\\0\"\n", "a: \"\\ud800\"\n", "a: \"\\U00110000\"\n", "a: \"\\UFFFFFFFF\"\n",
    "a: -\n", "a: - \n", "a: :\n", "a: ?\n", "a: :b\n", "a: ?b\n", "a: -b\n", "a: b:\n", "a: b:c\n", "a: b :c\n", "a: b : c\n", "a:b\n", "a :b\n", "a : b\n", "a:: b\n", "a: , b\n", "a: b, c\n", "a: b] c\n", "a: b{ c\n", "a: #\n", "a: b##\n", "a: ~b\n", "a: |b\n", "a: >b\n", "a: 'b'c\n", "a: \"b\"c: d\n", "a: !b c\n", "a: b\n- c\n", "- a\nb: c\n", "- a\n b\n", "a: b\n-\n", "a: {}\nb: []\n", "{}\n", "[]\n", "{} []\n", "[] a\n", "{}: a\n", "a: [] b\n", "a: {} # c\n", "a: {}#c\n", "a: []: b\n",
    "key: [a, b\nnext: c\n", "key: {a: b\nnext: c\n", "key: 'a\nnext: c\n", "key\nnext: c\n", "a:\n  key\n  next: c\n", "a:\n  - key\n  next: c\n", "a:\n  key:\n    - b\n   - c\n", "a:\n    b: c\n  d: e\n", "a: b\n   c: d\n", "? a\n  b: c\n", "? - a\n  - b\n: c\n", "? a: b\n: c\n", "- ? a\n- ? b\n", "a: &b c: d\n", "a: &b\n  c: d\n", "a: !!str c: d\n", "- &a a: b\n  c: d\n", "- !!map\n  a: b\n", "-\n  a: b\n", "- - a: b\n    c: d\n  - e\n", "a: 'b' # c\n  'd'\n",
]

WORDS = """
y Y n N yes Yes YES yEs no No NO true True TRUE tRUE false False FALSE on On ON off Off OFF oFF null Null NULL nULL ~ ~~ nil none None
0 00 0. 1 -1 +1 - + . .. +. -. 1. 1.0 -1.5 +1.5 .5 -.5 +.5 1e3 1.e3 1.e+3 1.0e3 1.0e+3 1.0E-3 1.5e+ 1e+3 .5e+1 .e+1 ._5 1_.5 1._5 1_000 1__0 _1 1_ -_1 1_000.5
010 0o10 08 09 0_ 0_7 -010 +010 0b1 0b 0b_ 0b2 0b1_0 -0b1 0x 0x_ 0x1F 0xG 0x_f -0xff 0X1F 0B1 0x1.5 00x1
1:30 1:3 1:60 1:59 190:20:30 190:20:30.15 190:20:30. 0:30 01:30 -1:30 +1:30 1:30:00.5 1:60.5 1:5_0 1_0:30 1:30_ 1:30._5 0:0.5 00:1.5 _1:30 1::2 :30 1:
.inf .Inf .INF .iNF -.inf +.inf +.Inf .nan .NaN .NAN .Nan -.nan +.nan inf nan .in .info
2001-01-01 2001-1-1 2001-13-01 2001-02-29 2000-02-29 1900-02-29 0000-01-01 9999-12-31 2001-01-1 20010-01-01 2001-01-01T 2001-01-01x 2001-00-10 2001-01-00 2001-01-32
2001-01-01T00:00:00 2001-01-01t00:00:00 2001-01-01T0:00:00 2001-1-1T0:00:00 2001-01-01T24:00:00 2001-01-01T00:60:00 2001-01-01T00:00:60 2001-01-01T00:00:00Z 2001-01-01T00:00:00.Z 2001-01-01T00:00:00.123456789Z 2001-01-01T00:00:00+1 2001-01-01T00:00:00+01:00 2001-01-01T00:00:00-24:00 2001-01-01T00:00:00+23:59 2001-01-01T00:00:00+23:99 2001-01-01T00:00:00+ 2001-01-01T00:00 2001-01-01T00:00:0 2001-01-01T00:00:00z 2001-01-01T00:00:00+1:0 2001-1-01T00:00:00+14
<< <<< < = == 12345678901234567890 -9223372036854775808 -9223372036854775809 9223372036854775807 9223372036854775808 0xFFFFFFFFFFFFFFFFFF 0b1111111111111111111111111111111111111111111111111111111111111111111 01777777777777777777777777 123456789012345678901:30:30 1.7976931348623159e+308 1.0e+400 1.0e-400 0.1 3.14159265358979323846
a,b a]b a}b a:b a#b a'b a"b -a ?a :a --- ... -- .- a-b /x \\x ^ $ ( ) ; a? a! a& a* 1a 1.a 1.2.3 0.1.0 v1 1,000 1%2 1-2 1+2 +a 0.0 -0.0 -0 +0
""".split()
WORDS += ["2001-01-01 00:00:00", "2001-01-01  00:00:00 Z", "2001-01-01 00:00:00 +1", "2001-01-01 00:00:00 -5:30",
          "2001-01-01 00:00:00  ", "2001-01-01 00:00:00 - 5", "2001-01-01 ", "1 2", "yes no", "a b", "1 :30", "é", "1é", "٣", "1\u00a0"]

PIECES = list("0123456789") * 3 + list("--++..::__") * 3 + list("eExXbBoOaAfFzZTt") + ["inf", "nan", "NaN", "0x", "0b", "1e+", "20", "01-", ":30", "~", "=", "<", "yes", "on", " "]
NOISE = list(" \n:-?#[]{},&*!|>'\"%@`~=<.\\\t\r") + ["\n", "\n  ", "  ", ": ", "- ", " #", "a", "b", "0", "1", "é", "\x85", "\u2028", "\ufeff", "\x07",
         "*a", "&a ", "<<: ", "!!str ", "---", "...", "|\n", ">\n", "''", '""', "[a]", "{a: b}", "? "]


def encode(value, way=()):
    """The value in the JSON of the verdicts."""
    if id(value) in way:
        return {"cycle": None}
    way = (*way, id(value)) if isinstance(value, (list, dict, tuple)) else way
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return {"i": str(value)}
    if isinstance(value, float):
        return {"f": repr(value)}
    if isinstance(value, bytes):
        return {"b": value.hex()}
    if isinstance(value, (datetime.date, datetime.datetime)):
        return {"t": None}
    if isinstance(value, list):
        return [encode(item, way) for item in value]
    if isinstance(value, tuple):
        return {"m": [[encode(item, way) for item in value]]}
    if isinstance(value, set):
        return {"s": sorted((encode(item, way) for item in value), key=lambda key: json.dumps(key, ensure_ascii=False))}
    return {"m": [[encode(key, way), encode(item, way)] for key, item in value.items()]}


def verdict(text):
    """What the safe loader makes of the text."""
    try:
        result = encode(yaml.safe_load(text))
        json.dumps(result, ensure_ascii=False).encode()
        return result
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position)
        column = error.position - (text.rfind("\n", 0, error.position) + 1)
        return {"e": "ReaderError", "l": line, "c": column}
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = {"l": mark.line, "c": mark.column} if mark else {}
        return {"e": type(error).__name__, **place}
    except Exception as error:
        return {"e": type(error).__name__}


def random_scalar(rng):
    return "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 7))).strip() or "0"


def random_flow(rng, depth):
    kind = rng.random()
    if depth == 0 or kind < 0.4:
        return rng.choice(["a", "1", "yes", "'q'", '"d"', "b c", "~", "", "x:y", "<<", "*a", "&a z", "!!str 3", "a?", "-1"])
    items = range(rng.randint(0, 3))
    if kind < 0.7:
        return "[" + ", ".join(random_flow(rng, depth - 1) for _ in items) + rng.choice(["", ",", " "]) + "]"
    pairs = (random_flow(rng, 0) + rng.choice([": ", ": ", ":", " : "]) + random_flow(rng, depth - 1) for _ in items)
    return "{" + ", ".join(pairs) + "}"


def random_block(rng, depth, indent):
    pad = " " * indent
    lines = []
    style = rng.random()
    for _ in range(rng.randint(1, 3)):
        head = "- " if style < 0.4 else rng.choice(["k", "key", "'q'", '"d"', "1", "yes", "? k", "<<", "&a k", "é"]) + rng.choice([":", ": ", ":  "])
        kind = rng.random()
        if depth and kind < 0.4:
            step = rng.choice([0, 1, 2, 2, 2, 4])
            lines.append(pad + head.rstrip() + "\n" + random_block(rng, depth - 1, indent + step))
        elif kind < 0.5:
            header = rng.choice(["|", ">", "|-", ">-", "|+", ">+", "|2", ">1", "| # c"])
            inner = " " * (indent + rng.choice([0, 1, 2, 2, 2, 3]))
            body = "".join(rng.choice([inner + "text\n", inner + " more\n", "\n", inner + "# no\n", pad + " \n"]) for _ in range(rng.randint(0, 4)))
            lines.append(pad + head.rstrip() + " " + header + "\n" + body)
        elif kind < 0.7:
            lines.append(pad + head.rstrip() + " " + random_flow(rng, 2) + "\n")
        else:
            value = rng.choice(["v", "v # c", "two words", "'s'", '"d"', "", "a\n" + pad + "  b", '"a\n' + pad + 'b"', "*a", "&a v", "!!str 1", "!x y", "010", "1:30"])
            lines.append(pad + head.rstrip() + " " + value + "\n")
        if rng.random() < 0.1:
            lines.append(rng.choice(["\n", "# c\n", pad + "# c\n", "  \n"]))
    return "".join(lines)


def mutate(rng, text):
    for _ in range(rng.randint(1, 3)):
        at = rng.randint(0, len(text))
        kind = rng.random()
        if kind < 0.55:
            text = text[:at] + rng.choice(NOISE) + text[at:]
        elif kind < 0.8:
            text = text[:at] + text[at + rng.randint(1, 3):]
        else:
            lines = text.splitlines(keepends=True)
            if len(lines) > 1:
                one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
                lines[one], lines[other] = lines[other], lines[one]
                text = "".join(lines)
    return text


def random_document(rng):
    kind = rng.random()
    if kind < 0.35:
        return random_block(rng, 3, 0)
    if kind < 0.45:
        return random_flow(rng, 3) + "\n"
    if kind < 0.55:
        return mutate(rng, random_block(rng, 2, 0))
    if kind < 0.6:
        return "".join(rng.choice(NOISE) for _ in range(rng.randint(1, 8)))
    if kind < 0.7:
        return mutate(rng, rng.choice(WRITTEN))
    return mutate(rng, rng.choice(SEEDS))


def line(text):
    return json.dumps([text, verdict(text)], separators=(",", ":"), sort_keys=True)


def write(name, texts):
    with open(HERE / name, "w", encoding="ascii", newline="\n") as out:
        for text in dict.fromkeys(texts):
            out.write(line(text) + "\n")


def main():
    if sys.argv[1:2] == ["more"]:
        rng = random.Random(int(sys.argv[2]))
        for _ in range(int(sys.argv[3])):
            print(line(random_document(rng)))
        return
    rng = random.Random(SEED)
    scalars = WORDS + [random_scalar(rng) for _ in range(2500)]
    write("scalars.jsonl", [f"a: {scalar}\n" for scalar in scalars])
    write("documents.jsonl", SEEDS + [t for t in WRITTEN if len(t) < 2000] + [random_document(rng) for _ in range(700)])


if __name__ == "__main__":
    main()
