"""Whether the names of a draft are those of its sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from rag.answer.check.evidence import Case
from rag.answer.check.generic import distinguishes, generic
from rag.answer.check.gentilics import place_of
from rag.answer.check.naming import akin, alike, listed, parts, same_word
from rag.answer.check.quotes import quoted
from rag.answer.check.reading import Read, Word
from rag.answer.check.spelling import spelt_alike
from rag.answer.said.speech import speech
from rag.text.exonyms import exonyms
from rag.text.lexicon import is_form
from rag.text.morphology import base_form
from rag.text.names import Name
from rag.text.normalise import fold_word
from rag.text.stopwords import function_words
from rag.types import Refused

_TRANSLATED = 0.5  # similarity from which a capitalised common word may be the translation of one of the source
_NAMED = 0.65  # the same where that word is part of a name
_LEAST_LETTERS = 3
_NEXT = 1
_CLEARLY = 0.65  # from which it is one even where another word of the draft is nearer to it
_SAME = 0.9  # the same in one language: another form of the word
_OFFICE = 0.4
_OPENING = 0.4
_ABBREVIATED = 0.35  # the same for an abbreviation that no list has
_OWN = {"bg": "bulgarian", "ru": "russian", "en": "english"}
_REPORTS = (
    *("report", "article", "story", "outlet", "media", "press", "newspaper", "paper", "site"),
    *("сообщен", "стать", "издан", "сми", "газет", "сайт", "отчет", "публикац", "съобщен", "вестник", "меди", "репортаж"),
)
_ROMAN = re.compile(r"[IVXІХ]+")
_ARTICLES = ("ето", "ите", "та", "то", "те", "ът", "ят", "а", "я")


def check_names(case: Case) -> Refused | None:
    """Why the names of the draft are not those of its sources; None where all are there."""
    sure = quoted(case)
    for name in case.draft.names:
        if any(start <= name.start and name.end <= end for start, end in sure):
            continue
        missing = _missing(case, name)
        if missing is not None:
            return Refused(name.text, f"The cited passage does not name “{missing}”.", "name")
    return _foreign_place(case)


def _foreign_place(case: Case) -> Refused | None:
    """A word for the people or the things of a place that the sources do not name: Swedish, шведски, written large or small."""
    for word in case.draft.words:
        keys = place_of(word.text)
        if word.telling and keys and keys.isdisjoint(_all_keys(case) | _own_press(case, word)) and not _is_spelt(case, word.text):
            written = case.draft.text[word.start : word.end]
            return Refused(written, f"The cited passage does not name “{written}”.", "name")
    return None


def _own_press(case: Case, word: Word) -> frozenset[str]:
    """The keys of the languages of the cited reports, where a draft says whose report it is: the Bulgarian report."""
    following = [w.text for w in case.draft.words if word.end <= w.start][:1]
    said = speech(case.draft.language)
    if not following or not said or not following[0].startswith((*said.media, *_REPORTS)):
        return frozenset()
    return frozenset().union(*(place_of(_OWN[s.read.language]) for s in case.sources))


def _is_spelt(case: Case, word: str) -> bool:
    return any(word == other.text or (other.capital and spelt_alike(word, other.text)) for other in case.aligned.words)


def _missing(case: Case, name: Name) -> str | None:
    """The part of the name that neither the sources nor what is known of their documents have."""
    everywhere = [n for source in case.sources for n in source.read.names]
    size = len(parts(name.text))
    if any(len(parts(n.text)) >= size and alike(name.text, n.text) for n in everywhere):
        return None
    found: list[tuple[int, list[Name]]] = []
    known = _known_together(case, name)
    for place in case.draft.places(name.start, name.end):
        word = case.draft.words[place]
        if place in known:
            continue
        for piece in parts(case.draft.text[word.start : word.end]):
            bearers = [n for n in everywhere if _bears(n, piece)]
            if bearers:
                found.append((place, bearers))
            elif place_of(word.text) & _own_press(case, word):
                continue
            elif not _stands_otherwise(case, place, piece, alone=size == 1):
                return piece
    return name.text if _is_mixed(case, found) else None


def _is_mixed(case: Case, found: Sequence[tuple[int, list[Name]]]) -> bool:
    """Whether a given name stands before a family name that the sources give to somebody else."""
    for (i, one), (j, two) in pairwise(found):
        first = case.draft.words[i].text
        common = _is_office(first, case.draft.language) or bool(generic(first))
        if (
            j != i + 1
            or common
            or any(a.text == b.text and not _are_apart(a, first, case.draft.words[j].text) for a in one for b in two)
        ):
            continue
        split = any(_are_apart(n, first, case.draft.words[j].text) for n in one)
        if split or any(_is_given(n, first) for n in one) or all(_is_family(n, case.draft.words[j].text) for n in two):
            return True
    return False


def _are_apart(name: Name, one: str, other: str) -> bool:
    """Whether two words of a name stand on two sides of its "of": Fiona Creel of Harrow Bank."""
    first, found, second = name.text.partition(" of ")
    here = [any(same_word(word, part) for part in parts(first)) for word in (one, other)]
    return bool(found) and len(parts(first)) > 1 and len(parts(second)) > 1 and here[0] is not here[1]


def _without_office(name: Name) -> tuple[str, ...]:
    """The words of a name without the offices and trades before it: Analyst Fiona Creel."""
    held = parts(name.text)
    while len(held) > 2 and _is_plain(fold_word(held[0])):
        held = held[1:]
    return held


def _is_plain(word: str) -> bool:
    return any(in_dictionary(word, language) for language in ("en", "ru", "bg"))


def _is_given(name: Name, word: str) -> bool:
    """Whether a word is the first of a name of several: a given name, which another surname may not follow."""
    held = _without_office(name)
    return len(held) > 1 and same_word(word, held[0]) and not same_word(word, held[-1])


def _is_family(name: Name, word: str) -> bool:
    """Whether a word is the last of a name of several, before which another word may not stand."""
    held = parts(name.text)
    return len(held) > 1 and not generic(fold_word(held[0])) and same_word(word, held[-1]) and not same_word(word, held[0])


def _known_together(case: Case, name: Name) -> set[int]:
    """The places of words that are listed together or run together in the sources: Soviet Union, Cape Town, Тонлесап."""
    inside = case.draft.places(name.start, name.end)
    places = list(range(inside.start, min(inside.stop + _NEXT, len(case.draft.words))))  # the Pacific ocean
    texts = [case.draft.words[i].text for i in places]
    known: set[int] = set()
    for i in range(len(inside)):
        for j in range(len(places), i, -1):
            run = " ".join(texts[i:j])
            keys = _keys(run)
            there = (j - i > 1 or keys) and not keys.isdisjoint(_all_keys(case))
            together = len(parts(run)) > 1 and any(spelt_alike("".join(parts(run)), word) for word in _long_words(case))
            if there or together or _split(case, texts[i:j]):
                known.update(places[i:j])
                break
    return known


def _split(case: Case, texts: Sequence[str]) -> bool:
    """Whether one word of the draft is two of a source: Кейптаун, Cape Town."""
    if len(texts) != 1 or len(texts[0]) < 2 * _LEAST_LETTERS:
        return False
    return any(
        one.capital and two.capital and spelt_alike(texts[0], one.text + two.text)
        for source in case.sources
        for one, two in pairwise(source.read.words)
    )


@lru_cache(maxsize=20_000)
def _keys(run: str) -> frozenset[str]:
    return listed(run) or listed(run.upper() if len(run) < _LEAST_LETTERS + 2 else run)


@lru_cache(maxsize=256)
def _all_keys(case: Case) -> frozenset[str]:
    """The keys of all that is listed in the sources and in what heads them."""
    return frozenset().union(*(_keys_of(s.read.text) for s in case.sources), *(_keys_of(head) for head in _heads(case)))


@lru_cache(maxsize=8192)
def _keys_of(text: str) -> frozenset[str]:
    found: set[str] = set()
    written = _WORDS.findall(text)
    folded = [fold_word(word.replace(".", "")) for word in written]
    for i, word in enumerate(written):
        if run := exonyms().at(folded, i, shouted=word.isupper() or "." in word):
            found.update(run.ids)
        found |= listed(word)
        if i + 1 < len(written):
            found |= listed(f"{word}-{written[i + 1]}")
    return frozenset(found)


_WORDS = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")


def _heads(case: Case) -> list[str]:
    """The titles of the cited documents, and who published them."""
    documents = {source.hit.document.id: source.hit.document for source in case.sources}
    return [text for d in documents.values() for text in (d.title, d.outlet) if text]


@lru_cache(maxsize=256)
def _long_words(case: Case) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            word.text for s in case.sources for word in s.read.words if word.capital and len(word.text) > _LEAST_LETTERS
        )
    )


def _bears(name: Name, word: str) -> bool:
    """Whether a name of the source has this word."""
    return any(same_word(word, part) for part in parts(name.text))


def _stands_otherwise(case: Case, place: int, piece: str, *, alone: bool) -> bool:
    """Whether a word of a name that no name of the sources has is nevertheless theirs."""
    folded = fold_word(piece)
    read, word = case.draft, case.draft.words[place]
    if (len(piece) == 1 and piece.isalpha()) or folded in function_words(read.language):
        return True
    if any(same_word(piece, other) for head in _heads(case) for other in parts(head)):
        return True
    if any(akin(piece, other) for other in case.adjectives):
        return True
    if alone and any(same_word(piece, other) for other in case.adjectives if other[0].isupper()):
        return True
    if _ROMAN.fullmatch(piece):
        return _roman_stands(case, piece)
    keys = listed(piece)
    if keys and not generic(folded):
        return False
    return _is_common(case, place, piece if piece != read.text[word.start : word.end] else word.text, alone=alone)


def _roman_stands(case: Case, numeral: str) -> bool:
    there = {word for s in case.sources for word in parts(s.read.text) if _ROMAN.fullmatch(word)}
    plain = {word.translate(str.maketrans("ІХ", "IX")) for word in there}
    return not plain or numeral.translate(str.maketrans("ІХ", "IX")) in plain


def _is_common(case: Case, place: int, piece: str, *, alone: bool) -> bool:
    """Whether a capitalised word is a common one that the source has: a title, an office, an institution, the first word."""
    read, word = case.draft, case.draft.words[place]
    folded, written = fold_word(piece), read.text[word.start : word.end]
    if any(start <= word.start and word.end <= end for start, end in read.quotes):
        return _is_titled(case, place, folded)
    rows = generic(folded)
    if any(not rows.isdisjoint(generic(o.text)) and (o.capital or not distinguishes(rows)) for o in case.aligned.words):
        return True
    if distinguishes(rows):
        return False
    similar = case.aligned.similar[place]
    column = int(similar.argmax()) if len(similar) else 0
    best = float(similar[column]) if len(similar) else 0.0
    ordinary = in_dictionary(folded, read.language)
    with_article = read.language == "bg" and folded.endswith(_ARTICLES[:-2])
    likely = best >= _OPENING or with_article
    if opens(read, place) and likely and (ordinary or not case.is_named(column)):
        return True
    if not len(similar):
        return False
    if written.isupper() and len(written) > 1 and not any(char.isdigit() for char in written):
        return best >= _ABBREVIATED and case.written(column).isupper() and not listed(case.written(column))
    if not ordinary:
        return False
    if _is_office(folded, read.language):
        return best >= _OFFICE
    home = case.sources[int(case.aligned.owner[column])].read.language == read.language
    capital = _NAMED if case.is_named(column) else _TRANSLATED
    least = _SAME if home else capital
    if best < least or (home and alone and not case.is_named(column)) or not _is_ordinary(case, column):
        return False
    return best >= _CLEARLY or case.counterpart_of(column) == place


def _is_titled(case: Case, place: int, folded: str) -> bool:
    """Whether a word of what the draft puts in quotation marks as a name translates one of a name of the sources."""
    rows, similar = generic(folded), case.aligned.similar[place]
    if not in_dictionary(folded, case.draft.language) and not rows:
        return False
    named = [j for j in range(len(case.aligned.words)) if case.is_named(j) or case.aligned.words[j].capital]
    if any(not rows.isdisjoint(generic(case.aligned.words[j].text)) for j in named):
        return True
    best = max(named, key=lambda j: float(similar[j]), default=None)
    if best is None:
        return False
    home = case.sources[int(case.aligned.owner[best])].read.language == case.draft.language
    return float(similar[best]) >= (_SAME if home else _TRANSLATED) and float(similar[best]) >= float(similar.max())


def _is_ordinary(case: Case, column: int) -> bool:
    """Whether a word of the sources is a common one, even where it is part of a name."""
    source = case.sources[int(case.aligned.owner[column])].read
    text = case.aligned.words[column].text
    return not listed(text) and in_dictionary(text, source.language)


def only_offices(name: Name, language: str) -> bool:
    """Whether a name is but that of an office or an institution: the President, Министерство финансов."""
    return all(_is_office(word, language) for word in parts(fold_word(name.text)))


def _is_office(word: str, language: str) -> bool:
    """Whether a word is that of an office or an institution: President, Министерство, Court."""
    said = speech(language)
    return said is not None and word.startswith((*said.roles, *said.bodies, *said.media))


def opens(read: Read, place: int) -> bool:
    """Whether a word opens a sentence, or what a colon announces."""
    before = read.text[read.words[place - 1].end : read.words[place].start] if place else ":"
    return any(sign in before for sign in ".!?:;…")


@lru_cache(maxsize=20_000)
def in_dictionary(word: str, language: str) -> bool:
    """Whether a folded word is a common one, in any form."""
    forms = [word, base_form(word, language)]
    if language == "bg":
        forms += [word[: -len(article)] for article in _ARTICLES if word.endswith(article)]
        forms += [form + "е" for form in forms if form.endswith("ван")]  # пребиваването
    return any(len(form) > 1 and is_form(form, language) for form in forms)
