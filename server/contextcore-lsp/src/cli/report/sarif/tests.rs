//! Logs, held against the schema of what may stand in them.

use expect_test::expect;

use super::super::samples::{empty_report, odd_findings, report_of, report_of_samples, shown};
use super::*;

const SCHEMA_TEXT: &str = include_str!("../../../../../../tests/schemas/sarif-2.1.0.json");

fn validated(text: &str) -> Value {
    let schema: Value = serde_json::from_str(SCHEMA_TEXT).unwrap();
    let log: Value = serde_json::from_str(text).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&log)
        .map(|error| format!("{} at {}", error, error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    log
}

#[test]
fn findings_are_a_valid_log() {
    let text = shown(|out| report_of_samples(|report| write(report, out)));
    expect![[r##"
        {
          "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
          "version": "2.1.0",
          "runs": [
            {
              "tool": {
                "driver": {
                  "name": "contextcore-lsp",
                  "semanticVersion": "0.1.0",
                  "rules": [
                    {
                      "id": "dangling-read",
                      "shortDescription": {
                        "text": "A phase requires a field that no earlier phase produces."
                      },
                      "help": {
                        "text": "# dangling-read\n\nA phase requires a field that no earlier phase produces.",
                        "markdown": "# dangling-read\n\nA phase requires a field that no earlier phase produces."
                      },
                      "defaultConfiguration": {
                        "level": "error"
                      }
                    },
                    {
                      "id": "shadow-default",
                      "shortDescription": {
                        "text": "A default that nobody notices."
                      },
                      "help": {
                        "text": "# shadow-default\n\nA default that nobody notices.",
                        "markdown": "# shadow-default\n\nA default that nobody notices."
                      },
                      "defaultConfiguration": {
                        "level": "warning"
                      }
                    },
                    {
                      "id": "dead-write",
                      "shortDescription": {
                        "text": "A field that is produced and never used."
                      },
                      "help": {
                        "text": "# dead-write\n\nA field that is produced and never used.",
                        "markdown": "# dead-write\n\nA field that is produced and never used."
                      },
                      "defaultConfiguration": {
                        "level": "note"
                      }
                    }
                  ]
                }
              },
              "columnKind": "unicodeCodePoints",
              "invocations": [
                {
                  "executionSuccessful": true,
                  "toolExecutionNotifications": []
                }
              ],
              "results": [
                {
                  "ruleId": "dangling-read",
                  "level": "error",
                  "message": {
                    "text": "`implement` requires `domain_constraints`, but no earlier phase produces it\n- [`plan` writes a near namesake](1)\nwhy: nothing fails at run time; `implement` works without it\nhelp: rename the write to `domain_constraints`\nhelp: or declare it as an input of pipeline `artisan`"
                  },
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "contracts/artisan.contract.yaml",
                          "uriBaseId": "%SRCROOT%"
                        },
                        "region": {
                          "startLine": 6,
                          "startColumn": 17,
                          "endLine": 6,
                          "endColumn": 35
                        }
                      }
                    }
                  ],
                  "partialFingerprints": {
                    "contextcore/v1": "8c86b0435b4266cb280408eae2b76712eca9aa3c7a9932d15c95994145b0bf5a"
                  },
                  "properties": {
                    "pipeline": "artisan",
                    "phase": "implement",
                    "field": "domain_constraints",
                    "level": "error",
                    "fixable": false
                  },
                  "ruleIndex": 0,
                  "relatedLocations": [
                    {
                      "id": 1,
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "handlers/plan%2C%20new%3A%20100%25.py",
                          "uriBaseId": "%SRCROOT%"
                        },
                        "region": {
                          "startLine": 3,
                          "startColumn": 11,
                          "endLine": 3,
                          "endColumn": 30
                        }
                      },
                      "message": {
                        "text": "`plan` writes a near namesake"
                      }
                    }
                  ]
                },
                {
                  "ruleId": "shadow-default",
                  "level": "warning",
                  "message": {
                    "text": "`domain` always falls back to \"unknown\"\n- [beside, in the same file](1)"
                  },
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "handlers/plan%2C%20new%3A%20100%25.py",
                          "uriBaseId": "%SRCROOT%"
                        },
                        "region": {
                          "startLine": 4,
                          "startColumn": 10,
                          "endLine": 4,
                          "endColumn": 42
                        }
                      }
                    }
                  ],
                  "partialFingerprints": {
                    "contextcore/v1": "4423336db56c5143a45f4fc9129c36b1419639705e401f750e4436662d37c68d"
                  },
                  "properties": {
                    "pipeline": "artisan",
                    "field": "domain",
                    "level": "warning",
                    "fixable": true
                  },
                  "ruleIndex": 1,
                  "relatedLocations": [
                    {
                      "id": 1,
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "handlers/plan%2C%20new%3A%20100%25.py",
                          "uriBaseId": "%SRCROOT%"
                        },
                        "region": {
                          "startLine": 3,
                          "startColumn": 40,
                          "endLine": 3,
                          "endColumn": 44
                        }
                      },
                      "message": {
                        "text": "beside, in the same file"
                      }
                    }
                  ]
                },
                {
                  "ruleId": "dead-write",
                  "level": "note",
                  "message": {
                    "text": "spans two lines, and has\\na line break in its message"
                  },
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "handlers/plan%2C%20new%3A%20100%25.py",
                          "uriBaseId": "%SRCROOT%"
                        },
                        "region": {
                          "startLine": 3,
                          "startColumn": 34,
                          "endLine": 4,
                          "endColumn": 9
                        }
                      }
                    }
                  ],
                  "partialFingerprints": {
                    "contextcore/v1": "53f791108029b2956e329d002766b19daac41e9f28a6c267672fc5f18d7697b7"
                  },
                  "properties": {
                    "level": "hint",
                    "fixable": false
                  },
                  "ruleIndex": 2
                }
              ]
            }
          ]
        }
    "##]].assert_eq(&format!("{:#}\n", validated(&text)));
}

#[test]
fn odd_findings_are_valid_too() {
    let findings = odd_findings();
    validated(&shown(|out| write(&report_of(&findings), out)));
}

#[test]
fn trouble_is_in_the_log() {
    let trouble = ["cannot read `a`".to_owned()];
    let report = Report { trouble: &trouble, ..empty_report() };
    let log = validated(&shown(|out| write(&report, out)));
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolExecutionNotifications"][0]["message"]["text"], trouble[0].as_str());
}

#[test]
fn the_schema_refuses_what_the_standard_forbids() {
    let schema: Value = serde_json::from_str(SCHEMA_TEXT).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let text = shown(|out| report_of_samples(|report| write(report, out)));
    let sound: Value = serde_json::from_str(&text).unwrap();
    let spoiled: [(&str, Value); 8] = [
        ("/version", "2.0.0".into()),
        ("/runs/0/columnKind", "bytes".into()),
        ("/runs/0/tool/driver/name", Value::Null),
        ("/runs/0/invocations/0/executionSuccessful", "yes".into()),
        ("/runs/0/results/0/level", "hint".into()),
        ("/runs/0/results/0/message", json!({})),
        ("/runs/0/results/0/locations/0/physicalLocation/region/startLine", 0.into()),
        ("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", 1.into()),
    ];
    for (place, value) in spoiled {
        let mut log = sound.clone();
        *log.pointer_mut(place).unwrap() = value;
        assert!(!validator.is_valid(&log), "{place}");
    }
}

#[test]
fn paths_are_encoded() {
    assert_eq!(encoded("a b/ä:100%.py"), "a%20b/%C3%A4%3A100%25.py");
}
