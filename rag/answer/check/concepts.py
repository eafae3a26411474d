"""Words that mean one thing or its opposite, and words for those who act, in English, Russian and Bulgarian.

The lists stand in `concepts.txt` and `agents.txt`; both say at their top how they are written.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

_LANGUAGES = ("en", "ru", "bg")
_COMPARED = re.compile(r"^(?:по|най)-")
_BAR = re.compile(r"\s\|(?:\s|$)")

Sides = frozenset[tuple[int, int]]  # row, and which side of it


@cache
def _rows(name: str) -> tuple[tuple[dict[str, re.Pattern[str]], ...], ...]:
    """The rows of a list, each its sides, each a pattern a language."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(tuple(_patterns(side) for side in _BAR.split(line)) for line in lines)


def _patterns(side: str) -> dict[str, re.Pattern[str]]:
    return {
        language: re.compile("|".join(words.split()))
        for language, words in zip(_LANGUAGES, side.split(";"), strict=False)
        if words.strip()
    }


def sides(word: str, language: str) -> Sides:
    """Where a folded word of en, ru or bg is listed; empty for one that is not. A comparative stands where its adjective does."""
    bare = _COMPARED.sub("", word) if language == "bg" else word
    found = listed("concepts.txt", word, language)
    return found if bare == word else found | listed("concepts.txt", bare, language)


@lru_cache(maxsize=100_000)
def listed(name: str, word: str, language: str) -> Sides:
    """Where a folded word stands in one of the lists beside this module; empty for one that does not."""
    return frozenset(
        (number, place)
        for number, row in enumerate(_rows(name))
        for place, patterns in enumerate(row)
        if language in patterns and patterns[language].match(word)
    )


def opposite(one: Sides, other: Sides) -> bool:
    """Whether two words stand on the two sides of a row, and of more rows so than on the same side."""
    return _against(one, other) > len(one & other)


def agree(one: Sides, other: Sides) -> bool:
    """Whether two words stand on the same side of a row, and not of as many rows on the two."""
    return len(one & other) > _against(one, other)


def _against(one: Sides, other: Sides) -> int:
    return sum((row, 1 - side) in other for row, side in one)


@lru_cache(maxsize=50_000)
def agents(word: str, language: str) -> frozenset[int]:
    """The kinds of people and bodies that a folded word names: a ministry, its minister and his vice-minister are one."""
    word = word.rpartition("-")[2] or word
    return frozenset(
        number
        for number, (patterns, *_) in enumerate(_rows("agents.txt"))
        if language in patterns and patterns[language].match(word)
    )
