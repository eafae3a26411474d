"""What stands beside an answer: where its sources differ, and how far it carries."""

from __future__ import annotations

import re
from html import unescape
from types import SimpleNamespace

import pytest

from rag.types import Answer, Conflict, Event, Packing, Query, Side, Silence
from ui import record
from ui.turn import Turn


def turn(answer: Answer) -> Turn:
    return Turn(1, "q", Query("q")).after(Event("answer", answer=answer))


def words_of(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def row(markup: str, name: str) -> str:
    """What a line of the record says."""
    found = re.search(rf"<dt>{name}</dt><dd>(.*?)</dd>", markup)
    return words_of(found[1]) if found else ""


def conflicting(press: SimpleNamespace, relation: str) -> Turn:
    """An answer whose later report comes first."""
    later = Side("понедельник", (press.quoting(press.most, "Новый мост открыли в понедельник."),), "the new one", "the mayor")
    earlier = Side("Monday", (press.quoting(press.bridge, "The new bridge at Lower Mill opened on Monday."),))
    return turn(press.answer("q", conflicts=(Conflict("date", relation, (later, earlier)),)))  # type: ignore[arg-type]


def test_a_conflict_is_a_table_of_values_by_outlet(press: SimpleNamespace) -> None:
    shown = record.differences(conflicting(press, "contradiction"))
    table = re.search(r"<table.*?</table>", shown)[0]  # type: ignore[index]
    assert words_of(re.search(r"<caption>.*?</caption>", table)[0]) == "The sources contradict one another about the day."  # type: ignore[index]
    sources = re.findall(r'<th scope="row">.*?<b>(.*?)</b>', table)
    assert [words_of(outlet) for outlet in sources] == ["Заречный вестник", "Mill Gazette"]
    values = [words_of(cell) for cell in re.findall(r"<td>(.*?)</td>", table)]
    assert values == ["понедельник the new one According to the mayor", "Monday"]
    assert re.findall(r'data-ref="([^"]*)"', table) == ["1:1", "1:0"]


def test_what_changed_over_time_is_a_path_from_the_earliest_report_to_the_latest(press: SimpleNamespace) -> None:
    shown = record.differences(conflicting(press, "update"))
    assert 'class="conflict path"' in shown
    assert re.findall(r"<td>.*?>([^<>]+)<", shown) == ["Monday", "понедельник"]
    assert "path" not in record.differences(conflicting(press, "contradiction"))


def test_an_answer_without_conflicts_has_no_word_about_them(press: SimpleNamespace) -> None:
    assert record.differences(turn(press.answer("q"))) == ""


def test_what_was_searched_and_had_nothing_is_named_the_largest_first_and_the_rest_one_click_away(press: SimpleNamespace) -> None:
    outlets = tuple(Silence("outlet", f"Outlet {n}", n) for n in range(1, 7))
    shown = record.record(turn(press.answer("q", silent=(Silence("language", "bg", 24), Silence("language", "ar", 0), *outlets))))
    said = row(shown, "Nothing found in")
    assert said.startswith("Bulgarian (24 documents) Outlet 6 (6 documents), Outlet 5 (5 documents), Outlet 4 (4 documents)")
    assert "and 3 other outlets" in said
    assert "Outlet 1 (1 document)" in said


def test_a_models_part_is_told_what_it_read_and_where_that_went(press: SimpleNamespace) -> None:
    shown = record.record(turn(press.answer("q", model="small", sends_to="api.example", packing=Packing(8, 4, 3120, 4096))))
    assert row(shown, "Written by") == (
        "small . Every sentence was checked against the words it rests on. Passages were sent to api.example . "
        "It read 8 of 12 passages found: 3,120 of the 4,096 tokens that it can take."
    )
    assert row(record.record(turn(press.answer("q"))), "Written by") == ""


def test_sources_that_were_found_and_not_used_are_one_click_away(press: SimpleNamespace) -> None:
    opened = press.quoting(press.most, "Новый мост открыли в понедельник.")
    claim = press.answer("q").claims[0].__class__(opened.quote, (opened,))
    shown = record.record(turn(press.answer("q", claims=(claim,))))
    assert row(shown, "Not used").startswith("1 other source found Bridge opens at Lower Mill")


@pytest.mark.parametrize("reason", ["empty_archive", "nothing_in_scope"])
def test_where_nothing_was_searched_there_is_no_record(press: SimpleNamespace, reason: str) -> None:
    assert record.record(turn(press.abstaining("q", reason))) == ""
    assert row(record.record(turn(press.abstaining("q"))), "Confidence").startswith("The archive very likely does not hold")
