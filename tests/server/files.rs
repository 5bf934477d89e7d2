//! Files, folders and settings that change while the server runs.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::{Client, Findings};
use super::{BROKEN, FOUND, Folder, modern, rules, sound};

/// A client that watches files.
fn watching() -> Value {
    let mut client = modern();
    client["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    client
}

/// A session with such a client.
fn start(folder: &Folder) -> Client {
    let mut client = Client::start(&[folder.root()], &watching());
    let registration = client.expect("client/registerCapability");
    let watchers = &registration["params"]["registrations"][0]["registerOptions"]["watchers"];
    assert!(watchers.to_string().contains("**/*.{yaml,yml,py,pyi}"), "{watchers}");
    client.reply(&registration, Value::Null);
    client
}

#[test]
fn files_come_change_and_go() {
    let folder = Folder::new(&[]);
    let mut client = start(&folder);
    assert_eq!(client.settled(), Findings::new());
    let path = folder.write("a.contract.yaml", BROKEN);
    client.watched(&[(&path, 1)]);
    assert_eq!(rules(&client.settled()[&path]), FOUND);
    folder.write("a.contract.yaml", &sound());
    client.watched(&[(&path, 2)]);
    assert_eq!(client.settled()[&path], Vec::<Value>::new());
    folder.write("a.contract.yaml", BROKEN);
    client.watched(&[(&path, 2)]);
    assert_eq!(rules(&client.settled()[&path]), FOUND);
    folder.remove("a.contract.yaml");
    client.watched(&[(&path, 3)]);
    assert_eq!(client.settled()[&path], Vec::<Value>::new());
    client.end();
}

#[test]
fn a_file_that_turns_up_is_treated_as_if_it_had_been_there() {
    let folder =
        Folder::new(&[(".gitignore", "made/\n"), ("contextcore.toml", "exclude = [\"old/**\"]\n")]);
    let mut client = start(&folder);
    client.settled();
    for path in ["made/a.contract.yaml", "old/a.contract.yaml", ".venv/a.contract.yaml", "a.txt"] {
        let path = folder.write(path, BROKEN);
        client.watched(&[(&path, 1)]);
        client.open(&path, BROKEN);
    }
    assert_eq!(client.settled().into_values().flatten().count(), 0);
    client.end();
}

#[test]
fn a_folder_goes_with_all_that_is_in_it() {
    let folder =
        Folder::new(&[("in/deep/a.contract.yaml", BROKEN), ("in/b.contract.yaml", BROKEN)]);
    let mut client = start(&folder);
    assert_eq!(client.settled().len(), 2);
    std::fs::remove_dir_all(folder.path("in")).unwrap();
    // All that clients say of it.
    client.watched(&[(&folder.path("in"), 3), (&folder.path("elsewhere"), 3)]);
    let told = client.settled();
    assert_eq!(told.len(), 2);
    assert_eq!(told.into_values().flatten().count(), 0);
    client.end();
}

#[test]
fn an_open_document_hides_its_file() {
    let folder = Folder::new(&[("a.contract.yaml", &sound())]);
    let path = folder.path("a.contract.yaml");
    let mut client = start(&folder);
    client.open(&path, &sound());
    client.settled();
    folder.write("a.contract.yaml", BROKEN);
    client.watched(&[(&path, 2)]);
    assert_eq!(client.settled(), Findings::new());
    folder.remove("a.contract.yaml");
    client.watched(&[(&path, 3)]);
    client.replace(&path, 2, BROKEN);
    assert_eq!(rules(&client.settled()[&path]), FOUND, "there for as long as it is open");
    client.close(&path);
    assert_eq!(client.settled()[&path], Vec::<Value>::new());
    let new = folder.path("new.contract.yaml");
    client.open(&new, BROKEN);
    assert_eq!(rules(&client.settled()[&new]), FOUND, "never saved");
    client.end();
}

#[test]
fn settings_of_the_project_take_effect() {
    let folder = Folder::new(&[("a.contract.yaml", BROKEN)]);
    let path = folder.path("a.contract.yaml");
    let mut client = start(&folder);
    client.open(&path, BROKEN);
    assert_eq!(rules(&client.settled()[&path]), FOUND);
    let settings = folder
        .write("contextcore.toml", "[rules]\nunused-suppression = \"off\"\nno-rule = \"off\"\n");
    client.watched(&[(&settings, 2)]);
    let told = client.settled();
    assert_eq!(rules(&told[&path]), ["dangling-read"]);
    assert_eq!(rules(&told[&settings]), ["unknown-rule"]);
    folder.write("contextcore.toml", "exclude = [\"a.*\"]\n");
    client.watched(&[(&settings, 2)]);
    let told = client.settled();
    assert_eq!((&told[&path], &told[&settings]), (&Vec::new(), &Vec::new()));
    let ignore = folder.write(".gitignore", "");
    folder.write("contextcore.toml", "");
    client.watched(&[(&ignore, 1), (&settings, 2)]);
    assert_eq!(rules(&client.settled()[&path]), FOUND);
    client.end();
}

#[test]
fn a_project_inside_comes_and_goes() {
    let folder = Folder::new(&[("in/a.contract.yaml", BROKEN), ("b.contract.yaml", BROKEN)]);
    let path = folder.path("in/a.contract.yaml");
    let mut client = start(&folder);
    assert_eq!(client.settled().len(), 2);
    let settings = folder.write("in/contextcore.toml", "[rules]\nunused-suppression = \"off\"\n");
    client.watched(&[(&settings, 1)]);
    assert_eq!(rules(client.settled()[&path].as_slice()), ["dangling-read"]);
    folder.remove("in/contextcore.toml");
    client.watched(&[(&settings, 3)]);
    assert_eq!(rules(client.settled()[&path].as_slice()), FOUND);
    client.end();
}

#[test]
fn a_folder_inside_of_a_project_may_become_one_and_stop() {
    let folder = Folder::new(&[("in/a.contract.yaml", BROKEN), ("b.contract.yaml", BROKEN)]);
    let inner = folder.path("in");
    let path = inner.join("a.contract.yaml");
    let mut client = Client::start(&[&inner], &watching());
    client.expect("client/registerCapability");
    let told = client.settled();
    assert_eq!(told.keys().collect::<Vec<_>>(), [&path], "only what lies in the folder");
    let settings = folder.write("in/contextcore.toml", "[rules]\nunused-suppression = \"off\"\n");
    client.watched(&[(&settings, 1)]);
    assert_eq!(rules(&client.settled()[&path]), ["dangling-read"]);
    folder.remove("in/contextcore.toml");
    client.watched(&[(&settings, 3)]);
    let told = client.settled();
    assert_eq!(told.keys().collect::<Vec<_>>(), [&path]);
    assert_eq!(rules(&told[&path]), FOUND);
    client.end();
}

#[test]
fn settings_of_the_client_take_effect() {
    let folder = Folder::new(&[("a.contract.yaml", BROKEN)]);
    let path = folder.path("a.contract.yaml");
    let options = json!({ "rules": { "dangling-read": "off" } });
    let mut client = Client::silent();
    client.greet(&[folder.root()], &modern(), &options);
    assert_eq!(rules(&client.settled()[&path]), ["unused-suppression"]);
    let settings = json!({ "settings": { "contextcore": { "select": ["dangling-read"] } } });
    client.notify("workspace/didChangeConfiguration", settings);
    assert_eq!(rules(&client.settled()[&path]), ["dangling-read"]);
    let settings = json!({ "settings": { "contextcore": { "select": ["unused-supression"] } } });
    client.notify("workspace/didChangeConfiguration", settings);
    assert_eq!(rules(&client.settled()[&path]), FOUND);
    let said = client.expect("window/showMessage")["params"]["message"].clone();
    assert!(said.as_str().unwrap().contains("the nearest is `unused-suppression`"), "{said}");
    let own = folder.write("own.toml", "[rules]\ndangling-read = \"off\"\n");
    let settings = json!({ "settings": { "contextcore": { "config": own.as_str() } } });
    client.notify("workspace/didChangeConfiguration", settings);
    assert_eq!(rules(&client.settled()[&path]), ["unused-suppression"]);
    client.end();
}

#[test]
fn a_client_that_can_be_asked_is_asked() {
    let folder = Folder::new(&[("a.contract.yaml", BROKEN)]);
    let path = folder.path("a.contract.yaml");
    let mut capabilities = watching();
    capabilities["workspace"]["configuration"] = json!(true);
    let mut client = Client::start(&[folder.root()], &capabilities);
    client.expect("client/registerCapability");
    assert_eq!(rules(&client.settled()[&path]), FOUND);
    for (section, expected) in
        [(json!({ "ignore": ["unused-suppression"] }), &FOUND[1..]), (json!({}), &FOUND)]
    {
        let asked = client.expect("workspace/configuration");
        assert_eq!(asked["params"]["items"], json!([{ "section": "contextcore" }]));
        client.reply(&asked, json!([section]));
        client.until(|told| told.get(&path).is_some_and(|found| rules(found) == *expected));
        client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    }
    client.expect("workspace/configuration");
    client.end();
}

#[test]
fn folders_come_and_go() {
    let one = Folder::new(&[("a.contract.yaml", BROKEN)]);
    let two = Folder::new(&[("b.contract.yaml", BROKEN)]);
    let (a, b) = (one.path("a.contract.yaml"), two.path("b.contract.yaml"));
    let mut client = Client::start(&[one.root()], &modern());
    assert_eq!(client.settled().into_keys().collect::<Vec<_>>(), std::slice::from_ref(&a));
    let change = |added: &[&Folder], removed: &[&Folder]| {
        let list = |folders: &[&Folder]| -> Vec<Value> {
            let uri = |folder: &&Folder| super::client::uri(folder.root());
            folders.iter().map(|folder| json!({ "uri": uri(folder), "name": "x" })).collect()
        };
        json!({ "event": { "added": list(added), "removed": list(removed) } })
    };
    client.open(&a, BROKEN);
    client.settled();
    client.notify("workspace/didChangeWorkspaceFolders", change(&[&two], &[]));
    assert_eq!(rules(&client.settled()[&b]), FOUND);
    client.notify("workspace/didChangeWorkspaceFolders", change(&[], &[&one, &two]));
    let told = client.settled();
    assert_eq!(told[&b], Vec::<Value>::new());
    assert!(told.get(&a).is_none_or(|found| rules(found) == FOUND), "open, so still reported");
    client.close(&a);
    assert_eq!(client.settled()[&a], Vec::<Value>::new());
    client.end();
}

#[test]
fn a_document_elsewhere_is_reported_alone() {
    let folder = Folder::new(&[("a.contract.yaml", BROKEN), ("b.contract.yaml", BROKEN)]);
    let (a, b) = (folder.path("a.contract.yaml"), folder.path("b.contract.yaml"));
    let mut client = Client::start(&[], &modern());
    client.open(&a, BROKEN);
    let told = client.settled();
    assert_eq!(rules(&told[&a]), FOUND);
    assert!(!told.contains_key(&b));
    client.open(&b, BROKEN);
    assert_eq!(rules(&client.settled()[&b]), FOUND);
    client.close(&a);
    client.close(&b);
    let told = client.settled();
    assert_eq!((&told[&a], &told[&b]), (&Vec::new(), &Vec::new()));
    client.end();
}

#[test]
fn the_server_watches_where_the_client_does_not() {
    let folder = Folder::new(&[("a.contract.yaml", &sound())]);
    let a = folder.path("a.contract.yaml");
    let mut client = Client::start(&[folder.root()], &modern());
    client.settled();
    folder.write("a.contract.yaml", BROKEN);
    client.until(|told| told.get(&a).is_some_and(|found| rules(found) == FOUND));
    let b = folder.write("new/deep/b.contract.yaml", BROKEN);
    client.until(|told| told.get(&b).is_some_and(|found| rules(found) == FOUND));
    std::fs::remove_dir_all(folder.path("new")).unwrap();
    client.until(|told| told.get(&b).is_some_and(Vec::is_empty));
    folder.write("contextcore.toml", "[rules]\nunused-suppression = \"off\"\n");
    client.until(|told| told.get(&a).is_some_and(|found| rules(found) == ["dangling-read"]));
    client.end();
}

impl Client {
    /// Waits until what is told is as it should be.
    fn until(&mut self, is_so: impl Fn(&Findings) -> bool) {
        let started = Instant::now();
        let mut all = Findings::new();
        while !is_so(&all) {
            assert!(started.elapsed() < Duration::from_secs(30), "never told: {all:?}");
            std::thread::sleep(Duration::from_millis(5));
            all.extend(self.settled());
        }
    }
}

#[test]
fn payloads_that_settings_choose_are_asked_for() {
    let folder = Folder::new(&[]);
    let mut capabilities = watching();
    for feature in ["synchronization", "hover", "completion", "rename"] {
        capabilities["textDocument"][feature]["dynamicRegistration"] = json!(true);
    }
    let mut client = Client::start(&[folder.root()], &capabilities);
    let first = client.expect("client/registerCapability");
    client.reply(&first, Value::Null);
    assert!(client.settled().is_empty());

    let settings =
        folder.write("contextcore.toml", "[contracts.files]\n\"sent/*.json\" = \"handoff\"\n");
    client.watched(&[(&settings, 1)]);
    let second = client.expect("client/registerCapability");
    client.reply(&second, Value::Null);
    let registered = second["params"]["registrations"].as_array().unwrap();
    let methods: Vec<&str> = registered.iter().map(|one| one["method"].as_str().unwrap()).collect();
    let documents =
        ["didOpen", "didChange", "didSave", "didClose", "completion", "hover", "rename"];
    assert_eq!(methods[0], "workspace/didChangeWatchedFiles");
    assert_eq!(methods[1..], documents.map(|name| format!("textDocument/{name}")));
    assert!(registered.iter().all(|one| one.to_string().contains("**/sent/*.json")));
    assert_eq!(registered[5]["registerOptions"]["triggerCharacters"][0], "\"");

    let gone = client.expect("client/unregisterCapability");
    client.reply(&gone, Value::Null);
    // What is watched besides stays.
    let before = first["params"]["registrations"].as_array().unwrap()[1..].iter();
    let gone = gone["params"]["unregisterations"].as_array().unwrap().iter();
    assert!(before.map(|one| &one["id"]).eq(gone.map(|one| &one["id"])));

    let path = folder.write("sent/a.json", "{\"priority\": \"hgh\"}");
    client.watched(&[(&path, 1)]);
    assert!(rules(&client.settled()[&path]).contains(&"invalid-value"));
    client.end();
}
