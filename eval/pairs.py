"""Cross-checking, measured: labelled pairs of short reports, each alone in an archive and asked through the product.

    python -m eval.pairs [PAIRS…] [--half tune|held_out|unseen|last|final] [--json out.json]

Without PAIRS, all files of pairs beside the cases; their fields, and what each part is for, are described in
`eval/cases/README.md`. What is counted, of the conflicts whose sides cite both reports (no other conflict counts):

- Detection. One is due for the labels contradict, update and scope, whatever its relation. On agree and unrelated pairs
  any is a false alarm. On an approximate pair ("at least 12" beside 15) it may be told as an approximation or left unsaid;
  any other relation is a false alarm. Precision = detected / (detected + false alarms), recall = detected / due.
- Relation and about: of the pairs detected, how many have a conflict with the label's relation, and with its `about`.
- Values: of the pairs detected, how many have a conflict whose sides show the value of each report beside its citation.
- Of the approximate pairs, `told` is how many are told as approximations.

Exit code: 0; 1 where a part is below the targets for precision or recall; 2 where pairs are malformed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from eval.cases import ABOUT, PAIR_FILES, CaseError, read_lines
from eval.metrics import Interval, bootstrap, contains, plain
from eval.progress import Tick, counting
from eval.report import say
from rag import Answer, Archive, Assistant, Conflict

CASES = Path(__file__).resolve().parent / "cases"
SEALED = "final"  # the part that nothing is tuned on: what was shown for its pairs is not repeated
HALVES = ("tune", "held_out", "unseen", "last", SEALED)
# Each label with the relation that it is to be told as.
RELATION_OF = {
    "agree": None,
    "contradict": "contradiction",
    "update": "update",
    "approximate": "approximation",
    "scope": "scope",
    "unrelated": None,
}
DUE = ("contradict", "update", "scope")
LANGUAGES = ("bg", "ru", "en")
PRECISION, RECALL = 0.90, 0.80
OK, BELOW, MALFORMED = 0, 1, 2

_YES, _NO = ("yes", "да"), ("no", "не", "нет")
_NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f.,]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"[ \u00a0\u202f.,](?=\d{3}(?!\d))")
_MANY = ((r"thousand|хил|тыс", 1e3), (r"million|милион|миллион|млн", 1e6), (r"billion|милиард|миллиард|млрд", 1e9))


@dataclass(frozen=True, slots=True)
class Report:
    """One of the two texts of a pair, as an outlet published it."""

    text: str
    outlet: str
    published: date
    language: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports with a question, and how they stand to each other; `where` is the file and line it was read from."""

    id: str
    half: str
    question: str
    language: str
    a: Report
    b: Report
    label: str
    about: str | None
    values: tuple[str, str]
    notes: str = ""
    where: str = field(default="", compare=False)

    @property
    def languages(self) -> str:
        """The languages of the two reports, in the order of LANGUAGES: bg–ru is also ru–bg."""
        return "–".join(sorted((self.a.language, self.b.language), key=LANGUAGES.index))


@dataclass(slots=True)
class Outcome:
    """What the product showed for one pair. `shown` repeats the conflicts, but for the sealed part."""

    pair: str
    half: str
    label: str
    languages: str
    answered: bool
    raised: bool
    told_as: list[str]
    about_right: bool
    values_shown: bool
    shown: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def due(self) -> bool:
        return self.label in DUE

    @property
    def detected(self) -> bool:
        return self.due and self.raised

    @property
    def false_alarm(self) -> bool:
        if self.label == "approximate":
            return any(relation != "approximation" for relation in self.told_as)
        return self.raised and not self.due

    @property
    def relation_right(self) -> bool:
        return RELATION_OF[self.label] in self.told_as


# ---- reading


