"""What a case is: one question with what is known about its answer, one JSON object a line.

Easy to write by hand; only the first four are needed, and of an answerable case `gold` or `must_mention` too.

| field | value |
|---|---|
| id | text, unique over all files read together |
| question | text |
| language | ISO 639-1 code of the question |
| answerable | true or false: whether the archive holds the answer |
| archive | which collection it is asked of; `corpus` where nothing is said |
| gold | list of `{"doc", "quote"}`: document id and the words that hold the answer, exactly as they stand there |
| must_mention | list of texts that the answer or its quotations must hold; `a|b` takes either |
| must_not_mention | list of texts that may not occur there, nor in a difference that is shown |
| conflict | `{"about", "relation", "sides": [{"value", "docs"}], "optional"}`: the difference that must be shown; null for none |
| documents, independent | numbers of documents that state the answer (its latest value), and of those with copies counted once |
| attribution | whose statement the answer is, as the text names them, `a|b` for several wordings |
| resolved | list of dates (YYYY-MM-DD) that the gold gives relative to its own day, and the answer must give as dates |
| timeline | list of `{"date", "doc", "quote"}`: dated events that `sverka timeline` must show, in order; doc `a|b` for reprints |
| silent | list of `{"kind", "name"}`: the outlets and languages in scope that have nothing on it; kind is outlet or language |
| languages, outlets, since, until | the filters of the question (dates YYYY-MM-DD) |
| as_of | date: what was known on that day; the same as `until` |
| history | list of earlier questions of the same talk, oldest first |
| kind | one of KINDS |
| reason | why there is no answer, one of REASONS; of unanswerable cases only |
| group | article or story; cases of one group are never split between fitting and reporting |
| notes | text for people |

`about` and `relation` may name several that are right, `contradiction|update`. With `"optional": true` the difference may be
shown or left unsaid, as where one source's statement is asked for and others differ; any other difference is a false alarm
there too. Gold quotations are alternatives: one of them is enough. Where an answer has several parts, each entry may also name
its `part`, and one quotation of every part is needed. A quotation may be left out (the whole document is meant, as in public
retrieval sets), `start` says which of several places is meant, and `gain` (1 where nothing is said) grades the document for nDCG.
"""

from __future__ import annotations

import codecs
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

KINDS = (
    "fact",
    "list",
    "who",
    "when",
    "how_many",
    "how_long",
    "yes_no",
    "definition",
    "comparison",
    "conflict",
    "update",
    "as_of",
    "attribution",
    "spelling",
    "follow_up",
    "hostile",
    "unanswerable",
)
REASONS = ("near_miss", "false_premise", "off_topic")
ABOUT = ("number", "date", "polarity", "actor", "attribution")
RELATIONS = ("contradiction", "update", "approximation", "scope")

# Labelled pairs of reports and labelled drafts lie beside the cases and are read by `eval.pairs` and `eval.drafts`.
PAIR_FILES = "pairs_*.jsonl"
DRAFT_FILES = "drafts*.jsonl"

_CODE = re.compile(r"[a-z]{2}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")  # control characters, and halves of a pair


class CaseError(ValueError):
    """A file of cases is malformed; the message begins with file and line."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A place that holds the answer: `quote` in document `doc`, at `start` where the same words stand there more than once."""

    doc: str
    quote: str = ""
    part: str = ""
    start: int | None = None
    gain: float = 1.0

    def place(self, text: str) -> tuple[str, int, int] | None:
        """Where it stands in the document's text; None where it does not. An empty quote is the whole document."""
        if not self.quote:
            return self.doc, 0, len(text)
        start = text.find(self.quote) if self.start is None else self.start
        end = start + len(self.quote)
        return (self.doc, start, end) if start >= 0 and text[start:end] == self.quote else None


