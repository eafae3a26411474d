"""The two operators of a search: "quoted phrases" that must stand in the passage, and -excluded words that must not.

Only ASCII quotation marks are operators («…» and “…” are part of the text), and only a hyphen that follows a space or
begins the search. A phrase stands in a passage where its words do, side by side and in its order, in whatever forms: lemmas are
compared. A hyphen and a space count as the same.

Only words put together for a search have operators. A text that ends like a sentence is prose: who asks 'Who wrote the song
"Ferry"?' wants an answer, in whatever language, and not the passages that have the phrase. One phrase alone is a search, however
it ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from rag.text.tokens import lemmas, surface

_PHRASE = re.compile(r'(-?)"([^"]*)"')
_EXCLUDED = re.compile(r"(?<!\S)-(?=[^\W_])(\S+)")
_PROSE = re.compile(r"[.?!…][\s\"'»”“’)\]]*$")

Words = tuple[str, ...]
# Words that stand side by side in a field of the lexical index.
Run = tuple[Literal["body", "surface"], Words]


@dataclass(frozen=True, slots=True)
class Operators:
    """`text` is the search without its operators; each phrase is a run of folded words. `languages` are those in which the words
    may be meant."""

    text: str
    phrases: tuple[Words, ...] = ()
    excluded: tuple[Words, ...] = ()
    languages: Words = ()

    def __bool__(self) -> bool:
        return bool(self.phrases or self.excluded)

    def within(self, languages: Sequence[str]) -> Operators:
        """The same for an archive of these languages."""
        return replace(self, languages=tuple(languages))

    def required(self) -> Iterator[tuple[Run, ...]]:
        """For each phrase the runs of words of which a passage must have one."""
        return (_runs(phrase, self.languages) for phrase in self.phrases)

    def forbidden(self) -> Iterator[tuple[Run, ...]]:
        """For each exclusion the runs of words of which a passage may have none."""
        return (_runs(phrase, self.languages) for phrase in self.excluded)

    def allow(self, surface: str, body: str) -> bool:
        """Whether a passage with these folded words and these lemmas, joined by spaces, has every phrase and nothing excluded."""
        fields = {"surface": f" {surface} ", "body": f" {body} "}

        def has(runs: tuple[Run, ...]) -> bool:
            return any(f" {' '.join(words)} " in fields[field] for field, words in runs)

        return all(has(runs) for runs in self.required()) and not any(has(runs) for runs in self.forbidden())


@lru_cache(maxsize=256)
def _runs(phrase: Words, languages: Words) -> tuple[Run, ...]:
    """What a passage with the phrase has: its words as they are written, or their lemmas, as its language gives them.

    A word has another lemma where it is written as a name and does not open a sentence, so both are tried.
    """
    runs: list[Run] = []
    for words in _spellings(phrase):
        runs.append(("surface", words))
        text, names = " ".join(words), " ".join(word.capitalize() for word in words)
        for language in languages:
            for forms in (lemmas(text, language), lemmas(f"a {names}", language)[1:]):
                if len(forms) == len(words):
                    runs.append(("body", forms))
    return tuple(dict.fromkeys(runs))


def _spellings(words: Words) -> Iterator[Words]:
    """The words, those with a hyphen in parts, and each two side by side with a hyphen between."""
    yield words
    parts = tuple(part for word in words for part in word.split("-") if part)
    if parts != words:
        yield parts
    for i in range(len(parts) - 1):
        yield (*parts[:i], f"{parts[i]}-{parts[i + 1]}", *parts[i + 2 :])


def parse_operators(text: str) -> Operators:
    """The operators in a search. A lone quotation mark, and a phrase without words, are not operators.

    A phrase's words stay in `text` too, since they say what is searched for; where only exclusions are written, `text`
    is the whole of what was written, so that there is something to search for. Prose has none.
    """
    if _PROSE.search(text) and not _PHRASE.fullmatch(text.strip()):
        return Operators(text)
    phrases: list[Words] = []
    excluded: list[Words] = []

    def take_phrase(match: re.Match[str]) -> str:
        words = surface(match[2])
        before = text[match.start() - 1 : match.start()]
        minus = bool(match[1]) and (not before or before.isspace())
        if words:
            (excluded if minus else phrases).append(words)
        return " " if minus else f" {match[2]} "

    def take_word(match: re.Match[str]) -> str:
        if words := surface(match[1]):
            excluded.append(words)
        return " "

    rest = _EXCLUDED.sub(take_word, _PHRASE.sub(take_phrase, text))
    rest = " ".join(rest.split())
    if not phrases and not excluded:
        return Operators(text)
    return Operators(rest if surface(rest) else text, tuple(phrases), tuple(excluded))
