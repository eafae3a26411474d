"""llama.cpp in this process, with a real small model: it counts, streams, serves two, lets go, and ends with the program."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from rag.models import load_writer
from rag.models.base import Writer
from rag.models.reading import pieces
from rag.settings import Settings

pytestmark = pytest.mark.model
LONG = [("human", "Tell a very long story about a fox, a goose and a river.")]


@pytest.fixture(scope="module")
def writer(smol: Path) -> Writer:
    made = load_writer(Settings(model=f"gguf:{smol}", context_tokens=1024, threads=1))
    assert made is not None
    return made


def test_a_model_says_how_much_it_takes_and_counts_in_its_own_tokens(writer: Writer) -> None:
    assert (writer.window, writer.exact, writer.weak, writer.host) == (1024, True, True, None)
    assert writer.name == "gguf:SmolLM2-135M-Instruct.Q4_1.gguf"
    short, longer = writer.count([("human", "Hello")]), writer.count([("human", "Hello, hello, hello")])
    assert 0 < short < longer


def test_words_come_one_by_one(writer: Writer) -> None:
    came = [piece for piece in pieces(writer, [("human", "Say: the bridge is open.")]) if piece]
    assert len(came) > 1


def test_its_port_is_closed_to_everybody_else(writer: Writer) -> None:
    asked = httpx.get(writer.chat.base_url + "/models", trust_env=False)  # type: ignore[attr-defined]
    assert asked.status_code == 401


def test_two_readers_are_served_at_once(writer: Writer) -> None:
    first = pieces(writer, LONG)
    with closing(first):
        assert any(piece for piece in first)  # it is being written
        second = [piece for piece in pieces(writer, [("human", "Say yes.")]) if piece]
        assert second
        assert any(piece for piece in first)  # and still is, after the second is done


def test_leaving_ends_the_work(writer: Writer) -> None:
    draft = pieces(writer, [("human", "word " * 700)])
    next(draft)
    draft.close()
    # Both places are free again: two more drafts begin without waiting for what was left.
    begun = [pieces(writer, LONG), pieces(writer, LONG)]
    for one in begun:
        with closing(one):
            assert any(piece for piece in one)
    assert _ended("drafting")


def _ended(name: str) -> bool:
    """Whether every thread of that name ends; the test's own time limit is the clock."""
    while any(thread.name == name for thread in threading.enumerate()):
        time.sleep(0.05)
    return True


def test_the_program_ends_while_the_model_is_writing(smol: Path) -> None:
    program = (
        "import sys\nfrom rag.models import load_writer\nfrom rag.models.reading import pieces\n"
        "from rag.settings import Settings\n"
        "writer = load_writer(Settings(model='gguf:' + sys.argv[1], context_tokens=1024, threads=1))\n"
        "draft = pieces(writer, [('human', 'Tell a very long story.')])\n"
        "print(next(piece for piece in draft if piece) != '')\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(smol)], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "True\n", "")


def test_a_program_that_is_killed_takes_its_model_with_it(smol: Path) -> None:
    program = (
        "import sys\nfrom rag.models import load_writer\nfrom rag.models.reading import pieces\n"
        "from rag.settings import Settings\n"
        "writer = load_writer(Settings(model='gguf:' + sys.argv[1], context_tokens=1024, threads=1))\n"
        "for piece in pieces(writer, [('human', 'Tell a very long story.')]):\n"
        "    if piece:\n        print(writer.chat.base_url, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(smol)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert httpx.get(f"{address}/models", trust_env=False).status_code == 401  # it is there, and knows us not
        process.kill()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{address}/models", trust_env=False)