@dataclass(frozen=True, slots=True)
class ExpectedConflict:
    """A difference between documents: what describes it rightly, and for each side its documents and its value.

    `optional`: it may be shown or left unsaid.
    """

    about: tuple[str, ...]
    relations: tuple[str, ...]
    sides: tuple[tuple[str, ...], ...]
    values: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """An event of a timeline: its day, and the words that tell it in each of the documents `docs`, of which one is enough."""

    date: date
    docs: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Silent:
    """An outlet or a language in scope that has nothing on the question."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question with what is known about its answer; the fields are described at the top of this file.

    `where` is the file and line it was read from, empty where it was not read from a file of cases.
    """

    id: str
    question: str
    language: str
    answerable: bool
    archive: str = "corpus"
    gold: tuple[Gold, ...] = ()
    must_mention: tuple[tuple[str, ...], ...] = ()
    must_not_mention: tuple[str, ...] = ()
    conflict: ExpectedConflict | None = None
    documents: int | None = None
    independent: int | None = None
    attribution: tuple[str, ...] = ()
    resolved: tuple[date, ...] = ()
    timeline: tuple[Dated, ...] = ()
    silent: tuple[Silent, ...] = ()
    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    history: tuple[str, ...] = ()
    kind: str = "fact"
    reason: str = ""
    group: str = ""
    notes: str = field(default="", compare=False)
    where: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        for name in ("id", "question"):
            if not getattr(self, name).strip():
                raise ValueError(f"{name} is empty")
        for code in (self.language, *self.languages):
            if not _CODE.fullmatch(code):
                raise ValueError(f"language {code!r} is not an ISO 639-1 code")
        if self.kind not in KINDS:
            raise ValueError(f"kind {self.kind!r} is not one of {', '.join(KINDS)}")
        if self.reason and (self.answerable or self.reason not in REASONS):
            raise ValueError(f"reason {self.reason!r} is not one of {', '.join(REASONS)}, or the case is answerable")
        if self.answerable and not (self.gold or self.must_mention):
            raise ValueError("an answerable case needs gold or must_mention")
        if not self.answerable and (self.gold or self.must_mention):
            raise ValueError("an unanswerable case has neither gold nor must_mention")
        if (self.documents is None) is not (self.independent is None):
            raise ValueError("documents and independent are given together")
        if self.documents is not None and self.independent is not None and not 1 <= self.independent <= self.documents:
            raise ValueError(
                f"independent is {self.independent} of {self.documents} documents; it is 1 or more, and no more than they"
            )
        if [event.date for event in self.timeline] != sorted(event.date for event in self.timeline):
            raise ValueError("timeline is not in the order of its dates")
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since ({self.since}) is later than until ({self.until})")

    @property
    def gains(self) -> Mapping[str, float]:
        """Gold documents with the highest gain of each."""
        gains: dict[str, float] = {}
        for gold in self.gold:
            gains[gold.doc] = max(gold.gain, gains.get(gold.doc, 0.0))
        return gains

    @property
    def parts(self) -> tuple[tuple[Gold, ...], ...]:
        """The gold by part, each a group of alternatives."""
        parts: dict[str, list[Gold]] = {}
        for gold in self.gold:
            parts.setdefault(gold.part, []).append(gold)
        return tuple(tuple(group) for group in parts.values())


# ---- reading


def load_cases(*paths: Path) -> tuple[Case, ...]:
    """All cases of the files, in order; of a folder, its *.jsonl files but pairs and drafts. CaseError names file and line."""
    seen: dict[str, str] = {}
    cases = []
    for path in paths:
        beside = {*path.glob(PAIR_FILES), *path.glob(DRAFT_FILES)}
        files = sorted(set(path.glob("*.jsonl")) - beside) if path.is_dir() else [path]
        if not files:
            raise CaseError(f"{path}: no *.jsonl file with cases is in this folder")
        for where, record in read_lines(*files):
            try:
                case = replace(case_from(record), where=where)
            except (ValueError, TypeError) as error:
                raise CaseError(f"{where}: {error}") from error
            if case.id in seen:
                raise CaseError(f"{where}: id {case.id!r} is used before, in {seen[case.id]}")
            seen[case.id] = where
            cases.append(case)
    return tuple(cases)


