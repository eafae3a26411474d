"""Whether a draft means what its sources say: every telling word of it beside one like it."""

from __future__ import annotations

import numpy as np

from rag.answer.check.evidence import Case
from rag.types import Refused

# Floors of the similarity of a draft's words to those of its sources: of all on average, and of the three least. A draft
# that shares names and figures with its source may word the rest more freely. Fitted on eval/cases/drafts.jsonl: true sentences
# have .35 to .95 on average, and sentences that nobody wrote mostly less than .55 with hardly a name or figure.
_MEAN = (0.44, 0.4, 0.34, 0.3)  # with no name or figure, one, two, three or more
_LEAST = (0.42, 0.38, 0.33, 0.28)
_FEWEST = 3
_WORST = 0.2


def check_meaning(case: Case) -> Refused | None:
    """Why the draft says what its sources do not; None where they do. Names and figures are checked apart."""
    covers = np.stack([case.aligned.covers(k) for k in case.picked]).max(axis=0)
    told = [
        i for i, word in enumerate(case.draft.words) if word.telling and i not in case.set_apart and case.draft.vectors[i].any()
    ]
    if not told:
        return None
    ranked = sorted(told, key=lambda i: float(covers[i]))
    shared = min(len(case.draft.names) + len(case.draft.values), len(_MEAN) - 1)
    worst = float(covers[ranked[0]])
    if covers[told].mean() >= _MEAN[shared] and covers[ranked[:_FEWEST]].mean() >= _LEAST[shared] and worst >= _WORST:
        return None
    word = case.draft.words[ranked[0]].text
    return Refused(word, f"The cited passage says nothing of “{word}”.", "unsupported")
