"""A server for each test, spoken to as different editors speak."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import (
    ClientServerConfig,
    LanguageClient,
    client_capabilities,
    make_test_lsp_client,
)

from project import Project

SERVER = os.environ["SERVER"]
FIXTURES = Path(__file__).parents[2] / "fixtures"

# What each of these says of itself differs: units of positions, whether findings are asked for or
# sent unasked, whether files are watched, whether links and snippets are understood.
EDITORS = ["neovim@v0.7", "neovim@v0.11", "visual-studio-code", "emacs", "asking", "plain"]


def capabilities(editor: str) -> types.ClientCapabilities:
    """What an editor says that it can do."""
    if editor == "plain":
        return types.ClientCapabilities()
    if editor == "asking":
        # As current editors do: findings are asked for, and asked for again when told to.
        asking = client_capabilities("visual-studio-code")
        assert asking.text_document and asking.workspace
        asking.text_document.diagnostic = types.DiagnosticClientCapabilities()
        asking.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(
            refresh_support=True
        )
        return asking
    return client_capabilities(editor)


def registering_client() -> LanguageClient:
    """A client that takes what the server asks to be told of, and keeps it."""
    client = make_test_lsp_client()
    client.registrations = []

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams) -> None:
        client.registrations += params.registrations

    return client


CONFIG = ClientServerConfig(
    server_command=[SERVER, "server"], client_factory=registering_client
)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A project full of mistakes."""
    # Temporary folders can be links, and the server names files as they really are.
    folder = tmp_path.resolve() / "a project"
    shutil.copytree(FIXTURES / "artisan-broken", folder)
    return folder


@pytest_lsp.fixture(config=CONFIG, params=EDITORS)
async def client(lsp_client: LanguageClient, broken: Path, request: pytest.FixtureRequest):
    uri = broken.as_uri()
    answer = await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities(request.param),
            root_uri=uri,
            workspace_folders=[types.WorkspaceFolder(uri=uri, name="broken")],
        )
    )
    lsp_client.answer = answer
    yield
    await lsp_client.shutdown_session()
    assert lsp_client._server.returncode == 0


@pytest.fixture
def project(client: LanguageClient, broken: Path) -> Project:
    """The project as the client sees it."""
    return Project(client, broken)
