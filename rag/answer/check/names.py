"""Whether the names of a draft are those of its sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from rag.answer.check.evidence import Case
from rag.answer.check.generic import generic
from rag.answer.check.gentilics import place_of
from rag.answer.check.meant import in_dictionary, is_common, is_office, is_plain, is_short
from rag.answer.check.naming import PARTICLES, abbreviates, akin, alike, listed, parts, same_word
from rag.answer.check.quotes import quoted
from rag.answer.check.reading import Read, Word, language_of, names_of
from rag.answer.check.spelling import sounds_alike, spelt_alike
from rag.answer.said.speech import speech
from rag.text.exonyms import exonyms
from rag.text.names import Name
from rag.text.normalise import fold_word
from rag.text.stopwords import function_words
from rag.types import Refused, Span

_LEAST_LETTERS = 3
_NEXT = 1
_ONE_COUNTRY = "bg"  # a language that is written in one country alone
_NEAR = 2  # words between the name of a country and an office of it
_OWN = {"bg": "bulgarian", "ru": "russian", "en": "english"}
_REPORTS = (
    *("report", "article", "story", "outlet", "media", "press", "newspaper", "paper", "site"),
    *("сообщен", "стать", "издан", "сми", "газет", "сайт", "отчет", "публикац", "съобщен", "вестник", "меди", "репортаж"),
)
_ERA = frozenset(("христа", "христова", "христово", "рождества", "рождество", "хр", "рх", "bc", "ad", "bce", "ce"))
_MEASURES = ("money", "date", "temperature")  # the values whose words may be made from names
_ROMAN = re.compile(r"[IVXІХ]+")


def check_names(case: Case) -> Refused | None:
    """Why the names of the draft are not those of its sources; None where all are there."""
    sure = [span for span in quoted(case) if len(case.draft.places(*span)) > _NEAR or not _is_lowered(case, span)]
    for name in case.draft.names:
        if _is_measured(case, name.start) or any(start <= name.start and name.end <= end for start, end in sure):
            continue
        missing = _missing(case, name)
        if missing is not None:
            return Refused(name.text, f"The cited passage does not name “{missing}”.", "name")
    return _foreign_place(case)


def _is_lowered(case: Case, span: Span) -> bool:
    """Whether a name in quotation marks is but a common word in the sources: „Фар“, where they have a lighthouse."""
    first = case.draft.words[case.draft.places(*span).start]
    there = [word for source in case.sources for word in source.read.words if word.text == first.text]
    return first.capital and bool(there) and not any(word.capital for word in there)


def _foreign_place(case: Case) -> Refused | None:
    """A word for the people or the things of a place that the sources do not name: Swedish, шведски, written large or small."""
    for word in case.draft.words:
        keys = frozenset[str]() if _is_measured(case, word.start) else place_of(word.text)
        if word.telling and keys and keys.isdisjoint(_all_keys(case) | _own(case, word)) and not _is_spelt(case, word.text):
            written = case.draft.text[word.start : word.end]
            return Refused(written, f"The cited passage does not name “{written}”.", "name")
    return None


def _is_measured(case: Case, start: int) -> bool:
    """Whether a place of the draft is within a value, which is checked as one: British pounds, преди Христа."""
    return any(value.kind in _MEASURES and value.start < start < value.end for value in case.draft.values)


def _own(case: Case, word: Word) -> frozenset[str]:
    """The keys of a country that the cited reports need not name: that of the language of a report which the draft speaks of,
    and that of an office or a body at home, where the language is written in but one country and no other is spoken of."""
    at = case.draft.words.index(word)
    following = [w.text for w in case.draft.words[at + 1 :]][:1]
    said = speech(case.draft.language)
    if following and said and following[0].startswith((*said.media, *_REPORTS)):
        return frozenset().union(*(place_of(_OWN[s.read.language]) for s in case.sources))
    around = (w.text for w in case.draft.words[max(0, at - _NEAR) : at + 1 + _NEAR])
    cited = [case.sources[k].read for k in case.picked]
    if all(read.language != _ONE_COUNTRY for read in cited) or not any(is_office(w, case.draft.language) for w in around):
        return frozenset()
    own = place_of(_OWN[_ONE_COUNTRY])
    others = frozenset().union(*(place_of(w.text) for read in cited for w in read.words))
    return own if others <= own.union(*(listed(w.text) for w in case.draft.words)) else frozenset()


def _is_spelt(case: Case, word: str) -> bool:
    return any(word == other.text or (other.capital and spelt_alike(word, other.text)) for other in case.aligned.words)


def _missing(case: Case, name: Name) -> str | None:
    """The part of the name that neither the sources nor what is known of their documents have."""
    everywhere = [n for source in case.sources for n in source.read.names]
    size = len(parts(name.text))
    if any(len(parts(n.text)) >= size and alike(name.text, n.text) for n in everywhere):
        return None
    in_full = [n for n in _in_documents(case) if len(parts(n.text)) >= size]
    if any(alike(name.text, n.text) for n in in_full) and _is_shortened(name, everywhere):
        return None
    found: list[tuple[int, list[Name]]] = []
    inside = case.draft.places(name.start, name.end)
    pieces = _pieces(case, inside)
    known = _known_together(case, pieces + _pieces(case, range(inside.stop, inside.stop + _NEXT)))  # the Pacific ocean
    for i, (place, piece) in enumerate(pieces):
        word = case.draft.words[place]
        if i in known or place in _spelt_out(case):
            continue
        bearers = [n for n in everywhere if _bears(n, piece)] or _heard(case, piece)
        if bearers:
            found.append((place, bearers))
        elif not listed(piece) & _own(case, word) and not _stands_otherwise(case, place, piece, alone=size == 1):
            return piece
    return name.text if _is_mixed(case, found) else None


def _pieces(case: Case, places: range) -> list[tuple[int, str]]:
    """The words at some places of the draft, those joined by hyphens apart, each with its place."""
    words = [(i, case.draft.words[i]) for i in places if i < len(case.draft.words)]
    return [(i, piece) for i, word in words for piece in parts(case.draft.text[word.start : word.end])]


@lru_cache(maxsize=256)
def _in_documents(case: Case) -> tuple[Name, ...]:
    """The names of the documents that the cited passages are parts of: who is named in full at the beginning of a report."""
    documents = {source.hit.document.id: source.hit.document for source in case.sources}
    return tuple(n for d in documents.values() for n in names_of(d.text, language_of(d.text, d.language)) if " " in n.text)


def _is_shortened(name: Name, everywhere: Sequence[Name]) -> bool:
    """Whether a name of the sources is a part of a longer one."""
    held = parts(name.text)
    return any(all(any(same_word(one, other) for other in held) for one in parts(n.text)) for n in everywhere)


def _is_mixed(case: Case, found: Sequence[tuple[int, list[Name]]]) -> bool:
    """Whether a given name stands before a family name that the sources give to somebody else."""
    for (i, one), (j, two) in pairwise(found):
        first = case.draft.words[i].text
        common = is_office(first, case.draft.language) or bool(generic(first))
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
    while len(held) > 2 and is_plain(fold_word(held[0])):
        held = held[1:]
    return held


def _is_given(name: Name, word: str) -> bool:
    """Whether a word is the first of a name of several: a given name, which another surname may not follow."""
    held = _without_office(name)
    return len(held) > 1 and same_word(word, held[0]) and not same_word(word, held[-1])


def _is_family(name: Name, word: str) -> bool:
    """Whether a word is the last of a name of several, before which another word may not stand."""
    held = parts(name.text)
    return len(held) > 1 and not generic(fold_word(held[0])) and same_word(word, held[-1]) and not same_word(word, held[0])


def _known_together(case: Case, pieces: Sequence[tuple[int, str]]) -> set[int]:
    """Which words of a name are listed together or run together in the sources: Soviet Union, Cape Town, Тонлесап."""
    texts = [piece for _, piece in pieces]
    known: set[int] = set()
    for i in range(len(texts)):
        for j in range(len(texts), i, -1):
            keys = _keys(" ".join(texts[i:j]))
            there = (j - i > 1 or keys) and not keys.isdisjoint(_all_keys(case))
            together = j - i > 1 and any(spelt_alike("".join(texts[i:j]), word) for word in _long_words(case))
            if there or together or _split(case, texts[i:j]):
                known.update(range(i, j))
                break
    return known


@lru_cache(maxsize=256)
def _spelt_out(case: Case) -> frozenset[int]:
    """The places of the draft's words that are first letters of words of the sources, and of those whose letters these are."""
    found: set[int] = set()
    reads = {source.read for source in case.sources}
    for read in reads:
        home = read.language == case.draft.language
        for one, other in ((case.draft, read), (read, case.draft)):
            for i, word in enumerate(one.words):
                short = one.text[word.start : word.end]
                if not is_short(short) or listed(short) or (one is read and any(_full(short, r, home=True) for r in reads)):
                    continue
                if run := _full(short, other, home=home):
                    found.update((i,) if one is case.draft else run)
    return frozenset(found)


