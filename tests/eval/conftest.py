"""A small archive of invented articles, and cases over it, for tests that run the whole evaluation."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from eval.cases import Case, Gold
from rag import Archive

PLACES = ("Arlen", "Borvik", "Cassel", "Dunmor", "Elsby", "Fenwick", "Garrow", "Hestol", "Ivarne", "Jostad", "Kelmar", "Lurgan")
THINGS = (
    ("bridge", "The bridge of {} was opened on {} May 2031.", "On which day was the bridge of {} opened?"),
    ("school", "The school of {} has {} pupils and a new roof.", "How many pupils does the school of {} have?"),
)


def records() -> list[dict[str, str]]:
    """An article a place: two facts among sentences that are the same everywhere; every other one is a year older."""
    rows = []
    for number, place in enumerate(PLACES):
        facts = [text.format(place, 3 + 2 * number) for _, text, _ in THINGS]
        text = f"The council of {place} met in the town hall. {facts[0]} It rained all week. {facts[1]} Nobody was hurt."
        row = {"id": f"doc-{place}", "language": "en", "outlet": "Tide", "text": text}
        rows.append(row | {"date": "2031-06-01" if number % 2 else "2030-06-01"})
    return rows


def cases() -> list[Case]:
    """Each fact asked for, with a filter that lets its article through; and questions that have no answer."""
    asked = []
    for row, (number, place) in zip(records(), enumerate(PLACES), strict=True):
        for thing, text, question in THINGS:
            gold = Gold(row["id"], text.format(place, 3 + 2 * number))
            asked.append(
                Case(
                    id=f"{place}-{thing}",
                    question=question.format(place),
                    language="en",
                    answerable=True,
                    gold=(gold,),
                    outlets=("Tide",),
                )
            )
    off = (
        ("en", "Who won the chess championship?"),
        ("ru", "Какая столица у Перу?"),
        ("en", "How is bread baked?"),
        ("bg", "Кой е авторът на романа?"),
    )
    for number, (language, question) in enumerate(off * 3):
        asked.append(Case(id=f"off-{number}", question=question, language=language, answerable=False, kind="unanswerable"))
    return asked


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The archive of the articles above."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in records()), encoding="utf-8")
    with Archive.create(folder / "archive") as archive:
        assert archive.index([folder / "articles.jsonl"]).failed == ()
        yield archive


@pytest.fixture(scope="session")
def small_cases() -> list[Case]:
    return cases()