def load_pairs(*paths: Path) -> tuple[Pair, ...]:
    """All pairs of the files, in order; of a folder, its files of pairs. CaseError names file and line."""
    seen: dict[str, str] = {}
    pairs = []
    for path in paths:
        for where, record in read_lines(*(sorted(path.glob(PAIR_FILES)) if path.is_dir() else [path])):
            try:
                pair = pair_from(record, where)
            except (ValueError, TypeError) as error:
                raise CaseError(f"{where}: {error}") from error
            if pair.id in seen:
                raise CaseError(f"{where}: id {pair.id!r} is used before, in {seen[pair.id]}")
            seen[pair.id] = where
            pairs.append(pair)
    if not pairs:
        raise CaseError(f"{', '.join(map(str, paths))}: no pair is here")
    return tuple(pairs)


def pair_from(record: object, where: str = "") -> Pair:
    """The pair that one JSON object describes. ValueError or TypeError says what is wrong with which field."""
    fields = _fields(record, Pair, "a pair", optional={"notes"})
    about, values = fields["about"], fields["values"]
    if about is not None and about not in ABOUT:
        raise ValueError(f"about {about!r} is not one of {', '.join(ABOUT)}, or null")
    for name, known in (("half", HALVES), ("label", RELATION_OF), ("language", LANGUAGES)):
        _one_of(fields[name], known, name)
    if (about is None) is not (RELATION_OF[fields["label"]] is None):
        raise ValueError(
            f"about is {about!r}; it is null for agree and unrelated, and named for {', '.join(DUE)} and approximate"
        )
    if not isinstance(values, list) or len(values) != 2:
        raise TypeError(f"values is {values!r}; it is a list of two texts, of a and of b")
    return Pair(
        id=_text(fields["id"], "id"),
        half=fields["half"],
        question=_text(fields["question"], "question"),
        language=fields["language"],
        a=_report(fields["a"], "a"),
        b=_report(fields["b"], "b"),
        label=fields["label"],
        about=about,
        values=(_text(values[0], "values"), _text(values[1], "values")),
        notes=str(fields.get("notes", "")),
        where=where,
    )


def _report(record: object, name: str) -> Report:
    fields = _fields(record, Report, name)
    _one_of(fields["language"], LANGUAGES, f"{name}: language")
    try:
        published = date.fromisoformat(_text(fields["published"], f"{name}: published"))
    except ValueError as error:
        raise ValueError(f"{name}: published is {fields['published']!r}; it is a date, YYYY-MM-DD") from error
    return Report(
        _text(fields["text"], f"{name}: text"), _text(fields["outlet"], f"{name}: outlet"), published, fields["language"]
    )


def _fields(record: object, kind: type, what: str, optional: Iterable[str] = ()) -> dict[str, Any]:
    """The object's fields, which must be those of `kind`, all but the optional ones there."""
    if not isinstance(record, dict):
        raise TypeError(f"{what} is a JSON object")
    known = {*kind.__dataclass_fields__} - {"where"}  # type: ignore[attr-defined]
    if unknown := sorted(set(record) - known):
        raise ValueError(f"{what}: unknown field {unknown[0]!r}; known are {', '.join(sorted(known))}")
    if missing := sorted(known - set(record) - set(optional)):
        raise ValueError(f"{what}: {missing[0]} is missing")
    return record


def _one_of(value: object, known: Iterable[str], name: str) -> None:
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"{name} {value!r} is not one of {', '.join(known)}")


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{name} holds {value!r}; it takes text that is not empty")
    return value


# ---- asking


def ask(pair: Pair) -> Answer:
    """The product's answer to the pair's question, from an archive that holds its two reports, `a` and `b`, and no other."""
    with tempfile.TemporaryDirectory() as scratch:
        records = Path(scratch) / "pair.jsonl"
        with records.open("w", encoding="utf-8") as file:
            for name, report in (("a", pair.a), ("b", pair.b)):
                row = {"id": name, **asdict(report), "published": report.published.isoformat()}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        with Archive.create(Path(scratch) / "archive") as archive:
            if failed := archive.index([records]).failed:
                raise CaseError(f"{pair.where or pair.id}: {failed[0].reason}")
            return Assistant(archive).ask(pair.question)


