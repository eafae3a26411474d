"""The chat page: ask, read the answer, and check every sentence of it beside its source."""

from ui.server import serve

__all__ = ["serve"]
