"""The bench: its fillers follow from their text, its stages exist, and a job that fails says so."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import numpy as np
import pytest

from eval.bench import Table, drawn, one_sentence, page, spawn
from eval.filler import FillerEmbedder, filler_records, real_paragraphs
from eval.probe import FILTERS, STAGES, timed

DIM = 16


@pytest.fixture
def embedder() -> FillerEmbedder:
    vectors = np.random.default_rng(1).normal(size=(50, DIM)).astype(np.float32)
    codes = np.arange(40, dtype=np.uint8).reshape(20, 2)
    return FillerEmbedder(
        SimpleNamespace(dim=DIM, stamp={"model": "m"}), vectors / np.linalg.norm(vectors, axis=1, keepdims=True), codes
    )


def test_a_fillers_vector_follows_from_its_text_and_has_length_one(embedder: FillerEmbedder) -> None:
    texts = [f"text {number}" for number in range(200)]
    vectors = embedder.embed_passages(texts)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.array_equal(vectors[7:9], embedder.embed_passages(texts[7:9]))
    assert len(np.unique(vectors.round(4), axis=0)) == 200
    assert embedder.dim == DIM


def test_a_filler_has_a_code_for_each_longer_word(embedder: FillerEmbedder) -> None:
    vectors, codes = embedder.embed_sentences(["The old bridge was closed.", "No."])
    assert vectors.shape == (2, DIM)
    assert codes is not None
    assert [len(rows) for rows in codes] == [2, 0]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two paragraphs a language, long enough to make fillers of."""
    texts = {
        "en": [
            "The council discussed the bridge at length and adjourned. " * 10,
            "Fishermen repaired their boats before winter. " * 12,
        ],
        "ru": ["Совет долго обсуждал новый мост и разошелся. " * 13, "Рыбаки чинили лодки перед зимними штормами. " * 13],
    }
    rows = [
        {"id": f"{lang}{n}", "pid": f"{lang}{n}", "lang": lang, "title": "t", "text": text.strip()}
        for lang, two in texts.items()
        for n, text in enumerate(two)
    ]
    path = tmp_path / "tiny_passages.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return tmp_path


def test_fillers_are_the_same_however_many_are_made_and_grow_the_vocabulary(data: Path) -> None:
    assert len(real_paragraphs(data)) == 4
    few, many = list(filler_records(data, 4)), list(filler_records(data, 40))
    assert many[:4] == few
    assert len({record["text"] for record in many}) == 40
    words = [{word for record in records for word in record["text"].split()} for records in (few, many)]
    assert len(words[1]) > 2 * len(words[0])
    assert {record["language"] for record in many} == {"en", "ru"}
    start, end = FILTERS["date"]["since"].isoformat(), FILTERS["date"]["until"].isoformat()
    assert any(not start <= record["date"] <= end for record in many)


def test_taking_the_ends_of_sentences_away_leaves_one_sentence_of_the_same_length() -> None:
    text = "It rained. Was it cold? It was 2.5 degrees."
    assert one_sentence(text) == "It rained, Was it cold, It was 2.5 degrees."


@pytest.mark.parametrize("target", [target for targets in STAGES.values() for target in targets])
def test_every_stage_that_is_timed_exists(target: str) -> None:
    with patch(target):
        assert callable(patch(target).get_original()[0])


def test_a_job_is_timed_and_weighed_and_one_that_fails_is_quoted() -> None:
    done = spawn([sys.executable, "-c", "print('{\"x\": 1}')"])
    assert done.said == {"x": 1}
    assert done.megabytes > 1
    assert done.seconds > 0
    with pytest.raises(RuntimeError, match="no such luck"):
        spawn([sys.executable, "-c", "raise SystemExit('no such luck')"])
    assert len(timed(lambda: None)) == 2


def test_a_table_keeps_three_digits_that_count() -> None:
    table = Table("t", "what", "value")
    table.add("a", 1234.5)
    table.add("b", 0.01234)
    assert table.rows == [("a", "1,234"), ("b", "0.0123")]
    assert "<td>1,234</td>" in table.html()
    assert "<td class=words>a</td>" in table.html()


def test_the_page_has_the_tables_and_a_plot_and_fetches_nothing() -> None:
    times = {"median_ms": 20.0}
    figures = {
        f"at {size}": {f"search, filter: {f}": times for f in ("none", "language")} | {"ask": times} for size in (100, 1000)
    }
    table = Table("Size <b>", "passages", "KB")
    table.add(100, 17.8)
    text = page([table, drawn(figures)], figures)
    assert "Size &lt;b&gt;" in text
    assert text.count("<svg") == 1
    assert "█" not in text
    assert "http" not in text
    assert [row[:3] for row in drawn(figures).rows[:2]] == [
        ("search, no filter", "100", "20"),
        ("search, no filter", "1,000", "20"),
    ]
