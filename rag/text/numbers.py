"""The words for numbers in English, Russian and Bulgarian, in all their forms: the one place that lists them.

`CARDINALS`, `SCALES`, `ORDINALS`, `FRACTIONS` and `ROUGH` map, for each language, a folded word to what it stands for.
`figures` gives the figures of a text without their units; `rag.values` reads them in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

from rag.text.normalise import fold_word
from rag.text.tokens import lemmas, tokenize

Words = Mapping[str, float]


def _table(rows: str) -> dict[str, float]:
    """Lines of "value word word …" as word -> value."""
    parts = (line.split() for line in rows.strip().splitlines())
    return {word: float(value) for value, *words in parts for word in words}


_ENGLISH = _table(
    """
    0 zero
    1 one
    2 two
    3 three
    4 four
    5 five
    6 six
    7 seven
    8 eight
    9 nine
    10 ten
    11 eleven
    12 twelve
    13 thirteen
    14 fourteen
    15 fifteen
    16 sixteen
    17 seventeen
    18 eighteen
    19 nineteen
    20 twenty
    30 thirty
    40 forty fourty
    50 fifty
    60 sixty
    70 seventy
    80 eighty
    90 ninety
    """
)
_RUSSIAN = _table(
    """
    0 ноль ноля нолю нолем нуль нуля
    1 один одна одно одни одного одному одним одном одной одну одною одних одними
    1.5 полтора полторы полутора
    2 два две двух двум двумя двое двоих двоим двоими
    3 три трех трем тремя трое троих троим троими
    4 четыре четырех четырем четырьмя четверо четверых четверым четверыми
    5 пять пяти пятью пятеро пятерых пятерым пятерыми
    6 шесть шести шестью шестеро шестерых шестерым шестерыми
    7 семь семи семеро семерых семерым семерыми
    8 восемь восьми восемью восьмью восьмеро восьмерых восьмерым
    9 девять девяти девятью девятеро девятерых девятерым
    10 десять десяти десятью десятеро десятерых десятерым
    11 одиннадцать одиннадцати одиннадцатью
    12 двенадцать двенадцати двенадцатью
    13 тринадцать тринадцати тринадцатью
    14 четырнадцать четырнадцати четырнадцатью
    15 пятнадцать пятнадцати пятнадцатью
    16 шестнадцать шестнадцати шестнадцатью
    17 семнадцать семнадцати семнадцатью
    18 восемнадцать восемнадцати восемнадцатью
    19 девятнадцать девятнадцати девятнадцатью
    20 двадцать двадцати двадцатью
    30 тридцать тридцати тридцатью
    40 сорок сорока
    50 пятьдесят пятидесяти пятьюдесятью
    60 шестьдесят шестидесяти шестьюдесятью
    70 семьдесят семидесяти семьюдесятью
    80 восемьдесят восьмидесяти восемьюдесятью восьмьюдесятью
    90 девяносто девяноста
    100 сто ста
    150 полтораста
    200 двести двухсот двумстам двумястами двухстах
    300 триста трехсот тремстам тремястами трехстах
    400 четыреста четырехсот четыремстам четырьмястами четырехстах
    500 пятьсот пятисот пятистам пятьюстами пятистах
    600 шестьсот шестисот шестистам шестьюстами шестистах
    700 семьсот семисот семистам семьюстами семистах
    800 восемьсот восьмисот восьмистам восемьюстами восьмистах
    900 девятьсот девятисот девятистам девятьюстами девятистах
    """
)
_BULGARIAN_STEMS = _table(
    """
    11 единайсет единадесет
    12 дванайсет дванадесет
    13 тринайсет тринадесет
    14 четиринайсет четиринадесет
    15 петнайсет петнадесет
    16 шестнайсет шестнадесет
    17 седемнайсет седемнадесет
    18 осемнайсет осемнадесет
    19 деветнайсет деветнадесет
    20 двайсет двадесет
    30 трийсет тридесет
    40 четирийсет четиридесет
    50 петдесет
    60 шейсет шестдесет
    70 седемдесет
    80 осемдесет
    90 деветдесет
    """
)
_BULGARIAN = _table(
    """
    0 нула
    1 един една едно едни единия единият едната едното
    2 два две двама двамата двата двете двамина
    3 три трима тримата трите трима
    4 четири четирима четиримата четирите
    5 пет петима петимата петте петмина
    6 шест шестима шестимата шестте шестмина
    7 седем седмина седмината седемте седмима
    8 осем осмина осмината осемте осмима
    9 девет деветима деветимата деветте деветмина
    10 десет десетима десетимата десетте
    100 сто стоте
    200 двеста двестате двестамата
    300 триста тристате
    400 четиристотин четиристотинте
    500 петстотин петстотинте
    600 шестстотин шестстотинте
    700 седемстотин седемстотинте
    800 осемстотин осемстотинте
    900 деветстотин деветстотинте
    """
) | {stem + ending: value for stem, value in _BULGARIAN_STEMS.items() for ending in ("", "те", "има", "имата")}

# What each number from two up is called alone, without "one": word -> value, by language.
CARDINALS: Mapping[str, Words] = {"en": _ENGLISH, "ru": _RUSSIAN, "bg": _BULGARIAN}

# What multiplies the number before it; alone, singular, it is one of them.
SCALES: Mapping[str, Words] = {
    "en": _table(
        """
        12 dozen
        100 hundred
        1000 thousand k
        1000000 million mln mn
        1000000000 billion bn bln
        1000000000000 trillion tn trn
        """
    ),
    "ru": _table(
        """
        10 десяток десятка десятков десятку
        12 дюжина дюжины дюжин дюжину дюжиной
        100 сотня сотни сотен сотню сотне сотней
        1000 тысяча тысячи тысяче тысячу тысячей тысячью тысяч тысячам тысячами тысячах тыс
        1000000 миллион миллиона миллиону миллионом миллионе миллионы миллионов миллионам миллионами миллионах млн
        1000000000 миллиард миллиарда миллиарду миллиардом миллиарде миллиарды миллиардов миллиардам миллиардами миллиардах млрд
        1000000000000 триллион триллиона триллиону триллионом триллионе триллионы триллионов триллионам триллионами трлн
        """
    ),
    "bg": _table(
        """
        12 дузина дузини дузината
        100 стотици
        1000 хиляда хиляди хилядата хилядите хил
        1000000 милион милиона милиони милионът милионите млн мил
        1000000000 милиард милиарда милиарди милиардът милиардите млрд
        1000000000000 трилион трилиона трилиони трлн
        """
    ),
}

# Plurals that stand for no exact number: the power of ten of which there are several.
ROUGH: Mapping[str, Words] = {
    "en": _table(
        "10 dozens tens scores\n100 hundreds\n1000 thousands\n1000000 millions\n1000000000 billions\n1000000000000 trillions"
    ),
    "ru": _table(
        """
        10 десятки десятков десяткам десятками десятках
        100 сотни сотен сотням сотнями сотнях
        1000 тысячи тысяч тысячам тысячами тысячах
        1000000 миллионы миллионов миллионам миллионами миллионах
        1000000000 миллиарды миллиардов миллиардам миллиардами миллиардах
        1000000000000 триллионы триллионов
        """
    ),
    "bg": _table(
        """
        10 десетки десетките
        100 стотици стотиците няколкостотин неколкостотин
        1000 хиляди хилядите
        1000000 милиони милионите
        1000000000 милиарди милиардите
        1000000000000 трилиони трилионите
        """
    ),
}

# Words that are a number and "about" in one: двайсетина, a score or so.
ABOUT: Mapping[str, Words] = {
    "en": {},
    "ru": _table("10 десяток десятка десятком\n50 полсотни полусотни полусотне полусотню полусотней\n100 сотня сотню сотней"),
    "bg": _table("10 десетина\n12 дузина\n15 петнайсетина петнадесетина\n20 двайсетина двадесетина\n30 трийсетина тридесетина")
    | _table("40 четирийсетина четиридесетина\n50 петдесетина\n60 шейсетина шестдесетина\n100 стотина\n1000 хилядина"),
}

# Parts of a whole; a cardinal may stand before them (two thirds, две трети).
FRACTIONS: Mapping[str, Words] = {
    "en": {"half": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4, "fifth": 1 / 5, "fifths": 1 / 5}
    | {"tenth": 1 / 10, "tenths": 1 / 10},
    "ru": dict.fromkeys(["половина", "половины", "половине", "половину", "половиной", "пол"], 1 / 2)
    | dict.fromkeys(["треть", "трети", "третью", "третей"], 1 / 3)
    | dict.fromkeys(["четверть", "четверти", "четвертью", "четвертей"], 1 / 4)
    | dict.fromkeys(["пятая", "пятую", "пятой", "пятых"], 1 / 5)
    | dict.fromkeys(["десятая", "десятую", "десятых"], 1 / 10),
    "bg": dict.fromkeys(["половин", "половина", "половината"], 1 / 2)
    | dict.fromkeys(["трета", "третина", "трети"], 1 / 3)
    | dict.fromkeys(["четвърт", "четвърти", "четвъртина"], 1 / 4)
    | dict.fromkeys(["пета", "пети"], 1 / 5)
    | dict.fromkeys(["десета", "десети"], 1 / 10),
}

_RU_HARD = ["ый", "ая", "ое", "ые", "ого", "ому", "ым", "ом", "ой", "ую", "ых", "ыми"]
_RU_STRESSED = ["ой", "ая", "ое", "ые", "ого", "ому", "ым", "ом", "ую", "ых", "ыми"]
_BG_ENDINGS = ["и", "ият", "ия", "а", "ата", "о", "ото", "ите"]


def _inflected(rows: str, endings: list[str]) -> Iterator[tuple[str, float]]:
    for stem, value in _table(rows).items():
        yield from ((stem + ending, value) for ending in endings)


def _russian_ordinals() -> dict[str, float]:
    hard = """
        1 перв
        4 четверт
        5 пят
        9 девят
        10 десят
        11 одиннадцат
        12 двенадцат
        13 тринадцат
        14 четырнадцат
        15 пятнадцат
        16 шестнадцат
        17 семнадцат
        18 восемнадцат
        19 девятнадцат
        20 двадцат
        30 тридцат
        50 пятидесят
        60 шестидесят
        70 семидесят
        80 восьмидесят
        90 девяност
        100 сот
        1000 тысячн
        """
    stressed = "2 втор\n6 шест\n7 седьм\n8 восьм\n40 сороков"
    third = "3 третий третья третье третьи третьего третьему третьим третьем третьей третью третьих третьими"
    return dict(_inflected(hard, _RU_HARD)) | dict(_inflected(stressed, _RU_STRESSED)) | _table(third)


def _bulgarian_ordinals() -> dict[str, float]:
    stems = """
        1 първ
        2 втор
        3 трет
        4 четвърт
        5 пет
        6 шест
        7 седм
        8 осм
        9 девет
        10 десет
        100 стотн
        1000 хилядн
        """
    teens = ((stem + ending, value) for (stem, value), ending in product(_BULGARIAN_STEMS.items(), _BG_ENDINGS))
    return dict(_inflected(stems, _BG_ENDINGS)) | dict(teens) | {"стотен": 100.0, "хиляден": 1000.0}


# Ordinals in words; those of several words end in one of these (двадцать пятый).
ORDINALS: Mapping[str, Words] = {
    "en": _table(
        """
        1 first
        2 second
        3 third
        4 fourth
        5 fifth
        6 sixth
        7 seventh
        8 eighth
        9 ninth
        10 tenth
        11 eleventh
        12 twelfth
        13 thirteenth
        14 fourteenth
        15 fifteenth
        16 sixteenth
        17 seventeenth
        18 eighteenth
        19 nineteenth
        20 twentieth
        30 thirtieth
        40 fortieth
        50 fiftieth
        60 sixtieth
        70 seventieth
        80 eightieth
        90 ninetieth
        100 hundredth
        1000 thousandth
        """
    ),
    "ru": _russian_ordinals(),
    "bg": _bulgarian_ordinals(),
}

# Russian compounds begin with a genitive (двух-часовой), Bulgarian ones with the bare number (дву-часов).
PREFIXES: Mapping[str, Words] = {
    "en": {},
    "ru": {word: value for word, value in _RUSSIAN.items() if value >= 2 and word.endswith(("х", "и", "сорока", "ста", "сот"))}
    | _table("0.5 пол\n1 одно\n1.5 полутора полуторо\n4 четырех\n90 девяносто\n100 сто\n1000 тысяче"),
    "bg": {word: value for word, value in _BULGARIAN.items() if value >= 3 and word[-2:] not in ("те", "ма")}
    | _table("0.5 полу\n1 едно\n2 дву\n100 сто"),
}


@cache
def _values() -> dict[str, str]:
    """Folded word -> its number, of all three languages; without "one", which is more often an article or a pronoun."""
    tables = (table for kind in (FRACTIONS, ABOUT, SCALES, CARDINALS) for table in kind.values())
    found = {word: value for table in tables for word, value in table.items() if value >= 2 or value in (0, 0.5, 1.5)}
    found |= {"twice": 2.0, "both": 2.0}
    return {fold_word(word): f"{value:f}".rstrip("0").rstrip(".") for word, value in found.items()}


def figures(text: str, language: str | None) -> frozenset[str]:
    """The figures of `text` as decimal numbers without grouping, each word for a number as its own: "два часа и половина" gives
    2 and 0.5. "One" is left out: in all three languages it is more often an article or a pronoun than a figure."""
    found = set()
    for token, lemma in zip(tokenize(text), lemmas(text, language), strict=True):
        if token.kind == "number":
            found.add(lemma)
        else:
            words = (token.text, lemma, *token.text.split("-"))  # twenty-five: 20 and "five"
            found.update(value for word in words if (value := _values().get(word)))
    return frozenset(found)
