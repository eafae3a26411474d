"""The archive's SQLite file: its tables, its connections, and what is said when it cannot be opened.

SQLite is the truth; the other indexes are derived from it. What a reader needs to know about their state stands here too:

- `derived` names the folder of each derived index, and how far it has come: it holds every passage up to `max_id` except
  those in `tombstones` up to number `tombstone`. Passage ids and tombstone numbers only grow and are never used again,
  so bringing an index up to date may be repeated after a crash.
- `pending` keeps the lexical fields of the passages that the lexical index does not hold yet.
- `meta.generation` grows with each commit that a reader could notice.
- `meta.lemmas` is the recipe of the lemmas in `lemmas` and in the lexical index.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from rag.errors import ArchiveDamaged, ArchiveError, ArchiveExists, ArchiveMissing
from rag.index.keys import RECIPE

FILE = "sverka.sqlite"
VERSION = 1
BUSY_SECONDS = 30.0

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE files (
    path TEXT PRIMARY KEY,      -- resolved
    sha256 TEXT NOT NULL,       -- of all that shapes its documents
    documents INTEGER NOT NULL,
    failed INTEGER NOT NULL,    -- records that could not be read
    read_run INTEGER NOT NULL,  -- the run that last read it
    seen_run INTEGER NOT NULL   -- the run that last met it
) WITHOUT ROWID;
CREATE TABLE documents (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL UNIQUE,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    title TEXT, outlet TEXT, published TEXT, language TEXT, url TEXT,
    day INTEGER,                -- of publication, date.toordinal(); 0 where unknown
    skipped BLOB NOT NULL,
    digest_of TEXT,
    read_from TEXT NOT NULL,
    seen_run INTEGER NOT NULL
);
CREATE INDEX documents_by_file ON documents (file);
CREATE TABLE texts (document INTEGER PRIMARY KEY, text TEXT NOT NULL, checksum BLOB NOT NULL);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    sentences BLOB NOT NULL,
    text_hash INTEGER NOT NULL
);
CREATE INDEX passages_by_document ON passages (document);
CREATE INDEX passages_by_hash ON passages (text_hash);
CREATE TABLE vectors (
    passage INTEGER PRIMARY KEY,
    vector BLOB NOT NULL,
    sentences BLOB NOT NULL,
    words BLOB NOT NULL         -- empty where the embedder does not tell words apart
);
CREATE TABLE sentence_texts (text_hash INTEGER PRIMARY KEY, passage INTEGER NOT NULL, ordinal INTEGER NOT NULL);
CREATE TABLE tombstones (number INTEGER PRIMARY KEY AUTOINCREMENT, passage INTEGER NOT NULL);
CREATE TABLE pending (passage INTEGER PRIMARY KEY, body TEXT NOT NULL, surface TEXT NOT NULL, title TEXT NOT NULL);
CREATE TABLE derived (
    name TEXT PRIMARY KEY,
    folder TEXT NOT NULL,
    max_id INTEGER NOT NULL,
    tombstone INTEGER NOT NULL
) WITHOUT ROWID;
"""
# What `copies` keeps, by documents' keys. An archive made before there was any gets them when it is next written to.
_COPIES = """
CREATE TABLE IF NOT EXISTS sketches (document INTEGER PRIMARY KEY, fingerprints BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS fingerprints (hash INTEGER, document INTEGER, PRIMARY KEY (hash, document)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fresh_fingerprints (hash INTEGER, document INTEGER, PRIMARY KEY (hash, document)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS copies (document INTEGER, other INTEGER, PRIMARY KEY (document, other)) WITHOUT ROWID;
"""
# Likewise the keys of the lemmas of each passage's sentences (`keys`), and what languages are listed from.
_LEMMAS = """
CREATE TABLE IF NOT EXISTS lemmas (passage INTEGER PRIMARY KEY, keys BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS documents_by_language ON documents (language);
CREATE INDEX IF NOT EXISTS documents_by_day ON documents (day);
"""


class Connection(sqlite3.Connection):
    """`unchanging`: it takes the file as one that nobody writes to, and so must not be kept for later."""

    unchanging = False


