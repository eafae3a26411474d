"""The words of a sentence that stand for somebody: names, and words for offices and bodies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.answer.check.concepts import Sides, agents, listed
from rag.answer.check.grammar import is_agent
from rag.answer.check.naming import is_adjective
from rag.answer.check.reading import Read
from rag.answer.said.speech import speech

RU_VERB = re.compile(r".{2,}(?:[аяеиоуы]л|ла|ло|ли|[её]т|[иуюая]т|[аяеиуыо]ть|[зс]ть|ти|чь|шел)(?:ся|сь)?$")
_BG_ADJECTIVE = re.compile(
    r".{3,}(?:ен|на|но|ни|ният|ния|ната|ното|ните|ски|ска|ско|ския|ският|ската|ското|ските"
    r"|[лщт](?:ия|ият|ата|ото|ите))$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, or a word for an office or a body."""

    places: range
    text: str
    named: bool


@lru_cache(maxsize=8192)
def mentions(read: Read) -> tuple[Mention, ...]:
    """The names and offices of a sentence, in order."""
    found = [Mention(read.places(n.start, n.end), n.text, True) for n in read.names]
    found = [one for one in found if one.places and not _is_common(read, one)]
    taken = {i for span in found for i in span.places}
    found += [Mention(range(i, i + 1), w.text, False) for i, w in enumerate(read.words) if i not in taken and is_office(read, i)]
    return tuple(sorted((one for one in found if one.places), key=lambda one: one.places.start))


def _is_common(read: Read, name: Mention) -> bool:
    """Whether a name of one word is but an adjective, or a common word that begins the sentence."""
    if len(name.places) > 1:
        return False
    word = read.words[name.places.start]
    if is_adjective(name.text):
        return not _is_surname(read, name)
    return name.places.start == 0 and word.telling and bool(agents(word.text, read.language))


def _is_surname(read: Read, name: Mention) -> bool:
    """Whether what looks like an adjective stands alone: заяви Полански, обвинил Полянского."""
    after = name.places.stop
    if read.language == "en" or name.places.start == 0:
        return False
    if after == len(read.words) or read.text[read.words[after - 1].end : read.words[after].start] != " ":
        return True
    spoken = speech(read.language)
    following = read.words[after]
    return not following.telling or bool(spoken and following.text in spoken.verbs)


def is_office(read: Read, place: int) -> bool:
    """Whether a word is the noun for somebody, and no adjective or verb made from one."""
    word, language = read.words[place], read.language
    if not word.telling or not is_agent(word.text, language) or (deeds(word.text, language) and not agents(word.text, language)):
        return False
    following = read.words[place + 1] if place + 1 < len(read.words) else None
    followed = following is not None and (following.telling and is_agent(following.text, language))
    if language == "en":
        article = place and read.words[place - 1].text in ("the", "an", "a", "other", "all")
        return bool(article) or not word.text.endswith(("ed", "ising", "izing", "ring", "ding"))
    if language == "ru":
        verbal = (
            word.lemma.endswith(("ть", "ться", "ти"))
            and not word.lemma.endswith("сть")
            and RU_VERB.fullmatch(word.text) is not None
        )
        return not verbal and not (like_adjective(word.text) and (followed or not word.lemma.endswith(("ий", "ый", "ой"))))
    adjective = _BG_ADJECTIVE.fullmatch(word.text) and (followed or word.lemma.endswith(("ен", "ски")))
    acts_next = following is not None and (following.text.endswith(("ха", "ше")) or bool(deeds(following.text, language)))
    return not (adjective and following is not None and following.telling and following.start - word.end == 1 and not acts_next)


def like_adjective(word: str) -> bool:
    return re.search(r"(?:ий|ый|ой|[ая]я|[ое]е|ые|ие|ого|его|ому|ему|ую|юю|ых|их|ым|им|ыми|ими)$", word) is not None


@lru_cache(maxsize=65_536)
def deeds(word: str, language: str) -> Sides:
    """The rows of `deeds.txt` and `transfers.txt` that a folded word is on, those of the second as negative numbers."""
    found = listed("deeds.txt", word, language)
    return found | frozenset((-1 - row, side) for row, side in listed("transfers.txt", word, language))
