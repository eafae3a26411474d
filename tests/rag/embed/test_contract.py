"""What every embedder keeps to, run against each."""

from __future__ import annotations

import numpy as np
import pytest

from rag.embed import Embedder

TEXTS = ["The ferry runs again.", "A council vote was put off", "Bread", "The ferry is back in service.", "Prices rose by 3 %."]


@pytest.fixture(params=["bundled", "hub"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    found: Embedder = request.getfixturevalue(request.param)
    return found


def test_vectors_are_f32_of_length_one(embedder: Embedder) -> None:
    for vectors in (embedder.embed_queries(TEXTS), embedder.embed_passages(TEXTS)):
        assert vectors.shape == (len(TEXTS), embedder.dim)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_vectors_come_in_the_order_of_the_texts(embedder: Embedder) -> None:
    forward, backward = embedder.embed_passages(TEXTS), embedder.embed_passages(TEXTS[::-1])
    assert np.abs(forward - backward[::-1]).max() < 1e-5
    assert np.abs(forward - np.concatenate([embedder.embed_passages([text]) for text in TEXTS])).max() < 1e-5


def test_the_same_texts_give_the_same_vectors(embedder: Embedder) -> None:
    assert np.array_equal(embedder.embed_passages(TEXTS), embedder.embed_passages(TEXTS))


def test_like_meanings_are_nearer_than_unlike_ones(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(TEXTS)
    assert (vectors @ vectors[0]).argsort()[-2] == 3


def test_no_text_is_no_vector(embedder: Embedder) -> None:
    assert embedder.embed_queries([]).shape == (0, embedder.dim)
    assert embedder.embed_passages([]).shape == (0, embedder.dim)
    assert embedder.count_tokens([]) == []


def test_an_empty_text_has_a_vector_all_the_same(embedder: Embedder) -> None:
    assert np.isfinite(embedder.embed_passages(["", " "])).all()


def test_questions_and_passages_have_prefixes_of_their_own(embedder: Embedder) -> None:
    same = (embedder.embed_queries(TEXTS) * embedder.embed_passages(TEXTS)).sum(axis=1)
    assert same.max() < 0.9999
    assert (embedder.stamp["query_prefix"], embedder.stamp["passage_prefix"]) == ("query: ", "passage: ")


def test_tokens_are_counted_text_by_text_without_prefix_and_ends(embedder: Embedder) -> None:
    one, two, many = embedder.count_tokens(["ferry", "ferry ferry", "ferry " * 1000])
    assert one >= 1
    assert two == 2 * one
    assert many >= 1000 * one
    assert 200 < embedder.max_tokens < 512


def test_progress_is_told_up_to_the_last_text(embedder: Embedder) -> None:
    seen: list[tuple[int, int]] = []
    embedder.embed_passages(TEXTS, on_batch=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (len(TEXTS), len(TEXTS))
    assert seen == sorted(seen)


def test_sentences_have_the_vectors_of_passages(embedder: Embedder) -> None:
    vectors, codes = embedder.embed_sentences(TEXTS)
    assert np.array_equal(vectors, embedder.embed_passages(TEXTS))
    assert codes is None or len(codes) == len(TEXTS)


def test_a_question_has_the_vector_of_a_query(embedder: Embedder) -> None:
    question = embedder.embed_question(TEXTS[0])
    assert np.array_equal(question.vector, embedder.embed_queries(TEXTS[:1])[0])
    assert question.words.shape == (len(question.names), embedder.dim)


def test_the_stamp_is_plain_and_cannot_be_edited(embedder: Embedder) -> None:
    assert {type(value) for value in embedder.stamp.values()} <= {str, int}
    assert embedder.stamp["dim"] == embedder.dim
    with pytest.raises(TypeError):
        embedder.stamp["dim"] = 3  # type: ignore[index]
