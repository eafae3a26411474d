"""The words by which a sentence denies, hedges, gives reasons and generalises, and what each is said of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rag.answer.check.reading import Read
from rag.answer.check.verbs import estimates, speaks_of_future
from rag.answer.check.words import marked

_REACH = 3  # telling words after a mark that it is said of
_PLAIN = frozenset(["не", "нет", "няма", "нямаше"])


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


def heads(read: Read, one: Said) -> list[int]:
    """The words that a mark is nearest said of, and its own where they tell something."""
    return [*(i for i in one.own if read.words[i].telling), *one.of[:2]]
