"""Reprints and wire copies: which documents hold the same text, found when they are indexed.

A document's own words are cut into overlapping shingles of four. A fixed eighth of all possible shingles, chosen by their
hash, is kept of each document in an indexed table ("scaled" or "FracMinHash" sampling, Irber et al. 2022): two documents that
share text share such fingerprints, in proportion to what they share. MinHash with banding was not taken, since it estimates
the share of the union: a short item inside a long article has little of that, and all of its own words. Documents that
share enough fingerprints are then compared exactly, and pairs that are copies are kept.

Two texts are copies where most of the shorter one stands in the other and no figure was exchanged in the words they share:
the bulletin of the next day, and an article whose figures were brought up to date, are texts of their own.

Which copy was first is decided when it is asked for: a document's source is the earliest of its copies, that one's source
the earliest of its own, and so on to the origin. A roundup that quotes two items whole has one source, and does not make
copies of the two.
"""

from __future__ import annotations

import json
import re
import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np

from rag.index.codec import unpack_spans
from rag.text.normalise import fold_word
from rag.text.numbers import figures
from rag.types import Document, Progress, Span

_Hashes = np.ndarray[Any, np.dtype[np.uint64]]

_SHINGLE = 4  # words
# One shingle in so many is a fingerprint: an article of 400 words has 50, an item of 40 words 5.
_SAMPLED = 8
_FEWEST = 4  # fingerprints of a document, however short
# Documents that a fingerprint leads to: so many of the first that have it, and of the last. More have it where it belongs to
# a footer, a bulletin's set phrases, or a story that all outlets have.
_POSTINGS = 32
_MANY_POSTINGS = 2000  # of all fingerprints of a document, from which on they are looked up one by one, so many of each
# A row among millions, at a random place, costs the writing of a whole page of 32 KB. So fingerprints are gathered in a small
# table, and move to the large one, in order, once for so many documents: of 200,000 documents, 0.2 MB written each, not 3.
_FRESH = 2000
_MERGED = "fingerprints_merged"  # in `meta`: the key of the last document whose fingerprints have moved
# Share of the fingerprints of the shorter document from which two are compared word by word, and how many are, at most.
_WORTH_COMPARING = 0.25
_COMPARED = 24
_KEPT = 16  # copies remembered of one document
_AT_ONCE = 200  # documents to a transaction of `catch_up`

# Share of the shorter text's shingles that must stand in the other: a text in which one word in ten was exchanged keeps two
# thirds of them. At one outlet, whose articles may share a footer longer than themselves, nearly all must.
_COPY = 0.6
_COPY_AT_ONE_OUTLET = 0.85
# Where both begin with words of their own, more than a headline has, what they share may be a footer.
_COPY_WITH_ANOTHER_LEAD = 0.75
_LEAD = 14  # shingles
# Exchanged names, one for so many words, that make another text of it: the same form filled in for somebody else.
_WORDS_TO_A_NAME = 25

_WORD = re.compile(r"[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f.,]\d{3})+(?!\d)|\d+|\w+")
_TABLES = ("fingerprints", "fresh_fingerprints")
_ALL_POSTINGS = " UNION ALL ".join(
    f"SELECT document FROM {table} WHERE hash IN (SELECT value FROM json_each(:hashes))" for table in _TABLES
)
_SOME_POSTINGS = " UNION ".join(
    f"SELECT document FROM (SELECT document FROM {table} WHERE hash = :hash ORDER BY document {order} LIMIT :limit)"
    for table in _TABLES
    for order in ("ASC", "DESC")
)
# Rows of `copies` that should not be there.
STRAY = (
    "document NOT IN (SELECT key FROM documents) OR NOT EXISTS"
    " (SELECT 1 FROM copies AS two WHERE two.document = copies.other AND two.other = copies.document)"
)
_PLACED = "SELECT key, id, published FROM documents WHERE {} IN (SELECT value FROM json_each(?))"

_BETWEEN = " \u00a0«»„“”\"'‘’([—–-"  # what may stand between a sentence's end and the next one's first word
_ENDS = ".!?…:\n"
_FIGURE, _NAME = 1, 2  # stand for any figure and any name; a word's own number is a hash


