"""One run of the evaluation: ask every case, score what comes back, compare with the baseline, and say what got worse.

    sverka eval [CASES…] [--archive DIR] [--model M] [--report out.html] [--json out.json] [--baseline FILE]
    sverka eval --compare RUN_A RUN_B
    sverka eval --accept REASON

CASES are files or folders of cases (`eval.cases`) or public sets (`eval.datasets`); without any, the ones beside this file.
Cases are asked of `--archive`, else of an archive made for the run from the documents they belong to.
Exit code: 0; 1 where a quality figure is below the baseline by more than its noise; 2 where cases are malformed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from eval import metrics
from eval import report as pages
from eval.cases import Case, CaseError, load_cases
from eval.datasets import Dataset, DatasetError, load_dataset
from eval.figures import Result, broken, changes, measure
from eval.pairs import is_shown
from eval.progress import Tick, counting
from rag import Archive, Assistant, DocumentMissing, Query, Settings

# The months as dates have them, in the order of the year.
MONTHS = (
    ("january", "января", "януари"),
    ("february", "февраля", "февруари"),
    ("march", "марта", "март"),
    ("april", "апреля", "април"),
    ("may", "мая", "май"),
    ("june", "июня", "юни"),
    ("july", "июля", "юли"),
    ("august", "августа", "август"),
    ("september", "сентября", "септември"),
    ("october", "октября", "октомври"),
    ("november", "ноября", "ноември"),
    ("december", "декабря", "декември"),
)

HERE = Path(__file__).resolve().parent
CASES = HERE / "cases"
BASELINE = HERE / "baseline.json"
DEPTH = 10

OK, WORSE, MALFORMED = 0, 1, 2


@dataclass(slots=True)
class Shown:
    """What a reader needs to judge one case: the question, the answer, the gold, the passages found; and the timings."""

    question: str
    answer: str
    gold: list[str]
    found: list[str]
    search_seconds: float
    ask_seconds: float


@dataclass(slots=True)
class Run:
    """All results of one run, with what a reader needs to judge them, case by case in the same order."""

    results: list[Result]
    shown: list[Shown]
    fingerprint: str
    command: str

    def to_dict(self) -> dict[str, Any]:
        return {
            "command": self.command,
            "fingerprint": self.fingerprint,
            "figures": {name: asdict(interval) for name, interval in measure(self.results).items()},
            "results": [asdict(result) for result in self.results],
            "shown": [asdict(shown) for shown in self.shown],
        }


# ---- asking and scoring


def evaluate(cases: Iterable[Case], archive: Archive, assistant: Assistant, tick: Tick = lambda stage: None) -> Run:
    """Ask every case of the archive and score what comes back. CaseError where a gold quotation is not in its document."""
    results, shown, fingerprint = [], [], ""
    for case in cases:
        query = query_of(case)
        start = time.perf_counter()
        hits = archive.search(query)
        searched = time.perf_counter()
        answer = assistant.ask(query, history=case.history)
        asked = time.perf_counter()
        fingerprint = answer.fingerprint
        result = score(case, archive, hits, answer)
        if case.timeline:
            result.timeline_recall = told(case, assistant.timeline(query))
        results.append(result)
        shown.append(
            Shown(
                case.question,
                " / ".join(claim.text for claim in answer.claims) or (answer.abstention.detail if answer.abstention else ""),
                [f"{gold.doc}: {gold.quote}" for gold in case.gold],
                [f"{hit.document.id}: {hit.text}" for hit in hits[:3]],
                searched - start,
                asked - searched,
            )
        )
        tick("cases")
    return Run(results, shown, fingerprint, "")


def query_of(case: Case) -> Query:
    """The query that a case stands for."""
    return Query(case.question, k=DEPTH, languages=case.languages, outlets=case.outlets, since=case.since, until=case.until)


def score(case: Case, archive: Archive, hits: Sequence[Any], answer: Any) -> Result:
    """The scores of one answer."""
    parts = places(case, archive)
    cited = [citation for claim in answer.claims for citation in claim.citations]
    spans = [(c.doc_id, c.start, c.end) for c in cited]
    best = [(c.citation.doc_id, c.citation.start, c.citation.end) for c in answer.candidates[:1]]
    right = bool(answer.claims) and all(any(metrics.is_covered(g, spans) for g in part) for part in parts) and said(case, answer)
    expected, reported = case.conflict, [c for c in answer.conflicts if agrees(case, c)]
    result = Result(
        case=case.id,
        digest=digest(case),
        kind=case.kind,
        pair=pair_of(case, archive),
        answerable=case.answerable,
        answered=bool(answer.claims),
        confidence=answer.confidence,
        correct=right if case.answerable else not answer.claims,
        best_right=any(metrics.is_covered(g, best) for part in parts for g in part),
        language_right=answer.language == case.language,
        filters_kept=all(inside(case, hit.document) for hit in hits) and all(inside(case, archive.read(c.doc_id)) for c in cited),
        conflict_found=bool(answer.conflicts),
        conflict_expected=expected is not None,
        conflict_right=expected is not None and bool(reported),
    )
    if result.conflict_right:
        result.conflict_values = max(values_shown(case, conflict) for conflict in reported)
    if answer.claims:
        checked(result, case, answer)
    if cited:
        exact = [metrics.quote_is_exact(archive.read(c.doc_id).text, c.start, c.end, c.quote) for c in cited]
        result.quotes_exact = sum(exact) / len(exact)
    if parts:
        ranking = [hit.document.id for hit in hits]
        result.hit_1 = metrics.hit_at_k(ranking, case.gains, 1)
        result.hit_10 = metrics.hit_at_k(ranking, case.gains, DEPTH)
        result.mrr = metrics.reciprocal_rank(ranking, case.gains, DEPTH)
        result.ndcg_10 = metrics.ndcg_at_k(ranking, case.gains, DEPTH)
        result.recall_10 = metrics.recall_at_k(ranking, case.gains, DEPTH)
        result.citation_recall = metrics.citation_recall(spans, parts)
        if spans:
            result.citation_precision = metrics.citation_precision(spans, [g for part in parts for g in part])
    return result


def values_shown(case: Case, conflict: Any) -> float:
    """The share of the expected sides whose value a side of the conflict shows beside one of their documents."""
    assert case.conflict is not None
    expected = list(zip(case.conflict.sides, case.conflict.values, strict=True))

    def shown(docs: Sequence[str], value: str) -> bool:
        beside = [side for side in conflict.sides if any(c.doc_id in docs for c in side.citations)]
        return any(is_shown(value, f"{side.value} {c.quote}", conflict.about) for side in beside for c in side.citations)

    return sum(shown(docs, value) for docs, value in expected) / len(expected)


def checked(result: Result, case: Case, answer: Any) -> None:
    """What cross-checking adds to an answer, beside what the case expects of it; nothing is scored that it says nothing of."""
    if case.documents is not None:
        counts = [(c.support.documents, c.support.independent) for c in answer.claims if c.support is not None]
        result.support_right = float((case.documents, case.independent) in counts)
    if case.attribution:
        told = [c.attribution or "" for c in answer.claims]
        told += [side.attribution or "" for conflict in answer.conflicts for side in conflict.sides]
        result.attribution_right = float(any(metrics.contains(text, one) for text in told for one in case.attribution))
    if case.resolved:
        said = [d.said for claim in answer.claims for d in claim.derived]
        said += [c.quote for claim in answer.claims for c in claim.citations]
        right = [any(names_day(text, day) for text in said) for day in case.resolved]
        result.resolved_right = sum(right) / len(right)
    if case.silent:
        named = {(silence.kind, silence.name) for silence in answer.silent}
        result.silence_recall = sum((s.kind, s.name) in named for s in case.silent) / len(case.silent)


def names_day(text: str, day: date) -> bool:
    """Whether a text names the day with its month, and no other year: 3 September 2025, 3 сентября."""
    month = "|".join(MONTHS[day.month - 1])
    found = re.search(rf"(?<!\d){day.day}(?:st|nd|rd|th)?\W+(?:{month})|(?:{month})\W+{day.day}(?!\d)", text.lower())
    years = re.findall(r"\b(?:19|20)\d\d\b", text)
    return found is not None and (not years or str(day.year) in years)


def told(case: Case, timeline: Any) -> float:
    """The share of the expected events that the timeline has, on their day and by a quotation of the document named."""

    def there(expected: Any) -> bool:
        return any(
            event.first <= expected.date <= event.last
            and event.citation.doc_id == expected.doc
            and (expected.quote in event.citation.quote or event.citation.quote in expected.quote)
            for event in timeline.events
        )

    return sum(map(there, case.timeline)) / len(case.timeline)


def places(case: Case, archive: Archive) -> list[list[metrics.Located]]:
    """The gold as spans of the archive's documents, by part."""
    found = []
    for part in case.parts:
        spans = []
        for gold in part:
            try:
                place = gold.place(archive.read(gold.doc).text)
            except DocumentMissing as error:
                raise CaseError(f"{case.where or case.id}: the archive holds no document {gold.doc!r}") from error
            if place is None:
                raise CaseError(f"{case.where or case.id}: the gold quotation does not stand in {gold.doc!r}: {gold.quote!r}")
            spans.append(place)
        found.append(spans)
    return found


