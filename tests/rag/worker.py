"""A process of its own for tests: indexes, replaces and deletes in an archive, with the fake embedder, until it is told to stop.

worker.py churn ARCHIVE PRESS SECONDS    rewrites files of PRESS and indexes them, for so long
worker.py index ARCHIVE PRESS            indexes PRESS once
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import fake_embedder  # noqa: E402

import rag.archive  # noqa: E402
import rag.index.settle  # noqa: E402

rag.archive.load_embedder = fake_embedder.load  # type: ignore[assignment]
rag.index.settle.CHROMA_FROM = 1  # else archives as small as these have no Chroma index


def say(**event: object) -> None:
    """One event for the test that listens, at once."""
    print(json.dumps(event), flush=True)


def article(number: int, edition: int) -> dict[str, object]:
    filler = " ".join(f"Detail {part} of story {number} was given by a clerk." for part in range(number % 9))
    return {"id": f"doc{number}", "text": f"Unique{number} happened in edition{edition}. {filler}", "language": "en"}


def churn(archive: rag.archive.Archive, press: Path, seconds: float) -> None:
    chance = random.Random(11)
    editions = dict.fromkeys(range(30), 0)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for number in chance.sample(sorted(editions), 6):
            editions[number] += 1
        gone = chance.sample(range(100, 120), 5)
        numbers = [*editions, *(number for number in range(100, 120) if number not in gone)]
        rows = [article(number, editions.get(number, 0)) for number in numbers]
        (press / "press.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        say(begin=True, gone=gone)
        report = archive.index([press], prune=True)
        assert not report.failed, report.failed
        say(done=True, editions=editions, gone=gone)
        archive.remove([f"doc{numbers[-1]}"])
    say(end=True)


def main(command: str, directory: str, press: str, seconds: str = "0") -> None:
    with rag.archive.Archive.open(directory) as archive:
        if command == "churn":
            churn(archive, Path(press), float(seconds))
        else:
            report = archive.index([press])
            say(added=report.added, unchanged=report.unchanged, failed=[failure.reason for failure in report.failed])


if __name__ == "__main__":
    main(*sys.argv[1:])
