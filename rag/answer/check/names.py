"""Whether the names of a draft are those of its sources, and stand where theirs stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rag.answer.check.evidence import Case
from rag.answer.check.generic import distinguishes, generic
from rag.answer.check.naming import akin, alike, is_adjective, parts, sounds_near
from rag.answer.check.quotes import quoted
from rag.answer.check.reading import Read, Word
from rag.answer.said.speech import speech
from rag.text.exonyms import exonyms
from rag.text.lexicon import is_form
from rag.text.morphology import base_form
from rag.text.names import Name
from rag.text.normalise import fold_word
from rag.types import Refused
from rag.values.vocabulary import words

_TRANSLATED = 0.45  # similarity from which a capitalised word may be the translation of one of the source
_SURELY = 0.6
# Prepositions that say where something is, and not who does it.
WHERE = words("in at near off on into around outside inside в во на у около близ возле вблизи к край във при към до")
_OPENING = 0.5
_ABBREVIATED = 0.25  # the same for an abbreviation in capitals
_RIVAL = 0.14  # how much better another name must fit before it is the one that the words are said of
_BACK = 3  # sentences among which a name is that a pronoun stands for
_SWAPPED = 0.05  # the same, of two names both ways


def check_names(case: Case) -> Refused | None:
    """Why the names of the draft are not those of its sources; None where they are."""
    for name in case.draft.names:
        if any(start <= name.start and name.end <= end for start, end in quoted(case)):
            continue
        missing = _missing(case, name)
        if missing is not None:
            return Refused(name.text, f"The cited passage does not name “{missing}”.", "name")
    return _misplaced(case)


def _missing(case: Case, name: Name) -> str | None:
    """The part of the name that the sources do not have."""
    everywhere = [n for source in case.sources for n in source.read.names]
    size = len(parts(name.text))
    if any(len(parts(n.text)) >= size and alike(name.text, n.text) for n in everywhere):
        return None
    found: list[tuple[int, list[Name]]] = []
    for place in case.draft.places(name.start, name.end):
        word = case.draft.words[place]
        bearers = [n for n in everywhere if _bears(n, word.text, _mates(case, name, place))]
        if bearers:
            found.append((place, bearers))
        elif size == 1 and any(alike(word.text, other) for other in case.adjectives if other[0].isupper()):
            continue
        elif not _is_common(case, place, word, alone=size == 1) and not _is_akin(case, word):
            return word.text
    for (i, one), (j, two) in pairwise(found):
        first = case.draft.words[i].text
        common = _is_office(first, case.draft.language) or bool(generic(first))
        if j != i + 1 or common or any(a.text == b.text for a in one for b in two):
            continue
        if any(_is_given(n, first) for n in one) or all(_is_family(n, case.draft.words[j].text) for n in two):
            return name.text
    return None


def _is_given(name: Name, word: str) -> bool:
    """Whether a word is the first of a name of several: a given name, which another surname may not follow."""
    held = parts(name.text)
    return len(held) > 1 and alike(word, held[0]) and not alike(word, held[-1])


def _is_family(name: Name, word: str) -> bool:
    """Whether a word is the last of a name of several, before which another word may not stand."""
    held = parts(name.text)
    return len(held) > 1 and alike(word, held[-1]) and not alike(word, held[0])


def _mates(case: Case, name: Name, place: int) -> list[str]:
    return [case.draft.words[i].text for i in case.draft.places(name.start, name.end) if i != place]


def _bears(name: Name, word: str, mates: Sequence[str]) -> bool:
    """Whether a name of the source has this word: as it is spelt, or nearly where it has another word of the draft's name too."""
    held = parts(name.text)
    if any(alike(word, part) for part in held) or (len(held) == 1 and alike(word, name.text)):
        return True
    beside = any(alike(mate, part) or sounds_near(mate, part) for mate in mates for part in held)
    return beside and any(sounds_near(word, part) for part in held)


def _is_common(case: Case, place: int, word: Word, *, alone: bool) -> bool:
    """Whether a capitalised word is a common one that the source has: a title, an office, an institution, the first word."""
    written = case.draft.text[word.start : word.end]
    rows = generic(word.text)
    if any(
        not rows.isdisjoint(generic(other.text)) and (other.capital or not distinguishes(rows)) for other in case.aligned.words
    ):
        return True
    similar = case.aligned.similar[place]
    column = int(similar.argmax()) if len(similar) else 0
    opens = _opens(case.draft, place)
    if opens and len(similar) and similar[column] >= _OPENING and not case.is_named(column):
        return True
    if opens and alone and _listed(word.text):
        return False
    if opens and alone and _in_dictionary(word.text, case.draft.language):
        return True
    if not len(similar):
        return False
    if written.isupper() and len(written) > 1 and not _figured(written):
        return float(similar[column]) >= _ABBREVIATED and case.written(column).isupper()
    least = _TRANSLATED if alone or opens or _is_office(word.text, case.draft.language) else _SURELY
    if float(similar[column]) < least or not _in_dictionary(word.text, case.draft.language):
        return False
    return not case.is_named(column) or _is_office(word.text, case.draft.language)


def _only_offices(case: Case, name: Name) -> bool:
    return all(_is_office(word, case.draft.language) for word in parts(fold_word(name.text)))


