"""What a number of a report counts, beside what a question asks for: people to whom something happened, things, sums of money."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.answer.cross.statements import Statement, told
from rag.answer.cross.wanted import PREDICATES, Wanted, listed, roles
from rag.text import tokenize
from rag.values import Value
from rag.values.nouns import NOUNS, noun

# Two nouns of two languages that mean the same have a likeness of .3 to .6 as the embedder sees them, others of 0 to .3.
_UNLIKE = 0.27
_ALIKE = 8.0
# Currencies that are not read as money, and what stands after figures of them.
_COINS = (
    "crown",
    "krona",
    "krone",
    "крона",
    "крон",
    "dinar",
    "динар",
    "dirham",
    "дирхам",
    "peso",
    "песо",
    "lorin",
    "лорин",
    "token",
    "credit",
    "кредит",
    "florin",
    "флорин",
)
_BEFELL = frozenset(key for keys in PREDICATES.values() for key in keys) - {"rescue"}  # rescuers are told of with the dead
_BODIES = re.compile(r"\b(?:bod(?:y|ies)|remains|тела|тел|тело|телата|тялото|останки\w*)\b", re.IGNORECASE)
# "The number of people hurt when …", whose figure comes after the verb.
_NUMBER_OF = re.compile(
    r"\b(?:number|toll|count|total) of\b|\bчисл[оа]\b|\bколичество\b|\bброят\b|\bброя\b|\bбройката\b", re.IGNORECASE
)
_TOLD = 0.33  # how well a sentence has the question's word for what befell people, where it may say so in words not listed
_UNTOLD = 2.0  # how much less fits a bare figure in a sentence without a word for what is counted
LOOK_BACK = 200  # characters before a sentence that may say what befell those whom it counts, or be put right after it
_AFFECTED = frozenset(("injured", "affected"))
_CASUALTIES = _AFFECTED | {"casualties", "dead"}
_WHERE = frozenset(("country", "state", "region", "city", "town", "village", "settlement", "island", "district", "municipality"))
_PARTS = re.compile(r"[;:()—–]|,\s|\.\s|\s(?=(?:and|but|while|а|и|но|или|or)\s)")


def own_part(statement: Statement, value: Value) -> tuple[int, int]:
    """The part of the sentence that is nearer to a value than to others of its kind, cut where a clause ends. Of how many places
    something holds ("in nine countries") is no other value."""
    text = statement.text
    low, high = 0, len(text)
    for other in statement.values:
        if other.kind != value.kind or other.what in _WHERE:
            continue
        if other.end <= value.start:
            low = max(low, _border(text, other.end, value.start))
        elif other.start >= value.end:
            high = min(high, _border(text, value.end, other.start))
    return low, high


def _border(text: str, start: int, end: int) -> int:
    """Where the words between two values part: at the last clause break, else at "and", else where the second begins."""
    breaks = [m.end() for m in _PARTS.finditer(text, start, end)]
    return breaks[-1] if breaks else end


def counts(asked: Wanted, statement: Statement, value: Value) -> float | None:
    """How well what a number counts is what is asked for; None where it counts something else."""
    if asked.kinds[0] == "money":
        what = value.what or ""
        return 1.0 if what.partition(":")[2] in _COINS else None if listed(what) else -1.5
    if asked.kinds[0] in ("percent", "magnitude"):
        return -1.0 if value.what is None or value.what == asked.what or asked.what is None else -2.0
    if asked.what is not None and asked.what in (value.what, value.group):
        return 2.5
    wanted, given = NOUNS.get(asked.what or ""), NOUNS.get(value.what or "")
    role = _role_asked(asked)
    if role is not None:
        return _of_role(role, asked, statement, value)
    if given is not None and given.kind == "role" and given.key not in asked.roles:
        return None if asked.roles else -1.0
    if wanted is None or given is None:
        alike = statement.likeness(value.start, value.end, asked.counted) if asked.counted and value.what else None
        if alike is not None:
            return max(-2.0, min(2.0, _ALIKE * (alike - _UNLIKE)))
        if value.what is None:
            told_of = statement.has((asked.counted,)) if asked.counted else None
            aside = 0.0 if told_of is None or told_of >= _TOLD else _UNTOLD
            return (-0.5 if asked.what is None else -1.0) - aside
        if asked.what is None:
            return -0.5
        return -1.5 if wanted is given and asked.what[:2] == value.what[:2] else -0.5  # two nouns of one language
    if wanted.kind == given.kind == "thing":
        return None
    if "thing" in (wanted.kind, given.kind):
        return -2.0
    if asked.what == "people":
        return 1.0
    return -0.5 if value.what != "people" or asked.what in _groups(statement.text, statement.language) else -1.0


def _role_asked(asked: Wanted) -> str | None:
    """What befell those who are counted: "how many injured", "how many people were evacuated"; None where nothing is said to."""
    wanted = NOUNS.get(asked.what or "")
    if wanted is not None and wanted.kind == "role":
        return asked.what
    if wanted is None or wanted.kind != "group":
        return None
    for roles_alike in (_AFFECTED, _CASUALTIES):
        if asked.roles and asked.roles <= roles_alike:
            return min(asked.roles, key=lambda key: (key != "casualties", key != "injured"))
    return next(iter(asked.roles)) if len(asked.roles) == 1 else None


@lru_cache(maxsize=4096)
def _groups(text: str, language: str | None) -> frozenset[str]:
    """The groups of people that a text names."""
    found = (noun(token.text, language) for token in tokenize(text)) if language in ("en", "ru", "bg") else ()
    return frozenset(n.key for n in found if n is not None and n.kind == "group")


def _of_role(role: str, asked: Wanted, statement: Statement, value: Value) -> float | None:
    """A count of those whom something befell: its noun says so, or it counts people of whom nothing else is said."""
    alike = _CASUALTIES if role == "casualties" else _AFFECTED if role in _AFFECTED else frozenset((role,))
    given = NOUNS.get(value.what or "")
    if value.what in alike:
        return 2.0
    if given is not None and given.kind != "group":
        return None
    unlisted = 1.0 if value.what is not None and given is None else 0.0  # "two parents said that a boy had died"
    low, high = own_part(statement, value)
    clause = statement.text[low:high]
    if any(said and said.isdisjoint(alike) for said in (_governing(statement, value), roles(clause, statement.language))):
        return None
    if role == "dead" and _BODIES.search(clause):
        return 1.0
    happened = told(clause) & _BEFELL
    if happened and happened.isdisjoint(PREDICATES.get(role, ())):
        return None
    if not _befell(alike, role, statement, statement.text):
        told_of = statement.has(asked.befell)
        near = told_of is None or told_of >= _TOLD or _befell(alike, role, statement, statement.before[-LOOK_BACK:])
        same = asked.group not in (None, "people") and value.what == asked.group
        return -1.0 - unlisted if near or same or _NUMBER_OF.search(statement.text[: value.start]) else None
    return (1.0 if given is not None else 0.5) - unlisted


def _governing(statement: Statement, value: Value) -> frozenset[str]:
    """What befell those counted, where the figure is what their number came to: "the number of people hurt rose to 15"."""
    before = statement.text[: value.start]
    number = max((m.end() for m in _NUMBER_OF.finditer(before)), default=None)
    return frozenset() if number is None else roles(before[number:], statement.language)


def _befell(alike: frozenset[str], role: str, statement: Statement, text: str) -> bool:
    return not alike.isdisjoint(roles(text, statement.language)) or not told(text).isdisjoint(PREDICATES.get(role, ()))
