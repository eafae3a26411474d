"""Whether a draft denies, hedges, gives reasons and generalises as its sources do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rag.answer.check.evidence import Case
from rag.answer.check.reading import Read
from rag.answer.check.verbs import estimates, speaks_of_future, speaks_of_past
from rag.answer.check.words import CERTAINTY, marked
from rag.answer.polarity import State, states
from rag.types import Refused
from rag.values.vocabulary import words

_SAME = 0.4  # similarity from which two words are what is denied, planned or counted on both sides
_SURE = 0.5
_HEARD = 0.42
_WEAK = 0.3
_ALIKE = 0.55
_SLACK = 0.1
_NEARLY = 0.05
_SAME_WORD = 0.9
_FREE_OF = ("free", "out of", "lack", "short of", "лиш", "свобод")
_REACH = 3  # telling words after a mark that it is said of
_STATE = 0.3
_AUXILIARIES = words("has have had was were been е са бе беше бяха бил била било били был была было были")
_OPENS_VERB = words("да ще щеше щяха няма нека")
_PLAIN = frozenset(["не", "нет", "няма", "нямаше"])
_ALREADY = frozenset(["already", "уже", "вече"])
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


@dataclass(frozen=True, slots=True)
class Said:
    """A word of some family, the places of it and of the words it is said of, nearest first; those before it come last."""

    family: str
    own: tuple[int, ...]
    of: tuple[int, ...]
    text: str


@lru_cache(maxsize=4096)
def said(read: Read) -> tuple[Said, ...]:
    """What a sentence denies, plans and so on."""
    apart = {i for n in read.names for i in read.places(n.start, n.end)}
    apart |= {i for v in read.values if v.low for i in read.places(v.start, v.end)}
    found = []
    for mark in marked(read.text, read.language):
        own = tuple(read.places(mark.start, mark.end))
        if own:
            found.append(Said(mark.family, own, _of(read, own, apart), read.text[mark.start : mark.end]))
    found = [one for one in found if not _doubled(read, one, found)]
    for i, word in enumerate(read.words):
        if i not in apart and speaks_of_future(word.text, read.language):
            found.append(Said("ongoing" if estimates(word.text) else "future", (i,), (i,), word.text))
    return tuple(found)


def _doubled(read: Read, one: Said, others: list[Said]) -> bool:
    """Whether a denial only strengthens another of its clause, as "nobody" does in «никто не пришёл»."""
    if one.family != "negation" or read.language == "en" or one.text.casefold() in _PLAIN or read.words[one.own[0]].telling:
        return False
    clause = read.clause[one.own[0]]
    return any(o.text.casefold() in _PLAIN and read.clause[o.own[0]] == clause for o in others if o.family == "negation")


def _of(read: Read, own: tuple[int, ...], apart: set[int]) -> tuple[int, ...]:
    after: list[int] = []
    before: list[int] = []
    for i in range(own[-1] + 1, len(read.words)):
        if read.clause[i] > read.clause[own[-1]] + 1 or len(after) == _REACH:
            break
        if read.words[i].telling and i not in apart:
            after.append(i)
    for i in range(own[0] - 1, -1, -1):
        if read.clause[i] != read.clause[own[0]] or before:
            break
        if read.words[i].telling and i not in apart:
            before.append(i)
    return tuple(after + before)


def check_wording(case: Case) -> Refused | None:
    """Why the draft says otherwise what its sources say; None where it does not."""
    return _negation(case) or _opposites(case) or _modality(case) or _order(case) or _cause(case) or _quantifiers(case)


def _sides(case: Case, *families: str) -> tuple[list[Said], list[tuple[int, Said]]]:
    mine = [s for s in said(case.draft) if s.family in families]
    theirs = [(k, s) for k in case.picked for s in said(case.sources[k].read) if s.family in families]
    return mine, theirs


def _meet(case: Case, one: Said, k: int, other: Said, least: float = _SAME) -> bool:
    """Whether two marks are said of the same, or are the same telling word."""
    return case.links(_heads(case.draft, one), k, _heads(case.sources[k].read, other)) >= least


def _heads(read: Read, one: Said) -> list[int]:
    """The words that a mark is nearest said of, and its own where they tell something."""
    return [*(i for i in one.own if read.words[i].telling), *one.of[:2]]


def _sentence(case: Case, one: Said) -> int:
    """The sentence that best has what a mark of the draft is said of."""
    places = [*one.own, *one.of]
    return max(case.picked, key=lambda k: float(case.aligned.covers(k)[places].sum()))


def _answers(case: Case, one: Said, k: int, other: Said) -> bool:
    """Whether a mark of the draft is said of the word that stands for what the source's mark is said of."""
    stands = {case.counterpart(k, j) for j in _heads(case.sources[k].read, other)[:2]}
    if stands & {*one.own, *one.of[:2]}:
        return True
    return _meet(case, one, k, other, _ALIKE)


