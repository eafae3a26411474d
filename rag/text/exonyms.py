"""The names in `exonyms.txt`: places and bodies whose names in English, Russian and Bulgarian do not follow from each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from rag.text.normalise import fold_word

_WORD = re.compile(r"[^\W_]+")
# Russian endings of the dictionary form, and those of its other cases; the longest that fits counts.
_CASES = {
    ending: tuple("" if other == "-" else other for other in others.split())
    for ending, others in {
        "ия": "ии ию ией",
        "ая": "ой ую",
        "яя": "ей юю",
        "ое": "ого ому ым ом",
        "ее": "его ему им ем",
        "ые": "ых ым ыми",
        "ие": "их им ими ия ию ием ии",
        "ый": "ого ому ым ом",
        "ий": "его ему им ем ого ому ом ия ию ием ии",
        "ой": "ого ому ым ом",
        "ец": "ца цу цом цем це",
        "а": "ы и у ой ою е",
        "я": "и ю ей ею е",
        "о": "а у ом е",
        "е": "я ю ем и",
        "ь": "и ю ью я ем ём е",
        "й": "я ю ем е и",
        "ы": "- ов ам ами ах",
        "и": "- ов ев ей ам ами ах ям ями ях",
        "": "а у ом ем е ов ам ами ах",
    }.items()
}


class Found(NamedTuple):
    """A run of `words` words, the first of which was asked about, that has the names `ids`."""

    words: int
    ids: tuple[str, ...]


class _Node(dict[str, "_Node"]):
    """What may follow, by the dictionary form of the next word; and the names that end here."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.shouted: list[str] = []  # those that are found only in capitals


class Exonyms:
    """Names by their words in any case."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._root = _Node()
        self._bases: dict[str, set[str]] = {}
        self.said: dict[str, tuple[str, str, str]] = {}  # the name first given, in English, Russian and Bulgarian
        for line in lines:
            english, russian, bulgarian = ([name.strip() for name in names.split(";")] for names in line.split("|"))
            id_ = "=" + "-".join(words(english[0]))
            self.said.setdefault(id_, (english[0], russian[0], bulgarian[0]))
            for name in (*english, *bulgarian):
                self._add(name, id_, inflected=False)
            for name in russian:
                self._add(name, id_, inflected=True)

    def _add(self, name: str, id_: str, *, inflected: bool) -> None:
        node = self._root
        for word in words(name):
            for form in _forms(word) if inflected else (word,):
                self._bases.setdefault(form, set()).add(word)
            node = node.setdefault(word, _Node())
        ids = node.shouted if name.isupper() else node.ids
        if id_ not in ids:
            ids.append(id_)

    def at(self, folded: Sequence[str], start: int, *, shouted: bool) -> Found | None:
        """The longest name that begins with the word `folded[start]`; None where none does.

        `shouted` says whether names in capitals may be meant.
        """
        best: Found | None = None
        nodes = [self._root]
        for length, word in enumerate(folded[start:], start=1):
            bases = self._bases.get(word)
            if not bases:
                break
            nodes = [node[base] for node in nodes for base in bases if base in node]
            if not nodes:
                break
            ids = [id_ for node in nodes for id_ in (node.ids + node.shouted if shouted else node.ids)]
            if ids:
                best = Found(length, tuple(dict.fromkeys(ids)))
        return best


def words(name: str) -> list[str]:
    """The folded words of a name; parts of hyphenated words are words, and U.S. is one."""
    return [fold_word(match[0]) for match in _WORD.finditer(name.replace(".", ""))]


def _forms(word: str) -> Iterator[str]:
    """A folded Russian word with the endings of its cases."""
    yield word
    if len(word) > 2 and "\u0400" <= word[0] <= "\u052f":
        ending = next(ending for ending in (word[-2:], word[-1:], "") if ending in _CASES)
        stem = word.removesuffix(ending)
        yield from (stem + other for other in _CASES[ending])


@cache
def exonyms() -> Exonyms:
    """The names of `exonyms.txt`, read once."""
    text = (files("rag.text") / "exonyms.txt").read_text(encoding="utf-8")
    return Exonyms([line for line in text.splitlines() if "|" in line and not line.startswith("#")])


def said_names(text: str, language: str) -> list[tuple[str, str]]:
    """The listed names in running text, as they are written and as `language` ("en", "ru", "bg") has them, where those differ."""
    place = ("en", "ru", "bg").index(language)
    table = exonyms()
    matches = list(_WORD.finditer(text))
    folded = [fold_word(match[0].replace(".", "")) for match in matches]
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(matches):
        named = matches[at][0][0].isupper() and table.at(folded, at, shouted=matches[at][0].isupper())
        if named and len(named.ids) == 1:
            written = text[matches[at].start() : matches[at + named.words - 1].end()]
            said = table.said[named.ids[0]][place]
            if said != written and (written, said) not in found:
                found.append((written, said))
        at += named.words if named else 1
    return found
