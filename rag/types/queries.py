"""What is asked of the archive, and the passages found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from rag.errors import QueryError
from rag.types.base import LANGUAGES, Span, iso
from rag.types.documents import Document, Passage

Mode = Literal["hybrid", "dense", "lexical"]
MODES: tuple[Mode, ...] = ("hybrid", "dense", "lexical")

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Query:
    """A question or a search, with its filters. Empty filters mean all; dates are inclusive.

    An undated document never matches a date filter, nor an outlet-less one an outlet filter.
    Raises QueryError where a value is malformed.
    """

    text: str
    k: int = 10
    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    mode: Mode = "hybrid"

    def __post_init__(self) -> None:
        if not isinstance(self.text, str) or not self.text.strip():
            raise QueryError("The question is empty. Write a question or some words to search for.")
        if "\x00" in self.text or _SURROGATE.search(self.text):
            raise QueryError("The question holds a NUL character or half of a surrogate pair. Write it as plain text.")
        if not isinstance(self.k, int) or isinstance(self.k, bool) or self.k < 1:
            raise QueryError(f"k is {self.k!r}. It is the number of passages wanted: 1 or more.")
        for name in ("languages", "outlets"):
            value = getattr(self, name)
            if isinstance(value, str) or not isinstance(value, Iterable | None):
                raise QueryError(f"{name} is {value!r}. Give a list of strings, even of one.")
            object.__setattr__(self, name, tuple(value or ()))
            if wrong := [item for item in getattr(self, name) if not isinstance(item, str) or _SURROGATE.search(item)]:
                raise QueryError(f"{name} holds {wrong[0]!r}, which is not plain text. Give a list of strings.")
        for code in self.languages:
            if code not in LANGUAGES:
                raise QueryError(f"Language {code!r} is not an ISO 639-1 code. Use two small letters, such as ru, bg or en.")
        for name in ("since", "until"):
            value = getattr(self, name)
            if isinstance(value, datetime):
                object.__setattr__(self, name, value.date())
            elif value is not None and not isinstance(value, date):
                raise QueryError(f"{name} is {value!r}. It is a date, written YYYY-MM-DD.")
        if self.since and self.until and self.since > self.until:
            raise QueryError(f"since ({self.since}) is later than until ({self.until}). Exchange them.")
        if self.mode not in MODES:
            raise QueryError(f"mode is {self.mode!r}. It is one of {', '.join(MODES)}.")

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return bool(self.languages or self.outlets or self.since or self.until)

    def to_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "k": self.k,
            "languages": list(self.languages),
            "outlets": list(self.outlets),
            "since": iso(self.since),
            "until": iso(self.until),
            "mode": self.mode,
        }


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query. `score` orders the hits of one query and means nothing across queries.

    `dense_rank` and `lexical_rank` are 1 for the best of that index, None where it did not find the passage.
    """

    passage: Passage
    document: Document
    score: float
    dense_rank: int | None
    lexical_rank: int | None
    best_sentence: Span

    def __post_init__(self) -> None:
        if self.dense_rank is None and self.lexical_rank is None:
            raise ValueError("a hit was found by at least one index")
        if self.best_sentence not in self.passage.sentences:
            raise ValueError(f"best sentence {self.best_sentence} is not a sentence of the passage")

    @property
    def text(self) -> str:
        """The passage's own words."""
        return self.document.text[self.passage.start : self.passage.end]

    def to_dict(self) -> dict[str, Any]:
        start, end = self.best_sentence
        return {
            "doc_id": self.document.id,
            "start": self.passage.start,
            "end": self.passage.end,
            "score": self.score,
            "dense_rank": self.dense_rank,
            "lexical_rank": self.lexical_rank,
            "best_sentence": {"start": start, "end": end, "text": self.document.text[start:end]},
        }
