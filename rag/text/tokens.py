"""Words and numbers of a text, and their lemmas: the one function that serves both index and query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from rag.text.morphology import base_form
from rag.text.normalise import fold_word
from rag.text.stopwords import function_words

# What may stand inside a word unseen: combining marks, soft hyphens, zero-width characters.
_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_LETTER = rf"[^\W\d_][{_MARKS}]*"
_TOKEN = re.compile(
    rf"""
    (?<!\d[.,]) (?: [1-9]\d{{0,2}}(?:[ \u00a0\u2009\u202f]\d{{3}})+ (?!\d) (?:[.,]\d+)?   # 26 000, 1 200,5
      | [1-9]\d{{0,2}}(?:,\d{{3}})+(?:\.\d+)?                                           # 380,000, 1,200.5
      | [1-9]\d{{0,2}}(?:\.\d{{3}})+(?:,\d+)?                                           # 380.000, 1.200,5
      | \d+[.,]\d+                                                                     # 2,5
    ) (?![.,]?\d) (?: [-‐‑]?(?:{_LETTER})+ (?:[-‐‑](?:{_LETTER})+)* )?
  | \d+ (?: [-‐‑]?(?:{_LETTER})+ (?:[-‐‑](?:{_LETTER})+)* )?                            # 10-та, 80-летие, 19th
  | (?:{_LETTER})+ (?: [-‐‑'’ʼ](?:[^\W_][{_MARKS}]*)+ | \d+ )*                          # word, тет-а-тет, don't, F-16, G7
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"([\d., \u00a0\u2009\u202f]*\d)-?(.*)", re.DOTALL)
_GROUPED = re.compile(r"([1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?:\.\d{3})+)([.,]\d+)?")
_SPACES = re.compile(r"[ \u00a0\u2009\u202f]")
# What is written after a figure to make it an ordinal or to inflect it: 10-та, 80-й, 5-го, 80-ата, 19th.
_INFLECTION = re.compile(
    r"ти|та|то|те|ви|ва|во|ма|ия|ият|ата|ото|ите|ри|ра|ро|ми|на|но"
    r"|й|я|е|х|м|ю|го|му|ый|ая|ое|ую|ой|ом|ым|ых|ого|ому|st|nd|rd|th|s"
)
_CYRILLIC = frozenset(("ru", "bg", "uk", "be", "mk", "sr"))
_ENDS = frozenset('.!?…\n«„“"(')


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a number (whatever begins with a figure): its folded text and its span in the original."""

    text: str
    start: int
    end: int
    kind: Literal["word", "number"]


def tokenize(text: str) -> tuple[Token, ...]:
    """The words and numbers of `text`, in order; hyphenated words and words with an apostrophe are one token each."""
    return tuple(
        Token(fold_word(m[0]), m.start(), m.end(), "number" if m[0][0].isdigit() else "word") for m in _TOKEN.finditer(text)
    )


def surface(text: str) -> tuple[str, ...]:
    """The tokens of `text`, folded; figures without the spaces between their groups."""
    return tuple(_SPACES.sub("", fold_word(match[0])) for match in _TOKEN.finditer(text))


def lemmas(text: str, language: str | None) -> tuple[str, ...]:
    """One folded lemma for each token of `tokenize(text)`; index and query both come through here.

    A word in another script than the language's is taken for English where it is Latin (Reuters in a Russian text), and
    left as it is, folded, otherwise; so are all words where the language is None or has no dictionary. Numbers lose the
    marks between their groups and their inflection, and have a point before decimals: 380,000 and 380 000 give 380000.
    """
    found: list[str] = []
    russian = language == "ru"
    for match in _TOKEN.finditer(text):
        word = match[0]
        name = russian and word[0].isupper() and not _opens_sentence(text, match.start())
        found.append(_lemma(word, language, name))
    return tuple(found)


def _opens_sentence(text: str, start: int) -> bool:
    at = start - 1
    while at >= 0 and text[at] in " \u00a0—–-":
        at -= 1
    return at < 0 or text[at] in _ENDS


@lru_cache(maxsize=100_000)
def _lemma(surface: str, language: str | None, name: bool) -> str:
    word = fold_word(surface)
    if word[0].isdigit():
        return _number_lemma(word, language)
    if language is None:
        return word
    cyrillic = "\u0400" <= word[0] <= "\u052f"
    if cyrillic != (language in _CYRILLIC):
        if cyrillic:
            return word
        language = "en"
    return base_form(word, language, name=name)


def _number_lemma(word: str, language: str | None) -> str:
    match = _NUMBER.fullmatch(word)
    if match is None:
        return word
    figures, rest = _SPACES.sub("", match[1]), match[2]
    if grouped := _GROUPED.fullmatch(figures):
        figures = re.sub(r"\D", "", grouped[1]) + (grouped[2] or "")
    figures = figures.replace(",", ".")
    if not rest or _INFLECTION.fullmatch(rest):
        return figures
    return f"{figures}-{_lemma(rest, language, False)}"


@cache
def stopwords(language: str | None) -> frozenset[str]:
    """The function and question words of a language (ISO 639-1), folded, with their lemmas; empty where none are listed."""
    words = function_words(language) if language else frozenset()
    return words | frozenset(lemmas(" ".join(words), language))
