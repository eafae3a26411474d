"""Verify sees each kind of damage, and rebuild repairs what is derived."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.archive import Archive
from rag.errors import ArchiveDamaged
from rag.index.dense import ChromaFolder
from rag.index.lexical import Entry, lexical_writer
from rag.types import Query


@pytest.fixture
def press(archive: Archive, chroma: None, records: Any) -> Archive:
    archive.index([records(*({"id": f"d{n}", "text": f"Report {n} of the bridge. It was short."} for n in range(9)))])
    return archive


def sql(archive: Archive, *statements: str) -> None:
    conn = sqlite3.connect(archive.path / "sverka.sqlite")
    with conn:
        for statement in statements:
            conn.execute(statement)
    conn.close()


def folder(archive: Archive, kind: str) -> Path:
    (found,) = archive.path.glob(f"{kind}-*")
    return found


def lose_chroma(archive: Archive) -> None:
    with ChromaFolder(folder(archive, "dense")) as index:
        index.delete([3, 4])


def stray_chroma(archive: Archive) -> None:
    with ChromaFolder(folder(archive, "dense")) as index:
        row = np.ones(64, dtype="<f2").tobytes()
        list(index.upsert(iter([(0, row), (5, row)])))


def lose_words(archive: Archive) -> None:
    with lexical_writer(folder(archive, "lexical")) as writer:
        writer.update([Entry(0, ("x", "x", ""), None, None, 0)], [1])


def lose_vectors(archive: Archive) -> None:
    path = folder(archive, "vectors")
    for name in ("ids", "levels", "scales", "languages", "outlets", "days"):
        np.save(path / f"{name}.npy", np.load(path / f"{name}.npy")[1:])


def spoil_vectors(archive: Archive) -> None:
    path = folder(archive, "vectors") / "levels.npy"
    vectors = np.load(path)
    vectors[2] = vectors[3]
    np.save(path, vectors)


DERIVED: dict[str, tuple[Callable[[Archive], object], list[str]]] = {
    "Chroma lacks passages": (lose_chroma, ["2 passages that Chroma lacks: 3, 4"]),
    "Chroma has strays and another vector": (
        stray_chroma,
        ["1 passages that Chroma has and the archive has not: 0", "1 passages whose vector in Chroma is another: 5"],
    ),
    "Chroma's folder is gone": (lambda a: shutil.rmtree(folder(a, "dense")), ["a folder is missing"]),
    "tantivy lacks one and has a stray": (
        lose_words,
        ["1 passages that tantivy lacks: 1", "1 passages that tantivy has and the archive has not: 0"],
    ),
    "tantivy's folder is gone": (lambda a: shutil.rmtree(folder(a, "lexical")), ["a folder is missing"]),
    "tantivy's file is gone": (
        lambda a: [path.unlink() for path in folder(a, "lexical").glob("*.idx")],
        ["cannot be opened"],
    ),
    "the file of vectors lacks one": (lose_vectors, ["1 passages that the file of vectors lacks: 1"]),
    "the file of vectors has another": (spoil_vectors, ["1 passages whose vector in the file of vectors is another: 3"]),
    "reprints of no document": (
        lambda a: sql(
            a,
            "INSERT INTO copies VALUES (1, 99), (99, 1), (2, 3)",
            "INSERT OR REPLACE INTO sketches VALUES (99, x'0100000000000000')",
            "DELETE FROM copies WHERE document = 3 AND other = 2",
        ),
        ["fingerprints without a document: 99", "copies that the archive does not hold, or that are copies one way only: 2, 99"],
    ),
    "lemmas of no passage": (lambda a: sql(a, "INSERT INTO lemmas VALUES (99, x'')"), ["1 lemmas without a passage: 99"]),
    "the vectors' folder is gone": (lambda a: shutil.rmtree(folder(a, "vectors")), ["a folder is missing"]),
}


@pytest.mark.parametrize("damage", DERIVED)
def test_damage_to_what_is_derived_is_named_and_rebuilt_without_embedding(press: Archive, embedder: Any, damage: str) -> None:
    assert press.verify().problems == ()
    spoil, expected = DERIVED[damage]
    spoil(press)
    with Archive.open(press.path) as opened:
        problems = opened.verify().problems
        assert len(problems) == len(expected), problems
        for part in expected:
            assert any(part in problem for problem in problems), problems
        embedder.passages.clear()
        opened.rebuild()
        assert opened.verify().problems == ()
        assert embedder.passages == []
        assert len(opened.search(Query("report of the bridge", k=20))) == 9


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE texts SET text = 'Other words.' WHERE document = 2", "text of document d1 is not the one"),
        ("UPDATE passages SET start = start + 1 WHERE id = 4", "passage 4 of document d3"),
        ("UPDATE passages SET text_hash = 1 WHERE id = 4", "passage 4 of document d3 is not where"),
        ("UPDATE passages SET end = 100000 WHERE id = 4", "passage 4 of document d3 is not where"),
        ("DELETE FROM vectors WHERE passage = 4", "1 passages without vectors: 4"),
        ("UPDATE vectors SET vector = zeroblob(128) WHERE passage = 4", "vector of passage 4 has not the length 1"),
        ("UPDATE vectors SET sentences = x'00' WHERE passage = 4", "passage 4 has not a vector for each"),
        ("DELETE FROM texts WHERE document = 2", "1 documents without a text: d1"),
        ("DELETE FROM documents WHERE key = 2", "1 passages without a document: 2"),
    ],
)
def test_damage_to_the_truth_is_named(press: Archive, statement: str, problem: str) -> None:
    sql(press, statement)
    problems = press.verify().problems
    assert any(problem in one for one in problems), problems


def test_a_missing_folder_is_said_to_be_missing_when_searching(press: Archive) -> None:
    shutil.rmtree(folder(press, "vectors"))
    with Archive.open(press.path) as opened:
        with pytest.raises(ArchiveDamaged, match="sverka rebuild"):
            opened.search(Query("bridge", mode="dense"))
        assert opened.search(Query("bridge", mode="lexical"))


def test_indexing_repairs_a_missing_folder_of_vectors(press: Archive, records: Any) -> None:
    shutil.rmtree(folder(press, "vectors"))
    shutil.rmtree(folder(press, "dense"))
    press.index([records({"id": "new", "text": "One more report."}, name="more.jsonl")])
    assert press.verify().problems == ()
