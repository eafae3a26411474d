"""Text into HTML. Everything that comes from a document, a model or a reader passes through `esc` before it is shown."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

# Gradio's HTML component is driven by templates in which ${…}, {{…}} and back quotes mean something. It does not
# evaluate them in values today; written as character references they could not be evaluated by any template.
_TEMPLATE = str.maketrans({"$": "&#36;", "{": "&#123;", "}": "&#125;", "`": "&#96;"})
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_IN_URL = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}]")


def esc(text: str) -> str:
    """Text as HTML that shows exactly it, inside an element or a quoted attribute."""
    return html.escape(_LONE_SURROGATE.sub("\ufffd", text), quote=True).translate(_TEMPLATE)


def isolated(text: str, tag: str = "bdi", **attributes: str | None) -> str:
    """An element around foreign text: its direction is its own, so it cannot reorder the words around it.

    `attributes` are those of the element (`cls` is its class); those that are None or empty are left out.
    """
    shown = "".join(f' {"class" if name == "cls" else name}="{esc(value)}"' for name, value in attributes.items() if value)
    return f'<{tag} dir="auto"{shown}>{esc(text)}</{tag}>'


def web_host(url: str | None) -> str | None:
    """The host of a link that is safe to offer, else None: http and https only, with a host, without odd characters."""
    if not url or _NOT_IN_URL.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port  # raises ValueError where it is no number
    except ValueError:
        return None
    return host if parts.scheme in ("http", "https") else None


def original(url: str | None) -> str:
    """The link to where a document was published; where the URL is not a web address, its text; nothing where there is none."""
    if not url:
        return ""
    host = web_host(url)
    if host is None:
        return f'<span class="no-link">{isolated(url)}</span>'
    return f'<a href="{esc(url)}" target="_blank" rel="noopener noreferrer">Original at {isolated(host)}</a>'
