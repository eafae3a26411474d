"""The vectors of new passages and their sentences: each text is embedded once, however often it occurs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from rag.index.codec import (
    Vectors,
    WordCodes,
    pack_sentences,
    pack_vector,
    pack_words,
    text_hash,
    unpack_sentences,
    unpack_words,
)
from rag.index.keys import pack_keys, sentence_keys
from rag.index.lexical import lexical_fields
from rag.index.writer import NewPassage, Writer
from rag.types import Document, Span

# Texts handed to the embedder at once; it makes its own batches of them.
_AT_ONCE = 2048


class Chunk(Protocol):
    """A passage to be: its span in the document, and its sentences."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def sentences(self) -> tuple[Span, ...]: ...


class TextEmbedder(Protocol):
    """What turns texts into vectors of length 1, in the order given."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dim)."""
        ...

    def embed_sentences(self, texts: Sequence[str]) -> tuple[Vectors, Sequence[WordCodes] | None]:
        """The same, with the codes of each text's words; None from an embedder that does not tell words apart."""
        ...


@dataclass(frozen=True, slots=True)
class _Part:
    """A passage with its text and those of its sentences, and the hashes of all of them."""

    document: Document
    chunk: Chunk
    text: str
    sentences: tuple[str, ...]
    hash: int
    sentence_hashes: tuple[int, ...]

    @classmethod
    def of(cls, document: Document, chunk: Chunk) -> _Part:
        text = document.text[chunk.start : chunk.end]
        sentences = tuple(document.text[start:end] for start, end in chunk.sentences)
        return cls(document, chunk, text, sentences, text_hash(text), tuple(map(text_hash, sentences)))


@dataclass(frozen=True, slots=True)
class _Sentence:
    vector: Vectors
    words: WordCodes | None


def new_passages(
    documents: Sequence[tuple[Document, Sequence[Chunk]]], writer: Writer, embedder: TextEmbedder
) -> Iterator[list[NewPassage]]:
    """The passages of each document, with their vectors: taken from the archive where it has the text, else embedded."""
    parts = [[_Part.of(document, chunk) for chunk in chunks] for document, chunks in documents]
    flat = [part for of_document in parts for part in of_document]
    sentences = _sentences(flat, writer, embedder)
    passages = _passages(flat, sentences, writer, embedder)
    for of_document in parts:
        yield [_new_passage(part, passages[part.hash], sentences) for part in of_document]


def _sentences(parts: Sequence[_Part], writer: Writer, embedder: TextEmbedder) -> dict[int, _Sentence]:
    wanted = {hash_: text for part in parts for hash_, text in zip(part.sentence_hashes, part.sentences, strict=True)}
    found = {
        hash_: _Sentence(unpack_sentences(data, count)[ordinal], unpack_words(words, count)[ordinal] if words else None)
        for hash_, ordinal, count, data, words in writer.sentence_vectors(wanted)
    }
    missing = [hash_ for hash_ in wanted if hash_ not in found]
    for hashes in _slices(missing):
        vectors, words = embedder.embed_sentences([wanted[hash_] for hash_ in hashes])
        codes = [None] * len(hashes) if words is None else words
        found.update(zip(hashes, map(_Sentence, vectors, codes), strict=True))
    return found


def _passages(
    parts: Sequence[_Part], sentences: Mapping[int, _Sentence], writer: Writer, embedder: TextEmbedder
) -> dict[int, bytes]:
    wanted = {part.hash: part.text for part in parts}
    found = dict(writer.passage_vectors(wanted))
    # A passage of one sentence has that sentence's vector.
    found |= {hash_: pack_vector(sentences[hash_].vector) for hash_ in wanted.keys() - found.keys() if hash_ in sentences}
    missing = [hash_ for hash_ in wanted if hash_ not in found]
    for hashes in _slices(missing):
        vectors = embedder.embed_passages([wanted[hash_] for hash_ in hashes])
        found.update(zip(hashes, map(pack_vector, vectors), strict=True))
    return found


def _slices(hashes: Sequence[int]) -> Iterator[Sequence[int]]:
    return (hashes[start : start + _AT_ONCE] for start in range(0, len(hashes), _AT_ONCE))


def _new_passage(part: _Part, vector: bytes, sentences: Mapping[int, _Sentence]) -> NewPassage:
    own = [sentences[hash_] for hash_ in part.sentence_hashes]
    words = [sentence.words for sentence in own if sentence.words is not None]
    return NewPassage(
        start=part.chunk.start,
        end=part.chunk.end,
        sentences=part.chunk.sentences,
        text_hash=part.hash,
        sentence_hashes=part.sentence_hashes,
        vector=vector,
        sentence_vectors=pack_sentences(np.stack([sentence.vector for sentence in own])),
        words=pack_words(words),
        lexical=lexical_fields(part.document, part.chunk.start, part.chunk.end),
        lemmas=pack_keys(sentence_keys(part.document, part.chunk.sentences)),
    )
