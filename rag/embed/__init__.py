"""Texts to vectors: the bundled model, or any sentence-transformers model."""

from __future__ import annotations

from collections.abc import Callable

from rag.embed.base import Embedder, OnBatch, Vectors
from rag.settings import Settings
from rag.types import Progress

__all__ = ["Embedder", "OnBatch", "Vectors", "load_embedder"]


def load_embedder(settings: Settings, *, on_progress: Callable[[Progress], None] | None = None) -> Embedder:
    """The embedder that the settings name, ready to use.

    `on_progress` hears of the bundled model's one-time preparation. Raises EmbedderError (PackageMissing among them) where the
    model cannot be loaded.
    """
    if settings.embedder == "bundled":
        from rag.embed.bundled import BundledEmbedder

        return BundledEmbedder(settings, on_progress=on_progress)
    from rag.embed.hub import HubEmbedder

    return HubEmbedder(settings)
