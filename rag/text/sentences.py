"""Splitting a text into sentences, offsets kept: for Russian, Bulgarian and English, and sensible for their neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rag.text import abbreviations as ab
from rag.text.stopwords import function_words
from rag.types import Span

LONGEST = 1000  # characters; what is longer (a list, a table) is cut at a semicolon, colon, comma or space

_STOP = re.compile(r"(?P<mark>[.!?…]+)(?P<closed>(?:[»”“’\"')\]]|\[\d+\])*)(?=\s|$)|[。！？]+[」』”]*")
_NEXT = re.compile(r"\s*[«„“”\"‘'(\[]*\s*(?P<dash>[—–-]\s*)?[«„“”\"‘'(\[]*\s*(?P<word>\w+|\S|$)(?P<dot>\.?)")
_BEFORE = re.compile(r"(?:^|(?<=[\s(«„“\"'\[—–/]))((?:[^\W\d_]\.[ \u00a0]?)+[^\W\d_]|[\w’'-]+(?:\.[\w-]+)*)$")
_MARKER = re.compile(r"[\s«„“\"'(\[—–-]*(?:\d{1,3}|[^\W\d_]|[IVXivx]{1,5})")
_ROMAN = re.compile(r"[IVXLХ]+")
_ATTRIBUTED = re.compile(rf"\s+(?:[A-Z][\w.’'-]*\s+){{1,4}}(?:{ab.SPEECH_VERBS})\b")
# A name in quotes such as «Что? Где? Когда?» is not cut.
_SHORT_QUOTE = re.compile(r"[«„“][^«»„“”\n]{1,24}[»“”]|(?<![^\s(])\"[^\"\n]{1,24}\"(?!\w)")
_BULLET = re.compile(r"(?:[•*·▪►–—-]|\d{1,3}[.)]|[a-zа-я]\))\s")
_NO_VOWEL = re.compile(r"[бвгджзйклмнпрстфхцчшщ]{2,5}")  # an abbreviation that is not listed
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")  # U.S, С.С.С.Р
_WORD = re.compile(r"[^\W\d_]+")
# Function words that are also surnames or months: after an initial or a title they do not begin a sentence.
_ALSO_NAMES = frozenset(("ли", "си", "сам", "те", "may", "will", "so", "most", "let"))


def split_sentences(text: str, start: int = 0, end: int | None = None, *, language: str | None = None) -> tuple[Span, ...]:
    """The sentences of `text[start:end]` as offsets into `text`: in order, apart, trimmed of whitespace, none over LONGEST.

    Every character but whitespace is in one of them. A blank line ends a sentence. A single line end does too, unless the
    text is hard-wrapped (see `_wrap_width`), or the next line goes on in small letters. Direct speech stays with its
    attribution («…», — сказал он). `language`, where known, narrows which words are taken to begin a sentence.
    """
    stop = len(text) if end is None else end
    starters = function_words(language) or function_words(None)
    spans: list[Span] = []
    for low, high in _blocks(text, start, stop):
        begin = low
        for cut in _cuts(text, low, high, starters):
            spans.extend(_bounded(text, begin, cut))
            begin = cut
        spans.extend(_bounded(text, begin, high))
    return tuple(spans)


def _wrap_width(lines: list[str]) -> int | None:
    """The column at which the lines of a text were broken to fit, or None where line ends mean something.

    A wrapped line is full: the next line's first word would not have fitted. Most lines that another follows are full
    in a wrapped text, few of them end a sentence, and many are followed by a small letter.
    """
    pairs = [(a.rstrip(), b.strip()) for a, b in pairwise(lines) if a.strip() and b.strip()]
    if len(pairs) < 2:
        return None
    lengths = sorted(len(a) for a, _ in pairs)
    width = lengths[(len(lengths) * 95 - 1) // 100]
    full = sum(_is_full(a, b, width) for a, b in pairs)
    small = sum(b[0].islower() for _, b in pairs)
    wrapped = 30 <= width <= 130 and full >= 0.75 * len(pairs) and small >= 0.3 * len(pairs)
    return width if wrapped else None


def _is_full(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(None, 1)[0]) > width


def _blocks(text: str, start: int, stop: int) -> Iterator[Span]:
    """Runs of lines that belong together: a wrapped paragraph, or one line."""
    width = _wrap_width(text.split("\n"))
    begin = at = start
    while (newline := text.find("\n", at, stop)) >= 0:
        following = text.find("\n", newline + 1, stop)
        line, after = text[at:newline].rstrip(), text[newline + 1 : stop if following < 0 else following].strip()
        if not (line and after and _goes_on(line, after, width)):
            yield begin, newline
            begin = newline + 1
        at = newline + 1
    yield begin, stop


def _goes_on(line: str, after: str, width: int | None) -> bool:
    """Whether `after` is the same paragraph as the `line` before it."""
    full = width is not None and _is_full(line, after, width)
    if _BULLET.match(after):
        return full and line[-1] not in ".!?…:;"
    if width is not None:
        return full or (after[0].islower() and 2 * len(line) >= width)
    return after[0].islower() and len(line) >= 40 and line[-1] not in "!?…:;"


def _cuts(text: str, low: int, high: int, starters: frozenset[str]) -> Iterator[int]:
    """The ends of the sentences of a block, but for the last."""
    quoted = {at for match in _SHORT_QUOTE.finditer(text, low, high) for at in range(match.start() + 1, match.end())}
    begin = low
    for stop in _STOP.finditer(text, low, high):
        if stop["mark"] != "." and stop.end() in quoted:
            continue
        if stop["mark"] is None or _ends_sentence(text, begin, stop, high, starters):
            yield stop.end()
            begin = stop.end()


def _ends_sentence(text: str, begin: int, stop: re.Match[str], high: int, starters: frozenset[str]) -> bool:
    following = _NEXT.match(text, stop.end(), high)
    word = following["word"] if following else ""
    if not following or not word:
        return True
    if word[0].islower() or word[0] in "/,;:":
        return False
    mark, closed = stop["mark"], stop["closed"]
    if following["dash"] and closed:
        return False  # «Кто там?» — Маша открыла дверь.
    if mark != ".":
        return not (closed and _ATTRIBUTED.match(text, stop.end(), high))
    before = text[max(begin, stop.start() - LONGEST) : stop.start()]
    if closed.strip(")") or (closed and before.lstrip().startswith("(")):
        return True
    return not _abbreviates(before, word, following["dot"], starters)


def _abbreviates(before: str, word: str, dot: str, starters: frozenset[str]) -> bool:
    """Whether the full stop after `before` only shortens a word, `word` (a capital, a figure or a sign) following it."""
    if _MARKER.fullmatch(before):
        return True  # 1. Купить хлеб; A. Smith
    match = _BEFORE.search(before, max(0, len(before) - 50))
    if not match:
        return False
    surface = match[1].replace(" ", "").replace("\u00a0", "")
    forms = {surface, surface.lower()}
    starts = word.lower() in starters and word.lower() not in _ALSO_NAMES and not dot
    earlier = before[: match.start(1)].rstrip()
    figure = word[0].isdigit()
    if word == "Хр" and surface in ("пр", "сл"):
        return True
    if len(surface) == 1 and surface.isupper():
        return not starts  # an initial
    if forms & ab.MEASURES:
        return _measure_goes_on(surface, earlier, starts, figure) if _is_counted(earlier) else True
    if forms & ab.NEVER_LAST:
        return not (forms & ab.LAST_AFTER_AND and earlier.endswith(" и"))
    if forms & ab.MAY_BE_LAST:
        return _measure_goes_on(surface, earlier, starts, figure)
    if forms & ab.NUMBERED or (len(surface) == 1 and surface.islower()):
        return figure or _ROMAN.fullmatch(word) is not None
    shortened = (
        forms & (ab.BEFORE_A_NAME | ab.OFTEN_WITHIN | ab.INITIALS) or _DOTTED.fullmatch(surface) or _NO_VOWEL.fullmatch(surface)
    )
    return bool(shortened) and not starts


def _is_counted(earlier: str) -> bool:
    """Whether a number or a numeral stands last."""
    last = earlier.split()[-1] if earlier else ""
    return last[-1:].isdigit() or last in ab.NUMERALS or _ROMAN.fullmatch(last) is not None


def _measure_goes_on(measure: str, earlier: str, starts: bool, figure: bool) -> bool:
    """Whether the sentence goes on after a measure: with another figure, or, after a mere date, with its subject."""
    if figure:
        return measure in ab.COMPOUND
    if measure in ab.YEARS and not starts:
        words = [word.lower() for word in _WORD.findall(earlier)]
        return all(word in ab.TIME_WORDS or word in function_words(None) or _ROMAN.fullmatch(word.upper()) for word in words)
    return False


def _bounded(text: str, low: int, high: int) -> Iterator[Span]:
    """`text[low:high]` trimmed, in pieces of LONGEST characters at most."""
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    while high - low > LONGEST:
        cut = _cut_long(text, low)
        yield from _bounded(text, low, cut)
        low = cut
        while text[low].isspace():
            low += 1
    if low < high:
        yield low, high


def _cut_long(text: str, low: int) -> int:
    """Where to cut a piece that begins at `low`: after the last of the best separators in its later two thirds."""
    first, last = low + LONGEST // 3, low + LONGEST
    for separator in ("; ", ": ", ", ", " "):
        at = text.rfind(separator, first, last)
        if at >= 0:
            return at + 1
    return last
