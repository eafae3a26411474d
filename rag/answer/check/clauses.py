"""The clauses of a sentence, what is told in them as past, and which clause of another sentence says the same."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from rag.answer.check.alignment import Matrix
from rag.answer.check.reading import Read, Word
from rag.answer.check.verbs import speaks_of_past
from rag.answer.said.speech import speech
from rag.values.vocabulary import words

_AUXILIARIES = {
    "en": words("was were had has have did been"),
    "ru": words("был была было были"),
    "bg": words("е са бе беше бяха бил била било били"),
}
_NO_VERB_AFTER = words("be to the a an is are of in")  # an English word in -ed after one of these is a participle or a noun
_RU_PAST = ("л", "ла", "ло", "ли", "лся", "лась", "лось", "лись")
_RU_INFINITIVE = ("ть", "ться", "ти", "чь", "тись")
_BG_PAST = ("ха", "хме", "ше")
_BG_PARTICIPLE = ("л", "ла", "ло", "ли")
_BG_PASSIVE = ("ан", "ана", "ано", "ани", "ен", "ена", "ено", "ени", "ят", "ята", "ято", "яти", "ит", "ита", "ито", "ити")
_BG_VERB = ("м", "а", "я", "-се", "-(се)")  # ends of the base forms of verbs


_PERFECT = words("е са")  # in Bulgarian of the past only beside a participle
_WISHED = words("чтобы бы чтоб")  # after these a Russian form of the past is none


@lru_cache(maxsize=8192)
def clauses(read: Read) -> dict[int, tuple[int, ...]]:
    """The places of the words of each clause."""
    found: dict[int, list[int]] = {}
    for place, number in enumerate(read.clause):
        found.setdefault(number, []).append(place)
    return {number: tuple(places) for number, places in found.items()}


@lru_cache(maxsize=8192)
def past_words(read: Read) -> frozenset[int]:
    """The places of verbs in the past and of their auxiliaries, but for those that tell who said it. A guess by form."""
    spoken = speech(read.language)
    telling = spoken.verbs if spoken else frozenset()
    named = {i for n in read.names for i in read.places(n.start, n.end)}
    return frozenset(i for i, w in enumerate(read.words) if w.text not in telling and i not in named and _is_past(read, i))


def _is_past(read: Read, place: int) -> bool:
    word, language = read.words[place], read.language
    if word.text in _AUXILIARIES[language]:
        following = read.words[place + 1].text if place + 1 < len(read.words) else ""
        if language == "bg" and word.text in _PERFECT:
            return any(_is_done(read.words[i]) for i in range(place + 1, min(place + 4, len(read.words))))
        return not (language == "en" and following == "to")
    if not word.telling:
        return False
    if language == "en":
        before = read.words[place - 1].text if place else ""
        following = read.words[place + 1].text if place + 1 < len(read.words) else ""
        condition = word.text == "provided" and following == "that"
        return speaks_of_past(word.text, "en") and before not in _NO_VERB_AFTER and not condition
    if language == "ru":
        wished = any(read.words[i].text in _WISHED for i in range(place) if read.clause[i] == read.clause[place])
        return not wished and len(word.text) > 3 and word.text.endswith(_RU_PAST) and word.lemma.endswith(_RU_INFINITIVE)
    return word.text.endswith(_BG_PAST) or _is_participle(word)


def _is_participle(word: Word) -> bool:
    """Whether a Bulgarian word is a participle of the past in form: направил."""
    return word.text.endswith(_BG_PARTICIPLE) and word.lemma.endswith(_BG_VERB)


def _is_done(word: Word) -> bool:
    """Whether a Bulgarian word is a participle, active or passive, in form: направил, направен."""
    return _is_participle(word) or (word.telling and word.text.endswith(_BG_PASSIVE))


def counterpart(one: Read, clause: int, other: Read, similar: Matrix) -> tuple[float, int | None]:
    """How well the best clause of `other` says a clause of `one`, 0 to 1, and its number; None where neither tells anything.

    `similar` has a row a word of `one` and a column a word of `other`.
    """
    mine = [i for i in clauses(one)[clause] if one.words[i].telling]
    best: tuple[float, int | None] = (0.0, None)
    for number, places in clauses(other).items():
        theirs = [j for j in places if other.words[j].telling]
        if mine and theirs:
            block = similar[np.ix_(mine, theirs)]
            both = float(block.max(axis=1).mean() + block.max(axis=0).mean()) / 2
            best = max(best, (both, number), key=lambda found: found[0])
    return best
