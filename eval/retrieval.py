"""How well passages and sentences are found, and how well confidence knows: the figures by language direction.

    python -m eval.retrieval --data ../shared/data

Everything goes the way a user's articles and questions go: JSON lines through `Archive.index`, `Archive.search`,
`Assistant.ask`. A direction such as en→ru is a question in English with the filter `languages=("ru",)` over an archive that
holds both. A passage is right when it belongs to the gold document (a paragraph of a public set is one document here); a
sentence is right when it does and holds the gold answer.

For `confidence`, every question is also asked of an archive from which its gold passage is removed in every language. The
passages are dealt to `--folds` copies of the archive in turn, article by article, so that a copy lacks at most one
passage of an article that has no more passages than there are copies: the neighbours on the topic stay.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

from eval.cases import Case
from eval.datasets import Dataset, Half, load_dataset
from eval.metrics import auroc, contains, expected_calibration_error
from eval.progress import Tick, counting
from rag import Archive, Assistant, Query

PARTS = ("passages", "unfiltered", "sentences", "confidence", "modes", "parallel")
Mode = Literal["hybrid", "dense", "lexical"]
PLAIN_MODES: tuple[Mode, ...] = ("dense", "lexical")


@dataclass(slots=True)
class Row:
    """What was found for one question in one direction. Ranks count from 1; None: not found, or that part was not run."""

    case: str
    group: str
    asked: str
    wanted: str
    ranks: dict[str, int | None] = field(default_factory=dict)
    sentence: int | None = None
    confidence: float | None = None
    answered: bool | None = None
    confidence_removed: float | None = None
    answered_removed: bool | None = None

    @property
    def direction(self) -> str:
        return f"{self.asked}→{self.wanted}"


# ---- asking


class Bench:
    """One set in one archive, with the copies that lack a part of it, under one folder."""

    def __init__(self, dataset: Dataset, folder: Path) -> None:
        self.dataset = dataset
        self.folder = folder
        self.cases = {case.id: case for case in dataset.cases}
        self.languages = dataset.languages
        self.path = folder / f"{dataset.name}-archive"
        records = dataset.write_records(folder / f"{dataset.name}.jsonl")
        with Archive.open(self.path) if self.path.exists() else Archive.create(self.path) as archive:
            report = archive.index([records])
        if report.failed:
            raise SystemExit(f"{report.failed[0].source}: {report.failed[0].reason}")

    def rows(self) -> list[Row]:
        """One row for each question and each language that holds gold for it."""
        return [
            Row(case.id, case.group, case.language, wanted)
            for case in self.dataset.cases
            for wanted in sorted({self.languages[gold.doc] for gold in case.gold})
        ]

    def passages(self, rows: Sequence[Row], mode: Mode, tick: Tick) -> None:
        """Fill in the place of the first right passage among ten."""
        with Archive.open(self.path) as archive:
            for row in rows:
                query = Query(self.cases[row.case].question, k=10, languages=(row.wanted,), mode=mode)
                row.ranks[mode] = first([hit.document.id in self.cases[row.case].gains for hit in archive.search(query)])
                tick(f"passages, {mode}")

    def every_version(self, tick: Tick) -> dict[str, list[bool]]:
        """Asked without a filter: whether every language version of the gold is in the first ten, by language asked in."""
        found: dict[str, list[bool]] = {}
        with Archive.open(self.path) as archive:
            for case in self.dataset.cases:
                docs = {hit.document.id for hit in archive.search(Query(case.question, k=10))}
                found.setdefault(case.language, []).append(set(case.gains) <= docs)
                tick("unfiltered")
        return found

    def answers(self, rows: Sequence[Row], tick: Tick) -> None:
        """Fill in the place of the first right sentence, the confidence, and whether it was answered."""
        with Archive.open(self.path) as archive:
            assistant = Assistant(archive)
            for row in rows:
                case = self.cases[row.case]
                answer = assistant.ask(Query(case.question, languages=(row.wanted,)))
                row.sentence = first([self._holds(case, row.wanted, c.citation) for c in answer.candidates])
                row.confidence, row.answered = answer.confidence, bool(answer.claims)
                tick("sentences")

    def answers_without_gold(self, rows: Sequence[Row], folds: int, tick: Tick) -> None:
        """Fill in confidence and whether it was answered where the gold passage is gone."""
        for number, removed in enumerate(deal(self.dataset.cases, folds)):
            chosen = [row for row in rows if set(self.cases[row.case].gains) <= removed]
            if chosen:
                with self._copy_without(removed, number) as archive:
                    assistant = Assistant(archive)
                    for row in chosen:
                        answer = assistant.ask(Query(self.cases[row.case].question, languages=(row.wanted,)))
                        row.confidence_removed, row.answered_removed = answer.confidence, bool(answer.claims)
                        tick("gold removed")
                shutil.rmtree(self.folder / f"without-{number}")

    def _copy_without(self, removed: Iterable[str], number: int) -> Archive:
        copy = self.folder / f"without-{number}"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.path, copy)
        archive = Archive.open(copy)
        archive.remove(sorted(removed))
        return archive

    def _holds(self, case: Case, wanted: str, citation: Any) -> bool:
        """Whether the cited sentence is of a gold document in this language and holds its answer."""
        return any(
            gold.doc == citation.doc_id
            and self.languages[gold.doc] == wanted
            and (
                contains(citation.quote, gold.quote)
                or (gold.start is not None and citation.start <= gold.start and gold.start + len(gold.quote) <= citation.end)
            )
            for gold in case.gold
        )


def first(right: Sequence[bool]) -> int | None:
    """The place, from 1, of the first that is right; None where none is."""
    return next((place for place, is_right in enumerate(right, 1) if is_right), None)


def deal(cases: Iterable[Case], folds: int) -> list[set[str]]:
    """Gold documents dealt to the folds in turn, article by article; versions of one passage go to one fold.

    Cases whose gold is one passage of several versions, as in SQuAD-like sets, are always removed whole.
    """
    versions: dict[tuple[str, ...], str] = {}
    for case in cases:
        versions.setdefault(tuple(sorted(case.gains)), case.group)
    dealt: list[set[str]] = [set() for _ in range(folds)]
    for place, (docs, _) in enumerate(sorted(versions.items(), key=lambda item: (item[1], item[0]))):
        dealt[place % folds].update(docs)
    return dealt


# ---- figures


def figures(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    """Name of the figure, then direction, then its value; only the figures whose part was run."""
    by_direction: dict[str, list[Row]] = {}
    for row in rows:
        by_direction.setdefault(row.direction, []).append(row)
    result: dict[str, dict[str, float]] = {}
    for direction, group in sorted(by_direction.items()):
        for name, value in _of_direction(group):
            result.setdefault(name, {})[direction] = value
    return result


def _of_direction(rows: Sequence[Row]) -> Iterator[tuple[str, float]]:
    for mode in rows[0].ranks:
        ranks = [row.ranks[mode] for row in rows]
        label = "right passage" if mode == "hybrid" else f"{mode} alone: right passage"
        yield f"{label} first", within(ranks, 1)
        yield f"{label} in the first ten", within(ranks, 10)
    asked = [row for row in rows if row.confidence is not None]
    if asked:
        ranks = [row.sentence for row in asked]
        yield "right sentence first", within(ranks, 1)
        yield "right sentence in the first three", within(ranks, 3)
        yield "answerable: answered", sum(bool(row.answered) for row in asked) / len(asked)
    both = [row for row in asked if row.confidence_removed is not None]
    if both:
        present = [row.confidence or 0.0 for row in both]
        removed = [row.confidence_removed or 0.0 for row in both]
        yield "AUROC of confidence, gold present against removed", auroc(present, removed)
        yield "gold removed: abstained", sum(not row.answered_removed for row in both) / len(both)
        outcome = [1] * len(present) + [0] * len(removed)
        yield "expected calibration error", expected_calibration_error(present + removed, outcome)


def within(ranks: Sequence[int | None], k: int) -> float:
    """The share of ranks that are k or better."""
    return sum(rank is not None and rank <= k for rank in ranks) / len(ranks)


def shortfalls(measured: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Where the hybrid ranking is more than half a point below one of its parts, or not above both on average."""
    name = "right passage first"
    hybrid = measured.get(name, {})
    found = []
    for mode in PLAIN_MODES:
        part = measured.get(f"{mode} alone: {name}", {})
        found += [f"{d}: hybrid {hybrid[d]:.3f}, {mode} {v:.3f}" for d, v in part.items() if hybrid[d] < v - 0.005]
        if part and sum(hybrid.values()) <= sum(part.values()):
            found.append(f"on average hybrid is not above {mode}")
    return found


