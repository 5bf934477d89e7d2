//! A SARIF 2.1.0 log, for code scanning services. docs/reference/sarif.md describes it.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use contracts::path::FieldPath;
use rules::level::Level;
use rules::rule::{Rule, Weight};
use serde_json::{Map, Value, json};
use text::name::Name;
use workspace::located::{LocatedFinding, Location};

use super::Report;
use super::fingerprint::fingerprint;
use super::place::{Place, Places};
use super::words::on_one_line;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes `report`.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":")?;
    serde_json::to_writer(&mut *out, &tool(report.rules))?;
    out.write_all(b",\"columnKind\":\"unicodeCodePoints\",\"invocations\":")?;
    serde_json::to_writer(&mut *out, &invocations(report.trouble))?;
    out.write_all(b",\"results\":[")?;
    let mut results = Results::new(report);
    for (index, finding) in report.findings.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &results.result(finding))?;
    }
    out.write_all(b"\n]}]}\n")
}

fn tool(rules: &[&Rule]) -> Value {
    let rules: Vec<Value> = rules.iter().map(|rule| descriptor(rule)).collect();
    let mut driver = json!({
        "name": "contextcore-lsp",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    if !env!("CARGO_PKG_REPOSITORY").is_empty() {
        driver["informationUri"] = env!("CARGO_PKG_REPOSITORY").into();
    }
    json!({ "driver": driver })
}

fn descriptor(rule: &Rule) -> Value {
    let page = rule.page.trim_end();
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level(gravest(rule.weight)) },
    })
}

fn gravest(weight: Weight) -> Level {
    match weight {
        Weight::Always(level) => level,
        Weight::BySeverity => Level::Error,
        Weight::Between(from, to) => from.max(to),
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Information | Level::Hint => "note",
    }
}

/// A run that met trouble still gives a valid log, which says so.
fn invocations(trouble: &[String]) -> Value {
    let notifications: Vec<Value> = trouble
        .iter()
        .map(|trouble| json!({ "level": "error", "message": { "text": trouble } }))
        .collect();
    json!([{
        "executionSuccessful": trouble.is_empty(),
        "toolExecutionNotifications": notifications,
    }])
}

/// Makes results of findings.
struct Results<'a> {
    places: Places<'a>,
    rules: HashMap<&'static str, usize>,
}

impl<'a> Results<'a> {
    fn new(report: &Report<'a>) -> Results<'a> {
        let names = report.rules.iter().enumerate().map(|(index, rule)| (rule.name, index));
        Results { places: Places::new(report.here), rules: names.collect() }
    }

    fn result(&mut self, finding: &LocatedFinding) -> Value {
        let place = self.places.of(&finding.at);
        let mut result = json!({
            "ruleId": finding.rule.name,
            "level": level(finding.level),
            "message": { "text": message(finding) },
            "locations": [{ "physicalLocation": physical(&finding.at, &place) }],
            "partialFingerprints": { "contextcore/v1": fingerprint(finding, &place.path) },
            "properties": properties(finding),
        });
        if let Some(index) = self.rules.get(finding.rule.name) {
            result["ruleIndex"] = (*index).into();
        }
        if !finding.related.is_empty() {
            result["relatedLocations"] = self.related(&finding.related);
        }
        result
    }

    fn related(&mut self, related: &[(Location, String)]) -> Value {
        let located = related.iter().enumerate().map(|(index, (location, words))| {
            let place = self.places.of_related(location);
            json!({
                "id": index + 1,
                "physicalLocation": physical(location, &place),
                "message": { "text": words },
            })
        });
        located.collect()
    }
}

/// The message, with a link to each related place: viewers show those that a message links to.
fn message(finding: &LocatedFinding) -> String {
    let mut text = on_one_line(&finding.message).into_owned();
    for (index, (_, words)) in finding.related.iter().enumerate() {
        let words =
            on_one_line(words).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
        let _ = write!(text, "\n- [{words}]({})", index + 1);
    }
    if let Some(why) = &finding.why {
        let _ = write!(text, "\nwhy: {}", on_one_line(why));
    }
    for help in &finding.help {
        let _ = write!(text, "\nhelp: {}", on_one_line(help));
    }
    text
}

fn physical(location: &Location, place: &Place) -> Value {
    let artifact = if place.path.starts_with("../") {
        // A way out of the root would mean nothing to whoever reads the log.
        json!({ "uri": format!("file://{}", encoded(&rooted(location.source.path.as_str()))) })
    } else {
        json!({ "uri": encoded(&place.path), "uriBaseId": "%SRCROOT%" })
    };
    json!({
        "artifactLocation": artifact,
        "region": {
            "startLine": place.start.line,
            "startColumn": place.start.column,
            "endLine": place.end.line,
            "endColumn": place.end.column,
        },
    })
}

fn rooted(path: &str) -> String {
    let path = path.replace('\\', "/");
    if path.starts_with('/') { path } else { format!("/{path}") }
}

/// `path` as the path of a URI.
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

fn properties(finding: &LocatedFinding) -> Value {
    let mut properties = Map::new();
    let texts = [
        ("pipeline", finding.pipeline.map(Name::as_str)),
        ("phase", finding.phase.map(Name::as_str)),
        ("field", finding.field.map(FieldPath::as_str)),
        ("level", Some(finding.level.as_str())),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            properties.insert(key.to_owned(), text.into());
        }
    }
    properties.insert("fixable".to_owned(), finding.fixable.into());
    Value::Object(properties)
}

#[cfg(test)]
mod tests;
