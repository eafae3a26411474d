"""Whose statement a sentence is: labelled sentences in three languages, half of which the rules were not tuned on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from rag.answer.said.attribution import Attributed, attribution, stated

DATA = Path(__file__).resolve().parent
KINDS = {"p": "person", "b": "body", "a": "agency", "o": "outlet", "?": "person"}
_MARK = re.compile(r"\[([pbaov?]):([^\]]*)\]|([{}])")


class Sentence(NamedTuple):
    language: str
    text: str
    start: int
    end: int
    speaker: str | None
    kind: str | None
    via: str | None
    direct: bool
    resolved: bool
    line: str


class Rates(NamedTuple):
    """`found`: precision and recall of there being a speaker; `exact`: the share of those found that are right to the letter."""

    precision: float
    recall: float
    exact: float
    kind: float
    other: float
    wrong: list[str]


def labelled(half: str) -> Iterator[Sentence]:
    language = ""
    for line in (DATA / f"attributions_{half}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("== "):
            language = line[3:]
            continue
        direct, marked = line.startswith("> "), line.removeprefix("> ").replace("\\n", "\n")
        text, at, marks = "", 0, {}
        start, end = 0, None
        for match in _MARK.finditer(marked):
            text += marked[at : match.start()]
            at = match.end()
            if match[3] == "{":
                start = len(text)
            elif match[3] == "}":
                end = len(text)
            else:
                marks[match[1]] = match[2]
                text += match[2]
        text += marked[at:]
        via = marks.pop("v", None)
        kind, speaker = next(iter(marks.items()), (None, None))
        yield Sentence(
            language, text, start, len(text) if end is None else end, speaker, KINDS[kind] if kind else None, via, direct,
            kind != "?", line,
        )  # fmt: skip


def rates(half: str, language: str) -> Rates:
    sentences = [sentence for sentence in labelled(half) if sentence.language == language]
    found = [(s, attribution(s.text, s.start, s.end, language)) for s in sentences]
    both = [(s, a) for s, a in found if s.speaker and a]
    exact = [(s, a) for s, a in both if a.speaker == s.speaker]
    rest = [(s, a) for s, a in exact if (a.via, a.direct, a.resolved) == (s.via, s.direct, s.resolved)]
    return Rates(
        precision=len(both) / max(1, sum(a is not None for _, a in found)),
        recall=len(both) / sum(s.speaker is not None for s in sentences),
        exact=len(exact) / len(both),
        kind=sum(a.kind == s.kind for s, a in exact) / len(exact),
        other=len(rest) / len(exact),
        wrong=[f"{s.line} -> {a and (a.speaker, a.kind, a.via, a.direct, a.resolved)}" for s, a in found if not _right(s, a)],
    )


def _right(sentence: Sentence, found: Attributed | None) -> bool:
    expected = (sentence.speaker, sentence.kind, sentence.via, sentence.direct, sentence.resolved)
    if found is None or sentence.speaker is None:
        return found is None and sentence.speaker is None
    return expected == (found.speaker, found.kind, found.via, found.direct, found.resolved)


@pytest.mark.parametrize(
    ("half", "least"), [("tuned", 0.95), ("unseen", 0.9), ("first", 0.95), ("second", 0.92), ("third", 0.92)]
)
@pytest.mark.parametrize("language", ["bg", "ru", "en"])
def test_speakers_are_found_and_only_where_there_is_one(half: str, least: float, language: str) -> None:
    sentences = [sentence for sentence in labelled(half) if sentence.language == language]
    assert len(sentences) >= 40
    assert sum(sentence.speaker is None for sentence in sentences) >= 13
    found = rates(half, language)
    assert min(found.precision, found.recall, found.exact, found.kind, found.other) >= least, found.wrong


def in_text(text: str, sentence: str, language: str) -> Attributed | None:
    start = text.index(sentence)
    return attribution(text, start, start + len(sentence), language)


def test_the_speaker_is_the_texts_own_slice() -> None:
    for half in ("tuned", "unseen", "first", "second", "third"):
        for s in labelled(half):
            found = attribution(s.text, s.start, s.end, s.language)
            assert found is None or s.text[found.start : found.end] == found.speaker


def test_a_name_in_quotation_marks_is_not_cut_open() -> None:
    text = "Жертв нет, сообщает газета «Вартимские ведомости». Дождь."
    found = in_text(text, "Жертв нет, сообщает газета «Вартимские ведомости».", "ru")
    assert found is not None
    assert found.speaker == "газета «Вартимские ведомости»"


def test_every_sentence_of_a_long_quotation_has_its_speaker() -> None:
    text = "“We had no boats. The radio was dead. Nobody came until noon,” said Ada Reeve, the pilot.\nIt rained."
    for sentence in ("We had no boats.", "The radio was dead."):
        found = in_text(text, sentence, "en")
        assert found is not None
        assert (found.speaker, found.direct) == ("Ada Reeve", True)
    assert in_text(text, "It rained.", "en") is None


def test_names_in_the_marks_of_the_quotation_do_not_end_it() -> None:
    text = "„Благодаря на екипа. Партия „Нов бряг“ ще ви подкрепи. Ще се видим“, каза Петров."
    found = in_text(text, "Партия „Нов бряг“ ще ви подкрепи.", "bg")
    assert found is not None
    assert found.speaker == "Петров"


def test_a_quotation_that_nobody_is_named_for_has_no_speaker() -> None:
    text = "Мария Петрова дойде рано.\n„Чакаме от сутринта. Няма кой да ни каже нищо.“\nОпашката растеше."
    assert in_text(text, "„Чакаме от сутринта.", "bg") is None


def test_a_pronoun_stands_for_who_said_the_sentence_before() -> None:
    text = "Мост закрыт, сообщил мэр Степан Видев. Он добавил, что Анна Керн и Борис Жук уже едут. По его словам, это надолго."
    for sentence in ("Он добавил, что Анна Керн и Борис Жук уже едут.", "По его словам, это надолго."):
        found = in_text(text, sentence, "ru")
        assert found is not None
        assert (found.speaker, found.resolved) == ("мэр Степан Видев", True)
        assert text[found.start : found.end] == found.speaker


def test_a_pronoun_after_two_names_stays_a_pronoun() -> None:
    found = in_text("Anna Kern met Boris Zhuk in Velm. She said the deal was done.", "She said the deal was done.", "en")
    assert found is not None
    assert (found.speaker, found.resolved) == ("She", False)


def test_pronouns_that_lead_in_a_circle_end() -> None:
    text = "„Идвам. Чакайте ме“, каза той. „Скоро“, добави той."
    for sentence in ("„Идвам.", "Чакайте ме“, каза той.", "„Скоро“, добави той."):
        found = in_text(text, sentence, "bg")
        assert found is None or not found.resolved


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("bg", "Двама са загинали, съобщи кметът Стоян Видев.", "Двама са загинали"),
        ("bg", "Говорителят на МВР каза, че няма пострадали.", "няма пострадали"),
        ("ru", "По данным полиции, в шествии было три тысячи человек.", "в шествии было три тысячи человек"),
        ("ru", "«Мост безопасен, мы проверили», — сказал мэр.", "Мост безопасен, мы проверили"),
        ("en", "The fire is out, the mayor told reporters.", "The fire is out"),
        ("en", "The company said that the mill would close in May.", "the mill would close in May"),
        ("en", "Twelve people were hurt on Monday.", "Twelve people were hurt on Monday."),
        ("ru", "Об этом сообщил мэр.", "Об этом сообщил мэр."),
        ("de", "Der Bürgermeister sagte, es sei vorbei.", "Der Bürgermeister sagte, es sei vorbei."),
    ],
)
def test_what_is_stated_is_the_sentence_without_its_attribution(language: str, sentence: str, expected: str) -> None:
    text = f"Before. {sentence} After."
    start, end = stated(text, 8, 8 + len(sentence), language)
    assert text[start:end] == expected


@pytest.mark.parametrize(
    "text", ["", "   ", "…", "«»", "„", "said", "said said said", "каза", "— ", "according to", "по словам", "12 said."]
)
def test_odd_texts_attribute_nothing_and_break_nothing(text: str) -> None:
    for language in ("bg", "ru", "en", "de", None):
        assert attribution(text, 0, len(text), language) is None
        assert stated(text, 0, len(text), language) == (0, len(text))


@pytest.mark.parametrize(
    ("language", "line", "agency"),
    [
        ("en", "PARIS (AP) — ", "AP"),
        ("en", "LONDON, Oct 3 (Reuters) - ", "Reuters"),
        ("en", "TOKYO, Nov. 4 (Kyodo) -- ", "Kyodo"),
        ("en", "SEOUL, South Korea (AP) — ", "AP"),
        ("ru", "ПХЕНЬЯН, 10 окт — РИА Новости. ", "РИА Новости"),
        ("ru", "МОСКВА, 3 октября. /ТАСС/. ", "ТАСС"),
        ("ru", "ТАСС, 3 октября. ", "ТАСС"),
        ("ru", "Москва. 10 октября. ИНТЕРФАКС - ", "ИНТЕРФАКС"),
        ("bg", "София. /БТА/ ", "БТА"),
        ("bg", "СОФИЯ, 3 октомври (БТА) – ", "БТА"),
    ],
)
def test_the_agency_of_a_dateline_is_where_the_report_comes_from(language: str, line: str, agency: str) -> None:
    report, said, speaker = {
        "en": ("The bridge was closed on Monday.", "The bridge is closed, police said.", "police"),
        "ru": ("Мост закрыли в понедельник.", "Мост закрыт, сообщила полиция.", "полиция"),
        "bg": ("Мостът бе затворен в понеделник.", "Мостът е затворен, съобщи полицията.", "полицията"),
    }[language]
    for start in (0, len(line)):  # as one sentence with its dateline, and as one of its own after it
        text = f"{line}{report} Later."
        found = attribution(text, start, len(line) + len(report), language)
        assert found is not None
        assert (found.speaker, found.kind, text[found.start : found.end]) == (agency, "agency", agency)
        found = attribution(f"{line}{said}", start, len(line) + len(said), language)
        assert found is not None
        assert (found.speaker, found.via) == (speaker, agency)
    text = f"{line}{report} {report}"
    assert attribution(text, len(line) + len(report) + 1, len(text), language) is None
    start, end = stated(f"{line}{report}", 0, len(line) + len(report), language)
    assert f"{line}{report}"[start:end] == report


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The AP (Advanced Placement) exam - a test - was held."),
        ("en", "The mayor (a former teacher) — and his wife — left."),
        ("ru", "Агентство (основано в 1904 году) — старейшее в стране."),
        ("bg", "Мостът /стар и тесен/ бе затворен."),
    ],
)
def test_other_brackets_at_the_beginning_are_no_dateline(language: str, text: str) -> None:
    assert attribution(text, 0, len(text), language) is None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("bg", "Според АП на парада са били 20 хиляди души.", ("АП", "agency", None)),
        ("ru", "По сообщениям ЦТАК, ракета упала в море.", ("ЦТАК", "agency", None)),
        ("en", "A missile was fired on Friday, reports by KCNA say.", ("KCNA", "agency", None)),
        ("ru", "По предварительным данным полиции, погибли двое.", ("полиции", "body", None)),
        ("ru", "Никто не пострадал, сообщили РИА Новости в мэрии Вельска.", ("мэрии Вельска", "body", "РИА Новости")),
        ("en", "The mayor visited the camp on Friday and said that more tents were on the way.", ("The mayor", "person", None)),
        (
            "bg",
            "Министърът на отбраната посети базата и обяви, че учението се отлага.",
            ("Министърът на отбраната", "person", None),
        ),
        ("ru", "Мэр осмотрел дамбу и заявил, что угрозы нет.", ("Мэр", "person", None)),
        (
            "bg",
            "Доклад на Агенцията по храните сочи, че вирусът се разпространява.",
            ("Доклад на Агенцията по храните", "body", None),
        ),
        ("en", "The ministry put the death toll at 12.", ("The ministry", "body", None)),
        ("bg", "Учените определят находката като уникална.", ("Учените", "body", None)),
        ("en", "Ticket prices depend on age, according to the rules.", None),
        ("en", "A sign on the gate says the park is closed.", None),
        ("bg", "Според закона срокът е един месец.", None),
        ("ru", "Согласно расписанию, поезд приходит в шесть.", None),
        ("en", "When you travel, expect things to be different.", None),
        ("bg", "Пред БТА бе открита изложба.", None),
    ],
)
def test_who_is_named_in_one_of_many_ways_is_found(
    language: str, text: str, expected: tuple[str, str, str | None] | None
) -> None:
    found = attribution(text, 0, len(text), language)
    assert (found and (found.speaker, found.kind, found.via)) == expected
