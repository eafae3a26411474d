"""Matrix products that stay in the thread that asks for them.

numpy hands larger products to OpenBLAS's threads, which keep spinning for some 50 ms after each, and wait for one another while
other processes or ONNX Runtime's threads have the cores: a product of 15 x 384 by 384 x 384 then takes 7 to 24 ms instead of
0.1. Indexing is half as fast again without them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Multiplications in one piece: OpenBLAS 0.3.31 stays in one thread up to five times as many.
_PIECE = 200_000
_COLUMNS = 64


def product(rows: NDArray[np.float32], columns: NDArray[np.float32]) -> NDArray[np.float32]:
    """`rows @ columns`, shapes (n, d) and (d, m), in pieces that are small enough for one thread."""
    (n, d), m = rows.shape, columns.shape[1]
    result = np.empty((n, m), dtype=np.float32)
    wide = max(1, min(m, _COLUMNS))
    tall = max(1, _PIECE // (d * wide))
    for top in range(0, n, tall):
        for left in range(0, m, wide):
            piece = np.s_[top : top + tall, left : left + wide]
            result[piece] = rows[piece[0]] @ columns[:, piece[1]]
    return result
