"""What each report answers to a question for yes or no, for who did it, and for who said it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from rag.answer.cross import actors, changes
from rag.answer.cross.findings import NEAR, Finding
from rag.answer.cross.statements import Report, Statement, overlap
from rag.answer.cross.wanted import Wanted
from rag.answer.polarity import State, asked_states, negation, states
from rag.answer.said.attribution import attribution, stated
from rag.text import lemmas
from rag.text.names import name_keys, same_name
from rag.text.normalise import fold_word
from rag.types import Span

_LAG = 0.4
_LEAST = 1.5  # how well the likeliest name of a report must fit to be an answer at all
_MAX_LAG = 3.0
_ASIDE = 1.0  # how much less a state counts that is told in passing: "the climber whose death was announced"
_RELATIVE = re.compile(
    r"\b(?:who|whose|whom|which|котор\w+|чь(?:я|е|и|ю|его|ему|ей|их|им)|който|която|което|които|чи(?:йто|ято|ето|ито))\b[^,;.]*$",
    re.IGNORECASE,
)
_OPENING = 25  # characters of a sentence from which on what stands before its speaker is more than an opening
_LONGEST_SPEAKER = 6  # words; more of them are hardly a name and an office
_MAYBE_ASKED = re.compile(r"\b(?:if|whether|если|ли|ако|(?<!н[еи] )дали)\b", re.IGNORECASE)
ASKED_DENIED = -1  # the row of a word of the question itself that is denied
# "was announced by the union", „беше обявена от синдиката“
_AGENT = re.compile(
    r"\b(?:announced|reported|disclosed|revealed|confirmed|called|declared|обявен|съобщен|потвърден|разкрит|поискан|свикан)\w*\s+(?:by|от)\s+"
    r"((?:[\w’'-]+|[„«“][^“”»]+[“”»])(?:\s+(?:[A-ZА-ЯЁ][\w’'-]*|[„«“][^“”»]+[“”»]|на|of|the|\w+(?=\s+[„«“A-ZА-Я]))){0,4})",
)
_FUTURE = re.compile(r"\b(?:will|shall|going to|ще|буд[еу]т|примет|станет|сможет|состоится|поедет)\b", re.IGNORECASE)
_OUR = re.compile(r"\bни\b")  # Bulgarian "us, our", which Russian has for "nor"
_SPOKEN_OF = 0.2  # how well a sentence has a word that it does not state outright
_PART = re.compile(r";\s+")
_COPULA = re.compile(r"\W*(?:is|are|was|were|has|have)\b", re.IGNORECASE)
_RULED_OUT = re.compile(r"\b(?:rul\w+ out|exclud\w+|исключ\w+|изключ\w+)\b", re.IGNORECASE)
_GENITIVE = re.compile(r"(?:ых|их|ев|ов|ей|ств|ств[аи]|ени[яй]|ни|ти|ли)$", re.IGNORECASE)
_THERE_IS_NONE = re.compile(r"\b(?:нет|не было|не оказалось|няма|нямаше|не е имало|не са открити)\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{4,}")


def yes_or_no(asked: Wanted, found: Sequence[Report]) -> Iterator[Finding]:
    """What the reports answer to a question for yes or no, each once; those that do not are left out.

    Of several states that the question names the one it asks after counts: what most reports speak of, but never one that the
    question only names beside it (the attack in which nothing was lost).
    """
    rows = _asked_after(asked.text)
    stances = [_stances(asked, report, rows) for report in found]
    row = max(rows, key=lambda r: min(2, sum(r in stance for stance in stances)), default=None)
    ends = row is not None and not rows[row]  # "was it called off": that there will be none is no denial
    words = [fold_word(asked.text[s.start : s.end]) for s in states(asked.text) if s.row == row]
    for report, stance in zip(found, stances, strict=True):
        told = stance.get(row) if row is not None else None
        told = told or plain_answer(asked, report)
        if told is not None and ends and not told.positive and told.row in (None, ASKED_DENIED):
            continue
        if told is not None and (told.row is not None or not any(row in s for s in stances) or _speaks_of(told, words)):
            yield told


def _speaks_of(told: Finding, words: Sequence[str]) -> bool:
    """Whether a report that does not name the state asked after speaks of it in other words."""
    has = told.statement.has(words)
    return not told.positive if has is None else has >= _SPOKEN_OF


def _asked_after(question: str) -> dict[int, bool]:
    """The rows of the states that may be what a question asks after, likeliest first, each with whether it asks for the first of
    its pair. After "is" the state is what comes last; else what comes first, or stands beside "ли"."""
    if _COPULA.match(question):
        return {state.row: state.first for state in reversed(states(question))}
    rows: dict[int, bool] = {}
    for state in asked_states(question):
        rows.setdefault(state.row, state.first)
    return rows


def _stances(asked: Wanted, report: Report, rows: Mapping[int, bool]) -> dict[int, Finding]:
    """For each of the states, what the report says of it. `positive` is the answer to the question."""
    found: dict[int, Finding] = {}
    for row, first in rows.items():
        said = [
            _stance(asked, report, s, state, first) for s in report.statements for state in states(s.text) if state.row == row
        ]
        kept = sorted((f for f in said if f is not None), key=lambda f: -f.fit)
        if kept:
            found[row] = kept[0]
    return found


def _stance(asked: Wanted, report: Report, statement: Statement, state: State, first: bool) -> Finding | None:
    clause = statement.clause(state.start, state.end)
    if state.maybe and not _FUTURE.search(asked.text):
        return None
    holds = state.holds if state.denied or not _none_of(clause, statement.text[state.start : state.end]) else not state.first
    positive = holds == first
    rest = clause.replace(statement.text[state.start : state.end], "")
    if (changes.corrects(rest) or _RULED_OUT.search(rest)) and not state.denied:
        positive = not positive
    fit = 0.5 * overlap(asked.lemmas, asked.language, asked.text, statement)
    fit += overlap(asked.lemmas, asked.language, asked.text, statement, clause)
    fit -= min(_MAX_LAG, _LAG * (report.score - statement.score))
    fit -= 0.01 * state.start
    fit -= _ASIDE * (_RELATIVE.search(statement.text[: state.start]) is not None)
    return Finding(
        report, statement, statement.text[state.start : state.end], state.start, state.end, fit, positive=positive, row=state.row
    )


def _none_of(clause: str, state: str) -> bool:
    """Whether a clause says that there is none of what a noun in the genitive names, however far the "no": «погибших … нет»."""
    return _GENITIVE.search(state) is not None and _THERE_IS_NONE.search(clause) is not None


def plain_answer(asked: Wanted, report: Report) -> Finding | None:
    """Yes or no by whether the report's sentence nearest to the question says no, where it names no state that is known."""
    statement = max(report.statements, key=lambda s: (s.match or s.score, s.score))
    start, end = _told_in(statement)
    said = statement.text[start:end]
    if _MAYBE_ASKED.search(said) or (not _FUTURE.search(asked.text) and any(state.maybe for state in states(said))):
        return None
    no = negation(_OUR.sub("  ", said) if statement.language == "bg" else said)
    fit = 0.5 * overlap(asked.lemmas, asked.language, asked.text, statement)
    fit -= min(_MAX_LAG, _LAG * (report.score - statement.score))
    if no is None:
        return Finding(report, statement, "", start, start, fit, positive=True)
    denied = statement.language == asked.language and not asked.lemmas.isdisjoint(lemmas(said[no[1] :], asked.language)[:2])
    row = ASKED_DENIED if denied else None
    return Finding(report, statement, said[slice(*no)], start + no[0], start + no[1], fit, positive=False, row=row)


