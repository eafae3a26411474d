"""When a name of a draft and one of its source are the same, beyond their spelling: possessives, adjectives, numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.answer.check.generic import initials
from rag.answer.check.gentilics import place_of
from rag.answer.check.spelling import begins_alike, sounds_alike, spelt_alike
from rag.text.exonyms import exonyms, words
from rag.text.normalise import fold_word
from rag.text.sounds import bare, readings

_PAIR = 3
_STEM = 4
_SYLLABLES, _SHORT = 3, 6  # of a name, and the most letters of each
_MADE = re.compile(r"(?:ск|цк|шк|чк)(?:ий|ая|ое|ие|ого|ой|ому|ую|им|ом|их|ими|ия|ият|ата|ото|ите|и|а|о)$")
PARTICLES = frozenset(
    word
    for listed_words in (
        "de la du des di da dos del der den van von zu bin ben ibn al el",
        "де ла ди да дю до ду дер фон ван бин ибн аль эль ал ел",
    )
    for word in listed_words.split()
)
_NOUN_ENDINGS = ("", "а", "я", "о", "ь", "й")  # that an adjective may be made without
_POSSESSIVE = re.compile(r"['’]s?$")
_PARTS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_FIGURES = re.compile(r"\d+")
# Adjectives made from names, and the consonants that make them. English ones have a capital.
_CYRILLIC = re.compile(r".{2,}[сцшж]к(?:и|а|о|ия|ият|ата|ото|ите|ий|ая|ое|ие|ого|ому|ой|ую|им|их|ими|ом)$", re.IGNORECASE)
_LATIN = re.compile(r"[A-Z].+(?:[ie]?ans?|ese|ish|ics?)$")
_SOFTENED = re.compile(r"шк(?=[иаоя][яият]*(?:та|то|те)?$)")  # of Bulgarian adjectives, after к and х: Ловник, ловнишки
_MAKES_ADJECTIVE = re.compile(r"(?:[FNJST]{0,2}SK|NS|SN|NN|N|S|K)$")


def parts(name: str) -> tuple[str, ...]:
    """The words of a name, those joined by hyphens apart, without possessive endings."""
    return tuple(_POSSESSIVE.sub("", part) for part in _PARTS.findall(name))


@lru_cache(maxsize=20_000)
def alike(one: str, other: str) -> bool:
    """Whether two names may be one: the same spelt or inflected otherwise, with the same numbers in it.

    Of names of several words the last must be the same, and the shorter's others must be among the longer's.
    """
    if _FIGURES.findall(one) != _FIGURES.findall(other):
        return False
    first, second = parts(one), parts(other)
    if fold_word(" ".join(first)) == fold_word(" ".join(second)):
        return True
    mine, theirs = listed(one), listed(other)
    if mine and theirs:
        return not mine.isdisjoint(theirs)
    first, second = (tuple(word for word in side if word.casefold() not in PARTICLES) for side in (first, second))
    if not first or not second:
        return False
    if spelt_alike("".join(first), "".join(second)) or _syllables_alike(first, second):
        return True
    longer, shorter = sorted((first, second), key=len, reverse=True)
    if not same_word(longer[-1], shorter[-1]):
        return False
    rest = iter(longer[:-1])
    return all(any(same_word(word, candidate) for candidate in rest) for word in shorter[:-1])


def _syllables_alike(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two names of several syllables written apart, a family name and two more, are one but for their vowels, which
    no two ways of writing Korean agree on: Ким Чен Ын, Ким Чен-ун, Kim Jong Un."""
    one, other = first[-_SYLLABLES:], second[-_SYLLABLES:]
    if len(one) != len(other) or len(one) != _SYLLABLES or not same_word(one[0], other[0]):
        return False
    longer, shorter = sorted((first[:-_SYLLABLES], second[:-_SYLLABLES]), key=len, reverse=True)
    if not all(any(same_word(word, candidate) for candidate in longer) for word in shorter):
        return False
    return all(len(a) <= _SHORT and len(b) <= _SHORT and _consonants(a) & _consonants(b) for a, b in zip(one, other, strict=True))


@lru_cache(maxsize=20_000)
def _consonants(syllable: str) -> frozenset[str]:
    return frozenset(re.sub("[aeiou]", "", reading).replace("l", "r") for reading in readings(syllable))


@lru_cache(maxsize=50_000)
def same_word(one: str, other: str) -> bool:
    """Whether two words of names may be one: by the list of exonyms where both are there, else by their spelling."""
    mine, theirs = listed(one), listed(other)
    if mine and theirs:
        return not mine.isdisjoint(theirs)
    return spelt_alike(one, other) or sounds_alike(one, other)


