"""Answers as markup: what a reader must be able to see, and that nothing foreign gets through unescaped."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest

from rag.types import (
    Answer,
    ArchiveStats,
    Claim,
    Conflict,
    Derived,
    Event,
    Query,
    Refused,
    Side,
    Silence,
    Support,
    Timeline,
    TimelineEvent,
)  # fmt: skip
from ui import quoted, render
from ui.examples import Example
from ui.kept import Kept
from ui.turn import Problem, Rendering, Turn

HOSTILE: list[str] = json.loads((Path(__file__).parents[1] / "browser" / "hostile.json").read_text("utf-8"))


def turn(answer: Answer, question: str = "When did it open?") -> Turn:
    return Turn(1, question, Query(question)).after(Event("answer", answer=answer))


def words_of(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def skeleton(markup: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every element with the names of its attributes, in order."""
    found: list[tuple[str, tuple[str, ...]]] = []

    class Walk(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, tuple(name for name, _ in attrs)))

    Walk().feed(markup)
    return found


def test_each_claim_is_followed_by_buttons_that_name_and_open_its_sources(press: SimpleNamespace) -> None:
    shown = render.thread([turn(press.answer("q"))])
    assert re.findall(r'class="cite" data-ref="([^"]*)"[^>]*aria-label="([^"]*)"', shown) == [
        ("1:0", "Source 1: Mill Gazette"),
        ("1:1", "Source 2: Заречный вестник"),
    ]


def test_a_citation_shows_its_quotation_with_outlet_date_and_language(press: SimpleNamespace) -> None:
    shown = turn(press.answer("q"))
    card = quoted.reference_button(shown, 1, "c0")
    assert 'role="tooltip"' in card
    assert words_of(card) == "2 Новый мост открыли в понедельник. Заречный вестник 2 September 2025 Russian"


def test_the_language_of_a_quotation_stands_out_only_where_it_is_not_the_questions(press: SimpleNamespace) -> None:
    english, russian = (quoted.source_line(r, "en") for r in turn(press.answer("q")).references)
    assert "foreign" not in english
    assert '<span class="foreign">Russian</span>' in russian


def test_a_claim_in_the_sources_own_words_is_in_quotation_marks_and_in_their_language(press: SimpleNamespace) -> None:
    quote = press.quoting(press.most, "Его строили три года.")
    shown = render.thread([turn(press.answer("q", claims=(Claim(quote.quote, (quote,)),)))])
    assert f'<p class="says"><q dir="auto" lang="ru">{quote.quote}</q>' in shown
    retold = render.thread([turn(press.answer("q", claims=(Claim("It took three years.", (quote,)),)))])
    assert '<p class="says"><span dir="auto" lang="en">It took three years.</span>' in retold


def test_confidence_and_the_number_of_sources_are_said_in_words(press: SimpleNamespace) -> None:
    said = words_of(render.thread([turn(press.answer("q", confidence=0.93))]))
    assert "The archive very likely holds the answer. Estimated at 93%. Quoted 2 documents from 2 outlets" in said


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("empty_archive", "The archive is empty"),
        ("nothing_in_scope", "The filters leave no document"),
        ("nothing_found", "Nothing found"),
        ("not_answered", "The archive does not answer this"),
    ],
)
def test_each_reason_for_no_answer_has_its_own_words(press: SimpleNamespace, reason: str, said: str) -> None:
    shown = render.thread([turn(press.abstaining("q", reason))])
    assert f"<h3>{said}</h3>" in shown
    assert ("data-clear" in shown) == (reason == "nothing_in_scope")
    assert ("sverka index FOLDER" in shown) == (reason == "empty_archive")


def test_near_sentences_are_never_called_an_answer(press: SimpleNamespace) -> None:
    near = (press.quoting(press.most, "Его строили три года."),)
    shown = render.thread([turn(press.abstaining("q", near=near))])
    assert "Closest sentences found, not an answer" in shown
    assert 'data-ref="1:0"' in shown
    assert 'class="claim"' not in shown


def test_filters_in_effect_are_named_with_the_question() -> None:
    query = Query("q", languages=("bg",), outlets=("A & B",), since=date(2025, 9, 1), until=date(2025, 9, 30))
    shown = render.thread([Turn(1, "q", query)])
    assert words_of(re.search(r'<ul class="scope".*?</ul>', shown)[0]) == (  # type: ignore[index]
        "Bulgarian A & B from 1 September 2025 to 30 September 2025"
    )
    assert 'class="scope"' not in render.thread([Turn(1, "q", Query("q"))])


def test_a_running_turn_is_marked_as_busy_and_a_finished_one_is_not(press: SimpleNamespace) -> None:
    assert 'aria-busy="true"' in render.thread([Turn(1, "q")])
    assert 'aria-busy="false"' in render.thread([turn(press.answer("q"))])


def test_an_error_is_shown_with_what_to_do_and_what_was_already_found(press: SimpleNamespace) -> None:
    claim = press.answer("q").claims[0]
    failed = (
        Turn(1, "q")
        .after(Event("claim", claim=claim))
        .failed(Problem("It cannot be read", "Run: sverka verify", ("Another model",)))
    )
    said = words_of(render.thread([failed]))
    assert "It cannot be read Run: sverka verify Try Another model instead" in said
    assert claim.text in said


def test_what_was_refused_is_shown_with_the_reason(press: SimpleNamespace) -> None:
    refused = (Refused("It cost 13 million.", "13 is in no source", "number"),)
    said = words_of(render.thread([turn(press.answer("q", refused=refused))]))
    assert "Refused 1 drafted sentence It cost 13 million. 13 is in no source" in said


