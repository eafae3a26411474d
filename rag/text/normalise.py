"""Bytes to text, and text to the form in which it is compared.

`decode_text` (in encoding.py) finds the encoding of a file; `normalise` gives a text the one form that documents have;
`fold` makes text comparable (case, quotes, dashes, spaces, soft hyphens, stress marks) and remembers where each character was.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from rag.text.encoding import decode_text
from rag.types import Span

__all__ = ["Folded", "decode_text", "fold", "fold_word", "normalise"]

_DOUBLE_QUOTES = '"«»„“”‟″〝〞❝❞＂˝'
_SINGLE_QUOTES = "'‘’‚‛′`´ʼʹˈ‹›＇"
_DASHES = "-‐‑‒–—―−﹘﹣－⁃"
# Dropped: soft hyphen, zero-width characters, direction marks, and the stress and accent marks that stand alone after
# NFC, when no letter has them built in (о́). The dot above is what casefold makes of the Turkish İ.
_DROPPED = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_STRESS = "\u0300\u0301\u0307\u030f\u0341"
_LETTERS = {"ё": "е", "…": "..."}


def normalise(text: str) -> str:
    """The form a document's text has: NFC, line ends as `\\n`, no byte order mark. NULs are the caller's to refuse."""
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


class _FoldTable(dict[str, str]):
    """What each character folds to: none, one or several characters. Filled as characters are met."""

    def __missing__(self, char: str) -> str:
        if char.isspace():
            folded = " "
        elif char in _DOUBLE_QUOTES:
            folded = '"'
        elif char in _SINGLE_QUOTES:
            folded = "'"
        elif char in _DASHES:
            folded = "-"
        else:
            folded = "".join(_LETTERS.get(c, c) for c in char.casefold() if c not in _DROPPED and c not in _STRESS)
        self[char] = folded
        return folded


_FOLDED = _FoldTable()


def fold_word(word: str) -> str:
    """The folded form of a short text, without offsets."""
    return "".join([_FOLDED[char] for char in word])


@dataclass(frozen=True, slots=True)
class Folded:
    """A text made comparable. `offsets[i]` is the index, in the original, of the character that `text[i]` came from.

    `original` is the text it was made from; it is needed to end a found span after a trailing stress mark.
    """

    text: str
    offsets: Sequence[int]
    original: str

    def find(self, needle: str, start: int = 0) -> Span | None:
        """The first place of `needle` (folded) at or after `start`, an index of the folded text, as a span of the original.

        A place that begins or ends within a character that folds to several (the ß of `straße`, folded `strasse`) is
        none: folding the span's own slice always gives `needle` again. None where there is no such place.
        """
        offsets = self.offsets
        at = self.text.find(needle, start) if needle else -1
        while at >= 0:
            after = at + len(needle)
            begins = at == 0 or offsets[at - 1] != offsets[at]
            ends = after == len(offsets) or offsets[after - 1] != offsets[after]
            if begins and ends:
                end = offsets[after - 1] + 1
                while end < len(self.original) and self.original[end] in _STRESS:
                    end += 1
                return offsets[at], end
            at = self.text.find(needle, at + 1)
        return None


def fold(text: str) -> Folded:
    """`text` made comparable, with the offset of each character kept.

    Case is folded, quotes of all kinds become `"` or `'`, dashes `-`, each run of spaces and line ends one space; soft
    hyphens, zero-width characters and separate stress marks go; ё becomes е and an ellipsis three dots.
    """
    pieces: list[str] = []
    offsets = array("L")
    in_space = False
    table = _FOLDED
    for index, char in enumerate(text):
        folded = table[char]
        if folded == " ":
            if in_space:
                continue
            in_space = True
        elif folded:
            in_space = False
        else:
            continue
        pieces.append(folded)
        if len(folded) == 1:
            offsets.append(index)
        else:
            offsets.extend([index] * len(folded))
    return Folded("".join(pieces), offsets, text)
