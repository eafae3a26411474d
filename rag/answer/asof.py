"""The day whose state of knowledge a question asks for: "as of 3 September", «по состоянию на 3 сентября», „към 3 септември“."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from rag.text.question import analyse
from rag.types import Query
from rag.values import read_values

_AS_OF = re.compile(
    r"\b(?:as of|as at|as known on|by what was known on|по состоянию на|на момент|по данным на|към|по данни към"
    r"|по състояние към|както се знаеше на)\s+",
    re.IGNORECASE,
)
_NEAR = 4  # characters after the phrase within which its date begins: "as of the 3rd of September"


def as_known(query: Query, latest: Callable[[], date | None]) -> tuple[Query, date | None]:
    """The query with the day in its question as a filter, and that day; the query's own `until` where the question names none.

    A day without a year is the last such day up to the archive's `latest`. Other dates of a question are never taken for it, and
    a day after the query's own `until`, or before its `since`, changes nothing.
    """
    named = _named(query.text, latest)
    if named is None or (query.until and named > query.until) or (query.since and named < query.since):
        return query, query.until
    return replace(query, until=named), named


def _named(text: str, latest: Callable[[], date | None]) -> date | None:
    match = _AS_OF.search(text)
    if match is None:
        return None
    rest = text[match.end() :]
    found = next((v for v in read_values(rest, analyse(text).language) if v.kind == "date" and v.start <= _NEAR), None)
    if found is None:
        return None
    if found.low is not None and found.high is not None:
        return date.fromordinal(int(found.high)) if found.unit in ("day", "month", "year") else None
    partial = re.fullmatch(r"--(\d\d)-(\d\d)", found.partial or "")
    end = latest() if partial else None
    if partial is None or end is None:
        return None
    for year in (end.year, end.year - 1, end.year - 2, end.year - 3, end.year - 4):
        try:
            known = date(year, int(partial[1]), int(partial[2]))
        except ValueError:  # 29 February
            continue
        if known <= end:
            return known
    return None
