"""The bundled model's tokenizer, against hand-made pieces and against the wheel's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.embed.bundled import BundledEmbedder
from rag.embed.pack import Vocabulary
from rag.embed.tokenizer import Tokenizer, write_tables

PIECES = {
    "<s>": 0.0,
    "<pad>": 0.0,
    "</s>": 0.0,
    "<unk>": 0.0,
    "▁": -2.0,
    "▁a": -3.0,
    "a": -4.0,
    "b": -4.0,
    "ab": -5.0,
    "▁ab": -9.0,
}


@pytest.fixture
def toy(tmp_path: Path) -> Tokenizer:
    scores = np.array(list(PIECES.values()), dtype=np.float32)
    write_tables(Vocabulary(tuple(PIECES), scores, 0, 2, 3, {0x09: " ", 0xBD: "ab"}), tmp_path)
    return Tokenizer(tmp_path)


def _pieces(tokenizer: Tokenizer, text: str) -> list[str]:
    return [list(PIECES)[i] for i in tokenizer.ids(text)]


def test_the_likeliest_split_wins(toy: Tokenizer) -> None:
    # ▁ab: -9 as one; ▁ + ab = -7; ▁a + b = -7, found second and no better; ▁ + a + b = -10
    assert _pieces(toy, "ab") in (["▁", "ab"], ["▁a", "b"])
    assert _pieces(toy, "aab") == ["▁a", "ab"]  # -8; ▁ + a + ab = -11, ▁a + a + b = -11


def test_each_character_without_a_piece_is_one_unknown(toy: Tokenizer) -> None:
    assert _pieces(toy, "axy") == ["▁a", "<unk>", "<unk>"]


def test_runs_of_spaces_are_one_and_those_at_the_ends_stay_as_the_engine_has_them(toy: Tokenizer) -> None:
    assert _pieces(toy, "a  \t a") == ["▁a", "▁a"]
    assert _pieces(toy, "  a ") == ["▁a", "▁"]
    assert _pieces(toy, "") == ["▁"]


def test_characters_are_replaced_before_splitting(toy: Tokenizer) -> None:
    assert _pieces(toy, "a½") == ["▁a", "ab"]
    assert _pieces(toy, "a\0a") == _pieces(toy, "aa")


def test_counts_are_those_of_the_wheels_engine(plain: BundledEmbedder, engine: Any, texts: list[str]) -> None:
    assert len(texts) > 300
    prefixed = plain.count_tokens([f"passage: {text}" for text in texts])
    assert [count + 2 for count in prefixed] == [engine.token_count(text) for text in texts]


def test_counts_on_public_texts_are_those_of_the_wheels_engine(plain: BundledEmbedder, engine: Any, shared: Path) -> None:
    lines = [
        line
        for name in ("xquad_passages", "flores_passages")
        for line in (shared / "data" / f"{name}.jsonl").read_bytes().splitlines()
    ]
    public = [json.loads(line)["text"] for line in lines[:600]]
    prefixed = plain.count_tokens([f"passage: {text}" for text in public])
    assert [count + 2 for count in prefixed] == [engine.token_count(text) for text in public]
