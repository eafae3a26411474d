"""What the page says, in plain words: languages, dates, confidence, and the states in which there is no answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from rag import Query

_LANGUAGES = {
    "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh",
    "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "eu": "Basque",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese",
    "ka": "Georgian", "kk": "Kazakh", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian",
    "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian Nynorsk", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovene", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish",
    "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip

OUTLET_UNKNOWN = "Outlet unknown"
DATE_UNKNOWN = "undated"

# From which confidence on which sentence is said, highest first. The value is a probability, so the steps are even odds,
# three to one and nine to one.
_CONFIDENCE = (
    (0.9, "The archive very likely holds the answer."),
    (0.75, "The archive probably holds the answer."),
    (0.5, "The archive may hold the answer."),
    (0.25, "The archive probably does not hold the answer."),
    (0.0, "The archive very likely does not hold the answer."),
)

NO_ANSWER: dict[str, tuple[str, str]] = {
    "empty_archive": (
        "The archive is empty",
        "Add articles from a terminal, then ask again. Text, Markdown, JSON and CSV files are read, folders too.",
    ),
    "nothing_in_scope": ("The filters leave no document", "Filters are never widened for you. Clear them, or choose others."),
    "nothing_found": ("Nothing found", "No passage has anything to do with these words. Try a name, a place or a date."),
    "not_answered": ("The archive does not answer this", "Sources were found, but none says it well enough to be quoted."),
}


def language(code: str | None) -> str:
    """The English name of a language; its code where the name is not known here."""
    if code is None:
        return "language unknown"
    return _LANGUAGES.get(code, code)


def dated(value: date | datetime | None) -> str:
    """A publication day as a reader writes it: `3 September 2025`."""
    if value is None:
        return DATE_UNKNOWN
    shown = value.date() if isinstance(value, datetime) else value
    return f"{shown.day} {shown:%B} {shown.year}"


def span_of_days(since: date | None, until: date | None) -> str | None:
    """The days an archive covers, or None where no document is dated."""
    if since is None or until is None:
        return None
    return dated(since) if since == until else f"{dated(since)} – {dated(until)}"


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 source`, `3 sources`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(words: Sequence[str]) -> str:
    """Words as an English list: `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def confidence(probability: float) -> str:
    """What a confidence means, as a sentence."""
    return next(sentence for least, sentence in _CONFIDENCE if probability >= least)


def scope(query: Query) -> tuple[str, ...]:
    """The filters of a query, each in a few words; empty where none is set."""
    parts = [language(code) for code in query.languages]
    parts += query.outlets
    if query.since:
        parts.append(f"from {dated(query.since)}")
    if query.until:
        parts.append(f"to {dated(query.until)}")
    return tuple(parts)
