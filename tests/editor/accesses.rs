//! Everything that can be asked, asked of accesses of every form: by whatever way code comes to a
//! field, the answers are those about the field.

use graph::sources::Sources;
use ide::call_hierarchy::{Step, prepare};

use super::Editor;

const CONTRACT: &str = "#- demo.contract.yaml
schema_version: '0.1.0'
pipeline_id: demo
phases:
  plan:
    exit:
      required:
        - {name: domain, type: dict}
        - {name: domain.label, type: str}
      optional:
        - {name: notes, type: list}
  build:
    entry:
      required:
        - {name: domain, type: dict}
        - {name: domain.label, type: str}
      enrichment:
        - {name: notes, type: list, severity: warning}
    exit:
      optional:
        - {name: notes, type: list}
#- handlers.py
";

/// What an access is, and where it stands.
struct Access {
    /// Its form.
    form: &'static str,
    /// The handler's file, and others; `$0` is in the key.
    code: &'static str,
    /// The field.
    field: &'static str,
    /// The function around it.
    function: &'static str,
}

/// An access in the handler's own entry point, or what it calls, given as further lines.
macro_rules! accesses {
    ($($form:literal, $field:literal, $function:literal, $code:expr;)*) => {
        [$(Access { form: $form, code: $code, field: $field, function: $function }),*]
    };
}

/// The beginning of a handler, whose lines follow.
macro_rules! execute {
    ($($line:literal),*) => {
        concat!(
            "class BuildPhaseHandler:\n    def execute(self, phase, context):\n",
            $("        ", $line, "\n"),*
        )
    };
}

const OWN: &str = "BuildPhaseHandler.execute";

static IN_PLACE: &[(&str, &str, &str)] = &[
    ("subscript", "domain", execute!("use(context['$0domain'])")),
    ("get", "notes", execute!("use(context.get('$0notes', []))")),
    ("or", "notes", execute!("use(context.get('$0notes') or [])")),
    ("write", "notes", execute!("context['$0notes'] = []")),
    ("setdefault", "notes", execute!("context.setdefault('$0notes', [])")),
    ("pop", "notes", execute!("context.pop('$0notes', None)")),
    ("del", "notes", execute!("del context['$0notes']")),
    ("update", "notes", execute!("context.update({'$0notes': []})")),
    ("membership", "domain", execute!("use('$0domain' in context)")),
    ("f-string", "domain", execute!("use(f\"{context['$0domain']}\")")),
    ("comprehension", "notes", execute!("use([note for note in context['$0notes']])")),
    ("walrus", "notes", execute!("if (notes := context.get('$0notes')): use(notes)")),
    ("nested", "domain.label", execute!("use(context['domain']['$0label'])")),
    ("nested, outer key", "domain", execute!("use(context['$0domain']['label'])")),
    ("nested get", "domain.label", execute!("use(context.get('domain', {}).get('$0label'))")),
    ("nested get, outer key", "domain", execute!("use(context.get('$0domain', {}).get('label'))")),
    ("alias", "domain", execute!("bag = context", "use(bag['$0domain'])")),
    (
        "alias of a part",
        "domain.label",
        execute!("part = context['domain']", "use(part['$0label'])"),
    ),
    (
        "alias in a branch",
        "notes",
        execute!("if phase:", "    bag = context", "    use(bag['$0notes'])"),
    ),
    (
        "match",
        "domain",
        execute!("match context:", "    case {'$0domain': found}:", "        use(found)"),
    ),
    (
        "try",
        "domain",
        execute!("try:", "    use(context['$0domain'])", "except KeyError:", "    pass"),
    ),
    ("copy", "domain", execute!("bag = dict(context)", "use(bag['$0domain'])")),
];

