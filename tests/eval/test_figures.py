"""Figures from results, and the verdict on two runs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from eval.figures import Overlap, Result, broken, by_kind, by_pair, changes, fallen, measure, overlap

GOOD = Result(
    case="a",
    digest="1",
    kind="fact",
    pair="en→en",
    answerable=True,
    answered=True,
    confidence=0.9,
    correct=True,
    best_right=True,
    language_right=True,
    filters_kept=True,
    quotes_exact=1.0,
    hit_1=1.0,
    hit_10=1.0,
    mrr=1.0,
    ndcg_10=1.0,
    recall_10=1.0,
    citation_precision=1.0,
    citation_recall=1.0,
)


def answerable(name: str, **changed: Any) -> Result:
    return replace(GOOD, case=name, **changed)


def unanswerable(name: str, **changed: Any) -> Result:
    empty = dict.fromkeys(
        ("hit_1", "hit_10", "mrr", "ndcg_10", "recall_10", "citation_precision", "citation_recall", "quotes_exact")
    )
    base = replace(GOOD, case=name, kind="unanswerable", pair="en→–", answerable=False, answered=False, confidence=0.1, **empty)
    return replace(base, best_right=False, **changed)


FOUR = [
    answerable("1"),
    answerable(
        "2", answered=False, correct=False, confidence=0.4, hit_1=0.0, mrr=0.5, quotes_exact=None, citation_precision=None
    ),
    unanswerable("3"),
    unanswerable("4", answered=True, correct=False, confidence=0.6, quotes_exact=1.0),
]


def test_unanswerable_cases_count_among_the_right_and_wrong_but_not_in_the_rankings() -> None:
    figures = {name: interval.value for name, interval in measure(FOUR).items()}
    assert figures["correct"] == 0.5  # 1 and 3 of four
    assert figures["correct_answerable"] == 0.5  # 1 of two
    assert figures["hit_1"] == 0.5
    assert figures["mrr"] == 0.75
    assert figures["abstention_precision"] == 0.5  # 2 and 3 abstained, 3 rightly
    assert figures["abstention_recall"] == 0.5  # 3 and 4 have no answer, 3 abstained
    assert figures["auroc"] == 0.75  # .9>.1 .9>.6 .4>.1 .4<.6
    assert figures["quotes_exact"] == 1
    assert "conflict_precision" not in figures


def test_accuracy_against_coverage_uses_the_first_candidate_whether_or_not_it_was_shown() -> None:
    # by confidence: 1 right, 4 wrong, 2 right (abstained, but its first candidate holds the gold), 3 wrong
    # risks 0, 1/2, 1/3, 1/2, each over a quarter
    assert measure(FOUR)["risk"].value == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)


def test_conflicts_are_counted_by_what_was_expected() -> None:
    results = [
        answerable("1", conflict_expected=True, conflict_found=True, conflict_right=True),
        answerable("2", conflict_expected=True, conflict_found=True, conflict_right=False),
        answerable("3", conflict_found=True),
        answerable("4", conflict_expected=True),
    ]
    figures = measure(results)
    assert figures["conflict_precision"].value == pytest.approx(1 / 3)
    assert figures["conflict_recall"].value == pytest.approx(1 / 3)


def test_where_nothing_is_due_precision_says_nothing_and_false_alarms_are_counted_by_themselves() -> None:
    rows = [answerable("1", conflict_found=True), answerable("2", answered=False), answerable("3"), answerable("4")]
    figures = measure(rows)
    assert not {"conflict_precision", "conflict_recall", "abstention_precision"} & set(figures)
    assert figures["conflict_false"].value == 0.25  # one of four
    due = answerable("5", conflict_expected=True, conflict_found=True)
    assert measure([*rows, due])["conflict_false"].value == 0.25  # a wrong one where one is due is precision's matter


def test_an_inexact_quotation_or_a_broken_filter_is_a_fault_without_any_baseline() -> None:
    assert broken(measure(FOUR)) == []
    faults = broken(measure([answerable("1", quotes_exact=0.5), answerable("2", filters_kept=False)]))
    assert [fault.split(" is ")[0] for fault in faults] == ["quotations exact", "filters kept"]


def test_results_are_grouped_by_language_pair() -> None:
    assert {pair: len(rows) for pair, rows in by_pair(FOUR).items()} == {"en→en": 2, "en→–": 2}


def many(wrong: int, **changed: Any) -> list[Result]:
    return [answerable(str(i), correct=i >= wrong, **changed) for i in range(100)]


def test_a_fall_beyond_the_noise_is_worse_and_one_within_it_is_not() -> None:
    fallen = {c.figure for c in changes(many(wrong=12), many(wrong=0)) if c.worse}
    assert "correct" in fallen
    assert not [c for c in changes(many(wrong=1), many(wrong=0)) if c.worse]
    assert {c.figure for c in changes(many(wrong=0), many(wrong=12)) if c.better} >= {"correct"}


def test_a_rise_is_worse_where_less_is_better() -> None:
    without = [unanswerable(f"u{i}", confidence=0.1) for i in range(100)]
    new, old = many(0, confidence=0.4) + without, many(0, confidence=0.9) + without
    change = next(c for c in changes(new, old) if c.figure == "calibration")
    assert change.old == pytest.approx(0.1)
    assert change.new == pytest.approx((0.6 + 0.1) / 2)
    assert change.worse


def test_confidence_is_judged_only_over_both_kinds_of_cases() -> None:
    assert not {"calibration", "auroc"} & set(measure(many(0)))


def test_a_fall_in_one_language_pair_is_seen_although_all_together_hide_it() -> None:
    old = many(0) + [answerable(f"bg{i}", pair="bg→ru", correct=i % 2 == 0) for i in range(20)]
    new = many(0) + [answerable(f"bg{i}", pair="bg→ru", correct=False) for i in range(20)]
    worse = {c.scope for c in changes(new, old) if c.worse and c.figure == "correct"}
    assert "bg→ru" in worse
    assert "en→en" not in worse


def test_only_cases_that_read_the_same_are_compared() -> None:
    new = [*many(wrong=0)[:50], *(replace(r, digest="2", correct=False) for r in many(wrong=0)[50:])]
    assert not [c for c in changes(new, many(wrong=0)) if c.worse]
    assert changes(new, [answerable("other")]) == []


def test_new_gone_and_reworded_cases_are_counted_and_never_compared() -> None:
    old = [answerable("same"), answerable("fell"), answerable("rose", correct=False), answerable("reworded"), answerable("gone")]
    new = [
        answerable("same"),
        answerable("fell", correct=False),
        answerable("rose"),
        answerable("reworded", digest="2", correct=False),
        answerable("added", correct=False),
    ]
    assert overlap(new, old) == Overlap(shared=3, added=1, changed=1, gone=1, fell=("fell",), rose=("rose",))
    change = next(c for c in changes(new, old) if c.figure == "correct")
    assert (change.old, change.new) == (pytest.approx(2 / 3), pytest.approx(2 / 3))


@pytest.mark.parametrize(("cases", "judged"), [(1, False), (4, False), (5, True), (20, True)])
def test_a_figure_that_rests_on_a_handful_of_cases_gets_no_verdict(cases: int, judged: bool) -> None:
    def right(score: float) -> list[Result]:
        return many(0) + [answerable(f"s{i}", silence_recall=score) for i in range(cases)]

    (change,) = (c for c in changes(right(0.0), right(1.0)) if c.figure == "silence_recall")
    assert (change.old, change.new, change.worse) == (1.0, 0.0, judged)


@pytest.mark.parametrize(("lost", "worse"), [(1, False), (2, False), (3, False), (5, True), (12, True)])
def test_the_paired_bootstrap_calls_a_fall_worse_from_about_four_cases_on(lost: int, worse: bool) -> None:
    # k of 100 cases fall and none rises: a resample holds none of them with probability (1 - k/100)^100, about e^-k.
    # The upper bound is below nought where that is under .025: e^-3 = .050, (.96)^100 = .017, e^-5 = .007.
    (change,) = (c for c in changes(many(wrong=lost), many(wrong=0)) if c.figure == "correct" and c.scope == "all")
    assert change.worse is worse
    assert change.difference.value == pytest.approx(-lost / 100)


def test_falls_and_rises_that_cancel_are_no_verdict_however_many() -> None:
    old = [answerable(str(i), correct=i % 2 == 0) for i in range(100)]
    new = [answerable(str(i), correct=i % 2 == 1) for i in range(100)]
    assert not [c for c in changes(new, old) if c.figure == "correct" and (c.worse or c.better)]


def test_what_fell_in_one_case_is_named() -> None:
    was = answerable("1", conflict_expected=True, conflict_found=True, conflict_right=True)
    now = replace(was, correct=False, mrr=0.5, hit_1=0.0, conflict_right=False, quotes_exact=None)
    assert fallen(now, was) == ("correct", "hit_1", "mrr", "conflict_right")
    assert fallen(was, now) == ()
    assert fallen(answerable("1", conflict_found=True), answerable("1")) == ("false_alarm",)


def test_figures_may_be_chosen_by_name() -> None:
    assert set(measure(FOUR, ("mrr", "auroc"))) == {"mrr", "auroc"}


def test_results_are_grouped_by_kind() -> None:
    assert {kind: len(rows) for kind, rows in by_kind(FOUR).items()} == {"fact": 2, "unanswerable": 2}


def test_a_run_compared_with_itself_has_no_difference() -> None:
    assert {(c.difference.low, c.difference.high) for c in changes(FOUR, FOUR)} == {(0.0, 0.0)}
