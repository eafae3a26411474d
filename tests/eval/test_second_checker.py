"""The second opinion: what it complains of in a sentence that is shown, and what it lets pass, in three languages."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from eval import second_checker
from eval.drafts import FILES, load_drafts
from eval.second_checker import check, days, quantities, skeletons, word_value

EN = "The Aurelia left Port Doran on Tuesday with 212 people. Nine nautical miles out its rudder failed, Lidia Kostova said."
RU = "Генерал Нильс Рённов из Дании велел отвести орудия на 15 км за два с половиной часа. «Мы ждём до весны», — сказал он."
BG = "Компанията „Горна Майнинг“ губи по 600 хиляди лева на ден, а складовете са пълни за осемнайсет дни."


def claim(text: str, quote: str, *, published: str = "2027-05-05", document: str | None = None) -> list[str]:
    """The complaints about a sentence with one quotation."""
    text_of = quote if document is None else document
    start = text_of.find(quote)
    citation = {
        "doc_id": "a",
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "published": published,
        "outlet": "Tide",
    }
    return check({"text": text, "citations": [citation]}, {"a": text_of})


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The Aurelia sailed from Port Doran on 4 May with 212 people aboard [1].", EN),
        ("Кормилото на „Аурелия“ отказало на около 17 км от брега, разказва Лидия Костова.", EN),
        ("Паром «Аурелия» вышел из Порт-Дорана во вторник, 4 мая.", EN),
        ("Nils Rönnov, a Danish general, wants the guns pulled back 15 km within 150 minutes.", RU),
        ("Нилс Рьонов настоя оръдията да се изтеглят на 15 000 метра за два часа и половина.", RU),
        ("Gorna Mining loses 0.6 million leva a day and has stocks for 18 days.", BG),
        ("«Горна Майнинг» теряет 600 000 левов в день.", BG),
        ("According to Tide, «Мы ждём до весны» were his words.", RU),
    ],
)
def test_a_true_sentence_passes_in_whatever_language_and_wording(text: str, quote: str) -> None:
    assert claim(text, quote) == []


@pytest.mark.parametrize(
    ("text", "quote", "complaint"),
    [
        ("The Aurelia left Port Doran with 221 people.", EN, "number is not in the quotations: '221'"),
        ("The rudder of the Aurelia failed about 19 kilometres out.", EN, "number is not in the quotations: '19'"),
        ("The rudder of the Aurelia failed nine miles out.", EN, "number is not in the quotations: 'nine'"),
        ("The Aurelia left Port Doran on 5 May.", EN, "date is not in the quotations: '5 may'"),
        ("The Aurelia left Port Doran on Wednesday.", EN, "date is not in the quotations: 'wednesday'"),
        ("«Аурелия» вышла из порта в мае 2026 года.", EN, "date is not in the quotations: 'мае 2026'"),
        ("Судно 2026 года постройки потеряло руль.", EN, "number is not in the quotations: '2026'"),
        ("The rudder failed, said Lidia Kostadinova.", EN, "name is not in the quotations: 'Kostadinova'"),
        ("Генералът Нилс Рьомер поиска оръдията да се изтеглят.", RU, "name is not in the quotations: 'Рьомер'"),
        ("Общее число составило три тысячи.", RU, "number is not in the quotations: 'три тысячи'"),
        ("«Мы ждём до осени», — сказал Рённов.", RU, "direct speech is not in the quotations: 'Мы ждём до осени'"),
        ("Загубите са 600 хиляди евро на ден.", BG, "number is not in the quotations: '600 хиляди'"),
        ("Загубите са 600 милиона лева на ден.", BG, "number is not in the quotations: '600 милиона'"),
        ("Складовете са пълни за осемдесет дни.", BG, "number is not in the quotations: 'осемдесет'"),
        ("See [here](https://evil.example) for more.", EN, "markup or a link in the sentence"),
        ("The rudder failed.<img src=x>", EN, "markup or a link in the sentence"),
    ],
)
def test_what_the_quotations_do_not_hold_is_complained_of(text: str, quote: str, complaint: str) -> None:
    assert complaint in claim(text, quote)


def test_a_quotation_must_be_the_text_at_its_offsets() -> None:
    assert claim("The rudder failed.", "its rudder failed", document=EN) == []
    (complaint,) = claim("The rudder failed.", "its rudder broke", document=EN)
    assert complaint.startswith("the quotation is not the text of 'a' at its offsets")
    shifted = {"doc_id": "a", "start": 1, "end": 4, "quote": "The"}
    assert check({"text": "The", "citations": [shifted]}, {"a": EN})[0].startswith("the quotation is not the text of 'a'")
    citation = {"doc_id": "b", "start": 0, "end": 3, "quote": "The"}
    assert check({"text": "The", "citations": [citation]}, {"a": EN}) == ["quotation of an unknown document 'b'"]
    assert check({"text": "The rudder failed.", "citations": []}, {"a": EN}) == ["no quotation"]


def test_the_first_word_counts_where_the_document_has_it_as_a_name() -> None:
    quote = "Its rudder failed, said Lidia Kostova."
    document = f"{quote} It was built by Stoyan Velev."
    assert claim("Velev said that the rudder failed.", quote, document=document) == ["name is not in the quotations: 'Velev'"]
    assert claim("Passengers heard that the rudder failed.", quote, document=document) == []


def test_a_date_may_be_meant_by_a_weekday_yesterday_or_last_year() -> None:
    for said, asked in (
        ("It burned yesterday.", "It burned on 4 May."),
        ("Сгорело во вторник.", "It burned on May 4, 2027."),
        ("It burned on May 4.", "Изгоря във вторник."),
        ("Изгоря на 4 юни миналата година.", "It burned on 4 June 2026."),
        ("Сгорело 04.05.2027.", "Изгоря на 4 май."),
    ):
        assert claim(asked, said) == [], (said, asked)
    assert claim("It burned on 3 May.", "It burned yesterday.") != []
    assert [day.month for day in days("Марта Костова пришла в марте, Martha may march in May.")] == [3, 5]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two hundred and twelve", 212),
        ("twenty-four", 24),
        ("сто сорок восемь", 148),
        ("двести двадцати пяти", 225),
        ("сорок один", 41),
        ("двайсет и четири", 24),
        ("сто трийсет и шест", 136),
        ("две и половина", 2.5),
        ("полтора миллиона", 1.5e6),
        ("3,2 млрд", 3.2e9),
        ("1,200", 1200),
        ("18 600", 18600),
        ("8,4 милиона", 8.4e6),
        ("210-million-dollar", 2.1e8),
        ("three thousand", 3000),
    ],
)
def test_numbers_are_read_in_digits_and_words(text: str, value: float) -> None:
    (quantity,) = quantities(text)
    assert quantity.value == pytest.approx(value)


def test_words_that_only_begin_like_numbers_are_none() -> None:
    assert [word_value(word) for word in ("вторник", "стоп", "tent", "петък", "четверть", "five", "пятого", "Пети")] == [
        None,
        None,
        None,
        None,
        None,
        5,
        5,
        5,
    ]


@pytest.mark.parametrize(
    "spellings",
    [
        ("Pyongyang", "Пхеньян", "Пхенян"),
        ("Zelensky", "Зеленский", "Зеленски", "Zelenskyy"),
        ("Wallberg", "Валльберг", "Валберг"),
        ("Sander", "Зандер"),
        ("Josef", "Йозеф"),
        ("James", "Джеймс"),
        ("Geneva", "Женева"),
        ("EU", "ЕС"),
        ("German", "немецкий"),
        ("Charles", "Чарльз"),
    ],
)
def test_spellings_of_a_name_share_a_skeleton(spellings: tuple[str, ...]) -> None:
    for other in spellings[1:]:
        assert skeletons(spellings[0]) & skeletons(other), other


def test_it_shares_no_code_with_the_product() -> None:
    for name in ("second_checker", "second_tables"):
        tree = ast.parse((Path(second_checker.__file__).parent / f"{name}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            modules += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            ours = [module for module in modules if module.partition(".")[0] not in sys.stdlib_module_names]
            assert ours in ([], ["eval.second_tables"])


def test_of_our_own_drafts_it_passes_the_correct_and_stops_most_altered_ones(root: Path) -> None:
    complained: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for file in FILES.values():
        for draft in load_drafts(root / "eval" / "cases" / file):
            cited = [passage for passage in draft.passages if passage.id in draft.marks]
            citations: list[dict[str, Any]] = [
                {"doc_id": p.doc, "start": 0, "end": len(p.text), "quote": p.text, "published": str(p.published)} for p in cited
            ]
            faults = check({"text": draft.draft, "citations": citations}, {p.doc: p.text for p in cited})
            of[draft.label] += 1
            complained[draft.label] += bool(faults)
    share = {label: complained[label] / of[label] for label in of}
    # It shares nothing with the verifier, so abbreviations, translated names and figures in other forms are beyond it: .043 over
    # the four parts written to one plan, .095 with those written to put things in as many ways as can be.
    assert share["correct"] <= 0.11
    assert share["no_citation"] == 1
    assert share["altered_quote"] >= 0.97
    # the quotation being a whole passage, a wrong value may stand there in another role
    assert min(share[label] for label in ("number", "date", "unit", "wrong_source")) >= 0.6
    assert share["name"] >= 0.5