def _is_office(word: str, language: str) -> bool:
    """Whether a word is that of an office or an institution: President, Министерство, Court."""
    said = speech(language)
    return said is not None and word.startswith((*said.roles, *said.bodies, *said.media))


def _listed(word: str) -> bool:
    return exonyms().at([word], 0, shouted=False) is not None


def _figured(word: str) -> bool:
    return any(character.isdigit() for character in word)


def _opens(read: Read, place: int) -> bool:
    """Whether a word opens a sentence, or what a colon announces."""
    before = read.text[read.words[place - 1].end : read.words[place].start] if place else ":"
    return any(sign in before for sign in ".!?:;…")


def _in_dictionary(word: str, language: str) -> bool:
    forms = [word, base_form(word, language)]
    if language == "bg":
        forms += [word[: -len(article)] for article in ("та", "то", "те", "ът", "ят", "а", "я") if word.endswith(article)]
    return any(len(form) > 1 and is_form(form, language) for form in forms)


def _is_akin(case: Case, word: Word) -> bool:
    written = case.draft.text[word.start : word.end]
    return any(akin(written, other) for other in case.adjectives)


def _misplaced(case: Case) -> Refused | None:
    """The first name of the draft in whose place its source has another."""
    names = [n for n in case.draft.names if _held(case, n) and not is_adjective(n.text) and not _only_offices(case, n)]
    for name in case.draft.names:
        elsewhere = any(_same(name, n) for source in case.sources for n in source.read.names)
        if name not in names and elsewhere and (meant := _meant_instead(case, name)):
            return Refused(name.text, f"What is said of “{name.text}” the source says of “{meant}”.", "name")
    for name in names:
        places = case.draft.places(name.start, name.end)
        for k in case.picked:
            for other in _rivals(case, name, k):
                mine = [n for n in names if _same(n, other)]
                here = case.fit(places, k, case.sources[k].read.places(other.start, other.end))
                if _gain(case, name, mine, here, k) > (_SWAPPED if mine else _RIVAL):
                    return Refused(name.text, f"What is said of “{name.text}” the source says of “{other.text}”.", "name")
    return None


def _meant_instead(case: Case, name: Name) -> str | None:
    """The name that a sentence is about, where the draft has one that stands but elsewhere in the passage.

    A pronoun or "the company" may stand for the name: then the last names before the sentence are among those it may stand for.
    """
    place = case.draft.places(name.start, name.end).start
    before = [case.draft.words[i].text for i in range(max(0, place - 2), place)]
    if is_adjective(name.text) or _only_offices(case, name) or any(word in WHERE for word in before):
        return None
    near = [i for i, w in enumerate(case.draft.words) if w.telling and i not in case.set_apart]
    k = max(case.picked, key=lambda j: float(case.aligned.covers(j)[near].sum()))
    mark = case.sources[k].mark
    for j in range(k, max(-1, k - _BACK), -1):
        if case.sources[j].mark != mark:
            return None
        others = [n for n in _rivals(case, name, j) if not any(_same(mine, n) for mine in case.draft.names)]
        if any(_same(name, n) for n in case.sources[j].read.names):
            return None
        if others:
            return others[0].text
    return None


def _rivals(case: Case, name: Name, k: int) -> list[Name]:
    """Names of a sentence that might stand in the place of a name of the draft."""
    written = [case.draft.text[word.start : word.end] for word in case.draft.words]
    return [
        other
        for other in case.sources[k].read.names
        if not _same(name, other)
        and not is_adjective(other.text)
        and not any(akin(word, other.text) for word in written)
        and not _opens_common(case.sources[k].read, other)
    ]


def _opens_common(read: Read, name: Name) -> bool:
    """Whether what is taken for a name may be but the first word of its sentence."""
    if name.start and not _opens(read, read.places(name.start, name.end).start):
        return False
    return (
        len(parts(name.text)) == 1 and not _listed(fold_word(name.text)) and _in_dictionary(fold_word(name.text), read.language)
    )


def _gain(case: Case, name: Name, mine: Sequence[Name], here: float, k: int) -> float:
    """How much better the draft would fit its source with the other name in the place of this one; of two names of the draft,
    with both exchanged."""
    own = _best(case, name, name)
    if not mine:
        return here - own
    other = mine[0]
    return (here + _best(case, other, name)) - (own + _best(case, other, other))


def _best(case: Case, name: Name, source: Name) -> float:
    """How well the words around `name` in the draft fit those around `source` or an adjective made from it."""
    places = case.draft.places(name.start, name.end)
    best = 0.0
    for k in case.picked:
        read = case.sources[k].read
        spots = [read.places(n.start, n.end) for n in read.names if _same(source, n)]
        for i, word in enumerate(read.words):
            if any(akin(read.text[word.start : word.end], part) for part in parts(source.text)):
                spots.append(range(i, i + 1))
        best = max([best, *(case.fit(places, k, spot) for spot in spots)])
    return best


def _held(case: Case, name: Name) -> bool:
    return any(_same(name, n) for k in case.picked for n in case.sources[k].read.names)


def _same(name: Name, other: Name) -> bool:
    mine, theirs = parts(name.text), parts(other.text)
    return alike(name.text, other.text) or any(
        alike(a, b) or (len(mine) == len(theirs) > 1 and sounds_near(a, b))
        for a in mine
        for b in theirs
        if a[0].isupper() and b[0].isupper()
    )
