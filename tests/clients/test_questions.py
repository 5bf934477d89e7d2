"""What people ask an editor: who makes this, where is it used, what fits here."""

from __future__ import annotations

import pytest
from lsprotocol import types
from project import CONTRACT, DESIGN, PLAN, Project, locations
from pygls.exceptions import JsonRpcException


async def hover(project: Project, path: str, text: str, offset: int) -> str:
    answer = await project.client.text_document_hover_async(
        types.HoverParams(**project.asked_at(path, text, offset))
    )
    assert answer is not None
    return answer.contents.value


async def test_hover_tells_who_produces_a_field(project: Project):
    project.open(CONTRACT)
    project.open(DESIGN)
    for path, place in [(CONTRACT, "- name: task_index"), (DESIGN, 'context["task_index')]:
        text = await hover(project, path, place, len(place) - 2)
        for part in ["task_index", "dict", "artisan", "plan", "produces", "exit.required"]:
            assert part in text
        assert "artisan.contract.yaml" in text
        assert "plan.py" in text


async def test_hover_over_a_phase_and_over_nothing(project: Project):
    project.open(CONTRACT)
    assert "Writes one design document" in await hover(project, CONTRACT, "  design:", 4)
    nothing = await project.client.text_document_hover_async(
        types.HoverParams(**project.asked_at(CONTRACT, "# What the phases", 0))
    )
    assert nothing is None


async def test_definition_leads_from_contract_to_code_and_back(project: Project):
    project.open(CONTRACT)
    project.open(DESIGN)
    answer = await project.client.text_document_definition_async(
        types.DefinitionParams(**project.asked_at(CONTRACT, "- name: task_index", 10))
    )
    shown = [project.shown(location) for location in locations(answer)]
    assert any(f'{PLAN}: context["task_index"] =' in place for place in shown), shown
    answer = await project.client.text_document_definition_async(
        types.DefinitionParams(**project.asked_at(DESIGN, 'context["task_index"]', 12))
    )
    shown = [project.shown(location) for location in locations(answer)]
    assert f"{CONTRACT}: - name: task_index" in shown, shown


async def test_references_are_in_both_languages(project: Project):
    project.open(CONTRACT)
    answer = await project.client.text_document_references_async(
        types.ReferenceParams(
            **project.asked_at(CONTRACT, "- name: task_index", 10),
            context=types.ReferenceContext(include_declaration=True),
        )
    )
    shown = [project.shown(location) for location in answer]
    assert shown.count(f"{CONTRACT}: - name: task_index") >= 2, shown
    assert any(f'{PLAN}: context["task_index"] =' in place for place in shown), shown
    assert any(place.startswith(f'{DESIGN}: index = context["task_index"]') for place in shown)


async def complete(project: Project, path: str, text: str, offset: int) -> list[str]:
    answer = await project.client.text_document_completion_async(
        types.CompletionParams(**project.asked_at(path, text, offset))
    )
    items = answer.items if isinstance(answer, types.CompletionList) else answer
    return [item.label for item in items or []]


async def test_completion_in_a_contract(project: Project):
    project.open(CONTRACT)
    typed = "severity: bloking"
    assert {"blocking", "warning", "advisory"} <= set(
        await complete(project, CONTRACT, typed, len("severity: "))
    )
    typed = "source_phase: designing"
    assert {"plan", "scaffold", "design"} <= set(
        await complete(project, CONTRACT, typed, len("source_phase: "))
    )
    project.edit(CONTRACT, "          severityy: blocking", "          sever")
    assert "severity" in await complete(project, CONTRACT, "          sever\n", 15)


async def test_completion_while_a_key_is_typed(project: Project):
    project.open(DESIGN)
    line = '        tasks = context["tasks"]\n'
    project.edit(DESIGN, line, line + '        index = context["\n')
    labels = await complete(project, DESIGN, 'index = context["\n', len('index = context["'))
    assert {"task_index", "plan_goals", "architectural_context"} <= set(labels), labels


async def test_an_action_mends_the_finding(project: Project):
    project.open(CONTRACT)
    finding = await project.wait_for_rule(CONTRACT, "dangling-read")
    actions = await project.client.text_document_code_action_async(
        types.CodeActionParams(
            project.document(CONTRACT), finding.range, types.CodeActionContext([finding])
        )
    )
    said = project.client.capabilities.text_document
    if not said or not said.code_action or not said.code_action.code_action_literal_support:
        assert all(isinstance(action, types.Command) for action in actions or [])
        return
    (rename,) = [a for a in actions if "task_index" in a.title and "ename" in a.title]
    assert rename.kind == types.CodeActionKind.QuickFix
    edit = rename.edit
    if edit.document_changes:
        (change,) = edit.document_changes
        uri, edits = change.text_document.uri, change.edits
    else:
        ((uri, edits),) = edit.changes.items()
    assert uri == project.uri(CONTRACT)
    (one,) = edits
    assert one.range == finding.range
    project.edit(CONTRACT, "- name: tasks_index", f"- name: {one.new_text}")
    await project.wait_without(CONTRACT, "dangling-read")


async def test_a_rule_is_explained(project: Project):
    page = await project.client.workspace_execute_command_async(
        types.ExecuteCommandParams("contextcore.explainRule", ["dangling-read"])
    )
    assert page.startswith("# dangling-read")
    with pytest.raises(JsonRpcException, match="noSuchCommand"):
        await project.client.workspace_execute_command_async(
            types.ExecuteCommandParams("contextcore.noSuchCommand", [])
        )


def names(symbols: list) -> list[str]:
    """The names of symbols and of all that is below them."""
    found = []
    for symbol in symbols:
        found.append(symbol.name)
        found += names(getattr(symbol, "children", None) or [])
    return found


async def test_symbols_of_a_document_and_of_the_project(project: Project):
    project.open(CONTRACT)
    answer = await project.client.text_document_document_symbol_async(
        types.DocumentSymbolParams(project.document(CONTRACT))
    )
    shown = names(answer)
    assert {"plan", "finalize", "task_index"} <= set(shown), shown
    answer = await project.client.workspace_symbol_async(types.WorkspaceSymbolParams("scaffold"))
    assert "scaffold" in [symbol.name for symbol in answer]


async def test_the_server_says_who_it_is(project: Project):
    answer = project.client.answer
    assert answer.server_info.name == "contextcore-lsp"
    assert answer.server_info.version
    assert answer.capabilities.hover_provider
