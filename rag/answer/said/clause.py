"""A sentence as words and the signs between them, and the noun phrases in it that may name a speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from rag.answer.said.press import AGENCIES, PLACES, is_agency, is_outlet
from rag.answer.said.speech import Speech
from rag.answer.said.words import CLOSING, QUOTE, Word
from rag.types import Span

Kind = Literal["outlet", "agency", "person", "body"]

_LONGEST = 14  # words of a speaker

_BREAK = re.compile(r"[,;:()\[\]!?…«»„“”\"‘/—–]|\s-\s|’\s|\n")
_OPENING_QUOTES = ("«", "„", "“", '"')
_NAME_QUOTES = ("«", "„", "“", '"', "»", "”")
_PRESS = ("прес", "пресс", "press", "новости")  # second words of agencies: Асошиейтед прес, РИА Новости
_REPORTS = (
    "сообщени",
    "съобщени",
    "публикаци",
    "репортаж",
    "материал",
    "report",
    "dispatch",
    "кореспондент",
    "корреспондент",
    "correspondent",
    "информаци",
    "данны",
    "данни",
)
_ALSO_NAMES = ("april", "may", "june", "august")
_ARTICLES = ("ът", "ят", "та", "то", "те")


class Clause:
    """The words of a sentence, and what may be asked about them. Places are indexes of words; spans include both ends."""

    def __init__(self, text: str, words: Sequence[Word], end: int, said: Speech) -> None:
        self.text, self.words, self.said = text, words, said
        self._end = end

    def __len__(self) -> int:
        return len(self.words)

    # the signs between words

    def gap(self, at: int) -> str:
        """The signs before a word, or at the end of the sentence."""
        if at < len(self.words):
            return self.words[at].before
        return self.text[self.words[-1].end : self._end] if self.words else ""

    def is_break(self, at: int) -> bool:
        """Whether a sign divides a word from the one before it."""
        return _BREAK.search(self.gap(at)) is not None

    def is_broken(self, at: int) -> bool:
        """The same, but for a name in quotation marks, which belongs to what is before it; True at the end."""
        if at >= len(self.words):
            return True
        word = self.words[at]
        return self.is_break(at) and (word.spoken or word.before.strip(" .\u00a0") not in _NAME_QUOTES)

    def is_acronym(self, at: int) -> bool:
        word = self.words[at]
        return word.end - word.start > 1 and self.text[word.start : word.end].isupper()

    def written(self, span: Span) -> Span:
        """Where words stand in the text, with the mark that closes a name opened among them."""
        start, end = self.words[span[0]].start, self.words[span[1]].end
        name = next((mark for mark in '«„“"' if self.text.count(mark, start, end) % 2 and mark not in self.text[end - 1]), None)
        return start, end + (name is not None and self.text[end : end + 1] in CLOSING[name] and end < self._end)

    # what words are

    def is_time(self, at: int) -> bool:
        """Whether a word tells a time. Марта may be a woman and May a prime minister: then another name stands beside it."""
        word, said = self.words[at], self.said
        if word.lower not in said.times or not word.capital:
            return word.lower in said.times
        if said.capital_days and word.lower not in _ALSO_NAMES:
            return True
        beside = [self.words[i] for i in (at - 1, at + 1) if 0 <= i < len(self.words)]
        return not any(w.capital and w.lower not in said.prepositions and w.lower not in said.times for w in beside)

    def is_occasion(self, at: int) -> bool:
        """Whether a time or an occasion begins at a word: on Tuesday, at a briefing, в интервью."""
        said = self.said
        for place in range(at, min(at + 3, len(self.words))):
            word = self.words[place].lower
            if (place > at and self.is_broken(place)) or word in said.roles:
                return False
            if self.is_time(place) or word[0].isdigit() or word.startswith(said.occasions):
                return True
            if word not in said.determiners and not word.endswith(said.adjectives):
                return False
        return False

    def kind(self, span: Span) -> tuple[Kind, bool]:
        """What a speaker is, and whether its words say so."""
        said = self.said
        chosen = self.words[span[0] : span[1] + 1]
        lowers = [word.lower for word in chosen]
        if lowers[0] in said.pronouns:
            return "person", True
        if lowers[0] in said.determiners and len(lowers) > 1:
            chosen, lowers = chosen[1:], lowers[1:]
        found = next((kind for word in self._heads(lowers) if (kind := self._listed(word)) is not None), None)
        if found != "person" and is_agency(lowers):
            return "agency", True
        if found not in ("person", "body") and is_outlet(lowers):
            return "outlet", True
        if found is not None:
            return found, True
        if len(chosen) == 1 and (self.is_acronym(span[1]) or lowers[0] in PLACES):
            return "body", True
        quoted = chosen[0].before.endswith(_OPENING_QUOTES)
        return "body" if quoted else "person", quoted or any(word.capital for word in chosen)

    def is_thing(self, span: Span) -> bool:
        """Whether a noun phrase names what is nobody's statement: a law, a plan, a sign on the door."""
        said = self.said
        lowers = [word.lower for word in self.words[span[0] : span[1] + 1] if word.lower not in said.determiners]
        if not said.free_order:
            return bool(lowers) and self._heads(lowers)[0] in said.things
        for word in lowers:
            if word in said.things or any(
                len(stem) > 4 and word.startswith(stem) and len(word) < len(stem) + 4 for stem in said.things
            ):
                return True
            if self._listed(word) or word in said.linking:
                return False
        return False

    def is_party(self, span: Span) -> bool:
        """Whether a noun phrase begins with an office, an institution or a whole name, and is not what belongs to one."""
        chosen = [word for word in self.words[span[0] : span[1] + 1] if word.lower not in self.said.determiners]
        if not self.said.free_order:
            head = self._heads([word.lower for word in chosen])[0]
            return self._listed(head) is not None or chosen[-1].capital
        for at, word in enumerate(chosen):
            if self._listed(word.lower) or word.lower in AGENCIES | PLACES or (word.capital and self.is_acronym(span[0] + at)):
                return True
            if not word.lower.endswith(self.said.adjectives):
                return word.capital and len(chosen) > at + 1 and chosen[at + 1].capital
        return False

    def issuer(self, span: Span) -> Span | None:
        """The agency whose reports a noun phrase is: «сообщения ЦТАК», "reports by KCNA"."""
        low, high = span
        for at in range(low + 1, high + 1):
            if self.words[at].lower not in AGENCIES:
                continue
            before = [word.lower for word in self.words[low:at] if word.lower not in self.said.linking | self.said.determiners]
            reports = [word.startswith(_REPORTS) for word in before]
            if any(reports) and all(
                one or word.endswith(self.said.adjectives) for one, word in zip(reports, before, strict=True)
            ):
                return at, high
        return None

    def _listed(self, word: str) -> Kind | None:
        kinds: tuple[tuple[Kind, tuple[str, ...]], ...] = (
            ("person", self.said.roles),
            ("body", self.said.bodies),
            ("outlet", self.said.media),
        )
        found = [(len(stem), kind) for kind, stems in kinds if word.startswith(stems) for stem in stems if word.startswith(stem)]
        return max(found)[1] if found else None

    def _heads(self, lowers: Sequence[str]) -> Sequence[str]:
        """The words by which a noun phrase is what it is, the likeliest first: in English from the last before "of" backwards."""
        if self.said.free_order:
            for at, (word, noun) in enumerate(pairwise(lowers)):  # генералния щаб
                if self._listed(word):
                    if word.endswith(self.said.adjectives) and self._listed(noun) == "body":
                        return [noun, *lowers[:at], *lowers[at:]]
                    break
            return lowers
        stop = next((i for i, word in enumerate(lowers) if word in self.said.linking and i), len(lowers))
        return [*reversed(lowers[:stop]), *lowers[stop:]]

    def _is_agency(self, at: int) -> bool:
        """Whether a word alone is an agency's name, after which nothing more belongs to it."""
        return self.words[at].lower in AGENCIES and self.words[at].capital

    # noun phrases

    def noun_phrase(self, first: int, limit: int, *, before_verb: bool = False) -> Span | None:
        """The speaker that begins at a word and ends before another: as long as it may be one.

        In an English one `before_verb` a noun may follow a name, and verbs are nouns: "Iranian sources", "early reports".
        """
        said, words = self.said, self.words
        if words[first].lower in said.pronouns:
            return first, first
        last, run = first - 1, 0
        whole = before_verb and not said.free_order
        quoted = -1  # the last word of a name in quotation marks
        for at in range(first, min(limit, first + _LONGEST)):
            word = words[at]
            if word.before.endswith(_OPENING_QUOTES) and not word.spoken:
                quoted = self._closing(at)
            if word.spoken or (at > first and self.is_broken(at)):
                break
            if at <= quoted:
                last, run = at, 1
            elif last >= first and self._is_agency(last) and not word.capital and word.lower not in _PRESS:
                break  # АП на парада са били двама
            elif at > first and said.commas and word.lower in said.addressees:
                break  # рассказал очевидец телеканалу
            elif word.lower in said.determiners and not (word.capital and run) and not self._names_outlet(at):
                if at > first and words[at - 1].lower not in said.linking:
                    break
            elif self._is_name(at, run):
                run, last = run + 1, at
            elif word.lower in said.joining and run and at + 1 < limit and words[at + 1].capital and not self.is_broken(at + 1):
                pass
            elif word.lower in said.clitics and last >= first and (self.is_broken(at + 1) or self.words[at + 1].capital):
                last = at  # адвокатът му
            elif self._ends(at, first, nouns=whole) or (not whole and last >= first and self._goes_past(at, last, run)):
                break
            elif word.lower in said.linking or word.lower in said.inside:
                if at == first or at + 1 >= limit or not self._links(at):
                    break
                run = 0
            else:
                run, last = 0, at
        return (first, last) if last >= first else None

    def _goes_past(self, at: int, last: int, run: int) -> bool:
        """Whether a word in small letters stands after a person's name, to which it cannot belong."""
        return (
            self._is_named(last, run)
            and self.words[at].lower not in self.said.owning
            and not self._is_abroad(at, len(self.words))
        )

    def _names_outlet(self, at: int) -> bool:
        """Whether an article begins an outlet's name after what it is: local newspaper | the Belmar Echo."""
        after = at + 1 < len(self.words) and self.words[at + 1].capital
        return after and at > 0 and self.words[at - 1].lower.startswith(self.said.media)

    def _closing(self, at: int) -> int:
        """The last word of the name in quotation marks that begins at a word."""
        while at + 1 < len(self.words) and not QUOTE.search(self.words[at + 1].before):
            at += 1
        return at

    def _is_name(self, at: int, run: int) -> bool:
        word = self.words[at]
        if word.lower in _PRESS and run:
            return True
        if not word.capital or at == 0 or self.is_time(at):
            return False
        return run > 0 or word.lower not in self.said.stops or self.is_acronym(at)

    def _ends(self, at: int, first: int, *, nouns: bool) -> bool:
        """Whether a small word cannot belong to a speaker that begins at `first`; verbs of saying may be `nouns`: reports."""
        said, word = self.said, self.words[at]
        if (word.lower[0].isdigit() and not word.lower[-1].isalpha()) or self.is_time(at):
            return True
        if word.lower in said.verbs:
            return at == first or not (nouns or self.words[at - 1].lower in said.determiners)
        if word.lower in said.stops and not (word.lower in said.inside and at > first):
            return True
        # Bulgarian marks the first word of a noun phrase: началника на гарата | влаковете
        definite = said.articles and word.lower.endswith(_ARTICLES) and at > first and not self._is_adjective(at - 1)
        return bool(definite and self.words[at - 1].lower not in said.linking | said.inside)

    def _is_adjective(self, at: int) -> bool:
        """Whether a capitalised word is likely an adjective before its noun: Сметната палата."""
        return self.words[at].capital and self.words[at].lower.endswith(self.said.adjectives)

    def _links(self, at: int) -> bool:
        """Whether a preposition inside a speaker goes on to what belongs to it: an office, not an occasion."""
        following = self.words[at + 1]
        if self.is_broken(at + 1) or self.is_occasion(at + 1) or self.is_time(at + 1):
            return False
        if self.words[at].lower == "към" and not following.capital:
            return False  # обърна се президентът към войниците
        if self.words[at].lower in self.said.inside:  # источник в министерстве
            if following.capital and at and self._listed(self.words[at - 1].lower) == "body":
                return True  # полицията в Колвар
            return self._is_abroad(at, len(self.words)) or following.lower.startswith(self.said.bodies) or self.is_acronym(at + 1)
        return True

    def _is_abroad(self, at: int, limit: int) -> bool:
        """Whether "in" and a place stand before a name: посол Лорвании в Кестрии Томас Эрк."""
        if self.words[at].lower not in self.said.inside or at + 2 >= limit or self.is_broken(at + 1) or self.is_broken(at + 2):
            return False
        return self.words[at + 1].capital and self.words[at + 2].capital and not self.is_acronym(at + 1)

    def _is_named(self, last: int, run: int) -> bool:
        """Whether the capitalised words up to `last` are a person's name, after which nothing more belongs to a speaker."""
        word = self.words[last].lower
        if word.endswith("'s"):
            return False
        if run >= 2:
            return not word.startswith(self.said.bodies)
        if run == 0 or self.is_acronym(last) or word.startswith(self.said.bodies + self.said.roles):
            return False
        return not word.endswith(self.said.adjectives)
