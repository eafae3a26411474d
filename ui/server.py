"""Serving the chat page on this machine: the port, the headers, the start and the end."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rag import Archive, Assistant, SettingsError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

DEFAULT_PORT = 7860
_TRIED_PORTS = 100
_LOOPBACK = ("127.0.0.1", "localhost", "::1")

# The page may fetch from its own origin and from nowhere else, whatever a document or a component puts into it. Gradio's
# components are made from templates, which takes 'unsafe-eval', and its start page has inline scripts and styles.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)


class Headers:
    """ASGI middleware that adds the headers above to every response; streams pass through untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS]
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def serve(
    archive: Archive,
    *,
    models: Mapping[str, Assistant] | None = None,
    host: str = "127.0.0.1",
    port: int | None = None,
    open_browser: bool = False,
) -> None:
    """Serve the chat page over an archive until Ctrl-C, and print its address.

    `models` are those that readers may choose among, by the names that they see; quotation alone where None. `port` is where the
    search for a free port begins: 7860 where None. Raises SettingsError when none is free.
    """
    models = models or {"Quotation": Assistant(archive)}
    # The first question would pay for loading the embedder; the examples are asked while the page is being set up.
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="warm-up") as pool:
        os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio is imported
        from ui import app, examples

        warm = pool.submit(examples.answered, Assistant(archive))  # no model: nothing is sent anywhere before a reader asks
        page = app.build(archive, models, examples=warm.result)
        options = {"app_kwargs": {"middleware": _middleware(host), "openapi_url": None}, **app.launch_options()}
        port = _launch(page, host, DEFAULT_PORT if port is None else port, {"inbrowser": open_browser, **options})
        print(f"Sverka is at http://{_shown(host)}:{port} (Ctrl-C ends it)", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            with suppress(BrokenPipeError):  # the terminal may have gone
                print("Closing.", flush=True)
        finally:
            # Streams that are still open when their server goes are cut, which is what was asked for.
            logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
            warm.cancel()
            page.close(verbose=False)


def _launch(page: Any, host: str, first: int, options: Mapping[str, Any]) -> int:
    """Start serving on the first port from `first` on that is free, and return it."""
    while True:
        port = free_port(host, first)
        try:
            page.launch(server_name=host, server_port=port, prevent_thread_lock=True, **options)
        except OSError:  # another program was quicker
            first = port + 1
        else:
            return port


def free_port(host: str, first: int) -> int:
    """The first port from `first` on that this host can listen on. Raises SettingsError when there is none."""
    if not 1 <= first <= 65535:
        raise SettingsError(f"Port {first} does not exist. Choose one from 1024 to 65535.")
    for port in range(first, min(first + _TRIED_PORTS, 65536)):
        try:
            family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        except OSError as error:
            raise SettingsError(f"Host {host!r} is not an address of this machine ({error}). Use 127.0.0.1.") from None
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name == "posix":  # as the server will: a port that was just left is free; elsewhere this means another thing
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except OSError:
                continue
            return port
    raise SettingsError(f"No port from {first} on is free on {host}. Choose another with --port.")


def _shown(host: str) -> str:
    """The host as a browser on this machine reaches it."""
    if host in ("0.0.0.0", "::"):
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _middleware(host: str) -> list[Any]:
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    stack = [Middleware(Headers)]
    if host in _LOOPBACK:
        # A page elsewhere can point its own name at this machine; only our own names are answered.
        stack.append(Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]"]))
    return stack
