"""Whether a clause speaks of what was or of what is to come: that decides which Tuesday "on Tuesday" is."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from rag.text.morphology import base_form
from rag.values.scan import Scan
from rag.values.vocabulary import words

Tense = Literal["past", "future"]

_REACH = 12  # words on either side
_FUTURE = {
    "en": words(
        "will shall due scheduled expected plans planned plan going 'll would upcoming won't opens starts begins expires takes"
        " kicks returns departs reopens resumes"
    ),
    "ru": words("будет будут предстоит запланировано ожидается намерен намерена намерены должен должна должны"),
    "bg": words("ще предстои предстоят планира планират очаква насрочен насрочена насрочено насрочени планиран планирана започва"
                " започват изтича изтичат провежда"),
}  # fmt: skip
_PLANNED = {
    "en": ("planned", "scheduled", "slated", "postponed", "delayed until", "rescheduled"),
    "ru": ("запланир", "намечен", "назначен", "предстоящ", "перенес", "отложен"),
    "bg": ("планиран", "насроч", "предсто", "отложен", "отлага", "отложи", "пренасроч"),
}
_PUT, _OFF = words("put pushed moved brought"), words("back off forward")  # "put back the opening to May"
# What is agreed, promised or asked with an infinitive lies ahead: agreed to meet, договорились встретиться, реши да заседава.
_AGREED = {
    "en": tuple(
        words(
            "agree decid plan promis vow intend hope expect due set schedul prepar want ask order urg invit ready likely"
            " call pledg threaten"
        )
    ),
    "ru": tuple(words("договор реш пообещ обещ намер планир собира готов хоч хот поруч предлож призва потреб угрож ожида")),
    "bg": tuple(words("договор реш обеща планира възнамер готв иска поиска предлож призова нареди зак очаква трябва")),
}
_INFINITIVE = {"en": frozenset(("to",)), "ru": frozenset[str](), "bg": frozenset(("да",))}
_CLAUSE = words(", ; . : ( ) that что чтобы че който която което които который которая которое которые who which")
_AND = words("and but и но а")
_LEADING = words("on in at by the в во на к ко до от с със за през към до next this")
_SINCE = words("since from с со от")
_BY = {"en": frozenset(("by",)), "ru": frozenset(("к", "ко")), "bg": frozenset(("към",))}
_UNTIL = {"en": frozenset(("until", "till")), "ru": frozenset(("до",)), "bg": frozenset(("до",))}
_CLOCK = words("midnight noon on at a.m p.m am pm полуночи полудня в во полунощ обяд ч часа часов")  # by noon on Friday
_IRREGULAR = words(
    "said told was were had did met won lost beat hit left went came began broke caught chose cut died drew drove fell felt"
    " flew fought found gave grew heard held kept killed knew led made paid put ran rose sank sang saw sent set shook shot shut"
    " spent spoke stood stole struck swept swore took taught thought threw tore understood woke wore wrote got became bought"
    " brought built burst fled forgot forgave hid hurt laid lay lit meant overcame quit rode sat sold slept slid sought split"
    " spread swam withdrew been"
)
_VERBAL = ("ть", "ти", "чь", "ться", "тись", "чься")
_RUSSIAN_PAST = ("л", "ла", "ло", "ли", "лся", "лась", "лось", "лись")
_RUSSIAN_COMING = ("ет", "ит", "ют", "ут", "ят", "ат", "ется", "ится", "утся", "ются", "ятся", "атся")
# Verbs in the present that say who speaks, and when the rest was is another matter.
_SPEAKING = (
    "сообща",
    "пиш",
    "говор",
    "переда",
    "отмеча",
    "счита",
    "утвержда",
    "уточня",
    "заявля",
    "цитиру",
    "указыва",
    "подчерк",
)
_RUSSIAN_DONE = tuple(f"{stem}{ending}" for stem in ("ан", "ен", "ыт", "ят", "ут") for ending in ("", "а", "о", "ы"))
_BULGARIAN_PAST = ("ха", "хме", "ше")
# The perfect and the passive, after "е, са": са се разболели, е заведено.
_BULGARIAN_DONE = (
    *("л", "ла", "ло", "ли"),
    *(f"{stem}{ending}" for stem in ("ан", "ен", "ян", "ят", "ит", "ут") for ending in ("", "а", "о", "и")),
)
_COPULA, _NOT_DONE = words("е са съм си сме сте"), words("ще да няма")
_SAID = ("сказал", "заяви", "сообщи", "каза", "съобщи", "обяви", "объяви", "бе", "беше", "бяха")


def ahead(scan: Scan, i: int) -> bool:
    """Whether the clause around piece `i`, the name of a day or month, speaks of what is to come: the nearest verb before it
    says so, or where there is none the nearest after it. What somebody said on that day is past."""
    return _tense(scan, i) == "future"


def told_past(scan: Scan, i: int) -> bool:
    """Whether the clause around piece `i` says what was."""
    return _tense(scan, i) == "past"


def befell(scan: Scan, i: int) -> bool:
    """Whether the clause around piece `i` says what was, and not what was promised, planned or decided for then."""
    near = scan.words[max(0, i - _REACH) : i + _REACH]
    coming = any(word in _FUTURE[scan.language] or word.startswith(_AGREED[scan.language]) for word in near)
    return not coming and told_past(scan, i)


def until(scan: Scan, i: int) -> bool:
    """Whether piece `i` stands after a preposition that looks ahead: until Friday, до сряда; also by Friday, к среде, but for
    what had happened by then."""
    k = i - 1
    while k > 0 and (scan.words[k] in _CLOCK or scan.kinds[k] in "nc"):
        k -= 1
    if k < 0:
        return False
    if scan.words[k] in _UNTIL[scan.language]:
        return not _perfect(scan, i)  # до неделя вечерта са се разболели
    return scan.words[k] in _BY[scan.language] and _tense(scan, i) != "past"


def _perfect(scan: Scan, i: int) -> bool:
    """Whether a Bulgarian clause around piece `i` tells what has been done: "са се разболели"; not what is so, "е затворен"."""
    around = range(max(0, i - _REACH), min(i + _REACH, scan.size))
    done = (_participle(scan, k) for k in around if scan.words[k] in _COPULA and scan.before(k) not in _NOT_DONE)
    return scan.language == "bg" and any(len(word) > 4 and word.endswith(_BULGARIAN_DONE[:4]) for word in done)


def _participle(scan: Scan, k: int) -> str:
    """The word after a Bulgarian "е, са", and after "се"."""
    return next((scan.words[n] for n in range(k + 1, min(k + 3, scan.size)) if scan.words[n] not in ("се", "си")), "")


def _tense(scan: Scan, i: int) -> Tense | None:
    since = scan.before(i) in _SINCE
    low, infinitive = i, False
    led = next((k for k in range(i - 1, -1, -1) if scan.words[k] not in _LEADING), -1)
    aside = led if scan.words[led] == "," and 0 < led < i - 1 else -1  # will visit Norway next, on Monday
    for k in range(i - 1, max(-1, i - 1 - _REACH), -1):
        if scan.words[k] in _CLAUSE and k != aside:
            break
        low = k
        infinitive = infinitive or (scan.words[k] == "to" and scan.language == "en" and scan.words[k + 1].isalpha())
        if found := _told_by(scan, k, explicit=since):
            return found
    if infinitive:
        return "future"  # Parliament to vote on Tuesday
    opens = all(scan.words[k] in _LEADING for k in range(low, i))
    for k in range(i + 1, min(scan.size, i + 1 + _REACH)):
        word = scan.words[k]
        if (word in _CLAUSE and not (word == "," and k <= i + 1)) or (word in _AND and not opens):
            break
        if found := _told_by(scan, k, explicit=since):
            return found
    return None


def _told_by(scan: Scan, k: int, *, explicit: bool) -> Tense | None:
    """What the word at a piece says of the tense; with `explicit` a present or future by its form alone says nothing."""
    word, language = scan.words[k], scan.language
    if scan.kinds[k] != "w":
        return None
    if word in _FUTURE[language] or word.startswith(_PLANNED[language]) or (word in _PUT and scan.words[k + 1] in _OFF):
        return "future"
    if word in _INFINITIVE[language]:
        led = scan.before(k) if language == "en" or scan.before(k) != "се" else scan.before(k - 1)
        if led.startswith(_AGREED[language]) and scan.kinds[k + 1] == "w":
            return "future"
        return None
    if language == "en" and word in ("is", "are") and scan.words[k + 1] in ("on", "to", "set", "scheduled"):
        return "future"
    if language == "ru":
        found = _russian(word)
        if found == "infinitive":
            return "future" if any(scan.words[n].startswith(_AGREED["ru"]) for n in range(max(0, k - 4), k)) else None
        return None if found == "future" and explicit else found
    if language == "bg" and word in _COPULA and scan.before(k) not in _NOT_DONE:
        after = _participle(scan, k)
        return "past" if len(after) > 4 and after.endswith(_BULGARIAN_DONE) and not _coming(after) else None
    if language == "en" and "be" in (scan.before(k), scan.before(k - 1)):
        return None  # will be held
    return "past" if _past(word, language) else None


def _coming(word: str) -> bool:
    return word in _FUTURE["bg"] or word.startswith((*_PLANNED["bg"], *_AGREED["bg"]))


def _past(word: str, language: str) -> bool:
    if language == "en":
        return word in _IRREGULAR or (len(word) > 4 and word.endswith("ed"))
    return word in _SAID or word.startswith(_SAID[:7]) or (len(word) > 4 and word.endswith(_BULGARIAN_PAST))


@lru_cache(maxsize=20_000)
def _russian(word: str) -> Literal["past", "future", "infinitive"] | None:
    """What a Russian verb's form says: сообщил, отступит, встретиться."""
    coming = word.endswith(_RUSSIAN_COMING)
    past = word.endswith(_RUSSIAN_PAST) or (word.endswith(_RUSSIAN_DONE) and not coming)  # not пройдут, стоят
    if len(word) < 4 or not (past or coming or word.endswith(_VERBAL)):
        return None
    lemma = base_form(word, "ru")
    if not lemma.endswith(_VERBAL):
        return None
    if lemma == word:
        return "infinitive"
    if past:
        return "past"
    return None if word.startswith(_SPEAKING) or word in ("есть", "нет") else "future"
