"""Keys stay where they are: in the environment. Answers, archives, logs and messages are searched for them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.cli import run

KEY = "sk-very-secret-0123456789"
ARTICLE = "The ferry between Olm and Varn stopped on 5 May, the harbour office said. It will run again in June."
QUESTION = "When did the ferry between Olm and Varn stop?"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    article = tmp_path / "ferry.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    assert run(["index", str(article), "--archive", str(tmp_path / "archive")]) == 0
    return tmp_path / "archive"


@pytest.mark.parametrize("outcome", ["answers", "echoes the key", "refuses the key", "fails"])
def test_a_key_is_in_no_answer_archive_log_or_message(
    outcome: str,
    archive: Path,
    serve: Callable[..., Any],
    wire: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    caplog.set_level("DEBUG")
    echo = f"Authorization: Bearer {KEY}"

    def respond(handler: Any, body: Any) -> None:
        if outcome == "refuses the key":
            wire.say(handler, 401, {"error": {"message": echo}})
        elif not body:
            wire.say(handler, 200, {"data": [{"id": "tiny", "max_model_len": 4096}]})
        elif "input_tokens" in handler.path:
            wire.say(handler, 404, {})
        elif outcome == "fails":
            wire.say(handler, 500, {"error": {"message": echo}})
        else:
            said = f"The key is {KEY} [1]. " if outcome == "echoes the key" else ""
            wire.stream(handler, [said, "The ferry between Olm and Varn stopped on 5 May [1]."])

    address, seen = serve(respond)
    model = f"openai:tiny@{address}/v1"
    code = run(["ask", QUESTION, "--archive", str(archive), "--model", model, "--json"])
    written = capsys.readouterr()
    assert seen[0][1]["Authorization"] == f"Bearer {KEY}"
    assert code == (1 if outcome == "refuses the key" else 0)
    if code == 0:
        answer = json.loads(written.out)
        assert answer["answerer"] == ("extractive" if outcome == "fails" else "model")
        assert answer["sends_to"] is None
    assert KEY not in written.out + written.err + caplog.text
    assert not [path.name for path in archive.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]


def test_a_server_that_is_not_there_ends_the_command_and_nothing_takes_its_place(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ask", QUESTION, "--archive", str(archive), "--model", "openai:tiny@http://127.0.0.1:9/v1", "--json"]) == 1
    written = capsys.readouterr()
    assert written.out == ""
    assert "No server answers at http://127.0.0.1:9/v1" in written.err
