"""The reading pane: the whole document, every character of it, with the quoted words marked at their place."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.types import Claim, Document, Event, Query
from ui import reading
from ui.reading import Mark
from ui.turn import Turn

HOSTILE: list[str] = json.loads((Path(__file__).parents[1] / "browser" / "hostile.json").read_text("utf-8"))


class Marked(HTMLParser):
    """The text of markup, and which words of it are marked or skipped."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.paragraphs: list[str] = []
        self.marked: dict[str, str] = {}
        self.tags: set[str] = set()
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append(dict(attrs).get("class") or tag)
        if tag == "p":
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.paragraphs[-1] += data
        for name in self.open:
            self.marked[name] = self.marked.get(name, "") + data


def make(text: str, skipped: tuple[tuple[int, int], ...] = ()) -> Document:
    return Document(id="d", text=text, source="d", sha256="0", skipped=skipped)


def turn(press: SimpleNamespace, **changed: object) -> Turn:
    return Turn(1, "When?", Query("When?")).after(Event("answer", answer=press.answer("When?", **changed)))


def test_the_quoted_words_are_the_marked_ones_and_the_leftovers_are_dimmed(press: SimpleNamespace) -> None:
    shown = Marked(reading.text(press.bridge, [Mark(13, 59, "here")]))
    assert shown.marked["here"] == "The new bridge at Lower Mill opened on Monday."
    assert shown.marked["skipped"] == "Home > NewsShare this"
    assert shown.paragraphs[0] == "Home > News"


def test_a_quotation_over_two_paragraphs_is_marked_in_both_and_scrolled_to_once() -> None:
    html = reading.text(make("One two.\n\nThree four."), [Mark(4, 15, "here")])
    assert Marked(html).marked["here"] == "two.Three"
    assert html.count('id="here"') == 1


def test_the_quotation_that_was_clicked_wins_over_one_that_it_overlaps() -> None:
    html = reading.text(make("abcdef"), [Mark(0, 4, "also"), Mark(2, 6, "here")])
    shown = Marked(html)
    assert (shown.marked["also"], shown.marked["here"]) == ("ab", "cdef")


def test_a_text_without_blank_lines_has_a_paragraph_a_line() -> None:
    assert Marked(reading.text(make("One.\nTwo.\nThree."), [])).paragraphs == ["One.", "Two.", "Three."]
    assert Marked(reading.text(make("One\ntwo.\n\nThree."), [])).paragraphs == ["One\ntwo.", "Three."]


@given(st.text(alphabet="ab<&${}`\n \u0436\U0001f600", min_size=1, max_size=60), st.data())
def test_no_character_but_the_space_between_paragraphs_is_lost_whatever_is_marked(text: str, data: st.DataObject) -> None:
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda pair: pair[0] < pair[1])
    marks = [Mark(*data.draw(spans), kind) for kind in data.draw(st.lists(st.sampled_from(["here", "also"]), max_size=3))]
    skipped = (data.draw(spans),) if data.draw(st.booleans()) else ()
    shown = Marked(reading.text(make(text, skipped), marks))
    assert "".join("".join(shown.paragraphs).split()) == "".join(text.split())
    for mark in marks:
        if mark.kind == "here" and len([m for m in marks if m.kind == "here"]) == 1:
            assert "".join(shown.marked.get("here", "").split()) == "".join(text[mark.start : mark.end].split())


def test_a_document_is_opened_with_its_metadata_and_its_original(press: SimpleNamespace) -> None:
    html = reading.document(press.bridge, [], turn(press), 0)
    said = unescape(re.sub(r"<[^>]*>", " ", html))
    for words in ("Bridge opens at Lower Mill", "Mill Gazette", "1 September 2025", "English", "published: its first line"):
        assert words in said
    assert 'href="https://gazette.example/bridge"' in html


def test_a_digest_names_the_report_that_it_retells(press: SimpleNamespace) -> None:
    said = unescape(re.sub(r"<[^>]*>", "", reading.document(press.most, [], turn(press), 1)))
    assert "Digest ofMill Gazette, 1 September 2025" in said


def test_what_is_not_known_of_a_document_is_said_to_be_unknown(press: SimpleNamespace) -> None:
    bare = replace(press.most, title=None, outlet=None, published=None, language=None, digest_of=None)
    said = unescape(re.sub(r"<[^>]*>", "", reading.document(bare, [], turn(press), 1)))
    for words in ("Untitled", "Outlet unknown", "undated", "language unknown"):
        assert words in said


