"""What every embedder offers, whichever model it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
OnBatch = Callable[[int, int], None]


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

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text itself, without prefix and without those that mark the ends."""
        ...
