"""The sample articles and the cases written over them: whole, marked as what they are, and nobody else's words."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.cases import Case, load_cases
from rag.ingest import discover, read
from rag.text import detect
from rag.types import Document

FOLDERS = ("digests", "invented")
LANGUAGES = {"bg", "en", "ru"}
STORIES = {"bridge", "summit", "election", "factory", "festival", "outbreak", "court", "rescue"}
MARKS = {
    "invented": {
        "bg": "© Sverka. Измислена статия за демонстрация: местата, хората, фирмите и изданията в нея не съществуват.",
        "en": "© Sverka. Invented article for demonstration: the places, people, companies and outlets in it do not exist.",
        "ru": "© Sverka. Вымышленная статья для демонстрации: места, люди, компании и издания в ней не существуют.",
    },
    "digests": {
        "bg": "© Sverka. Обзор: преразказ със свои думи, а не текстът на съобщението.",
        "en": "© Sverka. Digest: a summary in our own words, not the text of the report.",
        "ru": "© Sverka. Дайджест: пересказ своими словами, а не текст сообщения.",
    },
}
DIGEST_TITLES = {"bg": "Обзор: ", "en": "Digest: ", "ru": "Дайджест: "}
LONGEST_SHARED_RUN = 5  # words
# What the text itself tells, left out of the manifest: (outlet, published, where the date is read).
READ_FROM_THE_TEXT = {
    "bridge-01-bg": ("ЛТБ", date(2025, 3, 12), "dateline, year from footer"),
    "bridge-06-ru": ("Вартимские ведомости", date(2025, 3, 13), "leading date"),
    "factory-04-en": ("LTB", date(2025, 9, 30), "dateline, year from footer"),
    "outbreak-02-ru": ("Кестра-Пресс", date(2025, 9, 20), "dateline, year from footer"),
    "summit-04-ru": ("Кестра-Пресс", date(2025, 4, 8), "dateline, year from footer"),
}

Row = dict[str, Any]


@pytest.fixture(scope="module")
def corpus(root: Path) -> Path:
    return root / "corpus"


@pytest.fixture(scope="module")
def rows(corpus: Path) -> list[Row]:
    """The manifests' entries, each with its folder."""
    found = []
    for folder in FOLDERS:
        for line in (corpus / folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
            found.append({**json.loads(line), "folder": folder})
    return found


@pytest.fixture(scope="module")
def texts(corpus: Path, rows: list[Row]) -> dict[str, str]:
    return {row["id"]: (corpus / row["folder"] / row["file"]).read_text(encoding="utf-8") for row in rows}


@pytest.fixture(scope="module")
def documents(corpus: Path) -> dict[str, Document]:
    """The articles as ingest reads them; nothing in the folder may fail."""
    found = [document for path in discover([corpus]) for document in read(path)]
    assert [document for document in found if not isinstance(document, Document)] == []
    return {document.id: document for document in found if isinstance(document, Document)}


@pytest.fixture(scope="module")
def cases(root: Path) -> tuple[Case, ...]:
    """The cases over these articles, and no other archive's."""
    return tuple(case for case in load_cases(root / "eval" / "cases") if case.archive == "corpus")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold().replace("ё", "е"))


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    of = words(text)
    return {tuple(of[i : i + length]) for i in range(len(of) - length + 1)}


def mark_of(row: Row) -> str:
    return MARKS[row["folder"]][row["language"]]


def body(row: Row, texts: dict[str, str]) -> str:
    """The text without the line that marks it."""
    return texts[row["id"]].replace(mark_of(row), "")


# ---- the articles


def test_manifests_and_files_match_both_ways(corpus: Path, rows: list[Row]) -> None:
    named = Counter((row["folder"], row["file"]) for row in rows)
    there = {(folder, path.name) for folder in FOLDERS for path in (corpus / folder).iterdir() if path.name != "manifest.jsonl"}
    assert set(named) == there
    assert max(named.values()) == 1


def test_every_article_is_read_with_the_id_of_its_entry_and_no_other(rows: list[Row], documents: dict[str, Document]) -> None:
    assert sorted(row["id"] for row in rows) == sorted(documents)


def test_every_text_ends_with_the_line_that_says_what_it_is(rows: list[Row], texts: dict[str, str]) -> None:
    assert [row["id"] for row in rows if not texts[row["id"]].endswith(f"\n\n{mark_of(row)}\n")] == []


def test_the_line_that_says_what_an_article_is_can_never_be_quoted(rows: list[Row], documents: dict[str, Document]) -> None:
    for row in rows:
        document = documents[row["id"]]
        start = document.text.index(mark_of(row))
        assert any(first <= start and len(document.text.rstrip()) <= last for first, last in document.skipped), row["id"]


def test_digests_say_so_in_outlet_and_title_and_name_their_report(rows: list[Row]) -> None:
    digests = [row for row in rows if row["folder"] == "digests"]
    for row in digests:
        assert row["outlet"] == "Sverka digest"
        assert row["title"].startswith(DIGEST_TITLES[row["language"]])
        assert row["digest_of"]["published"] == row["published"]
        assert row["invented"] is False
    assert Counter(row["language"] for row in digests) == {"bg": 5, "en": 5, "ru": 5}


