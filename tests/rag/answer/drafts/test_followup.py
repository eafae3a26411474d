"""Follow-ups in three languages: they are made whole, and a question of its own is left alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from rag.answer.drafts.followup import standalone
from rag.models import wrap

CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "followups.jsonl").read_text(encoding="utf-8").splitlines()
]
BRIDGE = "How many people were hurt when the Tamna footbridge collapsed?"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}: {case['question']}")
def test_a_follow_up_is_made_whole_and_a_new_topic_stays(case: dict[str, Any]) -> None:
    whole = standalone(case["question"], case["history"])
    if not case["has"]:
        assert whole is None
    else:
        assert whole is not None
        assert [word for word in (*case["has"], case["question"]) if word not in whole] == []


def test_there_are_enough_cases_and_a_third_stay_as_they_are() -> None:
    for language in ("en", "ru", "bg"):
        own = [case for case in CASES if case["language"] == language]
        assert len(own) >= 30
        assert sum(not case["has"] for case in own) * 3 >= len(own)
        assert sum(case["part"] == "held out" for case in own) * 2 == len(own)


def test_without_a_question_before_nothing_is_changed() -> None:
    assert standalone("And when was that?", ()) is None


def test_names_of_the_answer_are_what_a_pronoun_may_stand_for() -> None:
    whole = standalone("How old is she?", [("Who won the election in Ostrel?", "The vote was won by Milena Torlak.")])
    assert whole is not None
    assert "Milena Torlak" in whole


def test_a_long_history_is_cut_to_its_end() -> None:
    history = [f"Who built house number {n} on the long street by the lake in the old town?" for n in range(200)] + [BRIDGE]
    whole = standalone("And when was that?", history)
    assert whole is not None
    assert "Tamna" in whole
    assert len(whole) < 300
    assert len(standalone("And when was that?", ["word " * 5000]) or "") < 600


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("When did the Tamna footbridge collapse?", True),
        ("When did the Tamna footbridge collapse in 1998?", False),  # a figure of its own
        ("When did the Ostrel footbridge collapse?", False),  # another place
        ("", False),
        ("I think that you ask when. " * 30, False),
    ],
)
def test_a_model_is_heard_only_where_its_words_are_from_the_conversation(written: str, kept: bool) -> None:
    writer = wrap(FakeListChatModel(responses=[written]), allow_remote=False, context_tokens=4096)
    whole = standalone("And when was that?", [BRIDGE], writer)
    by_rule = standalone("And when was that?", [BRIDGE])
    assert whole == (written if kept else by_rule)
