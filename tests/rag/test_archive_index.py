"""Indexing: what is added, changed, unchanged, removed and failed; what is embedded again, and what is not."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.archive import Archive
from rag.errors import DocumentMissing
from rag.types import IndexReport, Progress, Query

Records = Callable[..., Path]

BRIDGE = "The bridge was opened in May. It is longer than the old one."
FERRY = "The ferry stopped in June. Nobody had asked for it."
HARBOUR = "The harbour was deepened in July. Larger ships can enter."


def counts(report: IndexReport) -> tuple[int, int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.removed, len(report.failed)


def found(archive: Archive, text: str) -> list[str]:
    return [hit.document.id for hit in archive.search(Query(text, mode="lexical"))]


@pytest.fixture(autouse=True)
def whole(archive: Archive) -> Any:
    """After every test, however it went about it, the archive's stores agree."""
    yield
    assert archive.verify().problems == ()


def test_new_changed_and_unchanged_records_are_counted_and_replaced(archive: Archive, records: Records) -> None:
    path = records({"id": "a", "text": BRIDGE}, {"id": "b", "text": FERRY})
    assert counts(archive.index([path])) == (2, 0, 0, 0, 0)
    assert counts(archive.index([path])) == (0, 0, 2, 0, 0)
    records({"id": "a", "text": BRIDGE}, {"id": "b", "text": HARBOUR}, {"id": "c", "text": FERRY})
    assert counts(archive.index([path])) == (1, 1, 1, 0, 0)
    assert found(archive, "harbour") == ["b"]
    assert found(archive, "ferry") == ["c"]
    assert archive.stats().documents == 3


def test_a_change_of_metadata_alone_is_a_change(archive: Archive, records: Records) -> None:
    path = records({"id": "a", "text": BRIDGE, "outlet": "Herald"})
    archive.index([path])
    records({"id": "a", "text": BRIDGE, "outlet": "Courier"})
    assert counts(archive.index([path])) == (0, 1, 0, 0, 0)
    assert archive.read("a").outlet == "Courier"
    assert [hit.document.id for hit in archive.search(Query("bridge", outlets=("Courier",)))] == ["a"]
    assert archive.search(Query("bridge", outlets=("Herald",))) == ()


