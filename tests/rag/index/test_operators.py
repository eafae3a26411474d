"""The operators of a search."""

from __future__ import annotations

import pytest

from rag.index.operators import Operators, parse_operators


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words", Operators("plain words")),
        ('the "New Bridge" over it', Operators("the New Bridge over it", (("new", "bridge"),))),
        ("bridge -ferry", Operators("bridge", (), (("ferry",),))),
        ('bridge -"old ferry"', Operators("bridge", (), (("old", "ferry"),))),
        ('"мост" -паром', Operators("мост", (("мост",),), (("паром",),))),
        # Not operators: hyphens within words and between spaces, other quotation marks, a lone mark, an empty phrase.
        ("Ким Чен-ун", Operators("Ким Чен-ун")),
        ("1941 - 1945", Operators("1941 - 1945")),
        ("«Дяоюйтай» и “bridge”", Operators("«Дяоюйтай» и “bridge”")),
        ('5" pipe', Operators('5" pipe')),
        ('bridge ""', Operators('bridge ""')),
        ("— сказал он", Operators("— сказал он")),
        # Only exclusions: something is left to search for.
        ("-ferry", Operators("-ferry", (), (("ferry",),))),
    ],
)
def test_operators_are_found_where_they_are_meant(text: str, expected: Operators) -> None:
    assert parse_operators(text) == expected


@pytest.mark.parametrize(
    ("surface", "allowed"),
    [
        ("a new bridge here", True),
        ("new bridge", True),
        ("a newbridge", False),
        ("new bridge ferry", False),
        ("bridge new", False),
    ],
)
def test_a_passage_is_allowed_by_whole_words_in_order(surface: str, allowed: bool) -> None:
    assert parse_operators('"new bridge" -ferry').allow(surface) is allowed