static ELSEWHERE: &[Access] = &accesses![
    "helper", "domain", "prompt",
        "class BuildPhaseHandler:\n    def execute(self, phase, context):\n        prompt(context)\n\
         def prompt(ctx):\n    return ctx['$0domain']\n";
    "helper by keyword", "domain", "prompt",
        "class BuildPhaseHandler:\n    def execute(self, phase, context):\n        prompt(1, bag=context)\n\
         def prompt(count, *, bag=None):\n    return bag['$0domain']\n";
    "helper in another file", "notes", "prompt",
        "from prompts import prompt\n\
         class BuildPhaseHandler:\n    def execute(self, phase, context):\n        prompt(context)\n\
         #- prompts.py\ndef prompt(ctx):\n    ctx['$0notes'] = []\n";
    "helper of a helper", "domain", "words",
        "import prompts\n\
         class BuildPhaseHandler:\n    def execute(self, phase, context):\n        prompts.prompt(context)\n\
         #- prompts.py\nfrom words import words as w\ndef prompt(ctx):\n    return w(ctx)\n\
         #- words.py\ndef words(ctx):\n    return ctx['$0domain']\n";
    "helper with a part", "domain.label", "prompt",
        "class BuildPhaseHandler:\n    def execute(self, phase, context):\n        prompt(context['domain'])\n\
         def prompt(domain):\n    return domain['$0label']\n";
    "async helper", "domain", "prompt",
        "class BuildPhaseHandler:\n    async def execute(self, phase, context):\n        await prompt(context)\n\
         async def prompt(ctx):\n    return ctx['$0domain']\n";
    "method", "domain", "BuildPhaseHandler.prompt",
        "class BuildPhaseHandler:\n    def execute(self, phase, context):\n        self.prompt(context)\n    \
         def prompt(self, ctx):\n        return ctx['$0domain']\n";
    "static method", "domain", "BuildPhaseHandler.prompt",
        "class BuildPhaseHandler:\n    def execute(self, phase, context):\n        self.prompt(context)\n    \
         @staticmethod\n    def prompt(ctx):\n        return ctx['$0domain']\n";
    "inherited method", "domain", "Base.prompt",
        "from base import Base\n\
         class BuildPhaseHandler(Base):\n    def execute(self, phase, context):\n        self.prompt(context)\n\
         #- base.py\nclass Base:\n    def prompt(self, ctx):\n        return ctx['$0domain']\n";
    "inherited entry point", "domain", "Base.execute",
        "from base import Base\nclass BuildPhaseHandler(Base):\n    pass\n\
         #- base.py\nclass Base:\n    def execute(self, phase, context):\n        return context['$0domain']\n";
    "super", "domain", "Base.execute",
        "from base import Base\n\
         class BuildPhaseHandler(Base):\n    def execute(self, phase, context):\n        super().execute(phase, context)\n\
         #- base.py\nclass Base:\n    def execute(self, phase, context):\n        return context['$0domain']\n";
    "attribute of self", "domain", "BuildPhaseHandler.prompt",
        "class BuildPhaseHandler:\n    def execute(self, phase, context):\n        self.context = context\n        \
         self.prompt()\n    def prompt(self):\n        return self.context['$0domain']\n";
    "partial", "domain", "prompt",
        "from functools import partial\n\
         class BuildPhaseHandler:\n    def execute(self, phase, context):\n        ask = partial(prompt, context)\n        \
         return ask()\ndef prompt(ctx):\n    return ctx['$0domain']\n";
    "nested function", "domain", "BuildPhaseHandler.execute.<locals>.prompt",
        "class BuildPhaseHandler:\n    def execute(self, phase, context):\n        \
         def prompt():\n            return context['$0domain']\n        return prompt()\n";
    "recursion", "domain", "prompt",
        "class BuildPhaseHandler:\n    def execute(self, phase, context):\n        prompt(context, 3)\n\
         def prompt(ctx, count):\n    return prompt(ctx, count - 1) if count else ctx['$0domain']\n";
];

