"""A text and what was given for it, made into a Document: metadata from what the text offers, leftovers skipped.

For each field the first of these that knows it wins; `Document.read_from` holds the words in brackets:

1. what was given for the article ("record"; for files "sidecar", then "manifest")
2. front matter ("front matter")
3. a labelled line at the beginning ("leading date" for the date, else "leading line")
4. a line of a web page's head with a date ("page header")
5. a dateline ("dateline"); one without a year takes the year that the footer, the address or the same day elsewhere in the
   text gives ("dateline, year from footer"), and is left unknown without: today's year says nothing of an old article
6. a footer ("footer"), for the date, and for the address where it is a whole one
7. for the outlet, a closing reference to the outlet's own report ("own reference"); for the language, detection ("detected");
   for the title, the headline ("repeated headline", "page headline", "heading" or "first line")

The outlet is what is given, or the agency's mark in a dateline: never a photo credit, a site's copyright or a source named
by the text. What nothing tells stays None. Titles, headings, headers, datelines and footers stay in the text as skipped spans.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rag.ingest import dates, heads, leftovers, page
from rag.ingest.errors import Unreadable
from rag.ingest.fields import Fields, read_fields
from rag.ingest.lines import Line, markup, split_lines
from rag.text import detect
from rag.types import Document, Span

_NAMES = ("id", "title", "outlet", "published", "language", "url", "digest_of")
_ADDRESS = re.compile(r"https?://[^\s<>\"«»]+")
_ADDRESS_DATE = re.compile(r"[/_-](?P<y>(?:19|20)\d\d)[/_-]?(?P<m>\d\d)[/_-]?(?P<d>\d\d)(?!\d)")
_OWN_REFERENCE = re.compile(
    r"[-–—] (?:читайте |подробнее )?в (?:материале|репортаже|обзоре) (?P<outlet>[A-Z][\w-]*(?:\.[A-Za-z]{2,4})?)\.(?=\s|$)"
)
_DETECT = 5000  # characters of the article that its language is told from
_DATELINE_LINES = 8  # of the article's own; a dateline stands in the first, after headlines at most


@dataclass(slots=True)
class _Reading:
    """What is known so far of the text; the first to offer a field wins."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)
    read_from: dict[str, str] = field(default_factory=dict)
    skipped: list[Span] = field(default_factory=list)

    def offer(self, name: str, value: object, where: str) -> None:
        if value is not None and name not in self.values:
            self.values[name] = value
            self.read_from[name] = where

    def offer_all(self, fields: Fields, where: str) -> None:
        for name in _NAMES:
            self.offer(name, getattr(fields, name), where)

    @property
    def day_first(self) -> bool:
        return self.values.get("language") not in (None, "en")


def make_document(text: str, *, source: str, given: Sequence[tuple[Fields, str]] = ()) -> Document:
    """The document of `text` (in normal form, not empty). `given` are fields and where they were read, the first first.

    Raises Unreadable where the text names a date, or another field in front matter, that cannot be.
    """
    reading = _Reading(text)
    for fields, where in given:
        reading.offer_all(fields, where)
    start = _read_head(reading)
    tags = [span for span in markup(text) if span[0] >= start]
    lines = split_lines(text, start, tags)
    judged = page.judge(lines, title=reading.values.get("title"))
    reading.skipped += tags
    reading.skipped += [(line.start, line.end) for line, kind in zip(lines, judged.kinds, strict=True) if kind is not None]
    if judged.headline is not None:
        reading.offer("title", page.headline_text(lines[judged.headline]), judged.headline_is)
    _read_page_dates(reading, lines, judged.kinds)
    own = [line for line, kind in zip(lines, judged.kinds, strict=True) if kind is None]
    reading.skipped += [span for line in own if (span := page.referral(line)) is not None]
    dateline = _find_dateline(reading, own)
    footer = _read_footer(reading, lines, judged.kinds)
    if dateline is not None:
        _read_dateline(reading, dateline, footer)
    reading.offer("published", footer, "footer")
    if (reference := _OWN_REFERENCE.search(text)) is not None:
        reading.offer("outlet", reference["outlet"], "own reference")
    reading.offer("language", detect("\n".join(_first(own, _DETECT))), "detected")
    return _document(reading, source)