def said(case: Case, answer: Any) -> bool:
    """Whether the answer, with its quotations, mentions what it must and nothing that it must not."""
    text = "\n".join(t for claim in answer.claims for t in (claim.text, *(c.quote for c in claim.citations)))
    wanted = all(any(metrics.contains(text, one) for one in alternatives) for alternatives in case.must_mention)
    return wanted and not any(metrics.contains(text, one) for one in case.must_not_mention)


def agrees(case: Case, conflict: Any) -> bool:
    """Whether a reported conflict is the one that the case expects: its subject, its relation, and two of its sides."""
    expected = case.conflict
    if expected is None or conflict.about != expected.about or conflict.relation not in expected.relations:
        return False
    docs = {citation.doc_id for side in conflict.sides for citation in side.citations}
    return sum(bool(docs & set(side)) for side in expected.sides) >= 2


def inside(case: Case, document: Any) -> bool:
    """Whether a document is one that the filters of the case let through."""
    day = document.published and document.published.isoformat()[:10]
    return (
        (not case.languages or document.language in case.languages)
        and (not case.outlets or document.outlet in case.outlets)
        and (not case.since or (day is not None and day >= case.since.isoformat()))
        and (not case.until or (day is not None and day <= case.until.isoformat()))
    )


def pair_of(case: Case, archive: Archive) -> str:
    """Language of the question → language of the gold: the question's own where gold is in it, – where there is none."""
    languages = {archive.read(gold.doc).language or "?" for gold in case.gold}
    answered_in = case.language if case.language in languages else "+".join(sorted(languages)) or "–"
    return f"{case.language}→{answered_in}"


