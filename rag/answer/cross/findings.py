"""What each report answers to a question: the value, the day, the yes or no, or the name that it gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

from rag.answer import scope
from rag.answer.cross import changes
from rag.answer.cross.counts import LOOK_BACK, counts, own_part
from rag.answer.cross.statements import Report, Statement, document_keys, overlap
from rag.answer.cross.wanted import Wanted
from rag.answer.polarity import states
from rag.values import Value

_DIVIDED = frozenset(("duration",))  # what reports divide among the company it was spent in
_SIBLING = 6.0  # how far below the best value of a report another of it may lie to be told beside it
NEAR = 6.0  # what it counts how near to the value the sentence speaks of what is asked
_SOON = 30  # characters within which the second value of "from 3 to 6" stands
_LAG = 0.4  # what a point of the ranking's score is worth beside a shared word
_MAX_LAG = 3.0

# A figure of those who came on top: "three more bodies", "another 12".
_MORE_BEFORE = re.compile(r"\b(?:another|a further|an additional|еще|ещё|дополнительно|още|допълнително|нови)\s*$", re.IGNORECASE)
_MORE_WITHIN = re.compile(
    r"^(?:още|еще|ещё|another)\b|\b(?:more|further|additional|другие|других|други|друга)\b(?! than)", re.IGNORECASE
)
# A figure of some of those who are counted: "among the injured there are two", "four of them".
_SOME_BEFORE = re.compile(
    r"\b(?:among|including|of (?:them|whom)|среди|из них|в том числе|включая|сред|от тях|включително|между)\b[^.;]*$",
    re.IGNORECASE,
)
# Some of those who are counted, told behind the figure: "two women who were among the injured".
_AMONG_AFTER = re.compile(
    r"^[^.;:]{0,40}\b(?:among|amongst|сред|среди)\s+(?:the\s+)?"
    r"(?:injured|wounded|victims|casualties|dead|those|ранен\w+|пострадавш\w+|погибш\w+|жертв\w*|пострадал\w+|загинал\w+)",
    re.IGNORECASE,
)
_SOME_ASKED = re.compile(
    r"\b(?:among|amongst|of (?:the|them|those)|среди|из|сред|от (?:тях|\w+(?:ите|ата|ия|ът)))\b", re.IGNORECASE
)
_SOME_WITHIN = re.compile(r"\bof (?:them|the|those|whom)\b", re.IGNORECASE)
_SOME_AFTER = re.compile(
    r"^\s*(?:of (?:them|the|those|whom)|из (?:них|которых)|от (?:тях|ранените|загиналите|пострадалите|жертвите)|among them)\b",
    re.IGNORECASE,
)
_DAY_ASKED = {"day": 1.0, "week": 0.0, "month": 0.5, "season": -0.5, "year": -1.5}
_YEAR_ASKED = {"year": 1.0, "month": 0.5, "season": 0.0, "day": -0.5, "week": -1.5}
_UPRIGHT = re.compile(
    r"\b(?:up|high|height|altitude|above|deep|depth|tall|elevation|высот\w+|выше|глубин\w+|вышин\w+|над уровнем|височин\w+"
    r"|дълбоч\w+|надморск\w+|висок\w*)\b",
    re.IGNORECASE,
)
_ALONG = re.compile(
    r"\b(?:from|away|along|distance|wide|long|от|расстояни\w+|вдоль|в сторону|разстояни\w+|по протежение|далеч)\b", re.IGNORECASE
)
_IN_ALL = re.compile(
    r"\b(?:in all|in total|altogether|overall|a total of|всего|в общей сложности|итого|общо|всичко)\b", re.IGNORECASE
)
_EACH = re.compile(
    r"\b(?:each|apiece|per (?:person|family|side|day)|с каждой|на каждого|каждому|от всяка|на всеки|всекиму)\b", re.IGNORECASE
)
_UNSURE = 2.0  # how much less fits a figure of another time, of those who came on top, or out of so many
_PART_OF_IT = 4.0  # ... and one of some of those asked for: two women among the injured
_EVENT = 1.5  # what it counts that a date stands with the event that is asked about
_ASIDE = 4.0  # how much less fits a day that is that of who says it
# The end of something that goes on, and a question after one.
_UNTIL = re.compile(r"\b(?:until|till|up to|до|по)(?:\s+(?:the|at least|края на|конца))?\s*$", re.IGNORECASE)
_UNTIL_ASKED = re.compile(
    r"\b(?:until|till|how long|до|докога|end\w*|expir\w*|конч\w*|заверш\w*|свърш\w*|приключ\w*)\b", re.IGNORECASE
)
_QUOTED_NAME = re.compile(r"[«„“\"][A-ZА-ЯЁ][^«»„“”\".,;!?]{1,40}[»“”\"]")
_CAPITAL_AFTER = re.compile(r"\w+[ \u00a0-][A-ZА-ЯЁ]")
_OPENING = 20  # characters at the beginning of a sentence in which the day of the report stands: "On Thursday, the mayor said"
_NEXT = 3  # characters between a sentence and the next
# The day of an earlier report is nobody's event.
_OF_REPORT = re.compile(
    r"\b(?:report|story|article|edition|issue|correction|заметк\w+|стать\w+|материал\w*|публикаци\w*|сообщени\w+|бро[яй]\w*"
    r"|статия\w*|съобщени\w+)\s+(?:of|from|on|от|за)\s*$",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"^\W*(?:\w+\W+){0,2}?(?:we (?:wrote|reported)|мы (?:писали|сообщали)|написахме|писахме|съобщихме)\b", re.IGNORECASE
)
_OUT_OF = re.compile(r"\D{0,25}?\b(?:из|out of|of|от общо|от)\s*(?:the\s*)?", re.IGNORECASE)  # 389 of 640


@dataclass(frozen=True, slots=True)
class Finding:
    """What a statement answers. `said` are its words, `start` and `end` where they stand in the statement.

    `value` is set for numbers and days, `positive` and `row` (of the states) for yes and no, `name` for who, and for why and
    where: then `phrase` or `place` is set too. `earlier` marks a value that the report itself gives as one that held before, or
    denies, `part` one of some only of those whom the question counts.
    """

    report: Report = field(repr=False)
    statement: Statement
    said: str
    start: int
    end: int
    fit: float
    value: Value | None = None
    positive: bool | None = None
    row: int | None = None
    name: str | None = None
    earlier: bool = False
    part: bool = False
    phrase: bool = False
    place: bool = False

    @property
    def clause(self) -> str:
        return self.statement.clause(self.start, self.end)

    @property
    def marks(self) -> scope.Marks:
        """The scope words of the value: those of its clause, and of its sentence what the clause says nothing of. Of the words
        between two figures of one kind, those on its own side."""
        if self.value is None:
            return {}
        text = self.statement.text
        low, high = own_part(self.statement, self.value)
        clause = self.clause
        begin = max(text.rfind(clause, 0, self.start + 1), 0)
        near = scope.marks(text[max(low, begin) : min(high, begin + len(clause))])
        return {k: v for k, v in scope.marks(text[low:high]).items() if k in scope.FAR_REACHING} | near

    @property
    def told_of_change(self) -> bool:
        """Whether its clause says that something is no longer as it was: "has risen to 21"."""
        return changes.changes(self.clause)


def amounts(asked: Wanted, report: Report) -> list[Finding]:
    """The values of the report that may answer, likeliest first."""
    found = []
    for statement in report.statements:
        for value in statement.values:
            if (value.low is None and value.kind != "date") or _in_a_name(statement.text, value) or _of_speaker(statement, value):
                continue
            fit = _fit(asked, report, statement, value)
            if fit is not None:
                found.append(_finding(asked, report, statement, value, fit))
    return sorted(map(partial(_in_its_place, found), found), key=lambda f: (f.earlier, -f.fit))


def _in_its_place(found: Sequence[Finding], finding: Finding) -> Finding:
    """A value with the fit of one that it takes the place of: "planned for 3 May, was put off to the 10th" in its sentence, or in
    the sentence before: "We reported that 15 were hurt. The correct number is 14."."""
    if finding.earlier or finding.value is None:
        return finding
    left = [
        f.fit
        for f in found
        if f.earlier and f.value and f.value.kind == finding.value.kind and _takes_place(finding, f.statement)
    ]
    return replace(finding, fit=max(finding.fit, *left)) if left else finding


def _takes_place(finding: Finding, earlier: Statement) -> bool:
    if finding.statement is earlier:
        return finding.told_of_change
    follows = 0 <= finding.statement.citation.start - earlier.citation.end <= _NEXT
    return follows and changes.corrects(finding.statement.text)


def _in_a_name(text: str, value: Value) -> bool:
    """Whether a number word is part of a name: «Семь бухт», Seven Bays."""
    if value.kind != "number" or text[value.start].isdigit():
        return False
    if any(m.start() < value.start and value.end <= m.end() for m in _QUOTED_NAME.finditer(text)):
        return True
    return value.start > 0 and text[value.start].isupper() and _CAPITAL_AFTER.match(text, value.start) is not None


def _of_speaker(statement: Statement, value: Value) -> bool:
    """Whether a number counts those who say it: "two parents said"."""
    said = statement.attributed()
    if said is None or statement.document is None or value.kind != "number":
        return False
    at = statement.citation.start
    return said.start <= at + value.start and at + value.end <= said.end


def _finding(asked: Wanted, report: Report, statement: Statement, value: Value, fit: float) -> Finding:
    clause = statement.clause(value.start, value.end)
    low = statement.text.rfind(clause, 0, value.start + 1)
    before = statement.text[max(low, 0) : value.start]
    held = changes.held_before(before, _until_like(statement, value))
    earlier = _past_day(statement, value, before, held=held) if value.kind == "date" else held
    around = statement.before[-LOOK_BACK:] + statement.text + statement.after[:LOOK_BACK]
    earlier = earlier or changes.wrongly_reported(statement.text[: value.start], around)
    after = statement.text[value.end :]
    some = value.kind == "number" and bool(
        _SOME_BEFORE.search(before) or _SOME_AFTER.match(after) or _SOME_WITHIN.search(value.text) or _AMONG_AFTER.match(after)
    )
    more = _MORE_BEFORE.search(before) is not None or (value.hedge == "exact" and _MORE_WITHIN.search(value.text) is not None)
    if (changes.of_another_time(clause) or _out_of(statement, value) or some or more) and not earlier:
        fit -= _PART_OF_IT if some and value.what != asked.what else _UNSURE
    part = some and not _SOME_ASKED.search(asked.text)
    return Finding(report, statement, value.text, value.start, value.end, fit, value=value, earlier=earlier, part=part)


def _out_of(statement: Statement, value: Value) -> bool:
    """Whether a number is that of all of whom another figure counts some: "six of the 40 samples"."""
    numbers = (v for v in statement.values if v.kind == value.kind == "number" and v.end <= value.start)
    return any(_OUT_OF.fullmatch(statement.text, v.end, value.start) for v in numbers)


def _past_day(statement: Statement, value: Value, before: str, *, held: bool) -> bool:
    """Whether a day is denied, or was the day before it was changed for another that the sentence gives."""
    if changes.denied_before(before) or (held and changes.changes(statement.clause(value.start, value.end))):
        return True
    others = any(v.kind == "date" and v.start > value.start for v in statement.values)
    moved = (others and changes.changes(statement.text)) or changes.once(statement.text[: value.start])
    return moved and changes.meant_before(statement.text[: value.start])


def _until_like(statement: Statement, value: Value) -> str:
    """The words from a value to the next of its kind ("from 3 to 6"); none where no other follows soon."""
    following = (v.start for v in statement.values if v.start >= value.end and v.kind == value.kind)
    start = min(following, default=None)
    return "" if start is None or start - value.end > _SOON else statement.text[value.end : start]


def _fit(asked: Wanted, report: Report, statement: Statement, value: Value) -> float | None:
    """How well a value answers; None where it does not at all."""
    kind = value.kind
    bare_age = kind == "number" and asked.kinds[0] == "age" and value.what is None
    if kind not in asked.kinds and not bare_age:
        return None
    fit = -1.0 if bare_age else -min(1.0 * asked.kinds.index(kind), 1.5)
    if kind == "number" and not bare_age:
        counted = counts(asked, statement, value)
        if counted is None:
            return None
        fit += counted
    if kind == "date":
        if value.low is None or any(d.low == value.low and d.high == value.high for d in asked.dates):
            return None
        if of_report(statement, value):
            return None
        if _UNTIL.search(statement.text[: value.start]) and not _UNTIL_ASKED.search(asked.text):
            return None
        if asked.year and value.resolved and value.unit in ("day", "week"):
            return None
        fit -= _ASIDE * (not asked.year and value.resolved and value.unit == "year")  # "this year" hardly says when
        by_unit = _YEAR_ASKED if asked.year else _DAY_ASKED
        fit += by_unit.get(value.unit, -1.0)
        fit += _of_event(statement, value) + _EVENT * tells_the_event(asked, statement, value.start, value.end)
    clause = statement.clause(value.start, value.end)
    around = clause.replace(statement.text[value.start : value.end], " ") if kind == "date" else clause
    fit += overlap(asked.lemmas, asked.language, asked.text, statement, around)
    fit += 0.5 * overlap(asked.lemmas, asked.language, asked.text, statement)
    fit += _of_names(asked, statement, clause)
    fit += NEAR * (statement.near(value.start, value.end) or 0.0)
    if kind == "number":
        fit += 0.5 * (_IN_ALL.search(clause) is not None) - 1.0 * (_EACH.search(clause) is not None)
    if kind == "distance" and asked.upright is not None:
        cue = _UPRIGHT.search(clause) is not None
        fit -= 2.0 * (cue != asked.upright and (cue or _ALONG.search(clause) is not None))
    fit -= min(_MAX_LAG, _LAG * (report.score - statement.score))
    return fit


def _of_names(asked: Wanted, statement: Statement, clause: str) -> float:
    """More for a value whose clause, or sentence, has the question's names: of several figures each is somebody's."""
    if not asked.names:
        return 0.0
    near, whole = document_keys(clause), document_keys(statement.text)
    if any(
        " " in name.text and not name.quoted and (whole | document_keys(statement.before)).isdisjoint(document_keys(name.text))
        for name in asked.names
    ):
        return -1.0  # a person's figure, told far from the person
    wanted = [document_keys(name.text) for name in asked.names]
    return sum(0.6 * (not near.isdisjoint(keys)) + 0.4 * (not whole.isdisjoint(keys)) for keys in wanted) / len(wanted)


def of_report(statement: Statement, value: Value) -> bool:
    """Whether a date is that of an earlier report: "our report of March 13"."""
    return _OF_REPORT.search(statement.text[: value.start]) is not None or _WROTE.match(statement.text[value.end :]) is not None


def _of_event(statement: Statement, value: Value) -> float:
    """A date that goes with who says it is the day of the report, hardly that of the event: not one in the clause before."""
    said = statement.attributed()
    if said is None or statement.document is None:
        return 0.0
    at, end = statement.citation.start + value.start, statement.citation.start + value.end
    if value.start > _OPENING and end <= said.start and "," in statement.document.text[end : said.start]:
        return 0.0  # "... opens on 24 April, the mayor said"
    return -_ASIDE if abs(at - said.start) < 40 or abs(at - said.end) < 25 else 0.0


def tells_the_event(asked: Wanted, statement: Statement, start: int, end: int) -> float:
    """Whether the clause of a value tells what the question asks about (1) or something else (-1), as far as it is known what is
    the opposite of what (`rag.answer.polarity`); 0 where it is not, 0.5 where another clause of the sentence does."""
    wanted = _rows(asked.text)
    there = _rows(statement.clause(start, end))
    if not wanted or not there:
        return 0.0
    if not wanted.isdisjoint(there):
        return 1.0
    return -1.0 if wanted.isdisjoint(_rows(statement.text)) else 0.5


@lru_cache(maxsize=4096)
def _rows(text: str) -> frozenset[int]:
    return frozenset(state.row for state in states(text))


def siblings(found: Sequence[Finding]) -> list[Finding]:
    """Of a report's values the best, and others near it of the same that hold of another whole: alone, with the delegations."""
    best = found[0]
    kept = [best]
    for finding in found[1:]:
        if best.value is None or finding.value is None or finding.earlier or best.fit - finding.fit > _SIBLING:
            continue
        alike = finding.value.kind == best.value.kind and finding.value.what == best.value.what
        if alike and best.value.kind in _DIVIDED and all(_parted(f, finding) for f in kept):
            kept.append(finding)
    return kept


def _parted(one: Finding, other: Finding) -> bool:
    """Whether two values of a report hold of different company, or one of them of some company."""
    here, there = set(one.marks.get("company", ())), set(other.marks.get("company", ()))
    return bool(here or there) and here.isdisjoint(there)
