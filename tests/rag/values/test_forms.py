"""The same amount in the forms that three languages have for it: halves, storeys, multiples, differences, the clock."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

SAME = """
number 500000 people: en Half a million people voted.|ru Голосовали полмиллиона человек.|bg Гласуваха половин милион души.
number 250000 people: en A quarter of a million people voted.|ru Голосовали четверть миллиона человек.|bg Гласуваха четвърт милион души.
number 750000: en three quarters of a million|ru три четверти миллиона
number 1500000 people: en A million and a half people voted.|ru Голосовали полтора миллиона человек.|bg Гласуваха милион и половина души.
number 9 floor: en a nine-storey block|ru девятиэтажный дом|ru 9-этажный дом|bg девететажна сграда|bg 9-етажен блок
number 3 floor: en a three-story house|ru трёхэтажное здание|bg триетажна сграда
duration 5400 hour: ru полуторачасовой разговор|en an hour and a half|ru полтора часа|bg час и половина
duration 7200 hour: en a two-hour meeting|ru двухчасовая встреча|bg двучасов разговор
percent 66.667 %: en a two-thirds majority|ru большинство в две трети|bg мнозинство от две трети
percent 20 % people: en A fifth of the people left.|ru Пятая часть людей ушла.|bg Една пета от хората си тръгнаха.
percent 33.333 %: en Exports fell by a third.|ru Экспорт упал на треть.|bg Износът намаля с една трета.
number 200 more_than people: ru двести с лишним человек|bg двеста и няколко души|bg 200 и нещо души
number 200 about people: en 200-odd people
number 300 at_least people: en 300-plus people
number 20..99 about people: en dozens of people|ru десятки людей|bg десетки хора
number 200..999 about evacuated: en Hundreds were evacuated.|ru Эвакуированы сотни человек.|bg Евакуирани са стотици хора.
duration 7200 hour about: en a couple of hours
number 2 time: en twice as many cars|en Prices doubled.|ru вдвое больше машин|ru Цены удвоились.|bg двойно повече коли|bg Цените се удвоиха.|bg два пъти повече коли
number 3 time: en Output tripled.|ru Выпуск вырос втрое.|ru в три раза больше|bg три пъти повече
number 2 more_than time: en The price more than doubled.|en more than twice the price
number 20 difference: en 20 fewer than last time|ru на 20 человек меньше, чем тогда|bg с 20 души по-малко отпреди
mass 71000000 tonne difference: ru меньше на 71 тысячу тонн|ru на 71 тысячу тонн больше|bg със 71 хиляди тона повече
time 27000: en at half past seven in the morning|ru в половине восьмого утра|ru в полвосьмого утра|bg в седем и половина сутринта|bg в 7 и половина сутринта
time 70200: en at half past seven in the evening|ru в половине восьмого вечера|bg в седем и половина вечерта
time 31500: en at a quarter to nine|ru без четверти девять|bg в девет без четвърт
time 29700: en at a quarter past eight|ru в четверть девятого|bg в осем и четвърт
distance 1.6 foot: en a gauge of 5 ft 3 in
"""  # noqa: E501


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (form[:2], form[3:], expected)
        for expected, _, forms in (line.partition(": ") for line in SAME.strip().splitlines())
        for form in forms.split("|")
    ],
)
def test_a_form_states_this_and_nothing_more(read: Read, language: str, text: str, expected: str) -> None:
    found = [line for line in read(text, language) if not line.startswith("date")]
    assert found == [expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The toll rose by 5 to 27 dead.", ["number 5 difference", "number 27 dead"]),
        ("ru", "Число погибших выросло на 5 до 27.", ["number 5 difference", "number 27 dead"]),
        ("bg", "Броят на загиналите нарасна с 5 до 27.", ["number 5 difference", "number 27 dead"]),
        ("en", "Costs were cut by 10 to 30%.", ["percent 10..30 % range"]),
        ("en", "He trains twice a week.", []),
        ("en", "A double murder shocked the town.", []),
        ("en", "ten to twelve people", ["number 10..12 range people"]),
        ("bg", "пет и половина години", ["duration 173566800 year"]),
        ("ru", "Рейс 117 отменён.", []),
        ("bg", "Първата пета минута", ["ordinal 5"]),
    ],
)
def test_what_looks_like_such_a_form_is_read_for_what_it_is(read: Read, language: str, text: str, expected: list[str]) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The plague came in 1563, 1593, and 1665."),
        ("ru", "Чума приходила в 1563, 1593 и 1665 годах."),
        ("bg", "Чумата дойде през 1563, 1593 и 1665 г."),
    ],
)
def test_bare_numbers_in_a_list_of_years_are_years(read: Read, language: str, text: str) -> None:
    assert [line.split()[1][:4] for line in read(text, language) if line.startswith("date")] == ["1563", "1593", "1665"]
    assert read("1350 to 1490 people", "en") == ["number 1350..1490 range people"]
