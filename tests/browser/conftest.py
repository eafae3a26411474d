"""A real browser on the real server over the real sample archive. Skips, and says why, where there is no browser."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest

from rag import Archive

SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]

# One process that serves several archives, each with the models of a kind, so that all that is heavy is imported once:
#   plain    quotation alone
#   moody    an assistant that answers with the three sentences next to the question, whatever the ranking thinks of them; slowly
#            after `[wait]`, and not to the end after `[break]`
#   models   quotations with all that can stand beside an answer; the same on another machine; and one that is down. The first
#            translates word for word, the second adds a figure of its own, the third never ends
SERVE = """
import sys, threading, time, ui, ui.server
from dataclasses import replace
from datetime import timedelta
from langchain_core.language_models import SimpleChatModel
from rag import *
class Moody(Assistant):
    def stream(self, query, *, history=()):
        mood, _, words = query.text.rpartition("]")
        yield Event("searching")
        *_, last = super().stream(replace(query, text=words))
        claims = tuple(Claim(c.citation.quote, (c.citation,)) for c in last.answer.candidates[:3])
        for claim in claims:
            yield Event("claim", claim=claim)
            if mood == "[wait":
                time.sleep(1)
            if mood == "[break":
                raise RuntimeError("broken on purpose")
        yield Event("answer", answer=replace(last.answer, query=query, claims=claims, abstention=None))
class Echo(SimpleChatModel):
    wrong: bool
    _llm_type = "echo"
    def _call(self, messages, *_, **__):
        return f"{'77' if self.wrong else 'So to speak'}: {messages[-1].content}"
class Full(Assistant):
    host = None
    model = "some model"
    def translate(self, citation, language, *, stop=None):
        return Assistant(self.archive, model=Echo(wrong=self.host is not None)).translate(citation, language, stop=stop)
    sends_to = property(lambda self: self.host)
    def stream(self, query, *, history=()):
        yield Event("searching")
        *_, last = super().stream(query)
        answer = last.answer
        found = {c.citation.doc_id: c.citation for c in answer.candidates}.values()
        derived = (Derived("date", "on Monday", "1 September 2025", True),)
        claims = tuple(Claim(c.quote, (c,), "the council", derived, Support(9, 7, 3)) for c in [*found][:3])
        for claim in claims:
            yield Event("claim", claim=claim)
        sides = [Side(value, claim.citations, "by noon") for value, claim in zip(("12", "15", "17"), claims)]
        conflicts = tuple(Conflict("number", how, tuple(sides)) for how in ("contradiction", "update"))
        silent = (Silence("language", "bg", 24), *(Silence("outlet", f"Outlet {n}", n) for n in range(1, 9)))
        yield Event("answer", answer=replace(
            answer, query=query, claims=claims, abstention=None, conflicts=conflicts, silent=silent,
            refused=(Refused("It was the mayor.", "No source names a mayor.", "name"),), model="some model", sends_to=self.host,
            packing=Packing(8, 4, 3120, 4096), asked=f"{query.text} After that?" if history else None,
        ))
    def timeline(self, query):
        *_, last = super().stream(query)
        dated = [c.citation for c in last.answer.candidates if c.citation.published]
        said = ("on Monday", None)
        events = [TimelineEvent(c.published - timedelta(n), c.published, c, c.published, said[n % 2], n % 3 == 1)
                  for n, c in enumerate(dated)]
        return Timeline(query, tuple(sorted(events, key=lambda e: e.first)))
class Remote(Full):
    host = "api.example"
class Down(Assistant):
    model = "a model that is down"
    def translate(self, citation, language, *, stop=None):
        stop.wait(60)
        raise ModelError("Nobody waits for this any more.")
    def stream(self, query, *, history=()):
        yield Event("searching")
        raise ModelError("The model does not answer. Start its server, or choose another model.")
MODELS = {
    "plain": lambda archive: None,
    "moody": lambda archive: {"Quotation": Moody(archive)},
    "models": lambda archive: {"Full": Full(archive), "Far": Remote(archive), "Down": Down(archive)},
}
def serve(kind, path):
    with Archive.open(path) as archive:
        ui.serve(archive, models=MODELS[kind](archive))
def say(text, **_):
    print(threading.current_thread().name, text, flush=True)
    ready.release()
ui.server.print, ready = say, threading.Semaphore(0)
for name, kind, path in zip(*[iter(sys.argv[1:])] * 3):
    serving = threading.Thread(target=serve, args=(kind, path), name=name, daemon=True)
    serving.start()
    while not ready.acquire(timeout=1):  # one after the other: Gradio builds one page at a time
        serving.is_alive() or sys.exit(1)
try:
    threading.Event().wait()
except KeyboardInterrupt:
    pass
