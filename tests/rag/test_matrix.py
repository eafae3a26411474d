"""Products in pieces: the same numbers as in one."""

from __future__ import annotations

import numpy as np
import pytest

from rag.matrix import product


@pytest.mark.parametrize(
    ("n", "d", "m"), [(1, 384, 1), (15, 384, 384), (2500, 384, 8), (700, 384, 1), (3, 5, 130), (0, 384, 8), (4, 384, 0)]
)
def test_a_product_in_pieces_is_the_product(n: int, d: int, m: int) -> None:
    random = np.random.default_rng(3)
    rows, columns = random.normal(size=(n, d)).astype(np.float32), random.normal(size=(m, d)).astype(np.float32).T
    found = product(rows, columns)
    assert found.shape == (n, m)
    assert np.allclose(found, rows.astype(float) @ columns.astype(float), atol=1e-3)
