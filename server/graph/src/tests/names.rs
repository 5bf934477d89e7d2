//! Names, modules and constants across files.

use facts::places::FileId;
use text::name::Name;

use super::graph;
use crate::names::{Definition, Lookup};

/// What `dotted` means in the first of the files: the path and the name, or where it leads.
fn meaning(files: &[(&str, &str)], dotted: &str) -> String {
    let graph = graph(files);
    let lookup = Lookup::new(graph.files(), graph.settings());
    let names: Vec<Name> = dotted.split('.').map(Name::new).collect();
    let meaning = lookup.resolve(FileId(0), &names);
    let shown = match meaning.definition {
        Definition::Module(file) => graph.files().path(file).to_string(),
        Definition::Class(class) => {
            format!(
                "{} class {}",
                graph.files().path(class.file),
                lookup.class(class).unwrap().name
            )
        }
        Definition::Function(function) => {
            let module = lookup.module(function.file).unwrap();
            let name = module.function(function.index).unwrap().qualified;
            format!("{} function {name}", graph.files().path(function.file))
        }
        Definition::Constant(file, index) => {
            let (name, _) = &lookup.module(file).unwrap().facts().constants[index as usize];
            format!("{} constant {name}", graph.files().path(file))
        }
        Definition::Attribute(class, name) => {
            format!("{} attribute {name}", graph.files().path(class.file))
        }
        Definition::Outside(name) => format!("outside {name}"),
        Definition::Unknown => "unknown".to_owned(),
    };
    if meaning.rest == 0 { shown } else { format!("{shown} + {}", meaning.rest) }
}

#[test]
fn a_name_is_followed_through_re_exports_and_aliases() {
    let files = [
        (
            "app/main.py",
            "from app.handlers import Plan as P, keys\nimport app.handlers.plan\nQ = P\n",
        ),
        ("app/__init__.py", ""),
        ("app/handlers/__init__.py", "from .plan import PlanHandler as Plan\n"),
        ("app/handlers/plan.py", "class PlanHandler:\n    KEY = 'k'\n    def run(self): ...\n"),
        ("app/handlers/keys.py", "A = 'a'\n"),
    ];
    assert_eq!(meaning(&files, "P"), "app/handlers/plan.py class PlanHandler");
    assert_eq!(meaning(&files, "Q"), "app/handlers/plan.py class PlanHandler");
    assert_eq!(meaning(&files, "Q.run"), "app/handlers/plan.py function PlanHandler.run");
    assert_eq!(meaning(&files, "P.KEY"), "app/handlers/plan.py attribute KEY");
    assert_eq!(meaning(&files, "P.KEY.value"), "app/handlers/plan.py attribute KEY + 1");
    assert_eq!(meaning(&files, "keys"), "app/handlers/keys.py");
    assert_eq!(meaning(&files, "keys.A"), "app/handlers/keys.py constant A");
    assert_eq!(
        meaning(&files, "app.handlers.plan.PlanHandler"),
        "app/handlers/plan.py class PlanHandler"
    );
    assert_eq!(meaning(&files, "len"), "outside builtins.len");
}

#[test]
fn what_leads_out_of_the_project_says_so() {
    let files = [(
        "a.py",
        "import json\nimport os.path as p\nfrom sdk.base import Base as B\nfrom .gone import x\n",
    )];
    assert_eq!(meaning(&files, "json.dumps"), "outside json.dumps");
    assert_eq!(meaning(&files, "p.join"), "outside os.path.join");
    assert_eq!(meaning(&files, "B"), "outside sdk.base.Base");
    assert_eq!(meaning(&files, "x"), "unknown");
}

#[test]
fn stars_give_names_unless_they_lead_out() {
    let files = [
        ("a.py", "from b import *\n"),
        ("b.py", "from c import *\n_HIDDEN = 'h'\n"),
        ("c.py", "from a import *\nKEY = 'k'\n"),
    ];
    assert_eq!(meaning(&files, "KEY"), "c.py constant KEY");
    assert_eq!(meaning(&files, "_HIDDEN"), "outside builtins._HIDDEN");
    assert_eq!(meaning(&files, "nowhere"), "unknown");
    assert_eq!(meaning(&[("a.py", "from sdk import *\n")], "KEY"), "unknown");
}

#[test]
fn modules_are_found_from_several_roots() {
    let target = ("services/one/src/pkg/mod.py", "X = 'x'\n");
    let marker = ("services/one/src/pkg/__init__.py", "");
    let from = |path| [(path, "from pkg.mod import X\n"), target, marker];
    let found = "services/one/src/pkg/mod.py constant X";
    assert_eq!(meaning(&from("services/one/src/pkg/other.py"), "X"), found);
    assert_eq!(meaning(&from("services/one/tools/other.py"), "X"), found);
    assert_eq!(meaning(&from("elsewhere/other.py"), "X"), found);
    // Two that fit equally are none.
    let two = [
        ("elsewhere/other.py", "from pkg.mod import X\n"),
        target,
        marker,
        ("services/two/src/pkg/mod.py", "X = 'y'\n"),
        ("services/two/src/pkg/__init__.py", ""),
    ];
    assert_eq!(meaning(&two, "X"), "outside pkg.mod.X");
    // A relative import never leaves the project.
    assert_eq!(meaning(&[("a.py", "from ...b import X\n"), ("b.py", "X = 1\n")], "X"), "unknown");
}

#[test]
fn imports_in_a_circle_come_to_an_end() {
    let files = [("a.py", "from b import X\nY = Y\n"), ("b.py", "from a import X\n")];
    assert_eq!(meaning(&files, "X"), "unknown");
    assert_eq!(meaning(&files, "Y"), "unknown");
}

#[test]
fn of_several_imports_the_one_that_can_be_followed_counts() {
    let files = [
        ("a.py", "try:\n    import fast as impl\nexcept ImportError:\n    import slow as impl\n"),
        ("slow.py", "def go(): ...\n"),
    ];
    assert_eq!(meaning(&files, "impl.go"), "slow.py function go");
}
