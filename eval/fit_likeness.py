"""Fit the weights by which the cross-check tells whether two answers are of one thing (`rag/answer/cross/likeness.json`).

    python -m eval.fit_likeness            fit, and report by cross-validation
    python -m eval.fit_likeness --write    the same, and write the weights

An example is two reports whose answers to a question differ. The labelled pairs of `eval/cases` are asked twice: each alone in an
archive, and all in one archive, where whatever differs from a report of another pair is of another thing. The cases over the
sample articles tell which documents stand on two sides of a conflict; what differs within their story besides is left out where
a conflict is due, and is of another thing where none is. Logistic regression (sklearn's, L2) on standardised features; eight
folds by pair and by case take turns. Takes about ten minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from eval.cases import load_cases
from eval.pairs import CASES, DUE, Pair, load_pairs
from eval.progress import Tick, counting
from rag import Archive, Query
from rag.answer.asof import as_known
from rag.answer.cross.crosscheck import anchored, difference, heard
from rag.answer.cross.likeness import features
from rag.answer.cross.wanted import wanted
from rag.index.rank import RankedSentence, answered_from

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "rag" / "answer" / "cross" / "likeness.json"
_STORIES = ("bridge", "court", "crosscheck", "digests", "election", "factory", "festival", "outbreak", "rescue", "summit")
_FOLDS = 8
_STRENGTH = 0.3  # of sklearn's C
_MOST = 3  # examples that one question counts for, where it gives more in an archive of many reports
# The features that are fitted; the others of `rag.answer.cross.likeness.features` told nothing more.
_FITTED = (
    "apart", "behind", "best", "cosine", "date", "elsewhere", "event", "fit", "gap", "lead", "match", "missing", "names", "other",
    "person", "polarity", "shared", "stranger", "weak", "wide",
)  # fmt: skip
_LIMITS = (0.3, 0.4, 0.5, 0.6, 0.7)


@dataclass(frozen=True, slots=True)
class Example:
    """Two answers that differ. `due` says that the reports truly differ in what is asked for."""

    part: str
    question: str
    due: bool
    features: dict[str, float]


def of_pairs(pairs: Sequence[Pair], tick: Tick) -> Iterator[Example]:
    """Each pair in an archive of its own, then all in one."""
    for pair in pairs:
        yield from _asked("alone", [pair], [pair])
        tick("pairs alone")
    yield from _asked("together", pairs, pairs)
    tick("pairs together")


def _asked(part: str, held: Sequence[Pair], asked: Sequence[Pair]) -> Iterator[Example]:
    with tempfile.TemporaryDirectory() as scratch:
        records = Path(scratch) / "pairs.jsonl"
        with records.open("w", encoding="utf-8") as file:
            for pair in held:
                for name, report in (("a", pair.a), ("b", pair.b)):
                    row = {"id": f"{pair.id}/{name}", **asdict(report), "published": report.published.isoformat()}
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
        with Archive.create(Path(scratch) / "archive") as archive:
            archive.index([records])
            for pair in asked:
                own = {f"{pair.id}/a", f"{pair.id}/b"}
                for one, other, relation, found in differing(pair.question, ranked(archive, Query(pair.question))):
                    mine = {one, other} == own
                    if not (mine and pair.label == "approximate" and relation == "approximation"):
                        yield Example(part, pair.id, mine and pair.label in DUE, found)


def of_cases(folder: Path, tick: Tick) -> Iterator[Example]:
    """The cases over the sample articles."""
    with tempfile.TemporaryDirectory() as scratch, Archive.create(Path(scratch) / "archive") as archive:
        archive.index([ROOT / "corpus"])
        for case in (case for story in _STORIES for case in load_cases(folder / f"{story}.jsonl")):
            if case.archive != "corpus" or case.history:
                continue
            query = Query(case.question, languages=case.languages, outlets=case.outlets, since=case.since, until=case.until)
            sides = {doc for side in case.conflict.sides for doc in side} if case.conflict else set()
            for one, other, _, found in differing(case.question, ranked(archive, query)):
                here = {one, other} & sides
                if len(here) == 1 and one.partition("-")[0] == other.partition("-")[0]:
                    continue
                yield Example("sample", case.id, len(here) == 2, found)
            tick("cases")


def ranked(archive: Archive, query: Query) -> tuple[RankedSentence, ...]:
    """The ranking's sentences; none where the archive would decline to answer."""
    known, _ = as_known(query, archive.latest)
    ranking = archive.retrieve(known)
    return ranking.sentences if ranking.confidence >= answered_from() else ()