def digest(case: Case) -> str:
    """Eight hex digits that change with anything a result depends on."""
    return hashlib.sha256(repr(replace(case, notes="", where="")).encode()).hexdigest()[:8]


# ---- the archives that cases are asked of


def read_cases(paths: Sequence[Path]) -> Iterator[tuple[str, Dataset | None, list[Case]]]:
    """Cases by the archive they belong to: its name, the documents to make it of (None: a folder of that name), the cases."""
    plain = [path for path in paths if is_cases(path)]
    by_archive: dict[str, list[Case]] = {}
    for case in load_cases(*plain) if plain else ():
        by_archive.setdefault(case.archive, []).append(case)
    for name, cases in by_archive.items():
        yield name, None, cases
    for path in paths:
        if path not in plain:
            dataset = load_dataset(path)
            yield dataset.name, dataset, directions(dataset)


def is_cases(path: Path) -> bool:
    """Whether a path holds cases of ours; else it is a public set."""
    if path.is_dir():
        names = {file.name for file in path.glob("*.jsonl")}
        return bool(names) and "corpus.jsonl" not in names and not any(name.endswith("_passages.jsonl") for name in names)
    return path.suffix != ".json"


def directions(dataset: Dataset) -> list[Case]:
    """Each question once for each language that holds gold for it, filtered by that language where there are several."""
    languages = dataset.languages
    if len(set(languages.values())) < 2:
        return list(dataset.cases)
    found = []
    for case in dataset.cases:
        for wanted in sorted({languages[gold.doc] for gold in case.gold}) or [""]:
            gold = tuple(g for g in case.gold if languages[g.doc] == wanted)
            found.append(replace(case, id=f"{case.id}→{wanted}", gold=gold, languages=(wanted,) if wanted else ()))
    return found


@contextmanager
def archive_for(name: str, dataset: Dataset | None, given: Path | None) -> Iterator[Archive]:
    """The archive given, else one made for this run."""
    if given is not None:
        with Archive.open(given) as archive:
            yield archive
        return
    with tempfile.TemporaryDirectory() as scratch:
        source = dataset.write_records(Path(scratch) / "records.jsonl") if dataset else collection(name)
        with Archive.create(Path(scratch) / "archive") as archive:
            failed = archive.index([source]).failed
            if failed:
                raise CaseError(f"{failed[0].source}: {failed[0].reason}")
            yield archive


