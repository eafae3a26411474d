"""Whether those who act, are acted upon or speak in a draft are those of its sources."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from rag.answer.check.evidence import Case
from rag.answer.check.places import WHERE
from rag.answer.check.naming import akin, alike, parts
from rag.answer.check.reading import Read
from rag.answer.said.attribution import Attributed, attribution
from rag.answer.said.speech import speech
from rag.text.stopwords import function_words
from rag.types import Refused

_FOUND = 0.5  # similarity from which an office or institution of the draft is one of the source
_FOUND_ACROSS = 0.36  # the same between two languages
_VERB = 0.5  # the same for what they do
_STRANGE = 0.26  # below which nothing there is like it
_OTHERS = (
    "close",
    "site",
    "source",
    "report",
    "group",
    "heading",
    "board",
    "близ",
    "сторон",
    "страна",
    "центр",
    "център",
    "груп",
    "част",
    "head",
    "chief",
    "глав",
)
_LEAST = 4  # letters of a listed beginning: shorter ones begin other words too
_PREPOSITIONS: dict[str, dict[str, frozenset[str]]] = {
    language: {word: frozenset(classes.split("+")) for classes, words in rows.items() for word in words.split()}
    for language, rows in {
        "en": {"from": "from", "by": "by", "against": "against versus", "to": "to for toward towards", "with": "with"},
        "ru": {"from": "от из у", "against": "против", "to": "к ко для", "with": "с со"},
        "bg": {"from+by": "от", "against": "срещу против", "to": "към на за", "with": "с със"},
    }.items()
}
_PASSIVE = {
    "en": re.compile(r"\bby (?:the |a |an |his |her |their |its )?\w+", re.IGNORECASE),
    "ru": re.compile(r"(?:ан|ен|ят|ыт|ут|ит)(?:а|о|ы)?\b|(?:ный|ная|ное|ные|мый|мая|мые|тый|тая|тые)\b", re.IGNORECASE),
    "bg": re.compile(r"\b(?:е|са|бе|беше|бяха|бъде|бъдат|бил|била|било|били)\b.{0,40}\bот\b", re.IGNORECASE),
}
_BESIDE = 3  # words around an office in which what tells it apart stands


def check_roles(case: Case) -> Refused | None:
    """Why somebody else acts or speaks in the draft; None where nobody does."""
    return _agents(case) or _exchanged(case) or _speaker(case)


@dataclass(frozen=True, slots=True)
class _Party:
    """Somebody in the draft, and where the sources have the same: sentence and places."""

    text: str
    places: range
    there: tuple[tuple[int, range], ...]


def _agents(case: Case) -> Refused | None:
    """An office or an institution that stands where the source has another, or of another kind."""
    beside = {i + step for n in case.draft.names for i in case.draft.places(n.start, n.end) for step in (-2, -1, 0, 1, 2)}
    for place, word in enumerate(case.draft.words):
        if place in beside or not _is_agent(word.text, case.draft.language):
            continue
        k = _home(case, place)
        least = _FOUND if case.sources[k].read.language == case.draft.language else _FOUND_ACROSS
        if _is_place(case.draft, place):
            continue
        if not _has_agent(case, place, k, least) and not _elsewhere(case, place, k):
            return Refused(word.text, f"The source does not say it of “{word.text}”.", "roles")
    return None


def _has_agent(case: Case, place: int, k: int, least: float) -> bool:
    """Whether a sentence has the same office or institution, or something like it where it names none."""
    j = _best_place(case, place, k)
    source = case.sources[k].read
    similar = case.links([place], k, [j])
    return similar >= least or (similar >= _STRANGE and not _is_agent(source.words[j].text, source.language))


def _is_place(read: Read, place: int) -> bool:
    """Whether a party is but where something is: in the museum, на стадион „Хеброс“."""
    return any(read.words[i].text in WHERE for i in range(max(0, place - 2), place))


def _parties(case: Case) -> list[_Party]:
    found = []
    for name in case.draft.names:
        there = [
            (k, case.sources[k].read.places(n.start, n.end))
            for k in case.picked
            for n in case.sources[k].read.names
            if any(alike(x, y) for x in parts(name.text) for y in parts(n.text) if x[0].isupper() and y[0].isupper())
        ]
        if there:
            found.append(_Party(name.text, case.draft.places(name.start, name.end), tuple(there)))
    named = {i for party in found for i in party.places}
    for place, word in enumerate(case.draft.words):
        if place in named or not _is_agent(word.text, case.draft.language):
            continue
        spots = [(k, j) for k in case.picked for j in [_best_place(case, place, k)] if _links(case, place, k, j)]
        if spots:
            found.append(_Party(word.text, range(place, place + 1), tuple((k, range(j, j + 1)) for k, j in spots)))
    return sorted(found, key=lambda party: party.places.start)


def _best_place(case: Case, place: int, k: int) -> int:
    block = case.aligned.similar[place, case.aligned.offset[k] : case.aligned.offset[k + 1]]
    return int(block.argmax()) if block.size else 0


def _links(case: Case, place: int, k: int, j: int) -> bool:
    return case.links([place], k, [j]) >= _FOUND


def _exchanged(case: Case) -> Refused | None:
    """Two parties of the draft each of which stands where the source has the other."""
    parties = _parties(case)
    acting = [party for party in parties if not _is_place(case.draft, party.places.start)]
    for one, other in combinations(acting, 2):
        if _inverted(case, one, other) or _turned(case, one, other):
            return Refused(one.text, f"In the source “{one.text}” and “{other.text}” stand the other way round.", "roles")
    return None


def _inverted(case: Case, one: _Party, other: _Party) -> bool:
    """Whether what stands between two parties of the draft stands between them in their source too, with them exchanged."""
    between = [i for i in range(one.places.stop, other.places.start) if case.draft.words[i].telling and i not in case.set_apart]
    for k, mine in one.there:
        for theirs in (spot for j, spot in other.there if j == k):
            if theirs.stop > mine.start or not between:
                continue
            inside = range(theirs.stop, mine.start)
            link = case.links(between, k, inside)
            kept = any(j == k and spot.stop <= theirs.start for j, spot in one.there) or any(
                j == k and mine.stop <= spot.start for j, spot in other.there
            )
            if link >= _VERB and not kept and _passive(case.draft) == _passive(case.sources[k].read):
                return True
    return False


def _turned(case: Case, one: _Party, other: _Party) -> bool:
    """Whether a preposition stands before the one party in the draft, and before the other in the source: from A, от Б."""
    for k, mine in one.there:
        for theirs in (spot for j, spot in other.there if j == k):
            source = case.sources[k].read
            here = _relations(case.draft, one.places), _relations(case.draft, other.places)
            there = _relations(source, mine), _relations(source, theirs)
            crossed = (here[0] & there[1]) - here[1] - there[0] or (here[1] & there[0]) - here[0] - there[1]
            if crossed and not here[0] & there[0] and not here[1] & there[1]:
                return True
    return False


def _relations(read: Read, places: range) -> frozenset[str]:
    """What the prepositions before a party say of it: something comes from it, goes to it, is done by it or against it."""
    found: set[str] = set()
    for i in range(places.start - 1, max(-1, places.start - 1 - _BESIDE), -1):
        if read.clause[i] != read.clause[places.start] or read.words[i].capital:
            break
        if classes := _PREPOSITIONS[read.language].get(read.words[i].text):
            found |= classes
            break
    return frozenset(found)


@lru_cache(maxsize=4096)
def _passive(read: Read) -> bool:
    """Whether a sentence names by whom something was done: by the police, от полицията, задержан полицией."""
    return _PASSIVE[read.language].search(read.text) is not None


def _home(case: Case, place: int) -> int:
    """The sentence that best has what stands around a word of the draft."""
    near = [i for i, w in enumerate(case.draft.words) if i != place and w.telling and abs(i - place) <= 2 * _BESIDE]
    return max(case.picked, key=lambda k: float(case.aligned.covers(k)[near].sum()))


def _elsewhere(case: Case, place: int, k: int) -> bool:
    """Whether a sentence just before names the same."""
    return any(float(case.aligned.covers(j)[place]) >= _FOUND for j in case.picked if j != k and j == k - 1)


@lru_cache(maxsize=20_000)
def _is_agent(word: str, language: str) -> bool:
    said = speech(language)
    if said is None or word in function_words(language) or word.startswith(_OTHERS):
        return False
    return word.startswith(tuple(stem for stem in (*said.roles, *said.bodies, *said.media) if len(stem) >= _LEAST))


def _speaker(case: Case) -> Refused | None:
    """A draft that has somebody say what the source has from another."""
    text = case.draft.text
    mine = attribution(text, 0, len(text), case.draft.language)
    if mine is None or not mine.resolved:
        return None
    k = max(case.picked, key=lambda j: float(case.aligned.covers(j).sum()))
    source = case.sources[k]
    theirs = attribution(source.hit.document.text, source.start, source.end, source.read.language)
    if theirs is None or not theirs.resolved or _may_be(mine, theirs, _name_parts(source.read), _name_parts(case.draft)):
        return None
    return Refused(mine.speaker, f"The source has it from “{theirs.speaker}”.", "roles")


def _name_parts(read: Read) -> list[str]:
    return [part for name in read.names for part in parts(name.text)]


def _may_be(mine: Attributed, theirs: Attributed, there: Collection[str], here: Collection[str]) -> bool:
    """Whether two speakers may be the same, or one passed on what the other said. `there` and `here` are the words of the
    names in the source's sentence and in the draft."""
    named = [part for part in parts(mine.speaker) if part[0].isupper()]
    others = [part for speaker in (theirs.speaker, theirs.via or "") for part in parts(speaker) if part[0].isupper()]
    if any(alike(a, b) or akin(a, b) for a in named for b in others):
        return True
    if not named or not others or any(alike(a, word) for a in named for word in there):
        return True
    return any(alike(a, word) for a in parts(theirs.speaker) if a[0].isupper() for word in here)
