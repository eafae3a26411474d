"""Cross-checking: where reports of one matter differ, and how.

The question tells what is compared: the value, the day, the yes or no, or the name that answers it. Each report is read for its
answer (`findings`, `stances`), reports on another matter are left out (`matter`), and answers that say the same go together.
What is left apart is a difference where both are likely of one thing (`likeness`), and of one of four sorts: a later report tells
of a change or corrects (update), the values are of different wholes (scope), one is vague (approximation), or they contradict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations, pairwise
from typing import Literal

from rag.answer import scope
from rag.answer.cross import changes
from rag.answer.cross.causes import causes, places
from rag.answer.cross.choice import chosen
from rag.answer.cross.findings import Finding, amounts, siblings
from rag.answer.cross.likeness import NEEDED_CORRECTED, answered, likelihood, needed
from rag.answer.cross.matter import of_one_story, on_the_matter, same_time
from rag.answer.cross.stances import named, same_speaker, spoken, yes_or_no
from rag.answer.cross.standing import ratio, standing
from rag.answer.cross.statements import Report, reports
from rag.answer.cross.unasked import differences
from rag.answer.cross.wanted import Wanted, listed, wanted
from rag.answer.polarity import LASTING
from rag.index.rank import RankedSentence
from rag.types import Claim, Conflict, Side
from rag.values import say
from rag.values.nouns import NEAR, NOUNS

Relation = Literal["contradiction", "update", "approximation", "scope"]
_WORST_FIRST: tuple[Relation, ...] = ("contradiction", "update", "scope", "approximation")
_CITATIONS = 40  # of one side

_AHEAD = 1.0  # how much better than a name known from before another must fit to have come in its place
_FAR_AHEAD = 3.0  # ... and than another name of its report, to be told apart from that
_MOST_COMPARED = 12  # answers that are compared with each other to tell of which sort a difference is
_BEHIND = 0.3  # what a point of the ranking's score counts beside how likely a value is an answer
_SURE = 3.0  # how well a name of one word must fit to be taken for who did it
_RIVAL, _RIVAL_UNNAMED = 4.0, 2.0  # how far below a report's likeliest figure another party's may lie, and if it counts nothing
_PART = 1.6  # how many times a part of it the whole is at least; what two outlets count of one thing is nearly always closer
_SPEAKS_OF_IT = 0.4  # how likely an answer must be of one thing with the likeliest for its report not to be silent on it
_SERIES = 3  # counts that make a series
_FEW_ANSWERS = 4  # among which a report that tells of a change tells of the same thing as one of weeks before
_LOOK_BACK = 200  # characters before a sentence in which a correction may be announced

_YES_NO = {"en": ("yes", "no"), "ru": ("да", "нет"), "bg": ("да", "не")}
# Counts of what goes on: a later report that has more of them tells of more, and contradicts nothing.
_RUNNING = frozenset(
    (
        "dead", "injured", "affected", "casualties", "missing", "arrested", "evacuated", "rescued", "displaced", "hospitalised",
        "infected", "vaccinated", "recovered", "captured", "dismissed", "case",
    )
)  # fmt: skip

_BOUNDS = ("at_least", "more_than")  # "at least 12" may grow to 15; "about 15" is 14 still

_READERS = {"number": amounts, "actor": named, "attribution": spoken, "cause": causes, "place": places}


@dataclass(frozen=True)
class Checked:
    """What the reports answer: `groups` of findings that say the same, the best report's first; of an update, the oldest.

    `relation` is how the groups differ, None where there is one group only or what they say cannot be compared. `voices` are the
    counts that may be of it, also those whose difference is too unsure to be told.
    """

    asked: Wanted
    groups: tuple[tuple[Finding, ...], ...]
    relation: Relation | None
    voices: tuple[Finding, ...] = ()

    @cached_property
    def conflict(self) -> Conflict | None:
        """The difference for a reader."""
        if self.relation is None or self.asked.about is None:
            return None
        sides = tuple(_side(self, group) for group in self.groups)
        return Conflict(self.asked.about, self.relation, sides)


def crosscheck(
    claims: Sequence[Claim], *, question: str | None = None, sentences: Sequence[RankedSentence] = ()
) -> tuple[Conflict, ...]:
    """Where the documents that are cited, or that `sentences` are from, differ in what the question asks for.

    `sentences` are the ranking's, best first: with them documents are heard that no claim cites. Without a question that
    wants a value, a day, a yes or no or a name, only claims are compared, and only where they state different values of one
    thing. The sides of an update are in the order of their reports.
    """
    checked = check(question, sentences, claims) if question else None
    if checked is not None:
        return (checked.conflict,) if checked.conflict else ()
    return differences(claims)


def check(question: str, sentences: Sequence[RankedSentence], claims: Sequence[Claim] = ()) -> Checked | None:
    """What the reports answer, compared; None where the question wants nothing that can be."""
    asked = wanted(question)
    if asked.about is None:
        return None
    answers = heard(asked, sentences, claims)
    voices = tuple(_voices(asked, answers))
    whole = [answer for answer in answers if not answer[0].part]  # beside which a part of it tells nothing
    relations = _around(asked, whole)
    if relations:
        answers = whole
    elif not (relations := _around(asked, answers)):
        return Checked(asked, tuple(map(tuple, _grouped([answer[0] for answer in answers]))), None, voices)
    differing = {i for pair in relations for i in pair}
    involved = [i for i, one in enumerate(answers) if any(i == j or standing(one[0], answers[j][0]) == "same" for j in differing)]
    ways = [way for i, j in combinations(involved[:_MOST_COMPARED], 2) if (way := _relation(asked, answers[i], answers[j]))]
    ways = ways or list(relations.values())
    relation = max(_WORST_FIRST, key=lambda way: ways.count(way))  # of what occurs as often, the worst
    if relation == "scope":
        groups = _grouped(
            [f for i in involved for f in siblings(answers[i])], apart=any(len(siblings(answers[i])) > 1 for i in involved)
        )
    else:
        groups = _grouped([answers[i][0] for i in involved])
    if relation == "contradiction" and _grows(groups):
        relation = "update"
    if relation == "update":
        groups.sort(key=_latest)
    documents = {finding.report.doc_id for group in groups for finding in group}
    return Checked(asked, tuple(map(tuple, groups)), relation if len(groups) > 1 and len(documents) > 1 else None, voices)


def heard(asked: Wanted, sentences: Sequence[RankedSentence], claims: Sequence[Claim] = ()) -> list[list[Finding]]:
    """What the reports on the matter answer, each likeliest first."""
    found = on_the_matter(asked, reports(sentences, claims))
    if not asked.names:  # which would tell the story
        found = of_one_story(found)
    return list(_answers(asked, found))


def anchored(answers: Sequence[Sequence[Finding]]) -> list[int]:
    """Which answer is likeliest one to the question, and those that say what it does: what differs from them is told, and not
    what differs among the others."""
    if not answers:
        return []
    top = max(answer[0].report.score for answer in answers)
    best = max(range(len(answers)), key=lambda i: answered(answers[i][0]) - _BEHIND * (top - answers[i][0].report.score))
    return [i for i, one in enumerate(answers) if i == best or standing(answers[best][0], one[0]) == "same"]


def _voices(asked: Wanted, answers: Sequence[Sequence[Finding]]) -> Iterator[Finding]:
    """The counts of people and the like that may be of one thing with the likeliest, whether they say the same or not."""
    first = anchored(answers)
    for i, one in enumerate(answers):
        value = one[0].value
        of_it = i in first or any(likelihood(asked, answers[k], one) >= _SPEAKS_OF_IT for k in first)
        if value is not None and listed(value.what) and of_it:
            yield one[0]


def _around(asked: Wanted, answers: Sequence[Sequence[Finding]]) -> dict[tuple[int, int], Relation]:
    """How the answers differ from the anchored ones."""
    found: dict[tuple[int, int], Relation] = {}
    for i in anchored(answers):
        for j, other in enumerate(answers):
            if (
                j != i
                and answers[i][0].report is not other[0].report
                and (way := _related(asked, answers[i], other, len(answers)))
            ):
                found[i, j] = way
    return found


def _answers(asked: Wanted, found: Sequence[Report]) -> Iterator[list[Finding]]:
    """What each report answers, likeliest first; those that answer nothing are left out."""
    if asked.about == "polarity":
        yield from ([told] for told in yes_or_no(asked, found))
        return
    sort = "number" if asked.about in ("number", "date") else (*asked.kinds, str(asked.about))[0]
    read = _READERS[sort]
    told = [read(asked, report) or (named(asked, report) if read is spoken else []) for report in found]
    for answer in chosen(asked, told) if read is amounts else told:
        if answer and not answer[0].earlier:
            yield answer
            if asked.about == "number":
                yield from _rivals(answer)


def _rivals(answer: Sequence[Finding]) -> Iterator[list[Finding]]:
    """What one report gives as other parties' figures: the organisers' and the police's."""
    best = answer[0]
    if best.value is None:
        return
    speakers = {_speaker(best)}
    for finding in answer[1:]:
        alike = finding.value is not None and (finding.value.kind, finding.value.what) == (best.value.kind, best.value.what)
        near = alike and not finding.earlier and best.fit - finding.fit <= (_RIVAL if best.value.what else _RIVAL_UNNAMED)
        speaker = _speaker(finding)
        if near and speaker not in (None, *speakers) and standing(best, finding) == "different":
            speakers.add(speaker)
            yield [finding]


