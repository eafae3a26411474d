"""Fit the weights of ranking (`rag/index/ranking.json`) on a public question set.

    python -m eval.fit ../shared/data --name xquad            fit on all titles, and report by cross-validation
    python -m eval.fit ../shared/data --name xquad --write    the same, and write the weights

Three linear models over the features of `rag.index.evidence`, each question asked in each direction of languages:

- passages: the right passage against all other candidates, by softmax (listwise; Cao et al. 2007, ListNet with one relevant)
- sentences: the sentences that hold the answer against all others, likewise
- confidence: logistic regression of "the right passage is among the candidates", each question once with it and once without

Two halves of the articles take turns: what is reported of a question comes from weights fitted on other articles. The weights
that are written are fitted on all.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval import metrics
from eval.cases import Case
from eval.datasets import Dataset, load_dataset
from rag import Archive, Query
from rag.index.codec import Vectors
from rag.index.evidence import PASSAGE_FEATURES, SENTENCE_FEATURES, Asked, Evidence, gather
from rag.index.rank import CONFIDENCE_FEATURES, Found, confidence_features
from rag.index.store import Stored

TARGET = Path(__file__).parent.parent / "rag" / "index" / "ranking.json"

_RIDGE = 1e-3  # of the listwise models, on standardised features
_CONFIDENCE_RIDGE = 1e-2
# Of the questions that the archive answers, this share is to be answered at the shipped threshold.
_ANSWERED = 0.94
_WORD_FEATURES = ("words", "weakest", "own_words", "own_weakest", "window_words", "so_far_words", "decides")

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One question in one direction: the evidence, and which passages and sentences are right."""

    asked: Asked
    evidence: Evidence
    right: NDArray[np.bool_]
    of_right_document: NDArray[np.bool_]
    answers: NDArray[np.bool_]
    group: str
    direction: str

    def without_right(self) -> Example:
        """The same question where the archive lacks the right documents."""
        return self._of(~self.of_right_document)

    def in_one_language(self) -> Iterator[Example]:
        """The same question where only its own language has the right document (twice), and where only others have it.

        What answers a question is seldom there in every language, and what is near it is. Without these, nothing would tell by
        how much a passage of the question's own language has to be ahead: of those that only another language has .72 would come
        first, instead of .86, and of its own .965 instead of .945. Twice, because most are answered in their own language.
        """
        own = self.evidence.passages[:, PASSAGE_FEATURES.index("same_language")] > 0
        asked = self.direction.partition("-")[0]
        for name, kept in (("own", own), ("own", own), ("other", ~own)):
            yield replace(self._of(kept | ~self.of_right_document), direction=f"{asked}-{name}")

    def _of(self, wanted: NDArray[np.bool_]) -> Example:
        """With these candidates alone."""
        kept = np.flatnonzero(wanted)
        starts = self.evidence.starts
        rows = np.concatenate([np.arange(starts[i], starts[i + 1]) for i in kept])
        counts = np.diff(starts)[kept]
        evidence = Evidence(
            self.evidence.passages[kept],
            self.evidence.sentences[rows],
            np.concatenate(([0], np.cumsum(counts))),
            self.evidence.shares[rows],
            tuple(self.evidence.vectors[i] for i in kept),
            self.evidence.holds[kept],
        )
        return replace(
            self,
            evidence=evidence,
            right=self.right[kept],
            of_right_document=self.of_right_document[kept],
            answers=self.answers[rows],
        )


def examples(archive: Archive, dataset: Dataset) -> list[Example]:
    """Every question in every direction, and unfiltered: with all that is right, and with what one language has of it."""
    languages = sorted(set(dataset.languages.values()))
    made = []
    vectors: dict[int, Vectors] = {}  # one copy for all the questions that find a passage
    for case in dataset.cases:
        for wanted in (*((language,) for language in languages), ()):
            asked, found = archive.candidates(Query(case.question, languages=wanted))
            example = _example(case, asked, found, f"{case.language}-{wanted[0] if wanted else 'any'}")
            shared = tuple(vectors.setdefault(where.passage_id, stored.sentence_vectors) for where, stored in found)
            example = replace(example, evidence=replace(example.evidence, vectors=shared))
            made += [example, *(() if wanted else example.in_one_language())]
    return made


