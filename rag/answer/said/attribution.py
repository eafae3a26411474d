"""Whose statement a sentence is, where the text says so: "said the minister", «сообщает ТАСС», „по думите на кмета“.

A verb of saying has its speaker before or after it; a phrase such as "according to" has it after. Where a party and an agency
or outlet are both named, the party is the speaker, and the other is who passed it on. Nothing is guessed from far away: beyond
the sentence only the quotation that it stands in, the sentence that says of it "This was announced by …", and for a pronoun
the sentence before are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answer.said.clause import Kind
from rag.answer.said.dateline import dateline
from rag.answer.said.sides import COMPLEMENT, Sides
from rag.answer.said.speech import Role, Speech, speech
from rag.answer.said.words import lower, quotations, read_words
from rag.text import split_sentences
from rag.types import Span

_NEAR = 700  # characters beside a sentence among which the next one is looked for
_STEPS = 4  # sentences from one to the next: "he added" after "he said" after "Petrov said"

_AS = ("as", "как", "като")  # before what something is called; before a figure other words stand
_FIRST_WORDS = re.compile(r"[^\W_]+(?:\s+[^\W_]+)?")
_EDGES = ' \t\n\u00a0,.;:—–-«»„“”"‘’'


@dataclass(frozen=True, slots=True)
class Attributed:
    """Who a sentence comes from. `text[start:end]` is `speaker`, as it is written, which may stand in a sentence beside it.

    `kind`: through an agency or outlet the sentence only comes; a person's or a body's it is. `via` is the agency or outlet
    that passed on what the speaker said, `direct` whether the sentence is direct speech. `resolved` is False where the
    speaker is but a pronoun, and the sentence before has not exactly one whom it may stand for.
    """

    speaker: str
    start: int
    end: int
    kind: Kind
    direct: bool
    via: str | None = None
    resolved: bool = True


@dataclass(frozen=True, slots=True)
class _Source:
    """A speaker as found, by places of words: its own, and those of the whole phrase that attributes."""

    own: Span
    frame: Span
    role: Role
    kind: Kind
    pronoun: bool = False


def attribution(text: str, start: int, end: int, language: str | None) -> Attributed | None:
    """Who the sentence `text[start:end]` comes from, where it, or what belongs to it, says so; None where nothing does, and in
    languages other than Bulgarian, Russian and English."""
    said = speech(language)
    if said is None:
        return None
    line = dateline(text, start, end)
    begin = start if line is None else max(start, line.end)
    found = _Sentence(text, begin, end, said).attributed(neighbours=True)
    if line is None or begin >= end:
        return found
    low, high = line.agency
    if found is None:
        return Attributed(text[low:high], low, high, "agency", False)
    return found if found.via or found.kind in ("agency", "outlet") else replace(found, via=text[low:high])


def stated(text: str, start: int, end: int, language: str | None) -> Span:
    """The part of the sentence `text[start:end]` that is not about who says it: its direct speech, without the marks, or the
    longest run of it beside the words that attribute it; all of it where nothing does. Best effort."""
    said = speech(language)
    if said is None:
        return start, end
    line = dateline(text, start, end)
    begin = start if line is None or line.end >= end else max(start, line.end)
    return _Sentence(text, begin, end, said).stated()


class _Sentence:
    """A sentence with the quotations of its paragraph."""

    def __init__(self, text: str, start: int, end: int, said: Speech, *, steps: int = _STEPS) -> None:
        self._text, self._start, self._end, self._said = text, start, end, said
        self._steps = steps  # how many sentences further may still be looked at
        self._low = text.rfind("\n", 0, start) + 1
        after = text.find("\n", end)
        self._high = len(text) if after < 0 else after
        self._speech = tuple(quotations(text, self._low, self._high))
        self._words = tuple(read_words(text, start, end, self._speech))
        self._clause = Sides(text, self._words, end, said)

    def _other(self, span: Span) -> _Sentence:
        return _Sentence(self._text, *span, self._said, steps=self._steps - 1)

    def attributed(self, *, neighbours: bool = False) -> Attributed | None:
        found = self._compose(self._sources())
        if found is None and neighbours and self._steps > 0:
            found = self._of_quotation() or self._of_next()
        return found

    def stated(self) -> Span:
        sources = self._sources()
        spoken = [(max(low + 1, self._start), min(high, self._end)) for low, high in self._speech]
        pieces = [(low, high) for low, high in spoken if low < high]
        if not pieces and sources and not self._is_about_another():
            cut = sorted((self._words[s.frame[0]].start, self._words[s.frame[1]].end) for s in sources)
            edges = [self._start, *(at for span in cut for at in span), self._end]
            pieces = [(low, high) for low, high in zip(edges[::2], edges[1::2], strict=True) if low < high]
        if not sources or not pieces:
            return self._start, self._end
        low, high = max(pieces, key=lambda span: span[1] - span[0])
        while low < high and self._text[low] in _EDGES:
            low += 1
        while low < high and self._text[high - 1] in _EDGES:
            high -= 1
        return (low, high) if low < high else (self._start, self._end)

    # beyond the sentence

    def _of_quotation(self) -> Attributed | None:
        """The speaker of the quotation that the sentence stands in, named where it begins or ends, or just before it."""
        first = self._words[0].start if self._words else self._end
        around = next(((low, high) for low, high in self._speech if low <= first < high), None)
        if around is None:
            return None
        low, high = around
        for start, end in split_sentences(self._text, self._low, self._high):
            opens, closes = start <= low < end, start < high <= end
            before = low >= self._start and end <= self._start <= end + 2  # said of the quotation before this one
            if (opens or closes or before) and (start, end) != (self._start, self._end):
                found = self._other((start, end)).attributed()
                if found is not None and (found.direct or opens):
                    return replace(found, direct=True)
        return None

    def _of_next(self) -> Attributed | None:
        """The speaker whom the next sentence names for this one: "This was announced by …", «Об этом сообщил …»."""
        opening = _FIRST_WORDS.search(self._text, self._end, self._high)
        if opening is None or not {lower(opening[0]), lower(opening[0].split()[0])} & self._said.this_said:
            return None
        for span in split_sentences(self._text, self._end, min(self._high, self._end + _NEAR))[:1]:
            following = self._other(span)
            return following.attributed() if following._is_about_another() else None
        return None

    def _is_about_another(self) -> bool:
        """Whether the sentence only says whose the one before it is."""
        if not self._words or self._words[0].lower not in self._said.this:
            return False
        return any(not any(self._clause.is_break(at) for at in range(1, source.frame[0] + 1)) for source in self._sources())

    def _referent(self) -> Attributed | None:
        """The one person whom a pronoun may stand for: who said the sentence before, or the only one with a whole name there."""
        begin = next((low for low, high in self._speech if low < self._start < high), self._start)  # of its own quotation
        spans = split_sentences(self._text, max(0, begin - _NEAR), begin) if self._steps > 0 else ()
        if not spans:
            return None
        before = self._other(spans[-1])
        found = before.attributed(neighbours=True)
        if found is not None:
            return found if found.kind == "person" and found.resolved else None
        names = {self._text[low:high]: (low, high) for low, high in before._whole_names()}
        if len(names) != 1:
            return None
        [(name, (low, high))] = names.items()
        return Attributed(name, low, high, "person", False)

    def _whole_names(self) -> list[Span]:
        """Runs of two capitalised words or three that may be a person's name, outside direct speech."""
        runs: list[list[int]] = [[]]
        for at, word in enumerate(self._words):
            if not word.capital or word.spoken or word.lower in self._said.stops or self._clause.is_time(at):
                runs.append([])
            elif runs[-1] and not self._clause.is_break(at):
                runs[-1].append(at)
            else:
                runs.append([at])
        others = self._said.bodies + self._said.media
        return [
            (self._words[run[0]].start, self._words[run[-1]].end)
            for run in runs
            if 2 <= len(run) <= 3 and not any(self._words[at].lower.startswith(others) for at in run)
        ]

    # the sources that the sentence names

    def _compose(self, sources: Sequence[_Source]) -> Attributed | None:
        """The speaker, where there are sources: a party rather than who passed it on, and a name rather than a pronoun."""
        citing = any(s.role == "citing" for s in sources)
        relays = [
            s
            for s in sources
            if s.role == "via"
            or s.kind in ("agency", "outlet")
            or (citing and s.role == "by" and s.own[0] == s.own[1] and self._clause.is_acronym(s.own[0]))  # ЛТБ, citing …
        ]
        parties = [s for s in sources if s not in relays]
        cited = [s for s in parties if s.role == "citing"]
        first = [s for s in parties if s.role == "by"]
        ranked = [*(cited if relays and cited else first or cited), *relays]
        if not ranked:
            return None
        source = min(ranked[: len(ranked) - len(relays)] or ranked, key=lambda s: s.pronoun)
        via = next((self._clause.written(s.own) for s in relays if s is not source), None) if source not in relays else None
        start, end = self._clause.written(source.own)
        outside = [word.spoken for at, word in enumerate(self._words) if not source.frame[0] <= at <= source.frame[1]]
        found = Attributed(
            speaker=self._text[start:end],
            start=start,
            end=end,
            kind=source.kind,
            direct=_is_direct(outside),
            via=None if via is None else self._text[via[0] : via[1]],
            resolved=not source.pronoun,
        )
        meant = self._referent() if source.pronoun else None
        if meant is None:
            return found
        return replace(found, speaker=meant.speaker, start=meant.start, end=meant.end, kind=meant.kind, resolved=True)

    def _sources(self) -> list[_Source]:
        said = self._said
        openings = [at for at, word in enumerate(self._words) if not word.spoken and word.lower in said.openings]
        found: list[_Source] = []
        for at in openings:
            source = self._phrase(at)
            if source is not None and not _within(at, found):
                found.append(source)
        for at in openings:
            if self._words[at].lower not in said.verbs | said.excluded or _within(at, found):
                continue
            source = self._verb(at) or self._estimate(at)
            if source is not None and not _within(source.own[0], found):
                found.append(source)
                told = self._clause.told(at) or self._clause.told_after(source.own)
                if told is not None and told != source.own:
                    found.append(_Source(told, told, "via", "agency" if self._clause.kind(told)[0] == "agency" else "outlet"))
        if len(found) == 1 and found[0].role == "via" and self._words[found[0].frame[0]].lower in said.toward:
            found = []  # Пред БТА бе открита изложба
        after_speech = None if found else self._after_speech()
        return [after_speech] if after_speech else sorted(found, key=lambda source: source.frame)

    def _after_speech(self) -> _Source | None:
        """Who is named after direct speech and a verb that need not be one of saying: “…,” sighed Ada Reeve."""
        words, said, clause = self._words, self._said, self._clause
        for at in range(1, len(words) - 1):
            if not words[at - 1].spoken or words[at].spoken or not clause.is_break(at):
                continue
            other = said.stops | said.prepositions | said.determiners | said.pronouns | said.clause | said.relatives
            if words[at].lower in other - said.thus or words[at].capital or clause.is_break(at + 1):
                return None
            thus = words[at].lower in said.thus
            subject = clause.noun_phrase(at + 1, len(words)) if thus else clause.after(at, False)
            subject = clause.trimmed(subject) if thus and subject else subject
            if subject is None or not clause.kind(subject)[1] or not (thus or clause.is_broken(subject[1] + 1)):
                return None
            return _Source(subject, (at, subject[1]), "by", clause.kind(subject)[0])
        return None

    def _estimate(self, place: int) -> _Source | None:
        """The subject of "put the toll at 12", «оценили ущерб в 3 млн»."""
        said, words, clause = self._said, self._words, self._clause
        if words[place].lower not in said.estimating or (place and words[place - 1].lower == "се"):
            return None
        for at in range(place + 1, min(place + COMPLEMENT, len(words) - 1)):
            if clause.is_broken(at):
                return None
            if words[at].lower in said.amounting and (words[at].lower in _AS or words[at + 1].lower[0].isdigit()):
                subject = clause.subject(place, words[place].lower in said.plural)
                if subject is None or not clause.kind(subject)[1]:
                    return None
                return _Source(subject, (subject[0], place), "by", clause.kind(subject)[0])
        return None

    def _phrase(self, place: int) -> _Source | None:
        """A source named by a phrase that begins at this word: "according to …", «по его словам»."""
        said, clause = self._said, self._clause
        lowers = tuple(word.lower for word in self._words[place : place + 5])
        for phrase in said.own.get(lowers[0], ()):
            last = place + len(phrase) - 1
            if lowers[: len(phrase)] == phrase and self._stands_apart(place, last):
                at = next(at for at in range(last, place - 1, -1) if self._words[at].lower in said.possessives)
                return _Source((at, at), (place, last), "by", "person", pronoun=True)
        bare = lowers  # по предварительным данным
        if said.free_order and len(lowers) > 2 and lowers[1].endswith(said.adjectives) and lowers[0] not in said.verbs:
            bare = (lowers[0], *lowers[2:])
        for phrase, role in said.frames.get(lowers[0], ()):
            whole = lowers[: len(phrase)] == phrase
            at = place + len(phrase) + (not whole)
            if not whole and bare[: len(phrase)] != phrase:
                continue
            if any(clause.is_break(i) for i in range(place + 1, at)) or clause.is_broken(at):
                continue
            span = clause.noun_phrase(at, len(self._words))
            if span is None or (span == (at, at) and self._words[at].lower in said.pronouns) or clause.is_thing(span):
                continue
            span = clause.issuer(span) or span
            kind, sure = clause.kind(span)
            if not (whole or sure):
                continue  # по официальным данным быстрее всех
            if role == "via" and kind == "body" and self._is_quoted(span):
                kind = "outlet"
            if (role == "via" and kind not in ("agency", "outlet")) or (
                phrase in said.doubtful and not ((sure or self._clause.set_off(place, span)) and self._clause.ends_at(span))
            ):
                continue
            return _Source(span, (place, span[1]), role, kind)
        return None

    def _stands_apart(self, first: int, last: int) -> bool:
        """Whether "by his words" attributes: «по ее словам, …», and not «по ее словам было видно»."""
        if self._said.commas:
            return self._clause.is_break(last + 1)
        return last + 1 >= len(self._words) or self._words[last + 1].lower not in self._said.seeming

    def _verb(self, place: int) -> _Source | None:
        """The subject of the verb of saying at this word, if it is one that attributes something."""
        said, words, clause = self._said, self._words, self._clause
        verb = words[place].lower
        if verb in said.estimating and verb not in said.strong | said.weak:
            return None
        lead = place  # the first of the words that belong to the verb: auxiliaries, "as", «как»
        while lead > 0 and words[lead - 1].lower in said.auxiliaries and not clause.is_break(lead):
            lead -= 1
        previous = words[lead - 1].lower if lead > 0 and not clause.is_break(lead) else ""
        beside = {previous, words[place - 1].lower if lead < place else ""}
        if (
            verb in said.excluded and beside & said.negations and (clause.complement(place) or self._opened(lead))
        ):  # did not rule out
            while lead > 0 and words[lead - 1].lower in said.auxiliaries | said.negations and not clause.is_break(lead):
                lead -= 1
            previous = words[lead - 1].lower if lead > 0 and not clause.is_break(lead) else ""
        elif words[place - 1].lower == "се" and verb in said.impersonal and clause.complement(place):  # в доклада се казва, че
            subject = clause.subject(lead, True)
            return _Source(subject, (subject[0], place), "by", clause.kind(subject)[0]) if subject else None
        elif beside & (said.negations | said.spoiling) or previous[:1].isdigit() or verb not in said.verbs:
            return self._quoted_as(place) if verb in said.quoting else None
        if self._is_otherwise_meant(place):
            return None
        opens = lead == 0 or not previous or previous in said.as_
        about = said.free_order and words[0].lower in said.this and not any(clause.is_break(at) for at in range(1, place + 1))
        complement = clause.complement(place)
        subject = None if opens or about else clause.subject(lead, verb in said.plural)
        nominal = not said.free_order and verb.endswith("s") and verb != "says"  # and states took
        if subject is None and complement and previous in said.coordinating and not nominal:
            subject = clause.coordinated(lead - 1, verb in said.plural)
        if subject is None and complement and not opens:
            subject = clause.before_relative(lead)
        if not about and (previous if subject is None else self._previous(subject[0])) in said.relatives:
            return None
        framed = about or (opens and (lead > 0 or place > 0 or said.free_order))
        if subject is not None and not (said.free_order and not complement and not clause.kind(subject)[1]):
            framed = clause.closes(subject, place)
            subject = clause.name_beside(subject) or subject
        elif said.free_order or (framed and f"{verb}s" not in said.verbs):  # "expect rain" asks the reader to
            after = None if verb in said.telling else clause.after(place, verb in said.plural)
            spoken = any(word.spoken for word in words[:place])
            if after is not None and not (said.free_order or spoken or clause.kind(after)[1]):
                after = None  # a sentence of snarly, shouted words
            if after is not None and not clause.goes_on(after) and (framed or complement or clause.kind(after)[1]):
                subject = after
            elif (
                subject is None
                and opens
                and previous not in said.as_
                and (complement or verb in said.strong or verb in said.telling or any(word.spoken for word in words[:lead]))
            ):
                subject = clause.apposed(lead)
        if subject is None or not self._is_statement(place, subject, closed=framed, complement=complement):
            return None
        last = words[subject[1]]
        if not said.free_order and subject[0] < subject[1] < place and last.lower.endswith("ed") and not last.capital:
            subject = subject[0], subject[1] - 1  # the ministry rejected claims that
        subject = clause.issuer(subject) or subject
        if verb in said.findings and clause.kind(subject)[0] != "body":
            return None
        kind: Kind | None = self._kind_for(verb, subject, complement or framed)
        if kind is None:
            return None
        high = max(place, subject[1])
        if complement and high + 1 < len(words) and words[high + 1].lower in said.that:
            high += 1
        low = min(subject[0], lead - (previous in said.as_))
        return _Source(subject, (low, high), "by", kind, pronoun=words[subject[0]].lower in said.pronouns)

    def _is_statement(self, place: int, subject: Span, *, closed: bool, complement: bool) -> bool:
        """Whether a verb of saying makes a statement of this subject's, rather than being something else that it did."""
        said, clause, verb = self._said, self._clause, self._words[place].lower
        sure = clause.kind(subject)[1]
        if clause.is_thing(subject) or not (complement or closed or self._attributes(place)):
            return False
        if said.free_order and not (complement or closed or sure):
            return False  # грубо высказался о
        if verb in said.objecting and not (complement or closed):
            return subject[1] < place and clause.is_party(subject)
        shall = verb in said.promising and not closed and not clause.complement(place, clauses=True)
        return sure or not shall

    def _opened(self, at: int) -> bool:
        """Whether a sign stands before a verb and its negation: «…, не исключил министр»."""
        while at > 0 and not self._clause.is_break(at) and self._words[at - 1].lower in self._said.negations:
            at -= 1
        return self._said.free_order and at > 0 and self._clause.is_break(at)

    def _quoted_as(self, place: int) -> _Source | None:
        """The subject of "was quoted as saying"."""
        if self._words[place + 1 : place + 2] and self._words[place + 1].lower == "as":
            subject = self._clause.subject(place - 1, False)
            if subject is not None:
                last = min(place + 2, len(self._words) - 1)
                return _Source(subject, (subject[0], last), "by", self._clause.kind(subject)[0])
        return None

    def _kind_for(self, verb: str, subject: Span, attributes: bool) -> Kind | None:
        """The speaker's kind; None where the verb does not attribute with such a speaker."""
        kind, sure = self._clause.kind(subject)
        if verb in self._said.relays and kind == "body" and self._is_quoted(subject):
            return "outlet"
        if verb in self._said.relays and kind not in ("agency", "outlet"):
            if verb not in self._said.strong | self._said.weak:  # предаде, передает: said of agencies only
                return "agency" if subject[0] == subject[1] and self._clause.is_acronym(subject[0]) else None
            return kind if attributes or (sure and verb in self._said.strong) else None
        if verb in self._said.objecting and sure:
            return kind
        return kind if attributes or verb in self._said.strong or verb in self._said.relays else None

    def _is_otherwise_meant(self, place: int) -> bool:
        """Whether what follows a verb of saying gives it another sense: told a story, твърди се, early reports say."""
        said, at = self._said, place + 1
        if at >= len(self._words) or self._clause.is_break(at):
            return False
        following, verb = self._words[at].lower, self._words[place].lower
        if verb in ("reported", "reports") and following in ("for", "to"):
            return True  # reported for duty
        if following in said.objects or (following == "се" and verb not in said.reflexive):
            return True
        return not said.free_order and (following in said.verbs or following in said.finite) and following not in said.telling

    def _attributes(self, place: int) -> bool:
        """Whether a verb attributes what is neither a clause after it nor a sentence before it: "reported losses", съобщи за."""
        said, verb = self._said, self._words[place].lower
        if verb in said.relays or verb in said.objecting:
            return True
        if verb not in said.strong:
            return False
        if not said.free_order or self._clause.is_broken(place + 1) or verb in said.excluded:
            return True
        return self._words[place + 1].lower in said.about

    def _previous(self, at: int) -> str:
        """The word before another, where no sign divides them."""
        return self._words[at - 1].lower if at > 0 and not self._clause.is_break(at) else ""

    def _is_quoted(self, span: Span) -> bool:
        """Whether a speaker is a name in quotation marks, as those of outlets and firms are."""
        return self._words[span[0]].before.endswith(("«", "„", "“", '"'))


def _within(at: int, sources: Sequence[_Source]) -> bool:
    return any(source.frame[0] <= at <= source.frame[1] for source in sources)


def _is_direct(spoken: Sequence[bool]) -> bool:
    """Whether what is attributed is direct speech, as a whole or at either end."""
    return bool(spoken) and (spoken[0] or spoken[-1] or 2 * sum(spoken) > len(spoken))
