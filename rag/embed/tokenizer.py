"""The bundled model's tokenizer: XLM-R's unigram pieces, split by Viterbi, from tables mapped into memory.

A general tokenizer library reads the 250,002 pieces into a trie at every start (a third of a second and 300 MB, measured);
these tables are sorted once, mapped at start for nothing, and searched for the few substrings of the words at hand. No piece
has the word mark anywhere but at its front, so that the best split of a text is the best splits of its words, and a word seen
before costs one look-up.

The ids are those of the wheel's own tokenizer: replacements code point by code point, runs of spaces as one, and each
character that no piece covers as one unknown.
"""

from __future__ import annotations

import json
import math
import re
from functools import lru_cache
from pathlib import Path

import numpy as np

from rag.embed.pack import Vocabulary

_MARK = "\u2581"  # stands for the space before a word
_SPACES = re.compile("  +")
_UNKNOWN_PENALTY = 10.0  # below the least likely piece, as sentencepiece has it
_WORDS_KEPT = 1 << 16

_PIECES, _IDS, _SCORES, _LETTERS, _REST = "pieces.npy", "ids.npy", "scores.npy", "letters.npy", "tokenizer.json"


def write_tables(vocabulary: Vocabulary, folder: Path) -> None:
    """Write what Tokenizer maps: the pieces sorted by code points, their ids and scores, and the replacements."""
    pieces = np.array(vocabulary.pieces)
    order = np.argsort(pieces, kind="stable")
    np.save(folder / _PIECES, pieces[order])
    np.save(folder / _IDS, order.astype(np.int32))
    np.save(folder / _SCORES, vocabulary.scores[order])
    np.save(folder / _LETTERS, np.array([any(map(str.isalnum, piece)) for piece in vocabulary.pieces]))
    rest = {
        "bos": vocabulary.bos,
        "eos": vocabulary.eos,
        "unk": vocabulary.unk,
        "unk_score": float(vocabulary.scores.min()) - _UNKNOWN_PENALTY,
        "replacements": {**vocabulary.replacements, 0: ""},
    }
    (folder / _REST).write_text(json.dumps(rest), encoding="utf-8")


class Tokenizer:
    """Splits text into the model's ids. `bos` and `eos` stand at the ends of what the model reads; they are not in `ids`."""

    def __init__(self, folder: Path) -> None:
        self._pieces = np.load(folder / _PIECES, mmap_mode="r")
        self._ids = np.load(folder / _IDS, mmap_mode="r")
        self._scores = np.load(folder / _SCORES, mmap_mode="r")
        self._letters = np.load(folder / _LETTERS, mmap_mode="r")
        rest = json.loads((folder / _REST).read_text(encoding="utf-8"))
        self.bos: int = rest["bos"]
        self.eos: int = rest["eos"]
        self._unk: int = rest["unk"]
        self._unk_score: float = rest["unk_score"]
        self._replacements = {int(point): text for point, text in rest["replacements"].items()}
        self._longest = self._pieces.dtype.itemsize // 4  # numpy keeps four bytes a code point
        self._word = lru_cache(maxsize=_WORDS_KEPT)(self._split)

    def ids(self, text: str) -> list[int]:
        """The text's ids, without the two that stand at the ends."""
        return [i for _, ids in self.words(text) for i in ids]

    def words(self, text: str) -> list[tuple[str, tuple[int, ...]]]:
        """The text's words, as they stand between spaces, with the ids of each."""
        text = _SPACES.sub(" ", text.translate(self._replacements))
        return [(word, self._word(_MARK + word)) for word in text.removeprefix(" ").split(" ")]

    def has_letters(self, id_: int) -> bool:
        """Whether a piece has a letter or a figure, and is not punctuation alone."""
        return bool(self._letters[id_])

    def _split(self, word: str) -> tuple[int, ...]:
        """The most likely pieces of one word (Viterbi over all substrings that are pieces)."""
        spans = [(i, j) for i in range(len(word)) for j in range(i + 1, min(i + self._longest, len(word)) + 1)]
        texts = np.array([word[i:j] for i, j in spans], dtype=self._pieces.dtype)
        places = np.minimum(np.searchsorted(self._pieces, texts), len(self._pieces) - 1)
        known = (self._pieces[places] == texts) & (self._ids[places] != self._unk)
        best = [0.0] + [-math.inf] * len(word)
        back = [(0, self._unk)] * (len(word) + 1)
        for (i, j), found, score, piece in zip(
            spans, known.tolist(), self._scores[places].tolist(), self._ids[places].tolist(), strict=True
        ):
            if found and best[i] + score > best[j]:
                best[j], back[j] = best[i] + score, (i, piece)
            if j == i + 1 and best[i] + self._unk_score > best[j]:
                best[j], back[j] = best[i] + self._unk_score, (i, self._unk)
        ids = []
        end = len(word)
        while end:
            end, piece = back[end]
            ids.append(piece)
        return tuple(reversed(ids))
