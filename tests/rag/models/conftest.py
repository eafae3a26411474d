"""A real small model, and a small server that says what a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

Respond = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    seen: list[tuple[str, dict[str, str], dict[str, Any]]]


@contextmanager
def _serving(respond: Respond) -> Iterator[_Server]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
            server.seen.append((self.path, dict(self.headers), body))
            respond(self, body)

        do_GET = do_POST = answer  # noqa: N815 - the names that the standard library calls

        def log_message(self, *_: object) -> None:
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    server.seen = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def serve() -> Iterator[Callable[[Respond], tuple[str, list[Any]]]]:
    """`serve(respond)` starts a server and returns its address and the list of what it was asked: (path, headers, body)."""
    running = []

    def start(respond: Respond) -> tuple[str, list[Any]]:
        made = _serving(respond)
        server = made.__enter__()
        running.append(made)
        return f"http://127.0.0.1:{server.server_port}", server.seen

    yield start
    for made in running:
        made.__exit__(None, None, None)


def say(handler: BaseHTTPRequestHandler, status: int, value: object) -> None:
    """One JSON answer."""
    data = json.dumps(value).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def stream(handler: BaseHTTPRequestHandler, pieces: list[str], *, finish: bool = True) -> None:
    """A streamed chat answer; without `finish` the line drops after the last piece."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.end_headers()
    for piece in pieces:
        chunk = {"choices": [{"delta": {"content": piece}, "finish_reason": None}]}
        handler.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")
        handler.wfile.flush()
    if finish:
        handler.wfile.write(b"data: [DONE]\n\n")


@pytest.fixture
def wire() -> Any:
    """`wire.say` and `wire.stream`, for the responses of `serve`."""

    class Wire:
        pass

    Wire.say, Wire.stream = staticmethod(say), staticmethod(stream)  # type: ignore[attr-defined]
    return Wire
