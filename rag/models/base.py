"""What the rest of the program must know of a language model: its name, where it runs, and how much it can take."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rag.errors import ModelError, SettingsError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

ANSWER_TOKENS = 400  # that a model may write: three to five sentences, and room for what is refused
WEAK = 500_000_000  # parameters; with fewer a model can copy a sentence, and hardly more (SmolLM2-135M)

Messages = Sequence[tuple[str, str]]  # (role, text), as LangChain takes them: system, human, ai

# Classes of LangChain's packages that run the model inside this process. What is in langchain_core calls nobody.
_IN_PROCESS = frozenset(("ChatLlamaCpp", "LlamaCpp", "ChatMLX", "MLXPipeline", "HuggingFacePipeline", "GPT4All"))
_WRAPPED = ("bound", "runnable", "default", "llm", "first", "last", "middle", "fallbacks", "steps")  # what a wrapper calls
_ADDRESSES = ("base_url", "openai_api_base", "anthropic_api_url", "azure_endpoint", "endpoint_url", "api_base", "host", "url")
_NAMES = ("model_name", "model", "model_id", "deployment_name")

_SCRIPTS = {"LATIN": 3.0, "CYRILLIC": 1.3, "GREEK": 1.2}
_OTHER = 0.7
_LOCALHOST = re.compile(r"https?://localhost\.?(?::\d+)?(?:/[^\s\\@]*)?", re.IGNORECASE)
_OF_A_MESSAGE = 8  # the marks that a chat template puts around a message, and some to spare


@dataclass(frozen=True, slots=True)
class Writer:
    """A chat model that writes answers.

    `host` is the other machine that it runs on, None for this one. `window` is its context in tokens, prompt and answer
    together. `count` is the number of tokens of a prompt: by the model's own tokenizer where `exact`, else estimated, rather too
    many. `weak` marks a model so small that it is given single sentences to copy.
    """

    chat: BaseChatModel
    name: str
    host: str | None
    window: int
    count: Callable[[Messages], int]
    exact: bool
    weak: bool = False


def wrap(chat: BaseChatModel, *, name: str | None = None, allow_remote: bool, context_tokens: int) -> Writer:
    """The Writer of any LangChain chat model.

    Its own word counts where it has one: `window`, `counts` and `weak` of Sverka's models, `num_ctx` of Ollama's, the
    profile that LangChain knows of the big ones. Raises ModelError where it is on another host and that is not allowed.
    """
    host = host_of(chat)
    check_allowed(name or name_of(chat), host, allow_remote)
    count: Callable[[Messages], int] | None = getattr(chat, "count_tokens", None) if getattr(chat, "counts", False) else None
    return Writer(
        chat=chat,
        name=name or name_of(chat),
        host=host,
        window=_window(chat) or context_tokens,
        count=count or estimate,
        exact=count is not None,
        weak=bool(getattr(chat, "weak", False)),
    )


def check_allowed(name: str, host: str | None, allow_remote: bool) -> None:
    """Raise ModelError where the model is on another host and that is not allowed."""
    if host is not None and not allow_remote:
        raise ModelError(
            f"The model {name} is on another machine, {host}: the passages found would be sent there. "
            "Allow it with --allow-remote (SVERKA_ALLOW_REMOTE=1), or choose a local model."
        )


class Caught:
    """A context manager that keeps what goes wrong inside it in `error`: a provider's package may raise anything."""

    error: Exception | None = None

    def __enter__(self) -> Caught:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        self.error = error if isinstance(error, Exception) else None
        return self.error is not None


def _window(chat: BaseChatModel) -> int | None:
    profile: Any = getattr(chat, "profile", None) or {}
    for value in (getattr(chat, "window", None), getattr(chat, "num_ctx", None), profile.get("max_input_tokens")):
        if isinstance(value, int) and value > 0:
            return value
    return None


