"""A text as its lines: the units that are judged to be the article's words or leftovers of a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from rag.types import Span

# Tags that end a line in a browser. Those within a line (<b>, <a>) stay part of the text.
_BLOCK_TAG = re.compile(
    r"<(script|style|noscript)\b[^<>]*>.{0,20000}?</\1\s*>|<!--.{0,20000}?-->"
    r"|</?(?:address|article|aside|blockquote|body|br|div|dd|dl|dt|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|img|li|"
    r"main|meta|nav|ol|p|section|table|tbody|td|th|thead|title|tr|ul)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_LINE = re.compile(r"[^\n\x0c\u2028\u2029]+")
_FINAL = re.compile(r"[.!?…][\"'»”“’)\]*_]*(?:\s?\[\d+\])*$|[.!?…]</[a-z]+>$")
_NARROWEST, _WIDEST = 40, 160  # characters in a line of a text that was broken to a width
_OWN_LINE = re.compile(r"#{1,6}\s|[-*+•]\s|\d{1,3}[.)]\s|>|\|")


@dataclass(frozen=True, slots=True)
class Line:
    """`text` is the document's text from `start` to `end`, without surrounding space.

    `apart` says that an empty line, or the text's beginning, comes before it.
    """

    start: int
    end: int
    text: str
    apart: bool

    @property
    def finished(self) -> bool:
        """Whether it ends as a sentence does: with a full stop or its like, quotes and brackets aside."""
        return _FINAL.search(self.text[-60:]) is not None


def markup(text: str) -> list[Span]:
    """The spans of block tags, scripts and comments, where `text` is HTML (two such tags or more); else none."""
    if "<" not in text:
        return []
    spans = [match.span() for match in _BLOCK_TAG.finditer(text)]
    return spans if len(spans) > 1 else []


def split_lines(text: str, start: int, tags: list[Span]) -> list[Line]:
    """The lines of `text[start:]` that hold more than space, HTML block tags ending a line too.

    In a text whose lines are broken at a fixed width, a block of lines up to an empty line counts as one.
    """
    lines: list[Line] = []
    at = start
    for tag_start, tag_end in [*tags, (len(text), len(text))]:
        if at < tag_start:
            lines += _plain_lines(text, at, tag_start)
        at = max(at, tag_end)
    return _joined(text, lines) if _is_wrapped(lines) else lines


def _plain_lines(text: str, start: int, end: int) -> list[Line]:
    lines: list[Line] = []
    apart = True
    for match in _LINE.finditer(text, start, end):
        stripped = match[0].strip()
        if not stripped:
            apart = True
            continue
        left = match.start() + len(match[0]) - len(match[0].lstrip())
        # Two line ends in a row leave no match between them.
        gap = text[lines[-1].end : left].count("\n") > 1 if lines else True
        lines.append(Line(left, left + len(stripped), stripped, apart or gap))
        apart = False
    return lines


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether lines break within sentences: a full line goes on in the next with a small letter, again and again."""
    if any(len(line.text) > _WIDEST for line in lines):
        return False
    pairs = broken = 0
    for before, after in pairwise(lines):
        if not after.apart:
            pairs += 1
            broken += after.text[0].islower() and not before.finished and len(before.text) >= _NARROWEST
    return broken >= 2 and broken >= 0.2 * pairs


def _joined(text: str, lines: list[Line]) -> list[Line]:
    """The lines of each block as one, but for headings, list items and table rows, which begin their own."""
    blocks: list[list[Line]] = []
    for line in lines:
        if not blocks or line.apart or blocks[-1][0].text.startswith("#") or _begins_its_own(line, blocks[-1][-1]):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return [Line(b[0].start, b[-1].end, text[b[0].start : b[-1].end], b[0].apart) for b in blocks]


def _begins_its_own(line: Line, before: Line) -> bool:
    """Whether a line begins anew. A sentence may be broken before "1. ", so the line before must have come to an end."""
    return _OWN_LINE.match(line.text) is not None and (before.finished or before.text.endswith((":", ";", ",")))
