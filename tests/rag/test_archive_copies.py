"""Reprints in an archive: found when a document is indexed, kept with what is replaced and removed, named by their origin."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from rag.archive import Archive
from rag.index import schema
from rag.settings import Settings

Records = Callable[..., Path]

WIRE = (
    "A goods train left the rails near the village of Orrin on Friday night and blocked both tracks of the coastal line. "
    "The driver was taken to hospital with a broken arm, the railway said. Nine wagons of gravel lie beside the embankment. "
    "A crane from Velm is expected on Saturday, and until it has come buses will carry the passengers."
)
OTHER = (
    "The library of Velm will stay open until midnight from October. Students had asked for it in a letter with four hundred "
    "names. The town pays for two more librarians, and the reading room gets new lamps over the summer."
)
LONG = "Commuters along the coast faced a second day without trains. At Velm station volunteers handed out tea. " + " ".join(
    f"Passenger number {name} had waited since dawn and did not know when the bus would come." for name in ("Ann", "Bo")
)


@pytest.fixture(autouse=True)
def whole(archive: Archive) -> Any:
    """After every test the archive's stores agree."""
    yield
    assert archive.verify().problems == ()


def record(id_: str, text: str, published: str | None = None, outlet: str | None = None) -> dict[str, Any]:
    return {"id": id_, "text": text, "published": published, "outlet": outlet or f"Outlet {id_}"}


def test_the_origin_is_the_first_published_then_the_first_indexed(archive: Archive, records: Records) -> None:
    archive.index(
        [
            records(
                record("late", WIRE, "2025-05-04"),
                record("undated", WIRE),
                record("noon", WIRE, "2025-05-03T12:00:00+00:00"),
                record("first", WIRE, "2025-05-03T13:00:00+03:00"),  # ten in the morning, by the clock of the one before
                record("someday", WIRE, "2025-05-03"),
                record("other", OTHER, "2025-05-01"),
            )
        ]
    )
    ids = ("late", "undated", "noon", "first", "someday", "other", "nowhere")
    expected = dict.fromkeys(ids[:5], "first") | {"other": "other", "nowhere": "nowhere"}
    assert archive.origins(ids) == expected


def test_two_undated_copies_have_the_one_indexed_first_for_their_origin(archive: Archive, records: Records) -> None:
    archive.index([records(record("b", WIRE), record("a", WIRE))])
    assert archive.origins(["a", "b"]) == {"a": "b", "b": "b"}


def test_a_wire_item_inside_a_longer_article_is_a_copy(archive: Archive, records: Records) -> None:
    archive.index([records(record("item", WIRE, "2025-05-03"), record("long", f"{LONG}\n\n{WIRE}\n\n{OTHER}", "2025-05-04"))])
    assert archive.origins(["long"]) == {"long": "item"}


def test_a_roundup_does_not_make_copies_of_what_it_collects(archive: Archive, records: Records) -> None:
    archive.index(
        [
            records(
                record("roundup", f"{WIRE}\n\n{OTHER}", "2025-05-05"),
                record("train", WIRE, "2025-05-03"),
                record("library", OTHER, "2025-05-04"),
            )
        ]
    )
    assert archive.origins(["train", "library", "roundup"]) == {"train": "train", "library": "library", "roundup": "train"}


def test_a_replaced_document_has_the_copies_of_its_new_text(archive: Archive, records: Records) -> None:
    archive.index([records(record("a", WIRE, "2025-05-03"), record("b", WIRE, "2025-05-04"), record("c", OTHER, "2025-05-01"))])
    archive.index([records(record("a", WIRE, "2025-05-03"), record("b", OTHER, "2025-05-04"), record("c", OTHER, "2025-05-01"))])
    assert archive.origins(["a", "b", "c"]) == {"a": "a", "b": "c", "c": "c"}


def test_copies_of_a_removed_document_remain_copies_of_each_other(archive: Archive, records: Records) -> None:
    archive.index([records(*(record(id_, WIRE, f"2025-05-0{day}") for day, id_ in enumerate("abc", 1)))])
    archive.remove(["a"])
    assert archive.origins(["a", "b", "c"]) == {"a": "a", "b": "b", "c": "b"}


def test_copies_known_only_through_a_removed_document_are_found_by_the_next_indexing(
    archive: Archive, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.index.copies._KEPT", 1)
    path = records(*(record(id_, WIRE, f"2025-05-0{day}") for day, id_ in enumerate("abc", 1)))
    archive.index([path])
    archive.remove(["a"])
    assert archive.origins(["b", "c"]) == {"b": "b", "c": "c"}
    archive.index([records(record("d", OTHER), name="other.jsonl")])
    assert archive.origins(["b", "c"]) == {"b": "b", "c": "b"}


def test_nothing_is_left_behind_when_all_documents_are_removed(archive: Archive, records: Records) -> None:
    archive.index([records(record("a", WIRE), record("b", WIRE), record("c", f"{LONG} {WIRE}"))])
    archive.remove(["a", "b", "c"])
    with closing(sqlite3.connect(archive.path / schema.FILE)) as conn:
        left = [
            conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("sketches", "fingerprints", "fresh_fingerprints", "copies")
        ]
    assert left == [0, 0, 0, 0]


@pytest.mark.parametrize("embedder_name", [None, "other"])
def test_copies_outlive_a_rebuild(archive: Archive, records: Records, embedder_name: str | None) -> None:
    archive.index([records(record("a", WIRE, "2025-05-04"), record("b", WIRE, "2025-05-03"), record("c", OTHER))])
    archive.rebuild(embedder_name)
    assert archive.origins(["a", "b", "c"]) == {"a": "b", "b": "b", "c": "c"}


@pytest.mark.parametrize("way", ["index", "rebuild"])
def test_an_archive_made_before_there_were_copies_is_compared_when_it_is_written_to(
    archive: Archive, records: Records, way: str
) -> None:
    path = records(record("a", WIRE, "2025-05-04"), record("b", WIRE, "2025-05-03"), record("c", OTHER))
    archive.index([path])
    with closing(sqlite3.connect(archive.path / schema.FILE)) as conn:
        conn.executescript("DROP TABLE sketches; DROP TABLE fingerprints; DROP TABLE fresh_fingerprints; DROP TABLE copies;")
    with Archive.open(archive.path, settings=Settings(passage_tokens=256)) as old:
        assert old.origins(["a", "b", "c"]) == {"a": "a", "b": "b", "c": "c"}
        old.index([path]) if way == "index" else old.rebuild()
        assert old.origins(["a", "b", "c"]) == {"a": "b", "b": "b", "c": "c"}
