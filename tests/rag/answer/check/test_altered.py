"""Figures, dates, units, names and quotations of drafts: what may differ from the source, and what may not."""

from __future__ import annotations

import random
from datetime import date

import pytest

from rag import Document, Hit, Passage, Refused, Supported, verify
from rag.text import split_sentences

HARBOUR = (
    "The port of Lindow handled 312 ships in October, 8 per cent more than a year earlier, director Edith Crane said. "
    "Trawlers landed 96 tonnes of cod, ferries 41. "
    "Swiss engineer Jonas Wehrli inspected the crane on 3 November in Odeby. "
    "The Lindow ferry scored 403 crossings in 468 days. "
    "Article 247 of the harbour law bars night work. "
    '"The sea gives us nothing for free," Crane told Breeze Radio. '
    "The quay is 800 km (500 miles) from Odeby."
)
QUARRY = (
    "Каменоломня в Дарьино подняла зарплату с четырёх до пяти тысяч рублей. "
    "Инженер Лидия Брандт осмотрела её как минимум в трёх местах. "
    "За предложение голосовали 28 рабочих. "
    "Венгерский посол Иштван Надь приехал в понедельник."
)
HITS_DAY = date(2027, 11, 9)


def hit(text: str, language: str, name: str, *, sentences: list[str] | None = None) -> Hit:
    text = " ".join(sentences) if sentences else text
    document = Document(id=name, text=text, source=name, sha256="0", language=language, outlet="Lantern Post", published=HITS_DAY)
    spans = split_sentences(text, language=language)
    return Hit(Passage(1, name, 0, 0, len(text), spans), document, 1.0, 1, None, spans[0])


HITS = [hit(HARBOUR, "en", "harbour"), hit(QUARRY, "ru", "quarry")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Trawlers landed 96 tonnes of cod and ferries 41 [1].",
        "Швейцарский инженер Йонас Верли осмотрел кран в Одебю 3 ноября [1].",
        "Швейцарският инженер Йонас Верли инспектира крана на 3 ноември в Одебю [1].",
        "Унгарският посланик Ищван Над пристигна в понеделник [2].",
        "The Hungarian ambassador arrived on Monday, 8 November [2].",
    ],
)
def test_what_is_only_written_otherwise_stands(sentence: str) -> None:
    assert isinstance(verify(sentence, HITS), Supported), verify(sentence, HITS)


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("The port of Lindow handled 321 ships in October [1].", {"number"}),
        ("The Lindow ferry scored 468 crossings in 403 days [1].", {"number", "unit"}),
        ("The quay is 800 km (502 miles) from Odeby [1].", {"number"}),
        ("The quay is 800 miles from Odeby [1].", {"unit", "number"}),
        ("Jonas Wehrli inspected the crane on 4 November in Odeby [1].", {"date"}),
        ("Jonas Wehrli inspected the crane on 3 November in Lindow [1].", {"name"}),
        ("Swedish engineer Jonas Wehrli inspected the crane on 3 November in Odeby [1].", {"name"}),
        ("Swiss engineer Jonas Wehrlen inspected the crane on 3 November in Odeby [1].", {"name"}),
        ('"The sea gives us everything for free," Crane told Breeze Radio [1].', {"altered_quote"}),
        ("Кран е казал: «The sea gives us nothing for long» [1].", {"altered_quote"}),
        ("За предложение голосовали 82 рабочих [2].", {"number"}),
        ("Пристигна австрийският посланик Ищван Над [2].", {"name"}),
        ("Австрийският посланик Ищван Над пристигна в понеделник [2].", {"name"}),
        ("The Hungarian ambassador arrived on Monday, 1 November [2].", {"date"}),
    ],
)
def test_what_is_altered_is_refused(sentence: str, codes: set[str]) -> None:
    verdict = verify(sentence, HITS)
    assert isinstance(verdict, Refused), verdict
    assert verdict.code in codes, verdict


@pytest.mark.parametrize("position", [0, 1])
def test_a_sentence_stands_beside_itself_in_whatever_order_the_passage_is(position: int) -> None:
    document = HITS[position].document
    spans = HITS[position].passage.sentences
    sentences = [document.text[start:end] for start, end in spans]
    shuffled = sentences[:]
    random.Random(5).shuffle(shuffled)
    for sentence in sentences:
        for order in (sentences, shuffled):
            verdict = verify(f"{sentence} [1]", [hit("", document.language or "en", "again", sentences=order)])
            assert isinstance(verdict, Supported), verdict


@pytest.mark.parametrize(
    "rubbish",
    [
        "😀" * 50,
        "«»„“”\"\"''",
        "0123456789" * 100,
        "a1б2" * 400,
        "שלום 12 עולם",
        "1/2 3-4 5:6 №7 $8 €9 10% " * 20,
        "І" * 90,
        "Dr. " * 90,
    ],
)
def test_rubbish_has_a_verdict_as_a_draft_and_as_a_source(rubbish: str) -> None:
    assert isinstance(verify(f"{rubbish} [1]", HITS), Refused | Supported)
    verdict = verify("Trawlers landed 96 tonnes of cod [1].", [hit(f"{rubbish} end of it.", "en", "rubbish")])
    assert isinstance(verdict, Refused)


def test_a_sentence_of_no_word_beside_one_of_words_breaks_nothing() -> None:
    document = Document(id="n", text="— … The quay is long.", source="n", sha256="0", language="en", published=HITS_DAY)
    both = Hit(Passage(1, "n", 0, 0, 21, ((0, 3), (4, 21))), document, 1.0, 1, None, (4, 21))
    assert isinstance(verify("The quay is long [1].", [both]), Supported)
