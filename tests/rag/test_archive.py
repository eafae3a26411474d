"""Making, opening and closing archives; the writer's lock; what is said when an archive is not what it should be."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rag.archive import Archive, writer_lock
from rag.errors import (
    ArchiveDamaged,
    ArchiveError,
    ArchiveExists,
    ArchiveLocked,
    ArchiveMissing,
    DocumentMissing,
    StampMismatch,
)
from rag.settings import Settings
from rag.types import Query

ROOT = Path(__file__).resolve().parents[2]


def test_an_archive_is_made_once(archive: Archive) -> None:
    with pytest.raises(ArchiveExists, match="already"):
        Archive.create(archive.path)


def test_a_missing_archive_is_named_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match="sverka index"):
        Archive.open(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_new_archive_is_empty_and_can_be_asked(archive: Archive) -> None:
    stats = archive.stats()
    assert (stats.documents, stats.passages, stats.sentences, stats.since, stats.undated) == (0, 0, 0, None, 0)
    for mode in ("hybrid", "dense", "lexical"):
        assert archive.search(Query("anything", mode=mode)) == ()
    assert archive.verify().problems == ()


def test_an_archive_opens_under_its_own_stamp(embedder: Any, tmp_path: Path, records: Any) -> None:
    settings = Settings(passage_tokens=64, passage_prefix="text: ")
    with Archive.create(tmp_path / "a", settings=settings) as made:
        made.index([records({"id": "a", "text": "The bridge was opened in May."})])
        fingerprint = made.fingerprint
    with Archive.open(tmp_path / "a") as opened:
        assert opened.settings.passage_tokens == 64
        assert opened.settings.passage_prefix == "text: "
        assert opened.fingerprint == fingerprint
        assert opened.stats().embedder == "fake"


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        (Settings(passage_tokens=100), ["passage_tokens is 256 in the archive and 100 now"]),
        (Settings(embedder="other/model", passage_tokens=256), ["embedder is 'bundled' in the archive and 'other/model' now"]),
        (Settings(query_prefix="ask: ", passage_tokens=99), ["query_prefix is None", "'ask: ' now", "99 now"]),
    ],
)
def test_other_settings_than_the_stamp_are_refused_by_name(archive: Archive, settings: Settings, named: list[str]) -> None:
    with pytest.raises(StampMismatch) as caught:
        Archive.open(archive.path, settings=settings)
    assert all(part in str(caught.value) for part in named)


def test_the_models_own_prefix_spelled_out_is_no_other_setting(archive: Archive, records: Any) -> None:
    archive.index([records({"id": "a", "text": "The bridge was opened in May."})])
    Archive.open(archive.path, settings=Settings(query_prefix="q: ", passage_prefix="p: ", passage_tokens=256)).close()
    with pytest.raises(StampMismatch, match="query_prefix"):
        Archive.open(archive.path, settings=Settings(query_prefix="p: ", passage_tokens=256))


def test_an_embedder_that_has_changed_is_refused(archive: Archive, embedder: Any, records: Any) -> None:
    archive.index([records({"id": "a", "text": "The bridge was opened in May."})])
    embedder.stamp = {**embedder.stamp, "dim": 65}
    with Archive.open(archive.path) as again, pytest.raises(StampMismatch, match="dim is 64 in the archive and 65 now"):
        again.search("bridge")


def test_an_archive_of_a_newer_format_says_so(archive: Archive) -> None:
    archive.close()
    conn = sqlite3.connect(archive.path / "sverka.sqlite")
    conn.execute("PRAGMA user_version = 99")
    conn.close()
    with pytest.raises(ArchiveError, match=r"format 99.*newer Sverka"):
        Archive.open(archive.path)


@pytest.mark.parametrize("content", [b"", b"no database at all " * 1000])
def test_a_damaged_file_is_reported_as_damage(archive: Archive, content: bytes) -> None:
    archive.close()
    (archive.path / "sverka.sqlite").write_bytes(content)
    with pytest.raises(ArchiveDamaged, match=r"sverka\.sqlite"):
        Archive.open(archive.path)


def test_a_closed_archive_says_that_it_is_closed(archive: Archive) -> None:
    archive.close()
    with pytest.raises(ArchiveError, match="was closed"):
        archive.search("anything")


def test_a_document_that_is_not_there_is_missing(archive: Archive) -> None:
    with pytest.raises(DocumentMissing, match="'nothing'"):
        archive.read("nothing")
    with pytest.raises(DocumentMissing, match="'nothing'"):
        archive.remove(["nothing"])


def test_a_second_writer_is_told_who_the_first_is(archive: Archive, records: Any) -> None:
    path = records({"id": "a", "text": "The bridge was opened in May."})
    with writer_lock(archive.path), pytest.raises(ArchiveLocked, match=f"Process {os.getpid()} is writing"):
        archive.index([path])
    assert archive.index([path]).added == 1


def test_the_lock_of_a_killed_writer_does_not_block(archive: Archive, records: Any) -> None:
    hold = (
        "import sys, time, pathlib; from rag.archive import writer_lock\n"
        "with writer_lock(pathlib.Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", hold, str(archive.path)], stdout=subprocess.PIPE, text=True, cwd=ROOT) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        path = records({"id": "a", "text": "The bridge was opened in May."})
        with pytest.raises(ArchiveLocked, match=f"Process {other.pid} "):
            archive.index([path])
        other.kill()
    assert archive.index([path]).added == 1


def test_the_archive_can_be_moved_to_another_directory(archive: Archive, embedder: Any, records: Any) -> None:
    archive.index([records({"id": "a", "text": "The bridge was opened in May."})])
    archive.close()
    shutil.move(archive.path, archive.path.with_name("moved"))
    with Archive.open(archive.path.with_name("moved")) as moved:
        assert [hit.document.id for hit in moved.search("bridge")] == ["a"]
        assert moved.verify().problems == ()


def test_a_document_is_read_back_as_it_was_given(archive: Archive, tmp_path: Path) -> None:
    row = {
        "id": "ж-1",
        "text": "Мост открыли в мае.\n\nОн длиннее прежнего.",
        "title": "Мост",
        "outlet": "Вестник",
        "published": "2025-05-04T10:30:00",
        "language": "ru",
        "url": "https://example.org/1",
    }
    path = tmp_path / "press.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    archive.index([path])
    document = archive.read("ж-1")
    for name in ("text", "title", "outlet", "language", "url"):
        assert getattr(document, name) == row[name]
    assert document.published is not None
    assert document.published.isoformat() == row["published"]
    assert document.source == f"{path.resolve()}#ж-1"


def test_neither_torch_nor_chroma_nor_gradio_is_loaded_to_search(archive: Archive, records: Any) -> None:
    archive.index([records({"id": "a", "text": "The bridge was opened in May."})])
    search = (
        "import sys; from rag.archive import Archive; from rag.types import Query\n"
        "print(len(Archive.open(sys.argv[1]).search(Query('bridge', mode='lexical'))))\n"
        "print(sorted(m for m in sys.modules if m in ('torch', 'chromadb', 'gradio', 'onnxruntime', 'langchain_core')))"
    )
    run = subprocess.run([sys.executable, "-c", search, str(archive.path)], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.splitlines() == ["1", "[]"]
