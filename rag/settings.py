"""Settings: every choice a user can make, validated, and the only reader of the environment.

| field | environment | meaning |
|---|---|---|
| embedder | SVERKA_EMBEDDER | `bundled`, or a sentence-transformers model by hub name or local folder |
| query_prefix, passage_prefix | – | put before each text; None: the model's own |
| passage_tokens | – | the most tokens a passage may have; a longer sentence stands alone |
| model | SVERKA_MODEL | who writes answers: `extractive` |
| threads | SVERKA_THREADS | threads for embedding; 0: one per core |
| cache_dir | SVERKA_CACHE | where the built embedder is kept |
| models_dir | SVERKA_MODELS | a folder of the user's own models |
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

from rag.errors import SettingsError

_APP = "sverka"


def default_archive_dir(environ: Mapping[str, str] | None = None, *, sample: bool = False) -> Path:
    """The archive directory used where none is named: SVERKA_ARCHIVE, else `archive` in the user's data directory.

    With `sample`, the one of the sample articles, so that they never mix with the user's own: SVERKA_ARCHIVE, else `sample`.
    """
    named = (os.environ if environ is None else environ).get("SVERKA_ARCHIVE")
    return Path(named).expanduser() if named else Path(platformdirs.user_data_dir(_APP)) / ("sample" if sample else "archive")


def default_cache_dir(environ: Mapping[str, str] | None = None) -> Path:
    """Where things built once are kept: SVERKA_CACHE, else the user's cache directory."""
    named = (os.environ if environ is None else environ).get("SVERKA_CACHE")
    return Path(named).expanduser() if named else Path(platformdirs.user_cache_dir(_APP))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All choices, validated. Raises SettingsError naming the field and its value."""

    embedder: str = "bundled"
    query_prefix: str | None = None
    passage_prefix: str | None = None
    passage_tokens: int = 400
    model: str = "extractive"
    threads: int = 0
    cache_dir: Path = field(default_factory=default_cache_dir)
    models_dir: Path = field(default_factory=lambda: Path(platformdirs.user_data_dir(_APP)) / "models")

    def __post_init__(self) -> None:
        if not self.embedder.strip():
            raise SettingsError("embedder is empty. Set it to 'bundled', or to a sentence-transformers model's name or folder.")
        if not 32 <= self.passage_tokens <= 512:
            raise SettingsError(f"passage_tokens is {self.passage_tokens}. It is a number of tokens from 32 to 512.")
        if self.threads < 0:
            raise SettingsError(f"threads is {self.threads}. It is 0 (one per core) or more.")
        if self.model != "extractive":
            raise SettingsError(f"model is {self.model!r}. This version knows one answerer: 'extractive'.")
        for name in ("cache_dir", "models_dir"):
            object.__setattr__(self, name, Path(getattr(self, name)).expanduser())

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
        """Settings from SVERKA_* variables; `overrides` that are not None win. An unknown SVERKA_* variable is an error."""
        env = os.environ if environ is None else environ
        names = {
            "SVERKA_EMBEDDER": "embedder",
            "SVERKA_MODEL": "model",
            "SVERKA_THREADS": "threads",
            "SVERKA_CACHE": "cache_dir",
            "SVERKA_MODELS": "models_dir",
        }
        for key in env:
            if key.startswith("SVERKA_") and key not in names and key != "SVERKA_ARCHIVE":
                raise SettingsError(f"{key} is not a setting of Sverka. Known are SVERKA_ARCHIVE, {', '.join(sorted(names))}.")
        values: dict[str, Any] = {}
        for key, name in names.items():
            if env.get(key):
                values[name] = env[key]
        if "threads" in values:
            if not values["threads"].isdecimal():
                raise SettingsError(f"SVERKA_THREADS is {values['threads']!r}. It is a number: 0 (one per core) or more.")
            values["threads"] = int(values["threads"])
        known = {f.name for f in fields(cls)}
        for name, value in overrides.items():
            if name not in known:
                raise SettingsError(f"{name!r} is not a setting of Sverka. Known are {', '.join(sorted(known))}.")
            if value is not None:
                values[name] = value
        return cls(**values)

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits that change when a setting that can change an answer does (not folders, not threads)."""
        shaping = {
            f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("threads", "cache_dir", "models_dir")
        }
        return hashlib.sha256(json.dumps(shaping, sort_keys=True).encode()).hexdigest()[:12]
