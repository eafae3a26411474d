"""Telling the article's own lines from what a web page leaves around them.

`judge` names the kind of each line; those with a kind stay in the document's text as skipped spans. Precision comes first,
since a skipped sentence is lost to every question:

* A line that ends as a sentence is skipped only where its whole wording is a page's own (leftovers.py): a label with what
  follows it, an imperative to the reader, a photo credit, a notice about cookies.
* A line without a full stop is skipped where it is such a leftover, repeats the headline, stands among leftovers before
  the first or after the last sentence, or is a heading: at most 15 words, capital first, directly before a sentence.
  Headings hold no full statement, and would otherwise be quoted for the question that they announce.
* Lists are kept: lines with a list mark, and unfinished lines after one that ends with a colon. So is everything in a text
  whose author writes without full stops, and the only line of a text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from rag.ingest import dates, leftovers
from rag.ingest.lines import Line
from rag.types import Span

_LONGEST = 350  # characters; a longer line is nobody's label
_HEADING_WORDS = 15
_HEADING_LENGTH = 120
_HEADLINE_WORDS = 25
_HEAD_LINES = 15  # how far from the beginning a page's head may reach
_LIKE_MOST = 0.6  # of the most that a line shares; a lead may share somewhat more than the headline before it
_BUTTON_WORDS = 5
_LIST_ITEM = re.compile(r"[-–—•*·+▪►]\s|\d{1,3}[.)]\s|[а-яa-z]\)\s|>|\|")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(?P<title>.*?)\s*#*$")
_MARKDOWN_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)$|```.*$")
_INNER_STOP = re.compile(r"[.!?…]['\"»”“)]*\s+['\"«„“(—–-]*\s*[A-ZА-ЯЁ]")
_ABBREVIATED = re.compile(r"(?:\b\w|\b(?:им|св|ул|гр|г|им|млн|млрд|тыс|хил|Mr|Mrs|Dr|St|Jr|vs|No|U\.S))\.['\"»”“)]*\s")
# Kinds that only a page has; they show that unfinished lines beside them are the page's too.
_NAME = re.compile(r"[A-ZА-ЯЁ][\w.-]*(?: [A-ZА-ЯЁ][\w.-]*){1,2}")  # of an author, after a time
_TICKER = re.compile(r"\d{1,2}[:.]\d{2}\b")  # "09:10 …": a line of the latest news
# Kinds whose wording may also begin a sentence ("Главное — …", "Share in …"), so that a full stop speaks against them.
_UNFINISHED = frozenset(("share", "label", "tags", "author", "time"))
_PAGES_OWN = frozenset(leftovers.KINDS) - {"separator", "source", "author"} | {"stamp", "breadcrumb", "headline"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """`kinds[i]` is what line i is: None for the article's own words, else why it is skipped.

    `headline` is the index of the line that is the article's headline, or None; `headline_is` says how it was told.
    """

    kinds: tuple[str | None, ...]
    headline: int | None = None
    headline_is: str = ""


def judge(lines: Sequence[Line], *, title: str | None = None) -> Judgement:
    """The kind of each line. `title` is the article's title where it is known otherwise: a line repeating it is skipped."""
    if len(lines) < 2:
        return Judgement((None,) * len(lines))
    kinds = [_kind(line) for line in lines]
    first = _first_sentence(lines, kinds)
    repeated = _mark_headlines(lines, kinds, title)
    headline, headline_is = repeated, "repeated headline"
    if any(kind in _PAGES_OWN for kind in kinds[:first]):
        if headline is None:
            headline, headline_is = _page_headline(lines, kinds, first), "page headline"
        _fill(lines, kinds, range(first), "page head")
    _mark_lists_of_links(lines, kinds)
    _mark_tail(lines, kinds)
    headings = _mark_headings(lines, kinds)
    marked = next((i for i, kind in enumerate(kinds) if kind == "markdown heading"), None)
    if headline is None and marked is not None:
        headline, headline_is = marked, "heading"
    if headline is None and headings and all(kinds[i] not in (None, "heading") for i in range(headings[0])):
        headline, headline_is = headings[0], "first line"
    return Judgement(tuple(kinds), headline, headline_is if headline is not None else "")


