"""Whether a draft is a sentence that says something: what small models write when they lose the thread is refused.

A word or a run of words said twice, "not a mistake but a mistake", a question, a bracket or quotation mark left open, half a
sentence, words of another alphabet, talk about the passages themselves. What a source has too is never held against a draft.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rag.answer.check.evidence import Case
from rag.answer.check.reading import Read, Word
from rag.types import Refused


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_RUN = (3, 4, 5)  # words that a sentence does not have twice, where ...
_TELLING = 2  # ... as many of them are telling
_OFTEN = 4  # times that one telling word stands in a draft, and ...
_SHARE = 12  # words of a draft for one of those times, at most
_WORD = 3  # letters of a word that is no mere particle
_SELDOM = 2  # ... at most in a source

_FEWEST = 3  # words of a sentence
_LONGEST = 40  # letters of a word, in any language that is read here
_HIDDEN = ("Cf", "Cc", "Co", "Cn", "Cs")  # of Unicode: signs that turn or hide text, and those that stand for nothing

_NOT = frozenset(("not", "never", "не", "ни"))
_BUT = frozenset(("but", "rather", "а", "но", "ами"))
_IS = _words(
    "is are was were be being been является являются являлся являлась являлось являлись был была было были это е са беше бяха "
    "бил била било били представлява"
)
_ENDLESS = _words("the a an and or of than because и или но на от для из при между към че что")
_HALF = _words(
    "which whose whom который которая которое которые которого которой которых которым которому които който която което чийто "
    "чиято чието чиито"
)
_STRAIGHT = re.compile(r'(?<!\d)"')  # after a figure it may mean inches
_ABOUT_ITSELF = _words("passage excerpt prompt отрывок пассаж откъс пасаж")


def check_fluency(case: Case) -> Refused | None:
    """Why a draft is no sentence; None where it is one."""
    draft = case.draft
    reason = _unfinished(draft) or _another_alphabet(case) or _twice(case) or _says_nothing(draft) or _about_itself(case)
    return Refused(draft.text, reason, "garbled") if reason else None


def _unfinished(draft: Read) -> str | None:
    text = draft.text
    if any(unicodedata.category(letter) in _HIDDEN and letter != "\u00ad" for letter in text):
        return "It holds signs that are not seen."
    if len(draft.words) < _FEWEST or any(word.end - word.start > _LONGEST for word in draft.words):
        return "It is no sentence."
    if text.endswith("?"):
        return "It is a question."
    if text.count("«") != text.count("»") or text.count("(") != text.count(")") or text.count("[") != text.count("]"):
        return "A bracket or quotation mark is open in it."
    if len(_STRAIGHT.findall(text)) % 2 or sum(map(text.count, "„“”")) % 2:
        return "A quotation mark is open in it."
    if draft.words and not draft.quotes and (draft.words[-1].text in _ENDLESS or draft.words[0].text in _HALF):
        return "It is half a sentence."
    return None


def _another_alphabet(case: Case) -> str | None:
    """Whether a word is in letters that neither the reader's language nor the sources have it in."""
    draft = case.draft
    quoted = {place for span in draft.quotes for place in draft.places(*span)}
    places = [place for place in range(len(draft.words)) if place not in quoted]
    scripts = [_scripts(draft.text[draft.words[place].start : draft.words[place].end]) for place in places]
    cyrillic = sum("CYRILLIC" in found for found in scripts) * 2 > len(places)
    for place, found in zip(places, scripts, strict=True):
        text = draft.text[draft.words[place].start : draft.words[place].end]
        foreign = found - {"LATIN", "CYRILLIC"} or (found >= {"LATIN", "CYRILLIC"} and "-" not in text)
        small = cyrillic and "LATIN" in found and text.islower() and len(text) > 1 and place not in case.set_apart
        if (foreign or small) and not any(text in source.hit.document.text for source in case.sources):
            return f"“{text}” is not in the reader's letters."
    return None


def _scripts(text: str) -> set[str]:
    return {unicodedata.name(letter, "?").partition(" ")[0] for letter in text if letter.isalpha()}


def _twice(case: Case) -> str | None:
    """Whether the draft says a word or a run of words again that no source does."""
    words = case.draft.words
    sources = [source.read.words for source in case.sources]
    for first, second in pairwise(words):
        said = any(first.text == a.text == b.text for source in sources for a, b in pairwise(source))
        if first.telling and first.text == second.text and not said:
            return f"“{first.text}” stands in it twice in a row."
    values = {place for v in case.draft.values for place in case.draft.places(v.start, v.end)}
    counted = [word for place, word in enumerate(words) if word.telling and (place not in values or word.text[0].isdigit())]
    often = Counter(word.lemma for word in counted if len(word.text) >= _WORD or word.text[0].isdigit())
    for lemma, count in often.items():
        most = max((sum(word.lemma == lemma for word in source) for source in sources), default=0)
        if count >= _OFTEN and most <= _SELDOM and count * _SHARE >= len(words):
            return f"“{lemma}” stands in it {count} times."
    known = {run for source in sources for run in _runs(source)}
    again = next((run for run in _runs(words) if run not in known), None)
    return f"“{' '.join(again)}” stands in it twice." if again else None


def _runs(words: Sequence[Word]) -> list[tuple[str, ...]]:
    """The runs of words that occur twice, apart from each other."""
    found = []
    for size in _RUN:
        seen: dict[tuple[str, ...], int] = {}
        for start in range(len(words) - size + 1):
            run = words[start : start + size]
            key = tuple(word.text for word in run)
            if sum(word.telling for word in run) >= _TELLING and start - seen.setdefault(key, start) >= size:
                found.append(key)
    return found


def _says_nothing(draft: Read) -> str | None:
    """Whether it denies what it affirms ("not a mistake, but a mistake"), or says of a thing that it is the thing."""
    words = draft.words
    for place, word in enumerate(words):
        if word.text in _NOT:
            turn = next((i for i in range(place + 1, len(words)) if words[i].text in _BUT), None)
            if turn is not None and (denied := _lemmas(words[place + 1 : turn])) and denied <= _lemmas(words[turn + 1 :]):
                return "It denies what it affirms."
        if word.text in _IS and (subject := _lemmas(words[:place])) and subject == _lemmas(words[place + 1 :]):
            return "It says of something that it is that."
    return None


def _lemmas(words: Iterable[Word]) -> set[str]:
    return {word.lemma for word in words if word.telling and word.text not in _IS}


def _about_itself(case: Case) -> str | None:
    known = {word.lemma for source in case.sources for word in source.read.words}
    spoken = next((word.text for word in case.draft.words if word.lemma in _ABOUT_ITSELF - known), None)
    return f"It speaks of “{spoken}”, not of the matter." if spoken else None
