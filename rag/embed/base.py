"""What every embedder offers, whichever model it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
# The signs of a text's word vectors, one bit a dimension: shape (words, dim / 8).
WordCodes = NDArray[np.uint8]
OnBatch = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class QuestionVectors:
    """A question's vector, shape (dim,), and its words', shape (n, dim), with the folded form of each.

    No words from an embedder that does not tell them apart: shape (0, dim).
    """

    vector: Vectors
    words: Vectors
    names: tuple[str, ...]


class Embedder(Protocol):
    """Turns texts into vectors of length 1, whose dot product is the similarity of meaning.

    Attributes:
        dim: numbers in a vector.
        max_tokens: the most tokens of a text, as `count_tokens` counts them, that its vector is made from.
        stamp: everything that changes vectors: model, weights, prefixes, quantisation, sizes. Two embedders with equal
            stamps give the same vectors.
    """

    @property
    def dim(self) -> int: ...

    @property
    def max_tokens(self) -> int: ...

    @property
    def stamp(self) -> Mapping[str, str | int]: ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """One vector a question, in the order given: shape (len(texts), dim). A text beyond `max_tokens` is cut there."""
        ...

    def embed_passages(self, texts: Sequence[str], *, on_batch: OnBatch | None = None) -> Vectors:
        """One vector a passage or sentence, in the order given: shape (len(texts), dim). Beyond `max_tokens` a text is cut.

        `on_batch(done, total)` is told after each batch how many texts are done. An interruption passes through.
        """
        ...

    def embed_sentences(
        self, texts: Sequence[str], *, on_batch: OnBatch | None = None
    ) -> tuple[Vectors, Sequence[WordCodes] | None]:
        """Vectors as `embed_passages` gives them, and for each text the codes of its telling words.

        None in the place of the codes from an embedder that does not tell words apart.
        """
        ...

    def embed_question(self, text: str) -> QuestionVectors:
        """One question's vector, as `embed_queries` gives it, and its words'."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text itself, without prefix and without those that mark the ends."""
        ...