def headline_text(line: Line) -> str:
    """The words of a headline, without Markdown's marks."""
    match = _MARKDOWN_HEADING.match(line.text)
    return " ".join((match["title"] if match else line.text).split())


def stamp(line: Line, *, day_first: bool = False) -> dates.Moment | None:
    """The date of a line that holds a date, perhaps times, and little else ("13 августа 2025 / 10:18"); else None."""
    if len(line.text) > 120:
        return None
    read = dates.read_stamp(line.text, day_first=day_first)
    if read is None:
        return None
    moment, rest = read
    rest = leftovers.STAMP_WORDS.sub(" ", rest)
    pieces = [piece.strip(" .,;:()[]-–—") for piece in re.split(r"[|/•·,;]|\s[-–—]\s", rest)]
    pieces = [piece for piece in pieces if piece]
    if isinstance(moment, datetime) and len(pieces) == 1 and _NAME.fullmatch(pieces[0]):
        return moment
    separated = bool(re.search(r"[|/•·]|\s[-–—]\s", line.text))
    if pieces and not (separated and len(pieces) <= 3 and all(len(piece.split()) <= 3 for piece in pieces)):
        return None
    return moment


def referral(line: Line) -> Span | None:
    """The end of a line, after its last sentence, that sends the reader elsewhere ("… Read more: …"), if there is one."""
    match = leftovers.INLINE.search(line.text)
    return None if match is None else (line.end - len(match[0].lstrip()), line.end)


def _kind(line: Line) -> str | None:
    text = line.text
    if _MARKDOWN_HEADING.match(text):
        return "markdown heading"
    if len(text) > _LONGEST:
        return None
    if _MARKDOWN_IMAGE.match(text):
        return "photo"
    if stamp(line) is not None:
        return "stamp"
    for kind, pattern in leftovers.KINDS.items():
        if pattern.match(text) and not (line.finished and (kind in _UNFINISHED or (kind == "source" and _is_statement(line)))):
            return kind
    if _is_breadcrumb(line):
        return "breadcrumb"
    buttons = [piece for piece in re.split(r"\s*[|•·]\s*", text) if piece]
    if len(buttons) > 1 and all(any(pattern.match(button) for pattern in leftovers.KINDS.values()) for button in buttons):
        return "navigation"
    return None


def _is_statement(line: Line) -> bool:
    """Whether "Источник: …" tells what a source said, as headlines do, and does not name one."""
    _, colon, rest = line.text.partition(":")
    return bool(colon) and not rest.startswith("//") and len(rest.split()) > 3


def _is_breadcrumb(line: Line) -> bool:
    """A path of sections: three short pieces or more, or two after a leading mark or a link to the front page."""
    text = line.text
    if len(text) > 200 or line.finished:
        return False
    pieces = [piece for piece in leftovers.CRUMB.split(text) if piece.strip()]
    if len(pieces) < 2 or any(len(piece.split()) > 6 or piece[0].islower() for piece in pieces):
        return False
    if not all(any(char.isalpha() for char in piece) for piece in pieces):
        return False
    return len(pieces) >= 3 or text[0] in "/>»›→" or leftovers.HOME.match(text) is not None


def _first_sentence(lines: Sequence[Line], kinds: Sequence[str | None]) -> int:
    """The index of the first line that is running text, at most _HEAD_LINES; what comes before is the head."""
    for index, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if index >= _HEAD_LINES:
            return index
        if kind is not None:
            continue
        words = len(line.text.split())
        asks = line.text.rstrip("\"'»”“)")[-1:] in ("?", "!")
        if words > _HEADLINE_WORDS or (line.finished and words >= (16 if asks else 5)):
            return index
    return len(lines)


def _mark_headlines(lines: Sequence[Line], kinds: list[str | None], title: str | None) -> int | None:
    """Mark lines of the head that say the same as another, or as the title; return the first."""
    said = [_said(line.text) for line in lines[:_HEAD_LINES]]
    often, left = Counter(said), Counter(said)
    known = _said(title) if title else None
    marked = None
    for index, words in enumerate(said):
        if kinds[index] not in (None, "markdown heading") or not words:
            continue
        # Of a sentence that is said twice, as a lead and in its place, one stays.
        left[words] -= 1
        repeated = often[words] > 1 and (left[words] > 0 or not lines[index].finished)
        repeated = repeated and len(lines[index].text.split()) <= _HEADLINE_WORDS
        if repeated or (words == known and len(lines) > 1):
            if kinds[index] is None:
                kinds[index] = "headline"
            marked = index if marked is None and len(words.split()) >= 3 else marked
    return marked