def test_other_quotations_of_the_same_answer_are_marked_too(press: SimpleNamespace) -> None:
    first = press.quoting(press.bridge, "The new bridge at Lower Mill opened on Monday.")
    second = press.quoting(press.bridge, "The old one was built in 1931.")
    shown = turn(press, claims=(Claim(first.quote, (first,)), Claim(second.quote, (second,))))
    html = reading.document(press.bridge, [shown], shown, 1)
    assert re.findall(r'<mark class="(\w+)"[^>]*>([^<]*)', html) == [("also", first.quote), ("here", second.quote)]


def test_a_document_leads_back_to_every_claim_that_quotes_it(press: SimpleNamespace) -> None:
    turns = [turn(press), replace(turn(press), number=2)]
    html = reading.document(press.most, turns, turns[0], 1)
    assert re.findall(r'data-goto="([^"]*)"', html) == ["turn-1-claim-0", "turn-2-claim-0"]


def test_one_can_step_to_the_source_before_and_after_and_back_to_all(press: SimpleNamespace) -> None:
    shown = turn(press)
    assert "Source 1 of 2" in reading.document(press.bridge, [], shown, 0)
    assert re.findall(r'data-ref="([^"]*)"', reading.document(press.bridge, [], shown, 0)) == ["1:1", "1:all"]
    assert re.findall(r'data-ref="([^"]*)"', reading.document(press.most, [], shown, 1)) == ["1:0", "1:all"]


def test_a_document_that_changed_since_is_shown_without_a_false_mark(press: SimpleNamespace) -> None:
    changed = replace(press.bridge, text="Correction.\n\n" + press.bridge.text, skipped=())
    html = reading.document(changed, [], turn(press), 0)
    assert "The document has changed" in html
    assert "<mark" not in html


def test_a_document_that_was_removed_leaves_the_words_as_they_were_quoted(press: SimpleNamespace) -> None:
    html = reading.lost(turn(press), 1)
    assert "No longer in the archive" in html
    assert "Новый мост открыли в понедельник." in html
    assert "no longer held" in reading.lost(None, 0)


def test_the_sources_of_an_answer_are_those_it_quotes_or_else_those_it_came_near_to(press: SimpleNamespace) -> None:
    cited = reading.sources(turn(press))
    assert re.findall(r'class="label">([^<]*)', cited) == ["1", "2"]
    near = Turn(1, "q").after(
        Event("answer", answer=press.abstaining("q", near=(press.quoting(press.most, "Его строили три года."),)))
    )
    assert "Closest sentences found" in reading.sources(near)
    assert "No source was found" in reading.sources(Turn(1, "q").after(Event("answer", answer=press.abstaining("q"))))


def test_the_blank_pane_says_what_the_archive_holds_the_largest_first(press: SimpleNamespace) -> None:
    more = tuple(replace(press.most, id=f"m{i}") for i in range(3))
    html = reading.blank(press.Archive((press.bridge, *more)).stats())
    assert re.findall(r"<dt><bdi[^>]*>([^<]*)</bdi></dt><dd>(\d+)", html) == [
        ("Russian", "3"), ("English", "1"), ("Заречный вестник", "3"), ("Mill Gazette", "1"),
    ]  # fmt: skip


def test_the_rest_of_many_outlets_is_one_click_away(press: SimpleNamespace) -> None:
    many = tuple(replace(press.most, id=f"m{i}", outlet=f"Outlet {i}") for i in range(20))
    html = reading.blank(press.Archive(many).stats())
    assert "6 more</summary>" in html
    assert all(f"Outlet {i}<" in html for i in range(20))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_document_adds_no_element_to_the_pane(press: SimpleNamespace, text: str) -> None:
    document = replace(
        press.most, text=f"{text}\n\nНовый мост.", title=text, outlet=text, url=text, read_from={text: text}, digest_of=None
    )
    shown = Marked(f"<p>{reading.document(document, [], turn(press), 1)}</p>")
    assert shown.tags <= {
        "p", "div", "h2", "h3", "button", "article", "header", "dl", "dt", "dd", "bdi", "span", "details", "summary", "ul",
        "li", "q",
    }  # fmt: skip
    assert text in "".join(shown.paragraphs)
