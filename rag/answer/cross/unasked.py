"""Differences between claims alone, where no question says what is compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from rag.answer.cross.statements import Statement, document_keys, reports
from rag.text.predicates import predicates
from rag.types import Claim, Conflict, Side
from rag.values import Value, compare, say
from rag.values.nouns import NEAR, NOUNS

_SHARED = 0.5  # of the shorter sentence's words, in one language: two sentences that tell the same
_KINDS = frozenset(("number", "percent", "money", "magnitude"))


@dataclass(frozen=True, slots=True)
class _Told:
    """A value with the statement that tells it."""

    statement: Statement
    value: Value


def differences(claims: Sequence[Claim]) -> tuple[Conflict, ...]:
    """Where claims of several documents tell the same thing with different values: one conflict a thing, with a side a value."""
    found: list[list[_Told]] = []
    for one, other in combinations(reports((), claims), 2):
        for statement, beside in product(one.statements, other.statements):
            if _tell_the_same(statement, beside):
                for pair in _of_one_thing(statement, beside):
                    _joined(found, pair)
    return tuple(conflict for told in found if (conflict := _conflict(told)) is not None)


def _joined(found: list[list[_Told]], pair: tuple[_Told, _Told]) -> None:
    """Put two values of one thing into the group that has one of them, or into one of their own."""
    groups = [group for group in found if any(told in group for told in pair)]
    whole = list(dict.fromkeys([*(told for group in groups for told in group), *pair]))
    found[:] = [*(group for group in found if group not in groups), whole]


def _conflict(told: Sequence[_Told]) -> Conflict | None:
    """The difference between values of one thing; None where they agree."""
    sides: list[list[_Told]] = []
    for one in told:
        side = next((side for side in sides if compare(side[0].value, one.value) in ("same", "incomparable")), None)
        if side is None:
            sides.append([one])
        else:
            side.append(one)
    if len(sides) < 2 or len({one.statement.citation.doc_id for one in told}) < 2:
        return None
    ways = {compare(a[0].value, b[0].value) for a, b in combinations(sides, 2)}
    made = tuple(_side(side) for side in sides)
    return Conflict("number", "contradiction" if "different" in ways else "approximation", made)


def _side(told: Sequence[_Told]) -> Side:
    first = told[0]
    language = first.statement.language
    said = say(first.value, language) if language in ("bg", "ru", "en") else first.value.text
    source = first.statement.attributed()
    return Side(
        said, tuple(dict.fromkeys(one.statement.citation for one in told)), attribution=source.speaker if source else None
    )


def _tell_the_same(one: Statement, other: Statement) -> bool:
    if one.language == other.language:
        least = min(len(one.lemmas), len(other.lemmas)) or 1
        return len(one.lemmas & other.lemmas) / least >= _SHARED
    names = document_keys(one.text) & document_keys(other.text)
    return bool(names) and not predicates(one.text).isdisjoint(predicates(other.text))


def _of_one_thing(statement: Statement, beside: Statement) -> Iterator[tuple[_Told, _Told]]:
    """The values of what both count or measure once."""
    for here in statement.values:
        rivals = [there for there in beside.values if _one_thing(here, there)]
        alone = len(rivals) == 1 and sum(_one_thing(rivals[0], mine) for mine in statement.values) == 1
        if alone and compare(here, rivals[0]) != "incomparable":
            yield _Told(statement, here), _Told(beside, rivals[0])


def _one_thing(one: Value, other: Value) -> bool:
    if one.kind != other.kind or one.kind not in _KINDS:
        return False
    whats = frozenset((one.what, other.what))
    return one.kind != "number" or (one.what in NOUNS and (one.what == other.what or whats in NEAR))
