"""Counts with their hedges and what they count, in three languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

ENGLISH = """
Twelve people were killed. | number 12 dead
At least 12 people were killed and 15 wounded. | number 12 at_least dead ; number 15 injured
The blast left 12 dead. | number 12 dead
The crash killed two soldiers and injured three children. | number 2 dead/soldier ; number 3 injured/child
The death toll rose to 12. | number 12 dead
The death toll rose from 10 to 15. | number 10 dead ; number 15 dead
More than 380,000 people marched. | number 380000 more_than people
Some 1.2 million voters took part. | number 1200000 about voter
Between 10 and 15 houses burned. | number 10..15 range house
From 10 to 15 houses burned. | number 10..15 range house
10-15 houses burned. | number 10..15 range house
10–15 houses burned. | number 10..15 range house
Five to six million tonnes were exported. | mass 5000000000..6000000000 tonne range
Nearly two hundred and five houses were damaged. | number 205 about house
One hundred and twenty-three delegates came. | number 123 delegate
Twenty-five countries signed. | number 25 country
A dozen countries signed. | number 12 country
Two dozen drones were shot down. | number 24 drone
Half a dozen ships turned back. | number 6 ship
Half a million people fled. | number 500000 people
Hundreds of people fled. | number 200..999 about people
Dozens of houses burned. | number 20..99 about house
Tens of thousands of people fled. | number 20000..99999 about people
Several thousand people fled. | number 2000..9999 about people
A few hundred protesters came. | number 200..999 about protester
Up to 50 migrants drowned. | number 50 at_most migrant
No more than 50 tourists came. | number 50 at_most tourist
Fewer than 50 tourists came. | number 50 less_than tourist
Over 50 tourists came. | number 50 more_than tourist
Just under 50 tourists came. | number 50 less_than tourist
Around 50 tourists came. | number 50 about tourist
Roughly 50 tourists came. | number 50 about tourist
50 or more tourists came. | number 50 at_least tourist
Exactly 50 tourists came. | number 50 tourist
Police arrested 30 protesters. | number 30 arrested/protester
Thirty people were detained. | number 30 arrested
Two of the wounded died. | number 2 injured
Three hundred residents were evacuated. | number 300 evacuated/resident
Five miners are missing. | number 5 missing/miner
Twelve people, including three children, were killed. | number 12 dead ; number 3 dead/child
The drone attack killed 12. | number 12 dead
Nobody was hurt. | number 0 injured
There were no casualties. | number 0 casualties
No one was killed in the blast. | number 0 dead
One person was killed. | number 1 dead
One of them said nothing. |
He is the one who left. |
The party won 52 seats. | number 52 seat
It took 3,141 votes. | number 3141 vote
The company cut 5,000 jobs. | number 5000 job
It bought 2.5m shares. | number 2500000 share
It sold 10k tickets. | number 10000 ticket
They planted 1 200 trees. | number 1200 tree
They have 4½ points. | number 4.5 point
The app has 3bn users. | number 3000000000 user
She has three lynxes. | number 3 en:lynx
About 2,000 students and 300 teachers came. | number 2000 about student ; number 300 teacher
The Boeing 737 and the F-16 met a Tu-154. |
COVID-19 came back. |
Call +359 2 123 4567 or write to 12@example.com. |
See section 3.2.1 and Article 5 at www.example.com/2025. |
He lives in room 12. |
Flight 370 vanished. |
The 5G network works. |
It is the third largest city. | ordinal 3
This is her 19th visit. | ordinal 19
The 80th anniversary was marked. | ordinal 80 anniversary
His twenty-fourth novel came out. | ordinal 24
They won 3-1. | score 3..1
The score was 2:1. | score 2..1
A 6.1-magnitude earthquake struck. | magnitude 6.1
An earthquake of magnitude 6.1 struck. | magnitude 6.1
The 2010 earthquake killed 300 people. | date 2010-01-01..2010-12-31 year ; number 300 dead
In 2024 the city had 2,024 residents. | date 2024-01-01..2024-12-31 year ; number 2024 resident
Only 12 houses were left. | number 12 house
Another 12 houses burned. | number 12 house
"""
RUSSIAN = """
Погибли двенадцать человек. | number 12 dead
Погибли не менее 12 человек, ещё 15 ранены. | number 12 at_least dead ; number 15 injured
При взрыве пострадали 15 человек. | number 15 affected
При взрыве ранены трое военных. | number 3 injured/soldier
Число погибших выросло до 12. | number 12 dead
Число погибших выросло с 10 до 15. | number 10 dead ; number 15 dead
На площадь вышли более 380 000 человек. | number 380000 more_than people
На площадь вышли более 380 тыс. человек. | number 380000 more_than people
В голосовании участвовали около 1,2 млн избирателей. | number 1200000 about voter
Сгорели от 10 до 15 домов. | number 10..15 range house
Сгорели 10–15 домов. | number 10..15 range house
Сгорели два-три дома. | number 2..3 range house
Повреждены сто двадцать три дома. | number 123 house
В районе повреждено двести пять домов. | number 205 house
Около двадцати пяти стран поддержали резолюцию. | number 25 about country
С двенадцатью делегатами встретился министр. | number 12 delegate
Двумстам пятидесяти жителям помогли. | number 250 resident
В пятистах домах нет света. | number 500 house
Дюжина стран подписала договор. | number 12 country
Сотни людей покинули город. | number 200..999 about people
Десятки домов сгорели. | number 20..99 about house
Десятки тысяч людей покинули город. | number 20000..99999 about people
Несколько тысяч человек вышли на улицы. | number 2000..9999 about people
Человек двадцать ждали у входа. | number 20 about people
Полмиллиона человек бежали. | number 500000 people
Полтора миллиона туристов приехали. | number 1500000 tourist
Два с половиной миллиона туристов приехали. | number 2500000 tourist
Приехали две с лишним тысячи туристов. | number 2000 more_than tourist
Приехали не более 50 туристов. | number 50 at_most tourist
Приехали до 50 туристов. | number 50 at_most tourist
Приехали менее 50 туристов. | number 50 less_than tourist
Приехали свыше 50 туристов. | number 50 more_than tourist
Приехали почти 50 туристов. | number 50 about tourist
Приехали по меньшей мере 50 туристов. | number 50 at_least tourist
Приехали 50 и более туристов. | number 50 at_least tourist
Полиция задержала 30 человек. | number 30 arrested
Задержаны 30 демонстрантов. | number 30 arrested/protester
Эвакуировано 300 жителей. | number 300 evacuated/resident
Пять шахтёров пропали без вести. | number 5 missing/miner
Двое из раненых умерли. | number 2 injured
Погибли 12 человек, в том числе трое детей. | number 12 dead ; number 3 dead/child
Никто не пострадал. | number 0 affected
Обошлось без жертв. | number 0 dead
Пострадавших нет. | number 0 affected
Один человек погиб. | number 1 dead
Один из них промолчал. |
Это был один проект. |
Силы ПВО сбили 24 беспилотника. | number 24 drone
Партия получила 52 мандата. | number 52 seat
За него отдано 3141 голосов. | number 3141 vote
Сокращено 5 тысяч рабочих мест. | number 5000 job
У неё три рыси. | number 3 ru:рысь
В 15-ти странах прошли акции. | number 15 country
Ту-154 и Су-34 вылетели, «Боинг 737» остался. |
Позвоните +7 495 123-45-67. |
По статье 282 возбуждено дело. |
Школа № 12 закрыта. |
Это третья встреча лидеров. | ordinal 3 meeting
Это уже 19-я встреча лидеров. | ordinal 19 meeting
Отмечается 80-летие победы. | ordinal 80 anniversary
Парад посвящён 80-й годовщине Победы. | ordinal 80 anniversary
Матч закончился со счётом 3:1. | score 3..1
Резолюцию приняли 52 голосами. | number 52 vote
Произошло землетрясение магнитудой 6,1. | magnitude 6.1
За год построено 12 345 квартир. | duration 31557600 year ; number 12345 apartment
Число заболевших снизилось в 2,5 раза. | number 2.5 time
Население — 1 млн 200 тыс. человек. | number 1200000 people
Пришло порядка ста человек. | number 100 about people
На борту находились 84 пассажира и 6 членов экипажа. | number 84 passenger ; number 6 crew
"""
BULGARIAN = """
Дванайсет души загинаха. | number 12 dead
Най-малко 12 души загинаха, а 15 са ранени. | number 12 at_least dead ; number 15 injured
При взрива са ранени трима войници. | number 3 injured/soldier
При катастрофата пострадаха 15 души. | number 15 affected
Броят на загиналите нарасна до 12. | number 12 dead
Броят на загиналите нарасна от 10 до 15. | number 10 dead ; number 15 dead
Над 380 000 души излязоха на площада. | number 380000 more_than people
Над 380.000 души излязоха на площада. | number 380000 more_than people
Около 1,2 милиона избиратели гласуваха. | number 1200000 about voter
Изгоряха от 10 до 15 къщи. | number 10..15 range house
Изгоряха между 10 и 15 къщи. | number 10..15 range house
Изгоряха 10-15 къщи. | number 10..15 range house
Изгоряха две-три къщи. | number 2..3 range house
Сто двайсет и три къщи са повредени. | number 123 house
Двеста и пет къщи са повредени. | number 205 house
Двадесет и пет държави подкрепиха резолюцията. | number 25 country
Хиляда и двеста студенти протестираха. | number 1200 student
Дузина държави подписаха. | number 12 about country
Десетина души чакаха. | number 10 about people
Двайсетина души чакаха. | number 20 about people
Стотици хора напуснаха града. | number 200..999 about people
Десетки къщи изгоряха. | number 20..99 about house
Десетки хиляди хора напуснаха града. | number 20000..99999 about people
Няколко хиляди души протестираха. | number 2000..9999 about people
Няколкостотин души протестираха. | number 200..999 about people
Половин милион души избягаха. | number 500000 people
Два милиона и половина туристи пристигнаха. | number 2500000 tourist
Пристигнаха не повече от 50 туристи. | number 50 at_most tourist
Пристигнаха до 50 туристи. | number 50 at_most tourist
Пристигнаха по-малко от 50 туристи. | number 50 less_than tourist
Пристигнаха повече от 50 туристи. | number 50 more_than tourist
Пристигнаха близо 50 туристи. | number 50 about tourist
Пристигнаха поне 50 туристи. | number 50 at_least tourist
Пристигнаха 50 или повече туристи. | number 50 at_least tourist
Полицията задържа 30 души. | number 30 arrested
Задържани са 30 протестиращи. | number 30 arrested/protester
Евакуирани са 300 жители. | number 300 evacuated/resident
Двама от ранените починаха. | number 2 injured
Загинаха 12 души, сред които три деца. | number 12 dead ; number 3 dead/child
Няма пострадали. | number 0 affected
Никой не е пострадал. | number 0 affected
Размина се без жертви. | number 0 dead
Един човек загина. | number 1 dead
Един от тях мълчеше. |
Свалени са 24 дрона. | number 24 drone
Партията спечели 52 места. | number 52 seat
Съкратени са 5 хиляди работни места. | number 5000 job
Тя има три риса. | number 3 bg:рис
9-ма души са ранени. | number 9 injured
Това е третата среща на лидерите. | ordinal 3 meeting
Това е 19-ата им среща. | ordinal 19
Отбелязва се 80-годишнината от победата. | ordinal 80 anniversary
Отбелязва се 80-ата годишнина от победата. | ordinal 80 anniversary
Мачът завърши с резултат 3:1. | score 3..1
Регистрирано е земетресение с магнитуд 6,1. | magnitude 6.1
Трусът беше 6,1 по Рихтер. | magnitude 6.1
Ту-154 и F-16 излетяха. |
Обадете се на 02/123 45 67. |
По чл. 282 е образувано дело. |
Построени са 12 345 апартамента. | number 12345 apartment
Цената е 2,5 пъти по-висока. | number 2.5 time
Присъстваха общо 26 чуждестранни лидери. | number 26 leader
Червените папки бяха около дузина. | number 12 about
"""


def _rows(language: str, block: str) -> list[tuple[str, str, list[str]]]:
    rows = []
    for line in block.strip().splitlines():
        text, expected = (part.strip() for part in line.split("|"))
        rows.append((language, text, [part.strip() for part in expected.split(";") if part.strip()]))
    return rows


ROWS = _rows("en", ENGLISH) + _rows("ru", RUSSIAN) + _rows("bg", BULGARIAN)


@pytest.mark.parametrize(("language", "text", "expected"), ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS])
def test_counts_are_read_with_what_they_count(read: Read, language: str, text: str, expected: list[str]) -> None:
    assert read(text, language) == expected
