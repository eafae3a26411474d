"""The two operators of a search: "quoted phrases" that must stand in the passage, and -excluded words that must not.

Only ASCII quotation marks are operators («…» and “…” are part of the text), and only a hyphen that follows a space or
begins the search.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.text.tokens import tokenize

_PHRASE = re.compile(r'(-?)"([^"]*)"')
_EXCLUDED = re.compile(r"(?<!\S)-(?=[^\W_])(\S+)")


@dataclass(frozen=True, slots=True)
class Operators:
    """`text` is the search without its operators; each phrase is a run of folded words."""

    text: str
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.phrases or self.excluded)

    def allow(self, surface: str) -> bool:
        """Whether a passage with these folded words, joined by spaces, has every phrase and nothing excluded."""
        words = f" {surface} "
        return all(f" {' '.join(phrase)} " in words for phrase in self.phrases) and not any(
            f" {' '.join(phrase)} " in words for phrase in self.excluded
        )


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokenize(text))


def parse_operators(text: str) -> Operators:
    """The operators in a search. A lone quotation mark, and a phrase without words, are not operators.

    A phrase's words stay in `text` too, since they say what is searched for; where only exclusions are written, `text`
    is the whole of what was written, so that there is something to search for.
    """
    phrases: list[tuple[str, ...]] = []
    excluded: list[tuple[str, ...]] = []

    def take_phrase(match: re.Match[str]) -> str:
        words = _words(match[2])
        before = text[match.start() - 1 : match.start()]
        minus = bool(match[1]) and (not before or before.isspace())
        if words:
            (excluded if minus else phrases).append(words)
        return " " if minus else f" {match[2]} "

    def take_word(match: re.Match[str]) -> str:
        if words := _words(match[1]):
            excluded.append(words)
        return " "

    rest = _EXCLUDED.sub(take_word, _PHRASE.sub(take_phrase, text))
    rest = " ".join(rest.split())
    if not phrases and not excluded:
        return Operators(text)
    return Operators(rest if _words(rest) else text, tuple(phrases), tuple(excluded))
