"""Any CrossEncoder of sentence-transformers, by hub name or local folder: it reads a question and a text together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rag.embed.hub import load_any
from rag.settings import Settings

_BATCH = 16


class CrossScorer:
    """Scores (question, text) pairs, the higher the better the text answers. Raises EmbedderError where it cannot be loaded."""

    def __init__(self, name: str, settings: Settings) -> None:
        self._model: Any = load_any("CrossEncoder", name, settings, "The reranker", "SVERKA_RERANKER")

    def __call__(self, question: str, texts: Sequence[str]) -> list[float]:
        pairs = [(question, text) for text in texts]
        return [float(score) for score in self._model.predict(pairs, batch_size=_BATCH, show_progress_bar=False)]