def _said(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _page_headline(lines: Sequence[Line], kinds: Sequence[str | None], first: int) -> int | None:
    """The line of a page's head that shares most of its words with the article's beginning, among those of four words or more.

    Site names, lists of tags and headlines of other articles share few; a lead as many, but it stands behind the headline.
    """
    fits = [i for i in range(first) if kinds[i] is None and _may_be_headline(lines[i])]
    own = (line.text for line, kind in zip(lines[first:], kinds[first:], strict=True) if kind is None)
    article = _stems(" ".join(islice(own, 3)))

    def shared(index: int) -> float:
        stems = _stems(lines[index].text)
        return len(stems & article) ** 2 / max(1, len(stems))  # how many, times what part of them

    most = max(map(shared, fits), default=0.0)
    return next((index for index in fits if shared(index) >= _LIKE_MOST * most), None)


def _stems(text: str) -> set[str]:
    """The longer words of a text, cut before most endings."""
    return {word[:5] for word in re.findall(r"\w{4,}", text.casefold())}


def _may_be_headline(line: Line) -> bool:
    return 4 <= len(line.text.split()) <= _HEADLINE_WORDS and not _TICKER.match(line.text)


def _fill(lines: Sequence[Line], kinds: list[str | None], where: range, kind: str) -> None:
    for index in where:
        if kinds[index] is None and not lines[index].finished:
            kinds[index] = kind


def _mark_lists_of_links(lines: Sequence[Line], kinds: list[str | None]) -> None:
    """Mark the headlines listed under "Read also" and its like, up to the next finished line."""
    listing = False
    for index, line in enumerate(lines):
        if kinds[index] in ("related", "label"):
            listing = len(line.text.split()) <= 4
        elif kinds[index] is None:
            listing = listing and not line.finished and len(line.text.split()) <= _HEADLINE_WORDS
            if listing:
                kinds[index] = "related"


def _mark_tail(lines: Sequence[Line], kinds: list[str | None]) -> None:
    """Mark unfinished lines after the last sentence, from the first leftover on."""
    last = max((i for i, kind in enumerate(kinds) if kind is None and lines[i].finished), default=len(lines))
    began = next((i for i in range(last + 1, len(lines)) if kinds[i] in _PAGES_OWN or kinds[i] == "source"), None)
    if began is not None:
        # Before it, a short line is a button, a longer one may be a sentence without its full stop.
        first = next((i for i in range(last + 1, began) if len(lines[i].text.split()) <= _BUTTON_WORDS), began)
        _fill(lines, kinds, range(first, len(lines)), "page foot")


def _mark_headings(lines: Sequence[Line], kinds: list[str | None]) -> list[int]:
    """Mark headings, the headline among them, and return their indexes."""
    own = [i for i, kind in enumerate(kinds) if kind is None]
    total = sum(len(lines[i].text) for i in own)
    if sum(len(lines[i].text) for i in own if lines[i].finished) < 0.6 * total:
        return []
    found: list[int] = []
    run: list[int] = []
    in_list = False
    for index, line in enumerate(lines):
        if kinds[index] is not None:
            continue
        if line.finished or len(line.text) > _LONGEST:
            if 0 < len(run) <= 3 and not in_list:
                found += run
            run, in_list = [], False
        elif line.text.endswith((":", ";", ",")):
            run, in_list = [], True
        elif _may_be_heading(line):
            run.append(index)
        else:
            run, in_list = [], True
    for index in found:
        kinds[index] = "heading"
    return found


def _may_be_heading(line: Line) -> bool:
    words = line.text.split()
    if len(words) > _HEADING_WORDS or len(line.text) > _HEADING_LENGTH or line.text[0].islower() or _LIST_ITEM.match(line.text):
        return False
    return _INNER_STOP.search(_ABBREVIATED.sub("", line.text)) is None
