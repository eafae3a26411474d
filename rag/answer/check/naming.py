"""When a name of a draft and one of its source are the same, beyond their spelling: possessives, adjectives, numbers."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from rag.text.exonyms import exonyms
from rag.text.names import same_name
from rag.text.normalise import fold_word
from rag.text.sounds import bare, readings

_ALIKE = 0.65
_POSSESSIVE = re.compile(r"['’]s?$")
_PARTS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LETTERS = re.compile(r"[^\W\d_]+")
_FIGURES = re.compile(r"\d+")
# Adjectives made from names, and the consonants that make them. English ones have a capital.
_CYRILLIC = re.compile(r".{2,}[сц]к(?:и|а|о|ия|ият|ата|ото|ите|ий|ая|ое|ие|ого|ому|ой|ую|им|их|ими|ом)$", re.IGNORECASE)
_LATIN = re.compile(r"[A-Z].+(?:[ie]?ans?|ese|ish|ics?)$")
_MAKES_ADJECTIVE = re.compile(r"(?:[FNJST]{0,2}SK|NS|SN|NN|N|S|K)$")


def parts(name: str) -> tuple[str, ...]:
    """The words of a name, those joined by hyphens apart, without possessive endings."""
    return tuple(_POSSESSIVE.sub("", part) for part in _PARTS.findall(name))


@lru_cache(maxsize=20_000)
def alike(one: str, other: str) -> bool:
    """Whether two names may be one: the same spelt or inflected otherwise, with the same numbers in it."""
    if _FIGURES.findall(one) != _FIGURES.findall(other):
        return False
    first, second = (" ".join(_POSSESSIVE.sub("", word) for word in name.split()) for name in (one, other))
    if fold_word(first) == fold_word(second):
        return True
    if same_name(first, second):
        return _written_alike(fold_word(first), fold_word(second))
    if _FIGURES.search(one):
        words = ["".join(_LETTERS.findall(name)) for name in (first, second)]
        return all(words) and same_name(*words)
    return False


def _written_alike(one: str, other: str) -> bool:
    """Whether two names that may sound the same are in different scripts, or written so alike that the difference is of case or
    language: Амалия is not Емилия. Listed names, which may be written quite differently, are."""
    if ("\u0400" <= one[0] <= "\u04ff") != ("\u0400" <= other[0] <= "\u04ff"):
        return True
    table = exonyms()
    if any(table.at(name.split(), 0, shouted=True) is not None for name in (one, other)):
        return True
    shorter, longer = sorted((one.split(), other.split()), key=len)
    return all(any(_inflects(word, mate) for mate in longer) for word in shorter)


def _inflects(one: str, other: str) -> bool:
    return one[0] == other[0] and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


@lru_cache(maxsize=50_000)
def akin(one: str, other: str) -> bool:
    """Whether one of two words, as they are written, is an adjective made from the other, a name: Lugar and лугарской."""
    return _made_from(one, other) or _made_from(other, one)


def _made_from(adjective: str, name: str) -> bool:
    if not name[0].isupper() or not is_adjective(adjective) or name.isupper():
        return False
    return not _roots(adjective, is_adjective(adjective)).isdisjoint(_roots(name, is_adjective(name)))


@lru_cache(maxsize=20_000)
def _roots(word: str, adjective: bool) -> frozenset[str]:
    """The consonants of a word, with and without those that make an adjective of it."""
    keys = {key for reading in readings(word) if len(key := bare(reading) or "") > 1}
    if adjective:
        keys |= {key[: match.start()] for key in keys for match in _MAKES_ADJECTIVE.finditer(key) if match.start() > 1}
    return frozenset(keys)


def is_adjective(word: str) -> bool:
    """Whether one word, as it is written, looks like an adjective made from a name: Austrian, австрийского."""
    return (_LATIN.fullmatch(word) or _CYRILLIC.fullmatch(word)) is not None


@lru_cache(maxsize=20_000)
def sounds_near(one: str, other: str) -> bool:
    """Whether two words of names in different scripts share all consonants: enough where the rest of the name is the same."""
    if ("\u0400" <= one[0] <= "\u04ff") == ("\u0400" <= other[0] <= "\u04ff"):
        return False
    keys = [{(bare(reading) or "").rstrip("FSJ") for reading in readings(word)} for word in (one, other)]
    return not (keys[0] & keys[1]) <= {""}