def read_lines(*files: Path) -> Iterator[tuple[str, Any]]:
    """The JSON values of the files, one a line, each with its file and line. CaseError where a file or a line cannot be read."""
    for file in files:
        try:
            lines = file.read_bytes().removeprefix(codecs.BOM_UTF8).split(b"\n")
        except OSError as error:
            raise CaseError(f"{file}: cannot be read ({error.strerror})") from error
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield f"{file}:{number}", _json(line, f"{file}:{number}")


def _json(line: bytes, where: str) -> Any:
    try:
        return json.loads(line.decode("utf-8"), object_pairs_hook=_object, parse_constant=_not_a_number)
    except UnicodeDecodeError as error:
        raise CaseError(f"{where}: cannot be read as UTF-8 text, which cases are written in ({error.reason})") from error
    except json.JSONDecodeError as error:
        raise CaseError(f"{where}: not JSON: {error.msg} at column {error.colno}") from error
    except RecursionError as error:
        raise CaseError(f"{where}: cannot be read as JSON: it is nested too deeply") from error
    except ValueError as error:
        raise CaseError(f"{where}: cannot be read as JSON: {error}") from error


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose names are each written once; of two, json would silently take the last."""
    names = [name for name, _ in pairs]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"{twice[0]!r} is written twice")
    return dict(pairs)


def _not_a_number(constant: str) -> float:
    raise ValueError(f"{constant} is no value of JSON")


def case_from(record: object) -> Case:
    """The case that one JSON object describes. ValueError or TypeError says what is wrong with which field."""
    if not isinstance(record, dict):
        raise TypeError("a case is a JSON object")
    known = {*Case.__dataclass_fields__, "as_of"} - {"where"}
    if unknown := sorted(set(record) - known):
        raise ValueError(f"unknown field {unknown[0]!r}; known are {', '.join(sorted(known))}")
    if missing := [name for name in ("id", "question", "language", "answerable") if name not in record]:
        raise ValueError(f"{missing[0]} is missing")
    if not isinstance(record["answerable"], bool):
        raise TypeError("answerable is true or false")
    values: dict[str, Any] = {"answerable": record["answerable"]}
    for name in ("id", "question", "language"):
        values[name] = _text(record[name], name)
    for name in ("archive", "kind", "reason", "group", "notes"):
        if record.get(name) not in (None, ""):
            values[name] = _text(record[name], name)
    for name in ("must_not_mention", "languages", "outlets", "history"):
        values[name] = tuple(_text(item, name) for item in _list(record, name))
    values["must_mention"] = tuple(_alternatives(item, "must_mention") for item in _list(record, "must_mention"))
    values["gold"] = tuple(_gold(item) for item in _list(record, "gold"))
    values["conflict"] = _conflict(record.get("conflict"))
    values |= {name: _count(record.get(name), name) for name in ("documents", "independent")}
    said_by = record.get("attribution")
    values["attribution"] = () if said_by in (None, "") else _alternatives(said_by, "attribution")
    values["resolved"] = tuple(_date(item, "resolved") for item in _list(record, "resolved"))
    values["timeline"] = tuple(_dated(item) for item in _list(record, "timeline"))
    values["silent"] = tuple(_silent(item) for item in _list(record, "silent"))
    values["since"] = _day(record.get("since"), "since")
    values["until"] = _day(record.get("until"), "until")
    if as_of := _day(record.get("as_of"), "as_of"):
        if values["until"]:
            raise ValueError("as_of and until say the same; write one of them")
        values["until"] = as_of
    return Case(**values)


def _list(record: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = record.get(name)
    if value is not None and not isinstance(value, list):
        raise TypeError(f"{name} is a list")
    return value or []


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{name} holds {value!r}; it takes text that is not empty")
    if wrong := _NO_TEXT.search(value):
        raise ValueError(f"{name} holds the character {wrong[0]!r}, which stands in no text")
    return value


def _alternatives(value: object, name: str) -> tuple[str, ...]:
    return tuple(_text(one, name).strip() for one in _text(value, name).split("|"))


def _day(value: object, name: str) -> date | None:
    return None if value is None else _date(value, name)


def _date(value: object, name: str) -> date:
    text = _text(value, name)
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # no such day; said below
    raise ValueError(f"{name} is {value!r}; it is a date, YYYY-MM-DD")


def _count(value: object, name: str) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise TypeError(f"{name} is {value!r}; it is a whole number")
    return value


def _dated(value: object) -> Dated:
    if not isinstance(value, dict) or set(value) != {"date", "doc", "quote"}:
        raise TypeError('an entry of timeline is {"date", "doc", "quote"}')
    return Dated(_date(value["date"], "timeline"), _alternatives(value["doc"], "doc"), _text(value["quote"], "quote"))


def _silent(value: object) -> Silent:
    if not isinstance(value, dict) or set(value) != {"kind", "name"} or value["kind"] not in ("outlet", "language"):
        raise TypeError('an entry of silent is {"kind", "name"}, its kind outlet or language')
    return Silent(value["kind"], _text(value["name"], "name"))


def _gold(value: object) -> Gold:
    if not isinstance(value, dict) or "doc" not in value:
        raise TypeError('an entry of gold is {"doc", "quote"}')
    if unknown := sorted(set(value) - set(Gold.__dataclass_fields__)):
        raise ValueError(f"unknown field {unknown[0]!r} in gold")
    start, gain = value.get("start"), value.get("gain", 1.0)
    if start is not None and (not isinstance(start, int) or isinstance(start, bool) or start < 0):
        raise TypeError(f"start is {start!r}; it is an offset, 0 or more")
    if not isinstance(gain, int | float) or isinstance(gain, bool) or not 0 < gain < math.inf:
        raise TypeError(f"gain is {gain!r}; it is a number above 0")
    quote, part = (_text(value[name], name) if name in value else "" for name in ("quote", "part"))
    return Gold(_text(value["doc"], "doc"), quote, part, start, float(gain))


def _conflict(value: object) -> ExpectedConflict | None:
    if value is None:
        return None
    if not isinstance(value, dict) or set(value) - {"optional"} != {"about", "relation", "sides"}:
        raise TypeError('conflict is {"about", "relation", "sides"}, with "optional" where it may be left unsaid, or null')
    about, relations = (_some_of(value, name, known) for name, known in (("about", ABOUT), ("relation", RELATIONS)))
    sides = tuple(_side(side) for side in _list(value, "sides"))
    if len(sides) < 2 or len({doc for side in sides for doc in side}) < 2:
        raise ValueError("a conflict has two sides or more, from two documents or more")
    optional = value.get("optional", False)
    if not isinstance(optional, bool):
        raise TypeError(f"optional is {optional!r}; it is true or false")
    return ExpectedConflict(about, relations, sides, tuple(_text(side["value"], "value") for side in value["sides"]), optional)


def _some_of(value: Mapping[str, Any], name: str, known: Sequence[str]) -> tuple[str, ...]:
    chosen = _alternatives(value[name], name)
    if wrong := [one for one in chosen if one not in known]:
        raise ValueError(f"{name} {wrong[0]!r} is not one of {', '.join(known)}")
    return chosen


def _side(value: object) -> tuple[str, ...]:
    if not isinstance(value, dict) or set(value) != {"value", "docs"} or not _list(value, "docs"):
        raise TypeError('a side of a conflict is {"value", "docs"}, with one document or more')
    return tuple(_text(doc, "docs") for doc in value["docs"])
