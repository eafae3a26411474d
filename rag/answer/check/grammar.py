"""Who acts in a clause and who is acted upon, by what the three languages mark it with.

Russian marks it by endings, Bulgarian by order, articles and prepositions, English by order; the passive turns it round in all.
There is no parser at hand: each reading says how sure it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.answer.check.clauses import clauses, past_words
from rag.answer.check.concepts import agents
from rag.answer.check.reading import Read
from rag.answer.said.speech import speech
from rag.text.stopwords import function_words
from rag.values.vocabulary import words

Reading = tuple[float, float]  # 1 acts to -1 is acted upon, and how sure that is, 0 to 1

PREPOSITIONS = {
    "en": words(
        "of in on at to for from by with against into over under about between through during near off after before since until"
        " towards toward as than among within without around behind via per despite outside inside upon versus"
    ),
    "ru": words(
        "в во на у о об обо от из изо к ко с со по за для до при про над под перед через между против после среди около без безо"
        " ради вместо кроме из-за близ вокруг согласно благодаря"
    ),
    "bg": words(
        "в във на у о от из към с със по за до при над под пред през между против след сред около без заради вместо освен срещу"
        " според чрез край зад върху"
    ),
}
_DETERMINERS = words(
    "the a an his her its their this that these those our some any each all both этот эта эти его ее их свой своего своей свою"
    " своих все всех този тази това тези неговия неговата своя своята своите ѝ му им всички"
)
_PARTS = words(  # of whom, or from whom, they are but a part
    "percent cent most some many few part half majority one none all процент процента процентов част часть"
    " части половина половината повечето мнозинството большинство един една одна один никой кой някои некоторые"
)
_JOINING = words("and or и или with с със да &")
_COPULAS = words("is was are were been become became е са бе беше бил била станал стана был была является стал стала")
_AGENT = {"en": "by", "bg": "от"}
_PASSIVE = {
    "en": re.compile(
        r"\b(?:is|are|was|were|been|be|being|get|got|gets)\b(?:\s+\w+){0,2}?\s+(?:\w{2,}(?:ed|wn|ught|ept|elt|ent|uilt|old|aid|ound|en"
        r"|ung)|made|put|set|cut|hit|shot|hurt|led|read|won|held|met|fed|sued|said|left|lost|beat|struck|sent)\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\b[а-яё]{3,}(?:[аяе]н|ыт|ят|ут)(?:а|о|ы)\b|\b[а-яё]{4,}[аяе]н\b"
        r"|\b[а-яё]{3,}(?:[аяе]нн(?:ый|ая|ое|ые|ого|ой|ых|ому|ым|ую|ыми)|[еи]м(?:ый|ая))\b"
    ),
    "bg": re.compile(
        r"\b(?:е|са|бе|беше|бяха|бъде|бъдат|бил|била|било|били|бива|биват)\b(?:\s+\w+){0,3}?\s+\w{2,}(?:[аеяиу]?т|ан|ен)(?:а|о|и)?\b"
        r"|\b\w{3,}(?:ан|ен|ят)(?:а|о|и|ият|ите|ата|ото)?\s+от\b|\bсе\b",
        re.IGNORECASE,
    ),
}
_RU_ADJECTIVE = re.compile(r"(?:ий|ый|ой|ая|ое|ые|ие|ого|его|ому|ему|ую|юю|ых|их|ым|им|ыми|ими)$")
_BG_ADJECTIVE = re.compile(r"(?:ски|ска|ско|ския|ският|ата|ото|ите|ия|ият|ен|на|но|ни|ов|ова)$")
_RU_INSTRUMENTAL = re.compile(r"(?:ом|ем|ым|им|ами|ями|ыми|ими|ью)$")
_RU_OBLIQUE = re.compile(r"(?:ого|его|ому|ему|ых|их)$")
_RU_REFLEXIVE = re.compile(r"(?:ся|сь)$")
_RU_NAME_OBLIQUE = re.compile(r"[ауюя]$")
_CONSONANT = re.compile(r"[бвгджзйклмнпрстфхцчшщьbcdfghjklmnpqrstvwxz]$")
_BACK = 5  # words before a noun among which is what governs it
_BARE = 1.4  # how far apart, by order alone, stand a subject and what follows it


@lru_cache(maxsize=20_000)
def is_agent(word: str, language: str) -> bool:
    """Whether a folded word names people by their office, or a body that acts."""
    said = speech(language)
    if said is None or word in function_words(language):
        return False
    listed = tuple(stem for stem in (*said.roles, *said.bodies, *said.media) if len(stem) > 3)
    return word.startswith(listed) or bool(agents(word, language))


@lru_cache(maxsize=16_384)
def preposition(read: Read, start: int) -> str:
    """The preposition that governs the noun phrase at word `start`; empty where there is none."""
    language = read.language
    for i in range(start - 1, max(-1, start - _BACK), -1):
        word = read.words[i]
        if read.clause[i] != read.clause[start]:
            return ""
        if word.text in PREPOSITIONS[language]:
            return "" if i and (read.words[i - 1].text in _PARTS or read.words[i - 1].text.isdigit()) else word.text
        if i in past_words(read) or not (word.text in _DETERMINERS or _may_stand_inside(read, i, start)):
            return ""
    return ""


def _may_stand_inside(read: Read, place: int, start: int) -> bool:
    """Whether a word before a noun may belong to its phrase."""
    word, language = read.words[place], read.language
    if not word.telling:
        return False
    if is_agent(word.text, language):
        return True
    if language == "en":
        return word.capital or not word.text.endswith(("ed", "s"))
    beside_name = place == start - 1 and read.words[start].capital and not word.capital  # стадион „Хеброс“
    adjective = _RU_ADJECTIVE if language == "ru" else _BG_ADJECTIVE
    return beside_name or adjective.search(word.text) is not None


@lru_cache(maxsize=8192)
def passive(read: Read, clause: int) -> bool:
    """Whether a clause has a passive in it."""
    places = clauses(read)[clause]
    text = read.text[read.words[places[0]].start : read.words[places[-1]].end]
    return _PASSIVE[read.language].search(text) is not None


@lru_cache(maxsize=16_384)
def head(read: Read, places: range) -> range:
    """The office that a name stands beside: министърът на транспорта X; its own places where there is none."""
    for k in places:
        if is_agent(read.words[k].text, read.language):
            return range(k, k + 1) if k == places.start or read.language != "en" else places
    if not read.words[places.start].capital:
        return places
    for k in range(places.start - 1, max(-1, places.start - _BACK - 1), -1):
        word, apart = read.words[k], read.clause[places.start] - read.clause[k]
        if apart > 1 or (apart == 1 and k != places.start - 1) or k in past_words(read):
            return places
        if is_agent(word.text, read.language):
            return range(k, k + 1)
        if not (word.telling or word.text in PREPOSITIONS[read.language]):
            return places
    return places


@lru_cache(maxsize=16_384)
def reading(read: Read, places: range) -> Reading:
    """Whether a noun phrase acts in its clause."""
    language, clause = read.language, read.clause[places.start]
    governed, turned = preposition(read, places.start), passive(read, clause)
    if not governed and _speaks(read, places, clause):
        return 1.0, 0.9
    if governed:
        return (1.0, 1.0) if turned and governed == _AGENT.get(language) else (-1.0, 0.8)
    if language == "en" and re.match(r"['’]s?\b", read.text[read.words[places.stop - 1].end :][:2]):
        return -0.5, 0.3
    if language == "ru":
        return _russian(read, places, turned)
    if language == "bg" and (marked := _bulgarian(read, places, turned)) is not None:
        return marked
    before = any(k < places.start for k in past_words(read) if read.clause[k] == clause)
    after = any(k >= places.stop for k in past_words(read) if read.clause[k] == clause)
    if before == after:
        return 0.0, 0.0
    score, sure = (1.0, 0.7) if after else (-1.0, 0.5)
    return (-score, sure) if turned else (score, sure)


def _speaks(read: Read, places: range, clause: int) -> bool:
    """Whether a verb of speech stands beside: X said; , said X."""
    said = speech(read.language)
    if said is None:
        return False
    if places.stop < len(read.words) and read.words[places.stop].text in said.verbs:
        return True
    first = clauses(read)[clause][0]
    return clause > 0 and first in range(places.start - 2, places.start) and read.words[first].text in said.verbs


def _bulgarian(read: Read, places: range, turned: bool) -> Reading | None:
    """By the article: the full one is the subject's (министърът), the short one is not (министъра)."""
    word = read.words[places.stop - 1]
    if word.text.endswith(("ът", "ят")):
        return (-1.0 if turned else 1.0), 1.0
    if _CONSONANT.search(word.lemma) and word.text in (word.lemma + "а", word.lemma + "я"):
        return -1.0, 0.7
    return None


