"""Whether a drafted sentence is what its sources say.

A draft stands where every part of it rests on sentences of the passages that it cites: each figure and date with its unit and
what it is said of, each name in the place where the source has it, each quotation word for word, what is denied, planned,
possible, caused or said of all as the source has it, and every other telling word beside one that means the same. Whatever
cannot be tied to the source is refused: an exact quotation takes its place, and nobody is told what nobody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rag.answer.check.alignment import Alignment
from rag.answer.check.contrary import check_contrary
from rag.answer.check.evidence import Case
from rag.answer.check.fluency import check_fluency
from rag.answer.check.meaning import check_meaning
from rag.answer.check.names import check_names
from rag.answer.check.places import check_places
from rag.answer.check.quotes import check_quotes
from rag.answer.check.reading import LONGEST, language_of, read, sources
from rag.answer.check.roles import check_roles
from rag.answer.check.support import chosen
from rag.answer.check.translation import check_translation
from rag.answer.check.units import check_units
from rag.answer.check.values import check_values
from rag.answer.check.wording import check_wording
from rag.answer.quote import cite
from rag.embed.base import Embedder
from rag.types import Citation, Hit, Refused
from rag.values import read_values

_MODEL = "multilingual-e5-small"  # the bundled one, which need not be asked
_MARK = re.compile(r"\[(\d+)\]")
_MARKS = re.compile(r"\s*\[\d+\]")
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)  # turns text about, or is not seen
_SPACES = re.compile(r"\s+")

__all__ = ["Supported", "check_translation", "verify"]

Check = Callable[[Case], Refused | None]
CHECKS: tuple[Check, ...] = (
    check_fluency,
    check_quotes,
    check_values,
    check_units,
    check_names,
    check_places,
    check_contrary,
    check_wording,
    check_roles,
    check_meaning,
)


@dataclass(frozen=True, slots=True)
class Supported:
    """A sentence that stands, without its marks, and what it rests on: the fewest sentences that say all of it, one or more."""

    text: str
    citations: tuple[Citation, ...]


def verify(
    sentence: str, hits: Sequence[Hit], *, embedder: Embedder | None = None, language: str | None = None
) -> Supported | Refused:
    """Whether `sentence` is said by the passages that its marks name: `[1]` is the first of `hits`.

    `language` (ISO 639-1) is the sentence's, told from its words where it is None. `embedder` is the archive's; where it tells
    no words apart, and where there is none, the bundled one takes its place, which raises EmbedderError where it cannot be had.
    `Refused.code` is no_citation, invented_id, number, unit, date, name, altered_quote, negation, modality, cause, quantifier,
    roles, unsupported, garbled for a sentence that says nothing, or unreadable for what is none.
    """
    marks = [int(number) if len(number) < 6 else 0 for number in _MARK.findall(sentence)]
    text = _SPACES.sub(" ", _MARKS.sub("", sentence)).strip()
    if not any(character.isalpha() for character in text) or len(text) > LONGEST or _HIDDEN.search(text):
        return Refused(sentence, "It is not a sentence that can be checked.", "unreadable")
    if not marks:
        return Refused(sentence, "It names no passage.", "no_citation")
    for mark in marks:
        if not 1 <= mark <= len(hits):
            return Refused(sentence, f"It cites [{mark}], and {len(hits)} passages were given.", "invented_id")
    case = case_of(text, tuple(dict.fromkeys(marks)), hits, _telling(embedder), language)
    if case is None:
        return Refused(sentence, "The cited passage has no sentence of its own.", "unsupported")
    for check in CHECKS:
        if refused := check(case):
            return Refused(sentence, refused.reason, refused.code)
    return Supported(text, tuple(cite(s.hit.document, s.start, s.end) for s in (case.sources[k] for k in case.picked)))


def case_of(text: str, marks: Sequence[int], hits: Sequence[Hit], embedder: Embedder, language: str | None) -> Case | None:
    """A sentence without its marks beside the passages with these numbers; None where they have no sentence."""
    found = sources(marks, hits, embedder)
    if not found:
        return None
    known = language_of(text, language)
    days = {mark: hits[mark - 1].document.published for mark in marks}
    first = read(text, known, days[marks[0]], embedder)
    drafts = {mark: replace(first, values=read_values(text, known, published=published)) for mark, published in days.items()}
    aligned = Alignment(drafts[found[0].mark], found)
    return Case(aligned, drafts, tuple(chosen(aligned, [drafts[source.mark] for source in found])), embedder)


def _telling(embedder: Embedder | None) -> Embedder:
    """An embedder that tells words apart."""
    if embedder is not None and _tells(embedder):
        return embedder
    return _bundled()


def _tells(embedder: Embedder) -> bool:
    return embedder.stamp.get("embedder") == _MODEL or len(embedder.embed_question("word").words) > 0


@cache
def _bundled() -> Embedder:
    from rag.embed import load_embedder
    from rag.settings import Settings

    return load_embedder(Settings())
