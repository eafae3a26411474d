"""The words of a sentence, the signs between them, and which of them stand in direct speech."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.types import Span

_WORD = re.compile(r"[^\W_]+(?:(?:[-‐‑’'.&](?=[^\W_])|,(?=\d))[^\W_]+)*%?")
QUOTE = re.compile(r"[«»„“”\"]|(?<![^\s(—–-])‘|(?<=[.,!?…])’")
CLOSING = {"«": "»", "„": '“”"', "“": '”"', '"': '"', "‘": "’"}
_FEWEST_SPOKEN = 4  # words in quotation marks; fewer may be a name
_SPEECH_END = re.compile(r"[,.!?…—–-]\s*$")
_BEGINNINGS = ("\n", ".", "!", "?", "…")
_GOES_ON = re.compile(r"\s?[,—–-]")
_DIALOGUE = re.compile(r"[—–-]\s")
_DIALOGUE_END = re.compile(r"[,.!?…]\s*[—–]\s|$")


@dataclass(frozen=True, slots=True)
class Word:
    """`before`: the signs between the word before it, or the sentence's beginning, and this one. `capital`: it is written as a
    name, not only because the sentence begins with it. `spoken`: it stands in direct speech."""

    lower: str
    start: int
    end: int
    before: str
    capital: bool
    spoken: bool


def lower(word: str) -> str:
    """A word as the lists of `rag.answer.said.speech` have it."""
    return word.lower().replace("ё", "е").replace("’", "'")


def quotations(text: str, low: int, high: int) -> Iterator[Span]:
    """The quotations of a paragraph that are direct speech rather than names, from the opening mark to the closing one."""
    opened, closers, depth = -1, "", 0
    for match in QUOTE.finditer(text, low, high):
        mark = match[0]
        if opened < 0:
            opened, closers = match.start(), CLOSING.get(mark, "")
            opened = opened if closers else -1
        elif mark in "«„" and mark == text[opened]:
            depth += 1  # a name in marks like those around it
        elif mark in closers and depth:
            depth -= 1
        elif mark in closers:
            if _is_speech(text, opened, match.start()):
                yield opened, match.start()
            opened = -1
    if opened >= 0:
        yield opened, high


def _is_speech(text: str, opened: int, closed: int) -> bool:
    content = text[opened + 1 : closed]
    words = content.split()
    if len(words) >= _FEWEST_SPOKEN or _SPEECH_END.search(content) or text[max(0, opened - 2) : opened] == ": ":
        return True
    # „Ще обжалваме“, каза: a name seldom begins a sentence and has a comma or dash after it.
    begins = not text[:opened].strip() or text[max(0, opened - 2) : opened].strip(" ") in _BEGINNINGS
    return len(words) >= 2 and words[-1].islower() and begins and _GOES_ON.match(text, closed + 1) is not None


def read_words(text: str, start: int, end: int, speech: Sequence[Span]) -> Iterator[Word]:
    """The words of the sentence `text[start:end]`; `speech` are the quotations of its paragraph."""
    line = _DIALOGUE.match(text, start, end)
    until = _DIALOGUE_END.search(text, line.end(), end) if line else None  # — Мост закрыт, — сказал он.
    zones = [*speech, *([(start, until.start())] if until else [])]
    at = start
    for match in _WORD.finditer(text, start, end):
        low, high = match.span()
        spoken = any(first <= low < last for first, last in zones)
        shortened = match[0] in ("в", "сп") and text[high : high + 3] in (". „", '. "', ". «")
        yield Word("вестник" if shortened else lower(match[0]), low, high, text[at:low], match[0][0].isupper(), spoken)
        at = high
