"""Dates that count from the day of publication: every weekday of publication, three languages, the forms that newspapers use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from rag.values import Value, ends, read_values

Span = tuple[date, date]
WEEK = [date(2025, 9, 1) + timedelta(days=n) for n in range(7)]  # Monday to Sunday
ENDS = [date(2024, 2, 29), date(2025, 1, 1), date(2025, 12, 31), date(2026, 3, 31)]
NAMES = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "ru": ["в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье"],
    "bg": ["в понеделник", "във вторник", "в сряда", "в четвъртък", "в петък", "в събота", "в неделя"],
}
GENDERS = {"ru": "ммжмжжс", "bg": "ммжммжж"}
LAST = {"ru": {"м": "прошлый", "ж": "прошлую", "с": "прошлое"}, "bg": {"м": "миналия", "ж": "миналата"}}
NEXT = {"ru": {"м": "следующий", "ж": "следующую", "с": "следующее"}, "bg": {"м": "следващия", "ж": "следващата"}}
THIS = {"ru": {"м": "этот", "ж": "эту", "с": "это"}, "bg": {"м": "този", "ж": "тази"}}


def dates(text: str, language: str, published: date | None) -> list[Value]:
    return [value for value in read_values(text, language, published=published) if value.kind == "date"]


def days(value: Value) -> Span:
    low, high = ends(value)
    return date.fromordinal(int(low)), date.fromordinal(int(high))


def one(text: str, language: str, published: date) -> Span:
    [found] = dates(text, language, published)
    assert found.resolved
    return days(found)


def day(weekday: int, language: str) -> str:
    return NAMES[language][weekday]


def bare(weekday: int, language: str) -> str:
    return NAMES[language][weekday].split()[-1]


@pytest.mark.parametrize("published", WEEK)
@pytest.mark.parametrize("weekday", range(7))
def test_a_weekday_is_the_last_one_where_the_clause_says_what_was(published: date, weekday: int) -> None:
    there = published - timedelta(days=(published.weekday() - weekday) % 7)
    for text, language in (
        (f"Two climbers died on {day(weekday, 'en')}.", "en"),
        (f"On {day(weekday, 'en')}, the court sent him home.", "en"),
        (f"Мост открыли {day(weekday, 'ru')}.", "ru"),
        (f"{day(weekday, 'ru').capitalize()} вечером вода отступила.", "ru"),
        (f"К этому привела буря, которая прошла {day(weekday, 'ru')}.", "ru"),
        (f"Мостът бе открит {day(weekday, 'bg')}.", "bg"),
        (f"{day(weekday, 'bg').capitalize()} вечерта загина алпинист.", "bg"),
        (f"Отборът загуби {day(weekday, 'bg')} и ще играе отново.", "bg"),
    ):
        assert one(text, language, published) == (there, there), text


@pytest.mark.parametrize("published", WEEK)
@pytest.mark.parametrize("weekday", range(7))
def test_a_weekday_is_the_next_one_where_the_clause_says_what_will_be(published: date, weekday: int) -> None:
    there = published + timedelta(days=(weekday - published.weekday()) % 7)
    for text, language in (
        (f"The court will sit on {day(weekday, 'en')}.", "en"),
        (f"The sides agreed to meet on {day(weekday, 'en')}.", "en"),
        (f"The museum opens on {day(weekday, 'en')}.", "en"),
        (f"Parliament to vote on {day(weekday, 'en')}", "en"),
        (f"Мост откроют {day(weekday, 'ru')}.", "ru"),
        (f"{day(weekday, 'ru').capitalize()} утром вода отступит.", "ru"),
        (f"Стороны договорились встретиться {day(weekday, 'ru')}.", "ru"),
        (f"Мостът ще бъде открит {day(weekday, 'bg')}.", "bg"),
        (f"{day(weekday, 'bg').capitalize()} вечерта ще вали.", "bg"),
        (f"Страните решиха да се срещнат {day(weekday, 'bg')}.", "bg"),
    ):
        assert one(text, language, published) == (there, there), text


@pytest.mark.parametrize("published", WEEK)
@pytest.mark.parametrize("weekday", range(7))
def test_last_and_next_weekdays_are_not_the_day_of_publication(published: date, weekday: int) -> None:
    back = timedelta(days=(published.weekday() - weekday) % 7 or 7)
    on = timedelta(days=(weekday - published.weekday()) % 7 or 7)
    for language in ("en", "ru", "bg"):
        name = bare(weekday, language)
        last, next_ = "last", "next"
        if language != "en":
            last, next_ = (table[language][GENDERS[language][weekday]] for table in (LAST, NEXT))
        assert one(f"{last} {name}", language, published) == (published - back,) * 2
        assert one(f"{next_} {name}", language, published) == (published + on,) * 2
    for text, language in (
        (f"{THIS['ru'][GENDERS['ru'][weekday]]} {bare(weekday, 'ru')} погибли двое", "ru"),
        (f"{THIS['bg'][GENDERS['bg'][weekday]]} {bare(weekday, 'bg')} загинаха двама", "bg"),
    ):
        there = published - timedelta(days=(published.weekday() - weekday) % 7)
        assert one(text, language, published) == (there, there), text


@pytest.mark.parametrize("published", WEEK)
@pytest.mark.parametrize("weekday", range(7))
def test_by_a_weekday_is_past_or_to_come_as_the_verb_says(published: date, weekday: int) -> None:
    dative = ("понедельнику", "вторнику", "среде", "четвергу", "пятнице", "субботе", "воскресенью")[weekday]
    past = published - timedelta(days=(published.weekday() - weekday) % 7)
    to_come = published + timedelta(days=(weekday - published.weekday()) % 7)
    name = NAMES["en"][weekday]
    assert one(f"By {name} the water had receded.", "en", published) == (past, past)
    assert one(f"By {name} the water will recede.", "en", published) == (to_come, to_come)
    assert one(f"К {dative} вода отступила.", "ru", published) == (past, past)
    assert one(f"К {dative} вода отступит.", "ru", published) == (to_come, to_come)


ONE_DAY = {
    -2: "en the day before yesterday|ru позавчера|bg завчера|bg онзи ден|en two days ago|ru два дня назад|bg преди два дни",
    -1: "en yesterday|en last night|ru вчера|ru накануне|bg вчера|bg снощи|en a day ago|ru день назад|bg преди един ден",
    0: "en today|en this morning|en tonight|ru сегодня|ru минувшей ночью|bg днес|bg тази сутрин|bg довечера",
    1: "en tomorrow|ru завтра|bg утре|ru Через день пройдут выборы|bg След един ден ще има избори",
    2: "en the day after tomorrow|ru послезавтра|bg вдругиден",
    -3: "en three days ago|ru три дня назад|bg преди три дни|ru трое суток назад",
    -10: "en ten days ago|ru десять дней назад|bg преди десет дни|bg преди 10 дни",
}


@pytest.mark.parametrize("published", [*WEEK, *ENDS])
@pytest.mark.parametrize("offset", sorted(ONE_DAY))
def test_a_day_lies_so_many_days_away(published: date, offset: int) -> None:
    for phrase in ONE_DAY[offset].split("|"):
        there = published + timedelta(days=offset)
        assert one(phrase[3:], phrase[:2], published) == (there, there), phrase


def month_of(published: date, months: int) -> Span:
    at = published.year * 12 + published.month - 1 + months
    first = date(at // 12, at % 12 + 1, 1)
    return first, date((at + 1) // 12, (at + 1) % 12 + 1, 1) - timedelta(days=1)


def week_of(published: date, weeks: int) -> Span:
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=weeks)
    return monday, monday + timedelta(days=6)


def year_of(published: date, years: int) -> Span:
    return date(published.year + years, 1, 1), date(published.year + years, 12, 31)


PERIODS: dict[tuple[Callable[[date, int], Span], int], str] = {
    (week_of, -1): "en last week|ru на прошлой неделе|bg миналата седмица|bg през изминалата седмица",
    (week_of, -2): "en the week before last|ru на позапрошлой неделе|bg по-миналата седмица",
    (week_of, 0): "en this week|en earlier this week|ru на этой неделе|bg тази седмица",
    (week_of, 1): "en next week|ru на следующей неделе|bg следващата седмица|bg идната седмица",
    (month_of, -1): "en last month|ru в прошлом месяце|bg миналия месец|en a month ago|ru месяц назад|bg преди месец",
    (month_of, 0): "en this month|en earlier this month|ru ранее в этом месяце|bg по-рано този месец",
    (month_of, 1): "en next month|ru в следующем месяце|bg следващия месец",
    (month_of, -2): "en two months ago|ru два месяца назад|bg преди два месеца",
    (month_of, -6): "ru полгода назад|bg преди половин година",
    (month_of, -18): "ru полтора года назад|bg преди година и половина",
    (year_of, -1): "en last year|ru в прошлом году|bg миналата година|bg лани|ru год назад|en a year ago|bg преди година",
    (year_of, 0): "en this year|ru в этом году|ru в нынешнем году|bg тази година",
    (year_of, 1): "en next year|ru в следующем году|ru в будущем году|bg догодина|bg следващата година",
    (year_of, -2): "en the year before last|ru в позапрошлом году|bg по-миналата година",
    (
        year_of,
        -50,
    ): "en half a century ago|ru полвека назад|bg преди половин век|en 50 years ago|ru 50 лет назад|bg преди 50 години",
}


@pytest.mark.parametrize("published", [*WEEK, *ENDS])
@pytest.mark.parametrize(("period", "offset"), PERIODS)
def test_a_week_a_month_and_a_year_lie_beside_that_of_publication(
    published: date, period: Callable[[date, int], Span], offset: int
) -> None:
    for phrase in PERIODS[period, offset].split("|"):
        assert one(phrase[3:], phrase[:2], published) == period(published, offset), phrase


@pytest.mark.parametrize("published", WEEK)
def test_a_weekend_is_the_last_one_begun_or_the_next_as_the_verb_says(published: date) -> None:
    saturday = published - timedelta(days=(published.weekday() + 2) % 7)
    for text, language in (
        ("Two climbers died over the weekend.", "en"),
        ("На выходных погибли двое.", "ru"),
        ("През уикенда загинаха двама.", "bg"),
        ("През почивните дни загинаха двама.", "bg"),
    ):
        assert one(text, language, published) == (saturday, saturday + timedelta(days=1)), text
    coming = saturday + timedelta(days=7 if published.weekday() < 5 else 0)
    for text, language in (
        ("It will snow over the weekend.", "en"),
        ("На выходных пойдёт снег.", "ru"),
        ("През уикенда ще вали сняг.", "bg"),
    ):
        assert one(text, language, published) == (coming, coming + timedelta(days=1)), text


WEDNESDAY = date(2025, 9, 3)
TOLD = """
en in the early hours of Wednesday | 2025-09-03
ru в ночь на среду | 2025-09-03
bg в нощта срещу сряда | 2025-09-03
ru в ночь на 2 сентября | 2025-09-02
bg в нощта срещу 2 септември | 2025-09-02
ru в ночь с 2 на 3 сентября | 2025-09-02..2025-09-03
bg в нощта на 2 срещу 3 септември | 2025-09-02..2025-09-03
en on 19 June last year | 2024-06-19
ru 19 июня прошлого года | 2024-06-19
bg на 19 юни миналата година | 2024-06-19
en on June 19 | 2025-06-19
ru 19 июня | 2025-06-19
bg 19 юни | 2025-06-19
en in December | 2024-12-01..2024-12-31
ru в декабре | 2024-12-01..2024-12-31
bg през декември | 2024-12-01..2024-12-31
en in December it will snow | 2025-12-01..2025-12-31
ru в декабре пойдёт снег | 2025-12-01..2025-12-31
bg през декември ще вали | 2025-12-01..2025-12-31
en late last month | 2025-08-21..2025-08-31
ru в конце прошлого месяца | 2025-08-21..2025-08-31
bg в края на миналия месец | 2025-08-21..2025-08-31
en at the end of last year | 2024-09-01..2024-12-31
ru в конце прошлого года | 2024-09-01..2024-12-31
bg в края на миналата година | 2024-09-01..2024-12-31
en by the end of the year | 2025-09-01..2025-12-31
en by year-end | 2025-09-01..2025-12-31
ru до конца года | 2025-09-01..2025-12-31
bg до края на годината | 2025-09-01..2025-12-31
en this spring | 2025-03-01..2025-05-31
ru этой весной | 2025-03-01..2025-05-31
bg тази пролет | 2025-03-01..2025-05-31
en last winter | 2024-12-01..2025-02-28
ru прошлой зимой | 2024-12-01..2025-02-28
bg миналата зима | 2024-12-01..2025-02-28
en next winter | 2025-12-01..2026-02-28
en in the first quarter | 2025-01-01..2025-03-31
ru в первом квартале | 2025-01-01..2025-03-31
ru в I квартале | 2025-01-01..2025-03-31
bg през първото тримесечие | 2025-01-01..2025-03-31
en in the fourth quarter | 2024-10-01..2024-12-31
ru в четвёртом квартале | 2024-10-01..2024-12-31
bg през четвъртото тримесечие | 2024-10-01..2024-12-31
en in the first half of the year | 2025-01-01..2025-06-30
ru в первом полугодии | 2025-01-01..2025-06-30
bg през първото полугодие | 2025-01-01..2025-06-30
ru во втором полугодии прошлого года | 2024-07-01..2024-12-31
bg през второто шестмесечие на миналата година | 2024-07-01..2024-12-31
ru в прошлом веке | 1901-01-01..2000-12-31
bg през миналия век | 1901-01-01..2000-12-31
bg на 3.09 ще има митинг | 2025-09-03
ru письмо зарегистрировано 17 ноября | 2024-11-17
ru заседание назначено на 17 ноября | 2025-11-17
bg писмото е заведено на 17 ноември | 2024-11-17
bg заседанието е насрочено за 17 ноември | 2025-11-17
bg До неделя вечерта са се разболели 203 души | 2025-08-31
bg Мостът е затворен до неделя | 2025-09-07
ru до 15.09 | 2025-09-15
ru рейс 1 июня отменили | 2025-06-01
ru Через неделю пройдут выборы | 2025-09-07..2025-09-13
bg След две седмици ще има избори | 2025-09-14..2025-09-20
en The vote will be held in two weeks | 2025-09-14..2025-09-20
"""
STATED = """
en Q3 2025 | 2025-07-01..2025-09-30
en the third quarter of 2025 | 2025-07-01..2025-09-30
ru в III квартале 2025 года | 2025-07-01..2025-09-30
ru в 3-м квартале 2025 года | 2025-07-01..2025-09-30
bg през третото тримесечие на 2025 г. | 2025-07-01..2025-09-30
en in the first half of 2024 | 2024-01-01..2024-06-30
ru в первой половине 2024 года | 2024-01-01..2024-06-30
bg през първата половина на 2024 г. | 2024-01-01..2024-06-30
en the 9/11 attacks | 2001-09-11
en after the September 11 attacks | 2001-09-11
ru после терактов 11 сентября | 2001-09-11
bg след атентатите от 11 септември | 2001-09-11
en in the 19th century | 1801-01-01..1900-12-31
ru в XIX веке | 1801-01-01..1900-12-31
ru начала 19 века | 1801-01-01..1834-05-01
bg през XIX век | 1801-01-01..1900-12-31
en the 1990s | 1990-01-01..1999-12-31
en in the late nineties | 1996-01-01..1999-12-31
ru в девяностые годы | 1990-01-01..1999-12-31
bg през деветдесетте години | 1990-01-01..1999-12-31
bg през 90-те | 1990-01-01..1999-12-31
en the mid-1990s | 1993-01-01..1996-12-31
ru в середине 1990-х годов | 1993-01-01..1996-12-31
bg в средата на 90-те | 1993-01-01..1996-12-31
en 2025-09-03 | 2025-09-03
en 25/12/2024 | 2024-12-25
en 12/25/2024 | 2024-12-25
ru 03.09.2025 | 2025-09-03
bg 3.09.2025 г. | 2025-09-03
"""


@pytest.mark.parametrize("line", [*TOLD.strip().splitlines(), *STATED.strip().splitlines()])
def test_a_phrase_is_these_days_for_a_report_of_the_third_of_september_2025(line: str) -> None:
    phrase, _, expected = line.partition(" | ")
    [found] = dates(phrase[3:], phrase[:2], WEDNESDAY)
    assert found.resolved == (line in TOLD)
    assert "..".join(str(end) for end in dict.fromkeys(days(found))) == expected


@pytest.mark.parametrize("line", STATED.strip().splitlines())
def test_what_states_its_year_needs_no_day_of_publication(line: str) -> None:
    phrase, _, expected = line.partition(" | ")
    [found] = dates(phrase[3:], phrase[:2], None)
    assert "..".join(str(end) for end in dict.fromkeys(days(found))) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "in the first half of the match"),
        ("ru", "в первой половине матча"),
        ("bg", "през първата половина на мача"),
        ("en", "on 03/04/2025"),  # of March or of April
        ("ru", "Через неделю она умерла."),  # counted from a day that is not known
        ("bg", "цената е 3.09 лева"),
    ],
)
def test_what_may_mean_another_day_is_no_date(language: str, text: str) -> None:
    assert dates(text, language, WEDNESDAY) == []