def _russian(read: Read, places: range, turned: bool) -> Reading:
    word, ends = read.words[places.stop - 1], [read.words[k].text for k in places]
    clause = read.clause[places.start]
    if _beside_noun(read, places, clause):
        return -0.5, 0.5  # стюардессы «Бореала», which need not decline
    if any(_RU_INSTRUMENTAL.search(end) for end in ends):
        done_by = turned or any(_RU_REFLEXIVE.search(read.words[k].text) for k in clauses(read)[clause])
        return 1.0, (0.9 if done_by else 0.0)
    if any(end[-1] in "уюе" and not end.endswith(("ство", "ние", "ие", "ье")) for end in ends) and word.text != word.lemma:
        return -1.0, 0.9
    if any(_RU_OBLIQUE.search(end) for end in ends):
        return -1.0, 0.9
    common = not word.capital or is_agent(word.text, "ru")
    if common and word.text != word.lemma and word.text[-1] in "ая" and _CONSONANT.search(word.lemma):
        return -1.0, 0.9
    if word.text == word.lemma or word.text[-1] not in "аяыиоеуюь":
        if word.text.endswith(("ов", "ев")) and word.text != word.lemma and common:
            return -1.0, 0.6
        return (-0.7 if turned else 1.0), 0.8
    return 0.0, 0.2


