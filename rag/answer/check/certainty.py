"""Whether a draft is as sure as its sources: what is planned, possible, asked for or claimed, and what is done."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from rag.answer.check.clauses import clauses, counterpart, past_words
from rag.answer.check.compared import Mark, beside_draft, beside_sources, block, home
from rag.answer.check.doubts import Doubt, over
from rag.answer.check.evidence import Case
from rag.answer.check.likeness import freed
from rag.answer.check.marks import Said, said
from rag.answer.check.reading import Read
from rag.answer.check.verbs import speaks_of_past
from rag.answer.check.words import CERTAINTY
from rag.answer.said.speech import speech
from rag.values.vocabulary import words

_REACH = 3  # words before a verb among which is what makes it no fact
_SAME = 0.3  # similarity from which a word of the source is looked at
_NOISE = 0.3
_NOISE_CLAUSE = 0.4
_COUNTERPART = 0.45  # similarity from which a word stands for another
_DONE = 4  # the step of what is told as done
_FAR = 1.5  # steps on average that are too many
_AUXILIARIES = words("has have had was were been е са бе беше бяха бил била било били был была было были")
_ALREADY = frozenset(["already", "уже", "вече"])
_NO_FACT = words("да ще щеше щяха няма нека to чтобы будет будут")
_INFINITIVE = ("ть", "ться", "ти")
_STRENGTH = {"possible": 0, "intent": 1, "demand": 1, "agreed": 2, "future": 2, "ongoing": 3}
# What a draft may say where the source says the other: nothing surer.
_INTERCHANGED = frozenset(
    (draft, source)
    for draft, sources in (
        ("possible", "intent"),
        ("intent", "demand future agreed"),
        ("demand", "intent agreed"),
        ("agreed", "future intent demand"),
        ("future", "agreed"),
        ("ongoing", "future agreed"),
    )
    for source in sources.split()
)
# What makes of a claim a fact.
_PROVED = {
    "en": r"prov(?:e|es|ed|en|ing)$|establish(?:ed|es)?$|confirm|certainly$|definitely$|undoubtedly$|surely$|clearly$|guarante"
    r"|ensure[sd]?$|inevitabl",
    "ru": r"доказ|установил[аио]?$|установлен[аоы]?$|подтвер|несомненно$|безусловно$|точно$|наверняка$|гарант|обязательно$"
    r"|неизбеж",
    "bg": r"доказ|установи(?:ха|л)?$|потвърд|несъмнено$|безспорно$|определено$|непременно$|гарант|неизбеж",
}
_TURNED_OUT = words("to too so very")  # after "proved": it was found to be so
_PROVING = {language: re.compile(listed) for language, listed in _PROVED.items()}


def certainty(case: Case) -> Iterator[Doubt]:
    """What the draft may put with more or less certainty than its sources."""
    mine = [one for one in said(case.draft) if one.family in (*CERTAINTY, "ongoing")]
    theirs = [(k, one) for k, source in enumerate(case.sources) for one in said(source.read) if one.family in CERTAINTY]
    for one in mine:
        if one.family != "ongoing":
            yield _hedged(case, one, mine, theirs)
    for mark in theirs:
        if mark[0] in case.picked:
            yield _surer(case, mark, mine, theirs)
    yield from _proved(case)
    yield from _otherwise_timed(case, mine)


def _may_say(draft: str, source: str) -> bool:
    """Whether a draft may use a word of one family where the source uses one of another."""
    return draft == source or (draft, source) in _INTERCHANGED


def _families(one: Said) -> dict[str, float]:
    return {family: float(one.family == family) for family in CERTAINTY}


def _weakened(one: Said, others: list[Said]) -> float:
    """Whether another mark already says of the same that it is less certain: will probably be."""
    weaker = (o for o in others if o is not one and _STRENGTH[o.family] < _STRENGTH[one.family])
    return float(any(not {*o.of[:2]}.isdisjoint(one.of[:2]) for o in weaker))


def _hedged(case: Case, one: Said, mine: list[Said], theirs: list[Mark]) -> Doubt:
    """A mark of the draft: the source may tell as done what the draft tells as planned, or ask for what it promises."""
    there = home(case, [*one.own, *one.of[:2]])
    same = [mark for mark in theirs if _may_say(one.family, mark[1].family)]
    rest = [mark for mark in theirs if not _may_say(one.family, mark[1].family)]
    read, done = case.sources[there].read, False
    if one.of and (row := block(case, there)[one.of[0]]).max(initial=0.0) > _SAME:
        done = _is_done(read, int(row.argmax()))
    features = beside_sources(case, one, same, rest, there) | _families(one)
    features |= {"done": float(done), "weakened": _weakened(one, mine)}
    return Doubt("modality", "hedged", one.text, features, f"“{one.text}” is not how the source puts it.")


def _surer(case: Case, mark: Mark, mine: list[Said], theirs: list[Mark]) -> Doubt:
    """A mark of the source: the draft may tell as a fact what it is said of."""
    k, other = mark
    same = [one for one in mine if _may_say(one.family, other.family)]
    rest = [one for one in mine if not _may_say(one.family, other.family)]
    draft, done, open_ = case.draft, False, False
    if other.of:
        place = case.counterpart(k, other.of[0])
        before = {draft.words[i].text for i in range(max(0, place - _REACH), place)}
        done = _is_done(draft, place)
        open_ = bool(before & _NO_FACT) or (draft.language == "ru" and draft.words[place].text.endswith(_INFINITIVE))
    features = beside_draft(case, mark, same, rest) | _families(other)
    features |= {"done": float(done), "open": float(open_), "weakened": _weakened(other, [o for j, o in theirs if j == k])}
    return Doubt("modality", "surer", other.text, features, f"What the source puts as “{other.text}” the draft puts otherwise.")


def _steps(case: Case, telling: list[int], there: int) -> dict[str, float]:
    """By how many steps words of the draft are told as surer, or less sure, than their counterparts: at most and on average."""
    draft, read, similar = case.draft, case.sources[there].read, block(case, there)
    steps, weights = [], []
    for i in telling:
        if i in case.set_apart or not similar.shape[1] or (likest := float(similar[i].max())) < _COUNTERPART:
            continue
        steps.append(_step(draft, i) - _step(read, int(similar[i].argmax())))
        weights.append(likest)
    if not steps:
        return {"steps_none": 1.0}
    mean = float(np.average(steps, weights=weights))
    return {
        "steps_up": float(min(max(0, *steps, 0), 3)),
        "steps_down": float(min(max(0, *(-step for step in steps), 0), 3)),
        "mean_up": max(0.0, mean),
        "mean_down": max(0.0, -mean),
        "far_up": float(mean >= _FAR),
        "far_down": float(mean <= -_FAR),
    }


def _step(read: Read, place: int) -> int:
    """How sure a word is told: 0 where it may be, more where it is planned, decided or said as a fact, 4 where it is done."""
    marks = (one for one in said(read) if one.family in _STRENGTH and place in (*one.own, *one.of[:2]))
    least = min((_STRENGTH[one.family] for one in marks), default=None)
    if least is not None:
        return least
    return _DONE if past_words(read) & {*clauses(read)[read.clause[place]]} else _DONE - 1


def _already(case: Case, places: tuple[int, ...], theirs: tuple[int, ...], there: int) -> dict[str, float]:
    """Whether the one says "already", and the other does not."""
    draft, read = case.draft, case.sources[there].read
    mine = any(draft.words[i].text in _ALREADY for i in places)
    other = any(read.words[j].text in _ALREADY for j in theirs)
    anywhere = any(w.text in _ALREADY for w in read.words)
    return {
        "already": float(mine and not anywhere),
        "already_there": float(other and not mine),
        "already_both": float(mine and other),
    }


def _is_done(read: Read, place: int) -> bool:
    """Whether a word tells of what is done: by its form, by an auxiliary before it, or by "already" in its clause."""
    if speaks_of_past(read.words[place].text, read.language):
        return True
    if any(read.words[i].text in _AUXILIARIES for i in range(max(0, place - 2), place)):
        return True
    return any(read.words[i].text in _ALREADY for i in clauses(read)[read.clause[place]])


def _proved(case: Case) -> Iterator[Doubt]:
    """A word that makes a fact of what the source may only have somebody say."""
    draft = case.draft
    for place, word in enumerate(draft.words):
        following = draft.words[place + 1].text if place + 1 < len(draft.words) else ""
        if not _PROVING[draft.language].match(word.text) or (word.text.startswith("prov") and following in _TURNED_OUT):
            continue
        there = home(case, [place])
        read = case.sources[there].read
        spoken = speech(read.language)
        features = {
            "same": float(any(_PROVING[read.language].match(w.text) for w in read.words)),
            "cover": over(float(case.aligned.covers(there)[place]), _NOISE),
            "said": float(spoken is not None and any(w.text in spoken.verbs for w in read.words)),
            "telling": float(word.telling),
            **freed(draft, [place], read, counterpart(draft, draft.clause[place], read, block(case, there))[1], case.embedder),
        }
        yield Doubt("modality", "proved", word.text, features, f"“{word.text}” is surer than the source.")


def _otherwise_timed(case: Case, mine: list[Said]) -> Iterator[Doubt]:
    """A clause of the draft in the past whose counterpart is not, and the other way round."""
    draft = case.draft
    for number, places in clauses(draft).items():
        telling = [i for i in places if draft.words[i].telling]
        if len(telling) < 2:
            continue
        there = home(case, telling)
        read = case.sources[there].read
        match, other = counterpart(draft, number, read, block(case, there))
        past = [i for i in places if i in past_words(draft)]
        past_there = other is not None and not past_words(read).isdisjoint(clauses(read)[other])
        open_ = any(draft.clause[one.own[0]] == number for one in mine)
        marks = [one for one in said(read) if one.family in CERTAINTY]
        open_there = any(read.clause[one.own[0]] == other for one in marks)
        if other is None or not (past or past_there or open_ != open_there):
            continue
        link = case.links([i for i in past if draft.words[i].telling], there, clauses(read)[other])
        features = {
            "clause": over(match, _NOISE_CLAUSE),
            "past": float(bool(past)),
            "source_past": float(past_there),
            "past_somewhere": float(bool(past_words(read))),
            "open": float(open_),
            "source_open": float(open_there),
            "open_somewhere": float(bool(marks)),
            "done_for_open": float(bool(past) and not open_ and open_there),
            "done_for_none": float(bool(past) and not open_ and not past_there),
            "open_for_done": float(open_ and past_there and not open_there),
            "link": over(link, _NOISE),
            **_steps(case, telling, there),
            **_already(case, places, clauses(read)[other], there),
        }
        word = " ".join(draft.words[i].text for i in (past or telling)[:2])
        yield Doubt("modality", "timed", word, features, f"The source puts “{word}” in another time.")