def _speaker(finding: Finding) -> str | None:
    said = finding.statement.attributed()
    return said.speaker if said else None


def _related(asked: Wanted, one: Sequence[Finding], other: Sequence[Finding], among: int) -> Relation | None:
    """How two of so many reports' answers differ; None where they do not, or are likely of two things."""
    relation = difference(asked, one, other)
    if relation is None:
        return None
    changed = relation == "update" and among <= _FEW_ANSWERS and _tells_of_change(one, other)
    likely = likelihood(asked, one, other, changed=changed)
    enough = likely >= needed(asked, one[0], other[0], among=among)
    return relation if enough or (likely >= NEEDED_CORRECTED and _corrects(one, other)) else None


def _tells_of_change(one: Sequence[Finding], other: Sequence[Finding]) -> bool:
    """Whether the later report says outright that something is no longer as it was, or gives what was before."""
    later = _later(one[0], other[0])
    if later is None:
        return False
    now = one if later is one[0] else other
    return _says_changed(later) or any(finding.earlier for finding in now)


def difference(asked: Wanted, one: Sequence[Finding], other: Sequence[Finding]) -> Relation | None:
    """How two reports' answers differ if they are of one thing, None where they do not."""
    relation = _relation(asked, one, other)
    return relation if relation == "update" or same_time(one[0].report, other[0].report) else None


