//! Fixes of rules that hold code against its contract.

use rules::fix::{Fix, Intent};

use super::{CONTRACT, PYTHON, SETTINGS, applied, check, findings, offered, project};

const COLLECT: &str =
    "  collect:\n    exit:\n      required:\n        - name: records\n          type: list\n";
const SUMMARISE: &str =
    "  summarise:\n    entry:\n      required:\n        - name: records\n          type: list\n";

fn handler(phase: &str, body: &str) -> String {
    let lines: String = body.lines().map(|line| format!("        {line}\n")).collect();
    format!("class {phase}PhaseHandler:\n    def execute(self, phase, context):\n{lines}\n")
}

fn both(python: &str) -> workspace::memory::Memory {
    project(&format!("{COLLECT}{SUMMARISE}"), python)
}

#[test]
fn keys_with_a_default_are_renamed() {
    let writes = handler("Collect", "context['records'] = []\ncontext['langauge'] = 'en'");
    for read in [
        "context.get(\"language\", \"en\")",
        "context.get('language') or 'en'",
        "context.get(\n            'language',\n            'en',\n        )",
    ] {
        let reads = handler("Summarise", "x = READ").replace("READ", read);
        let renamed = read.replacen("language", "langauge", 1);
        let memory = both(&format!("{writes}{reads}"));
        let change = (PYTHON, read, renamed.as_str());
        check(&memory, "shadow-default", "rename the key to `langauge`", change);
    }
}

#[test]
fn a_key_that_a_constant_names_is_not_renamed() {
    let writes = handler("Collect", "context['records'] = []\ncontext['langauge'] = 'en'");
    let reads = handler("Summarise", "x = context.get(KEY, 'en')");
    let memory = both(&format!("KEY = 'language'\n\n\n{writes}{reads}"));
    let input = "declare `language` as an input of pipeline `reports`";
    let required = "remove the default of `language`, so that its absence is seen";
    assert_eq!(offered(&memory, "shadow-default"), [input, required]);
    let change = (PYTHON, "context.get(KEY, 'en')", "context[KEY]");
    check(&memory, "shadow-default", required, change);
    let made = "[pipelines.reports]\ninputs = [\"language\"]\n";
    check(&memory, "shadow-default", input, (SETTINGS, "", made));
}

#[test]
fn undeclared_read() {
    let hard = both(&handler("Summarise", "use(context['records'], context['tone'])"));
    let item = format!("{SUMMARISE}        - name: tone\n");
    let title = "declare `tone` in entry.required of `summarise`";
    check_declared(&hard, title, &item);
    let soft = both(&handler("Summarise", "use(context['records'], context.get('tone'))"));
    let item = format!(
        "{SUMMARISE}      enrichment:\n        - name: tone\n          severity: warning\n"
    );
    check_declared(&soft, "declare `tone` in entry.enrichment of `summarise`", &item);
    let near = both(&handler("Summarise", "use(context['recrods'])"));
    let renamed = (PYTHON, "'recrods'", "'records'");
    check(&near, "undeclared-read", "rename the key to `records`", renamed);
}

/// The read is declared then; that nobody produces the field is another matter.
#[track_caller]
fn check_declared(memory: &workspace::memory::Memory, title: &str, phase: &str) {
    check(memory, "undeclared-read", title, (CONTRACT, SUMMARISE, phase));
}

#[test]
fn a_declared_read_takes_the_default_of_the_code() {
    let collect = format!("{COLLECT}        - name: limit\n          type: int\n");
    let python = handler("Summarise", "use(context['records'], context.get('limit', 20))");
    let memory = project(&format!("{collect}{SUMMARISE}"), &python);
    let item = "      enrichment:\n        - name: limit\n          type: int\n          severity: warning\n          default: 20\n";
    let title = "declare `limit` in entry.enrichment of `summarise`";
    check_declared(&memory, title, &format!("{SUMMARISE}{item}"));
}

