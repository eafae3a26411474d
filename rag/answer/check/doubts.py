"""What speaks against a draft, and when it is enough to refuse it.

A doubt is a word of a draft, or of its source, with no counterpart that is sure: a "not" beside nothing denied, a plan that is
told as done. Its features say how sure; a logistic model of few coefficients a kind of doubt, `doubts.json`, weighs them. It is
fitted by `eval/fit_doubts.py` on labelled drafts, and on translations, which should raise none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rag.types import Refused


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a draft says otherwise than its sources, perhaps. `kind` names the coefficients, `code` the refusal."""

    code: str
    kind: str
    word: str
    features: Mapping[str, float]
    reason: str


@cache
def _model() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files(__package__).joinpath("doubts.json").read_text(encoding="utf-8"))
    return loaded


def weight(doubt: Doubt) -> float:
    """The log odds that the doubt is right; what is not fitted weighs nothing."""
    weights = _model()["weights"].get(doubt.kind)
    if weights is None:
        return float("-inf")
    return float(weights["constant"] + sum(weights.get(name, 0.0) * value for name, value in doubt.features.items()))


def refusal(doubts: Iterable[Doubt]) -> Refused | None:
    """What the gravest of some doubts says, where it is grave enough; None where none is."""
    limit = float(_model()["limit"])
    excess, gravest = max(((weight(doubt) - limit, doubt) for doubt in doubts), key=lambda pair: pair[0], default=(0.0, None))
    if gravest is None or excess <= 0:
        return None
    return Refused(gravest.word, gravest.reason, gravest.code)


def over(value: float, floor: float) -> float:
    """What a similarity has above what unrelated words have."""
    return max(0.0, value - floor)
