"""A sentence as the verifier reads it: words with their lemmas and vectors, names, values and quotations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import numpy as np

from rag.embed.base import Embedder, Vectors
from rag.text import lemmas, tokenize
from rag.text.language import detect
from rag.text.names import Name, names
from rag.text.stopwords import function_words
from rag.types import Hit, Span, day
from rag.values import Value, read_values

_KEPT = 4096  # sentences of sources whose reading is remembered
_FEW = 2  # words that tell no language
LONGEST = 2000  # characters of a drafted sentence; no language model means more by one
_CLAUSE = re.compile(r"[;:()]|\s[—–-]\s|,")
_QUOTED = re.compile(r"«([^«»]+)»|„([^„“”]+)[“”]|“([^“”]+)”|\"([^\"]+)\"|”([^”]+)”")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence. `text` is folded; `capital` says how it is written; `telling` that it is no function word."""

    text: str
    lemma: str
    start: int
    end: int
    capital: bool
    telling: bool


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """A sentence read. Offsets count code points of `text`. `vectors` has a row a word; of words without one it is zero.

    `clause[i]` numbers the clause of word i.
    """

    text: str
    language: str
    words: tuple[Word, ...]
    vectors: Vectors
    values: tuple[Value, ...]
    names: tuple[Name, ...]
    quotes: tuple[Span, ...]
    clause: tuple[int, ...]

    def places(self, start: int, end: int) -> range:
        """The places of the words that lie in `text[start:end]`."""
        inside = [i for i, word in enumerate(self.words) if word.start < end and start < word.end]
        return range(inside[0], inside[-1] + 1) if inside else range(0)


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A sentence of a cited passage: `document.text[start:end]`; `mark` is the number of the passage."""

    mark: int
    hit: Hit
    start: int
    end: int
    read: Read


def language_of(text: str, language: str | None) -> str:
    """bg, ru or en: the language named, where it is one of them, else the one that the text is in."""
    if language in ("bg", "ru", "en"):
        return language
    own = _QUOTED.sub(" ", text)
    found = detect(own if len(own.split()) > _FEW else text)  # a quotation stays in the language of its source
    if found in ("bg", "ru", "en"):
        return found
    cyrillic = sum("\u0400" <= char <= "\u04ff" for char in text)
    return "en" if cyrillic * 2 < sum(map(str.isalpha, text)) else "ru" if set(text) & set("ыэёЫЭЁ") else "bg"


def read(
    text: str,
    language: str,
    published: date | datetime | None,
    embedder: Embedder | None,
    *,
    named: tuple[Name, ...] | None = None,
) -> Read:
    """`text`, one sentence, read. `named` are its names, where they are known from what is around it."""
    tokens = tokenize(text)
    bases = lemmas(text, language)
    ignored = function_words(language)
    words = tuple(
        Word(token.text, base, token.start, token.end, text[token.start].isupper(), token.text not in ignored)
        for token, base in zip(tokens, bases, strict=True)
    )
    vectors = _vectors(text, words, embedder)
    quotes = tuple((m.start(m.lastindex or 0), m.end(m.lastindex or 0)) for m in _QUOTED.finditer(text))
    values = read_values(text, language, published=published)
    found = names(text, language) if named is None else named
    return Read(text, language, words, vectors, values, found, quotes, _clauses(text, words))


def _clauses(text: str, words: Sequence[Word]) -> tuple[int, ...]:
    number, before, found = 0, 0, []
    for word in words:
        if _CLAUSE.search(text, before, word.start):
            number += 1
        found.append(number)
        before = word.end
    return tuple(found)


def _vectors(text: str, words: Sequence[Word], embedder: Embedder | None) -> Vectors:
    if embedder is None or not words:
        return np.zeros((len(words), 1 if embedder is None else embedder.dim), dtype=np.float32)
    found = embedder.embed_question(text)
    vectors: Vectors = np.zeros((len(words), embedder.dim), dtype=np.float32)
    place = 0
    for name, vector in zip(found.names, found.words, strict=True):
        at = next((i for i in range(place, len(words)) if words[i].text == name), None)
        if at is not None:
            vectors[at], place = vector, at + 1
    return vectors


@lru_cache(maxsize=_KEPT)
def _read_source(text: str, language: str, published: date | None, embedder: Any, named: tuple[Name, ...]) -> Read:
    return read(text, language, published, embedder, named=named)


@lru_cache(maxsize=_KEPT // 8)
def names_of(text: str, language: str) -> tuple[Name, ...]:
    """The names in a passage or a document, remembered."""
    return names(text, language)


def _within(named: Sequence[Name], start: int, end: int) -> tuple[Name, ...]:
    """Those of the names that lie in a part of the text, by their places in that part."""
    inside = (name for name in named if start <= name.start and name.end <= end)
    return tuple(Name(name.text, name.start - start, name.end - start, name.keys) for name in inside)


def sources(marks: Sequence[int], hits: Sequence[Hit], embedder: Embedder | None) -> list[Source]:
    """The sentences of the passages with these numbers, in order, without those that hold words that are not the article's."""
    found = []
    shared: Any = embedder  # a key of the cache: one object, one model
    for mark in marks:
        hit = hits[mark - 1]
        published = None if hit.document.published is None else day(hit.document.published)
        named = names_of(hit.text, language_of(hit.text, hit.document.language))
        for start, end in hit.passage.sentences:
            if any(start < high and low < end for low, high in hit.document.skipped):
                continue
            text = hit.document.text[start:end]
            language = language_of(text, hit.document.language)
            inside = _within(named, start - hit.passage.start, end - hit.passage.start)
            found.append(Source(mark, hit, start, end, _read_source(text, language, published, shared, inside)))
    return found
