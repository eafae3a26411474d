"""What the indexes find, and which of it is looked at closely."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rag.archive import Archive
from rag.index.candidates import _shortlist
from rag.index.rank import SHORTLIST, Found
from rag.index.store import Store
from rag.types import Query


@pytest.fixture
def press(archive: Archive, records: Any) -> Archive:
    rows = [{"id": f"d{n}", "text": f"Report {n} of the bridge. Town {n % 7} was quiet. Number {n} told."} for n in range(90)]
    archive.index([records(*rows)])
    return archive


def test_closeness_is_the_cosine_of_the_passage_and_of_its_best_sentence(press: Archive) -> None:
    vector = press.embedder.embed_question("quiet town").vector
    with Store(press.path).snapshot() as snapshot:
        found = snapshot.closeness([3, 5, 999], vector)
        for stored in snapshot.load([3, 5]):
            best = (stored.sentence_vectors @ vector).max()
            assert found[stored.passage.id] == pytest.approx(stored.vector @ vector + best, abs=1e-5)
        assert sorted(found) == sorted(snapshot.known([3, 5, 999])) == [3, 5]
        assert snapshot.closeness([], vector) == snapshot.closeness([999], vector) == {}


def test_only_the_shortlist_is_loaded_unless_more_is_asked_for(press: Archive) -> None:
    for mode in ("hybrid", "dense", "lexical"):
        assert len(press.candidates(Query("bridge report", mode=mode))[1]) == SHORTLIST
        assert len(press.search(Query("bridge report", k=70, mode=mode))) == 70
        assert len(press.search(Query("bridge report", k=5000, mode=mode))) == 90


def test_the_shortlist_keeps_what_either_index_likes_best_in_the_order_found() -> None:
    near, worded = Found(1, 1, 0.9, None, None), Found(2, None, None, 1, 7.0)
    rest = [Found(id_, id_, 0.2, 9, 0.5) for id_ in range(3, 60)]
    meaning = {1: 1.9, 2: 0.1} | {found.passage_id: 0.3 for found in rest}
    kept = _shortlist([*rest, worded, near], meaning, 5)
    assert [found.passage_id for found in kept[-2:]] == [2, 1]
    assert len(kept) == 5
    assert _shortlist([near, worded], meaning, 5) == [near, worded]


def test_a_shortlist_of_equals_is_no_division_by_nothing() -> None:
    with np.errstate(all="raise"):
        kept = _shortlist([Found(id_, id_, 0.5, None, None) for id_ in range(9)], dict.fromkeys(range(9), 1.0), 3)
    assert [found.passage_id for found in kept] == [0, 1, 2]