def _full(short: str, read: Read, *, home: bool) -> range | None:
    """The places of the words, the first with a capital, that have a word in capitals for their first letters."""
    telling = [i for i, word in enumerate(read.words) if word.telling]
    for at, first in enumerate(telling):
        for size in range(2, len(short) + 1):
            run = telling[at : at + size]
            words = [read.text[read.words[i].start : read.words[i].end] for i in run]
            if read.words[first].capital and len(run) == size and abbreviates(short, words, home=home):
                return range(run[0], run[-1] + 1)
    return None


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


def _heard(case: Case, word: str) -> list[Name]:
    """The names of reports in another language that have a word which sounds almost so, and which no other of the draft is."""
    foreign = [n for s in case.sources if s.read.language != case.draft.language for n in s.read.names]
    drafted = [part for n in case.draft.names for part in parts(n.text) if part != word]
    return [
        n
        for n in foreign
        if any(sounds_alike(word, one, abroad=True) and not any(same_word(one, d) for d in drafted) for one in parts(n.text))
    ]


def _stands_otherwise(case: Case, place: int, piece: str, *, alone: bool) -> bool:
    """Whether a word of a name that no name of the sources has is nevertheless theirs."""
    folded = fold_word(piece)
    read, word = case.draft, case.draft.words[place]
    if (len(piece) == 1 and piece.isalpha()) or (folded in function_words(read.language) and not (alone and word.capital)):
        return True
    if folded in _ERA:
        return True
    if piece.islower() and (in_dictionary(folded, read.language) or folded in PARTICLES):
        return True  # of a word with a hyphen: New York-based
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
        return _is_called(case, keys)
    return is_common(case, place, piece if piece != read.text[word.start : word.end] else word.text, alone=alone)


def _is_called(case: Case, keys: frozenset[str]) -> bool:
    """Whether the sources have a listed body by the last word of its name alone, with a capital: the Commission."""
    heads = frozenset().union(*(generic(fold_word(exonyms().said[key][0].split()[-1])) for key in keys if key in exonyms().said))
    for source in case.sources:
        words = source.read.words
        for i, word in enumerate(words[1:], start=1):
            beside = [w for w in words[max(0, i - 1) : i + 2] if w is not word]
            if word.capital and not heads.isdisjoint(generic(word.text)) and not any(w.capital for w in beside):
                return True
    return False


def _roman_stands(case: Case, numeral: str) -> bool:
    there = {word for s in case.sources for word in parts(s.read.text) if _ROMAN.fullmatch(word)}
    plain = {word.translate(str.maketrans("ІХ", "IX")) for word in there}
    return not plain or numeral.translate(str.maketrans("ІХ", "IX")) in plain
