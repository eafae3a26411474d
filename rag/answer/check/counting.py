"""Where the figures of a sentence stand in it: their words, what they count, and how alike two places are."""

from __future__ import annotations

from dataclasses import dataclass

from rag.answer.check.evidence import Case
from rag.answer.check.reading import Read
from rag.text.numbers import CARDINALS, FRACTIONS, SCALES
from rag.values import Value

_PARTNER = 0.3  # what the words for what a value counts tell, beside those around it
_NEXT = 2  # words on each side


@dataclass(frozen=True, slots=True)
class Match:
    """A value of a sentence that a value of the draft agrees with."""

    sentence: int
    value: Value


def as_of(case: Case, sentence: int, value: Value) -> Value:
    """The value as it reads on the day of the sentence's report."""
    if value.kind != "date":
        return value
    return next((v for v in case.draft_for(sentence).values if v.start == value.start), value)


def is_counted_otherwise(case: Case, own: Value) -> bool:
    """Whether the passages give another number for just what the draft counts: 14 injured, where it has 212 injured."""
    return own.what is not None and any(
        v.kind == own.kind and v.what == own.what and v.low != own.low for s in case.sources for v in s.read.values
    )


def words_of(read: Read, value: Value) -> list[int]:
    """The places of the words of a value that are no figure: mostly what it counts."""
    return [i for i in read.places(value.start, value.end) if not is_figure(read, i)]


def words_beside(read: Read, value: Value) -> list[int]:
    """The words that a number counts, and the nearest telling ones of its clause on both sides."""
    places = read.places(value.start, value.end)
    if not places:
        return []
    found = words_of(read, value)
    for steps in (range(places.stop, len(read.words)), range(places.start - 1, -1, -1)):
        near = [i for i in steps if read.words[i].telling and abs(read.clause[i] - read.clause[places.start]) < _NEXT]
        found += [i for i in near if not is_figure(read, i)][:_NEXT]
    return found


def is_figure(read: Read, place: int) -> bool:
    """Whether a word is a figure, in digits or in words."""
    word = read.words[place].text
    return word[0].isdigit() or any(word in table[read.language] for table in (CARDINALS, SCALES, FRACTIONS))


def figure_places(read: Read, value: Value) -> range:
    """The places of the words of a value that are its figure; all of them where none is."""
    places = read.places(value.start, value.end)
    figures = [i for i in places if is_figure(read, i)]
    return range(figures[0], figures[-1] + 1) if figures else places


def partner_words(read: Read, value: Value) -> list[int]:
    """The words for what a value counts; where it has none, those beside it, by whose name it may go: Article 80."""
    return words_of(read, value) or words_beside(read, value)


def fit_of(case: Case, value: Value, sentence: int, other: Value, *, counted: bool) -> float:
    """How well a value of the draft fits the place of one of a sentence: by what is around both, and by what they count."""
    read = case.sources[sentence].read
    around = case.fit(figure_places(case.draft, value), sentence, figure_places(read, other))
    if not counted:
        return around
    return around + _PARTNER * case.links(partner_words(case.draft, value), sentence, partner_words(read, other))
