"""Dates and times of day; all texts are published on Wednesday, 3 September 2025."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from rag.values import read_values

Read = Callable[..., list[str]]

ENGLISH = """
It opened on 3 September 2024. | date 2024-09-03 day
It opened on September 3, 2024. | date 2024-09-03 day
It opened on Sept. 3, 2024. | date 2024-09-03 day
It opened on the 3rd of September 2024. | date 2024-09-03 day
It opened on 2024-09-03. | date 2024-09-03 day
It opened on 03.09.2024. | date 2024-09-03 day
It opened on 23/9/2024. | date 2024-09-23 day
It opened on 3/9/2024. |
It opened on 3 September. | date 2025-09-03 day
It opened on December 30. | date 2024-12-30 day
It will open on December 30. | date 2025-12-30 day
It ran from 3 to 5 September 2024. | date 2024-09-03..2024-09-05 day range
It ran on 3-5 September 2024. | date 2024-09-03..2024-09-05 day range
It ran on September 3–5, 2024. | date 2024-09-03..2024-09-05 day range
It opened in September 2024. | date 2024-09-01..2024-09-30 month
It opened in June. | date 2025-06-01..2025-06-30 month
It opened in November. | date 2024-11-01..2024-11-30 month
It will open in November. | date 2025-11-01..2025-11-30 month
It opened last June. | date 2025-06-01..2025-06-30 month
It opened in June last year. | date 2024-06-01..2024-06-30 month
It opened on 19 June last year. | date 2024-06-19 day
It opened in early September 2024. | date 2024-09-01..2024-09-10 month about
It opened in late September 2024. | date 2024-09-21..2024-09-30 month about
It opened in mid-September 2024. | date 2024-09-11..2024-09-20 month about
It opened in 2024. | date 2024-01-01..2024-12-31 year
It opened in 1912. | date 1912-01-01..1912-12-31 year
It opened in the 1980s. | date 1980-01-01..1989-12-31 decade
It opened in the '90s. | date 1990-01-01..1999-12-31 decade
It opened in the 19th century. | date 1801-01-01..1900-12-31 century
It opened in the nineteenth century. | date 1801-01-01..1900-12-31 century
It opened in summer 2024. | date 2024-06-01..2024-08-31 season
He ruled (1966-1994). | date 1966-01-01..1994-12-31 year range
It opened today. | date 2025-09-03 day
It opened yesterday. | date 2025-09-02 day
It opens tomorrow. | date 2025-09-04 day
It opens tonight. | date 2025-09-03 day
It opened the day before yesterday. | date 2025-09-01 day
It opened on Tuesday. | date 2025-09-02 day
It opened on Wednesday. | date 2025-09-03 day
It opened on Thursday. | date 2025-08-28 day
It will open on Thursday. | date 2025-09-04 day
It opened last Wednesday. | date 2025-08-27 day
It opens next Wednesday. | date 2025-09-10 day
The ministry said on Tuesday that it will open. | date 2025-09-02 day
It opened on Tuesday, 2 September 2025. | date 2025-09-02 day
It opened on Tuesday, September 2. | date 2025-09-02 day
It opened last week. | date 2025-08-25..2025-08-31 week
It opened this month. | date 2025-09-01..2025-09-30 month
It opened last month. | date 2025-08-01..2025-08-31 month
It opened last year. | date 2024-01-01..2024-12-31 year
It opens next year. | date 2026-01-01..2026-12-31 year
It opened two days ago. | date 2025-09-01 day
It opened three years ago. | date 2022-01-01..2022-12-31 year
It opened a year ago. | date 2024-01-01..2024-12-31 year
It opened two weeks ago. | date 2025-08-17..2025-08-23 week about
It may open in May. | date 2025-05-01..2025-05-31 month
They march in March. | date 2025-03-01..2025-03-31 month
Theresa may speak. |
It opened at 18:30. | time 66600
It opened at 6.30 pm. | time 66600
It opened at 6 p.m. and closed. | time 64800
It opened at 7 o'clock. | time 25200
It opened at seven in the morning. | time 25200
It opened at noon. | time 43200
"""
RUSSIAN = """
Открыт 3 сентября 2024 года. | date 2024-09-03 day
Открыт 3 сентября 2024 г. в Варне. | date 2024-09-03 day
Открыт 03.09.2024. | date 2024-09-03 day
Открыт 3 сентября. | date 2025-09-03 day
Открыт третьего сентября. | date 2025-09-03 day
Открыт 19 июня прошлого года. | date 2024-06-19 day
Идёт с 3 по 5 сентября 2024 года. | date 2024-09-03..2024-09-05 day range
Идёт 3–5 сентября 2024 года. | date 2024-09-03..2024-09-05 day range
Идёт с июня по август этого года. | date 2025-06-01..2025-08-31 month range
Открыт в сентябре 2024 года. | date 2024-09-01..2024-09-30 month
Открыт в июне. | date 2025-06-01..2025-06-30 month
Открыт в июне прошлого года. | date 2024-06-01..2024-06-30 month
Открыт в начале сентября 2024 года. | date 2024-09-01..2024-09-10 month about
Открыт в середине сентября 2024 года. | date 2024-09-11..2024-09-20 month about
Открыт в конце сентября 2024 года. | date 2024-09-21..2024-09-30 month about
Открыт в 2024 году. | date 2024-01-01..2024-12-31 year
Открыт в 1912 году. | date 1912-01-01..1912-12-31 year
Открыт в 1980-х годах. | date 1980-01-01..1989-12-31 decade
Открыт в 80-е годы. | date 1980-01-01..1989-12-31 decade
Открыт в XIX веке. | date 1801-01-01..1900-12-31 century
Открыт в 19-м веке. | date 1801-01-01..1900-12-31 century
Открыт летом 2024 года. | date 2024-06-01..2024-08-31 season
Правил (1966–1994). | date 1966-01-01..1994-12-31 year range
Открыт сегодня. | date 2025-09-03 day
Открыт вчера. | date 2025-09-02 day
Открыт позавчера. | date 2025-09-01 day
Откроется завтра. | date 2025-09-04 day
Открыт накануне. | date 2025-09-02 day
Открыт во вторник. | date 2025-09-02 day
Открыт в среду. | date 2025-09-03 day
Открыт в четверг. | date 2025-08-28 day
Состоится в четверг. | date 2025-09-04 day
Открыт в минувший вторник. | date 2025-09-02 day
Открыт в прошлую среду. | date 2025-08-27 day
Откроется в следующую среду. | date 2025-09-10 day
Открыт во вторник, 2 сентября. | date 2025-09-02 day
Окружающая среда страдает. |
Открыт на прошлой неделе. | date 2025-08-25..2025-08-31 week
Открыт в этом месяце. | date 2025-09-01..2025-09-30 month
Открыт в прошлом месяце. | date 2025-08-01..2025-08-31 month
Открыт в прошлом году. | date 2024-01-01..2024-12-31 year
Откроют в следующем году. | date 2026-01-01..2026-12-31 year
Открыт два дня назад. | date 2025-09-01 day
Открыт три года назад. | date 2022-01-01..2022-12-31 year
Открыт неделю назад. | date 2025-08-24..2025-08-30 week about
Открыт в 18:30. | time 66600
Открыт в 18.30. | time 66600
Открыт в 18 часов. | time 64800
Открыт в 18 часов 30 минут. | time 66600
Открыт в 7 часов утра. | time 25200
Открыт в семь вечера. | time 68400
"""
BULGARIAN = """
Открит е на 3 септември 2024 г. във Варна. | date 2024-09-03 day
Открит е на 3 септември 2024 година. | date 2024-09-03 day
Открит е на 3-ти септември 2024. | date 2024-09-03 day
Открит е на 03.09.2024 г. | date 2024-09-03 day
Открит е на 3 септември. | date 2025-09-03 day
Открит е на трети септември. | date 2025-09-03 day
Открит е на 19 юни миналата година. | date 2024-06-19 day
Тече от 3 до 5 септември 2024 г. | date 2024-09-03..2024-09-05 day range
Тече на 3-5 септември 2024 г. | date 2024-09-03..2024-09-05 day range
Тече между юни и август тази година. | date 2025-06-01..2025-08-31 month range
Открит е през септември 2024 г. | date 2024-09-01..2024-09-30 month
Открит е през юни. | date 2025-06-01..2025-06-30 month
Открит е през юни миналата година. | date 2024-06-01..2024-06-30 month
Открит е в началото на септември 2024 г. | date 2024-09-01..2024-09-10 month about
Открит е в средата на септември 2024 г. | date 2024-09-11..2024-09-20 month about
Открит е в края на септември 2024 г. | date 2024-09-21..2024-09-30 month about
Открит е през 2024 г. | date 2024-01-01..2024-12-31 year
Открит е през 2024-а. | date 2024-01-01..2024-12-31 year
Открит е през 1912 година. | date 1912-01-01..1912-12-31 year
Открит е през 1980-те години. | date 1980-01-01..1989-12-31 decade
Открит е през 80-те години. | date 1980-01-01..1989-12-31 decade
Открит е през XIX век. | date 1801-01-01..1900-12-31 century
Открит е през 19-ти век. | date 1801-01-01..1900-12-31 century
Открит е през лятото на 2024 г. | date 2024-06-01..2024-08-31 season
Управлява (1966-1994). | date 1966-01-01..1994-12-31 year range
Открит е днес. | date 2025-09-03 day
Открит е вчера. | date 2025-09-02 day
Открит е онзи ден. | date 2025-09-01 day
Ще бъде открит утре. | date 2025-09-04 day
Открит е снощи. | date 2025-09-02 day
Открит е във вторник. | date 2025-09-02 day
Открит е в сряда. | date 2025-09-03 day
Открит е в четвъртък. | date 2025-08-28 day
Ще бъде открит в четвъртък. | date 2025-09-04 day
Открит е миналия вторник. | date 2025-09-02 day
Открит е миналата сряда. | date 2025-08-27 day
Ще бъде открит следващата сряда. | date 2025-09-10 day
Открит е във вторник, 2 септември. | date 2025-09-02 day
Открит е миналата седмица. | date 2025-08-25..2025-08-31 week
Открит е този месец. | date 2025-09-01..2025-09-30 month
Открит е миналия месец. | date 2025-08-01..2025-08-31 month
Открит е миналата година. | date 2024-01-01..2024-12-31 year
Ще бъде открит догодина. | date 2026-01-01..2026-12-31 year
Открит е преди два дни. | date 2025-09-01 day
Открит е преди три години. | date 2022-01-01..2022-12-31 year
Открит е преди седмица. | date 2025-08-24..2025-08-30 week about
Открит е в 18:30. | time 66600
Открит е в 18.30 ч. | time 66600
Открит е в 18 часа. | time 64800
Открит е в 18 ч. вчера. | time 64800 ; date 2025-09-02 day
Открит е в 7 часа сутринта. | time 25200
"""
PARTIAL = """
en | It opened on 3 September. | --09-03
ru | Открыт 3 сентября. | --09-03
bg | Открит е на 3 септември. | --09-03
en | It opened in June. | --06
ru | Открыт в июне. | --06
bg | Открит е през юни. | --06
en | It opened on Tuesday. | weekday 2
ru | Открыт во вторник. | weekday 2
bg | Открит е във вторник. | weekday 2
en | It opened yesterday. | day -1
ru | Открыт вчера. | day -1
bg | Открит е вчера. | day -1
en | It opened last week. | week -1
ru | Открыт на прошлой неделе. | week -1
bg | Открит е миналата седмица. | week -1
en | It opened on 19 June last year. | year -1 06-19
ru | Открыт 19 июня прошлого года. | year -1 06-19
bg | Открит е на 19 юни миналата година. | year -1 06-19
en | It opened two days ago. | day -2
ru | Открыт два дня назад. | day -2
bg | Открит е преди два дни. | day -2
"""


def _rows(language: str, block: str) -> list[tuple[str, str, list[str]]]:
    lines = (line.split("|") for line in block.strip().splitlines())
    return [(language, text.strip(), [part.strip() for part in expected.split(";") if part.strip()]) for text, expected in lines]


ROWS = _rows("en", ENGLISH) + _rows("ru", RUSSIAN) + _rows("bg", BULGARIAN)


@pytest.mark.parametrize(("language", "text", "expected"), ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS])
def test_dates_are_worked_out_from_the_day_of_publication(read: Read, language: str, text: str, expected: list[str]) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize("line", PARTIAL.strip().splitlines())
def test_without_that_day_a_date_says_what_is_known_of_it(read: Read, line: str) -> None:
    language, text, partial = (part.strip() for part in line.split("|"))
    assert read(text, language, None) == [f"date {partial} {read_values(text, language)[0].unit}"]


def test_only_dates_that_were_completed_are_marked_as_resolved() -> None:
    found = read_values("On Tuesday, 2 May 2023; on 3 May; in 2021; last year.", "en", published=date(2025, 9, 3))
    assert [value.resolved for value in found] == [False, True, False, True]


def test_a_date_near_the_turn_of_the_year_is_of_the_nearer_year(read: Read) -> None:
    assert read("Открыт 30 декабря.", "ru", date(2025, 1, 2)) == ["date 2024-12-30 day"]
    assert read("It opens on January 2.", "en", date(2025, 12, 30)) == ["date 2026-01-02 day"]
