"""Ingest: files and folders to documents, one article each.

| ending | read as |
|---|---|
| .txt .text .md .markdown | one article (plain.py), with its sidecar or manifest entry (sidecar.py) |
| .jsonl .ndjson | a record a line (records.py) |
| .json | an array of records |
| .csv .tsv | a table with a header row (table.py) |

`discover` finds the files, `read` makes documents of one, `chunk` divides a document into passages. Nothing that is wrong
with a source is raised by `read`: it is yielded as an IngestError, and reading goes on.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from rag.errors import IngestError
from rag.ingest import sidecar
from rag.ingest.chunk import Chunk, chunk
from rag.ingest.errors import Unreadable
from rag.ingest.plain import read_plain
from rag.ingest.records import read_array, read_lines, read_table
from rag.ingest.sidecar import TEXT_ENDINGS
from rag.types import Document

__all__ = ["Chunk", "chunk", "discover", "read"]

_Reader = Callable[[Path, str], Iterable[Document | IngestError]]
_READERS: dict[str, _Reader] = {
    **dict.fromkeys(TEXT_ENDINGS, read_plain),
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".json": read_array,
    ".csv": read_table,
    ".tsv": read_table,
}


def discover(paths: Sequence[Path]) -> Iterator[Path]:
    """The files to read under `paths`, each once, in the order given and within folders in the order of their names.

    In folders, hidden files and folders and files of other endings are passed over; a file that is named is always given.
    Manifests and sidecars are passed over, unless there is a fault in them for `read` to report; so is a folder that cannot
    be opened. Raises IngestError, before anything is given, where a path does not exist.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise IngestError(_shown(Path(os.path.abspath(path))), "there is no such file or folder")
    return _walk_all(paths)


def _walk_all(paths: Sequence[Path]) -> Iterator[Path]:
    seen: set[str] = set()
    for path in paths:
        for found in _walk(Path(path), seen) if os.path.isdir(path) else [Path(path)]:
            if _is_new(found, seen) and not _is_companion(found):
                yield found


def _is_new(path: Path, seen: set[str]) -> bool:
    real = os.path.realpath(path)
    new = real not in seen
    seen.add(real)
    return new


def _walk(folder: Path, seen: set[str]) -> Iterator[Path]:
    if not _is_new(folder, seen):
        return
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        seen.discard(os.path.realpath(folder))
        yield folder
        return
    for name in names:
        path = folder / name
        if name.startswith("."):
            continue
        if path.is_dir():
            yield from _walk(path, seen)
        elif path.suffix.lower() in _READERS:
            yield path


def _is_companion(path: Path) -> bool:
    """Whether the file only speaks of others, and has no fault to report."""
    if not path.is_file():
        return False
    reader = sidecar.companion_reader(path)
    return reader is not None and not any(reader(path, str(path)))


def read(path: Path) -> Iterator[Document | IngestError]:
    """The documents of one file, in order; in the place of what cannot be read, an IngestError that names it.

    A document's source is the file's absolute path, for records with `#` and the record's id, or `#row-N`, after it.
    """
    try:
        source = _source(path)
        yield from _reader(path)(path, source)
    except Unreadable as error:
        yield IngestError(_shown(path), str(error))
    except OSError as error:
        yield IngestError(_shown(path), _os_reason(path, error))


def _source(path: Path) -> str:
    """The file's absolute path, links followed."""
    source = os.path.realpath(path)
    try:
        source.encode()
    except UnicodeEncodeError as error:
        raise Unreadable("the file's name is not valid UTF-8; rename it") from error
    return source


def _reader(path: Path) -> _Reader:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        os.listdir(path)  # says why, where it cannot be opened
        raise Unreadable("this is a folder, not a file")
    if not stat.S_ISREG(mode):
        raise Unreadable("this is not a regular file but a pipe, socket or device")
    reader = sidecar.companion_reader(path) or _READERS.get(path.suffix.lower())
    if reader is None:
        raise Unreadable(f"files that end in {path.suffix or 'nothing'} are not read; read are {' '.join(_READERS)}")
    return reader


def _os_reason(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "the link leads to a file that is not there" if path.is_symlink() else "there is no such file"
    if error.errno == errno.ELOOP:
        return "the link leads back to itself"
    if isinstance(error, PermissionError):
        return "this user may not read it; change its permissions"
    return f"it cannot be read: {error.strerror or error}"


def _shown(path: Path) -> str:
    return os.fsencode(path.absolute()).decode("utf-8", errors="backslashreplace")