def collection(name: str) -> Path:
    """The folder of a collection that comes with the program: `corpus`, the sample articles, or one beside the cases."""
    if name == "corpus":
        installed = Path(str(files("rag"))) / "sample"
        return installed if installed.is_dir() else HERE.parent / "corpus"
    if name in {path.name for path in CASES.iterdir() if path.is_dir()}:
        return CASES / name
    raise CaseError(f"no collection {name!r} comes with this program; say which archive is meant with --archive")


# ---- the command


def run(
    cases: Sequence[Path] = (),
    *,
    archive: Path | None = None,
    model: str | None = None,
    report: Path | None = None,
    json_out: Path | None = None,
    baseline: Path | None = None,
    compare: tuple[Path, Path] | None = None,
    accept: str | None = None,
) -> int:
    """Run the evaluation, or compare two runs that were written with `json_out`; returns the exit code."""
    old: Run | None
    try:
        if compare is not None:
            old, new = (load_run(path) for path in compare)
        else:
            named = baseline or (BASELINE if BASELINE.is_file() else None)
            old = load_run(named) if named and not accept else None
            new = ask_all(list(cases) or [CASES], archive, model)
            new.command = command_line(cases, archive, model)
    except (CaseError, DatasetError) as error:
        pages.say(str(error))
        return MALFORMED
    found = changes(new.results, old.results) if old else []
    if old and not found:
        pages.say("The two runs share no case that reads the same, so nothing is compared.")
    pages.tables(new, found)
    faults = broken(measure(new.results))
    for fault in faults:
        pages.say(fault)
    if json_out:
        write_json(json_out, new.to_dict())
    if report:
        report.write_text(pages.page(new, found), encoding="utf-8")
    if accept:
        write_json(baseline or BASELINE, baseline_of(new, accept))
    return WORSE if faults or any(change.worse for change in found) else OK


def ask_all(paths: Sequence[Path], given: Path | None, model: str | None) -> Run:
    """Every case of the paths, each group in its archive."""
    runs = []
    with counting() as tick:
        for name, dataset, cases in read_cases(paths):
            with archive_for(name, dataset, given) as archive:
                assistant = Assistant(archive, Settings.from_env(model=model) if model else None)
                runs.append(evaluate(cases, archive, assistant, tick))
    if not any(part.results for part in runs):
        raise CaseError(f"{', '.join(map(str, paths))}: no case is here")
    return Run([r for p in runs for r in p.results], [s for p in runs for s in p.shown], runs[0].fingerprint, "")


def command_line(cases: Sequence[Path], archive: Path | None, model: str | None) -> str:
    """The command that makes these figures again, without the folders of this machine."""
    words = ["sverka eval", *(path.name for path in cases)]
    words += ["--archive", archive.name] if archive else []
    words += ["--model", model] if model else []
    return " ".join(words)


def baseline_of(run: Run, reason: str) -> dict[str, Any]:
    """What the baseline keeps: figures and results, never texts nor timings."""
    whole = run.to_dict()
    return {"reason": reason} | {name: whole[name] for name in ("command", "fingerprint", "figures", "results")}


def load_run(path: Path) -> Run:
    """A run as `write_json` left it. CaseError where the file is not one."""
    try:
        data: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        results = [Result(**row) for row in data["results"]]
        shown = [Shown(**row) for row in data.get("shown", [])]
        return Run(results, shown, data["fingerprint"], data["command"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CaseError(f"{path}: not a run of this evaluation ({error})") from error


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    rows = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1)
    path.write_text(rows + "\n", encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="sverka eval", description="Measure the answers on fixed questions.")
    parser.add_argument("cases", nargs="*", type=Path, help="files or folders of cases, or public sets; else our own cases")
    parser.add_argument("--archive", type=Path, metavar="DIR", help="ask this archive instead of one made for the run")
    parser.add_argument("--model", metavar="M", help="who writes the answers")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the run as an HTML page")
    parser.add_argument("--json", type=Path, metavar="FILE", dest="json_out", help="write the run as JSON, for --compare")
    parser.add_argument("--baseline", type=Path, metavar="FILE", help="compare with this run instead of the one that is kept")
    parser.add_argument("--compare", nargs=2, type=Path, metavar=("RUN_A", "RUN_B"), help="compare two runs written with --json")
    parser.add_argument("--accept", metavar="REASON", help="make this run the baseline, and write down why")
    options = vars(parser.parse_args(argv))
    return run(options.pop("cases"), **options)


if __name__ == "__main__":
    sys.exit(main())
