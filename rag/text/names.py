"""Names across scripts and spellings: Зеленский, Зеленски, Zelenskyy; Пхеньян, Pyongyang; США, САЩ, US.

A name word has *keys* (see `sounds`), and so has a run of words that is in the list of `exonyms`. Two names that share a key
may be the same. Keys differ in how much they tell, and in how they look:

    =united-nations   of a listed name
    selensk           the full key: sounds with their vowels
    SLNSK             the bare key: consonants only, so that other names have it too

Words joined by a hyphen, and short ones side by side, also have the keys of what they make together: so Чен-ун, Чен Ун and
Ченун meet.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.text.exonyms import exonyms
from rag.text.exonyms import words as split_words
from rag.text.normalise import fold_word
from rag.text.sounds import bare, readings, sound_keys
from rag.text.stopwords import function_words

# Words as the list of exonyms has them: parts of a hyphenated word are words of their own, U.S. is one.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[\u00ad\u0300\u0301][^\W_]+)*")
_ENDS = frozenset('.!?…\n«„“"(')
_HYPHENS = frozenset("-‐‑'’ʼ")
# The longest words that are taken together where they stand side by side: Jong Un, Цзинь Пин.
_SHORT = 5
# Their keys that are kept: those of the likeliest readings.
_JOINED_KEYS = 6
# The languages in whose dictionaries the first word of a question is looked up.
_READ = ("en", "ru", "bg")
# Names with the same consonants, if more than so many, are taken for the same whatever their vowels.
_CERTAIN = 3
_NEAR_VOWELS = ({"a", "e"}, {"a", "o"}, {"e", "i"}, {"o", "u"})
_CONSONANT = re.compile(r"[^aeiou]")
# Words within a name that have no capital.
_PARTICLES = frozenset(
    split_words(
        "de la du des di da dos del della der den van von zu bin ben ibn al el as ad e y"
        " де ла ди да дю дос дель дер ден ван фон цу бин бен ибн аль эль ас ад ал ел льо дьо дел"
    )
)
# Written with a capital in English, and no names.
_CALENDAR = frozenset(
    split_words(
        "january february march april may june july august september october november december"
        " monday tuesday wednesday thursday friday saturday sunday"
    )
)


# The shares of a match that each sort of key is worth.
LISTED, FULL, BARE = 1.0, 0.9, 0.4


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name in a text: `text[start:end]` of it, and the keys of all its words."""

    text: str
    start: int
    end: int
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    folded: str
    start: int
    end: int
    capital: bool
    joined: bool  # to the word before, by a hyphen or apostrophe
    beside: bool  # the word before, by one space
    initial: bool  # the word before is an initial
    opens: bool  # a sentence


def name_key(word: str) -> str:
    """One key under which the spellings of a name meet: its place in the list of exonyms, else its bare key, else its full one.

    Its other readings, and so its other keys, are in `sound_keys`.
    """
    parts = _words(word)
    if found := exonyms().at([part.folded for part in parts], 0, shouted=True):
        return found.ids[0]
    keys = sound_keys("".join(part.text for part in parts))
    return next((key for key in keys if key.isupper()), keys[0] if keys else fold_word(word))


def worth(key: str) -> float:
    """How much of a match two names that share this key are, from 0 to 1."""
    return LISTED if key[0] == "=" else BARE if key.isupper() else FULL


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    before = 0
    for match in _WORD.finditer(text):
        start, written = match.start(), match[0].replace(".", "")
        between = text[before:start]
        initial = bool(found) and len(found[-1].text) == 1 and found[-1].capital and between in (". ", ".", ".\u00a0")
        found.append(
            _Word(
                written,
                fold_word(written),
                start,
                match.end(),
                capital=written[0].isupper() or written[0].isdigit() or written != match[0],
                joined=bool(found) and between in _HYPHENS and between != "",
                beside=bool(found) and between in (" ", "\u00a0"),
                initial=initial,
                opens=not found or (not initial and not _ENDS.isdisjoint(between)),
            )
        )
        before = match.end()
    return found


