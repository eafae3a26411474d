"""Several processes on one archive, and processes that are killed.

How long the two processes run together: TEST_SECONDS, 8 where it is not set.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.archive import Archive
from rag.types import Query

WORKER = Path(__file__).with_name("worker.py")
SECONDS = float(os.environ.get("TEST_SECONDS", "8"))


def start(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, str(WORKER), *map(str, arguments)], stdout=subprocess.PIPE, text=True)


@pytest.fixture
def press(tmp_path: Path) -> Path:
    folder = tmp_path / "press"
    folder.mkdir()
    return folder


class Listener:
    """What the writing process has told: kept by a thread, read by the asking one."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.rounds = 0
        self.ended = False
        # The editions committed for certain; those of the round under way may be committed too.
        self.gone: set[int] | None = None
        self.writing = False
        self._process = process
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            event = json.loads(line)
            if "begin" in event:
                self.writing = True
            elif "done" in event:
                self.gone = set(event["gone"])
                self.writing = False
                self.rounds += 1
            else:
                self.ended = True

    def join(self) -> None:
        self._thread.join()


@pytest.mark.timeout(SECONDS * 4 + 120)
def test_one_process_asks_while_another_indexes_replaces_and_deletes(archive: Archive, press: Path) -> None:
    """No error; a document that is always there is always found, in one edition; a deleted one never."""
    with start("churn", archive.path, press, SECONDS) as writer:
        heard = Listener(writer)
        asked = 0
        while writer.poll() is None:
            if not heard.rounds:
                time.sleep(0.02)
                continue
            number = asked % 30
            for mode in ("hybrid", "lexical", "dense"):
                hits = archive.search(Query(f"Unique{number} happened", k=40, mode=mode))
                mine = [hit for hit in hits if hit.document.id == f"doc{number}"]
                assert mine, f"doc{number} was missing in mode {mode}"
                assert len({hit.document.text for hit in mine}) == 1, "two editions at once"
                assert all(hit.document.text[hit.passage.start : hit.passage.end] == hit.text for hit in hits)
            before, gone, writing = heard.rounds, heard.gone, heard.writing
            found = {hit.document.id for hit in archive.search(Query("happened edition0", k=200, mode="lexical"))}
            if not writing and not heard.writing and heard.rounds == before and gone is not None:
                assert not found & {f"doc{number}" for number in gone}, "a deleted document was found"
            asked += 1
        heard.join()
    assert writer.returncode == 0
    assert heard.ended
    assert heard.rounds > 2
    assert asked > 20
    assert archive.verify().problems == ()


def many(press: Path, count: int) -> None:
    for part in range(4):
        rows = [
            {"id": f"doc{number}", "text": f"Report number {number} tells of place {number * 7}. It was quiet there."}
            for number in range(part, count, 4)
        ]
        (press / f"part{part}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.mark.timeout(300)
def test_a_killed_run_leaves_an_archive_that_answers_and_is_finished_by_the_next(archive: Archive, press: Path) -> None:
    many(press, 1200)
    chance = random.Random(5)
    committed = 0
    for _ in range(6):
        with start("index", archive.path, press) as run:
            target = committed + chance.randrange(0, 260)
            while run.poll() is None and archive.stats().documents < target:
                time.sleep(0.01)
            time.sleep(chance.random() * 0.2)
            run.send_signal(signal.SIGKILL)
        documents = archive.stats().documents
        assert documents >= committed, "a committed document is missing"
        committed = documents
        assert archive.verify().problems == () or not archive.stats().passages
        for number in chance.sample(range(1200), 5):
            hits = archive.search(Query(f"report number {number} place {number * 7}", k=1, mode="lexical"))
            assert not documents or hits
    with start("index", archive.path, press) as run:
        assert run.stdout is not None
        report = json.loads(run.stdout.read())
    assert report["failed"] == []
    assert report["added"] + report["unchanged"] == 1200
    assert report["unchanged"] >= committed
    assert archive.stats().documents == 1200
    assert archive.verify().problems == ()
    leftovers = {path.name.split("-")[0] for path in archive.path.iterdir() if path.is_dir()}
    assert leftovers == {"lexical", "vectors", "dense"}
    assert len([path for path in archive.path.iterdir() if path.is_dir()]) == 3


_STEPS = (
    "rag.index.lexical.LexicalWriter.update",
    "rag.index.settle.write_rows",
    "rag.index.dense.ChromaFolder.upsert",
    "rag.index.settle.Settler.tidy",
)


@pytest.mark.parametrize("step", _STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_death_around_any_step_of_the_derived_indexes_is_survived(
    archive: Archive, chroma: None, records: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    """The same as a kill at the worst moments, each of them met for certain."""

    class Death(BaseException):
        pass

    path = records(*({"id": f"d{n}", "text": f"Report {n} of the bridge."} for n in range(5)))
    archive.index([path])
    module, _, name = step.rpartition(".")
    owner = _resolve(module)
    real = getattr(owner, name)

    def dying(*arguments: Any, **named: Any) -> Any:
        if when == "before":
            raise Death
        result = real(*arguments, **named)
        if isinstance(result, Iterator):
            list(result)
        raise Death

    monkeypatch.setattr(owner, name, dying)
    records(*({"id": f"d{n}", "text": f"Report {n + n % 2 * 10} of the bridge."} for n in range(7)))
    with pytest.raises(Death):
        archive.index([path])
    monkeypatch.undo()
    monkeypatch.setattr("rag.archive.load_embedder", lambda settings, **_: archive.embedder)
    with Archive.open(archive.path) as reader:
        for mode in ("hybrid", "dense", "lexical"):
            hits = reader.search(Query("report of the bridge", k=50, mode=mode))
            assert sorted(hit.document.id for hit in hits) == [f"d{n}" for n in range(7)]
        assert reader.index([path]).unchanged == 7
        assert reader.verify().problems == ()


def _resolve(path: str) -> Any:
    import importlib

    parts = path.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part)
        return found
    raise LookupError(path)