def _read_head(reading: _Reading) -> int:
    """Read front matter and labelled lines; return where the rest begins."""
    start = 0
    if (front := heads.read_front_matter(reading.text)) is not None:
        fields, span = front
        try:
            reading.offer_all(read_fields(fields), "front matter")
        except Unreadable as error:
            raise Unreadable(f"in its front matter, {error}") from error
        reading.skipped.append(span)
        start = span[1]
    head = heads.read_labels(reading.text, start)
    if head.fields:
        try:
            labelled = read_fields({name: value for name, value in head.fields.items() if name not in reading.values})
        except Unreadable as error:
            raise Unreadable(f"in its first lines, {error}") from error
        reading.offer("published", labelled.published, "leading date")
        reading.offer_all(labelled, "leading line")
        reading.skipped += head.spans
    return head.end


def _read_page_dates(reading: _Reading, lines: Sequence[Line], kinds: Sequence[str | None]) -> None:
    """Offer the date of the page's head: the first that is not of an update, before the third line of the article."""
    own = 0
    updated: dates.Moment | None = None
    for line, kind in zip(lines, kinds, strict=True):
        own += kind is None
        if own > 2 or (own and kind in ("label", "related")):
            break
        if kind in ("stamp", "author"):
            stamp = dates.read_stamp(line.text, day_first=reading.day_first)
            if stamp is None:
                continue
            if not leftovers.UPDATED.match(line.text):
                reading.offer("published", stamp[0], "page header")
                return
            updated = updated or stamp[0]
    reading.offer("published", updated, "page header")


def _find_dateline(reading: _Reading, own: Sequence[Line]) -> heads.Dateline | None:
    for line in own[:_DATELINE_LINES]:
        dateline = heads.read_dateline(reading.text, line.start, line.end)
        if dateline is not None:
            # A line of nothing else, or the words before a sentence.
            reading.skipped.append(dateline.span)
            return dateline
    return None


def _read_dateline(reading: _Reading, dateline: heads.Dateline, footer: dates.Moment | None) -> None:
    reading.offer("outlet", dateline.agency, "dateline")
    if dateline.published is not None:
        reading.offer("published", dateline.published, "dateline")
    if dateline.month is None or dateline.number is None or dateline.year is not None:
        return
    anchors = [(footer, "footer"), (_address_date(reading.values.get("url")), "address")]
    for anchor, where in anchors:
        if anchor is not None:
            near = dates.nearest_year(dateline.month, dateline.number, anchor)
            reading.offer("published", near, f"dateline, year from {where}")
    same = {
        found.value
        for found in dates.find_dates(reading.text)
        if (found.value.month, found.value.day) == (dateline.month, dateline.number)
    }
    if len(same) == 1:
        reading.offer("published", same.pop(), "dateline, year from text")


def _address_date(url: str | None) -> date | None:
    """The date in an address such as …/2025/09/04/…, if there is one."""
    match = _ADDRESS_DATE.search(url) if url else None
    if match is None:
        return None
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _read_footer(reading: _Reading, lines: Sequence[Line], kinds: Sequence[str | None]) -> dates.Moment | None:
    """The date in the lines after the article's last, if there is one; offers a whole address there as the url."""
    last = max((i for i, kind in enumerate(kinds) if kind is None), default=-1)
    published: dates.Moment | None = None
    for line, kind in zip(lines[last + 1 :], kinds[last + 1 :], strict=True):
        if kind in ("label", "related"):
            break  # what follows is of other articles
        if kind == "source" and (address := _ADDRESS.search(line.text)) is not None:
            reading.offer("url", address[0].rstrip(".,;)"), "footer")
        if published is None and kind in ("source", "stamp") and not leftovers.UPDATED.match(line.text):
            stamp = dates.read_stamp(line.text, day_first=reading.day_first)
            published = stamp[0] if stamp else None
    return published


def _first(lines: Iterable[Line], limit: int) -> Iterable[str]:
    taken = 0
    for line in lines:
        yield line.text[: limit - taken]
        taken += len(line.text)
        if taken >= limit:
            return


def _document(reading: _Reading, source: str) -> Document:
    values = dict(reading.values)
    name = values.pop("id", None) or hashlib.sha256(source.encode()).hexdigest()[:16]
    read_from = {key: where for key, where in reading.read_from.items() if key != "id"}
    document = Document(
        id=name, text=reading.text, source=source, sha256="", skipped=_merged(reading.skipped), read_from=read_from, **values
    )
    shaping = {key: value for key, value in document.to_dict().items() if key not in ("id", "source", "sha256")}
    digest = hashlib.sha256(json.dumps(shaping, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return Document(
        id=name, text=reading.text, source=source, sha256=digest, skipped=document.skipped, read_from=read_from, **values
    )


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that meet or overlap made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)