@dataclass(frozen=True, slots=True)
class Words:
    """A text as numbers, one a word: a hash of the word, or of the figure that it names.

    `kinds` says of each whether it is a figure (1), a capitalised word within a sentence (2), or neither (0).
    """

    hashes: _Hashes
    kinds: np.ndarray[Any, np.dtype[np.uint8]]

    @property
    def shingles(self) -> _Hashes:
        """A hash of each run of four words, in order; of all words where there are fewer."""
        return _shingles(self.hashes)

    def masked(self, kind: int) -> _Hashes:
        """The same, with all words of one kind taken for equal."""
        return _shingles(np.where(self.kinds == kind, np.uint64(kind), self.hashes))


def words_of(text: str, skipped: Sequence[Span] = ()) -> Words:
    """The words of a text without its skipped spans. Case, typography and how a figure is written make no difference."""
    hashes, kinds = array("Q"), bytearray()
    for start, end in _kept(len(text), skipped):
        for match in _WORD.finditer(text, start, end):
            hash_, is_figure = _word_hash(match[0])
            hashes.append(hash_)
            kinds.append(_FIGURE if is_figure else _NAME if match[0][0].isupper() and not _opens(text, match.start()) else 0)
    return Words(np.frombuffer(hashes, dtype=np.uint64), np.frombuffer(kinds, dtype=np.uint8))


def _kept(length: int, skipped: Sequence[Span]) -> Iterator[Span]:
    at = 0
    for start, end in skipped:
        yield at, start
        at = end
    yield at, length


@lru_cache(maxsize=1 << 16)
def _word_hash(word: str) -> tuple[int, bool]:
    if word[0].isdigit():
        return crc32(re.sub(r"\D", "", word).encode()), True
    named = figures(word, None)
    text = next(iter(named)) if len(named) == 1 else fold_word(word)
    return crc32(text.encode()), len(named) == 1


def _opens(text: str, start: int) -> bool:
    """Whether the word at `start` is the first of its sentence, as far as can be seen without splitting the text."""
    at = start - 1
    while at >= 0 and text[at] in _BETWEEN:
        at -= 1
    return at < 0 or text[at] in _ENDS


def _shingles(hashes: _Hashes) -> _Hashes:
    if not len(hashes):
        return hashes
    width = min(_SHINGLE, len(hashes))
    count = len(hashes) - width + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(width):
        mixed = _mixed(mixed + hashes[place : place + count])
    return mixed


