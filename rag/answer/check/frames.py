"""Who does what to whom in a sentence: its verbs, each with the parties that do it and those it is done to.

Read off what the three languages mark it with, as in `grammar`; a verb whose parties are not sure has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.answer.check.clauses import past_words
from rag.answer.check.concepts import Sides, agents, listed
from rag.answer.check.grammar import PREPOSITIONS, is_agent
from rag.answer.check.naming import is_adjective
from rag.answer.check.reading import Read
from rag.answer.check.verbs import speaks_of_past
from rag.answer.said.speech import speech
from rag.values.vocabulary import words

_GAP = 4  # words between the parts of one phrase
_RELATIVE = {
    "en": words("who which that"),
    "ru": words("который которая которое которые"),
    "bg": words("който която което които"),
}
_AND = {"en": words("and but then"), "ru": words("и а но да"), "bg": words("и а но")}
_OF = {"en": words("of for in at on"), "ru": words("по в во на из"), "bg": words("на за по в във от")}
_TO = {"en": words("to"), "ru": words("чтобы"), "bg": words("да")}
_BE = words("is are was were been be being get got gets е са бе беше бяха бъде бъдат бил била било били бива биват был была было были будет будут")
_ONTO = {  # before whom it is done to
    "en": words("to against on upon"),
    "ru": words("к ко против на перед"),
    "bg": words("на срещу към против пред"),
}
_BY = {"en": words("by"), "ru": frozenset[str](), "bg": words("от")}
_FROM = {"en": words("from of"), "ru": words("у от из со с"), "bg": words("от")}
_CLITICS = words("го я ги му им ми те ме ни ви ѝ")
_BEGINNING = words("after before since until as than")  # a clause too
_THIS = words("чего того что which whom което която който които")
_CALLED = words("кличке имени названием прозвищу фамилии")
_PRONOUNS = words("he she it they we i you он она оно они мы я вы той тя то те ние аз вие")
_MODALS = words("will would shall should can could may might must to not ще не да бы can't won't")
_EN_PARTICIPLE = re.compile(
    r".{2,}(?:ed|wn|ught|ept|elt|ent|uilt|old|aid|ound|en|ung|rown)$|(?:made|put|set|cut|hit|shot|hurt|led|read|won|held|met|fed|lost|struck|given|taken|beaten)$"
)
_RU_PASSIVE = re.compile(r"[а-я]{3,}(?:[аяе]н|[ыяу]т)(?:а|о|ы)?$|[а-я]{3,}(?:[аяе]нн|[ыяу]т)(?:ый|ая|ое|ые|ого|ой|ых|ому|ым|ую|ыми)$")
_RU_ACTIVE = re.compile(r"[а-я]{3,}(?:вш|ющ|ящ|ущ|ащ)(?:ий|ая|ее|ие|его|ей|их|ему|им|ую|ими)$")
_BG_PASSIVE = re.compile(r".{3,}(?:[аяе]н|[аяеиу]т)(?:а|о|и|ият|ите|ата|ото)?$")
_BG_PLAIN = re.compile(r".{3,}(?:[аяи]ха|[аяи]ше|[ваяи]ва|[аяи]ват|[аяи]л[аои]?)$")
_RU_VERB = re.compile(r".{2,}(?:[аяеиоуы]л|ла|ло|ли|[её]т|[иуюая]т|[аяеиуыо]ть|[зс]ть|ти|чь|шел)(?:ся|сь)?$")
_RU_NOUN = re.compile(r".*(?:ость|есть|часть|сть|пять|шесть|сти)$")
_BG_FORM = re.compile(r".{2,}(?:и|е|а|я|ха|хме|ше|ят|ат|л|ла|ло|ли)$")
_BG_ADJECTIVE = re.compile(r".{3,}(?:ен|на|но|ни|ният|ния|ната|ното|ните|ски|ска|ско|ския|ският|ската|ското|ските)$")
_CONSONANT = re.compile(r"[бвгджзйклмнпрстфхцчшщ]$")
_THINGS = re.compile(r"^(?:профсоюз|суд$|банк|завод|музе|парламент|клуб|совет|комитет|союз|отбор|кабинет|сенат|конгресс|университет|институт|департамент)")


@dataclass(frozen=True, slots=True)
class Party:
    """A noun phrase for somebody. `names` are those it is called by, `about` all names in it, `kinds` what it is; `case` only in Russian:
    n nominative, o another, i instrumental, a nominative or accusative, ? unknown."""

    places: range
    names: tuple[str, ...]
    about: tuple[str, ...]
    kinds: frozenset[int]
    prep: str
    case: str


@dataclass(frozen=True, slots=True)
class Act:
    """A verb at a place. `first` are the parties of its one pole, who act or have first, `second` those of the other."""

    place: int
    deeds: Sides
    first: tuple[Party, ...]
    second: tuple[Party, ...]


# ---- the phrases


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, or a word for an office or a body."""

    places: range
    text: str
    named: bool


