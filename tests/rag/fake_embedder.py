"""An embedder for tests: a bag of words, each word hashed to a direction. No model, no weights, the same in every process."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b

import numpy as np

from rag.embed.base import QuestionVectors
from rag.settings import Settings
from rag.types import Progress

DIM = 64


def direction(word: str) -> np.ndarray:
    seed = int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")
    return np.random.default_rng(seed).standard_normal(DIM).astype(np.float32)


class FakeEmbedder:
    """Counts what it embeds: `passages` and `sentences` are the texts, in the order embedded."""

    def __init__(self, name: str = "fake", *, max_tokens: int = 512) -> None:
        self.dim = DIM
        self.max_tokens = max_tokens
        self.stamp: Mapping[str, str | int] = {"embedder": name, "dim": DIM, "query_prefix": "q: ", "passage_prefix": "p: "}
        self.passages: list[str] = []
        self.sentences: list[str] = []
        self._name = "" if name == "fake" else name

    def _vectors(self, texts: Sequence[str]) -> np.ndarray:
        rows = []
        for text in texts:
            words = re.findall(r"\w+", text.lower()) or ["nothing"]
            total = np.sum([direction(self._name + word) for word in words], axis=0)
            rows.append(total / np.linalg.norm(total))
        return np.array(rows, dtype=np.float32).reshape(len(texts), DIM)

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        return self._vectors(texts)

    def embed_passages(self, texts: Sequence[str], *, on_batch: Callable[[int, int], None] | None = None) -> np.ndarray:
        self.passages.extend(texts)
        return self._vectors(texts)

    def embed_sentences(
        self, texts: Sequence[str], *, on_batch: Callable[[int, int], None] | None = None
    ) -> tuple[np.ndarray, None]:
        self.sentences.extend(texts)
        return self._vectors(texts), None

    def embed_question(self, text: str) -> QuestionVectors:
        return QuestionVectors(self._vectors([text])[0], np.empty((0, DIM), np.float32), ())

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


def load(settings: Settings, *, on_progress: Callable[[Progress], None] | None = None) -> FakeEmbedder:
    """In the place of rag.embed.load_embedder."""
    return FakeEmbedder("fake" if settings.embedder == "bundled" else settings.embedder)