#[test]
fn undeclared_write() {
    let must = both(&handler("Collect", "context['records'] = []\ncontext['sum'] = 0"));
    let item = format!("{COLLECT}        - name: sum\n          type: int\n");
    let title = "declare `sum` in exit.required of `collect`";
    check(&must, "undeclared-write", title, (CONTRACT, COLLECT, &item));
    let may =
        both(&handler("Collect", "context['records'] = []\nif go():\n    context['sum'] = make()"));
    let item = format!("{COLLECT}      optional:\n        - name: sum\n          type: Any\n");
    let title = "declare `sum` in exit.optional of `collect`";
    check(&may, "undeclared-write", title, (CONTRACT, COLLECT, &item));
    let near = both(&handler("Collect", "context['records'] = []\ncontext[\"record\"] = 1"));
    let renamed = (PYTHON, "\"record\"", "\"records\"");
    check(&near, "undeclared-write", "rename the key to `records`", renamed);
}

#[test]
fn a_helper_of_several_phases_is_declared_for_all_of_them() {
    let helper = "def keep(context):\n    context['sum'] = make(context.get('tone'))\n\n\n";
    let collect = handler("Collect", "context['records'] = []\nkeep(context)");
    let summarise = handler("Summarise", "use(context['records'])\nkeep(context)");
    let memory = both(&format!("{helper}{collect}{summarise}"));
    let before = format!("{COLLECT}{SUMMARISE}");
    let exit = "        - name: sum\n          type: Any\n";
    let after = format!("{COLLECT}{exit}{SUMMARISE}    exit:\n      required:\n{exit}");
    let title = "declare `sum` as an exit of `collect` and `summarise`";
    check(&memory, "undeclared-write", title, (CONTRACT, &before, &after));
    let entry = "      enrichment:\n        - name: tone\n          severity: warning\n";
    let asks = format!("{COLLECT}    entry:\n{entry}");
    let title = "declare `tone` as an entry of `collect` and `summarise`";
    let after = format!("{asks}{SUMMARISE}{entry}");
    check(&memory, "undeclared-read", title, (CONTRACT, &before, &after));
}

#[test]
fn a_write_by_keyword_is_declared_and_not_renamed() {
    let memory = both(&handler("Collect", "context['records'] = []\ncontext.update(record=1)"));
    assert_eq!(
        offered(&memory, "undeclared-write"),
        ["declare `record` in exit.required of `collect`"]
    );
}

#[test]
fn unfulfilled_exit() {
    let memory = both(&handler("Collect", "context['recrods'] = load()"));
    let renamed = (PYTHON, "'recrods'", "'records'");
    check(&memory, "unfulfilled-exit", "rename the key to `records`", renamed);
}

#[test]
fn default_drift() {
    let collect =
        format!("{COLLECT}      optional:\n        - name: tone\n          severity: warning\n");
    let entry = "      enrichment:\n        - name: tone\n          severity: warning\n          default: plain\n";
    let phases = format!("{collect}{SUMMARISE}{entry}");
    let python = handler("Summarise", "use(context['records'], context.get('tone', 'flat'))");
    let memory = project(&phases, &python);
    let to_contract = (CONTRACT, "default: plain", "default: flat");
    check(&memory, "default-drift", "take the code's \"flat\" into the contract", to_contract);
    let to_code = (PYTHON, "'flat'", "\"plain\"");
    check(&memory, "default-drift", "take the contract's \"plain\" into the code", to_code);
}

#[test]
fn what_cannot_be_written_is_refused_whole() {
    let memory = both(&handler("Collect", "context['records'] = []\ncontext.update(record=1)"));
    let engine = memory.open();
    let found = findings(&engine, "undeclared-write").remove(0);
    let rename = Intent::PythonKey(found.at, "record".into(), "records".into());
    let mut intents = found.fixes.iter().flat_map(|fix| fix.intents.clone()).collect::<Vec<_>>();
    intents.push(rename);
    assert!(applied(&memory, &engine, &Fix::offered("both", intents)).is_none());
}

#[test]
fn entries_that_nobody_reads_go() {
    let phases = format!("{COLLECT}        - name: tone\n{SUMMARISE}        - name: tone\n");
    let memory = project(&phases, &handler("Summarise", "use(context['records'])"));
    let with_tone = format!("{SUMMARISE}        - name: tone\n");
    let title = "remove `tone` from entry.required";
    check(&memory, "unused-requirement", title, (CONTRACT, &with_tone, SUMMARISE));
}

