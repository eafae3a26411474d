"""The verifier, measured: sentences that a language model might draft, each checked against the passages it was given.

    python -m eval.drafts [--half tune|held_out|unseen|fresh|varied|final] [--json out.json]

The drafts lie in five files beside the cases; their fields are described in `eval/cases/README.md`. The passages of a file are
indexed as articles of their own, the hits are the archive's, and each draft goes through `rag.verify` with the hits of its
passages, in their order. Counted for each half:

- Correct drafts that were refused (false refusals), in all, by language, and by whether the cited passages are in the draft's
  own language or in others; and the verifier's reasons.
- Altered drafts that were accepted (false acceptances), by kind of alteration, in the same way.
- Drafts accepted on a citation of a passage that they do not name.

Exit code: 0; 1 where a half is above one of LIMITS; 2 where drafts are malformed or there is no verifier.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import Any

from eval.cases import CaseError, read_lines
from eval.progress import Tick, counting
from eval.report import say
from rag import Archive, Document, Hit, Query

CASES = Path(__file__).resolve().parent / "cases"
FILES = {
    "tune": "drafts.jsonl",
    "held_out": "drafts_held_out.jsonl",
    "unseen": "drafts_unseen.jsonl",
    "fresh": "drafts_fresh.jsonl",
    "varied": "drafts_varied.jsonl",
    "final": "drafts_final.jsonl",
}
SEALED = "final"  # the part that no weight is fitted on
LANGUAGES = ("bg", "ru", "en")
CORRECT = "correct"
# The labels, each with the highest share that may be judged wrongly: correct drafts refused, altered ones accepted.
LIMITS = {
    CORRECT: 0.10,
    "number": 0.0,
    "date": 0.0,
    "name": 0.0,
    "unit": 0.0,
    "wrong_source": 0.0,
    "no_citation": 0.0,
    "invented_id": 0.0,
    "altered_quote": 0.0,
    "negation": 0.05,
    "roles": 0.15,
    "modality": 0.15,
    "cause": 0.15,
    "quantifier": 0.15,
    "unsupported": 0.15,
}
OK, ABOVE, MALFORMED = 0, 1, 2

# What verifies: one sentence and the hits it may cite; the verdict holds citations where the sentence is supported.
Verify = Callable[[str, Sequence[Hit]], Any]

_MARK = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Given:
    """A passage that a draft was written from. `doc` names it as a document; drafts of one story share it."""

    id: int
    text: str
    language: str
    outlet: str
    published: date
    doc: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One drafted sentence with its citation marks; `of` is the correct draft that an altered one was made from."""

    id: str
    language: str
    passages: tuple[Given, ...]
    draft: str
    label: str
    of: str | None = None
    notes: str = ""
    where: str = field(default="", compare=False)

    @property
    def marks(self) -> tuple[int, ...]:
        """The numbers it cites, in order."""
        return tuple(int(mark) for mark in _MARK.findall(self.draft))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the verifier made of one draft. `pair` is same or cross: whether a passage it should cite is in its language."""

    draft: str
    half: str
    label: str
    language: str
    pair: str
    accepted: bool
    code: str
    reason: str
    astray: bool

    @property
    def wrong(self) -> bool:
        """A correct draft refused, or an altered one accepted."""
        return self.accepted is not (self.label == CORRECT)


# ---- reading


def load_drafts(path: Path) -> tuple[Draft, ...]:
    """All drafts of a file, in order. CaseError names file and line."""
    drafts: dict[str, Draft] = {}
    for where, record in read_lines(path):
        try:
            draft = draft_from(record, drafts, where)
        except (ValueError, TypeError) as error:
            raise CaseError(f"{where}: {error}") from error
        drafts[draft.id] = draft
    if not drafts:
        raise CaseError(f"{path}: no draft is here")
    return tuple(drafts.values())


def draft_from(record: object, earlier: Mapping[str, Draft], where: str = "") -> Draft:
    """The draft that one JSON object describes, after the `earlier` ones. ValueError or TypeError says what is wrong."""
    fields = _fields(record, {"id", "language", "passages", "draft", "label"}, {"of", "notes"}, "a draft")
    if fields["id"] in earlier:
        raise ValueError(f"id {fields['id']!r} is used before, in {earlier[fields['id']].where}")
    for name, known in (("language", LANGUAGES), ("label", LIMITS)):
        if fields[name] not in known:
            raise ValueError(f"{name} {fields[name]!r} is not one of {', '.join(known)}")
    values = {name: _text(fields[name], name) for name in ("id", "language", "draft", "label", "of", "notes") if name in fields}
    draft = Draft(passages=_passages(fields["passages"], values["id"], earlier), where=where, **values)
    _check(draft, earlier)
    return draft


def _check(draft: Draft, earlier: Mapping[str, Draft]) -> None:
    """ValueError where a draft contradicts its label, or the correct draft that it alters."""
    if draft.label == CORRECT:
        if draft.of is not None:
            raise ValueError("a correct draft is not `of` another")
        if not draft.marks or not set(draft.marks) <= {passage.id for passage in draft.passages}:
            raise ValueError(f"the citation marks of a correct draft name its passages; these are {list(draft.marks)}")
        return
    origin = earlier.get(draft.of or "")
    if origin is None or origin.label != CORRECT:
        raise ValueError(f"of is {draft.of!r}; an altered draft names the correct one, further up, that it alters")
    if (draft.language, draft.passages) != (origin.language, origin.passages):
        raise ValueError(f"language or passages are not those of {origin.id!r}, which it alters")
    if draft.draft == origin.draft:
        raise ValueError(f"the draft reads as {origin.id!r} does, which it should alter")
    if (draft.label == "no_citation") is bool(draft.marks):
        raise ValueError("a draft labelled no_citation has no citation mark, and every other has one")
    if (draft.label == "invented_id") is (set(draft.marks) <= {passage.id for passage in draft.passages}):
        raise ValueError("a draft labelled invented_id cites a passage that was not given, and no other does")


def _passages(value: object, draft: str, earlier: Mapping[str, Draft]) -> tuple[Given, ...]:
    if isinstance(value, str):
        if value not in earlier:
            raise ValueError(f"passages is {value!r}, which is no draft further up")
        return earlier[value].passages
    if not isinstance(value, list) or not value:
        raise TypeError("passages is a list of passages, or the id of a draft further up that has the same")
    given = []
    for number, record in enumerate(value, 1):
        fields = _fields(record, {"id", "text", "language", "outlet", "published"}, set(), f"passage {number}")
        if fields["id"] != number:
            raise ValueError(f"passage {number} has the id {fields['id']!r}; ids count from 1")
        if fields["language"] not in LANGUAGES:
            raise ValueError(f"passage {number}: language {fields['language']!r} is not one of {', '.join(LANGUAGES)}")
        published = date.fromisoformat(_text(fields["published"], "published"))
        text, outlet = _text(fields["text"], "text"), _text(fields["outlet"], "outlet")
        given.append(Given(number, text, fields["language"], outlet, published, f"{draft}-{number}"))
    return tuple(given)


def _fields(record: object, needed: set[str], optional: set[str], what: str) -> dict[str, Any]:
    if not isinstance(record, dict):
        raise TypeError(f"{what} is a JSON object")
    if unknown := sorted(set(record) - needed - optional):
        raise ValueError(f"{what}: unknown field {unknown[0]!r}; known are {', '.join(sorted(needed | optional))}")
    if missing := sorted(needed - set(record)):
        raise ValueError(f"{what}: {missing[0]} is missing")
    return record


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{name} holds {value!r}; it takes text that is not empty")
    return value


# ---- the passages as the product knows them


@contextmanager
def archive_of(drafts: Sequence[Draft]) -> Iterator[Archive]:
    """An archive that holds each passage of the drafts as an article."""
    given = {passage.doc: passage for draft in drafts for passage in draft.passages}
    with tempfile.TemporaryDirectory() as scratch:
        records = Path(scratch) / "passages.jsonl"
        with records.open("w", encoding="utf-8") as file:
            for passage in given.values():
                row = asdict(passage) | {"id": passage.doc, "published": passage.published.isoformat()}
                file.write(json.dumps({key: row[key] for key in row if key != "doc"}, ensure_ascii=False) + "\n")
        with Archive.create(Path(scratch) / "archive") as archive:
            if failed := archive.index([records]).failed:
                raise CaseError(f"{failed[0].source}: {failed[0].reason}")
            yield archive


def _left(document: Document, start: int, end: int) -> bool:
    """Whether there is text between the two that is no dateline, footer or other skipped span."""
    inside = range(start, end)
    skipped = {place for first, last in document.skipped for place in range(first, last)}
    return any(place not in skipped and not document.text[place].isspace() for place in inside)


def hit_of(archive: Archive, doc_id: str) -> Hit:
    """The whole document as one hit: the archive's own, with its passages joined where it was cut into several."""
    document = archive.read(doc_id)
    if document.outlet is None or document.published is None or document.language is None:
        raise CaseError(f"{doc_id}: outlet, date and language are needed to find it again")
    words = " ".join(re.findall(r"\w+", document.text)[:12])
    day = date.fromisoformat(document.published.isoformat()[:10])
    query = Query(words, k=100, languages=(document.language,), outlets=(document.outlet,), since=day, until=day)
    found = sorted((hit for hit in archive.search(query) if hit.document.id == doc_id), key=lambda hit: hit.passage.ordinal)
    if not found:
        raise CaseError(f"{doc_id}: the archive does not find it by its own first words")
    sentences = tuple(sorted({span for hit in found for span in hit.passage.sentences}))
    around = [(0, sentences[0][0]), (sentences[-1][1], len(document.text))]
    if any(_left(document, start, end) for start, end in around):
        raise CaseError(f"{doc_id}: the archive keeps only a part of it")
    return replace(found[0], passage=replace(found[0].passage, end=sentences[-1][1], sentences=sentences))


