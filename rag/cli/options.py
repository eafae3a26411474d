"""The options that commands share: their types for Typer, and what they mean."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from rag.errors import QueryError
from rag.types import Mode, Query, Span


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a date. Write it YYYY-MM-DD, such as 2025-09-03.") from None


def some_path(value: str) -> Path:
    """A path as it was typed. An empty one, which is what an unset variable of the shell gives, is not taken for this folder."""
    if not value:
        raise typer.BadParameter("the path is empty.")
    return Path(value).expanduser()


ArchiveOption = Annotated[
    Path | None,
    typer.Option(
        "--archive",
        metavar="DIR",
        parser=some_path,
        help="Folder of the archive. Else SVERKA_ARCHIVE, else one in your data folder.",
    ),
]
SampleOption = Annotated[
    bool, typer.Option("--sample", help="The sample articles that come with Sverka, in an archive of their own.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Write one JSON object to stdout, and nothing else.")]
LanguageOption = Annotated[
    list[str] | None,
    typer.Option("--language", "-l", metavar="CODE", help="Only articles in this language (ru, bg, en …). Repeatable."),
]
OutletOption = Annotated[
    list[str] | None, typer.Option("--outlet", "-o", metavar="NAME", help="Only articles of this outlet. Repeatable.")
]
SinceOption = Annotated[
    date | None, typer.Option(metavar="DAY", parser=_day, help="Only articles of this day or later, YYYY-MM-DD.")
]
UntilOption = Annotated[
    date | None, typer.Option(metavar="DAY", parser=_day, help="Only articles of this day or earlier, YYYY-MM-DD.")
]
NumberOption = Annotated[int, typer.Option("-k", metavar="N", min=1, help="The number of passages to find.")]
ModeOption = Annotated[Mode, typer.Option(help="Search by meaning (dense), by words (lexical), or by both.")]
_WHO_WRITES = "Who writes: extractive, gguf:FILE, ollama:NAME, openai:NAME@URL or PROVIDER:NAME. Else SVERKA_MODEL."
ModelOption = Annotated[str | None, typer.Option("--model", metavar="NAME", help=_WHO_WRITES)]
ModelsOption = Annotated[list[str] | None, typer.Option("--model", metavar="NAME", help=f"{_WHO_WRITES} Repeatable.")]
RemoteOption = Annotated[
    bool | None,
    typer.Option("--allow-remote/--no-remote", help="Whether passages may be sent to a model on another machine. Else no."),
]
SpanOption = Annotated[str | None, typer.Option("--span", metavar="START:END", help="Mark these characters of the text.")]


def parse_span(value: str, length: int) -> Span:
    """The span that `--span` names in a text of this length. Raises QueryError."""
    start, _, end = value.partition(":")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) <= length):
        raise QueryError(f"Span {value!r} is not START:END, two offsets into a text of {length} characters, such as 12:88.")
    return int(start), int(end)


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a command line."""

    languages: Sequence[str] | None
    outlets: Sequence[str] | None
    since: date | None
    until: date | None


def make_query(words: Sequence[str], filters: Filters, *, k: int, mode: Mode) -> Query:
    """The query that a command line asks for. Raises QueryError where a value is malformed."""
    return Query(
        " ".join(map(_utf8, words)),
        k=k,
        languages=tuple(code.lower() for code in filters.languages or ()),
        outlets=tuple(map(_utf8, filters.outlets or ())),
        since=filters.since,
        until=filters.until,
        mode=mode,
    )


def _utf8(word: str) -> str:
    """A word of the command line as it was typed: where the locale knows only ASCII, Python could not decode it."""
    try:
        return os.fsencode(word).decode("utf-8")
    except UnicodeError:
        raise QueryError(f"{word!r} is not text in UTF-8. Set the terminal to UTF-8 and write it again.") from None