def _beside_noun(read: Read, places: range, clause: int) -> bool:
    """Whether a name follows a common noun that is no office and no verb: it is whose that is."""
    before = places.start - 1
    if before < 0 or not read.words[places.start].capital or read.clause[before] != clause:
        return False
    word = read.words[before]
    return word.telling and not word.capital and not is_agent(word.text, "ru") and before not in past_words(read)


def _by_form(read: Read, places: range, other: Read, theirs: range) -> Reading | None:
    """What the form of a Russian name says, beside its form in a language without cases."""
    if other.language == "ru":
        return None
    form, plain = read.words[places.stop - 1].text, other.words[theirs.stop - 1].text
    if _CONSONANT.search(plain):
        if _RU_NAME_OBLIQUE.search(form):
            return -1.0, 0.9
        if _RU_INSTRUMENTAL.search(form) and form[-2:] not in (plain[-2:], "им"):
            return (1.0, 0.9) if passive(read, read.clause[places.start]) else (-1.0, 0.3)
    elif plain[-1] in "аяa":
        if form[-1] in "ая":
            return (-0.7 if passive(read, read.clause[places.start]) else 1.0), 0.8
        if form[-1] in "уюые" or form.endswith(("ой", "ей")):
            return -1.0, 0.8
    return None


def _graded(read: Read, places: range, other: Read, theirs: range) -> Reading:
    office = head(read, places)
    if (
        read.language == "ru"
        and office.start in places
        and read.words[places.start].capital
        and not preposition(read, places.start)
    ):
        found = _by_form(read, places, other, theirs)
        if found is not None:
            return found
    return reading(read, office)


def joined(read: Read, one: range, two: range) -> bool:
    """Whether nothing but "and", commas and offices stand between two parties."""
    between = (read.words[k] for k in range(min(one.stop, two.stop), max(one.start, two.start)))
    return all(
        word.capital
        or word.text in _JOINING
        or word.text in _COPULAS
        or word.text in _DETERMINERS
        or (not word.telling and word.text in PREPOSITIONS[read.language])
        or is_agent(word.text, read.language)
        for word in between
    )


def ahead(read: Read, one: range, two: range, other: Read, theirs: tuple[range, range]) -> float:
    """How much more the first of two parties acts than the second, -2 to 2; 0 where nothing tells. `theirs`: they in `other`."""
    if joined(read, one, two):
        return 0.0
    (first, sure), (second, surely) = _graded(read, one, other, theirs[0]), _graded(read, two, other, theirs[1])
    heads = head(read, one), head(read, two)
    bare = not any(preposition(read, h.start) for h in heads)
    if read.language == "ru" or not bare or max(sure, surely) >= 0.9:
        return first * sure - second * surely
    clause = read.clause[heads[0].start]
    if clause != read.clause[heads[1].start]:
        return first * sure - second * surely
    if not any(read.words[k].telling for k in range(min(one.stop, two.stop), max(h.start for h in heads))):
        return first * sure - second * surely
    order = _BARE if heads[0].start < heads[1].start else -_BARE
    return -order if read.language == "en" and passive(read, clause) else order
