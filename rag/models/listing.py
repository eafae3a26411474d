"""The language models that are there to be used: files in the folder of models, and what a running Ollama has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rag.errors import ModelError
from rag.settings import Settings

_SECONDS = 1.0  # that a running Ollama on this machine has to answer


@dataclass(frozen=True, slots=True)
class Present:
    """A model that can be chosen. `model` is the setting that chooses it; `bytes` its size, None where it is not known."""

    model: str
    bytes: int | None

    def to_dict(self) -> dict[str, Any]:
        return {"model": self.model, "bytes": self.bytes}


def present(settings: Settings) -> tuple[tuple[Present, ...], str | None]:
    """The models, and why Ollama's are not among them, None where they are."""
    folder = settings.models_dir
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".gguf") if folder.is_dir() else []
    found = [Present(f"gguf:{path.relative_to(folder).as_posix()}", path.stat().st_size) for path in files]
    from rag.models import ollama

    try:
        listed = ollama.listed(seconds=_SECONDS)
    except ModelError as error:
        return tuple(found), str(error)
    found += [Present(f"ollama:{model['name']}", model.get("size")) for model in listed if model.get("name")]
    return tuple(found), None
