"""Serving: a free port, one origin, and nothing on it that a chat page does not need."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rag.errors import SettingsError
from ui.server import _launch, free_port

# An archive that holds nothing, and an assistant that answers only once as many ask as `argv[2]` says.
SERVE = """
import sys, threading
import ui, ui.server
from rag import Abstention, Answer, ArchiveStats, Event, SettingsError
together = threading.Barrier(int(sys.argv[2]))
class Archive:
    path = "press"
    def stats(self): return ArchiveStats(0, 0, 0, {}, {}, None, None, 0, 0, "bundled", 0)
class Assistant:
    sends_to = model = None
    def __init__(self, archive): pass
    def ask(self, query): raise SettingsError("not asked while the page is set up")
    def stream(self, query, *, history=()):
        yield Event("searching")
        together.wait(timeout=60)
        none = Abstention("empty_archive", "")
        yield Event("answer", answer=Answer(query, "en", (), (), none, 0.0, (), (), (), "extractive", None, "f"))
ui.server.Assistant = Assistant
ui.serve(Archive(), port=int(sys.argv[1]))
"""
TOGETHER = 20


class Server:
    """A chat page in a process of its own."""

    def __init__(self, root: Path, port: int) -> None:
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(port), str(TOGETHER)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=root,
        )
        assert self.process.stdout is not None
        self.greeting = self.process.stdout.readline().strip()
        assert self.greeting, self.process.communicate()[1]
        self.url = self.greeting.removeprefix("Sverka is at ").split(" ")[0]

    def get(self, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
        request = urllib.request.Request(self.url + path, headers=headers)
        try:
            with urllib.request.urlopen(request) as response:
                return response.status, response.read().decode(), {k.lower(): v for k, v in response.headers.items()}
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), {}

    def ask(self, session: str) -> str:
        """Ask a question as the page of a session would; the markup of the conversation at the end."""
        _, config, _ = self.get("/config")
        inputs = {part["id"]: part["props"].get("elem_id") for part in json.loads(config)["components"]}
        asking = next(
            event for event in json.loads(config)["dependencies"] if [inputs[i] for i in event["inputs"]][:1] == ["question"]
        )
        body = {"data": ["What?", None, None, [], [], None, None], "fn_index": asking["id"], "session_hash": session}
        join = urllib.request.Request(
            f"{self.url}/gradio_api/queue/join", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        urllib.request.urlopen(join).close()
        with urllib.request.urlopen(f"{self.url}/gradio_api/queue/data?session_hash={session}") as stream:
            for line in stream:
                event = json.loads(line.decode().removeprefix("data: ") or "{}") if line.strip() else {}
                if event.get("msg") == "process_completed":
                    return json.dumps(event["output"])
        raise AssertionError("the stream ended without an answer")

    def end(self) -> tuple[int, str, str]:
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err


@pytest.fixture(scope="module")
def server(root: Path) -> Iterator[Server]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        running = Server(root, taken.getsockname()[1])
        yield running
    if running.process.poll() is None:
        running.end()


def test_the_next_free_port_is_taken_when_one_is_not() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < free_port("127.0.0.1", port) <= port + 100


def test_a_port_that_another_program_takes_at_the_last_moment_is_passed_over() -> None:
    tried = []

    class Page:
        def launch(self, *, server_port: int, **options: object) -> None:
            tried.append(server_port)
            if len(tried) < 3:
                raise OSError("in use")

    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        first = ours.getsockname()[1] + 1
    port = _launch(Page(), "127.0.0.1", first, {})
    assert len(tried) == 3
    assert tried == sorted(set(tried))
    assert port == tried[-1]


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 0), ("127.0.0.1", 65536), ("no.such.host.invalid", 7860)])
def test_an_impossible_address_is_named_with_what_to_do(host: str, port: int) -> None:
    with pytest.raises(SettingsError, match=r"Choose one|Use 127\.0\.0\.1"):
        free_port(host, port)


def test_the_page_says_where_it_is_and_answers_there(server: Server) -> None:
    assert server.greeting.endswith("(Ctrl-C ends it)")
    status, page, _ = server.get("/")
    assert status == 200
    assert "<title>" in page or "gradio-app" in page


def test_the_page_may_fetch_from_its_own_origin_only(server: Server) -> None:
    _, _, headers = server.get("/")
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert "*" not in policy
    assert headers["referrer-policy"] == "no-referrer"


def test_no_endpoint_is_advertised_and_no_path_of_this_machine_is_told(server: Server, root: Path) -> None:
    _, info, _ = server.get("/gradio_api/info")
    assert json.loads(info) == {"named_endpoints": {}, "unnamed_endpoints": {}}
    _, config, _ = server.get("/config")
    assert str(root) not in config
    assert "site-packages" not in config
    assert [server.get(path)[0] for path in ("/docs", "/redoc", "/openapi.json", "/monitoring")] == [404, 404, 404, 403]


def test_files_of_this_machine_are_not_served(server: Server, root: Path) -> None:
    for path in (root / "pyproject.toml", Path("/etc/passwd")):
        assert server.get(f"/gradio_api/file={path}")[0] in (403, 404)


def test_nothing_is_told_to_those_who_come_under_another_name(server: Server) -> None:
    assert server.get("/", Host="rebound.invalid")[0] == 400


def test_no_file_can_be_left_on_this_machine(server: Server) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhello\r\n--x--\r\n'
    request = urllib.request.Request(
        f"{server.url}/gradio_api/upload", body, {"Content-Type": "multipart/form-data; boundary=x"}, method="POST"
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 413
    refused.value.close()


def test_many_can_ask_at_once_and_nobody_waits_for_another_one(server: Server) -> None:
    # The assistant answers when all have asked: behind one another they would wait in vain.
    with ThreadPoolExecutor(TOGETHER) as pool:
        shown = list(pool.map(server.ask, [f"session{i}" for i in range(TOGETHER)]))
    assert [("The archive is empty" in html, "This did not work" in html) for html in shown] == [(True, False)] * TOGETHER


def test_ctrl_c_ends_it_without_a_traceback(server: Server) -> None:
    code, _, errors = server.end()
    assert code == 0
    assert "Traceback" not in errors
