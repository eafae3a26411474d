"""Which words of a sentence are verbs and participles, and which of them are passive. A guess by form: no parser is at hand."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.answer.check.clauses import past_words
from rag.answer.check.grammar import PREPOSITIONS
from rag.answer.check.mentions import RU_VERB, deeds, is_office, mentions
from rag.answer.check.reading import Read
from rag.answer.check.verbs import speaks_of_past
from rag.answer.said.speech import speech
from rag.values.vocabulary import words

BE = words(
    "is are was were been be being get got gets е са бе беше бяха бъде бъдат бил била било били бива биват"
    " был была было были будет будут"
)
_GET = words("get got gets")
CLITICS = words("го я ги му им ми те ме ни ви ѝ")
_MODALS = words("will would shall should can could may might must to not ще не да бы can't won't")
_EN_PARTICIPLE = re.compile(
    r".{2,}(?:ed|wn|ught|ept|elt|ent|uilt|old|aid|ound|en|ung|rown)$"
    r"|(?:made|put|set|cut|hit|shot|hurt|led|read|won|held|met|fed|lost|struck|given|taken|beaten)$"
)
_EN_PAST = words(
    "sent went lent bent felt paid found bound grew blew sang sung sat slid stuck spun tore torn woke ate eaten swore sworn wept"
)
_RU_PASSIVE = re.compile(
    r"[а-я]{3,}(?:[аяе]н|[ыяу]т)(?:а|о|ы)?$|[а-я]{3,}(?:[аяе]нн|[ыяу]т)(?:ый|ая|ое|ые|ого|ой|ых|ому|ым|ую|ыми)$"
)
RU_ACTIVE = re.compile(r"[а-я]{3,}(?:вш|ющ|ящ|ущ|ащ)(?:ий|ая|ее|ие|его|ей|их|ему|им|ую|ими)$")
RU_GERUND = re.compile(r"[а-я]{2,}(?:[аеиоуыя]в|вши|вшись)$")
BG_GERUND = re.compile(r"[а-я]{3,}[аяе]йки$")
_BG_PASSIVE = re.compile(r".{3,}(?:[аяе]н|[аяеиу]т)(?:а|о|и|ият|ите|ата|ото)?$")
_BG_PLAIN = re.compile(r".{3,}(?:[аяи]ха|[аяи]ше|[ваяи]ва|[аяи]ват|[аяи]л[аои]?)$")
_RU_NOUN = re.compile(r".*(?:ость|есть|часть|сть|пять|шесть|сти)$")
_BG_FORM = re.compile(r".{2,}(?:и|е|а|я|ха|хме|ше|ят|ат|л|ла|ло|ли)$")


@lru_cache(maxsize=65_536)
def is_verb(read: Read, place: int) -> bool:
    """Whether a word is, by its form and what stands before it, a verb or a participle. A guess."""
    word, language = read.words[place], read.language
    if (
        not word.telling
        or (word.capital and place)
        or not word.text.isalpha()
        or word.text in BE - _GET
        or place in _named(read)
        or is_office(read, place)
    ):
        return False
    before = read.words[place - 1].text if place else ""
    if language == "en":
        return _is_english_verb(read, place, before)
    if language == "ru":
        return _is_russian_verb(word.text, word.lemma)
    if deeds(word.text, "bg") and not word.text.endswith(
        ("ът", "ят", "то", "та", "не", "ство", "ие", "ия", "нето", "ка", "ник", "телю")
    ):
        return before not in PREPOSITIONS["bg"] or before in ("не", "да")
    if BG_GERUND.fullmatch(word.text):
        return True
    following = read.words[place + 1].text if place + 1 < len(read.words) else ""
    if _BG_PASSIVE.fullmatch(word.text) and (following == "от" or before in BE):
        return True
    beside = before in (*CLITICS, "не", "да", "ще", "се", "е", "са", "бе") or (place - 1) in mentioned(read)
    if beside and word.lemma != word.text and word.lemma[-1] in "мая" and _BG_FORM.fullmatch(word.text):
        return True
    return place in past_words(read) or (
        word.lemma != word.text
        and word.lemma.endswith("м")
        and not word.text.endswith(("то", "та", "ите", "ото", "ата", "ния", "не"))
    )


def _is_russian_verb(text: str, lemma: str) -> bool:
    if text in BE:
        return False
    if lemma.endswith(("ть", "ться", "ти", "тись", "чь")) and RU_VERB.fullmatch(text):
        return bool(deeds(text, "ru")) or not _RU_NOUN.fullmatch(text)
    if lemma.endswith(("ть", "ться", "ти")) and RU_GERUND.fullmatch(text):
        return True
    if _RU_PASSIVE.fullmatch(text) and (
        deeds(text, "ru") or text.endswith(("н", "на", "но", "ны", "нный", "нная", "нное", "нные"))
    ):
        return True
    return RU_ACTIVE.fullmatch(text) is not None and (text != lemma or bool(deeds(text, "ru")))


@lru_cache(maxsize=8192)
def _named(read: Read) -> frozenset[int]:
    return frozenset(i for n in read.names for i in read.places(n.start, n.end))


def _is_english_verb(read: Read, place: int, before: str) -> bool:
    word = read.words[place]
    gap = read.text[read.words[place - 1].end : word.start] if place else ""
    if word.text.endswith("ing"):
        return bool(deeds(word.text, "en")) and ("," in gap or before in words("is are was were be been for of after before by"))
    if deeds(word.text, "en") and place and (place - 1) in mentioned(read) and not gap.strip() and not word.text.endswith("s"):
        return True
    spoken = speech("en")
    if spoken and place and word.text in spoken.verbs and (place - 1) in mentioned(read) and not gap.strip():
        return True
    if before in words("the a an his her its their this of in at with for some any no more most"):
        return False
    if before in ("to", *_MODALS) or word.text in _EN_PAST or (speaks_of_past(word.text, "en") and "'" not in gap):
        return True
    subject = place and ((place - 1) in mentioned(read) or before in ("who", "which", "that"))
    return (
        bool(subject)
        and gap.strip() in ("", ",")
        and word.text.endswith("s")
        and (bool(deeds(word.text, "en")) or not word.text.endswith(("ss", "ions", "ers", "ies")))
    )


@lru_cache(maxsize=8192)
def mentioned(read: Read) -> frozenset[int]:
    return frozenset(i for span in mentions(read) for i in span.places)


def is_passive(read: Read, place: int) -> bool:
    word, language = read.words[place], read.language
    before = [read.words[i].text for i in range(max(0, place - 4), place)]
    if language == "ru":
        return _RU_PASSIVE.fullmatch(word.text) is not None and not word.lemma.endswith("тить")
    following = read.words[place + 1].text if place + 1 < len(read.words) else ""
    if language == "en":
        participle = word.text in _EN_PAST or _EN_PARTICIPLE.fullmatch(word.text) is not None
        return participle and (bool(BE & set(before[-3:])) or following == "by")
    if "се" in before[-2:] or (following == "се"):
        return False
    return (
        _BG_PASSIVE.fullmatch(word.text) is not None
        and not _BG_PLAIN.fullmatch(word.text)
        and (bool(BE & set(before)) or following == "от")
    )
