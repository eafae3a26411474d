"""A second opinion on what is shown: it shares no code with the verifier, and reads nothing but the sentence and its quotations.

`check` takes a claim as `Answer.to_dict()` writes it, and the texts of the documents, and returns its complaints:

- a quotation is not the document's text at its offsets, or there is none;
- a number, with its unit where both sides name one, is not in the quotations (digits or words; kilometres for miles is the
  same, dollars for euros is not);
- a date is not there (weekdays and "yesterday" are counted from the day of publication);
- a capitalised name is not there, in whichever of the three languages it is spelt;
- direct speech is not there word for word;
- there is a link, an image or markup.

The tables are small and its own on purpose: where it disagrees with the verifier, a person looks. It knows nothing of negation,
roles or causes. Words that are often no number ("one", "first", "second") are not demanded of the quotations.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from eval.second_tables import (
    ACRONYMS,
    EXONYMS,
    FRACTIONS,
    LATIN,
    MONTHS,
    NOT_NAMES,
    NUMBER_FORMS,
    ONE_READING,
    RELATIVE_DAYS,
    RELATIVE_YEARS,
    SAID_OTHERWISE,
    SCALES,
    SOME_READINGS,
    UNITS,
    UNSURE,
    WEEKDAYS,
)

ROUNDING = 0.02  # relative: "17 kilometres" for nine nautical miles
FEWEST_WORDS_OF_SPEECH = 3
ROOT = 6  # letters in which a name and an adjective made of it agree

_MARK = re.compile(r"\s*\[\d+\]")
_DIGITS = r"\d+(?:[ \u00a0\u202f]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:,\d{3}(?!\d))+(?:\.\d+)?|\d+(?:[.,]\d+)?"
_TOKEN = re.compile(rf"(?<![\w.,])(?:{_DIGITS})|\d+|[^\W\d_]+(?:['’][^\W\d_]+)?|[%°€$£]|[^\w\s]")
_SPEECH = re.compile(r"[«„“\"]([^«»„“”\"]+)[»“”\"]")
_MARKUP = re.compile(r"https?:|www\.|!\[|\]\(|</?[a-z!]|<\|", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DOTTED = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_LETTERS = re.compile(r"[^\W\d_]+")
_INSIDE = re.compile(r"[^\W_] [«„“\"]?([^\W\d_]+)")  # a word that does not begin a sentence
_CLOCK = re.compile(r"\b(\d{1,2})[:.](\d{2})\b(?![.,]?\d)")


class Quantity(NamedTuple):
    """A number as it is meant: `value` multiplied out, the unit's kind and size where a unit is named."""

    value: float
    kind: str
    size: float
    said: str
    sure: bool


class Day(NamedTuple):
    """A date, or the part of one that is named."""

    day: int | None
    month: int | None
    year: int | None
    weekday: int | None
    said: str


# ---- the claim


def check(claim: Mapping[str, Any], texts: Mapping[str, str]) -> list[str]:
    """The complaints about one claim, none where it holds. `texts` are the documents by id."""
    citations = list(claim["citations"])
    if not citations:
        return ["no quotation"]
    complaints = [fault for citation in citations if (fault := misquoted(citation, texts))]
    sentence = unicodedata.normalize("NFC", _MARK.sub("", claim["text"]))
    quotes = [unicodedata.normalize("NFC", citation["quote"]) for citation in citations]
    published = [_day_of(citation.get("published")) for citation in citations]
    outlets = [str(citation.get("outlet") or "") for citation in citations]
    if _MARKUP.search(sentence):
        complaints.append("markup or a link in the sentence")
    complaints += speech_faults(sentence, quotes)
    complaints += date_faults(sentence, list(zip(quotes, published, strict=True)))
    complaints += number_faults(sentence, list(zip(quotes, published, strict=True)))
    documents = [texts.get(citation["doc_id"], "") for citation in citations]
    complaints += name_faults(sentence, [*quotes, *outlets], documents)
    return complaints


