"""Keeping the derived indexes up to date: beside the embedding of the next batch, and where one of them is broken."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.archive import Archive
from rag.index.lexical import LexicalWriter
from rag.types import Query

WAIT = 20  # seconds after which a thread that waits for another is stuck


def reports(count: int) -> list[dict[str, str]]:
    return [{"id": f"d{n}", "text": f"Report {n} of the bridge."} for n in range(count)]


def test_a_batch_is_embedded_while_the_one_before_goes_into_the_lexical_index(
    archive: Archive, embedder: Any, records: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.index.run._BATCH_PASSAGES", 2)
    embedding_again, waited = threading.Event(), []
    embed, update = embedder.embed_sentences, LexicalWriter.update

    def embed_sentences(texts: Any, **named: Any) -> Any:
        if len(embedder.sentences) >= 2:
            embedding_again.set()
        return embed(texts, **named)

    def slow_update(self: LexicalWriter, *arguments: Any) -> None:
        waited.append(embedding_again.wait(WAIT))
        update(self, *arguments)

    embedder.embed_sentences = embed_sentences
    monkeypatch.setattr(LexicalWriter, "update", slow_update)
    archive.index([records(*reports(4))])
    assert waited
    assert all(waited), "the second batch was not embedded before the first was in the lexical index"
    assert len(archive.search(Query("bridge", mode="lexical"))) == 4


def test_what_fails_in_the_background_ends_the_run(archive: Archive, records: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(LexicalWriter, "update", full)
        with pytest.raises(OSError, match="no space left"):
            archive.index([records(*reports(3))])
    assert len(archive.search(Query("bridge", mode="lexical"))) == 3
    archive.index([records(*reports(4))])
    assert archive.verify().problems == ()


def lexical_files(pattern: str, damage: Callable[[Path], object]) -> Callable[[Archive], None]:
    def spoil(archive: Archive) -> None:
        found = list(archive.path.glob(f"lexical-*/{pattern}"))
        assert found
        for path in found:
            damage(path)

    return spoil


def garbage(path: Path) -> None:
    path.write_bytes(b"no such thing " * 50)


def spoil_chroma(archive: Archive) -> None:
    (path,) = archive.path.glob("dense-*/chroma.sqlite3")
    garbage(path)


DAMAGE: dict[str, Callable[[Archive], None]] = {
    "tantivy's words": lexical_files("*.idx", garbage),
    "tantivy's positions": lexical_files("*.pos", Path.unlink),
    "tantivy's list of files": lexical_files("meta.json", garbage),
    "tantivy's list of files, missing": lexical_files("meta.json", Path.unlink),
    "Chroma's file": spoil_chroma,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_indexing_makes_a_broken_index_anew(archive: Archive, chroma: None, embedder: Any, records: Any, damage: str) -> None:
    archive.index([records(*reports(5))])
    DAMAGE[damage](archive)
    embedder.passages.clear()
    with Archive.open(archive.path) as opened:
        assert opened.index([records(*reports(6))]).added == 1
        assert opened.verify().problems == ()
        assert len(opened.search(Query("bridge", mode="lexical"))) == 6
        assert embedder.passages == [] or embedder.passages == ["Report 5 of the bridge."]


def test_an_archive_that_may_not_be_written_to_is_verified_as_it_is(
    archive: Archive, chroma: None, records: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.index([records(*reports(5))])
    before = {path: path.read_bytes() for path in archive.path.glob("dense-*/**/*") if path.is_file()}
    monkeypatch.setattr("rag.index.readonly.os.access", lambda *_, **__: False)
    assert archive.verify().problems == ()
    assert {path: path.read_bytes() for path in archive.path.glob("dense-*/**/*") if path.is_file()} == before
