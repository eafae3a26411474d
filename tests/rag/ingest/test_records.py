from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from rag.errors import IngestError
from rag.ingest import read
from rag.types import Document, Original

Write = Callable[..., Path]

TEXT = "Мост открыли во вторник, сообщил глава района."


def documents(path: Path) -> list[Document]:
    items = list(read(path))
    assert [item for item in items if isinstance(item, IngestError)] == []
    return [item for item in items if isinstance(item, Document)]


def faults(path: Path) -> list[IngestError]:
    return [item for item in read(path) if isinstance(item, IngestError)]


def lines(*records: object) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


RECORD = {
    "id": "a/1",
    "title": "Мост",
    "text": TEXT,
    "published": "2025-09-04",
    "language": "ru-RU",
    "outlet": "Речной вестник",
    "url": "https://example.org/1",
    "digest_of": {"outlet": "ЦТАК", "published": "2025-09-03"},
    "rubric": "ignored",
}


def check(document: Document, path: Path) -> None:
    assert (document.id, document.title, document.text) == ("a/1", "Мост", TEXT)
    assert (document.published, document.language, document.outlet) == (date(2025, 9, 4), "ru", "Речной вестник")
    assert document.url == "https://example.org/1"
    assert document.digest_of == Original("ЦТАК", date(2025, 9, 3))
    assert document.source == f"{path.resolve()}#a/1"
    assert set(document.read_from.values()) == {"record"}


def test_a_record_is_read_alike_from_lines_an_array_and_a_table(write: Write) -> None:
    flat = {**RECORD, "digest_of.outlet": "ЦТАК", "digest_of.published": "2025-09-03"}
    del flat["digest_of"]
    table = io.StringIO()
    writer = csv.DictWriter(table, flat)
    writer.writeheader()
    writer.writerow(flat)
    for name, content in [
        ("a.jsonl", lines(RECORD)),
        ("a.ndjson", lines(RECORD)),
        ("a.json", json.dumps([RECORD])),
        ("one.json", json.dumps(RECORD)),
        ("a.csv", table.getvalue()),
    ]:
        path = write(name, content)
        (document,) = documents(path)
        check(document, path)


def test_other_spellings_of_keys_and_values_are_read(write: Write) -> None:
    path = write(
        "a.jsonl", lines({"ID": 7, "Text": TEXT, "date": "4 сентября 2025, 10:15", "lang": "RU", "title": " ", "url": None})
    )
    (document,) = documents(path)
    assert (document.id, document.published, document.language) == ("7", datetime(2025, 9, 4, 10, 15), "ru")
    assert document.title is None


def test_a_record_without_an_id_is_named_by_its_row(write: Write) -> None:
    path = write("a.jsonl", lines({"text": TEXT}) + "\n" + lines({"text": TEXT + " Да."}))
    first, second = documents(path)
    assert (first.source, second.source) == (f"{path.resolve()}#row-1", f"{path.resolve()}#row-2")
    assert len(first.id) == 16
    assert first.id != second.id


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ('{"text": "x"', "broken JSON"),
        ("[1, 2]", "a list"),
        ('"words"', "not an object"),
        ("{}", "no text"),
        ('{"text": ""}', "empty"),
        ('{"text": 5}', "5, not a string"),
        ('{"text": "a\\u0000b"}', "NUL"),
        ('{"text": "a\\ud800b"}', "surrogate"),
        ('{"text": "a", "title": ["x"]}', "title is a list"),
        ('{"text": "a", "title": "\\ud800"}', "title"),
        ('{"text": "a", "id": true}', "id is True"),
        ('{"text": "a", "id": 1.5}', "id is 1.5"),
        ('{"text": "a", "id": "x\\ny"}', "control"),
        ('{"text": "a", "date": "2025-02-30"}', "2025-02-30"),
        ('{"text": "a", "date": 1756944000}', "1756944000"),
        ('{"text": "a", "date": "03/04/2025"}', "two days"),
        ('{"text": "a", "lang": "Russian"}', "'Russian', not an ISO 639-1"),
        ('{"text": "a", "lang": "xx"}', "'xx'"),
        ('{"text": "a", "lang": "rus"}', "'rus'"),
        ('{"text": "a", "url": "javascript:alert(1)"}', "not a web address"),
        ('{"text": "a", "digest_of": "ТАСС"}', "digest_of"),
        ('{"text": "a", "digest_of": {"published": "soon"}}', "digest_of.*soon"),
        ("[" * 100_000, "nested too deep|broken JSON"),
        ('{"text": ' + "9" * 5000 + "}", "cannot be read"),
    ],
)
def test_a_bad_record_is_named_and_the_next_is_read(record: str, reason: str, write: Write) -> None:
    path = write("a.jsonl", lines({"text": TEXT}) + record + "\n" + lines({"text": TEXT}))
    first, fault, last = read(path)
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(fault, IngestError)
    assert fault.source == f"{path.resolve()}#line-2"
    with pytest.raises(IngestError, match=reason):
        raise fault


def test_an_id_that_comes_twice_is_a_failure_of_the_second(write: Write) -> None:
    path = write("a.jsonl", lines({"id": 1, "text": TEXT}, {"id": "1", "text": TEXT}))
    first, fault = read(path)
    assert isinstance(first, Document)
    assert isinstance(fault, IngestError)
    assert "line-1" in fault.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1251", "koi8-r"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.json"])
