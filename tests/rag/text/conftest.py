"""What several tests of rag.text read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def flores(shared: Path) -> list[tuple[str, str]]:
    """(language, sentence) of the public FLORES sentences in Bulgarian, Russian and English."""
    rows = (json.loads(line) for line in (shared / "data" / "flores_passages.jsonl").read_text("utf-8").splitlines())
    return [(row["lang"], row["text"]) for row in rows]


@pytest.fixture(scope="session")
def xquad_questions(shared: Path) -> list[tuple[str, str]]:
    """(language, question) of the public XQuAD questions in Russian and English."""
    rows = (json.loads(line) for line in (shared / "data" / "xquad_questions.jsonl").read_text("utf-8").splitlines())
    return [(row["lang"], row["text"]) for row in rows]


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of sets that we wrote for these tests."""
    return DATA
