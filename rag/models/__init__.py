"""Language models of any make, as LangChain chat models. `SVERKA_MODEL` (`--model`) names one:

| name | what it is |
|---|---|
| `extractive` | none: answers are quotations (the default) |
| `gguf:FILE` | a GGUF file, by path or by name in the folder of models, run in this process by llama.cpp |
| `ollama:NAME` | a model of the Ollama on this machine, or at SVERKA_BASE_URL, or `ollama:NAME@http://HOST:PORT` |
| `openai:NAME` | a model of a server that speaks OpenAI's protocol (llama.cpp, vLLM, LM Studio) at SVERKA_BASE_URL, or |
| | `openai:NAME@http://HOST:PORT/v1`; without an address OpenAI's own service; its key is OPENAI_API_KEY |
| `PROVIDER:NAME` | any other provider of LangChain's `init_chat_model`, with that provider's package and key |

Nothing falls back to anything else: what cannot be loaded is an error that says what was tried.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from rag.errors import SettingsError
from rag.models.base import Writer, check_allowed, host_of, is_local, wrap
from rag.models.listing import Present, present
from rag.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

__all__ = ["Present", "Writer", "load_model", "load_writer", "present", "wrap"]


def load_model(settings: Settings) -> BaseChatModel:
    """The chat model that `settings.model` names.

    Raises ModelError (PackageMissing among them) where it cannot be had, or is on another host and `settings.allow_remote` is not
    set; SettingsError for a provider that nobody knows.
    """
    provider, _, name = settings.model.partition(":")
    if provider == "gguf":
        from rag.models import gguf

        return gguf.load(name, settings)
    if provider == "ollama":
        from rag.models import ollama

        _, where = ollama.address(name, settings)
        check_allowed(settings.model, None if is_local(where) else where, settings.allow_remote)
        return ollama.load(name, settings)
    if provider == "openai":
        from rag.models import openai

        chat = openai.load(name, settings)
        check_allowed(settings.model, host_of(chat), settings.allow_remote)
        openai.connect(chat)
        return chat
    if not name:
        raise SettingsError(f"{settings.model!r} is no language model. Write PROVIDER:NAME, such as gguf:/path/to/model.gguf.")
    if settings.base_url:
        raise SettingsError(f"base_url is for openai: and ollama: models, and the model is {settings.model!r}. Leave one out.")
    from rag.models import others

    return others.load(provider, name)


def load_writer(settings: Settings, chat: BaseChatModel | None = None) -> Writer | None:
    """The writer of `chat`, else of the model that `settings` name, None for `extractive`. Raises as `load_model` does."""
    if chat is None and settings.model == "extractive":
        return None
    name = None
    if chat is None:
        chat, (provider, _, rest) = load_model(settings), settings.model.partition(":")
        name = f"{provider}:{PurePath(rest).name if provider == 'gguf' else rest.partition('@http')[0]}"
    return wrap(chat, name=name, allow_remote=settings.allow_remote, context_tokens=settings.context_tokens)
