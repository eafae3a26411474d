"""Plain text and Markdown files: one file, one article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rag.errors import IngestError
from rag.ingest import sidecar
from rag.ingest.errors import Unreadable
from rag.ingest.fields import check_text
from rag.ingest.metadata import make_document
from rag.text import decode_text, normalise
from rag.types import Document

LARGEST = 64 * 1024 * 1024  # bytes; no article is larger, and reading one takes several times its size in memory


def read_plain(path: Path, source: str) -> Iterator[Document | IngestError]:
    """The one document in the file at `path`, with what its sidecar and the folder's manifest say of it."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Unreadable(f"the file has {size >> 20} MB; an article of more than {LARGEST >> 20} MB is not read: split it")
        text = read_text_file(path)
        yield make_document(text, source=source, given=sidecar.given_for(path))
    except Unreadable as error:
        yield IngestError(source, str(error))


def read_text_file(path: Path) -> str:
    """The file's text in normal form. Raises Unreadable where it is empty, binary or in no encoding that can be told."""
    data = path.read_bytes()
    if not data.strip():
        raise Unreadable("the file is empty")
    try:
        text, _ = decode_text(data)
    except UnicodeError as error:
        raise Unreadable(str(error)) from error
    check_text(text)
    return normalise(text)