def evaluate(pairs: Iterable[Pair], answer_to: Callable[[Pair], Answer] = ask, tick: Tick = lambda stage: None) -> list[Outcome]:
    """What `answer_to` makes of each pair, in order."""
    outcomes = []
    for pair in pairs:
        outcomes.append(judge(pair, answer_to(pair)))
        tick(f"pairs, {pair.half}")
    return outcomes


def judge(pair: Pair, answer: Answer) -> Outcome:
    """One answer beside what the pair's label expects."""
    across = [c for c in answer.conflicts if {x.doc_id for side in c.sides for x in side.citations} >= {"a", "b"}]
    return Outcome(
        pair=pair.id,
        half=pair.half,
        label=pair.label,
        languages=pair.languages,
        answered=bool(answer.claims),
        raised=bool(across),
        told_as=[conflict.relation for conflict in across],
        about_right=any(conflict.about == pair.about for conflict in across),
        values_shown=any(_shows_both(conflict, pair) for conflict in across),
        shown=[conflict.to_dict() for conflict in answer.conflicts] if pair.half != SEALED else [],
    )


def _shows_both(conflict: Conflict, pair: Pair) -> bool:
    return all(
        any(is_shown(value, side.value, pair.about) for side in conflict.sides if any(c.doc_id == doc for c in side.citations))
        for doc, value in zip(("a", "b"), pair.values, strict=True)
    )


def is_shown(value: str, text: str, about: str | None = "number") -> bool:
    """Whether `text` shows the value, in one of the wordings that `|` divides; remarks in brackets need not be there.

    Figures are compared as numbers ("48,6 млн." is 48 600 000), everything else, dates too, as words; yes and no in any language.
    """
    for wording in re.sub(r"\s*\([^)]*\)", "", value).split("|"):
        wording = wording.strip()
        same = next((group for group in (_YES, _NO) if plain(wording) in group), (wording,))
        if any(contains(text, one) for one in same):
            return True
        wanted = numbers(wording)
        if about == "number" and wanted and wanted <= numbers(text):
            return True
    return False


def numbers(text: str) -> set[float]:
    """The figures of a text, thousands and millions multiplied out: 1,2 млн. is 1200000, 18,204 and 18 204 are 18204."""
    found = set()
    for match in _NUMBER.finditer(text):
        figure = float(_THOUSANDS.sub("", match.group()).replace(",", "."))
        after = text[match.end() :].lstrip()
        times = next((times for words, times in _MANY if re.match(words, after, re.IGNORECASE)), 1.0)
        found.add(round(figure * times, 6))
    return found


