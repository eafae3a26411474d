from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rag.ingest.metadata import make_document
from rag.types import Document


@pytest.fixture(scope="session")
def make() -> Callable[..., Document]:
    """A document of a text, as a file with nothing beside it would give."""

    def make(text: str) -> Document:
        return make_document(text, source="/archive/article.txt")

    return make


@pytest.fixture(scope="session")
def skipped() -> Callable[[Document], list[str]]:
    """The skipped spans of a document, as texts."""

    def skipped(document: Document) -> list[str]:
        return [document.text[start:end] for start, end in document.skipped]

    return skipped


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file into the test's folder and returns its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