def _example(case: Case, asked: Asked, found: Sequence[tuple[Found, Stored]], direction: str) -> Example:
    texts = {stored.document.id: stored.document.text for _, stored in found}
    gold = {place for g in case.gold if g.doc in texts and (place := g.place(texts[g.doc]))}
    holds = [
        [any(doc == stored.document.id and start <= at < end for doc, at, _ in gold) for start, end in stored.passage.sentences]
        for _, stored in found
    ]
    right = np.array([any(sentences) for sentences in holds])
    answers = np.array([holding for sentences in holds for holding in sentences])
    documents = {doc for doc, _, _ in gold}
    of_right = np.array([stored.document.id in documents for _, stored in found])
    evidence = gather(asked, [stored for _, stored in found])
    return Example(asked, evidence, right, of_right, answers, case.group, direction)


# ---- models


def listwise(lists: Sequence[tuple[Array, NDArray[np.bool_]]], keep: NDArray[np.bool_]) -> Array:
    """Weights w that put the right rows of each list first: minimises -log of their softmax share, plus a ridge."""
    lists = [(rows, right) for rows, right in lists if right.any() and not right.all()]
    everything = np.concatenate([rows for rows, _ in lists])
    scale = everything.std(axis=0)
    keep = keep & (scale > 1e-9)
    scale = scale[keep]
    rows = everything[:, keep] / scale
    right = np.concatenate([right for _, right in lists])
    begins = np.concatenate(([0], np.cumsum([len(r) for _, r in lists])))[:-1]
    owner = np.repeat(np.arange(len(lists)), [len(r) for _, r in lists])

    def loss(w: Array) -> tuple[float, Array]:
        scores = rows @ w
        powers = np.exp(scores - np.maximum.reduceat(scores, begins)[owner])
        total = np.add.reduceat(powers, begins)
        of_right = np.add.reduceat(powers * right, begins)
        pull = powers / total[owner] - powers * right / of_right[owner]
        return float(-np.log(of_right / total).mean() + _RIDGE * w @ w), rows.T @ pull / len(lists) + 2 * _RIDGE * w

    found = minimize(loss, np.zeros(int(keep.sum())), jac=True, method="L-BFGS-B")
    weights = np.zeros(len(keep))
    weights[keep] = found.x / scale
    return weights


