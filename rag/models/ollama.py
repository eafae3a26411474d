"""A model of an Ollama server: `ollama:NAME`. The only file that imports langchain_ollama.

Through Ollama's own protocol, since through OpenAI's it takes no context size, and cuts a longer prompt without a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from rag.errors import ModelError, PackageMissing
from rag.models.base import ANSWER_TOKENS, is_local, split_address
from rag.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

ADDRESS = "http://127.0.0.1:11434"
_SECONDS = 5.0


def address(name: str, settings: Settings) -> tuple[str, str]:
    """(model, address of the server) of `NAME` or `NAME@ADDRESS`; without an address, this machine's own server."""
    return split_address(name, settings.base_url, ADDRESS)


def load(name: str, settings: Settings) -> BaseChatModel:
    """The model, with the context that Ollama says it has, `settings.context_tokens` at most.

    Raises PackageMissing, or ModelError where no server answers or it has no such model.
    """
    try:
        from langchain_ollama import ChatOllama
    except ImportError as error:
        raise PackageMissing("langchain-ollama", f"The model ollama:{name}") from error
    model, where = address(name, settings)
    about = _ask(where, "POST", "/api/show", {"model": model}).get("model_info") or {}
    trained = next((value for key, value in about.items() if key.endswith(".context_length")), settings.context_tokens)
    return ChatOllama(
        model=model,
        base_url=where,
        num_ctx=min(int(trained), settings.context_tokens),
        num_predict=ANSWER_TOKENS,
        temperature=0.0,
        reasoning=False,
        # What is meant for this machine must not go to a proxy on another, nor be sent on by whoever answers here.
        client_kwargs={"trust_env": not is_local(where), "follow_redirects": False},
    )


def listed(where: str | None = None, *, seconds: float = _SECONDS) -> list[dict[str, Any]]:
    """The models of the server, by default this machine's: for each its `name`, `size` in bytes. Raises ModelError."""
    return list(_ask(where or ADDRESS, "GET", "/api/tags", None, seconds).get("models") or ())


def _ask(where: str, method: str, path: str, body: dict[str, Any] | None, seconds: float = _SECONDS) -> dict[str, Any]:
    try:
        answer = httpx.request(method, where + path, json=body, timeout=seconds, trust_env=not is_local(where))
    except httpx.HTTPError as error:
        raise ModelError(f"No Ollama answers at {where}. Start it: ollama serve") from error
    if answer.status_code == 404 and body:
        raise ModelError(f"The Ollama at {where} has no model {body['model']!r}. Get it: ollama pull {body['model']}")
    try:
        found = answer.json()
    except ValueError:
        found = None
    if not answer.is_success or not isinstance(found, dict):
        raise ModelError(f"What answers at {where} is no Ollama (it says {answer.status_code}). Name another address.")
    return found
