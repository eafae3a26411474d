"""Files of records, one an article: JSON lines, JSON arrays, and tables of comma-, semicolon- or tab-separated values.

Lines and tables are read as a stream; an array is loaded whole. A record that cannot be read is yielded as an error that
names its place, and the next one is read.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from rag.errors import IngestError
from rag.ingest import table
from rag.ingest.errors import Unreadable
from rag.ingest.fields import read_fields, read_text
from rag.ingest.metadata import make_document
from rag.ingest.sidecar import load_json
from rag.text import decode_text
from rag.types import Document

_LARGEST_ARRAY = 256 * 1024 * 1024  # bytes; loaded whole
_LONGEST_LINE = 64 * 1024 * 1024  # bytes of one record in a file of lines


@dataclass(slots=True)
class _Maker:
    """Makes documents of the records of one file, and remembers the ids met."""

    source: str
    seen: dict[str, str] = field(default_factory=dict)

    def make(self, record: object, number: int, place: str) -> Document | IngestError:
        """The document of the record, the `number`th of its file; `place` names it in an error."""
        try:
            if not isinstance(record, dict):
                shown = "a list" if isinstance(record, list) else repr(record)[:60]
                raise Unreadable(f"this is {shown}, not an object with the key 'text'")
            return self._document(record, number, place)
        except Unreadable as error:
            return IngestError(f"{self.source}#{place}", str(error))

    def _document(self, record: Mapping[str, object], number: int, place: str) -> Document:
        fields = read_fields(record)
        text = read_text(record)
        if fields.id is not None:
            if (other := self.seen.get(fields.id)) is not None:
                raise Unreadable(f"its id {fields.id!r} is that of {other} too; give each record its own")
            self.seen[fields.id] = place
        return make_document(text, source=f"{self.source}#{fields.id or f'row-{number}'}", given=[(fields, "record")])


def read_array(path: Path, source: str) -> Iterator[Document | IngestError]:
    """The records of a JSON array; a single object with a text is read as one record."""
    try:
        size = path.stat().st_size
        if size > _LARGEST_ARRAY:
            raise Unreadable(f"the file has {size >> 20} MB, too many for an array: make it JSON lines (.jsonl)")
        value = load_array(path)
    except Unreadable as error:
        yield IngestError(source, str(error))
        return
    maker = _Maker(source)
    for number, record in enumerate(value, 1):
        yield maker.make(record, number, f"row-{number}")


def load_array(path: Path) -> list[object]:
    """The records in the file. Raises Unreadable where it is broken, or is no array and no record."""
    data = path.read_bytes()
    if not data.strip():
        raise Unreadable("the file is empty")
    try:
        value = load_json(data, "the file")
    except Unreadable as error:
        if "Extra data" in str(error):
            raise Unreadable("the file holds several JSON values; name it .jsonl if each has its own line") from error
        raise
    if isinstance(value, list):
        if not value:
            raise Unreadable("the file holds an empty array")
        return value
    if not isinstance(value, dict):
        raise Unreadable("the file holds neither an array of records nor a record")
    if any(str(key).strip().lower() == "text" for key in value):
        return [value]
    arrays = [key for key, each in value.items() if isinstance(each, list)]
    if len(arrays) == 1:
        raise Unreadable(f"the file is an object whose records seem to be under {arrays[0]!r}; save that array alone")
    raise Unreadable("the file is an object without a text; records are an array of objects, each with the key 'text'")


def read_lines(path: Path, source: str) -> Iterator[Document | IngestError]:
    """The records of a file of JSON lines, one at a time. Empty lines are passed over."""
    maker = _Maker(source)
    number = 0
    with path.open("rb") as file:
        try:
            lines = _lines(file)
            for at, line in enumerate(lines, 1):
                if isinstance(line, bytes) and not line.strip():
                    continue
                number += 1
                yield _line_record(maker, line, number, f"line-{at}")
        except Unreadable as error:
            yield IngestError(source, str(error))
            return
    if not number:
        yield IngestError(source, "the file is empty")


def _line_record(maker: _Maker, line: bytes | None, number: int, place: str) -> Document | IngestError:
    source = f"{maker.source}#{place}"
    if line is None:
        return IngestError(source, f"the line is longer than {_LONGEST_LINE >> 20} MB")
    try:
        record = json.loads(line) if line.isascii() else load_json(line, "the line")
    except (Unreadable, ValueError, RecursionError):
        try:
            record = load_json(line, "the line")
        except Unreadable as error:
            return IngestError(source, str(error))
    return maker.make(record, number, place)


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """The file's lines; None for one that is too long. UTF-16 is turned into UTF-8, since its line ends are not bytes."""
    head = file.read(65536)
    file.seek(0)
    if b"\x00" in head:
        if len(head) == 65536 and head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            head = head[: len(head) // 2 * 2]
        try:
            _, encoding = decode_text(head[:-2] if len(head) == 65536 else head)
        except UnicodeError as error:
            raise Unreadable(str(error)) from error
        yield from table.encoded_lines(file, encoding)
        return
    while line := file.readline(_LONGEST_LINE + 1):
        if len(line) <= _LONGEST_LINE:
            yield line
            continue
        yield None
        while line and not line.endswith(b"\n"):
            line = file.readline(_LONGEST_LINE)


def read_table(path: Path, source: str) -> Iterator[Document | IngestError]:
    """The records of a table with a header row, one at a time; delimiter, quoting and encoding are found."""
    maker = _Maker(source)
    number = 0
    try:
        with table.open_table(path) as rows:
            for number, row in enumerate(rows, 1):
                place = f"row-{number}"
                if isinstance(row, Unreadable):
                    yield IngestError(f"{source}#{place}", str(row))
                else:
                    yield maker.make(row, number, place)
    except (Unreadable, csv.Error) as error:
        yield IngestError(source, str(error))
        return
    if not number:
        yield IngestError(source, "the table has a header row and nothing below it")
