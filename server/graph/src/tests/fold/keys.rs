//! Keys that are not written out.

use super::{check, check_files};

#[test]
fn constants_and_enums_are_followed_through_imports() {
    check_files(
        &[
            (
                "handlers.py",
                "\
from keys import DOMAIN, Keys, FIELDS, PAIRS
import keys as k
class WorkPhaseHandler:
    LOCAL = 'local'
    MANY = ('m', 'n')
    def execute(self, context):
        context[DOMAIN]
        context[k.OTHER]
        context[Keys.PLAN.value]
        context[Keys.TEXT]
        context[self.LOCAL]
        for key in FIELDS:
            context[key] = 1
        for source, target in PAIRS:
            context.get(target)
        for key in self.MANY:
            context.get(key)
",
            ),
            (
                "keys.py",
                "\
from enum import Enum
DOMAIN = 'domain'
OTHER = DOMAIN
class Keys(str, Enum):
    PLAN = 'plan'
    TEXT = 'text'
FIELDS = [DOMAIN, 'x', Keys.PLAN]
PAIRS = (('a', 'b'), ('c', 'd'))
",
            ),
        ],
        "read domain hard\nread domain hard\nread plan hard\nread text hard\nread local hard
         read b soft\nread d soft\nread m soft\nread n soft
         write domain must\nwrite x must\nwrite plan must",
    );
}

#[test]
fn keys_are_picked_out_of_collections_and_put_together() {
    check_files(
        &[
            (
                "handlers.py",
                "\
from keys import BY_NAME, IN_ORDER, NAMES, PREFIX
class WorkPhaseHandler:
    def execute(self, context, other):
        context[BY_NAME['first']]
        context[IN_ORDER[1]]
        context[f'{PREFIX}_rules']
        context[PREFIX + '_' + other]
        for name in NAMES:
            context[f'{PREFIX}_{name}'] = 1
        if f'{PREFIX}_z' in context:
            context[f'{PREFIX}_z']
        context[BY_NAME['third']]
",
            ),
            (
                "keys.py",
                "\
PREFIX = 'on'
OTHER = 'b'
BY_NAME = {'first': 'a', 'second': OTHER}
IN_ORDER = ('c', OTHER)
NAMES = ['x', 'y']
",
            ),
        ],
        "read a hard\nread b hard\nread on_rules hard\nread on_* hard\nread on_z soft\nread on_z soft
         write on_x must\nwrite on_y must
         open reads",
    );
}

#[test]
fn a_context_that_is_merged_into_stays_the_context() {
    check(
        "\
class WorkPhaseHandler:
    def execute(self, context):
        def read():
            return context['a']
        read()
        for key in ('b', 'c'):
            context |= {key: 1}
        context['d'] = 1
",
        "read a hard\nwrite b must\nwrite c must\nwrite d must",
    );
}

#[test]
fn unknown_keys_are_open_at_the_top_and_any_key_below() {
    let text = |line: &str| {
        format!("class WorkPhaseHandler:\n    def execute(self, context, key):\n        {line}\n")
    };
    check(&text("context[key]"), "open reads");
    check(&text("context[key] = 1"), "open writes");
    check(&text("context['a'][key]['b'] = 1"), "read a hard\nwrite a.*.b must");
    check(&text("context[f'on_{key}']"), "read on_* hard");
    check(&text("context['a' if key else 'b'] = 1"), "write a may\nwrite b may");
    check(&text("context['a' if key else 'b']"), "read a soft\nread b soft");
}

#[test]
fn what_may_be_another_key_is_not_overwritten() {
    check(
        "\
class WorkPhaseHandler:
    def execute(self, context, key):
        context[f'on_{key}'] = 1
        context['on_x'] = 2
        context['a'][key] = 1
        context['a']['b'] = 2
        del context['on_x']
",
        "write on_* may\nwrite a.* must\nwrite a.b must\ndrop on_x must",
    );
}

#[test]
fn a_plain_enum_member_is_no_text() {
    check(
        "\
from enum import Enum
class Keys(Enum):
    A = 'a'
class WorkPhaseHandler:
    def execute(self, context):
        context[Keys.A]
        context[Keys.A.value]
        context[Keys.A.name]
",
        "read a hard\nread A hard\nopen reads",
    );
}
