"""Changing an archive's embedder: nothing changes until the end, an interruption costs little, and readers follow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.archive import Archive
from rag.errors import StampMismatch
from rag.index.embedding import new_passages
from rag.settings import Settings
from rag.types import Progress, Query

COUNT = 300


class Death(BaseException):
    """A process that ends in the middle."""


@pytest.fixture
def press(archive: Archive, records: Callable[..., Path]) -> Archive:
    rows = ({"id": f"d{n}", "text": f"Report {n} of the bridge. It spoke of place {n * 7}."} for n in range(COUNT))
    archive.index([records(*rows)])
    return archive


@pytest.fixture
def other(fakes: Any, embedder: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Another embedder, by the name other/model; it counts what it embeds too."""
    fake = fakes.FakeEmbedder("other/model")

    def load(settings: Settings, **_: object) -> Any:
        return fake if settings.embedder == "other/model" else embedder

    monkeypatch.setattr("rag.archive.load_embedder", load)
    return fake


def ids(archive: Archive, text: str, **filters: Any) -> list[str]:
    return [hit.document.id for hit in archive.search(Query(text, **filters))]


def test_the_archive_has_the_new_embedder_and_the_same_documents(press: Archive, other: Any, embedder: Any) -> None:
    before, old_ids = press.stats(), {hit.passage.id for hit in press.search(Query("report", k=COUNT))}
    seen: list[Progress] = []
    press.rebuild("other/model", on_progress=seen.append)
    after = press.stats()
    assert after.embedder == "other/model"
    assert (after.documents, after.sentences) == (before.documents, before.sentences)
    assert press.verify().problems == ()
    assert ids(press, "report 17 of the bridge", k=1) == ["d17"]
    assert not old_ids & {hit.passage.id for hit in press.search(Query("report", k=COUNT))}
    assert max(progress.done for progress in seen) == COUNT
    assert press.settings.embedder == "other/model"
    with pytest.raises(StampMismatch, match="other/model"):
        Archive.open(press.path, settings=Settings(passage_tokens=256))
    assert not (press.path / "rebuild").exists()


def test_an_open_reader_follows_to_the_new_embedder(press: Archive, other: Any) -> None:
    with Archive.open(press.path) as reader:
        assert ids(reader, "report 17 of the bridge", k=1, mode="dense") == ["d17"]
        press.rebuild("other/model")
        for mode in ("dense", "hybrid", "lexical"):
            assert ids(reader, "report 17 of the bridge", k=1, mode=mode) == ["d17"]
        assert reader.stamp == press.stamp


def test_an_interrupted_change_goes_on_and_meanwhile_nothing_has_changed(
    press: Archive, other: Any, records: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    batches = 0

    def dying(*arguments: Any) -> Any:
        nonlocal batches
        batches += 1
        if batches == 3:
            raise Death
        return new_passages(*arguments)

    monkeypatch.setattr("rag.index.reembed.new_passages", dying)
    with pytest.raises(Death):
        press.rebuild("other/model")
    monkeypatch.setattr("rag.index.reembed.new_passages", new_passages)
    assert press.stats().embedder == "fake"
    assert ids(press, "report 17 of the bridge", k=1) == ["d17"]
    assert press.verify().problems == ()
    # Before it goes on, one document that was done already is removed, and one comes in.
    press.remove(["d3"])
    press.index([records({"id": "late", "text": "A late report on the ferry."}, name="late.jsonl")])
    assert 0 < len(other.sentences) < 2 * COUNT
    press.rebuild("other/model")
    assert len(other.sentences) == 2 * COUNT + 1, "a sentence was embedded twice"
    assert press.verify().problems == ()
    assert press.stats().documents == COUNT
    assert ids(press, "a late report on the ferry", k=1) == ["late"]
    assert "d3" not in ids(press, "report 3 of the bridge", k=COUNT)


@pytest.mark.parametrize("step", ["rag.index.reembed._exchange", "rag.index.reembed.give_up"])
@pytest.mark.parametrize("when", ["before", "within"])
def test_a_death_around_the_exchange_leaves_the_one_or_the_other(
    press: Archive, other: Any, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    def dying(*_: Any) -> None:
        raise Death

    if when == "before":
        monkeypatch.setattr(step, dying)
    else:
        monkeypatch.setattr("rag.index.writer.Writer.set_meta", dying)
    with pytest.raises(Death):
        press.rebuild("other/model")
    monkeypatch.undo()
    loaders = {"fake": press._embedder, "other/model": other}
    monkeypatch.setattr(
        "rag.archive.load_embedder",
        lambda settings, **_: loaders["fake" if settings.embedder == "bundled" else settings.embedder],
    )
    with Archive.open(press.path) as opened:
        assert opened.verify().problems == ()
        assert ids(opened, "report 17 of the bridge", k=1) == ["d17"]
        opened.rebuild("other/model")
        assert opened.verify().problems == ()
        assert opened.stats().embedder == "other/model"
        assert ids(opened, "report 17 of the bridge", k=1) == ["d17"]
    assert len(other.passages) <= 2 * COUNT


def test_a_plain_rebuild_gives_an_unfinished_change_up(press: Archive, other: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def dying(*_: Any) -> None:
        raise Death

    monkeypatch.setattr("rag.index.reembed._exchange", dying)
    with pytest.raises(Death):
        press.rebuild("other/model")
    assert (press.path / "rebuild").exists()
    press.rebuild()
    assert not (press.path / "rebuild").exists()
    assert press.stats().embedder == "fake"
    assert press.verify().problems == ()


def test_indexing_goes_on_under_the_new_embedder(press: Archive, other: Any, embedder: Any, records: Callable[..., Path]) -> None:
    press.rebuild("other/model")
    embedder.sentences.clear()
    other.sentences.clear()
    press.index([records({"id": "late", "text": "A late report on the ferry."}, name="late.jsonl")])
    assert (embedder.sentences, other.sentences) == ([], ["A late report on the ferry."])
    assert press.verify().problems == ()
