"""Shares, money, lengths of time, ages, distances and other measures, in three languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

ENGLISH = """
The talks lasted 2.5 hours. | duration 9000 hour
The talks lasted two and a half hours. | duration 9000 hour
They spoke for an hour and a half. | duration 5400 hour
They spoke for about an hour. | duration 3600 hour about
They spoke for half an hour. | duration 1800 hour
They spoke for three quarters of an hour. | duration 2700 hour
They spoke for 150 minutes. | duration 9000 minute
They spoke for 2 hours and 30 minutes. | duration 9000 hour
It was a two-hour meeting. | duration 7200 hour
It took more than three days. | duration 259200 day more_than
It took less than a week. | duration 604800 week less_than
It took 2-3 weeks. | duration 1209600..1814400 week range
The ban lasts 18 months. | duration 47336400 month
He got a 10-year sentence. | duration 315576000 year
A decade later it closed. | duration 315576000 decade
He drove at 60 miles an hour. | speed 26.822 mph
Winds of 120 km/h hit the coast. | speed 33.333 km/h
Winds of 30 metres per second hit the coast. | speed 30 m/s
A 34-year-old man was held. | age 34
The man, aged 34, was held. | age 34
The boys, aged between nine and twelve, sang. | age 9..12 range
He died at the age of 54. | age 54
She is 34 years old. | age 34
Anna Weller, 34, was held. | age 34
Turnout was 52.3%. | percent 52.3 %
Turnout was 52.3 per cent. | percent 52.3 %
Some 25 percent of voters stayed home. | percent 25 % about voter
The rate rose by 0.5 percentage points. | percent 0.5 pp
Half of the voters stayed home. | percent 50 % voter
Two thirds of the houses burned. | percent 66.667 % house
A third of the residents left. | percent 33.333 % resident
A quarter of the country is flooded. | percent 25 % country
It cost $5m. | money 5000000 USD
It cost $5 million. | money 5000000 USD
It cost 5 million dollars. | money 5000000 USD
It cost US$5,000. | money 5000 USD
It cost €3.2bn. | money 3200000000 EUR
It cost 3.2 billion euros. | money 3200000000 EUR
It cost £27,000. | money 27000 GBP
It cost BGN 500. | money 500 BGN
It cost 500 leva. | money 500 BGN
It cost between $10 and $15. | money 10..15 USD range
It cost $5-6 million. | money 5000000..6000000 USD range
It cost 40 Canadian dollars. | money 40 CAD
It cost 2 million pounds. | money 2000000 GBP
It cost 100 Turkish lira. | money 100 TRY
It is 7 miles away. | distance 11265.408 mile
It is 11.3 km away. | distance 11300 km
The wall is six feet tall. | distance 1.829 foot
The wall is 6 feet 2 inches tall. | distance 1.88 foot
It flew at 30,000 feet. | distance 9144 foot
It weighs 50 kg. | mass 50 kg
It weighs 50 pounds. | mass 22.68 pound
They shipped 5,000 tonnes. | mass 5000000 tonne
It burned 300 hectares. | area 3000000 hectare
It covers 40 square kilometres. | area 40000000 km2
It covers 40 sq km. | area 40000000 km2
It holds 500 litres. | volume 500 litre
It holds 2 million cubic metres. | volume 2000000000 m3
It was 35 degrees Celsius. | temperature 35 °C
It was -5°C. | temperature -5 °C
It was minus five degrees. | temperature -5 degree
It was 90 degrees Fahrenheit. | temperature 32.222 °F
The plant makes 800 MW. | power 800000000 MW
It used 20 kWh. | energy 20000 kWh
The lira fell 0.6% to 389. | percent 0.6 %; number 389
It takes a year and a half or more. | duration 47336400 year at_least
He was doing well above the 40 allowed. | number 40
He gets one euro plus 12,000 euros. | money 1 EUR; money 12000 EUR
It is the first win in 58 years. | duration 1830340800 year
The dose is normal at 0.11 microsieverts. | number 0.11 en:microsieverts
They pay a quarter less than before. | percent 25 %
The brothers, aged 34 and 41, were held. | age 34; age 41
It was a shock of 2.8 in magnitude. | magnitude 2.8
We counted nine, and five are inside. | number 9; number 5
"""
RUSSIAN = """
Переговоры длились 2,5 часа. | duration 9000 hour
Переговоры длились два с половиной часа. | duration 9000 hour
Переговоры длились полтора часа. | duration 5400 hour
Переговоры длились более полутора часов. | duration 5400 hour more_than
Переговоры длились около часа. | duration 3600 hour about
Переговоры длились полчаса. | duration 1800 hour
Переговоры длились 150 минут. | duration 9000 minute
Переговоры длились 2 ч. 30 мин. | duration 9000 hour
Переговоры длились два часа тридцать минут. | duration 9000 hour
Переговоры длились часа два. | duration 7200 hour about
Прошла двухчасовая встреча. | duration 7200 hour
Прошла полуторачасовая встреча. | duration 5400 hour
Объявлен 10-дневный траур. | duration 864000 day
Бои шли трое суток. | duration 259200 day
Бои шли более трёх дней. | duration 259200 day more_than
Ремонт займёт полгода. | duration 15778800 year
Ремонт займёт 2–3 недели. | duration 1209600..1814400 week range
Срок — от двух до трёх лет. | duration 63115200..94672800 year range
Через неделю он вернулся. | duration 604800 week
Ремонт занял чуть менее месяца. | duration 2629800 month less_than
Он ехал со скоростью 60 миль в час. | speed 26.822 mph
Ветер достигал 120 км/ч. | speed 33.333 km/h
Ветер достигал 30 метров в секунду. | speed 30 m/s
Задержан 34-летний мужчина. | age 34
Задержан тридцатичетырёхлетний мужчина. | age 34
Он умер в возрасте 54 лет. | age 54
Ему исполнилось 80 лет. | age 80
Подписан 10-летний договор. | duration 315576000 year
Явка составила 52,3%. | percent 52.3 %
Явка составила 52,3 процента. | percent 52.3 %
Около 25 процентов избирателей не пришли. | percent 25 % about voter
Ставка выросла на 0,5 процентного пункта. | percent 0.5 pp
Половина избирателей не пришла. | percent 50 % voter
Две трети домов сгорели. | percent 66.667 % house
Треть жителей уехала. | percent 33.333 % resident
Это стоило 5 млн долларов. | money 5000000 USD
Это стоило $5 млн. | money 5000000 USD
Это стоило 5 миллионов долларов США. | money 5000000 USD
Это стоило 3,2 млрд евро. | money 3200000000 EUR
Это стоило 500 рублей. | money 500 RUB
Это стоило 500 руб. за штуку. | money 500 RUB
Это стоило от 10 до 15 тысяч рублей. | money 10000..15000 RUB range
Это стоило 27 тыс. фунтов стерлингов. | money 27000 GBP
Это стоило 40 канадских долларов. | money 40 CAD
Это стоило 500 болгарских левов. | money 500 BGN
Это в семи милях отсюда. | distance 11265.408 mile
Это в 11,3 км отсюда. | distance 11300 km
Длина моста — 1 234,5 метра. | distance 1234.5 m
Весит 50 кг. | mass 50 kg
Отгружено 5 тыс. тонн зерна. | mass 5000000 tonne
Сгорело 300 га леса. | area 3000000 hectare
Площадь — 40 кв. км. | area 40000000 km2
Площадь — 40 квадратных километров. | area 40000000 km2
Объём — 2 млн кубометров. | volume 2000000000 m3
Было 35 градусов Цельсия. | temperature 35 °C
Было минус пять градусов. | temperature -5 degree
Было пять градусов мороза. | temperature -5 degree
Было -5°C. | temperature -5 °C
Станция даёт 800 МВт. | power 800000000 MW
Квота вырастет с 37 до 60 тысяч тонн. | mass 37000000 tonne; mass 60000000 tonne
Поток изменился с 800 до 1,2 тысячи тонн. | mass 800000 tonne; mass 1200000 tonne
Цена не должна превышать 3 млн евро. | money 3000000 EUR at_most
Спутник тяжелее 300 килограммов. | mass 300 kg more_than
Долг на 1,4% больше, чем три года назад. | percent 1.4 %; date 2022-01-01..2022-12-31 year
Он не спал две ночи. | number 2 ru:ночь
Выпало 85 литров дождя на квадратный метр. | distance 0.085 mm
К утру среды сгорело 7400 гектаров. | date 2025-09-03 day; area 74000000 hectare
Поезд ушёл в 11:00 часов. | time 39600
Стоял сорокаградусный мороз. | temperature -40 degree
В папке около полусотни снимков. | number 50 about ru:снимок
"""
BULGARIAN = """
Срещата продължи 2,5 часа. | duration 9000 hour
Срещата продължи два часа и половина. | duration 9000 hour
Срещата продължи над един час и половина. | duration 5400 hour more_than
Срещата продължи час и половина. | duration 5400 hour
Срещата продължи около час. | duration 3600 hour about
Срещата продължи половин час. | duration 1800 hour
Срещата продължи 150 минути. | duration 9000 minute
Срещата продължи 2 ч. и 30 мин. | duration 9000 hour
Проведе се двучасова среща. | duration 7200 hour
Обявен е тридневен траур. | duration 259200 day
Обявен е 10-дневен траур. | duration 864000 day
Боевете продължиха три денонощия. | duration 259200 day
Боевете продължиха повече от три дни. | duration 259200 day more_than
Ремонтът ще отнеме половин година. | duration 15778800 year
Ремонтът ще отнеме 2-3 седмици. | duration 1209600..1814400 week range
Срокът е от две до три години. | duration 63115200..94672800 year range
След седмица той се върна. | duration 604800 week
Караше със 120 км/ч. | speed 33.333 km/h
Вятърът достигна 30 метра в секунда. | speed 30 m/s
Задържан е 34-годишен мъж. | age 34
Задържан е мъж на 34 години. | age 34
Почина на 54-годишна възраст. | age 54
Подписан е 10-годишен договор. | duration 315576000 year
Активността е 52,3%. | percent 52.3 %
Активността е 52,3 на сто. | percent 52.3 %
Активността е 52,3 процента. | percent 52.3 %
Около 25 процента от избирателите не гласуваха. | percent 25 % about voter
Лихвата се вдигна с 0,5 процентни пункта. | percent 0.5 pp
Половината избиратели не гласуваха. | percent 50 % voter
Две трети от къщите изгоряха. | percent 66.667 % house
Една трета от жителите заминаха. | percent 33.333 % resident
Струва 5 милиона лева. | money 5000000 BGN
Струва 500 лв. на месец. | money 500 BGN
Струва 5 млн. долара. | money 5000000 USD
Струва 5 милиона щатски долара. | money 5000000 USD
Струва 3,2 млрд. евро. | money 3200000000 EUR
Струва 1.234,56 лева. | money 1234.56 BGN
Струва от 10 до 15 хиляди лева. | money 10000..15000 BGN range
Струва 27 хил. британски лири. | money 27000 GBP
Струва 100 турски лири. | money 100 TRY
Струва 40 канадски долара. | money 40 CAD
Струва между 10 и 15 евро. | money 10..15 EUR range
Намира се на седем мили оттук. | distance 11265.408 mile
Намира се на 11,3 км оттук. | distance 11300 km
Тежи 50 кг. | mass 50 kg
Изнесени са 5 хил. тона зърно. | mass 5000000 tonne
Изгоряха 300 декара. | area 300000 decare
Площта е 40 кв. км. | area 40000000 km2
Площта е 40 квадратни километра. | area 40000000 km2
Обемът е 2 млн. кубични метра. | volume 2000000000 m3
Беше 35 градуса по Целзий. | temperature 35 °C
Беше минус пет градуса. | temperature -5 degree
Беше -5°C. | temperature -5 °C
Централата дава 800 мегавата. | power 800000000 MW
Валежът е 40 л/кв. м за ден. | distance 0.04 mm; duration 86400 day
Цената ще се вдигне с 5 до 7 лева. | money 5..7 BGN range
Теглят най-много по 400 лева. | money 400 BGN at_most
Случаите са с една трета по-малко от година по-рано. | percent 33.333 %; duration 31557600 year
Провериха 1150-те сгради. | number 1150 building
Това е хилядният му печат. | ordinal 1000
"""


def _rows(language: str, block: str) -> list[tuple[str, str, list[str]]]:
    lines = (line.split("|") for line in block.strip().splitlines())
    return [(language, text.strip(), [part.strip() for part in expected.split(";") if part.strip()]) for text, expected in lines]


ROWS = _rows("en", ENGLISH) + _rows("ru", RUSSIAN) + _rows("bg", BULGARIAN)


@pytest.mark.parametrize(("language", "text", "expected"), ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS])
def test_measures_are_read_in_base_units(read: Read, language: str, text: str, expected: list[str]) -> None:
    assert read(text, language) == expected