@lru_cache(maxsize=8192)
def mentions(read: Read) -> tuple[Mention, ...]:
    """The names and offices of a sentence, in order."""
    found = [Mention(read.places(n.start, n.end), n.text, True) for n in read.names if not is_adjective(n.text)]
    taken = {i for span in found for i in span.places}
    found += [Mention(range(i, i + 1), w.text, False) for i, w in enumerate(read.words) if i not in taken and _is_office(read, i)]
    return tuple(sorted((one for one in found if one.places), key=lambda one: one.places.start))


def _is_office(read: Read, place: int) -> bool:
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
        verbal = word.lemma.endswith(("ть", "ться", "ти")) and _RU_VERB.fullmatch(word.text) is not None
        return not verbal and not (_is_adjective(word.text) and (followed or not word.lemma.endswith(("ий", "ый", "ой"))))
    return not (_BG_ADJECTIVE.fullmatch(word.text) and following is not None and following.telling and following.start - word.end == 1
                and not following.capital and not following.text.endswith("ха") and (followed or word.text[-2:] not in ("ен", "на", "ия")))


@lru_cache(maxsize=8192)
def parties(read: Read) -> tuple[Party, ...]:
    """The noun phrases of a sentence that name somebody, in order."""
    groups: list[list[Mention]] = []
    for span in mentions(read):
        if groups and _continues(read, groups[-1], span):
            groups[-1].append(span)
        else:
            groups.append([span])
    return tuple(_party(read, group) for group in groups)


def _gap(read: Read, one: range, two: range) -> str:
    return read.text[read.words[one.stop - 1].end : read.words[two.start].start]


def _continues(read: Read, group: list[Mention], span: Mention) -> bool:
    """Whether a span belongs to the phrase before it: the minister of transport, Mr X; говорителят на съда."""
    last = group[-1]
    between = range(last.places.stop, span.places.start)
    gap = _gap(read, last.places, span.places)
    if len(between) > _GAP or re.search(r"[;:()]|\s[—–-]\s", gap) or gap.count(",") > 1:
        return False
    if any(is_verb(read, i) or read.words[i].text in _AND[read.language] for i in between):
        return False
    if "," in gap:
        possessed = read.language == "en" and len(group) > 1 and read.text[read.words[group[0].places.stop - 1].end :][:1] in "'’"
        office_first = not last.named and span.named and (possessed or not any(one.named for one in group))
        name_first = last.named and not span.named
        return office_first or (name_first and all(not read.words[i].telling or read.language == "en" for i in between))
    inner = [read.words[i].text for i in between]
    bad = PREPOSITIONS[read.language] - _OF[read.language]
    if any(word in bad for word in inner):
        return False
    has_of = any(word in _OF[read.language] for word in inner)
    if read.language == "en":
        return has_of if inner and inner[0] in _OF["en"] and inner[0] == "of" else not inner or gap.strip() in ("'s", "’s")
    if read.language == "ru":
        return _agrees(read, last, span, has_of)
    if has_of:
        return last.named is False and (inner[0] == "на" or (span.named and not any(g.named for g in group)))
    if last.text.endswith(("нието", "ието")):
        return False
    return not last.named and span.named and (not inner or all(not read.words[i].capital for i in between) and len(inner) <= 1)