def name_of(chat: BaseChatModel) -> str:
    """A chat model's name for a reader: its class, and the model that it names."""
    model = next((value for name in _NAMES if isinstance(value := getattr(chat, name, None), str) and value), None)
    return f"{type(chat).__name__}:{model}" if model else type(chat).__name__


def host_of(chat: object) -> str | None:
    """The other machine that a chat model sends its prompts to; None where it runs on this one.

    Of a class from a LangChain package that tells no address, its service is taken to be elsewhere, also where it is inherited
    from or wrapped (`bind`, `with_retry`, `with_fallbacks`).
    """
    if getattr(chat, "in_process", False):
        return None
    for name in _ADDRESSES:
        address = getattr(chat, name, None)
        if address is not None and "://" in str(address):
            return None if is_local(str(address)) else urlsplit(str(address)).hostname or "an unknown host"
    for part in _parts(chat):
        if host := host_of(part):
            return host
    known = [kind for kind in type(chat).__mro__ if kind.__module__.partition(".")[0].startswith("langchain_")]
    made = next((kind for kind in known if not kind.__module__.startswith("langchain_core")), None)
    if made is None or made.__name__ in _IN_PROCESS or any(_parts(chat)):
        return None
    return f"the service of {made.__module__.partition('.')[0].removeprefix('langchain_')}"


def _parts(chat: object) -> Iterator[object]:
    """The models inside a wrapper."""
    for name in _WRAPPED:
        held = getattr(chat, name, None)
        for one in held if isinstance(held, (list, tuple)) else (held,):
            if hasattr(one, "invoke"):
                yield one


def is_local(address: str) -> bool:
    """Whether a URL names this machine: localhost, a loopback address, or the one that stands for all of its own.

    A name that needs to be looked up does not, whatever it says of itself, nor a number that only some programs read as an
    address.
    """
    try:
        host = (urlsplit(address).hostname or "").removesuffix(".").lower()
        _ = urlsplit(address).port  # raises where what follows the host is no port, and may be more host to another reader
        address_ = ipaddress.ip_address(host)
    except ValueError:
        return _LOCALHOST.fullmatch(address) is not None
    return address_.is_loopback or address_.is_unspecified


def split_address(name: str, base_url: str | None, default: str) -> tuple[str, str]:
    """(model, address) of `NAME` or `NAME@http://…`; an address in the name wins over `base_url`, and that over `default`.

    Raises SettingsError where the name is empty or the address has no host.
    """
    model, at, rest = name.rpartition("@http")
    address = "http" + rest if at else base_url or default
    model = model if at else name
    if {"?", "#"} & set(address):
        raise SettingsError(
            "The address of the model's server holds more than a place: leave out what begins with ? or #. "
            "Keys are read from the environment only."
        )
    if not model.strip() or not _has_host(address):
        raise SettingsError(
            f"The model {name!r} at {address!r} names no model or no host. Write NAME, or NAME@http://HOST:PORT/v1."
        )
    return model, address.rstrip("/")


def _has_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0) and not set(address) & set(" \t\r\n\\")
    except ValueError:
        return False


def estimate(messages: Messages) -> int:
    """How many tokens a prompt has at most, where nobody can count them.

    By script, characters a token: Latin 3, Cyrillic 1.3, Greek 1.2, others 0.7. That is what a tokenizer made for English needs
    (SmolLM2: 4.3 for English news, 1.4 for Russian and Bulgarian); one made for many languages needs half as many.
    """
    return sum(_OF_A_MESSAGE + _tokens(text) for _, text in messages)


def _tokens(text: str) -> int:
    total = 0.0
    for character in text:
        if character.isspace():
            continue
        if character.isascii() or not character.isalpha():
            total += 1 / 3 if character.isalpha() else 1.0
        else:
            total += 1 / _SCRIPTS.get(unicodedata.name(character, "?").partition(" ")[0], _OTHER)
    return int(total) + 1
