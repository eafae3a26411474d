"""Fit the weights of the verifier's doubts (`rag/answer/check/doubts.json`) on labelled drafts and on translations.

    python -m eval.fit_doubts ../shared/data            fit, and report what comes of each file of drafts, fitted on the others
    python -m eval.fit_doubts ../shared/data --write    the same, and write the weights

What a correct draft raises is no reason to refuse it, and neither is what a translation raises against the sentence that it
translates. Of a draft altered in the way that a code is for, the gravest doubt that the correct one did not raise is: which one
it is, the fit finds by turns (Andrews, Tsochantaridis and Hofmann 2002, multiple-instance learning). Translations are altered
here, by rule: a "not" put in or left out, some to all, may to must.

All weights are log odds, so one limit serves for all: that beyond which lies the gravest doubt of a small share of the correct
drafts, each weighed by a model fitted on other stories. The report leaves out one file of drafts after the other: weights and
limit come from the rest, and the file is tested on them.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, permutations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval.drafts import CASES, CORRECT, FILES, SEALED, archive_of, hit_of, load_drafts
from rag import Hit, Settings, load_embedder
from rag.answer.check import meaning, wording
from rag.answer.check.doubts import Doubt
from rag.answer.check.verify import case_of
from rag.embed.base import Embedder
from rag.types import Document, Passage

TARGET = Path(__file__).parent.parent / "rag" / "answer" / "check" / "doubts.json"
CODES = ("negation", "modality", "cause", "quantifier", "unsupported")
_SHARE = 0.08  # of the correct drafts, that may be refused
TRANSLATIONS = "translations"
_FOLDS = 6
_TURNS = 6
_COUNTED = 200  # altered drafts that each code counts for, so that the weights of all compare
_RIDGE = 3.0  # on standardised features, against the sum over examples
_TRANSLATED = 0.3  # what a translation counts beside a draft
_SENTENCES, _LONGEST = 160, 200  # how many sentences of the translations are taken, and of how many characters at most
_SAME = 0.03  # by how much the features of a doubt may move and it is the same
_NEVER = -9.0  # the weight of no doubt
_MARKS = re.compile(r"\s*\[\d+\]")

Array = NDArray[np.float64]

_EN_AUXILIARY = r"(is|was|are|were|has|have|had|will|would|can|could|may|might|must|should)"
# By language: what is put in place of what, once, to say otherwise.
_ALTERED: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    "en": {
        "negation": ((rf"\b{_EN_AUXILIARY}\b(?! not)", r"\1 not"), (rf"\b{_EN_AUXILIARY} not\b(?! only)", r"\1")),
        "quantifier": ((r"\b(some|many|most|several) (?!of|more|time|years|days|hours|\w+ive|\w+ous|\w+al)(?=[a-z])", "all "),),
        "modality": ((r"\b(may|might|could)\b(?! \d)", "must"),),
    },
    "ru": {
        "negation": (
            (r"(?<!не )\b([а-яё]{3,}(?:л|ла|ло|ли|лся|лась|лось|лись))\b", r"не \1"),
            (r"\bне (?!только|менее|более|раз)", ""),
        ),
        "quantifier": ((r"\b(некоторые|многие|большинство) ", "все "),),
        "modality": ((r"\bможет\b", "должен"), (r"\bмогут\b", "должны"), (r"\bдолжн[ыа]\b", "могут")),
    },
    "bg": {
        "negation": ((r"(?<!не )(?<!да )\b(са|е|бяха|беше|може|могат|има|имат)\b", r"не \1"), (r"\bне (?!само|по-)", "")),
        "quantifier": ((r"\b(някои|много|повечето) (?!по|от)(?=[а-я]{4,})", "всички "),),
        "modality": ((r"\bможе да\b", "трябва да"), (r"\bмогат да\b", "трябва да"), (r"\bтрябва да\b", "може да")),
    },
}


@dataclass(frozen=True, slots=True)
class Example:
    """A draft with what it raises. `of` is the correct one that an altered one was made from; `group` what it is cut off with.

    `part` is the file that it is of, or TRANSLATIONS.
    """

    id: str
    part: str
    group: str
    label: str
    of: str | None
    weight: float
    doubts: tuple[Doubt, ...]


def of_drafts(half: str) -> Iterator[Example]:
    """The labelled drafts of one file."""
    drafts = load_drafts(CASES / FILES[half])
    with archive_of(drafts) as archive:
        hits = {doc: hit_of(archive, doc) for doc in {passage.doc for draft in drafts for passage in draft.passages}}
        for draft in drafts:
            given = [hits[passage.doc] for passage in draft.passages]
            if draft.label in (CORRECT, *CODES) and set(draft.marks) <= set(range(1, len(given) + 1)):
                found = _doubts(_MARKS.sub("", draft.draft), draft.marks, given, archive.embedder, None)
                yield Example(draft.id, half, half + draft.passages[0].doc, draft.label, draft.of, 1.0, found)


def of_translations(folder: Path) -> Iterator[Example]:
    """Sentences beside their translations, in all directions, as they are and altered."""
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for line in (folder / "flores_passages.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts[row["pid"]][row["lang"]] = row["text"]
    chosen = sorted(pid for pid, each in texts.items() if max(map(len, each.values())) < _LONGEST)
    random.Random(11).shuffle(chosen)
    embedder = load_embedder(Settings())
    for pid in chosen[:_SENTENCES]:
        for mine, theirs in permutations(texts[pid], 2):
            base = f"{pid}-{mine}-{theirs}"
            given = [_hit(texts[pid][theirs], theirs, base)]
            for number, (label, text) in enumerate(_altered(texts[pid][mine], mine)):
                found = _doubts(text, (1,), given, embedder, mine)
                yield Example(f"{base}-{number}", TRANSLATIONS, pid, label, f"{base}-0" if number else None, _TRANSLATED, found)


def _altered(text: str, language: str) -> Iterator[tuple[str, str]]:
    """The text, then what becomes of it, each with its label."""
    yield CORRECT, text
    for label, rules in _ALTERED[language].items():
        for pattern, instead in rules:
            changed = re.sub(pattern, instead, text, count=1, flags=re.IGNORECASE)
            if changed != text:
                yield label, changed


def _hit(text: str, language: str, name: str) -> Hit:
    document = Document(name, text, source=name, sha256="0", language=language, outlet="Lamp", published=date(2027, 5, 5))
    return Hit(Passage(1, name, 0, 0, len(text), ((0, len(text)),)), document, 1.0, 1, None, (0, len(text)))


def _doubts(text: str, marks: Sequence[int], hits: Sequence[Hit], embedder: Embedder, language: str | None) -> tuple[Doubt, ...]:
    case = case_of(text.strip(), tuple(dict.fromkeys(marks)), hits, embedder, language)
    return () if case is None else (*wording.doubts(case), *meaning.doubts(case))


class Model:
    """A logistic model of the doubts of one code: of each kind a constant and a coefficient a feature."""

    def __init__(self, code: str, examples: Sequence[Example]) -> None:
        self.code = code
        raised = [doubt for example in examples for doubt in example.doubts if doubt.code == code]
        self.columns = sorted({(d.kind, name) for d in raised for name in (*d.features, "constant")})
        self._place = {column: i for i, column in enumerate(self.columns)}
        self.coefficients: Array = np.zeros(len(self.columns))
        self._fit(examples)

    def weight(self, example: Example) -> float:
        """The weight of the gravest doubt of the code."""
        raised = (doubt for doubt in example.doubts if doubt.code == self.code)
        return max((float(self._row(doubt) @ self.coefficients) for doubt in raised), default=_NEVER)

    def _row(self, doubt: Doubt) -> Array:
        row = np.zeros(len(self.columns))
        for name, value in chain(doubt.features.items(), [("constant", 1.0)]):
            if (doubt.kind, name) in self._place:
                row[self._place[doubt.kind, name]] = value
        return row

    def _fit(self, examples: Sequence[Example]) -> None:
        correct = {e.id: e for e in examples if e.label == CORRECT}
        groundless = [(self._row(d), e.weight) for e in correct.values() for d in e.doubts if d.code == self.code]
        drafts = sum(e.label == self.code and e.part != TRANSLATIONS for e in examples)
        share = _COUNTED / drafts if drafts else 1.0
        bags = [(self._new(e, correct.get(e.of or "")), share * e.weight) for e in examples if e.label == self.code]
        bags = [(bag, weight) for bag, weight in bags if len(bag)]
        chosen = [(row, weight / len(bag)) for bag, weight in bags for row in bag]
        for _ in range(_TURNS):
            both = [*groundless, *chosen]
            rows, weights = np.array([row for row, _ in both]), np.array([weight for _, weight in both])
            right = np.arange(len(both)) >= len(groundless)
            self.coefficients = _logistic(rows, right, weights, self._constants())
            chosen = [(bag[int((bag @ self.coefficients).argmax())], weight) for bag, weight in bags]

    def _constants(self) -> NDArray[np.bool_]:
        return np.array([name == "constant" for _, name in self.columns])

    def _new(self, example: Example, origin: Example | None) -> Array:
        """The doubts that the correct draft did not raise, a row each."""
        before: dict[tuple[str, str], list[Doubt]] = defaultdict(list)
        for doubt in origin.doubts if origin else ():
            before[doubt.kind, doubt.word].append(doubt)
        new = [
            self._row(doubt)
            for doubt in example.doubts
            if doubt.code == self.code and not any(_alike(doubt, other) for other in before[doubt.kind, doubt.word])
        ]
        return np.array(new).reshape(len(new), len(self.columns))


def _alike(one: Doubt, other: Doubt) -> bool:
    return all(abs(value - other.features.get(name, 0.0)) < _SAME for name, value in one.features.items())


def _logistic(rows: Array, right: NDArray[np.bool_], weights: Array, constants: NDArray[np.bool_]) -> Array:
    scale = np.maximum(rows.std(axis=0), 0.05)
    scaled, sign = rows / scale, np.where(right, 1.0, -1.0)
    ridge = np.where(constants, 0.1, 1.0) * _RIDGE

    def loss(w: Array) -> tuple[float, Array]:
        margin = sign * (scaled @ w)
        grade = -weights * sign / (1 + np.exp(np.clip(margin, -50, 50)))
        return float((weights * np.logaddexp(0, -margin)).sum() + (ridge * w * w).sum()), grade @ scaled + 2 * ridge * w

    return np.asarray(minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x / scale)


def fitted(examples: Sequence[Example]) -> list[Model]:
    """A model for each code that a doubt is raised for."""
    raised = {doubt.code for example in examples for doubt in example.doubts}
    return [Model(code, examples) for code in CODES if code in raised]


def limit(examples: Sequence[Example]) -> float:
    """The weight beyond which the gravest doubt of a share of the correct drafts lies, by models that have not seen its story."""
    groups = sorted({example.group for example in examples})
    random.Random(0).shuffle(groups)
    fold = {group: i % _FOLDS for i, group in enumerate(groups)}
    found: list[float] = []
    for turn in range(_FOLDS):
        models = fitted([e for e in examples if fold[e.group] != turn])
        tested = (e for e in examples if fold[e.group] == turn and e.label == CORRECT and e.part != TRANSLATIONS)
        found += [max(model.weight(e) for model in models) for e in tested]
    return float(np.quantile(found, 1 - _SHARE))


def report(examples: Sequence[Example]) -> Iterator[str]:
    """A line a file of drafts: what is refused in it by weights and a limit that come from the others."""
    for part in dict.fromkeys(e.part for e in examples if e.part != TRANSLATIONS):
        others = [e for e in examples if e.part != part]
        models, highest = fitted(others), limit(others)
        shares = []
        for label in (CORRECT, *CODES):
            tested = [e for e in examples if (e.part, e.label) == (part, label)]
            refused = sum(max(model.weight(e) for model in models) > highest for e in tested)
            shares.append(f"{label} {refused} of {len(tested)}")
        yield f"{part}, fitted on the others, refused: {', '.join(shares)}"


def fit(examples: Sequence[Example]) -> dict[str, Any]:
    """The limit, and the weights by kind of doubt."""
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for model in fitted(examples):
        for (kind, name), value in zip(model.columns, model.coefficients, strict=True):
            weights[kind][name] = round(float(value), 2)
    return {"limit": round(limit(examples), 2), "weights": weights}


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval.fit_doubts", description="Fit the weights of the verifier's doubts.")
    parser.add_argument("data", type=Path, help="the folder of public data, ../shared/data")
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args(argv)
    examples = [*chain.from_iterable(of_drafts(half) for half in FILES if half != SEALED), *of_translations(options.data)]
    for line in report(examples):
        sys.stdout.write(f"{line}\n")
    if options.write:
        TARGET.write_text(json.dumps(fit(examples), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