def _negation(case: Case) -> Refused | None:
    mine, theirs = _sides(case, "negation")
    _, lacks = _sides(case, "lack")
    for one in mine:
        k = _sentence(case, one)
        met = any(_meet(case, one, j, other, _WEAK) or _answers(case, one, j, other) for j, other in theirs if j == k)
        lacking = any(_is_lack(case, one, j, other) for j, other in lacks if j == k)
        if not met and not lacking and not _translated(case, one, k):
            return Refused(one.text, f"“{one.text}” denies what the source does not deny.", "negation")
    near = [*mine, *(s for s in said(case.draft) if s.family == "lack")]
    for k, other in theirs:
        own = [i for i in other.own if case.sources[k].read.words[i].telling]
        heard = case.heard(k, own, _WEAK, _SLACK) if own else case.heard(k, other.of[:2], _HEARD, _SLACK)
        if heard and not any(_answers(case, one, k, other) for one in near):
            return Refused(other.text, f"The source denies it (“{other.text}”), the draft does not.", "negation")
    return None


def _is_lack(case: Case, one: Said, k: int, other: Said) -> bool:
    """Whether what the draft denies is what the source has a word of lack for: does not work, switched off; at no cost, free."""
    heads, cover = _heads(case.draft, one)[:1], case.aligned.covers(k)
    own = case.links(heads, k, other.own)
    if _SAME <= own < _SAME_WORD and own >= float(cover[heads].max(initial=0.0)) - _NEARLY:
        return True
    return other.text.casefold().startswith(_FREE_OF) and case.links(heads, k, other.of[:1]) >= _ALIKE


def _opposites(case: Case) -> Refused | None:
    theirs = [(k, state) for k in case.picked for state in states(case.sources[k].read.text)]
    for mine in states(case.draft.text):
        alike = [(k, s) for k, s in theirs if s.row == mine.row]
        if not alike or any(s.first == mine.first for _, s in alike):
            continue
        for k, state in alike:
            if state.denied == mine.denied and _linked(case, mine, k, state):
                word = case.draft.text[mine.start : mine.end]
                return Refused(word, f"The source says the opposite of “{word}”.", "negation")
    return None


def _linked(case: Case, mine: State, k: int, other: State) -> bool:
    places = case.draft.places(mine.start, mine.end)
    others = case.sources[k].read.places(other.start, other.end)
    columns = [case.aligned.column(k, j) for j in others]
    if not columns or case.links(places, k, others) < _STATE:
        return False
    return int(case.aligned.similar[:, columns].max(axis=1).argmax()) in places


def _modality(case: Case) -> Refused | None:
    mine, theirs = _sides(case, *CERTAINTY)
    for one in mine:
        home = _sentence(case, one)
        if any(_weakens(other, one) for other in mine) or _translated(case, one, home):
            continue
        met = [other.family for k, other in theirs if _meet(case, one, k, other, _WEAK if k == home else _SAME)]
        if not any(_may_say(one.family, family) for family in met) and (met or _is_past(case, one, home)):
            return Refused(one.text, f"“{one.text}” is not how the source puts it.", "modality")
    near = [s for s in said(case.draft) if s.family in (*CERTAINTY, "ongoing")]
    for k, other in theirs:
        weaker = any(j == k and _weakens(mark, other) for j, mark in theirs)
        heard = case.heard(k, other.of[:1], _HEARD, _SLACK)
        if weaker or not heard or not any(_tells_as_done(case, i, k, other) for i in heard):
            continue
        if not any(_may_say(one.family, other.family) and _answers(case, one, k, other) for one in near):
            return Refused(other.text, f"What the source puts as “{other.text}” the draft puts otherwise.", "modality")
    return None


