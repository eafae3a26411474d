"""Measures the chat page in a real browser, or takes the pictures for docs/. Both make a sample archive in a temporary folder.

    python tools/page.py measure [N]     from opening to ready, from Enter to the first sentence (of N questions), twenty at once,
                                         and twenty at once of a slow language model
    python tools/page.py pictures        writes docs/*.png

Needs the packages of the tests and a browser. Figures are of this machine as busy as it is: none is asserted anywhere.
"""

from __future__ import annotations

import json
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CLI = [sys.executable, "-c", "import sys; from rag.cli import run; sys.exit(run(sys.argv[1:]))"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
# The chat page with a model that writes ten words a second: a sentence of the first English passage, twice.
SLOW = """
import re, sys, time, ui
from langchain_core.language_models import SimpleChatModel
from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk
from rag import Archive, Assistant
class Slow(SimpleChatModel):
    _llm_type = "slow"
    def _call(self, messages, *_, **__):
        number, sentence = re.search(r"\\[(\\d)\\] ([A-Z][a-z].+?[.!?])(?= |$)", messages[-1].content, re.M).groups()
        return f"{sentence[:-1]} [{number}]{sentence[-1]} " * 2
    def _stream(self, messages, *_, **__):
        for word in self._call(messages).split(" "):
            time.sleep(0.1)
            yield ChatGenerationChunk(message=AIMessageChunk(content=word + " "))
with Archive.open(sys.argv[1]) as archive:
    ui.serve(archive, models={"slow": Assistant(archive, model=Slow())})
"""
READY = "#masthead .holds span"
TOGETHER = 20

STORY = "How many people fell ill with salmonella in Torvel?"
QUESTIONS = (
    "How many people were hurt when the footbridge in Tamnar fell?",
    "How long did the official talks between Putin and Kim in Beijing last?",
    "Какво занесе Медведев на севернокорейския лидер?",
    "Колко души са пострадали при падането на моста в Тъмнар?",
    "О чём договорились Путин и Ким Чен Ын по телефону в августе 2025 года?",
    "Сколько человек уволили на турбинном заводе в Колваре?",
)


@contextmanager
def served(code: str | None = None) -> Iterator[str]:
    """The address of a chat page over the sample archive: the command's, or that of a program which is given the archive."""
    with tempfile.TemporaryDirectory() as folder:
        archive = ["--archive", f"{folder}/archive"]
        subprocess.run(
            [*CLI, "index", *archive, "corpus"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        command = [sys.executable, "-c", code, archive[1]] if code else [*CLI, "chat", *archive]
        with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE) as server:
            assert server.stdout is not None
            try:
                yield server.stdout.readline().removeprefix("Sverka is at ").split(" ")[0]
            finally:
                server.send_signal(signal.SIGINT)


@contextmanager
def chromium() -> Iterator[Any]:
    """The system's browser, else Playwright's."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


def asked(page: Any, question: str, number: int = 1) -> float:
    """Ask, and wait for the first sentence: the seconds from Enter until it is on the page."""
    page.fill("#question textarea", question)
    page.evaluate(
        """(selector) => {
            const box = document.querySelector('#question textarea');
            window.enter = window.first = 0;
            box.addEventListener('keydown', () => { window.enter = performance.now(); }, { once: true });
            const look = () => {
                if (document.querySelector(selector)) requestAnimationFrame(() => { window.first = performance.now(); });
                else requestAnimationFrame(look);
            };
            look();
        }""",
        f"#turn-{number} .says",
    )
    page.press("#question textarea", "Enter")
    page.wait_for_function("window.first > 0")
    return float(page.evaluate("(window.first - window.enter) / 1000"))


def opened(browser: Any, url: str, **options: Any) -> Any:
    page = browser.new_context(**options).new_page()
    page.goto(url)
    page.wait_for_selector(READY)
    return page


def measure(rounds: int) -> None:
    """Print how long readers wait."""
    with served() as url, chromium() as browser:
        opening = []
        for _ in range(5):
            page = browser.new_context().new_page()
            started = time.monotonic()
            page.goto(url)
            page.wait_for_selector("#question textarea:not([disabled])")
            page.wait_for_selector(READY)
            opening.append(time.monotonic() - started)
        page.wait_for_selector("[data-ask]")
        waits = []
        for n in range(rounds):
            waits.append(asked(page, QUESTIONS[n % len(QUESTIONS)], n + 1))
            page.wait_for_selector(f'#turn-{n + 1}[aria-busy="false"]')
        _print("from opening to ready", opening)
        _print("from Enter to the first sentence", waits)
    for what, code, questions in (("", None, QUESTIONS), (" of a slow model", SLOW, QUESTIONS[:2])):
        with served(code) as url, ThreadPoolExecutor(TOGETHER) as pool:
            _over_http(url, questions, "warm-up")
            found = list(pool.map(partial(_over_http, url, questions), [f"session{n}" for n in range(TOGETHER)]))
        for part, seconds in zip(("first sentence", "end"), zip(*found, strict=True), strict=True):
            _print(f"{TOGETHER} asks at once{what}, to each one's {part}", list(seconds))


def _over_http(url: str, questions: Sequence[str], session: str) -> tuple[float, float]:
    """Ask as the page does, without a browser, which costs as much as an answer: seconds to the first sentence and to the end."""
    with urllib.request.urlopen(f"{url}/config") as response:
        config = json.load(response)
    names = {part["id"]: part["props"].get("elem_id") for part in config["components"]}
    event = next(e for e in config["dependencies"] if [names[i] for i in e["inputs"]][:1] == ["question"])
    question = questions[zlib.crc32(session.encode()) % len(questions)]
    body = {"data": [question, None, None, [], [], None, None], "fn_index": event["id"], "session_hash": session}
    started = time.monotonic()
    headers = {"Content-Type": "application/json"}
    urllib.request.urlopen(urllib.request.Request(f"{url}/gradio_api/queue/join", json.dumps(body).encode(), headers)).close()
    first = 0.0
    with urllib.request.urlopen(f"{url}/gradio_api/queue/data?session_hash={session}") as stream:
        for line in stream:
            if b'class=\\"says' in line and not first:
                first = time.monotonic() - started
            if b'"process_completed"' in line and first:
                return first, time.monotonic() - started
    raise RuntimeError(f"No sentence came to {question!r}.")


def _print(what: str, seconds: list[float]) -> None:
    ordered = sorted(seconds)
    print(f"{what}: median {statistics.median(ordered):.2f} s, longest {ordered[-1]:.2f} s, of {len(ordered)}")


def pictures() -> None:
    """Write the pictures of README.md."""
    desktop = {"viewport": {"width": 1280, "height": 760}, "device_scale_factor": 1.5}
    phone = {"viewport": {"width": 390, "height": 760}, "device_scale_factor": 2, "has_touch": True}

    def answer(page: Any) -> None:
        page.locator(".cite").first.click()
        page.wait_for_function("document.activeElement.id === 'here'")

    def differ(page: Any) -> None:
        page.locator(".conflict .cite").last.click()
        page.wait_for_function("document.activeElement.id === 'here'")
        page.locator(".differences").evaluate("(part) => window.scrollBy(0, part.getBoundingClientRect().top - 70)")

    def story(page: Any) -> None:
        page.get_by_role("button", name="Show what happened when").click()
        page.locator(".plot").wait_for()

    with served() as url, chromium() as browser:
        _picture(opened(browser, url, **desktop), "screenshot.png", STORY, answer)
        _picture(opened(browser, url, color_scheme="dark", **desktop), "dark.png", STORY, differ)
        _picture(opened(browser, url, **phone), "phone.png", QUESTIONS[4], lambda page: None)
        _picture(opened(browser, url, color_scheme="dark", **phone), "phone-dark.png", QUESTIONS[1], answer)
        _picture(opened(browser, url, **desktop), "timeline.png", STORY, story)


def _picture(page: Any, name: str, question: str, then: Callable[[Any], None]) -> None:
    page.wait_for_selector("[data-ask]")
    asked(page, question)
    page.wait_for_selector('#turn-1[aria-busy="false"]')
    then(page)
    page.mouse.move(1, page.viewport_size["height"] / 2)
    page.wait_for_timeout(500)  # transitions
    page.screenshot(path=ROOT / "docs" / name)
    page.context.close()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["measure", *rounds]:
            measure(int(rounds[0]) if rounds else 30)
        case ["pictures"]:
            pictures()
        case _:
            sys.exit(__doc__)
