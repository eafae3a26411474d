"""What a drafted sentence may say, by kind of alteration and by language. The sentences are of these tests alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import Document, Hit, Passage, Refused, Supported, verify
from rag.text import split_sentences

BAKERY = (
    "A fire at the Lomond bakery in Perth injured three workers on 4 May, the fire service said. "
    "The owner, Hanna Weir, refused to close the shop. "
    "Inspectors may fine the company up to 20,000 pounds. "
    '"We baked bread the next morning," Weir told reporters. '
    "Some of the ovens were damaged."
)
MILL = (
    "Мельница в городе Осташин закрылась 12 марта, сообщил мэр Павел Гордеев. "
    "Рабочие получат по 40 тысяч рублей. "
    "Гордеев не исключил, что завод купит компания «Зерно-Юг»."
)
BRIDGE = (
    "Мостът край Равнец не издържа и падна на 9 юни, каза кметът Стоян Желев. "
    "Ремонтът ще струва 2,5 милиона евро. "
    "Фирмата „Камък“ планира да го построи за 14 месеца."
)


def hit(text: str, language: str, name: str = "a") -> Hit:
    """The text as one passage of a report of 2027-06-15."""
    document = Document(
        id=name, text=text, source=name, sha256="0", language=language, outlet="Lamp", published=date(2027, 6, 15)
    )
    sentences = split_sentences(text, language=language)
    return Hit(Passage(1, name, 0, 0, len(text), sentences), document, 1.0, 1, None, sentences[0])


HITS = [hit(BAKERY, "en", "bakery"), hit(MILL, "ru", "mill"), hit(BRIDGE, "bg", "bridge")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Three workers were injured on May 4 in a fire at the Lomond bakery in Perth [1].",
        "The owner, Hanna Weir, has refused to close the shop [1].",
        "Inspectors may fine the company up to 20,000 pounds [1].",
        '"We baked bread the next morning," Weir told reporters [1].',
        "Some of the ovens were damaged [1].",
        "12 марта закрылась мельница в Осташине, сообщил мэр Павел Гордеев [2].",
        "Мелницата в град Осташин затвори на 12 март, съобщи кметът Павел Гордеев [2].",
        "Workers will receive 40,000 roubles each [2].",
        "Ремонт будет стоить 2,5 млн евро [3].",
        "The repair will cost 2.5 million euros [3].",
        "Фирмата „Камък“ планира да го построи за 14 месеца [3].",
    ],
)
def test_what_the_passage_says_is_supported_in_every_language(sentence: str) -> None:
    verdict = verify(sentence, HITS)
    assert isinstance(verdict, Supported), verdict
    assert "[" not in verdict.text


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Five workers were injured on May 4 in a fire at the Lomond bakery in Perth [1].", "number"),
        ("Three workers were injured on May 14 in a fire at the Lomond bakery in Perth [1].", "date"),
        ("Three workers were injured on May 4 in a fire at the Lomond bakery in Dundee [1].", "name"),
        ("The owner, Greta Weir, has refused to close the shop [1].", "name"),
        ("Inspectors may fine the company up to 20,000 euros [1].", "unit"),
        ("Inspectors fined the company up to 20,000 pounds [1].", "modality"),
        ("The owner, Hanna Weir, agreed to close the shop [1].", "negation"),
        ('"We sold bread the next morning," Weir told reporters [1].', "altered_quote"),
        ("All of the ovens were damaged [1].", "quantifier"),
        ("The ovens were damaged because of the fire [1].", "cause"),
        ("Neighbours complain about the smell of the river at night [1].", "unsupported"),
        ("Three workers were injured on May 4 in a fire at the Lomond bakery in Perth [3].", "number"),
        ("13 марта закрылась мельница в Осташине, сообщил мэр Павел Гордеев [2].", "date"),
        ("Рабочие получат по 40 тысяч долларов [2].", "unit"),
        ("Рабочие получат по 50 тысяч рублей [2].", "number"),
        ("Мельница в городе Осташин закрылась 12 марта, сообщил мэр Пётр Гордеев [2].", "name"),
        ("Мельница в городе Осташин не закрылась 12 марта, сообщил мэр Павел Гордеев [2].", "negation"),
        ("Мостът край Равнец издържа на 9 юни, каза кметът Стоян Желев [3].", "negation"),
        ("Ремонтът ще струва 2,5 милиарда евро [3].", "number"),
        ("Фирмата „Камък“ построи го за 14 месеца [3].", "modality"),
        ("The repair will cost 2.5 million dollars [3].", "unit"),
        ("Workers will receive 40,000 roubles each [1].", "number"),
        ("Some of the copper ovens were damaged [1].", "unsupported"),
        ("Ночью рабочие получат по 40 тысяч рублей [2].", "unsupported"),
    ],
)
def test_an_altered_sentence_is_refused(sentence: str, code: str) -> None:
    verdict = verify(sentence, HITS)
    assert isinstance(verdict, Refused), verdict
    assert verdict.text == sentence
    assert verdict.code == code or (verdict.code in ("number", "unit") and code in ("number", "unit"))


def test_a_sentence_without_a_mark_and_one_with_a_mark_of_nothing_are_refused() -> None:
    assert verify("Some of the ovens were damaged.", HITS) == Refused(
        "Some of the ovens were damaged.", "It names no passage.", "no_citation"
    )
    for mark in ("[0]", "[4]", "[1][9]", "[99999999999999999999]"):
        verdict = verify(f"Some of the ovens were damaged {mark}.", HITS)
        assert isinstance(verdict, Refused)
        assert verdict.code == "invented_id"


def test_each_citation_is_a_sentence_of_a_named_passage_and_no_more_than_are_needed() -> None:
    verdict = verify("Some of the ovens were damaged, and the repair will cost 2.5 million euros [1][3].", HITS)
    assert isinstance(verdict, Supported), verdict
    quoted = {citation.doc_id: citation.quote for citation in verdict.citations}
    assert quoted == {"bakery": "Some of the ovens were damaged.", "bridge": "Ремонтът ще струва 2,5 милиона евро."}
    texts = {"bakery": BAKERY, "bridge": BRIDGE}
    assert all(texts[c.doc_id][c.start : c.end] == c.quote for c in verdict.citations)


def test_a_passage_that_says_nothing_of_it_is_not_cited() -> None:
    verdict = verify("Some of the ovens were damaged [1][2].", HITS)
    assert isinstance(verdict, Supported), verdict
    assert [citation.doc_id for citation in verdict.citations] == ["bakery"]


def test_the_same_question_has_the_same_answer() -> None:
    sentence = "Ремонт будет стоить 2,5 млн евро [3]."
    assert verify(sentence, HITS) == verify(sentence, HITS)


def test_words_that_are_not_the_articles_own_support_nothing() -> None:
    document = HITS[0].document
    last = HITS[0].passage.sentences[-1]
    skipped = Document(
        id="s", text=document.text, source="s", sha256="0", language="en", published=date(2027, 6, 15), skipped=(last,)
    )
    verdict = verify("Some of the ovens were damaged [1].", [Hit(HITS[0].passage, skipped, 1.0, 1, None, HITS[0].best_sentence)])
    assert isinstance(verdict, Refused)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "[1]",
        "[1][2][3]",
        "… — !!! [1]",
        "x" * 5000 + " [1]",
        "Inspectors may fine the company up to 20\u200b0,000 pounds [1].",
        "Inspectors may fine the company up to ９０,０００ pounds [1].",
        "The owner, Наnna Wеrner, has refused to close the shop [1].",  # Cyrillic letters in both names
        "\u202eThree workers were injured [1]",
        "«Мы закрыли» «мельницу» «„навсегда“» [2].",
    ],
)
def test_hostile_text_is_refused_and_breaks_nothing(sentence: str) -> None:
    assert isinstance(verify(sentence, HITS), Refused)


def test_what_is_quoted_within_quotation_marks_of_three_kinds_is_read() -> None:
    assert isinstance(verify("«„“We sold”“» [1]", HITS), Refused)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120), st.lists(st.integers(0, 5), max_size=3))
def test_whatever_a_model_writes_has_a_verdict_with_true_citations(text: str, marks: list[int]) -> None:
    sentence = text + "".join(f"[{mark}]" for mark in marks)
    verdict = verify(sentence, HITS)
    if isinstance(verdict, Supported):
        texts = {one.document.id: one.document.text for one in HITS}
        assert verdict.citations
        assert all(texts[c.doc_id][c.start : c.end] == c.quote for c in verdict.citations)
    else:
        assert verdict.text == sentence


@pytest.mark.parametrize(
    "text", [BAKERY, MILL, BRIDGE, "The Orm flows to Lindt, and the Orm is deep near Lindt. Orm is its old name."]
)
def test_each_sentence_of_a_passage_is_supported_by_it(text: str) -> None:
    language = "en" if text.isascii() else "ru" if "ы" in text else "bg"
    source = hit(text, language)
    for start, end in source.passage.sentences:
        verdict = verify(f"{text[start:end].strip()} [1]", [source])
        assert isinstance(verdict, Supported), verdict


GRANT = hit(
    "The European Bank for Reconstruction and Development will lend the port of Varnitsa 30 million euros, the harbour master, "
    "Otto Brandel, said on Friday. A new pier will be built by 2029.",
    "en",
    "grant",
)
PARTY = hit(
    "Оппозиционный блок «Чистый берег» внёс в среду жалобу в Конституционный суд. "
    "Центральный рынок закроют на ремонт 3 мая, сообщила мэр Ирма Далевич.",
    "ru",
    "party",
)
CLINIC = hit("Здравният министър Дора Велинска обяви в петък, че болницата в Дряновец ще получи четири линейки.", "bg", "clinic")


@pytest.mark.parametrize(
    ("sentence", "given"),
    [
        ("ЕБВР ще отпусне на пристанището във Варница 30 милиона евро [1].", GRANT),
        ("The opposition bloc Clean Coast filed a complaint with the Constitutional Court on Wednesday [1].", PARTY),
        ("The Central Market will be closed for repairs on May 3, Mayor Irma Dalevich said [1].", PARTY),
        ("The Bulgarian health minister, Dora Velinska, announced on Friday that the Dryanovets hospital will get four"
         " ambulances [1].", CLINIC),
    ],
)  # fmt: skip
def test_a_name_may_be_abbreviated_translated_or_that_of_the_reports_own_country(sentence: str, given: Hit) -> None:
    verdict = verify(sentence, [given])
    assert not isinstance(verdict, Refused) or verdict.code != "name", verdict


@pytest.mark.parametrize(
    ("sentence", "given"),
    [
        ("МВФ ще отпусне на пристанището във Варница 30 милиона евро [1].", GRANT),
        ("A new pier will be built by 2029, Otto Brendel said [1].", GRANT),
        ("The Central Market will be closed for repairs on May 3, Mayor Irena Dalevich said [1].", PARTY),
        ("President Irma Dalevich said the Central Market will be closed for repairs on May 3 [1].", PARTY),
        ("The Romanian health minister, Dora Velinska, announced on Friday that the Dryanovets hospital will get four"
         " ambulances [1].", CLINIC),
        ("Белослатино ще получи четири линейки, обяви в петък здравният министър Дора Велинска [1].", CLINIC),
    ],
)  # fmt: skip
def test_another_name_is_refused_however_like_it_is(sentence: str, given: Hit) -> None:
    verdict = verify(sentence, [given])
    assert isinstance(verdict, Refused), verdict
    assert verdict.code == "name"
