from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from rag.errors import IngestError
from rag.ingest import discover, read
from rag.types import Document

Write = Callable[..., Path]

TEXT = "Мост открыли во вторник, сообщил глава района."


def names(tmp_path: Path, *paths: Path) -> list[str]:
    return [str(path.relative_to(tmp_path)) for path in discover(paths or [tmp_path])]


def fault(path: Path) -> IngestError:
    (item,) = read(path)
    assert isinstance(item, IngestError)
    return item


def one(path: Path) -> Document:
    (item,) = read(path)
    assert isinstance(item, Document)
    return item


def test_a_folder_is_walked_in_order_and_other_files_are_passed_over(tmp_path: Path, write: Write) -> None:
    for name in ["b.txt", "a.md", "sub/c.jsonl", "sub/d.CSV", "e.text", ".hidden.txt", ".git/f.txt", "g.jpg", "h.html", "i.json"]:
        write(name, TEXT)
    assert names(tmp_path) == ["a.md", "b.txt", "e.text", "i.json", "sub/c.jsonl", "sub/d.CSV"]


def test_no_file_is_given_twice(tmp_path: Path, write: Write) -> None:
    a = write("sub/a.txt", TEXT)
    (tmp_path / "link.txt").symlink_to(a)
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    assert names(tmp_path, a, tmp_path, a) == ["sub/a.txt"]


def test_a_hidden_file_that_is_named_is_given(tmp_path: Path, write: Write) -> None:
    assert names(tmp_path, write(".a.txt", TEXT)) == [".a.txt"]


def test_a_missing_path_is_refused_before_anything_is_given(tmp_path: Path, write: Write) -> None:
    with pytest.raises(IngestError, match="no such file or folder"):
        discover([write("a.txt", TEXT), tmp_path / "missing"])


def test_a_file_of_another_kind_that_is_named_says_what_is_read(write: Write) -> None:
    path = write("a.docx", TEXT)
    assert list(discover([path])) == [path]
    assert ".txt" in fault(path).reason
    assert ".csv" in fault(path).reason


def test_a_text_file_is_one_document(write: Write) -> None:
    path = write("a.txt", f"date 2025-10-11\r\n{TEXT}")
    document = one(path)
    assert document.text == f"date 2025-10-11\n{TEXT}"
    assert document.source == str(path.resolve())
    assert document.published == date(2025, 10, 11)
    assert len(document.id) == 16


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251", "koi8-r"])
def test_the_encoding_of_a_text_is_found(encoding: str, write: Write) -> None:
    assert one(write("a.txt", TEXT.encode(encoding))).text == TEXT


def test_broken_links_loops_and_pipes_are_named(tmp_path: Path) -> None:
    broken, loop, pipe = tmp_path / "broken.txt", tmp_path / "loop.txt", tmp_path / "pipe.txt"
    broken.symlink_to(tmp_path / "nowhere.txt")
    loop.symlink_to(loop)
    os.mkfifo(pipe)
    assert names(tmp_path) == ["broken.txt", "loop.txt", "pipe.txt"]
    assert "not there" in fault(broken).reason
    assert "itself" in fault(loop).reason
    assert "pipe" in fault(pipe).reason
    assert "no such file" in fault(tmp_path / "missing.txt").reason
    assert "folder" in fault(tmp_path).reason


def test_a_name_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.txt")
    path.write_text(TEXT)
    assert "UTF-8" in fault(path).reason
    assert str(fault(path)).encode()


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder, and this process without the right to read everything, which root has."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o777)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        try:
            yield Path(name)
        finally:
            if root:
                os.seteuid(0)


def test_what_may_not_be_read_is_named_and_the_rest_is_read(unprivileged: Path) -> None:
    (unprivileged / "a.txt").write_text(TEXT)
    (unprivileged / "b.txt").write_text(TEXT)
    (unprivileged / "b.txt").chmod(0)
    (unprivileged / "c").mkdir(mode=0)
    paths = list(discover([unprivileged]))
    assert [path.name for path in paths] == ["a.txt", "b.txt", "c"]
    assert isinstance(next(read(paths[0])), Document)
    assert "permissions" in fault(paths[1]).reason
    assert "permissions" in fault(paths[2]).reason
    (unprivileged / "c").chmod(0o700)


def test_a_file_that_is_too_large_for_an_article_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.ingest.plain.LARGEST", 10)
    assert "split it" in fault(write("a.txt", TEXT)).reason


