"""What the news counts: one key for a noun in three languages. Other nouns are told apart by their lemma alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from rag.text.morphology import base_form
from rag.values.vocabulary import LANGUAGES, read_rows

Class = Literal["role", "group", "thing"]


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted thing. A role is what befell people or what they did (dead, arrested); a group is who they are.

    `forms` are said after a figure: English and Bulgarian one and many, Russian one, few and many.
    """

    key: str
    kind: Class
    forms: Mapping[str, tuple[str, ...]]


# Keys that two languages of one story share without meaning quite the same: Russian and Bulgarian "suffered" is what English
# reports as injured.
NEAR = frozenset((frozenset(("injured", "affected")),))

NOUNS: dict[str, Noun] = {}
_LISTED: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}


def _load() -> None:
    """Read nouns.txt. Forms that the dictionary of lemmas knows need not be listed there; verbs and participles are."""
    for row in read_rows("nouns.txt"):
        kind, _, key = row.head.partition(" ")
        for language, forms in row.read.items():
            for word in forms:
                _LISTED[language].setdefault(word.lower().replace("ё", "е"), key)
        NOUNS[key] = Noun(key, kind, row.said)  # type: ignore[arg-type]


_load()


@cache
def _by_lemma(language: str) -> dict[str, str]:
    """Lemma -> key; only of nouns, whose other forms need not be listed."""
    found: dict[str, str] = {}
    for word, key in _LISTED[language].items():
        if NOUNS[key].kind != "role" and "_" not in word:
            found.setdefault(base_form(word, language), key)
    return found


@lru_cache(maxsize=50_000)
def noun(word: str, language: str) -> Noun | None:
    """The noun of the news that a folded word is a form of."""
    key = _LISTED[language].get(word)
    if key is None and not (language == "en" and word.endswith("ed")):  # half a million people voted
        key = _by_lemma(language).get(base_form(word, language))
    return NOUNS[key] if key else None


@lru_cache(maxsize=50_000)
def lemma(word: str, language: str) -> str:
    """The lemma of a folded word: what tells a noun apart that has no key."""
    return base_form(word, language)