def misquoted(citation: Mapping[str, Any], texts: Mapping[str, str]) -> str | None:
    """What is wrong with a quotation; None where it is the document's own text at its offsets."""
    text = texts.get(citation["doc_id"])
    if text is None:
        return f"quotation of an unknown document {citation['doc_id']!r}"
    if not citation["quote"] or text[citation["start"] : citation["end"]] != citation["quote"]:
        return f"the quotation is not the text of {citation['doc_id']!r} at its offsets: {citation['quote'][:60]!r}"
    return None


def speech_faults(sentence: str, quotes: Iterable[str]) -> list[str]:
    """Direct speech of the sentence that no quotation holds word for word."""
    held = [" ".join(_words(quote)) for quote in quotes]
    faults = []
    for match in _SPEECH.finditer(sentence):
        words = _words(match[1])
        if len(words) >= FEWEST_WORDS_OF_SPEECH and not any(f" {' '.join(words)} " in f" {one} " for one in held):
            faults.append(f"direct speech is not in the quotations: {match[1]!r}")
    return faults


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _plain(text))


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е")


# ---- numbers


def number_faults(sentence: str, quotes: list[tuple[str, date | None]]) -> list[str]:
    """Numbers of the sentence that no quotation holds."""
    held: list[Quantity] = []
    for quote, published in quotes:
        found = quantities(quote)
        held += [*found, *_with_minutes(found), *_years(quote, published)]
    found = quantities(sentence)
    # where "an hour and 35 minutes" is there as 95 minutes, neither part need be
    joined = " ".join(one.said for one in _with_minutes(found) if any(_same(one, other) for other in held)).split()
    dated = [*joined, *(day.said for day in days(sentence))]
    return [
        f"number is not in the quotations: {quantity.said!r}"
        for quantity in found
        if quantity.sure and not any(_same(quantity, other) for other in held) and not _is_in(quantity.said, dated)
    ]


