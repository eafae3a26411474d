"""The retrieval figures: numbers worked out by hand, and one small set measured through a real archive."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.cases import Case, Gold
from eval.datasets import load_parallel
from eval.retrieval import Row, deal, figures, first, main, measure, shortfalls, within


def test_the_place_of_the_first_right_one() -> None:
    assert first([False, True, True]) == 2
    assert first([False]) is None
    assert within([1, 2, None, 11], 10) == 0.5


def test_figures_are_taken_direction_by_direction() -> None:
    rows = [
        Row("1", "g", "en", "ru", {"hybrid": 1}, 1, 0.9, True, 0.2, False),
        Row("2", "g", "en", "ru", {"hybrid": 2}, 3, 0.6, True, 0.7, True),
        Row("3", "g", "en", "ru", {"hybrid": None}, None, 0.4, False, 0.1, False),
        Row("1", "g", "en", "en", {"hybrid": 1}, 1, 0.9, True, 0.2, False),
    ]
    found = {name: by["en→ru"] for name, by in figures(rows).items()}
    assert found["right passage first"] == pytest.approx(1 / 3)
    assert found["right passage in the first ten"] == pytest.approx(2 / 3)
    assert found["right sentence first"] == pytest.approx(1 / 3)
    assert found["right sentence in the first three"] == pytest.approx(2 / 3)
    assert found["answerable: answered"] == pytest.approx(2 / 3)
    assert found["gold removed: abstained"] == pytest.approx(2 / 3)
    # .9 .6 .4 against .2 .7 .1: all pairs but .6<.7 and .4<.7
    assert found["AUROC of confidence, gold present against removed"] == pytest.approx(7 / 9)
    assert figures(rows)["right passage first"]["en→en"] == 1


def test_hybrid_is_held_against_its_parts() -> None:
    name = "right passage first"
    good = {name: {"a": 0.9, "b": 0.9}, f"dense alone: {name}": {"a": 0.904, "b": 0.8}}
    assert shortfalls(good) == []
    assert shortfalls(good | {f"lexical alone: {name}": {"a": 0.91, "b": 0.1}}) == ["a: hybrid 0.900, lexical 0.910"]
    assert shortfalls(good | {f"lexical alone: {name}": {"a": 0.9, "b": 0.9}}) == ["on average hybrid is not above lexical"]


def test_passages_are_dealt_so_that_neighbours_stay_and_versions_go_together() -> None:
    cases = [
        Case(
            id=f"{title}{n}",
            question="?",
            language="en",
            answerable=True,
            gold=(Gold(f"{title}{n}-en"), Gold(f"{title}{n}-ru")),
            group=title,
        )
        for title in ("Ferry", "Bridge")
        for n in range(3)
    ]
    dealt = deal(cases, 3)
    assert sorted(doc for fold in dealt for doc in fold) == sorted(doc for case in cases for doc in case.gains)
    for fold in dealt:
        assert len(fold) == 4
        assert sum(doc.startswith("Ferry") for doc in fold) == 2
        assert {doc.removesuffix("-en") + "-ru" for doc in fold if doc.endswith("-en")} <= fold


TEXTS = {
    ("p1", "Ferry"): ("The ferry to the island left the harbour at noon.", "Паром на остров вышел из гавани в полдень."),
    ("p2", "Ferry"): ("A ticket for the ferry costs four crowns.", "Билет на паром стоит четыре кроны."),
    ("p3", "Library"): ("The library is closed on Mondays.", "Библиотека закрыта по понедельникам."),
    ("p4", "Library"): ("The library lends nine thousand books a year.", "Библиотека выдает девять тысяч книг в год."),
}
ASKED = {
    "p1": ("When did the ferry leave?", "noon", "полдень"),
    "p2": ("What does a ticket for the ferry cost?", "four crowns", "четыре кроны"),
    "p3": ("When is the library closed?", "Mondays", "понедельникам"),
    "p4": ("How many books does the library lend a year?", "nine thousand", "девять тысяч"),
}


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Four passages in two languages, with a question each."""
    passages, questions = [], []
    for (pid, title), texts in TEXTS.items():
        for lang, text in zip(("en", "ru"), texts, strict=True):
            passages.append({"id": f"{pid}-{lang}", "pid": pid, "lang": lang, "title": title, "text": text})
        question, *answers = ASKED[pid]
        gold = [
            {"lang": lang, "text": answer, "start": text.index(answer)}
            for lang, text, answer in zip(("en", "ru"), texts, answers, strict=True)
        ]
        questions.append({"qid": pid, "lang": "en", "text": question, "gold_pid": pid, "answers": gold})
    for name, rows in (("passages", passages), ("questions", questions)):
        path = tmp_path / f"tiny_{name}.jsonl"
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return tmp_path


def test_a_small_set_is_measured_through_a_real_archive(tiny: Path, tmp_path: Path) -> None:
    dataset = load_parallel(tiny / "tiny_passages.jsonl")
    measured, rows = measure(dataset, tmp_path / "work", ["passages", "unfiltered", "confidence"], folds=2)
    assert [row.direction for row in rows] == ["en→en", "en→ru"] * 4
    assert measured["right passage in the first ten"] == {"en→en": 1.0, "en→ru": 1.0}
    assert measured["right passage first"]["en→en"] == 1.0
    assert measured["right sentence first"]["en→en"] == 1.0
    assert measured["unfiltered: every language version in the first ten"] == {"en→all": 1.0}
    assert all(row.confidence_removed is not None for row in rows)
    assert not list((tmp_path / "work").glob("without-*"))


def test_the_command_writes_figures_and_rows(tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.json"
    half = ["--titles-half", "fit", "--parts", "passages", "--json", str(out)]
    assert main(["--data", str(tiny), "--set", "tiny", *half]) == 0
    assert "right passage first" in capsys.readouterr().out
    data = json.loads(out.read_text(encoding="utf-8"))["tiny"]
    assert {row["group"] for row in data["rows"]} == {"Ferry"}
    assert set(data["figures"]) == {"right passage first", "right passage in the first ten"}
