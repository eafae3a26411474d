"""Language-neutral vectors and word codes."""

from __future__ import annotations

import numpy as np

from rag.embed.space import Space, fit, unit


def plain(dim: int = 8) -> Space:
    """A space that only normalises: no mean, no languages, words as they are."""
    zero = np.zeros(dim, dtype=np.float32)
    return Space(zero, np.zeros((0, dim), dtype=np.float32), zero, np.eye(dim, dtype=np.float32))


def test_the_direction_between_two_languages_is_taken_out() -> None:
    random = np.random.default_rng(1)
    meaning = random.normal(size=(200, 8)).astype(np.float32)
    meaning[:, 0] = 0.0
    apart = np.zeros(8, dtype=np.float32)
    apart[0] = 3.0
    space = fit({"en": meaning + apart, "ru": meaning - apart}, random.normal(size=(500, 8)).astype(np.float32))
    english, russian = space.neutral(unit(meaning + apart)), space.neutral(unit(meaning - apart))
    assert np.abs(english[:, 0]).max() < 0.2
    assert (english * russian).sum(axis=1).min() > 0.95
    assert (unit(meaning + apart) * unit(meaning - apart)).sum(axis=1).mean() < 0.5


def test_neutral_vectors_have_length_one() -> None:
    vectors = plain().neutral(np.array([[3.0, 4.0, 0, 0, 0, 0, 0, 0]], dtype=np.float32))
    assert np.allclose(vectors, [[0.6, 0.8, 0, 0, 0, 0, 0, 0]])


def test_word_codes_are_the_signs_of_what_sets_a_word_apart_from_its_sentence() -> None:
    states = np.array([[1, -1, 1, -1, 1, 1, -1, -1], [-1, 1, -1, 1, -1, -1, 1, 1]], dtype=np.float32)
    assert plain().word_codes(states).tolist() == [[0b10101100], [0b01010011]]
    shifted = states + 100.0  # what the two have in common says nothing of either; 0.4 of it stays
    assert plain().word_codes(shifted).tolist() == [[255], [255]]
