"""The line before a report that names its place, its day and the agency it comes from: PARIS, Oct 3 (AP) —, София. /БТА/."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.answer.said.press import is_agency
from rag.text.calendar import MONTHS, WEEKDAYS
from rag.types import Span

_LONGEST = 90  # characters
_NAME = r"[^\W\d_][\w.&'’-]*(?: [^\W_][\w.&'’-]*){0,3}"
# The agency in brackets or strokes, between dashes, or first of all with the day: /ТАСС/, — РИА Новости., ТАСС, 10 октября.
_BRACKETED = re.compile(rf"(?P<head>[^()/—–\n]{{0,60}}?)\s*[(/]\s*(?P<name>{_NAME})\s*[)/]\s*\.?\s*(?P<dash>[—–:-]*)\s*")
_DASHED = re.compile(rf"(?P<head>[^()/\n]{{2,60}}?)\s*(?:[—–]|\s-)\s*(?P<name>{_NAME}?)\s*(?:\.\s|\s[—–-]+\s|:\s)\s*")
_LEADING = re.compile(rf"(?P<name>{_NAME}?)(?P<head>, [^()/—–\n]{{3,40}}?)(?:\.\s+|\s[—–-]+\s|/\s*)")
_ENDED = re.compile(rf"(?P<head>[^()/—–\n]{{3,60}}?[.,])\s*(?P<name>{_NAME}?)\s[—–-]+\s")
_PIECES = re.compile(r"[^\W_]+")
_WORDS = frozenset(("г", "год", "года", "година", "и", "на", "of", "the", "de"))


@dataclass(frozen=True, slots=True)
class Dateline:
    """`text[agency]` is the agency's name; the report begins at `end`."""

    agency: Span
    end: int


def dateline(text: str, start: int, end: int) -> Dateline | None:
    """The dateline that the sentence `text[start:end]` begins with, or that stands right before it in its paragraph; None where
    none names an agency."""
    paragraph = text.rfind("\n", 0, start) + 1
    found = _read(text, start, min(end, start + _LONGEST))
    if found is None and 0 < start - paragraph < _LONGEST:
        found = _read(text, paragraph, min(end, start + _LONGEST))
        if found is not None and text[found.end : start].strip():
            found = None  # of a sentence before this one
    return found


def _read(text: str, start: int, high: int) -> Dateline | None:
    while start < high and text[start].isspace():
        start += 1
    for pattern in (_BRACKETED, _LEADING, _DASHED, _ENDED):
        match = pattern.match(text, start, high)
        if match is None or not match["name"] or not is_agency(match["name"].lower().split()):
            continue
        plain = match["head"].strip(" ,.")
        if pattern is _BRACKETED and not plain and text[match.start("name") - 1] == "(" and not match["dash"]:
            continue
        if pattern is not _BRACKETED and not plain:
            continue
        if all(map(_is_place_or_day, _PIECES.findall(match["head"]))):
            return Dateline(match.span("name"), match.end())
    return None


def _is_place_or_day(word: str) -> bool:
    low = word.lower().replace("ё", "е")
    return word[0].isupper() or word.isdigit() or low in MONTHS or low in _WORDS or any(low in days for days in WEEKDAYS.values())
