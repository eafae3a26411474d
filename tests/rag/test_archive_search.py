"""Searching: modes, filters, operators, what is committed but not yet indexed, threads, read-only directories."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rag.archive import Archive
from rag.errors import ArchiveError
from rag.index.writer import Writer
from rag.types import Hit, Query

ROOT = Path(__file__).resolve().parents[2]
Records = Callable[..., Path]


def ids(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.document.id for hit in hits]


@pytest.fixture
def press(archive: Archive, records: Records) -> Archive:
    """Twelve reports on one bridge: four outlets (one unknown), three languages (one unknown), dates (some unknown)."""
    rows = []
    for number in range(12):
        row: dict[str, Any] = {"id": f"d{number}", "text": f"The bridge of Ostrel was in the news, report {number}."}
        if outlet := (None, "Herald", "Courier", "Ledger")[number % 4]:
            row["outlet"] = outlet
        if language := (None, "en", "bg")[number % 3]:
            row["language"] = language
        if number % 5:
            row["published"] = f"2025-0{1 + number % 5}-10"
        rows.append(row)
    archive.index([records(*rows)])
    return archive


def expected(query: Query, press: Archive) -> set[str]:
    """What the filters leave, worked out from the documents themselves."""
    left = set()
    for number in range(12):
        document = press.read(f"d{number}")
        inside = (not query.languages or document.language in query.languages) and (
            not query.outlets or document.outlet in query.outlets
        )
        if query.since or query.until:
            day = document.published
            inside = inside and day is not None and (query.since or date.min) <= day <= (query.until or date.max)  # type: ignore[operator]
        if inside:
            left.add(document.id)
    return left


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"languages": ("bg",)},
        {"languages": ("bg", "en")},
        {"outlets": ("Herald",)},
        {"outlets": ("Herald", "Ledger"), "languages": ("en",)},
        {"since": date(2025, 3, 10)},
        {"until": date(2025, 3, 10)},
        {"since": date(2025, 2, 1), "until": date(2025, 4, 30), "outlets": ("Courier",)},
        {"since": date(2025, 3, 10), "until": date(2025, 3, 10)},
        {"languages": ("fr",)},
        {"outlets": ("herald",)},
        {"since": date(2030, 1, 1)},
    ],
    ids=str,
)
def test_filters_leave_what_they_should_and_nothing_outside(press: Archive, mode: Any, filters: dict[str, Any]) -> None:
    query = Query("the bridge of Ostrel", k=50, mode=mode, **filters)
    assert set(ids(press.search(query))) == expected(query, press)
    assert press.count(query) == len(expected(query, press))


def test_undated_documents_never_match_a_date_filter(press: Archive) -> None:
    everything = Query("bridge", k=50, since=date.min, until=date.max)
    undated = {f"d{number}" for number in range(12) if number % 5 == 0}
    assert not undated & set(ids(press.search(everything)))
    assert len(press.search(everything)) == 12 - len(undated)


def test_ranks_say_which_index_found_a_passage(press: Archive) -> None:
    for mode, dense, lexical in (("hybrid", True, True), ("dense", True, False), ("lexical", False, True)):
        hits = press.search(Query("bridge", k=12, mode=mode))
        assert sorted(hit.dense_rank for hit in hits if hit.dense_rank) == (list(range(1, 13)) if dense else [])
        assert sorted(hit.lexical_rank for hit in hits if hit.lexical_rank) == (list(range(1, 13)) if lexical else [])


def test_k_counts_passages_and_may_exceed_what_there_is(press: Archive) -> None:
    assert len(press.search(Query("bridge", k=3))) == 3
    assert len(press.search(Query("bridge", k=1000))) == 12


def test_lexical_mode_needs_no_embedder(press: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the embedder was loaded")

    monkeypatch.setattr("rag.archive.load_embedder", refuse)
    with Archive.open(press.path) as fresh:
        assert fresh.search(Query("bridge", mode="lexical"))
        assert fresh.read("d1").id == "d1"
        with pytest.raises(AssertionError, match="embedder was loaded"):
            fresh.search(Query("bridge", mode="dense"))


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_quoted_phrases_must_stand_and_excluded_words_must_not(archive: Archive, records: Records, mode: Any) -> None:
    archive.index(
        [
            records(
                {"id": "a", "text": "The new bridge was opened in May."},
                {"id": "b", "text": "The bridge is new, and it was opened in May."},
                {"id": "c", "text": "A ferry replaced the new bridge for a week."},
            )
        ]
    )

    def search(text: str) -> set[str]:
        return set(ids(archive.search(Query(text, mode=mode))))

    assert search("new bridge") == {"a", "b", "c"}
    assert search('"new bridge"') == {"a", "c"}
    assert search('"new bridge" -ferry') == {"a"}
    assert search('bridge -"new bridge"') == {"b"}
    assert search('bridge "no such words"') == set()
    assert {hit.document.id for hit in archive.retrieve(Query('"new bridge" -ferry', mode=mode)).hits} == {"a", "b", "c"}


def test_inflected_forms_are_found(archive: Archive, records: Records) -> None:
    archive.index(
        [
            records(
                {"id": "ru", "text": "Министры осмотрели новые мосты через реку.", "language": "ru"},
                {"id": "bg", "text": "Министърът откри моста над реката.", "language": "bg"},
            )
        ]
    )
    assert "ru" in ids(archive.search(Query("министр мост", mode="lexical", languages=("ru",))))
    assert "bg" in ids(archive.search(Query("министри мостове", mode="lexical", languages=("bg",))))


@pytest.fixture
def unsettled(archive: Archive, records: Records, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """One document in all indexes; two more committed, the indexes left as if the writer had been killed just then."""
    archive.index([records({"id": "a", "text": "The old bridge was closed in May."})])
    monkeypatch.setattr("rag.index.settle.Settler.after_batch", lambda self: None)
    monkeypatch.setattr("rag.index.settle.Settler.settle", lambda self, _=None: None)
    archive.index(
        [
            records(
                {"id": "b", "text": "The new bridge was opened in June.", "language": "en", "outlet": "Herald"},
                {"id": "c", "text": "The new ferry was christened in July.", "published": "2025-07-01"},
                name="more.jsonl",
            )
        ]
    )
    monkeypatch.undo()
    return archive


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_what_is_committed_is_found_before_it_is_indexed(
    unsettled: Archive, mode: Any, fakes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.archive.load_embedder", fakes.load)
    for archive in (unsettled, Archive.open(unsettled.path)):
        assert set(ids(archive.search(Query("new bridge in June", mode=mode)))) >= {"a", "b"}
        assert ids(archive.search(Query("new", mode=mode, outlets=("Herald",)))) == ["b"]
        assert ids(archive.search(Query("new", mode=mode, since=date(2025, 7, 1)))) == ["c"]
        assert ids(archive.search(Query('"new bridge"', mode=mode))) == ["b"]
        assert archive.verify().problems == ()
        archive.close()


def test_a_word_that_only_the_unindexed_have_counts_as_much_as_afterwards(
    unsettled: Archive, fakes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.archive.load_embedder", fakes.load)

    def scores() -> dict[str, float]:
        with Archive.open(unsettled.path) as archive:
            found = archive._searcher.candidates(Query("new bridge"), None, stamp=archive._stamp.to_json()).found
            return {stored.document.id: where.lexical_score or 0.0 for where, stored in found}

    before = scores()
    unsettled.index([unsettled.path.parent / "press"])
    after = scores()
    assert before.keys() == after.keys() == {"a", "b", "c"}
    for id_ in ("b", "c"):  # of "a", the words were rarer in an index of one passage
        assert before[id_] == pytest.approx(after[id_], rel=0.05)


def test_deleted_documents_are_not_found_before_the_indexes_know(press: Archive) -> None:
    writer = Writer(press.path)
    known = [writer.by_id(f"d{number}") for number in range(6)]
    with writer.transaction():
        writer.remove([one for one in known if one is not None])
    writer.close()
    for mode in ("hybrid", "dense", "lexical"):
        assert set(ids(press.search(Query("bridge", k=50, mode=mode)))) == {f"d{number}" for number in range(6, 12)}


def test_eight_threads_search_at_once_and_agree(press: Archive) -> None:
    queries = [
        Query(f"bridge report {number}", k=5, mode=mode, languages=languages)
        for number in range(12)
        for mode in ("hybrid", "dense", "lexical")
        for languages in ((), ("bg",))
    ]
    alone = {query: ids(press.search(query)) for query in queries}
    shuffled = queries * 4
    random.Random(7).shuffle(shuffled)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: (query, ids(press.search(query))), shuffled))
    assert all(found == alone[query] for query, found in together)


def test_a_reader_sees_what_another_process_has_committed(press: Archive, records: Records) -> None:
    assert not press.search(Query("harbour", mode="lexical"))
    index = (
        "import sys, json; sys.path.insert(0, sys.argv[3]); import fake_embedder, rag.archive\n"
        "rag.archive.load_embedder = fake_embedder.load\n"
        "print(rag.archive.Archive.open(sys.argv[1]).index([sys.argv[2]]).added)"
    )
    path = records({"id": "new", "text": "The harbour was deepened."}, name="harbour.jsonl")
    run = subprocess.run(
        [sys.executable, "-c", index, str(press.path), str(path), str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert run.stdout == "1\n"
    for mode in ("hybrid", "dense", "lexical"):
        assert ids(press.search(Query("harbour deepened", k=1, mode=mode))) == ["new"]


@pytest.fixture
def nobody(tmp_path: Path) -> Iterator[None]:
    """The test runs as a user who may read everything under tmp_path and write nothing."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    os.seteuid(65534)
    yield
    os.seteuid(0)


