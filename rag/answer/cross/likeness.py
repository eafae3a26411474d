"""How likely it is that what two reports answer is about one thing, so that a difference between them is one."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

import numpy as np

from rag.answer.cross.findings import Finding, siblings
from rag.answer.cross.statements import document_keys, report_stems
from rag.answer.cross.wanted import Wanted, listed

# Logistic regression on pairs of answers: of the labelled pairs to tune on, and of what reports of the sample corpus give to its
# questions. The second set is for embedders that tell no words apart. Fitted once; `tests/rag/test_crosscheck.py`
# holds the outcome.
_WITH_WORDS = {
    "cosine": 18.04, "match": 12.66, "fit": 0.73, "lead": 1.02, "what": 0.81, "words": 2.0, "names": 1.32, "date": -1.45,
    "person": -0.06, "constant": -20.85,
}  # fmt: skip
_VECTORS_ONLY = {
    "cosine": 24.58, "match": 0.0, "fit": 1.0, "lead": 1.11, "what": 0.28, "words": 1.95, "names": 2.22, "date": -1.9,
    "person": -0.36, "constant": -22.97,
}  # fmt: skip
_LIKELY = 0.7
NEEDED_CORRECTED = 0.2  # where the one report corrects the other's figure
_LIKELY_BARE = 0.75
_MOST_LEAD = 2.0
_STEM = 5
_LOOK_BACK = 200  # characters before a sentence in which the question's names still count


def likelihood(asked: Wanted, one: Sequence[Finding], other: Sequence[Finding]) -> float:
    """The estimated probability that two reports' answers, each its findings with the likeliest first, are of one thing.

    1.0 where there is nothing to tell by: for statements that no ranking has scored.
    """
    first, second = one[0].statement, other[0].statement
    if first.vector is None or second.vector is None:
        return 1.0
    weights = _WITH_WORDS if first.match or second.match else _VECTORS_ONLY
    return 1 / (1 + exp(-sum(weights.get(name, 0.0) * value for name, value in features(asked, one, other).items())))


def needed(asked: Wanted, x: Finding, y: Finding) -> float:
    """How likely it must be: more where little was recognised, a speaker or but a "not"."""
    bare = asked.about == "polarity" and x.row is None and y.row is None
    return _LIKELY_BARE if bare or asked.about == "attribution" else _LIKELY


def features(asked: Wanted, one: Sequence[Finding], other: Sequence[Finding]) -> dict[str, float]:
    """What speaks for it: how close the two sentences are in meaning, how well they match the question, how well the answers fit
    and lead before others of their reports, whether they count the same, and whether the question's words and names are there."""
    x, y = one[0], other[0]
    first, second = x.statement, y.statement
    assert first.vector is not None
    assert second.vector is not None
    return {
        "cosine": float(np.dot(first.vector, second.vector)),
        "match": min(first.match, second.match),
        "fit": max(-2.0, min(x.fit, y.fit, 3.0)),
        "lead": min(_lead(one), _lead(other), _MOST_LEAD),
        "what": _what(x, y),
        "words": min(_words(asked, x), _words(asked, y)),
        "names": min(_named(asked, x), _named(asked, y)),
        "near": min(_near(x), _near(y)),
        "story": _story(x, y),
        "date": float(asked.about == "date"),
        "person": float(asked.about in ("actor", "attribution")),
        "constant": 1.0,
    }


def _lead(found: Sequence[Finding]) -> float:
    """How far the report's answer fits better than the next that says something else."""
    best = found[0]
    parts = siblings(found) if best.value is not None else []
    others = (f.fit for f in found[1:] if not f.earlier and f not in parts and (f.said, f.positive) != (best.said, best.positive))
    return best.fit - max(others, default=best.fit - _MOST_LEAD)


def _what(x: Finding, y: Finding) -> float:
    if x.value is None or y.value is None or x.value.what is None or y.value.what is None:
        return 0.0
    if x.value.what == y.value.what:
        return float(listed(x.value.what))
    if listed(x.value.what) and listed(y.value.what):
        return -1.0
    return -0.5 if x.value.what[:3] == y.value.what[:3] else 0.0  # two nouns of one language


def _near(finding: Finding) -> float:
    return finding.statement.near(finding.start, max(finding.end, finding.start + 1)) or 0.0


def _story(x: Finding, y: Finding) -> float:
    """The share of the names of the report with fewer of them that the other has too."""
    here, there = (frozenset(key for key in f.report.keys if not key.isupper()) for f in (x, y))
    least = min(len(here), len(there))
    return len(here & there) / least if least else 0.0


def _named(asked: Wanted, finding: Finding) -> float:
    """The share of the question's names in the sentence or just before it; those further off in the report count half."""
    if not asked.names:
        return 0.5
    near = document_keys(finding.statement.before[-_LOOK_BACK:] + finding.statement.text)
    wanted = [document_keys(name.text) for name in asked.names]
    return sum(1.0 if not near.isdisjoint(keys) else 0.5 * (not finding.report.keys.isdisjoint(keys)) for keys in wanted) / len(
        wanted
    )


def _words(asked: Wanted, finding: Finding) -> float:
    """The share of the question's telling words in a report of its own language; half of them for one in another."""
    if not asked.lemmas or finding.statement.language != asked.language:
        return 0.5
    there = report_stems(finding.report.text, asked.language)
    return sum(lemma[:_STEM] in there for lemma in asked.lemmas) / len(asked.lemmas)