def _keyed(words: Sequence[_Word], named: Sequence[bool], *, cased: bool = True) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Span and keys of each thing that may be a name: listed ones, words, and words taken together.

    `cased` says that capitals tell US from us.
    """
    folded = [word.folded for word in words]
    table = exonyms()
    covered = 0  # the words before this one are part of a listed name
    for i, word in enumerate(words):
        if not named[i]:
            continue
        found = table.at(folded, i, shouted=not cased or _abbreviates(word))
        if found:
            yield word.start, words[i + found.words - 1].end, found.ids
            covered = max(covered, i + found.words if found.words > 1 else 0)
        if i >= covered and len(word.text) > 1 and (keys := sound_keys(word.text)):
            yield word.start, word.end, keys
    for i, (one, other) in enumerate(pairwise(words)):
        if not named[i] or not named[i + 1]:
            continue
        both = len(one.text) <= _SHORT and len(other.text) <= _SHORT and other.beside
        if (other.joined or both) and not (one.text + other.text).isdigit():
            yield one.start, other.end, sound_keys(one.text + other.text)[:_JOINED_KEYS]


def _named(words: Sequence[_Word]) -> list[bool]:
    """Which words of running text may be (part of) names: capitalised ones, and what a hyphen joins to one."""
    ignored = function_words(None)
    named: list[bool] = []
    for word in words:
        tied = word.joined and named[-1]
        common = word.opens and word.folded in ignored and not _abbreviates(word)
        named.append(tied or (word.capital and not word.text[0].isdigit() and not common))
    return named


def _abbreviates(word: _Word) -> bool:
    """US, WHO, U.S."""
    return (word.text.isupper() and len(word.text) > 1) or word.end - word.start > len(word.text)


def name_keys(text: str) -> list[str]:
    """The keys of all that may be names in running text, in order, repeated as they are."""
    words = _words(text)
    return [key for _, _, keys in _keyed(words, _named(words)) for key in keys]


@dataclass(frozen=True, slots=True)
class Asked:
    """What may be a name in a question: its span, its keys, and whether it surely is: it is written as a name, or in a question
    without capitals it is listed or in no dictionary."""

    start: int
    end: int
    keys: tuple[str, ...]
    sure: bool


@lru_cache(maxsize=256)
def asked_names(text: str) -> tuple[Asked, ...]:
    """What may be a name in a question. Many write questions without capitals: where no word but the first has one, any may be
    a name that is no function word.
    """
    words = _words(text)
    ignored = function_words(None)
    sure = [False] * len(words) if text.isupper() and len(words) > 1 else _named(words)
    cased = any(name and not word.opens for name, word in zip(sure, words, strict=True))
    maybe = [
        name or (not cased and word.folded not in ignored and not word.text.isdigit())
        for name, word in zip(sure, words, strict=True)
    ]
    spans = [(word.start, word.end) for i, word in enumerate(words) if sure[i] and not _only_opens(words, sure, i)]
    if not cased and not spans:
        spans = [(word.start, word.end) for word in words if not word.text.isdigit() and _is_nothing_else(word.folded)]
    return tuple(
        Asked(start, end, keys, any(begin < end and start < stop for begin, stop in spans))
        for start, end, keys in _keyed(words, maybe, cased=cased)
    )


def _only_opens(words: Sequence[_Word], named: Sequence[bool], i: int) -> bool:
    """Whether word `i` may have its capital for opening the sentence: a word of a dictionary that is neither listed nor followed
    by another name."""
    word = words[i]
    if not word.opens or _abbreviates(word) or (i + 1 < len(words) and named[i + 1] and not words[i + 1].opens):
        return False
    listed = exonyms().at([word.folded], 0, shouted=False)
    return listed is None and not _in_no_dictionary(word.folded)


def _is_nothing_else(word: str) -> bool:
    """Whether a folded word is a listed name, or one that no dictionary has."""
    return exonyms().at([word], 0, shouted=False) is not None or _in_no_dictionary(word)


def _in_no_dictionary(word: str) -> bool:
    return not any(_in_dictionary(word, language) for language in _READ)


def term_keys(text: str, spans: Iterable[tuple[int, int]]) -> tuple[tuple[str, ...], ...]:
    """For each of the spans (words) of a question the keys of what may be a name there; empty where nothing may."""
    asked = asked_names(text)
    return tuple(
        tuple(dict.fromkeys(key for name in asked if name.start < end and start < name.end for key in name.keys))
        for start, end in spans
    )


def sure_names(text: str, spans: Iterable[tuple[int, int]]) -> tuple[bool, ...]:
    """For each of the spans (words) of a question whether it is written as (part of) a name."""
    sure = [name for name in asked_names(text) if name.sure]
    return tuple(any(name.start < end and start < name.end for name in sure) for start, end in spans)


def found_names(terms: Iterable[Iterable[str]], keys: Container[str]) -> tuple[float, ...]:
    """For each term, as its keys (`term_keys`), how surely a text with `keys` (`name_keys`) names the same: 0 to 1."""
    return tuple(max((worth(key) for key in term if key in keys), default=0.0) for term in terms)


def names(text: str, language: str | None) -> tuple[Name, ...]:
    """The proper names in running text: runs of capitalised words, with the particles between them, and listed names.

    A word that opens a sentence and stands alone is one only where it is listed, has a capital elsewhere too, or is in no
    dictionary of the language (ISO 639-1).
    """
    words = _words(text)
    named = _named(words)
    folded = [word.folded for word in words]
    inside = {word.folded for word, name in zip(words, named, strict=True) if name and not word.opens}
    found: list[Name] = []
    i = 0
    while i < len(words):
        listed = exonyms().at(folded, i, shouted=_abbreviates(words[i])) if named[i] else None
        end = max(_run_end(words, named, i), i + listed.words if listed else i)
        alone = end == i + 1 and not listed
        common = words[i].opens and folded[i] not in inside and _in_dictionary(folded[i], language)
        if end > i and not (alone and (common or folded[i] in _CALENDAR)):
            start, stop = words[i].start, words[end - 1].end
            found.append(Name(text[start:stop], start, stop, frozenset(name_keys(text[start:stop]))))
        i = max(end, i + 1)
    return tuple(found)


def _run_end(words: Sequence[_Word], named: Sequence[bool], start: int) -> int:
    """Where the run of name words ends that begins with word `start`; `start` where none does."""
    end = start
    for i in range(start, len(words)):
        linked = words[i].beside or words[i].joined or words[i].initial
        if i > start and not (linked and _abbreviates(words[i]) == _abbreviates(words[start])):
            break
        if named[i]:
            end = i + 1
        elif i == start or words[i].folded not in _PARTICLES:
            break
    return end


def _in_dictionary(word: str, language: str | None) -> bool:
    from rag.text.lexicon import is_form, simplemma_code  # opens simplemma: kept for when it is needed

    code = simplemma_code(language) if language else None
    return code is not None and is_form(word, code)


def same_name(one: str, other: str) -> bool:
    """Whether two names, each of one word or several, may well be spellings of the same: in whatever scripts and cases.

    Of names of several words the last must be the same, and the shorter's others must be among the longer's.
    """
    sides = [[word for word in _words(text) if word.folded not in _PARTICLES] for text in (one, other)]
    if not all(sides):
        return False
    first, second = sides
    if (ids := _listed(first)) and (others := _listed(second)):
        return not ids.isdisjoint(others)
    together = [sound_keys("".join(word.text for word in side)) for side in sides]
    if any(key.isupper() and len(key) > _CERTAIN and key in together[1] for key in together[0]):
        return True
    longer, shorter = sorted(sides, key=len, reverse=True)
    if not _same_word(longer[-1].text, shorter[-1].text):
        return False
    rest = iter(longer[:-1])
    return all(any(_same_word(word.text, candidate.text) for candidate in rest) for word in shorter[:-1])


def _listed(side: Sequence[_Word]) -> frozenset[str]:
    found = exonyms().at([word.folded for word in side], 0, shouted=True)
    return frozenset(found.ids) if found and found.words == len(side) else frozenset()


@lru_cache(maxsize=10_000)
def _same_word(one: str, other: str) -> bool:
    return any(_alike(a, b) for a in readings(one) for b in readings(other))


def _alike(one: str, other: str) -> bool:
    """Whether two readings have the same consonants, and vowels that differ the less, the fewer the consonants are."""
    if one == other:
        return True
    consonants = bare(one)
    if consonants is None or consonants != bare(other):
        return False
    if len(consonants) > _CERTAIN:
        return True
    apart = sum(_vowels_apart(a, b) for a, b in zip(_CONSONANT.split(one), _CONSONANT.split(other), strict=True))
    return apart <= (len(consonants) - 1) / 2 + 0.5 * (len(consonants) > 2)


def _vowels_apart(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return 0.5 if not one or not other or {one, other} in _NEAR_VOWELS else 1.0
