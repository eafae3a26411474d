"""Choosing a model: what is missing is named with what to do, nothing goes elsewhere unasked, and no key is ever shown."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from rag.errors import ModelError, PackageMissing, SettingsError
from rag.models import load_model, load_writer, present
from rag.models.base import estimate, host_of, is_local
from rag.settings import Settings, without_secrets

KEY = "sk-very-secret-0123456789"


@pytest.mark.parametrize(
    ("model", "hidden", "line"),
    [
        ("gguf:any.gguf", "xllamacpp", "pip install xllamacpp"),
        ("ollama:any", "langchain_ollama", "pip install langchain-ollama"),
        ("mistralai:any", "langchain_mistralai", "pip install langchain-mistralai"),
    ],
)
def test_a_missing_package_is_named_with_its_pip_line(
    model: str, hidden: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, hidden, None)
    with pytest.raises(PackageMissing, match=line):
        load_model(Settings(model=model))


def test_a_missing_file_is_named_wherever_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=rf"no model file .*lost\.gguf or {tmp_path}/lost\.gguf.*sverka models"):
        load_model(Settings(model="gguf:lost.gguf", models_dir=tmp_path))


@pytest.mark.parametrize("content", [b"", b"not a model", b"GGUF", b"GGUF\x03\x00\x00\x00" + bytes(500)])
def test_a_damaged_file_is_named(content: bytes, tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp")
    (tmp_path / "bad.gguf").write_bytes(content)
    with pytest.raises(ModelError, match=r"bad\.gguf"):
        load_model(Settings(model="gguf:bad.gguf", models_dir=tmp_path))


@pytest.mark.parametrize("model", ["openai:any@http://127.0.0.1:9/v1", "ollama:any@http://127.0.0.1:9"])
def test_a_server_that_is_not_there_is_named_with_its_address(model: str) -> None:
    with pytest.raises(ModelError, match=r"answers at http://127\.0\.0\.1:9"):
        load_model(Settings(model=model))


@pytest.mark.parametrize(
    "model",
    [
        "openai:any@http://192.0.2.7:8000/v1",
        "openai:any",
        "ollama:any@https://models.example",
        "openai:x@http://localhost.evil.example",
    ],
)
def test_a_model_on_another_machine_must_be_allowed(model: str) -> None:
    with pytest.raises(ModelError, match=r"another machine, .*--allow-remote"):
        load_model(Settings(model=model))


@pytest.mark.parametrize(
    "address",
    [
        *("http://localhost:1/v1", "http://LOCALHOST", "http://localhost./v1", "http://127.0.0.1", "http://127.8.8.8:80"),
        *("http://[::1]:8080", "http://0.0.0.0:1", "http://[::]:1/v1", "https://localhost"),
    ],
)
def test_an_address_of_this_machine_needs_no_permission(address: str) -> None:
    assert is_local(address)


@pytest.mark.parametrize(
    "address",
    [
        *("http://10.0.0.1", "http://192.168.1.5:8000", "http://[fe80::1]:8080", "https://api.openai.com/v1"),
        *("http://nas", "http://nas.local", "http://127.0.0.1.example", "http://127.0.0.1.nip.io", "http://model.localhost"),
        # Numbers that one program reads as an address, and another looks up.
        *("http://2130706433/v1", "http://0x7f000001", "http://127.1", "http://0177.0.0.1", "http://１２７.0.0.1"),
        *("http://[::ffff:10.0.0.1]", "http://[::ffff:127.0.0.1]"),
        # What two readers of an address cut in two places.
        *("http://localhost:80\\.evil.example", "http://localhost\\.evil.example", "http://127.0.0.1:80@evil.example"),
        *("http://localhost:1@evil.example", "http://localhost#@evil.example", "http://localhost?@evil.example"),
        *("http://127.0.0.1:99999", "http://[::1", "http://", "ftp", ""),
    ],
)
def test_any_other_address_does(address: str) -> None:
    assert not is_local(address)


@pytest.mark.parametrize("address", ["http://[::1", "http://127.0.0.1:99999/v1", "http://", "http://a b", "http://h\\x"])
def test_an_address_that_is_none_is_refused_before_anything_is_sent(address: str) -> None:
    with pytest.raises(SettingsError, match="no model or no host"):
        load_model(Settings(model=f"openai:x@{address}", allow_remote=True))


@pytest.mark.parametrize("rest", ["?key=hunter22", "#hunter22"])
def test_a_key_in_an_address_is_refused_and_not_repeated(rest: str) -> None:
    with pytest.raises(SettingsError, match="holds more than a place") as caught:
        load_model(Settings(model="openai:x", base_url=f"https://models.example/v1{rest}", allow_remote=True))
    assert "hunter22" not in str(caught.value)


@pytest.mark.parametrize("model", ["openai:tiny@{}/v1", "ollama:tiny@{}"])
def test_a_server_here_that_sends_us_elsewhere_is_not_followed(model: str, serve: Callable[..., Any], wire: Any) -> None:
    if model.startswith("ollama"):
        pytest.importorskip("langchain_ollama")
    elsewhere, seen = serve(lambda handler, _: wire.say(handler, 200, {"data": [], "model_info": {}}))

    def respond(handler: Any, _: object) -> None:
        handler.send_response(307)
        handler.send_header("Location", elsewhere + handler.path)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    here, asked = serve(respond)
    with pytest.raises(ModelError, match="307"):
        load_model(Settings(model=model.format(here)))
    assert asked
    assert seen == []


@pytest.mark.parametrize("wrapped", ["bind", "with_retry", "with_fallbacks", "inherited"])
def test_a_remote_model_in_a_wrapper_is_remote(wrapped: str) -> None:
    class Remote(FakeListChatModel):
        base_url: str = "https://models.example/v1"

    class Service(FakeListChatModel):
        """A class of a provider's package, which tells no address."""

    Service.__module__ = "langchain_somebody.chat_models"

    class Own(Service):
        pass

    local, remote = FakeListChatModel(responses=["x"]), Remote(responses=["x"])
    chats: dict[str, Any] = {
        "bind": remote.bind(stop=["."]),
        "with_retry": remote.with_retry(),
        "with_fallbacks": local.with_fallbacks([remote]),
        "inherited": Own(responses=["x"]),
    }
    expected = "the service of somebody" if wrapped == "inherited" else "models.example"
    assert host_of(chats[wrapped]) == expected
    with pytest.raises(ModelError, match="another machine"):
        load_writer(Settings(), chats[wrapped])
    assert host_of(local.with_retry().bind(stop=["."])) is None