def test_digests_are_short_and_hold_no_direct_speech(rows: list[Row], texts: dict[str, str]) -> None:
    for row in (row for row in rows if row["folder"] == "digests"):
        text = body(row, texts)
        assert 90 <= len(words(text)) <= 220, row["id"]
        # Names in quotation marks are short; a quotation is not.
        assert [said for said in re.findall(r'[«„"“]([^»“”"]+)[»“”"]', text) if len(said.split()) > 3] == [], row["id"]
        assert not re.search(r"^\s*[—–-]\s|[»“”\"],?\s+[—–]\s", text, re.MULTILINE), row["id"]


def test_the_invented_press_is_forty_articles_or_more_over_eight_stories(rows: list[Row], texts: dict[str, str]) -> None:
    invented = [row for row in rows if row["folder"] == "invented"]
    assert len(invented) >= 40
    assert {row["story"] for row in invented} == STORIES
    for story in STORIES:
        assert {row["language"] for row in invented if row["story"] == story} == LANGUAGES, story
    for row in invented:
        assert row["invented"] is True
        assert 90 <= len(words(body(row, texts))) <= 300, row["id"]
        assert not row["url"] or re.match(r"https://[\w-]+\.example/", row["url"]), row["id"]


def test_date_and_outlet_are_read_from_the_text_where_the_manifest_leaves_them_out(
    rows: list[Row], documents: dict[str, Document]
) -> None:
    given = {row["id"]: row for row in rows}
    for name, (outlet, published, where) in READ_FROM_THE_TEXT.items():
        document = documents[name]
        assert "published" not in given[name], name
        assert (document.outlet, document.published, document.read_from["published"]) == (outlet, published, where)


def test_one_article_has_no_date_and_two_have_no_outlet(documents: dict[str, Document]) -> None:
    assert [name for name, document in documents.items() if document.published is None] == ["festival-03-ru"]
    assert sorted(name for name, document in documents.items() if document.outlet is None) == ["court-04-en", "factory-06-bg"]


def test_every_article_is_in_the_language_that_its_entry_declares(rows: list[Row], texts: dict[str, str]) -> None:
    assert [row["id"] for row in rows if detect(body(row, texts)) != row["language"]] == []


def test_the_reprints_of_a_wire_story_are_nearly_word_for_word(texts: dict[str, str]) -> None:
    for wire, reprints in (
        ("bridge-01-bg", ("02", "03", "04")),
        ("outbreak-02-ru", ("03", "04")),
        ("summit-05-en", ("06", "07")),
    ):
        story, _, language = wire.split("-")
        original = runs(texts[wire], 3)
        for number in reprints:
            copy = runs(texts[f"{story}-{number}-{language}"], 3)
            assert len(original & copy) / len(original | copy) >= 0.75, number


def test_no_article_shares_a_run_of_six_words_with_a_report(shared: Path, rows: list[Row], texts: dict[str, str]) -> None:
    seeds: set[tuple[str, ...]] = set()
    for path in sorted((shared / "seeds").glob("*.txt")):
        seeds |= runs(path.read_text(encoding="utf-8"), LONGEST_SHARED_RUN + 1)
    assert seeds
    found = {row["id"]: runs(texts[row["id"]], LONGEST_SHARED_RUN + 1) & seeds for row in rows}
    assert {name: same for name, same in found.items() if same} == {}


# ---- the cases


def test_every_gold_quotation_stands_once_in_its_article_outside_what_is_skipped(
    cases: tuple[Case, ...], documents: dict[str, Document]
) -> None:
    for case in cases:
        for gold in case.gold:
            text = documents[gold.doc].text
            assert text.count(gold.quote) == 1, (case.id, gold.doc, gold.quote)
            start = text.index(gold.quote)
            inside = [text[a:b] for a, b in documents[gold.doc].skipped if a < start + len(gold.quote) and start < b]
            # Markdown's marks inside a sentence are skipped too.
            assert all(set(part) <= set("*_#") for part in inside), (case.id, gold.doc, inside)


def test_what_an_answer_must_mention_stands_in_its_gold(cases: tuple[Case, ...]) -> None:
    for case in cases:
        gold = " ".join(gold.quote for gold in case.gold).casefold()
        for alternatives in case.must_mention:
            assert any(one.casefold() in gold for one in alternatives), (case.id, alternatives)
        for unwanted in case.must_not_mention:
            assert unwanted.casefold() not in gold, (case.id, unwanted)


def test_the_sides_of_a_conflict_are_articles(cases: tuple[Case, ...], documents: dict[str, Document]) -> None:
    named = {doc for case in cases if case.conflict for side in case.conflict.sides for doc in side}
    assert named <= set(documents)