def _agrees(read: Read, last: Mention, span: Mention, has_of: bool) -> bool:
    """In Russian: what follows an office agrees with it, or is a genitive."""
    if last.named and not span.named:
        return False
    one, two = case(read, last.places), case(read, span.places)
    if has_of:
        return not last.named and span.named and one in "na?" and two in "n"
    if not last.named and span.named:
        return not (one in "oi" and two == "n")
    return two == "o" and not span.named and not last.named and one in "na"


def _party(read: Read, group: list[Mention]) -> Party:
    places = range(group[0].places.start, group[-1].places.stop)
    head, called = group[0], [one.text for one in group if one.named]
    if read.language == "en":
        # The last of a run of nouns is what it is about: EU officials, the museum's director.
        run = [group[0]]
        for one in group[1:]:
            gap = _gap(read, run[-1].places, one.places)
            if "," in gap or " of " in gap:
                break
            run.append(one)
        head = run[-1]
        after = [one for one in group[len(run) :]]
        called = [one.text for one in (head, *after) if one.named]
        if head.named:
            offices = [one for one in run[:-1] if not one.named] or [one for one in after if not one.named]
        else:
            offices = [head]
    else:
        offices = [one for one in group if not one.named][:1]
        if head.named:
            called = [head.text]
    titles = [part.casefold() for name in called for part in name.split()[:-1]]
    kinds = frozenset[int]().union(*(agents(one, read.language) for one in (*(o.text for o in offices), *titles)))
    tail = read.text[read.words[places.stop - 1].end :][:2]
    prep = "'s" if read.language == "en" and tail in ("'s", "’s") else _preposition(read, places)
    return Party(places, tuple(called), tuple(one.text for one in group if one.named), kinds, prep, _case_of(read, group))


def _preposition(read: Read, places: range) -> str:
    """The preposition right before a phrase, past adjectives and determiners."""
    for i in range(places.start - 1, max(-1, places.start - 5), -1):
        word = read.words[i]
        if re.search(r"[,;:()—–]", read.text[word.end : read.words[i + 1].start]) or is_verb(read, i) or word.text in _THIS:
            return ""
        if word.text in PREPOSITIONS[read.language]:
            begins = word.text in _BEGINNING and places.stop < len(read.words) and is_verb(read, places.stop)
            return "" if begins else word.text
        if read.language == "ru" and word.telling and not _is_adjective(word.text):
            return ""
    return ""


def _is_adjective(word: str) -> bool:
    return re.search(r"(?:ий|ый|ой|ая|ое|ые|ие|ого|его|ому|ему|ую|юю|ых|их|ым|им|ыми|ими)$", word) is not None


def _case_of(read: Read, group: list[Mention]) -> str:
    if read.language != "ru":
        return ""
    cases = [case(read, one.places) for one in group[:2]]
    if cases[0] in "a?" and len(group) > 1 and group[1].named and not group[0].named and cases[1] != "?":
        return cases[1] if cases[1] in "nio" else cases[0]
    return cases[0]


@lru_cache(maxsize=16_384)
def case(read: Read, places: range) -> str:
    """The case of a Russian phrase by its endings, as `Party.case` has it."""
    found = [_case(read.words[i].text, read.words[i].lemma, named=read.words[i].capital) for i in places]
    for sure in "oin":
        if sure in found:
            return sure
    return found[0] if found else "?"


def _case(word: str, lemma: str, *, named: bool) -> str:
    if re.search(r"(?:ами|ями|ыми|ими)$", word):
        return "i"
    if word.endswith(("ые", "ие")) and lemma.endswith(("ый", "ий", "ой")):
        return "n"
    office = is_agent(word, "ru")
    if office or not named:
        return _common(word, lemma)
    if lemma.endswith(("а", "я")) and word != lemma and word.endswith(("и", "ы", "е", "у", "ю")):
        return "o"
    if word.endswith(("ого", "его", "ому", "ему", "ую", "юю", "у", "ю")) and word != lemma:
        return "o"
    if word.endswith(("ым", "ом", "ем")) and word != lemma and _CONSONANT.search(lemma):
        return "i"
    if word.endswith(("ов", "ев", "ин", "ын", "кий", "ский", "ой")):
        return "n" if word == lemma or not word.endswith("ой") else "?"
    if _CONSONANT.search(word):
        return "n" if word == lemma else "?"
    return "n" if word == lemma and word.endswith("ь") else "?"


