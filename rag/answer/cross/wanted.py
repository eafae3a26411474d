"""What a question wants to hear: a value of which kind and of what, a day, yes or no, who did it, or who said it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rag.text import tokenize
from rag.text.language import detect
from rag.text.names import names
from rag.text.normalise import fold_word
from rag.text.predicates import predicates
from rag.text.question import analyse
from rag.values import Value, read_values
from rag.values.nouns import NOUNS, noun

About = Literal["number", "date", "polarity", "actor", "attribution"]

_YES_NO = re.compile(
    r"^\W*(?:is|are|was|were|am|did|do|does|has|have|had|will|would|can|could|should|shall|may|might|must)\b|\bли\b|\bдали\b"
    r"|\bразве\b"
)
_ASKS = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how|кто|кого|кому|кем|чей|чья|чье|чьи|что|чего|чему|чем|как|какой|какая"
    r"|какое|какие"
    r"|какого|какому|каким|каких|какую|каком|каков|какова|каково|каковы|когда|где|куда|откуда|почему|зачем|сколько|скольких"
    r"|насколько"
    r"|который|которая|котором|которого|кой|коя|кое|кои|кого|чий|чия|чие|чии|какво|какъв|каква|какви|кога|къде|накъде|откъде"
    r"|защо|колко"
    r"|доколко|докога)\b"
)
_SAID = (
    r"(?:announc|report|warn|said|says|claim|told|tell|confirm|deni|deny|state[sd]|accus|reveal|disclos|call(?:s|ed)|sound(?:s"
    r"|ed)"
    r"|сообщ|объяв|предупре|заяв|рассказ|утвержд|сказал|подтверд|опроверг|обвин|назвал|жалов|говори"
    r"|съобщ|обяви|обявя|каза|твърд|потвърд|нарече|оплак|разказа|предаде)\w*"
)
_WHO = (
    r"(?:who(?:m|se)?|which (?:agency|group|body|office|ministry|side|party|paper)|кто|кем|чьи|чей|чья|кой|кои|чия|чий|чие"
    r"|кого|чии)"
)
_ATTRIBUTION = re.compile(
    rf"\b{_WHO}\b(?:\s+\w+){{0,3}}?\s+{_SAID}|\baccording to (?:who|which|what)|\bпо (?:чьим|чьи)|\bпо чии|\bкому принадлеж"
    rf"|\bоткъде се знае"
    r"|\bоткуда известно|\bwho is the source|\bwhose (?:figure|estimate|word|claim)|\bчия е (?:бройка|цифра|оценка)\w*"
    r"|\bпо чьему"
)
_ACTOR = re.compile(r"\b(?:who|whom|кто|кого|кому|кем|кой|кои|кого|на кого)\b")
_WHICH_ACTOR = re.compile(
    r"\b(?:which|what|как(?:ая|ой|ое|ие)|коя|кой|кое|кои) (?:\w+ )?(?:company|firm|team|party|club|country|compan\w+|фирм\w+"
    r"|компани\w+"
    r"|команд\w+|парти\w+|отбор\w*|клуб\w*|страна|държава)\b"
)
_TIME = re.compile(
    r"\b(?:what|which) (?:time|hour)\b|\bво сколько\b(?! раз| обо| оцен)|\bв котором часу\b|\bв какой час\b|\bв колко часа?\b"
    r"|\bпо кое време\b"
)
_DATE = re.compile(
    r"\bwhen\b|\b(?:what|which) (?:\w+ )?(?:year|date|day|month)\b|\bкогда\b|\bс каких пор\b|\b(?:каком|какой|какого|какую"
    r"|какое) "
    r"(?:году|год|года|числа|число|день|дня|дату|дата|месяце)\b|\bкога\b|\b(?:коя|каква|кой|кое|кои) (?:година|дата|ден|месец)\b"
)
_YEAR = re.compile(r"\b(?:what|which) year\b|\bкак(?:ом|ой|ого) год[уа]?\b|\bкоя година\b")
# Questions after what is, or will be. A past tense anywhere in English, or in Russian by its endings, speaks
# against it.
_NOW = re.compile(
    r"^(?!.*\b(?:did|was|were|had|has been|have been|\w+(?<!ш)л(?:а|о|и)?(?:с[ья])?)\b)"
    r"(?=.*(?:\b(?:is|are|will|does|do|remain|still)\b|\bще\b|\bостава\w*\b|\bсейчас\b|\bбуд[еу]т\b|\bста(?:нет|нут)\b"
    r"|\b(?:кто|когда|сколько)\b.*\w+(?:ет|ит|ют|ят|ат|ут|ется|ится|утся|ятся|атся)\b))"
)
_HEIGHT = re.compile(r"\bhow (?:tall|high|deep)\b|\b(?:height|depth|altitude)\b|\bвысот|\bглубин|\bвисо(?:к|чин)|\bдълбо")
_DISTANCE = re.compile(r"\bhow far\b|\bdistance\b|\bрасстояни|\bразстояни|\bколко далеч|\bкак далеко")
_OPEN = re.compile(
    r"^\W*(?:why|how (?:did|does|do|was|were|is|are|come)|what happened|почему|зачем|отчего|как (?!долго|давно|далеко|часто)"
    r"|защо)\b"
)
_CAUSE = re.compile(
    r"^\W*why\b|\b(?:what|which)\b.*\b(?:caused?|led to|triggered|sparked|set off|brought down|reason|to blame)\b"
    r"|\bпочему\b|\bотчего\b|\bиз-за (?:чего|как\w+)|\bпо какой причине|\bпричин[аоыу]\w*|\bчто (?:вызвало|привело к"
    r"|спровоцировало)"
    r"|\bзащо\b|\bзаради какво|\bпоради (?:какво|каква)|\bкакво (?:причини|предизвика|доведе до)|\bот какво\b"
)
_WHERE = re.compile(
    r"^\W*(?:where|in (?:which|what) (?:city|town|country|village|place))\b|\bгде\b|\bв как\w+ (?:город|стран|сел)\w*"
    r"|\bкуда\b|\bкъде\b|\bнакъде\b|\bв ко(?:й|я|е) (?:град|страна|държава|село)\b"
)
# "How old was the diver who died" asks how old, and not who.
_HOW = re.compile(
    r"\b(?:how (?:old|long|far|tall|high|deep|wide|heavy|fast|big|large|hot|cold|strong|powerful|expensive|much|many)"
    r"|what number of"
    r"|сколько|скольких|скольким|насколько|как (?:долго|далеко|давно)|(?:на )?колко)\b"
)
_HOW_MANY = re.compile(r"\b(?:how many|how much|what number of|сколько|скольких|скольким|насколько|колко)\b")

# Kinds of values by what stands in the question; the first row that is found decides. Folded beginnings of words.
_KINDS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (tuple(kinds.split()), re.compile(pattern))
    for kinds, pattern in (
        (
            "percent",
            r"\bper ?cent|\bpercentage|\bwhat (?:share|part|proportion)\b|\bкак(?:ую|ая) часть\b|\bкаква част\b|\bкакъв дял\b"
            r"|\bпроцент|\bна сто\b|\bturnout\b|\bявк[аиуе]\b|\bактивност\w* на|\bизбирателна\w* активност|\bдол[яюи]\b"
            r"|\bдял",
        ),
        (
            "age duration",
            r"\bhow old\b|\bwhat age\b|\bна колко (?:години|месеца)\b|\bсколько (?:\w+ )?лет (?:\w+ )?(?:нов|\w+у\b|\w+ю\b"
            r"|\w+ой\b|ей|ему)|\bвозраст|\bв каком возрасте|\bвъзраст|\bage of\b",
        ),
        ("duration distance", r"\bhow long (?:was|were) (?:the|a|an)\b"),
        ("distance duration", r"\bhow long (?:is|are) (?!it\b|he\b|she\b|they\b)|\bколко (?:е )?дълг|\bкакой длины\b"),
        ("duration age", r"\bhow many years\b|\bсколько лет\b|\bколко години\b"),
        (
            "duration",
            r"\bhow long\b(?! (?:is|was) the (?:road|bridge|river|tunnel|wall|line))|\bfor how many (?:months|days|hours)"
            r"|\bhow many (?:months|weeks|days|hours|minutes)\b"
            r"|\bсколько (?:времени|дней|часов|минут|месяцев|недель|суток)\b|\bкак (?:долго|давно)\b|\bколко (?:време|дълго"
            r"|часа|дни|минути|месеца|седмици|денонощия|отдавна)\b"
            r"|\bсколько (?:\w+ )?(?:длил|продолжал|шл[аио]\b|продл|просуществ)|\bколко (?:са |е |бяха |беше )?(?:трая|траял"
            r"|продължи|продължа|отне)|\bпродължителност|\bдлительност|\bпродолжительност"
            r"|\bна сколько (?:дней|часов|минут|прерв|задерж)|\bна (?:какой|какъв) срок|\bкакво наказание"
            r"|\bwhat (?:punishment|sentence|prison term)|\bкаква присъда|\bкакъв срок"
            r"|\bкак(?:ой|ому|ого|им) (?:срок|приговор|наказани)\w*|\bкак(?:ое|ому|ого|им) наказани\w*|\bwhat term\b",
        ),
        (
            "mass",
            r"\bhow heavy\b|\bweigh|\bсколько (?:\w+ )?вес[ия]т|\bкакова масса|\bвес(?:ит|ил|ом)?\b|\bколко тежи|\bтегло|\bтежи",
        ),
        (
            "temperature",
            r"\btemperature|\bhow (?:hot|cold|warm)\b|\bтемператур|\bколко (?:градуса|студено|топло)|\bсколько градусов",
        ),
        ("speed", r"\bhow fast\b|\bspeed\b|\bскорост"),
        (
            "area",
            r"\bwhat area|\bhow (?:large|big) (?:is|was) the (?:area|fire|forest|park|site)|\bплощад|\bhectares|\bгектар"
            r"|\bхектар|\bдекар",
        ),
        (
            "magnitude number",
            r"\bmagnitude|\bмагнитуд|\bhow (?:strong|big|powerful) was the (?:\w+ )?(?:earth)?quake|\bпо (?:шкале )?рихтер"
            r"|\b(?:сколько баллов|колко бала)\b.*(?:землетр|земетр|трус)|\bсил(?:а|ы|ой|ата) (?:на )?(?:землетр|земетр|труса)"
            r"|\bколко силн\w+ (?:\w+ )?(?:земетр|трус)|\bнасколько сильн\w+ (?:\w+ )?землетр",
        ),
        (
            "distance volume",
            r"\bhow much (?:rain|snow)|\bсколько (?:\w+ )?(?:снега|осадков|дождя)|\bколко (?:валежи|дъжд|сняг)|\brainfall\b"
            r"|\bsnowfall\b",
        ),
        (
            "distance",
            r"\bhow (?:far|tall|high|deep|wide|long|thick)\b|\bhow many (?:kilo|centi|milli)?(?:met(?:re|er)s|miles"
            r"|feet|yards|km)\b|\bdistance|\bheight|\bdepth|\blength|\bрасстояни|\bразстояни"
            r"|\bвысот|\bвисочин|\bглубин|\bдълбо|\bдлин[аоыу]|\bдължин|\bширин|\bколко (?:висок|дълъг|дълг|широк|далеч"
            r"|метра|километра)|\bсколько (?:метров|километров)",
        ),
        ("power", r"\bhow (?:powerful|many (?:mega|giga|kilo)?watts)|\bмощност"),
        (
            "money",
            r"\bза (?:сколько|колко)\b(?! (?:времени|време|дней|дни|часов|часа|лет|години|минут|месец|недел|седмиц))|\bпочем\b"
            r"|\bпо чем\b|\bна каква (?:цена|стойност)\b|\bпо какой цене\b",
        ),
        (
            "score",
            r"\bwhat (?:was )?the score\b|\bфинальн\w+ счет|\bкаким счетом\b|\bкакой счет\b|\bкакъв резултат\b"
            r"|\bс какъв резултат\b|\bby what score\b",
        ),
        (
            "percent money number",
            r"\bby how much\b|\bна сколько\b|\bс колко\b|\bhow much (?:did|have|has) (?:\w+ ){1,4}(?:ris|rise|fall|drop|grow"
            r"|increase)",
        ),
        (
            "money number",
            r"\bcost|\bprice|\bpa(?:y|id|ys)\b|\bsalar|\bwage|\bfine[ds]?\b|\bdamages\b|\bcompensat|\bworth\b|\bbudget"
            r"|\bspen[dt]|\bmoney\b|\bdollars|\beuros?\b|\bloan\b|\bbonus"
            r"|\bстои[тл]|\bстоим|\bцен[аыуе]|\bзарплат|\bобо(?:шел|шл|йд)|\bзаплат|\bплат[итея]|\bштраф|\bкомпенсаци|\bбюджет"
            r"|\bденег\b|\bрубл|\bдоллар|\bевро\b|\bсумм|\bвыплат|\bкредит"
            r"|\bструва|\bцен[аи]та|\bглоб(?:а|и|ява)\b|\b(?:е|са|бе|беше|бил[аои]?) глобен"
            r"|\bобезщетени|\bпари\b|\bлева\b|\bдолар|\bсума|\bплащ|\bизлиза\b"
            r"|\bизлезе\b|\bвыручк|\bприход|\bтакс[аи]|\bпремия",
        ),
        (
            "number",
            r"\bpopulation|\bчисленност|\bнаселени|\bhow many\b|\bhow much\b|\bnumber\b|\bсколько\b|\bскольких\b|\bколко\b"
            r"|\bброят?\b|\bколичеств|\bчисло\b|\bтираж|\bcirculation|\bprint run|\bdeath toll|\btoll\b|\bбройка"
            r"|\bмагнитуд|\bat how\b",
        ),
        # "What is the level of …": a quantity by its name, in whatever unit.
        (
            "number percent money duration distance mass area volume temperature speed power energy magnitude",
            r"\b(?:what|which)\b.*\b(?:level|rate|size|amount|volume|capacity|revenue|profit|loss(?:es)?|turnover"
            r"|debt|deficit|surplus"
            r"|growth|inflation|interest|tariff|yield|output|production|harvest|exports?|imports?|limit|quota|dose|margin|lead"
            r"|majority|record|income|value|estimate|figure)\b"
            r"|\bкак(?:ов[аоы]?|ой|ая|ую|ое|ого)\b.*\b(?:уров(?:ень|ня)|ставк|размер|объем|вместимост|мощност|выручк"
            r"|прибыл|убыт|оборот"
            r"|долг|дефицит|профицит|рост|инфляц|тариф|доход|расход|добыч|урожа|экспорт|импорт|лимит|квот|доз[аыу]"
            r"|отрыв|перевес|рекорд"
            r"|оценк|показател)"
            r"|\b(?:какъв|каква|какво|какви|кое|коя)\b.*\b(?:ниво|равнище|лихв|размер|обем|капацитет|печалб|загуб"
            r"|оборот|дълг|дефицит"
            r"|излиш|ръст|инфлаци|тариф|доход|разход|добив|реколт|износ|внос|лимит|квот|доза|преднин|мнозинств|рекорд"
            r"|оценк|показател)",
        ),
    )
)
# The roles of counted people, and what is said to have happened to them.
PREDICATES = {
    "dead": ("die",),
    "injured": ("hurt",),
    "affected": ("hurt",),
    "arrested": ("arrest",),
    "infected": ("ill",),
    "rescued": ("rescue",),
    "missing": ("vanish",),
    "dismissed": ("fire",),
    "sentenced": ("convict",),
    "recovered": ("recover",),
}
_MEASURES = ("money", "percent", "duration", "distance", "mass", "area", "volume", "temperature", "speed", "power", "energy")
_OR = re.compile(r"\b(?:or|или)\b")
_QUOTED = re.compile(r"[«„“\"]([^«»„“”\"]{2,60})[»“”\"]")
_CAPITALISED = re.compile(r"\b[A-ZА-ЯЁ][\w-]{2,}")
_CALENDAR = frozenset(
    (
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "celsius", "fahrenheit",
    )
)  # fmt: skip
_EMPTY = frozenset(
    (
        "people", "person", "persons", "time", "happen", "человек", "человека", "людей", "время", "времени", "случилось", "всего",
        "души", "душ", "хора", "време", "станало", "общо",
    )
)  # fmt: skip
_BY_WORD = (("time", _TIME), ("date", _DATE), ("actor", _ACTOR), ("actor", _WHICH_ACTOR), ("number", _HOW))


@dataclass(frozen=True, slots=True)
class NameAsked:
    """A name that the question gives: as it is written, and whether it stands in quotation marks."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question taken apart for comparing answers. `about` is None where it wants no value of a kind that is compared.

    `kinds` are the kinds of `Value` that answer it, likeliest first; `cause` where it asks why, `place` where. `what` is the key
    of the counted thing, where it names one, `group` that of the people something befell, and `counted` its word, folded.
    `dates` are the days or years that it names, `lemmas` its telling words but for names, in its `language`, `roles` what it says
    to have befallen people, and `befell` its words for that. `year` says that a year is enough, `upright` that a height is asked
    for (False: a distance), `now` that it asks how things are or will be, so that a later report tells of another time.
    """

    text: str
    language: str | None
    about: About | None
    kinds: tuple[str, ...]
    what: str | None
    group: str | None
    counted: str | None
    names: tuple[NameAsked, ...]
    dates: tuple[Value, ...]
    lemmas: frozenset[str]
    roles: frozenset[str]
    befell: tuple[str, ...]
    year: bool
    upright: bool | None
    now: bool


@lru_cache(maxsize=256)
def wanted(text: str) -> Wanted:
    """What `text`, a question in Bulgarian, Russian or English, wants."""
    language = detect(text)
    question = analyse(text)
    folded = " ".join(fold_word(word) for word in text.split())
    read = read_values(text, language)
    about, kinds = _about(folded, read)
    given = _names(text, language)
    spoken = {token for name in given for token in (t.text for t in tokenize(name.text))}
    lemmas = frozenset(
        term.lemma
        for term in question.terms
        if term.folded not in spoken and term.folded not in _EMPTY and not term.folded[0].isdigit()
    )
    what = _what(text, language) if "number" in kinds else None
    dates = tuple(value for value in read if value.kind == "date")
    return Wanted(
        text,
        language,
        about,
        kinds,
        what,
        _group(text, language) if what else None,
        _counted(folded) if what else None,
        given,
        dates,
        lemmas,
        roles(text, language) | {role for role, keys in PREDICATES.items() if not predicates(text).isdisjoint(keys)},
        _befell(text, language),
        _YEAR.search(folded) is not None,
        _upright(folded),
        _NOW.search(folded) is not None,
    )


def _upright(folded: str) -> bool | None:
    """Whether a height or depth is asked for, or a distance; None where neither."""
    if _HEIGHT.search(folded):
        return True
    return False if _DISTANCE.search(folded) else None


@lru_cache(maxsize=4096)
def roles(text: str, language: str | None) -> frozenset[str]:
    """What a text says to have befallen people: the keys of its words for the dead, the injured, the arrested …"""
    known = language if language in ("en", "ru", "bg") else None
    found = (noun(token.text, known) for token in tokenize(text)) if known else ()
    return frozenset(n.key for n in found if n is not None and n.kind == "role")


def _befell(text: str, language: str | None) -> tuple[str, ...]:
    return tuple(token.text for token in tokenize(text) if roles(token.text, language) or predicates(token.text))


def _about(folded: str, read: tuple[Value, ...]) -> tuple[About | None, tuple[str, ...]]:
    amounts = [value.kind for value in read if value.kind not in ("date", "ordinal")]
    yes_no = _YES_NO.search(folded)
    if yes_no and _OR.search(folded) and amounts:
        return "number", tuple(dict.fromkeys(amounts))
    if (yes_no and not _ASKS.match(folded.lstrip("¿ "))) or not _ASKS.search(folded):
        return "polarity", ()
    if _CAUSE.search(folded) and not _HOW_MANY.search(folded):
        return "attribution", ("cause",)
    if _WHERE.search(folded):
        return "actor", ("place",)
    if _OPEN.match(folded):
        return None, ()
    if _ATTRIBUTION.search(folded):
        return "attribution", ()
    asks = [(m.start(), kind) for kind, pattern in _BY_WORD if (m := pattern.search(folded))]
    first = min(asks, default=(0, ""))[1]  # "who … when the bridge fell" asks who
    if first == "time":
        return "date", ("time",)
    if first == "date":
        return "date", ("date",)
    if first == "actor":
        return "actor", ()
    counts = _HOW_MANY.search(folded)
    for kinds, pattern in _KINDS:
        if pattern.search(folded):
            if counts and kinds == ("money", "number") and _counted_after(folded, counts.end()):
                return "number", ("number",)
            if kinds == ("number",) and counts and not _counted_after(folded, counts.end()):
                return "number", ("number", *_MEASURES)
            return "number", kinds
    return None, ()


def _counted_after(folded: str, at: int) -> bool:
    """Whether a noun of the news follows "how many": then that is counted, whatever money stands further on."""
    word = re.match(r"\s+(\w+)", folded[at:])
    return word is not None and any(noun(word[1], language) is not None for language in ("en", "ru", "bg"))


def _what(text: str, language: str | None) -> str | None:
    """What is counted: a figure is put where the question asks for it, and read."""
    probe = re.sub(r"\b(?:how many|how much|сколько|скольких|колко)\b", "12", text, count=1, flags=re.IGNORECASE)
    if probe == text:
        return None
    found = next((v for v in read_values(probe, language) if v.kind == "number" and v.low == 12), None)
    return found.what if found else None


def _group(text: str, language: str | None) -> str | None:
    """The group of people that is counted, where the question says what befell it: children, of "how many children were hurt"."""
    word = _counted(" ".join(fold_word(part) for part in text.split()))
    known = noun(word, language) if word and language in ("en", "ru", "bg") else None
    return known.key if known is not None and known.kind == "group" else None


def _counted(folded: str) -> str | None:
    """The word after "how many"."""
    match = _HOW_MANY.search(folded)
    word = re.match(r"\s+(\w+)", folded[match.end() :]) if match else None
    return word[1] if word else None


def _names(text: str, language: str | None) -> tuple[NameAsked, ...]:
    quoted = [(m.start(1), m.end(1), m[1]) for m in _QUOTED.finditer(text) if m[1][0].isupper()]
    found = [NameAsked(inside, True) for _, _, inside in quoted]
    covered = [(start, end) for start, end, _ in quoted]
    for name in names(text, language):
        if not any(start <= name.start < end for start, end in covered):
            found.append(NameAsked(name.text.removesuffix("'s").removesuffix("’s"), False))
            covered.append((name.start, name.end))
    for word in _CAPITALISED.finditer(text):
        # After a quotation mark `names` takes a word for the first of a sentence, and leaves it out.
        if (
            word.start()
            and not any(start <= word.start() < end for start, end in covered)
            and fold_word(word[0]) not in _CALENDAR
        ):
            found.append(NameAsked(word[0], False))
    return tuple(found)


def listed(what: str | None) -> bool:
    """Whether a counted thing has a key of its own, by which it is told apart in every language."""
    return what is not None and what in NOUNS