def _relation(asked: Wanted, one: Sequence[Finding], other: Sequence[Finding]) -> Relation | None:
    if one[0].phrase or one[0].place:
        agree = any(standing(x, y) == "same" for x in one for y in other)
        return None if agree else "contradiction"
    if asked.about == "actor":
        return _of_people(asked, one, other)
    if asked.about == "attribution":
        return "contradiction" if same_speaker(one[0], other[0]) is False else None
    x, y = one[0], other[0]
    stands = standing(x, y)
    if stands == "incomparable":
        return None
    if stands in ("different", "approximation") and _updates(asked, one, other, by_words=stands == "different"):
        return "update"
    if asked.about == "number" and (_parts_differ(one, other) or (stands == "different" and _of_two_wholes(x, y))):
        return "scope"
    if stands == "same":
        return None
    if _tells(one, y) and _tells(other, x):
        return None  # both tell both: which of them is the answer is open, but they do not differ
    if stands == "approximation":
        return None if asked.about == "date" else "approximation"
    return "contradiction"


def _tells(answer: Sequence[Finding], said: Finding) -> bool:
    return any(not finding.earlier and finding.value is not None and standing(finding, said) == "same" for finding in answer[1:])


def _of_two_wholes(one: Finding, other: Finding) -> bool:
    """Whether two figures hold of different wholes: by what they say; of a part and the whole only where they are far apart."""
    if one.part != other.part or scope.differ_in_sort(one.marks, other.marks):
        return True
    if one.value is None or other.value is None or ratio(one.value, other.value) < _PART:
        return False
    small, large = sorted((one, other), key=lambda f: (f.value.low or 0.0) if f.value else 0.0)
    return scope.differ(small.marks, large.marks) or scope.part_of(small.marks, large.marks) or _of_parts(one, other)


def _of_parts(one: Finding, other: Finding) -> bool:
    """Whether one report counts elsewhere than the question asks, or another sort of people than the other does."""
    if bool(one.report.missing) != bool(other.report.missing):
        return True
    whats = {finding.value.what for finding in (one, other) if finding.value is not None}
    groups = [noun for what in whats if (noun := NOUNS.get(what or "")) is not None and noun.kind == "group" and what != "people"]
    return len(groups) == 2 and frozenset(whats) not in NEAR


def _parts_differ(one: Sequence[Finding], other: Sequence[Finding]) -> bool:
    """Whether two reports divide what they tell of, and differently: both add what it was alone, or with others."""
    parts, others = siblings(one), siblings(other)
    both = len(parts) > 1 and len(others) > 1
    return both and any(all(standing(x, y) != "same" for y in others) for x in parts)


def _of_people(asked: Wanted, one: Sequence[Finding], other: Sequence[Finding]) -> Relation | None:
    """A name against a name: none where the reports share it, an update where the later one tells of a change."""
    if standing(one[0], other[0]) == "same":
        return None
    now, then = (one, other) if _later(one[0], other[0]) is one[0] else (other, one)
    known = [finding for finding in now if standing(then[0], finding) == "same"]
    beside = [finding for finding in known if not finding.earlier and finding.statement is now[0].statement]
    if beside and now[0].fit - beside[0].fit < _AHEAD:
        return None  # it names both in one sentence: which of them did it is open
    whole = all(" " in answer[0].said or answer[0].fit >= _SURE for answer in (one, other))
    if _later(one[0], other[0]) is not None and (_says_changed(now[0]) or any(finding.earlier for finding in known)):
        return "update" if known or whole else None
    ahead = not known or now[0].fit - known[0].fit >= _AHEAD
    if _later(one[0], other[0]) is not None and asked.now and whole and ahead:
        return "update"
    near = [f for answer in (now, then) for f in answer if answer[0].fit - f.fit < _FAR_AHEAD]
    if any(standing(best, f) == "same" for best in (now[0], then[0]) for f in near if f.report is not best.report):
        return None  # a report that names both leaves open which of them it was, unless one fits far better
    return "contradiction" if whole else None


