"""What commands print for a reader. Words of documents are data: nothing in them reaches the terminal as a command."""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.types import Answer, ArchiveStats, Conflict, Derived, Document, Hit, IndexReport, Silence, Span, Support, Timeline, day

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from rag.index.verify import Verification
    from rag.models import Present

# C0 but for tab and line feed, DEL, C1 (8-bit terminals obey it), and the marks that reorder what is displayed.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_WIDEST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line of output: its words, how far it is indented, how it looks on a terminal (a Rich style), and whether it is
    left in one piece there, so that it can be copied."""

    text: str = ""
    indent: int = 0
    style: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its heading, the titles of its columns, and its rows."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def clean(text: str) -> str:
    """`text` with every control character and display-reordering mark written out as an escape (`\\x1b`)."""
    return _UNSAFE.sub(lambda match: match.group().encode("unicode_escape").decode("ascii"), text)


def write_json(value: Mapping[str, Any]) -> None:
    """One JSON object on stdout, in UTF-8; characters that a terminal might obey are written as `\\u` escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    print(_UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text))


def write_lines(lines: Iterable[Line | Grid]) -> None:
    """Lines and tables on stdout, wrapped to a terminal's width; elsewhere each line stays one line."""
    from rich.text import Text

    console = _console()
    width = min(console.width, _WIDEST) if console.is_terminal else None
    for line in lines:
        if isinstance(line, Grid):
            _write_grid(console, line, width or _WIDEST)
        else:
            _write(console, [Text(row, style=line.style) for row in _wrap(line, width)], soft_wrap=True)