def _tells_as_done(case: Case, place: int, k: int, other: Said) -> bool:
    """Whether the draft tells as done, by word `place`, what the source's mark is said of."""
    draft = case.draft
    if _is_done(draft, place):
        return True
    same = case.links([place], k, other.of[:1]) >= _SAME_WORD
    before = {draft.words[i].text for i in range(max(0, place - _REACH), place)}
    return same and draft.language == "bg" and before.isdisjoint(_OPENS_VERB)  # построи is past unless да or ще is before it


def _translated(case: Case, one: Said, k: int) -> bool:
    """Whether a telling word of the draft has one just like it in the sentence: the same plan, the same demand."""
    own = [i for i in one.own if case.draft.words[i].telling and case.draft.vectors[i].any()]
    return bool(own) and float(case.aligned.covers(k)[own].max()) >= _ALIKE


def _is_past(case: Case, one: Said, k: int) -> bool:
    """Whether the source tells as done what a mark of the draft is said of."""
    read = case.sources[k].read
    for i in one.of[:1]:
        block = case.aligned.similar[i, case.aligned.offset[k] : case.aligned.offset[k + 1]]
        if block.size and block.max() >= _HEARD and _is_done(read, int(block.argmax())):
            return True
    return False


def _is_done(read: Read, place: int) -> bool:
    """Whether a word tells of what is done: by its form, by an auxiliary before it, or by "already" in its clause."""
    if speaks_of_past(read.words[place].text, read.language):
        return True
    beside = (read.words[i].text for i in range(max(0, place - 2), place))
    if any(word in _AUXILIARIES for word in beside):
        return True
    return any(
        word.text in _ALREADY for word, clause in zip(read.words, read.clause, strict=True) if clause == read.clause[place]
    )


def _weakens(one: Said, other: Said) -> bool:
    """Whether another mark already says of the same that it is less certain: will probably be."""
    if CERTAINTY.index(one.family) >= CERTAINTY.index(other.family):
        return False
    return not {*one.of, *one.own}.isdisjoint({*other.of[:2], *other.own})


def _may_say(draft: str, source: str) -> bool:
    """Whether a draft may use a word of one family where the source uses one of another."""
    return draft == source or (draft, source) in _INTERCHANGED


def _order(case: Case) -> Refused | None:
    """Before the meeting, where the source has after it."""
    for family, opposite in (("before", "after"), ("after", "before")):
        mine, same = _sides(case, family)
        _, others = _sides(case, opposite)
        for one in mine:
            kept = any(_meet(case, one, k, other, 0.3) for k, other in same)
            if not kept and any(_meet(case, one, k, other, _SURE) for k, other in others):
                return Refused(one.text, f"“{one.text}”: the source has it the other way round.", "date")
    return None


def _cause(case: Case) -> Refused | None:
    mine, theirs = _sides(case, "cause")
    _, maybe = _sides(case, "since")
    if mine and not theirs and not maybe:
        return Refused(mine[0].text, f"“{mine[0].text}”: the source gives no such reason.", "cause")
    return None


def _quantifiers(case: Case) -> Refused | None:
    for family, others in (("all", ("all", "any")), ("only", ("only", "scant")), ("exactly", ("exactly",)), ("most", ("most",))):
        mine, _ = _sides(case, family)
        _, theirs = _sides(case, *others)
        for one in mine:
            k = _sentence(case, one)
            if not any(j == k or _meet(case, one, j, other) for j, other in theirs) and not _translated(case, one, k):
                return Refused(one.text, f"“{one.text}” goes beyond the source.", "quantifier")
    mine, theirs = _sides(case, "some", "most")
    counted = {i for v in case.draft.values for i in case.draft.places(v.start, v.end)}
    for k, other in theirs:
        heard = case.heard(k, other.of[:1], _SURE, 0.03) and not case.heard(k, other.own, _SURE, _SLACK)
        if heard and not mine and not counted:
            return Refused(other.text, f"The source says it of “{other.text}” only.", "quantifier")
    return None
