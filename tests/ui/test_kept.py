"""What the reader's browser keeps comes back as it was, and nothing else comes back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from rag.types import Conflict, Derived, Event, Packing, Query, Refused, Side, Silence, Support
from ui import kept
from ui.turn import Problem, Rendering, Turn


def full(press: SimpleNamespace) -> Turn:
    """A turn with something in every field."""
    opened = press.quoting(press.bridge, "The new bridge at Lower Mill opened on Monday.")
    built = press.quoting(press.most, "Его строили три года.")
    claim = replace(
        press.answer("q").claims[0], attribution="x", derived=(Derived("date", "a", "b", True),), support=Support(3, 2, 1)
    )
    answer = press.answer(
        "q", claims=(claim,), refused=(Refused("a", "b", "c"),), silent=(Silence("outlet", "Mill Gazette", 3),),
        conflicts=(Conflict("date", "update", (Side("Monday", (opened,)), Side("три года", (built,), "s", "a"))),),
        asked="q in full", as_of=date(2025, 9, 3), model="m", sends_to="h", packing=Packing(1, 2, 3, 4), fallback="f",
    )  # fmt: skip
    query = Query("q", languages=("en",), outlets=("Mill Gazette",), since=date(2025, 9, 1), until=date(2025, 9, 30))
    answered = Turn(1, "q", query, "model").after(Event("answer", answer=answer))
    made = Rendering(1, "m", "h", "In English"), Rendering(0, "m", reason="refused")
    return replace(answered.with_timeline(press.Assistant(press.answer).timeline(query)), renderings=made)


def test_a_conversation_comes_back_as_it_was(press: SimpleNamespace) -> None:
    near = (press.quoting(press.most, "Его строили три года."),)
    turns = (
        full(press),
        Turn(2, "q", Query("q")).after(Event("answer", answer=press.abstaining("q", near=near))),
        Turn(3, "q").failed(Problem("a", "b", ("c",))),
    )
    assert kept.unpacked(kept.packed(turns)) == turns


def test_what_was_under_way_comes_back_as_stopped() -> None:
    assert [turn.status for turn in kept.unpacked(kept.packed((Turn(1, "q"),)))] == ["stopped"]


def test_a_conversation_too_long_for_a_browser_loses_its_oldest_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = tuple(Turn(n, "q" * 100, status="stopped") for n in range(1, 6))
    monkeypatch.setattr(kept, "_MAX_CHARACTERS", len(kept.packed(turns)) // 2)
    assert [turn.number for turn in kept.unpacked(kept.packed(turns))] == [4, 5]


def test_nothing_is_kept_of_an_empty_conversation() -> None:
    assert kept.packed(()) == "[]"
    assert kept.unpacked("[]") == kept.unpacked("") == ()


@pytest.mark.parametrize("text", [None, 7, [], "no JSON", "null", "{}", '[{"number": "x"}]', '[{"number": 1}]', "[[[["])
def test_what_is_no_conversation_becomes_an_empty_one(text: object) -> None:
    assert kept.unpacked(text) == ()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("statements", 0, "places"), [99]),
        (("statements", 0, "places"), [-1]),
        (("statements", 0, "places"), []),
        (("differences", 0, "sides", 0, "places"), [99]),
        (("differences", 0, "relation"), "quarrel"),
        (("chronicle", "moments", 0, "place"), 99),
        (("renderings", 0, "place"), 99),
        (("outcome",), None),
        (("outcome", "abstention"), "tired"),
        (("query", "since"), "2026-01-01"),  # later than until
        (("query", "text"), ""),
        (("references", 0, "start"), "here"),
    ],
)
def test_a_conversation_that_was_tampered_with_is_not_taken(press: SimpleNamespace, path: tuple[Any, ...], value: object) -> None:
    data = json.loads(kept.packed((full(press),)))
    part = data[0]
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    assert kept.unpacked(json.dumps(data)) == ()
