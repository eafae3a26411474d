"""Who did it: the names in a report that may answer, and whether two of them are one."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.answer.check.gentilics import place_of
from rag.answer.cross.statements import Statement
from rag.text.names import Name, names, same_name
from rag.text.normalise import fold_word

# A name after one of these is where something happened, or whose it is, and hardly who did it.
_PLACE = re.compile(
    r"(?:\b(?:in|at|near|off|outside|across|around|to|into|towards|over|on|onto|against|from|of|for|в|во|на|у|под|около|из"
    r"|близ|возле|край|до|към|при|за|срещу|над|против)\b(?:\s+the|\s+град|\s+город\w*|\s+село)?)\s*$",
    re.IGNORECASE,
)
# ... and one after these is who it was not, or no longer is.
_REPLACED = re.compile(
    r"\b(?:instead of|in place of|replac\w+|succeed\w*|success\w+ (?:of|to)|away from|not|rather than|beat(?:ing)?|defeat\w*"
    r"|ahead of|вместо|сменил\w*|сменивш\w+|замени\w+|сменяет|а не|не|обойдя|опередив|победив"
    r"|вместо|замества|наследява|смени|смени\w*|а не|не|преди|пред|побеждавайки|изпревари\w*)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"^\W*(?:(?:who|whom|whose|котор\w+|който|която|които)\b[^,.;]{1,80},\s*)?(?:who |который |която |който )?"
    r"(?:has |have |had )?(?:withdrawn|withdrew|stepped down|resign\w*|declined|(?:was |is |been )?stripped|left|quit"
    r"|pulled out|dropped out"
    r"|been (?:dropped|sacked|replaced|injured)|fallen ill|is (?:ill|out|injured)"
    r"|снял\w*|отказал\w*|подал\w* в отставку|покинул\w*|лишен\w*|дисквалифиц\w*|снят\w*|выбыл\w*|ушел|ушла|заболел\w*"
    r"|травмирован\w*|уволен\w*|оттегли"
    r"|се оттегли|отказа|се отказа|подаде оставка|напусна|отпадна|се контузи|контузи се|е контузен\w*"
    r"|се разболя|заболя|беше уволнен\w*|е уволнен\w*)",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"[a-z](?:an|ese|ish|ch)$")
_BY = re.compile(
    r"\b(?:by|от|от страна на|work of|дело на|credited to|to|is|е на|is the|стане\w*|станет|стал\w*|бе"
    r"|был\w*)\s+(?:[a-zа-яё-]+\s+){0,4}$"
)
_OPENS_QUOTED = ("«", "„", "“", '"')


def people(statement: Statement) -> tuple[Name, ...]:
    """The names in a statement that may be somebody's, and not a place's."""
    found = (name for name in _names(statement.text, statement.language) if not _of_a_place(name))
    return tuple(name for name in found if not _PLACE.search(statement.text[: name.start]) or " " in name.text)


def _of_a_place(name: Name) -> bool:
    """Whether a name is but the adjective of a place: "North Korean" officials."""
    last = name.text.split()[-1]
    return _ADJECTIVE.search(last) is not None and bool(place_of(fold_word(last)))


def all_names(statement: Statement) -> tuple[Name, ...]:
    """All names in a statement."""
    return _names(statement.text, statement.language)


@lru_cache(maxsize=4096)
def _names(text: str, language: str | None) -> tuple[Name, ...]:
    return names(text, language)


def role(statement: Statement, name: Name) -> float:
    """How much the words around a name speak for its bearer having done what the sentence tells."""
    before = statement.text[: name.start]
    score = 1.0 if " " in name.text else 0.0
    if _BY.search(before):
        score += 1.0
    if _PLACE.search(before) and not _BY.search(before):
        score -= 2.0
    if before.endswith(_OPENS_QUOTED):
        score -= 0.5  # a ship, a club or a film
    return score - 2.5 * _speaks(statement, name)


def _speaks(statement: Statement, name: Name) -> bool:
    """Whether a name is that of who the statement comes from, and not of whom it tells."""
    said = statement.attributed()
    if said is None or statement.document is None:
        return False
    return said.start <= statement.citation.start + name.start < said.end


def gone(statement: Statement, name: Name) -> bool:
    """Whether the statement names somebody as who it was not, or no longer is."""
    before, after = (part.replace("ё", "е") for part in (statement.text[: name.start], statement.text[name.end :]))
    return _REPLACED.search(before) is not None or _GONE.match(after) is not None


def one_person(one: str, other: str) -> bool:
    """Whether two names may be one bearer's."""
    return same_name(one, other) or any(
        " " in name and same_name(name.partition(" ")[2], rest) for name, rest in ((one, other), (other, one))
    )