/// Asks everything at the cursor; gives what is not answered as it should be.
fn ask(access: &Access) -> Vec<String> {
    let editor = Editor::new(&format!("{CONTRACT}{}", access.code));
    let (engine, cursor) = (&editor.engine, editor.cursor);
    let key = access.field.rsplit('.').next().unwrap_or_default();
    let mut lacks = Vec::new();
    let mut want = |holds: bool, what: String| {
        if !holds {
            lacks.push(format!("{}: {what}", access.form));
        }
    };
    let is_here = |path: &str, line: u32| {
        let text = engine.text(cursor.file);
        let own = text[..cursor.offset].matches('\n').count();
        engine.path(cursor.file) == path && line as usize == own
    };
    let here = std::cell::Cell::new(false);
    let link = |path: &camino::Utf8Path, line: u32| {
        here.set(here.get() || is_here(path.as_str(), line));
        None
    };
    let hover = ide::hover::hover(engine, cursor, &link).map(|hover| hover.plain());
    let story = hover.unwrap_or_default();
    want(story.starts_with(&format!("{}   ", access.field)), format!("hover: {story}"));
    // An outer key stands in the story of what it leads to.
    let is_outer = access.form.ends_with("outer key");
    want(here.get() || is_outer, format!("its place in hover: {story}"));
    let definition = ide::definition::definition(engine, cursor);
    let leads = definition.iter().flat_map(|found| &found.places);
    want(
        leads.clone().any(|place| engine.path(place.file) == "demo.contract.yaml"),
        format!("definition: {definition:?}"),
    );
    let references = ide::references::references(engine, cursor, true);
    let spans: Vec<String> =
        references.iter().map(|place| editor.place(place.file, place.span)).collect();
    let own = references
        .iter()
        .find(|place| place.file == cursor.file && place.span.touches(cursor.offset));
    want(own.is_some(), format!("references: {spans:?}"));
    want(spans.iter().any(|place| place.ends_with(access.field)), format!("{spans:?}"));
    let marks = ide::highlight::highlight(engine, cursor);
    want(
        marks.iter().any(|(span, _)| span.touches(cursor.offset)),
        format!("highlight: {marks:?}"),
    );
    match ide::rename::rename(engine, cursor, "fresh") {
        Ok(Some(changes)) => {
            let edits = |change: &ide::rename::Change| {
                let mut edits = change.edits.iter();
                change.file == cursor.file && edits.any(|edit| edit.span.touches(cursor.offset))
            };
            want(changes.iter().any(edits), format!("its own rename: {changes:?}"));
            want(changes.len() > 1, format!("rename: {changes:?}"));
        }
        other => want(false, format!("rename: {other:?}")),
    }
    let offered = ide::completion::completion(engine, cursor, false).items;
    let offers = offered.iter().any(|item| item.label == key || item.label == access.field);
    want(offers, "completion".to_owned());
    let around = prepare(engine, cursor);
    let names: Vec<&str> = around.iter().map(|item| &*item.name).collect();
    want(names == [access.function], format!("call hierarchy: {names:?}"));
    want(around.iter().all(|item| matches!(item.step, Step::Function(..))), String::new());
    lacks
}

#[test]
fn in_the_entry_point() {
    let lacks: Vec<String> = IN_PLACE
        .iter()
        .flat_map(|(form, field, code)| ask(&Access { form, field, code, function: OWN }))
        .collect();
    assert!(lacks.is_empty(), "{}", lacks.join("\n"));
}

#[test]
fn by_calls() {
    let lacks: Vec<String> = ELSEWHERE.iter().flat_map(ask).collect();
    assert!(lacks.is_empty(), "{}", lacks.join("\n"));
}

/// Keys that are no text of their own: what is asked of them is answered, and the names stand
/// elsewhere.
static NAMED: &[(&str, &[&str], &str)] = &[
    (
        "constant",
        &["domain"],
        "KEY = 'domain'\nclass BuildPhaseHandler:\n    \
        def execute(self, phase, context):\n        use(context[$0KEY])\n",
    ),
    (
        "imported constant",
        &["domain"],
        "from keys import Keys\nclass BuildPhaseHandler:\n    \
        def execute(self, phase, context):\n        use(context[Keys.$0DOMAIN])\n\
        #- keys.py\nclass Keys:\n    DOMAIN = 'domain'\n",
    ),
    (
        "loop",
        &["domain", "notes"],
        "class BuildPhaseHandler:\n    \
        def execute(self, phase, context):\n        for key in ('domain', 'notes'):\n            \
        use(context[$0key])\n",
    ),
    (
        "loop in a helper",
        &["domain", "notes"],
        "KEYS = ['domain', 'notes']\n\
        class BuildPhaseHandler:\n    def execute(self, phase, context):\n        prompt(context)\n\
        def prompt(ctx):\n    return [ctx.get($0key) for key in KEYS]\n",
    ),
];

#[test]
fn by_names_of_keys() {
    for (form, fields, code) in NAMED {
        let editor = Editor::new(&format!("{CONTRACT}{code}"));
        let (engine, cursor) = (&editor.engine, editor.cursor);
        let hover = ide::hover::hover(engine, cursor, &|_, _| None).expect(form).plain();
        let references = ide::references::references(engine, cursor, true);
        let marks = ide::highlight::highlight(engine, cursor);
        for field in *fields {
            assert!(hover.contains(&format!("{field}   ")), "{form}: {hover}");
            let mut places = references.iter().map(|place| editor.place(place.file, place.span));
            assert!(places.any(|place| place.ends_with(field)), "{form}: {references:?}");
        }
        assert!(marks.iter().any(|(span, _)| span.touches(cursor.offset)), "{form}: {marks:?}");
        assert!(ide::definition::definition(engine, cursor).is_some(), "{form}");
        assert_eq!(prepare(engine, cursor).len(), 1, "{form}");
    }
}
