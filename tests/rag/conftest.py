"""Fixtures for tests of archives: a fake embedder, archives that use it, and files to index."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from rag.archive import Archive
from rag.settings import Settings

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def fakes() -> ModuleType:
    """The module tests/rag/fake_embedder.py."""
    spec = importlib.util.spec_from_file_location("sverka_fake_embedder", HERE / "fake_embedder.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def embedder(fakes: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The fake embedder that every archive of the test uses, with what it was given to embed."""
    fake = fakes.FakeEmbedder()

    def load(settings: Settings, **_: object) -> Any:
        return fake if settings.embedder == "bundled" else fakes.load(settings)

    monkeypatch.setattr("rag.archive.load_embedder", load)
    return fake


@pytest.fixture
def archive(embedder: Any, tmp_path: Path) -> Iterator[Archive]:
    """An empty archive that uses the fake embedder."""
    with Archive.create(tmp_path / "archive", settings=Settings(passage_tokens=256)) as made:
        yield made


@pytest.fixture
def chroma(monkeypatch: pytest.MonkeyPatch) -> None:
    """However small the archive, it has a Chroma index."""
    monkeypatch.setattr("rag.index.settle.CHROMA_FROM", 1)


@pytest.fixture
def records(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of JSON lines: `records(dict(id="a", text="…"), …, name="press.jsonl")` returns its path."""

    def write(*rows: dict[str, Any], name: str = "press.jsonl") -> Path:
        path = tmp_path / "press" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return path

    return write
