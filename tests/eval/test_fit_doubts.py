"""The fit of the verifier's doubts: what it learns, the limit that it sets, and what is reported of a file left out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from eval import fit_doubts
from eval.drafts import CORRECT
from eval.fit_doubts import Example, Model, fit, limit, report
from rag.answer.check.doubts import Doubt


def doubt(near: float, kind: str = "denies", code: str = "negation", word: str = "not") -> Doubt:
    return Doubt(code, kind, word, {"near": near}, "It is denied.")


def drafts(part: str, stories: int, *, near: float = 0.9, far: float = 0.1) -> list[Example]:
    """Correct drafts that raise a doubt whose word is near one of the source, and altered ones that raise one whose is not."""
    found = []
    for story in range(stories):
        group, name = f"{part}{story}", f"{part}-{story}"
        found.append(Example(name, part, group, CORRECT, None, 1.0, (doubt(near - 0.003 * story),)))
        found.append(Example(f"{name}-not", part, group, "negation", name, 1.0, (doubt(far + 0.002 * story),)))
    return found


def test_a_doubt_weighs_more_the_more_it_is_like_those_of_altered_drafts() -> None:
    examples = drafts("one", 40)
    model = Model("negation", examples)
    correct = [model.weight(e) for e in examples if e.label == CORRECT]
    altered = [model.weight(e) for e in examples if e.label == "negation"]
    assert max(correct) < 0 < min(altered)


def test_a_draft_that_raises_nothing_weighs_less_than_any_other() -> None:
    examples = drafts("one", 20)
    nothing = Example("n", "one", "n", CORRECT, None, 1.0, (doubt(0.1, code="cause"),))
    model = Model("negation", examples)
    assert model.weight(nothing) < min(model.weight(e) for e in examples)


def test_what_the_correct_draft_raises_too_is_not_what_is_wrong_with_the_altered_one() -> None:
    shared = doubt(0.5, word="nobody")
    examples = [
        Example(e.id, e.part, e.group, e.label, e.of, e.weight, (*e.doubts, shared) if e.label != CORRECT else (shared,))
        for e in drafts("one", 40)
    ]
    model = Model("negation", examples)
    same = Example("s", "one", "s", CORRECT, None, 1.0, (shared,))
    assert model.weight(same) < 0 < model.weight(Example("a", "one", "a", "negation", None, 1.0, (doubt(0.1),)))


def test_the_limit_lets_through_all_correct_drafts_but_a_share(monkeypatch: pytest.MonkeyPatch) -> None:
    examples = [*drafts("one", 60), *drafts("two", 60)]
    shares = []
    for share in (0.5, 0.05):
        monkeypatch.setattr(fit_doubts, "_SHARE", share)
        highest = limit(examples)
        model = Model("negation", examples)
        shares.append(float(np.mean([model.weight(e) > highest for e in examples if e.label == CORRECT])))
    assert shares[0] == pytest.approx(0.5, abs=0.15)
    assert shares[1] == pytest.approx(0.05, abs=0.05)


def test_each_file_is_tested_by_a_fit_on_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    fitted_on: list[set[str]] = []
    fitted = fit_doubts.fitted

    def watched(examples: Sequence[Example]) -> list[Model]:
        fitted_on.append({e.part for e in examples})
        return fitted(examples)

    monkeypatch.setattr(fit_doubts, "fitted", watched)
    lines = list(report([*drafts("one", 30), *drafts("two", 30), *drafts("odd", 30, near=0.2)]))
    assert [line.partition(",")[0] for line in lines] == ["one", "two", "odd"]
    assert lines[2].startswith("odd, fitted on the others, refused: correct 30 of 30, negation 30 of 30")
    assert {"one", "two", "odd"} not in fitted_on


def test_what_is_fitted_are_a_limit_and_weights_by_kind() -> None:
    found = fit(drafts("one", 40))
    assert set(found) == {"limit", "weights"}
    assert set(found["weights"]) == {"denies"}
    assert found["weights"]["denies"]["near"] < 0 < found["weights"]["denies"]["constant"]
