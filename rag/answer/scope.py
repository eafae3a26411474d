"""Of which whole a value holds: of all or some, of a town or its province, of a morning or the day, alone or with others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

# By dimension and value: beginnings of folded words, `$` closing one that stands whole, `_` a space; English, Russian, Bulgarian.
_MARKS: Mapping[str, Mapping[str, str]] = {
    "share": {
        "whole": "together_with вместе_с заедно_с с_учетом counting"
        " total$ overall altogether in_all entire whole$ all$ combined aggregate nationwide countrywide final$"
        " всего$ общ[аеи]й?$ общего$ в_общей_сложности итогов окончательн весь$ вся$ всю$ всех$ все$ всем$ суммарн итого целом$"
        " общо$ цялат цяла$ целия$ целият$ всичк сумарно изцяло окончателн",
        "part": "only$ alone$ just$ part_of partial among_them of_them of_which of_whom including another$ further$ additional"
        " first$ seriously critically gravely"
        " только$ лишь$ част[ьи]$ частичн из_них в_том_числе среди_них включая еще$ дополнительн"
        " перв(?:ый|ая|ое|ые|ых|ую|ого|ой|ым)$ отдельн"
        " тяжел тяжко"
        " само$ едва част$ частичн от_тях включително сред_тях още$ допълнителн първ(?:и|а|ия|ият|ата|ите|ото)$ отделн"
        " тежко тежки",
        "average": "average mean$ median средн медианн",
    },
    "company": {
        "alone": "alone$ tete-a-tete tête-à-tête one-on-one private$ privately face-to-face closed$ closed-door in_camera"
        " наедине тет-а-тет с_глазу_на_глаз один_на_один закрыт[аыо]"
        " насаме на_четири_очи четири_очи тет-а-тет при_закрити закрит[оаи]т?",
        "with": "delegation adviser advisor aides$ ministers$ extended$ open_court plenary joined"
        " делегаци советник министр[аыо] расширенн открыт[ыоа] пленарн помощник"
        " делегаци съветниц министрите разширен открит[оаи] пленарн съветник",
    },
    "place": {
        "city": "city$ city's town$ town's capital downtown centre$ center$ village$ город$ города$ городе$ столиц"
        " поселк сел[оае]$ деревн"
        " град$ града$ градът$ столиц селото$ центъра$",
        "district": "district borough neighbourhood quarter$ municipalit общин район квартал микрорайон",
        "province": "province county region oblast prefecture statewide област[ьи]$ кра[йяею]$ регион округ губерн"
        " провинц"
        " област$ областта$ окръг$ региона?$ провинц",
        "country": "country country's nationwide national$ countrywide nation$ стран[аеуы]$ республик по_всей_стране общенацион"
        " всероссийск"
        " страната$ национал цялата_страна републик",
        # "in nine countries", «в девяти странах», „в 21 града“
        "several": r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|all)_(?:other_|more_)?(?:cities|towns|villages"
        r"|districts|boroughs|counties|provinces|regions|states|countries)$"
        r" (?:\d+|двух|трех|четырех|пяти|шести|семи|восьми|девяти|десяти|нескольких|всех)_(?:\w+_)?(?:городах|селах|районах"
        r"|областях|регионах|провинциях|странах|государствах)$"
        r" (?:\d+|два|две|три|четири|четирите|пет|шест|седем|осем|девет|десет|няколко|всички)_(?:\w+_)?(?:града|градове|села"
        r"|общини|района|области|региона|провинции|страни|държави)$",
        "world": "world worldwide global[a-z]* мир[аеу]?$ мировой всемирн глобальн свят[аеъ]?т?$ световн",
        "abroad": "abroad foreign overseas рубеж зарубеж чужбина чуждестран",
    },
    "period": {
        "hour": "hourly single_hour one_hour in_an_hour в_час$ на_час$ за_час$ за_один_час$ за_един_час$ за_1_час$",
        "morning": "morning утр[оаеу]м?$ утренн сутрин",
        "afternoon": "afternoon noon midday полдень полудн обед следобед обяд",
        "evening": "evening night$ overnight вечер ноч[ьию] нощ снощ",
        "day": "day$ daily whole_day 24_hours весь_день день$ сутки дневн за_сутки ден$ денонощ деня$ 24_час[аи]$",
        "weekend": "weekend выходны уикенд почивните",
        "week": "week$ weekly недел[яиюе] седмиц",
        "month": "month$ monthly january february march$ april june$ july$ august september october november december"
        " месяц январ феврал март[аеу]?$ апрел июн[ьяе]$ июл[ьяе]$ август сентябр октябр ноябр декабр"
        " месец януари февруари март$ април юни$ юли$ септември октомври ноември декември",
        "season": "summer winter autumn spring$ лет[оау]м?$ летн зим[аеоу]й?$ зимн осен весн[аеоу]й?$ весенн"
        " лято летн зима зимн есен пролет",
        "quarter": r"(?:first|second|third|fourth|last|this|a|the)_quarter$ three_months"
        r" (?:перв|втор|трет|четверт|последн)\w*_квартал квартальн три_месяца трех_месяц тримесеч три_месеца",
        "half-year": "half-year first_half_of second_half_of six_months полугод шесть_месяцев полугоди шест_месеца шестмесеч",
        "since": "since$ so_far year_to_date с_начала с_январ от_началото от_януари досега",
        "year": "year$ annual yearly год$ года$ году$ годов за_год година годишн",
    },
    "people": {
        "children": "child children kids$ minors teenager pupil schoolchild boys$ girls$ дет[ией]$ детск ребен школьник подростк"
        " несовершеннолет"
        " деца детск ученици непълнолетн момчета момичета",
        "adults": "adult взросл възрастни",
        "women": "women$ woman$ female женщин жени$ жените$",
        "men": "men$ male$ мужчин мъже$ мъжете$",
        "soldiers": "soldier troops servicem military военн солдат военнослуж войник военн",
        "civilians": "civilian мирн[ыо] гражданск цивилн гражданс",
        "police": "police officer полицейск полицаи",
        "workers": "worker employee staff рабоч сотрудник работник служител",
        "foreigners": "foreigner foreign иностран чужденц",
        "elderly": "elderly pensioner пожил пенсионер възрастн пенсионер",
    },
    "level": {
        "primary": "primary elementary начальн началн",
        "secondary": "secondary high_school средн[иея]_школ средн гимнази",
        "bus": "bus$ buses автобус",
        "tram": "tram трамва",
        "metro": "metro subway метро",
        "train": "train$ trains rail поезд электричк влак",
        "public": "public state-run государственн бюджетн държавн общинск",
        "private": "private частн частн",
        "gross": "gross before_tax pre-tax брутн брутто до_вычета бруто",
        "net": "net$ after_tax take-home на_руки за_вычетом на_ръка чист[аоы] нетто нетно нето без_данъка",
    },
}  # fmt: skip

# Dimensions whose words hold for a whole sentence; a time or a level is said beside its value.
FAR_REACHING = frozenset(("share", "company", "place", "people"))
_PARTS = frozenset(("morning", "afternoon", "evening", "weekend", "hour", "season", "month", "quarter"))  # of a year, or a day

# What one value alone must say for it to hold of a part, or of the whole.
_NARROW = {
    "share": ("part",),
    "place": ("city",),
    "people": ("children", "women"),
    "period": ("hour", "morning", "afternoon", "weekend", "week", "month", "quarter"),
}
_ONLY = re.compile(r"(?:only|just|только|лишь|само|едва)$", re.IGNORECASE)  # how small it is, and no part
_WIDE = {"share": ("whole",), "place": ("country", "several", "world"), "period": ("since",)}


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    found = []
    for dimension, marks in _MARKS.items():
        for mark, stems in marks.items():
            alternatives = []
            for stem in stems.split():
                word = stem.replace("_", r"\s+")
                alternatives.append(word[:-1] + r"\b" if word.endswith("$") else word + r"\w*")
            any_of = r"\b(?:" + "|".join(dict.fromkeys(alternatives)) + ")"
            if mark == "month":  # "in January", and no day of it
                any_of = rf"(?<!\d )(?<!\d-){any_of}\b(?!\s\d{{1,2}}\b)"
            found.append((dimension, mark, re.compile(any_of, re.IGNORECASE)))
    return tuple(found)


Marks = dict[str, dict[str, str]]


@lru_cache(maxsize=4096)
def marks(text: str) -> Marks:
    """The scope words of a clause: by dimension each mark with the words that give it. Not to be changed."""
    found: Marks = {}
    folded = text.replace("ё", "е").replace("Ё", "Е")
    for dimension, mark, pattern in _patterns():
        if match := pattern.search(folded):
            found.setdefault(dimension, {})[mark] = text[match.start() : match.end()]
    return found


def differ(one: Marks, other: Marks) -> bool:
    """Whether two values hold of different wholes: of different parts by some dimension, or of a part and of all."""
    for dimension in ("company", "place", "period", "people", "level"):
        here, there = set(one.get(dimension, ())), set(other.get(dimension, ()))
        if here and there and here.isdisjoint(there):
            return True
    share, shared = set(one.get("share", ())), set(other.get("share", ()))
    for whole, part_of, part in ((share, other, shared), (shared, one, share)):
        if "whole" in whole and ("part" in part or _partial(part_of)) and not whole & part:
            return True
    return bool(("average" in share) != ("average" in shared))


def differ_in_sort(one: Marks, other: Marks) -> bool:
    """Whether two values are of different sorts, however near they lie: alone and with others, net and gross, an average."""
    sorts = ("company", "level")
    apart = differ({d: one[d] for d in sorts if d in one}, {d: other[d] for d in sorts if d in other})
    return apart or ("average" in one.get("share", ())) != ("average" in other.get("share", ()))


def part_of(small: Marks, large: Marks) -> bool:
    """Whether the smaller of two values may hold of a part of what the larger does, where but one of them says of what."""
    whole = any(_has(large, d, marks) and not _has(small, d, marks) for d, marks in _WIDE.items())
    part = any(_has(small, d, marks) and not _has(large, d, marks) for d, marks in _NARROW.items())
    of_whom, of_all = set(small.get("people", ())), set(large.get("people", ()))
    return whole or part or bool(of_whom and of_whom < of_all)


def _has(found: Marks, dimension: str, marks: Sequence[str]) -> bool:
    return any(mark in marks and not _ONLY.match(text) for mark, text in found.get(dimension, {}).items())


def _partial(found: Marks) -> bool:
    return any(d in found for d in ("company", "place", "people", "level")) or not _PARTS.isdisjoint(found.get("period", ()))


def _sets_apart(dimension: str, by_mark: Mapping[str, str], but: Marks) -> bool:
    """Whether it is by this dimension that two values hold of different wholes."""
    if dimension in ("share", "company", "people"):
        return True
    there = but.get(dimension, {})
    return set(by_mark).isdisjoint(there) if there else "whole" in but.get("share", {})


def words(found: Marks, but: Marks) -> str | None:
    """The scope words that set a value apart from another's, as they stand in the quotation."""
    told = [
        text
        for dimension, by_mark in found.items()
        if _sets_apart(dimension, by_mark, but)
        for mark, text in by_mark.items()
        if mark not in but.get(dimension, {})
    ]
    return ", ".join(dict.fromkeys(told)) or None
