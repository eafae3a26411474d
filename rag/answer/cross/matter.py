"""Whether two reports are about the same matter: the names, the years and the kinds of things that a question gives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from rag.answer.check.gentilics import place_of
from rag.answer.cross.statements import Report
from rag.answer.cross.wanted import NameAsked, Wanted
from rag.text.calendar import MONTHS, WEEKDAYS
from rag.text.names import name_keys
from rag.text.normalise import fold_word
from rag.text.stopwords import function_words
from rag.values import Value

# Reports further apart than so many days are about two occasions, unless they say otherwise.
_FAR = 100
_INFLECTED = 5
_PREFIX = 4  # consonants by which an adjective made from a name meets it (Ветлянск, ветлянский)

# The best reports, by the ranking's score, and at most so many: what they name is the story's. Another report is of it that
# shares names worth so much with one of them, each the less the more reports have it.
_CORE = 4.0
_MOST_CORE = 5
_SHARED = 0.3
_NEAR, _FURTHER = 8.0, 0.06  # how far below the best a report may lie, and what it must share more for each point further
_FAR_OFF = 150  # days for which a report must share as much again as one name that no other has
_ENOUGH = 2  # reports with all names of the question, beside which none is heard that lacks one
# Reports: among more than so many, one that lacks a name is likelier to be of another place than to call it otherwise; among
# fewer it cannot be told what a name is worth.
_FEW = 5

# Kinds of one sort: a report about the one is not about the other. Beginnings of folded words, English, Russian and Bulgarian.
_RIVALS = (
    (
        "chess шахмат шах$ шаха$",
        "draughts checkers шашк шашеч дам[аи]$",
        "football soccer футбол",
        "basketball баскетбол",
        "volleyball волейбол",
        "hockey хокке хокей",
        "tennis теннис тенис",
        "boxing boxer бокс",
        "wrestl борьб борб борц борец",
        "swim плав плув",
        "ski skier лыж ски$ скиор",
        "handball гандбол хандбал",
        "rugby регби ръгби",
        "cricket крикет",
        "biathlon биатлон",
        "athletics атлетик",
        "gymnast гимнаст",
        "cycling cyclist велос велогон колоезд колоез",
        "rowing гребл гребан",
        "judo дзюдо джудо",
    ),
    (
        "wind ветр ветроэн вятър вятърн",
        "solar солнечн слънчев соларн фотоволт",
        "nuclear atomic атомн ядрен аэс аец",
        "coal угольн въглищн уголь въглищ",
        "hydro гидро хидро гэс вец",
        "gas$ газ газов",
    ),
    (
        "choir хор$ хора$ хору$ хором$ хоре$ хорът$ хоров",
        "orchestra оркестр оркестър симфонич",
        "ballet балет",
        "opera опер$ опера оперн",
        "circus цирк",
        "theatre theater театр театър",
        "cinema кино$ киното$ кинотеатр киносалон",
    ),
    (
        "helicopter вертол хеликоптер",
        "aircraft airplane plane$ planes$ самол",
        "train$ trains$ derail поезд влак",
        "bus$ buses$ автобус",
        "tram трамва",
        "ship$ ships$ ferry vessel корабл кораб$ кораба$ паром ферибот",
        "tanker танкер",
        "submarine подлодк подводниц",
        "metro$ subway метро",
    ),
    (
        "earthquake quake землетряс земетрес",
        "flood наводнен паводк наводнени",
        "avalanche лавин",
        "landslide mudslide оползен оползн свлачищ",
        "tornado смерч торнадо",
        "hurricane ураган",
        "volcan вулкан",
        "drought засух суш[аи]$",
    ),
    (
        "king$ король короля$ королю$ крал$ крал[яъ]",
        "queen$ королев кралиц",
        "president президент",
        "mayor мэр$ мэра$ мэру$ мэром$ кмет",
        "governor губернатор",
        "coach$ trainer тренер треньор",
        "conductor дирижер диригент",
        "bishop епископ",
        "ambassador посол$ посла$ послом$ посланик",
    ),
    (
        "women$ woman$ женск женщин жени$ жените$ дамск",
        "men$ мужск мужчин мъже$ мъжете$ мъжк",
        "under-1 under-2 youth$ junior юношес молодеж юниор юноши младеж",
    ),
    (
        "measles корь$ кори$ корью$ морбили дребна",
        "flu$ influenza грипп грип",
        "cholera холер",
        "covid ковид коронавирус",
        "cancer$ рак$ рака$",
        "salmonell сальмонел салмонел",
        "hepatitis гепатит хепатит",
        "malaria малярия маларя",
        "mpox monkeypox оспа оспы шарка",
    ),
)
_CLASSES = tuple(
    tuple(
        re.compile("|".join(rf"(?:{stem[:-1]})$" if stem.endswith("$") else stem for stem in member.split()))
        for member in members
    )
    for members in _RIVALS
)
_MEMBER = re.compile("|".join(pattern.pattern for members in _CLASSES for pattern in members))  # most words are none
_WORD = re.compile(r"[^\W\d_]+")
# The one country whose press writes in a language, and its capital; English has many.
_HOME = (("bg", "България", "София"), ("ru", "Россия", "Москва"))
_CAPITAL = re.compile(r"\b(?:capital|столиц\w*|столи[чн]\w*)\b", re.IGNORECASE)


def on_the_matter(asked: Wanted, found: Sequence[Report]) -> list[Report]:
    """Those of the reports that may be about what is asked, best first, each with the names of the question that it lacks.

    A name that is in none of them cannot tell them apart, and is left out of account. Where many have all names, those alone are
    kept.
    """
    held = {report.doc_id: [_holds(report, name) for name in asked.names] for report in found}
    useful = [i for i in range(len(asked.names)) if any(row[i] for row in held.values())]
    kept = []
    for report in found:
        row = held[report.doc_id]
        there = sum(row[i] for i in useful)
        missing = [asked.names[i] for i in useful if not row[i] and not _may_be_missing(asked, asked.names[i], report, there)]
        if any(_is_anothers(report, name) for name in missing) or not _in_its_time(asked, report) or _rivals(asked, report):
            continue
        kept.append(replace(report, missing=tuple(name.text for name in missing)))
    named = [report for report in kept if not report.missing]
    return named if len(named) >= _ENOUGH or (named and len(kept) > _FEW) else kept


def _is_anothers(report: Report, name: NameAsked) -> bool:
    """Whether the report tells of another bearer of a person's surname."""
    words = name.text.split()
    listed = any(key.startswith("=") for key in name_keys(name.text))  # North Macedonia is nobody's name
    return len(words) > 1 and not name.quoted and not listed and _another_first_name(report, words)