def _is_in(said: str, dates: Iterable[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(said.split()[0])}(?!\w)", one) for one in dates)


def _years(quote: str, published: date | None) -> list[Quantity]:
    """The years that a quotation means without saying: of its dates, and "last year"."""
    if published is None:
        return []
    years = {published.year + shift for pattern, shift in RELATIVE_YEARS if re.search(pattern, _plain(quote))}
    years |= {day.year or published.year for day in days(quote, published)}
    return [Quantity(float(year), "", 1.0, str(year), True) for year in years]


def _same(one: Quantity, other: Quantity) -> bool:
    if one.kind and other.kind:
        if one.kind != other.kind:
            return False
        wanted, found = one.value * one.size, other.value * other.size
        return abs(wanted - found) <= (ROUNDING * abs(found) if one.size != other.size else 1e-9 * abs(found))
    return abs(one.value - other.value) <= 1e-9 * max(1.0, abs(other.value))


def quantities(text: str) -> list[Quantity]:
    """The numbers of a text in order, digits or words, with the unit beside them. Times of day are two numbers."""
    text = re.sub(r"(?<=\w)-(?=[^\W\d])", " ", _CLOCK.sub(r"\1 ; \2", text))
    for pattern, said in SAID_OTHERWISE:
        text = pattern.sub(said, text)
    tokens = [match.group() for match in _TOKEN.finditer(text)]
    found, at = [], 0
    while at < len(tokens):
        value, end, sure = _number_at(tokens, at)
        if value is None:
            at += 1
            continue
        value, end = _scaled(tokens, value, end)
        kind, size = _unit(tokens, at, end)
        found.append(Quantity(value, kind, size, " ".join(tokens[at:end]), sure))
        at = end
    return found


def _with_minutes(found: list[Quantity]) -> Iterator[Quantity]:
    """Hours and the minutes said after them, as one duration."""
    for hours, minutes in pairwise(found):
        if (hours.kind, hours.size, minutes.kind, minutes.size) == ("duration", 3600.0, "duration", 60.0):
            yield Quantity(hours.value * 60 + minutes.value, "duration", 60.0, f"{hours.said} {minutes.said}", True)


def _number_at(tokens: list[str], at: int) -> tuple[float | None, int, bool]:
    """The number that begins at a token, where it ends, and whether it is surely one."""
    token = tokens[at]
    if token[0].isdigit():
        return _figure(token), at + 1, True
    value, end = _spelt(tokens, at)
    sure = value is not None and not (end == at + 1 and _plain(token) in UNSURE)
    return value, end, sure


def _figure(token: str) -> float:
    token = re.sub(r"[ \u00a0\u202f]", "", token)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", token):
        token = token.replace(",", "")
    return float(token.replace(",", "."))


def _spelt(tokens: list[str], at: int) -> tuple[float | None, int]:
    """A number below a thousand in words, hundreds, tens and units, with or without an "and", and where it ends."""
    total: float | None = None
    least, end = 1000.0, at
    while at < len(tokens):
        value = word_value(tokens[at])
        if value == 100 and total is not None and total < 10:
            total, least = total * 100, 100
        elif value is not None and value < least:
            # after hundreds comes anything less, after tens only units
            total, least = (total or 0) + value, 100 if value >= 100 else 10 if value >= 20 and value % 10 == 0 else 0
        else:
            break
        at = end = at + 1
        at += least > 0 and at + 1 < len(tokens) and _plain(tokens[at]) in ("and", "и")
    return total, end


def word_value(word: str) -> float | None:
    """The number below a thousand that one word stands for, in any of its forms; None where it is no number."""
    word = _plain(word)
    return next((value for value, forms in NUMBER_FORMS if forms.fullmatch(word)), None)


def _scaled(tokens: list[str], value: float, end: int) -> tuple[float, int]:
    """The number with "and a half", and with the thousands and millions after it."""
    for words, part in FRACTIONS:
        if [_plain(token) for token in tokens[end : end + len(words)]] == list(words):
            value, end = value + part, end + len(words)
            break
    if [_plain(token) for token in tokens[end + 1 : end + 3]] == ["и", "половина"]:  # "три часа и половина"
        value += 0.5
    if end < len(tokens):
        for pattern, times in SCALES:
            if pattern.fullmatch(_plain(tokens[end])):
                value, end = round(value * times, 6), end + 1
                end += end < len(tokens) and tokens[end] == "." and end + 1 < len(tokens)
                break
    return value, end


def _unit(tokens: list[str], start: int, end: int) -> tuple[str, float]:
    """The unit after a number, or the sign before it."""
    after = " ".join(_plain(token) for token in tokens[end : end + 3]).lstrip("- ")
    before = tokens[start - 1] if start else ""
    for kind, size, pattern in UNITS:
        if pattern.match(after) or (before in "€$£" and before and pattern.fullmatch(before)):
            return kind, size
    return "", 1.0


# ---- dates


def date_faults(sentence: str, quotes: list[tuple[str, date | None]]) -> list[str]:
    """Dates of the sentence that no quotation holds or means."""
    held = [day for quote, published in quotes for day in days(quote, published)]
    return [f"date is not in the quotations: {day.said!r}" for day in days(sentence) if not any(_meets(day, h) for h in held)]


def _meets(wanted: Day, held: Day) -> bool:
    """Whether a date is the one wanted. The year and the weekday need not be said in both."""
    year = wanted.year is None or held.year in (None, wanted.year)
    if wanted.month is None:
        return wanted.weekday == held.weekday
    return year and (wanted.day, wanted.month) in ((held.day, held.month), (None, held.month))


def days(text: str, published: date | None = None) -> list[Day]:
    """The dates of a text; with the day of publication, weekdays and "yesterday" are worked out, a week either way."""
    found = [Day(int(m[3]), int(m[2]), int(m[1]), None, m[0]) for m in _ISO.finditer(text)]
    found += [Day(int(m[1]), int(m[2]), int(m[3]), None, m[0]) for m in _DOTTED.finditer(text) if int(m[2]) <= 12]
    plain = _plain(text)
    for month, pattern in MONTHS:
        for m in re.finditer(
            rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th|-?\w{{1,3}})? (?:of )?)?{pattern}\b\.?(?: (\d{{1,2}})\b(?!:))?(?:,? (\d{{4}}))?",
            plain,
        ):
            day = m[1] or m[2]
            if day or _is_month(text, m):
                found += _full(
                    Day(int(day) if day else None, month, int(m[3]) if m[3] else None, None, m[0].strip(" .")), published
                )
    for number, pattern in enumerate(WEEKDAYS):
        for m in re.finditer(rf"\b{pattern}\b", plain):
            found += _around(number, published, m[0])
    for pattern, shift in RELATIVE_DAYS:
        if published and re.search(pattern, plain):
            day = published + timedelta(days=shift)
            found.append(Day(day.day, day.month, day.year, day.weekday(), pattern))
    return found


