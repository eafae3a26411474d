"""The stamp: the settings that an archive was built under, and without which its vectors and passages mean nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rag.errors import StampMismatch
from rag.settings import Settings

_SHAPING = ("embedder", "query_prefix", "passage_prefix", "passage_tokens")


@dataclass(frozen=True, slots=True)
class Stamp:
    """`settings` holds those that shape an archive; `model` is the embedder's own stamp, empty until one was loaded."""

    settings: Mapping[str, Any]
    model: Mapping[str, str | int]

    @classmethod
    def of(cls, settings: Settings, model: Mapping[str, str | int] | None = None) -> Stamp:
        return cls({name: getattr(settings, name) for name in _SHAPING}, dict(model or {}))

    @classmethod
    def from_json(cls, text: str) -> Stamp:
        values = json.loads(text)
        return cls(values["settings"], values["model"])

    def to_dict(self) -> dict[str, Any]:
        return {"settings": dict(self.settings), "model": dict(self.model)}

    def to_json(self) -> str:
        return json.dumps(self.to_dict(), sort_keys=True)

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits that change with anything in the stamp."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:12]

    @property
    def embedder(self) -> str:
        """The embedder's name, for a reader."""
        return str(self.model.get("embedder", self.settings["embedder"]))

    def apply(self, settings: Settings) -> Settings:
        """`settings` with the archive's own in the place of those that shape an archive."""
        return replace(settings, **self.settings)

    def check_settings(self, settings: Settings, where: object) -> None:
        """Raise StampMismatch where `settings` ask for another archive than this one.

        A prefix of None asks for the model's own, and matches that prefix spelled out.
        """
        asked = {name: getattr(settings, name) for name in _SHAPING}
        for name in ("query_prefix", "passage_prefix"):
            if self.settings[name] is None and asked[name] is not None and asked[name] == self.model.get(name):
                asked[name] = None
        self._compare(self.settings, asked, where)

    def check_model(self, model: Mapping[str, str | int], where: object) -> None:
        """Raise StampMismatch where the embedder is not the one that made the archive's vectors."""
        if self.model:
            self._compare(self.model, model, where)

    @staticmethod
    def _compare(ours: Mapping[str, Any], asked: Mapping[str, Any], where: object) -> None:
        differing = [
            f"{name} is {ours.get(name)!r} in the archive and {asked.get(name)!r} now"
            for name in sorted(ours.keys() | asked.keys())
            if ours.get(name) != asked.get(name)
        ]
        if differing:
            raise StampMismatch(
                f"The archive {where} was built under other settings: {'; '.join(differing)}. "
                "Open it with its own, or make its vectors anew: sverka rebuild --embedder NAME"
            )