def same_time(one: Report, other: Report) -> bool:
    """Whether two reports are close enough in time to be about one occasion."""
    if one.reported is None or other.reported is None:
        return True
    return abs((one.reported - other.reported).days) <= _FAR


def of_one_story(found: Sequence[Report]) -> list[Report]:
    """The reports of the story that the best of them tell: those that name whom and what these name, and few others do.

    The further below the best and from them in time, the more they must share: one town has many stories.
    """
    if len(found) < _FEW:
        return list(found)
    top = found[0].score
    core = [report for report in found if top - report.score <= _CORE][:_MOST_CORE]
    known = Counter(key for report in found for key in telling_names(report))
    chosen = []
    for report in found:
        shared = max(sum(1 / known[key] for key in telling_names(report) & telling_names(other)) for other in core)
        days = min(_days_apart(report, other) for other in core)
        needed = _SHARED + _FURTHER * max(0.0, top - report.score - _NEAR) + days / _FAR_OFF
        if top - report.score <= _CORE or shared >= needed:
            chosen.append(report)
    return chosen


def telling_names(report: Report) -> frozenset[str]:
    """The keys of names that tell much, listed ones and full ones: of words that the report has without a capital too, none, nor
    of days and months."""
    return frozenset(key for key in report.keys if not key.isupper()) - _common_keys(report.text, report.language)


@lru_cache(maxsize=1024)
def _common_keys(text: str, language: str | None) -> frozenset[str]:
    """The keys of words that only begin a sentence with a capital, and of days and months."""
    words = set(_WORD.findall(text))
    usual = function_words(language) if language else frozenset[str]()
    days = WEEKDAYS.get(language or "", {})
    common = (
        word
        for word in words
        if word[0].isupper() and (word.lower() in words or any(fold_word(word) in known for known in (usual, days, MONTHS)))
    )
    return frozenset(key for word in common for key in _keys(word))


def _days_apart(one: Report, other: Report) -> int:
    if one.reported is None or other.reported is None:
        return 0
    return abs((one.reported - other.reported).days)


def _holds(report: Report, name: NameAsked) -> bool:
    words = [word for word in re.findall(r"[^\W_][\w'’-]*", name.text) if word[0].isupper() or word[0].isdigit() or name.quoted]
    if not words:
        return True
    hits = [_has(report, word) for word in words]
    if all(hits):
        return True
    if len(words) == 1:
        return False
    if name.quoted:
        return sum(hits) * 2 >= len(words)
    if hits[-1]:
        return not _another_first_name(report, words)
    return sum(hits) * 2 >= len(words) and hits[0]


@lru_cache(maxsize=4096)
def _keys(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*name_keys(word[:1].upper() + word[1:]), *sorted(place_of(fold_word(word))))))


def _has(report: Report, word: str) -> bool:
    keys = _keys(word)
    if not keys:
        return fold_word(word) in fold_word(report.text)
    if not report.keys.isdisjoint(keys) or _inflected(report.text, word):
        return True
    stems = [key for key in keys if key.isupper() and len(key) >= _PREFIX]
    return any(
        other.startswith(stem) or (len(other) >= _PREFIX and stem.startswith(other))
        for stem in stems
        for other in report.keys
        if other.isupper()
    )