def test_each_reference_is_described_by_a_card_of_its_own_however_often_it_is_shown(press: SimpleNamespace) -> None:
    opened = press.quoting(press.bridge, "The new bridge at Lower Mill opened on Monday.")
    built = press.quoting(press.most, "Его строили три года.")
    conflict = Conflict("date", "contradiction", (Side("Monday", (opened,)), Side("три года", (built,))))
    full = turn(press.answer("q", conflicts=(conflict, conflict))).with_timeline(
        press.Assistant(press.answer).timeline(Query("q"))
    )
    shown = render.thread([full, replace(full, number=2)])
    identities = re.findall(r' id="([^"]*)"', shown)
    assert len(identities) == len(set(identities))
    assert set(re.findall(r'aria-describedby="([^"]*)"', shown)) <= set(identities)


def test_what_stands_behind_a_sentence_is_said_with_it(press: SimpleNamespace) -> None:
    claim = replace(
        press.answer("q").claims[0],
        attribution="the town council",
        derived=(
            Derived("date", "on Monday", "1 септември 2025 г.", True),
            Derived("money", "12 million", "12 милиона"),
            Derived("number", "1931", "1931"),
        ),
        support=Support(9, 7, 3),
    )
    said = words_of(render.thread([turn(press.answer("q", claims=(claim,)))]))
    assert "According to the town council" in said
    assert "on Monday = 1 септември 2025 г. derived" in said
    assert "12 million = 12 милиона derived" in said
    assert "1931 =" not in said
    assert "Reported by 7 outlets, 3 of them independent" in said


def test_a_follow_up_shows_the_question_that_it_was_taken_for(press: SimpleNamespace) -> None:
    said = words_of(
        render.thread([turn(press.answer("q", asked="When did the bridge open?", as_of=date(2025, 9, 3)), "And when?")])
    )
    assert said.startswith("And when? Understood as: When did the bridge open? as known on 3 September 2025")
    assert "Understood" not in words_of(render.thread([turn(press.answer("q"))]))


def test_a_model_that_gave_up_or_broke_off_says_so(press: SimpleNamespace) -> None:
    said = words_of(render.thread([turn(press.answer("q", fallback="Nothing was borne out.", cut_short="It went silent."))]))
    assert "Answered by quotation alone Nothing was borne out." in said
    assert "ends early It went silent." in said


def test_the_mark_of_a_remote_model_names_its_host() -> None:
    assert words_of(render.chosen("m", "api.example")) == "This model sends passages to api.example"
    assert words_of(render.chosen("m", None)) == render.chosen(None, None) == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_anywhere_in_an_answer_adds_no_element_and_no_attribute(press: SimpleNamespace, text: str) -> None:
    def shown(words: str) -> str:
        quote = replace(
            press.quoting(press.most, "Его строили три года."),
            quote=words, start=0, end=len(words), title=words, outlet=words, url=words,
        )  # fmt: skip
        other = replace(quote, doc_id="other")
        answer = press.answer(
            words,
            claims=(Claim(words, (quote,), words, (Derived("date", words, words, True),), Support(2, 2, 1)),),
            conflicts=(Conflict("date", "update", (Side(words, (quote,), words, words), Side(words, (other,), words, words))),),
            refused=(Refused(words, words, "number"),),
            hits=(press.hit(replace(press.bridge, title=words, outlet=words), "The old one was built in 1931."),),
            asked=f"in full {words}", model=words, sends_to=words, fallback=words, cut_short=words,
            silent=(Silence("outlet", words, 3), Silence("language", words, 3)),
        )  # fmt: skip
        day = date(2025, 9, 1)
        dated = Timeline(Query("q"), (TimelineEvent(day, day, quote, day, words, True), TimelineEvent(day, day, other, day)))
        made = Rendering(0, words, words, words)
        failed = Turn(2, words, Query("q", outlets=(words,)), words).failed(Problem(words, words, (words,)))
        full = turn(answer, words).with_timeline(dated).with_rendering(made).with_rendering(Rendering(1, words, reason=words))
        return (
            render.thread([full, failed])
            + render.earlier([Kept(words, words, 2, day)])
            + render.chosen(words, words)
            + render.amiss([("model", words)])
        )

    assert skeleton(shown(text)) == skeleton(shown("harmless"))
    assert not set("${}`") & set(shown(text))


def test_the_masthead_says_what_the_archive_holds(press: SimpleNamespace) -> None:
    said = words_of(render.masthead(press.Archive().stats()))
    assert said == "Sverka 2 documents English and Russian 1 September 2025 – 2 September 2025"
    assert words_of(render.masthead(None)) == "Sverka"


def test_the_masthead_of_an_undated_archive_gives_no_dates() -> None:
    stats = ArchiveStats(1, 1, 1, {None: 1}, {None: 1}, None, None, 1, 1, "bundled", 10)
    assert words_of(render.masthead(stats)) == "Sverka 1 document"


def test_an_empty_archive_is_met_with_what_to_do(press: SimpleNamespace) -> None:
    assert "sverka index FOLDER" in render.welcome(press.Archive(()).stats())
    assert "Ask the archive" in render.welcome(press.Archive().stats())


def test_suggestions_are_buttons_that_ask_themselves() -> None:
    shown = render.suggestions([Example("bg", "Кога?")])
    assert 'data-ask="Кога?"' in shown
    assert "Bulgarian" in shown
    assert render.suggestions([]) == ""