def _told_in(statement: Statement) -> Span:
    """The part of a sentence that says what happened, not who says it: before its speaker, where he is not named at once."""
    whole = 0, len(statement.text)
    source = statement.attributed()
    if source is None or statement.document is None:
        return whole
    begin = statement.citation.start
    if not source.direct and _OPENING < source.start - begin < whole[1]:
        return 0, source.start - begin
    low, high = stated(statement.document.text, begin, statement.citation.end, statement.language)
    return (low - begin, high - begin) if begin <= low < high <= statement.citation.end else whole


def named(asked: Wanted, report: Report) -> list[Finding]:
    """The names in the report that may be who is asked for, likeliest first; those who it no longer is or was not come last."""
    known = {key for name in asked.names for key in name_keys(name.text)}
    found = []
    for statement in report.statements:
        for name in actors.people(statement):
            if not known.isdisjoint(name.keys):
                continue
            clause = statement.clause(name.start, name.end)
            fit = actors.role(statement, name)
            fit += overlap(asked.lemmas, asked.language, asked.text, statement, clause)
            fit += 0.5 * overlap(asked.lemmas, asked.language, asked.text, statement)
            fit -= min(_MAX_LAG, _LAG * (report.score - statement.score))
            fit += NEAR * (statement.near(name.start, name.end) or 0.0)
            gone = actors.gone(statement, name)
            found.append(Finding(report, statement, name.text, name.start, name.end, fit, name=name.text, earlier=gone))
    if not any(finding.fit >= _LEAST for finding in found if not finding.earlier):
        return []
    return sorted(found, key=lambda f: (f.earlier, -f.fit))