def _common(word: str, lemma: str) -> str:
    if _THINGS.search(lemma) and word == lemma and _CONSONANT.search(word):
        return "a"
    if word == lemma:
        if _CONSONANT.search(word) or word.endswith(("а", "я")):
            return "n"
        return "a" if word.endswith(("о", "е", "ь")) and not word.endswith(("тель", "арь")) else "n"
    if _CONSONANT.search(lemma) or lemma.endswith(("тель", "арь", "ий", "ый")):
        if word.endswith(("ом", "ем", "ым", "им")):
            return "i"
        if word.endswith(("ы", "и", "е", "ане")) and not word.endswith(("ие", "ые")):
            return "n" if word.endswith(("ы", "и", "ане")) else "o"
        return "o" if word.endswith(("а", "я", "у", "ю", "ов", "ев", "ей", "ам", "ям", "ах", "ях", "ого", "его", "ому", "ему", "ых", "их")) else "?"
    if lemma.endswith(("а", "я", "ь")):
        if word.endswith(("у", "ю", "е", "ам", "ям", "ах")) or _CONSONANT.search(word):
            return "o" if not word.endswith(("ой", "ей")) else "?"
        return "i" if word.endswith("ью") else "?"
    return "o" if word.endswith(("а", "у", "ю")) and lemma.endswith(("о", "е")) else "?"


# ---- the verbs


@lru_cache(maxsize=65_536)
def deeds(word: str, language: str) -> Sides:
    """The rows of `deeds.txt` and `transfers.txt` that a folded word is on, those of the second as negative numbers."""
    found = listed("deeds.txt", word, language)
    return found | frozenset((-1 - row, side) for row, side in listed("transfers.txt", word, language))


@lru_cache(maxsize=65_536)
def is_verb(read: Read, place: int) -> bool:
    """Whether a word is, by its form and what stands before it, a verb or a participle. A guess."""
    word, language = read.words[place], read.language
    if not word.telling or (word.capital and place) or not word.text.isalpha() or word.text in _BE or place in _named(read) or _is_office(read, place):
        return False
    before = read.words[place - 1].text if place else ""
    if language == "en":
        return _is_english_verb(read, place, before)
    if language == "ru":
        return _is_russian_verb(word.text, word.lemma)
    if deeds(word.text, "bg") and not word.text.endswith(("ът", "ят", "то", "та", "не", "ство", "ие", "ия", "нето", "ка", "ник", "телю")):
        return before not in PREPOSITIONS["bg"] or before in ("не", "да")
    beside = before in (*_CLITICS, "не", "да", "ще", "се", "е", "са", "бе") or (place - 1) in _subjects(read)
    if beside and word.lemma != word.text and word.lemma[-1] in "мая" and _BG_FORM.fullmatch(word.text):
        return True
    return place in past_words(read) or (
        word.lemma != word.text and word.lemma.endswith("м") and not word.text.endswith(("то", "та", "ите", "ото", "ата", "ния", "не"))
    )


def _is_russian_verb(text: str, lemma: str) -> bool:
    if text in _BE:
        return False
    if lemma.endswith(("ть", "ться", "ти", "тись", "чь")) and _RU_VERB.fullmatch(text):
        return bool(deeds(text, "ru")) or not _RU_NOUN.fullmatch(text)
    if _RU_PASSIVE.fullmatch(text) and (deeds(text, "ru") or text.endswith(("н", "на", "но", "ны", "нный", "нная", "нное", "нные"))):
        return True
    return _RU_ACTIVE.fullmatch(text) is not None and (text != lemma or bool(deeds(text, "ru")))


@lru_cache(maxsize=8192)
def _named(read: Read) -> frozenset[int]:
    return frozenset(i for n in read.names for i in read.places(n.start, n.end))


def _is_english_verb(read: Read, place: int, before: str) -> bool:
    word = read.words[place]
    gap = read.text[read.words[place - 1].end : word.start] if place else ""
    if before in words("the a an his her its their this of in at with for some any no more most"):
        return False
    if before in ("to", *_MODALS) or (speaks_of_past(word.text, "en") and "'" not in gap):
        return True
    if word.text.endswith("ing"):
        return bool(deeds(word.text, "en")) and before in words("is are was were be been for of after before by")
    subject = place and ((place - 1) in _subjects(read) or before in ("who", "which", "that"))
    return bool(subject) and gap.strip() in ("", ",") and word.text.endswith("s") and (
        bool(deeds(word.text, "en")) or not word.text.endswith(("ss", "ions", "ers", "ies"))
    )