@lru_cache(maxsize=4096)
def _inflected(text: str, word: str) -> bool:
    """Whether the text has the word with another ending: Драганову beside Драганова."""
    if len(word) < _INFLECTED or not "\u0400" <= word[0] <= "\u04ff":
        return False
    return re.search(rf"\b{re.escape(word[: max(4, len(word) - 2)])}\w{{0,3}}\b", text) is not None


def _may_be_missing(asked: Wanted, name: NameAsked, report: Report, there: int) -> bool:
    """Whether a name tells nothing by being missing: a common word with a capital where other names are there, or one made of
    words that another language translates («Соль», Salt)."""
    if report.language != asked.language and name.text.isupper():
        return there > 0  # an abbreviation, which has other letters in another language: ВВП, GDP
    if _at_home(name, report):
        return True
    return (there > 0 and _common(name, asked.language)) or (
        report.language != asked.language and (name.quoted or asked.language == "en") and _translatable(name.text, asked.language)
    )


def _at_home(name: NameAsked, report: Report) -> bool:
    """Whether a report tells of its own country, which it need not name, or of a country's capital by that word."""
    for language, country, capital in _HOME:
        if not set(_keys(name.text)).isdisjoint(_keys(country)):
            return report.language == language
        if not set(_keys(name.text)).isdisjoint(_keys(capital)):
            told = report.language == language or not report.keys.isdisjoint(_keys(country))
            return told and _CAPITAL.search(report.text) is not None
    return False


@lru_cache(maxsize=1024)
def _translatable(name: str, language: str | None) -> bool:
    from rag.text.lexicon import is_form, simplemma_code  # opens simplemma: kept for when it is needed

    code = simplemma_code(language) if language else None
    words = [fold_word(word) for word in _WORD.findall(name)]
    return (
        code is not None
        and bool(words)
        and all(is_form(word, code) and not any(k[0] == "=" for k in _keys(word)) for word in words)
    )


def _common(name: NameAsked, language: str | None) -> bool:
    """Whether a name is but a word with a capital: the Greens, Деня на града."""
    from rag.text.lexicon import find_lemma, is_form, simplemma_code  # opens simplemma: kept for when it is needed

    code = simplemma_code(language) if language else None
    if name.quoted or " " in name.text or code is None or any(key[0] == "=" for key in _keys(name.text)):
        return False
    word = fold_word(name.text)
    return is_form(word, code) and (find_lemma(word, code) or word) != word


def _another_first_name(report: Report, words: Sequence[str]) -> bool:
    """Whether the report gives the surname with another given name, and never with this one."""
    last = frozenset(_keys(words[-1]))
    given = {key for word in words[:-1] for key in _keys(word)}
    begins = {fold_word(word)[:2] for word in words[:-1]}
    for match in re.finditer(r"\b(?=([A-ZА-ЯЁ][\w’'-]+)\s+([A-ZА-ЯЁ][\w’'-]+))", report.text):
        if not last.isdisjoint(_keys(match[2])) and given.isdisjoint(_keys(match[1])) and fold_word(match[1])[:2] not in begins:
            return True
    return False


def _in_its_time(asked: Wanted, report: Report) -> bool:
    """Whether the report is of the day or year that the question names, or speaks of it."""
    dates = [date for date in asked.dates if date.low is not None and date.unit in ("day", "month", "year")]
    if not dates:
        return True
    stated = [v for s in report.statements for v in s.values if v.kind == "date" and v.low is not None]
    if any(_meet(date, value) for date in dates for value in stated if value.unit != "century"):
        return True
    if any(value.unit == "year" and not value.resolved for value in stated):
        return False
    if report.reported is None:
        return True
    at = report.reported.toordinal()
    return any((date.low or 0) - 30 <= at <= (date.high or 0) + 200 for date in dates)


def _meet(one: Value, other: Value) -> bool:
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return False
    return one.low <= other.high and other.low <= one.high


def _rivals(asked: Wanted, report: Report) -> bool:
    """Whether the report is about another thing of the same sort: a solar park instead of a wind farm."""
    question = _members(asked.text)
    if not question:
        return False
    there = _members(report.statements[0].text)
    whole = _members(report.text)
    return any({m for s, m in there if s == sort} and (sort, member) not in whole for sort, member in question)


@lru_cache(maxsize=1024)
def _members(text: str) -> frozenset[tuple[int, int]]:
    words = [word for word in {fold_word(word) for word in _WORD.findall(text)} if _MEMBER.match(word)]
    return frozenset(
        (sort, member)
        for sort, patterns in enumerate(_CLASSES)
        for member, pattern in enumerate(patterns)
        if any(pattern.match(word) for word in words)
    )
