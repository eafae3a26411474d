"""A sentence as words and the signs between them, and the noun phrases in it that may name a speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rag.answer.said.press import PLACES, is_agency, is_outlet
from rag.answer.said.speech import Speech
from rag.types import Span

Kind = Literal["outlet", "agency", "person", "body"]

_LONGEST = 14  # words of a speaker

_WORD = re.compile(r"[^\W_]+(?:(?:[-‐‑’'.&](?=[^\W_])|,(?=\d))[^\W_]+)*%?")
_BREAK = re.compile(r"[,;:()\[\]!?…«»„“”\"‘/—–]|\s-\s|’\s|\n")
_QUOTE = re.compile(r"[«»„“”\"]|(?<![^\s(—–-])‘|(?<=[.,!?…])’")
_CLOSING = {"«": "»", "„": '“”"', "“": '”"', '"': '"', "‘": "’"}
_OPENING_QUOTES = ("«", "„", "“", '"')
_NAME_QUOTES = ("«", "„", "“", '"', "»", "”")
_FEWEST_SPOKEN = 4  # words in quotation marks; fewer may be a name
_SPEECH_END = re.compile(r"[,.!?…—–-]\s*$")
_BEGINNINGS = ("\n", ".", "!", "?", "…")
_GOES_ON = re.compile(r"\s?[,—–-]")
_DIALOGUE = re.compile(r"[—–-]\s")
_DIALOGUE_END = re.compile(r"[,.!?…]\s*[—–]\s|$")
_PRESS = ("прес", "пресс", "press", "новости")  # second words of agencies: Асошиейтед прес, РИА Новости
_ALSO_NAMES = ("april", "may", "june", "august")
_QUALIFYING = ("ий", "ый", "ая", "яя", "ые", "ие", "ое", "ият", "ската", "ното", "ните", "ски", "ска", "ско")
_DATIVE = ("ам", "ям")  # of Russian nouns in the plural
_ARTICLES = ("ът", "ят", "та", "то", "те")


@dataclass(frozen=True, slots=True)
class Word:
    """`before`: the signs between the word before it, or the sentence's beginning, and this one. `capital`: it is written as a
    name, not only because the sentence begins with it. `spoken`: it stands in direct speech."""

    lower: str
    start: int
    end: int
    before: str
    capital: bool
    spoken: bool


def lower(word: str) -> str:
    """A word as the lists of `rag.answer.said.speech` have it."""
    return word.lower().replace("ё", "е").replace("’", "'")


def quotations(text: str, low: int, high: int) -> Iterator[Span]:
    """The quotations of a paragraph that are direct speech rather than names, from the opening mark to the closing one."""
    opened, closers, depth = -1, "", 0
    for match in _QUOTE.finditer(text, low, high):
        mark = match[0]
        if opened < 0:
            opened, closers = match.start(), _CLOSING.get(mark, "")
            opened = opened if closers else -1
        elif mark in "«„" and mark == text[opened]:
            depth += 1  # a name in marks like those around it
        elif mark in closers and depth:
            depth -= 1
        elif mark in closers:
            if _is_speech(text, opened, match.start()):
                yield opened, match.start()
            opened = -1
    if opened >= 0:
        yield opened, high


def _is_speech(text: str, opened: int, closed: int) -> bool:
    content = text[opened + 1 : closed]
    words = content.split()
    if len(words) >= _FEWEST_SPOKEN or _SPEECH_END.search(content) or text[max(0, opened - 2) : opened] == ": ":
        return True
    # „Ще обжалваме“, каза: a name seldom begins a sentence and has a comma or dash after it.
    begins = not text[:opened].strip() or text[max(0, opened - 2) : opened].strip(" ") in _BEGINNINGS
    return len(words) >= 2 and words[-1].islower() and begins and _GOES_ON.match(text, closed + 1) is not None


def read_words(text: str, start: int, end: int, speech: Sequence[Span]) -> Iterator[Word]:
    """The words of the sentence `text[start:end]`; `speech` are the quotations of its paragraph."""
    line = _DIALOGUE.match(text, start, end)
    until = _DIALOGUE_END.search(text, line.end(), end) if line else None  # — Мост закрыт, — сказал он.
    zones = [*speech, *([(start, until.start())] if until else [])]
    at = start
    for match in _WORD.finditer(text, start, end):
        low, high = match.span()
        spoken = any(first <= low < last for first, last in zones)
        shortened = match[0] in ("в", "сп") and text[high : high + 3] in (". „", '. "', ". «")
        yield Word("вестник" if shortened else lower(match[0]), low, high, text[at:low], match[0][0].isupper(), spoken)
        at = high


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
        return start, end + (name is not None and self.text[end : end + 1] in _CLOSING[name] and end < self._end)

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
            return lowers
        stop = next((i for i, word in enumerate(lowers) if word in self.said.linking and i), len(lowers))
        return [*reversed(lowers[:stop]), *lowers[stop:]]

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
            elif word.lower in said.determiners:
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

    def _closing(self, at: int) -> int:
        """The last word of the name in quotation marks that begins at a word."""
        while at + 1 < len(self.words) and not _QUOTE.search(self.words[at + 1].before):
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
        if self.words[at].lower in self.said.inside:  # источник в министерстве
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

    def subject(self, verb: int, plural: bool) -> Span | None:
        """The noun phrase before a verb, in its clause."""
        said, words = self.said, self.words
        low = verb
        while low > 0 and not words[low - 1].spoken and not self.is_broken(low) and words[low - 1].lower not in said.clause:
            low -= 1
        at = low
        while at < verb:
            word = words[at].lower
            if self.is_time(at) or word in said.auxiliaries or word in said.leads or word[0].isdigit():
                at += 1
            elif word in said.prepositions:
                if plural and word in said.places and at + 1 < verb and not self.is_occasion(at + 1):
                    span = self.noun_phrase(at + 1, verb)
                    if span is not None and self.kind(span)[1]:
                        return span
                at = self._past_phrase(at + 1, verb)
            else:
                break
        return self.noun_phrase(at, verb, before_verb=True) if at < verb else None

    def name_beside(self, span: Span) -> Span | None:
        """The name that an office stands beside: "Tom Duxbury, the manager, said" says Tom Duxbury."""
        if span[0] == 0 or self.gap(span[0]).strip() != ",":
            return None
        low = span[0]
        while low > 0 and not self.is_broken(low - 1) and self.words[low - 1].capital:
            low -= 1
        if low > 0 and self.words[low - 1].capital and not self.words[low - 1].spoken:
            low -= 1
        begins = low == 0 or self.is_broken(low)
        named = all(word.capital and not word.spoken for word in self.words[low : span[0]])
        return (low, span[0] - 1) if begins and named and span[0] - low >= 2 and not self.words[span[1]].capital else None

    def _past_phrase(self, at: int, limit: int) -> int:
        """Where a phrase after a preposition ends: before somebody's office, an institution, a name, or a time."""
        said, words = self.said, self.words
        starters = said.roles + said.bodies + said.media
        for place in range(at + 1, limit):
            word, previous = words[place], words[place - 1]
            if previous.lower in said.prepositions or (previous.lower in said.determiners and place - 1 > at):
                continue
            if word.lower in said.determiners or word.lower in said.pronouns or self.is_time(place):
                return place
            if said.free_order and word.lower.startswith(starters):
                while place - 2 > at and words[place - 1].lower.endswith(_QUALIFYING):
                    place -= 1  # российский президент
                return place
            if word.capital and (not previous.capital or place == at + 1):
                return place
        return limit

    def apposed(self, verb: int) -> Span | None:
        """The subject of a verb that stands after a comma: "Vidrash, who leads the service, said". Of a name and an office beside
        each other it is the name."""
        said, words = self.said, self.words
        breaks = [0, *(at for at in range(1, verb) if self.is_broken(at)), verb]
        found: list[Span] = []
        for low, high in reversed(list(pairwise(breaks))):
            while low < high and words[low].lower in said.leads:
                low += 1
            if low >= high or words[low].spoken:
                break
            if words[low].lower in said.relatives or words[low].lower[0].isdigit() or "(" in words[low].before:
                continue
            span = self.noun_phrase(low, high)
            if span is None or span[1] != high - 1 or not self.kind(span)[1]:
                continue
            found.append(span)
        names = [span for span in found if words[span[1]].capital and span[1] > 0]
        return next(iter(names or found), None)

    def after(self, verb: int, plural: bool) -> Span | None:
        """The noun phrase after a verb, past times, occasions and those who were told."""
        said, words = self.said, self.words
        at = verb + 1
        passed = False
        while at < len(words) and not self.is_broken(at):
            word = words[at].lower
            if self.is_time(at) or word in said.auxiliaries or word in said.addressees or word in said.datives:
                at += 1
            elif said.commas and word.endswith(_DATIVE) and not words[at].capital:
                at += 1  # рассказал врачам министр
            elif said.commas and self._is_told_quoted(at):
                at = self._closing(at) + 1
            elif word in said.prepositions and at + 1 < len(words) and (length := self._circumstance(at + 1)):
                at += 1 + length
            elif plural and not passed and word in said.places:
                at, passed = at + 1, True
            else:
                break
        if self.is_told(at):
            at += 1
        if at >= len(words) or self.is_broken(at):
            return None
        return self.noun_phrase(at, len(words))

    def _circumstance(self, at: int) -> int:
        """How many words from here on are where, when or before whom something is said; 0 where they are not."""
        words, said = self.words, self.said
        if words[at].lower in said.addressees or is_agency([words[at].lower]):
            return 1
        if not self.is_occasion(at):
            return 0
        end = last = at
        while end < len(words) and (end == at or not self.is_broken(end)):
            word = words[end].lower
            if self.is_time(end) or word[0].isdigit() or word.startswith(said.occasions) or word in said.addressees:
                last = end
            elif not word.endswith(said.adjectives):
                break
            end += 1
        return last + 1 - at

    def _is_told_quoted(self, at: int) -> bool:
        """Whether a name in quotation marks is the one that was told: «рассказала «Листку» директор»."""
        if not self.words[at].before.endswith(_OPENING_QUOTES) or self.words[at].spoken:
            return False
        end = self._closing(at) + 1
        return end < len(self.words) and not self.is_broken(end)

    def told(self, verb: int) -> Span | None:
        """The agency or outlet to which something was said: "told Reuters", каза пред БТА, «сообщил ТАСС министр»."""
        words, said = self.words, self.said
        if self.is_told(verb + 1):
            return verb + 1, verb + 1
        at = verb + 1
        if at >= len(words) or self.is_broken(at):
            return None
        if said.commas and self._is_told_quoted(at):
            return at, self._closing(at)
        if words[at].lower in said.toward:
            at += 1
        elif words[verb].lower not in said.telling:
            return None
        span = None if self.is_broken(at) else self.noun_phrase(at, len(words))
        return span if span is not None and self.kind(span)[0] in ("agency", "outlet") else None

    def is_told(self, at: int) -> bool:
        """Whether the agency at a word is the one that was told: «сообщил ТАСС министр», "told Reuters"."""
        words = self.words
        if at >= len(words) or at == 0 or self.is_broken(at) or not is_agency([words[at].lower]):
            return False
        if not self.said.free_order:
            return words[at - 1].lower in self.said.telling
        if at + 1 >= len(words) or self.is_broken(at + 1) or words[at + 1].lower in _PRESS:
            return False
        span = self.noun_phrase(at + 1, len(words))
        return span is not None and self.kind(span)[1]
