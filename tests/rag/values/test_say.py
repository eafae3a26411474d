"""Values in the reader's language, and read again."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from rag.values import Value, compare, read_values, say, worth_saying

SAID = """
en more than 2.5 hours | more than 2.5 hours | более 2,5 часа | повече от 2,5 часа
ru два часа | 2 hours | 2 часа | 2 часа
ru более двух часов | more than 2 hours | более 2 часов | повече от 2 часа
bg един час | 1 hour | 1 час | 1 час
bg 21 дни | 21 days | 21 день | 21 дни
en 2 hours and 37 minutes | 2 hours 37 minutes | 2 часа 37 минут | 2 часа и 37 минути
en 12 dead | 12 dead | 12 погибших | 12 загинали
en 1 dead | 1 dead | 1 погибший | 1 загинал
en at least 21 people | at least 21 people | не менее 21 человека | най-малко 21 души
en 3 dead children | 3 dead children | 3 погибших ребёнка | 3 загинали деца
en 4,500 houses | 4,500 houses | 4\u00a0500 домов | 4\u00a0500 къщи
en 1.2 million people | 1.2 million people | 1,2 млн человек | 1,2 млн. души
en 1,234,567 people | 1,234,567 people | 1\u00a0234\u00a0567 человек | 1\u00a0234\u00a0567 души
en hundreds of people | hundreds of people | сотни человек | стотици души
bg десетки хиляди хора | tens of thousands of people | десятки тысяч человек | десетки хиляди души
en 10 to 15 houses | 10–15 houses | 10–15 домов | 10–15 къщи
en $5.5 million | 5.5 million dollars | 5,5 млн долларов | 5,5 млн. долара
bg 500 лева | 500 leva | 500 левов | 500 лева
en 25.5% | 25.5% | 25,5% | 25,5%
en 5 percentage points | 5 percentage points | 5 процентных пунктов | 5 процентни пункта
en 34-year-old | 34 years old | возраст 34 года | на възраст 34 години
en 7 miles | 7 miles | 7 миль | 7 мили
en minus 5 degrees Celsius | -5 °C | -5 °C | -5 °C
en magnitude 6.1 | magnitude 6.1 | магнитуда 6,1 | магнитуд 6,1
ru счёт 3:1 | score 3:1 | счёт 3:1 | резултат 3:1
en 80th anniversary | 80th anniversary | 80-я годовщина | 80-та годишнина
en at 6.30 pm | 18:30 | 18:30 | 18:30
en 3 September 2025 | 3 September 2025 | 3 сентября 2025 г. | 3 септември 2025 г.
en September 2025 | September 2025 | сентябрь 2025 г. | септември 2025 г.
en in 1912 | 1912 | 1912 г. | 1912 г.
en 3-5 September 2025 | 3–5 September 2025 | 3–5 сентября 2025 г. | 3–5 септември 2025 г.
en early September 2025 | early September 2025 | начало сентября 2025 г. | началото на септември 2025 г.
en the 1980s | the 1980s | 1980-е годы | 1980-те години
en the 19th century | 19th century | XIX век | XIX век
en summer 2024 | summer 2024 | лето 2024 г. | лятото на 2024 г.
en 3 September | 3 September | 3 сентября | 3 септември
en on Wednesday | Wednesday | в среду | сряда
en yesterday | yesterday | вчера | вчера
en last week | last week | прошлая неделя | миналата седмица
en 19 June last year | 19 June last year | 19 июня прошлого года | 19 юни миналата година
en three days ago | 3 days ago | 3 дня назад | преди 3 дни
en three lynxes | 3 | 3 | 3
en more than 21 wounded | more than 21 injured | более 21 раненого | повече от 21 ранени
en about 1 soldier | about 1 soldier | около 1 военного | около 1 войник
en fewer than 5 people | fewer than 5 people | менее 5 человек | по-малко от 5 души
en Nobody was killed. | 0 dead | 0 погибших | 0 загинали
en 10 to 21 dead | 10–21 dead | 10–21 погибших | 10–21 загинали
en twice as many | 2 times | 2 раза | 2 пъти
en 20 fewer than before | by 20 | на 20 | с 20
ru девятиэтажный дом | 9 floors | 9 этажей | 9 етажа
en $1 million to $2 million | 1–2 million dollars | 1–2 млн долларов | 1–2 млн. долара
en 500 million to 2 billion dollars | 500 million–2 billion dollars | 500 млн–2 млрд долларов | 500 млн.–2 млрд. долара
en the mid-1990s | the mid-1990s | середина 1990-х годов | средата на 1990-те години
en in the early 19th century | the early 19th century | начало XIX века | началото на XIX век
en Q3 2025 | the third quarter of 2025 | III квартал 2025 г. | третото тримесечие на 2025 г.
bg през първото полугодие на 2025 г. | the first half of 2025 | первое полугодие 2025 г. | първото полугодие на 2025 г.
ru с июня по август 2025 года | June – August 2025 | июнь – август 2025 г. | юни – август 2025 г.
en on Tuesday | Tuesday | во вторник | вторник
en July last year | July last year | июль прошлого года | юли миналата година
ru в конце прошлого года | the end of last year | конец прошлого года | края на миналата година
"""


def _first(text: str, language: str) -> Value:
    return read_values(text, language)[0]


@pytest.mark.parametrize("line", SAID.strip().splitlines())
def test_a_value_is_said_in_the_form_of_each_language(line: str) -> None:
    source, *expected = (part.strip() for part in line.split("|"))
    language, _, text = source.partition(" ")
    assert [say(_first(text, language), each) for each in ("en", "ru", "bg")] == expected


def test_other_languages_read_english() -> None:
    assert say(_first("два часа", "ru"), "de") == "2 hours"


def _listed(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("|")]


FIGURES = _listed(
    """
    1 | 2 | 3 | 5 | 11 | 12 | 21 | 22 | 25 | 101 | 111 | 384 | 1,500 | 12,345 | 2.5 | 1.2 million | 3 billion
    """
)
UNITS = _listed(
    """
    hours | days | weeks | years | minutes | km | miles | metres | feet | kg | tonnes | pounds | hectares | litres | sq km |
    dollars | euros | leva | roubles | degrees | km/h | mph | percent | percentage points | MW | barrels | Swiss francs |
    Canadian dollars
    """
)
THINGS = _listed(
    """
    people | dead | injured | missing | arrested | soldiers | police officers | children | women | houses | cars | countries |
    votes | seats | drones | missiles | aircraft | ships | delegates | migrants | refugees | cases | patients | tests | shares |
    jobs | workers | students | dead soldiers | injured children | residents | times | medals | villages | polling stations |
    families | crew members | points | goals
    """
)
HEDGES = ("", "about ", "at least ", "no more than ", "more than ", "less than ")


def _same_again(value: Value, language: str) -> None:
    said = say(value, language)
    again = read_values(said, language)
    assert len(again) == 1, (said, again)
    back = again[0]
    assert (back.kind, back.hedge, back.what, back.group) == (value.kind, value.hedge, value.what, value.group), said
    assert compare(back, value) == "same", said
    assert back.unit == value.unit, said


@pytest.mark.parametrize("language", ["en", "ru", "bg"])
@pytest.mark.parametrize("counted", UNITS + THINGS)
def test_what_is_said_is_read_again_as_the_same_value(counted: str, language: str) -> None:
    for figure, hedge in product(FIGURES, HEDGES):
        if figure == "2.5" and counted in THINGS:
            continue  # no half houses
        value = _first(f"{hedge}{figure} {counted}", "en")
        assert value.kind != "number" or value.what is not None
        _same_again(value, language)


@pytest.mark.parametrize("language", ["en", "ru", "bg"])
@pytest.mark.parametrize("counted", UNITS + THINGS)
def test_a_range_that_is_said_is_read_again(counted: str, language: str) -> None:
    for figures in ("10 to 15", "1,500 to 2,500", "5 to 6 million", "21 to 31"):
        _same_again(_first(f"from {figures} {counted}", "en"), language)


DATES = _listed(
    """
    3 September 2025 | 31 December 1999 | September 2025 | 1912 | 3-5 September 2025 | early May 2024 | late May 2024 | mid-May
    2024 | the 1980s | the 19th century | the 21st century | summer 2024 | winter 2024 | 1966-1994 | 3 September | yesterday |
    today | tomorrow | Tuesday | Wednesday | Friday | Saturday | Sunday | last Tuesday | next Friday | last Sunday | last week |
    this week | next week | last month | this year | last year | next year | 19 June last year | June last year | 5 May next
    year | 2 days ago | five days ago | 3 weeks ago | 21 years ago | in May | on 3-5 September
    """
)


@pytest.mark.parametrize("language", ["en", "ru", "bg"])
@pytest.mark.parametrize("text", DATES)
def test_a_date_that_is_said_is_read_again(text: str, language: str) -> None:
    value = read_values(f"in {text}" if text.isdigit() else text, "en")[0]
    again = read_values(say(value, language), language)
    assert [(each.low, each.high, each.partial, each.unit) for each in again] == [
        (value.low, value.high, value.partial, value.unit)
    ]


@pytest.mark.parametrize("language", ["en", "ru", "bg"])
@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_said_and_read_again(month: int, language: str) -> None:
    value = _first(date(2024, month, 28).strftime("%d %B %Y"), "en")
    again = read_values(say(value, language), language)
    assert [(each.low, each.resolved) for each in again] == [(value.low, False)]


@pytest.mark.parametrize("language", ["en", "ru", "bg"])
@pytest.mark.parametrize(
    "text",
    [
        "score 3:1",
        "score 21:20",
        "magnitude 6.1",
        "80th anniversary",
        "the 22nd meeting",
        "at 00:05",
        "at 18:30",
        "aged 34",
        "about 34 years old",
    ],
)
def test_other_kinds_are_read_again(text: str, language: str) -> None:
    _same_again(_first(text, "en"), language)


@pytest.mark.parametrize("language", ["en", "ru", "bg"])
@pytest.mark.parametrize(
    "rough", ["dozens", "hundreds", "thousands", "tens of thousands", "hundreds of thousands", "millions", "tens of millions"]
)
def test_rough_figures_are_said_in_words(rough: str, language: str) -> None:
    _same_again(_first(f"{rough} of people", "en"), language)


def test_a_span_of_days_names_a_shared_year_once() -> None:
    found = Value("date", 0, 1, "x", date(2025, 8, 28).toordinal(), date(2025, 9, 3).toordinal(), "week", resolved=True)
    assert [say(found, language) for language in ("en", "ru", "bg")] == [
        "28 August – 3 September 2025",
        "28 августа – 3 сентября 2025 г.",
        "28 август – 3 септември 2025 г.",
    ]


def test_a_range_across_zero_is_said_with_words() -> None:
    found = Value("temperature", 0, 1, "x", -5.0, 5.0, "degree", "range", step=1.0)
    assert [say(found, language) for language in ("en", "ru", "bg")] == [
        "-5 to 5 degrees",
        "от -5 до 5 градусов",
        "от -5 до 5 градуса",
    ]


@pytest.mark.parametrize(
    ("language", "text", "worth"),
    [
        ("bg", "Двамата се ръкуваха.", False),
        ("bg", "Двете страни преговарят.", False),
        ("bg", "Двамата министри се срещнаха.", False),
        ("bg", "Задържани са две гражданки.", False),
        ("ru", "Отношения двух стран крепнут.", False),
        ("ru", "На 80-ю годовщину пришли все.", False),
        ("en", "Three lynxes were seen.", False),
        ("bg", "Загинаха двама миньори.", True),
        ("ru", "Сгорели три дома.", True),
        ("en", "Dozens were hurt.", True),
        ("ru", "Беседа длилась два часа.", True),
        ("en", "Prices rose 5%.", True),
        ("bg", "Вчера валя.", True),
    ],
)
def test_only_values_that_tell_something_are_worth_saying(language: str, text: str, worth: bool) -> None:
    assert any(worth_saying(value) for value in read_values(text, language)) == worth
