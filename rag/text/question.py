"""What a question asks for: its telling words, and the kind of thing that would answer it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

from rag.text.calendar import MONTH_NAMES, WEEKDAYS
from rag.text.language import detect
from rag.text.names import sure_names, term_keys
from rag.text.normalise import fold_word
from rag.text.numbers import ABOUT, CARDINALS, FRACTIONS, ROUGH, SCALES, figures
from rag.text.tokens import lemmas, stopwords, tokenize

Kind = Literal["duration", "number", "date", "person", "name"]
KINDS: tuple[Kind, ...] = ("duration", "number", "date", "person", "name")

# The first pattern that is found decides; folded text (lower case, no ё). English, Russian, Bulgarian.
_ASKED: tuple[tuple[Kind, str], ...] = (
    (
        "duration",
        r"\bhow long\b|\bhow old\b|\bwhat age\b|\bсколько (?:времени|лет|дней|часов|минут|месяцев|недель)\b"
        r"|\bкак (?:долго|давно)\b"
        r"|\bколко (?:време|дълго|години|часа|дни|минути|месеца|седмици|отдавна)\b|\bна каква възраст\b|\bв каком возрасте\b"
        r"|\bпродължителност|\bдлительност|\bпродолжительност",
    ),
    (
        "number",
        r"\bhow (?:many|much|far|tall|high|deep|wide|large|big|often|fast|heavy)\b"
        r"|\b(?:what|which) (?:\w+ )?(?:percent\w*|number|amount|population|share|rate|size|score|price|cost|sum|rank"
        r"|proportion)\b"
        r"|\bсколько\b|\bнасколько\b|\bкаков[аоы]? (?:\w+ )?(?:численность|доля|площадь|высота|цена|сумма|население"
        r"|длина|процент)\b"
        r"|\bкак(?:ой|ое|ая|ую|ова) (?:\w+ )?(?:процент|количество|число|доля|долю|часть|сумма|сумму|цена)\b"
        r"|\bколко\b|\bкак(?:ъв|ва|во|ви) (?:е |са |беше )?(?:\w+ )?(?:процент\w*|брой\w*|дял\w*|сума\w*|цена\w*|население\w*)\b",
    ),
    (
        "date",
        r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|decade|century|time)\b|\bкогда\b|\bс каких пор\b"
        r"|\b(?:каком|какой|какого|какую|какие) (?:году|год|года|числа|число|день|дня|дату|дата|месяце|веке|десятилетии|годы)\b"
        r"|\bкога\b|\b(?:коя|каква|кой|кое) (?:година|дата|ден|месец|век|десетилетие)\b|\bот кога\b|\bдокога\b",
    ),
    (
        "person",
        r"\bwho\b|\bwhom\b|\bwhose\b|\b(?:what|which) (?:\w+ )?(?:person|man|woman|author|leader|president|king|queen|minister)\b"
        r"|\bкто\b|\bкого\b|\bкому\b|\bкем\b|\bчь[яеи]\b|\bчей\b|\bкак (?:звали|зовут)\b"
        r"|\bкак(?:ой|ая|ие|им|их|ому) (?:\w+ )?(?:человек\w*|автор\w*|лидер\w*|президент\w*|министр\w*)\b"
        r"|\bкой\b|\bкои\b|\bчий\b|\bчия\b|\bкоя (?:жена|актриса|певица|авторка)\b|\bкак се казва\b",
    ),
    (
        "name",
        r"\bwhere\b|\bname of\b|\bnamed\b|\b(?:what|which) (?:\w+ )?(?:city|cities|country|countries|state|town|place"
        r"|company|team|party"
        r"|organi[sz]ation|university|school|river|church|newspaper|agency|island|region|language)\b"
        r"|\bгде\b|\bкуда\b|\bоткуда\b|\bкак (?:называ\w+|назв\w+)\b"
        r"|\bкак(?:ой|ая|ое|ие|ом|ую|им|их|ому) (?:\w+ )?(?:город\w*|стран\w*|штат\w*|компани\w*|команд\w*|парти\w*|организаци\w*"
        r"|университет\w*|рек[аеу]|церков\w*|газет\w*|агентств\w*|остров\w*)\b"
        r"|\bкъде\b|\bнакъде\b|\bоткъде\b|\bкоя\b|\bкак се нарича\w*\b",
    ),
)
_KINDS = tuple((kind, re.compile(pattern)) for kind, pattern in _ASKED)


def _any_of(*tables: Mapping[str, Mapping[str, float]]) -> str:
    """A pattern for the words of such tables in all languages."""
    return _shared({word for table in tables for by_word in table.values() for word in by_word})


def _shared(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first; beginnings that words share are tried once, which makes it fast."""
    by_first: dict[str, set[str]] = {}
    for word in words:
        by_first.setdefault(word[:1], set()).add(word[1:])
    ends = by_first.pop("", None) is not None
    branches = [re.escape(first) + _shared(rests) for first, rests in sorted(by_first.items())]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})" + "?" * ends


