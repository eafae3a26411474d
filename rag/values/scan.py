"""A text cut into words, figures and signs, folded, with the offset of each."""

from __future__ import annotations

import re

from rag.text.calendar import MONTHS
from rag.values.units import WORDS
from rag.values.vocabulary import words

_SPACE = " \u00a0\u2009\u202f"
# Each alternative is tried only where the ones before it do not match; what is `skip` states no value.
_PIECE = re.compile(
    rf"""
    (?P<skip> (?:https?://|www\.)\S+ | [\w.+-]+@[\w-]+(?:\.[\w-]+)+ | [@\#]\w+ | \w+(?:\.[a-z]{{2,}})+(?:/\S*)?(?<=[a-z/])\b
      | \+\d[\d{_SPACE}()-]{{7,}}\d | \(\d{{2,4}}\)[ ]?\d[\d -]{{4,}}\d
      | \b[08][ -]?\(?\d{{2,4}}\)?[ -]\d{{2,3}}[ -]?\d{{2}}[ -]?\d{{2}}\b
      | \b0\d{{1,3}}[ /]\d{{2,3}}[ ]\d{{2,3}}[ ]?\d{{2,3}}\b | \b\d{{3}}-\d{{2}}-\d{{2}}\b | \b\d{{3}}-\d{{3}}-\d{{4}}\b )
  | (?P<iso> (?<![\d.-])\d{{4}}-\d\d?-\d\d?(?![\d-]) | (?<![\d.])\d{{4}}\.\d\d\.\d\d(?![\d]) )
  | (?P<dmy> (?<![\d./-])\d\d?(?P<sep>[./])\d\d?(?P=sep)(?:\d{{4}}|\d\d)(?![\d]) | (?<![\d./-])\d\d?-\d\d-\d{{4}}(?![\d-]) )
  | (?P<clock> (?<![\d:.,])\d\d?:\d\d(?::\d\d)?(?![:\d]) )
  | (?P<mixed> (?:\d+[{_SPACE}])?\d/\d(?![\d/]) | \d*[{_SPACE}]?[½¼¾⅓⅔⅛] )
  | (?P<num>
        [1-9]\d{{0,2}}(?:[{_SPACE}']\d{{3}})+(?![\d])(?:[.,]\d+)?
      | \d{{1,3}}(?:,\d{{3}})+(?![\d])(?:\.\d+)?
      | \d{{1,3}}(?:\.\d{{3}})+(?![\d])(?:,\d+)?
      | \d+(?:\.\d+){{2,}}
      | \d+[.,]\d+ (?![.,]?\d)
      | \d+ )
  | (?P<word> [^\W\d_]+ (?:['’][^\W\d_]+)* )(?P<tail> [-‑]?\d[\w]*(?:[-‑]\w+)* )?
  | (?P<sign> [^\s\w] )
    """,
    re.VERBOSE,
)
_HIDDEN = re.compile("[\u00ad\u0300\u0301\u200b-\u200d\u2060\ufeff]")
_BEFORE_FIGURES = words("mid pre post late early до после около us au nz hk")


class Scan:
    """The pieces of a text: `words[i]` is the folded piece, from `starts[i]` to `ends[i]` of the text; `kinds[i]` is one of
    "w" (word), "n" (figure), "s" (sign), "d" (date in figures), "c" (time of day), "x" (no value). Reading past the end,
    or before the beginning, gives empty pieces of kind "s"."""

    __slots__ = ("ends", "kinds", "language", "size", "starts", "text", "words")

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.kinds: list[str] = []
        folded = _folded(text)
        for match in _PIECE.finditer(folded):
            if match.lastgroup == "word":  # by far the most
                start, end = match.span()
                self.words.append(folded[start:end])
                self.starts.append(start)
                self.ends.append(end)
                self.kinds.append("w")
            else:
                self._add(match)
        self.size = len(self.words)
        self.words += _PAD
        self.kinds += ["s"] * len(_PAD)
        self.starts += [len(text)] * len(_PAD)
        self.ends += [len(text)] * len(_PAD)

    def _add(self, match: re.Match[str]) -> None:
        group = match.lastgroup
        piece = match[0]
        if group == "tail" or group == "word":
            head, tail = match["word"], match["tail"]
            if tail and piece not in WORDS[self.language]:
                glued = head in MONTHS or head in _BEFORE_FIGURES
                if not glued:
                    self._put(piece, match.start(), match.end(), "x")
                    return
                self._put(head, match.start(), match.end("word"), "w")
                at = match.start("tail")
                for part in _PIECE.finditer(tail):
                    kind = _KINDS.get(part.lastgroup or "", "w")
                    self._put(part[0], at + part.start(), at + part.end(), kind)
                return
            self._put(piece, match.start(), match.end(), "w")
            return
        self._put(piece, match.start(), match.end(), _KINDS[group or "sign"])

    def _put(self, word: str, start: int, end: int, kind: str) -> None:
        self.words.append(word)
        self.starts.append(start)
        self.ends.append(end)
        self.kinds.append(kind)

    def glued(self, i: int) -> bool:
        """Whether piece `i` follows the one before it without a space."""
        return i > 0 and self.starts[i] == self.ends[i - 1]

    def between(self, begin: int, end: int) -> set[str]:
        """The folded pieces from `begin` up to `end`."""
        return set(self.words[begin:end])

    def before(self, i: int) -> str:
        """The folded piece before `i`, "" at the beginning."""
        return self.words[i - 1] if i > 0 else ""

    def capital(self, i: int) -> bool:
        """Whether piece `i` begins with a capital letter."""
        return self.starts[i] < len(self.text) and self.text[self.starts[i]].isupper()

    def has(self, i: int, phrase: tuple[str, ...]) -> bool:
        """Whether the pieces from `i` on are those of `phrase`."""
        if not phrase:
            return True
        return self.words[i] == phrase[0] and (len(phrase) == 1 or tuple(self.words[i : i + len(phrase)]) == phrase)


_PAD = [""] * 12
_KINDS = {
    "skip": "x",
    "iso": "d",
    "dmy": "d",
    "sep": "d",
    "clock": "c",
    "mixed": "n",
    "num": "n",
    "sign": "s",
    "word": "w",
    "tail": "w",
}


def _folded(text: str) -> str:
    """The text in small letters with ё as е, of the same length."""
    small = text.lower().replace("ё", "е")
    if len(small) == len(text):
        return small
    return "".join(char if len(char.lower()) != 1 else char.lower() for char in text).replace("ё", "е")


def visible(text: str) -> tuple[str, list[int]] | None:
    """`text` without soft hyphens, stress marks and invisible characters, and the offset of each character that is left
    (and of the end); None where it has none, as nearly always."""
    if _HIDDEN.search(text) is None:
        return None
    kept = [i for i, char in enumerate(text) if not _HIDDEN.match(char)]
    return "".join(text[i] for i in kept), [*kept, len(text)]