def _write_grid(console: Console, grid: Grid, width: int) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(title=clean(grid.heading), title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for column in grid.columns:
        table.add_column(column, overflow="fold", ratio=5 if column == grid.columns[-1] else 2)
    for row in grid.rows:
        table.add_row(*(Text("\n".join(clean(_one_line(line)) for line in cell.split("\n"))) for cell in row))
    with console.capture() as captured:
        console.print(table, width=width)
    print("\n".join(row.rstrip() for row in captured.get().splitlines()))


def write_document(document: Document, span: Span | None) -> None:
    """A whole document on stdout: what is not the article's own words is dim, `span` stands in ⟦ ⟧."""
    write_lines(_document_lines(document))
    console = _console()
    _write(console, [_document_text(document, span)], soft_wrap=not console.is_terminal)


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def _write(console: Console, texts: Iterable[Text], *, soft_wrap: bool) -> None:
    with console.capture() as captured:
        for text in texts:
            console.print(text, soft_wrap=soft_wrap)
    # Not by Rich: where the reader of a pipe has gone away, it ends the process with an error.
    print(captured.get(), end="")


def note(message: str) -> None:
    """A remark for the reader on stderr, out of the way of the output."""
    print(clean(message), file=sys.stderr, flush=True)


def _wrap(line: Line, width: int | None) -> list[str]:
    margin = " " * line.indent
    text = clean(line.text).replace("\t", " ")
    rows = text.split("\n")
    if width is not None and not line.whole:
        room = max(20, width - line.indent)
        rows = [part for row in rows for part in textwrap.wrap(row, room, break_on_hyphens=False) or [""]]
    return [(margin + row).rstrip() for row in rows]


def _language(code: str | None) -> str:
    from ui.words import language  # the page and the terminal say the same

    name: str = language(code)
    return name


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _date(value: date | datetime | None) -> str:
    return "undated" if value is None else day(value).isoformat()


def _origin(outlet: str | None, published: date | datetime | None, title: str | None) -> str:
    where = f"{_one_line(outlet) if outlet else 'outlet unknown'}, {_date(published)}"
    return f"{where}: {_one_line(title)}" if title else where


@dataclass(frozen=True, slots=True)
class ShowCommand:
    """How to look a quotation up: the command line that shows it in the archive that this one was given."""

    archive: Path | None
    sample: bool

    def __call__(self, doc_id: str, span: Span) -> str:
        """The command for a span of a document, to be copied into a shell."""
        options = ["--span", f"{span[0]}:{span[1]}"]
        if self.archive is not None:
            options += ["--archive", str(self.archive)]
        if self.sample:
            options.append("--sample")
        words = ["--", doc_id] if doc_id.startswith("-") else [doc_id]
        return " ".join(map(_shell_word, ["sverka", "show", *options, *words]))


def _shell_word(word: str) -> str:
    # shlex.quote would put every Cyrillic word into quotes
    return word if re.fullmatch(r"[\w./:@%+=-]+", word) else "'" + word.replace("'", "'\\''") + "'"


def answer_lines(answer: Answer, show: ShowCommand) -> list[Line | Grid]:
    """An answer for a reader: each claim with its citations, or why there is none; where sources differ; who is silent."""
    from ui import words

    lines: list[Line | Grid] = []
    if answer.as_of is not None:
        lines += [Line(f"As of {answer.as_of.isoformat()}: what was published until then.", style="dim"), Line()]
    if answer.abstention is not None:
        lines += [Line("No answer.", style="bold"), Line(answer.abstention.detail)]
    else:
        lines += _claim_lines(answer, show)
    for conflict in answer.conflicts:
        lines += [Line(), _conflict_grid(conflict)]
    if answer.silent:
        lines += [Line(), Line(f"Nothing on it: {', '.join(map(_silent, answer.silent))}")]
    return [*lines, Line(), Line(f"{words.confidence(answer.confidence)} (confidence {answer.confidence:.2f})")]


def _claim_lines(answer: Answer, show: ShowCommand) -> list[Line]:
    lines: list[Line] = []
    number = 0
    for claim in answer.claims:
        numbers = range(number + 1, number + 1 + len(claim.citations))
        number += len(claim.citations)
        marks = "".join(f"[{n}]" for n in numbers)
        said = f"{_one_line(claim.attribution)}: " if claim.attribution else ""
        lines += [Line()] if lines else []
        lines.append(Line(f"{said}“{_one_line(claim.text)}” {marks}", style="bold"))
        lines += [Line(f"“{_one_line(d.text)}” is {_one_line(d.said)}{_worked_out(d)}", 2) for d in claim.derived]
        lines += [Line(_support(claim.support), 2)] if claim.support else []
        for n, citation in zip(numbers, claim.citations, strict=True):
            origin = _origin(citation.outlet, citation.published, citation.title)
            lines.append(Line(f"[{n}] {origin}", 2))
            if citation.language != answer.language:
                lines.append(Line(f"Quoted in {_language(citation.language)}.", 6))
            if citation.quote != claim.text:
                lines.append(Line(f"“{_one_line(citation.quote)}”", 6))
            if citation.url:
                lines.append(Line(_one_line(citation.url), 6, "dim", whole=True))
            lines.append(Line(show(citation.doc_id, (citation.start, citation.end)), 6, "dim", whole=True))
    return lines


def _worked_out(derived: Derived) -> str:
    return " (worked out from the day of the report)" if derived.resolved else ""


def _support(support: Support) -> str:
    outlets = f"{support.outlets} {'outlet' if support.outlets == 1 else 'outlets'}"
    documents = f"{support.documents} {'report' if support.documents == 1 else 'reports'}"
    return f"Said by {documents}, {outlets}, {support.independent} independent."


_DIFFER = {
    "contradiction": "Sources contradict each other",
    "update": "The figure changed, oldest first",
    "approximation": "One source is vaguer than another",
    "scope": "Sources speak of different wholes",
}


def _conflict_grid(conflict: Conflict) -> Grid:
    heading = _DIFFER[conflict.relation]
    if conflict.relation == "update" and conflict.about != "number":
        heading = "What is reported changed, oldest first"
    rows = []
    for side in conflict.sides:
        value = f"{side.value} ({side.scope})" if side.scope else side.value
        said: dict[str, list[str]] = {}  # reprints share a row
        for citation in side.citations:
            where = f"{_one_line(citation.outlet) if citation.outlet else 'outlet unknown'}, {_date(citation.published)}"
            said.setdefault(citation.quote, []).append(where)
        for n, (quote, where_said) in enumerate(said.items()):
            rows.append((value if n == 0 else "", side.attribution or "" if n == 0 else "", "\n".join(where_said), f"“{quote}”"))
    return Grid(f"{heading} ({conflict.about}):", ("value", "whose statement", "reported", "quotation"), tuple(rows))


def _silent(silence: Silence) -> str:
    name = _language(silence.name) if silence.kind == "language" else _one_line(silence.name)
    return f"{name} ({silence.documents} {'report' if silence.documents == 1 else 'reports'})"


def timeline_lines(timeline: Timeline) -> list[Line | Grid]:
    """A timeline for a reader: what happened when, and who reported it when."""
    if not timeline.events:
        return [Line("No dated event was found for this question.")]
    rows = []
    for event in timeline.events:
        said = "day of the report" if event.said is None else f"“{event.said}”" + (", worked out" if event.resolved else "")
        citation = event.citation
        where = f"{_one_line(citation.outlet) if citation.outlet else 'outlet unknown'}, {_date(event.reported)}"
        rows.append((_days(event.first, event.last), said, where, f"“{citation.quote}”"))
    return [Grid("What happened when:", ("day", "as the text says it", "reported", "quotation"), tuple(rows))]


def _days(first: date, last: date) -> str:
    """A day, a month or a year as such, else both ends: 2025-03-12, 2025-03, 2025, 2025-03-12 to 2025-03-14."""
    after = last + timedelta(days=1)
    if first == last:
        return first.isoformat()
    if first.day == after.day == 1 and first.month == after.month == 1 and after.year == first.year + 1:
        return str(first.year)
    if first.day == after.day == 1 and (after.year, after.month) in ((first.year, first.month + 1), (first.year + 1, 1)):
        return f"{first:%Y-%m}"
    return f"{first.isoformat()} to {last.isoformat()}"


def hit_lines(hits: Iterable[Hit], in_scope: int, show: ShowCommand) -> list[Line]:
    """Found passages for a reader: where each is from, and its best sentence. `in_scope` documents pass the filters."""
    lines: list[Line] = []
    for number, hit in enumerate(hits, 1):
        document = hit.document
        start, end = hit.best_sentence
        origin = _origin(document.outlet, document.published, document.title)
        lines.append(Line(f"{number}. {origin} (in {_language(document.language)})"))
        lines.append(Line(_one_line(document.text[start:end]), indent=3, style="bold"))
        lines.append(Line(show(document.id, (hit.passage.start, hit.passage.end)), 3, "dim", whole=True))
    return lines or [Line("Nothing found." if in_scope else "The filters leave no document to search.")]


def _document_text(document: Document, span: Span | None) -> Text:
    from rich.text import Text

    edges = {0, len(document.text), *(edge for skipped in document.skipped for edge in skipped), *(span or ())}
    text = Text()
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        style = "dim" if any(low <= start < high for low, high in document.skipped) else ""
        if span and span[0] <= start < span[1]:
            style = "reverse"
        if span and start == span[0]:
            text.append("⟦", "bold")
        text.append(clean(document.text[start:end]), style)
        if span and end == span[1]:
            text.append("⟧", "bold")
    return text


def _document_lines(document: Document) -> list[Line]:
    known = {
        "title": document.title,
        "outlet": document.outlet or "unknown",
        "published": None if document.published is None else document.published.isoformat(),
        "language": document.language and _language(document.language),
        "url": document.url,
        "digest of": document.digest_of and _origin_of_digest(document),
        "source": document.source,
    }
    lines = [Line(document.id, style="bold")]
    for name, value in known.items():
        read = document.read_from.get(name)
        if value:
            lines.append(Line(f"{name}: {_one_line(str(value))}" + (f" (read from the {_one_line(read)})" if read else ""), 2))
    return [*lines, Line()]


def _origin_of_digest(document: Document) -> str:
    original = document.digest_of
    assert original is not None
    return f"a report by {original.outlet or 'an unknown outlet'}, {_date(original.published)}"


def report_lines(report: IndexReport) -> list[Line]:
    """What indexing did."""
    counts = f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged, {report.removed} removed"
    return [Line(f"{counts}, {len(report.failed)} failed.")]


def stats_lines(where: str, stats: ArchiveStats) -> list[Line]:
    """What an archive holds."""
    dates = (
        f"{_date(stats.since)} to {_date(stats.until)}, {stats.undated} undated" if stats.since else f"{stats.undated} undated"
    )
    return [
        Line(where, style="bold"),
        Line(f"{stats.documents} documents, {stats.passages} passages, {stats.sentences} sentences", 2),
        Line("languages: " + _counted({_language(k) if k else None: v for k, v in stats.languages.items()}), 2),
        Line("outlets: " + _counted(stats.outlets), 2),
        Line(f"dates: {dates}", 2),
        Line(f"embedder: {stats.embedder}", 2),
        Line(f"size on disk: {stats.bytes / 1e6:.1f} MB", 2),
    ]


def model_lines(found: Iterable[Present], folder: str, missing: str | None) -> list[Line]:
    """The models that are there, each as `--model` names it, and why Ollama's are not among them."""
    lines = [Line(one.model + ("" if one.bytes is None else f"  ({one.bytes / 1e6:.0f} MB)")) for one in found]
    lines = lines or [Line("No language model is here. Answers are quotations alone, which needs none.")]
    return [*lines, Line(), Line(f"Files (*.gguf) are looked for in {folder}", style="dim"), Line(missing or "", style="dim")]


def _counted(counts: Mapping[str | None, int]) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0] or ""))
    return ", ".join(f"{_one_line(name) if name else 'unknown'} {count}" for name, count in ordered) or "none"


def verification_lines(found: Verification) -> list[Line]:
    """What is wrong with an archive, if anything."""
    if not found.problems:
        return [Line(f"All is well: {found.documents} documents, {found.passages} passages.")]
    return [*(Line(f"- {problem}") for problem in found.problems), Line("To repair it: sverka rebuild")]
