"""Evidence and ranking, with numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from rag.index.evidence import PASSAGE_FEATURES, SENTENCE_FEATURES, Asked, gather, idf
from rag.index.rank import Found, answered_from, rank
from rag.index.store import Stored
from rag.text.question import analyse
from rag.types import Document, Passage, Query

QUESTION = analyse("Who closed the harbour bridge?")  # telling words: close, harbour, bridge


def stored(
    id_: int, *sentences: str, vectors: list[list[float]], codes: tuple[np.ndarray, ...] = (), language: str = "en"
) -> Stored:
    """A document of one passage; the passage's vector is that of its first sentence."""
    text = " ".join(sentences)
    spans, at = [], 0
    for sentence in sentences:
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 1
    passage = Passage(id_, f"d{id_}", 0, 0, len(text), tuple(spans))
    document = Document(id=f"d{id_}", text=text, source=f"d{id_}", sha256="", language=language)
    rows = np.array(vectors, dtype=np.float32)
    return Stored(passage, document, rows[0], rows, codes)


def asked(words: np.ndarray | None = None, terms: tuple[int, ...] = ()) -> Asked:
    bare = np.array([0.0, 1.0], dtype=np.float32)
    return Asked(QUESTION, np.array([1.0, 0.0], dtype=np.float32), bare, words, terms, np.array([1.0, 2.0, 1.0]))


def feature(evidence: np.ndarray, name: str) -> list[float]:
    names = PASSAGE_FEATURES if evidence.shape[1] == len(PASSAGE_FEATURES) else SENTENCE_FEATURES
    return [pytest.approx(value, abs=1e-6) for value in evidence[:, names.index(name)]]


def test_idf_is_that_of_bm25() -> None:
    # ln(1 + (10 - 2 + 0.5) / (2 + 0.5)) = ln 4.4
    assert idf(lambda lemma: 2, 10, "word") == pytest.approx(np.log(4.4))


def test_cosines_and_shares_of_telling_words() -> None:
    passage = stored(1, "The harbour bridge is old.", "Anna Weller closed it.", vectors=[[0.6, 0.8], [0.8, 0.6]])
    found = gather(asked(), [passage])
    assert feature(found.passages, "passage") == [0.6]
    assert feature(found.passages, "sentence") == [0.8]
    assert feature(found.sentences, "own_cosine") == [0.6, 0.8]
    assert feature(found.sentences, "own_bare") == [0.8, 0.6]
    assert feature(found.sentences, "bare_lag") == [0.0, -0.2]
    # weights 1 close, 2 harbour, 1 bridge: the first sentence has 3 of 4, the second 1 of 4, the passage all
    assert feature(found.sentences, "own_lexical") == [0.75, 0.25]
    assert feature(found.passages, "lexical") == [1.0]
    assert feature(found.passages, "lexical_best") == [0.75]
    assert feature(found.sentences, "fits_person") == [-1.0, 1.0]
    assert feature(found.sentences, "fits_date") == [0.0, 0.0]
    assert feature(found.passages, "fitting") == [1.0]
    assert feature(found.sentences, "best") == [0.0, 1.0]
    assert feature(found.sentences, "after_best") == [0.0, 0.0]


def test_words_of_another_language_count_apart() -> None:
    passage = stored(1, "Das Bridge bridge.", vectors=[[1.0, 0.0]], language="de")
    found = gather(asked(), [passage])
    assert feature(found.passages, "lexical") == [0.0]
    assert feature(found.passages, "lexical_other") == [0.25]


def test_late_interaction_takes_the_best_match_of_each_word_and_weighs_it() -> None:
    # two dimensions packed in a byte: signs (+, +) and (+, -), each of length 1 / sqrt 2 a component
    def code(*signs: tuple[int, int]) -> np.ndarray:
        return np.packbits(np.array(signs, dtype=np.uint8), axis=1)

    passage = stored(1, "One.", "Two.", vectors=[[1.0, 0.0], [1.0, 0.0]], codes=(code((1, 1)), code((1, 0))))
    words = np.array([[0.6, 0.8], [0.8, -0.6]], dtype=np.float32)  # for the terms 1 (weight 2) and 0 (weight 1)
    found = gather(asked(words, (1, 0)), [passage])
    # first sentence: (0.6 + 0.8) / sqrt 2 = .98995 and (0.8 - 0.6) / sqrt 2 = .14142; second: -.14142 and .98995
    assert feature(found.sentences, "own_words") == [(2 * 0.9899495 + 0.1414214) / 3, (2 * -0.1414214 + 0.9899495) / 3]
    assert feature(found.sentences, "own_weakest") == [0.1414214, -0.1414214]
    assert feature(found.passages, "words") == [0.9899495]
    assert feature(found.passages, "weakest") == [0.9899495]
    # the window lets the sentence before count nine tenths
    assert feature(found.sentences, "window_words")[1] == (2 * 0.9 * 0.9899495 + 0.9899495) / 3
    assert feature(found.sentences, "decides") == [2 / 3, 1 / 3]


def candidates() -> list[tuple[Found, Stored]]:
    near = stored(1, "Anna Weller closed the harbour bridge.", vectors=[[1.0, 0.0]])
    far = stored(2, "Bread is cheap this year.", vectors=[[0.0, 1.0]])
    return [(Found(2, 2, 0.0, None, None), far), (Found(1, 1, 1.0, 1, 5.0), near)]


def test_the_nearer_passage_comes_first_and_its_ranks_are_kept() -> None:
    ranking = rank(Query(QUESTION.text), asked(), candidates())
    assert [hit.document.id for hit in ranking.hits] == ["d1", "d2"]
    assert (ranking.hits[0].dense_rank, ranking.hits[0].lexical_rank) == (1, 1)
    assert ranking.sentences[0].document.id == "d1"
    assert 0.0 < ranking.confidence < 1.0


def test_k_counts_passages() -> None:
    assert len(rank(Query(QUESTION.text, k=1), asked(), candidates()).hits) == 1


def test_dense_mode_is_deaf_to_words() -> None:
    word = stored(1, "The harbour bridge closed.", vectors=[[0.9, 0.1]])
    meaning = stored(2, "Nothing crosses there now.", vectors=[[0.95, 0.0]])
    found = [(Found(1, 2, 0.9, 1, 9.0), word), (Found(2, 1, 0.95, None, None), meaning)]
    assert [h.document.id for h in rank(Query("x", mode="dense"), asked(), found).hits] == ["d2", "d1"]
    assert [h.document.id for h in rank(Query("x", mode="hybrid"), asked(), found).hits] == ["d1", "d2"]


def test_lexical_mode_keeps_the_order_of_the_lexical_index() -> None:
    without = Asked(QUESTION, None, None, None, (), np.ones(3))
    found = [(Found(1, None, None, 2, 1.0), candidates()[1][1]), (Found(2, None, None, 1, 2.0), candidates()[0][1])]
    assert [h.document.id for h in rank(Query("x", mode="lexical"), without, found).hits] == ["d2", "d1"]


def test_the_shipped_threshold_is_a_probability() -> None:
    assert 0.0 < answered_from() < 1.0