def spoken(asked: Wanted, report: Report) -> list[Finding]:
    """Whose statement the report says it is, of its sentences nearest to the question."""
    found = []
    for statement in report.statements:
        if report.score - statement.score > _MAX_LAG:
            continue
        finding = _speaker(asked, report, statement)
        if finding is not None:
            found.append(finding)
    return sorted(found, key=lambda f: -f.fit)


def _speaker(asked: Wanted, report: Report, statement: Statement) -> Finding | None:
    """The speaker of the part of the sentence that is nearest to the question, where semicolons divide it."""
    text = statement.text
    edges = [0, *(m.end() for m in _PART.finditer(text)), len(text)]
    best: Finding | None = None
    for low, high in pairwise(edges):
        part = text[low:high].rstrip("; ")
        said = attribution(text, low, low + len(part), statement.language) if len(edges) > 2 else statement.attributed()
        if said is None or len(said.speaker.split()) > _LONGEST_SPEAKER:
            continue
        fit = (
            overlap(asked.lemmas, asked.language, asked.text, statement, part)
            - _LAG * (report.score - statement.score)
            - 0.01 * low
        )
        start = max(text.find(said.speaker), 0)
        if best is None or fit > best.fit:
            best = Finding(report, statement, said.speaker, start, start + len(said.speaker), fit, name=said.speaker)
    agent = _AGENT.search(text) if best is None else None
    if agent is None:
        return best
    return Finding(
        report, statement, agent[1], agent.start(1), agent.end(1), -_LAG * (report.score - statement.score), name=agent[1]
    )


def same_speaker(one: Finding, other: Finding) -> bool | None:
    """Whether two speakers are one; None where languages leave it open."""
    a, b = one.name or "", other.name or ""
    if same_name(a, b) or not set(_capitals(a)).isdisjoint(_capitals(b)):
        return True
    if one.statement.language == other.statement.language:
        return not _stems(a, one.statement.language).isdisjoint(_stems(b, other.statement.language))
    return False if _capitals(a) or _capitals(b) else None


def _capitals(text: str) -> list[str]:
    return [key for word in re.findall(r"\b[A-ZА-ЯЁ][\w’'-]+", text) for key in name_keys(word)]


def _stems(text: str, language: str | None) -> set[str]:
    return {lemma[:5] for lemma in lemmas(" ".join(_LETTERS.findall(text)), language)}
