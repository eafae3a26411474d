"""Differences between claims alone, where no question says what is compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from rag.answer.cross.statements import Report, Statement, document_keys, reports
from rag.text.predicates import predicates
from rag.types import Claim, Conflict, Side
from rag.values import Value, compare, say
from rag.values.nouns import NOUNS

_SHARED = 0.5  # of the shorter sentence's words, in one language: two sentences that tell the same
_KINDS = frozenset(("number", "percent", "money", "magnitude"))


def differences(claims: Sequence[Claim]) -> tuple[Conflict, ...]:
    """Where claims from two documents tell the same thing with different values."""
    found = []
    for one, other in combinations(reports((), claims), 2):
        for statement, beside in product(one.statements, other.statements):
            if _tell_the_same(statement, beside):
                found += list(_of_values(one, other, statement, beside))
    return tuple(found)


def _tell_the_same(one: Statement, other: Statement) -> bool:
    if one.language == other.language:
        least = min(len(one.lemmas), len(other.lemmas)) or 1
        return len(one.lemmas & other.lemmas) / least >= _SHARED
    names = document_keys(one.text) & document_keys(other.text)
    return bool(names) and not predicates(one.text).isdisjoint(predicates(other.text))


def _of_values(one: Report, other: Report, statement: Statement, beside: Statement) -> Iterator[Conflict]:
    """For each thing that both count or measure once, the difference."""
    for here in statement.values:
        rivals = [there for there in beside.values if _one_thing(here, there)]
        if len(rivals) == 1 and sum(_one_thing(rivals[0], mine) for mine in statement.values) == 1:
            relation = compare(here, rivals[0])
            if relation in ("different", "approximation"):
                sides = tuple(
                    Side(say(value, s.language) if s.language in ("bg", "ru", "en") else value.text, (s.citation,))
                    for value, s in ((here, statement), (rivals[0], beside))
                )
                yield Conflict("number", "approximation" if relation == "approximation" else "contradiction", sides)


def _one_thing(one: Value, other: Value) -> bool:
    if one.kind != other.kind or one.kind not in _KINDS:
        return False
    return one.kind != "number" or (one.what == other.what and one.what in NOUNS)
