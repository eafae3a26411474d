"""How likely it is that what two reports answer is about one thing, so that a difference between them is one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import exp, log, log2

import numpy as np

from rag.answer.cross import changes
from rag.answer.cross.findings import Finding, siblings, tells_the_event
from rag.answer.cross.matter import telling_names
from rag.answer.cross.statements import Report, document_keys, report_stems
from rag.answer.cross.wanted import Wanted, listed
from rag.text.normalise import fold_word

# From which probability on the answers of two reports are of one thing, with an embedder that tells words apart and with one that
# does not; and how much more is needed each time the answers double: of many that are compared the more differ for being of
# another thing. For two alone the pairs of `eval/cases` decide (.35: precision .95, recall .91; from .5 on recall falls to .87),
# for many the cases over the sample articles.
_LIKELY_BY_WORDS, _LIKELY = 0.4, 0.7
_MORE_COMPARED, _MOST_NEEDED = 0.2, 0.8
NEEDED_CORRECTED = 0.2  # where the one report corrects the other's figure
_MORE_BARE = 0.03  # how much more likely it must be where little was recognised
_MOST_LEAD = 2.0
_WIDE = 0.35  # how unlike two reports may be in a word of the question that they tell in other words
_STEM = 5
_MOST_SHARED, _MOST_BEHIND, _LONG = 4, 10.0, 120
_BY_FIT, _BY_MATCH, _NO_ANSWER = 0.55, 13.72, -5.28
_LOOK_BACK = 200  # characters before a sentence in which the question's names still count


@cache
def _weights() -> dict[str, dict[str, float]]:
    """Logistic regression, by kind of embedder; `eval/fit_likeness.py` fits those of embedders that tell words apart."""
    loaded: dict[str, dict[str, float]] = json.loads(files(__package__).joinpath("likeness.json").read_text(encoding="utf-8"))
    return loaded


def likelihood(asked: Wanted, one: Sequence[Finding], other: Sequence[Finding], *, changed: bool = False) -> float:
    """The estimated probability that two reports' answers, each its findings with the likeliest first, are of one thing.

    `changed` says that the later report itself tells of a change: then the days between them speak against nothing.
    1.0 where there is nothing to tell by: for statements that no ranking has scored.
    """
    first, second = one[0].statement, other[0].statement
    if first.vector is None or second.vector is None:
        return 1.0
    found = features(asked, one, other) | ({"apart": 0.0} if changed else {})
    if found["stranger"] and found["elsewhere"]:
        return 0.0  # of another place or person: in the question's own language it would have named this one
    weights = _weights()["with_words" if _tells_words(one[0], other[0]) else "vectors_only"]
    return 1 / (1 + exp(-sum(weights.get(name, 0.0) * value for name, value in found.items())))


def needed(asked: Wanted, x: Finding, y: Finding, *, among: int = 2) -> float:
    """How likely it must be, `among` so many reports with an answer: more where there are many, of which the more are of other
    matters, and where little was recognised, a speaker or but a "not"."""
    bare = asked.about == "polarity" and x.row is None and y.row is None
    least = _LIKELY_BY_WORDS if _tells_words(x, y) else _LIKELY
    least = max(least, min(_MOST_NEEDED, least + _MORE_COMPARED * log2(max(2, among) / 2)))
    return least + _MORE_BARE * (bare or (asked.about == "attribution" and not x.phrase))


def _tells_words(x: Finding, y: Finding) -> bool:
    return bool(x.statement.match or y.statement.match)


def features(asked: Wanted, one: Sequence[Finding], other: Sequence[Finding]) -> dict[str, float]:
    """What speaks for it: how close the two sentences are in meaning, how well they match the question, how well the answers fit
    and lead before others of their reports, whether they count the same, and whether the question's words and names are there."""
    x, y = one[0], other[0]
    first, second = x.statement, y.statement
    assert first.vector is not None
    assert second.vector is not None
    weak, gap = _matter(asked, x, y)
    missing = min(2, max(len(x.report.missing), len(y.report.missing)))
    shared = min(_MOST_SHARED, _shared(x.report, y.report))
    return {
        "cosine": float(np.dot(first.vector, second.vector)),
        "match": min(first.match, second.match),
        "fit": max(-2.0, min(x.fit, y.fit, 3.0)),
        "lead": min(_lead(one), _lead(other), _MOST_LEAD),
        "what": _what(x, y),
        "words": min(_words(asked, x), _words(asked, y)),
        "names": min(_named(asked, x), _named(asked, y)),
        "weak": weak,
        "gap": gap if first.language == second.language else 0.0,
        "other": float(first.language != second.language),
        "date": float(asked.about == "date"),
        "person": float(asked.about in ("actor", "attribution")),
        "missing": float(missing),
        "shared": float(shared),
        "apart": _apart(x, y),
        "behind": min(_MOST_BEHIND, abs(x.report.score - y.report.score)) / _MOST_BEHIND,
        "polarity": float(asked.about == "polarity"),
        "best": max(answered(x), answered(y)),
        "stranger": float(missing > 0 and shared == 0),
        "elsewhere": float(any(f.report.missing and f.report.language == asked.language for f in (x, y))),
        "wide": max(0.0, gap - _WIDE) if first.language == second.language else 0.0,
        "event": min(tells_the_event(asked, f.statement, f.start, f.end) for f in (x, y)),
        "constant": 1.0,
    }


def answered(finding: Finding) -> float:
    """How likely a report's answer is one at all, and not just a figure that it tells: the log of the odds, of -4 to 4."""
    match = finding.statement.match
    if not match or finding.value is None:
        return 0.0
    return max(-4.0, min(4.0, _BY_FIT * finding.fit + _BY_MATCH * match + _NO_ANSWER))


def _shared(one: Report, other: Report) -> int:
    """How many names two reports have in common, those that tell much."""
    return len(telling_names(one) & telling_names(other))


def _apart(x: Finding, y: Finding) -> float:
    """The log of the days between two reports, of 0 to 1: from the same day to a third of a year and more. Half at most where the
    later one tells of a change, which takes its time."""
    if x.report.reported is None or y.report.reported is None:
        return 0.3
    days = (x.report.reported - y.report.reported).days
    later = x if days > 0 else y
    changed = days != 0 and (later.told_of_change or changes.corrects(later.statement.text))
    return min(0.5 if changed else 1.0, log(1 + abs(days)) / log(1 + _LONG))


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


def _matter(asked: Wanted, x: Finding, y: Finding) -> tuple[float, float]:
    """How well both reports have the two words of the question that they have worst, and how unlike they are in one of them: a
    pool that reopens is no museum that does. Names are left out of account."""
    here, there = x.report.has, y.report.has
    named = {fold_word(word) for name in asked.names for word in name.text.split()}
    terms = [term for term in here if term in there and term not in named]
    if not terms:
        return 0.0, 0.0
    both = sorted(min(here[term], there[term]) for term in terms)[:2]
    return sum(both) / len(both), max(abs(here[term] - there[term]) for term in terms)


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