def product_verifier(archive: Archive) -> Verify:
    """`rag.verify`, with the archive's embedder where it takes one. CaseError where this version of the program has none."""
    verify = getattr(import_module("rag"), "verify", None)
    if verify is None:
        raise CaseError("This version of rag exports no verify, so there is nothing to measure.")
    more = {"embedder": archive.embedder} if "embedder" in signature(verify).parameters else {}
    return lambda sentence, hits: verify(sentence, hits, **more)


# ---- judging


def evaluate(drafts: Sequence[Draft], half: str, verifier: Callable[[Archive], Verify], tick: Tick) -> list[Outcome]:
    """What the verifier made for an archive of the drafts' passages says of each draft, in order."""
    by_id = {draft.id: draft for draft in drafts}
    outcomes = []
    with archive_of(drafts) as archive:
        verify = verifier(archive)
        hits = {doc: hit_of(archive, doc) for doc in {passage.doc for draft in drafts for passage in draft.passages}}
        for draft in drafts:
            verdict = verify(draft.draft, [hits[passage.doc] for passage in draft.passages])
            outcomes.append(judge(draft, by_id[draft.of or draft.id], half, verdict))
            tick(f"drafts, {half}")
    return outcomes


def judge(draft: Draft, origin: Draft, half: str, verdict: Any) -> Outcome:
    """A verdict beside the draft's label. `origin` is the correct draft, itself where it is correct."""
    cited = getattr(verdict, "citations", ())
    named = {passage.doc for passage in draft.passages if passage.id in draft.marks}
    own = any(passage.language == draft.language for passage in draft.passages if passage.id in origin.marks)
    return Outcome(
        draft=draft.id,
        half=half,
        label=draft.label,
        language=draft.language,
        pair="same" if own else "cross",
        accepted=bool(cited),
        code=str(getattr(verdict, "code", "")),
        reason=str(getattr(verdict, "reason", "")),
        astray=any(citation.doc_id not in named for citation in cited),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """Of one label in one half: how many were judged wrongly of how many, in all, by language and by pair."""

    half: str
    label: str
    counts: Mapping[str, tuple[int, int]]

    @property
    def above(self) -> bool:
        wrong, of = self.counts["all"]
        return wrong > LIMITS[self.label] * of


def rows(outcomes: Sequence[Outcome]) -> list[Row]:
    """A row for each half and label that occur."""
    found = []
    for half in FILES:
        for label in LIMITS:
            group = [o for o in outcomes if (o.half, o.label) == (half, label)]
            parts = {"all": group}
            parts |= {name: [o for o in group if o.language == name] for name in LANGUAGES}
            parts |= {name: [o for o in group if o.pair == name] for name in ("same", "cross")}
            if group:
                found.append(Row(half, label, {name: (sum(o.wrong for o in p), len(p)) for name, p in parts.items()}))
    return found


# ---- the command


def show(table: Sequence[Row], outcomes: Sequence[Outcome]) -> None:
    """The counts on stdout, with the reasons for false refusals."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 130)
    columns = ("all", *LANGUAGES, "same", "cross")
    for half in dict.fromkeys(row.half for row in table):
        shown = Table(title=f"{half}: correct drafts refused, altered ones accepted")
        shown.add_column("label")
        for column in (*columns, "share", "limit"):
            shown.add_column(column, justify="right")
        for row in (row for row in table if row.half == half):
            wrong, of = row.counts["all"]
            cells = [f"{n}/{m}" for n, m in (row.counts[name] for name in columns)]
            share = f"{wrong / of:.3f}{' !' if row.above else ''}"
            shown.add_row(row.label, *cells, share, f"{LIMITS[row.label]:.2f}")
        console.print(shown)
        codes = Counter(o.code for o in outcomes if o.half == half and o.label == CORRECT and o.wrong)
        if codes:
            console.print("false refusals by code: " + ", ".join(f"{code} {n}" for code, n in codes.most_common()))
        if astray := sum(o.astray for o in outcomes if o.half == half):
            console.print(f"accepted on a passage that the draft does not cite: {astray}")


def run(
    folder: Path = CASES,
    *,
    half: str | None = None,
    json_out: Path | None = None,
    verifier: Callable[[Archive], Verify] = product_verifier,
) -> int:
    """Verify the drafts of a folder, of one part (`half`) or all, print the counts, and return the exit code."""
    try:
        outcomes: list[Outcome] = []
        with counting() as tick:
            for name, file in FILES.items():
                if half in (None, name):
                    outcomes += evaluate(load_drafts(folder / file), name, verifier, tick)
    except CaseError as error:
        say(str(error))
        return MALFORMED
    table = rows(outcomes)
    show(table, outcomes)
    if json_out:
        data = {"rows": [asdict(row) for row in table], "outcomes": [asdict(outcome) for outcome in outcomes]}
        json_out.write_text(json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n", encoding="utf-8")
    return ABOVE if any(row.above for row in table) or any(o.astray for o in outcomes) else OK


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval.drafts", description="Measure the verifier on labelled drafts.")
    parser.add_argument("--half", choices=tuple(FILES), help="only one of the parts, all of them without it")
    parser.add_argument("--json", type=Path, metavar="FILE", dest="json_out", help="write counts and outcomes as JSON")
    return run(**vars(parser.parse_args(argv)))


if __name__ == "__main__":
    sys.exit(main())
