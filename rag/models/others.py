"""A model of any other provider that LangChain knows: `PROVIDER:NAME`. The only file that imports langchain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rag.errors import ModelError, PackageMissing, SettingsError
from rag.models.base import ANSWER_TOKENS, Caught
from rag.settings import without_secrets

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_PACKAGE = re.compile(r"pip install (?:-U )?([\w-]+)")


def load(provider: str, name: str) -> BaseChatModel:
    """What LangChain's `init_chat_model` makes of it; the provider's package reads its own key from the environment.

    Raises SettingsError for a provider that LangChain does not know, PackageMissing, or ModelError for what else goes wrong.
    """
    from langchain.chat_models import init_chat_model

    with Caught() as caught:
        model: BaseChatModel = init_chat_model(name, model_provider=provider, temperature=0, max_tokens=ANSWER_TOKENS)
        return model
    error = caught.error
    said = without_secrets(" ".join(str(error).split()))
    if isinstance(error, ImportError):
        package = _PACKAGE.search(said)
        raise PackageMissing(package[1] if package else f"langchain-{provider}", f"The model {provider}:{name}") from error
    if isinstance(error, ValueError) and said.startswith("Unsupported provider"):
        raise SettingsError(
            f"The model's provider {provider!r} is not known. Write extractive, gguf:FILE, ollama:NAME, openai:NAME or another "
            "provider of LangChain's init_chat_model, such as anthropic:NAME."
        ) from error
    raise ModelError(f"The model {provider}:{name} cannot be used: {said[:300]}") from error
