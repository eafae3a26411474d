"""The page: self-contained, escaped, verdict first, failures in the order of their weight."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from eval import plots
from eval.figures import Result, changes
from eval.report import page, sentence
from eval.run import Run, Shown


def result(name: str, *, correct: bool, answered: bool = True, answerable: bool = True, confidence: float = 0.9) -> Result:
    return Result(
        case=name,
        digest="1",
        kind="fact",
        pair="en→ru",
        answerable=answerable,
        answered=answered,
        confidence=confidence,
        correct=correct,
        best_right=correct,
        language_right=True,
        filters_kept=True,
        quotes_exact=1.0 if answered else None,
    )


def shown(question: str) -> Shown:
    return Shown(question, "It <b>opened</b> in May.", ["a: opened in May"], ["a: a passage"], 0.010, 0.020)


RUN = Run(
    [result("good", correct=True), result("shy", correct=False, answered=False), result("wrong", correct=False)],
    [shown("Fine?"), shown("Too shy?"), shown("<script>alert(1)</script> wrong?")],
    "abc",
    "sverka eval",
)


class Links(HTMLParser):
    """Collects what a browser would fetch, and what is left open."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href", "xlink:href", "srcset")]


def test_the_page_fetches_nothing_and_runs_no_script() -> None:
    text = page(RUN, [])
    links = Links()
    links.feed(text)
    assert links.fetched == []
    assert "script" not in links.tags
    assert not re.search(r"url\(|@import|https?:", text)
    assert links.tags.count("svg") == 4


def test_text_of_documents_and_questions_is_escaped() -> None:
    text = page(RUN, [])
    assert "&lt;script&gt;alert(1)" in text
    assert "<b>opened" not in text


def test_wrong_answers_stand_before_missing_ones_and_right_ones_are_left_out() -> None:
    text = page(RUN, [])
    failures = text[text.index("<h2>Failures: 2</h2>") :]
    assert failures.index("wrong?") < failures.index("Too shy?")
    assert "Fine?" not in failures


def test_the_verdict_is_red_and_names_what_fell() -> None:
    old = [result(str(i), correct=True) for i in range(50)]
    new = [result(str(i), correct=i > 20) for i in range(50)]
    found = changes(new, old)
    text = page(Run(new, [shown("?")] * 50, "abc", "sverka eval"), found)
    assert '<div class="verdict red">' in text
    assert text.index("verdict red") < text.index("By language pair")
    worse = next(change for change in found if change.worse)
    assert sentence(worse).startswith("WORSE: answered rightly, or rightly not (all) 1.000 → 0.580")
    assert '<div class="verdict">There was no baseline' in page(RUN, [])


def test_a_line_ends_where_its_last_point_is() -> None:
    svg = plots.lines("t", {"a": [(0, 0), (1, 1)]}, across="x", up="y", unit=True)
    right, top = plots.WIDTH - plots.RIGHT, plots.TOP
    assert f"L{right:.1f} {top:.1f}" in svg
    assert f"M{plots.LEFT:.1f} {plots.HEIGHT - plots.BOTTOM:.1f}" in svg


def test_on_a_logarithmic_axis_ten_times_is_as_far_everywhere() -> None:
    svg = plots.lines("t", {"a": [(1000, 1), (10000, 1), (100000, 1)]}, across="x", up="y", log=True)
    xs = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', svg)]
    assert xs[1] - xs[0] == pytest.approx(xs[2] - xs[1], abs=0.2)


def test_a_bar_is_as_long_as_its_value_and_labels_are_escaped() -> None:
    svg = plots.bars("t", [("<a>", 0.5, 0.4, 0.6), ("b", 1.0, 1.0, 1.0)])
    half, whole = (float(w) for w in re.findall(r'<rect[^>]* width="([\d.]+)"', svg))
    assert half == pytest.approx(whole / 2, abs=0.1)
    assert "&lt;a&gt;" in svg
