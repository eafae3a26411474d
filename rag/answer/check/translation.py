"""Whether a machine translation of a quotation has the figures, dates and names of the original, and no others."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer.check.amounts import stated
from rag.answer.check.naming import akin, alike, parts
from rag.answer.check.reading import Read, language_of, read
from rag.text.exonyms import exonyms
from rag.text.lexicon import is_form
from rag.text.morphology import base_form
from rag.text.names import Name
from rag.text.normalise import fold_word
from rag.types import Refused
from rag.values import Value, compare


def check_translation(text: str, original: str, language: str) -> Refused | None:
    """Why `text`, in `language`, may not stand as a translation of `original`; None where it may.

    Each figure, date and name of the one is in the other, both ways. A common word with a capital is no reason.
    """
    mine = read(text, language_of(text, language), None, None)
    theirs = read(original, language_of(original, None), None, None)
    for one, other, where in ((mine, theirs, "the original has not"), (theirs, mine, "the translation lacks")):
        if value := _lacking(stated(one), stated(other)):
            code = "date" if value.kind in ("date", "time") else "number"
            return Refused(text, f"There is “{value.text}”, which {where}.", code)
        if name := _unnamed(one, other):
            return Refused(text, f"There is “{name.text}”, which {where}.", "name")
    return None


def _lacking(values: Sequence[Value], others: Sequence[Value]) -> Value | None:
    """The first of some values that is not among others as often."""
    left = list(others)
    for value in values:
        same = next((other for other in left if _same(value, other)), None)
        if same is None:
            return value
        left.remove(same)
    return None


def _same(one: Value, other: Value) -> bool:
    if compare(one, other) == "same":
        return True
    return one.kind == other.kind and one.unit == other.unit and (one.low, one.high) == (other.low, other.high) != (None, None)


def _unnamed(one: Read, other: Read) -> Name | None:
    """The first name of a text that another has not."""
    words = [other.text[word.start : word.end] for word in other.words if word.capital]
    everywhere = [other.text[word.start : word.end] for word in other.words if len(word.text) > 3]
    for name in one.names:
        if any(alike(name.text, n.text) for n in other.names):
            continue
        for part in parts(name.text):
            known = any(alike(part, word) for word in words) or any(akin(part, word) for word in everywhere)
            if not known and not _is_common(part, one.language):
                return name
    return None


def _is_common(word: str, language: str) -> bool:
    """Whether a word with a capital is in the dictionary, and no listed name."""
    folded = fold_word(word)
    if exonyms().at([folded], 0, shouted=word.isupper()) is not None:
        return False
    return is_form(folded, language) or is_form(base_form(folded, language), language)