@pytest.mark.parametrize("name", ["a.meta.json", "a.json"])
def test_a_sidecar_speaks_for_its_article(name: str, tmp_path: Path, write: Write) -> None:
    article = write("a.txt", f"date 2025-10-11 {TEXT}")
    write(name, json.dumps({"id": "bridge", "outlet": "Речной вестник", "date": "2025-10-12"}))
    assert names(tmp_path) == ["a.txt"]
    document = one(article)
    assert (document.id, document.outlet, document.published) == ("bridge", "Речной вестник", date(2025, 10, 12))
    assert document.read_from["published"] == "sidecar"


def test_a_json_file_with_a_text_is_no_sidecar(tmp_path: Path, write: Write) -> None:
    write("a.txt", TEXT)
    write("a.json", json.dumps({"text": TEXT}))
    assert names(tmp_path) == ["a.json", "a.txt"]


@pytest.mark.parametrize(
    ("content", "reason"), [("{", "broken JSON"), ("[1]", "no JSON object"), ('{"date": "2025-02-30"}', "2025-02-30")]
)
def test_a_faulty_sidecar_is_a_failure_of_its_article(content: str, reason: str, write: Write) -> None:
    write("a.meta.json", content)
    assert reason in fault(write("a.txt", TEXT)).reason
    assert "a.meta.json" in fault(write("a.txt", TEXT)).reason


def test_a_sidecar_without_its_article_is_reported(tmp_path: Path, write: Write) -> None:
    path = write("a.meta.json", "{}")
    assert names(tmp_path) == ["a.meta.json"]
    assert "not beside it" in fault(path).reason


@pytest.mark.parametrize("name", ["manifest.jsonl", "manifest.json"])
def test_a_manifest_speaks_for_the_files_of_its_folder(name: str, tmp_path: Path, write: Write) -> None:
    article, other = write("a.txt", TEXT), write("b.txt", TEXT)
    entries = [{"file": "a.txt", "outlet": "Речной вестник", "title": "Мост"}, {"file": "b.txt", "lang": "bg"}]
    content = json.dumps(entries) if name.endswith(".json") else "\n".join(map(json.dumps, entries))
    write(name, content)
    write("a.meta.json", json.dumps({"title": "Паром"}))
    assert names(tmp_path) == ["a.txt", "b.txt"]
    document = one(article)
    assert (document.outlet, document.title) == ("Речной вестник", "Паром")
    assert (document.read_from["outlet"], document.read_from["title"]) == ("manifest", "sidecar")
    assert one(other).language == "bg"


def test_the_faults_of_a_manifest_are_reported_and_its_sound_entries_hold(tmp_path: Path, write: Write) -> None:
    article = write("a.txt", TEXT)
    entries = ['{"file": "a.txt", "outlet": "X"}', "{", '{"outlet": "X"}', '{"file": "gone.txt"}', '{"file": "../a.txt"}',
               '{"file": "r.csv"}', '{"file": "a.txt"}']  # fmt: skip
    path = write("manifest.jsonl", "\n".join(entries))
    assert names(tmp_path) == ["a.txt", "manifest.jsonl"]
    reasons = {item.source.rpartition("#")[2]: item.reason for item in read(path) if isinstance(item, IngestError)}
    expected = {
        "line-2": "broken",
        "line-3": "'file'",
        "line-4": "not in its folder",
        "line-5": "own folder",
        "line-6": "text files",
        "line-7": "twice",
    }
    assert reasons.keys() == expected.keys()
    assert all(expected[place] in reason for place, reason in reasons.items())
    assert one(article).outlet == "X"


def test_a_manifest_entry_with_a_bad_field_is_a_failure_of_its_article(write: Write) -> None:
    article = write("a.txt", TEXT)
    write("manifest.jsonl", '{"file": "a.txt", "date": "2025-02-30"}')
    assert "manifest" in fault(article).reason
    assert "2025-02-30" in fault(article).reason


def test_a_manifest_that_changes_is_read_again(write: Write) -> None:
    article = write("a.txt", TEXT)
    write("manifest.jsonl", '{"file": "a.txt", "outlet": "X"}')
    before = one(article)
    write("manifest.jsonl", '{"file": "a.txt", "outlet": "Другой"}')
    after = one(article)
    assert (before.outlet, after.outlet) == ("X", "Другой")
    assert before.sha256 != after.sha256