# ---- the command


def measure(dataset: Dataset, folder: Path, parts: Sequence[str], *, folds: int = 10) -> tuple[dict[str, Any], list[Row]]:
    """All figures of one set, with the rows they come from. `folder` keeps the archive; nothing in it is embedded twice."""
    bench = Bench(dataset, folder)
    rows = bench.rows()
    measured: dict[str, dict[str, float]] = {}
    with counting() as tick:
        if {"passages", "modes"} & set(parts):
            bench.passages(rows, "hybrid", tick)
        if "modes" in parts:
            for mode in PLAIN_MODES:
                bench.passages(rows, mode, tick)
        if "sentences" in parts or "confidence" in parts:
            bench.answers(rows, tick)
        if "confidence" in parts:
            bench.answers_without_gold(rows, folds, tick)
        if "unfiltered" in parts and len(set(bench.languages.values())) > 1:
            name = "unfiltered: every language version in the first ten"
            measured[name] = {f"{asked}→all": sum(r) / len(r) for asked, r in sorted(bench.every_version(tick).items())}
    return {**figures(rows), **measured}, rows


def show(measured: Mapping[str, Mapping[str, float]], title: str) -> None:
    """Print the figures, a row each, a column a direction."""
    from rich.console import Console
    from rich.table import Table

    directions = list(dict.fromkeys(d for by in measured.values() for d in by))
    table = Table(title=title)
    table.add_column("figure")
    for direction in directions:
        table.add_column(direction, justify="right")
    for name, by in measured.items():
        table.add_row(name, *(f"{by[d]:.3f}" if d in by else "" for d in directions))
    Console(width=None if sys.stdout.isatty() else 150).print(table)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.retrieval", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="a public set: a file or a folder")
    parser.add_argument("--set", dest="sets", action="append", help="which sets of a folder with several; default xquad, flores")
    parser.add_argument("--language", help="language of a set that does not tell its own")
    parser.add_argument("--titles-half", choices=get_args(Half), default="all", help="questions of this half, by article")
    parser.add_argument("--parts", default=",".join(PARTS), help="comma-separated: " + ", ".join(PARTS))
    parser.add_argument("--folds", type=int, default=10, help="copies of the archive that the removed passages are dealt to")
    parser.add_argument("--every", type=int, default=1, help="ask only every n-th question")
    parser.add_argument("--work", type=Path, help="keep the archives in this folder and use them again")
    parser.add_argument("--json", type=Path, help="write figures and rows to this file")
    options = parser.parse_args(argv)
    parts = options.parts.split(",")
    if unknown := sorted(set(parts) - set(PARTS)):
        parser.error(f"--parts: {unknown[0]!r} is not one of {', '.join(PARTS)}")
    several = options.data.is_dir() and bool(list(options.data.glob("*_passages.jsonl")))
    sets = options.sets or (["xquad", "flores"] if several else [None])
    out: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name in sets:
            dataset = load_dataset(options.data, name=name, language=options.language).half(options.titles_half)
            dataset = thin(dataset, options.every)
            sentences = not any(gold.quote for case in dataset.cases for gold in case.gold)
            if sentences and "parallel" not in parts:
                continue
            wanted = ["passages"] if sentences else parts
            measured, rows = measure(dataset, options.work or Path(scratch), wanted, folds=options.folds)
            show(measured, f"{dataset.name}, {len(dataset.cases)} questions, titles: {options.titles_half}")
            for line in shortfalls(measured):
                print("hybrid below a part:", line)
            out[dataset.name] = {"figures": measured, "rows": [asdict(row) for row in rows]}
    if options.json:
        options.json.write_text(json.dumps(out, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def thin(dataset: Dataset, every: int) -> Dataset:
    """The set with every n-th question of each language."""
    languages = sorted({case.language for case in dataset.cases})
    kept = [[case for case in dataset.cases if case.language == language][::every] for language in languages]
    return replace(dataset, cases=tuple(case for cases in kept for case in cases))


if __name__ == "__main__":
    sys.exit(main())