def test_a_model_object_that_names_another_host_must_be_allowed_too() -> None:
    class Remote(FakeListChatModel):
        base_url: str = "https://models.example/v1"

    chat = Remote(responses=["x"])
    assert host_of(chat) == "models.example"
    with pytest.raises(ModelError, match=r"models\.example"):
        load_writer(Settings(), chat)
    writer = load_writer(Settings(allow_remote=True), chat)
    assert writer is not None
    assert writer.host == "models.example"
    assert host_of(FakeListChatModel(responses=["x"])) is None


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"model": "nobody:any"}, "provider 'nobody' is not known"),
        ({"model": "openai:@http://127.0.0.1:9"}, "names no model"),
        ({"model": "anthropic:x", "base_url": "http://127.0.0.1:9"}, "base_url is for"),
    ],
)
def test_a_model_that_makes_no_sense_is_refused(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        load_model(Settings(**settings))


@pytest.mark.parametrize("owner", ["llamacpp", "somebody"])
def test_a_server_that_answers_under_any_name_is_asked_for_one_that_it_has(
    owner: str, serve: Callable[..., Any], wire: Any
) -> None:
    listed = [
        {"id": "/models/tiny.gguf", "aliases": ["little"], "owned_by": owner, "meta": {"n_ctx": 2048, "n_params": 135_000_000}},
        {"id": "other", "owned_by": owner},
    ]
    address, _ = serve(lambda handler, _: wire.say(handler, 200, {"data": listed}))
    for name in ("tiny", "tiny.gguf", "little", "/models/tiny.gguf"):
        chat = load_model(Settings(model=f"openai:{name}", base_url=f"{address}/v1"))
        assert (chat.window, chat.weak) == (2048, True)  # type: ignore[attr-defined]
    wrong = Settings(model="openai:huge", base_url=f"{address}/v1")
    if owner == "somebody":  # whose list may not hold all that it has; it says so itself when it is asked
        assert load_model(wrong).window is None  # type: ignore[attr-defined]
        return
    with pytest.raises(ModelError, match=r"has no model 'huge'\. It has: /models/tiny\.gguf, other\."):
        load_model(wrong)


@pytest.mark.parametrize("where", ["base_url", "model"])
def test_an_address_with_a_password_is_refused_and_not_repeated(where: str) -> None:
    address = "http://me:hunter22@127.0.0.1:9/v1"
    with pytest.raises(SettingsError) as caught:
        Settings(**{"model": f"openai:x@{address}"} if where == "model" else {where: address})
    assert "hunter22" not in str(caught.value)


def test_the_key_is_sent_to_the_server_and_shown_nowhere(
    serve: Callable[..., Any], wire: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    caplog.set_level("DEBUG")
    address, seen = serve(lambda handler, _: wire.say(handler, 500, {"error": {"message": f"bad luck with {KEY}"}}))
    settings = Settings(model=f"openai:tiny@{address}/v1")
    with pytest.raises(ModelError, match="bad luck") as caught:
        load_model(settings)
    assert seen[0][1]["Authorization"] == f"Bearer {KEY}"
    told = [str(caught.value), repr(caught.value), repr(settings), settings.fingerprint]
    from rag.models.openai import load

    chat = load(f"tiny@{address}/v1", settings)
    told += [repr(chat), str(chat), chat.model_dump_json(), str(chat.asdict()), str(chat._identifying_params)]
    assert not [text for text in told if KEY in text]
    assert without_secrets(f"a {KEY} b") == "a ••• b"
    assert seen[0][1]["Authorization"] not in caplog.text
    assert KEY not in caplog.text


def test_what_is_meant_for_this_machine_goes_through_no_proxy(
    serve: Callable[..., Any], wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy, at_proxy = serve(lambda handler, _: wire.say(handler, 200, {}))
    server, at_server = serve(lambda handler, _: wire.say(handler, 200, {"data": [{"id": "tiny", "max_model_len": 2048}]}))
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, proxy)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    writer = load_writer(Settings(model=f"openai:tiny@{server}/v1"))
    assert writer is not None
    assert (writer.window, writer.exact, writer.host, at_proxy) == (2048, False, None, [])
    assert at_server


def test_a_server_that_drops_the_line_is_told_from_one_that_ends(serve: Callable[..., Any], wire: Any) -> None:
    from rag.models.openai import load

    def respond(handler: Any, body: dict[str, Any]) -> None:
        wire.stream(handler, ["One. ", "Two."], finish=body["messages"][0]["content"] == "end")

    address, _ = serve(respond)
    chat = load(f"tiny@{address}/v1", Settings())
    assert chat.invoke("end").content == "One. Two."
    with pytest.raises(ModelError, match="dropped the line"):
        chat.invoke("drop")


def test_ollama_gets_the_context_that_the_prompt_was_packed_for(serve: Callable[..., Any], wire: Any) -> None:
    pytest.importorskip("langchain_ollama")

    def respond(handler: Any, body: dict[str, Any]) -> None:
        if handler.path == "/api/show":
            wire.say(handler, 200, {"model_info": {"llama.context_length": 3000}})
        else:
            wire.say(handler, 200, {"message": {"role": "assistant", "content": "Yes."}, "done": True, "done_reason": "stop"})

    address, seen = serve(respond)
    writer = load_writer(Settings(model=f"ollama:tiny@{address}"))
    assert writer is not None
    assert (writer.window, writer.name, writer.host) == (3000, "ollama:tiny", None)
    assert writer.chat.invoke("Is it?").text == "Yes."
    assert seen[-1][2]["options"]["num_ctx"] == 3000


def test_models_that_are_present_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.gguf").write_bytes(b"GGUF0123")
    (tmp_path / "notes.txt").write_text("no model")
    monkeypatch.setattr("rag.models.ollama.ADDRESS", "http://127.0.0.1:9")
    found, missing = present(Settings(models_dir=tmp_path))
    assert [(one.model, one.bytes) for one in found] == [("gguf:deep/a.gguf", 8)]
    assert missing is not None


def test_the_estimate_errs_on_the_side_of_too_many() -> None:
    # SmolLM2 needs 12 tokens for the first, 23 for the second (counted with its own tokenizer).
    assert estimate([("human", "The bridge was closed for repairs on Tuesday.")]) >= 12
    assert estimate([("human", "Мост закрыли на ремонт во вторник.")]) >= 23
