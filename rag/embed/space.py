"""What the bundled model's vectors are brought through before use: fitted once, by `eval/fit_space.py`, and kept as data.

Vectors of texts. The model puts texts of one language nearer to each other than meaning warrants, so that a question finds
its own language first. The directions in which the languages' means differ are taken out of every vector (Yang et al. 2021,
self language bias in multilingual representations), and a share of the mean of all. Measured on XQuAD, the right passage first:
.883 to .907 from English to Russian, .883 to .899 back; both versions in the first ten: .74 to .98.

Vectors of words, for late interaction. The model's state at a word's pieces, averaged; less a share of its sentence's mean, which
says what the sentence is about rather than the word; partly whitened (variances to the power of 1 - _WHITEN); and of a text's
words only the signs are kept, one bit a dimension, which costs nothing measurable.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.embed.base import Vectors, WordCodes
from rag.matrix import product

# Shares, and the power of whitening, that measured best on XQuAD and FLORES.
_MEAN_SHARE = 0.3
_SENTENCE_SHARE = 0.6
_WHITEN = 0.3

FILE = "e5-small-space.npz"


@dataclass(frozen=True)
class Space:
    """`mean` (dim,) and `languages` (n, dim), orthonormal, of texts; `word_mean` (dim,) and `word_map` (dim, dim) of words."""

    mean: Vectors
    languages: Vectors
    word_mean: Vectors
    word_map: Vectors

    def neutral(self, vectors: Vectors) -> Vectors:
        """Vectors of texts, shape (n, dim), without what is common to all and to their languages; of length 1."""
        vectors = vectors - np.float32(_MEAN_SHARE) * self.mean
        return unit(vectors - (vectors @ self.languages.T) @ self.languages)

    def word_vectors(self, states: Vectors) -> Vectors:
        """A question's words, shape (n, dim), of length 1."""
        return unit(product(states - self.word_mean, self.word_map))

    def word_codes(self, states: Vectors) -> WordCodes:
        """The signs of a text's words, shape (n, dim / 8): one bit a dimension, 1 where positive."""
        centred = states - self.word_mean
        centred -= _SENTENCE_SHARE * centred.mean(axis=0)
        return np.packbits(product(centred, self.word_map) > 0, axis=1)


def unit(vectors: NDArray[np.floating]) -> Vectors:
    """The same directions at length 1, shape (n, dim)."""
    scaled: Vectors = (vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)).astype(np.float32)
    return scaled


def fit(texts: dict[str, Vectors], words: Vectors) -> Space:
    """A space from vectors of the same texts in several languages, by language (n, dim), and from words of all (n, dim)."""
    means = np.stack([vectors.mean(axis=0) for vectors in texts.values()])
    mean = means.mean(axis=0)
    _, _, directions = np.linalg.svd(means - mean, full_matrices=False)
    word_mean = words.mean(axis=0)
    variances, axes = np.linalg.eigh(np.cov((words - word_mean).T.astype(np.float64)))
    # A turn that mixes all axes, so that each sign says as much as any other; any fixed one serves.
    turn = np.linalg.qr(np.random.default_rng(0).normal(size=axes.shape))[0]
    word_map = (axes / variances ** (_WHITEN / 2)) @ turn
    return Space(mean, directions[: len(texts) - 1], word_mean, word_map.astype(np.float32))


@cache
def load_space() -> Space:
    """The space that is shipped with the program."""
    with as_file(files("rag.embed") / FILE) as path, np.load(path) as data:
        return Space(*(data[name].astype(np.float32) for name in ("mean", "languages", "word_mean", "word_map")))


@cache
def space_sha256() -> str:
    """What names the shipped space in an archive's stamp."""
    return hashlib.sha256((files("rag.embed") / FILE).read_bytes()).hexdigest()[:16]


def save_space(space: Space, path: Path) -> None:
    """Write `space` as `load_space` reads it; its map takes 16 bits a number."""
    word_map = space.word_map.astype(np.float16)
    np.savez(path, mean=space.mean, languages=space.languages, word_mean=space.word_mean, word_map=word_map)