def test_an_unchanged_file_is_not_read_again(archive: Archive, records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    path = records({"id": "a", "text": BRIDGE})
    archive.index([path])

    def refuse(path: Path) -> None:
        raise AssertionError(f"{path} was read again")

    monkeypatch.setattr("rag.ingest.read", refuse)
    assert counts(archive.index([path])) == (0, 0, 1, 0, 0)
    records({"id": "a", "text": FERRY})
    with pytest.raises(AssertionError, match="read again"):
        archive.index([path])


def test_nothing_is_embedded_for_what_has_not_changed(archive: Archive, embedder: Any, records: Records) -> None:
    path = records({"id": "a", "text": BRIDGE})
    archive.index([path])
    embedder.passages.clear()
    embedder.sentences.clear()
    records({"id": "a", "text": BRIDGE}, {"id": "b", "text": FERRY})
    archive.index([path])
    assert embedder.passages == [FERRY]
    assert embedder.sentences == ["The ferry stopped in June.", "Nobody had asked for it."]


def test_a_reprint_is_embedded_once_and_both_are_found(archive: Archive, embedder: Any, records: Records) -> None:
    archive.index([records({"id": "a", "text": BRIDGE}, {"id": "b", "text": BRIDGE})])
    archive.index([records({"id": "c", "text": BRIDGE}, name="later.jsonl")])
    assert embedder.passages == [BRIDGE]
    assert len(embedder.sentences) == len(set(embedder.sentences)) == 2
    hits = archive.search(BRIDGE)
    assert {hit.document.id for hit in hits} == {"a", "b", "c"}
    assert len({hit.score for hit in hits}) == 1


def test_a_changed_article_has_only_its_new_sentences_embedded(archive: Archive, embedder: Any, records: Records) -> None:
    path = records({"id": "a", "text": BRIDGE})
    archive.index([path])
    embedder.sentences.clear()
    records({"id": "a", "text": BRIDGE + " It cost nine million."})
    archive.index([path])
    assert embedder.sentences == ["It cost nine million."]


def test_prune_removes_what_is_gone_and_nothing_else_does(archive: Archive, records: Records) -> None:
    path = records({"id": "a", "text": BRIDGE}, {"id": "b", "text": FERRY})
    other = records({"id": "c", "text": HARBOUR}, name="other.jsonl")
    archive.index([path.parent])
    records({"id": "a", "text": BRIDGE})
    other.unlink()
    assert counts(archive.index([path.parent])) == (0, 0, 1, 0, 0)
    assert found(archive, "ferry") == ["b"]
    assert found(archive, "harbour") == ["c"]
    # The second run finds the files unchanged, and still knows what left them.
    assert counts(archive.index([path.parent], prune=True)) == (0, 0, 1, 2, 0)
    assert found(archive, "ferry harbour") == []
    assert found(archive, "bridge") == ["a"]


def test_prune_keeps_to_the_paths_it_is_given(archive: Archive, tmp_path: Path) -> None:
    for folder in ("news", "news-old"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.txt").write_text(f"{BRIDGE} Seen in {folder}.", encoding="utf-8")
    archive.index([tmp_path / "news", tmp_path / "news-old"])
    for folder in ("news", "news-old"):
        (tmp_path / folder / "one.txt").unlink()
    assert counts(archive.index([tmp_path / "news"], prune=True)) == (0, 0, 0, 1, 0)
    assert archive.stats().documents == 1


def test_prune_takes_nothing_from_a_path_that_is_missing_itself(archive: Archive, records: Records) -> None:
    path = records({"id": "a", "text": BRIDGE})
    archive.index([path.parent])
    shutil.move(path.parent, path.parent.with_name("unmounted"))
    report = archive.index([path.parent], prune=True)
    assert counts(report) == (0, 0, 0, 0, 1)
    assert str(path.parent) in report.failed[0].source
    assert archive.stats().documents == 1


def test_prune_takes_nothing_from_a_file_with_unreadable_records(archive: Archive, records: Records) -> None:
    path = records({"id": "a", "text": BRIDGE}, {"id": "b", "text": FERRY})
    archive.index([path])
    path.write_text(json.dumps({"id": "a", "text": BRIDGE}) + '\n{"id": "b", "text": \n', encoding="utf-8")
    assert counts(archive.index([path], prune=True)) == (0, 0, 1, 0, 1)
    assert archive.stats().documents == 2


def test_a_bad_record_is_named_at_every_run_and_stops_nothing(archive: Archive, embedder: Any, records: Records) -> None:
    path = records({"id": "a", "text": BRIDGE}, {"id": "b", "title": "no text"}, {"id": "c", "text": FERRY})
    first = archive.index([path])
    assert counts(first) == (2, 0, 0, 0, 1)
    assert str(path) in first.failed[0].source
    embedder.passages.clear()
    again = archive.index([path])
    assert counts(again) == (0, 0, 2, 0, 1)
    assert again.failed == first.failed
    assert embedder.passages == []


def test_a_missing_path_fails_and_the_rest_goes_on(archive: Archive, records: Records, tmp_path: Path) -> None:
    path = records({"id": "a", "text": BRIDGE})
    report = archive.index([tmp_path / "gone", path])
    assert counts(report) == (1, 0, 0, 0, 1)
    assert report.failed[0].source == str(tmp_path / "gone")


def test_one_id_from_two_sources_is_a_failure_that_names_both(archive: Archive, records: Records) -> None:
    one = records({"id": "same", "text": BRIDGE}, name="one.jsonl")
    two = records({"id": "same", "text": FERRY}, name="two.jsonl")
    for _ in range(2):  # within one batch at first, against the stored document then
        report = archive.index([one.parent])
        assert [failure.source for failure in report.failed] == [f"{two}#same"]
        assert f"{one}#same" in report.failed[0].reason
        assert archive.read("same").text == BRIDGE


def test_an_id_twice_in_one_file_is_a_failure(archive: Archive, records: Records) -> None:
    path = records({"id": "same", "text": BRIDGE}, {"id": "same", "text": FERRY})
    for _ in range(2):
        report = archive.index([path])
        assert counts(report)[4] == 1
        assert report.failed[0].source.startswith(str(path))
        assert "same" in report.failed[0].reason
        assert archive.read("same").text == BRIDGE


def test_a_document_whose_file_was_moved_moves(archive: Archive, embedder: Any, records: Records) -> None:
    path = records({"id": "a", "text": BRIDGE})
    archive.index([path])
    embedder.passages.clear()
    moved = path.rename(path.with_name("moved.jsonl"))
    assert counts(archive.index([moved.parent])) == (0, 1, 0, 0, 0)
    assert archive.read("a").source == f"{moved}#a"
    assert embedder.passages == []


def test_a_record_that_went_from_one_file_to_another_moves(archive: Archive, records: Records) -> None:
    one = records({"id": "a", "text": BRIDGE}, {"id": "b", "text": FERRY}, name="one.jsonl")
    archive.index([one])
    records({"id": "b", "text": FERRY}, name="one.jsonl")
    two = records({"id": "a", "text": BRIDGE}, name="two.jsonl")
    assert counts(archive.index([one.parent])) == (0, 1, 1, 0, 0)
    assert archive.read("a").source == f"{two}#a"


def test_a_source_with_a_new_id_replaces_the_document_it_was(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(BRIDGE, encoding="utf-8")
    archive.index([path])
    path.with_suffix(".meta.json").write_text(json.dumps({"id": "bridge"}), encoding="utf-8")
    assert counts(archive.index([path])) == (0, 1, 0, 0, 0)
    assert archive.stats().documents == 1
    assert archive.read("bridge").text == BRIDGE


def test_a_changed_sidecar_or_manifest_changes_its_article(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "news" / "one.txt"
    path.parent.mkdir()
    path.write_text(BRIDGE, encoding="utf-8")
    archive.index([path.parent])
    manifest = path.parent / "manifest.jsonl"
    for outlet in ("Herald", "Courier"):
        manifest.write_text(json.dumps({"file": "one.txt", "outlet": outlet}), encoding="utf-8")
        assert counts(archive.index([path.parent])) == (0, 1, 0, 0, 0)
        assert [hit.document.outlet for hit in archive.search("bridge")] == [outlet]


def test_a_removed_document_is_gone_and_comes_back_with_its_file(archive: Archive, records: Records) -> None:
    path = records({"id": "a", "text": BRIDGE}, {"id": "b", "text": FERRY})
    archive.index([path])
    archive.remove(["a"])
    with pytest.raises(DocumentMissing):
        archive.read("a")
    assert {hit.document.id for hit in archive.search("bridge ferry")} == {"b"}
    assert counts(archive.index([path])) == (1, 0, 1, 0, 0)


def test_removing_with_one_unknown_id_removes_none(archive: Archive, records: Records) -> None:
    archive.index([records({"id": "a", "text": BRIDGE})])
    with pytest.raises(DocumentMissing, match="'x'"):
        archive.remove(["a", "x"])
    assert archive.stats().documents == 1


def test_a_path_named_twice_is_indexed_once(archive: Archive, records: Records) -> None:
    path = records({"id": "a", "text": BRIDGE})
    link = path.with_name("link.jsonl")
    link.symlink_to(path)
    for expected in ((1, 0, 0, 0, 0), (0, 0, 1, 0, 0)):
        assert counts(archive.index([path, path.parent, path, link], prune=True)) == expected


def test_names_that_are_no_text_and_loops_of_links_fail_and_stop_nothing(archive: Archive, records: Records) -> None:
    path = records({"id": "a", "text": BRIDGE})
    strange = os.fsencode(path.parent) + b"/\xff.txt"
    with open(strange, "wb") as file:
        file.write(BRIDGE.encode())
    loop = path.with_name("loop.txt")
    loop.symlink_to(loop)
    for _ in range(2):
        report = archive.index([path.parent, loop, Path(os.fsdecode(strange))], prune=True)
        assert report.added + report.unchanged == 1
        assert {"loop" in failure.source or "xff" in failure.source for failure in report.failed} == {True}
        json.dumps(report.to_dict()).encode()


def test_indexing_nothing_makes_no_index(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert counts(archive.index([tmp_path / "empty"])) == (0, 0, 0, 0, 0)
    assert not [path for path in archive.path.iterdir() if path.is_dir()]


def test_passage_ids_are_never_used_again(archive: Archive, records: Records) -> None:
    path = records({"id": "a", "text": BRIDGE})
    seen: set[int] = set()
    for text in (BRIDGE, FERRY, HARBOUR, BRIDGE):
        records({"id": "a", "text": text})
        archive.index([path])
        (hit,) = archive.search(text)
        assert hit.passage.id not in seen
        seen.add(hit.passage.id)


def test_many_small_batches_keep_all_documents(archive: Archive, records: Records) -> None:
    rows = [{"id": f"d{n}", "text": f"Report number {n} tells of place {n * 7}."} for n in range(700)]
    seen: list[Progress] = []
    assert counts(archive.index([records(*rows)], on_progress=seen.append)) == (700, 0, 0, 0, 0)
    assert archive.stats().documents == 700
    assert len(seen) > 5
    for stage in {progress.stage for progress in seen}:
        done = [progress.done for progress in seen if progress.stage == stage]
        assert done == sorted(done)
        assert [p.done for p in seen if p.stage == stage][-1] == [p.total for p in seen if p.stage == stage][-1]


def test_an_interruption_leaves_an_archive_that_goes_on(archive: Archive, embedder: Any, records: Records) -> None:
    rows = [{"id": f"d{n}", "text": f"Report number {n} tells of place {n * 7}."} for n in range(300)]
    path = records(*rows)
    embed = embedder.embed_passages

    def interrupt(texts: list[str], **_: object) -> Any:
        if len(embedder.passages) > 150:
            raise KeyboardInterrupt
        return embed(texts)

    embedder.embed_sentences = lambda texts, **_: (interrupt(texts), None)
    with pytest.raises(KeyboardInterrupt):
        archive.index([path])
    assert 0 < archive.stats().documents < 300
    assert archive.search("report number 1")
    del embedder.embed_sentences
    report = archive.index([path])
    assert report.added + report.unchanged == 300
    assert report.unchanged > 0
