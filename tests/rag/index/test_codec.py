"""Packing vectors, spans and words."""

from __future__ import annotations

import numpy as np
import pytest

from rag.index.codec import (
    pack_sentences,
    pack_spans,
    pack_vector,
    pack_words,
    text_hash,
    unpack_sentences,
    unpack_spans,
    unpack_vector,
    unpack_words,
)


def units(count: int, dim: int = 384, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).standard_normal((count, dim)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_spans_come_back() -> None:
    spans = ((0, 5), (6, 70_000), (70_001, 4_000_000_000))
    assert unpack_spans(pack_spans(spans)) == spans
    assert unpack_spans(pack_spans(())) == ()


def test_a_passage_vector_loses_less_than_a_hundred_thousandth_of_cosine() -> None:
    for vector in units(50):
        packed = pack_vector(vector)
        assert len(packed) == 2 * 384
        assert float(unpack_vector(packed) @ vector) == pytest.approx(1, abs=1e-3)
        other = units(1, seed=9)[0]
        assert float(unpack_vector(packed) @ other) == pytest.approx(float(vector @ other), abs=5e-5)


def test_sentence_vectors_keep_cosines_to_a_few_thousandths_in_half_the_bytes() -> None:
    vectors, question = units(500), units(1, seed=9)[0]
    packed = pack_sentences(vectors)
    assert len(packed) == 500 * (384 + 4)
    unpacked = unpack_sentences(packed, 500)
    errors = np.abs(unpacked @ question - vectors @ question)
    assert errors.max() < 0.003
    assert errors.mean() < 0.0006


def test_packing_sentence_vectors_again_changes_nothing() -> None:
    once = unpack_sentences(pack_sentences(units(20)), 20)
    assert np.array_equal(unpack_sentences(pack_sentences(once), 20), once)


def test_words_come_back_sentence_by_sentence() -> None:
    rng = np.random.default_rng(3)
    words = [rng.integers(0, 256, (count, 48), dtype=np.uint8) for count in (3, 0, 1)]
    found = unpack_words(pack_words(words), 3)
    assert [len(codes) for codes in found] == [3, 0, 1]
    assert all(np.array_equal(one, other) for one, other in zip(found, words, strict=True) if len(one))
    assert [len(codes) for codes in unpack_words(pack_words([words[1]] * 2), 2)] == [0, 0]
    assert unpack_words(pack_words([]), 3) == ()


def test_text_hashes_are_the_same_everywhere_and_fit_an_sqlite_integer() -> None:
    hashes = [text_hash(f"text {number}") for number in range(1000)]
    assert len(set(hashes)) == 1000
    assert all(-(2**63) <= value < 2**63 for value in hashes)
    assert min(hashes) < 0 < max(hashes)
    assert text_hash("мост") == 8896379933187516855