# ---- counting


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of some pairs. Rates are None where there is nothing to count."""

    name: str
    pairs: int
    due: int
    detected: int
    false_alarms: int
    precision: Interval | None
    recall: Interval | None
    relation: float | None
    about: float | None
    values: float | None
    told: float | None
    answered: float


def figures(name: str, outcomes: Sequence[Outcome]) -> Row:
    """Precision and recall with their 95 % bootstrap intervals, and the rates among the pairs detected."""
    detected = [o for o in outcomes if o.detected]
    approximate = [o for o in outcomes if o.label == "approximate"]
    due = [o.due for o in outcomes]
    raised = [o.detected or o.false_alarm for o in outcomes]
    right = [o.detected for o in outcomes]
    return Row(
        name=name,
        pairs=len(outcomes),
        due=sum(due),
        detected=len(detected),
        false_alarms=sum(o.false_alarm for o in outcomes),
        precision=_share(right, raised),
        recall=_share(right, due),
        relation=_rate([o.relation_right for o in detected]),
        about=_rate([o.about_right for o in detected]),
        values=_rate([o.values_shown for o in detected]),
        told=_rate([o.relation_right for o in approximate]),
        answered=sum(o.answered for o in outcomes) / len(outcomes),
    )


def _share(right: Sequence[bool], of: Sequence[bool]) -> Interval | None:
    """How many of those marked in `of` are right, with the bounds of the estimate; None where none is marked."""
    if not any(of):
        return None

    def share(drawn: Sequence[int]) -> float:
        marked = [i for i in drawn if of[i]]
        return sum(right[i] for i in marked) / len(marked) if marked else float("nan")

    return bootstrap(lambda drawn: share(drawn.tolist()), len(of), resamples=1000)


def _rate(right: Sequence[bool]) -> float | None:
    return sum(right) / len(right) if right else None


def rows(outcomes: Sequence[Outcome]) -> list[Row]:
    """Of each part: all its pairs, then by label, then by language pair."""
    found = []
    for half in HALVES:
        of_half = [o for o in outcomes if o.half == half]
        groups: list[tuple[str, list[Outcome]]] = [(half, of_half)]
        groups += [(f"{half}: {label}", [o for o in of_half if o.label == label]) for label in RELATION_OF]
        pairs = sorted({o.languages for o in of_half})
        groups += [(f"{half}: {pair}", [o for o in of_half if o.languages == pair]) for pair in pairs]
        found += [figures(name, group) for name, group in groups if group]
    return found


def faults(table: Iterable[Row]) -> list[str]:
    """A sentence for each part that is below a target."""
    found = []
    for row in table:
        if row.name in HALVES:
            for name, target in (("precision", PRECISION), ("recall", RECALL)):
                measured: Interval | None = getattr(row, name)
                if measured is None or measured.value < target:
                    said = "no conflict was raised" if measured is None else f"{measured.value:.3f}"
                    found.append(f"{row.name}: {name} is below {target:.2f}: {said}")
    return found


# ---- the command


def show(table: Sequence[Row]) -> None:
    """The figures on stdout."""
    from rich.console import Console
    from rich.table import Table

    columns = (
        "pairs",
        "due",
        "detected",
        "false alarms",
        "precision",
        "recall",
        "relation",
        "about",
        "values",
        "told",
        "answered",
    )
    shown = Table(title="Conflicts between two reports")
    shown.add_column("of")
    for column in columns:
        shown.add_column(column, justify="right")
    for row in table:
        counts = (row.pairs, row.due, row.detected, row.false_alarms)
        rates = (row.relation, row.about, row.values, row.told, row.answered)
        shown.add_row(
            row.name,
            *map(str, counts),
            *(_with_bounds(share) for share in (row.precision, row.recall)),
            *("–" if rate is None else f"{rate:.2f}" for rate in rates),
        )
    Console(width=None if sys.stdout.isatty() else 160).print(shown)


def _with_bounds(share: Interval | None) -> str:
    return "–" if share is None else f"{share.value:.3f} ({share.low:.2f}–{share.high:.2f})"


def run(paths: Sequence[Path] = (), *, half: str | None = None, json_out: Path | None = None) -> int:
    """Ask every pair, of one part or all, print the figures, and return the exit code."""
    try:
        pairs = [pair for pair in load_pairs(*(paths or [CASES])) if half in (None, pair.half)]
        with counting() as tick:
            outcomes = evaluate(pairs, tick=tick)
    except CaseError as error:
        say(str(error))
        return MALFORMED
    table = rows(outcomes)
    show(table)
    if json_out:
        data = {"figures": [asdict(row) for row in table], "outcomes": [asdict(outcome) for outcome in outcomes]}
        json_out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    below = faults(table)
    for fault in below:
        say(fault)
    return BELOW if below else OK


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval.pairs", description="Measure cross-checking on labelled pairs.")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PAIRS", help="files or folders of pairs; else our own")
    parser.add_argument("--half", choices=HALVES, help="ask only this part")
    parser.add_argument("--json", type=Path, metavar="FILE", dest="json_out", help="write figures and outcomes as JSON")
    options = parser.parse_args(argv)
    return run(options.paths, half=options.half, json_out=options.json_out)


if __name__ == "__main__":
    sys.exit(main())
