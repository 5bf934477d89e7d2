//! The attributes of telemetry that a file sets.

use expect_test::{Expect, expect};
use syntax::python::parse;

use super::super::attributes::{AttributeGroup, AttributeValue, Carrier};
use super::super::dump::{constant, dotted};
use super::super::{Constant, Key, lower, lower_again, lower_first};
use crate::places::Places;

/// Each group, with its attributes and the text at their anchors.
#[expect(clippy::needless_pass_by_value, reason = "written at every call")]
fn check(source: &str, expected: Expect) {
    let (facts, places) = lower(source, &parse(source, None));
    let lines: Vec<String> =
        facts.attributes.iter().map(|group| shown(group, source, &places)).collect();
    expected.assert_eq(&lines.join("\n"));
}

fn shown(group: &AttributeGroup, source: &str, places: &Places) -> String {
    let text = |at| places.span(at).map_or("", |span| span.of(source));
    let carrier = match group.carrier {
        Carrier::Event(Some(span)) => format!("Event of {}", text(span)),
        other => format!("{other:?}"),
    };
    let name = match &group.name {
        Key::Unknown => String::new(),
        name => format!(" {}", key(name)),
    };
    let attributes: Vec<String> = group
        .attributes
        .iter()
        .map(|set| {
            let value = match &set.value {
                AttributeValue::Text(text) => key(text),
                AttributeValue::Literal(value) => constant(&Constant::Literal(value.clone())),
                AttributeValue::Unknown => "?".into(),
            };
            format!("  {} = {value}   at {} : {}", key(&set.key), text(set.at), text(set.value_at))
        })
        .collect();
    let open = if group.closed { "" } else { " .." };
    let head = format!("{carrier}{name}{open}   at {}", text(group.at));
    [vec![head], attributes].concat().join("\n")
}

fn key(key: &Key) -> String {
    match key {
        Key::Text(text) => format!("{:?}", text.as_str()),
        Key::Name(name) => dotted(name),
        Key::Each(each) => format!("one of {}", constant(&each.collection)),
        other => format!("{other:?}"),
    }
}