def differing(question: str, sentences: Sequence[RankedSentence]) -> Iterator[tuple[str, str, str, dict[str, float]]]:
    """The documents whose answers differ from the likeliest one, two at a time, how, and the features of the two answers."""
    asked = wanted(question)
    answers = heard(asked, sentences) if asked.about else []
    first = anchored(answers)
    for i, j in ((i, j) for i in first for j in range(len(answers)) if j not in first or j > i):
        one, other = answers[i], answers[j]
        if one[0].report is not other[0].report and (way := difference(asked, one, other)):
            yield one[0].report.doc_id, other[0].report.doc_id, way, features(asked, one, other)


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """The weights by feature, with `constant`; prints precision and recall of the likeliest difference of a question."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
    from sklearn.model_selection import GroupKFold  # type: ignore[import-untyped]

    rows = np.array([[example.features[name] for name in _FITTED] for example in examples])
    due = np.array([example.due for example in examples])
    questions = np.array([example.question for example in examples])
    weights = _weights(examples)
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    scaled = (rows - mean) / spread

    def model(chosen: Iterable[int]) -> LogisticRegression:
        index = np.fromiter(chosen, dtype=int)
        return LogisticRegression(C=_STRENGTH, max_iter=1000).fit(scaled[index], due[index], sample_weight=weights[index])

    held_out = np.zeros(len(examples))
    for train, test in GroupKFold(_FOLDS, shuffle=True, random_state=0).split(scaled, due, questions):
        held_out[test] = model(train).predict_proba(scaled[test])[:, 1]
    _report(examples, held_out)
    whole = model(range(len(examples)))
    slopes = whole.coef_[0] / spread
    fitted = {name: round(float(slope), 2) for name, slope in zip(_FITTED, slopes, strict=True)}
    return fitted | {"constant": round(float(whole.intercept_[0] - (slopes * mean).sum()), 2)}


def _weights(examples: Sequence[Example]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """What each example counts: a question with many, in an archive of many reports, is no more than one with three."""
    of_question = Counter((example.part, example.question) for example in examples)
    return np.array(
        [
            1.0
            if example.part == "alone"
            else (1.0 if example.due else 0.5) * min(1.0, _MOST / of_question[example.part, example.question])
            for example in examples
        ]
    )


def _report(examples: Sequence[Example], likely: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    best: dict[tuple[str, str], tuple[float, bool]] = defaultdict(lambda: (0.0, False))
    for example, probability in zip(examples, likely.tolist(), strict=True):
        key = example.part, example.question
        best[key] = max(best[key], (probability, example.due))
    for part in dict.fromkeys(example.part for example in examples):
        there = len({example.question for example in examples if example.part == part and example.due})
        shares = []
        for limit in _LIMITS:
            told = [right for (where, _), (probability, right) in best.items() if where == part and probability >= limit]
            shares.append(f"from {limit}: {sum(told) / max(1, len(told)):.2f} / {sum(told) / max(1, there):.2f}")
        sys.stdout.write(f"{part}, precision / recall of {there} found at all: {', '.join(shares)}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval.fit_likeness", description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args(argv)
    with counting() as tick:
        examples = [*of_pairs(load_pairs(CASES), tick), *of_cases(CASES, tick)]
    weights = fit(examples)
    sys.stdout.write(json.dumps(weights) + "\n")
    if options.write:
        kept = json.loads(TARGET.read_text(encoding="utf-8"))
        TARGET.write_text(json.dumps(kept | {"with_words": weights}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
