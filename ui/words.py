"""What the page says, in plain words: languages, dates, confidence, how sources differ, and the states without an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from rag import Packing, Query, Silence, Support, SverkaError

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
    "not_answered": (
        "The archive does not answer this",
        "Sources were found, but none says it well enough to be quoted. Ask for one thing, with its name, place or day.",
    ),
}

# By the name of the error, the most special first: what a reader is told has happened. What to do is in the error's own words.
_PROBLEMS = {
    "PackageMissing": "A package is missing",
    "ModelError": "The language model failed",
    "EmbedderError": "The search model cannot be used",
    "QueryError": "This cannot be asked",
    "StampMismatch": "The archive was made under other settings",
    "ArchiveLocked": "The archive is being written to",
    "ArchiveDamaged": "The archive cannot be read",
    "ArchiveMissing": "The archive is no longer there",
    "DocumentMissing": "The document is no longer in the archive",
}
OUR_FAULT = (
    "The program met an error of its own",
    "Ask again. If it happens again, the terminal that Sverka runs in says why.",
)

CHANGED = "The document has changed since this was quoted. Ask again to have its words of today."

_DIFFERS = {
    "number": "the figure",
    "date": "the day",
    "polarity": "whether it is so",
    "actor": "who it was",
    "attribution": "whose words they are",
}
_RELATION = {
    "contradiction": "The sources contradict one another about {}",
    "update": "Reports changed over time about {}",
    "approximation": "The sources agree about {}; some say it more roughly",
    "scope": "The sources speak of different things, so they differ about {}",
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


def short_day(value: date, *, year: bool = True) -> str:
    """A day as a plot has room for it: `3 Sep 2025`, or `3 Sep` where the year is clear."""
    return f"{value.day} {value:%b}{f' {value.year}' if year else ''}"


def period(first: date, last: date) -> str:
    """One day, a whole month or year by its name, or the first and the last day."""
    if first == last:
        return dated(first)
    if first.day == 1 and (last + timedelta(1)).day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%B} {first.year}"
        if (first.year, first.month, last.month) == (last.year, 1, 12):
            return str(first.year)
    return f"{dated(first)} – {dated(last)}"


def span_of_days(since: date | None, until: date | None) -> str | None:
    """The days an archive covers, or None where no document is dated."""
    return None if since is None or until is None else period(since, until)


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 source`, `3 sources`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(words: Sequence[str]) -> str:
    """Words as an English list: `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def support(found: Support) -> str:
    """How many stand behind a statement: `Reported by 7 outlets, 3 of them independent`. Copies of one text are one source."""
    if found.documents == 1:
        return "A single source"
    by = f"by {counted(found.outlets, 'outlet')}" if found.outlets else f"in {counted(found.documents, 'document')}"
    several = found.outlets or found.documents
    if several == 1:
        return f"Reported {by} in {counted(found.documents, 'document')}"
    if found.independent == 1:
        return f"Reported {by}, all after one source"
    return f"Reported {by}, " + (f"{found.independent:,} of them independent" if found.independent < several else "independently")


def difference(about: str, relation: str) -> str:
    """What a conflict between sources is, as a sentence without its stop."""
    return _RELATION[relation].format(_DIFFERS[about])


def silence(silent: Silence) -> tuple[str, str]:
    """An outlet or a language that was searched in vain, and its number of documents."""
    name = language(silent.name) if silent.kind == "language" else silent.name
    return name, counted(silent.documents, "document")


def packing(packed: Packing) -> str:
    """What a language model was given to read."""
    total = packed.used + packed.left_out
    read = (
        f"It read {packed.used} of {counted(total, 'passage')} found"
        if packed.left_out
        else f"It read {counted(total, 'passage')}"
    )
    return f"{read}: {packed.tokens:,} of the {packed.limit:,} tokens that it can take."


def sends(host: str) -> str:
    """The mark of a model on another machine."""
    return f"sends passages to {host}"


def refused_translation(model: str, reason: str) -> str:
    """Why a machine translation is not shown."""
    return f"The translation by {model} was refused. {reason}"


def problem(error: SverkaError) -> str:
    """The title under which an error is shown."""
    names = [kind.__name__ for kind in type(error).__mro__]
    return next((title for name, title in _PROBLEMS.items() if name in names), "This did not work")


def confidence(probability: float) -> str:
    """What a confidence means, as a sentence."""
    return next(sentence for least, sentence in _CONFIDENCE if probability >= least)


def estimate(probability: float) -> str:
    """A confidence as a percentage; near the ends as how far it goes, since no estimate is certain."""
    if probability > 0.99:
        return "over 99%"
    return "under 1%" if probability < 0.01 else f"{probability:.0%}"


def scope(query: Query) -> tuple[str, ...]:
    """The filters of a query, each in a few words; empty where none is set."""
    parts = [language(code) for code in query.languages]
    parts += query.outlets
    if query.since:
        parts.append(f"from {dated(query.since)}")
    if query.until:
        parts.append(f"to {dated(query.until)}")
    return tuple(parts)
