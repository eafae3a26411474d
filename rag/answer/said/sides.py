"""The speakers that stand before and after a verb, and what else stands around it."""

from __future__ import annotations

import re
from itertools import pairwise

from rag.answer.said.clause import Clause
from rag.answer.said.press import is_agency
from rag.types import Span

_OPENING_QUOTES = ("«", "„", "“", '"')
_PRESS = ("прес", "пресс", "press", "новости")  # second words of agencies: Асошиейтед прес, РИА Новости
_QUALIFYING = ("ий", "ый", "ая", "яя", "ые", "ие", "ое", "ият", "ската", "ното", "ните", "ски", "ска", "ско")
_DATIVE = ("ам", "ям")  # of Russian nouns in the plural
COMPLEMENT = 9  # words within which what is said begins
_ENDS = re.compile(r"[.;!?]")


class Sides(Clause):
    """A clause, and what stands on either side of a verb of saying in it."""

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

    def coordinated(self, conjunction: int, plural: bool) -> Span | None:
        """The subject that the verbs before and after "and" have in common: "The mayor came and said"."""
        said, words = self.said, self.words
        low = conjunction
        while low > 0 and not words[low - 1].spoken and words[low - 1].lower not in said.clause | said.relatives:
            if self.is_break(low) and self.gap(low).strip() != ",":
                break
            low -= 1
        at = low
        while at < conjunction and (words[at].lower in said.leads | said.auxiliaries or self.is_time(at)):
            at += 1
        if at < conjunction and words[at].lower in said.prepositions:
            speaks = plural and words[at].lower in said.places
            at = at + 1 if speaks else self._past_phrase(at + 1, conjunction)
        span = self.noun_phrase(at, conjunction, before_verb=True) if at < conjunction else None
        if span is None:
            return None
        last = self.trimmed(span)[1]
        return (span[0], last) if last + 1 < conjunction and self.kind((span[0], last))[1] else None

    def trimmed(self, span: Span) -> Span:
        """A noun phrase without the words at its end that may be a verb and what follows it: спасатель | встречал людей."""
        last = span[1]
        while last > span[0] and not (self.words[last].capital or self._listed(self.words[last].lower)):
            if self.words[last - 1].lower in self.said.linking:
                break
            last -= 1
        return span[0], last

    def before_relative(self, verb: int) -> Span | None:
        """The subject of a verb that a clause about it stands before: "Two witnesses who asked not to be named said"."""
        said, words = self.said, self.words
        if said.free_order:
            return None
        who = next((at for at in range(verb - 1, 0, -1) if words[at].lower == "who" or self.is_broken(at)), 0)
        if not who or self.is_broken(who) or words[who].lower != "who":
            return None
        low = who
        while low > 0 and not words[low - 1].spoken and not self.is_broken(low) and words[low - 1].lower not in said.clause:
            low -= 1
        span = self.noun_phrase(low, who)
        return span if span is not None and span[1] == who - 1 and self.kind(span)[1] else None

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
                while place - 1 > at and words[place - 1].lower.endswith(_QUALIFYING):
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
            elif plural and word in said.places and at + 1 < len(words) and is_agency([words[at + 1].lower]):
                at += 1
                break
            elif word in said.prepositions and at + 1 < len(words) and (length := self._circumstance(at + 1)):
                at += 1 + length
            elif word in said.prepositions and said.free_order and (further := self._sure_after(at + 1)):
                at = further
            elif plural and not passed and word in said.places:
                at, passed = at + 1, True
            else:
                break
        if last := self.is_told(at):
            at = last + 1
        if plural and at < len(words) and words[at].lower in said.places and last:
            at += 1  # сообщили ТАСС в экстренных службах
        if at > verb + 1 and words[at - 1].lower in said.determiners:
            at -= 1
        if at >= len(words) or self.is_broken(at):
            return None
        return self.noun_phrase(at, len(words))

    def _sure_after(self, at: int) -> int | None:
        """Where an office begins after a phrase of a few words: сказала после матча | нападающая."""
        for place in range(at + 1, min(at + 4, len(self.words))):
            if self.is_broken(place):
                return None
            office = self.words[place].lower.startswith(self.said.roles)
            if office and not self.words[place - 1].lower.endswith(self.said.adjectives):
                return place
        return None

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
        if last := self.is_told(verb + 1):
            return verb + 1, last
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
        if span is None or any(
            words[i].lower.startswith(said.occasions) and not words[i].capital for i in range(span[0] + 1, span[1] + 1)
        ):
            return None  # told a news conference
        named = words[at - 1].lower in said.toward and words[at].before.endswith(_OPENING_QUOTES)  # за „Вестник“
        return span if named or self.kind(span)[0] in ("agency", "outlet") else None

    def told_after(self, speaker: Span) -> Span | None:
        """The outlet to which the speaker before it spoke: «рассказал очевидец телеканалу «Полис»»."""
        at = speaker[1] + 1
        if not self.said.commas or self.is_broken(at) or self.words[at].lower not in self.said.addressees:
            return None
        span = self.noun_phrase(at, len(self.words))
        return span if span is not None and self.kind(span)[0] in ("agency", "outlet") else None

    def is_told(self, at: int) -> int:
        """The last word of the agency at a word, where it is the one that was told: «сообщил ТАСС министр», "told Reuters";
        else 0."""
        words, said = self.words, self.said
        if at >= len(words) or at == 0 or self.is_broken(at) or not is_agency([words[at].lower]):
            return 0
        if not said.free_order:
            return at if words[at - 1].lower in said.telling else 0
        last = at
        if at + 1 < len(words) and words[at + 1].lower in _PRESS and not self.is_broken(at + 1):
            last += 1
        if last + 1 >= len(words) or self.is_broken(last + 1) or self._is_agency(last + 1):
            return 0
        first = last + 1
        if (
            said.commas
            and words[first].lower in said.places
            and words[at - 1].lower in said.plural
            and not self.is_occasion(first + 1)
        ):
            first += 1
        span = self.noun_phrase(first, len(words)) if first < len(words) else None
        return last if span is not None and self.kind(span)[1] else 0

    def complement(self, place: int, *, clauses: bool = False) -> bool:
        """Whether what is said follows the verb: "that …", a clause of its own, a colon, or direct speech; of a promise, unless
        only `clauses` count, also what shall be done."""
        said = self.said
        promises = self.words[place].lower in said.promising and not clauses
        for at in range(place + 1, min(place + COMPLEMENT, len(self.words)) + 1):
            gap = self.gap(at)
            if ":" in gap or (at < len(self.words) and self.words[at].spoken):
                return True
            if at == len(self.words) or _ENDS.search(gap):
                return False
            word = self.words[at].lower
            if word in said.that or (promises and self._shall(at, place)):
                return True
            if said.finite and ("," in gap or word in said.verbs):
                return False
            if at > place + 1 and word in said.finite:
                return self.words[place].lower not in said.findings
        return False

    def _shall(self, at: int, verb: int) -> bool:
        """Whether a word begins what somebody promises to do: vowed to veto, обеща да, пообещал выплатить."""
        said, words = self.said, self.words
        if said.infinitives:
            return at < verb + 4 and words[at].lower.endswith(said.infinitives)
        if words[at].lower not in said.doing or at + 1 >= len(words):
            return False
        return said.free_order or (at < verb + 6 and not words[at + 1].capital and words[at + 1].lower not in said.determiners)

    def closes(self, subject: Span, place: int) -> bool:
        """Whether subject and verb stand after what is said, and close it: "Bread will be dearer, the bakers warned."."""
        opened = subject[0] > 0 and self.is_break(subject[0])
        after = place + 1
        if self.words[place].lower in self.said.telling and not self.is_broken(after):
            told = self.noun_phrase(after, len(self.words))  # told the court
            after = after if told is None else told[1] + 1
        while not self.is_broken(after) and self.words[after].lower in self.said.addressees:
            after += 1
        if opened and subject[0] > 0 and self.words[subject[0] - 1].spoken:
            return True
        return opened and (self.is_broken(after) or self.words[after].lower in self.said.prepositions)

    def goes_on(self, span: Span) -> bool:
        """Whether the words after a verb are the beginning of what is said rather than its speaker: "said the bridge was"."""
        at = span[1] + 1
        return at < len(self.words) and not self.is_break(at) and self.words[at].lower in self.said.finite

    def ends_at(self, span: Span) -> bool:
        """Whether an English name is not but the beginning of something else: "according to a Bohr model"."""
        at, said = span[1] + 1, self.said
        if said.free_order or at >= len(self.words) or self.is_break(at) or not self.words[span[1]].capital:
            return True
        return self.words[at].lower in said.stops | said.prepositions | said.determiners | said.finite

    def set_off(self, place: int, span: Span) -> bool:
        """Whether signs divide a phrase from the rest of the sentence: "…, according to the rest of the crew."."""
        begins = place == 0 or self.is_break(place)
        return begins and self.is_broken(span[1] + 1) and not (place == 0 and span[1] + 1 == len(self.words))