@lru_cache(maxsize=50_000)
def listed(name: str) -> frozenset[str]:
    """The keys of a name in the list of exonyms, or of the place that an adjective is made from; most names have none."""
    folded = words(name)
    found = exonyms().at(folded, 0, shouted=name.isupper() or "." in name)
    keys = frozenset(found.ids) if found and found.words == len(folded) else frozenset[str]()
    if len(folded) >= _PAIR:
        return keys
    return (keys | place_of("-".join(folded))) or (_place_in(folded[0]) if len(folded) == 1 else keys)


def _place_in(adjective: str) -> frozenset[str]:
    """The keys of the listed name that a folded adjective is made from by rule: дунайской, берлинските."""
    stem = _MADE.sub("", adjective)
    if stem == adjective or len(stem) < _STEM:
        return frozenset()
    nouns = [stem + ending for ending in _NOUN_ENDINGS] + [stem.removesuffix("й") + "я"]
    found = (exonyms().at([noun], 0, shouted=False) for noun in nouns)
    return next((frozenset(run.ids) for run in found if run), frozenset())


@lru_cache(maxsize=50_000)
def akin(one: str, other: str) -> bool:
    """Whether one of two words, as they are written, is an adjective made from the other, a name: Lugar and лугарской."""
    mine, theirs = listed(one), listed(other)
    if mine and theirs:
        return not mine.isdisjoint(theirs)
    return _made_from(one, other) or _made_from(other, one)


def _made_from(adjective: str, name: str) -> bool:
    if not name[0].isupper() or not is_adjective(adjective) or name.isupper():
        return False
    stem = _MADE.sub("", fold_word(adjective))
    if len(stem) >= _STEM and stem != fold_word(adjective) and spelt_alike(stem, name):
        return True
    return not _roots(adjective, is_adjective(adjective)).isdisjoint(_roots(name, is_adjective(name)))


@lru_cache(maxsize=20_000)
def _roots(word: str, adjective: bool) -> frozenset[str]:
    """The consonants of a word, with and without those that make an adjective of it."""
    spellings = [word, *(_SOFTENED.sub(hard + "ск", word) for hard in "кх" if _SOFTENED.search(word))]
    keys = {key for spelling in spellings for reading in readings(spelling) if len(key := bare(reading) or "") > 1}
    if adjective:
        keys |= {key[: match.start()] for key in keys for match in _MAKES_ADJECTIVE.finditer(key) if match.start() > 1}
    return frozenset(keys)


def abbreviates(short: str, words: Sequence[str], *, home: bool) -> bool:
    """Whether a word in capitals has the first letters of some words: ГСЧС, Госслужба по чрезвычайным ситуациям. In another
    language (not `home`) the letters are those of the same words there, where a list has them or they sound alike."""
    letters = [letter for letter in short if letter.isupper()]
    heads = [fold_word(word) for word in words]
    if home:
        return _is_run("".join(letters).casefold(), heads)
    cyrillic = "\u0400" <= letters[0] <= "\u04ff"
    left = [letter.casefold() for letter in letters]
    translated = sounding = 0
    for head in heads:
        options = initials(head, cyrillic=cyrillic)
        letter = next((letter for letter in left if letter in options or (not options and begins_alike(letter, head))), None)
        if letter is None and options:
            return False
        if letter is not None:
            left.remove(letter)
        translated += bool(options)
        sounding += letter is not None and not options
    told = 2 * translated >= len(heads) > 2 or translated + sounding == len(heads)
    return told and translated > 0 and len(letters) == len(heads)


def _is_run(letters: str, words: Sequence[str]) -> bool:
    """Whether letters are the first of each word in turn, and of the parts of a word that is made of several."""
    if not words:
        return not letters
    if not letters.startswith(words[0][0]):
        return False
    inside = words[0][1:]
    for taken in range(1, len(letters) + 1):
        if _is_run(letters[taken:], words[1:]):
            return True
        if taken == len(letters) or letters[taken] not in inside:
            return False
        inside = inside[inside.index(letters[taken]) + 1 :]
    return False


def is_adjective(word: str) -> bool:
    """Whether one word, as it is written, looks like an adjective made from a name: Austrian, австрийского."""
    folded = words(word)
    found = exonyms().at(folded, 0, shouted=word.isupper()) if folded else None
    formed = (_LATIN.fullmatch(word) or _CYRILLIC.fullmatch(word)) is not None
    if found and found.words == len(folded):
        return formed and bool(place_of(fold_word(word)))  # not България, which begins as българи does
    return formed or bool(place_of(fold_word(word)))
