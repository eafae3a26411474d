"""What the command line prints for a reader: pure functions, no archive."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from rag.answer.quote import cite
from rag.cli import output
from rag.types import (
    Abstention,
    Answer,
    Claim,
    Conflict,
    Derived,
    Document,
    Query,
    Side,
    Silence,
    Support,
    Timeline,
    TimelineEvent,
)

TEXT = "Переговоры прошли в порту. Стороны говорили два часа."
SHOW = output.ShowCommand(None, sample=False)
HOSTILE = "[red]Цена[/red] \x1b]0;взлом\x07\x1b[2J\u202eтекст\x9b31m"


def document(doc_id: str = "d1", *, title: str | None = "Порт", outlet: str | None = None, language: str = "ru") -> Document:
    return Document(doc_id, TEXT, f"/{doc_id}", "0", title=title, outlet=outlet, published=date(2025, 9, 3), language=language)


def answer(*claims: Claim, abstention: Abstention | None = None, conflicts: tuple[Conflict, ...] = ()) -> Answer:
    query = Query("How long did they talk?")
    return Answer(query, "en", claims, conflicts, abstention, 0.93, (), (), (), "extractive", None, "f")


def conflict(*sides: Side, relation: Literal["contradiction", "update"] = "contradiction") -> Conflict:
    return Conflict("number", relation, sides)


def shown(given: Answer) -> str:
    return "\n".join(line.text for line in output.answer_lines(given, SHOW) if isinstance(line, output.Line))


def test_a_claim_is_printed_with_its_sources_numbered() -> None:
    first, second = cite(document("d1"), 27, 53), cite(document("d 2", outlet="Вестник"), 0, 26)
    text = shown(answer(Claim(first.quote, (first, second))))
    assert "“Стороны говорили два часа.” [1][2]" in text
    assert "[1] outlet unknown" in text
    assert "[2] Вестник" in text
    assert "sverka show --span 27:53 d1" in text
    assert "sverka show --span 0:26 'd 2'" in text
    assert "(confidence 0.93)" in text


@pytest.mark.parametrize(
    ("archive", "sample", "command"),
    [
        (None, True, "sverka show --span 0:9 --sample статья-1"),
        (Path("мой архив"), False, "sverka show --span 0:9 --archive 'мой архив' статья-1"),
    ],
)
def test_the_command_to_look_a_quotation_up_names_the_same_archive(archive: Path | None, sample: bool, command: str) -> None:
    show = output.ShowCommand(archive, sample)
    assert show("статья-1", (0, 9)) == command
    assert shlex.split(show("it's $HOME\"", (0, 9)))[-1] == "it's $HOME\""
    assert shlex.split(show("-1", (0, 9)))[-2:] == ["--", "-1"]


def test_the_language_of_a_quotation_is_named_where_it_is_not_the_question_s() -> None:
    foreign, own = cite(document(), 27, 53), cite(document(language="en"), 27, 53)
    assert "Quoted in Russian." in shown(answer(Claim(foreign.quote, (foreign,))))
    assert "Quoted in" not in shown(answer(Claim(own.quote, (own,))))


def test_a_citation_whose_words_differ_from_the_claim_is_quoted_itself() -> None:
    first, second = cite(document("d1"), 27, 53), cite(document("d2"), 0, 26)
    text = shown(answer(Claim(first.quote, (first, second))))
    assert text.count("“Стороны говорили два часа.”") == 1
    assert text.count("“Переговоры прошли в порту.”") == 1


def test_an_abstention_says_why() -> None:
    text = shown(answer(abstention=Abstention("nothing_in_scope", "No article is that old.")))
    assert text.startswith("No answer.\nNo article is that old.")


def test_sources_that_differ_are_shown_in_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    sides = (
        Side("2 часа", (cite(document("d1", outlet="Вестник"), 27, 53),), scope="alone", attribution="ТАСС"),
        Side("3 часа", (cite(document("d2"), 0, 26), cite(document("d3", outlet="Листок"), 0, 26))),
    )
    quoted = cite(document(), 27, 53)
    output.write_lines(output.answer_lines(answer(Claim(quoted.quote, (quoted,)), conflicts=(conflict(*sides),)), SHOW))
    printed = capsys.readouterr().out
    assert "Sources contradict each other (number):" in printed
    assert "2 часа (alone)" in printed
    for word in ("value", "whose statement", "reported", "quotation", "ТАСС", "Вестник", "outlet unknown", "Листок"):
        assert word in printed
    assert max(map(len, printed.splitlines())) <= 100


def test_an_update_says_that_its_oldest_side_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    sides = (Side("12", (cite(document("d1"), 27, 53),)), Side("15", (cite(document("d2"), 0, 26),)))
    quoted = cite(document(), 27, 53)
    output.write_lines(
        output.answer_lines(answer(Claim(quoted.quote, (quoted,)), conflicts=(conflict(*sides, relation="update"),)), SHOW)
    )
    printed = capsys.readouterr().out
    assert "oldest first" in printed
    assert printed.index(" 12 ") < printed.index(" 15 ")


def test_whose_statement_values_support_and_silence_are_printed() -> None:
    quoted = cite(document(), 27, 53)
    claim = Claim(
        quoted.quote,
        (quoted,),
        attribution="ТАСС",
        derived=(Derived("duration", "два часа", "2 hours"), Derived("date", "вчера", "2 September 2025", resolved=True)),
        support=Support(7, 7, 3),
    )
    given = replace(
        answer(claim), as_of=date(2025, 9, 3), silent=(Silence("language", "bg", 12), Silence("outlet", "Вестник", 1))
    )
    text = shown(given)
    assert "ТАСС: “Стороны говорили два часа.” [1]" in text
    assert "“два часа” is 2 hours\n" in text
    assert "“вчера” is 2 September 2025 (worked out from the day of the report)" in text
    assert "Said by 7 reports, 7 outlets, 3 independent." in text
    assert "Nothing on it: Bulgarian (12 reports), Вестник (1 report)" in text
    assert text.startswith("As of 2025-09-03")


def test_a_timeline_is_a_table_of_days(capsys: pytest.CaptureFixture[str]) -> None:
    quoted = cite(document(outlet="Вестник"), 27, 53)
    resolved = TimelineEvent(date(2025, 9, 2), date(2025, 9, 2), quoted, date(2025, 9, 3), "вчера", resolved=True)
    unsaid = TimelineEvent(date(2025, 9, 3), date(2025, 9, 3), quoted, date(2025, 9, 3))
    output.write_lines(output.timeline_lines(Timeline(Query("What happened?"), (resolved, unsaid))))
    printed = " ".join(capsys.readouterr().out.split())
    assert "2025-09-02 “вчера”" in printed
    assert "worked out" in printed
    assert "day of the" in printed
    for first, last, said in (
        (date(1968, 1, 1), date(1968, 12, 31), "1968 day of"),
        (date(2023, 11, 1), date(2023, 11, 30), "2023-11 day of"),
        (date(2023, 12, 1), date(2023, 12, 31), "2023-12 day of"),
        (date(2023, 12, 1), date(2023, 12, 3), "2023-12-01 to day of the report"),
    ):
        event = TimelineEvent(first, last, quoted, date(2025, 9, 3))
        output.write_lines(output.timeline_lines(Timeline(Query("What happened?"), (event,))))
        assert said in " ".join(capsys.readouterr().out.split())
    output.write_lines(output.timeline_lines(Timeline(Query("What happened?"), ())))
    assert "No dated event" in capsys.readouterr().out


def test_an_article_cannot_act_on_the_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    quoted = cite(document(title=HOSTILE, outlet=HOSTILE), 27, 53)
    output.write_lines(output.answer_lines(answer(Claim(quoted.quote, (quoted,))), SHOW))
    output.write_document(document(title=HOSTILE), None)
    printed = capsys.readouterr().out
    assert "[red]Цена[/red]" in printed
    assert not {"\x07", "\x9b", "\u202e"} & set(printed)
    assert "\x1b]" not in printed
    assert "\x1b[2J" not in printed
    assert r"\x1b]0;" in printed


def test_json_is_the_same_value_and_holds_no_terminal_command(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"title": HOSTILE, "text": 'tab\there, "quotes" and a line\nend'}
    output.write_json(value)
    printed = capsys.readouterr().out
    assert json.loads(printed) == value
    assert "Цена" in printed
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(printed)


def test_lines_are_wrapped_on_a_terminal_and_whole_elsewhere(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = output.Line("слово " * 40, indent=4)
    output.write_lines([line])
    assert len(capsys.readouterr().out.splitlines()) == 1
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "50")
    output.write_lines([line])
    rows = capsys.readouterr().out.splitlines()
    assert len(rows) > 4
    assert all(row.startswith("    слово") and len(row) <= 50 for row in rows)


def test_a_document_is_printed_whole_with_the_quotation_marked(capsys: pytest.CaptureFixture[str]) -> None:
    output.write_document(document(), (27, 53))
    assert "Переговоры прошли в порту. ⟦Стороны говорили два часа.⟧" in capsys.readouterr().out


@pytest.mark.parametrize(("start", "end"), [(0, 53), (5, 6), (52, 53)])
def test_marking_a_quotation_changes_no_other_character(capsys: pytest.CaptureFixture[str], start: int, end: int) -> None:
    skipping = Document("d", TEXT, "/d", "0", skipped=((0, 10), (20, 30)))
    output.write_document(skipping, (start, end))
    printed = capsys.readouterr().out
    assert printed.rstrip("\n").endswith(f"{TEXT[:start]}⟦{TEXT[start:end]}⟧{TEXT[end:]}")
