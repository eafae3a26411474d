"""Lists of words, and the tables in the text files of this package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

LANGUAGES = ("en", "ru", "bg")


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of a table: what stands in its first line, and by language the forms to say and all forms that are read.

    An underscore in a form to read stands for a space, which forms to say have.
    """

    head: str
    said: Mapping[str, tuple[str, ...]]
    read: Mapping[str, tuple[str, ...]]


def words(text: str) -> frozenset[str]:
    """The words of `text`, which stand apart by spaces."""
    return frozenset(text.split())


def valued(text: str) -> dict[str, int]:
    """Lines of "number word word …" as word -> number; an underscore stands for a space within a phrase."""
    parts = (line.split() for line in text.strip().splitlines())
    return {word.replace("_", " "): int(value) for value, *named in parts for word in named}


def read_lines(name: str) -> list[str]:
    """The lines of a text file of this package, without its comments."""
    lines = files("rag.values").joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def read_rows(name: str) -> Iterator[Row]:
    """The entries of a table: a line with its key, then for each language "en forms to say | further forms to read"."""
    lines = read_lines(name)
    for at in range(0, len(lines), 1 + len(LANGUAGES)):
        said, read = {}, {}
        for line in lines[at + 1 : at + 1 + len(LANGUAGES)]:
            language, _, rest = line.strip().partition(" ")
            forms, _, further = rest.partition("|")
            said[language] = tuple(form.replace("_", " ") for form in forms.split())
            read[language] = (*forms.split(), *further.split())
        yield Row(lines[at], said, read)