def create(directory: Path, stamp: str) -> None:
    """Make the directory and an empty archive in it. Raises ArchiveExists, or ArchiveError where it cannot be written."""
    path = directory / FILE
    if path.exists():
        raise ArchiveExists(f"There is an archive in {directory} already. Open it, or name another directory.")
    making = path.with_suffix(f".{os.getpid()}.making")
    try:
        directory.mkdir(parents=True, exist_ok=True)
        making.unlink(missing_ok=True)
        conn = sqlite3.connect(making, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise ArchiveError(f"No archive can be made in {directory}: {error}. Name a directory that you may write to.") from error
    try:
        # A passage's vectors and words are a row of about 6 KB. Measured, bytes a passage in pages of 4, 8, 16, 32 and
        # 64 KB: 9,300, 10,000, 10,000, 8,900 and 8,600; the largest pages make writing a quarter slower.
        conn.execute("PRAGMA page_size = 32768")
        conn.execute("PRAGMA journal_mode = WAL")
        conn.executescript(f"BEGIN; {_TABLES} {_COPIES} {_LEMMAS} PRAGMA user_version = {VERSION}; COMMIT;")
        conn.executemany("INSERT INTO meta VALUES (?, ?)", [("generation", 0), ("run", 0), ("folders", 0)])
        conn.executemany("INSERT INTO meta VALUES (?, ?)", [("stamp", stamp), ("lemmas", RECIPE)])
    finally:
        conn.close()
    try:
        os.link(making, path)  # whole or not at all: a process killed in between leaves no half-made archive
    except FileExistsError as error:
        raise ArchiveExists(f"There is an archive in {directory} already, made this moment. Open it.") from error
    except OSError:
        making.rename(path)  # a file system without hard links
    finally:
        making.unlink(missing_ok=True)


def connect(directory: Path, *, writable: bool) -> Connection:
    """A connection to the archive's file, in autocommit mode, usable from any thread (one at a time).

    One that is not writable also works in a directory that this process may not write to: SQLite then reads beside a
    writer through its existing shared-memory file, or, where there is none, takes the file as unchanging.
    """
    path = directory / FILE
    if directory.is_file():
        raise ArchiveError(f"{directory} is a file, and an archive is a folder. Name another.")
    if not path.exists():
        raise ArchiveMissing(f"There is no archive in {directory}. Make one: sverka index PATH --archive {directory}")
    try:
        try:
            conn = _connect(path, "mode=rw", writable)
        except sqlite3.OperationalError:
            if writable:
                raise
            unchanging = not path.with_name(FILE + "-wal").exists()
            conn = _connect(path, "mode=ro&immutable=1" if unchanging else "mode=ro", writable)
            conn.unchanging = unchanging
    except sqlite3.OperationalError as error:
        raise ArchiveError(f"The archive {directory} cannot be opened: {error}. Check its permissions.") from error
    return conn


def read_stamp(directory: Path) -> str:
    """The archive's stamp as it is kept. Raises ArchiveMissing, or ArchiveDamaged where the file cannot be read."""
    conn = connect(directory, writable=False)
    try:
        stamp: str = conn.execute("SELECT value FROM meta WHERE key = 'stamp'").fetchone()[0]
        return stamp
    finally:
        conn.close()


def _connect(path: Path, options: str, writable: bool) -> Connection:
    conn = sqlite3.connect(
        f"file:{quote(str(path))}?{options}",
        uri=True,
        isolation_level=None,
        timeout=BUSY_SECONDS,
        check_same_thread=False,
        factory=Connection,
    )
    try:
        conn.execute("PRAGMA synchronous = NORMAL")
        conn.execute("PRAGMA cache_size = -16000")  # KB
        if not writable:
            conn.execute("PRAGMA query_only = ON")
        version = conn.execute("PRAGMA user_version").fetchone()[0]
        conn.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
    except sqlite3.DatabaseError as error:
        conn.close()
        if isinstance(error, sqlite3.OperationalError) and "no such table" not in str(error):
            raise
        raise damaged(path, error) from error
    if version > VERSION:
        conn.close()
        raise ArchiveError(f"The archive's file has format {version}, and this Sverka knows {VERSION}. Use a newer Sverka.")
    if writable:
        conn.executescript(_COPIES + _LEMMAS)
    return conn


def damaged(where: object, error: object) -> ArchiveDamaged:
    """The error for a file that SQLite cannot make sense of."""
    return ArchiveDamaged(f"The archive's file {where} cannot be read: {error}. Restore it from a copy, or index anew elsewhere.")
