"""Which of a report's figures is its answer, where it has several: the one that other reports answer with too.

A report tells many figures, and the words around them only half say which is asked for. What the reports have in common says the
rest: they answer with values of one kind, which count the same, and where two of them may agree they mostly do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import exp

from rag.answer.cross.findings import Finding
from rag.answer.cross.standing import standing
from rag.answer.cross.wanted import Wanted, listed
from rag.values.nouns import NOUNS

Answer = list[Finding]  # of one report, the likeliest first

_PLAUSIBLE = 3.0  # how far below a report's best value one of another kind may lie to be taken for its answer
_AGREEING = 2.5  # the same for one that another report answers with
_SEVERAL = 3  # reports
_DIFFER = 2  # reports that may differ
_BESIDE = 12  # characters between a time of day and its day
_PUNCTUATION = re.compile(r"[.;:()]")
_ALIKE = 0.5  # what it counts for a value that another report's answer counts the same


# Logistic regression of whether a report's likeliest value is its answer: right ones of labelled pairs and of the sample corpus,
# beside what reports of it give that have none. From a fifth on nearly all right ones are in, and nine of ten of those of other
# stories out.
_BY_FIT, _BY_MATCH, _CONSTANT = 0.55, 13.72, -5.28
_LIKELY = 0.02


def chosen(asked: Wanted, answers: Sequence[Answer]) -> list[Answer]:
    """The answers with the value first that goes with those of the other reports."""
    found = _of_one_kind(asked, [answer for answer in answers if answer])
    best = [answer[0] for answer in found]
    said = [_supported(asked, answer, [f for f in best if f.report is not answer[0].report]) for answer in found]
    return _by_the_clock(_of_the_befallen(asked, [answer for answer in said if _answers(answer[0])]))


def _by_the_clock(answers: Sequence[Answer]) -> list[Answer]:
    """Where all reports give one day, the time of day beside it that each gives: what they may differ in."""
    days = [answer[0] for answer in answers]
    times = [_time_beside(day) for day in days]
    if sum(time is not None for time in times) < _DIFFER or any(standing(days[0], day) != "same" for day in days):
        return list(answers)
    return [[time, *answer] for time, answer in zip(times, answers, strict=True) if time is not None]


def _time_beside(finding: Finding) -> Finding | None:
    """The time of day that stands with a day: "at 2.10am on Tuesday"."""
    day, statement = finding.value, finding.statement
    if day is None or day.kind != "date" or day.unit != "day":
        return None
    for value in statement.values:
        apart = statement.text[min(value.end, day.end) : max(value.start, day.start)]
        if value.kind == "time" and len(apart) <= _BESIDE and not _PUNCTUATION.search(apart):
            return replace(finding, said=value.text, start=value.start, end=value.end, value=value)
    return None


def _of_the_befallen(asked: Wanted, answers: Sequence[Answer]) -> list[Answer]:
    """Where it is asked whom something befell and most reports count those, the answers that do: who came to a vigil was not
    hurt."""
    counts = sum(_role(answer[0]) is not None for answer in answers)
    if not asked.roles or counts < _SEVERAL or counts * 3 < len(answers) * 2:
        return list(answers)
    return [answer for answer in answers if _role(answer[0]) is not None or _what(answer[0]) is None]


def _role(finding: Finding) -> str | None:
    noun = NOUNS.get(finding.value.what or "") if finding.value else None
    return noun.key if noun is not None and noun.kind == "role" else None


def _answers(finding: Finding) -> bool:
    """Whether a report's likeliest value is likely an answer at all, and not just a figure that it tells."""
    match = finding.statement.match
    return not match or 1 / (1 + exp(-(_BY_FIT * finding.fit + _BY_MATCH * match + _CONSTANT))) >= _LIKELY


def _of_one_kind(asked: Wanted, answers: Sequence[Answer]) -> list[Answer]:
    """The values of the kind first that most reports have an answer of, where the question leaves the kind open."""
    if len(asked.kinds) < 2:
        return [list(answer) for answer in answers]
    tally: dict[str, tuple[int, float]] = {}
    for answer in answers:
        seen = set()
        for finding in answer:
            sort = _sort(asked, finding)
            if sort not in seen and not finding.earlier and answer[0].fit - finding.fit <= _PLAUSIBLE:
                seen.add(sort)
                count, fit = tally.get(sort, (0, 0.0))
                tally[sort] = (count + 1, fit + finding.fit)
    if not tally:
        return [list(answer) for answer in answers]
    sort = max(tally, key=lambda s: tally[s])
    return [sorted(answer, key=lambda f: (not _of_sort(asked, f, answer[0], sort), f.earlier, -f.fit)) for answer in answers]


def _of_sort(asked: Wanted, finding: Finding, best: Finding, sort: str) -> bool:
    return not finding.earlier and best.fit - finding.fit <= _PLAUSIBLE and _sort(asked, finding) == sort


def _sort(asked: Wanted, finding: Finding) -> str:
    """The kind of a value; ages are spans of years too, and prices in currencies that are not listed numbers."""
    assert finding.value is not None
    kind = finding.value.kind
    if "age" in asked.kinds and kind in ("age", "duration"):
        return "age"
    return "money" if asked.kinds[0] == "money" and kind == "number" else kind


def _supported(asked: Wanted, answer: Answer, others: Sequence[Finding]) -> Answer:
    """The answer with the value first that speaks for itself most, and for which others do."""

    def support(finding: Finding) -> float:
        if finding.earlier or _sort(asked, finding) != _sort(asked, answer[0]) or answer[0].fit - finding.fit > _AGREEING:
            return 0.0
        alike = _ALIKE * any(_what(finding) is not None and _what(finding) == _what(other) for other in others)
        agrees = not finding.told_of_change and any(_agree(finding, other) for other in others)
        return alike + _AGREEING * agrees

    sort = _sort(asked, answer[0])
    first = max((f for f in answer if _sort(asked, f) == sort), key=lambda f: (not f.earlier, f.fit + support(f)))
    return [first, *(finding for finding in answer if finding is not first)]


def _agree(one: Finding, other: Finding) -> bool:
    """Whether two values are the same; a year and a day of it are not yet."""
    if one.value is None or other.value is None or (one.value.kind == "date" and one.value.unit != other.value.unit):
        return False
    return standing(one, other) == "same"


def _what(finding: Finding) -> str | None:
    what = finding.value.what if finding.value else None
    return what if listed(what) else None
