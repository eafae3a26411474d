"""A model of any server that speaks OpenAI's protocol: `openai:NAME`, with the server's address in the name or the settings."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from pydantic import SecretStr

from rag.errors import ModelError
from rag.models.base import WEAK, split_address
from rag.models.completions import CompletionsChat
from rag.settings import Settings, secret

ADDRESS = "https://api.openai.com/v1"
_WINDOWS = ("max_model_len", "context_length", "context_window", "max_context_length")  # vLLM and others say it beside the name
_LLAMA = "llamacpp"


def load(name: str, settings: Settings) -> CompletionsChat:
    """The model `NAME` or `NAME@ADDRESS`; without an address, OpenAI's own. Its key is OPENAI_API_KEY.

    Nothing is sent yet. `connect` asks the server what it can take.
    """
    model, address = split_address(name, settings.base_url, ADDRESS)
    key = secret("OPENAI_API_KEY")
    return CompletionsChat(base_url=address, model=model, key=SecretStr(key) if key else None)


def connect(chat: CompletionsChat) -> None:
    """Ask the server for the model's context window, and whether it counts tokens.

    Raises ModelError where none answers, or llama.cpp has no such model: it would answer with another one under that name.
    """
    listed = chat.get("/models")
    entries: list[Any] = listed.get("data") or [] if isinstance(listed, dict) else []
    known = [entry for entry in entries if isinstance(entry, dict)]
    named = next((entry for entry in known if chat.model in _names_of(entry)), None)
    if named is None and any(entry.get("owned_by") == _LLAMA for entry in known):
        has = ", ".join(str(entry.get("id")) for entry in known)
        raise ModelError(f"The server at {chat.base_url} has no model {chat.model!r}. It has: {has}.")
    entry = named or (known[0] if len(known) == 1 else {})
    meta = entry.get("meta") or {}  # llama.cpp
    chat.window = next((int(value) for value in (meta.get("n_ctx"), *map(entry.get, _WINDOWS)) if value), None)
    chat.weak = 0 < int(meta.get("n_params") or 0) < WEAK
    chat.counts = chat.try_count([("human", "?")]) is not None


def _names_of(entry: dict[str, Any]) -> set[str]:
    """What a listed model may be called: its id, which may be a file's path, and its other names."""
    path = PurePath(str(entry.get("id")))
    return {str(entry.get("id")), path.name, path.stem, *map(str, entry.get("aliases") or ())}
