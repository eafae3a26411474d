"""Whether what a draft puts in quotation marks stands in its sources word for word, and said by whom it says."""

from __future__ import annotations

import re

from rag.answer.check.evidence import Case
from rag.answer.said.attribution import attribution
from rag.text import fold
from rag.types import Refused, Span

_EDGES = " .,;:!?…"
_WORDS = 3  # of a quotation, from which it is no name but of capitalised words
_TRANSLATED = 0.5  # similarity from which a word of a title is one of the source
_GAP = re.compile(r"\s*(?:\[\.\.\.\]|\(\.\.\.\)|\.\.\.)\s*")  # what was left out, in folded text
_TITLE = 4  # words of a title at most, where nobody is said to speak


def check_quotes(case: Case) -> Refused | None:
    """Why a quotation of the draft is none; None where all are."""
    draft = case.draft
    for start, end in draft.quotes:
        quote = draft.text[start:end].strip()
        folded = fold(quote).text.strip(_EDGES)
        if not folded or _is_name(case, start, end):
            continue
        pieces = [piece.strip(_EDGES) for piece in _GAP.split(folded)]
        if not any(all(_holds(source.hit.text, piece) for piece in pieces) for source in case.sources):
            return Refused(quote, f"“{quote}” does not stand in the cited passage.", "altered_quote")
    return None


def quoted(case: Case) -> list[Span]:
    """The quotations of the draft that stand in its sources word for word."""
    folded = ((span, fold(case.draft.text[slice(*span)]).text.strip(_EDGES)) for span in case.draft.quotes)
    return [span for span, words in folded if words and any(_holds(source.hit.text, words) for source in case.sources)]


def _holds(text: str, folded: str) -> bool:
    """Whether the words stand in the text, from the beginning of a word to the end of one."""
    held = fold(text).text
    at = held.find(folded)
    while at >= 0:
        end = at + len(folded)
        if (at == 0 or not held[at - 1].isalnum()) and (end == len(held) or not held[end].isalnum()):
            return True
        at = held.find(folded, at + 1)
    return False


def _is_name(case: Case, start: int, end: int) -> bool:
    """Whether quotation marks enclose a name, such as a ship's, a company's or a film's: it is checked as one."""
    places = case.draft.places(start, end)
    words = [case.draft.words[i] for i in places]
    if not words or not words[0].capital or len(words) > _TITLE:
        return False
    named = any(n.start < end and start < n.end for n in case.draft.names)
    if named and (len(words) < _WORDS or all(word.capital or not word.telling for word in words)):
        return True
    text = case.draft.text
    if _is_speech(case, start, end):
        return False
    silent = len(words) < _WORDS or attribution(text, 0, len(text), case.draft.language) is None
    return silent and all(_is_known(case, i, first=i == places.start) for i in places if case.draft.words[i].telling)


def _is_speech(case: Case, start: int, end: int) -> bool:
    """Whether words in quotation marks are somebody's: a colon announces them, or they are in another script than the draft."""
    text = case.draft.text
    if text[: start - 1].rstrip().endswith(":"):
        return True
    quote = "".join(filter(str.isalpha, text[start:end]))
    rest = "".join(filter(str.isalpha, text[:start] + text[end:]))
    words = len(case.draft.places(start, end))
    return words >= _WORDS and bool(quote and rest) and _is_cyrillic(quote) and not _is_cyrillic(rest)


def _is_cyrillic(letters: str) -> bool:
    return sum("\u0400" <= char <= "\u04ff" for char in letters) * 2 > len(letters)


def _is_known(case: Case, place: int, *, first: bool) -> bool:
    """Whether the sources have a word of a title, in whatever language; the first of it with a capital."""
    similar = case.aligned.similar[place]
    there = [float(x) for x, word in zip(similar, case.aligned.words, strict=True) if word.capital or not first]
    return max(there, default=0.0) >= _TRANSLATED
