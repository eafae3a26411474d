"""An answer outside the page carries everything that it rests on, and nothing in it comes alive there."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from rag.types import Claim, Conflict, Event, Query, Side, Support
from ui import export
from ui.turn import Rendering, Turn

HOSTILE: list[str] = json.loads((Path(__file__).parents[1] / "browser" / "hostile.json").read_text("utf-8"))


def turn(answer: object, question: str = "When did it open?") -> Turn:
    return Turn(1, question, Query(question, languages=("en", "ru"))).after(Event("answer", answer=answer))  # type: ignore[arg-type]


def test_the_copied_text_holds_question_claims_and_sources(press: SimpleNamespace) -> None:
    assert export.plain(turn(press.answer("q"))) == (
        "When did it open?\n\n"
        "The new bridge at Lower Mill opened on Monday. [1][2]\n\n"
        "[1] Mill Gazette, Bridge opens at Lower Mill, 1 September 2025, English, https://gazette.example/bridge:"
        " “The new bridge at Lower Mill opened on Monday.”\n"
        "[2] Заречный вестник, Мост открыт, 2 September 2025, Russian: “Новый мост открыли в понедельник.”"
    )


def test_the_saved_page_holds_what_was_asked_said_and_disputed_with_each_quotation_and_its_place(press: SimpleNamespace) -> None:
    opened = press.quoting(press.bridge, "The new bridge at Lower Mill opened on Monday.")
    built = press.quoting(press.most, "Его строили три года.")
    answer = press.answer(
        "q",
        claims=(Claim(opened.quote, (opened,), "the council", (), Support(2, 2, 1)),),
        conflicts=(Conflict("date", "update", (Side("Monday", (opened,)), Side("три года", (built,), "all works"))),),
        asked="When did the bridge open?",
    )
    assert export.markdown(turn(answer)) == (
        "# When did it open?\n\n"
        "Understood as: When did the bridge open?\n\n"
        "Asked of: English, Russian\n\n"
        r"The new bridge at Lower Mill opened on Monday. \[1\] (according to the council)"
        " *Reported by 2 outlets, all after one source.*\n\n"
        "**Reports changed over time about the day**\n\n"
        r"- Monday \[1\]"
        "\n"
        r"- три года \[2\] (all works)"
        "\n\n"
        "The archive very likely holds the answer.\n\n"
        "## Sources\n\n"
        r"\[1\] Mill Gazette, Bridge opens at Lower Mill, 1 September 2025, English, <https://gazette.example/bridge>"
        " (document bridge, characters 13 to 59)\n\n"
        "> The new bridge at Lower Mill opened on Monday.\n\n"
        r"\[2\] Заречный вестник, Мост открыт, 2 September 2025, Russian (document most, characters 34 to 55)"
        "\n\n"
        "> Его строили три года.\n"
    )
    assert opened.quote in export.plain(turn(answer))
    assert "- три года [2]" in export.plain(turn(answer))


@pytest.mark.parametrize("text", [*HOSTILE, "1. one", "12) twelve", "a\n# heading", "*a* _b_ [c](d) `e` <f>"])
def test_nothing_foreign_is_markup_in_the_saved_page(press: SimpleNamespace, text: str) -> None:
    quote = press.quoting(press.most, "Его строили три года.")
    hostile = replace(quote, quote=text, start=0, end=len(text), title=text, outlet=text, url=text)
    written = export.markdown(turn(press.answer("q", claims=(Claim(text, (hostile,), text),)), text))
    bare = [re.sub(r"\\.", "", line.removeprefix("> ")) for line in written.splitlines()]
    assert not set("<>[]`_*") & set("".join(bare))
    assert [line for line in bare if re.match(r"\s*(\d+[.)]|[-+#])", line)] == [bare[0], "## Sources"]


def test_a_saved_page_is_named_after_its_question(press: SimpleNamespace) -> None:
    names = [export.file_name(turn(press.answer("q"), text)) for text in ("Кога? / “Когда”", "???", "x" * 200)]
    assert names == ["Кога-Когда.md", "answer.md", "x" * 60 + ".md"]


def test_a_translation_goes_with_its_quotation_marked_as_what_it_is(press: SimpleNamespace) -> None:
    shown = turn(press.answer("q")).with_rendering(Rendering(1, "small", text="It opened on Monday."))
    assert export.plain(shown).endswith("открыли в понедельник.” Machine translation by small: It opened on Monday.")
    assert "\n\nMachine translation by small: It opened on Monday.\n" in export.markdown(shown)
    refused = turn(press.answer("q")).with_rendering(Rendering(1, "small", reason="No."))
    assert export.plain(refused) == export.plain(turn(press.answer("q")))