@lru_cache(maxsize=8192)
def _subjects(read: Read) -> frozenset[int]:
    return frozenset(i for span in mentions(read) for i in span.places)


def _passive(read: Read, place: int) -> bool:
    word, language = read.words[place], read.language
    before = [read.words[i].text for i in range(max(0, place - 4), place)]
    if language == "ru":
        return _RU_PASSIVE.fullmatch(word.text) is not None and not word.lemma.endswith("тить")
    following = read.words[place + 1].text if place + 1 < len(read.words) else ""
    if language == "en":
        return _EN_PARTICIPLE.fullmatch(word.text) is not None and (bool(_BE & set(before[-3:])) or following == "by")
    if "се" in before[-2:] or (following == "се"):
        return False
    return _BG_PASSIVE.fullmatch(word.text) is not None and not _BG_PLAIN.fullmatch(word.text) and (bool(_BE & set(before)) or following == "от")


# ---- who does it


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
        turned = _passive(read, place)
        reader = _RUSSIAN if read.language == "ru" else _ORDERED
        mine, others = reader(read, known, (before, place, after), subjects, turned)
        subjects[place] = mine
        if spoken and read.words[place].text in spoken.verbs and not deeds(read.words[place].text, read.language):
            continue
        act = _act(read, place, mine, others, turned)
        if act:
            found.append(act)
    return tuple(found)


def _act(read: Read, place: int, mine: tuple[Party, ...], others: tuple[Party, ...], turned: bool) -> Act | None:
    """Its two poles. `mine` is the grammatical subject, `others` are all other parties beside the verb."""
    language = read.language
    known = deeds(read.words[place].text, language)
    side = min((s for _, s in known), default=0)
    passing = any(row < 0 for row, _ in known)
    bare = [p for p in others if not p.prep and p.case != "i"]
    onto = [p for p in others if p.prep in _ONTO[language]]
    source = [p for p in others if p.prep in _FROM[language]]
    doers = [p for p in others if (p.prep and p.prep in _BY[language]) or (language == "ru" and p.case == "i" and not p.prep)] if turned else []
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


def _cut(read: Read, one: int, two: int) -> bool:
    """Whether a sharp mark stands between two words."""
    low, high = sorted((one, two))
    return re.search(r"[;:()]|\s[—–-]\s", read.text[read.words[low].end : read.words[high].start]) is not None


