"""Every measure against numbers worked out by hand; the arithmetic stands beside each."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import ArrayLike

from eval import metrics as m

RANKING = ["a", "b", "c", "b", "d"]


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("The talks took 2,5 hours.", "2,5 hours", True),
        ("«Ещё  раз» — сказал он", '"еще раз" - сказал', True),
        ("co\u00adoperate", "cooperate", True),
        ("1308 points", "308", False),
        ("308.5 points", "308", False),
        ("0,308 points", "308", False),
        ("It was 308.", "308", True),
        ("warm", "war", False),
        ("of 6½ sacks", "6½", True),
        ("anything", "", False),
    ],
)
def test_an_answer_is_found_whatever_its_typography_but_never_inside_a_longer_word(text: str, wanted: str, found: bool) -> None:
    assert m.contains(text, wanted) is found


def test_a_hit_counts_only_within_the_first_k() -> None:
    assert m.hit_at_k(RANKING, {"c"}, 2) == 0
    assert m.hit_at_k(RANKING, {"c"}, 3) == 1
    assert m.hit_at_k([], {"c"}, 3) == 0


def test_reciprocal_rank_is_one_over_the_place_of_the_first_gold_document() -> None:
    assert m.reciprocal_rank(RANKING, {"c", "d"}) == pytest.approx(1 / 3)
    assert m.reciprocal_rank(RANKING, {"c"}, k=2) == 0
    assert m.reciprocal_rank(RANKING, {"z"}) == 0


def test_recall_counts_a_document_once_even_when_two_of_its_passages_are_found() -> None:
    # the first four are a, b, c, b: two of the three gold documents
    assert m.recall_at_k(RANKING, {"b", "c", "d"}, 4) == pytest.approx(2 / 3)
    with pytest.raises(ValueError, match="at least one gold"):
        m.recall_at_k(RANKING, set(), 4)


def test_ndcg_with_graded_gains_matches_the_sum_done_by_hand() -> None:
    # places 1..5: a 0, b 1, c 0, (b again: 0), d 2
    # DCG   = 1/log2(3) + 2/log2(6) = 0.63093 + 0.77371 = 1.40464
    # ideal = 2/log2(2) + 1/log2(3) = 2 + 0.63093       = 2.63093
    assert m.ndcg_at_k(RANKING, {"b": 1, "d": 2}, 5) == pytest.approx(1.40464 / 2.63093, abs=1e-5)
    # within the first three only b: 0.63093 / 2.63093
    assert m.ndcg_at_k(RANKING, {"b": 1, "d": 2}, 3) == pytest.approx(0.23981, abs=1e-5)


def test_the_best_order_has_an_ndcg_of_one_and_no_gain_is_an_error() -> None:
    assert m.ndcg_at_k(["d", "b"], {"b": 1, "d": 2}, 10) == 1
    with pytest.raises(ValueError, match="gain above 0"):
        m.ndcg_at_k(["d"], {"d": 0}, 10)


def test_a_quotation_is_exact_only_when_it_is_the_documents_own_slice() -> None:
    assert m.quote_is_exact("Talks ended today.", 0, 5, "Talks")
    assert not m.quote_is_exact("Talks ended today.", 0, 5, "talks")
    assert not m.quote_is_exact("Talks ended today.", 1, 6, "Talks")
    assert not m.quote_is_exact("Talks", 0, 6, "Talks!")
    assert not m.quote_is_exact("Talks", -5, 5, "Talks")


def test_spans_overlap_when_half_of_the_shorter_is_shared_in_the_same_document() -> None:
    assert m.overlaps(("x", 0, 100), ("x", 95, 105))  # 5 of 10
    assert not m.overlaps(("x", 0, 100), ("x", 96, 106))  # 4 of 10
    assert not m.overlaps(("x", 0, 100), ("y", 0, 100))
    assert not m.overlaps(("x", 0, 10), ("x", 10, 20))


def test_a_quotation_is_covered_only_as_a_whole() -> None:
    gold = ("x", 10, 30)
    assert m.is_covered(gold, [("x", 0, 30)])
    assert m.is_covered(gold, [("x", 20, 40), ("x", 5, 19)])  # side by side, a space between
    assert not m.is_covered(gold, [("x", 20, 40), ("x", 5, 18)])
    assert not m.is_covered(gold, [("x", 11, 29)])
    assert not m.is_covered(gold, [("y", 0, 40)])
    assert not m.is_covered(gold, [])


def test_citation_precision_and_recall_by_overlap() -> None:
    cited = [("x", 0, 50), ("x", 60, 90), ("y", 0, 30)]
    parts = [[("x", 10, 20), ("y", 200, 220)], [("z", 0, 10)]]
    # of three citations only the first touches a gold place; of two parts only the first is touched
    assert m.citation_precision(cited, [g for part in parts for g in part]) == pytest.approx(1 / 3)
    assert m.citation_recall(cited, parts) == 0.5
    assert m.citation_recall([], parts) == 0
    with pytest.raises(ValueError, match="one citation"):
        m.citation_precision([], [("x", 0, 1)])
    with pytest.raises(ValueError, match="gold part"):
        m.citation_recall(cited, [])


def test_precision_and_recall_of_abstention() -> None:
    abstained = [True, True, True, False, False]
    unanswerable = [True, True, False, True, False]
    # abstained three times, twice rightly; three were unanswerable, two of them caught
    result = m.precision_recall(abstained, unanswerable)
    assert (result.precision, result.recall) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert (result.found, result.there, result.right) == (3, 3, 2)


def test_what_was_found_but_is_not_the_thing_wanted_counts_against_precision_and_recall() -> None:
    # three conflicts reported, two of them where one was expected, one of these two is the one expected
    result = m.precision_recall([True, True, True, False], [True, True, False, True], [True, False, False, False])
    assert (result.precision, result.recall) == (pytest.approx(1 / 3), pytest.approx(1 / 3))


def test_what_has_no_denominator_is_unknown_and_not_nought() -> None:
    result = m.precision_recall([False, False], [False, False])
    assert result.precision is None
    assert result.recall is None


def test_auroc_counts_pairs_and_halves_ties() -> None:
    # pairs of (.9, .5) with (.5, .1): .9>.5, .9>.1, .5=.5 (half), .5>.1 -> 3.5 of 4
    assert m.auroc([0.9, 0.5], [0.5, 0.1]) == 0.875
    assert m.auroc([1], [0]) == 1
    assert m.auroc([0], [1]) == 0
    with pytest.raises(ValueError, match="positive"):
        m.auroc([], [1])


def test_auroc_agrees_with_scikit_learn() -> None:
    sk = pytest.importorskip("sklearn.metrics", reason="scikit-learn is not installed here")
    rng = np.random.default_rng(1)
    positive, negative = rng.normal(0.5, 1, 40).round(1), rng.normal(0, 1, 60).round(1)
    truth = [1] * 40 + [0] * 60
    assert m.auroc(positive, negative) == pytest.approx(sk.roc_auc_score(truth, np.concatenate([positive, negative])))


def test_calibration_error_is_the_weighted_gap_between_said_and_got() -> None:
    # two bins of two: .85 twice -> said .85, got .5, gap .35; .15 and .2 -> said .175, got 0, gap .175
    confidence, outcome = [0.85, 0.85, 0.15, 0.2], [1, 0, 0, 0]
    assert m.expected_calibration_error(confidence, outcome) == pytest.approx(0.5 * 0.35 + 0.5 * 0.175)
    assert m.calibration_bins(confidence, outcome) == (
        (pytest.approx(0.175), 0.0, 0.5),
        (pytest.approx(0.85), 0.5, 0.5),
    )


def test_the_edges_of_the_calibration_bins_belong_to_the_lower_bin() -> None:
    assert [said for said, _, _ in m.calibration_bins([0.0, 0.1, 0.1001, 0.7, 1.0], [0] * 5)] == [
        pytest.approx(0.05),
        pytest.approx(0.1001),
        0.7,
        1.0,
    ]


def test_accuracy_against_coverage_starts_with_the_surest() -> None:
    # surest .9 right; then .7 wrong; then .4 twice, one right: they enter together
    curve = m.risk_coverage([0.4, 0.9, 0.4, 0.7], [1, 1, 0, 0])
    assert curve == ((0.25, 1.0), (0.5, 0.5), (1.0, 0.5))
    # risk 0 over the first quarter, .5 over the other three
    assert m.area_under_risk_coverage([0.4, 0.9, 0.4, 0.7], [1, 1, 0, 0]) == pytest.approx(0.375)


def mean_interval(values: ArrayLike) -> m.Interval:
    array = np.asarray(values, dtype=float)
    return m.bootstrap(lambda drawn: float(array[drawn].mean()), array.size)


def test_a_bootstrap_of_equal_values_has_no_width_and_the_same_seed_gives_the_same_interval() -> None:
    assert mean_interval([0.5] * 8) == m.Interval(0.5, 0.5, 0.5)
    values = np.random.default_rng(2).random(50)
    assert mean_interval(values) == mean_interval(values)


def test_the_interval_of_a_proportion_is_near_the_normal_one() -> None:
    # 200 of 400: 0.5 ± 1.96 · sqrt(.25/400) = 0.5 ± 0.049
    interval = mean_interval([0, 1] * 200)
    assert interval.low == pytest.approx(0.451, abs=0.005)
    assert interval.high == pytest.approx(0.549, abs=0.005)


def test_a_resample_on_which_the_statistic_is_undefined_is_left_out() -> None:
    interval = m.bootstrap(lambda drawn: math.nan if drawn[0] else 0.25, 2)
    assert interval == m.Interval(0.25, 0.25, 0.25)