def _updates(asked: Wanted, one: Sequence[Finding], other: Sequence[Finding], *, by_words: bool) -> bool:
    """Whether the later report tells of a change: by its words, by naming the earlier value, by a count of what goes on, or for a
    question after what is or will be."""
    later = _later(one[0], other[0])
    if later is None:
        return False
    now, then = (one, other) if later is one[0] else (other, one)
    if (by_words and _says_changed(later)) or any(finding.earlier and standing(then[0], finding) == "same" for finding in now):
        return True
    if later.positive is not None:
        return later.row in LASTING or asked.now
    if asked.now and by_words and later.value is not None and later.value.kind in ("number", "date", "time"):
        return not _of_two_wholes(one[0], other[0])
    earlier = then[0].value
    if later.value is None or earlier is None or later.value.kind != "number":
        return False
    if _RUNNING.isdisjoint(asked.roles | {later.value.what}):
        return False
    return (by_words or earlier.hedge in _BOUNDS) and (later.value.low or 0.0) > (earlier.low or 0.0)


def _corrects(one: Sequence[Finding], other: Sequence[Finding]) -> bool:
    """Whether the later report says that something was wrong, and names what the earlier one had."""
    later = _later(one[0], other[0])
    now, then = (one, other) if later is one[0] else (other, one)
    if later is None or not changes.corrects(now[0].statement.before[-_LOOK_BACK:] + now[0].statement.text):
        return False
    return any(standing(then[0], finding) == "same" for finding in now[1:])


def _later(one: Finding, other: Finding) -> Finding | None:
    """The one of the later report; None where they are of one day, or a day is not known."""
    first, second = one.report.reported, other.report.reported
    if first is None or second is None or first == second:
        return None
    return other if second > first else one


def _says_changed(finding: Finding) -> bool:
    statement = finding.statement
    around = statement.before[-_LOOK_BACK:] + statement.text + statement.after[:_LOOK_BACK]
    return changes.corrects(around) or changes.changes(statement.text)


def _grouped(findings: Sequence[Finding], *, apart: bool = False) -> list[list[Finding]]:
    """The findings by what they say. `apart`: each on its own, for where they hold of different wholes."""
    groups: list[list[Finding]] = []
    for finding in findings:
        group = None if apart else next((g for g in groups if standing(g[0], finding) == "same"), None)
        if group is None:
            groups.append([finding])
        else:
            group.append(finding)
    return groups


def _grows(groups: Sequence[Sequence[Finding]]) -> bool:
    """Whether a count grows from each report to the next, three times at least: that of an outbreak, and no dispute."""
    days = sorted(
        (_latest(group)[0], max(f.value.low or 0.0 for f in group if f.value is not None)) for group in groups if group[0].value
    )
    counts = [count for _, count in days]
    kinds = {group[0].value.kind for group in groups if group[0].value}
    rising = all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(days))
    return len(counts) >= _SERIES and kinds == {"number"} and rising


def _latest(group: Sequence[Finding]) -> tuple[date, bool]:
    """By which the sides of an update are ordered: the day of the first report (reprints come late, and make nothing later), of a
    correction that of the last, and a correction after what it corrects."""
    corrects = any(changes.corrects(finding.statement.text) for finding in group)
    days = [finding.report.reported or date.min for finding in group]
    return max(days) if corrects else min(days), corrects


# ---- for a reader


def _side(checked: Checked, group: Sequence[Finding]) -> Side:
    first = group[0]
    citations = tuple(dict.fromkeys(finding.statement.citation for finding in group))[:_CITATIONS]
    other = next((g[0] for g in checked.groups if g is not group), None)
    told = scope.words(first.marks, other.marks) if checked.relation == "scope" and other else None
    source = first.statement.attributed()
    return Side(say_finding(first, checked.asked.language), citations, scope=told, attribution=source.speaker if source else None)


def say_finding(finding: Finding, language: str | None) -> str:
    """What a report answers, in the reader's language where that can be done by rule, and as it stands in the quotation."""
    language = language if language in _YES_NO else "en"
    if finding.positive is not None:
        said = _YES_NO[language][not finding.positive]
        return f"{said} (“{finding.said}”)" if finding.said else said
    if finding.value is None:
        return finding.said
    said = say(finding.value, language)
    return said if said.casefold() == finding.said.casefold() else f"{said} (“{finding.said}”)"
