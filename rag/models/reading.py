"""The one place where a model is called: its words as they come, from a thread that can be left at any moment."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing, suppress
from queue import Empty, Full, Queue
from threading import Event as Flag
from threading import Thread
from typing import Any

from rag.errors import ModelError
from rag.models.base import Caught, Messages, Writer
from rag.settings import without_secrets

TICK = 0.25  # seconds between two chances to stop
_WAITING = 32  # pieces that may wait to be read
_SAID = 300  # characters of an error that a reader sees


def pieces(writer: Writer, messages: Messages) -> Generator[str, None, None]:
    """The pieces of text that the model writes; an empty one at times while it writes none.

    Closing it tells the thread that reads the model to let it go, and does not wait for that. Whatever goes wrong on the way is
    raised as ModelError. LangChain's tracing, which an environment variable turns on for all programs, is off: it would send the
    passages to its makers.
    """
    queue: Queue[str | _End] = Queue(_WAITING)
    stop = Flag()

    def put(item: str | _End) -> None:
        while not stop.is_set():
            with suppress(Full):
                queue.put(item, timeout=TICK)
                return

    def read() -> None:
        from langsmith import tracing_context

        with Caught() as caught, tracing_context(enabled=False):
            stream: Any = writer.chat.stream(list(messages))
            with closing(stream):
                for chunk in stream:
                    if stop.is_set():
                        break
                    put(str(chunk.text))
        put(_End(caught.error))

    Thread(target=read, name="drafting", daemon=True).start()
    try:
        while True:
            try:
                item = queue.get(timeout=TICK)
            except Empty:
                yield ""
                continue
            if isinstance(item, _End):
                if item.error is not None:
                    raise _told(writer, item.error)
                return
            yield item
    finally:
        stop.set()


def written(writer: Writer, messages: Messages, *, most: int, stop: Flag | None = None) -> str:
    """What the model writes, up to `most` characters, or until `stop` is set. Raises ModelError."""
    text = ""
    with closing(pieces(writer, messages)) as found:
        for piece in found:
            text += piece
            if len(text) >= most or (stop is not None and stop.is_set()):
                break
    return text[:most]


class _End:
    def __init__(self, error: Exception | None) -> None:
        self.error = error


def _told(writer: Writer, error: Exception) -> ModelError:
    said = without_secrets(" ".join(str(error).split()))[:_SAID] or type(error).__name__
    told = ModelError(said if isinstance(error, ModelError) else f"{writer.name} failed: {said}")
    told.__cause__ = error
    return told
