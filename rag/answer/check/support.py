"""Which sentences of the cited passages a draft rests on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rag.answer.check.alignment import Alignment, Matrix
from rag.answer.check.amounts import agree, stated
from rag.answer.check.naming import alike
from rag.answer.check.reading import Read

MOST = 4  # sentences a draft may rest on
# A sentence is added where it says what the others do not: so much better, at least so well, this much in all.
_BETTER = 0.1
_WELL = 0.38
_ENOUGH = 0.3
_VALUE = 0.5  # what a value counts beside words
_NAME = 0.12


def chosen(aligned: Alignment, drafts: Sequence[Read]) -> list[int]:
    """The sentences that say what the draft says, the fewest: each adds something. `drafts[m]` is the draft read as of the day
    of the passage of sentence m."""
    covers = np.stack([aligned.covers(k) for k in range(len(aligned.sources))])
    telling = np.array([word.telling for word in aligned.draft.words], dtype=np.float32)
    values = np.stack([_has_values(drafts[k], aligned.sources[k].read) for k in range(len(aligned.sources))])
    names = np.stack([_has_names(aligned.draft, aligned.sources[k].read) for k in range(len(aligned.sources))])
    picked: list[int] = []
    have, valued, named = (np.zeros(rows.shape[1], dtype=np.float32) for rows in (covers, values, names))
    while len(picked) < min(MOST, len(covers)):
        gains = [
            _gain(covers[k], have, telling, first=not picked)
            + _VALUE * float(np.clip(values[k] - valued, 0, None).sum())
            + _NAME * float(np.clip(names[k] - named, 0, None).sum())
            for k in range(len(covers))
        ]
        best = int(np.argmax(gains))
        if best in picked or (picked and gains[best] < _ENOUGH):
            break
        picked.append(best)
        have = np.maximum(have, covers[best])
        valued, named = np.maximum(valued, values[best]), np.maximum(named, names[best])
    return sorted(picked)


def _gain(cover: Matrix, have: Matrix, telling: Matrix, *, first: bool) -> float:
    more = cover - have
    if not first:
        more = np.where((more >= _BETTER) & (cover >= _WELL), more, 0.0)
    return float((more * telling).sum())


def _has_values(draft: Read, source: Read) -> Matrix:
    there = stated(source)
    return np.array([any(agree(v, w, draft.values) for w in there) for v in stated(draft)], dtype=np.float32)


def _has_names(draft: Read, source: Read) -> Matrix:
    return np.array([any(alike(n.text, m.text) for m in source.names) for n in draft.names], dtype=np.float32)