"""
CHAT = "import sys; from rag.cli import run; sys.exit(run(['chat', '--archive', sys.argv[1]]))"


@dataclass
class Site:
    """A running chat page, and a browser to open it with. Every page reports what it should not have done."""

    url: str
    browser: object
    pages: list[object] = field(default_factory=list)
    offences: list[str] = field(default_factory=list)

    def open(self, query: str = "", **options: object):
        """A new session: a page of its own, ready to be asked."""
        return self._opened(self.browser.new_context(**options).new_page(), query)

    def another(self, page: object):
        """Another tab of the same browser."""
        return self._opened(page.context.new_page(), "")

    def _opened(self, page: object, query: str):
        self.pages.append(page)
        page.set_default_timeout(20_000)
        page.on("request", lambda request: self._request(request.url))
        page.on("pageerror", lambda error: self.offences.append(f"error: {error}"))
        page.on("console", lambda message: self._message(message.type, message.text))
        page.on("dialog", lambda dialog: self.offences.append(f"dialog: {dialog.message}"))
        page.goto(self.url + query)
        page.locator("#question textarea").wait_for()
        page.locator("#masthead .holds span").first.wait_for()
        return page

    def _request(self, url: str) -> None:
        if not url.startswith((self.url, "data:", "blob:")):
            self.offences.append(f"request: {url}")

    def _message(self, kind: str, text: str) -> None:
        if kind == "error" or "Content Security Policy" in text:
            self.offences.append(f"console: {text}")

    def close(self) -> None:
        for page in self.pages:
            page.context.close()
        self.pages.clear()


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium, of the system or else of Playwright."""
    playwright = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")
    system = next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)
    with playwright.sync_playwright() as started:
        path = system or started.chromium.executable_path
        if not os.path.exists(path):
            pytest.skip("no browser: neither Chromium nor Chrome is installed. Debian: sudo apt-get install chromium")
        launched = started.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@contextmanager
def process(root: Path, code: str, *arguments: object) -> Iterator[Callable[[], str]]:
    """A process of ours; gives what reads a line of its output. It ends with Ctrl-C."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    with subprocess.Popen(command, cwd=root, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        out = running.stdout
        assert out is not None
        try:
            yield lambda: out.readline() or pytest.fail(running.communicate()[1])
        finally:
            running.send_signal(signal.SIGINT)
            running.communicate(timeout=60)


def index(directory: Path, *sources: Path) -> Path:
    """An archive of these sources."""
    with Archive.create(directory) as archive:
        report = archive.index(sources)
        assert not report.failed
    return directory


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """An archive of the sample articles."""
    return index(tmp_path_factory.mktemp("sample") / "archive", root / "corpus")


@pytest.fixture(scope="session")
def hostile_texts() -> list[str]:
    """Texts that would do something if they were taken for markup, for a template or for a link."""
    return json.loads((Path(__file__).parent / "hostile.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, hostile_texts: list[str]) -> Path:
    """An archive with a document a hostile text: in its title, its outlet and its words."""
    folder = tmp_path_factory.mktemp("hostile")
    records = [
        {
            "id": f"h{n}",
            "title": f"Mayor of Evilford {text}",
            "outlet": text,
            "url": "https://evilford.example/?" + urlencode({"q": text}),  # others are refused when they are indexed
            "language": "en",
            "date": "2025-09-01",
            "text": f"The mayor of Evilford opened a new bridge over the river on Monday {text}\n\n"
            f"{text} was painted on the town hall, and the council of Evilford had it removed within a day.",
        }
        for n, text in enumerate(hostile_texts)
    ]
    source = folder / "hostile.jsonl"
    source.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return index(folder / "archive", source)


def watched(site: Site) -> Iterator[Site]:
    """A site that must have behaved by the end of a test."""
    site.offences.clear()
    yield site
    site.close()
    assert site.offences == []


@pytest.fixture(scope="session")
def sample_server(browser: object, root: Path, sample: Path) -> Iterator[Site]:
    """The chat command itself, over the sample archive."""
    with process(root, CHAT, sample) as line:
        yield Site(line().removeprefix("Sverka is at ").split(" ")[0], browser)


@pytest.fixture(scope="session")
def servers(
    browser: object, root: Path, sample: Path, hostile: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Site]]:
    """The other chat pages, by their names."""
    empty = index(tmp_path_factory.mktemp("empty") / "archive")
    wanted = (("hostile", "plain", hostile), ("empty", "plain", empty), ("moody", "moody", sample), ("models", "models", sample))
    with process(root, SERVE, *(word for one in wanted for word in one)) as line:
        said = [line().split(" ") for _ in wanted]
        yield {name: Site(url, browser) for name, _, _, _, url, *_ in said}


@pytest.fixture
def site(sample_server: Site) -> Iterator[Site]:
    """The chat page over the sample archive."""
    yield from watched(sample_server)


@pytest.fixture
def hostile_site(servers: dict[str, Site]) -> Iterator[Site]:
    """The chat page over hostile documents."""
    yield from watched(servers["hostile"])


@pytest.fixture
def moody_site(servers: dict[str, Site]) -> Iterator[Site]:
    """The chat page with an assistant that gives three sentences, and is slow or breaks when asked to."""
    yield from watched(servers["moody"])


@pytest.fixture
def models_site(servers: dict[str, Site]) -> Iterator[Site]:
    """The chat page with a choice of models, and answers with all that can stand beside one."""
    yield from watched(servers["models"])


@pytest.fixture
def empty_site(servers: dict[str, Site]) -> Iterator[Site]:
    """The chat page over an archive without a document."""
    yield from watched(servers["empty"])
