"""A project in the hands of a client: its documents, and what the server says of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pytest_lsp import LanguageClient

LIMIT_SECONDS = 20
LANGUAGES = {".yaml": "yaml", ".py": "python", ".toml": "toml"}
CONTRACT = "contracts/artisan.contract.yaml"
DESIGN = "artisan/handlers/design.py"
PLAN = "artisan/handlers/plan.py"


class Project:
    """Opens, edits and asks. Positions are those of ASCII text, where all units agree."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}

    @property
    def asks(self) -> bool:
        """Whether this client asks for findings."""
        document = self.client.capabilities.text_document
        workspace = self.client.capabilities.workspace
        return bool(
            document and document.diagnostic and workspace and workspace.diagnostics
            and workspace.diagnostics.refresh_support
        )

    def uri(self, path: str) -> str:
        """The URI of a path in the project or elsewhere; that of an unsaved document is its name."""
        return path if path.startswith("untitled:") else (self.folder / path).as_uri()

    def document(self, path: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(path))

    def open(self, path: str, text: str | None = None) -> None:
        text = text if text is not None else (self.folder / path).read_text()
        self.texts[path], self.versions[path] = text, 1
        language = LANGUAGES.get(Path(path).suffix, "yaml")
        item = types.TextDocumentItem(self.uri(path), language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def edit(self, path: str, old: str, new: str) -> None:
        """Replaces the one occurrence of a text, and sends nothing but that."""
        assert self.texts[path].count(old) == 1, old
        start, end = self.at(path, old), self.at(path, old, len(old))
        self.texts[path] = self.texts[path].replace(old, new)
        self.versions[path] += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.versions[path], self.uri(path)),
                [types.TextDocumentContentChangePartial(types.Range(start, end), new)],
            )
        )

    def at(self, path: str, text: str, offset: int = 0) -> types.Position:
        """Where the first occurrence of a text begins, or a place some characters behind it."""
        before = self.texts[path][: self.texts[path].index(text) + offset]
        return types.Position(before.count("\n"), len(before) - before.rfind("\n") - 1)

    def asked_at(self, path: str, text: str, offset: int = 0) -> dict:
        """The parameters of any question about a place."""
        return {"text_document": self.document(path), "position": self.at(path, text, offset)}

    def shown(self, location: types.Location) -> str:
        """The line that a location points into, with its file before it."""
        path = Path(unquote(urlsplit(location.uri).path))
        line = path.read_text().splitlines()[location.range.start.line].strip()
        return f"{path.relative_to(self.folder).as_posix()}: {line}"

    async def findings(self, path: str) -> list[types.Diagnostic]:
        """What the server says of a document now, whichever way this client learns of it."""
        if not self.asks:
            return list(self.client.diagnostics.get(self.uri(path), []))
        report = await self.client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(self.document(path))
        )
        return list(report.items)

    async def wait_for(
        self, path: str, fits: Callable[[list[types.Diagnostic]], bool]
    ) -> list[types.Diagnostic]:
        """The findings of a document as soon as they are as expected."""
        try:
            async with asyncio.timeout(LIMIT_SECONDS):
                while not fits(found := await self.findings(path)):
                    if self.asks:
                        await asyncio.sleep(0.02)
                    else:
                        await self.client.wait_for_notification(
                            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS
                        )
        except TimeoutError:
            listed = "\n".join(f"{f.code}: {f.message}" for f in found)
            raise AssertionError(f"{path} still has these findings:\n{listed}") from None
        return found

    async def wait_for_rule(self, path: str, rule: str) -> types.Diagnostic:
        """The first finding of a rule."""
        found = await self.wait_for(path, lambda found: any(f.code == rule for f in found))
        return next(finding for finding in found if finding.code == rule)

    async def wait_without(self, path: str, rule: str) -> list[types.Diagnostic]:
        """The findings of a document once a rule has none there, while others still have some."""
        return await self.wait_for(path, lambda found: found and all(f.code != rule for f in found))


def locations(answer: object) -> list[types.Location]:
    """An answer that may be one location, several, or links to them."""
    many = answer if isinstance(answer, (list, tuple)) else [answer] if answer else []
    return [
        types.Location(one.target_uri, one.target_selection_range)
        if isinstance(one, types.LocationLink)
        else one
        for one in many
    ]
