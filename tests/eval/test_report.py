"""The page: self-contained, escaped, verdict first, failures in the order of their weight."""

from __future__ import annotations

import io
import math
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from eval import plots
from eval.figures import Change, Overlap, Result, changes, overlap
from eval.metrics import Interval
from eval.page import page
from eval.report import WIDE, Comparison, compared, fallbacks, headline, sentence
from eval.run import Run, Shown, Timing


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


def shown(question: str, answer: str = "It <b>opened</b> in May.") -> Shown:
    return Shown(question, answer, ["a: opened in May"], ["a: a passage"], [], [])


def run_of(results: list[Result], *questions: str) -> Run:
    texts = [shown(question) for question in questions or ["?"] * len(results)]
    return Run(results, texts, [Timing(0.010, 0.020)] * len(results), "abc", "sverka eval")


def against(new: Run, old: Run) -> Comparison:
    return Comparison(old, changes(new.results, old.results), overlap(new.results, old.results))


NONE = Comparison()
RUN = run_of(
    [result("good", correct=True), result("shy", correct=False, answered=False), result("wrong", correct=False)],
    "Fine?",
    "Too shy?",
    "<script>alert(1)</script> wrong?",
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
    old = run_of([replace(r, correct=True) for r in RUN.results])
    text = page(RUN, against(RUN, old))
    links = Links()
    links.feed(text)
    assert [link for link in links.fetched if not link.startswith("#")] == []
    assert "script" not in links.tags
    assert not re.search(r"url\(|@import|https?:", text)
    assert links.tags.count("svg") == 7


def test_every_link_of_the_page_leads_to_a_case_on_it() -> None:
    worse = run_of([result(f"a case/№ {i}", correct=False) for i in range(9)])
    text = page(worse, against(worse, run_of([replace(r, correct=True) for r in worse.results])))
    links = Links()
    links.feed(text)
    assert len(set(links.fetched)) == 9
    assert all(f'id="{link[1:]}"' in text for link in links.fetched)


def test_text_of_documents_and_questions_is_escaped() -> None:
    text = page(RUN, NONE)
    assert "&lt;script&gt;alert(1)" in text
    assert "<b>opened" not in text


def test_wrong_answers_stand_before_missing_ones_and_right_ones_are_left_out() -> None:
    text = page(RUN, NONE)
    failures = text[text.index("<h2>Failures: 2</h2>") :]
    assert failures.index("wrong?") < failures.index("Too shy?")
    assert "Fine?" not in failures


def test_what_was_right_in_the_baseline_stands_first_and_shows_the_answer_of_both_runs() -> None:
    old = run_of([replace(r, correct=r.case == "shy", confidence=0.9) for r in RUN.results])
    old.shown[1] = shown("Too shy?", "On the third of May.")
    text = page(RUN, against(RUN, old))
    failures = text[text.index("Failures: 2") :]
    assert (
        failures.index("Right in the baseline, wrong now: 1") < failures.index("Too shy?") < failures.index("Answered wrongly: 1")
    )
    assert "<dt>Before</dt><dd>On the third of May.</dd>" in failures


def test_a_right_answer_with_a_wrong_difference_between_sources_is_shown_apart() -> None:
    results = [result("told", correct=True), result("made up", correct=True), result("missed", correct=True)]
    results[0] = replace(results[0], conflict_expected=True, conflict_found=True, conflict_right=True)
    results[1] = replace(results[1], conflict_found=True)
    results[2] = replace(results[2], conflict_expected=True)
    text = page(run_of(results, "Told?", "Made up?", "Missed?"), NONE)
    apart = text[text.index("a difference between sources is missing, wrong or made up: 2") :]
    assert "Made up?" in apart
    assert "Missed?" in apart
    assert "Told?" not in apart


def test_the_verdict_is_red_and_names_what_fell() -> None:
    old = [result(str(i), correct=True) for i in range(50)]
    new = [result(str(i), correct=i > 20) for i in range(50)]
    comparison = against(run_of(new), run_of(old))
    text = page(run_of(new), comparison)
    assert '<div class="verdict red"><b>Worse than the baseline</b>' in text
    assert text.index("verdict red") < text.index("By language pair")
    assert sentence(comparison.worse[0]).startswith("WORSE: right: answered rightly, or rightly not (all) 1.000 → 0.580")
    assert "by language pairs: en→ru 21 of 50; by kinds: fact 21 of 50" in text
    assert '<div class="verdict none"><b>There was no baseline' in page(RUN, NONE)
    same = page(run_of(old), against(run_of(old), run_of(old)))
    assert '<div class="verdict"><b>Nothing is worse than the baseline beyond its noise.</b>' in same


@pytest.mark.parametrize("width", [80, 160])
def test_the_table_fits_the_screen_with_every_figure_whole(width: int) -> None:
    from rich.console import Console

    long = [
        replace(result(str(i), correct=True), pair="bg→en+ru", hit_1=1.0, mrr=0.5, citation_precision=0.25) for i in range(99)
    ]
    console = Console(width=width, record=True, file=io.StringIO())
    console.print(headline(run_of([*long, result("u", correct=False, answerable=False)]), narrow=width < WIDE))
    text = console.export_text()
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= width
    (row,) = (line for line in text.splitlines() if "bg→en+ru" in line)
    assert [cell for cell in re.findall(r"[\d.]+", row) if "." in cell][:1] == ["1.000"]
    assert ("±" in row) is (width == 160)


def test_it_is_said_which_cases_a_comparison_leaves_out() -> None:
    line = compared(Comparison(overlap=Overlap(shared=40, added=3, changed=2, gone=1, fell=("a", "b"), rose=("c",))))
    assert line == (
        "Compared on 40 shared cases. Left out: 3 new, 2 worded otherwise, 1 of the baseline not asked. "
        "2 that were right are wrong now, 1 the other way round."
    )
    assert compared(NONE) == ""


def test_it_is_said_where_quotations_stand_in_for_the_model() -> None:
    run = run_of([result(str(i), correct=True) for i in range(4)])
    assert fallbacks(run) == ""
    for place, reason in enumerate(("no sentence held", "timed out", "no sentence held")):
        run.shown[place] = replace(run.shown[place], fallback=reason)
    assert fallbacks(run) == "In 3 of 4 cases quotations stand in for the model, mostly because: no sentence held"


def test_a_figure_that_is_better_when_lower_is_drawn_on_the_side_it_belongs_to() -> None:
    def drawn(change: Change) -> float:
        text = page(RUN, Comparison(RUN, [change]))
        return float(re.findall(r'<circle cx="([\d.]+)"', text[text.index("Against the baseline") :])[0])

    grown = Interval(0.1, 0.05, 0.15)
    error = Change("calibration", "calibration error", "all", 0.1, 0.2, grown, True, False, lower_is_better=True)
    right = Change("correct", "right", "all", 0.1, 0.2, grown, False, True)
    assert drawn(error) < drawn(right)


def test_an_interval_without_bounds_is_left_out() -> None:
    unknown = plots.levels("t", [plots.Level("a", 3, 0.5, math.nan, math.nan)])
    assert "nan" not in unknown
    assert "nan" not in plots.shifts("t", [plots.Shift("a", 0.1, 0.2, math.nan, math.nan, "")])


def test_a_line_ends_where_its_last_point_is() -> None:
    svg = plots.lines("t", {"a": [(0, 0), (1, 1)]}, across="x", up="y", unit=True)
    right, top = plots.WIDTH - plots.RIGHT, plots.TOP
    assert f"L{right:.1f} {top:.1f}" in svg
    assert f"M{plots.LEFT:.1f} {plots.HEIGHT - plots.BOTTOM:.1f}" in svg


def test_on_a_logarithmic_axis_ten_times_is_as_far_everywhere() -> None:
    svg = plots.lines("t", {"a": [(1000, 1), (10000, 1), (100000, 1)]}, across="x", up="y", log=True)
    xs = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', svg)]
    assert xs[1] - xs[0] == pytest.approx(xs[2] - xs[1], abs=0.2)


def test_a_dot_stands_at_its_value_within_its_interval_and_labels_are_escaped() -> None:
    rows = [plots.Level("<a>", 3, 0.0, 0.0, 0.5), plots.Level("b", 3, 0.5, 0.5, 1.0), plots.Level("c", 3, 1.0, 0.5, 1.0, 0.5)]
    svg = plots.levels("t", rows)
    nought, half, whole = (float(x) for x in re.findall(r'<circle cx="([\d.]+)"', svg))
    assert half == pytest.approx((nought + whole) / 2, abs=0.1)
    ends = [(float(a), float(b)) for a, b in re.findall(r'd="M([\d.]+) [\d.]+H([\d.]+)"', svg)]
    assert ends == [(nought, half), (half, whole), (half, whole)]
    assert f'd="M{half - 5:.1f}' in svg  # what it was before, in the last row
    assert "&lt;a&gt;" in svg
