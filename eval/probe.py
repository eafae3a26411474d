"""What `eval.bench` measures in a process of its own, so that memory and caches are that of one job alone.

    python -m eval.probe ingest FILE DIR        index JSON lines into a new archive
    python -m eval.probe fill DATA WORK COUNT   make a filler archive
    python -m eval.probe open DIR               open an archive and ask it once
    python -m eval.probe search DIR QUESTIONS   search and ask, with and without filters, and compare with brute force

Each prints one JSON object: seconds, counts, shares.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from eval.filler import DAYS, FIRST_DAY, filler_archive, filler_embedder
from rag import Archive, Assistant, Query

# Where the time of a search goes: a name for the reader, and what is timed. What is left over is `rest`.
STAGES = {
    "language": ("rag.archive.analyse",),
    "embedding": ("rag.archive.Archive._embed",),
    "dense": ("rag.index.candidates.Searcher._dense",),
    "lexical": ("rag.index.candidates.Searcher._words",),
    "store": ("rag.index.store.Snapshot.closeness", "rag.index.store.Snapshot.load"),
    "rescoring": ("rag.archive.rank",),
}
FILTERS: dict[str, dict[str, Any]] = {
    "none": {},
    "language": {"languages": ("ru",)},
    "outlet": {"outlets": ("Filler 07",)},
    "date": {"since": FIRST_DAY + timedelta(days=DAYS // 2), "until": FIRST_DAY + timedelta(days=DAYS // 2 + 30)},
}
DEPTH = 50
# Searches before the clock starts, with questions that are not asked again: a program that stays has its indexes open by then,
# and no question, document or word that is measured is in its caches already.
WARM = 60


def ingest(file: Path, directory: Path) -> dict[str, Any]:
    """What was indexed, and the seconds it took, on the clock and of all cores; loading the model is not counted."""
    with Archive.create(directory) as archive:
        archive.embedder.embed_passages(["x"])
        start, busy = time.perf_counter(), time.process_time()
        archive.index([file])
        seconds, busy = time.perf_counter() - start, time.process_time() - busy
        held = archive.stats()
    characters = sum(len(json.loads(line)["text"]) for line in file.read_text(encoding="utf-8").splitlines())
    return {
        "passages": held.passages,
        "sentences": held.sentences,
        "characters": characters,
        "seconds": seconds,
        "cpu_seconds": busy,
        "bytes": held.bytes,
    }


def fill(data: Path, work: Path, count: int) -> dict[str, Any]:
    """Make a filler archive; its size, and the seconds it took."""
    start = time.perf_counter()
    with Archive.open(filler_archive(data, work, count)) as archive:
        held = archive.stats()
    return {
        "passages": held.passages,
        "sentences": held.sentences,
        "bytes": held.bytes,
        "seconds": time.perf_counter() - start,
    }


def first_question(directory: Path) -> dict[str, float]:
    """Seconds to open an archive, to answer the first question, and to answer the next."""
    times = [time.perf_counter()]
    with Archive.open(directory) as archive:
        times.append(time.perf_counter())
        assistant = Assistant(archive)
        for question in ("When was the bridge opened?", "Кто подписал соглашение?"):
            assistant.ask(question)
            times.append(time.perf_counter())
    opened, first, second = np.diff(times)
    return {"open": float(opened), "first": float(first), "second": float(second)}


def search(directory: Path, questions: Sequence[str]) -> dict[str, Any]:
    """Latencies by filter, their division, those of asking, and recall against brute force by filter.

    A latency is a pair: seconds on the clock, and seconds of all cores, which a busy machine does not stretch as much. Each
    question is asked once: they take turns with the filters, with asking, and with being divided.
    """
    jobs = [*FILTERS, "ask", "division"]
    latency: dict[str, list[tuple[float, float]]] = {name: [] for name in jobs}
    with Archive.open(directory) as archive:
        assistant = Assistant(archive)
        warm = min(WARM, len(questions) // 4)
        for question in questions[:warm]:
            assistant.ask(question)
        measured = questions[warm:]
        with divided() as parts:
            for number, question in enumerate(measured):
                name = jobs[number % len(jobs)]
                query = Query(question, **FILTERS.get(name, {}))
                parts.active = name == "division"
                job = assistant.ask if name == "ask" else archive.search
                latency[name].append(timed(lambda: job(query)))  # noqa: B023 - called at once
    whole = latency.pop("division")
    division = {name: seconds / len(whole) for name, seconds in parts.spent.items()}
    division["rest"] = sum(seconds for seconds, _ in whole) / len(whole) - sum(division.values())
    asked = latency.pop("ask")
    return {"search": latency, "ask": asked, "division": division, **recall(directory, measured[:: len(jobs)])}


def timed(job: Callable[[], object]) -> tuple[float, float]:
    """Seconds that the job takes, on the clock and of all cores."""
    start, busy = time.perf_counter(), time.process_time()
    job()
    return time.perf_counter() - start, time.process_time() - busy


class Division:
    """The seconds spent in each of STAGES, by its name, while `active`."""

    def __init__(self) -> None:
        self.active = True
        self.spent = dict.fromkeys(STAGES, 0.0)

    def timing(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            start = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                if self.active:
                    self.spent[name] += time.perf_counter() - start

        return run


@contextmanager
def divided() -> Iterator[Division]:
    """While this is open, time is kept of the stages of each search."""
    division = Division()
    with ExitStack() as stack:
        for name, targets in STAGES.items():
            for target in targets:
                original, _ = patch(target).get_original()
                stack.enter_context(patch(target, division.timing(name, original)))
        yield division


def recall(directory: Path, questions: Sequence[str]) -> dict[str, Any]:
    """Mean recall@50 of the dense index against brute force over all vectors within the filter, and hits outside filters.

    Each filler is one passage whose vector follows from its text, so brute force needs nothing from the indexes.
    """
    work = directory.parent
    rows = [json.loads(line) for line in (work / f"{directory.name}.jsonl").read_text(encoding="utf-8").splitlines()]
    outside, found = 0, {}
    with Archive.open(directory) as archive:
        embedder = filler_embedder(work, work, archive.settings)
        vectors = np.concatenate(
            [embedder.embed_passages([r["text"] for r in rows[i : i + 5000]]) for i in range(0, len(rows), 5000)]
        )
        asked = archive.embedder.embed_queries(questions)
        for name, filters in FILTERS.items():
            inside = np.flatnonzero([_passes(row, filters) for row in rows])
            allowed = {rows[i]["id"] for i in inside}
            shares = []
            for question, vector in zip(questions, asked, strict=True):
                scores = vectors[inside] @ vector
                best = {rows[inside[i]]["id"] for i in np.argpartition(-scores, DEPTH)[:DEPTH]} if len(inside) > DEPTH else set()
                hits = archive.search(Query(question, k=4 * DEPTH, mode="dense", **filters))
                near = {hit.document.id for hit in hits if hit.dense_rank is not None and hit.dense_rank <= DEPTH}
                outside += len({hit.document.id for hit in hits} - allowed)
                if best:
                    shares.append(len(best & near) / DEPTH)
            if shares:
                found[name] = float(np.mean(shares))
    return {"recall": found, "outside": outside}


def _passes(row: dict[str, str], filters: dict[str, Any]) -> bool:
    day = row["date"]
    return (
        row["language"] in filters.get("languages", (row["language"],))
        and row["outlet"] in filters.get("outlets", (row["outlet"],))
        and ("since" not in filters or filters["since"].isoformat() <= day <= filters["until"].isoformat())
    )


def main(argv: Sequence[str]) -> int:
    match list(argv):
        case ["ingest", file, directory]:
            result: dict[str, Any] = ingest(Path(file), Path(directory))
        case ["fill", data, work, count]:
            result = fill(Path(data), Path(work), int(count))
        case ["open", directory]:
            result = first_question(Path(directory))
        case ["search", directory, questions]:
            result = search(Path(directory), json.loads(Path(questions).read_text(encoding="utf-8")))
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