def _is_month(text: str, match: re.Match[str]) -> bool:
    """Whether a word without a day beside it is a month: capital in English, small in Cyrillic ("Марта" is a woman)."""
    word = text[match.start() : match.end()]
    return word[0].isupper() is word[0].isascii()


def _full(said: Day, published: date | None) -> Iterator[Day]:
    """A day and month with their weekday, in the year said, else in that of the publication and in those beside it."""
    years = [said.year] if said.year else [published.year + shift for shift in (-1, 0, 1)] if published else []
    dates = [
        date(year, said.month, said.day) for year in years if said.day and said.month and _exists(year, said.month, said.day)
    ]
    yield from (Day(day.day, day.month, day.year, day.weekday(), said.said) for day in dates)
    if not dates:
        yield said


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _around(weekday: int, published: date | None, said: str) -> Iterator[Day]:
    """The weekday itself, and the two days it may mean, before and after the publication."""
    if published is None:
        yield Day(None, None, None, weekday, said)
        return
    back = (published.weekday() - weekday) % 7
    for shift in {-back, 7 - back} | ({-7} if not back else set()):
        day = published + timedelta(days=shift)
        yield Day(day.day, day.month, day.year, weekday, said)


def _day_of(value: object) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


# ---- names


def name_faults(sentence: str, quotes: Iterable[str], documents: Iterable[str] = ()) -> list[str]:
    """Names of the sentence that the quotations do not hold in any spelling.

    The first word of the sentence, which any word may be, counts where a cited document has it as a name.
    """
    words = {word for quote in quotes for word in _LETTERS.findall(quote)}
    held = {key for word in words for key in skeletons(word) if word[0].isupper() or key.startswith("=")}
    roots = {_latin(word)[:ROOT] for word in words if len(word) >= ROOT}
    elsewhere = {key for text in documents for word in _INSIDE.findall(text) if word[0].isupper() for key in skeletons(word)}
    faults = []
    for word, first in _capitals(sentence):
        keys = skeletons(word)
        if first and not keys & elsewhere:
            continue
        if _latin(word)[:ROOT] not in roots and not any(_alike(key, other) for key in keys for other in held):
            faults.append(f"name is not in the quotations: {word!r}")
    return faults


def _capitals(sentence: str) -> Iterator[tuple[str, bool]]:
    """The capitalised words that are no title, weekday or the like, each with whether it begins the sentence or speech."""
    for match in _LETTERS.finditer(sentence):
        word = match.group()
        if word[0].isupper() and len(word) > 1 and _plain(word) not in NOT_NAMES:
            before = sentence[: match.start()].rstrip(' «„“"')
            yield word, not before or before[-1] in ".!?:"


def skeletons(word: str) -> set[str]:
    """The consonants of a word in Latin letters, by every reading of its letters; two spellings of a name share one."""
    plain = _plain(word)
    for known, others in (*ACRONYMS.items(), *EXONYMS.items()):
        if re.fullmatch(others, plain):
            return {f"={known}"}
    readings = {_latin(word)}
    for group, other in ONE_READING:
        readings = {reading.replace(group, other) for reading in readings}
    for group, other in SOME_READINGS:
        readings |= {reading.replace(group, other) for reading in readings if group in reading}
    found = {re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy]", "", reading)) for reading in readings}
    return {key or plain for key in found}


def _latin(word: str) -> str:
    """The word in small Latin letters without marks."""
    latin = "".join(LATIN.get(letter, letter) for letter in _plain(word))
    return "".join(c for c in unicodedata.normalize("NFD", latin) if not unicodedata.combining(c))


def _alike(one: str, other: str) -> bool:
    """Equal, or one with an ending of two consonants at most."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return (
        not short.startswith("=")
        and len(short) >= 2
        and long.startswith(short)
        and len(long) - len(short) <= min(2, len(short) - 1)
    )
