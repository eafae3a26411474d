"""Making all passages and vectors anew, for another embedder, beside those that are in use; and the exchange at the end.

The new passages are kept in tables of their own, document by document, so that an interrupted run goes on where it was.
Until the exchange, which is one transaction, nothing that a reader looks at changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from rag.index.embedding import Chunk, TextEmbedder, new_passages
from rag.index.codec import pack_spans
from rag.index.stamp import Stamp
from rag.index.store import Snapshot
from rag.index.writer import NewPassage, Writer
from rag.types import Document, Progress

_TABLES = """
CREATE TABLE IF NOT EXISTS next_passages (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    sentences BLOB NOT NULL,
    text_hash INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS next_passages_by_document ON next_passages (document);
CREATE INDEX IF NOT EXISTS next_passages_by_hash ON next_passages (text_hash);
"""
