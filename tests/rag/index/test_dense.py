"""The exact scan against plain arithmetic, and Chroma against the exact scan."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.archive import Archive
from rag.errors import ArchiveDamaged
from rag.index.candidates import Searcher
from rag.index.codec import unpack_vector
from rag.index.dense import ChromaFolder
from rag.index.scan import Rows, Scan, open_rows
from rag.index.store import Store
from rag.types import Query

TEXTS = 3000


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    """Vectors that lie in clusters, as texts do."""
    rng = np.random.default_rng(5)
    centres = rng.standard_normal((200, 64))
    made = centres[rng.integers(200, size=TEXTS)] + 0.5 * rng.standard_normal((TEXTS, 64))
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def filled(archive: Archive, chroma: None, embedder: Any, records: Any, vectors: np.ndarray) -> Archive:
    """An archive of 3,000 passages with those vectors, in three languages, four outlets and twelve months."""
    rows = [
        {
            "id": f"d{number}",
            "text": f"Text number {number}.",
            "language": ("ru", "bg", "en")[number % 3],
            "outlet": f"Outlet {number % 4}",
            "published": f"2025-{number % 12 + 1:02}-15",
        }
        for number in range(TEXTS)
    ]
    place = {f"Text number {number}.": number for number in range(TEXTS)}
    embedder.embed_passages = lambda texts, **_: vectors[[place[text] for text in texts]]
    embedder.embed_sentences = lambda texts, **_: (vectors[[place[text] for text in texts]], None)
    archive.index([records(*rows)])
    return archive


def questions(vectors: np.ndarray, count: int) -> np.ndarray:
    rng = np.random.default_rng(8)
    made = vectors[rng.integers(TEXTS, size=count)] + 0.1 * rng.standard_normal((count, 64))
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


FILTERS = (
    Query("q"),
    Query("q", languages=("bg",)),
    Query("q", outlets=("Outlet 1", "Outlet 3"), languages=("ru", "en")),
    Query("q", since=date(2025, 3, 1), until=date(2025, 5, 31)),
    Query("q", languages=("fr",)),
)


def truth(archive: Archive, query: Query, question: np.ndarray, limit: int) -> list[int]:
    """The nearest passages by plain arithmetic over what SQLite holds."""
    with Store(archive.path).snapshot() as snapshot:
        rows = [
            (float(unpack_vector(vector) @ question), id_)
            for id_, vector, language, outlet, day in snapshot.tail(0)
            if (not query.languages or language in query.languages)
            and (not query.outlets or outlet in query.outlets)
            and (not query.since or day >= query.since.toordinal())
            and (not query.until or day <= query.until.toordinal())
        ]
    return [id_ for _, id_ in sorted(rows, key=lambda row: (-row[0], row[1]))[:limit]]


def test_the_scan_finds_exactly_the_nearest_within_the_filters(filled: Archive, vectors: np.ndarray) -> None:
    with Store(filled.path).snapshot() as snapshot:
        scan = Scan.of(snapshot, filled.path)
        for query in FILTERS:
            for question in questions(vectors, 5):
                found = scan.search(snapshot, question, query, limit=50)
                assert [id_ for id_, _ in found] == truth(filled, query, question, 50)


def test_the_scan_agrees_whether_vectors_are_published_or_not(filled: Archive, vectors: np.ndarray) -> None:
    with Store(filled.path).snapshot() as snapshot:
        published = Scan.of(snapshot, filled.path)
        state = snapshot.derived["vectors"]
        snapshot.derived["vectors"] = type(state)("vectors", "", 0, 0)
        unpublished = Scan.of(snapshot, filled.path)
        assert len(published) == len(unpublished) == TEXTS
        for query in FILTERS:
            for question in questions(vectors, 3):
                assert published.search(snapshot, question, query, limit=50) == unpublished.search(
                    snapshot, question, query, limit=50
                )


def test_many_deleted_passages_do_not_crowd_out_those_that_are_left(
    filled: Archive, vectors: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.index.settle.Settler.settle", lambda self, _=None: None)
    question = vectors[7]
    nearest = np.argsort(-(vectors @ question))[:400]
    filled.remove([f"d{number}" for number in nearest])
    with Store(filled.path).snapshot() as snapshot:
        found = Scan.of(snapshot, filled.path).search(snapshot, question, Query("q"), limit=50)
    assert [id_ for id_, _ in found] == truth(filled, Query("q"), question, 50)


def test_chroma_finds_what_the_scan_finds(filled: Archive, vectors: np.ndarray) -> None:
    """Recall@50 of Chroma against the exact scan, over 40 questions: .98 at least."""
    store = Store(filled.path)
    searcher = Searcher(filled.path, store)
    searcher.warm()
    with searcher.moment() as (snapshot, _):
        scan = searcher.scan(snapshot)
        shares = []
        for question in questions(vectors, 40):
            exact = {id_ for id_, _ in scan.search(snapshot, question, Query("q"), limit=50)}
            found = searcher._approximate(snapshot, scan, Query("q"), question, 50)
            assert found is not None
            shares.append(len(exact & {id_ for id_, _ in found}) / 50)
    assert np.mean(shares) >= 0.98
    searcher.close()


def test_chroma_is_used_for_large_unfiltered_searches_and_knows_of_later_changes(
    filled: Archive, embedder: Any, records: Any, vectors: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher = Searcher(filled.path, filled._store)
    searcher.warm()
    filled._searcher = searcher
    asked: list[int] = []
    real = ChromaFolder.search
    monkeypatch.setattr(ChromaFolder, "search", lambda self, *a: asked.append(1) or real(self, *a))
    question = vectors[7]
    embedder.embed_question = lambda text: type("Q", (), {"vector": question, "words": np.empty((0, 64)), "names": ()})()

    def nearest() -> str:
        return filled.search(Query("anything", k=1, mode="dense"))[0].document.id

    assert nearest() == "d7"
    assert len(asked) == 1
    monkeypatch.setattr("rag.index.settle.Settler.settle", lambda self, _=None: None)
    filled.remove(["d7"])
    assert nearest() != "d7"
    embedder.embed_passages = lambda texts, **_: np.stack([question] * len(texts))
    embedder.embed_sentences = lambda texts, **_: (np.stack([question] * len(texts)), None)
    filled.index([records({"id": "new", "text": "A new text."}, name="new.jsonl")])
    assert nearest() == "new"
    assert len(asked) == 3
    filled.search(Query("anything", mode="dense", languages=("ru",)))
    assert len(asked) == 3, "a filtered search went to Chroma"


def test_a_single_search_never_starts_chroma(filled: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("Chroma was started")

    monkeypatch.setattr("rag.index.candidates.ChromaFolder", refuse)
    for number in range(3):
        filled.search(Query(f"anything {number}", mode="dense"))


def test_only_a_large_archive_has_a_chroma_index_and_one_that_shrinks_loses_it(
    archive: Archive, records: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.index.settle.CHROMA_FROM", 5)
    rows = [{"id": f"d{number}", "text": f"Report {number}."} for number in range(6)]

    def folders() -> int:
        return len(list(archive.path.glob("dense-*")))

    archive.index([records(*rows[:4])])
    assert folders() == 0
    archive.index([records(*rows)])
    assert folders() == 1
    archive.remove(["d0", "d1"])
    assert folders() == 0
    assert archive.verify().problems == ()
    assert len(archive.search("report")) == 4


def test_a_missing_chroma_folder_is_missing_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        ChromaFolder(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_a_broken_chroma_folder_is_damage(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "chroma.sqlite3").write_bytes(b"no database " * 500)
    with pytest.raises(ArchiveDamaged, match="sverka rebuild"):
        ChromaFolder(tmp_path / "broken")


def test_vector_files_that_contradict_one_another_are_damage(filled: Archive) -> None:
    (folder,) = filled.path.glob("vectors-*")
    np.save(folder / "ids.npy", np.arange(5))
    with pytest.raises(ArchiveDamaged, match="differ in length"):
        open_rows(folder)
    for content in (b"short", b""):
        (folder / "ids.npy").write_bytes(content)
        with pytest.raises(ArchiveDamaged, match="sverka rebuild"):
            open_rows(folder)
    (folder / "ids.npy").unlink()
    with pytest.raises(ArchiveDamaged, match="sverka rebuild"):
        open_rows(folder)


def test_rows_know_which_of_them_are_dead() -> None:
    ids = np.array([2, 4, 6, 8], dtype=np.int64)
    none = np.zeros(4, dtype=np.int32)
    rows = Rows(ids, np.eye(4, dtype=np.int8), np.ones(4, dtype=np.float32), none, none, none, (), ())
    assert rows.without(np.array([], dtype=np.int64)) is None
    assert rows.without(np.array([1, 3, 99], dtype=np.int64)) is None
    alive = rows.without(np.array([1, 4, 8, 99], dtype=np.int64))
    assert alive is not None
    assert alive.tolist() == [True, False, True, False]