@pytest.fixture(params=[False, True], ids=["closed well", "left by a killed writer"])
def finished(request: pytest.FixtureRequest, press: Archive, records: Records) -> Iterator[tuple[Path, int]]:
    """The directory of an archive that nobody has open, and how many documents it holds."""
    press.search("bridge")
    if request.param:
        path = press.path.with_name("copy")
        press.index([records({"id": "late", "text": "The bridge, a late report."}, name="late.jsonl")])
        shutil.copytree(press.path, path)  # with the log that SQLite has not folded in while a connection is open
        assert (path / "sverka.sqlite-wal").stat().st_size > 0
        yield path, 13
    else:
        press.close()
        assert not (press.path / "sverka.sqlite-wal").exists()
        yield press.path, 12


def test_a_read_only_directory_can_be_searched(finished: tuple[Path, int], nobody: None) -> None:
    path, documents = finished
    before = sorted(os.listdir(path))
    with Archive.open(path) as archive:
        assert archive.stats().documents == documents
        for mode in ("hybrid", "dense", "lexical"):
            assert len(archive.search(Query("bridge", k=50, mode=mode))) == documents
        with pytest.raises(ArchiveError, match="cannot be written"):
            archive.index([])
    assert sorted(os.listdir(path)) == before


def test_the_main_job_opens_no_socket(press: Archive, records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was attempted")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    press.index([records({"id": "new", "text": "The harbour was deepened."}, name="harbour.jsonl")])
    assert ids(press.search(Query("harbour", k=1))) == ["new"]
    press.rebuild()
    assert press.verify().problems == ()


def test_a_big_document_is_one_transaction(archive: Archive, records: Records) -> None:
    text = " ".join(f"Paragraph {number} speaks of the place numbered {number * 31}." for number in range(6000))
    report = archive.index([records({"id": "big", "text": text})])
    assert report.added == 1
    assert archive.stats().passages > 100
    (hit,) = archive.search(Query("paragraph 4321 place", k=1, mode="lexical"))
    assert "Paragraph 4321 " in hit.text
    assert json.dumps(hit.to_dict())
