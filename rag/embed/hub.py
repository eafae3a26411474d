"""Any sentence-transformers model, by hub name or local folder. The only file that imports sentence_transformers (and torch)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from rag.embed.base import OnBatch, QuestionVectors, Vectors
from rag.errors import EmbedderError, PackageMissing
from rag.settings import Settings

_TEXTS_AT_ONCE = 128
_BATCH = 32
_PASSAGE_PROMPTS = ("document", "passage", "corpus")  # the names that sentence-transformers itself looks for, in its order
_E5 = re.compile(r"(?<![a-z0-9])e5(?![a-z0-9])")
_HUB_SECONDS = 10.0


class HubEmbedder:
    """A sentence-transformers model; an Embedder.

    Each text gets the settings' prefix; where they name none, the prompt in the model's own config; where that has none and the
    model is of the E5 family, `query: ` or `passage: `. What a text has beyond `max_tokens` is cut off.
    """

    def __init__(self, settings: Settings) -> None:
        self._model = _load(settings)
        if settings.threads:
            import torch

            torch.set_num_threads(settings.threads)
        e5 = bool(_E5.search(Path(settings.embedder).name.lower()))
        self._query = _prefix(settings.query_prefix, self._prompt("query"), "query: " if e5 else "")
        self._passage = _prefix(settings.passage_prefix, self._prompt(*_PASSAGE_PROMPTS), "passage: " if e5 else "")
        self.dim: int = self._model.get_embedding_dimension()
        self.max_tokens = self._room()
        self.stamp: Mapping[str, str | int] = MappingProxyType(
            {
                "embedder": settings.embedder,
                "weights": _weights_hash(self._model),
                "query_prefix": self._query,
                "passage_prefix": self._passage,
                "dim": self.dim,
                "max_tokens": self.max_tokens,
            }
        )

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, self._model.encode_query, self._query, None)

    def embed_passages(self, texts: Sequence[str], *, on_batch: OnBatch | None = None) -> Vectors:
        return self._embed(texts, self._model.encode_document, self._passage, on_batch)

    def embed_sentences(self, texts: Sequence[str], *, on_batch: OnBatch | None = None) -> tuple[Vectors, None]:
        return self.embed_passages(texts, on_batch=on_batch), None

    def embed_question(self, text: str) -> QuestionVectors:
        return QuestionVectors(self.embed_queries([text])[0], np.empty((0, self.dim), dtype=np.float32), ())

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        if not texts:
            return []
        read = self._model.tokenizer(list(texts), add_special_tokens=False, truncation=False, padding=False, verbose=False)
        return [len(ids) for ids in read["input_ids"]]

    def _embed(self, texts: Sequence[str], encode: Any, prefix: str, on_batch: OnBatch | None) -> Vectors:
        vectors = np.empty((len(texts), self.dim), dtype=np.float32)
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            part = list(texts[start : start + _TEXTS_AT_ONCE])
            options = {"normalize_embeddings": True, "show_progress_bar": False, "batch_size": _BATCH}
            vectors[start : start + len(part)] = encode(part, prompt=prefix, **options)
            if on_batch is not None:
                on_batch(start + len(part), len(texts))
        return vectors

    def _prompt(self, *names: str) -> str:
        prompts: Mapping[str, str] = self._model.prompts
        return next((prompts[name] for name in names if prompts.get(name)), "")

    def _room(self) -> int:
        tokenizer = self._model.tokenizer
        if not callable(tokenizer):
            raise EmbedderError("The model has no tokenizer that counts. Set SVERKA_EMBEDDER to a transformer model.")
        whole: int = self._model.max_seq_length or tokenizer.model_max_length
        ends: int = tokenizer.num_special_tokens_to_add()
        return whole - ends - max(self.count_tokens([self._query, self._passage]))


def _prefix(chosen: str | None, own: str, family: str) -> str:
    return own or family if chosen is None else chosen


def _load(settings: Settings) -> Any:
    return load_any("SentenceTransformer", settings.embedder, settings, "The embedder", "SVERKA_EMBEDDER")


def load_any(kind: str, name: str, settings: Settings, what: str, variable: str) -> Any:
    """A model of the class `kind` of sentence-transformers, by hub name or local folder, the settings' folder of models included.

    `what` and `variable` name it in errors: PackageMissing, or EmbedderError.
    """
    try:
        import sentence_transformers
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] == "sentence_transformers":
            raise PackageMissing("sentence-transformers", f"{what} {name}") from error
        raise
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    make = getattr(sentence_transformers, kind)
    folder = next((path for path in (Path(name).expanduser(), settings.models_dir / name) if path.is_dir()), None)
    if folder is None and _looks_like_a_path(name):
        raise EmbedderError(f"There is no model folder {name}. Set {variable} to one that exists, or to a model's hub name.")
    try:
        if folder is not None:
            return make(str(folder), local_files_only=True)
        if _is_cached(name):
            return make(name, local_files_only=True)
        _ask_hub(name, variable)
        return make(name)
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        raise EmbedderError(f"{what} {name} cannot be loaded by sentence-transformers: {_first_line(error)}") from error


def _looks_like_a_path(name: str) -> bool:
    return name.startswith((".", "~", "/")) or "\\" in name or name.count("/") > 1


def _full_name(name: str) -> str:
    """The hub's name of a model: sentence-transformers stands for its own organisation where none is named."""
    return name if "/" in name else f"sentence-transformers/{name}"


def _is_cached(name: str) -> bool:
    """Whether the model was downloaded before; then the hub is not asked again."""
    from huggingface_hub import try_to_load_from_cache

    return isinstance(try_to_load_from_cache(_full_name(name), "config.json"), str)


def _ask_hub(name: str, variable: str) -> None:
    """Raise EmbedderError unless the hub answers and knows the model. Loading asks a dozen times before it gives up."""
    from huggingface_hub import model_info
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, RepositoryNotFoundError

    # The hub's client has changed its HTTP library more than once; its own error derives from whichever it uses.
    failures: tuple[Any, ...] = (OSError, *HfHubHTTPError.__bases__)
    try:
        model_info(_full_name(name), timeout=_HUB_SECONDS)
    except (RepositoryNotFoundError, HFValidationError) as error:
        raise EmbedderError(f"{name} is neither a folder here nor a model on the hub. Check {variable}.") from error
    except failures as error:
        raise EmbedderError(
            f"{name} is no folder here, was not downloaded before, and the hub cannot be reached ({_first_line(error)}). "
            f"Go online once to download it, or set {variable} to a model's folder."
        ) from error


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _weights_hash(model: Any) -> str:
    """SHA-256 over the model's modules and their settings, and every weight by name."""
    import torch

    digest = hashlib.sha256(str(model).encode())
    for name, weights in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(weights.detach().cpu().contiguous().flatten().view(torch.uint8).numpy())
    return digest.hexdigest()