def test_the_encoding_of_records_is_found(name: str, encoding: str, write: Write) -> None:
    content = {
        "a.jsonl": lines({"id": 1, "text": TEXT}, {"id": 2, "text": TEXT}),
        "a.json": json.dumps([{"id": 1, "text": TEXT}, {"id": 2, "text": TEXT}], ensure_ascii=False),
        "a.csv": f'id,text\n1,"{TEXT}"\n2,"{TEXT}"\n',
    }[name]
    path = write(name, content.encode(encoding))
    assert [(document.id, document.text) for document in documents(path)] == [("1", TEXT), ("2", TEXT)]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl", "a.json", "a.csv"])
@pytest.mark.parametrize("content", [b"", b" \n\n "])
def test_an_empty_file_says_so(name: str, content: bytes, write: Write) -> None:
    (fault,) = faults(write(name, content))
    assert "empty" in fault.reason


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "a.csv"])
def test_a_binary_file_says_so(name: str, write: Write) -> None:
    reasons = [fault.reason for fault in faults(write(name, b"\x89PNG\r\n\x1a\n\x00\x00\x01\x02" * 20))]
    assert reasons
    assert all("PNG" in reason or "binary" in reason for reason in reasons[:1])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('[{"text": "a"},\n {"text" "b"}]', "line 2"),
        ('{"articles": [{"text": "a"}], "total": 1}', "'articles'"),
        ('{"total": 1}', "without a text"),
        ('"words"', "neither"),
        ("[]", "empty array"),
        ('{"text": "a"}\n{"text": "b"}', "jsonl"),
    ],
)
def test_an_array_file_that_holds_something_else_says_what(content: str, reason: str, write: Write) -> None:
    (fault,) = faults(write("a.json", content))
    assert reason in fault.reason


@pytest.mark.parametrize(
    "table",
    [
        "id,title,text\n1,Мост,\"Мост, новый, «открыт».\"\n2,b,\"Он сказал: \"\"да\"\".\"\n",
        "id;title;text\n1;Мост;Мост, новый, «открыт».\n2;b;\"Он сказал: \"\"да\"\".\"\n",
        "id\ttitle\ttext\n1\tМост\tМост, новый, «открыт».\n2\tb\tОн сказал: \"да\".\n",
        "id|title|text\n1|Мост|Мост, новый, «открыт».\n2|b|Он сказал: \"да\".\n",
        "ID , Title, TEXT\r\n1,Мост,\"Мост, новый, «открыт».\"\r\n2,b,\"Он сказал: \"\"да\"\".\"\r\n",
        "id,title,text\n1,Мост,\"Мост, новый, «открыт».\"\n2,b,\"Он сказал: \\\"да\\\".\"\n",
        "'id','title','text'\n'1','Мост','Мост, новый, «открыт».'\n'2','b','Он сказал: \"да\".'\n",
    ],
)  # fmt: skip
def test_delimiter_and_quoting_of_a_table_are_found(table: str, write: Write) -> None:
    read_texts = [(document.id, document.text) for document in documents(write("a.csv", table))]
    assert read_texts == [("1", "Мост, новый, «открыт»."), ("2", 'Он сказал: "да".')]


def test_a_table_of_one_column_keeps_its_commas(write: Write) -> None:
    path = write("a.csv", 'text\nМост, новый; открыт | «Заря».\t\n"Паром, старый, закрыт."\n')
    assert [document.text for document in documents(path)] == ["Мост, новый; открыт | «Заря».\t", "Паром, старый, закрыт."]


def test_a_quoted_cell_may_hold_lines(write: Write) -> None:
    path = write("a.csv", f'text,id\n"{TEXT}\n\nВторой абзац.",1\n"{TEXT}",2\n')
    assert [document.text for document in documents(path)] == [f"{TEXT}\n\nВторой абзац.", TEXT]


def test_a_cell_may_be_longer_than_the_csv_module_thinks(write: Write) -> None:
    long = TEXT * 4000
    (document,) = documents(write("a.csv", f'id,text\n1,"{long}"\n'))
    assert document.text == long


def test_a_bad_row_is_named_and_the_next_is_read(write: Write) -> None:
    path = write("a.csv", f'id,text\n1,"{TEXT}"\n2,a,b\n3,\n4,"{TEXT}"\n')
    items = list(read(path))
    assert [item.id if isinstance(item, Document) else item.source.rpartition("#")[2] for item in items] == [
        "1",
        "row-2",
        "row-3",
        "4",
    ]
    assert "3 cells, the header 2" in str(items[1])
    assert "no text" in str(items[2]) or "empty" in str(items[2])


def test_a_row_in_another_encoding_is_read_on_its_own(write: Write) -> None:
    path = write(
        "a.csv", b"id,text\n1,The bridge is open again today.\n" * 1 + b"2," + TEXT.replace(",", "").encode("cp1251") + b"\n"
    )
    assert documents(path)[-1].text == TEXT.replace(",", "")


@pytest.mark.parametrize("table", ["title,date\na,b\n", "just some words\nand more\n"])
def test_a_table_without_a_text_column_is_one_failure(table: str, write: Write) -> None:
    (fault,) = faults(write("a.csv", table))
    assert "'text'" in fault.reason


def test_lines_are_read_as_a_stream(write: Write) -> None:
    path = write("a.jsonl", lines({"id": 1, "text": TEXT}))
    items = read(path)
    with path.open("a") as file:
        assert isinstance(next(items), Document)
        file.write(lines({"id": 2, "text": TEXT}))
        file.flush()
        second = next(items)
    assert isinstance(second, Document)
    assert second.id == "2"


def test_a_line_that_is_too_long_is_named_and_the_next_is_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.ingest.records._LONGEST_LINE", 100)
    path = write("a.jsonl", lines({"text": "a" * 350}, {"text": "short"}))
    fault, document = read(path)
    assert isinstance(fault, IngestError)
    assert fault.source.endswith("#line-1")
    assert isinstance(document, Document)
    assert document.text == "short"
