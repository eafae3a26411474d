"""How each word of a sentence goes with each word of a question, in meaning and across languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.index.codec import Vectors


@dataclass(frozen=True)
class WordMatch:
    """The words of a question, shape (n, dim), their `terms`, folded, what each is worth (they sum to 1), and the signs of a
    sentence's telling words.

    The sentence's words are those between spaces that are no stopwords, in order.
    """

    asked: Vectors
    terms: tuple[str, ...]
    weights: NDArray[np.float64]
    codes: NDArray[np.uint8]

    @cached_property
    def similar(self) -> NDArray[np.float32]:
        """Cosines, shape (words of the sentence, words of the question)."""
        dim = self.asked.shape[1]
        signs = np.unpackbits(self.codes, axis=1, count=dim).astype(np.float32)
        found: NDArray[np.float32] = (2 * (signs @ self.asked.T) - self.asked.sum(axis=1)) / np.sqrt(dim, dtype=np.float32)
        return found
