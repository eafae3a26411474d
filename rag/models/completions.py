"""A chat model behind the OpenAI chat-completions protocol, as llama.cpp, vLLM, LM Studio and many services speak it.

LangChain's own client of that protocol brings a second HTTP client and a tokenizer that is fetched from the network; this one
is a page long, and tells an answer that ended from a line that dropped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import httpx
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.chat_models import generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import Field, PrivateAttr, SecretStr

from rag.errors import ModelError
from rag.models.base import ANSWER_TOKENS, Messages, is_local
from rag.settings import without_secrets

_CONNECT_SECONDS = 5.0
_READ_SECONDS = 600.0  # between two signs of life; a long prompt on a slow machine is read for minutes before the first word
_QUOTED = 200  # characters of a server's own message that are passed on
_ROLES = {"human": "user", "ai": "assistant"}
_OPENAI = "api.openai.com"


class CompletionsChat(BaseChatModel):
    """The model `model` of the server at `base_url` (which ends in /v1 with most). Safe to use from several threads.

    `window` is its context in tokens, None where it is not known; `counts` says whether `count_tokens` works.

    `key` is sent as a bearer token, and shown nowhere. Each call raises ModelError where the server cannot be reached, refuses,
    or drops the line before the answer is complete.
    """

    base_url: str
    model: str
    key: SecretStr | None = Field(default=None, exclude=True, repr=False)
    temperature: float = 0.0
    max_tokens: int = ANSWER_TOKENS
    window: int | None = None
    counts: bool = False
    weak: bool = False
    _client: httpx.Client = PrivateAttr()

    def model_post_init(self, context: Any, /) -> None:
        headers = {"Authorization": f"Bearer {self.key.get_secret_value()}"} if self.key else {}
        # What is meant for this machine must not go to a proxy on another.
        self._client = httpx.Client(
            headers=headers, timeout=httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS), trust_env=not is_local(self.base_url)
        )

    @property
    def _llm_type(self) -> str:
        return "sverka-completions"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"model": self.model}

    def get(self, path: str) -> Any:
        """What the server says at `path` (from its address on), None where it knows no such path. Raises ModelError."""
        with _Reached(self.base_url):
            response = self._client.get(self.base_url + path)
        if response.status_code in (404, 405):
            return None
        self._check(response)
        return _json(response.text)

    def count_tokens(self, messages: Messages) -> int:
        """The number of tokens of a prompt in the model's own chat template. Raises ModelError where the server cannot count."""
        count = self.try_count(messages)
        if count is None:
            raise ModelError(f"The server at {self.base_url} does not count tokens.")
        return count

    def try_count(self, messages: Messages) -> int | None:
        """The same, None where the server cannot count."""
        body = {"model": self.model, "messages": [{"role": _ROLES.get(role, role), "content": text} for role, text in messages]}
        with _Reached(self.base_url):
            response = self._client.post(f"{self.base_url}/chat/completions/input_tokens", json=body)
        count = _json(response.text) if response.is_success else None
        return count.get("input_tokens") if isinstance(count, dict) else None

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        body = self._body(messages, stop, **kwargs)
        with _Reached(self.base_url), self._client.stream("POST", f"{self.base_url}/chat/completions", json=body) as response:
            if not response.is_success:
                response.read()
                self._check(response)
            for text in _texts(response.iter_lines(), self.base_url):
                chunk = ChatGenerationChunk(message=AIMessageChunk(content=text))
                if run_manager and text:
                    run_manager.on_llm_new_token(text, chunk=chunk)
                yield chunk

    def _body(self, messages: Sequence[BaseMessage], stop: list[str] | None, **kwargs: Any) -> dict[str, Any]:
        most = kwargs.pop("max_tokens", self.max_tokens)
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": _ROLES.get(message.type, message.type), "content": message.text} for message in messages],
            "stream": True,
            **kwargs,
        }
        if httpx.URL(self.base_url).host == _OPENAI:  # its newer models refuse the old name, and any temperature of ours
            return body | {"max_completion_tokens": most}
        return body | {"temperature": self.temperature, "max_tokens": most} | ({"stop": stop} if stop else {})

    def _check(self, response: httpx.Response) -> None:
        if response.is_success:
            return
        if response.status_code in (401, 403):
            raise ModelError(f"The server at {self.base_url} refuses the key ({response.status_code}). Set OPENAI_API_KEY.")
        raise ModelError(f"The server at {self.base_url} answers {response.status_code}: {_reason(_json(response.text))}")


class _Reached:
    """Turns errors of the connection into one sentence that says what was tried."""

    def __init__(self, address: str) -> None:
        self._address = address

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout)):
            raise ModelError(f"No server answers at {self._address}. Start it, or name another address.") from error
        if isinstance(error, httpx.HTTPError):
            raise ModelError(f"The server at {self._address} dropped the line ({type(error).__name__}).") from error


def _texts(lines: Iterator[str], address: str) -> Iterator[str]:
    """The pieces of an answer; an empty one for each sign of life without text. Raises ModelError unless it comes to its end."""
    finished = False
    for line in lines:
        if line.startswith(":"):
            yield ""
        if not line.startswith("data:"):
            continue
        data = line.removeprefix("data:").strip()
        if data == "[DONE]":
            return
        event = _json(data)
        if not isinstance(event, dict) or "error" in event:
            raise ModelError(f"The server at {address} broke off: {_reason(event)}")
        for choice in event.get("choices") or ():
            yield (choice.get("delta") or {}).get("content") or ""
            finished = finished or choice.get("finish_reason") is not None
    if not finished:
        raise ModelError(f"The server at {address} dropped the line in mid-answer.")


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _reason(answer: Any) -> str:
    error = answer.get("error", answer) if isinstance(answer, dict) else answer
    message = error.get("message", error) if isinstance(error, dict) else error
    return without_secrets(" ".join(str(message).split()))[:_QUOTED] or "nothing"
