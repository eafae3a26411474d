"""Figures and dates that a draft tells otherwise than its source, and rightly so; and those that only look alike."""

from __future__ import annotations

from datetime import date

import pytest

from rag import Document, Hit, Passage, Refused, Supported, verify
from rag.text import split_sentences

MARKET = (
    "Порт Лунево увеличил перевалку зерна с 37 до 60 тысяч тонн. "
    "Штраф за простой составит до 25 тысяч фунтов. "
    "За два дня выпало 85 литров дождя на квадратный метр. "
    "Вагоны вмещают не больше 120 пассажиров, а цена каждого не должна превышать 3 млн евро. "
    "В ночь на четверг рабочие починили кран. "
    "Февральские договоры действуют до лета. "
    "Безработица на треть меньше, чем год назад. "
    "В понедельник порт закрыли, а во вторник открыли."
)
MATCH = (
    "Rovers beat Calder 3-1 to win the cup for the first time in 58 years. "
    "Winger Tom Aldren scored twice before he was replaced. "
    "Members voted by 846 to 312 to sell the ground. "
    "The buyers are brothers aged 34 and 41. "
    "Gate receipts rose from 350,000 to 700,000 euros. "
    "The club owes 48,000 euros to the county. "
    "The work will take at least eighteen months and must be over by the weekend. "
    "Of the 90 seats in the stand, 30 were broken. "
    "The wall behind it is some 2,400 years old."
)
PLANT = (
    "Вторият блок на централата в Ракитно беше спрян вчера. "
    "Радиационният фон е 0,11 микросиверта в час. "
    "Екипът ще остане поне до 2 юли. "
    "Износът намаля от 60 на 40 мегавата спрямо 90 мегавата през март. "
    "Новата турбина ще бъде пусната през май, а не през март. "
    "Срокът изтича в края на годината."
)
PUBLISHED = date(2027, 6, 18)  # a Friday


def hit(text: str, language: str, name: str) -> Hit:
    document = Document(id=name, text=text, source=name, sha256="0", language=language, outlet="Ledger", published=PUBLISHED)
    spans = split_sentences(text, language=language)
    return Hit(Passage(1, name, 0, 0, len(text), spans), document, 1.0, 1, None, spans[0])


HITS = [hit(MARKET, "ru", "market"), hit(MATCH, "en", "match"), hit(PLANT, "bg", "plant")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The port of Lunevo raised grain handling from 37,000 to 60,000 tonnes [1].",
        "The fine for delays will be up to £25,000 [1].",
        "Over two days 85 millimetres of rain fell [1].",
        "Цената на всеки вагон е най-много 3 млн. евро [1].",
        "Workers repaired the crane on Wednesday night [1].",
        "Договорите от февруари важат до лятото [1].",
        "Rovers beat Calder 3-1 and won the cup for the first time in 58 years [2].",
        "Крилото Том Олдрен отбеляза два гола, преди да бъде сменен [2].",
        "By 846 votes to 312, members agreed to sell the ground [2].",
        "Купувачите са братя на 34 и 41 години [2].",
        "Приходите от билети се удвоиха до 700 000 евро [2].",
        "Работата ще отнеме година и половина или повече [2].",
        "The second unit of the plant in Rakitno was shut down yesterday [3].",
        "The background radiation is 0.11 microsieverts per hour [3].",
    ],
)
def test_a_figure_that_is_only_told_otherwise_stands(sentence: str) -> None:
    verdict = verify(sentence, HITS)
    assert isinstance(verdict, Supported) or verdict.code not in ("number", "date", "unit"), verdict


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("The port of Lunevo raised grain handling from 60,000 to 37,000 tonnes [1].", {"number"}),
        ("The fine for delays will be up to €25,000 [1].", {"number", "unit"}),
        ("Over two days 85 centimetres of rain fell [1].", {"number", "unit"}),
        ("Workers repaired the crane on Tuesday night [1].", {"date"}),
        ("Договорите от март важат до лятото [1].", {"date"}),
        ("The club owes 48,001 euros to the county [2].", {"number"}),
        ("The wall behind it was built in 2400 BC [2].", {"date", "number", "unit"}),
        ("The port was closed on Tuesday and opened on Tuesday [1].", {"date"}),
        ("By 312 votes to 846, members agreed to sell the ground [2].", {"number", "unit"}),
        ("Приходите от билети се утроиха до 700 000 евро [2].", {"number"}),
        ("The work must be over by summer [2].", {"date", "unsupported"}),
        ("Of the 30 seats in the stand, 90 were broken [2].", {"number"}),
        ("Първият блок на централата в Ракитно беше спрян вчера [3].", {"number"}),
        ("The background radiation is 0.11 millisieverts per hour [3].", {"number", "unit"}),
        ("The team will stay until July 2 at the latest [3].", {"date"}),
        ("The team will stay until at least Monday, July 2 [3].", {"date"}),
        ("Новата турбина ще бъде пусната през март, а не през май [3].", {"date"}),
        ("Срокът изтича в края на месеца [3].", {"date"}),
    ],
)
def test_a_figure_that_only_looks_alike_is_refused(sentence: str, codes: set[str]) -> None:
    verdict = verify(sentence, HITS)
    assert isinstance(verdict, Refused), verdict
    assert verdict.code in codes, verdict
