"""A second look changes the order, and neither the scores of the places nor how sure the archive is."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from rag.errors import EmbedderError, PackageMissing
from rag.index.rank import NOTHING, RankedSentence, Ranking
from rag.index.rerank import rerank
from rag.settings import Settings
from rag.types import Document, Hit, Passage

TEXT = "One is first. Two is next. Three is last."
SPANS = ((0, 13), (14, 26), (27, 41))
DOCUMENT = Document(id="d", text=TEXT, source="d.txt", sha256="0" * 64)


def _ranking() -> Ranking:
    hits = tuple(Hit(Passage(n, "d", n, *span, (span,)), DOCUMENT, 3.0 - n, 1, None, span) for n, span in enumerate(SPANS))
    sentences = tuple(RankedSentence(DOCUMENT, span, 9.0 - n, np.zeros(1, np.float32)) for n, span in enumerate(SPANS))
    return Ranking(hits, sentences, 0.7, {})


def test_the_order_is_the_rerankers_and_the_scores_stay_with_the_places() -> None:
    asked: list[tuple[str, Sequence[str]]] = []

    def score(question: str, texts: Sequence[str]) -> list[float]:
        asked.append((question, texts))
        return [float("last" in text) * 2 + float("next" in text) for text in texts]

    again = rerank("Which?", _ranking(), score)
    assert asked == [("Which?", ["One is first.", "Two is next.", "Three is last."] * 2)]
    assert [(hit.text, hit.score) for hit in again.hits] == [
        ("Three is last.", 3.0),
        ("Two is next.", 2.0),
        ("One is first.", 1.0),
    ]
    assert [(one.span, one.score) for one in again.sentences] == [(SPANS[2], 9.0), (SPANS[1], 8.0), (SPANS[0], 7.0)]
    assert again.confidence == 0.7


def test_nothing_is_not_looked_at_again() -> None:
    assert rerank("Which?", NOTHING, lambda *_: pytest.fail("asked for nothing")) is NOTHING


def test_a_reranker_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rag.embed.cross import CrossScorer

    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(PackageMissing, match=r"The reranker .* pip install sentence-transformers"):
        CrossScorer("any", Settings())


def test_any_cross_encoder_scores_pairs(tmp_path: Path) -> None:
    """A tiny one with random weights: what is tested is that it is loaded from a folder and asked."""
    transformers = pytest.importorskip("transformers")
    from rag.embed.cross import CrossScorer

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "one", "two", "is", "first", "next", "which", "?", "."]
    (tmp_path / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    transformers.BertTokenizerFast(str(tmp_path / "vocab.txt")).save_pretrained(tmp_path)
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8, num_labels=1
    )
    transformers.BertForSequenceClassification(config).save_pretrained(tmp_path)
    scorer = CrossScorer(str(tmp_path), Settings())
    assert len(scorer("Which is first?", ["One is first.", "Two is next."])) == 2
    with pytest.raises(EmbedderError, match="SVERKA_RERANKER"):
        CrossScorer(str(tmp_path / "nowhere"), Settings())
