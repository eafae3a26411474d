"""The lemmas and names of each sentence of a passage, kept as numbers, so that ranking need not find them at every search.

Lemmatising the 200 sentences of a search's candidates takes 7 ms, and 10 when their words are new to the process; looking
their keys up takes 0.2. A lemma's key is the CRC-32 of its UTF-8: among the 4,000 lemmas of the candidates and ten words of a
question, one is taken for another in one of 100,000 searches. A name has several keys, one for each way to read it
(`rag.text.names`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from rag.text import lemmas
from rag.text.names import name_keys
from rag.types import Document, Span

Keys = NDArray[np.uint32]

# Raise it whenever `rag.text` comes to give other lemmas or names: the next indexing then makes anew what was made of the old.
RECIPE = 2


def word_key(word: str) -> int:
    """The key of a lemma."""
    return crc32(word.encode())


def as_name(key: str) -> str:
    """A name's key as it stands among the lemmas."""
    return f"name {key}"


def sentence_keys(document: Document, sentences: Sequence[Span]) -> tuple[Keys, ...]:
    """The keys of the lemmas and names of each sentence, each once."""
    text, language = document.text, document.language
    parts = [text[start:end] for start, end in sentences]
    words = (dict.fromkeys((*lemmas(part, language), *map(as_name, name_keys(part)))) for part in parts)
    return tuple(np.array([word_key(word) for word in of_sentence], dtype="<u4") for of_sentence in words)


def pack_keys(sentences: Sequence[Keys]) -> bytes:
    """How many keys each sentence has, as 16-bit numbers, then all of them."""
    counts = np.array([len(keys) for keys in sentences], dtype="<u2")
    return counts.tobytes() + b"".join(keys.tobytes() for keys in sentences)


def unpack_keys(data: bytes, count: int) -> tuple[Keys, ...]:
    """The keys of each of `count` sentences."""
    counts = np.frombuffer(data, dtype="<u2", count=count).tolist()
    keys = np.frombuffer(data, dtype="<u4", offset=2 * count)
    return tuple(keys[end - length : end] for end, length in zip(accumulate(counts), counts, strict=True))


def holding(sentences: Sequence[Keys], words: Sequence[str]) -> NDArray[np.bool_]:
    """Which of the sentences has which of the words among its lemmas: shape (len(sentences), len(words))."""
    held = np.zeros((len(sentences), len(words)), dtype=bool)
    counts = np.array([len(keys) for keys in sentences])
    filled = np.flatnonzero(counts)
    if len(filled) and words:
        found = np.concatenate(sentences)[:, None] == np.array([word_key(word) for word in words], dtype=np.uint32)
        begins = np.concatenate(([0], np.cumsum(counts)))[:-1][filled]
        held[filled] = np.logical_or.reduceat(found, begins, axis=0)
    return held