#[test]
fn one_at_a_time() {
    check(
        "def f(span, x):\n    span.set_attribute(\"task.id\", x)\n    span.set_attribute('task.status', \"done\")\n    span.set_attribute(key=\"n\", value=3)\n    span.set_attribute(f\"a.{x}\", 1)\n",
        expect![[r#"
            Span(Given) ..   at set_attribute
              "task.id" = ?   at "task.id" : x
              "task.status" = "done"   at 'task.status' : "done"
              "n" = 3   at "n" : 3"#]],
    );
}

#[test]
fn a_span_with_its_events() {
    check(
        "def f(self, x):\n    with self.tracer.start_as_current_span('work', attributes={'a': 1}) as s:\n        s.set_attributes({'b': x, **{'c': 'd'}})\n        s.add_event('begun', {'e': True})\n        s.record_exception(x, attributes={'g': 1})\n        s.add_event('plain')\n",
        expect![[r#"
            Span(StartedCurrent) "work"   at start_as_current_span
              "a" = 1   at 'a' : 1
              "b" = ?   at 'b' : x
              "c" = "d"   at 'c' : 'd'
            Event of start_as_current_span "begun"   at add_event
              "e" = True   at 'e' : True
            Event of start_as_current_span   at record_exception
              "g" = 1   at 'g' : 1"#]],
    );
}

#[test]
fn spans_of_one_name() {
    check(
        "def f(tracer):\n    with tracer.start_as_current_span('a') as span:\n        span.set_attribute('x', 1)\n        with tracer.start_span('b') as span:\n            span.set_attribute('y', 1)\n    with tracer.start_as_current_span('c'), open('d') as span:\n        pass\n",
        expect![[r#"
            Span(StartedCurrent) "a"   at start_as_current_span
              "x" = 1   at 'x' : 1
            Span(Started) "b"   at start_span
              "y" = 1   at 'y' : 1
            Span(StartedCurrent) "c"   at start_as_current_span"#]],
    );
}

#[test]
fn a_span_in_other_hands() {
    check(
        "def f(tracer):\n    span = tracer.start_span('a')\n    span.set_attribute('x', 1)\n    fill(span)\ndef g(tracer):\n    span = tracer.start_span('b')\n    span.set_attribute('x', 1)\n    span.end()\ndef h(tracer):\n    span = tracer.start_span('c')\n    def inner():\n        span.set_attribute('x', 1)\ndef i(tracer):\n    return tracer.start_span('d')\ndef j():\n    span = trace.get_current_span()\n    span.set_attribute('x', 1)\n    trace.get_current_span().set_attribute('y', 1)\n",
        expect![[r#"
            Span(Started) "a" ..   at start_span
              "x" = 1   at 'x' : 1
            Span(Started) "b"   at start_span
              "x" = 1   at 'x' : 1
            Span(Started) "c" ..   at start_span
            Span(Given)   at set_attribute
              "x" = 1   at 'x' : 1
            Span(Started) "d" ..   at start_span
            Span(Current)   at set_attribute
              "x" = 1   at 'x' : 1
              "y" = 1   at 'y' : 1"#]],
    );
}

#[test]
fn a_dict_by_name() {
    check(
        "def f(span, x):\n    attrs: dict = {'a': 1}\n    attrs['b'] = x\n    attrs.update({'c': 2})\n    if x:\n        attrs.setdefault('d', 'e')\n    more = {**attrs, 'z': 0}\n    span.set_attributes(attrs)\n    span.add_event('x', attributes=more)\n",
        expect![[r#"
            Span(Given)   at set_attributes
              "a" = 1   at 'a' : 1
              "b" = ?   at 'b' : x
              "c" = 2   at 'c' : 2
              "d" = "e"   at 'd' : 'e'
            Event(None) "x"   at add_event
              "a" = 1   at 'a' : 1
              "b" = ?   at 'b' : x
              "c" = 2   at 'c' : 2
              "d" = "e"   at 'd' : 'e'
              "z" = 0   at 'z' : 0"#]],
    );
}

#[test]
fn a_dict_that_others_may_fill() {
    check(
        "def f(span, x):\n    attrs = {'a': 1}\n    fill(attrs)\n    span.add_event('x', attrs)\ndef g(span, x):\n    attrs = {'a': 1}\n    attrs = {'b': 1}\n    span.add_event('x', attrs)\ndef h(span, x):\n    attrs = {'a': 1}\n    del attrs['a']\n    span.add_event('x', attrs)\ndef i(span, x):\n    span.add_event('x', {'a': 1, **x})\n    span.add_event('y', {'b': 1} if x else None)\n",
        expect![[r#"
            Event(None) "x" ..   at add_event
              "a" = 1   at 'a' : 1
            Event(None) "x" ..   at add_event
            Event(None) "x" ..   at add_event
              "a" = 1   at 'a' : 1
            Event(None) "x" ..   at add_event
              "a" = 1   at 'a' : 1
            Event(None) "y" ..   at add_event
              "b" = 1   at 'b' : 1"#]],
    );
}

#[test]
fn a_dict_gone_through() {
    check(
        "def f(span, x):\n    attrs = {'a': 'b'}\n    for k, v in attrs.items():\n        span.set_attribute(k, v)\ndef g(span, x):\n    attrs = {'a': 'b'}\n    for k, v in attrs.items():\n        span.set_attribute(k, str(v))\ndef h(span, x):\n    for k, v in x.items():\n        span.set_attribute(k, v)\n",
        expect![[r#"
            Span(Given)   at set_attribute
              "a" = "b"   at 'a' : 'b'
            Span(Given)   at set_attribute
              "a" = ?   at 'a' : 'b'
            Span(Given) ..   at set_attribute"#]],
    );
}

#[test]
fn names_for_keys_and_values() {
    check(
        "from .names import ID, Attr\ndef f(self, span, given):\n    local = 'here'\n    span.set_attribute(ID, Status.DONE)\n    span.set_attribute(Attr.STATUS.value, 'on' if given else 'off')\n    span.set_attribute(local, given)\n    span.set_attribute(given, 1)\n    span.set_attribute(given.x, 1)\n    def inner():\n        span.set_attribute(local, given.x)\nclass C:\n    def g(self, span):\n        span.set_attribute(self.KEY, -1)\n",
        expect![[r#"
            Span(Given) ..   at set_attribute
              "here" = ?   at 'here' : given
              ID = Status.DONE   at ID : Status.DONE
              Attr.STATUS.value = one of ["on", "off"]   at Attr.STATUS.value : 'on' if given else 'off'
            Span(Given) ..   at set_attribute
            Span(Given)   at set_attribute
              self.KEY = -1   at self.KEY : -1"#]],
    );
}

#[test]
fn other_telemetry_needs_the_import() {
    let source = "def f(self, ctx):\n    links = [Link(ctx, {'l': 1})]\n    self.done.add(1, {'m': 1})\n    self.seen.record(1, attributes={'n': 1})\n    names.add('x')\n    page.set_attribute('href', 'x')\nresource = Resource.create({'service.name': 'x'})\nResource(attributes={'r': 1})\nrecord = LogRecord(attributes={'o': 1})\n";
    check(source, expect![[""]]);
    check(
        &format!("from opentelemetry import trace\n{source}"),
        expect![[r#"
            Link   at Link
              "l" = 1   at 'l' : 1
            Measurement   at add
              "m" = 1   at 'm' : 1
            Measurement   at record
              "n" = 1   at 'n' : 1
            Span(Given)   at set_attribute
              "href" = "x"   at 'href' : 'x'
            Resource   at create
              "service.name" = "x"   at 'service.name' : 'x'
            Resource   at Resource
              "r" = 1   at 'r' : 1
            Log   at LogRecord
              "o" = 1   at 'o' : 1"#]],
    );
}

#[test]
fn code_outside_functions() {
    check(
        "KEY = 'task.id'\nATTRS = {'a': 1}\nif __name__ == '__main__':\n    with tracer.start_as_current_span('main', attributes=ATTRS) as span:\n        span.set_attribute(KEY, 1)\n",
        expect![[r#"
            Span(StartedCurrent) "main"   at start_as_current_span
              "task.id" = 1   at 'task.id' : 1
              "a" = 1   at 'a' : 1"#]],
    );
}

#[test]
fn dicts_in_circles_come_to_an_end() {
    check(
        "def f(span):\n    a = {**b, 'x': 1}\n    b = {**a, **a}\n    a.update(a)\n    span.set_attributes(a)\n    k = k\n    span.set_attribute(k, k)\n",
        expect![[r#"
            Span(Given) ..   at set_attributes
              "x" = 1   at 'x' : 1"#]],
    );
}

#[test]
fn blanks_change_nothing_and_texts_are_taken_over() {
    let source =
        "from opentelemetry import trace\ndef f(span):\n    span.set_attribute('a', 'b')\n";
    let wider = source.replace("('a', 'b')", "( 'a',\n        'b' )").replace("\ndef", "\n\n\ndef");
    let facts = |text: &str| lower(text, &parse(text, None)).0;
    assert_eq!(facts(source), facts(&wider));
    let more = format!("{source}def g(span):\n    span.set_attribute('c', 1)\n");
    let first = lower_first(source, &parse(source, None));
    let again = lower_again(&more, &parse(&more, None), &first);
    assert_eq!((again.facts, again.places), lower(&more, &parse(&more, None)));
}