def logistic(rows: Array, outcome: Array) -> Array:
    """Weights and, last, the constant, of a logistic regression with a ridge on standardised features."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    keep = scale > 1e-9
    x = (rows[:, keep] - mean[keep]) / scale[keep]

    def loss(w: Array) -> tuple[float, Array]:
        z = x @ w[:-1] + w[-1]
        p = 1 / (1 + np.exp(-z))
        value = np.logaddexp(0, np.where(outcome > 0, -z, z)).mean() + _CONFIDENCE_RIDGE * w[:-1] @ w[:-1]
        return float(value), np.append(x.T @ (p - outcome) / len(x) + 2 * _CONFIDENCE_RIDGE * w[:-1], (p - outcome).mean())

    found = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B").x
    weights = np.zeros(len(mean) + 1)
    weights[:-1][keep] = found[:-1] / scale[keep]
    weights[-1] = found[-1] - (weights[:-1] * mean).sum()
    return weights


@dataclass(frozen=True, slots=True)
class Model:
    """The three fitted models: weights in the order of the features."""

    passage: Array
    sentence: Array
    confidence: Array

    def scores(self, example: Example) -> tuple[Array, Array]:
        return example.evidence.passages @ self.passage, example.evidence.sentences @ self.sentence

    def row(self, example: Example) -> Array:
        values = confidence_features(example.asked, example.evidence, self.scores(example)[1])
        return np.array([values[name] for name in CONFIDENCE_FEATURES])

    def probability(self, example: Example) -> float:
        return float(1 / (1 + np.exp(-(self.row(example) @ self.confidence[:-1] + self.confidence[-1]))))

    def to_dict(self) -> dict[str, dict[str, float]]:
        orders = (
            ("passage", PASSAGE_FEATURES),
            ("sentence", SENTENCE_FEATURES),
            ("confidence", (*CONFIDENCE_FEATURES, "constant")),
        )
        return {
            name: {key: float(f"{value:.5g}") for key, value in zip(order, getattr(self, name), strict=True) if value}
            for name, order in orders
        }


def fit(made: Sequence[Example], *, words: bool) -> Model:
    """The models fitted on `made`; without `words`, no weight on what late interaction tells."""
    kept = {
        order: np.array([words or name not in _WORD_FEATURES for name in order])
        for order in (PASSAGE_FEATURES, SENTENCE_FEATURES)
    }
    passage = listwise([(e.evidence.passages, e.right) for e in made], kept[PASSAGE_FEATURES])
    sentence = listwise([(e.evidence.sentences, e.answers) for e in made], kept[SENTENCE_FEATURES])
    model = Model(passage, sentence, np.zeros(len(CONFIDENCE_FEATURES) + 1))
    both = [(e, 1.0) for e in made if e.right.any()] + [(e.without_right(), 0.0) for e in made]
    rows = np.array([model.row(e) for e, _ in both])
    if not words:
        rows[:, [CONFIDENCE_FEATURES.index(f"top_{name}") for name in _WORD_FEATURES]] = 0.0
    return replace(model, confidence=logistic(rows, np.array([outcome for _, outcome in both])))


# ---- report


def cross_validated(made: Sequence[Example], *, words: bool) -> list[tuple[Example, Model]]:
    """Each example with a model that was fitted on other articles."""
    groups = sorted({e.group for e in made})
    folds = [set(groups[0::2]), set(groups[1::2])]
    found = []
    for held_out in folds:
        model = fit([e for e in made if e.group not in held_out], words=words)
        found += [(e, model) for e in made if e.group in held_out]
    return found


def report(judged: Sequence[tuple[Example, Model]], show: Callable[[str], None]) -> float:
    """Print the figures by direction; returns the confidence that the wanted share of answerable questions reaches."""
    show("direction   passage@1  @10   sentence@1  @3    AUROC   ECE")
    sure: dict[bool, list[float]] = {True: [], False: []}
    for direction in sorted({e.direction for e, _ in judged}):
        rows = [(e, m) for e, m in judged if e.direction == direction]
        ranks, places, there, gone = [], [], [], []
        for example, model in rows:
            passages, sentences = model.scores(example)
            ranks.append(_place(passages, example.of_right_document))
            places.append(_place(sentences, example.answers))
            there.append(model.probability(example))
            gone.append(model.probability(example.without_right()))
        ece = metrics.expected_calibration_error([*there, *gone], [1.0] * len(there) + [0.0] * len(gone))
        figures = [np.mean([r < k for r in ranks]) for k in (1, 10)] + [np.mean([p < k for p in places]) for k in (1, 3)]
        show(f"{direction:10} " + "  ".join(f"{f:.3f}" for f in (*figures, metrics.auroc(there, gone), ece)))
        asked, wanted = direction.split("-")
        if asked == wanted:  # filtered by its own language
            sure[True] += there
            sure[False] += gone
    threshold = float(np.quantile(sure[True], 1 - _ANSWERED))
    answered, declined = np.mean(np.array(sure[True]) >= threshold), np.mean(np.array(sure[False]) < threshold)
    show(f"same language, from {threshold:.3f}: {answered:.3f} of the answerable answered, {declined:.3f} of the others declined")
    return threshold


def _place(scores: Array, right: NDArray[np.bool_]) -> int:
    if not right.any():
        return len(scores)
    return int((scores > scores[right].max()).sum())


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--name")
    parser.add_argument("--write", action="store_true", help=f"write the weights to {TARGET.name}")
    options = parser.parse_args(argv)
    dataset = load_dataset(options.data, name=options.name)
    with tempfile.TemporaryDirectory() as folder, Archive.create(Path(folder) / "archive") as archive:
        archive.index([dataset.write_records(Path(folder) / "records.jsonl")])
        made = examples(archive, dataset)
    written: dict[str, Any] = {}
    for key, words in (("vectors_only", False), ("with_words", True)):
        print(key)
        written["answered_from"] = round(report(cross_validated(made, words=words), print), 3)
        written[key] = fit(made, words=words).to_dict()
    if options.write:
        TARGET.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