def test_dates_attributions_and_events_of_a_case_rest_on_its_gold(
    cases: tuple[Case, ...], documents: dict[str, Document]
) -> None:
    for case in cases:
        gold = " ".join(gold.quote for gold in case.gold).casefold()
        outlets = " ".join(f"{documents[gold.doc].text} {documents[gold.doc].outlet}" for gold in case.gold).casefold()
        assert not case.attribution or any(one.casefold() in outlets for one in case.attribution), case.id
        days = [documents[gold.doc].published for gold in case.gold]
        for day in case.resolved:
            assert any(published and 0 <= (published - day).days < 400 for published in days), (case.id, day)
        for event in case.timeline:
            assert [documents[doc].text.count(event.quote) for doc in event.docs] == [1] * len(event.docs), (case.id, event.quote)
            assert event.quote.casefold() in gold, (case.id, event.quote)


def test_independent_sources_are_never_more_than_the_wire_stories_leave(
    cases: tuple[Case, ...], documents: dict[str, Document]
) -> None:
    """Copies of one wire story count once; `documents` are some of those that the gold names."""
    copies = {f"bridge-0{number}-bg": "bridge-01-bg" for number in (2, 3, 4)}
    copies |= {f"outbreak-0{number}-ru": "outbreak-02-ru" for number in (3, 4)}
    copies |= {f"summit-0{number}-en": "summit-05-en" for number in (6, 7)}
    for case in cases:
        if case.documents is not None and case.independent is not None:
            cited = {gold.doc for gold in case.gold}
            assert case.documents <= len(cited), case.id
            assert case.independent <= len({copies.get(doc, doc) for doc in cited}), case.id


def test_the_silent_are_in_scope_and_hold_no_gold(cases: tuple[Case, ...], documents: dict[str, Document]) -> None:
    for case in cases:
        for silent in case.silent:
            scope = case.outlets if silent.kind == "outlet" else case.languages
            speaking = {
                documents[gold.doc].outlet if silent.kind == "outlet" else documents[gold.doc].language for gold in case.gold
            }
            assert silent.name in scope, case.id
            assert silent.name not in speaking, case.id


def test_cross_checking_has_enough_cases_of_each_thing_expected(cases: tuple[Case, ...], documents: dict[str, Document]) -> None:
    told = [case for case in cases if case.conflict or case.documents or case.attribution or case.resolved or case.timeline]
    assert len(told) >= 60
    assert min(Counter(case.language for case in told).values()) >= 15
    across = [case for case in told if case.language not in {documents[gold.doc].language for gold in case.gold}]
    assert len(across) >= 15
    relations = Counter(relation for case in cases if case.conflict for relation in case.conflict.relations)
    assert {relation: n for relation, n in relations.items() if n < 3} == {}
    assert set(relations) == {"contradiction", "update", "approximation", "scope"}
    for name, least in {"documents": 10, "attribution": 15, "resolved": 10, "timeline": 4, "silent": 3}.items():
        assert sum(bool(getattr(case, name)) for case in cases) >= least, name


def test_gold_lies_within_the_filters_of_its_case(cases: tuple[Case, ...], documents: dict[str, Document]) -> None:
    for case in cases:
        for document in (documents[gold.doc] for gold in case.gold):
            published = document.published
            assert not case.languages or document.language in case.languages, case.id
            assert not case.outlets or document.outlet in case.outlets, case.id
            assert case.until is None or (published is not None and published <= case.until), (case.id, document.id)
            assert case.since is None or (published is not None and published >= case.since), (case.id, document.id)


def test_what_was_known_on_a_day_has_a_day_and_a_follow_up_a_history(cases: tuple[Case, ...]) -> None:
    assert [case.id for case in cases if case.kind == "as_of" and case.until is None] == []
    assert [case.id for case in cases if case.kind == "follow_up" and not case.history] == []
    assert [case.id for case in cases if case.kind == "unanswerable" and not case.reason] == []
    assert [case.id for case in cases if (case.kind == "unanswerable") is case.answerable] == []


def test_no_question_is_asked_twice_under_the_same_conditions(cases: tuple[Case, ...]) -> None:
    asked = Counter(
        (case.question, case.history, case.languages, case.outlets, case.since, case.until)
        for case in cases
        if case.archive == "corpus"
    )
    assert [question for question, times in asked.items() if times > 1] == []


def test_there_are_enough_cases_of_every_kind_and_language(cases: tuple[Case, ...], documents: dict[str, Document]) -> None:
    own = [case for case in cases if case.archive == "corpus"]
    assert len(own) >= 240
    assert sum(not case.answerable for case in own) >= len(own) / 4
    assert min(Counter(case.language for case in own if case.language in LANGUAGES).values()) >= 80
    kinds = Counter(case.kind for case in own)
    assert {kind: number for kind, number in kinds.items() if number < 6} == {}
    assert len(kinds) == 17
    assert min(Counter(case.reason for case in own if not case.answerable).values()) >= 10
    answerable = [case for case in own if case.gold]
    across = [case for case in answerable if case.language not in {documents[gold.doc].language for gold in case.gold}]
    assert len(across) >= 60


def test_questions_are_not_copied_from_the_sentences_that_answer_them(cases: tuple[Case, ...]) -> None:
    for case in cases:
        question = runs(case.question, 5)
        for gold in case.gold:
            assert not question & runs(gold.quote, 5), (case.id, gold.doc)