def _ordered(
    read: Read, known: tuple[Party, ...], near: tuple[int, int, int], subjects: dict[int, tuple[Party, ...]], turned: bool
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """English and Bulgarian: the subject stands before its verb, the others after it."""
    before, place, after = near
    language = read.language
    lead = [p for p in known if p.places.start > before and p.places.stop <= place and not _cut(read, p.places.stop - 1, place)]
    rest = tuple(p for p in known if place < p.places.start < after and not _cut(read, place, p.places.start))
    rest = _until_clause(read, place, rest)
    bare = [p for p in lead if not p.prep]
    between = [read.words[i].text for i in range(before + 1, place)]
    relative = next((i for i in range(place - 1, max(before, place - 4), -1) if read.words[i].text in _RELATIVE[language]), None)
    reduced = turned and language == "en" and not _BE & {read.words[i].text for i in range(max(0, place - 3), place)}
    if relative is not None:
        owner = [p for p in known if p.places.stop in (relative, relative - 1)]
        if language == "bg" and rest and not rest[0].prep and (_CLITICS & set(between) or rest[0].places.start == place + 1):
            return (), ()
        return tuple(owner[-1:]), rest
    if reduced:
        return tuple(lead[-1:]), rest
    if bare and before >= 0 and between and between[-1] in _AND[language] and bare[-1].places.start > before and subjects.get(before):
        return subjects[before], rest
    if bare and _PRONOUNS & {read.words[i].text for i in range(bare[-1].places.stop, place)}:
        return (), rest if turned else ()
    if language == "bg" and _CLITICS & set(between[-2:]) and bare:
        return (), ()
    if bare:
        subject = [bare[-1]]
        if "," in read.text[read.words[subject[0].places.stop - 1].end : read.words[place].start] and place - subject[0].places.stop > 6:
            return (), ()
        return tuple(subject), rest
    joined = before >= 0 and subjects.get(before) and not lead
    if joined and len(between) <= 3 and not any(is_verb(read, i) for i in range(before + 1, place)):
        return subjects[before], rest
    if joined and any(word in _AND[language] for word in between[-3:]):
        return subjects[before], rest
    if language == "bg" and not turned and not lead and (place <= 3 or between[-1:] == ["че"]):
        return (), ()
    return (), rest if turned else ()


def _until_clause(read: Read, place: int, rest: tuple[Party, ...]) -> tuple[Party, ...]:
    """The parties after a verb before the next clause begins: and X, which Y, because."""
    kept = []
    for party in rest:
        gap = read.text[read.words[place].end : read.words[party.places.start].start]
        if re.search(r",|\b(?:and|but|while|because|after|before|as|when|if|и|а|но|защото|след като|докато|като|когато|ако|че|that)\b", gap):
            break
        kept.append(party)
    return tuple(kept)


def _russian(
    read: Read, known: tuple[Party, ...], near: tuple[int, int, int], subjects: dict[int, tuple[Party, ...]], turned: bool
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Russian: by endings, and by order where these leave but one reading."""
    before, place, after = near
    inside = [p for p in known if before < p.places.start < after and p.places.start != place and not _cut(read, p.places.start, place)]
    lead = [p for p in inside if p.places.stop <= place]
    rest = list(_until_clause(read, place, tuple(p for p in inside if p.places.start > place)))
    word = read.words[place].text
    if _RU_ACTIVE.fullmatch(word) or (turned and _is_adjective(word)):
        owner = [p for p in known if p.places.stop == place]
        return tuple(owner[-1:]), tuple(rest)
    relative = next((i for i in range(place - 1, max(before, place - 4), -1) if read.words[i].text in _RELATIVE["ru"]), None)
    if relative is not None:
        owner = [p for p in known if p.places.stop == relative]
        return tuple(owner[-1:]), tuple(rest)
    starts = [m.end() for m in re.finditer(r",|\b(?:и|а|но|что|чтобы|как|когда|если)\b", read.text[: read.words[place].start])]
    opening = starts[-1] if starts else 0
    lead = [p for p in lead if read.words[p.places.stop - 1].end > opening]
    lead, rest = ([p for p in group if p.prep or not _belongs(read, p)] for group in (lead, rest))
    free = [p for p in (*lead, *rest) if not p.prep]
    if _PRONOUNS & {w.text for w in read.words[max(0, place - 3) : place]}:
        return (), ()
    sure = [p for p in free if p.case == "n"]
    if len(sure) == 1:
        return tuple(sure), tuple(p for p in (*lead, *rest) if p is not sure[0] and p.case != "a")
    doubtful = [p for p in free if p.case in "a?"]
    if not sure and len(doubtful) == 1 and (turned or any(p.case == "o" for p in free) or doubtful[0] in lead):
        return tuple(doubtful), tuple(p for p in (*lead, *rest) if p is not doubtful[0])
    if not free and before >= 0 and subjects.get(before) and any(read.words[i].text in _AND["ru"] for i in range(before + 1, place)):
        return subjects[before], tuple(rest)
    if not sure and not doubtful:
        return (), tuple((*lead, *rest))
    return (), ()


def _belongs(read: Read, party: Party) -> bool:
    """Whether a Russian phrase is the genitive of a noun before it: на посту директора."""
    i = party.places.start - 1
    while i >= 0 and read.words[i].telling and _is_adjective(read.words[i].text):
        i -= 1
    if i >= 0 and read.words[i].text in _CALLED:
        return True
    if i < 0 or party.case not in "o?" or not read.words[i].telling or is_verb(read, i):
        return False
    gap = read.text[read.words[i].end : read.words[i + 1].start]
    return not gap.strip(" «„“\"") and not read.words[i].text.endswith(("но", "ее", "ски"))


_ORDERED, _RUSSIAN = _ordered, _russian