def _mixed(numbers: _Hashes) -> _Hashes:
    """The finaliser of splitmix64 (Steele, Lea and Flood 2014): every bit of the result depends on every bit given."""
    numbers = numbers + np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def fingerprints(words: Words) -> _Hashes:
    """The sampled shingles: all whose hash is among the lowest eighth of the numbers, and never fewer than four, if there are."""
    hashes = np.unique(words.shingles)
    sampled = int(np.searchsorted(hashes, np.uint64(2**64 // _SAMPLED)))
    return hashes[: max(sampled, _FEWEST)]


def is_copy(one: Words, other: Words, *, one_outlet: bool = False) -> bool:
    """Whether two texts are copies of each other, or one of a part of the other."""
    short, long = sorted((one, other), key=lambda words: len(words.hashes))
    shingles, there = short.shingles, long.shingles
    if not len(shingles):
        return False
    found = _among(shingles, there)
    if len(shingles) <= _SHINGLE:
        enough = 1.0
    elif one_outlet:
        enough = _COPY_AT_ONE_OUTLET
    else:
        leads_apart = not found[:_LEAD].any() and not _among(there[:_LEAD], shingles).any()
        enough = _COPY_WITH_ANOTHER_LEAD if leads_apart else _COPY
    if float(np.mean(found)) < enough or _exchanged(short, long, found, _FIGURE):
        return False
    return _exchanged(short, long, found, _NAME) <= len(short.hashes) // _WORDS_TO_A_NAME


def _among(hashes: _Hashes, others: _Hashes) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which of the hashes stand among the others, of which there is one or more."""
    unique = np.unique(others)
    places = np.minimum(np.searchsorted(unique, hashes), len(unique) - 1)
    found: np.ndarray[Any, np.dtype[np.bool_]] = unique[places] == hashes
    return found


def _exchanged(short: Words, long: Words, found: np.ndarray[Any, np.dtype[np.bool_]], kind: int) -> int:
    """How many words of a kind stand in the shorter text where the longer, in the same surroundings, has another of that kind."""
    width = min(_SHINGLE, len(short.hashes))
    windows = np.lib.stride_tricks.sliding_window_view(short.kinds == kind, width)
    # One of the kind in its surroundings: between other figures (a table, a score) anything would fit.
    suspects = ~found & (windows.sum(axis=1) == 1)
    if not suspects.any():
        return 0
    suspects &= _among(short.masked(kind), long.masked(kind))
    places = np.flatnonzero(suspects)
    return len(np.unique(places + windows[places].argmax(axis=1)))


# in the archive


@dataclass(frozen=True, slots=True)
class _Stored:
    """A document as it is compared."""

    key: int
    outlet: str | None
    words: Words


def note(conn: sqlite3.Connection, key: int, document: Document) -> None:
    """Remember a document stored under `key`, and which of the others are its copies. Belongs inside a transaction."""
    _note(conn, _Stored(key, document.outlet, words_of(document.text, document.skipped)))


def forget(conn: sqlite3.Connection, keys: Sequence[int]) -> None:
    """Forget documents. Those that were copies of nothing else are compared anew by the next `catch_up`: only so many copies
    are kept of each. Belongs inside a transaction."""
    chosen = (json.dumps(keys),)
    given = "(SELECT value FROM json_each(?))"
    packed = conn.execute(f"SELECT document, fingerprints FROM sketches WHERE document IN {given}", chosen).fetchall()
    rows = [(hash_, key) for key, sketch in packed for hash_ in np.frombuffer(sketch, dtype="<i8").tolist()]
    for table in _TABLES:
        conn.executemany(f"DELETE FROM {table} WHERE hash = ? AND document = ?", rows)
    conn.execute(f"DELETE FROM sketches WHERE document IN {given}", chosen)
    others = {row[0] for row in conn.execute(f"SELECT other FROM copies WHERE document IN {given}", chosen)} - set(keys)
    mirrored = f"SELECT other, document FROM copies WHERE document IN {given}"
    conn.execute(f"DELETE FROM copies WHERE (document, other) IN ({mirrored})", chosen)
    conn.execute(f"DELETE FROM copies WHERE document IN {given}", chosen)
    alone = [key for key in others if conn.execute("SELECT 1 FROM copies WHERE document = ?", (key,)).fetchone() is None]
    conn.executemany("DELETE FROM sketches WHERE document = ?", ((key,) for key in alone))


def tidy(conn: sqlite3.Connection) -> None:
    """Forget what belongs to no document, and what is a copy one way only. Belongs inside a transaction."""
    rows = conn.execute("SELECT document FROM sketches WHERE document NOT IN (SELECT key FROM documents)")
    forget(conn, [row[0] for row in rows])
    conn.execute(f"DELETE FROM copies WHERE {STRAY}")


def catch_up(
    conn: sqlite3.Connection,
    transaction: Callable[[], AbstractContextManager[None]],
    on_progress: Callable[[Progress], None] | None = None,
) -> None:
    """Compare the documents that were not yet: those of an archive from before copies were looked for, and those that `forget`
    names. May be cut short at any moment."""
    missing = [row[0] for row in conn.execute("SELECT key FROM documents WHERE key NOT IN (SELECT document FROM sketches)")]
    for start in range(0, len(missing), _AT_ONCE):
        with transaction():
            for stored in _load(conn, missing[start : start + _AT_ONCE]):
                _note(conn, stored)
        if on_progress:
            on_progress(Progress("looking for reprints, documents", min(start + _AT_ONCE, len(missing)), len(missing)))


def _note(conn: sqlite3.Connection, new: _Stored) -> None:
    sketch = fingerprints(new.words).view(np.int64)
    kept = 0
    for other in _load(conn, _candidates(conn, new.key, sketch.tolist())):
        one_outlet = new.outlet is not None and new.outlet == other.outlet
        if kept < _KEPT and is_copy(new.words, other.words, one_outlet=one_outlet):
            conn.executemany("INSERT OR IGNORE INTO copies VALUES (?, ?)", ((new.key, other.key), (other.key, new.key)))
            kept += 1
    conn.execute("INSERT OR REPLACE INTO sketches VALUES (?, ?)", (new.key, sketch.astype("<i8").tobytes()))
    conn.executemany("INSERT OR IGNORE INTO fresh_fingerprints VALUES (?, ?)", ((hash_, new.key) for hash_ in sketch.tolist()))
    _merge(conn, new.key)


def _merge(conn: sqlite3.Connection, key: int) -> None:
    """Move the fresh fingerprints where there are many."""
    row = conn.execute("SELECT value FROM meta WHERE key = ?", (_MERGED,)).fetchone()
    if key - (row[0] if row else 0) < _FRESH:
        return
    conn.execute("INSERT OR IGNORE INTO fingerprints SELECT hash, document FROM fresh_fingerprints ORDER BY hash, document")
    conn.execute("DELETE FROM fresh_fingerprints")
    conn.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_MERGED, key))


def _load(conn: sqlite3.Connection, keys: Sequence[int]) -> Iterator[_Stored]:
    """The documents under these keys, in that order."""
    for key in keys:
        row = conn.execute(
            "SELECT d.outlet, t.text, d.skipped FROM documents d JOIN texts t ON t.document = d.key WHERE d.key = ?", (key,)
        ).fetchone()
        if row is not None:
            yield _Stored(key, row[0], words_of(row[1], unpack_spans(row[2])))


def _candidates(conn: sqlite3.Connection, key: int, sketch: Sequence[int]) -> list[int]:
    """The documents that share enough fingerprints with this one, those that share most first."""
    every = f"{_ALL_POSTINGS} LIMIT {_MANY_POSTINGS}"
    shared = Counter(row[0] for row in conn.execute(every, {"hashes": json.dumps(sketch)}))
    if shared.total() == _MANY_POSTINGS:
        shared.clear()
        for hash_ in sketch:
            shared.update(row[0] for row in conn.execute(_SOME_POSTINGS, {"hash": hash_, "limit": _POSTINGS}))
    del shared[key]
    sizes = conn.execute(
        "SELECT document, length(fingerprints) / 8 FROM sketches WHERE document IN (SELECT value FROM json_each(?))",
        (json.dumps(list(shared)),),
    )
    worth = [other for other, size in sizes if shared[other] >= _WORTH_COMPARING * min(len(sketch), size)]
    return sorted(worth, key=lambda other: (-shared[other], other))[:_COMPARED]


def origins(conn: sqlite3.Connection, doc_ids: Iterable[str]) -> dict[str, str]:
    """The id of the first of its copies for each document: the first published, then the first indexed; itself where it has
    none, or is not in the archive."""
    wanted = list(dict.fromkeys(doc_ids))
    found = {id_: id_ for id_ in wanted}
    if conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'copies'").fetchone() is None:
        return found  # made by an earlier Sverka, and not written to since
    rows = conn.execute(_PLACED.format("id"), (json.dumps(wanted),)).fetchall()
    places = {key: (_moment(published), key, id_) for key, id_, published in rows}
    source: dict[int, int] = {}
    while open_ := [key for key in places if key not in source]:
        pairs = conn.execute(
            "SELECT document, other FROM copies WHERE document IN (SELECT value FROM json_each(?))", (json.dumps(open_),)
        ).fetchall()
        unknown = json.dumps(list({other for _, other in pairs} - places.keys()))
        others = places | {
            key: (_moment(published), key, id_) for key, id_, published in conn.execute(_PLACED.format("key"), (unknown,))
        }
        source |= {key: key for key in open_}
        for key, other in pairs:
            if other in others and others[other] < others[source[key]]:
                source[key] = other
        places |= {other: others[other] for other in source.values()}
    for key, id_, _ in rows:
        while source[key] != key:
            key = source[key]
        found[id_] = places[key][2]
    return found


def _moment(published: str | None) -> datetime:
    """When a document was published, to compare by: one without a time at its day's end, one without a date last."""
    if published is None:
        return datetime.max
    if "T" not in published:
        return datetime.combine(date.fromisoformat(published), time.max)
    moment = datetime.fromisoformat(published)
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)
