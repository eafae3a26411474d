"""Who does what to whom in a sentence: its verbs, each with the parties that do it and those it is done to.

Read off what the three languages mark it with: Russian endings, Bulgarian and English order and prepositions; the passive turns
it round in all. No parser is at hand: a verb whose parties are not sure has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.answer.check.concepts import Sides
from rag.answer.check.mentions import deeds, like_adjective
from rag.answer.check.parties import AND, Party, dated, parties
from rag.answer.check.reading import Read
from rag.answer.check.verbal import BE, BG_GERUND, CLITICS, RU_ACTIVE, RU_GERUND, is_passive, is_verb
from rag.answer.said.speech import speech
from rag.values.vocabulary import words

_RELATIVE = {
    "en": words("who which that"),
    "ru": words("который которая которое которые"),
    "bg": words("който която което които"),
}
_ONTO = {  # before whom it is done to
    "en": words("to against on upon"),
    "ru": words("к ко против на перед"),
    "bg": words("на срещу към против пред"),
}
_BY = {"en": words("by"), "ru": frozenset[str](), "bg": words("от")}
_FROM = {"en": words("from of"), "ru": words("у от из со с"), "bg": words("от")}
_DOUBLING = words("го я ги")  # may repeat an object that stands before the verb
_CALLED = words("кличке имени названием прозвищу фамилии")
_PART = words("part place участие")  # who takes part has nothing from anybody
_ASKING = words("who what how why where when кто что как почему где куда кой какво как защо къде кога колко сколько")
_PRONOUNS = words("he she it they we i you он она оно они мы я вы той тя то те ние аз вие")


@dataclass(frozen=True, slots=True)
class Act:
    """A verb at a place. `first` are the parties of its one pole, who act or have first, `second` those of the other."""

    place: int
    deeds: Sides
    first: tuple[Party, ...]
    second: tuple[Party, ...]


@lru_cache(maxsize=8192)
def acts(read: Read) -> tuple[Act, ...]:
    """The verbs of a sentence whose parties are known, by place."""
    verbs = [i for i in range(len(read.words)) if is_verb(read, i)]
    known = parties(read)
    inside = {i for party in known for i in party.places}
    spoken = speech(read.language)
    verbs = [i for i in verbs if i not in inside]
    found: list[Act] = []
    subjects: dict[int, tuple[Party, ...]] = {}
    for number, place in enumerate(verbs):
        before = verbs[number - 1] if number else -1
        after = verbs[number + 1] if number + 1 < len(verbs) else len(read.words)
        turned = is_passive(read, place)
        reader = _russian if read.language == "ru" else _ordered
        mine, others = reader(read, known, (before, place, after), subjects, turned)
        subjects[place] = mine
        if spoken and read.words[place].text in spoken.verbs and not deeds(read.words[place].text, read.language):
            others = tuple(p for p in others if turned and p.prep in _BY[read.language])
        act = _act(read, place, mine, others, turned)
        if act:
            found.append(act)
    return tuple(found)


def _act(read: Read, place: int, mine: tuple[Party, ...], others: tuple[Party, ...], turned: bool) -> Act | None:
    """Its two poles. `mine` is the grammatical subject, `others` are all other parties beside the verb."""
    language = read.language
    known = deeds(read.words[place].text, language)
    if place + 1 < len(read.words) and read.words[place + 1].text in _PART:
        known = frozenset()
    side = min((s for _, s in known), default=0)
    passing = any(row < 0 for row, _ in known)
    bare = [p for p in others if not p.prep and p.case != "i"]
    onto = [p for p in others if p.prep in _ONTO[language] and (passing or not _is_whose(read, place, p))]
    source = [p for p in others if p.prep in _FROM[language]]
    doers = (
        [p for p in others if (p.prep and p.prep in _BY[language]) or (language == "ru" and p.case == "i" and not p.prep)]
        if turned
        else []
    )
    if passing:
        whom = bare[:1] if language == "ru" else [p for p in bare[:1] if len(bare) > 1 or not onto]
        reached = source if side else [*onto, *whom]
    elif side:
        reached = [*onto, *source, *(p for p in bare if language == "ru")]
        reached = reached if not turned else []
    else:
        reached = [*bare, *onto]
    if turned:
        first, second = doers, (list(mine) if not passing else [])
        if passing and not side:
            second = onto or (list(mine) if language == "en" else [])
    else:
        first, second = list(mine), reached
    if side:
        first, second = second, first
    if not first and not second:
        return None
    return Act(place, known, tuple(first), tuple(second))


def _is_whose(read: Read, verb: int, party: Party) -> bool:
    """Whether a Bulgarian phrase with на says whose a noun before it is: подкрепя мерките на кабинета."""
    before = next((i for i in range(party.places.start - 1, verb, -1) if read.words[i].text == "на"), verb) - 1
    return read.language == "bg" and party.prep == "на" and before > verb and read.words[before].telling


def _cut(read: Read, one: int, two: int) -> bool:
    """Whether a sharp mark stands between two words."""
    low, high = sorted((one, two))
    gap = read.text[read.words[low].end : read.words[high].start]
    inserted = len(re.findall(r"\s[—–-]\s", gap)) % 2 == 0 and gap.count("(") == gap.count(")")  # A — on Sunday — won
    return re.search(r"[;:]", gap) is not None or not inserted


def _ordered(
    read: Read, known: tuple[Party, ...], near: tuple[int, int, int], subjects: dict[int, tuple[Party, ...]], turned: bool
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """English and Bulgarian: the subject stands before its verb, the others after it."""
    before, place, after = near
    language = read.language
    lead = [p for p in known if p.places.start > before and p.places.stop <= place and not _cut(read, p.places.stop - 1, place)]
    rest = tuple(p for p in known if place < p.places.start < after and not _cut(read, place, p.places.start))
    rest = _until_clause(read, place, rest)
    if _trails(read, place):
        return subjects.get(before, ()), rest
    bare = [p for p in lead if not p.prep]
    between = [read.words[i].text for i in range(before + 1, place)]
    relative = next((i for i in range(place - 1, max(before, place - 4), -1) if read.words[i].text in _RELATIVE[language]), None)
    reduced = turned and language == "en" and not BE & {read.words[i].text for i in range(max(0, place - 3), place)}
    if relative is not None and not any(p.places.start > relative for p in bare):  # but: that A won
        owner = [p for p in known if p.places.stop in (relative, relative - 1)]
        if language == "bg" and rest and not rest[0].prep and (CLITICS & set(between) or rest[0].places.start == place + 1):
            return (), ()
        return tuple(owner[-1:]), rest
    if reduced:
        return tuple(lead[-1:]), rest
    if (
        bare
        and before >= 0
        and between
        and between[-1] in AND[language]
        and bare[-1].places.start > before
        and subjects.get(before)
    ):
        return subjects[before], rest
    if _ASKING & set(between):
        return (), rest
    if bare and (_PRONOUNS - (_DOUBLING if language == "bg" else frozenset())) & {
        read.words[i].text for i in range(bare[-1].places.stop, place)
    }:
        return (), rest
    if language == "bg" and _DOUBLING & set(between[-2:]) and bare:
        full = any(read.words[i].text.endswith(("ът", "ят")) for i in bare[-1].places)
        return (tuple(bare[-1:]), rest) if full else ((), ())
    if bare:
        subject = [bare[-1]]
        while len(subject) < len(bare) and _are_joined(read, bare[-1 - len(subject)], subject[0]):
            subject.insert(0, bare[-1 - len(subject)])
        closed = "," in read.text[read.words[subject[0].places.stop - 1].end : read.words[place].start]
        if closed and 0 <= before < subject[0].places.start and subjects.get(before):
            return subjects[before], rest  # A, who heads B, thinks
        if (
            "," in read.text[read.words[subject[0].places.stop - 1].end : read.words[place].start]
            and place - subject[0].places.stop > 6
        ):
            return (), ()
        return tuple(subject), rest
    spoken = speech(language)
    opening = not between or "," in read.text[read.words[max(0, place - 1)].end - 1 : read.words[place].start]
    if spoken and read.words[place].text in spoken.verbs and not lead and opening:
        return tuple(p for p in rest[:1] if not p.prep), ()
    joined = before >= 0 and subjects.get(before) and not lead
    if joined and len(between) <= 3 and not any(is_verb(read, i) for i in range(before + 1, place)):
        return subjects[before], rest
    if joined and any(word in AND[language] for word in between[-3:]):
        return subjects[before], rest
    if language == "bg" and not turned and not lead and (place <= 3 or between[-1:] == ["че"]):
        return (), ()
    if _PRONOUNS & set(between[-4:]):
        return (), rest
    return (), rest if turned else ()


def _are_joined(read: Read, one: Party, other: Party) -> bool:
    """Whether nothing but "and" stands between two parties."""
    gap = read.text[read.words[one.places.stop - 1].end : read.words[other.places.start].start]
    return gap.strip() in ("and", "и", "&")


def _trails(read: Read, place: int) -> bool:
    """Whether a verb shares the subject of the one before it: A won, beating B; победи, отстранявайки Б."""
    word = read.words[place]
    if read.language == "bg":
        return BG_GERUND.fullmatch(word.text) is not None
    return word.text.endswith("ing") and "," in read.text[read.words[place - 1].end : word.start]


def _until_clause(read: Read, place: int, rest: tuple[Party, ...]) -> tuple[Party, ...]:
    """The parties after a verb before the next clause begins: and X, which Y, because."""
    kept = []
    for party in rest:
        gap = read.text[read.words[place].end : read.words[party.places.start].start]
        if re.search(
            r",|\b(?:and|but|while|because|after|before|as|when|if|и|а|но|защото|след като|докато|като|когато|ако|че|да|that)\b",
            gap,
        ):
            break
        kept.append(party)
    return tuple(kept)


def _russian(
    read: Read, known: tuple[Party, ...], near: tuple[int, int, int], subjects: dict[int, tuple[Party, ...]], turned: bool
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Russian: by endings, and by order where these leave but one reading."""
    before, place, after = near
    inside = [
        p for p in known if before < p.places.start < after and p.places.start != place and not _cut(read, p.places.start, place)
    ]
    lead = [p for p in inside if p.places.stop <= place]
    rest = list(_until_clause(read, place, tuple(p for p in inside if p.places.start > place)))
    word = read.words[place].text
    if RU_GERUND.fullmatch(word):
        return subjects.get(before, ()), tuple(rest)
    if RU_ACTIVE.fullmatch(word) or (turned and like_adjective(word)):
        owner = [p for p in known if p.places.stop == place]
        return tuple(owner[-1:]), tuple(rest)
    relative = next((i for i in range(place - 1, max(before, place - 4), -1) if read.words[i].text in _RELATIVE["ru"]), None)
    if relative is not None:
        owner = [p for p in known if p.places.stop == relative]
        return tuple(owner[-1:]), tuple(rest)
    starts = [m.end() for m in re.finditer(r",|\b(?:и|а|но|что|чтобы|как|когда|если)\b", read.text[: read.words[place].start])]
    comma = starts and not read.text[starts[-1] : read.words[place].start].strip()  # it closes an apposition
    opening = starts[-1] if starts and not comma else 0
    lead = [p for p in lead if read.words[p.places.stop - 1].end > opening]
    named = [p for p in lead if p.names and not p.prep and p.case == "?" and read.words[p.places.start].capital]
    lead, rest = ([p for p in group if p.prep or not belongs(read, p)] for group in (lead, rest))
    free = [p for p in (*lead, *rest) if not p.prep]
    if len(named) == 1 and not any(p.case in "na?" for p in free):
        lead, free = [*lead, *named], [*named, *free]  # первая ракетка мира Карла Бенедетти, which need not be a genitive
    if _PRONOUNS & {w.text for w in read.words[max(0, place - 3) : place]}:
        return (), tuple(p for p in (*lead, *rest) if p.case in "oi")
    sure = [p for p in free if p.case == "n"]
    if len(sure) == 1:
        return tuple(sure), tuple(p for p in (*lead, *rest) if p is not sure[0] and p.case != "a")
    if len(sure) == 2 and all(p in lead for p in sure) and "," in _between(read, sure[0], place):
        return tuple(sure), tuple(p for p in rest if p.case != "a")
    doubtful = [p for p in free if p.case in "a?"]
    if not sure and len(doubtful) == 1 and (turned or any(p.case == "o" for p in free) or doubtful[0] in lead):
        return tuple(doubtful), tuple(p for p in (*lead, *rest) if p is not doubtful[0])
    if not sure and len(doubtful) == 2 and doubtful[0] in lead and doubtful[1] in rest and doubtful[0].case == "a":
        return (doubtful[0],), (doubtful[1],)
    if before >= 0 and subjects.get(before) and place - before == 1 and not sure:
        return subjects[before], tuple(rest)
    if (
        not free
        and before >= 0
        and subjects.get(before)
        and any(read.words[i].text in AND["ru"] for i in range(before + 1, place))
    ):
        return subjects[before], tuple(rest)
    if not sure and not doubtful:
        return (), (*lead, *rest)
    return (), ()


def _between(read: Read, party: Party, place: int) -> str:
    return read.text[read.words[party.places.stop - 1].end : read.words[place].start]


def belongs(read: Read, party: Party) -> bool:
    """Whether a Russian phrase is the genitive of a noun before it: на посту директора."""
    i = party.places.start - 1
    while i >= 0 and read.words[i].telling and like_adjective(read.words[i].text):
        i -= 1
    if i >= 0 and read.words[i].text in _CALLED:
        return True
    if i < 0 or party.case not in "o?" or not read.words[i].telling or is_verb(read, i):
        return False
    if dated(read, i):
        return False  # победила 3 июня Анну
    gap = read.text[read.words[i].end : read.words[i + 1].start]
    return not gap.strip(' «„“"') and not read.words[i].text.endswith(("но", "ее", "ски"))
