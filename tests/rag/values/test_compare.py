"""How two values stand to each other, across languages, units and hedges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.values import Value, compare, read_values

PAIRS = """
en 7 miles | ru 11,3 км | same
en 60 mph | ru 97 км/ч | same
en 100 miles | en 160 km | same
en 2.5 hours | ru 150 минут | same
en 2.5 hours | ru два с половиной часа | same
en 2.5 hours | bg два часа и половина | same
en 2.5 hours | ru полтора часа | different
en two hours | en 2 hours and 20 minutes | approximation
en 18 months | bg година и половина | same
en 72 hours | bg три денонощия | same
en 1.2 million people | ru 1 234 567 человек | same
en 1.2 million people | bg 1,5 милиона души | different
bg 380 000 души | ru 380 тыс. человек | same
en 12 dead | ru 12 погибших | same
en 12 dead | ru 15 погибших | different
en 12 dead | bg 15 загинали | different
en 12 dead | ru 12 раненых | incomparable
en 12 dead | en 12 houses | incomparable
en 12 injured | ru 15 пострадавших | different
ru 12 раненых | ru 12 пострадавших | same
en 12 dead soldiers | en 3 dead children | incomparable
en 12 dead soldiers | ru 12 погибших | same
en at least 12 dead | ru 15 погибших | approximation
en at least 12 dead | ru не менее 12 погибших | same
en at least 12 dead | bg поне 15 загинали | approximation
en at least 12 dead | ru 10 погибших | different
en at least 12 dead | ru 200 погибших | different
en more than 380,000 people | ru 384 000 человек | same
en more than 380,000 people | ru 300 000 человек | different
en more than 100 people | en 250 people | approximation
en up to 50 people | en 40 people | approximation
en up to 50 people | en 60 people | different
en fewer than 50 people | en more than 60 people | different
en more than 40 people | en fewer than 50 people | approximation
en about 400 people | bg 384 души | approximation
en about 400 people | bg около 400 души | same
en about 400 people | bg 600 души | different
en 400 people | en 384 people | approximation
en 412 people | en 384 people | different
en 10 to 15 houses | en 12 houses | approximation
en 10 to 15 houses | ru от 10 до 15 домов | same
en 10 to 15 houses | en 20 houses | different
en dozens of people | ru десятки людей | same
en dozens of people | ru 45 человек | approximation
en dozens of people | ru 450 человек | different
en 12 soldiers | ru 12 человек | same
en 12 soldiers | ru 15 человек | incomparable
en 12 lynxes | ru 12 рысей | same
en 12 lynxes | ru 15 рысей | incomparable
en 12 lynxes | en 15 lynxes | different
en 12 lynxes | en 12 otters | incomparable
en no one was injured | ru 12 раненых | different
en 25% | ru 25 процентов | same
en 25% | ru 25,4 % | same
en 25% | ru 26 % | different
en two thirds of voters | ru 67% избирателей | same
en half of voters | ru 50 процентов избирателей | same
en 5 percentage points | en 5 percent | incomparable
en $5 million | ru 5 млн долларов | same
en $5 million | ru 5 млн евро | incomparable
en $5 million | bg 7 млн. долара | different
bg 1000 лева | en 511 euros | same
bg 1000 лева | en 700 euros | different
en 3:1 score | ru счёт 1:3 | same
en score 3:1 | ru счёт 3:2 | different
en 34-year-old | ru 34-летний | same
en aged 34 | bg 35-годишен | different
en 35 degrees Celsius | en 95 degrees Fahrenheit | same
en magnitude 6.1 | ru магнитудой 6,1 | same
en magnitude 6.1 | ru магнитудой 6,3 | different
en at 18:30 | bg в 18.30 ч. | same
en at 18:30 | bg в 19 ч. | different
en 3 September 2025 | ru 3 сентября 2025 года | same
en 3 September 2025 | ru сентябрь 2025 года | same
en 3 September 2025 | ru 4 сентября 2025 года | different
en 3-5 September 2025 | ru 5 сентября 2025 года | same
en 3-5 September 2025 | ru 4-6 сентября 2025 года | approximation
en in 2024 | bg през 2023 г. | different
en the 1980s | ru в 1985 году | same
en 3 September | ru 3 сентября | same
en 3 September | ru 4 сентября | different
en 3 September | ru 3 сентября 2025 года | same
en 3 September | ru 3 октября 2025 года | different
en in September | ru 3 сентября 2025 года | same
en yesterday | bg вчера | same
en yesterday | bg 3 септември 2025 г. | incomparable
en 80th anniversary | ru 80-летие | same
en 80th anniversary | ru 75-летие | different
en 3 September 2025 | en 3 people | incomparable
"""


def _value(part: str) -> Value:
    language, _, text = part.strip().partition(" ")
    found = read_values(text, language)
    assert len(found) == 1, (text, found)
    return found[0]


@pytest.mark.parametrize("line", PAIRS.strip().splitlines())
def test_two_values_stand_to_each_other_either_way(line: str) -> None:
    one, two, relation = line.split("|")
    a, b = _value(one), _value(two)
    assert (compare(a, b), compare(b, a)) == (relation.strip(), relation.strip())


def test_a_resolved_date_is_the_date_it_was_resolved_to() -> None:
    tuesday = read_values("on Tuesday", "en", published=date(2025, 9, 3))[0]
    assert compare(tuesday, _value("ru 2 сентября 2025 года")) == "same"
    assert compare(tuesday, _value("ru 9 сентября 2025 года")) == "different"


def test_without_what_it_counts_an_equal_figure_is_the_same_and_another_tells_nothing() -> None:
    dead = _value("en 12 dead")
    assert compare(replace(dead, what=None), dead) == "same"
    assert compare(replace(dead, what=None, low=15.0, high=15.0), dead) == "incomparable"


def test_a_value_needs_text_and_both_ends_or_neither() -> None:
    with pytest.raises(ValueError, match="has no text"):
        Value("number", 3, 3, "", 1.0, 1.0)
    with pytest.raises(ValueError, match="both ends"):
        Value("number", 0, 1, "1", 1.0, None)
