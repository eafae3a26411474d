"""Settings: every choice a user can make, validated, and the only reader of the environment.

| field | environment | meaning |
|---|---|---|
| embedder | SVERKA_EMBEDDER | `bundled`, or a sentence-transformers model by hub name or local folder |
| query_prefix, passage_prefix | – | put before each text; None: the model's own |
| passage_tokens | – | the most tokens a passage may have; a longer sentence stands alone |
| model | SVERKA_MODEL | who writes answers: `extractive`, or `PROVIDER:NAME`, see `rag.models` |
| base_url | SVERKA_BASE_URL | the address of the server of an `openai:` or `ollama:` model |
| allow_remote | SVERKA_ALLOW_REMOTE | whether passages may be sent to a model on another machine: 1 or 0 |
| context_tokens | SVERKA_CONTEXT | the most tokens of context a local model gets, and what one has that does not say |
| reranker | SVERKA_RERANKER | a sentence-transformers CrossEncoder, by hub name or folder, that looks again at what was found |
| threads | SVERKA_THREADS | threads for embedding; 0: one per core |
| cache_dir | SVERKA_CACHE | where the built embedder is kept |
| models_dir | SVERKA_MODELS | a folder of the user's own models |
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

from rag.errors import SettingsError

_APP = "sverka"

_YES = frozenset(("1", "true", "yes", "on"))
_NO = frozenset(("0", "false", "no", "off"))
_MODEL = re.compile(r"[a-z][a-z0-9_]*:\S.*")
_PASSWORD = re.compile(r"https?://[^/\s]*@")
_SECRET_NAME = re.compile(r"(?:KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS)$")


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
    base_url: str | None = None
    allow_remote: bool = False
    context_tokens: int = 4096
    reranker: str | None = None
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
        if self.model != "extractive" and not _MODEL.fullmatch(self.model):
            raise SettingsError(f"model is {self.model!r}. It is 'extractive', or PROVIDER:NAME such as gguf:/path/model.gguf.")
        if self.base_url is not None and not self.base_url.startswith(("http://", "https://")):
            raise SettingsError(
                f"base_url is {self.base_url!r}. It is the address of a server, such as http://127.0.0.1:8080/v1."
            )
        if any(_PASSWORD.search(text) for text in (self.model, self.base_url or "")):
            raise SettingsError("The address of the model's server holds a password. Keys are read from the environment only.")
        if not 512 <= self.context_tokens <= 1 << 20:
            raise SettingsError(f"context_tokens is {self.context_tokens}. It is a number of tokens from 512 to {1 << 20}.")
        for name in ("cache_dir", "models_dir"):
            object.__setattr__(self, name, Path(getattr(self, name)).expanduser())

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
        """Settings from SVERKA_* variables; `overrides` that are not None win. An unknown SVERKA_* variable is an error."""
        env = os.environ if environ is None else environ
        names = {
            "SVERKA_EMBEDDER": "embedder",
            "SVERKA_MODEL": "model",
            "SVERKA_BASE_URL": "base_url",
            "SVERKA_ALLOW_REMOTE": "allow_remote",
            "SVERKA_CONTEXT": "context_tokens",
            "SVERKA_RERANKER": "reranker",
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
            values["threads"] = _number("SVERKA_THREADS", values["threads"], "0 (one per core) or more")
        if "context_tokens" in values:
            values["context_tokens"] = _number("SVERKA_CONTEXT", values["context_tokens"], "of tokens")
        if "allow_remote" in values:
            values["allow_remote"] = _switch("SVERKA_ALLOW_REMOTE", values["allow_remote"])
        known = {f.name for f in fields(cls)}
        for name, value in overrides.items():
            if name not in known:
                raise SettingsError(f"{name!r} is not a setting of Sverka. Known are {', '.join(sorted(known))}.")
            if value is not None:
                values[name] = value
        return cls(**values)

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits that change when a setting that can change an answer does (not folders, threads, permissions)."""
        silent = ("allow_remote", "threads", "cache_dir", "models_dir")
        shaping = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in silent}
        return hashlib.sha256(json.dumps(shaping, sort_keys=True).encode()).hexdigest()[:12]


def _number(variable: str, value: str, meaning: str) -> int:
    if not value.isdecimal():
        raise SettingsError(f"{variable} is {value!r}. It is a number: {meaning}.")
    return int(value)


def _switch(variable: str, value: str) -> bool:
    if value.lower() not in _YES | _NO:
        raise SettingsError(f"{variable} is {value!r}. It is 1 or 0.")
    return value.lower() in _YES


def secret(name: str, environ: Mapping[str, str] | None = None) -> str | None:
    """The key in the environment variable `name`, None where there is none. Never kept in Settings, so never in a fingerprint."""
    return (os.environ if environ is None else environ).get(name) or None


def without_secrets(text: str, environ: Mapping[str, str] | None = None) -> str:
    """`text` with every key, token and password of the environment made unreadable: what a server echoes may hold one."""
    env = os.environ if environ is None else environ
    secrets = (value for name, value in env.items() if _SECRET_NAME.search(name.upper()) and len(value) >= 6)
    for value in sorted(secrets, key=len, reverse=True):
        text = text.replace(value, "•••")
    return text
