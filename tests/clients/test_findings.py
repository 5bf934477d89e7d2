"""What the server says without being asked, or when asked for findings."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
from pathlib import Path

import pytest
from lsprotocol import types
from project import CONTRACT, LIMIT_SECONDS, PLAN, Project

LEVELS = {
    types.DiagnosticSeverity.Error: "error",
    types.DiagnosticSeverity.Warning: "warning",
    types.DiagnosticSeverity.Information: "information",
    types.DiagnosticSeverity.Hint: "hint",
}


async def test_a_finding_has_its_place_and_the_other_side(project: Project):
    project.open(CONTRACT)
    finding = await project.wait_for_rule(CONTRACT, "dangling-read")
    assert "`review` requires `tasks_index`, but no earlier phase produces it" in finding.message
    assert finding.range.start == project.at(CONTRACT, "tasks_index")
    assert finding.range.end == project.at(CONTRACT, "tasks_index", len("tasks_index"))
    assert finding.severity == types.DiagnosticSeverity.Error
    published = project.client.capabilities.text_document
    if published and published.publish_diagnostics.related_information:
        (other,) = finding.related_information
        assert "plan.py: context[\"task_index\"] =" in project.shown(other.location)
        assert "near namesake" in other.message


def checked(project: Project) -> dict[str, list[tuple]]:
    """What the command line says of the same project."""
    run = subprocess.run(
        [os.environ["SERVER"], "--check", ".", "--output-format", "json"],
        cwd=project.folder,
        capture_output=True,
        text=True,
    )
    files: dict[str, list[tuple]] = {}
    for finding in json.loads(run.stdout)["findings"]:
        start = finding["range"]["start"]
        place = (start["line"] - 1, start["column"] - 1)
        files.setdefault(finding["path"], []).append((*place, finding["rule"], finding["level"]))
    return {path: sorted(found) for path, found in files.items()}


def brief(finding: types.Diagnostic) -> tuple:
    start = finding.range.start
    return (start.line, start.character, finding.code, LEVELS[finding.severity])


async def test_every_file_has_the_findings_of_the_command_line(project: Project):
    expected = checked(project)
    assert len(expected) > 10
    project.open(CONTRACT)
    for path, findings in expected.items():
        await project.wait_for(path, lambda found: sorted(map(brief, found)) == findings)


async def test_the_whole_project_can_be_asked_for(project: Project):
    if not project.asks:
        pytest.skip("this client is sent everything unasked")
    expected = checked(project)
    project.open(CONTRACT)
    async with asyncio.timeout(LIMIT_SECONDS):
        answer = await project.client.workspace_diagnostic_async(
            types.WorkspaceDiagnosticParams(previous_result_ids=[])
        )
    found = {
        item.uri: sorted(map(brief, item.items)) for item in answer.items if item.items
    }
    assert found == {project.uri(path): findings for path, findings in expected.items()}


async def test_findings_follow_the_text(project: Project):
    project.open(CONTRACT)
    await project.wait_for_rule(CONTRACT, "dangling-read")
    project.edit(CONTRACT, "- name: tasks_index", "- name: task_index")
    await project.wait_without(CONTRACT, "dangling-read")
    # Two edits that nothing is asked between.
    project.edit(CONTRACT, "severity: bloking", "severity: blo")
    project.edit(CONTRACT, "severity: blo\n", "severity: blocking\n")
    await project.wait_for(CONTRACT, lambda found: found and not says(found, "blo`", "bloking"))


def says(findings: list[types.Diagnostic], *texts: str) -> bool:
    return any(text in finding.message for finding in findings for text in texts)


async def test_an_edit_of_one_file_shows_in_another(project: Project):
    project.open(CONTRACT)
    project.open(PLAN)
    before = await project.wait_for_rule(CONTRACT, "dangling-read")
    project.edit(PLAN, 'context["task_index"] =', 'context["tasks_index"] =')
    await project.wait_for(CONTRACT, lambda found: says(found, "`task_index`"))
    await project.wait_without(CONTRACT, before.code)
    project.edit(PLAN, 'context["tasks_index"] =', 'context["task_index"] =')
    assert await project.wait_for_rule(CONTRACT, before.code) == before


async def test_a_change_on_the_disk_is_seen(project: Project):
    project.open(CONTRACT)
    await project.wait_for_rule(CONTRACT, "dangling-read")
    path = project.folder / PLAN
    path.write_text(path.read_text().replace('context["task_index"] =', 'context["tasks_index"] ='))
    asked_to_watch = [r.method for r in project.client.registrations]
    if types.WORKSPACE_DID_CHANGE_WATCHED_FILES in asked_to_watch:
        change = types.FileEvent(project.uri(PLAN), types.FileChangeType.Changed)
        project.client.workspace_did_change_watched_files(
            types.DidChangeWatchedFilesParams([change])
        )
    await project.wait_without(CONTRACT, "dangling-read")


async def test_settings_of_the_client_take_effect(project: Project):
    project.open(CONTRACT)
    await project.wait_for_rule(CONTRACT, "dangling-read")
    own = {"ignore": ["dangling-read"]}
    project.client.set_configuration(own, section="contextcore")
    project.client.workspace_did_change_configuration(
        types.DidChangeConfigurationParams({"contextcore": own})
    )
    await project.wait_without(CONTRACT, "dangling-read")


async def test_columns_count_in_the_unit_agreed_on(project: Project):
    line = '        - {description: "\U0001f600\u00e9", name: recrods}'
    text = (
        'schema_version: "0.1.0"\npipeline_id: other\nphases:\n  collect:\n    exit:\n'
        "      required:\n        - name: records\n  publish:\n    entry:\n      required:\n"
        f"{line}\n"
    )
    project.open("other.contract.yaml", text)
    finding = await project.wait_for_rule("other.contract.yaml", "dangling-read")
    unit = project.client.answer.capabilities.position_encoding or "utf-16"
    before = line[: line.index("recrods")]
    size = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[unit]
    width = len(before.encode(unit if unit == "utf-8" else f"{unit}-le")) // size
    assert finding.range.start.character == width
    assert finding.range.end.character == width + len("recrods")


@pytest.mark.parametrize("place", ["untitled:Untitled-1", "elsewhere"])
async def test_documents_outside_the_project_are_checked(project: Project, place: str, tmp_path):
    path = place
    if place == "elsewhere":
        path = str(tmp_path.resolve() / "elsewhere" / "other.contract.yaml")
        Path(path).parent.mkdir()
        Path(path).write_text("")
    text = (
        'schema_version: "0.1.0"\npipeline_id: x\n'
        "phases: {a: {entry: {required: [{name: f, severity: bad}]}}}\n"
    )
    project.open(path, text)
    finding = await project.wait_for_rule(path, "invalid-value")
    assert finding.range.start == project.at(path, "bad")