#[test]
fn a_type_follows_the_value() {
    let memory = both(&handler("Collect", "context['records'] = {'a': load()}"));
    let change = (CONTRACT, COLLECT, &*COLLECT.replace("list", "dict"));
    check(&memory, "value-conflict", "declare `records` as dict", change);
}

#[test]
fn a_phase_is_named_as_it_is_declared() {
    let classes = "class One(AbstractPhaseHandler):\n    def execute(self, context): pass\n\n\nclass Two(AbstractPhaseHandler):\n    def execute(self, context): pass\n\n\n";
    let memory = both(&format!("{classes}ALL = {{'collect': One, 'summarize': Two}}\n"));
    let change = (PYTHON, "'summarize'", "'summarise'");
    check(&memory, "unknown-handler-phase", "name `summarise`", change);
}

#[test]
fn a_handler_is_made_after_its_neighbour() {
    let phases = format!("{COLLECT}{SUMMARISE}  sign-off: {{}}\n");
    let collect = handler("Collect", "context['records'] = []");
    let summarise = handler("Summarise", "use(context['records'])");
    let memory = project(&phases, &format!("{collect}{summarise}"));
    let end = "        use(context['records'])\n";
    let stub = "\n\nclass SignOffPhaseHandler:\n    phase = \"sign-off\"\n\n    def execute(self, phase, context):\n        raise NotImplementedError\n";
    let change = (PYTHON, end, &*format!("{end}{stub}"));
    check(&memory, "missing-handler", "create `SignOffPhaseHandler`", change);
}

/// A handler of `summarise` that declares `fields`.
fn declaring(fields: &str) -> workspace::memory::Memory {
    let class = handler("Summarise", "use(context['records'])");
    let declaration = format!(":\n    context_requires = ContextContract({fields})\n\n    def");
    both(&class.replacen(":\n    def", &declaration, 1))
}

#[test]
fn code_and_contract_agree_either_way() {
    let alone = declaring("{}");
    let added = ("{}", "{\"records\": Field(type=list, critical=True)}");
    let title = "add `records` to context_requires";
    check(&alone, "contract-mismatch", title, (PYTHON, added.0, added.1));
    let item = "        - name: records\n          type: list\n";
    let removed = SUMMARISE.replace(&format!("\n{item}"), " []\n");
    let title = "remove `records` from entry.required";
    check(&alone, "contract-mismatch", title, (CONTRACT, SUMMARISE, &removed));

    let tone =
        "{'records': Field(type=list), 'tone': Field(type=str, critical=False, default='x')}";
    let more = declaring(tone);
    let title = "remove `tone` from context_requires";
    check(&more, "contract-mismatch", title, (PYTHON, tone, "{'records': Field(type=list)}"));
    let entry = "      enrichment:\n        - name: tone\n          type: str\n          severity: warning\n          default: x\n";
    let title = "declare `tone` in entry.enrichment of `summarise`";
    let change = (CONTRACT, SUMMARISE, &*format!("{SUMMARISE}{entry}"));
    check(&more, "contract-mismatch", title, change);

    let other = declaring("{'records': Field(type=dict)}");
    let title = "take the contract's type into the code";
    check(&other, "contract-mismatch", title, (PYTHON, "type=dict", "type=list"));
    let title = "take the code's type into the contract";
    let change = (CONTRACT, SUMMARISE, &*SUMMARISE.replace("list", "dict"));
    check(&other, "contract-mismatch", title, change);

    let light = declaring("{'records': Field(type=list, critical=False)}");
    let title = "take the contract's severity into the code";
    check(&light, "contract-mismatch", title, (PYTHON, "critical=False", "critical=True"));
    let title = "take the code's severity into the contract";
    let change = (CONTRACT, SUMMARISE, &*format!("{SUMMARISE}          severity: warning\n"));
    check(&light, "contract-mismatch", title, change);

    let fallen = declaring("{'records': Field(type=list, default=[1])}");
    let title = "take the code's default into the contract";
    let change = (CONTRACT, SUMMARISE, &*format!("{SUMMARISE}          default: [1]\n"));
    check(&fallen, "contract-mismatch", title, change);
}