_NUMBER_WORD = _any_of(CARDINALS, SCALES, ROUGH, ABOUT, FRACTIONS) + "|once|twice|both"
_TIME_UNIT = (
    r"years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centur\w+"
    r"|год(?:а|ы|ов|у|ом|ини|ината)?|лет|месяц(?:а|ев|ы)?|недел[юяиь]|дн(?:я|ей|и)|день|час(?:а|ов|ът|ове)?"
    r"|минут[аыу]?|секунд[аыу]?"
    r"|век(?:а|ов)?|десятилети[яйе]|сут(?:ки|ок)|месец[аи]?|седмиц[аи]|денонощи[ея]"
)
# 2.5 hours, два часа, an hour, около часа; but not the year in "2024 года", nor an ordinal as in "80-ата годишнина".
_DURATION = re.compile(
    rf"(?<![\w.,])(?:(?!(?:1\d|20)\d\d\b)\d+(?:[.,]\d+)?|{_NUMBER_WORD}|an?|half an|several|few|около|почти|над"
    rf"|близо|няколко|несколько"
    rf"|цел\w+|больше|более|повече от)(?:\s|-)(?:(?:and a half|и половина|с половиной|full|whole|more|еще"
    rf"|пълни)\s)?(?:{_TIME_UNIT})\b"
    rf"|\b(?:час|ден|день|година|год|месяц|месец|седмица)\s(?:и половина|с половиной)\b",
    re.IGNORECASE,
)
_MONTH = _any_of(MONTH_NAMES)
_DAY = _any_of(WEEKDAYS) + "|yesterday|today|tomorrow|вчера|сегодня|завтра|днес|утре"
_DATE = re.compile(
    rf"\b(?:1\d|20)\d\d\b|\b\d{{1,2}}\s*(?:{_MONTH})\b|\b(?:{_MONTH})\b|\b(?:{_DAY})\b|\b\d+\w*[\s-]*(?:century"
    rf"|век\w*)\b|\b\d{{4}}s\b"
    r"|\b[IVX]+\s+век",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’-]+")
_CAPITALISED = r"[A-ZА-ЯЁЀ-Џ][\w'’-]+"
_PERSON = re.compile(rf"\b{_CAPITALISED}(?:\s(?:[A-ZА-Я]\.\s?)*(?:(?:van|von|de|al|bin|ван|фон|де) )?{_CAPITALISED})+")
_NAME_OR_DATE = re.compile(rf"\W*(?:[^\W\d_a-zа-яё]|\w*\d|(?:{_MONTH}|года|году|година)\W*$)")
_BARE_WORDS = 2
_NAME_KEY = 5  # letters by which a name is taken for one of the question's own: enough to see past an inflection


@dataclass(frozen=True, slots=True)
class Term:
    """A telling word of a question: its lemma, its folded form, and its span.

    `keys` are those of the names that it may be part of (`rag.text.names`); `named` says that it is written as one.
    """

    lemma: str
    folded: str
    start: int
    end: int
    keys: tuple[str, ...] = ()
    named: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart. `language` is None where it cannot be told; `kind` where nothing special is asked for.

    `bare` is the question without its names and figures. Those tell which story is meant, and the rest which of its sentences
    answers: an article names its people once and then says "he" or "the two leaders".
    """

    text: str
    bare: str
    language: str | None
    terms: tuple[Term, ...]
    kind: Kind | None


@lru_cache(maxsize=256)
def analyse(text: str) -> Question:
    """The language, telling words and expected kind of answer of `text`. Where all words are function words, all are kept."""
    language = detect(text)
    ignored = stopwords(language)
    tokens = tokenize(text)
    spans = [(token.start, token.end) for token in tokens]
    everything = tuple(
        Term(lemma, token.text, *span, keys, named)
        for token, lemma, span, keys, named in zip(
            tokens, lemmas(text, language), spans, term_keys(text, spans), sure_names(text, spans), strict=True
        )
    )
    telling = tuple(term for term in everything if term.lemma not in ignored and term.folded not in ignored)
    folded = " ".join(fold_word(word) for word in text.split())
    kind = next((kind for kind, pattern in _KINDS if pattern.search(folded)), None)
    return Question(text, _bare(text), language, telling or everything, kind)


def _bare(text: str) -> str:
    """`text` without names (capital letters, but for its first), figures and months; all of it where too little is left."""
    words = text.split()
    kept = [word for i, word in enumerate(words) if not _NAME_OR_DATE.match(word) or (i == 0 and word[:1].isalpha())]
    return " ".join(kept) if len(kept) >= _BARE_WORDS else text


def offers(question: Question, sentence: str) -> bool:
    """Whether `sentence` states something of the kind that is asked for and that the question does not state itself."""
    if question.kind == "duration":
        return _DURATION.search(sentence) is not None
    if question.kind in ("person", "name"):
        known = {term.folded[:_NAME_KEY] for term in question.terms}
        names = _PERSON.findall(sentence) if question.kind == "person" else _later_capitals(sentence)
        return any(fold_word(part)[:_NAME_KEY] not in known for name in names for part in name.split())
    if question.kind == "number":
        return not figures(sentence, None) <= figures(question.text, question.language)
    known = {fold_word(word) for word in re.findall(r"[\w.,]*\w", question.text)}
    return any(fold_word(match[0]) not in known for match in _DATE.finditer(sentence))


def _later_capitals(sentence: str) -> list[str]:
    """The words written with a capital letter, but for the first of the sentence, which always is."""
    return [match[0] for match in islice(_WORD.finditer(sentence), 1, None) if match[0][0].isupper()]
