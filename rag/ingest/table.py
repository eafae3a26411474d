"""Tables of separated values as streams of rows: the encoding, delimiter and quoting are found from the beginning.

Every reading of the first rows under a delimiter and a style of quoting is tried; taken is the one whose header names the
most known fields, `text` among them, and that leaves the fewest rows with another number of cells.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from typing import Any, BinaryIO

from rag.ingest.errors import Unreadable
from rag.ingest.fields import KEYS
from rag.text import decode_text

_SAMPLE = 256 * 1024  # bytes that the encoding and the form are told from
_ROWS = 50
_LONGEST_CELL = 64 * 1024 * 1024  # characters; the csv module's own limit is an eighth of a megabyte
_KNOWN = frozenset(KEYS) | {"text"}
_DELIMITERS = (",", ";", "\t", "|")
_QUOTINGS: tuple[Mapping[str, Any], ...] = (
    {"quotechar": '"', "doublequote": True},
    {"quotechar": '"', "doublequote": False, "escapechar": "\\"},
    {"quotechar": "'", "doublequote": True},
    {"quoting": csv.QUOTE_NONE},
)

Row = dict[str, object] | Unreadable


@dataclass(frozen=True, slots=True)
class _Form:
    delimiter: str
    quoting: Mapping[str, Any]

    def reader(self, lines: Iterator[str]) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self.delimiter, strict=True, **self.quoting)


@contextmanager
def open_table(path: Path) -> Iterator[Iterator[Row]]:
    """The rows of the table at `path`, each by its header's names in small letters; one that cannot be read is an Unreadable.

    Raises Unreadable where the file is empty or binary, or has no header row with the name 'text'.
    """
    csv.field_size_limit(_LONGEST_CELL)
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
        file.seek(0)
        encoding = _encoding(sample)
        form = _find_form(_whole_lines(sample, encoding))
        # What the encoding cannot decode is kept as lone surrogates, and its row refused, while the others are read.
        with io.TextIOWrapper(file, encoding=encoding, errors="surrogateescape", newline="") as lines:
            yield _rows(form, lines)


def encoded_lines(file: BinaryIO, encoding: str) -> Iterator[bytes]:
    """The lines of a file in another encoding, in UTF-8."""
    with io.TextIOWrapper(file, encoding=encoding, errors="surrogateescape") as lines:
        for line in lines:
            yield line.encode("utf-8", errors="surrogateescape")


def _encoding(sample: bytes) -> str:
    if not sample.strip():
        raise Unreadable("the file is empty")
    if len(sample) == _SAMPLE:
        # Cut where no encoding has half a character, at the last line's end.
        sample = sample[: sample.rfind(b"\n") + 1] or sample
        sample = sample[: len(sample) // 2 * 2] if b"\x00" in sample else sample
    try:
        return decode_text(sample)[1]
    except UnicodeError as error:
        raise Unreadable(str(error)) from error


def _whole_lines(sample: bytes, encoding: str) -> str:
    text = sample.decode(encoding, errors="ignore")
    return text[: text.rfind("\n") + 1] if len(sample) == _SAMPLE else text


def _find_form(sample: str) -> _Form:
    scored = []
    for order, (delimiter, quoting) in enumerate(product(_DELIMITERS, _QUOTINGS)):
        form = _Form(delimiter, quoting)
        header, good, bad = _try(form, sample)
        known = len(_KNOWN.intersection(header))
        scored.append((("text" in header, known, -bad / max(good + bad, 1), -order), form))
    (has_text, known, *_), form = max(scored, key=lambda each: each[0])
    if not has_text:
        first = next(iter(sample.splitlines()), "")
        raise Unreadable(f"the table has no column 'text' in its first row, {first[:80]!r}; a header row is needed")
    if known == 1 and not any(char in next(iter(sample.splitlines()), "") for char in _DELIMITERS):
        # One column: whatever divides words in it is no delimiter.
        return _Form("\x1f", form.quoting)
    return form


def _try(form: _Form, sample: str) -> tuple[list[str], int, int]:
    """The header under a form, and how many of the first rows fit it and do not."""
    reader = form.reader(iter(sample.splitlines(keepends=True)))
    try:
        header = _names(next(reader))
    except (csv.Error, StopIteration):
        return [], 0, 1
    good = bad = 0
    while good + bad < _ROWS:
        try:
            for row in islice(reader, _ROWS - good - bad):
                good += len(row) == len(header)
                bad += len(row) not in (0, len(header))
            break
        except csv.Error:
            bad += 1
    return header, good, bad


def _names(header: list[str]) -> list[str]:
    return [name.strip().lower().removeprefix("\ufeff") for name in header]


def _rows(form: _Form, lines: Iterator[str]) -> Iterator[Row]:
    reader = form.reader(lines)
    header = _names(next(reader))
    for name in _KNOWN:
        if header.count(name) > 1:
            raise Unreadable(f"the table has two columns {name!r}")
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Unreadable(f"the row is broken: {error}")
            continue
        if not row:
            continue
        if len(row) != len(header):
            yield Unreadable(f"the row has {len(row)} cells, the header {len(header)}; quote cells that hold {form.delimiter!r}")
        else:
            yield _repaired(dict(zip(header, row, strict=True)))


def _repaired(row: dict[str, str]) -> Row:
    """The row, its cells decoded on their own where the file's encoding did not fit them."""
    cells: dict[str, object] = {}
    for name, cell in row.items():
        if any("\ud800" <= char <= "\udfff" for char in cell):
            try:
                cell = decode_text(cell.encode("utf-8", errors="surrogateescape"))[0]
            except UnicodeError as error:
                return Unreadable(f"its {name} is in another encoding than the file's beginning: {error}")
        cells[name] = cell
    return cells
