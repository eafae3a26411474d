"""Whether a draft denies, hedges, gives reasons and generalises as its sources do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np

from rag.answer.check.certainty import certainty
from rag.answer.check.clauses import clauses
from rag.answer.check.compared import Mark, beside_draft, beside_sources, block, home
from rag.answer.check.concepts import opposite, sides
from rag.answer.check.doubts import Doubt, over, refusal
from rag.answer.check.evidence import Case
from rag.answer.check.likeness import likeness, part
from rag.answer.check.marks import Said, heads, said
from rag.answer.check.opposites import denied, opposites
from rag.answer.check.reading import Read
from rag.types import Refused
from rag.values.vocabulary import words

_ORDER_KEPT = 0.3  # similarity from which "before" is said of the same on both sides
_ORDER_TURNED = 0.5
_COUNTERPART = 0.45  # similarity from which a word stands for another
_FEWEST = 2  # telling words by which a reason is weighed
_REASONED = 5  # telling words after a mark that its reason takes at most
_NOISE_LACK = 0.4
_SCALE = 5.0
_CONTRASTING = frozenset(["а", "and", "ами"])  # at eight, and not at ten
_PLAIN = frozenset(["not", "no", "не", "нет", "няма"])
_GREATER = (("all", ("all", "any")), ("only", ("only", "scant")), ("exactly", ("exactly",)), ("most", ("most",)))
_BOTH = frozenset(words("both оба обе обоих обеих обоим обеим обоими обеими двамата двете двата"))
_NEXT = 2  # letters between a mark and the number that follows
_AND_PARTS = ("some", "most")


def check_wording(case: Case) -> Refused | None:
    """Why the draft says otherwise what its sources say; None where it does not."""
    return refusal(doubts(case)) or _order(case)


def doubts(case: Case) -> Iterator[Doubt]:
    """All that the draft may say otherwise than its sources: what is denied, how sure it is, why, and of how many."""
    return chain(_denying(case), opposites(case), certainty(case), _reasons(case), _amounts(case))


def own_marks(case: Case, *families: str) -> list[Said]:
    """The marks of some families in the draft."""
    return [one for one in said(case.draft) if one.family in families]


def source_marks(case: Case, *families: str) -> list[Mark]:
    """The same in all sentences of the cited passages."""
    return [(k, one) for k, source in enumerate(case.sources) for one in said(source.read) if one.family in families]


def _denying(case: Case) -> Iterator[Doubt]:
    mine, lacks = own_marks(case, "negation"), own_marks(case, "lack")
    theirs, near = source_marks(case, "negation"), source_marks(case, "lack")
    for one in mine:
        there = home(case, [*one.own, *one.of[:2]])
        features = beside_sources(case, one, theirs, near, there) | _said_there(case, one, there)
        kind = "refuses" if _tells(case.draft, one) else "denies"
        yield Doubt("negation", kind, one.text, features, f"“{one.text}” denies what the source does not deny.")
    draft = case.draft
    told = (i for i, w in enumerate(draft.words) if w.telling and i not in case.set_apart and draft.vectors[i].any())
    homes = {home(case, [i]) for i in told} if theirs else set()
    for k, other in theirs:
        if (k in case.picked or k in homes) and not _tells(case.sources[k].read, other):
            features = beside_draft(case, (k, other), mine, lacks) | _said_here(case, (k, other))
            lack = max((case.links([i for i in m.own if draft.words[i].telling], k, other.of[:1]) for m in lacks), default=0.0)
            features |= {
                "lack": over(lack, _NOISE_LACK),
                "plain": float(other.text.casefold() in _PLAIN),
                "picked": float(k in case.picked),
            }
            reason = f"The source denies it (“{other.text}”), the draft does not."
            yield Doubt("negation", "undenied", other.text, features, reason)


def _said_there(case: Case, one: Said, there: int) -> dict[str, float]:
    """Whether the source denies the counterpart of what the draft denies, or has its opposite there."""
    draft, read, similar = case.draft, case.sources[there].read, block(case, there)
    found = {"denied_there": 0.0, "opposed_there": 0.0, "affirmed_there": 0.0}
    for i in one.of[:2]:
        if not similar.shape[1] or (likest := float(similar[i].max())) < _COUNTERPART:
            continue
        j = int(similar[i].argmax())
        there_denied = denied(read, j)
        found["denied_there"] = max(found["denied_there"], there_denied)
        found["affirmed_there"] = max(found["affirmed_there"], likest * (there_denied == 0.0))
    before = draft.words[one.own[0] - 1].text if one.own[0] else ""
    found["contrast"] = float(before in _CONTRASTING)
    mine = [sides(draft.words[i].text, draft.language) for i in one.of[:2]]
    theirs = [sides(w.text, read.language) for w in read.words if w.telling]
    found["opposed_there"] = float(any(opposite(a, b) for a in mine for b in theirs))
    return found


def _said_here(case: Case, mark: Mark) -> dict[str, float]:
    """Whether the draft denies the counterpart of what the source denies, or has its opposite, and is of that sentence at all."""
    k, other = mark
    read, draft, similar = case.sources[k].read, case.draft, block(case, k)
    said_of = [j for j in other.of[:2] if not case.is_named(case.aligned.column(k, j))]
    found = {"denied_here": 0.0, "opposed_here": 0.0, "settled": 0.0}
    for j in said_of:
        i = int(similar[:, j].argmax())
        if float(similar[i, j]) >= _COUNTERPART:
            found["denied_here"] = max(found["denied_here"], denied(draft, i))
            found["settled"] = max(found["settled"], float(home(case, [i]) == k))
    theirs = [sides(read.words[j].text, read.language) for j in said_of]
    mine = [sides(w.text, draft.language) for w in draft.words if w.telling]
    found["opposed_here"] = float(any(opposite(a, b) for a in mine for b in theirs))
    inside = [
        j
        for j in clauses(read)[read.clause[other.own[0]]]
        if read.words[j].telling and j not in other.own and not case.is_named(case.aligned.column(k, j))
    ]
    found["rest"] = over(float(similar[:, inside].max(axis=0).mean()) if inside else 0.0, _NOISE_LACK)
    return found


def _tells(read: Read, one: Said) -> bool:
    """Whether a mark is a word that tells something: refused, and not "not"."""
    return any(read.words[i].telling and read.vectors[i].any() for i in one.own)


def _reasons(case: Case) -> Iterator[Doubt]:
    theirs, near = source_marks(case, "cause"), source_marks(case, "since")
    for one in own_marks(case, "cause"):
        there = home(case, [*one.own, *one.of[:2]])
        features = beside_sources(case, one, theirs, near, there) | _grounds(case, one, there)
        features["answered"] = float(any(k in case.picked for k, _ in theirs))
        features["after"] = float(any(k == there for k, _ in source_marks(case, "after")))
        yield Doubt("cause", "reason", one.text, features, f"“{one.text}”: the source gives another reason, or none.")


def _grounds(case: Case, one: Said, there: int) -> dict[str, float]:
    """How well the source has the words of a reason, those after its mark, beside the other words of the draft."""
    draft, covers = case.draft, np.stack([case.aligned.covers(k) for k in range(len(case.sources))])
    told = [i for i, w in enumerate(draft.words) if w.telling and i not in case.set_apart and draft.vectors[i].any()]
    number = draft.clause[one.own[0]]
    after = [i for i in told if i > one.own[-1] and draft.clause[i] <= number + 1][:_REASONED]
    if not after:
        return {}
    rest = [i for i in told if i not in after and i not in one.own]
    here = covers[there][after]
    picked = covers[list(case.picked)].max(axis=0)[after]
    return {
        "ground_mean": float(here.mean()),
        "ground_worst": float(picked.min()),
        "ground_first": float(picked[0]),
        "ground_two": float(np.sort(picked)[:_FEWEST].mean()),
        "ground_best": float(covers.max(axis=0)[after].mean()),
        "ground_rest": float(covers[there][rest].mean()) if rest else 0.5,
        "ground_short": 1 / len(after),
        "ground_elsewhere": float(covers.max(axis=0)[after].mean() - here.mean()),
        **_reason_read(case, one, after, there),
    }


def _reason_read(case: Case, one: Said, after: list[int], there: int) -> dict[str, float]:
    """How alike a reason is to its sentence, and what the draft without it is more than with it."""
    draft, source = case.draft, case.sources[there].read
    reason = range(one.own[0], after[-1] + 1)
    without = part(draft, range(len(draft.words)), reason)
    more = likeness(without, source.text, case.embedder) - likeness(draft.text, source.text, case.embedder)
    reasoned = part(draft, range(after[0], after[-1] + 1))
    beside = [part(source, places) for places in clauses(source).values()]
    best = max((likeness(reasoned, text, case.embedder) for text in beside), default=0.0)
    return {
        "reason_freed": _SCALE * more,
        "reason_alike": _SCALE * best,
    }


def _amounts(case: Case) -> Iterator[Doubt]:
    parts = source_marks(case, *_AND_PARTS)
    for family, answering in _GREATER:
        theirs = source_marks(case, *answering)
        for one in own_marks(case, family):
            there = home(case, [*one.own, *one.of[:2]])
            features = beside_sources(case, one, theirs, parts, there) | {name: float(name == family) for name, _ in _GREATER}
            features |= {"counted": float(_counts(case, one)), "both": float(one.text.casefold() in _BOTH)}
            yield Doubt("quantifier", "greater", one.text, features, f"“{one.text}” goes beyond the source.")


def _counts(case: Case, one: Said) -> bool:
    """Whether a number follows a mark: all four."""
    end = case.draft.words[one.own[-1]].end
    return any(value.low is not None and 0 < value.start - end <= _NEXT for value in case.draft.values)


def _order(case: Case) -> Refused | None:
    """Before the meeting, where the source has after it."""
    for family, reverse in (("before", "after"), ("after", "before")):
        same = [mark for mark in source_marks(case, family) if mark[0] in case.picked]
        others = [mark for mark in source_marks(case, reverse) if mark[0] in case.picked]
        for one in own_marks(case, family):
            kept = any(_meet(case, one, mark) >= _ORDER_KEPT for mark in same)
            if not kept and any(_meet(case, one, mark) >= _ORDER_TURNED for mark in others):
                return Refused(one.text, f"“{one.text}”: the source has it the other way round.", "date")
    return None


def _meet(case: Case, one: Said, mark: Mark) -> float:
    k, other = mark
    return case.links(heads(case.draft, one), k, heads(case.sources[k].read, other))
