"""A GGUF file run inside this process by llama.cpp. The only file that imports xllamacpp.

The package is llama.cpp's server as a library: it batches the answers of several readers, keeps their contexts apart, and
listens on a port of the loopback interface, whatever it is used for. We talk to it there, since that way an answer can be
cancelled while its prompt is still being read. A key that only this process knows keeps every other program out.
"""

from __future__ import annotations

import secrets
import weakref
from pathlib import Path
from typing import Any

from pydantic import PrivateAttr, SecretStr

from rag.errors import ModelError, PackageMissing
from rag.models.base import WEAK
from rag.models.completions import CompletionsChat
from rag.settings import Settings

_READERS = 2  # answers written at the same time; a third waits for the first to end
_BATCH = 256  # tokens read in one step: between two steps another's answer goes on, and a cancelled one ends
_MAGIC = b"GGUF"


class GgufChat(CompletionsChat):
    """The model of one file. It goes when the object goes, or the process."""

    in_process: bool = True
    _end: Any = PrivateAttr(default=None)

    def owns(self, server: Any) -> None:
        """Let the server go, which stops its threads, when this object goes, and before the interpreter does: its threads would
        meet the memory they work on freed."""
        held = [server]
        self._end = weakref.finalize(self, held.clear)

    @property
    def _llm_type(self) -> str:
        return "sverka-gguf"


def load(name: str, settings: Settings) -> GgufChat:
    """The model in the file `name`: a path, or a file in the settings' folder of models.

    Its context is what the file says, `settings.context_tokens` at most. Raises PackageMissing, or ModelError where there is no
    such file or llama.cpp cannot load it.
    """
    try:
        import xllamacpp
    except ImportError as error:
        raise PackageMissing("xllamacpp", f"The model gguf:{name}") from error
    path = _find(name, settings.models_dir)
    key = secrets.token_urlsafe(24)
    try:
        server = xllamacpp.Server(_parameters(xllamacpp, path, key, settings))
    except RuntimeError as error:
        why = "it is damaged, too big for the memory, or of a kind that this xllamacpp does not know"
        raise ModelError(f"llama.cpp cannot load {path}: {why}.") from error
    chat = GgufChat(base_url=f"{server.listening_address}/v1", model=path.name, key=SecretStr(key), counts=True)
    chat.owns(server)
    del server
    meta = chat.get("/models")["data"][0]["meta"]
    chat.window, chat.weak = int(meta["n_ctx"]), int(meta["n_params"]) < WEAK
    return chat


def _find(name: str, folder: Path) -> Path:
    tried = list(dict.fromkeys((Path(name).expanduser().absolute(), folder / name)))
    path = next((path for path in tried if path.is_file()), None)
    if path is None:
        raise ModelError(f"There is no model file {' or '.join(map(str, tried))}. List those that are there: sverka models")
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise ModelError(f"{path} is not a GGUF file. Choose one of those that this lists: sverka models")
    return path


def _parameters(xllamacpp: Any, path: Path, key: str, settings: Settings) -> Any:
    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(path)
    wanted.model_alias = {path.name}
    wanted.n_parallel = _READERS
    wanted.n_ctx = settings.context_tokens * _READERS
    wanted.n_batch = wanted.n_ubatch = _BATCH
    wanted.cache_ram_mib = 0  # prompts of past answers would fill gigabytes
    wanted.enable_reasoning = 0  # of a model that thinks aloud; what it thinks is no answer
    wanted.sse_ping_interval = 1  # seconds; each is a chance to cancel
    wanted.api_keys = [key]
    wanted.cors_origins = ""
    wanted.ui = False
    wanted.endpoint_slots = False
    wanted.warmup = False
    wanted.verbosity = -1
    if settings.threads:
        wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = settings.threads
    return wanted
